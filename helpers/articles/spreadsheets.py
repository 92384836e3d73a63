"""The rows of Excel and OpenOffice spreadsheets as documents, like those of a CSV."""

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from zipfile import ZipFile

from helpers.articles.column_names import find_columns
from helpers.articles.document import left_out, one_line
from helpers.articles.kinds import open_parts
from helpers.articles.office import elements, refuse_encrypted, words_in
from helpers.articles.table_files import documents
from helpers.files.bounds import LONGEST, WIDEST

CELLS = 4_000_000  # the most that a sheet may span, empty ones counted: they are held in memory
PARTS_OF_ODS = {"table", "table-row", "table-cell", "covered-table-cell"}
SHEET_ROW, SHEET_CELL = re.compile(rb"<(?:\w{1,9}:)?row\b"), re.compile(rb"<(?:\w{1,9}:)?c\b")
ROW_AT = re.compile(rb"""<(?:\w{1,9}:)?row\b[^<]*?\br=["'](\d{1,9})["']""")
CELL_AT = re.compile(rb"""<(?:\w{1,9}:)?c\b[^<]*?\br=["']([A-Z]{1,9})(\d{1,9})["']""")
DECLARED = re.compile(r"\A\s*<\?xml[^>]*>")  # lxml takes none in a text
TABLE_OF_PAGE = re.compile(r"<table\b", re.IGNORECASE)
WRITTEN = re.compile(r"_x(00[0-9A-Fa-f]{2})_")
TOO_WIDE = "a sheet spans {} rows and {} columns. Delete what stands far from the table, or save the table as .csv"
Rows = list[tuple[int, list]]


def read_excel(name: str, raw: bytes, columns: dict, sheet: str | None = None) -> Iterator[dict]:
    """The rows of a sheet of an Excel file, new or old: the one named, else the first that is not
    hidden or empty."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    if raw.startswith(b"PK"):
        _refuse_wide_excel(raw)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        about = [about for about in book.sheets_metadata if about.typ == SheetTypeEnum.WorkSheet]
        sheets = {about.name: book.get_sheet_by_name(about.name) for about in about}
        seen = {about.name for about in about if about.visible == SheetVisibleEnum.Visible}
        filled = [name for name in sheets if sheets[name].height]
        chosen = _choose(list(sheets), [name for name in filled if name in seen] or filled, sheet)
        rows = list(enumerate(sheets[chosen].to_python(skip_empty_area=False), 1))
    except BaseException as error:  # what calamine raises where it did not expect a fault is no Exception
        if not isinstance(error, CalamineError) and type(error).__name__ != "PanicException":
            raise
        raise ValueError(f"damaged: {one_line(error)}. Open it in Excel and save it again") from error
    yield from _documents(rows, columns, chosen, filled)


def read_ods(name: str, raw: bytes, columns: dict, sheet: str | None = None) -> Iterator[dict]:
    """The rows of a sheet of an OpenOffice spreadsheet: the one named, else the first that is not empty."""
    with open_parts(raw) as archive:
        refuse_encrypted(archive)
        sheets = _sheets_of_ods(archive)
    filled = [name for name in sheets if sheets[name]]
    chosen = _choose(list(sheets), filled, sheet)
    yield from _documents(sheets[chosen], columns, chosen, filled)


def read_table_of_page(page: str, columns: dict) -> list[dict]:
    """The rows of a web page that is a table of articles, as some archives save one under the name .xls; else [].

    Its first row must name the text and also a title, a date or an outlet.
    """
    from lxml import html

    for table in html.fromstring(DECLARED.sub("", page)).iter("table") if TABLE_OF_PAGE.search(page) else ():
        rows = [[cell.text_content().strip() for cell in row.iter("th", "td")] for row in table.iter("tr")]
        header = [str(name) for name in next(filter(any, rows), [])]
        with suppress(ValueError):
            found = find_columns(header, columns)
            if len(rows) > 1 and found.keys() & {"title", "published", "outlet"}:
                return list(_documents(list(enumerate(rows, 1)), columns, "", []))
    return []


def _documents(rows: Rows, columns: dict, chosen: str, sheets: list[str]) -> Iterator[dict]:
    filled = ((row, values) for row, values in rows if any(str(value).strip() for value in values))
    header = [str(value).strip() for value in next(filled, (0, []))[1]]
    if not header:
        raise ValueError(f"the sheet {chosen!r} is empty. Choose one with SHEET=its name, or sheet= in Python")
    records = ((row, dict(zip(header, map(_plain, values), strict=False))) for row, values in filled)
    yield from documents(records, header, columns)
    if others := [name for name in sheets if name != chosen]:
        named = ", ".join(map(repr, others[:5])) + (", …" if others[5:] else "")
        why = f"only the sheet {chosen!r} is read, not {named}. Choose one with SHEET=its name, or sheet= in Python"
        yield left_out(0, why, kept=True)


def _choose(sheets: list[str], filled: list[str], sheet: str | None) -> str:
    """The sheet of that name, else the first with anything in it."""
    if not filled:
        raise ValueError("its sheets are empty. Save the table as .csv")
    if sheet and sheet not in sheets:
        raise ValueError(f"no sheet {sheet!r}. Its sheets are: {', '.join(map(repr, sheets))}")
    return sheet or filled[0]


def _plain(value):
    """A cell's value as the reader of tables takes it: a day without an hour stays a day, and Excel's way of writing
    signs that XML does not take is undone (_x000D_)."""
    if isinstance(value, str):
        return WRITTEN.sub(lambda sign: chr(int(sign[1], 16)), value)
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    return value.isoformat(" ") if isinstance(value, datetime) else str(value) if isinstance(value, date) else value


def _refuse_wide_excel(raw: bytes) -> None:
    """Refuse a sheet with one cell at its far end: calamine keeps the empty ones, and would end Python for want of
    memory. Rows and cells that do not say where they are follow one another."""
    with open_parts(raw) as archive:
        for part in (part for part in archive.namelist() if part.lower().endswith(".xml")):
            sheet = archive.read(part)
            _, *rows = SHEET_ROW.split(sheet)
            cells = {(cell[1], int(cell[2])) for cell in CELL_AT.finditer(sheet)}
            last = max((int(row[1]) for row in ROW_AT.finditer(sheet)), default=0)
            most = max((len(SHEET_CELL.findall(row)) for row in rows), default=0)
            _refuse_wide(
                max([len(rows), last, *(row for _, row in cells)]),
                max([most, *map(_number, {column for column, _ in cells})]),
            )


def _number(letters: bytes) -> int:
    """The number of a column: 1 for A, 28 for AB."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _sheets_of_ods(archive: ZipFile) -> dict[str, Rows]:
    """Every sheet by its name: its rows that are not empty, numbered from 1, each as the values of its cells."""
    sheets, rows, row, cells, empty = {}, [], 0, [], 0
    for event, node, kind in elements(archive, "content.xml", PARTS_OF_ODS):
        times = int(_given(node, f"number-{'rows' if kind == 'table-row' else 'columns'}-repeated")[:9] or 1)
        if event == "start":
            if kind == "table":
                sheets[_given(node, "name")], row = (rows := []), 0
            elif kind == "table-row":
                cells, empty = [], 0
        elif kind == "table-row":
            if cells:
                _refuse_wide(times + len(rows), len(cells))
                rows += [(row + 1 + time, cells) for time in range(times)]
            row += times
            node.clear(keep_tail=True)
        elif kind != "table" and (value := _value(node)) != "":
            _refuse_wide(1, len(cells) + empty + times)
            cells += [""] * empty + [value] * times
            empty = 0
        elif kind != "table":
            empty += times
    return sheets


def _refuse_wide(rows: int, wide: int) -> None:
    """Raise ValueError if a sheet spans so many cells that memory would not hold them."""
    if rows > LONGEST or wide > WIDEST or rows * wide > CELLS:
        raise ValueError(TOO_WIDE.format(rows, wide))


def _value(cell):
    """A cell's value: its date or number as stored, else its words."""
    kind = _given(cell, "value-type")
    if kind == "date":
        return _given(cell, "date-value").replace("T", " ").removesuffix(" 00:00:00")
    if kind == "float":
        return float(_given(cell, "value"))
    return "\n\n".join("".join(words_in(part)).strip() for part in cell.iterfind("{*}p"))


def _given(node, name: str) -> str:
    return next((value for key, value in node.items() if key.rpartition("}")[2] == name), "")
