"""Our own CSV tables: read and checked. An error names the file, the line or the column, and the remedy."""

import io
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from helpers.files.bounds import WIDEST, bytes_of
from helpers.files.cells import rearmed
from helpers.files.encodings import decode_csv, divider_of

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
# Lists that a reader may write anew, beside the codebook or the articles.
LISTS = """expected.csv actors.csv speech-verbs.csv keywords.csv function_words.csv commitment-verbs.csv
    responsibility-categories.csv responsibility-rules.csv quotations.csv undertakings.csv
    responsibility-reading.csv""".split()


def beside(name: str, given: Mapping[str, str] = os.environ) -> Path:
    """Where a list is: beside the reader's codebook, else beside the reader's articles, else in seeds/.

    name   the file's name, as in seeds/
    given  the reader's codebook and articles: CODEBOOK and SOURCE, paths, if there are any
    """
    places = [Path(given[what]) for what in ("CODEBOOK", "SOURCE") if given.get(what)]
    folders = [place if place.is_dir() else place.parent for place in places]
    return next((folder / name for folder in [*folders, SEEDS] if (folder / name).is_file()), SEEDS / name).resolve()


def read_table(path: Path, columns: str, optional: str = "") -> pd.DataFrame:
    """Read one of our CSV files as text. No value is guessed, an empty cell is "", and empty lines are dropped.

    columns   the columns it must have, separated by spaces; `optional`: those it may have
    returns   one row per line of the file; the index is the line's number
    raises    FileNotFoundError, PermissionError; ValueError naming the file and a column that is missing, unknown or
              given twice
    """
    known = f"{columns} {optional}".split()
    raw = bytes_of(path, f"Write a CSV file with the columns {columns}")
    table = in_known_case(table_from(raw, str(path)), known, str(path))
    if unknown := [name for name in table.columns if name not in known]:
        raise ValueError(f"{path}: the column {unknown[0]!r} is not known. Columns are: {', '.join(known)}.")
    require(table, columns, str(path))
    return table


def table_from(raw: bytes, name: str) -> pd.DataFrame:
    """The bytes of a CSV file as a table like that of `read_table`, whatever its columns are called.

    name      what an error calls the file
    raises    ValueError naming the file, if it is not CSV or a column is given twice
    """
    text = decode_csv(raw)
    settings = {"dtype": str, "keep_default_na": False, "header": None, "skip_blank_lines": False}
    try:
        table = pd.read_csv(io.StringIO(text), sep=divider_of(text), **settings)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        remedy = "Put quotation marks around a text that holds a comma or a quotation mark."
        raise ValueError(f"{name}: cannot be read as CSV ({str(error).strip()}). {remedy}") from error
    header = [str(rearmed(column)).strip() for column in table.iloc[0].fillna("")]
    if len(header) > WIDEST:
        raise ValueError(f"{name}: {len(header):,} columns, more than a sheet can have. Write one row for each thing.")
    _refuse_twice(header, name)
    table = (
        table.iloc[1:].set_axis(header, axis="columns").fillna("").map(rearmed).apply(lambda column: column.str.strip())
    )
    return table[table.ne("").any(axis="columns")].rename(index=lambda row: row + 1)


def in_known_case(table: pd.DataFrame, known: list[str], name: str) -> pd.DataFrame:
    """The table with its columns as `known` writes them, whatever their case: Article, TERM.

    name    what an error calls the file
    raises  ValueError if a column is given twice, in two cases
    """
    written = {column.casefold(): column for column in known}
    table = table.rename(columns=lambda column: written.get(column.casefold(), column))
    _refuse_twice(table, name)
    return table


def _refuse_twice(columns: Iterable[str], name: str) -> None:
    if twice := [column for column, times in Counter(columns).items() if times > 1]:
        raise ValueError(f"{name}: the column {twice[0]!r} is given twice. Rename or delete one.")


def ids_of(table: pd.DataFrame) -> pd.Series:
    """The id of each row's sentence, "article:sentence", as the CSV files beside the figures give it.

    table  one row per sentence or hit: article, sentence, ...
    """
    return table["article"] + ":" + table["sentence"].astype(str)


def join_ids(ids: pd.Series, groups) -> list[str]:
    """The ids of each group of a groupby in one string, separated by spaces, in the order of the groups."""
    joined = {}
    for group, id_ in zip(groups.ngroup().tolist(), ids.tolist(), strict=True):
        joined.setdefault(group, []).append(id_)
    return [" ".join(filter(None, joined.get(group, ()))) for group in range(groups.ngroups)]


def known_of(table: pd.DataFrame) -> list[str]:
    """Which of the columns article, label and date the table has."""
    return [name for name in ("article", "label", "date") if name in table]


def label_rows(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The rows that belong to one of these articles, with the article's label and date."""
    table = table.drop(columns=["label", "date"], errors="ignore")
    return table.merge(articles[["article", "label", "date"]], on="article")


def require(table: pd.DataFrame, columns: str, made_by: str) -> None:
    """Raise ValueError unless `table` has all `columns`. The error names those missing, and what makes such a table."""
    missing = [name for name in columns.split() if name not in table.columns]
    if missing:
        raise ValueError(
            f"{made_by}: missing {', '.join(missing)}. The table has: {', '.join(map(str, table.columns))}."
        )
