"""The spreadsheet of all tables, read again from its XML: a sheet per table, and no formula."""

import zipfile
from xml.etree import ElementTree

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.run import workbook
from helpers.run.workbook import write_workbook

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets_of(file):
    """The cells of each sheet, row by row: (is it text, what is written), and all names of elements used."""
    with zipfile.ZipFile(file) as parts:
        book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
        names = [sheet.get("name") for sheet in book.iter(f"{SPACE}sheet")]
        strings = ElementTree.fromstring(parts.read("xl/sharedStrings.xml")).iter(f"{SPACE}si")
        words = ["".join(part.itertext()) for part in strings]
        sheets, elements = {}, set()
        for number, name in enumerate(names, 1):
            sheet = ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))
            elements |= {element.tag.removeprefix(SPACE) for element in sheet.iter()}
            sheets[name] = [
                [words[int(cell[0].text)] if cell.get("t") == "s" else float(cell[0].text) for cell in row]
                for row in sheet.iter(f"{SPACE}row")
            ]
    return sheets, elements


def test_each_table_has_a_sheet_numbers_are_numbers_and_the_rest_is_text(tmp_path):
    table = tmp_path / "03-shares.csv"
    table.write_text("frame,share,id\npeace,0.25,0012\n=1+1,-3,+52 55\n@x,1e-07,http://x.org\n", "utf-8")
    empty = tmp_path / "04-empty.csv"
    empty.write_text("\n")
    dated = pd.DataFrame({"date": pd.to_datetime(["2021-02-03", None]), "title": ["-1+2", "NA"]})
    write_workbook({"articles": dated, "03-shares": table, "04-empty": empty}, tmp_path / "all.xlsx")
    sheets, elements = sheets_of(tmp_path / "all.xlsx")
    assert sheets["03-shares"][1:] == [["peace", 0.25, "0012"], ["=1+1", -3, "+52 55"], ["@x", 1e-07, "http://x.org"]]
    assert sheets["articles"] == [["date", "title"], ["2021-02-03", "-1+2"], ["NA"]]
    assert sheets["contents"][1:] == [["articles", 2, 2], ["03-shares", 3, 3], ["04-empty", 0, 0]]
    assert not elements & {"f", "hyperlink"}


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20))
def test_a_text_is_the_same_in_the_sheet(tmp_path_factory, text):
    file = tmp_path_factory.mktemp("a") / "all.xlsx"
    write_workbook({"t": pd.DataFrame({"words": [f"x{text}"]})}, file)
    assert sheets_of(file)[0]["t"][1] == [f"x{text}"]


def test_a_long_table_is_cut_and_that_is_said_and_same_tables_give_same_bytes(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    table = pd.DataFrame({"n": range(5), "long": "y" * 40_000})
    files = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for file in files:
        write_workbook({"long": table, "LONG": table}, file)
    assert files[0].read_bytes() == files[1].read_bytes()
    sheets, _ = sheets_of(files[0])
    assert sheets["contents"][1:] == [["long", 5, 2], ["LONG (2)", 5, 2]]
    assert len(sheets["long"]) == 3


def test_a_text_like_a_formula_stays_text_when_its_cell_is_edited(tmp_path):
    write_workbook({"t": pd.DataFrame({"text": ["=1+1", "plain"], "=name": ["\t@x", "-0.5"]})}, tmp_path / "all.xlsx")
    with zipfile.ZipFile(tmp_path / "all.xlsx") as parts:
        looks = ElementTree.fromstring(parts.read("xl/styles.xml")).find(f"{SPACE}cellXfs")
        quoted = {str(place) for place, look in enumerate(looks) if look.get("quotePrefix") == "1"}
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet2.xml"))
        safe = {cell.get("r") for cell in sheet.iter(f"{SPACE}c") if cell.get("s") in quoted}
    assert safe >= {"A2", "B1", "B2"} and not safe & {"A3", "B3"}
    assert sheets_of(tmp_path / "all.xlsx")[0]["t"][1:] == [["=1+1", "\t@x"], ["plain", -0.5]]
