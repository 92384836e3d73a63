"""Addresses of pages, e-mail and accounts: they are not words, and nothing in them is a term."""

import re

from helpers.text.breaks import WORDS

_ENDINGS = "|".join(sorted(WORDS["domain"]))
_REST = r"[^\s\"“”<>«»…—]*"  # an address goes on to a space, a quotation mark, an angle bracket or a dash
ADDRESS = re.compile(
    rf"(?i:https?|ftp)://\w{_REST}|(?<![\w.])(?i:www)\d?\.\w{_REST}"
    r"|(?<![\w.%+-])[\w%+][\w.%+-]*@\w[\w-]*(?:\.\w[\w-]*)+"  # somebody@example.org
    r"|(?<![\w@.])@\w+"
    rf"|(?<![\w@.-])(?:\w[\w-]*\.)+(?:(?:{_ENDINGS}|{_ENDINGS.upper()})(?![\w-])(?:[/:?#]\w{_REST}|/)?"
    rf"|[a-z]{{2}}/\w{_REST})"  # example.com, example.com/page and shortened ones: ex.am/123
)
SIGNS = re.compile(r"//|[wW]{3}|@|\.[A-Za-z]{2}")  # one of these is in every address

NO_BLANK = re.compile(r"\S*")
TOUCHING = frozenset("/.@-_=&?#:%+~")  # one of these stands before or after each word of an address
LONGEST = 300  # characters of an address that are looked at on either side of a word


def cover_addresses(text: str) -> str:
    """The text with a space for each character of an address, so that offsets stay the same.

    >>> cover_addresses("See www.example.org/a?b=c now")
    'See                       now'
    """
    return ADDRESS.sub(lambda found: " " * len(found[0]), text) if SIGNS.search(text) else text


def is_in_address(text: str, start: int, end: int) -> bool:
    """Whether the words from `start` to `end` are part of an address."""
    before = text[max(0, start - LONGEST) : start]
    before = "" if before[-1:].isspace() else "".join(before.split()[-1:])
    piece = before + NO_BLANK.match(text, start, end + LONGEST)[0]
    places = ADDRESS.finditer(piece) if SIGNS.search(piece) else ()
    return any(place.start() <= len(before) < place.end() for place in places)
