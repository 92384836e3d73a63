"""Intervals over outlets: by hand, by leaving out for real, and as often right as they say."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from bench.trends import coverage_of
from helpers.measures.intervals import (
    change_of_shares,
    effective_clusters,
    interval_of_shares,
    known_cells,
    known_strata,
    leave_one_out,
    split_change,
)
from helpers.measures.tests import square_and_add

ENDS = pd.DataFrame({"frame": ["x"], "begin": "2001", "end": "2002"})


def tables(rows):
    """Shares of one frame "x", and the articles; rows of period, outlet, carrying, sentences."""
    table = pd.DataFrame(rows, columns=["period", "outlet", "carrying", "sentences"])
    table = table.assign(article=[f"a{i}" for i in range(len(table))], frame="x")
    return table[["article", "frame", "carrying", "sentences"]], table[["article", "period", "outlet"]]


def made(seed=1, outlets=8, number=120):
    dice = np.random.default_rng(seed)
    sentences = dice.integers(5, 30, number)
    own = dice.beta(2, 6, outlets)
    outlet = dice.integers(outlets, size=number)
    columns = dice.choice(["2001", "2002"], number), outlet, dice.binomial(sentences, own[outlet]), sentences
    return tables([(period, f"o{outlet}", *counts) for period, outlet, *counts in zip(*columns, strict=True)])


def wilson_t(share, draws, degrees):
    """Wilson's interval of so many draws, with Student's t."""
    q = t.ppf(0.975, degrees)
    middle, reach = share + q**2 / (2 * draws), q * np.sqrt(share * (1 - share) / draws + q**2 / (4 * draws**2))
    return [(middle - reach) / (1 + q**2 / draws), (middle + reach) / (1 + q**2 / draws)]


@given(st.lists(st.integers(1, 50), min_size=1, max_size=12), st.integers(1, 9))
def test_unequal_clusters_tell_no_more_than_equal_ones(sizes, times):
    number = effective_clusters(sizes)
    assert 1 <= number <= len(sizes) + 1e-9
    assert effective_clusters([times * size for size in sizes]) == pytest.approx(number)
    assert effective_clusters([7] * len(sizes)) == pytest.approx(len(sizes))


def test_each_cluster_is_really_left_out():
    dice = np.random.default_rng(2)
    codes, whole = dice.integers(0, 6, 50), dice.integers(1, 20, 50)
    part = dice.binomial(whole[:, None], [0.1, 0.5])
    moved = leave_one_out(part, whole, codes)
    for code in range(6):
        kept = codes != code
        rest = part[kept].sum(axis=0) / whole[kept].sum()
        assert moved[code] == pytest.approx(part.sum(axis=0) / whole.sum() - rest)


def test_for_equal_clusters_the_interval_is_that_of_their_mean():
    """By hand: ten outlets of five articles. The variance of a mean is that of the values over their number; the
    sentences that carry the frame lie as in 23² / 73 equal outlets."""
    part = np.array([0, 1, 1, 2, 2, 2, 3, 3, 4, 5])
    low, high = interval_of_shares(np.repeat(part / 5, 5)[:, None], np.ones(50), np.repeat(np.arange(10), 5))
    share, variance = part.mean() / 5, (part / 5).var(ddof=1) / 10
    assert [low[0], high[0]] == pytest.approx(wilson_t(share, share * (1 - share) / variance, 23**2 / 73 - 1))


def test_where_nobody_carries_the_frame_each_article_is_one_draw():
    low, high = interval_of_shares(np.zeros((40, 1)), np.full(40, 25), np.repeat(np.arange(8), 5))
    assert [low[0], high[0]] == pytest.approx(wilson_t(0, 40, 4))


@pytest.mark.parametrize(("articles", "draws"), [(38, 38), (40, 400)])
def test_outlets_that_are_all_alike_are_worth_their_sentences_or_if_few_carry_it_their_articles(articles, draws):
    """Half of the articles carry the frame, in two of their ten sentences; so does half of each outlet."""
    part, codes = np.tile([0, 2], articles // 2), np.repeat(np.arange(articles // 2), 2)
    low, high = interval_of_shares(part[:, None], np.full(articles, 10), codes)
    assert [low[0], high[0]] == pytest.approx(wilson_t(0.1, draws, articles // 2 - 1))


def test_one_cluster_has_no_interval():
    with pytest.raises(ValueError, match="of one cluster"):
        interval_of_shares(np.ones((5, 1)), np.ones(5), np.zeros(5, dtype=int))


@pytest.mark.parametrize(("unequal", "share"), [(0, 0.15), (1, 0.05), (1, 0.01)])
def test_intervals_hold_as_often_as_they_say(unequal, share):
    """Twelve outlets that differ, alike in size, or as unequal as one, a half, a third, ...: 100 corpora."""
    found = coverage_of(12, unequal, share, 100)
    assert found["share held"] >= 0.91 and found["change held"] >= 0.91
    assert found["width"] < 0.9


def test_outlets_of_one_period_only_are_independent():
    shares, articles = made()
    articles["outlet"] = articles["period"] + articles["outlet"]
    row = change_of_shares(shares, articles, ENDS).iloc[0]
    alone = []
    for period in ("2002", "2001"):
        own = shares[articles["period"].eq(period)]
        codes = pd.factorize(articles.loc[own.index, "outlet"])[0]
        low, high = interval_of_shares(own[["carrying"]].to_numpy(), own["sentences"].to_numpy(), codes)
        alone.append([own["carrying"].sum() / own["sentences"].sum(), low[0], high[0]])
    expected = square_and_add(*np.array(alone)[:, None])[0]
    assert row[["change", "low", "high"]].tolist() == pytest.approx(expected.tolist())
    assert row["pairs"] == 0 and row[["last", "first"]].tolist() == pytest.approx([alone[0][0], alone[1][0]])


def test_outlets_that_do_the_same_in_both_periods_leave_no_error():
    """Each outlet has in the second period just what it had in the first: the change is none, and known to be."""
    rows = [(period, f"o{n}", 5 + n, 20) for period in ("2001", "2002") for n in range(11)]
    row = change_of_shares(*tables(rows), ENDS).iloc[0]
    assert row[["change", "low", "high"]].tolist() == pytest.approx([0, 0, 0], abs=0.01)
    assert row[["pairs", "effective"]].tolist() == [11, 11]
    assert row[["first", "first_of", "last", "last_of"]].tolist() == [0.5, 220, 0.5, 220]


def test_the_widest_of_several_clusterings_is_given():
    shares, articles = made()
    articles["month"] = np.random.default_rng(3).integers(0, 8, len(articles))
    alone = [change_of_shares(shares, articles, ENDS, clusters=[by]).iloc[0] for by in ("outlet", "month")]
    row = change_of_shares(shares, articles, ENDS, clusters=["outlet", "month"]).iloc[0]
    widest = max(alone, key=lambda each: each["high"] - each["low"])
    assert row.tolist() == widest.tolist()


def test_no_change_has_limits_where_outlets_are_too_few_or_too_unequal():
    few = [(period, f"o{n}", 2, 10) for period in ("2001", "2002") for n in range(4)]
    unequal = [(period, f"o{n}", 2, 200 if n < 2 else 10) for period in ("2001", "2002") for n in range(12)]
    for rows, number in ((few, "4.0"), (unequal, "3.1")):
        row = change_of_shares(*tables(rows), ENDS).iloc[0]
        assert row["why_not"] == f"too few outlets: they weigh as much as {number} equal ones: 5 are needed"
        assert np.isnan(row["low"]) and np.isnan(row["high"]) and row["change"] == 0


@given(st.integers(0, 500), st.integers(1, 12))
@settings(max_examples=30)
def test_what_is_within_and_what_is_mix_add_up_to_the_change(seed, outlets):
    shares, articles = made(seed, outlets, number=40)
    row = split_change(shares, articles, ENDS).iloc[0]
    own = shares.groupby(articles["period"])[["carrying", "sentences"]].sum()
    assert row["change"] == pytest.approx((own["carrying"] / own["sentences"]).diff().iloc[-1])
    assert row["within"] + row["mix"] == pytest.approx(row["change"])
    if outlets == 1:
        assert row["mix"] == pytest.approx(0)


def test_a_change_split_by_hand():
    """One outlet goes from 2 of 10 to 6 of 20 and grows from half to all but a fifth; the other from 1 of 10 to none of
    five. Within: .1 · (.5 + .8) / 2 - .1 · (.5 + .2) / 2; mix: .3 · (.2 + .3) / 2 - .3 · (.1 + 0) / 2."""
    rows = [("2001", "a", 2, 10), ("2001", "b", 1, 10), ("2002", "a", 6, 20), ("2002", "b", 0, 5)]
    row = split_change(*tables(rows), ENDS).iloc[0]
    assert row[["change", "within", "mix"]].tolist() == pytest.approx([0.24 - 0.15, 0.03, 0.06])
    assert row[["cells", "both", "compared"]].tolist() == pytest.approx([2, 2, 1])


def test_a_cell_of_one_period_is_mix_alone():
    rows = [("2001", "a", 2, 10), ("2001", "gone", 5, 10), ("2002", "a", 2, 10), ("2002", "new", 0, 10)]
    row = split_change(*tables(rows), ENDS).iloc[0]
    assert row[["within", "mix"]].tolist() == pytest.approx([0, -0.25])
    assert row[["cells", "both", "compared"]].tolist() == pytest.approx([3, 1, 0.5])


def test_kinds_of_text_split_a_single_outlet():
    """Neither kind changes; there is more of the one."""
    shares, articles = tables([("2001", "o", 8, 20), ("2001", "o", 0, 80), ("2002", "o", 32, 80), ("2002", "o", 0, 20)])
    articles["section"] = ["remarks", None, "remarks", None]
    assert split_change(shares, articles, ENDS)[["within", "mix"]].iloc[0].tolist() == pytest.approx([0.24, 0])
    by_kind = split_change(shares, articles, ENDS, by=["outlet", "section"])
    assert by_kind[["within", "mix"]].iloc[0].tolist() == pytest.approx([0, 0.24])


def test_strata_are_columns_that_differ():
    _, articles = made()
    assert known_strata(articles) == []
    assert known_strata(articles.assign(section="news", type=[None] * 60 + ["letter"] * 60)) == ["type"]
    assert known_strata(articles.assign(section=[f"A{n // 2}" for n in range(120)])) == []  # pages, not kinds


def test_cells_are_outlets_where_there_are_several_and_kinds_of_text():
    _, articles = made()
    kinds = articles.assign(section=["news", "letters"] * 60)
    assert known_cells(articles) == ["outlet"] and known_cells(kinds) == ["outlet", "section"]
    for outlet in ("", None, "o1"):
        assert known_cells(articles.assign(outlet=outlet)) == []
        assert known_cells(kinds.assign(outlet=outlet)) == ["section"]
