"""One spreadsheet of all tables, for those who read them in Excel or LibreOffice."""

import re
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path

import pandas as pd
import xlsxwriter

from helpers.files.cells import as_csv, disarmed, read_csv

NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d+)?(?:e[+-]\d{1,3})?")  # any other cell is text: 0012, =1+1, +52 55
MOST_ROWS = 100_000  # of a sheet; more open slowly
LONGEST = 32_767  # characters of a cell, as Excel allows
NAME_LENGTH = 31  # characters of a sheet's name, too
MADE = datetime(2000, 1, 1)  # the same always: same tables, same bytes


def write_workbook(tables: dict[str, Path | pd.DataFrame], file: Path) -> None:
    """Write tables as the sheets of one .xlsx file, after a sheet that lists them. Same tables, same bytes.

    Text stays text, whatever it begins with: nothing in a sheet is a formula or a link, nor becomes one when its cell
    is edited.

    tables  by the names of their sheets: tables, or CSV files of ours, packed or not
    """
    written, listed = BytesIO(), []
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    book.set_properties({"created": MADE})
    looks = [book.add_format({"bold": True, "quote_prefix": True}), book.add_format({"quote_prefix": True})]
    contents = book.add_worksheet("contents")
    for name, table in tables.items():
        cells = _as_text(table)
        sheet = book.add_worksheet(_sheet_name(name, book.sheetnames))
        _fill(sheet, cells.head(MOST_ROWS), *looks)
        listed.append([sheet.name, str(len(cells)), str(min(len(cells), MOST_ROWS))])
    _fill(contents, pd.DataFrame(listed, columns=["sheet", "rows", "rows here"]), *looks)
    book.close()
    file.write_bytes(written.getvalue())


def _as_text(table: Path | pd.DataFrame) -> pd.DataFrame:
    """A table with its cells as text, as our CSV files write numbers and days."""
    whole = table if isinstance(table, Path) else StringIO(as_csv(table, date_format="%Y-%m-%d"))
    try:
        return read_csv(whole)
    except pd.errors.EmptyDataError:
        return pd.DataFrame()


def _fill(sheet, cells: pd.DataFrame, bold, quoted) -> None:
    """Write cells into a sheet, below a header that stays in sight. `quoted` is what a spreadsheet gives a cell into
    which somebody types an apostrophe first: it stays text."""
    for column, name in enumerate(cells):
        sheet.write_string(0, column, name, bold)
        sheet.set_column(column, column, min(max(12, len(name) + 2), 40))
    sheet.freeze_panes(1, 0)
    for row, values in enumerate(cells.to_numpy(), 1):
        for column, cell in enumerate(values):
            if NUMBER.fullmatch(cell):
                sheet.write_number(row, column, float(cell))
            elif cell:
                text = cell.encode("utf-8", "replace").decode()[:LONGEST]
                sheet.write_string(row, column, text, quoted if disarmed(text) != text else None)


def _sheet_name(name: str, taken) -> str:
    """A name that Excel takes: short, without its signs, and no other sheet's.

    >>> _sheet_name("03-heat/map", ["contents"]), _sheet_name("a" * 40, ["A" * 31])
    ('03-heat map', 'aaaaaaaaaaaaaaaaaaaaaaaaaa (2)')
    """
    own = short = re.sub(r"[\[\]:*?/\\']", " ", name)[:NAME_LENGTH]
    known, number = {other.lower() for other in taken}, 2
    while own.lower() in known:
        own, number = f"{short[: NAME_LENGTH - 5]} ({number})", number + 1
    return own
