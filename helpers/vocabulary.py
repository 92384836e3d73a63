"""The words in many pieces of text at once, as keyness.fold has each of them."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from nltk.tokenize import RegexpTokenizer

from helpers.keyness import fold
from helpers.sentences import BLANK
from helpers.text import WORDS

NO_WORD = BLANK + '",.;:?!()[]“”'  # at the edges of letters and digits: these alone are the word
APART = WORDS._pattern + r"|\n"  # the words of many pieces, and the line feeds between the pieces
ASCII_WORDS = re.compile(APART)  # the standard library's `re` is quicker, and the same where all is ASCII
OTHER_WORDS = RegexpTokenizer(APART)


def fold_words(pieces: pa.StringArray) -> tuple[pa.StringArray, np.ndarray]:
    """The words in these pieces, in which no line feed is: one after the other, folded; and how many are in each."""
    bare = pc.utf8_trim(pieces, NO_WORD)
    plain = pc.ascii_is_alnum(bare)
    kind = np.where(plain.to_numpy(False), 0, np.where(pc.string_is_ascii(pieces).to_numpy(False), 1, 2))
    order = np.argsort(kind, kind="stable")
    sizes = np.bincount(kind, minlength=3)
    rest = pieces.take(pa.array(order[sizes[0] :])).to_pylist()
    ascii_, other = ("\n".join([*part, ""]) for part in (rest[: sizes[1]], rest[sizes[1] :]))
    found = pa.array(ASCII_WORDS.findall(ascii_) + OTHER_WORDS.tokenize(other), pa.string())
    divides = pc.equal(found, "\n").to_numpy(False)
    many, first = np.ones(len(pieces), np.int64), np.empty(len(pieces), np.int64)
    many[order[sizes[0] :]] = np.diff(np.flatnonzero(divides), prepend=-1) - 1
    first[order] = np.cumsum(many[order]) - many[order]
    words = pa.concat_arrays([_fold_plain(bare.filter(plain)), _fold(found.filter(pa.array(~divides)))])
    return words.take(pa.array(spread(first, many))), many


def _fold(words: pa.StringArray) -> pa.StringArray:
    """Each word as keyness.fold has it."""
    marked = pc.or_(pc.match_substring(words, "'"), pc.match_substring(words, "."))
    marked = pc.or_(marked, pc.invert(pc.string_is_ascii(words)))
    rest = pa.array(list(map(fold, words.filter(marked).to_pylist())), pa.string())
    return pc.replace_with_mask(_fold_plain(words), marked, rest)


def _fold_plain(words: pa.StringArray) -> pa.StringArray:
    """The same for words in ASCII without apostrophes and points, which a column can do at once."""
    capitals = pc.and_(pc.ascii_is_upper(words), pc.greater(pc.binary_length(words), 1))
    return pc.if_else(capitals, words, pc.ascii_lower(words))


def spread(first: np.ndarray, many: np.ndarray) -> np.ndarray:
    """So many places in a row from each first one on: the places of all.

    >>> spread(np.array([5, 1]), np.array([2, 3])).tolist()
    [5, 6, 1, 2, 3]
    """
    ends = np.cumsum(many)
    return np.repeat(first - ends + many, many) + np.arange(ends[-1] if len(ends) else 0)
