"""Tests, each with the smallest p it could have given, and intervals of proportions."""

import math
from collections import Counter
from collections.abc import Iterable

import numpy as np
import pandas as pd
import scipy

from helpers.files.tables import require

Z = 1.959963984540054  # the standard normal's 97.5% point
LARGE = 60  # articles: from so many on Kendall's S is as good as normal, and no order is drawn
ALL_ORDERS = 7  # articles: up to so many all orders are gone through (5,040); beyond, a random sample of them:
RESAMPLES = 9_999


def trends_over_dates(
    shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str], *, rng: int = 2026
) -> pd.DataFrame:
    """Whether a frame's share rises or falls with the date: permutation test of Kendall's tau-b, two-sided.

    If there is no trend, every order of the shares over the dates is as likely as any other (Good 2005, Permutation,
    Parametric and Bootstrap Tests of Hypotheses, ch. 3). Up to seven articles all orders are gone through. Beyond, p
    is that of orders drawn at random; from 60 articles on it is the normal limit of the same test, with Kendall's
    correction for ties, by SciPy. It is never less than all orders could give. Holm's correction is over the frames
    (Holm 1979, Scand. J. Statist. 6: 65-70).

    shares    one row per article and frame: article, frame, share
    articles  one row per article: article, date; those without a date or a share are left out
    frames    the frames tested, for which Holm's correction pays
    returns   one row per frame: frame, articles, tau (tau-b, from -1, falls, to 1, rises; NaN if the share or the date
              never varies), p, floor (the smallest p that these dates could give if no two shares were alike),
              floor_ties (the smallest p that these shares could give in any order), and the same three after
              correction: p_holm, floor_holm, floor_ties_holm
    """
    require(shares, "article frame share", "trends_over_dates: shares, from share_of_sentences")
    dates = articles.dropna(subset="date").set_index("article")["date"]
    dates = dates[dates.index.isin(shares["article"].unique())]
    rows = [_trend(shares[shares["frame"] == frame].set_index("article")["share"], dates, rng) for frame in frames]
    table = pd.DataFrame(rows).assign(frame=frames)
    corrected = {f"{name}_holm": holm(table[name]) for name in ("p", "floor", "floor_ties")}
    return table.assign(**corrected)[["frame", "articles", "tau", "p", "floor", "floor_ties", *corrected]]


def smallest_p_of_trend(values: Iterable, dates: Iterable) -> float:
    """The smallest two-sided p that these values could give, in any order over these dates: the share of all orders in
    which Kendall's S is as far from zero as it can be. It is computed, however many orders there are.

    S is largest where the values are sorted upwards over the dates, and smallest where they are sorted downwards: any
    two out of order would move S by at least two towards zero. Sorted values settle which values each date has. How
    many orders come to that: the product of the factorials of the sizes of tied dates and tied values, divided by the
    product of the factorials of the sizes of ties in both. |S| is then the number of pairs tied in neither, so the
    direction with more pairs tied in both reaches further; if both have as many, both count.

    >>> smallest_p_of_trend([0, 1, 2, 3, 4], [2008, 2012, 2017, 2021, 2022]) == 2 / 120
    True
    >>> smallest_p_of_trend([0] * 9 + [1], range(10))
    0.2
    """
    values, dates = sorted(values), sorted(dates)
    tied = math.prod(math.factorial(n) for each in (values, dates) for n in Counter(each).values())
    ways = []
    for order in (values, values[::-1]):
        both = Counter(zip(order, dates, strict=True)).values()
        ways.append((sum(math.comb(n, 2) for n in both), tied // math.prod(map(math.factorial, both))))
    furthest = sum(orders for pairs, orders in ways if pairs == max(ways)[0])
    return min(1.0, furthest / math.factorial(len(values)))  # where nothing varies, both ways are one


def signs_of(values: pd.Series, dates: pd.Series) -> tuple[int, int]:
    """Which way values go over their dates: from first to last, and by most pairs (Kendall's tau-b). Each is 1 for up,
    -1 for down, 0 for neither.

    values, dates  in order of date

    >>> signs_of(pd.Series([10, 2, 4, 6, 8, 9]), pd.Series(range(6)))
    (-1, 1)
    """
    if len(values) < 2:
        return 0, 0
    tau = scipy.stats.kendalltau(dates.rank(), values).statistic
    return int(np.sign(values.iloc[-1] - values.iloc[0])), int(np.sign(np.nan_to_num(tau)))


def holm(p: pd.Series) -> pd.Series:
    """P-values corrected for their number n (Holm 1979, p. 67): the smallest times n, the next times n - 1, and so on.
    None is smaller than the one before or above 1. A missing p counts as one of the n and stays missing.

    >>> holm(pd.Series([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.06, 0.06]
    """
    ordered = p.sort_values()
    steps = ordered * np.arange(len(ordered), 0, -1)
    return steps.cummax().clip(upper=1).reindex(p.index)


def wilson(part: pd.Series, whole: pd.Series) -> pd.DataFrame:
    """The 95% interval of a proportion (Wilson 1927, J. Am. Stat. Assoc. 22: 209-212), by SciPy.

    part, whole  counts, of the same index
    returns      one row per proportion: low, high (0 to 1); NaN where the whole is 0

    >>> wilson(pd.Series([16]), pd.Series([16])).round(3).to_numpy().tolist()
    [[0.806, 1.0]]
    """
    rows = [
        scipy.stats.binomtest(int(k), int(n)).proportion_ci(method="wilson") if n else (np.nan, np.nan)
        for k, n in zip(part, whole, strict=True)
    ]
    return pd.DataFrame(rows, columns=["low", "high"], index=part.index, dtype=float)


def sample_needed(share: float, half_width: float) -> int:
    """How many units Wilson's 95% interval needs to be no wider than twice `half_width`, if the share turns out to be
    `share`: Wilson's formula, solved for the number.

    >>> sample_needed(0.5, 0.1), sample_needed(1, 0.1)
    (93, 16)
    """
    varies = share * (1 - share)
    square = Z**4 * varies**2 + 4 * half_width**2 * Z**4 * (0.25 - varies)
    return math.ceil((Z**2 * varies + math.sqrt(square)) / (2 * half_width**2) - Z**2)


def square_and_add(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The 95% interval of a difference, the one less the other, from the intervals of the two. Its lower end combines,
    as the root of their squares, the distance of the one to its lower limit and of the other to its upper limit; its
    upper end the other two (Newcombe 1998, Stat. Med. 17: 873-890, method 10, for Wilson's interval; Zou & Donner 2008,
    Stat. Med. 27: 1693-1702, for any).

    one, other  rows of three: share, low, high
    returns     rows of three: difference, low, high
    """
    (p, p_low, p_high), (q, q_low, q_high) = one.T, other.T
    return np.column_stack([p - q, p - q - np.hypot(p - p_low, q_high - q), p - q + np.hypot(p_high - p, q - q_low)])


def _trend(share: pd.Series, dates: pd.Series, rng: int) -> dict:
    """One row of trends_over_dates, before the correction."""
    share = share.reindex(dates.index).dropna()
    dates = dates[share.index]
    ranks, values = dates.rank(method="dense").to_numpy(), share.to_numpy()
    row = {"articles": len(dates), "tau": np.nan, "p": np.nan, "floor": np.nan, "floor_ties": np.nan}
    if len(set(ranks)) > 1:
        row["floor"] = _smallest_p(np.arange(len(ranks)), ranks)
    if len(set(ranks)) > 1 and len(set(values)) > 1:
        row["tau"], row["floor_ties"] = scipy.stats.kendalltau(ranks, values).statistic, _smallest_p(values, ranks)
        row["p"] = max(_permutation_p(values, ranks, rng), row["floor_ties"])  # drawn orders can give less by chance
    return row


def _permutation_p(values: np.ndarray, ranks: np.ndarray, rng: int) -> float:
    """Two-sided p of Kendall's S over the orders of the values. Where orders are drawn, the order at hand counts as one
    of them (Phipson & Smyth 2010, Stat. Appl. Genet. Mol. Biol. 9(1): 39)."""
    if len(values) >= LARGE:
        return _normal_p(values, ranks)
    later = np.sign(ranks[:, None] - ranks)

    def clear(order):
        """How clear a trend this order has, in either direction: |S|."""
        return abs((np.sign(order[:, None] - order) * later).sum() / 2)

    result = scipy.stats.permutation_test(
        (values,),
        clear,
        permutation_type="pairings",
        n_resamples=RESAMPLES,
        alternative="greater",
        rng=rng,
        vectorized=False,
    )
    return result.pvalue


def _smallest_p(values: np.ndarray, ranks: np.ndarray) -> float:
    """The smallest p that the test could give for any order of these values, by all orders and as the test is run."""
    exact, dates = smallest_p_of_trend(values, ranks), np.sort(ranks)
    if len(values) >= LARGE:
        return max(exact, min(_normal_p(order, dates) for order in (np.sort(values), -np.sort(-values))))
    return exact if len(values) <= ALL_ORDERS else max(exact, 1 / (RESAMPLES + 1))


def _normal_p(values: np.ndarray, ranks: np.ndarray) -> float:
    """The p of the test's normal limit."""
    return scipy.stats.kendalltau(values, ranks, method="asymptotic").pvalue
