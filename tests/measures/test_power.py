"""Power, smallest p and effective numbers: against published values, SciPy, enumeration and simulation."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from scipy.stats import binom, binomtest, fisher_exact

from helpers.articles.copies import effective_articles
from helpers.figures.trust import draw_power
from helpers.measures import power
from helpers.measures.power import articles_from_outlets, articles_needed, power_of_fisher, spread
from helpers.measures.tests import sample_needed

RATE = st.sampled_from([0, 0.1, 0.25, 0.5, 0.8, 1])


def pairs(*rates):
    return pd.DataFrame(rates, columns=["earlier", "later"])


def test_published_numbers_for_fisher():
    table = articles_needed(pairs((0.2, 0.5), (0.1, 0.5), (0.2, 0.8)))
    assert table["needed"].tolist() == [44, 23, 12]
    assert table["power"].round(4).tolist() == [0.8021, 0.8114, 0.8115]


@given(RATE, RATE, st.integers(1, 9), st.sampled_from([0.05, 0.05 / 3, 0.2]))
@settings(max_examples=25)
def test_power_is_the_chance_of_all_tables_that_scipy_rejects(earlier, later, n, alpha):
    """Of tables as likely as the one at hand either rule must count all."""
    tables = [
        (a, b) for a, b in product(range(n + 1), repeat=2)
        if fisher_exact([[a, n - a], [b, n - b]]).pvalue <= alpha * (1 + 1e-9)
    ]  # fmt: skip
    chance = sum(binom.pmf(a, n, earlier) * binom.pmf(b, n, later) for a, b in tables)
    assert power_of_fisher(earlier, later, n, alpha=alpha) == pytest.approx(chance)


@given(RATE, RATE, st.integers(1, 40))
def test_it_does_not_matter_which_period_is_first_nor_what_a_yes_is(earlier, later, n):
    power = power_of_fisher(earlier, later, n)
    assert power == pytest.approx(power_of_fisher(later, earlier, n))
    assert power == pytest.approx(power_of_fisher(1 - earlier, 1 - later, n))
    assert power <= 0.05 + 1e-9 or earlier != later, "an exact test keeps its level"


def test_the_smallest_number_is_found_though_power_does_not_rise_at_every_step():
    curve = power.power_curves(pairs((0.05, 0.9)), 60)["power"].tolist()
    assert sorted(curve) != curve
    needed = int(articles_needed(pairs((0.05, 0.9)))["needed"].iloc[0])
    assert max(curve[: needed - 1]) < 0.8 <= curve[needed - 1]


def test_rates_that_many_articles_cannot_tell_apart_have_no_number():
    assert articles_needed(pairs((0.5, 0.5), (0.5, 0.51))).iloc[:, 2:].isna().all(axis=None)
    assert articles_needed(pairs()).empty
    assert articles_needed(pairs((0.2, 0.5)), alpha=0.05 / 3)["needed"].iloc[0] == 58


def test_a_rate_in_percent_is_refused():
    for rates in ((20, 50), (0.5, 1.2)):
        with pytest.raises(ValueError, match=r"A rate of .* is not between.*write 0.2"):
            power_of_fisher(*rates, 10)


def test_curves_are_the_powers():
    table = power.power_curves(pairs((0.2, 0.5), (0.1, 0.5)), 12)
    assert len(table) == 2 * 12
    assert table[table["earlier"].eq(0.1)].set_index("articles")["power"][9] == power_of_fisher(0.1, 0.5, 9)
    assert power.power_curves(pairs(), 12).empty


def test_power_of_many_articles_is_computed_and_near_that_of_the_normal_approximation():
    """1,000 in each period, .5 against .56: the normal approximation gives .77, an exact test a little less."""
    assert power_of_fisher(0.5, 0.56, 1000) == pytest.approx(0.76, abs=0.02)


@pytest.mark.parametrize(("one", "other"), [(1, 1), (2, 2), (3, 2), (1, 4), (0, 3)])
def test_no_outcome_gives_a_smaller_p_than_the_smallest(one, other):
    tables = product(range(one + 1), range(other + 1))
    least = min(fisher_exact([[a, one - a], [b, other - b]]).pvalue for a, b in tables)
    assert power.smallest_p_of_fisher(one, other) == pytest.approx(least)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), st.sampled_from([0, 0.05, 0.3, 1]))
def test_the_effective_number_is_that_of_the_variance_of_a_mean(sizes, rho):
    """The variance of a mean is the sum of all correlations over n squared; of n independent articles it is 1/n."""
    group = np.repeat(np.arange(len(sizes)), sizes)
    correlation = np.where(group[:, None] == group, rho, 0.0)
    np.fill_diagonal(correlation, 1)
    assert effective_articles(sizes, rho) == pytest.approx(len(group) ** 2 / correlation.sum())


def test_the_effective_number_agrees_with_a_simulation():
    """Outlets whose rates are drawn from a beta distribution: the correlation of two articles is 1 / (a + b + 1)."""
    rng, sizes = np.random.default_rng(2026), [20, 10, 5, 5, 1]
    rates = rng.beta(0.3 * 9, 0.7 * 9, size=(40_000, len(sizes)))
    shares = rng.binomial(sizes, rates).sum(axis=1) / sum(sizes)
    assert effective_articles(sizes, 0.1) == pytest.approx(0.3 * 0.7 / shares.var(), rel=0.03)


@given(st.integers(1, 60), st.integers(1, 20), st.sampled_from([0, 0.01, 0.1, 0.5, 1]))
def test_articles_from_outlets_are_the_fewest_that_count_as_many(needed, outlets, rho):
    found = articles_from_outlets(needed, outlets, rho)
    counts = [effective_articles(spread(n, outlets), rho) for n in range(1, 400)]
    able = [n for n, count in enumerate(counts, 1) if count >= needed - 1e-9]
    assert able[:1] == ([found] if found is not None and found < 400 else [])


def test_articles_are_spread_evenly():
    assert spread(7, 3) == [3, 2, 2]
    assert spread(2, 5) == [1, 1]
    assert spread(0, 5) == []
    assert power.effective_curves([1, 4], 0.1, 9).groupby("outlets").size().to_dict() == {1: 9, 4: 6}


def test_articles_of_unknown_outlet_count_as_of_one():
    table = pd.DataFrame({"outlet": ["X", "", "X", "", "Y"]})
    assert power.effective_by_outlet(table, 0.2) == effective_articles([2, 2, 1], 0.2)
    assert power.effective_by_outlet(table.head(0), 0.2) == 0


def test_a_correlation_is_between_none_and_one():
    with pytest.raises(ValueError, match="rho is 5"):
        effective_articles([3], 5)


def test_widths_of_intervals():
    table = power.interval_widths([0.5, 0.25], [2, 4, 5])
    assert table[["share", "articles"]].to_numpy().tolist() == [[0.5, 2], [0.5, 4], [0.25, 4]], "whole counts only"
    assert (table["low"] < table["share"]).all()
    assert (table["width"] == table["high"] - table["low"]).all()


@pytest.mark.parametrize(
    ("share", "half", "step"), [(1, 0.1, 1), (1, 0.05, 1), (0.5, 0.1, 2), (0.9, 0.1, 10), (0.8, 0.03, 5)]
)
def test_so_many_sentences_are_needed_and_no_fewer(share, half, step):
    """Checked with SciPy's interval at the numbers just above and below for which the share is a whole count."""
    needed = sample_needed(share, half)
    above, below = -(-needed // step) * step, (needed - 1) // step * step
    for n, enough in ((above, True), (below, False)):
        interval = binomtest(round(share * n), n).proportion_ci(method="wilson")
        assert ((interval.high - interval.low) / 2 <= half + 1e-12) == enough


def test_the_interval_of_a_difference_is_newcombes():
    """Newcombe 1998, Statistics in Medicine 17: 873-890, method 10, cases (a) and (b)."""
    one = power.difference(*(pd.Series(counts) for counts in ([56, 9], [70, 10], [48, 3], [80, 10])))
    assert one["low"].tolist() == pytest.approx([0.0524, 0.1705], abs=5e-5)
    assert one["high"].tolist() == pytest.approx([0.3339, 0.8090], abs=5e-5)


def test_the_figure_names_every_curve_and_marks_what_is_here():
    chosen = articles_needed(pairs((0.2, 0.5), (0.4, 0.41)))
    curves = power.power_curves(chosen, 60)
    fig, without = (draw_power(curves, here=here, title="power") for here in (7, 0))
    assert [text.get_text() for text in fig.axes[0].texts] == ["here: 7", "20% → 50%: 44", "40% → 41%: more than 200"]
    assert len(without.axes[0].texts) == 2
    plt.close(fig)
    plt.close(without)
