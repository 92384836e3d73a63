"""The estimate with codes hidden: its table is the truth's, and its verdict says no more than the table."""

import pytest

from helpers.codebook.hits import find_hits
from helpers.codebook.terms import frames_of, load_codebook
from helpers.coders.labels import load_labels
from helpers.coders.official import load_official, sentences_of
from helpers.coders.samples import code_sample
from helpers.findings.settled import draw_again, find_settled, judge_settled, sum_again
from helpers.findings.words import fits

BOOK = load_codebook()
CODED = sorted(set(load_official()["frame"]))


@pytest.fixture(scope="module")
def seeds(sentences):
    own = find_hits(sentences, BOOK), code_sample(load_labels(frames_of(BOOK)), sentences), sentences
    return find_settled(*own, CODED), draw_again(*own, CODED)


@pytest.fixture(scope="module")
def official():
    votes = load_official()
    own = find_hits(sentences_of(votes), BOOK), votes, sentences_of(votes)
    return find_settled(*own, CODED), draw_again(*own, CODED)


def test_a_third_of_the_codes_is_kept_and_the_truth_is_the_coders(seeds, official):
    for (table, again), number in ((seeds, 58), (official, 342)):
        assert table["frame"].tolist() == CODED
        assert set(table["coded"]) == {round(number / 3)}
        assert again.groupby("frame", sort=False)["coded"].nunique().to_dict() == dict.fromkeys(CODED, 4)
    marked = load_official().groupby("frame")["value"].sum()
    assert official[0]["coders"].tolist() == [f"{marked[frame]} of 342" for frame in CODED]


def test_the_last_column_is_whether_the_interval_holds_the_coders_share(official):
    for row in official[0].itertuples():
        carrying, number = (int(word) for word in row.coders.split(" of "))
        assert row.held == (row.low <= carrying / number <= row.high)


def test_drawn_again_the_intervals_hold_what_they_promise(seeds, official):
    for _, again in (seeds, official):
        assert again["held"].min() > 0.94
        assert (again["width"] < 1.1 * again["alone"]).all()  # a codebook as poor as that of strain does not help
        assert (again.groupby("coded")[["width", "alone"]].mean().diff(axis="columns")["alone"] > 0).all()
        assert (again.groupby("frame")["width"].diff().dropna() < 0).all()


def test_the_verdict_tells_the_width_and_fits_the_page(seeds, official):
    for table, again in (seeds, official):
        verdict = judge_settled(table, again)
        assert verdict.startswith("Each frame's share, give or take") and fits(verdict)
        assert f"{table['held'].sum()} of 9 frames hold" in verdict
    bad = again.assign(held=0.5)
    assert judge_settled(table, bad).startswith("Less than it promises") and "50%" in judge_settled(table, bad)


def test_where_not_every_sentence_was_judged_nothing_is_claimed(sentences):
    coded = code_sample(load_labels(frames_of(BOOK)), sentences)
    hits = find_hits(sentences, BOOK)
    for partial in (coded.iloc[1:], coded.iloc[:0]):
        assert find_settled(hits, partial, sentences, CODED).empty
        assert draw_again(hits, partial, sentences, CODED).empty


def test_all_frames_together_are_the_mean_of_each(official):
    again = official[1]
    table = sum_again(again)
    assert table["coded"].tolist() == sorted(set(again["coded"]))
    first = again[again["coded"].eq(table["coded"][0])]
    assert table["reach"][0] == pytest.approx(50 * first["width"].mean(), abs=0.05)
    assert table["held"].between(94, 100).all()
    assert sum_again(again.head(0)).empty
