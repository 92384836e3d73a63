"""Lines of a page that give its date or its author."""

import re

from helpers.articles.date_forms import PUBLISHED, SPELLED, TO, UPDATED, WEEKDAY, split_update

STAMP, CREDIT = "update stamp", "news agency's credit"
DATE = re.compile(
    rf"\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|{SPELLED.pattern}"
    r"|\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2}/\d{1,2}/\d\d(?!\d)",
    re.IGNORECASE,
)
_ZONE = r"\(?(?:[A-Z]{1,4}(?![a-zß-ÿ]))?(?:[+-]\d{1,2}:?\d{0,2})?\)?"
_HOURS = r"(?:[ap]\.?\s?m\.?|h(?:rs?|oras)?\.?|uhr)?"
_CLOCK = rf"(?:at|a las|um|à)?\s?\d{{1,2}}(?:[:.h]\d{{2}})(?::\d{{2}})?\s?{_HOURS}\s?{_ZONE}"
_EDITION = r"(?:[\s,;-]*(?:[\w&'.]+[\s;,-]+){0,4}edition\b.{0,30})?(?:[\s,;]*correction appended)?"  # as Nexis writes
DATE_LINE = re.compile(
    rf"(?:(?:last\s|first\s|latest\s)?(?P<label>{UPDATED}|{PUBLISHED}){TO}\s*:?\s*)?"
    rf"(?:{_CLOCK}[\s,|•·-]+)?"
    rf"(?:(?:{WEEKDAY})\b[.,]*\s*)?(?:(?:el|le|den)\s)?(?:{DATE.pattern})(?:,?\s(?:{WEEKDAY})\b)?"
    rf"(?:[\s,|•·T-]*{_CLOCK})?"
    rf"{_EDITION}\W*(?:(?:(?:last|latest|first)\s)?(?:{UPDATED}|{PUBLISHED})\b.{{0,60}})?",
    re.IGNORECASE,
)
_NAME = r"[A-ZÀ-Þ][^\s,]*"
BYLINE = re.compile(
    rf"(?i:byline: by|byline:|written by|by|por)\s*:?\s+"
    rf"(?P<name>{_NAME}(?:(?:,| and| y| de| del| of| the)? {_NAME}){{0,6}}?)(?: in {_NAME}(?:,? {_NAME}){{0,3}})?"
    r"(?:\s*[|•·].*)?"
)


def byline_and_dates(removed: list[dict], begins: int) -> dict:
    """The byline, and the words of the dates of publication and update, from the lines that were cut.

    A date counts only if it is above the article or has a label: sidebars are full of the dates of other stories.
    `date_articles` reads the words, together with the other dates of the folder, and takes no date if two differ.

    removed  one dict per line cut: line, reason, text
    begins   the line where the article begins
    returns  byline, published and updated (each a list of dates as they are written)
    """
    first = {row["reason"]: row["text"] for row in reversed(removed)}
    byline = first.get("byline", first.get(CREDIT, ""))
    named = BYLINE.fullmatch(byline)
    lines = [row for row in removed if row["reason"] == "date line"]
    above = [row["text"] for row in lines if row["line"] < begins or DATE_LINE.fullmatch(row["text"])["label"]]
    stamps = [row["text"] for row in removed if row["reason"] == STAMP]
    return {
        "byline": named["name"] if named else byline,
        "published": _dates([split_update(text)[0] for text in [*above, *stamps]]),
        "updated": _dates([split_update(text)[1] for text in [*stamps, *above]]),
    }


def _dates(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(found[0] for text in texts if (found := DATE.search(text))))
