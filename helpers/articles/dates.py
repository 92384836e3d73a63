"""Dates as people write them: the day, the month or the year that the words give, and no guess beyond them.

A date that the words leave open stays unknown, and the reason is given: 03/04/2012, 03 04 2012 or 03 – 04 – 2012
(unless another date of the same column shows the order), a year of two digits, "yesterday".
"""

import re
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache

import pandas as pd

from helpers.articles.date_forms import MONTH, NOTHING, PUBLISHED, SPELLED, TO, WEEKDAY, YEAR, spelled_day, split_update

PERIODS = {4: ("year", "Y"), 7: ("month", "M"), 10: ("day", "D")}  # by the length of 2012, 2012-02, 2012-02-27
LENGTHS = {precision: length for length, (precision, _) in PERIODS.items()}
LANGUAGES = ["en", "es", "pt", "fr", "it", "de"]
DIVIDER = r"[-–/\\.,]"
BLANKS = r"\s{0,20}"
YEAR_FIRST = re.compile(rf"(?<![\d/.-])(\d{{4}})(\s*{DIVIDER}\s*)(\d{{1,2}})\2(\d{{1,2}})(?![\d/])")
YEAR_LAST = re.compile(
    rf"(?<![\d/.-])(\d{{1,2}}){BLANKS}({DIVIDER}|\s){BLANKS}(\d{{1,2}}){BLANKS}\2{BLANKS}(\d{{4}}|\d\d)(?![\d/])"
)
COMPACT = re.compile(rf"({YEAR})(\d\d)(\d\d)(?:T?\d{{4}}(?:\d\d)?Z?)?")
MONTH_OF_YEAR = re.compile(
    rf"(?P<year>\d{{4}})\s*{DIVIDER}\s*(?P<month>\d{{1,2}})|(?P<month2>\d{{1,2}})\s*{DIVIDER}\s*(?P<year2>\d{{4}})"
)
FOUR_DIGITS = re.compile(rf"(?<!\d){YEAR}(?!\d)")
LONGEST = 300  # characters: what is longer is no date
YEARS = range(1500, 2200)  # others are not years, or mean that there is none: 0001-01-01, 9999-12-31
# What may precede a date and is not part of it: a label, an article, a weekday.
LABEL = re.compile(
    rf"(?:[^\W\d]+(?: on| at)?\s*:|(?:{PUBLISHED})\b{TO}\s*:?)?\s*(?:(?:on|at|el|em|le|am|il)\b)?\s*"
    rf"(?:(?:{WEEKDAY})\b\.?)?,?\s*(?:(?:den|the)\b)?\s*",
    re.IGNORECASE,
)
# What may not follow a date that is taken as it stands: the end of a span of days, another month or year.
GOES_ON = re.compile(
    rf"\A\s*(?:[-–—]|to|and|or|bis|und|al?|y|o|au?|à|e)\s*\d|\b(?:{MONTH})\.?\s+\d|{YEAR}", re.IGNORECASE
)
# A time of day.
CLOCK = re.compile(r"[T ,]+\d\d?:\d\d(?::\d\d)?(?:[.,]\d+)?(?: ?[AaPp]\.?[Mm]\b\.?)?(?: ?[+-]\d\d:?\d\d\b)?")
TOLD_APART = "day and month cannot be told apart"
REMEDY = "Write it 2012-04-03"
UNKNOWN, MOST_UNKNOWN = "not understood as a date", 300  # of a column; after so many, no more odd forms are tried
NO_YEAR = f"no year of four digits; nothing is counted from today. {REMEDY}"


def read_dates(words: pd.Series, *, dayfirst: bool | None = None) -> pd.DataFrame:
    """Read the dates of one column.

    words     one date a row, as text; "" if there is none
    dayfirst  True: 03/04/2012 is in April; False: in March; None: another row decides (25/04/2012 has the day first),
              and it stays unknown if none does or two contradict each other
    returns   one row per row of `words`: date (the first day it can mean, NaT if unknown), latest (the last),
              precision (day, month, year or ""), evidence (the words, and what was needed to read them; it begins with
              "inferred" if other rows were), fault (why a date stays unknown or is odd, else "")
    """
    order, ground, why = _order(words, dayfirst)
    read, unknown = {}, 0
    for text in words.unique():
        read[text] = _span(*_read(text.strip(), order, ground, why, odd=unknown < MOST_UNKNOWN))
        unknown += read[text][-1] == UNKNOWN
    table = pd.DataFrame([read[text] for text in words], columns="date latest precision evidence fault".split())
    for day in ("date", "latest"):
        table[day] = pd.to_datetime(table[day])
    return table.set_axis(words.index)


@lru_cache(2**16)
def read_alone(words: str) -> str:
    """A date read without the others of its column: 2012, 2012-02 or 2012-02-27; "" if unknown or of an update."""
    words = split_update(words)[0].strip()
    first, _, precision, *_ = _span(*_read(words, None, "", TOLD_APART, odd=True))
    return f"{first:%Y-%m-%d}"[: LENGTHS[precision]] if precision else ""


def _order(words: pd.Series, dayfirst: bool | None) -> tuple[bool | None, str, str]:
    """Whether the day comes first (None: unknown), how that is known, and why it is not."""
    if dayfirst is not None:
        return dayfirst, f"the {'day' if dayfirst else 'month'} first, as the reader says", ""
    shows = {}  # the first date that can only have its day first (True), or its month first (False)
    for text in words:
        for first, _, second, year in YEAR_LAST.findall(text) if len(text) <= LONGEST else ():
            if len(year) == 4 and (int(second) <= 12 < int(first) <= 31 or int(first) <= 12 < int(second) <= 31):
                shows.setdefault(int(first) > 12, text.strip())
    if len(shows) == 2:
        return None, "", f"{TOLD_APART}: {shows[True]!r} has the day first, {shows[False]!r} the month"
    for order, text in shows.items():
        return (
            order,
            f"inferred: the {'day' if order else 'month'} first, as in {text!r} of the same column or folder",
            "",
        )
    return (
        None,
        "",
        f"{TOLD_APART}, and no other date of the column or folder shows it. {REMEDY}, or say dayfirst=True or False",
    )


def _read(words: str, order: bool | None, ground: str, why: str, *, odd: bool) -> tuple[str, str, str]:
    """One date as 2012, 2012-02 or 2012-02-27 ("" if unknown), the evidence, and what is wrong. Beside a date of
    publication the date of an update is passed over. `odd`: whether odd forms are tried, which takes long."""
    words = next(filter(None, split_update(words)), words)
    if len(words) > LONGEST:
        return "", repr(f"{words[:40]}…"), f"longer than a date ({len(words)} characters). {REMEDY}"
    if words.lower() in NOTHING:
        return "", "", ""
    if re.fullmatch(rf"{FOUR_DIGITS.pattern}(\.0)?", words):
        return words[:4], repr(words), ""
    if found := COMPACT.fullmatch(words):
        return "-".join(found.groups()), repr(words), ""
    if found := MONTH_OF_YEAR.fullmatch(words):
        return f"{found['year'] or found['year2']}-{int(found['month'] or found['month2']):02}", repr(words), ""
    if re.fullmatch(r"\d+(\.\d*)?", words):
        return _count(words)
    if found := set(YEAR_FIRST.findall(words)):
        (year, _, month, day), *more = sorted(found)
        return _one(words, more, f"{year}-{int(month):02}-{int(day):02}")
    if found := set(YEAR_LAST.findall(words)):
        (first, _, second, year), *more = sorted(found)
        return _one(words, more, "") if more else _numbers(words, int(first), int(second), year, order, ground, why)
    return _spelled(words, odd=odd)


def _one(words: str, more: list, date: str) -> tuple[str, str, str]:
    return ("", repr(words), "it holds more than one date") if more else (date, repr(words), "")


def _count(words: str) -> tuple[str, str, str]:
    """A bare number: seconds or milliseconds since 1970. A spreadsheet's count of days is not guessed."""
    whole = words.partition(".")[0]
    for digits, unit, what in [((9, 10), 1, "seconds"), ((12, 13), 1000, "thousandths of a second")]:
        if len(whole) in digits:
            day = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(whole) // unit)
            return f"{day:%Y-%m-%d}", f"{words!r}, {what} since 1970, the day in UTC", ""
    spreadsheet = len(whole) == 5
    return "", repr(words), "a spreadsheet's count of days; save the column as text" if spreadsheet else "not a date"


def _numbers(words: str, first: int, second: int, year: str, order: bool | None, ground: str, why: str):
    """03/04/2012 by the known order; 25/04/2012 and 04/04/2012 by themselves, unless dayfirst is given."""
    alone = first == second or max(first, second) > 12
    stated = ground and not ground.startswith("inferred")
    if len(year) == 2:
        return "", repr(words), f"its year has two digits. {REMEDY}"
    if order is None and not alone:
        return "", repr(words), why
    day_first = order if stated or not alone else first > 12
    day, month = (first, second) if day_first else (second, first)
    if stated and alone and month > 12:
        return "", repr(words), f"no such day, read with {ground}"
    evidence = f"{ground}: {words!r}" if not alone and not stated else repr(words)
    return f"{year}-{month:02}-{day:02}", evidence + (f", {ground}" if stated and not alone else ""), ""


def _spelled(words: str, *, odd: bool) -> tuple[str, str, str]:
    """A date with its month as a word, in any of LANGUAGES. It is taken if no order of day and month changes it.

    What follows it may be a weekday, a time, an edition: December 5, 2012 Wednesday, Final Edition.
    """
    found = SPELLED.search(words)
    if found and LABEL.fullmatch(words[: found.start()]) and not GOES_ON.search(words[found.end() :]):
        return spelled_day(found), repr(words), ""
    years = set(FOUR_DIGITS.findall(words))
    if len(years) != 1:
        return "", repr(words), "more than one year" if years else NO_YEAR
    for parts, form in [(("day", "month", "year"), "%Y-%m-%d"), (("month", "year"), "%Y-%m")] if odd else []:
        bare = CLOCK.sub("", re.sub(r"(?<=\d)(?:º|°|\.º)", "", LABEL.sub("", words, count=1)))
        found, other = (_parser(parts, order).get_date_data(bare).date_obj for order in ("DMY", "MDY"))
        if found and str(found.year) in years and _says(words, found.day if "day" in parts else None):
            same = other and found.date() == other.date()
            return (found.strftime(form), repr(words), "") if same else ("", repr(words), f"{TOLD_APART}. {REMEDY}")
    return "", repr(words), UNKNOWN


def _says(words: str, day: int | None) -> bool:
    """Whether the words give this day of the month; for None, whether they give no day."""
    days = re.findall(r"(?<![\d:.+-])0?(\d{1,2})(?![\d:])", words)
    return str(day) in days if day else not days


@cache
def _parser(parts: tuple[str, ...], order: str):
    from dateparser.date import DateDataParser  # slow to import, and the seeds need none

    settings = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": list(parts), "RETURN_AS_TIMEZONE_AWARE": False}
    settings |= {"DATE_ORDER": order}
    return DateDataParser(languages=LANGUAGES, use_given_order=True, settings=settings)


def _span(date: str, evidence: str, fault: str) -> tuple:
    """First and last day, precision, evidence and fault of a date written 2012, 2012-02 or 2012-02-27."""
    try:
        precision, freq = PERIODS.get(len(date), ("", "D"))
        period = pd.Period(date, freq=freq) if date else None
    except ValueError:
        period, precision, fault = None, "", "there is no such day"
    if period is not None and period.year not in YEARS:
        period, fault = None, f"no article is from the year {period.year}"
    if fault:
        evidence = f"{evidence} left unknown: {fault}"
    if period is None:
        return pd.NaT, pd.NaT, "", evidence, fault
    late = period.start_time > pd.Timestamp.now() + pd.Timedelta(days=1)
    fault = f"{evidence} is in the future" if late else ""
    return period.start_time, period.end_time.normalize(), precision, evidence, fault
