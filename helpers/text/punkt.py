"""Where sentences end: NLTK's Punkt, with parameters for English news.

Punkt (Kiss & Strunk 2006, Computational Linguistics 32(4): 485-525) usually learns its parameters from a corpus. Here
they come from seeds/sentence-words.csv: abbreviations, and words that may open a sentence after one. What Punkt leaves
together is cut by the rules of helpers/text/breaks.py.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator

from nltk import redos
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from helpers.text.breaks import REACH, WORDS, cover_ellipses, further_ends
from helpers.text.characters import straighten

# NLTK gives up after five seconds by the clock. Its patterns here take no longer than the text is long, and what a text
# gives must not depend on how busy the machine is.
redos.DEFAULT_TIMEOUT = None
SPEAKER = re.compile(r"(?:[A-ZÀ-Þ][\w’'.-]*\s+){1,4}(?:said|says|told|asked|added|replied|wrote|warned|shouted)\b")
EXCLAIMS = re.compile(r"[!?][\"'”’]$")
ABBREVIATES = re.compile(r"(?<!\w)(?:Nos?|pp?|[Aa]rt|S)\.$")
NUMBERS = re.compile(r"\d+\.")
DASH = "—–―"
LETTER = re.compile(r"[^\W_]")
LETTERS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")


class Abbreviations(set):
    """The words given, and every word of single letters with points between them: U.S., J.D., a.m."""

    def __contains__(self, word: str) -> bool:
        return super().__contains__(word) or LETTERS.fullmatch(word) is not None


def read_parameters() -> PunktParameters:
    """Punkt's parameters, from seeds/sentence-words.csv."""
    parameters = PunktParameters()
    parameters.abbrev_types = Abbreviations(WORDS["abbreviation"])
    parameters.sent_starters = set(WORDS["starter"])
    return parameters


PARAMETERS = read_parameters()
PUNKT = PunktSentenceTokenizer(PARAMETERS)


def sentence_spans(text: str, punkt: PunktSentenceTokenizer = PUNKT) -> list[tuple[int, int]]:
    """Offsets of the sentences of one paragraph; none if it has no letter or digit.

    Some pieces only look like a new sentence. They are joined to the sentence before: a piece without a letter or
    digit, one that begins with a small letter, be it after a dash ("No!" —he said), or with "&", the speaker of an
    exclamation ("No!" Kelly said), the number after "No." and the text after "1.".

    >>> sentence_spans("He met Gen. Kelly. They left.")
    [(0, 18), (19, 29)]
    """
    spans, said, covered = [], False, cover_ellipses(straighten(text))
    for start, end in _cut(punkt.span_tokenize(covered), further_ends(covered)):
        says = LETTER.search(text, start, end) is not None  # it has a letter or digit
        if spans and (not (said and says) or _belongs_together(text, *spans[-1], text[start:end])):
            spans[-1], said = (spans[-1][0], end), said or says
        else:
            spans.append((start, end))
            said = says
    return spans if LETTER.search(text) else []


def _cut(spans: Iterable[tuple[int, int]], ends: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans, cut where a sentence ends within one: `ends` says where, and where the next one starts."""
    ends = deque(ends)
    for start, end in spans:
        while ends and ends[0][1] < end:
            stop, after = ends.popleft()
            if start < stop:
                yield start, stop
                start = after
        yield start, end


def _belongs_together(text: str, start: int, end: int, after: str) -> bool:
    before = text[max(start, end - REACH) : end]
    return bool(
        after.lstrip(DASH)[:1].islower()
        or after[0] == "&"
        or (EXCLAIMS.search(before) and SPEAKER.match(after))
        or (ABBREVIATES.search(before) and after[0].isdigit())
        or NUMBERS.fullmatch(text, start, end)
    )
