"""A column of texts is mended as each text by itself."""

from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.articles.load import load_articles
from helpers.articles.mending import mend
from helpers.codebook.hits import find_hits
from helpers.scale import code_corpus, pieces, read_coded
from helpers.scale.mending import mend_texts
from helpers.text.split import split_sentences
from tests.scale.made import jsonl_of, parquet_of


@pytest.mark.parametrize("kind", [parquet_of, lambda rows: jsonl_of(rows).encode()])
def test_stray_spaces_invisible_signs_and_wrong_decodings_hide_no_hit(tmp_path, kind):
    texts = ["US\u00a0 arms.", "<p>US&nbsp;arms.</p>", "US ar\u00adms.", "US\u200b arms.", "US  arms.", "US\tarms."]
    texts += [
        "US\x0barms.",
        "US arms &#8212; now.",
        "Pe\u00c3\u00b1a: US arms.",
        "US arms\u2028US arms.",
        "Plain US arms.",
    ]
    name = "a.parquet" if kind is parquet_of else "a.jl"
    (tmp_path / name).write_bytes(kind([{"id": f"x{n}", "text": text} for n, text in enumerate(texts)]))
    book = pd.DataFrame([("a", "US arms"), ("b", "Peña")], columns=["frame", "term"])
    with ThreadPoolExecutor(1) as pool:
        code_corpus(tmp_path, tmp_path / "out", pool, codebook=book, hits=True)
    hits = find_hits(split_sentences(load_articles(tmp_path / name)), book)
    found, columns = read_coded(tmp_path / "out", "hits"), ["article", "sentence", "frame", "term", "words"]
    assert sorted(found[columns].astype(str).to_numpy().tolist()) == sorted(
        hits[columns].astype(str).to_numpy().tolist()
    )
    assert hits["article"].nunique() == len(texts)


SIGNS = [
    *"aZ éñ“”’—<.&;",
    *"\u00a0\t\n\x1b\x0b\x85\u200b\u2028\u0301\u00adﬁ．",
    "  ",
    "&amp;",
    "Ã©",
    "â€™",
    "‚Äô",
    "√©",
    "ðŸ˜€",
    "È™",
    "Ê»",
    "ï»¿",
    "Â ",
    "a\rb",
    " \r\n",
]


@given(st.lists(st.lists(st.sampled_from(SIGNS), max_size=20).map("".join)), st.sampled_from([1, 2, 7, pieces.STEP]))
def test_texts_are_mended_as_cleaning_does(texts, step):
    texts = [text.strip() for text in texts]
    with patch.object(pieces, "STEP", step):
        mended = mend_texts(pa.array(texts, pa.string())).to_pylist()
    assert mended == list(map(mend, texts))


def test_signs_of_every_script_are_mended_as_cleaning_does():
    codes = [*range(1, 0xD800), *range(0xE000, 0x10000), *range(0x11000, 0x12000), *range(0x1D100, 0x1D200), 0x2F800]
    texts = [f"a{chr(code)}b" for code in codes] + ["ка́к", "شَّ", "וּׁ", "ア゚", "각ᆨ"]
    assert mend_texts(pa.array(texts)).to_pylist() == list(map(mend, texts))
