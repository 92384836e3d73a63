"""Notebook 03's verdict holds on any corpus: five articles, one, undated, many."""

import numpy as np
import pandas as pd
import pytest

from helpers.articles.copies import once_each
from helpers.articles.load import load_articles
from helpers.codebook.hits import find_hits, share_of_sentences
from helpers.codebook.terms import frames_of, load_codebook, load_expected
from helpers.coders.labels import load_labels
from helpers.findings.shift import find_shift, judge_shift, say_test, shares_by_coders
from helpers.findings.words import count_numbers, fits, length_in_words
from helpers.measures.tests import holm
from helpers.measures.trends import trend_tests
from helpers.text.split import split_sentences

BOOK = load_codebook()
FRAMES = frames_of(BOOK)
NONE = pd.DataFrame(columns=["frame", "year", "share", "low", "high"])  # nothing estimated


def findings_of(articles, expected):
    sentences = split_sentences(articles)
    shares = share_of_sentences(find_hits(sentences, BOOK), sentences)
    tests = trend_tests(shares, once_each(articles), list(expected))
    return find_shift(shares, shares.head(0), articles, tests, expected), tests


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
        verdict = judge_shift(*findings_of(articles, claim), NONE)
        assert verdict.startswith(case)
        assert length_in_words(verdict) <= 45 and count_numbers(verdict) <= 12


def test_without_two_dates_nothing_is_said_of_a_shift(articles, expected):
    one, undated = articles.head(1), articles.assign(date=pd.NaT)
    assert "trade mobility (6 of 13 sentences)" in judge_shift(*findings_of(one, expected), NONE)
    assert "partnership (18 of 58 sentences)" in judge_shift(*findings_of(undated, expected), NONE)


@pytest.mark.parametrize("number", [5, 60])
def test_p_is_corrected_for_all_frames_tested_however_many_and_the_page_says_for_how_many(articles, number):
    many = pd.concat([articles.assign(article=articles["article"] + f"{i}") for i in range(number // 5)])
    days = pd.to_timedelta(np.sort(np.random.default_rng(3).integers(0, 4000, len(many))), unit="D")
    many = many.assign(
        date=pd.Timestamp("2008-01-01") + days, text=[f"{t} Once {n}." for n, t in enumerate(many["text"])]
    )
    many = many.assign(date_latest=many["date"]).sort_values("date", ignore_index=True)
    sentences = split_sentences(many)
    shares = share_of_sentences(find_hits(sentences, BOOK), sentences)
    tests = trend_tests(shares, many, FRAMES)
    findings = find_shift(shares, shares.head(0), many, tests, dict.fromkeys(FRAMES, ""))
    assert findings["p"].tolist() == pytest.approx(holm(tests["p"]).tolist(), nan_ok=True)
    assert findings["p"].min() >= min(1, len(FRAMES) * tests["p"].min()) - 1e-12
    assert f"number of frames tested: {len(FRAMES)}." in say_test(tests)


def test_where_the_mix_makes_the_change_the_verdict_says_so_and_tests_within(tmp_path):
    """Statements never speak of troops, speeches always do, and there are more and more speeches."""
    rows = [
        (
            f"{year}-0{1 + i % 9}-1{i % 5}",
            kind,
            f"{'Troops went to war' if kind == 'speech' else 'They met'} in Town{i}{year}.",
        )
        for year in (2010, 2011, 2012)
        for i, kind in enumerate(["speech"] * (5 * (year - 2009)) + ["statement"] * (5 * (2013 - year)))
    ]
    pd.DataFrame(rows, columns=["date", "type", "text"]).to_csv(tmp_path / "a.csv", index=False)
    findings, tests = findings_of(load_articles(tmp_path / "a.csv"), {"militarised": ""})
    verdict = judge_shift(findings, tests, NONE)
    assert "Militarised: within kinds of text +0.0 points, from another mix of them +50.0." in verdict
    assert findings.iloc[0][["within", "mix", "compared"]].tolist() == pytest.approx([0, 50, 100])
    assert tests["cells"].eq("type").all() and tests["p"].isna().all()
    assert "no trend can be tested" in verdict and "within an outlet or kind of text" in say_test(tests)


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
    assert judge_shift(findings, tests, NONE)
    assert "regression" in say_test(tests)


def test_where_a_sample_is_coded_its_estimates_decide_and_no_number_is_lost(articles, expected):
    findings, tests = findings_of(articles, expected)
    low = dict(zip(expected, (0.02, -0.01, -0.03), strict=True))
    changes = pd.DataFrame({"frame": list(low), "year": "2021 to 2026", "share": 0.066, "low": list(low.values())})
    changes = changes.assign(high=0.115)
    verdict = judge_shift(findings, tests, changes)
    assert "2021 to 2026" in verdict and "militarised +6.6 (2.0 to 11.5)" in verdict and fits(verdict)
    assert "None changes clearly as expected" in verdict  # militarised should fall
    assert "In part" in judge_shift(findings, tests, changes.assign(low=0.01))
    wide = findings.assign(expected="rises")
    many = pd.concat([changes.assign(frame=frame, low=0.01).head(1) for frame in findings["frame"]])
    verdict = judge_shift(wide, tests, many)
    assert "As expected." in verdict and "Rising: " in verdict and fits(verdict)
    assert "In part" in judge_shift(wide, tests, many.tail(3))  # the others are not known


def test_coders_shares_are_shown_only_where_every_sentence_is_judged(sentences):
    labels = load_labels(FRAMES)
    assert len(shares_by_coders(labels, sentences))
    assert shares_by_coders(labels[labels["sentence"].gt(1)], sentences).empty  # picked
    assert shares_by_coders(labels.assign(chance=0.5), sentences).empty  # drawn
