"""Shares from a coded sample: by hand, by other code, by going through every sample, and by simulation."""

from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
import scipy
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.measures.estimates import (
    change_between,
    draws_of,
    estimate_counts,
    estimate_shares,
    to_whole,
    two_parts,
    wilson_of_draws,
)
from helpers.measures.tests import Z


def corpus(fires, length=1, period="p"):
    """Sentences and hits: one letter per sentence, "+" where the codebook fired; articles of one length."""
    table = pd.DataFrame({"article": [f"{period}{i // length}" for i in range(len(fires))]})
    table = table.assign(sentence=[i % length + 1 for i in range(len(fires))], period=period)
    return table, table.loc[[sign == "+" for sign in fires], ["article", "sentence"]].assign(frame="f")


def hits_of_none():
    return corpus("-")[1]


def coded_of(sentences, places, values, chance):
    return sentences.iloc[list(places)].assign(frame="f", value=values, chance=chance)


def estimate(fires, places, values, chance=None, length=1):
    sentences, hits = corpus(fires, length)
    chance = len(places) / len(fires) if chance is None else chance
    return estimate_shares(hits, coded_of(sentences, places, values, chance), sentences, ["f"]).iloc[0]


def test_a_share_by_hand():
    """10 of 100 sentences fire; 5 of these are coded, 4 are right. Of the 90 others 18 are coded, 1 carries the frame:
    .1 * .8 + .9 / 18 = .13. Wilson's limits for 5 * 9 / 5 = 9 and 18 * 89 / 72 = 22.25 draws are .452 to .945 and .011
    to .231; moved to tenths and ninetieths .4 to 1 and 1/90 to 21/90. The limits lie .1 * .4 and .9 * 4/90 below, .1 *
    .2 and .9 * 16/90 above the share."""
    row = estimate("+" * 10 + "-" * 90, [*range(5), *range(10, 28)], [1, 1, 1, 1, 0, 1, *[0] * 17], 0.23)
    assert row[["sentences", "fired", "coded", "coded_fired", "drawn"]].tolist() == [100, 10, 23, 5, "sentences"]
    assert row[["counted", "precision", "missed", "share"]].tolist() == pytest.approx([0.1, 0.8, 1 / 18, 0.13])
    assert row[["precision_low", "precision_high"]].tolist() == pytest.approx([0.4, 1])
    assert row[["missed_low", "missed_high"]].tolist() == pytest.approx([1 / 90, 21 / 90])
    assert row["low"] == pytest.approx(0.13 - np.hypot(0.04, 0.04))
    assert row["high"] == pytest.approx(0.13 + np.hypot(0.02, 0.16))


def test_draws_that_can_be_made_only_once_spread_less():
    """The variance of a mean over every sample of 4 of 9 is that of so many independent draws."""
    values = np.array([1, 1, 1, 0, 0, 0, 0, 0, 0])
    means = [values[list(places)].mean() for places in combinations(range(9), 4)]
    share = values.mean()
    assert np.var(means) == pytest.approx(share * (1 - share) / draws_of([4], [9])[0])
    assert draws_of([0, 9], [9, 9]).tolist() == [0, np.inf]


def test_the_mean_over_every_sample_is_the_truth():
    """Of 8 sentences, 3 fired, all 56 samples of 5 in which both parts are coded."""
    truth, fires = np.array([1, 1, 0, 1, 0, 0, 0, 0]), np.array([1, 1, 1, 0, 0, 0, 0, 0], dtype=bool)
    by_count = {}
    for places in map(list, combinations(range(8), 5)):
        row = estimate("+++-----", places, truth[places])
        by_count.setdefault(fires[places].sum(), []).append(row["share"])
    assert [np.mean(own) for count, own in by_count.items() if count] == pytest.approx([3 / 8] * 3)


def test_extra_sentences_count_for_less():
    """Frame f is silent everywhere. Half of the 8 sentences of one kind were coded, a quarter of the 32 of the other:
    the share is that of both kinds together, not that of the sentences coded."""
    values = [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    row = estimate("-" * 40, range(12), values, [1 / 2] * 4 + [1 / 4] * 8)
    assert row["share"] == pytest.approx((3 * 2) / 40)
    weights = np.array([2] * 4 + [4] * 8)
    draws = 40**2 / (weights**2 * (1 - 1 / weights)).sum() * 39 / 40
    low, high = to_whole(wilson_of_draws([0.15], [draws]), [40])[0, 1:]
    assert row[["low", "high"]].tolist() == pytest.approx([max(low, 3 / 40), high])


def test_a_coder_who_stopped_half_way_has_coded_a_smaller_sample():
    whole = estimate("+" * 10 + "-" * 90, [0, 1, *range(10, 28)], [1, 0] + [0] * 18)
    half = estimate("+" * 10 + "-" * 90, [0, 1, *range(10, 28)], [1, 0] + [0] * 18, 0.4)
    pd.testing.assert_series_equal(half, whole)


def test_where_every_sentence_was_coded_there_is_no_error():
    row = estimate("++---", range(5), [1, 0, 1, 0, 0])
    assert row[["share", "low", "high", "drawn"]].tolist() == [0.4, 0.4, 0.4, "all"]
    part = estimate("++------", [0, 1, 2, 3, 4], [1, 0, 1, 0, 0], [1, 1, 0.5, 0.5, 0.5])
    assert part[["precision_low", "precision", "precision_high"]].tolist() == [0.5] * 3
    assert part["missed_low"] < part["missed"] < part["missed_high"]


def test_a_part_of_which_nothing_was_coded_may_be_all_or_nothing():
    row = estimate("+" * 5 + "-" * 95, range(5, 55), [0] * 50)
    assert row[["precision_low", "precision", "precision_high"]].tolist() == [0, 0.5, 1]
    assert row["low"] == 0 and row["high"] == pytest.approx(0.025 + np.hypot(0.025, 0.95 * row["missed_high"]))


def test_what_was_seen_bounds_the_share():
    row = estimate("-" * 10, range(9), [1] * 4 + [0] * 5)
    assert row[["low", "high"]].tolist() == [0.4, 0.5]


def test_periods_and_frames_without_coded_sentences_are_told_and_not_guessed():
    (one, hits), (two, _) = corpus("+-+-"), corpus("--", period="q")
    sentences = pd.concat([one, two])
    table = estimate_shares(hits, coded_of(one, [0, 1], [1, 0], 0.5), sentences, ["f", "g"])
    assert table[["period", "frame"]].to_numpy().tolist() == [["p", "f"], ["p", "g"], ["q", "f"], ["q", "g"]]
    assert table["share"].notna().tolist() == [True, False, False, False]
    assert table["coded"].tolist() == [2, 0, 0, 0] and table["counted"].tolist() == [0.5, 0, 0, 0]
    assert change_between(table, "p", "q").iloc[:, 2:].isna().all(axis=None)


def test_whole_articles_count_as_articles():
    """Six of 20 articles of five sentences, three all yes and three all no, are worth six sentences and not thirty."""
    values = ([1] * 5 + [0] * 5) * 3
    row = estimate("-" * 100, range(30), values, length=5)
    one_each = estimate("-" * 100, range(0, 100, 3)[:30], values, length=5)
    assert (row["drawn"], one_each["drawn"]) == ("articles", "sentences")
    spread = 6 / 5 * 6 * (5 * 0.5 / 30) ** 2 * 0.7
    z, draws = scipy.stats.t.ppf(0.975, 5), 0.25 / spread
    assert row[["low", "high"]].tolist() == pytest.approx(wilson_of_draws([0.5], [draws], z)[0, 1:])
    assert row["high"] - row["low"] > 2 * (one_each["high"] - one_each["low"])
    alone = estimate("-" * 100, range(5), [0, 0, 0, 0, 0], length=5)
    assert alone[["low", "high"]].tolist() == [0, 1]


def test_articles_left_half_done_and_a_few_sentences_of_each_are_recognised():
    places = [*range(0, 52), *range(60, 68)]  # two and a half articles of twenty, and a part of a third
    assert estimate("-" * 400, places, [0] * 60, length=20)["drawn"] == "articles"
    few = [20 * article + place for article in range(20) for place in range(5)]
    assert estimate("-" * 1000, few, [0] * 100, length=20)["drawn"] == "articles"


def test_sentences_drawn_one_by_one_are_not_taken_for_articles():
    dice, samples = np.random.default_rng(2026), []
    for number, length in ((100, 5), (400, 20), (58, 13)):
        for period, part in product(range(20), (0.1, 0.5, 0.9)):
            sentences, _ = corpus("-" * number, length, f"{number} {period} {part} ")
            samples.append((sentences, dice.permutation(number)[: int(part * number)]))
    coded = pd.concat(coded_of(own, places, 0, len(places) / len(own)) for own, places in samples)
    table = estimate_shares(hits_of_none(), coded, pd.concat(own for own, _ in samples), ["f"])
    assert table["drawn"].value_counts().to_dict() == {"sentences": 180}


def test_a_change_is_that_of_one_frame_in_whatever_order_frames_stand():
    columns = ["period", "frame", "share", "low", "high"]
    rows = [("x", "a", 0.6, 0.5, 0.7), ("x", "b", 0.1, 0, 0.2), ("y", "b", 0.5, 0.4, 0.6), ("y", "a", 0.2, 0.1, 0.4)]
    table = change_between(pd.DataFrame(rows, columns=columns), "x", "y").set_index("frame")
    limits = [-0.4 - np.hypot(0.1, 0.1), -0.4 + np.hypot(0.2, 0.1)]
    assert table.loc["a"].tolist() == pytest.approx([0.6, 0.2, -0.4, *limits])
    assert table.loc["b", "change"] == pytest.approx(0.4)
    with pytest.raises(ValueError, match=r"no period '2023'\. Periods are: x, y"):
        change_between(pd.DataFrame(rows, columns=columns), "x", "2023")


@given(st.integers(0, 30), st.integers(1, 30))
def test_wilson_of_whole_draws_is_scipys(part, whole):
    part = min(part, whole)
    known = scipy.stats.binomtest(part, whole).proportion_ci(method="wilson")
    assert wilson_of_draws([part / whole], [whole])[0, 1:].tolist() == pytest.approx([known.low, known.high], abs=1e-9)


@given(st.floats(0, 1), st.floats(0.1, 1000), st.floats(1, 10))
def test_more_draws_never_widen(share, draws, times):
    few, many = wilson_of_draws([share, share], [draws, draws * times])
    assert 0 <= few[1] <= few[0] <= few[2] <= 1
    assert many[2] - many[1] <= few[2] - few[1] + 1e-9
    assert wilson_of_draws([share], [0]).tolist() == [[share, 0, 1]]


@settings(max_examples=40)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=25), st.data())
def test_an_interval_holds_its_estimate_and_all_that_is_possible(both, data):
    """Whatever is coded: 0 <= low <= share <= high <= 1; frames turned round give the interval turned round; and the
    number that is certain is never left out."""
    fires = "".join("+-"[not fired] for fired, _ in both)
    places = data.draw(st.lists(st.integers(0, len(both) - 1), min_size=1, unique=True))
    values = np.array([float(both[place][1]) for place in places])
    row, turned = estimate(fires, places, values), estimate(fires, places, 1 - values)
    assert 0 <= row["low"] <= row["share"] + 1e-9 and row["share"] <= row["high"] + 1e-9 <= 1 + 2e-9
    assert [1 - turned["high"], 1 - turned["low"]] == pytest.approx([row["low"], row["high"]], abs=1e-9)
    assert row["low"] >= values.sum() / len(both) - 1e-9 or row["drawn"] == "articles"
    if len(places) == len(both):
        assert row["low"] == row["high"] == pytest.approx(values.mean())


def holds(seed, sentences, coded, share, quality, drift):
    """How often the interval of a share, and of a change to a second period, holds the truth; 1,000 corpora."""
    dice, (precision, recall), ends = np.random.default_rng(seed), quality, []
    wrong = share * recall * (1 - precision) / precision / (1 - share)
    for fires, false in ((recall, wrong), (recall * 0.6, wrong * 2.5) if drift else (recall, wrong)):
        cells = [share * fires, (1 - share) * false, share * (1 - fires), (1 - share) * (1 - false)]
        corpora = dice.multinomial(sentences, cells, size=1000)
        samples = np.array([dice.multivariate_hypergeometric(row, coded) for row in corpora])
        ends.append((corpora[:, [0, 2]].sum(axis=1) / sentences, estimate_counts(corpora, samples)))
    (truth, one), (later, other) = ends
    columns = ["share", "low", "high"]
    table = pd.concat({"a": pd.DataFrame(one, columns=columns), "b": pd.DataFrame(other, columns=columns)})
    change = change_between(table.rename_axis(["period", "frame"]).reset_index(), "a", "b")
    change = change[["change", "low", "high"]].to_numpy()
    pairs = [(one, truth), (other, later), (change, later - truth)]
    return [np.mean((own[:, 1] <= true + 1e-9) & (true <= own[:, 2] + 1e-9)) for own, true in pairs]


@pytest.mark.parametrize("sentences", [500, 20_000])
@pytest.mark.parametrize("coded", [100, 400])
@pytest.mark.parametrize("quality", [(0.95, 0.95), (0.5, 0.7), (0.7, 0.4)])
@pytest.mark.parametrize("drift", [False, True])
def test_intervals_hold_the_truth_as_often_as_they_say(sentences, coded, quality, drift):
    """At worst .90, with drift too (recall falls to .6 of what it was, false alarms grow 2.5-fold). bench/coverage.py
    has all settings."""
    for share in (0.02, 0.2):
        assert min(holds(2026, sentences, coded, share, quality, drift)) > 0.89


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30), st.data())
@settings(max_examples=30)
def test_counts_give_what_sentences_give(both, data):
    places = data.draw(st.lists(st.integers(0, len(both) - 1), min_size=1, unique=True))
    row = estimate("".join("-+"[fired] for fired, _ in both), places, [float(both[place][1]) for place in places])
    kinds = [(True, True), (True, False), (False, True), (False, False)]
    corpus, sample = ([list(rows).count(kind) for kind in kinds] for rows in (both, [both[place] for place in places]))
    counted = estimate_counts(np.array([corpus]), np.array([sample]))[0]
    assert row[["share", "low", "high"]].tolist() == pytest.approx(counted.tolist(), abs=1e-12)


def test_errors_that_change_between_periods_leave_no_bias():
    """The codebook fires far too often in one period and far too seldom in another of the same truth: the counted share
    moves from .3 to .03, the estimate does not."""
    truth, dice, means = np.array([1] * 30 + [0] * 270), np.random.default_rng(1), []
    for fires in ("+" * 90 + "-" * 210, "+" * 10 + "-" * 290):
        corpora = [corpus(fires, period=str(number)) for number in range(100)]
        drawn = [dice.permutation(300)[:100] for _ in corpora]
        coded = [coded_of(own, places, truth[places], 1 / 3) for (own, _), places in zip(corpora, drawn, strict=True)]
        sentences, hits = (pd.concat(tables) for tables in zip(*corpora, strict=True))
        means.append(estimate_shares(hits, pd.concat(coded), sentences, ["f"])["share"].mean())
    assert means == pytest.approx([0.1, 0.1], abs=0.007)


def test_the_limits_of_two_parts_are_those_of_the_sum():
    """Zou, Huang & Zhang's rule written out for c1 p1 + c2 p2."""
    a, p, q = 0.3, (0.8, 0.7, 0.85), (0.05, 0.01, 0.2)
    low = a * p[0] + (1 - a) * q[0] - np.sqrt((a * (p[0] - p[1])) ** 2 + ((1 - a) * (q[0] - q[1])) ** 2)
    high = a * p[0] + (1 - a) * q[0] + np.sqrt((a * (p[2] - p[0])) ** 2 + ((1 - a) * (q[2] - q[0])) ** 2)
    assert two_parts([a], [[*p, *q]])[0].tolist() == pytest.approx([a * p[0] + (1 - a) * q[0], low, high])
    assert pytest.approx(scipy.stats.norm.ppf(0.975)) == Z
