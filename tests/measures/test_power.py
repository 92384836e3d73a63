"""Power, floors and effective numbers: against published values, SciPy, enumeration and simulation."""

import math
from functools import cache
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from scipy.stats import binom, fisher_exact, wilcoxon

from helpers.articles.copies import effective_articles
from helpers.codebook.hits import find_hits
from helpers.codebook.terms import load_codebook
from helpers.figures.trust import draw_power
from helpers.findings.answers import (
    or_more,
    tell_aims,
    tell_differences,
    tell_floors,
    tell_least,
    tell_needed,
    tell_plan,
)
from helpers.measures import power
from helpers.measures.power import (
    articles_from_outlets,
    articles_needed,
    first_able,
    floor_per_test,
    plan_study,
    power_of_fisher,
    power_of_trend,
    rates_by_half,
    spread,
    trend_needed,
)
from helpers.measures.tests import trends_over_dates, wilson

RATE = st.sampled_from([0, 0.1, 0.25, 0.5, 0.8, 1])
HALVES = ["later_yes", "later_of", "earlier_yes", "earlier_of"]
NONE = pd.array([None], dtype="Int64")
CHOSEN = pd.DataFrame({"earlier": [0.2], "later": [0.5], "needed": [44], "trend_needed": [33]})
PLAN = {"earlier": 0.2, "later": 0.5, "articles": 60, "outlets": 10, "copies": 6, "rho": 0.05}


def pairs(*rates):
    return pd.DataFrame(rates, columns=["earlier", "later"])


def trend_p(counts, articles):
    """p of the collection's own trend test, for so many yes among so many articles at each date."""
    rows = [(d, int(i < yes)) for d, yes in enumerate(counts) for i in range(articles)]
    names = [f"x{i}" for i in range(len(rows))]
    dates = pd.DataFrame({"article": names, "date": [pd.Timestamp(2000 + d, 1, 1) for d, _ in rows]})
    shares = pd.DataFrame({"article": names, "frame": "f", "share": [yes for _, yes in rows]})
    p = trends_over_dates(shares, dates, ["f"])["p"].iloc[0]
    return 1.0 if np.isnan(p) else p


@cache
def p_of_every_outcome():
    return {counts: trend_p(counts, 2) for counts in product(range(3), repeat=3)}


# Power


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


@given(RATE, RATE)
@settings(max_examples=15)
def test_a_trend_over_two_dates_is_fishers_test(earlier, later):
    assert power_of_trend([earlier, later], 25) == pytest.approx(
        [power_of_fisher(earlier, later, n) for n in range(1, 26)]
    )


@pytest.mark.parametrize("rates", [(0.1, 0.5, 0.9), (0.3, 0.3, 0.3), (0, 1, 0.5)])
def test_power_of_a_trend_is_that_of_the_collections_permutation_test(rates):
    """Every outcome of two articles at each of three dates; its p by trends_over_dates, which tries all orders."""
    p = p_of_every_outcome()
    for alpha in (0.05, 0.15):
        chance = sum(
            np.prod([binom.pmf(yes, 2, rate) for yes, rate in zip(counts, rates, strict=True)])
            for counts in p
            if p[counts] <= alpha * (1 + 1e-9)
        )
        assert power_of_trend(list(rates), 2, alpha=alpha)[-1] == pytest.approx(chance)


def test_power_of_a_trend_agrees_with_a_simulation():
    """4,000 studies of 12 articles at each of 4 dates; p by 999 random orders each (standard error below .008)."""
    rng = np.random.default_rng(2026)
    rates, n = [0.1, 0.25, 0.4, 0.55], 12
    dates = np.repeat(np.arange(4) - 1.5, n)
    studies = rng.random((4000, 4 * n)) < np.repeat(rates, n)
    orders = np.array([rng.permutation(dates) for _ in range(999)])
    seen, null = abs(studies @ dates), abs(studies @ orders.T)
    p = ((null >= seen[:, None] - 1e-9).sum(axis=1) + 1) / 1000
    assert power_of_trend(rates, n)[-1] == pytest.approx((p <= 0.05).mean(), abs=0.03)


def test_the_first_number_and_the_one_from_which_it_stays_may_differ():
    table = articles_needed(pairs((0.05, 0.9)), most=60)
    needed, stays = int(table["needed"].iloc[0]), int(table["stays"].iloc[0])
    curve = [power_of_fisher(0.05, 0.9, n) for n in range(1, 61)]
    assert needed < stays
    assert max(curve[: needed - 1]) < 0.8 <= curve[needed - 1] == table["power"].iloc[0]
    assert curve[stays - 2] < 0.8 <= min(curve[stays - 1 :])


def test_rates_that_many_articles_cannot_tell_apart_have_no_number():
    for table in (articles_needed(pairs((0.5, 0.5), (0.5, 0.51)), most=40), trend_needed(pairs((0.5, 0.5)))):
        assert table.iloc[:, 2:].isna().all(axis=None)
    assert articles_needed(pairs(), most=40).empty
    assert articles_needed(pairs((0.2, 0.5)), alpha=0.05 / 3)["needed"].iloc[0] > 44


def test_a_rate_in_percent_is_refused():
    with pytest.raises(ValueError, match=r"A rate is 20.*write 0.2"):
        power_of_fisher(20, 50, 10)
    with pytest.raises(ValueError, match="A rate is"):
        power_of_trend([0.1, 1.2], 3)


def test_curves_are_the_powers():
    table = power.power_curves(pairs((0.2, 0.5), (0.1, 0.5)), most=12, dates=3)
    assert len(table) == 2 * 2 * 12
    fisher = table[table["test"].eq("Fisher") & table["earlier"].eq(0.1)].set_index("articles")["power"]
    assert fisher[9] == power_of_fisher(0.1, 0.5, 9)


# What so few can show


def test_floors_of_five():
    table = floor_per_test(5, tests=3).set_index("test")
    assert table["floor"].to_dict() == pytest.approx({
        "two groups (ranks)": 0.2, "two groups (yes or no)": 0.1, "trend (shares)": 2 / 120, "trend (yes or no)": 0.2,
        "pairs": 0.0625,
    })  # fmt: skip
    assert table["floor_holm"]["trend (shares)"] == pytest.approx(0.05)
    divisions = power.divisions(5)
    assert divisions["ranks"].tolist() == pytest.approx([0.4, 0.2])
    assert divisions["yes_no"].tolist() == pytest.approx([0.2, 0.1])


@pytest.mark.parametrize("n", [2, 4, 5])
def test_no_outcome_gives_a_smaller_p_than_the_floor(n):
    least = floor_per_test(n).set_index("test")["floor"]
    one, other = n - n // 2, n // 2
    tables = product(range(one + 1), range(other + 1))
    assert least["two groups (yes or no)"] == pytest.approx(
        min(fisher_exact([[a, one - a], [b, other - b]]).pvalue for a, b in tables)
    )
    assert least["trend (yes or no)"] == pytest.approx(min(trend_p(c, 1) for c in product((0, 1), repeat=n)))
    assert least["pairs"] == pytest.approx(wilcoxon(np.arange(1, n + 1), method="exact").pvalue)


def test_the_fewest_articles_with_which_a_test_can_reach_the_level():
    """4 against 4: 2/70; 4 against 3: 2/35 is too much; 5 orders: 2/120; six pairs: 2/64."""
    table = first_able(tests=3).set_index("test")
    assert table["alone"].to_dict() == {
        "two groups (ranks)": 8, "two groups (yes or no)": 7, "trend (shares)": 5, "trend (yes or no)": 8, "pairs": 6,
    }  # fmt: skip
    assert table["holm"]["trend (shares)"] == 5, "2/120 times 3 is .05 exactly"
    assert table["holm"]["pairs"] == 7


def test_none_a_single_article_and_hundreds_have_floors():
    assert floor_per_test(1)["floor"].tolist() == floor_per_test(0)["floor"].tolist() == [1.0] * 5
    assert floor_per_test(400)["floor"].max() < 1e-6
    assert power.divisions(1).empty


# Clusters and copies


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


def test_copies_left_in_do_more_harm_than_copies_thrown_out():
    assert effective_articles([4], 1) == 1
    assert effective_articles([1] * 7, 1) == effective_articles([7], 0) == 7
    table = power.copy_curves(50)
    assert (table["kept"] <= table["dropped"] + 1e-9).all()
    assert table.iloc[[0, -1]][["kept", "dropped"]].to_numpy().tolist() == [[50, 50], [1, 1]]
    with pytest.raises(ValueError, match="rho is 5"):
        effective_articles([3], 5)


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
    assert power.effective_curves([1, 4], 0.1, most=9).groupby("outlets").size().to_dict() == {1: 9, 4: 6}


def test_unknown_outlets_may_be_one_or_many(articles):
    assert sum(power.outlet_sizes(articles, unknown="apart")) == len(articles)
    table = pd.DataFrame({"article": ["a", "b", "c", "d"], "outlet": ["X", "", "X", ""]})
    assert sorted(power.outlet_sizes(table, unknown="together")) == [2, 2]
    assert sorted(power.outlet_sizes(table, unknown="apart")) == [1, 1, 2]
    with pytest.raises(ValueError, match="'perhaps'"):
        power.outlet_sizes(table, unknown="perhaps")


def test_widths_of_intervals():
    table = power.interval_widths([0.5, 0.25], [2, 4, 5])
    assert table[["share", "articles"]].to_numpy().tolist() == [[0.5, 2], [0.5, 4], [0.25, 4]], "whole counts only"
    assert (table["low"] < table["share"]).all()
    assert (table["width"] == table["high"] - table["low"]).all()


# Rates and plans


def test_rates_by_half_are_counted_from_the_hits(articles, sentences):
    hits = find_hits(sentences, load_codebook())
    table = rates_by_half(hits, sentences, articles, ["finance", "arms_control"]).set_index(["frame", "unit"])
    early = articles["article"].iloc[:3]
    for frame in ("finance", "arms_control"):
        own = hits[hits["frame"].eq(frame)].drop_duplicates(["article", "sentence"])
        assert table.loc[(frame, "sentence"), "earlier_yes"] == own["article"].isin(early).sum()
        assert table.loc[(frame, "article"), "later_yes"] == own[~own["article"].isin(early)]["article"].nunique()
        first = sentences.drop_duplicates("article")[["article", "sentence"]]
        assert table.loc[(frame, "opening"), ["earlier_yes", "later_yes"]].sum() == len(own.merge(first))
    sizes = table.xs("sentence", level="unit")
    assert (sizes["earlier_of"] + sizes["later_of"]).eq(len(sentences)).all()


def test_rates_are_guessed_three_ways_and_all_are_kept():
    """0 of 3 and 1 of 2: (0 + a) / (3 + 2a) against one half, whatever is added."""
    rates = pd.DataFrame({"frame": ["a"], "earlier_yes": 0, "earlier_of": 3, "later_yes": 1, "later_of": 2})
    table = power.guess_rates(rates)
    assert table["added"].tolist() == [0.5, 1, 2]
    assert table["earlier"].tolist() == pytest.approx([1 / 8, 1 / 5, 2 / 7])
    assert table["later"].tolist() == [0.5] * 3
    assert table["differ"].all()
    assert articles_needed(table)["needed"].is_monotonic_increasing, "more added, less difference left"
    turned = power.guess_rates(rates.assign(earlier_yes=9, earlier_of=10, later_yes=5, later_of=5))
    assert turned["differ"].tolist() == [True, True, False], "11/14 against 7/9 is the smaller half's doing"


def test_where_none_or_all_of_both_halves_carry_it_there_is_no_difference(articles, sentences):
    hits = find_hits(sentences, load_codebook())
    table = power.guess_rates(rates_by_half(hits, sentences, articles, ["partnership", "public_health"]))
    alike = (table["earlier_yes"] / table["earlier_of"]).eq(table["later_yes"] / table["later_of"])
    assert alike.any()
    assert not table.loc[alike, "differ"].any()


def test_without_two_dated_articles_there_are_no_rates(articles, sentences):
    hits = find_hits(sentences, load_codebook())
    for few in (articles.head(1), articles.assign(date=pd.NaT)):
        rates = rates_by_half(hits, sentences, few, ["finance"])
        guesses = articles_needed(power.guess_rates(rates))
        assert guesses.empty
        halves = [rates[name] for name in HALVES]
        assert "no rates" in tell_differences(rates, power.difference(*halves))


def test_the_interval_of_a_difference_is_newcombes():
    """Newcombe 1998, Statistics in Medicine 17: 873-890, method 10, cases (a) and (b)."""
    one = power.difference(*(pd.Series(counts) for counts in ([56, 9], [70, 10], [48, 3], [80, 10])))
    assert one["low"].tolist() == pytest.approx([0.0524, 0.1705], abs=5e-5)
    assert one["high"].tolist() == pytest.approx([0.3339, 0.8090], abs=5e-5)


def test_intervals_that_part_may_hold_no_zero_all_the_same():
    """24 of 40 against 14 of 40: the Wilson intervals overlap, and yet the difference lies above zero."""
    rates = pd.DataFrame([[24, 40, 14, 40], [1, 2, 0, 3]], columns=HALVES).assign(frame=["a", "b"], unit="article")
    spans = wilson(pd.Series([14, 24]), pd.Series([40, 40]))
    assert spans["high"][0] > spans["low"][1]
    told = tell_differences(rates, power.difference(*(rates[name] for name in HALVES)))
    assert told.startswith("In 1 of 2 rows") and "It does not for a by the article" in told
    rates = rates.tail(1)
    assert "It does not" not in tell_differences(rates, power.difference(*(rates[name] for name in HALVES)))


def test_a_plan_is_made_of_its_parts():
    plan = plan_study(**PLAN)
    assert (plan["needed"], plan["distinct"]) == (44, 54)
    assert plan["effective"] == pytest.approx(effective_articles(spread(54, 10), 0.05))
    assert plan["power"] == power_of_fisher(0.2, 0.5, int(plan["effective"]))
    assert plan["from_outlets"] == articles_from_outlets(44, 10, 0.05) <= 54
    assert plan["power"] >= 0.8
    assert plan_study(**PLAN | {"outlets": 2})["from_outlets"] is None
    assert (
        plan_study(**PLAN | {"tests": 3})["needed"] == articles_needed(pairs((0.2, 0.5)), alpha=0.05 / 3)["needed"][0]
    )


@pytest.mark.parametrize("wrong", [{"copies": 60}, {"outlets": 0}, {"tests": 0}, {"dates": 1}, {"earlier": 20}])
def test_plans_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match=r"no such plan|A rate is"):
        plan_study(**PLAN | wrong)


# In words


def test_the_plan_turns_with_its_numbers():
    said = tell_plan(plan_study(**PLAN))
    assert "**44 articles** a period" in said
    assert "Without copies they are 54" in said
    assert "no number of articles is enough" in tell_plan(plan_study(**PLAN | {"outlets": 1}))
    assert "more than 200" in tell_plan(plan_study(**PLAN | {"later": 0.21}))
    assert "nothing to tell apart" in tell_plan(plan_study(**PLAN | {"later": 0.2}))
    assert "They are no copies" in tell_plan(plan_study(**PLAN | {"copies": 0}))
    assert "for good from 7 on" in tell_plan(plan_study(**PLAN | {"earlier": 0.05, "later": 0.9}))


def test_what_is_needed_is_told_for_a_chosen_difference():
    assert tell_needed(CHOSEN) == "Telling 20 of 100 articles from 50 takes 44 in each of two periods."
    assert "takes more than 200 in each" in tell_needed(CHOSEN.assign(needed=NONE))
    assert or_more(pd.Series([], dtype="Int64"), 9).empty


def test_a_number_that_is_not_reached_is_told():
    said = tell_aims(CHOSEN, CHOSEN.assign(needed=58), tests=3, dates=5)
    assert "in 80% of such studies" in said and "it becomes 58; " in said and "it is 33 at each" in said
    said = tell_aims(CHOSEN.assign(trend_needed=NONE), CHOSEN.assign(needed=NONE), tests=3, dates=5)
    assert "becomes more than 200; " in said and "it is more than 60 at each" in said
    said = tell_aims(CHOSEN, CHOSEN, tests=1, dates=5)
    assert said.endswith("depends on another. For a trend in even steps over 5 dates it is 33 at each.")
    plan = plan_study(**PLAN | {"later": 0.38, "dates": 20})
    assert plan["needed"] and plan["trend"] is None
    assert "over 20 dates it takes more than 15 at each" in tell_plan(plan)


def test_the_figure_names_every_curve_where_it_needs_more_than_the_axis_shows_too():
    chosen = pairs((0.2, 0.5), (0.4, 0.41))
    curves = power.power_curves(chosen, most=30, dates=5)
    needed = pd.array([44, None], dtype="Int64")
    fig = draw_power(curves.merge(chosen.assign(needed=needed)), dates=5, title="power")
    told = [{text.get_text() for text in ax.texts} for ax in fig.axes]
    assert told == [{"20% → 50%: 44", "40% → 41%: more than 200"}, {"20% → 50%: 44", "40% → 41%: more than 60"}]
    near = draw_power(curves.merge(chosen.assign(needed=pd.array([25, None], dtype="Int64"))), dates=5, title="power")
    assert [{text.get_text() for text in ax.texts} >= {"20% → 50%", "25"} for ax in near.axes] == [True, True]
    plt.close(near)
    plt.close(fig)


def test_what_articles_could_show_is_told_by_their_number():
    assert "5 dated here, 3 against 2, the smallest p of Fisher's exact test is 0.100, whatever" in tell_least(
        3, 2, 0.1
    )
    assert "whatever they hold" not in tell_least(25, 25, 1e-9)
    assert "nothing to compare" in tell_least(1, 0, 1.0)
    assert tell_floors(floor_per_test(1), first_able(), 1, pd.DataFrame()).startswith(
        "No two articles are of different"
    )
    trends = pd.DataFrame({"floor_ties_holm": [0.1, 0.4, 0.1]})
    assert "with 4 articles: none." in tell_floors(floor_per_test(4, tests=3), first_able(tests=3), 4, trends)
    assert "no trend to test" not in tell_floors(floor_per_test(4, tests=3), first_able(tests=3), 4, trends * math.nan)
    five = floor_per_test(5, tests=3), first_able(tests=3), 5
    said = tell_floors(*five, trends)
    assert said.endswith(
        "trend (shares). Trend only if no two shares are alike: those of notebook `03` reach 0.100 at best."
    )
    assert "corrected for 3 frames" in said and "- pairs: 0.063, corrected 0.188; " in said  # 2 / 2^5 and its threefold
    assert "alike" not in tell_floors(*five, trends / 10)
    alone = tell_floors(floor_per_test(5), first_able(), 5, trends.head(1))
    assert alone.startswith("Smallest p of 5 articles:\n\n- ") and "could reach 0.05, with 5 articles: " not in alone
    assert "- pairs: 0.063; could reach 0.05 from 6 articles on\n" in alone and "corrected" not in alone
    assert tell_floors(*five, trends * math.nan).endswith("those of notebook `03` leave no trend to test.")
