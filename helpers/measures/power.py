"""How many articles a study needs: the exact power of Fisher's test, and how many independent articles an outlet's are.

The unit is an article that carries a frame or does not. A period's rate is the share of its articles that carry the
frame. Power is the share of such studies, if they were repeated, whose p is at most alpha. It is computed, not
simulated.
"""

import itertools
import math
from functools import lru_cache

import numpy as np
import pandas as pd
import scipy

from helpers.articles.copies import effective_articles
from helpers.files.tables import require
from helpers.measures.tests import square_and_add, wilson

POWER = 0.8  # the usual aim (Cohen 1988, Statistical Power Analysis for the Behavioral Sciences)
MOST = 200  # articles a period: the search stops here
ROUNDING = 1 + 1e-9  # floating-point sums that should equal alpha may exceed it by this factor


def power_of_fisher(earlier: float, later: float, articles: int, *, alpha: float = 0.05) -> float:
    """Exact power of Fisher's exact test, two-sided, with `articles` in each of two periods.

    earlier, later  the periods' rates (0 to 1)
    returns         0 to 1: the chance of all outcomes whose p is at most alpha. The p of an outcome is the chance of
                    all outcomes that are no likelier, as in scipy.stats.fisher_exact
    raises          ValueError where a rate is not between 0 and 1

    >>> round(power_of_fisher(0.2, 0.5, 44), 4)
    0.8021
    """
    _check(earlier, later)
    yes = np.arange(articles + 1)
    one, other = (scipy.stats.binom.pmf(yes, articles, rate) for rate in (earlier, later))
    return float(one @ _rejected(articles, alpha) @ other)


def articles_needed(pairs: pd.DataFrame, *, alpha: float = 0.05) -> pd.DataFrame:
    """How many articles in each period Fisher's exact test needs to tell two rates apart with a power of POWER.

    pairs    one row per pair of rates: earlier, later, ...
    returns  the table, and needed (the smallest number that reaches POWER; missing where MOST articles do not), power
             (with that number)
    """
    require(pairs, "earlier later", "articles_needed: pairs")
    found = [_first_enough(row.earlier, row.later, alpha) for row in pairs.itertuples()]
    found = pd.DataFrame(found, columns=["needed", "power"], index=pairs.index)
    return pairs.join(found.astype({"needed": "Int64", "power": float}))


def power_curves(pairs: pd.DataFrame, most: int) -> pd.DataFrame:
    """Power of Fisher's exact test against the number of articles.

    pairs    one row per pair of rates: earlier, later, ...
    returns  one row per pair and number of articles, from 1 to `most`: the columns of pairs, articles (in each period),
             power
    """
    table = pairs.merge(pd.Series(range(1, most + 1), name="articles"), how="cross")
    power = [power_of_fisher(row.earlier, row.later, row.articles) for row in table.itertuples()]
    return table.assign(power=pd.Series(power, dtype=float))


def smallest_p_of_fisher(one: int, other: int) -> float:
    """The smallest two-sided p that Fisher's exact test can give for two groups of this size: every article of the one
    carries the frame, and none of the other.

    >>> round(smallest_p_of_fisher(3, 2), 3)
    0.1
    """
    return float(scipy.stats.fisher_exact([[one, 0], [0, other]]).pvalue)


def difference(one: pd.Series, one_of: pd.Series, other: pd.Series, other_of: pd.Series) -> pd.DataFrame:
    """The 95% interval of the difference between two proportions: square_and_add of their two Wilson intervals
    (Newcombe 1998, Stat. Med. 17: 873-890, method 10).

    one, one_of, other, other_of  counts with the same index: one of one_of, less other of other_of
    returns                       one row per pair: low, high (-1 to 1)

    >>> difference(*(pd.Series([n]) for n in (56, 70, 48, 80))).round(4).to_numpy().tolist()
    [[0.0524, 0.3339]]
    """
    sides = ((one, one_of), (other, other_of))
    both = [np.column_stack([part / whole, wilson(part, whole)]) for part, whole in sides]
    return pd.DataFrame(square_and_add(*both)[:, 1:], columns=["low", "high"], index=one.index)


def interval_widths(shares: list[float], articles: list[int]) -> pd.DataFrame:
    """How exactly a number of articles tells a share.

    returns  one row per share and number of articles that together make a whole count: share, articles, low, high (the
             95% Wilson interval), width
    """
    every = pd.DataFrame(itertools.product(shares, articles), columns=["share", "articles"])
    yes = every["share"] * every["articles"]
    whole = (yes - yes.round()).abs().lt(1e-9)
    table = every[whole].join(wilson(yes[whole].round().astype(int), every.loc[whole, "articles"]))
    return table.assign(width=table["high"] - table["low"]).reset_index(drop=True)


def effective_by_outlet(articles: pd.DataFrame, rho: float) -> float:
    """How many independent articles these are, if two articles of one outlet correlate by rho. Articles of unknown
    outlet count as one outlet: the cautious reading.

    articles  one row per article: outlet ("" for unknown)
    """
    require(articles, "outlet", "effective_by_outlet: articles, from load_articles")
    return effective_articles(articles["outlet"].value_counts().tolist(), rho)


def effective_curves(outlets: list[int], rho: float, most: int) -> pd.DataFrame:
    """How many independent articles there are, by the number of articles and of the outlets they come from evenly.

    returns  one row per number of outlets and of articles: outlets, articles, effective
    """
    rows = [(number, n) for number in outlets for n in range(number, most + 1)]
    table = pd.DataFrame(rows, columns=["outlets", "articles"])
    return table.assign(effective=[effective_articles(spread(n, number), rho) for number, n in rows])


def articles_from_outlets(needed: int, outlets: int, rho: float) -> int | None:
    """How many articles, spread evenly over the outlets, are as good as `needed` independent ones. None where no number
    is: however many there are, they never count as more than outlets / rho."""
    if needed <= outlets or rho == 0:
        return needed
    if needed * rho >= outlets:
        return None
    start = math.floor(needed * (1 - rho) / (1 - needed * rho / outlets))  # with outlets all equal; no fewer can do
    return next(n for n in itertools.count(start) if effective_articles(spread(n, outlets), rho) >= needed / ROUNDING)


def spread(articles: int, outlets: int) -> list[int]:
    """Articles of each outlet, spread as evenly as possible; outlets without any are left out.

    >>> spread(7, 3), spread(2, 3)
    ([3, 2, 2], [1, 1])
    """
    return [articles // outlets + (i < articles % outlets) for i in range(min(outlets, articles))]


def _first_enough(earlier: float, later: float, alpha: float) -> tuple:
    """The smallest number of articles that reaches POWER, and the power then. Power does not rise at every step: an
    exact test's p takes certain values only."""
    for articles in range(1, MOST + 1):
        if (power := power_of_fisher(earlier, later, articles, alpha=alpha)) >= POWER:
            return articles, power
    return pd.NA, np.nan


@lru_cache(maxsize=2048)
def _rejected(articles: int, alpha: float) -> np.ndarray:
    """Which outcomes Fisher's test rejects: True by how many articles carry the frame in the one period (rows) and in
    the other (columns).

    With equal groups the distribution of either count, given their sum, is symmetric: p is twice the tail.
    """
    gammaln, yes = scipy.special.gammaln, np.arange(articles + 1)
    ways = gammaln(articles + 1) - gammaln(yes + 1) - gammaln(articles - yes + 1)
    both = gammaln(2 * articles + 1) - gammaln(yes + 1) - gammaln(2 * articles - yes + 1)
    rest = yes[:, None] - yes
    chance = np.exp(np.where(rest >= 0, ways + ways[np.abs(rest)] - both[:, None], -np.inf))
    tails = (2 * np.cumsum(chance, axis=1) <= alpha * ROUNDING) & (rest >= 0)
    reach = tails.sum(axis=1)  # by the sum of both counts (up to half): smaller counts than this are rejected
    one, other = np.minimum.outer(yes, yes), articles - np.maximum.outer(yes, yes)
    total = np.add.outer(yes, yes)
    return np.where(total <= articles, one, other) < reach[np.minimum(total, 2 * articles - total)]


def _check(*rates: float) -> None:
    for rate in rates:
        if not 0 <= rate <= 1:
            raise ValueError(f"A rate of {rate} is not between 0 and 1. For 20 of 100 articles, write 0.2.")
