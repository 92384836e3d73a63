"""Which rows of a table are no articles, and which of their values are not read."""

import re
from collections.abc import Iterator

from helpers.articles.column_names import COLUMNS, as_words
from helpers.articles.document import is_no_text, left_out, one_line
from helpers.articles.leads import adds
from helpers.files.encodings import fold_name

COLUMN_TEXTS, COLUMN_DATES = set(COLUMNS["text"]), set(COLUMNS["published"])
SHORT = 60  # characters: what is longer is taken to hold a sentence
LOOKED_AT = 100  # rows of a table in which we look for sentences that are not read
WORD = re.compile(r"[^\W\d_]{2,}")
END = re.compile(r"[^\W_]{2,}[.?!…。？！؟][\"”’»)]*\Z")


def refuse_header(row: int, record: dict, header: list[str]) -> str:
    """Why a row is not an article: it is the header once more, as where tables were joined; "" for other rows.

    raises  ValueError if it is the header of another table
    """
    values = [value for value in record.values() if isinstance(value, str) and value.strip()]
    if not values or any(len(value) > SHORT for value in values):
        return ""
    names = [fold_name(value) for value in values]
    if names == [fold_name(name) for name in header if str(name).strip()]:
        return "not an article: the names of the columns once more"
    if {*names} & COLUMN_TEXTS and {*names} & COLUMN_DATES and len({*names}) == len(names):
        remedy = "Save what follows as a file of its own"
        raise ValueError(
            f"row {row} names other columns, as where two tables are joined: it is read no further. {remedy}"
        )
    return ""


def why_no_text(words: str, called: list[str], may_be_names: bool) -> str:
    """Why these words cannot be an article's text; "" if they can."""
    if words == "[Removed]":
        return "no text: its source has removed it"
    if not words:
        return f"no text in the column {' or '.join(map(repr, called))}"
    if may_be_names and is_no_text(words):
        return f"no text but a name in the column {called[0]!r}. Call the column with the texts text"
    if has_no_sentence(words):
        return f"no sentence in the column {' or '.join(map(repr, called))}: {words!r}"
    return ""


def has_no_sentence(words: str) -> bool:
    """Whether a cell holds no sentence: a number, a sum, "n.a.", "Not available".

    It has no word of two letters, or fewer than three words and no end of a sentence after them; Excel's errors, which
    begin with #, have none.

    >>> [has_no_sentence(words) for words in ("Total", "n.a.", "#VALUE!", "Guards came.", "They met again")]
    [True, True, True, False, False]
    """
    if len(words) >= SHORT:
        return False
    ends = END.search(words) and not words.startswith("#")
    return not WORD.search(words) or (len(words.split()) < 3 and not ends)


def unread_prose(seen: list[tuple[dict, str]], names: list[str]) -> Iterator[dict]:
    """The columns that are not used but hold sentences in most of the rows seen, each with the text of its article."""
    for name in names:
        said = [(as_words(record[name]), text) for record, text in seen if isinstance(record.get(name), str)]
        said = [(words, text) for words, text in said if words]
        if 2 * sum(_is_prose(words) and adds(words, text) for words, text in said) > len(said):
            called = f"the column {name!r}" if str(name).strip() else "a column without a name"
            remedy = "If they begin the article, call it lead; if they go on with it, join it to the text"
            yield left_out(0, f"{called} holds sentences that are not read. {remedy}", kept=True)


def _is_prose(words: str) -> bool:
    return len(words.split()) >= 8 and bool(END.search(words))


def tell_cut_short(more: str) -> str:
    """The fault of a text of which only the beginning is there."""
    return f"only the beginning of the article: {more} more characters are missing"


def tell_unread(name: str, value: dict | list) -> str:
    """The fault of a value that holds something but cannot be read."""
    return f"the column {name!r} holds {one_line(value)[:80]}, which cannot be read. Make it text"


def tell_no_fit(columns: dict[str, str]) -> str:
    """The fault of a table with none of the columns that were named for it."""
    named = ", ".join(repr(name) for name in columns.values() if name)
    return f"none of the columns that columns.csv or columns= names ({named}): the known names are taken"
