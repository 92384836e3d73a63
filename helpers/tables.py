"""Tables that come from outside or from another step: read them, and say plainly what is wrong with one."""

from pathlib import Path

import pandas as pd

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


def read_table(path: Path, columns: str, optional: str = "", *, divided: str = ",") -> pd.DataFrame:
    """A CSV file of ours as text: no value guessed, an empty cell is "", spaces around a value and empty lines gone.

    columns   the columns it must have, divided by spaces; `optional` those it may have
    divided   what stands between two cells
    returns   the table; its index is the number of each row's line in the file
    raises    FileNotFoundError, or ValueError naming the file and a column missing, unknown or given twice
    """
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such file. It must be a CSV with the columns {columns}.")
    try:
        table = pd.read_csv(
            path,
            sep=divided,
            dtype=str,
            keep_default_na=False,
            encoding="utf-8-sig",
            header=None,
            skip_blank_lines=False,
        )
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: is not in UTF-8 ({error}). Save it as CSV in UTF-8.") from error
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        remedy = "Text that holds a comma or a quotation mark needs quotation marks around it."
        raise ValueError(f"{path}: cannot be read as CSV ({str(error).strip()}). {remedy}") from error
    header = [name.strip() for name in table.iloc[0]]
    for name in header:
        if header.count(name) > 1 or name not in f"{columns} {optional}".split():
            what = "stands twice" if header.count(name) > 1 else "is not known"
            raise ValueError(f"{path}: the column {name!r} {what}. Columns are: {columns} {optional}".rstrip() + ".")
    table = table.iloc[1:].set_axis(header, axis="columns").fillna("").apply(lambda column: column.str.strip())
    require(table, columns, str(path))
    return table[table.ne("").any(axis="columns")].rename(index=lambda row: row + 1)


def require(table: pd.DataFrame, columns: str, made_by: str) -> None:
    """Raise ValueError unless `table` has all `columns`, naming those it lacks and where such a table comes from."""
    missing = [name for name in columns.split() if name not in table.columns]
    if missing:
        raise ValueError(
            f"{made_by}: missing {', '.join(missing)}. The table has: {', '.join(map(str, table.columns))}."
        )
