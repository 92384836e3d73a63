"""Four times as long a text takes some four times as long to analyse, never sixteen times, whatever is in it."""

import time

import pandas as pd
import pytest

from helpers.articles.copies import differences, shingle
from helpers.codebook.hits import find_hits
from helpers.codebook.terms import load_codebook
from helpers.measures.contexts import concordance
from helpers.readings.actors import find_actors, load_actors
from helpers.readings.quotations import find_quotations, load_verbs
from helpers.readings.unlisted import find_unlisted
from helpers.readings.voices import give_voices, mark_hits
from helpers.text.split import split_sentences, split_words

SIZE = 16_000
FIXED = 1.0  # seconds that do not grow: a dozen small tables
UNITS = {
    "one sentence of names and speech": "Kelly said that Mexico and the United States ",
    "one sentence of pronouns": "he said ",
    "one sentence of quotations": "“drug war,” he said, ",
    "one sentence of terms": "drug trafficking soldiers ",
    "opening marks": "‘",
    "marks of many kinds": "„a “b ",
    "straight marks": 'b "a" ',
    "dashes": "—A-",
    "no space": "中。",
    "addresses": "a@",
    "abbreviations": "U.S. ",
    "joined pieces": "No. 1 ",
    "joined exclamations": '"No!" Kelly said ',
    "missing spaces": "aa.Bb",
    "ellipses": "... A ",
}


@pytest.fixture(scope="module")
def lists() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    return load_codebook(), load_actors(), load_verbs()


def analyse(text: str, lists: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]) -> float:
    """How long it takes this process; what others take beside it does not count."""
    codebook, actors, verbs = lists
    began = time.process_time()
    sentences = split_sentences(pd.DataFrame({"article": ["a"], "text": [text]}))
    split_words(sentences)
    hits, mentions = find_hits(sentences, codebook), find_actors(sentences, actors)
    quotations = find_quotations(sentences, actors, verbs)
    give_voices(hits, quotations)
    mark_hits(quotations, hits)
    find_unlisted(sentences, mentions, verbs)
    concordance(sentences, codebook)
    shingle(text)
    return time.process_time() - began


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_a_text_takes_as_long_as_it_is_large(lists, unit: str) -> None:
    small = analyse(unit * (SIZE // len(unit)), lists)
    assert analyse(unit * (4 * SIZE // len(unit)), lists) < 8 * small + FIXED


def test_overlapping_terms_and_masks_take_as_long_as_the_text_is_large() -> None:
    codebook = pd.DataFrame({"frame": ["x", "x", "none"], "term": ["a b", "b a", "*n b a"]})
    for text in ("a b " * 20_000, "nan b a " * 10_000, "n" * 100_000):
        began = time.process_time()
        find_hits(pd.DataFrame({"article": ["a"], "sentence": [1], "start": [0], "text": [text]}), codebook)
        assert time.process_time() - began < 5


def test_two_copies_of_one_word_are_laid_side_by_side_in_time() -> None:
    assert differences("said " * 50_000, "said " * 50_000 + "so") == ("", "")
