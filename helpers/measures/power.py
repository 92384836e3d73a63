"""How many articles a study needs: exact power, the smallest p that so many could give, what clusters leave of them.

The unit is an article that does a thing (carries a frame, opens with it) or does not; a period's rate is the share of
all its articles that do. Power is the part of such studies, were they repeated, in which the test's p is at most alpha;
all of it here is computed, none simulated.
"""

import math
from functools import lru_cache

import numpy as np
import pandas as pd
import scipy

from helpers.articles.copies import effective_articles
from helpers.files.tables import require
from helpers.measures.keyness import halves, smallest_p
from helpers.measures.tests import square_and_add, wilson

POWER = 0.8  # the usual aim (Cohen 1988, Statistical Power Analysis for the Behavioral Sciences)
MOST = 200  # articles a period that are looked through
MOST_IN_ALL = 300  # of a trend, articles of all dates
ROUNDING = 1 + 1e-9  # sums of floating point that ought to equal alpha may pass it by so much
ADDED = {0.5: "a half", 1: "one", 2: "two"}  # Jeffreys' prior, Laplace's rule of succession, Agresti & Coull's rule


def power_of_fisher(earlier: float, later: float, articles: int, *, alpha: float = 0.05) -> float:
    """Exact power of Fisher's exact test, two-sided, with `articles` in each of two periods.

    earlier, later  the periods' rates (0 to 1)
    returns         0 to 1: the sum of the two binomials over every outcome whose p is at most alpha. The p of an
                    outcome is the sum over all no likelier ones, as in scipy.stats.fisher_exact

    >>> round(power_of_fisher(0.2, 0.5, 44), 4)
    0.8021
    """
    _check([earlier, later])
    one, other = (_chances(rate, articles, articles)[0] for rate in (earlier, later))
    return float(one @ _rejected(articles, alpha) @ other)


def power_of_trend(rates: list[float], most: int, *, alpha: float = 0.05) -> list[float]:
    """Exact power of the permutation test of trend, two-sided, for 1, 2, ... `most` articles a date.

    rates    the rate at each date, in order of date
    returns  the power with one article a date, with two, ...

    For articles that do or do not, Kendall's tau over the dates (compare.trends_over_dates) orders the outcomes as
    the sum of the dates' numbers over the articles that do; its permutation test is therefore the exact test of
    Cochran and Armitage with equal steps (Armitage 1955, Biometrics 11(3): 375-386), and over two dates Fisher's.
    """
    _check(rates)
    return list(_trend_curve(tuple(rates), most, alpha))


def articles_needed(pairs: pd.DataFrame, *, alpha: float = 0.05, most: int = MOST) -> pd.DataFrame:
    """How many articles a period Fisher's exact test takes to tell two rates apart with a power of POWER.

    pairs    one row per pair of rates: earlier, later, ...
    returns  the table, and needed (articles in each period: the first number whose power reaches it), power (there),
             stays (the number from which, up to `most`, it falls below no more: an exact test's power does not rise at
             every step); missing where `most` do not reach it
    """
    require(pairs, "earlier later", "articles_needed: pairs")
    curves = [_fisher_curve(row.earlier, row.later, most, alpha) for row in pairs.itertuples()]
    return _with_needed(pairs, curves, "needed power stays".split())


def trend_needed(pairs: pd.DataFrame, *, dates: int = 5, alpha: float = 0.05, most: int = MOST_IN_ALL) -> pd.DataFrame:
    """How many articles a date the test of trend takes, where the rate goes from one to the other in even steps.

    pairs    one row per pair of rates, of the first date and the last: earlier, later, ...
    most     articles in all that are looked through
    returns  the table, and trend_needed (articles at each date: the first number whose power reaches POWER),
             trend_power, trend_stays; missing where `most` do not reach it
    """
    require(pairs, "earlier later", "trend_needed: pairs")
    curves = [
        power_of_trend(list(np.linspace(row.earlier, row.later, dates)), most // dates, alpha=alpha)
        for row in pairs.itertuples()
    ]
    return _with_needed(pairs, curves, "trend_needed trend_power trend_stays".split())


def power_curves(pairs: pd.DataFrame, *, most: int, dates: int = 5, alpha: float = 0.05) -> pd.DataFrame:
    """Power against the number of articles, by Fisher's test and by that of trend.

    pairs    one row per pair of rates: earlier, later, ...
    returns  one row per pair, test and number: the columns of pairs, test (Fisher, trend), articles (in each period, at
             each date), power
    """
    parts = [pairs.iloc[:0].assign(test="", articles=0, power=0.0)]
    for at in range(len(pairs)):
        earlier, later = pairs.iloc[at][["earlier", "later"]]
        steps = list(np.linspace(earlier, later, dates))
        fisher = _fisher_curve(earlier, later, most, alpha)
        for test, curve in {"Fisher": fisher, "trend": power_of_trend(steps, most, alpha=alpha)}.items():
            own = pairs.iloc[[at] * most].assign(test=test, articles=range(1, most + 1), power=curve)
            parts.append(own)
    return pd.concat(parts, ignore_index=True)


def rates_by_half(
    found: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame, frames: list[str]
) -> pd.DataFrame:
    """Rates of each frame in the earlier half of the dated articles and in the later.

    found      one row per hit: article, sentence, frame
    sentences  one row per sentence: article, sentence
    returns    one row per frame and unit (article: it carries the frame in any sentence; opening: its first sentence
               does; sentence: a sentence does), none where a half is empty: frame, unit, earlier_yes, earlier_of,
               later_yes, later_of (counts)
    """
    require(found, "article sentence frame", "rates_by_half: found, from find_hits")
    first = sentences.sort_values(["article", "sentence"], kind="stable").drop_duplicates("article")
    units = {"article": first[["article"]], "opening": first[["article", "sentence"]]}
    units["sentence"] = sentences[["article", "sentence"]]
    sides = dict(zip(("earlier", "later"), halves(articles), strict=True))
    rows = []
    for frame in frames:
        places = found.loc[found["frame"].eq(frame), ["article", "sentence"]]
        for unit, table in units.items():
            yes = table.merge(places[list(table)].drop_duplicates(), indicator=True, how="left")["_merge"].eq("both")
            own = {side: yes[table["article"].isin(there).to_numpy()] for side, there in sides.items()}
            rows.append((frame, unit, *(number for side in own.values() for number in (int(side.sum()), len(side)))))
    rates = pd.DataFrame(rows, columns="frame unit earlier_yes earlier_of later_yes later_of".split())
    return rates[rates["earlier_of"].gt(0) & rates["later_of"].gt(0)].reset_index(drop=True)


def guess_rates(rates: pd.DataFrame) -> pd.DataFrame:
    """Rates to plan with, guessed from few counts: what is added to these decides much.

    rates    one row per frame and unit, from rates_by_half
    returns  each row once for each number in ADDED: its columns, and added (so many yes and so many no are added to
             each half), earlier, later (the rates then), differ (whether the shares seen do, and these
             the same way: of halves that differ in size the smaller is drawn further towards one half)
    """
    table = rates.merge(pd.Series(list(ADDED), name="added", dtype=float), how="cross")
    seen = [table[f"{side}_yes"] / table[f"{side}_of"] for side in ("earlier", "later")]
    for side in ("earlier", "later"):
        yes, of = table[f"{side}_yes"] + table["added"], table[f"{side}_of"] + 2 * table["added"]
        table[side] = (yes / of).astype(float)
    return table.assign(differ=((seen[1] - seen[0]) * (table["later"] - table["earlier"])).gt(0))


def difference(one: pd.Series, one_of: pd.Series, other: pd.Series, other_of: pd.Series) -> pd.DataFrame:
    """The 95% interval of the difference of two proportions, the one less the other: compare.square_and_add of their
    two Wilson intervals.

    one, one_of, other, other_of  counts, of the same index
    returns                       one row per pair: low, high (-1 to 1)

    >>> difference(*(pd.Series([n]) for n in (56, 70, 48, 80))).round(4).to_numpy().tolist()
    [[0.0524, 0.3339]]
    """
    sides = ((one, one_of), (other, other_of))
    both = [np.column_stack([part / whole, wilson(part, whole)]) for part, whole in sides]
    return pd.DataFrame(square_and_add(*both)[:, 1:], columns=["low", "high"], index=one.index)


def floor_per_test(articles: int, *, tests: int = 1) -> pd.DataFrame:
    """The smallest p that so many articles could give, by each test, two-sided, nothing tied that need not be.

    tests    how many are done: Holm's correction (1979) multiplies the smallest p by it
    returns  one row per test: test, floor, floor_holm. The tests: `two groups (ranks)`: the articles' halves by a
             permutation test of any measure, 2 / number of divisions; `two groups (yes or no)`: by Fisher's test, all
             of the one half a yes, all of the other a no (of unequal halves this outcome alone is summed: its mirror
             image is likelier or cannot be); `trend (shares)`: over as many dates, 2 / n!; `trend (yes or no)`: the one
             half of the dates all yes, the other all no; `pairs`: Wilcoxon's signed ranks, 2 / 2^n, were each article
             a pair
    """
    one, other = articles - articles // 2, articles // 2
    least = {
        "two groups (ranks)": smallest_p(one, other),
        "two groups (yes or no)": smallest_p_of_fisher(one, other),
        "trend (shares)": min(1.0, 2 / math.factorial(articles)),
        "trend (yes or no)": smallest_p(one, other),
        "pairs": min(1.0, 2 / 2**articles),
    }
    table = pd.DataFrame({"test": list(least), "floor": list(least.values())})
    return table.assign(floor_holm=(table["floor"] * tests).clip(upper=1))


def smallest_p_of_fisher(one: int, other: int) -> float:
    """The smallest two-sided p of Fisher's exact test of two groups of so many articles: all of the one a yes, all of
    the other a no.

    >>> round(smallest_p_of_fisher(3, 2), 3)
    0.1
    """
    return float(scipy.stats.fisher_exact([[one, 0], [0, other]]).pvalue)


def first_able(*, tests: int = 1, alpha: float = 0.05) -> pd.DataFrame:
    """The fewest articles with which each test could give a p of at most alpha.

    returns  one row per test: test, alone (articles in all), holm (the same, after Holm's correction for `tests`)
    """
    every = pd.concat([floor_per_test(n, tests=tests).assign(articles=n) for n in range(1, 40)])
    able = {
        name: every[every[column].le(alpha * ROUNDING)].groupby("test", sort=False)["articles"].min()
        for name, column in {"alone": "floor", "holm": "floor_holm"}.items()
    }
    return pd.DataFrame(able).reindex(every["test"].unique()).rename_axis("test").reset_index()


def divisions(articles: int) -> pd.DataFrame:
    """The smallest p of each division of the articles into two groups.

    returns  one row per division: one, other (articles in the groups), ranks (permutation test of any measure), yes_no
             (Fisher's test)
    """
    rows = [
        (n, articles - n, smallest_p(n, articles - n), smallest_p_of_fisher(n, articles - n))
        for n in range(1, articles // 2 + 1)
    ]
    return pd.DataFrame(rows, columns=["one", "other", "ranks", "yes_no"])


def outlet_sizes(articles: pd.DataFrame, *, unknown: str) -> list[int]:
    """Articles of each outlet, by its name; articles of unknown outlets count as of one outlet (unknown="together") or
    of an outlet each (unknown="apart").

    articles  one row per article: article, outlet ("" for unknown)
    """
    require(articles, "article outlet", "outlet_sizes: articles, from load_articles")
    if unknown not in ("together", "apart"):
        raise ValueError(f"outlet_sizes: unknown is {unknown!r}; it may be 'together' or 'apart'.")
    named = articles["outlet"].where(articles["outlet"].ne("") | (unknown == "together"), "? " + articles["article"])
    return named.groupby(named).size().tolist()


def spread(articles: int, outlets: int) -> list[int]:
    """Articles of each outlet, as evenly as can be; outlets without any are left out.

    >>> spread(7, 3), spread(2, 3)
    ([3, 2, 2], [1, 1])
    """
    return [articles // outlets + (i < articles % outlets) for i in range(min(outlets, articles))]


def articles_from_outlets(needed: int, outlets: int, rho: float, *, most: int = 100_000) -> int | None:
    """How many articles from so many outlets count as `needed` independent ones; None where no number does.

    However many there are, they count as less than outlets / rho.
    """
    if needed <= outlets or rho == 0:
        return needed
    if needed * rho >= outlets:
        return None
    start = math.floor(needed * (1 - rho) / (1 - needed * rho / outlets))  # all outlets equal: no fewer can do
    able = (n for n in range(start, most) if effective_articles(spread(n, outlets), rho) >= needed / ROUNDING)
    return next(able, None)


def effective_curves(outlets: list[int], rho: float, *, most: int) -> pd.DataFrame:
    """What outlets leave of the articles.

    returns  one row per number of outlets and of articles: outlets, articles, effective
    """
    rows = [
        (number, n, effective_articles(spread(n, number), rho)) for number in outlets for n in range(number, most + 1)
    ]
    return pd.DataFrame(rows, columns=["outlets", "articles", "effective"])


def copy_curves(articles: int) -> pd.DataFrame:
    """What copies of one text leave of so many articles: one row per number of copies: copies (of the one text, itself
    counted), kept (effective number with all of them left in), dropped (distinct texts)."""
    rows = [(c, effective_articles([c] + [1] * (articles - c), 1), articles - c + 1) for c in range(1, articles + 1)]
    return pd.DataFrame(rows, columns=["copies", "kept", "dropped"])


def interval_widths(shares: list[float], articles: list[int]) -> pd.DataFrame:
    """How exactly so many articles tell a share: one row per share and number that make a whole count: share, articles,
    low, high (the 95% Wilson interval), width."""
    every = pd.DataFrame([(share, n) for share in shares for n in articles], columns=["share", "articles"])
    yes = every["share"] * every["articles"]
    whole = (yes - yes.round()).abs().lt(1e-9)
    table = every[whole].join(wilson(yes[whole].round().astype(int), every.loc[whole, "articles"]))
    return table.assign(width=table["high"] - table["low"]).reset_index(drop=True)


def plan_study(
    *,
    earlier: float,
    later: float,
    articles: int,
    outlets: int,
    copies: int = 0,
    rho: float = 0.0,
    tests: int = 1,
    dates: int = 5,
) -> dict:
    """What a study of two periods needs, and what the articles at hand would do.

    earlier, later    the rates to be told apart
    articles, copies  articles a period at hand, and how many of them repeat the text of another
    outlets, rho      outlets a period, and the correlation of two articles of an outlet
    tests             frames tested: alpha is divided by it (the first step of Holm)
    returns           what was given, and needed and stays (independent articles a period), trend (at each of so many
                      dates), from_outlets (articles a period from these outlets; None: no number is enough), distinct
                      (articles without copies), effective (what they count as), kept (what all would count as if the
                      copies of one text stayed and rho were 0), power (with the whole part of effective), most (how
                      many articles a period were looked through), most_dates (the same at each date)
    """
    given = dict(locals())
    if not 0 <= copies < articles or min(outlets, tests) < 1 or dates < 2:
        raise ValueError(f"{given}: no such plan. Copies are fewer than articles; outlets, tests 1, dates 2 at least.")
    alpha, pair = 0.05 / tests, pd.DataFrame([{"earlier": earlier, "later": later}])
    fisher = articles_needed(pair, alpha=alpha).iloc[0]
    trend = trend_needed(pair, dates=dates, alpha=alpha).iloc[0]["trend_needed"]
    needed, stays, trend = (None if pd.isna(n) else int(n) for n in (fisher["needed"], fisher["stays"], trend))
    effective = effective_articles(spread(articles - copies, outlets), rho)
    return given | {
        "most": MOST,
        "most_dates": MOST_IN_ALL // dates,
        "needed": needed,
        "stays": stays,
        "trend": trend,
        "from_outlets": needed and articles_from_outlets(needed, outlets, rho),
        "distinct": articles - copies,
        "effective": effective,
        "kept": effective_articles([copies + 1] + [1] * (articles - copies - 1), 1),
        "power": power_of_fisher(earlier, later, math.floor(effective * ROUNDING), alpha=alpha),
    }


def _chances(rate: float, first: int, last: int) -> np.ndarray:
    """The chance of 0, 1, ... `last` yes (columns) among `first` to `last` articles (rows)."""
    return scipy.stats.binom.pmf(np.arange(last + 1), np.arange(first, last + 1)[:, None], rate)


def _fisher_curve(earlier: float, later: float, most: int, alpha: float) -> list[float]:
    """power_of_fisher with 1, 2, ... `most` articles."""
    _check([earlier, later])
    one, other = _chances(earlier, 1, most), _chances(later, 1, most)
    return [float(one[n - 1, : n + 1] @ _rejected(n, alpha) @ other[n - 1, : n + 1]) for n in range(1, most + 1)]


@lru_cache(maxsize=2048)
def _rejected(articles: int, alpha: float) -> np.ndarray:
    """Which outcomes (yes in the one group, yes in the other) of two groups of so many Fisher's test rejects.

    With equal groups the distribution of either count, given their sum, is symmetric: p is twice the tail.
    """
    gammaln, yes = scipy.special.gammaln, np.arange(articles + 1)
    ways = gammaln(articles + 1) - gammaln(yes + 1) - gammaln(articles - yes + 1)
    both = gammaln(2 * articles + 1) - gammaln(yes + 1) - gammaln(2 * articles - yes + 1)
    rest = yes[:, None] - yes
    chance = np.exp(ways + ways[np.abs(rest)] - both[:, None]) * (rest >= 0)
    tails = (2 * np.cumsum(chance, axis=1) <= alpha * ROUNDING) & (rest >= 0)
    reach = tails.sum(axis=1)  # with so many yes in all (up to half), counts below it are rejected
    one, other = np.minimum.outer(yes, yes), articles - np.maximum.outer(yes, yes)
    total = np.add.outer(yes, yes)
    return np.where(total <= articles, one, other) < reach[np.minimum(total, 2 * articles - total)]


def _outcomes(rates: tuple[float, ...], most: int):
    """The chance of each outcome with 1, 2, ... articles a date: a table of how many are a yes (rows) and of the sum of
    the numbers of their dates, 0 for the first (columns)."""
    table = np.ones((1, 1))
    for _ in range(most):
        for date, rate in enumerate(rates):
            grown = np.zeros((table.shape[0] + 1, table.shape[1] + date))
            grown[:-1, : table.shape[1]] = (1 - rate) * table
            grown[1:, date:] += rate * table
            table = grown
        yield table


@lru_cache(maxsize=64)
def _trend_curve(rates: tuple[float, ...], most: int, alpha: float) -> tuple[float, ...]:
    """power_of_trend, each course once."""
    pairs = zip(_outcomes(rates, most), _regions(len(rates), most, alpha), strict=True)
    return tuple(float(outcomes[region].sum()) for outcomes, region in pairs)


@lru_cache(maxsize=32)
def _regions(dates: int, most: int, alpha: float) -> list[np.ndarray]:
    """Which outcomes the test of trend rejects, with 1, 2, ... articles a date; tables as in _outcomes."""
    regions = []
    for table in _outcomes((0.5,) * dates, most):  # given how many are a yes, every order is as likely
        limit = alpha / 2 * ROUNDING * table.sum(axis=1, keepdims=True)
        low, high = table.cumsum(axis=1), table[:, ::-1].cumsum(axis=1)[:, ::-1]
        regions.append(((low <= limit) | (high <= limit)) & (table > 0))
    return regions


def _with_needed(pairs: pd.DataFrame, curves: list[list[float]], names: list[str]) -> pd.DataFrame:
    """The pairs with the first number that reaches the power, the power there, and the number from which it stays."""
    rows = []
    for curve in curves:
        reached = np.array(curve) >= POWER
        if not reached.any():
            rows.append((pd.NA, np.nan, pd.NA))
            continue
        first, below = int(reached.argmax()), np.flatnonzero(~reached)
        last = int(below[-1]) if len(below) else -1
        rows.append((first + 1, curve[first], last + 2 if last + 1 < len(curve) else pd.NA))
    found = pd.DataFrame(rows, columns=names, index=pairs.index)
    return pairs.join(found.astype({names[0]: "Int64", names[1]: float, names[2]: "Int64"}))


def _check(rates: list[float]) -> None:
    for rate in rates:
        if not 0 <= rate <= 1:
            raise ValueError(f"A rate is {rate}; it may lie between 0 and 1: write 0.2 for 20 of 100.")
