"""Where sentences end: NLTK's Punkt, with parameters for English news.

Punkt (Kiss & Strunk 2006, Computational Linguistics 32(4): 485-525) usually learns its parameters from a corpus. Here
they come from seeds/sentence-words.csv: abbreviations, and words that may open a sentence after one.
"""

import re

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from helpers.files.tables import SEEDS, read_table
from helpers.text.characters import straighten

SPEAKER = re.compile(r"(?:[A-ZÀ-Þ][\w’'.-]*\s+){1,4}(?:said|says|told|asked|added|replied|wrote|warned|shouted)\b")
EXCLAIMS = re.compile(r"[!?][\"'”’]$")
ABBREVIATES = re.compile(r"(?<!\w)(?:Nos?|pp?|[Aa]rt|S)\.$")
NUMBERS = re.compile(r"\d+\.")
LETTERS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")


class Abbreviations(set):
    """The words given, and every word of single letters with points between them: U.S., J.D., a.m."""

    def __contains__(self, word: str) -> bool:
        return super().__contains__(word) or LETTERS.fullmatch(word) is not None


def read_parameters() -> PunktParameters:
    """Punkt's parameters, from seeds/sentence-words.csv."""
    words = read_table(SEEDS / "sentence-words.csv", "word kind language")
    parameters = PunktParameters()
    parameters.abbrev_types = Abbreviations(words.loc[words["kind"].eq("abbreviation"), "word"])
    parameters.sent_starters = set(words.loc[words["kind"].eq("starter"), "word"])
    return parameters


PARAMETERS = read_parameters()
PUNKT = PunktSentenceTokenizer(PARAMETERS)


def sentence_spans(text: str, punkt: PunktSentenceTokenizer = PUNKT) -> list[tuple[int, int]]:
    """Offsets of the sentences of one paragraph.

    Some pieces only look like a new sentence. They are joined to the sentence before: a piece that begins with a small
    letter ("No!" he said), the speaker of an exclamation ("No!" Kelly said), the number after "No." and the text after
    "1.".

    >>> sentence_spans("He met Gen. Kelly. They left.")
    [(0, 18), (19, 29)]
    """
    spans = []
    for start, end in punkt.span_tokenize(straighten(text)):
        if spans and _belongs_together(text[slice(*spans[-1])], text[start:end]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _belongs_together(before: str, after: str) -> bool:
    return bool(
        after[0].islower()
        or (EXCLAIMS.search(before) and SPEAKER.match(after))
        or (ABBREVIATES.search(before) and after[0].isdigit())
        or NUMBERS.fullmatch(before)
    )
