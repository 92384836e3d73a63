"""What is to be known of a piece of text, a word and the white space before it, wherever it stands: how a sentence may
end or start with it, which terms may stand there, and which words are in it. Each is looked at once."""

import re
import threading
from collections import defaultdict
from functools import lru_cache
from itertools import chain, count
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from helpers.keyness import fold
from helpers.matching import KEYS, find_keys
from helpers.sentences import BLANK, LOOKS, look_at
from helpers.text import WORDS

KEPT = 500_000  # distinct pieces a worker keeps in mind: a bound to its memory
ASCII_WORDS = re.compile(WORDS._pattern)  # the standard library's `re` is quicker, and the same where all is ASCII
NO_WORD = BLANK + '",;:?!()[]“”'  # stands in no word, and at a word's edge changes nothing
MINE = threading.local()


class Known(NamedTuple):
    """For each piece: its looks (sentences.LOOKS), its keys (matching.KEYS) and how many words are in it; then the
    numbers of these words, piece by piece."""

    looks: np.ndarray
    keys: np.ndarray
    many: np.ndarray
    words: np.ndarray


class Vocabulary:
    """The pieces and the words met so far, numbered, and what is known of the pieces."""

    def __init__(self, rows: tuple[tuple[str, str], ...]):
        self.rows = rows
        self.pieces, self.words = defaultdict(count().__next__), defaultdict(count().__next__)
        self.known = Known(np.zeros(0, LOOKS), np.zeros(0, KEYS), np.zeros(0, np.int32), np.zeros(0, np.int32))

    def look_up(self, distinct: pa.StringArray) -> Known:
        """What is known of these pieces; those not met before are looked at now."""
        before = len(self.pieces)
        number = np.fromiter(map(self.pieces.__getitem__, distinct.to_pylist()), np.int64, len(distinct))
        self._learn(distinct.filter(pa.array(number >= before)))
        looks, keys, many, words = self.known
        first = np.cumsum(many) - many
        return Known(looks[number], keys[number], many[number], words[_spread(first[number], many[number])])

    def number_words(self, text: str) -> list[int]:
        return [self.words[word] for word in fold_words(text)]

    def _learn(self, pieces: pa.StringArray) -> None:
        words, many = _fold_pieces(pc.utf8_trim(pieces, NO_WORD))
        words = np.fromiter(map(self.words.__getitem__, words.to_pylist()), np.int32, len(words))
        new = Known(look_at(pieces), find_keys(pieces.to_pylist(), self.rows), many, words)
        self.known = Known(*map(np.concatenate, zip(self.known, new, strict=True)))


def vocabulary(rows: tuple[tuple[str, str], ...]) -> Vocabulary:
    """This worker's, for the terms of this codebook (frame, term); begun anew when it has become too large."""
    mine = getattr(MINE, "vocabulary", None)
    if mine is None or mine.rows != rows or len(mine.pieces) > KEPT:
        mine = MINE.vocabulary = Vocabulary(rows)
    return mine


@lru_cache(maxsize=100_000)
def fold_words(text: str) -> tuple[str, ...]:
    """The words in a text, folded as keyness.fold does."""
    tokens = ASCII_WORDS.findall(text) if text.isascii() else WORDS.tokenize(text)
    return tuple(map(fold, tokens))


def _fold_pieces(pieces: pa.StringArray) -> tuple[pa.StringArray, np.ndarray]:
    """The words in these pieces, one after the other, and how many are in each. One of letters only is a word."""
    plain = pc.ascii_is_alpha(pieces)
    capitals = pc.and_(pc.ascii_is_upper(pieces), pc.greater(pc.binary_length(pieces), 1))
    rest = list(map(fold_words, pieces.filter(pc.invert(plain)).to_pylist()))
    others = ~plain.to_numpy(False)
    many = np.ones(len(pieces), np.int32)
    many[others] = np.fromiter(map(len, rest), np.int32, len(rest))
    words = pc.if_else(capitals, pieces, pc.ascii_lower(pieces)).filter(plain)
    words = pa.concat_arrays([words, pa.array(list(chain.from_iterable(rest)), pa.string())])
    first = np.empty(len(pieces), np.int64)
    first[~others] = np.arange(len(pieces) - len(rest))
    first[others] = len(pieces) - len(rest) + np.cumsum(many[others]) - many[others]
    return words.take(pa.array(_spread(first, many))), many


def _spread(first: np.ndarray, many: np.ndarray) -> np.ndarray:
    """So many places in a row from each first one on: the places of all.

    >>> _spread(np.array([5, 1]), np.array([2, 3])).tolist()
    [5, 6, 1, 2, 3]
    """
    ends = np.cumsum(many)
    return np.repeat(first - ends + many, many) + np.arange(ends[-1] if len(ends) else 0)
