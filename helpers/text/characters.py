"""Characters that mean the same: curly and straight quotation marks, apostrophes, hyphens."""

import re

CURLY, PLAIN = "‘’“”‑", "''\"\"-"  # one character for one: offsets stay
STRAIGHT = str.maketrans(CURLY, PLAIN)
BLANK = " \t\n\r\v\f\xa0"
SURROGATE = re.compile("[\ud800-\udfff]")  # halves of characters, which only Python's strings can hold


def straighten(text: str) -> str:
    """The text with straight quotation marks, apostrophes and hyphens: `translate(STRAIGHT)`, made faster."""
    for curly, plain in zip(CURLY, PLAIN, strict=True) if not text.isascii() else ():
        text = text.replace(curly, plain)
    return text
