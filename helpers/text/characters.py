"""Characters that mean the same: curly and straight quotation marks, apostrophes, hyphens, letters with accents; and
those that nothing shows as they are."""

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
# Invisible signs that turn the order of what stands beside them; and what is no text, which a terminal may obey.
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"  # above or below a letter
PILED = re.compile(f"({MARK}{{3}}){MARK}+")
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


def visible(text: str) -> str:
    r"""The text as a page, a figure or a terminal may show it: signs that command a terminal or are half a character
    become the sign for an unknown one, those that turn the order of what stands beside them go, and no letter keeps
    more than three marks, which would cover the lines around it.

    >>> visible("\x1b[31mred, \u202eturned") == "\ufffd[31mred, turned", len(visible("Z" + 50 * "\u0351"))
    (True, 4)
    """
    if text.isascii() and text.isprintable():
        return text
    return PILED.sub(r"\1", COMMANDS.sub("\ufffd", TURNING.sub("", text)))
