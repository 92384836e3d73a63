"""Characters that mean the same are made one, for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.measures.keyness import fold
from helpers.text.characters import STRAIGHT, straighten, without_accents
from helpers.text.split import WORDS


@given(st.text(alphabet="aé’´`ʼ‘′“”„‐‑−-'\"ñÑ中"))
def test_offsets_stay_the_same(text):
    assert straighten(text) == text.translate(STRAIGHT)
    assert len(without_accents(straighten(text))) == len(text)


@pytest.mark.parametrize("sign", "'’‘´`ʼ′‛")
def test_an_apostrophe_is_one_however_it_is_written(sign):
    assert [fold(word) for word in WORDS.tokenize(f"they didn{sign}t")] == ["they", "didn't"]


@pytest.mark.parametrize("sign", "-‐‑−")
def test_a_hyphen_is_one_however_it_is_written(sign):
    assert [fold(word) for word in WORDS.tokenize(f"cross{sign}border trade")] == ["cross-border", "trade"]


def test_accents_are_taken_off_letters_only():
    assert without_accents("Peña Nieto, Poiré, Łódź, Ávila – «él»") == "Pena Nieto, Poire, Łodz, Avila – «el»"
