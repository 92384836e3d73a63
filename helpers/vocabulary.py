"""What is to be known of a piece of text, a word and the white space before it, wherever it stands: how a sentence may
end or start with it, which terms may stand there, and which words are in it. Each is looked at once."""

import re
import threading
from collections import defaultdict
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from nltk.tokenize import RegexpTokenizer

from helpers.keyness import fold
from helpers.matching import find_keys
from helpers.sentences import look_at
from helpers.text import WORDS

LARGEST = 14_000_000  # bytes of distinct pieces: when a worker's vocabulary has grown past that, it is begun anew
APART = WORDS._pattern + r"|\n"  # the words of many pieces, and the line feeds between the pieces
ASCII_WORDS = re.compile(APART)  # the standard library's `re` is quicker, and the same where all is ASCII
OTHER_WORDS = RegexpTokenizer(APART)
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
    own, numbers, size, known = getattr(MINE, "learnt", (None, {}, 0, None))
    if own != rows or size > LARGEST or len(numbers) > len(known.many):  # the last, where a batch failed
        numbers, size, known = defaultdict(), 0, _look(pieces[:0], rows)
        numbers.default_factory = numbers.__len__
        MINE.learnt = rows, numbers, size, known
    number = np.fromiter(map(numbers.__getitem__, pieces.to_pylist()), np.int64, len(pieces))
    unknown = pieces.filter(pa.array(number >= len(known.many)))
    *before, words = zip(known, _look(unknown, rows), strict=True)
    looks, keys, many, words = known = Known(*map(np.concatenate, before), pa.concat_arrays(words))
    MINE.learnt = rows, numbers, size + unknown.nbytes, known
    first = np.cumsum(many) - many
    return Known(looks[number], keys[number], many[number], words.take(pa.array(_spread(first[number], many[number]))))


def _look(pieces: pa.StringArray, rows: tuple[tuple[str, str], ...]) -> Known:
    words, many = fold_words(pieces)
    return Known(look_at(pieces), find_keys(pieces.to_pylist(), rows), many, words)


def fold_words(pieces: pa.StringArray) -> tuple[pa.StringArray, np.ndarray]:
    """The words in these pieces, folded, one after the other; and how many are in each piece."""
    other = pc.invert(pc.string_is_ascii(pieces)).to_numpy(False)
    order = np.argsort(other, kind="stable")
    texts = pieces.take(pa.array(order)).to_pylist()
    first_other = len(texts) - int(other.sum())
    plain, others = ("\n".join([*part, ""]) for part in (texts[:first_other], texts[first_other:]))
    words = pa.array(ASCII_WORDS.findall(plain) + OTHER_WORDS.tokenize(others), pa.string())
    divides = pc.equal(words, "\n").to_numpy(False)
    many, first = np.empty((2, len(pieces)), np.int64)
    many[order] = np.diff(np.flatnonzero(divides), prepend=-1) - 1
    first[order] = np.cumsum(many[order]) - many[order]
    return _fold(words.filter(pa.array(~divides))).take(pa.array(_spread(first, many))), many


def _fold(words: pa.StringArray) -> pa.StringArray:
    """Each word as keyness.fold has it; most are so plain that a column of them can be folded at once."""
    plain = pc.and_(pc.string_is_ascii(words), pc.invert(pc.match_substring_regex(words, "['.]")))
    capitals = pc.and_(pc.ascii_is_upper(words), pc.greater(pc.binary_length(words), 1))
    rest = pa.array(list(map(fold, words.filter(pc.invert(plain)).to_pylist())), pa.string())
    return pc.replace_with_mask(pc.if_else(capitals, words, pc.ascii_lower(words)), pc.invert(plain), rest)


def _spread(first: np.ndarray, many: np.ndarray) -> np.ndarray:
    """So many places in a row from each first one on: the places of all.

    >>> _spread(np.array([5, 1]), np.array([2, 3])).tolist()
    [5, 6, 1, 2, 3]
    """
    ends = np.cumsum(many)
    return np.repeat(first - ends + many, many) + np.arange(ends[-1] if len(ends) else 0)
