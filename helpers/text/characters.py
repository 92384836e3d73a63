"""Characters that mean the same: curly and straight quotation marks, apostrophes, hyphens, letters with accents."""

import re
import unicodedata

APOSTROPHES = "'‘’‛´`ʼʻ′"  # a keyboard without an apostrophe writes an accent or a prime
HYPHENS = "-‐‑−"
CURLY = APOSTROPHES[1:] + "“”„‟″" + HYPHENS[1:]
PLAIN = "'" * (len(APOSTROPHES) - 1) + '"' * 5 + "-" * (len(HYPHENS) - 1)  # one for one, so offsets stay the same
STRAIGHT = str.maketrans(CURLY, PLAIN)
ACCENTED = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))]
BARE = {ord(c): bare for c in ACCENTED if (bare := unicodedata.normalize("NFD", c)[0]) != c and bare.isascii()}
BLANK = " \t\n\r\v\f\xa0"
MOST_MARKS = 100  # accents on one letter; no script piles up ten
PILE = re.compile(rf"[^\0-\u02ff]{{{MOST_MARKS}}}")  # accents that combine come after these characters
SURROGATE = re.compile("[\ud800-\udfff]")  # halves of characters: only Python's strings can hold them


def straighten(text: str) -> str:
    """The text with straight quotation marks, apostrophes and hyphens: a faster `translate(STRAIGHT)`."""
    for curly, plain in [("`", "'")] if text.isascii() else zip(CURLY, PLAIN, strict=True):
        text = text.replace(curly, plain)
    return text


def without_piles(text: str) -> str:
    """The text with at most MOST_MARKS accents in a row: normalising more takes time in the square of their number."""
    if not PILE.search(text):
        return text
    kept, marks = [], 0
    for sign in text:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        kept += [sign] if marks <= MOST_MARKS else []
    return "".join(kept)


def without_accents(text: str) -> str:
    """The text with plain letters for accented ones, one for one: Peña Nieto is Pena Nieto."""
    return text if text.isascii() else text.translate(BARE)
