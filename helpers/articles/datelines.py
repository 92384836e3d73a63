"""The dateline before an article's first sentence: CIUDAD JUÁREZ, Mexico (AP) – …"""

import re

from helpers.articles.date_forms import MONTH, one_of
from helpers.files.tables import SEEDS, read_table

PLACES = one_of(read_table(SEEDS / "dateline-places.csv", "word note")["word"].tolist())
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+"
_NAME = r"[A-ZÀ-Þ][\w.'’-]*"
_REGION = rf"(?:, {_NAME}(?: {_NAME}){{0,2}}){{0,2}}"  # a state or country: New Mexico, Calif., D.C.
_SOME_DAY = rf"(?:,? ?(?:(?:{MONTH})\.? \d{{1,2}}|\d{{1,2}} (?:de )?(?:{MONTH})\.?)(?:,? \d{{4}})?,?)"
_DAY = f"{_SOME_DAY}?"
_AGENCY = r"(?:\([A-Z][^)]{1,29}\)|/[A-Z][^/]{1,29}/)"
_NAMED = r"\((?:[A-Z]{2,}[^)]{0,27}|Reuters|Xinhua|Bloomberg|Notimex|dpa|afp|efe|ansa|lusa|apa|epd|kna)\)"
_DASH = r" ?(?:\.?(?:--?|–|—)|_)"
_BEGINS = r" *(?=[A-ZÀ-Þ\d“\"‘'¿¡«])"  # how a sentence begins
_CITY = rf"{_NAME}(?: (?:de |del )?{_NAME}){{0,3}}"
DATELINE = re.compile(
    # a place in capitals and an agency, or any place and an agency in capitals
    rf"(?:{_CAPITALS}(?:(?:,? | ?/ ?){_CAPITALS}){{0,4}}{_REGION},? ?(?i:{_DAY}) ?{_AGENCY}{_DASH} *"
    rf"|(?:{_CITY}(?: ?/ ?{_CITY})?{_REGION},?(?i:{_DAY}) ?)?{_NAMED}{_DASH} *"
    # without an agency: a place in capitals of two words, with its state or day or in the list, and a dash
    rf"|(?:{_CAPITALS}(?: {_CAPITALS}){{1,4}}{_REGION}|{_CAPITALS}(?:, {_NAME}(?: {_NAME}){{0,2}}){{1,2}}"
    rf"|(?:{PLACES})(?: ?/ ?(?:{PLACES}))?|[A-ZÀ-Þ]{{5,}}(?=(?i:{_SOME_DAY})))"
    rf"(?i:{_DAY})(?: (?:--?|–|—)|--|—|\.(?:--?|–|—)){_BEGINS}"
    rf"|{_CITY}{_REGION}\.- {_BEGINS})"
)


def find_dateline(text: str) -> str:
    """The dateline at the beginning of a paragraph, with the dash behind it; "" if there is none.

    >>> find_dateline("EL PASO, Texas — Officers stopped two trucks.")
    'EL PASO, Texas — '
    """
    found = DATELINE.match(text)
    return found[0] if found else ""
