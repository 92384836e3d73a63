"""Random words match the terms in number, are measured as the frame is, and are counted by hand."""

from itertools import chain

import pandas as pd
import pytest
from scipy.stats import kendalltau

from helpers.codebook.hits import find_hits, share_of_sentences
from helpers.codebook.terms import load_codebook
from helpers.measures import chance
from helpers.measures.tests import trends_over_dates
from helpers.text.split import split_sentences, split_words


@pytest.fixture(scope="module")
def hits(sentences):
    return find_hits(sentences, load_codebook())


@pytest.fixture(scope="module")
def words(sentences):
    return split_words(sentences).assign(word=lambda t: t["token"].str.lower())


@pytest.fixture(scope="module")
def drawn(hits, sentences, articles):
    return chance.draw_random_words(hits, sentences, articles, ["public_health", "finance"])


def test_random_words_are_as_frequent_as_the_terms(hits, words, drawn):
    spread = words.drop_duplicates(["article", "sentence", "word"])["word"].value_counts()
    own_words = {"finance": {"finances", "business", "costs"}, "public_health": {"addictions", "consumption"}}
    for frame, own in hits[hits["frame"].isin(own_words)].astype({"frame": str}).groupby("frame"):
        numbers = own.drop_duplicates(["term", "article", "sentence"])["term"].value_counts()
        taken = drawn.loc[drawn["frame"].eq(frame), "words"].head(50).str.split(", ")
        assert all(sorted(spread[row]) == sorted(numbers) for row in taken)
        assert all(len(set(row)) == len(row) for row in taken)
        assert not set(chain.from_iterable(taken)) & own_words[frame]


def test_random_words_are_measured_as_the_frame_is(hits, sentences, articles, words, drawn):
    """The words of a draw, made a codebook, give the tau of the draw; the real one is that of notebook 03."""
    own = drawn[drawn["frame"].eq("finance")]
    for row in own.head(15).itertuples():
        found = words[words["word"].isin(row.words.split(", "))].drop_duplicates(["article", "sentence"])
        counts = found["article"].value_counts().reindex(articles["article"], fill_value=0)
        values = counts / sentences["article"].value_counts().reindex(articles["article"])
        assert row.tau == pytest.approx(kendalltau(range(5), values).statistic, nan_ok=True)
    real = trends_over_dates(share_of_sentences(hits, sentences), articles, ["finance"])["tau"].iloc[0]
    assert own["real"].iloc[0] == pytest.approx(real)


def test_the_draws_are_the_same_each_time(hits, sentences, articles, drawn):
    again = chance.draw_random_words(hits, sentences, articles, ["public_health", "finance"])
    pd.testing.assert_frame_equal(drawn, again)


def test_a_draw_just_short_of_the_frames_tau_is_not_as_clear_though_shown_alike():
    drawn = pd.DataFrame({"frame": "a", "draw": range(3), "tau": [0.10004, 0.1001, -0.3], "real": 0.1001})
    counts, compared = chance.count_draws(drawn), chance.compare_with_chance(drawn).iloc[0]
    assert compared["as_clear"] == 2 == counts.loc[counts["as_clear"], "draws"].sum()
    assert counts["draws"].sum() == 3 == counts["of"].iloc[0]


def test_without_a_word_to_draw_or_a_frame_there_is_nothing_to_compare():
    articles = pd.DataFrame({"article": ["x", "y"], "text": ["Arms.", "Arms. Rain."]})
    articles = articles.assign(date=pd.to_datetime(["2001-01-01", "2002-01-01"]))
    sentences = split_sentences(articles.head(1))
    hits = find_hits(sentences, pd.DataFrame([("a", "arms")], columns=["frame", "term"]))
    for frames in (["a"], []):
        drawn = chance.draw_random_words(hits, sentences, articles, frames)
        assert chance.compare_with_chance(drawn).empty and chance.count_draws(drawn).empty
