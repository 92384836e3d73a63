"""Texts cut at white space, all at once: their bytes as arrays, and where things are in them."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from helpers.text.characters import SURROGATE

STEP = 1 << 18


class Pieces(NamedTuple):
    """Texts cut at white space.

    content   all texts one after the other, with a line feed before each (bytes)
    distinct  the distinct pieces; white space in them is a space or a no-break space
    which     for each piece in order, which of the distinct ones it is
    bounds    where each piece begins in the content, and the end
    texts     where each text begins in the content, and the end
    """

    content: np.ndarray
    distinct: pa.StringArray
    which: np.ndarray
    bounds: np.ndarray
    texts: np.ndarray


def as_column(texts: list[str]) -> pa.StringArray:
    """Texts as a column of Arrow. Halves of characters, which it cannot hold, are replaced."""
    try:
        return pa.array(texts, pa.string())
    except UnicodeEncodeError:
        return pa.array([SURROGATE.sub("\ufffd", text) for text in texts], pa.string())


def cut_texts(texts: pa.StringArray) -> Pieces:
    """Cut texts into pieces: a word and the white space before it. What follows the last word is not a piece."""
    content, begins = join_texts(texts)
    size = len(content)
    spaced = content.copy()
    spaced[places(size, lambda a, b: content[a:b] - np.uint8(9) < 5)] = 32
    blank = np.ones(size + 1, bool)
    np.equal(spaced, 32, out=blank[:-1])
    unbroken = find_unbroken(content)
    blank[unbroken] = blank[unbroken + 1] = True
    bounds = places(size, lambda a, b: blank[a + 1 : b + 1] > blank[a:b]) + np.int32(1)
    bounds = np.append(np.int32(0), bounds)
    pieces = pa.StringArray.from_buffers(len(bounds) - 1, pa.py_buffer(bounds), pa.py_buffer(spaced))
    pieces = pieces.dictionary_encode()
    return Pieces(content, pieces.dictionary, pieces.indices.to_numpy(), bounds, begins + np.int32(1))


def join_texts(texts: pa.StringArray) -> tuple[np.ndarray, np.ndarray]:
    """All texts one after the other as bytes, with a line feed before each; where these are, and the end."""
    _, offsets, data = pc.binary_join_element_wise("", texts, "\n").buffers()
    begins = np.frombuffer(offsets, np.int32)[: len(texts) + 1] if len(texts) else np.zeros(1, np.int32)
    return np.frombuffer(data or b"", np.uint8)[: begins[-1]], begins


def places(size: int, test: Callable[[int, int], np.ndarray]) -> np.ndarray:
    """The places, from 0 to `size`, where a test holds. It is given ranges that fit the processor's cache."""
    steps = ((at, min(at + STEP, size)) for at in range(0, size, STEP))
    found = [np.flatnonzero(test(a, b)).astype(np.int32) + np.int32(a) for a, b in steps]
    return np.concatenate([np.empty(0, np.int32), *found])


def find_unbroken(content: np.ndarray) -> np.ndarray:
    """Where the no-break spaces begin in a text's bytes; each has two bytes."""
    return places(len(content) - 1, lambda a, b: (content[a:b] == 0xC2) & (content[a + 1 : b + 1] == 0xA0))


def read_spans(pieces: Pieces, begins: np.ndarray, stops: np.ndarray) -> list[str]:
    """The text between two bytes of the content, for each pair."""
    return [pieces.content[a:b].tobytes().decode() for a, b in zip(begins.tolist(), stops.tolist(), strict=True)]


def distinct(numbers: np.ndarray) -> np.ndarray:
    """Each of some numbers once, in order. np.unique takes minutes where millions of them are close together.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    numbers = np.sort(numbers)
    return numbers[np.diff(numbers, prepend=numbers[:1] - 1) > 0]
