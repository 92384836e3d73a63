"""Where sentences end in many texts at once: the sentences of helpers/text, found faster.

Punkt looks at a word with a full stop and at the word after it. So texts are cut at white space, each distinct piece is
looked at once, and Punkt is asked about each pair of pieces once. A paragraph with anything out of the ordinary is left
to Punkt as a whole.
"""

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from helpers.scale.looks import (
    ABBREVIATED,
    CLOSER,
    DIGIT,
    EXCLAIMED,
    HOUR,
    LARGE,
    NO,
    NUMBERED,
    SENTENCES,
    SMALL,
    YES,
    ends_between,
    shapes_of,
)
from helpers.scale.pieces import Pieces, distinct, places, read_spans
from helpers.text.characters import BLANK
from helpers.text.punkt import sentence_spans


class Sentences(NamedTuple):
    """One entry per sentence, in order: its text, start and end (characters of that text), begin and stop (bytes of the
    content of the pieces)."""

    text: np.ndarray
    start: np.ndarray
    end: np.ndarray
    begin: np.ndarray
    stop: np.ndarray


def find_sentences(pieces: Pieces, looks: np.ndarray) -> Sentences:
    """The sentences of texts that are cut into pieces. No sentence runs across two paragraphs."""
    which, bounds = pieces.which, pieces.bounds
    paragraphs, heads = _paragraphs(pieces)
    opens = np.zeros(len(which) + 1, bool)
    opens[paragraphs] = opens[-1] = True
    breaks, odd = _breaks(pieces, looks, opens)
    begins = opens[:-1].copy()
    begins[breaks + 1] = True
    starts = np.flatnonzero(begins)
    begin = bounds[starts] + looks["lead"][which[starts]]
    begin[opens[starts]] = heads
    stop = bounds[np.append(starts, len(which))[1:]]
    text = np.searchsorted(pieces.texts, begin, side="right") - 1
    signed = pieces.content.view(np.int8)
    further = places(len(signed), lambda a, b: signed[a:b] < -64)  # bytes of a character after its first
    start, end, base = (at - np.searchsorted(further, at) for at in (begin, stop, pieces.texts[text]))
    found = np.stack([text, start - base, end - base, begin, stop])
    found = _by_punkt(found, pieces, starts, np.append(paragraphs, len(which)), odd)
    return Sentences(*found[:, np.argsort(found[3], kind="stable")])


def _paragraphs(pieces: Pieces) -> tuple[np.ndarray, np.ndarray]:
    """The first piece of each paragraph, and where the paragraph begins (bytes)."""
    feeds = places(len(pieces.content), lambda a, b: pieces.content[a:b] == 10)
    piece = np.searchsorted(pieces.bounds, feeds, side="right") - 1
    final = np.append(piece[1:] > piece[:-1], True)[: len(piece)] & (piece < len(pieces.which))
    return piece[final], feeds[final] + 1


def _by_punkt(found: np.ndarray, pieces: Pieces, starts: np.ndarray, paragraphs: np.ndarray, odd: np.ndarray):
    """The sentences found (columns; rows as in Sentences), with Punkt's own in paragraphs that have an odd piece."""
    numbers = distinct(np.searchsorted(paragraphs, odd, side="right") - 1)
    one, other = np.searchsorted(starts, [paragraphs[numbers], paragraphs[numbers + 1]])
    given = np.zeros(len(starts) + 1, np.int8)
    given[one] += 1
    given[other] -= 1
    more, begins = [], found[3, one]
    texts = read_spans(pieces, begins, pieces.bounds[paragraphs[numbers + 1]])
    for number, offset, begin, text in zip(*found[:2, one].tolist(), begins.tolist(), texts, strict=True):
        known = 0  # characters counted so far
        for start, end in sentence_spans(text, SENTENCES):
            first = begin + len(text[known:start].encode())
            known, begin = end, first + len(text[start:end].encode())
            more.append((number, offset + start, offset + end, first, begin))
    kept = found[:, np.cumsum(given)[:-1] == 0]
    return np.concatenate([kept, np.array(more, dtype=np.int64).reshape(-1, 5).T], axis=1)


def _breaks(pieces: Pieces, looks: np.ndarray, opens: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The pieces after which a sentence ends within its paragraph, and the pieces where anything is odd."""
    which, soft = pieces.which, looks["soft"] & looks["pointed"]
    telling = np.flatnonzero(((looks["end"] > NO) | looks["odd"] | looks["odd_last"] | soft).take(which))
    last = opens[telling + 1]
    place = telling[(looks["end"][which[telling]] > NO) & ~last]
    here, there = which[place], which[place + 1]
    ends = looks["end"][here] == YES
    asked = np.flatnonzero(~ends)
    ends[asked] = _ask(pieces.distinct, here[asked], there[asked])
    before, first = looks["before"][here], looks["start"][there]
    odd = ends & ((first == CLOSER) | ((before == EXCLAIMED) & (first == LARGE)) | (before == HOUR))
    starts = opens[:-1].copy()
    starts[place[ends] + 1] = True
    empty = _without_words(which, looks, np.flatnonzero(starts))
    ends &= (first != SMALL) & ~((before == ABBREVIATED) & (first == DIGIT))
    breaks, number = place[ends], np.flatnonzero(ends & (before == NUMBERED))  # "1." alone is not a sentence
    here = place[number]
    broken = np.zeros(len(opens), bool)
    broken[breaks] = True
    follows = ~opens[here] & broken[here - 1]
    odd[number] |= follows & (looks["before"][which[here - 1]] == NUMBERED)
    alone = opens[here] & (pieces.content[pieces.bounds[here] + looks["lead"][which[here]] - 1] == 10)
    breaks = np.setdiff1d(breaks, here[follows | alone], assume_unique=True)
    strange = telling[looks["odd"][which[telling]] | (looks["odd_last"][which[telling]] & last)]
    soft = telling[soft[which[telling]] & ~opens[telling]]  # Punkt takes it and the word before as one word
    soft = soft[(looks["pointed"] | looks["soft"])[which[soft - 1]]]
    return breaks, np.concatenate([place[odd], strange, soft, empty])


def _without_words(which: np.ndarray, looks: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Of the pieces with which something starts, those where it has no letter or digit."""
    empty = np.searchsorted(starts, np.flatnonzero(looks["empty"].take(which)), side="right") - 1
    some, many = np.unique(empty, return_counts=True)
    return starts[some[many == np.diff(np.append(starts, len(which)))[some]]]


def _ask(distinct: pa.StringArray, here: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Whether Punkt ends a sentence between two pieces, for each pair."""
    pairs, which = np.unique(here.astype(np.int64) * len(distinct) + there, return_inverse=True)
    words = [distinct.take(pa.array(part)).to_pylist() for part in np.divmod(pairs, max(len(distinct), 1))]
    shapes = [shapes_of([word.lstrip(BLANK) for word in part]) for part in words]
    return np.array(list(map(ends_between, *shapes)), dtype=bool)[which]
