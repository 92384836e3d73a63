"""Words found and folded in many pieces at once are those found and folded in each."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from helpers.measures.keyness import fold
from helpers.scale.coding import fold_words
from helpers.text.split import WORDS

PIECES = st.text("aAsS1é’'.-‑—&,:\"“(İΣ _\u00a0\u0301", max_size=7) | st.sampled_from(
    "U.S. U.S.’s US Us us. p.m., well-known AT&T 2,400 1990s (G20) countries’ Mexico's l’été «été» Ph.D. a.b X "
    "https://a.b/c?d http:// www.a.com. (b.org/x) A@b.net @kelly @ t.co/x”y É.com didn´t didn`t "
    "cross‐border a.com—b".split()
)


@given(st.lists(PIECES, max_size=8))
def test_each_piece_has_its_own_words(pieces):
    words, many = fold_words(pa.array(pieces, pa.string()))
    told = [list(map(fold, WORDS.tokenize(piece))) for piece in pieces]
    assert many.tolist() == list(map(len, told))
    assert words.to_pylist() == [word for some in told for word in some]
