"""How dates are written: what months, weekdays and updates are called in six languages, and the forms they stand in."""

import re

from helpers.files.tables import SEEDS, read_table

TABLE = read_table(SEEDS / "date-words.csv", "word kind language")
WORDS = {kind: TABLE.loc[TABLE["kind"].eq(kind), "word"].tolist() for kind in TABLE["kind"].unique()}
NOTHING = {"", *WORDS["nothing"]}  # what people write for an unknown date or an empty value
MONTHS = {word: int(kind.split()[1]) for kind in WORDS if kind.startswith("month ") for word in WORDS[kind]}


def one_of(words: list[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


YEAR = r"(?:1[5-9]|20|21)\d\d"  # four digits that can be an article's year
MONTH, WEEKDAY = one_of([*MONTHS]), one_of(WORDS["weekday"])
UPDATED, PUBLISHED = one_of(WORDS["updated"]), one_of(WORDS["published"])
TO = r"(?:\s+(?:on|at|el|em|le|am|il|a|vom))?"  # 5 March, after: published on, actualizado el
SPELLED = re.compile(  # 5 March 2012, 5 de marzo de 2012, 5. März 2012, 05-Mar-2012; March 5, 2012
    rf"(?<![\w/.-])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.?º|°|\.)?[\s/-]*(?:de\s+|of\s+)?"
    rf"(?P<month>{MONTH})\b\.?,?[\s/-]*(?:del?\s+|of\s+)?(?P<year>{YEAR})(?!\d)"
    rf"|(?<!\w)(?P<month2>{MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?:del?\s+)?(?P<year2>{YEAR})(?!\d)",
    re.IGNORECASE,
)
UPDATE = re.compile(rf"(?:(?:last|first|latest|última)\s+)?(?:{UPDATED})\b{TO}\s*:?\s*", re.IGNORECASE)
LATER_UPDATE = re.compile(rf"(?<=[\s|,;(\[·•/-]){UPDATE.pattern}", re.IGNORECASE)
LATER_PUBLISHED = re.compile(rf"(?<=[\s|,;(\[·•/-])(?:first\s+)?(?:{PUBLISHED})\b{TO}\s*:?\s*", re.IGNORECASE)
EDGES = " \t|,;()[]·•/-"


def spelled_day(found: re.Match) -> str:
    """A match of SPELLED as 2012-03-05; the day may be one that does not exist."""
    day, month, year = (found[part] or found[f"{part}2"] for part in ("day", "month", "year"))
    return f"{year}-{MONTHS[month.lower()]:02}-{int(day):02}"


def split_update(words: str) -> tuple[str, str]:
    """What a cell or line gives as the date of publication, and what as that of an update; "" for neither.

    >>> split_update("27/11/2017 01:57 | Actualizado a 28/11/2017 19:20")
    ('27/11/2017 01:57', '28/11/2017 19:20')
    """
    if first := UPDATE.match(words):
        rest = words[first.end() :]
        later = LATER_PUBLISHED.search(rest)
        updated, published = (rest[: later.start()], rest[later.end() :]) if later else (rest, "")
    elif later := LATER_UPDATE.search(words):
        published, updated = words[: later.start()], words[later.end() :]
    else:
        return words, ""
    return published.strip(EDGES), updated.strip(EDGES)
