"""Shares corrected for the codebook's errors: by hand, against the coders, and by simulation."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from helpers.codebook.hits import find_hits, pool_articles, share_of_sentences
from helpers.codebook.terms import frames_of, load_codebook
from helpers.coders.correction import FEWEST, _lang_reiczigel, change_between, correct_shares, error_rates
from helpers.coders.labels import load_labels, majority
from helpers.measures.tests import Z, wilson


def shares_of(carrying, sentences):
    table = pd.DataFrame({"carrying": carrying, "sentences": sentences}).assign(article="x", frame="a")
    return table.assign(share=table["carrying"] / table["sentences"])


def rates_of(marked, found, unmarked, silent):
    table = pd.DataFrame({"frame": ["a"], "marked": marked, "found": found, "unmarked": unmarked, "silent": silent})
    return table.assign(sensitivity=table["found"] / table["marked"], specificity=table["silent"] / table["unmarked"])


def corrected(carrying, sentences, *rates):
    return correct_shares(shares_of([carrying], sentences), rates_of(*rates)).iloc[0]


def test_error_rates_of_a_worked_example():
    """Judged: four sentences, marked 1 and 2; the codebook fires in 1 and 3, twice in 1, and in one not judged."""
    votes = pd.DataFrame({"article": "x", "sentence": [1, 2, 3, 4], "frame": "a", "value": [1, 1, 0, 0]})
    hits = pd.DataFrame({"article": "x", "sentence": [1, 1, 3, 9], "frame": pd.Categorical(["a"] * 4)})
    rates = error_rates(hits, votes, ["a", "b"])
    assert rates.loc[0, ["marked", "found", "unmarked", "silent"]].tolist() == [2, 1, 2, 1]
    assert rates.loc[0, ["sensitivity", "specificity"]].tolist() == [0.5, 0.5]
    assert rates.loc[1, ["marked", "unmarked"]].tolist() == [0, 0]
    assert rates.loc[1, ["sensitivity", "specificity"]].isna().all()


def test_the_estimate_is_rogan_and_gladens():
    """Sensitivity .9, specificity .95, raw share .3: (.3 + .95 - 1) / (.9 + .95 - 1) = .2941; never below 0."""
    assert corrected(30, 100, 10, 9, 40, 38)["corrected"] == pytest.approx(0.25 / 0.85)
    assert corrected(0, 100, 10, 9, 40, 38)[["corrected", "low"]].tolist() == [0, 0]
    assert corrected(99, 100, 10, 9, 40, 38)[["corrected", "high"]].tolist() == [1, 1]


def test_with_no_errors_to_speak_of_the_interval_is_agresti_and_coulls():
    """It has the middle of Wilson's and holds it (Agresti & Coull 1998, Am. Stat. 52: 119-126)."""
    row, raw = corrected(4, 13, 10**7, 10**7, 10**7, 10**7), wilson(pd.Series([4]), pd.Series([13])).iloc[0]
    assert (row["low"] + row["high"]) / 2 == pytest.approx((raw["low"] + raw["high"]) / 2, abs=1e-5)
    assert row["low"] < raw["low"] < raw["high"] < row["high"]
    middle = (4 + Z**2 / 2) / (13 + Z**2)
    assert row["high"] - middle == pytest.approx(Z * np.sqrt(middle * (1 - middle) / (13 + Z**2)), abs=1e-5)


def test_with_much_read_the_interval_is_that_of_the_large_sample_variance():
    """Rogan & Gladen's variance: [q(1-q)/n + p^2 Se(1-Se)/m + (1-p)^2 Sp(1-Sp)/k] / (Se + Sp - 1)^2."""
    n, m, k = 400_000, 100_000, 200_000
    row = corrected(int(0.3 * n), n, m, int(0.9 * m), k, int(0.95 * k))
    p = 0.25 / 0.85
    variance = (0.3 * 0.7 / n + p**2 * 0.09 / m + (1 - p) ** 2 * 0.95 * 0.05 / k) / 0.85**2
    assert row["low"] == pytest.approx(p - Z * np.sqrt(variance), abs=5e-5)
    assert row["high"] == pytest.approx(p + Z * np.sqrt(variance), abs=5e-5)


def test_the_fewer_sentences_the_errors_rest_on_the_wider_the_interval():
    widths = [corrected(4, 13, 10 * n, 9 * n, 40 * n, 38 * n).pipe(lambda r: r["high"] - r["low"]) for n in (1, 2, 9)]
    assert widths[0] > widths[1] > widths[2]
    row = corrected(4, 13, 10, 9, 40, 38)
    assert widths[0] > row["raw_high"] - row["raw_low"]


@pytest.mark.parametrize(
    ("rates", "why"),
    [
        ((0, 0, 0, 0), "coders decided no sentence"),
        ((0, 0, 50, 50), "no sentence is marked, so its recall is unknown"),
        ((3, 3, 50, 50), "fewer than 5 sentences are marked: too few to know its recall"),
        ((50, 50, 0, 0), "no sentence is unmarked, so its specificity is unknown"),
        ((50, 50, 4, 4), "fewer than 5 sentences are unmarked: too few to know its specificity"),
        ((10, 2, 10, 8), "the codebook does no better than chance"),
        ((10, 2, 10, 9), ""),
        ((5, 5, 20, 2), "too few sentences to know that the codebook does better than chance"),
        ((9, 7, 40, 10), "too few sentences to know that the codebook does better than chance"),
    ],
)
def test_where_no_correction_can_be_made_it_says_why(rates, why):
    row = corrected(4, 13, *rates)
    assert row["why_not"] == why
    assert row[["corrected", "low", "high"]].isna().all() == bool(why)
    assert row["raw_low"] < 4 / 13 < row["raw_high"]


def test_an_interval_holds_its_estimate():
    read = [(m, f, u, s) for m, u in product((5, 13), (5, 20)) for f in range(m + 1) for s in range(u + 1)]
    rates = pd.concat([rates_of(*counts).assign(frame=str(counts)) for counts in read])
    shares = shares_of(range(6), [5] * 6).drop(columns="frame").merge(rates[["frame"]], how="cross")
    table = correct_shares(shares, rates).query("why_not == ''")
    assert len(table) > len(read)
    assert (table["low"].le(table["corrected"]) & table["corrected"].le(table["high"])).all()


def test_frames_that_cannot_be_corrected_leave_the_others_as_they_are():
    shares = pd.concat([shares_of([4, 1], 13), shares_of([2], 13).assign(frame="b")], ignore_index=True)
    table = correct_shares(shares, rates_of(20, 19, 30, 29))
    assert table["why_not"].tolist() == ["", "", "coders decided no sentence"]
    assert table["corrected"].notna().tolist() == [True, True, False]


def test_the_interval_of_a_change_is_newcombes():
    """His example (1998, Stat. Med. 17: 873-890, table II): 56/70 less 48/80 is .2000, by method 10 .0524 to .3339."""
    shares = pd.concat([shares_of([48], 80), shares_of([56], 70).assign(article="y")], ignore_index=True)
    row = change_between(correct_shares(shares, rates_of(10, 9, 40, 38)), ["x", "y"]).iloc[0]
    assert row[["raw", "raw_low", "raw_high"]].astype(float).round(4).tolist() == [0.2, 0.0524, 0.3339]
    assert row["low"] < row["raw_low"] < row["raw_high"] < row["high"]
    assert row["change"] == pytest.approx(0.2 / 0.85)


def test_a_change_is_that_of_one_frame_in_whatever_order_frames_stand():
    parts = [("x", "a", 1), ("x", "b", 8), ("y", "b", 9), ("y", "a", 3)]
    shares = pd.concat([shares_of([n], 10).assign(article=x, frame=f) for x, f, n in parts], ignore_index=True)
    table = change_between(correct_shares(shares, rates_of(10, 9, 40, 38)), ["x", "y"])
    assert table["frame"].tolist() == ["a", "b"]
    assert table["raw"].tolist() == pytest.approx([0.2, 0.1])


def test_a_change_that_cannot_be_corrected_is_still_counted():
    shares = pd.concat([shares_of([4], 13), shares_of([1], 8).assign(article="y")], ignore_index=True)
    corrected = correct_shares(shares, rates_of(3, 3, 50, 50))
    row = change_between(corrected, ["x", "y"]).iloc[0]
    assert row["raw_low"] < row["raw"] < row["raw_high"] and row[["change", "low", "high"]].isna().all()
    assert row["why_not"].startswith("fewer than 5")
    assert change_between(corrected, ["x"]).empty and change_between(corrected, []).empty


def change_coverage(sentences, true, rates, times=4000):
    """The part of simulated intervals that hold the change; both shares rest on the same measured error rates."""
    draw, (marked, se, unmarked, sp) = np.random.default_rng(2026), rates
    found, silent = draw.binomial(marked, se, times), draw.binomial(unmarked, sp, times)
    own = pd.DataFrame({"marked": marked, "found": found, "unmarked": unmarked, "silent": silent})
    own = own.assign(sensitivity=found / marked, specificity=silent / unmarked, frame=range(times))
    ends = [
        pd.DataFrame(
            {"carrying": draw.binomial(n, p * se + (1 - p) * (1 - sp), times), "sentences": n, "article": name}
        )
        for name, n, p in zip("xy", sentences, true, strict=True)
    ]
    shares = pd.concat([end.assign(share=end["carrying"] / end["sentences"], frame=own["frame"]) for end in ends])
    tables = [_lang_reiczigel(end["carrying"], end["sentences"], own) for end in ends]
    shares = shares.reset_index(drop=True).join(pd.concat(tables, ignore_index=True))
    table = change_between(shares.assign(raw_low=0.0, raw_high=1.0, why_not=""), ["x", "y"])
    change = true[1] - true[0]
    return ((table["low"] <= change) & (change <= table["high"])).mean()


@pytest.mark.parametrize("true", [(0.3, 0.3), (0.3, 0.1), (0.05, 0.25), (0.1, 0.6)])
@pytest.mark.parametrize("sentences", [(13, 8), (100, 60)])
def test_the_interval_of_a_corrected_change_holds_it_as_often_as_it_says(sentences, true):
    assert change_coverage(sentences, true, (13, 0.9, 45, 0.97)) > 0.94


def test_on_the_very_sentences_judged_the_correction_gives_the_coders_count(sentences):
    codebook = load_codebook()
    frames, hits = frames_of(codebook), find_hits(sentences, codebook)
    votes = majority(load_labels(frames), sentences)
    rates = error_rates(hits, votes, frames).set_index("frame")
    pooled = correct_shares(pool_articles(share_of_sentences(hits, sentences)), rates.reset_index())
    for row in pooled[pooled["why_not"].eq("")].itertuples():
        assert row.corrected == pytest.approx(rates.loc[row.frame, "marked"] / 58)
        assert row.low <= row.corrected <= row.high
    few = set(pooled.loc[pooled["why_not"].ne(""), "frame"])
    assert few == set(rates.index[rates["marked"] < 5])


def coverage(marked, sentences):
    """The smallest part of simulated intervals that hold the truth, over several shares and error rates."""
    draw, parts, unmarked, times = np.random.default_rng(2026), [], 58 - marked, 4000
    for true in (0.05, 0.2, 0.4, 0.7):
        for se, sp in ((0.9, 0.97), (0.8, 0.9), (0.99, 0.99)):
            carrying = pd.Series(draw.binomial(sentences, true * se + (1 - true) * (1 - sp), times))
            found, silent = draw.binomial(marked, se, times), draw.binomial(unmarked, sp, times)
            rates = pd.DataFrame({"marked": marked, "found": found, "unmarked": unmarked, "silent": silent})
            rates = rates.assign(sensitivity=found / marked, specificity=silent / unmarked)
            table = _lang_reiczigel(carrying, pd.Series(sentences, index=carrying.index), rates)
            parts.append(((table["low"] <= true) & (true <= table["high"])).mean())
    return min(parts)


@pytest.mark.parametrize("sentences", [8, 13, 100])
def test_the_interval_holds_the_truth_as_often_as_it_says_unless_few_sentences_were_marked(sentences):
    """Why FEWEST is what it is: of 58 sentences 13 marked: near 95 in 100 at worst; 5: near 90; 2: far below."""
    assert coverage(13, sentences) > 0.93
    assert coverage(FEWEST, sentences) > 0.89
    assert coverage(2, sentences) < 0.85
