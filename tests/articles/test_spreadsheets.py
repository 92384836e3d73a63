"""The rows of spreadsheets are articles like the rows of a CSV."""

import pytest

from helpers.articles.load import load_articles, read_articles
from helpers.articles.sources import read_source
from tests.articles.made import ONE, TWO, as_csv, reasons, write
from tests.articles.made_office import as_open, as_xlsx

CELLS = {
    "A1": "text",
    "B1": "outlet",
    "D1": "date",
    "A2": ONE,
    "B2": "The Daily",
    "D2": 40972,
    "A5": TWO,
    "D5": 40973.5,
}
OTHER = {"A1": "text", "A2": "They met again on Friday."}


def row(*cells, times=1):
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def cell(words, kind="string", times=1, **value):
    of = "".join(f' office:{name}="{value}"' for name, value in value.items()).replace("_", "-")
    words = f"<text:p>{words}</text:p>" if words else ""
    times = f'table:number-columns-repeated="{times}"'
    return f'<table:table-cell office:value-type="{kind}"{of} {times}>{words}</table:table-cell>'


def as_ods(*sheets):
    tables = "".join(f'<table:table table:name="Sheet{n}">{rows}</table:table>' for n, rows in enumerate(sheets, 1))
    return as_open("spreadsheet", f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>")


ODS = (
    row(cell("text"), cell("outlet"), cell(""), cell("date"), cell("", times=16380))
    + row(cell(ONE), cell("The Daily"), cell(""), cell("4.3.12", "date", date_value="2012-03-04"))
    + row(cell("", times=16384), times=2)
    + row(cell(TWO), cell("", times=2), cell("5.3.12", "date", date_value="2012-03-05T12:00:00"))
    + row(cell("", times=16384), times=1_048_571)
)


@pytest.mark.parametrize(("name", "raw"), [("a.xlsx", as_xlsx(CELLS)), ("a.ods", as_ods(ODS))])
def test_rows_keep_their_numbers_and_dates_are_dates(tmp_path, name, raw):
    articles, left_out = read_articles(write(tmp_path, name, raw))
    assert articles["text"].tolist() == [ONE, TWO]
    assert articles["row"].tolist() == [2, 5]
    assert articles["published"].dt.strftime("%Y-%m-%d").tolist() == ["2012-03-04", "2012-03-05"]
    assert articles["outlet"].tolist() == ["The Daily", ""]
    assert left_out.empty


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.xlsx", as_xlsx({}, CELLS, OTHER)),
        ("a.ods", as_ods("", ODS, row(cell("text")) + row(cell("They met again on Friday.")))),
    ],
)
def test_the_first_sheet_with_rows_is_read_or_the_one_that_is_named(tmp_path, monkeypatch, name, raw):
    file = write(tmp_path, name, raw)
    assert load_articles(file)["text"].tolist() == [ONE, TWO]
    assert [(kept, "'Sheet3'" in why) for _, kept, why in reasons(file)] == [(True, True)]
    named = load_articles(file, sheet="Sheet3")
    monkeypatch.setenv("SHEET", "Sheet3")
    assert load_articles(file)["text"].tolist() == named["text"].tolist() == ["They met again on Friday."]
    with pytest.raises(ValueError, match="no sheet 'Sheet9'"):
        load_articles(file, sheet="Sheet9")


def test_the_header_again_is_no_article(tmp_path):
    again = {f"{column}9": words.title() for column, words in {"A": "text", "B": "outlet", "D": "date"}.items()}
    articles, left_out = read_articles(write(tmp_path, "a.xlsx", as_xlsx(CELLS | again)))
    assert articles["text"].tolist() == [ONE, TWO]
    assert left_out[["row", "kept"]].to_numpy().tolist() == [[9, False]]


def test_signs_that_excel_writes_as_numbers_are_themselves(tmp_path):
    file = write(tmp_path, "a.xlsx", as_xlsx({"A1": "text", "A2": f"{ONE}_x000D_\n_x000D_\n{TWO}"}))
    assert load_articles(file)["text"].tolist() == [f"{ONE}\n\n{TWO}"]


@pytest.mark.parametrize("name", ["a.html", "a.xls"])
def test_a_web_page_that_is_a_table_of_articles_is_read_row_by_row(tmp_path, name):
    rows = [("Title", "Date", "Text"), ("A", "2012-03-04", ONE), ("B", "2012-03-05", TWO)]
    cells = "".join(f"<tr>{''.join(f'<td>{words}</td>' for words in row)}</tr>" for row in rows)
    articles = load_articles(
        write(tmp_path, name, f"<?xml version='1.0' encoding='utf-8'?><html><body><table>{cells}</table></body></html>")
    )
    assert articles[["title", "text"]].to_numpy().tolist() == [["A", ONE], ["B", TWO]]
    assert articles["date"].dt.day.tolist() == [4, 5]


def test_columns_may_be_named_as_in_a_csv(tmp_path):
    file = write(tmp_path, "a.xlsx", as_xlsx({"A1": "Wortlaut", "A2": ONE}))
    assert load_articles(file, columns={"text": "Wortlaut"})["text"].tolist() == [ONE]


@pytest.mark.parametrize(
    ("name", "raw", "why"),
    [
        ("a.xlsx", as_xlsx({"A1": "text", "XFD1048576": ONE}), "a sheet spans 1048576 rows and 16384 columns"),
        ("a.ods", as_ods(row(cell(ONE, times=100_000_000))), "a sheet spans 1 rows and 100000000 columns"),
        ("a.ods", as_ods(row(cell(ONE), times=100_000_000)), "a sheet spans 100000000 rows and 1 columns"),
        ("a.xlsx", as_xlsx({}), "its sheets are empty"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "Workbook".encode("utf-16-le") + b"\0\0", "damaged"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path, name, raw, why):
    write(tmp_path, "b.csv", as_csv([{"text": ONE}]))
    write(tmp_path, name, raw)
    assert [told[: len(why)] for _, _, told in reasons(tmp_path)] == [why]


def test_a_number_is_a_year_and_a_cell_may_hold_paragraphs(tmp_path):
    texts = cell(f"{ONE}</text:p><text:p>{TWO}")
    cells = row(cell("text"), cell("year")) + row(texts, cell("2012", "float", value="2012"))
    documents, _, _ = read_source(write(tmp_path, "a.ods", as_ods(cells)))
    assert [(each["text"], each["published"]) for each in documents] == [(f"{ONE}\n\n{TWO}", "2012")]
