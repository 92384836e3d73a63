"""Characters that mean the same: curly and straight quotation marks, apostrophes, hyphens."""

import re

CURLY, PLAIN = "‘’“”‑", "''\"\"-"  # one character for one, so offsets stay the same
STRAIGHT = str.maketrans(CURLY, PLAIN)
BLANK = " \t\n\r\v\f\xa0"
SURROGATE = re.compile("[\ud800-\udfff]")  # halves of characters: only Python's strings can hold them


def straighten(text: str) -> str:
    """The text with straight quotation marks, apostrophes and hyphens: a faster `translate(STRAIGHT)`."""
    for curly, plain in zip(CURLY, PLAIN, strict=True) if not text.isascii() else ():
        text = text.replace(curly, plain)
    return text
