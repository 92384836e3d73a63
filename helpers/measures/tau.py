"""Kendall's tau-b of many courses at once, and the shares by article that courses are made of."""

import math

import numpy as np
import pandas as pd
import scipy
from scipy.sparse import csr_matrix

FEW = 60  # articles: up to so many, all pairs of many rows are compared at once
CELLS = 2_000_000  # pairs of articles compared at once, of many articles


def tau_b(values: np.ndarray, dates: np.ndarray) -> np.ndarray:
    """Kendall's tau-b (Kendall 1945, Biometrika 33: 239-251) of each row of values with the dates.

    SciPy takes one row a call. With few articles there are thousands of rows (all sets of terms that could be left
    out), and such calls take a hundred times as long as comparing all pairs of all rows. With many articles SciPy is
    the faster.

    values   rows of as many numbers as there are dates; what is NaN is left out of its row
    returns  one tau per row, NaN where the row's values or dates do not vary
    """
    if values.shape[1] > FEW:
        return np.array([_tau_of_row(row, dates) for row in values])
    later = np.sign(dates[:, None] - dates)
    higher = np.sign(values[:, :, None] - values[:, None, :])
    missing = np.isnan(higher)
    higher = np.where(missing, 0, higher)
    agreeing = (higher * later).sum(axis=(1, 2))
    untied = np.count_nonzero(higher, axis=(1, 2)) * np.count_nonzero(later * ~missing, axis=(1, 2))
    return np.divide(agreeing, np.sqrt(untied), out=np.full(len(values), np.nan), where=untied > 0)


def tau_with_one_changed(values: np.ndarray, dates: np.ndarray, places: np.ndarray, new: np.ndarray) -> np.ndarray:
    """Kendall's tau-b of one course with one of its values changed, as tau_b gives it of each such course. Of many
    articles only the pairs that the changed one is in are compared again, and Kendall's S and the ties corrected.

    values  a course, without gaps
    places  which value is changed
    new     what it is changed to; NaN: it is left out
    returns one tau per place
    """
    if len(values) <= FEW:
        rows = np.tile(values, (len(places), 1))
        rows[np.arange(len(places)), places] = new
        return tau_b(rows, dates)
    out, before = np.isnan(new), values[places]
    distinct, many = np.unique(values, return_counts=True)
    at = np.searchsorted(distinct, before)
    found = np.minimum(np.searchsorted(distinct, np.where(out, distinct[0], new)), len(distinct) - 1)
    alike = np.where(~out & (distinct[found] == new), many[found] - (before == new), 0)
    same_day = np.unique(dates, return_inverse=True, return_counts=True)
    pairs = np.where(out, math.comb(len(values) - 1, 2), math.comb(len(values), 2))
    tied = _tied(values) - (many[at] - 1) + alike
    tied_dates = _tied(dates) - np.where(out, same_day[2][same_day[1][places]] - 1, 0)
    signs = sum_of_signs(values, dates) - _signs_with_others(values, dates, places, before)
    signs = signs + np.where(out, 0, _signs_with_others(values, dates, places, np.where(out, 0, new)))
    varies = (tied < pairs) & (tied_dates < pairs)
    one, other = (np.sqrt(np.where(varies, pairs - ties, 1)) for ties in (tied, tied_dates))
    return np.where(varies, np.clip(signs / one / other, -1, 1), np.nan)


def _signs_with_others(values: np.ndarray, dates: np.ndarray, places: np.ndarray, own: np.ndarray) -> np.ndarray:
    """The part of Kendall's S that is one article's, were its value `own`: for each place."""
    sums, step = np.zeros(len(places), dtype=np.int64), max(CELLS // len(values), 1)
    for first in range(0, len(places), step):
        some = slice(first, first + step)
        later = np.sign(dates[places[some], None] - dates)
        sums[some] = np.einsum("ij,ij->i", later, np.sign(own[some, None] - values)).round()
    return sums


def _tied(values: np.ndarray) -> int:
    """How many pairs are tied."""
    return sum(math.comb(int(n), 2) for n in np.unique(values, return_counts=True)[1])


def sum_of_signs(values: np.ndarray, dates: np.ndarray) -> int:
    """Kendall's S: the pairs of articles that rise less those that fall; 0 where nothing varies."""
    untied = [math.comb(len(each), 2) - _tied(each) for each in (values, dates)]
    return round(float(np.nan_to_num(tau_b(values[None, :], dates)[0])) * math.sqrt(math.prod(untied)))


def keep_dated(table: pd.DataFrame, articles: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """The rows of articles that have a date, and these articles' dates as ranks, in the order of the rows."""
    dates = articles.dropna(subset="date").set_index("article")["date"]
    own = table[table["article"].isin(dates.index)].reset_index(drop=True)
    return own, rank_dates(dates.reindex(own["article"].unique()))


def rank_dates(dates: pd.Series) -> np.ndarray:
    """Dates as numbers in their order; the same date, the same number."""
    return np.unique(dates.to_numpy(), return_inverse=True)[1].astype(float)


def sentences_by_article(sentences: pd.DataFrame) -> csr_matrix:
    """Which article each sentence is of: one row per sentence, one column per article in order, 1 or 0. Rows of what
    each sentence has, times this, are sums by article."""
    codes, names = pd.factorize(sentences["article"])
    return csr_matrix((np.ones(len(codes)), (np.arange(len(codes)), codes)), shape=(len(codes), len(names)))


def _tau_of_row(values: np.ndarray, dates: np.ndarray) -> float:
    there = ~np.isnan(values)
    if there.sum() < 2:
        return np.nan
    return scipy.stats.kendalltau(values[there], dates[there]).statistic
