"""The trend test and its floors, against a count of all orders by hand."""

from fractions import Fraction
from itertools import combinations, permutations

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.measures.tests import holm, smallest_p_of_trend, trends_over_dates


def trends(*rows, dates=None):
    """trends_over_dates of one list of shares per frame."""
    names = [f"frame {i}" for i in range(len(rows))]
    articles = [f"x{i}" for i in range(len(rows[0]))]
    days = pd.to_datetime(dates or [f"{2000 + i}-01-01" for i in range(len(articles))])
    shares = [
        {"article": a, "frame": f, "share": s}
        for f, row in zip(names, rows, strict=True)
        for a, s in zip(articles, row, strict=True)
    ]
    return trends_over_dates(pd.DataFrame(shares), pd.DataFrame({"article": articles, "date": days}), names)


def by_hand(values, years):
    """p and the smallest possible p, by Kendall's S over every order: (concordant - discordant pairs)."""

    def s(order):
        pairs = combinations(zip(order, years, strict=True), 2)
        return sum(((b > a) - (b < a)) * (later > sooner) for (a, sooner), (b, later) in pairs)

    every = [s(order) for order in permutations(values)]
    p = Fraction(sum(abs(x) >= abs(s(values)) for x in every), len(every))
    floor = Fraction(sum(abs(x) == max(map(abs, every)) for x in every), len(every))
    return float(p), float(floor)


@given(
    st.lists(st.sampled_from([0, 0.1, 0.2, 0.3, 0.5]), min_size=3, max_size=5).filter(lambda v: len(set(v)) > 1),
    st.lists(st.integers(2001, 2004), min_size=5, max_size=5),
)
@settings(max_examples=40)
def test_p_and_floor_are_those_counted_by_hand_with_ties_in_shares_and_dates(values, years):
    years = sorted(years[: len(values)])
    row = trends(values, dates=[f"{year}-01-01" for year in years]).iloc[0]
    if len(set(years)) > 1:
        assert (row["p"], row["floor_ties"]) == pytest.approx(by_hand(values, years))


@given(
    st.lists(st.integers(0, 3), min_size=6, max_size=6),
    st.lists(st.integers(0, 3), min_size=6, max_size=6),
    st.integers(1, 6),
)
@example([0, 0, 0, 1, 2, 2], [0, 1, 1, 1, 2, 2], 6)
@settings(max_examples=40, deadline=None)
def test_the_smallest_p_is_that_of_all_orders_gone_through(values, years, size):
    values, years = values[:size], sorted(years[:size])
    assert smallest_p_of_trend(values, years) == pytest.approx(by_hand(values, years)[1])


def test_a_monotone_trend_over_five_dates_reaches_the_floor_and_no_more():
    table = trends([5, 4, 3, 2, 1], [1, 2, 3, 4, 5], [1, 2, 3, 4, 6])
    assert table["p"].tolist() == pytest.approx([2 / 120] * 3)
    assert table["floor"].tolist() == pytest.approx([2 / 120] * 3)
    assert table["tau"].tolist() == pytest.approx([-1, 1, 1])
    assert (
        table["p_holm"].tolist()
        == table["floor_ties_holm"].tolist()
        == table["floor_holm"].tolist()
        == pytest.approx([0.05] * 3)
    )


def test_turning_the_dates_round_turns_the_sign_and_nothing_else():
    forward, back = trends([0.1, 0.3, 0.2, 0.5, 0.4]).iloc[0], trends([0.4, 0.5, 0.2, 0.3, 0.1]).iloc[0]
    assert forward["tau"] == pytest.approx(-back["tau"])
    assert forward["p"] == pytest.approx(back["p"])


def test_a_share_in_one_article_only_can_never_be_clear():
    """One of five that differs: wherever it stands, p is at least 2/5."""
    assert trends([0, 0, 0, 0, 0.2]).iloc[0][["p", "floor_ties"]].tolist() == pytest.approx([0.4, 0.4])


def test_what_never_varies_has_no_test():
    assert trends([0.2] * 5).iloc[0][["tau", "p", "floor_ties"]].isna().all()
    assert trends([0.1, 0.2], dates=["2020-01-01"] * 2).iloc[0][["tau", "p", "floor"]].isna().all()
    assert trends([0.1]).iloc[0][["tau", "p", "floor"]].isna().all()


def test_articles_that_no_coder_read_have_no_test():
    articles = pd.DataFrame({"article": ["x", "y"], "date": pd.to_datetime(["2001", "2002"])})
    unread = pd.DataFrame({"article": [], "frame": [], "share": []})
    assert trends_over_dates(unread, articles, ["a"]).iloc[0][["tau", "p"]].isna().all()


def test_articles_without_a_date_are_left_out():
    table = trends([0.1, 0.2, 0.3, 9], dates=["2001-01-01", "2002-01-01", "2003-01-01", None])
    assert table.iloc[0][["articles", "tau"]].tolist() == [3, 1]


def test_beyond_seven_articles_orders_are_drawn_and_the_same_each_time():
    values = [0.1, 0.2, 0.15, 0.3, 0.25, 0.4, 0.35, 0.5, 0.6]
    first, again = trends(values).iloc[0], trends(values).iloc[0]
    assert first["p"] == again["p"] < 0.01
    assert first["floor"] == pytest.approx(1 / 10_000)


@pytest.mark.parametrize("number", [8, 10, 59])
def test_ties_raise_the_floor_by_as_much_as_all_orders_would(number):
    """One share that differs stands first or last in two orders of so many; two do in two of all their pairs of places;
    no drawn p is below that."""
    one, two = [0] * (number - 1) + [1], [0] * (number - 2) + [1, 1]
    table = trends(one, one[::-1], two)
    pairs = number * (number - 1) / 2
    assert table["floor_ties"].tolist() == pytest.approx([2 / number, 2 / number, 2 / pairs])
    assert (table["p"] >= table["floor_ties"]).all()


def test_no_p_is_below_what_all_orders_could_give_where_it_is_a_normal_limit():
    """One share that differs, over two dates of thirty articles: every order is as clear a trend as any other. Over
    sixty dates it stands last or first in two orders of sixty, and the limit is coarser than that."""
    one = [0] * 59 + [1]
    row = trends(one, dates=["2001-01-01"] * 30 + ["2002-01-01"] * 30).iloc[0]
    assert row["p"] == row["floor_ties"] == 1
    row = trends(one).iloc[0]
    assert row["p"] == row["floor_ties"] > smallest_p_of_trend(one, range(60)) == pytest.approx(2 / 60)


def test_holm_by_its_definition():
    """The example of R's p.adjust(c(.01, .02, .03, .04, .05), "holm"), in another order."""
    adjusted = holm(pd.Series([0.05, 0.01, 0.03, 0.02, 0.04]))
    assert adjusted.tolist() == pytest.approx([0.09, 0.05, 0.09, 0.08, 0.09])
    assert holm(pd.Series([0.9, 0.8])).tolist() == [1, 1]
    assert holm(pd.Series([0.01, None])).iloc[0] == pytest.approx(0.02)


def test_for_many_articles_the_limit_is_what_drawn_orders_give(monkeypatch):
    shares = [(i * 37 % 101) // 8 + i // 12 for i in range(70)]
    quick = trends(shares, [float(i) for i in range(70)])
    monkeypatch.setattr("helpers.measures.tests.LARGE", 1_000)
    drawn = trends(shares)
    assert quick["p"].iloc[0] == pytest.approx(drawn["p"].iloc[0], abs=0.01)
    assert quick["tau"].iloc[0] == pytest.approx(drawn["tau"].iloc[0])
    assert quick["p"].iloc[1] == quick["floor"].iloc[1] < 0.001
    assert (quick["floor_ties"] <= quick["p"]).all()


def test_an_article_without_a_share_is_left_out():
    whole, gap = trends([1, 2, 3, 4]), trends([1, None, 2, 3, 4], dates=[f"{year}-01-01" for year in range(2000, 2005)])
    assert gap["articles"].tolist() == [4]
    assert gap[["tau", "p", "floor"]].equals(whole[["tau", "p", "floor"]])
