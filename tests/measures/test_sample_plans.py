"""What a sample is expected to settle, against samples that were drawn."""

import numpy as np
import pandas as pd
import pytest

from helpers.measures.estimates import draws_of, estimate_shares, two_parts, wilson_of_draws
from helpers.measures.sample_plans import CODED, SHARES, _expect, _needed, plan_for_corpus, plan_sample


def drawn_widths(sentences, coded, share, precision, recall):
    """Mean width over 2,000 samples."""
    dice, wrong = np.random.default_rng(2026), share * recall * (1 - precision) / precision
    cells = np.array([share * recall, wrong, share * (1 - recall), 1 - share - wrong])
    corpus = np.round(cells * sentences).astype(int)
    samples = dice.multivariate_hypergeometric(corpus, coded, size=2000)
    parts = []
    for yes, no in ((0, 1), (2, 3)):
        n = samples[:, [yes, no]].sum(axis=1)
        found = np.divide(samples[:, yes], n, out=np.full(len(n), 0.5), where=n > 0)
        parts.append(wilson_of_draws(found, draws_of(n, np.full(len(n), corpus[[yes, no]].sum()))))
    fired = np.full(len(samples), corpus[:2].sum() / corpus.sum())
    return np.ptp(two_parts(fired, np.column_stack(parts))[:, 1:], axis=1).mean()


@pytest.mark.parametrize("quality", [(0.95, 0.95), (0.8, 0.8), (0.7, 0.4)])
@pytest.mark.parametrize("sentences", [1_000, 20_000])
def test_widths_are_as_expected(sentences, quality):
    """Within 10 in 100; within 20 where fewer than three of the sentences coded are expected to carry the frame."""
    table = plan_sample(sentences, precision=quality[0], recall=quality[1])
    assert len(table) == len(SHARES) * len(CODED)
    for row in table.itertuples():
        drawn = drawn_widths(sentences, row.coded, row.share, *quality)
        assert 2 * row.reach == pytest.approx(drawn, rel=0.2 if row.share * row.coded < 3 else 0.1)


def test_two_hundred_a_period_tell_fifteen_in_a_hundred_to_three_points():
    table = plan_sample(20_000, precision=0.8, recall=0.8).set_index(["share", "coded"])
    assert table.loc[(0.15, 200), "reach"] == pytest.approx(0.033, abs=0.001)
    assert table.loc[(0.02, 200), "reach"] == pytest.approx(0.016, abs=0.001)
    assert table["beside_coding_alone"].between(0.6, 0.9).all()
    assert table.loc[(0.15, 200), "reach_of_change"] == pytest.approx(np.sqrt(2) * 0.033, abs=0.002)


def test_more_sentences_or_a_better_codebook_settle_more():
    good, poor = (plan_sample(5_000, precision=rate, recall=rate) for rate in (0.9, 0.6))
    for table in (good, poor):
        assert (table.groupby("share")["reach"].diff().dropna() < 0).all()
    assert (good["reach"] < poor["reach"]).all()
    assert plan_sample(120, precision=0.8, recall=0.8)["coded"].max() == 100
    with pytest.raises(ValueError, match=r"precision of 0\.2 with a recall of 0\.9 is too low"):
        plan_sample(5_000, precision=0.2, recall=0.9)


def test_the_number_needed_is_the_first_that_is_enough():
    for counted, precision, recall in ((0.1, 0.8, 0.7), (0.02, 0.5, 0.9), (0.0, 0.5, 0.5), (0.5, 0.9, 0.6)):
        tried = np.arange(1, 401)
        table = _expect(tried, 400, np.full(400, counted), precision, recall)
        enough = (table["high"] - table["low"]) / 2 <= np.minimum(0.05, table["share"] / 2)
        assert _needed(400, counted, precision, recall) == tried[enough].min()


def test_a_corpus_is_planned_for_by_its_own_shares():
    names = [f"a{place // 10}" for place in range(3000)]
    sentences = pd.DataFrame({"article": names, "sentence": [place % 10 + 1 for place in range(3000)]})
    sentences["period"] = ["x"] * 300 + ["y"] * 1200 + ["z"] * 1500
    hits = sentences.iloc[::10][["article", "sentence"]].assign(frame="f")
    scores = pd.DataFrame({"frame": ["f", "g"], "precision": [0.8, np.nan], "recall": [0.5, np.nan]})
    table = plan_for_corpus(hits, sentences, scores).set_index(["frame", "coded"])
    assert table.loc["f", ["sentences", "counted"]].drop_duplicates().to_numpy().tolist() == [[1200, 0.1]]
    assert table.loc[("f", 50), "share"] == pytest.approx(0.16)
    assert table.loc["g", ["counted", "share"]].eq(0).all(axis=None) and table.loc[("g", 50), "needed"] == 1200
    few = plan_for_corpus(hits.head(2), sentences.head(13), scores)
    assert few["coded"].tolist() == [13, 13] and few["reach"].tolist() == [0, 0]


def test_what_is_expected_is_what_a_sample_of_just_that_kind_gives():
    """100 of 1,000 sentences coded: 10 of the 100 that fired, 8 right, 90 of the others, 9 carrying."""
    sentences = pd.DataFrame({"article": [f"a{place}" for place in range(1000)], "sentence": 1, "period": "p"})
    hits = sentences.head(100)[["article", "sentence"]].assign(frame="f")
    coded = sentences.iloc[[*range(10), *range(100, 190)]].assign(frame="f", chance=0.1)
    coded["value"] = [1] * 8 + [0] * 2 + [1] * 9 + [0] * 81
    row = estimate_shares(hits, coded, sentences, ["f"]).iloc[0]
    expected = _expect(np.array([100]), 1000, np.array([0.1]), 0.8, 0.08 / 0.17).iloc[0]
    assert row["share"] == pytest.approx(expected["share"])
    assert row[["low", "high"]].tolist() == pytest.approx(expected[["low", "high"]].tolist(), abs=0.002)


def test_errors_that_cannot_be_leave_a_plan_of_hand_coding_alone():
    """A recall of 3 in 100 where one sentence in ten is found would mean that more than all carry the frame."""
    coded = np.array([100, 400])
    table = _expect(coded, 5_000, np.array([0.1, 0.1]), 0.8, 0.03)
    alone = wilson_of_draws([0.1, 0.1], draws_of(coded, np.array([5_000, 5_000])))
    assert table["alone"].all() and table[["share", "low", "high"]].to_numpy() == pytest.approx(alone)
    assert not _expect(coded, 5_000, np.array([0.1, 0.1]), 0.8, 0.5)["alone"].any()
    assert 100 < _needed(5_000, 0.1, 0.8, 0.03) < 400
