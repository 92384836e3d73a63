"""What denies the words after it, and what only looks so."""

import pandas as pd
import pytest

from helpers.codebook import negation
from helpers.codebook.hits import find_hits
from helpers.codebook.terms import as_codebook
from helpers.text.split import split_sentences


def negated(text):
    sentences = split_sentences(pd.DataFrame({"article": ["x"], "text": [text]}))
    return find_hits(sentences, as_codebook(["rifles"]))["negated"].tolist()


@pytest.mark.parametrize(
    "text",
    [
        "The No 2 of the rifles club",
        "The No. 2 rifles plant",
        "Its no 3 rifles maker",
        "No #1 rifles shop",
        "No wonder rifles were found.",
        "It is no secret that rifles were found.",
        "Not until 2012 were rifles found.",
        "It wasn’t only rifles.",
        "There were no less than 200 rifles.",
        "There were not more than 200 rifles.",
        "No matter how many rifles they found",
        "No one else but rifles makers came.",
        "They had no choice but rifles.",
        "It was none other than the rifles maker.",
        "Dozens if not hundreds of rifles",
        "With or without rifles",
        "Nobody left until the rifles came.",
        "They couldn’t help but see rifles.",
    ],
)
def test_set_phrases_and_numbers_deny_nothing(text):
    assert negated(text) == [False]


@pytest.mark.parametrize(
    "text",
    [
        "No rifles were found.",
        "There were no 200 rifles.",
        "They didn´t find rifles.",
        "They didn`t find rifles.",
        "They cannot find rifles.",
        "No more rifles were found.",
        "No U.S. rifles were found.",
        "Nobody found rifles.",
        "They left without rifles.",
    ],
)
def test_denials_deny(text):
    assert negated(text) == [True]


def test_a_list_with_another_kind_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "negations.csv"
    file.write_text("words,kind,language\nno,denial,English\n")
    monkeypatch.setattr(negation, "LIST", file)
    with pytest.raises(ValueError, match="line 2: write words, and as kind one of negation"):
        negation.read_negations()
