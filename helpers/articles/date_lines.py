"""Lines of a page that give its date or its author."""

import re

from helpers.articles.date_forms import MONTH, PUBLISHED, SPELLED, TO, UPDATED, WEEKDAY, YEAR, split_update
from helpers.articles.mending import SENTENCE_END

STAMP, CREDIT = "update stamp", "news agency's credit"
DATE = re.compile(
    rf"\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|{SPELLED.pattern}"
    r"|\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2}/\d{1,2}/\d\d(?!\d)",
    re.IGNORECASE,
)
_ZONE = r"\(?(?:[A-Z]{1,4}(?![a-zß-ÿ]))?(?:[+-]\d{1,2}:?\d{0,2})?\)?"
_HOURS = r"(?:[ap]\.?\s?m\.?|h(?:rs?|oras)?\.?|uhr)?"
_CLOCK = rf"(?:at|a las|um|às?|alle)?\s?\d{{1,2}}(?:[:.h]\d{{2}})(?::\d{{2}})?\s?{_HOURS}\s?{_ZONE}"
_EDITION = r"(?:[\s,;-]*(?:[\w&'.]+[\s;,-]+){0,4}edition\b.{0,30})?(?:[\s,;]*correction appended)?"  # as Nexis writes
DATE_LINE = re.compile(
    rf"(?:(?:last\s|first\s|latest\s)?(?P<label>{UPDATED}|{PUBLISHED}){TO}\s*:?\s*)?"
    rf"(?:{_CLOCK}[\s,|•·/–—-]+)?"
    rf"(?:(?:{WEEKDAY})\b[.,]*\s*)?(?:(?:el|le|den)\s)?(?:{DATE.pattern})(?:,?\s(?:{WEEKDAY})\b)?"
    rf"(?:[\s,|•·/–—T-]*{_CLOCK})?"
    rf"{_EDITION}\W*(?:(?:(?:last|latest|first)\s)?(?:{UPDATED}|{PUBLISHED})\b.{{0,60}})?",
    re.IGNORECASE,
)
MONTH_ALONE = re.compile(rf"(?<![\w/.-])(?:{MONTH})\b\.?,?\s(?:del?\s)?{YEAR}(?!\d)", re.IGNORECASE)
_STAMPED = re.compile(  # a date with its label and its time
    rf"(?:\b(?:(?:last|first|latest)\s)?(?:{UPDATED}|{PUBLISHED}){TO}\s*:?\s*)?(?:\b(?:{WEEKDAY})\b[.,]*\s*)?"
    rf"(?:{DATE.pattern}|{MONTH_ALONE.pattern})(?:[\s,|•·/–—T-]*{_CLOCK})?",
    re.IGNORECASE,
)
MOST_BESIDE = 4  # words beside the date: a place, a desk, an author
_NAME = r"[A-ZÀ-Þ][^\s,]*"
BYLINE = re.compile(
    rf"(?i:byline: by|byline:|written by|by|por)\s*:?\s+"
    rf"(?P<name>{_NAME}(?:(?:,| and| y| de| del| of| the)? {_NAME}){{0,6}}?)(?: in {_NAME}(?:,? {_NAME}){{0,3}})?"
    r"(?:\s*[|•·].*)?"
)


def is_mostly_date(text: str) -> bool:
    """Whether a line is a date with at most a few words beside it, divided from it by a sign.

    >>> is_mostly_date("Ciudad de México, 8 de marzo de 2021"), is_mostly_date("The talks of March 8, 2021")
    (True, False)
    """
    first, *others = _STAMPED.sub("\n", text).split("\n")
    if "://" in text or not others or len(others) > (2 if split_update(text)[1] else 1):
        return False
    tail = re.search(r"\w(\W*)$", first)
    sides = [(first, tail and re.search(r"[^\w\s]", tail[1])), (others[-1], re.match(r"\W*[^\w\s]", others[-1]))]
    beside = [words for words in re.findall(r"\S+", f"{first} {' '.join(others)}") if re.search(r"\w", words)]
    divided = all(divider or not re.search(r"\w", side) for side, divider in sides)
    return divided and len(beside) <= MOST_BESIDE and not (beside and SENTENCE_END.search(text) and text[-1] != ")")


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
    lines = [row for row in removed if row["reason"] in ("date line", "byline")]
    above = [row["text"] for row in lines if row["line"] < begins or _is_labelled(row["text"])]
    stamps = [row["text"] for row in removed if row["reason"] == STAMP]
    return {
        "byline": named["name"] if named else byline,
        "published": _dates([split_update(text)[0] for text in [*above, *stamps]]),
        "updated": _dates([split_update(text)[1] for text in [*stamps, *above]]),
    }


def _is_labelled(text: str) -> bool:
    line = DATE_LINE.fullmatch(text)
    return bool(line and line["label"])


def _dates(texts: list[str]) -> list[str]:
    """The dates in these texts as they are written; months only where there is no day."""
    days = [found[0] for text in texts if (found := DATE.search(text))]
    return list(dict.fromkeys(days or [found[0] for text in texts if (found := MONTH_ALONE.search(text))]))
