"""Tables that come from outside or from another step: read them, and say plainly what is wrong with one."""

import io
from pathlib import Path

import pandas as pd

from helpers.files.encodings import decode_csv, divider_of

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def read_table(path: Path, columns: str, optional: str = "") -> pd.DataFrame:
    """A CSV file of ours as text: no value guessed, an empty cell is "", spaces around a value and empty lines gone.

    columns   the columns it must have, divided by spaces; `optional` those it may have
    returns   the table; its index is the number of each row's line in the file
    raises    FileNotFoundError, or ValueError naming the file and a column missing, unknown or given twice
    """
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such file. It must be a CSV with the columns {columns}.")
    table = table_from(path.read_bytes(), str(path))
    if unknown := [name for name in table.columns if name not in f"{columns} {optional}".split()]:
        remedy = f"Rename or delete it. Columns are: {columns} {optional}".rstrip()
        raise ValueError(f"{path}: the column {unknown[0]!r} is not known. {remedy}.")
    require(table, columns, str(path))
    return table


def table_from(raw: bytes, name: str) -> pd.DataFrame:
    """A CSV file's bytes as `read_table` gives them, whatever their columns are called.

    name      what to call the file where something is wrong
    raises    ValueError naming the file, and a column that stands twice or what is no CSV
    """
    text = decode_csv(raw)
    settings = {"dtype": str, "keep_default_na": False, "header": None, "skip_blank_lines": False}
    try:
        table = pd.read_csv(io.StringIO(text), sep=divider_of(text), **settings)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        remedy = "Text that holds a comma or a quotation mark needs quotation marks around it."
        raise ValueError(f"{name}: cannot be read as CSV ({str(error).strip()}). {remedy}") from error
    header = [str(column).strip() for column in table.iloc[0].fillna("")]
    if twice := [column for column in header if header.count(column) > 1]:
        raise ValueError(f"{name}: the column {twice[0]!r} stands twice. Rename or delete one.")
    table = table.iloc[1:].set_axis(header, axis="columns").fillna("").apply(lambda column: column.str.strip())
    return table[table.ne("").any(axis="columns")].rename(index=lambda row: row + 1)


def ids_of(table: pd.DataFrame) -> pd.Series:
    """The sentence of each row as figures' numbers name it, "article:sentence"; such ids are joined by spaces.

    table  article, sentence, ...
    """
    return table["article"] + ":" + table["sentence"].astype(str)


def join_ids(ids: pd.Series, groups) -> list[str]:
    """The ids of each group in one string, divided by spaces, in the order of the groups (of a groupby)."""
    joined = {}
    for group, own in zip(groups.ngroup().tolist(), ids.tolist(), strict=True):
        joined.setdefault(group, []).append(own)
    return [" ".join(filter(None, joined[group])) for group in range(groups.ngroups)]


def known_of(table: pd.DataFrame) -> list[str]:
    """The columns that say which article a row is of, as far as the table has them: article, label, date."""
    return [name for name in ("article", "label", "date") if name in table]


def label_rows(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table whose article is one of these, with its label and date."""
    table = table.drop(columns=["label", "date"], errors="ignore")
    return table.merge(articles[["article", "label", "date"]], on="article")


def require(table: pd.DataFrame, columns: str, made_by: str) -> None:
    """Raise ValueError unless `table` has all `columns`, naming those it lacks and where such a table comes from."""
    missing = [name for name in columns.split() if name not in table.columns]
    if missing:
        raise ValueError(
            f"{made_by}: missing {', '.join(missing)}. The table has: {', '.join(map(str, table.columns))}."
        )
