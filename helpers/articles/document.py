"""One article as a file reader gives it, before it is cleaned."""

import html
import io
import re
from collections.abc import Callable
from urllib.parse import urlsplit

from helpers.articles.column_names import COLUMNS

MARKUP = re.compile(r"</(?:p|div|span|a|b|i|em|strong|h\d|li)>|<br ?/?>|<p\b[^>]*>", re.IGNORECASE)
BLOCK = re.compile(r"</?(?:p|div|br|li|ul|ol|h\d|tr|table|blockquote|section|article)\b[^>]*>", re.IGNORECASE)
UNSEEN = re.compile(r"<(script|style|figcaption|aside)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
WAYBACK = re.compile(  # what the Wayback Machine adds to a page and to its addresses
    r"<!-- BEGIN WAYBACK TOOLBAR INSERT -->.*?<!-- END WAYBACK TOOLBAR INSERT -->"
    r"|(?:https?:)?//web\.archive\.org/web/\d+\w*/",
    re.DOTALL,
)
Document = dict[str, str | int]
Files = list[tuple[str, Callable[[], io.BufferedIOBase]]]  # the name of each, and the function that opens it


def one_line(said) -> str:
    """An error or a value on one line, without a full stop at its end."""
    return " ".join(str(said).split()).rstrip(".") or type(said).__name__


def is_no_text(words: str) -> bool:
    """Whether words are only a name or the label of a menu: fewer than eight, and no sentence ends in them."""
    return len(words.split()) < 8 and not re.search(r"[.?!…](?!\w)|[。？！؟]", words)


def without_markup(text: str) -> str:
    """The text without its HTML, if it holds any. Each block becomes a paragraph."""
    if not MARKUP.search(text):
        return text
    return html.unescape(TAG.sub("", BLOCK.sub("\n\n", UNSEEN.sub("", text)))).strip()


def site(url: str) -> str:
    """The site of a web address; "" if it is not a readable address."""
    url = WAYBACK.sub("", url)
    whole = re.fullmatch(r"https?://[^\s\[\]/]+(/\S*)?", url)
    return (urlsplit(url).hostname or "").removeprefix("www.") if whole else ""


def document(row: int, *, page: bool = False, places: dict[str, str] | None = None, **fields: str) -> dict:
    """One article as a reader gives it: row, page, the fields of COLUMNS as text, places."""
    return {"row": row, "page": page, **dict.fromkeys(COLUMNS, ""), **fields, "places": places or {}}


def left_out(row: int, why: str, kept: bool = False) -> dict:
    """One row that cannot be used, or is used in spite of a fault (kept), and why."""
    return {"row": row, "kept": kept, "why": why}
