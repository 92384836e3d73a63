"""Notebook 03's verdict holds on any corpus: five articles, one, undated, many."""

import pandas as pd
import pytest

from helpers.articles.copies import once_each
from helpers.articles.dates_shown import by_date
from helpers.articles.load import load_articles
from helpers.codebook.hits import find_hits, pool_articles, share_of_sentences
from helpers.codebook.terms import frames_of, load_codebook, load_expected
from helpers.findings.shift import find_shift, judge_shift, say_test
from helpers.findings.words import count_numbers, count_words
from helpers.measures.trends import trend_tests
from helpers.text.split import split_sentences

BOOK = load_codebook()
FRAMES = frames_of(BOOK)


def findings_of(articles, expected):
    sentences = split_sentences(articles)
    shares = share_of_sentences(find_hits(sentences, BOOK), sentences)
    tests = trend_tests(shares, once_each(articles), list(expected))
    shown = by_date(shares, articles)
    return find_shift(shown, shown.head(0), pool_articles(shares), tests, expected), tests


@pytest.fixture
def expected():
    return load_expected(FRAMES)


def test_every_sentence_counted_is_named(articles, expected):
    findings, _ = findings_of(articles, expected)
    sentences = split_sentences(articles)
    shares = share_of_sentences(find_hits(sentences, BOOK), sentences)
    for row in findings.itertuples():
        assert len(row.ids.split()) == shares.loc[shares["frame"].eq(row.frame), "carrying"].sum()


def test_the_verdict_can_be_read_at_once_and_says_what_was_expected(articles, expected):
    for claim, case in (
        (expected, "In part"),
        ({"militarised": "falls"}, "As expected"),
        ({"finance": "falls"}, "Not"),
    ):
        verdict = judge_shift(*findings_of(articles, claim))
        assert verdict.startswith(case)
        assert count_words(verdict) <= 45 and count_numbers(verdict) <= 12


def test_without_two_dates_nothing_is_said_of_a_shift(articles, expected):
    one, undated = articles.head(1), articles.assign(date=pd.NaT)
    assert "trade mobility (6 of 13 sentences)" in judge_shift(*findings_of(one, expected))
    assert "partnership (18 of 58 sentences)" in judge_shift(*findings_of(undated, expected))


def test_the_page_says_which_test_speaks(articles, expected):
    assert "Kendall's tau over 5 articles" in say_test(findings_of(articles, expected)[1])
    assert "No trend can be tested" in say_test(findings_of(articles.head(1), expected)[1])


def test_many_articles_of_one_story_each_are_told_by_year(tmp_path, expected):
    rows = [
        (
            f"{2015 + i % 5}-{i % 12 + 1:02}-{i % 27 + 1:02}",
            f"{'Troops' if i % 3 else 'They'} fight gangs {i}. They met.",
        )
        for i in range(60)
    ]
    pd.DataFrame(rows, columns=["date", "text"]).to_csv(tmp_path / "a.csv", index=False)
    findings, tests = findings_of(load_articles(tmp_path / "a.csv"), expected)
    assert set(findings["first_at"].dropna()) == {"2015"}
    assert judge_shift(findings, tests)
    assert "regression" in say_test(tests)
