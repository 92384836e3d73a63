"""Cells of the CSV files that people open: none of them is a formula.

A spreadsheet takes a cell that begins with = + - or @ (or a tab, which it drops) for a formula, wherever the text comes
from. So an apostrophe is written before such a text, as OWASP recommends ("CSV Injection"); numbers stay as they are.
Our readers take it away again. Where a text has apostrophes of its own before such a sign, one more is written, so
that what is read is what was there.
"""

import re
from pathlib import Path

import pandas as pd
from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype

FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\n])")
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:e[+-]?\d+)?%?", re.I)


def disarmed(value):
    """A cell as it is written: only a text that a spreadsheet would compute is changed, and one with a carriage return.

    >>> disarmed("=1+1"), disarmed("-0.5"), disarmed(-0.5), disarmed("'=1"), disarmed("'tis")
    ("'=1+1", '-0.5', -0.5, "''=1", "'tis")
    """
    if isinstance(value, str) and "\r" in value:
        value = value.replace("\r\n", "\n").replace("\r", "\n")  # alone, it would begin a row
    risky = isinstance(value, str) and FORMULA.match(value) and not NUMBER.fullmatch(value)
    return f"'{value}" if risky else value


def rearmed(value):
    """A cell as it was before `disarmed`.

    >>> rearmed("'=1+1"), rearmed("''=1"), rearmed("'tis"), rearmed("-0.5")
    ('=1+1', "'=1", "'tis", '-0.5')
    """
    return value[1:] if isinstance(value, str) and value[:1] == "'" and FORMULA.match(value) else value


def as_csv(table: pd.DataFrame, **settings) -> str:
    """A table as the text of a CSV file without its index, its cells and names disarmed. Same input, same text.

    settings  more for pandas' `to_csv`
    """
    safe = table.rename(columns=disarmed)
    for place, kind in enumerate(table.dtypes):
        cells = [] if is_numeric_dtype(kind) or is_datetime64_any_dtype(kind) else list(table.iloc[:, place])
        written = [disarmed(cell) for cell in cells]
        if any(now is not cell for now, cell in zip(written, cells, strict=True)):
            safe.isetitem(place, pd.Series(written, table.index, dtype=object))
    return safe.to_csv(index=False, lineterminator="\n", **settings)


def write_csv(table: pd.DataFrame, file: Path, *, encoding: str = "utf-8") -> None:
    """Write a table as a CSV file that people open.

    encoding  utf-8-sig, where a spreadsheet shall take it for what it is
    """
    file.write_bytes(as_csv(table).encode(encoding, "replace"))


def read_csv(file) -> pd.DataFrame:
    """A CSV file of ours as text, as it was before it was written: no value is guessed, an empty cell is "".

    raises  pandas.errors.EmptyDataError where there is not even a header
    """
    return rearm(pd.read_csv(file, dtype=str, keep_default_na=False))


def rearm(table: pd.DataFrame) -> pd.DataFrame:
    """A table of texts as it was before it was written by `as_csv`."""
    return table.map(rearmed).rename(columns=rearmed)
