"""columns.csv: what the columns of a reader's tables are called, in a small file beside the articles."""

from pathlib import Path

from helpers.articles.column_names import COLUMNS
from helpers.files.encodings import fold_name
from helpers.files.tables import read_table

BESIDE = "columns.csv"


def columns_file(source: Path) -> Path:
    """Where the columns.csv of a source stands: in the folder, or beside the file."""
    return source / BESIDE if source.is_dir() else source.with_name(BESIDE)


def columns_beside(source: Path) -> dict[str, str]:
    """What the columns are called, by field, as `load_articles` takes it; {} if there is no columns.csv.

    The file has the columns field and column, one row per field. Whether letters are small or capital does not count.
    An empty column says that the tables have no such field.

    raises  ValueError naming the file, the line and what to do
    """
    file = columns_file(source)
    if source.name == BESIDE or not file.is_file():
        return {}
    table = read_table(file, "field column")
    table["field"] = table["field"].map(lambda field: fold_name(field) if fold_name(field) in COLUMNS else field)
    for line, field in table["field"].items():
        if field not in COLUMNS:
            raise ValueError(f"{file}, line {line}: {field!r} is not a field. Fields are: {', '.join(COLUMNS)}.")
    for line in table.index[table["field"].duplicated()]:
        raise ValueError(f"{file}, line {line}: {table.at[line, 'field']!r} is given twice. Delete one row.")
    return dict(zip(table["field"], table["column"], strict=True))
