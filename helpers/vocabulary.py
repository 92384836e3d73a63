"""What is to be known of a piece of text, a word and the white space before it, wherever it stands: how a sentence may
end or start with it, which terms may stand there, and which words are in it. Each is looked at once."""

import re
import threading
from itertools import chain
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from helpers.keyness import fold
from helpers.matching import find_keys
from helpers.sentences import BLANK, look_at
from helpers.text import WORDS

LARGEST = 8_000_000  # bytes of distinct pieces: when a worker's vocabulary has grown past that, it is begun anew
ASCII_WORDS = re.compile(WORDS._pattern)  # the standard library's `re` is quicker, and the same where all is ASCII
NO_WORD = BLANK + '",;:?!()[]“”'  # stands in no word, and at a word's edge changes nothing
MINE = threading.local()


class Known(NamedTuple):
    """For each piece: its looks (sentences.LOOKS), its keys (matching.KEYS) and how many words are in it; then these
    words, folded, piece by piece."""

    looks: np.ndarray
    keys: np.ndarray
    many: np.ndarray
    words: pa.StringArray


def look_up(pieces: pa.StringArray, rows: tuple[tuple[str, str], ...]) -> Known:
    """What is known of these distinct pieces; those that this worker has not met before are looked at now.

    rows  (frame, term) of each row of the codebook
    """
    own, met, known = getattr(MINE, "learnt", (None, None, None))
    if own != rows or met.nbytes > LARGEST:
        met, known = pieces[:0], _look(pieces[:0], rows)
    number = pc.fill_null(pc.index_in(pieces, met), -1).to_numpy().copy()
    new = number < 0
    number[new] = len(met) + np.arange(new.sum())
    unknown = pieces.filter(pa.array(new))
    *before, words = zip(known, _look(unknown, rows), strict=True)
    looks, keys, many, words = known = Known(*map(np.concatenate, before), pa.concat_arrays(words))
    MINE.learnt = rows, pa.concat_arrays([met, unknown]), known
    first = np.cumsum(many) - many
    return Known(looks[number], keys[number], many[number], words.take(pa.array(_spread(first[number], many[number]))))


def _look(pieces: pa.StringArray, rows: tuple[tuple[str, str], ...]) -> Known:
    words, many = _fold_pieces(pc.utf8_trim(pieces, NO_WORD))
    return Known(look_at(pieces), find_keys(pieces.to_pylist(), rows), many, words)


def fold_words(text: str) -> list[str]:
    """The words in a text, folded as keyness.fold does."""
    return list(map(fold, ASCII_WORDS.findall(text) if text.isascii() else WORDS.tokenize(text)))


def _fold_pieces(pieces: pa.StringArray) -> tuple[pa.StringArray, np.ndarray]:
    """The words in these pieces, one after the other, and how many are in each. Letters and digits only are a word."""
    bare = pc.utf8_trim(pieces, NO_WORD + ".")
    plain = pc.ascii_is_alnum(bare)
    capitals = pc.and_(pc.ascii_is_upper(bare), pc.greater(pc.binary_length(bare), 1))
    rest = list(map(fold_words, pieces.filter(pc.invert(plain)).to_pylist()))
    others = ~plain.to_numpy(False)
    many = np.ones(len(pieces), np.int32)
    many[others] = np.fromiter(map(len, rest), np.int32, len(rest))
    words = pc.if_else(capitals, bare, pc.ascii_lower(bare)).filter(plain)
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
