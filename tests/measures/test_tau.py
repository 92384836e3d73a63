"""Kendall's tau-b of many rows is SciPy's, with ties and missing values."""

import math
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from helpers.measures import tau

NUMBERS = st.sampled_from([0, 0.1, 0.2, 0.25, 0.5])


@pytest.fixture(params=["pairs at once", "row by row"], scope="module", autouse=True)
def both_ways(request):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tau, "FEW", 60 if request.param == "pairs at once" else 0)
        yield


@given(st.lists(st.tuples(NUMBERS, st.integers(1, 4)), min_size=2, max_size=40))
def test_tau_is_scipys_with_ties_on_either_side(pairs):
    values, dates = map(np.array, zip(*pairs, strict=True))
    ours = tau.tau_b(np.array([values, values[::-1]], dtype=float), dates)
    theirs = [kendalltau(dates, row).statistic for row in (values, values[::-1])]
    assert ours == pytest.approx(theirs, nan_ok=True)


@given(st.lists(st.tuples(NUMBERS, st.booleans()), min_size=3, max_size=40))
def test_what_is_missing_is_left_out_of_tau(pairs):
    values, missing = map(np.array, zip(*pairs, strict=True))
    dates = np.arange(len(values))
    ours = tau.tau_b(np.where(missing, np.nan, values)[None, :], dates)[0]
    theirs = kendalltau(dates[~missing], values[~missing]).statistic if (~missing).sum() > 1 else math.nan
    assert ours == pytest.approx(theirs, nan_ok=True)


@given(st.lists(st.tuples(NUMBERS, st.integers(1, 4)), min_size=1, max_size=30))
def test_the_sum_of_signs_is_that_of_all_pairs(pairs):
    values, dates = map(np.array, zip(*pairs, strict=True))
    by_hand = sum(np.sign(b - a) * np.sign(then - now) for (a, now), (b, then) in combinations(pairs, 2))
    assert tau.sum_of_signs(values.astype(float), dates.astype(float)) == by_hand


def test_rows_without_a_date_go_and_equal_dates_have_one_rank():
    articles = pd.DataFrame({"article": list("abc"), "date": pd.to_datetime(["2002-01-01", None, "2002-01-01"])})
    own, dates = tau.keep_dated(pd.DataFrame({"article": list("aabc"), "n": range(4)}), articles)
    assert own["n"].tolist() == [0, 1, 3] and dates.tolist() == [0, 0]


def test_sums_by_article_keep_the_order_of_the_articles():
    sentences = pd.DataFrame({"article": ["b", "a", "b"]})
    assert (np.array([[1, 2, 4]]) @ tau.sentences_by_article(sentences)).tolist() == [[5, 2]]


@given(
    st.lists(st.tuples(NUMBERS, st.integers(1, 4)), min_size=3, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.one_of(NUMBERS, st.just(0.15), st.just(math.nan))), min_size=1),
)
def test_one_value_changed_gives_the_tau_of_the_whole_course(pairs, changes):
    values, dates = (np.array(each, dtype=float) for each in zip(*pairs, strict=True))
    places, new = (np.array(each) for each in zip(*changes, strict=True))
    places, new = places % len(values), new.astype(float)
    rows = np.tile(values, (len(places), 1))
    rows[np.arange(len(places)), places] = new
    changed = tau.tau_with_one_changed(values, dates, places, new)
    assert np.array_equal(changed, tau.tau_b(rows, dates), equal_nan=True)
