"""One article as a file reader gives it, before it is cleaned."""

import html
import io
import re
from collections.abc import Callable
from urllib.parse import urlsplit

from helpers.articles.column_names import COLUMNS
from helpers.files.encodings import decode

# What shows that a text holds HTML, as it is or escaped (&lt;p&gt;), or backslashes in the place of line breaks. Arrow
# searches millions of texts for it, so it looks neither ahead nor back.
ESCAPED = r"&(?:amp;)?(?:lt|#60|#x3c);/?(?:p|br|div|span|a|b|i|em|strong|h\d|li|ul|img|blockquote|figure|table)\b"
MARKUP = re.compile(
    r"</(?:p|div|span|a|b|i|em|strong|h\d|li|td|figure)>|<br ?/?>|<(?:p|img|iframe|hr)\b|<a\s+href"
    rf"|{ESCAPED}|\\[nrt\"'u]|\\x[0-9a-f][0-9a-f]",
    re.IGNORECASE,
)
BLOCK = re.compile(
    r"</?(?:p|div|br|hr|li|ul|ol|dl|dd|dt|h\d|tr|table|blockquote|section|article|header|footer)\b[^<>]*>",
    re.IGNORECASE,
)
CELL = re.compile(r"<t[dh]\b[^<>]*>|</tr\s*>", re.IGNORECASE)  # a row of a table becomes: | one | other |
CUT_TAG = re.compile(
    r"<(?:a|img|p|div|span|iframe)(?:\s+[\w-]+=[^<>\s]*+)*+\s*\Z", re.IGNORECASE
)  # of a text cut short
# A path of Windows, which stays; or what a program writes for a line break, a tab, a quotation mark, a character.
BACKSLASHED = re.compile(r"(?<!\S)[A-Za-z]:\\\S*|(?:\\r)?\\n|\\[rt\"']|(?:\\u[0-9A-Fa-f]{4})+|(?:\\x[0-9A-Fa-f]{2})+")
_UNSEEN = ("script", "style", "figcaption", "aside")
UNSEEN = re.compile(rf"<!--|<(?:{'|'.join(f'({name})' for name in _UNSEEN)})\b", re.IGNORECASE)
ENDS = [re.compile(end, re.IGNORECASE) for end in ("-->", *(rf"</{name}\s*>" for name in _UNSEEN))]
TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
WAYBACK = re.compile(r"(?:https?:)?//web\.archive\.org/web/\d\w*+/")  # what the Wayback Machine adds to addresses
END_OF_TOOLBAR = "<!-- END WAYBACK TOOLBAR INSERT -->"
TOOLBAR = re.compile(rf"<!-- BEGIN WAYBACK TOOLBAR INSERT -->.*?{END_OF_TOOLBAR}", re.DOTALL)
Document = dict[str, str | int]
Files = list[tuple[str, Callable[[], io.BufferedIOBase]]]  # the name of each, and the function that opens it


def one_line(said) -> str:
    """An error or a value on one line, without a full stop at its end."""
    return " ".join(str(said).split()).rstrip(".") or type(said).__name__


def is_no_text(words: str) -> bool:
    """Whether words are only a name or the label of a menu: fewer than eight, and no sentence ends in them."""
    return len(words.split()) < 8 and not re.search(r"[.?!…](?!\w)|[。？！؟]", words)


def without_unseen(page: str) -> str:
    """A page without its scripts, styles, captions, asides and comments. What is never closed stays.

    An end that is not found once is not searched for again, so that the time grows no faster than the page.
    """
    kept, after, closing = [], 0, {*range(len(ENDS))}
    for opened in UNSEEN.finditer(page):
        kind = opened.lastindex or 0
        if opened.start() < after or kind not in closing:
            continue
        if end := ENDS[kind].search(page, opened.end()):
            kept.append(page[after : opened.start()])
            after = end.end()
        else:
            closing.remove(kind)
    return "".join([*kept, page[after:]])


def without_markup(text: str) -> str:
    """The text without its HTML, if it holds any, and with real line breaks. Each block becomes a paragraph."""
    if not MARKUP.search(text):
        return text
    for _ in range(2):  # some programs escape twice
        text = html.unescape(text) if re.search(ESCAPED, text, re.IGNORECASE) else text
    text = BACKSLASHED.sub(_plain_sign, text)
    text = CELL.sub(lambda cell: " |\n\n" if cell[0][1] == "/" else " | ", without_unseen(text))
    return html.unescape(TAG.sub("", CUT_TAG.sub("", BLOCK.sub("\n\n", text)))).strip()


def _plain_sign(written: re.Match) -> str:
    """What a sign with a backslash stands for."""
    sign = written[0]
    if sign[0] != "\\":
        return sign
    if sign[1] == "u":
        return bytes.fromhex(sign.replace("\\u", "")).decode("utf-16-be", "replace")
    if sign[1] == "x":
        return decode(bytes.fromhex(sign.replace("\\x", "")))
    return {"n": "\n", "r": "\n", "t": " "}.get(sign[-1], sign[-1])


def site(url: str) -> str:
    """The site of a web address; "" if it is not a readable address."""
    url = WAYBACK.sub("", url)
    whole = re.fullmatch(r"https?://[^\s\[\]/]+(/\S*)?", url)
    return (urlsplit(url).hostname or "").removeprefix("www.") if whole else ""


def document(
    row: int,
    *,
    page: bool = False,
    places: dict[str, str] | None = None,
    removed: list[dict] | None = None,
    **fields: str,
) -> dict:
    """One article as a reader gives it: row, page, the fields of COLUMNS as text, places, and what the reader itself
    cut (removed: line, 0 if it has no number; reason; text)."""
    given = {"places": places or {}, "removed": removed or []}
    return {"row": row, "page": page, **dict.fromkeys(COLUMNS, ""), **fields, **given}


def left_out(row: int, why: str, kept: bool = False) -> dict:
    """One row that cannot be used, or is used in spite of a fault (kept), and why."""
    return {"row": row, "kept": kept, "why": why}
