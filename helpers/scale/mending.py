"""Texts mended as in helpers/articles/mending.py, a column at once."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from helpers.articles.mending import WORTH_MENDING, repair
from helpers.scale.pieces import find_unbroken, join_texts, places


def mend_texts(texts: pa.StringArray) -> pa.StringArray:
    """The texts, mended as by `mend`. Only those with more than stray spacing go through Python."""
    worth = pc.match_substring_regex(texts, WORTH_MENDING)
    mended = pa.array(map(repair, texts.filter(worth).to_pylist()), pa.string())
    return _spaced_evenly(pc.replace_with_mask(texts, worth, mended))


def _spaced_evenly(texts: pa.StringArray) -> pa.StringArray:
    """The texts with one space for each tab, no-break space or run of blanks, and none at either end of a line."""
    content, begins = join_texts(texts)
    content = np.append(content, np.uint8(10))
    unbroken = find_unbroken(content)
    content[unbroken] = content[unbroken + 1] = 32
    content[places(len(content), lambda a, b: (content[a:b] == 9) | (content[a:b] == 13))] = 32

    def goes_on(a, b):
        """Whether a space follows a space or a line's beginning, at each place from a to b."""
        return (content[a + 1 : b + 1] == 32) & ((content[a:b] == 32) | (content[a:b] == 10))

    def ends(a, b):
        """Whether a line ends behind a space, at each place from a to b."""
        return (content[a:b] == 32) & (content[a + 1 : b + 1] == 10)

    content, begins = _without(places(len(content) - 1, goes_on) + np.int32(1), content, begins)
    gone = np.sort(np.append(places(len(content) - 1, ends), begins))
    content, begins = _without(gone, content, begins)
    return pa.StringArray.from_buffers(len(texts), pa.py_buffer(begins), pa.py_buffer(content))


def _without(gone: np.ndarray, content: np.ndarray, begins: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The bytes without those at the places `gone` (in order), and where each text begins now."""
    return np.delete(content, gone), (begins - np.searchsorted(gone, begins)).astype(np.int32)
