"""The data package: what stands in each column of the tables in seeds/ and figures/ (specs.frictionlessdata.io).

`make run` writes datapackage.json; docs/columns.csv says what the columns mean.
"""

import json
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

import pandas as pd

from helpers.files.tables import read_table
from helpers.run import ROOT

MEANINGS = Path("docs", "columns.csv")
TYPES = {"integer": r"-?\d+", "number": r"-?\d+(\.\d+)?(e-?\d+)?", "boolean": "True|False"}
CELLS = (
    "One table a file. Where a text in figures/ begins like a formula (with =, +, - or @, or with a tab), an "
    "apostrophe stands before it, so that no spreadsheet computes it; without that apostrophe it is the text."
)
LICENSE = {
    "name": "CC-BY-4.0",
    "title": "Annotations and counts: Creative Commons Attribution 4.0. The articles' words remain their publishers'.",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


def tables_of(root: Path = ROOT, new: Path | None = None) -> dict[str, Path]:
    """The CSV files of seeds/ and figures/ by their paths in the collection, in order.

    new   where figures/ is, if it is not in its place yet
    """
    places = {"seeds": root, "figures": new or root}
    files = {file.relative_to(there).as_posix(): file for name, there in places.items() for file in _csv(there / name)}
    return dict(sorted(files.items(), key=lambda item: Path(item[0])))


def _csv(folder: Path) -> list[Path]:
    return list(folder.rglob("*.csv"))


def describe_tables(root: Path = ROOT, new: Path | None = None) -> dict:
    """The data package of a collection: a resource for each table, a field for each column. `new` as in `tables_of`."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    meanings = read_table(root / MEANINGS, "file column means")
    return {
        "name": project["name"],
        "title": "Tables of: how news framed US-Mexico security cooperation",
        "description": CELLS,
        "version": project["version"],
        "licenses": [LICENSE],
        "resources": [_resource(path, file, meanings) for path, file in tables_of(root, new).items()],
    }


def _resource(path: str, file: Path, meanings: pd.DataFrame) -> dict:
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    fields = [
        {"name": name, "type": _type_of(values), "description": meaning_of(path, name, meanings)}
        for name, values in table.items()
    ]
    return {
        "name": path.removesuffix(".csv").replace("/", "-").replace("_", "-").lower(),
        "path": path,
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": {"fields": fields},
    }


def meaning_of(path: str, column: str, meanings: pd.DataFrame) -> str:
    """What a column of a table means: the first row whose patterns fit both; "" where no row does.

    meanings  one row per column or pattern of columns: file (a pattern), column (a pattern), means
    """
    rows = (row for row in meanings.itertuples() if fnmatchcase(path, row.file) and fnmatchcase(column, row.column))
    return next((row.means for row in rows), "")


def _type_of(values: pd.Series) -> str:
    """The narrowest type that all values have; empty ones have any."""
    there = values[values.ne("")]
    return next((kind for kind, form in TYPES.items() if len(there) and there.str.fullmatch(form).all()), "string")


def package_text(root: Path = ROOT, new: Path | None = None) -> str:
    """The data package as it is stored. Same tables, same bytes. `new` as in `tables_of`."""
    return json.dumps(describe_tables(root, new), indent=1, ensure_ascii=False) + "\n"
