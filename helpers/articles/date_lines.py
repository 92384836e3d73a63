"""Lines of a page that give its date or its author."""

import re

import pandas as pd

from helpers.articles.dates import WORDS

STAMP, CREDIT = "update stamp", "news agency's credit"
UPDATED = "|".join(WORDS["updated"])
PUBLISHED = "|".join(WORDS["published"])
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DATE = re.compile(
    rf"""(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})
    | (?P<month>{_MONTH})\.?\ (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\ (?P<year>\d{{4}})
    | (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?(?P<month2>{_MONTH})\.?,?\ (?P<year2>\d{{4}})
    | \d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}}""",
    re.VERBOSE | re.IGNORECASE,
)
_ZONE = r"\(?(?:[A-Z]{1,4})?(?:[+-]\d{1,2}:?\d{0,2})?\)?"
_CLOCK = rf"(?:at\ )?\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?\ ?(?:[ap]\.?m\.?)?\ ?{_ZONE}"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
DATE_LINE = re.compile(
    rf"""(?:(?:last\ |first\ )?(?P<label>{UPDATED}|{PUBLISHED})
        (?:\ on|\ at)?\s*:?\s*)?
    (?:{_CLOCK}[\s,|•·-]+)?
    (?:{_WEEKDAY}[.,]*\ )?
    (?:{DATE.pattern})(?:,?\ {_WEEKDAY}\b)?
    (?:[\s,|•·T-]*{_CLOCK})?
    \W*(?:(?:last\ )?(?:{UPDATED})\b.{{0,60}})?""",
    re.VERBOSE | re.IGNORECASE,
)
_NAME = r"[A-ZÀ-Þ][^\s,]*"
BYLINE = re.compile(
    rf"(?i:byline: by|byline:|written by|by|por)\s*:?\s+"
    rf"(?P<name>{_NAME}(?:(?:,| and| y| de| del| of| the)? {_NAME}){{0,6}}?)(?: in {_NAME}(?:,? {_NAME}){{0,3}})?"
    r"(?:\s*[|•·].*)?"
)


def byline_and_dates(removed: list[dict], begins: int) -> dict:
    """Byline, published and updated, from the lines that were cut.

    A date counts only if it is above the article or has a label, and no other contradicts it: sidebars are full of the
    dates of other stories.

    removed  one dict per line cut: line, reason, text
    begins   the line where the article begins
    """
    first = {row["reason"]: row["text"] for row in reversed(removed)}
    byline = first.get("byline", first.get(CREDIT, ""))
    named = BYLINE.fullmatch(byline)
    lines = [row for row in removed if row["reason"] == "date line"]
    above = [row["text"] for row in lines if row["line"] < begins or DATE_LINE.fullmatch(row["text"])["label"]]
    stamps = [row["text"] for row in removed if row["reason"] == STAMP]
    return {
        "byline": named["name"] if named else byline,
        "published": _agreed_date(above),
        "updated": _agreed_date(stamps),
    }


def _agreed_date(texts: list[str]) -> pd.Timestamp:
    dates = {_date(text) for text in texts}
    return dates.pop() if len(dates) == 1 else pd.NaT


def _date(text: str) -> pd.Timestamp:
    """The day a line gives; NaT if it gives none or leaves open which number is the month."""
    found = DATE.search(text)
    if found and found["iso"]:
        return pd.to_datetime(found["iso"], errors="coerce")
    if found and (found["month"] or found["month2"]):
        day, month, year = (found[part] or found[part + "2"] for part in ("day", "month", "year"))
        return pd.to_datetime(f"{day} {month[:3]} {year}", format="%d %b %Y", errors="coerce")
    return pd.NaT
