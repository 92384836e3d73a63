"""The data package says what each column of each table means, and is in step with the tables."""

import json
from fnmatch import fnmatchcase

import pandas as pd

from helpers.run import ROOT
from helpers.run.package import describe_tables, meaning_of, package_text, tables_of

AGAIN = "Type `make run`."
MEANINGS = pd.DataFrame(
    [("a/*", "x", "of a"), ("*", "x", "of others"), ("*", "* falls", "a fall")], columns=["file", "column", "means"]
)


def test_the_stored_package_is_that_of_the_tables():
    assert (ROOT / "datapackage.json").read_text("utf-8") == package_text(), AGAIN


def test_each_tables_columns_are_those_of_its_file():
    package = json.loads((ROOT / "datapackage.json").read_text("utf-8"))
    stored = {table["path"]: [field["name"] for field in table["schema"]["fields"]] for table in package["resources"]}
    headers = {file: file.read_text("utf-8-sig").split("\n")[0] for file in tables_of().values()}
    assert stored == {file.relative_to(ROOT).as_posix(): header.split(",") for file, header in headers.items()}, AGAIN
    mute = {field["name"] for table in package["resources"] for field in fields_of(table) if not field["description"]}
    assert not mute, f"docs/columns.csv: say what these columns mean: {mute}"


def test_each_meaning_is_that_of_a_column():
    columns = [(table["path"], field["name"]) for table in describe_tables()["resources"] for field in fields_of(table)]
    meanings = pd.read_csv(ROOT / "docs" / "columns.csv", keep_default_na=False)
    lost = [
        f"{row.file}: {row.column}"
        for row in meanings.itertuples()
        if not any(meaning_of(*column, meanings) == row.means for column in columns if fits(column, row))
    ]
    assert not lost, f"docs/columns.csv: no table has these columns, or an earlier row takes them: {lost}. Delete them."


def test_the_first_row_that_fits_says_what_a_column_means():
    assert meaning_of("a/b.csv", "x", MEANINGS) == "of a"
    assert meaning_of("c/b.csv", "x", MEANINGS) == "of others"
    assert meaning_of("a/b.csv", "peace falls", MEANINGS) == "a fall"
    assert meaning_of("a/b.csv", "y", MEANINGS) == ""


def test_a_columns_type_is_the_narrowest_that_all_values_have(tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "n"\nversion = "1"\n', "utf-8")
    (tmp_path / "docs" / "columns.csv").write_text("file,column,means\n*,*,a thing\n", "utf-8")
    (tmp_path / "seeds" / "a.csv").write_text("i,n,b,s,e\n-1,1e-05,True,4 of 5,\n,0.5,False,NA,\n", "utf-8")
    (table,) = describe_tables(tmp_path)["resources"]
    assert [field["type"] for field in fields_of(table)] == ["integer", "number", "boolean", "string", "string"]


def fields_of(table):
    return table["schema"]["fields"]


def fits(column, row):
    return fnmatchcase(column[0], row.file) and fnmatchcase(column[1], row.column)
