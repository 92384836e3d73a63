"""What random words and shuffled dates would give."""

import math
from itertools import permutations

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from helpers.measures.tau import dated, shares, sums, tau_b
from helpers.measures.tests import holm
from helpers.text.split import WORDS, split_words

SOME_ORDERS = 999  # all orders of the dates are gone through up to seven articles, so many random ones beyond
MANY = 60  # taus of the draws are counted in steps of .01 where more are different
POOL = 10  # at least so many words to draw a placebo from; where too few are as frequent, the next in frequency
TEST = ["test", "p", "floor", "floor_ties"]


def draw_placebos(
    hits: pd.DataFrame,
    sentences: pd.DataFrame,
    articles: pd.DataFrame,
    frames: list[str],
    *,
    draws: int = 500,
    rng: int = 2026,
) -> pd.DataFrame:
    """Random words in the place of each frame's terms: for every term that is a hit, a word of the articles that stands
    in as many sentences (or nearly, where fewer than POOL words do), no word twice in a draw, none that stands in a hit
    of the frame.

    returns  one row per frame, measure (share of sentences; hits per 1,000 words) and draw: frame, measure, draw,
             words (drawn), tau, real (tau of the frame's own terms by this measure)
    """
    own, dates = dated(sentences, articles)
    types, matrix = _index_words(own)
    totals = sums(np.asarray(matrix.sum(axis=0)).reshape(1, -1), own)
    places = pd.MultiIndex.from_frame(own[["article", "sentence"]])
    generator, tables = np.random.default_rng(rng), []
    for frame in frames:
        mine = hits[hits["frame"].eq(frame) & hits["article"].isin(own["article"].unique())]
        drawn = _draw_words(mine, types, np.diff(matrix.indptr), draws, generator)
        row = np.repeat(np.arange(len(drawn)), drawn.shape[1])
        chosen = csr_matrix((np.ones(drawn.size), (row, drawn.ravel())), shape=(len(drawn), len(types)))
        random = _measure((chosen @ matrix).toarray(), own, totals)
        there = mine.groupby(["article", "sentence"]).size().reindex(places, fill_value=0)
        for measure, real in _measure(there.to_numpy().reshape(1, -1), own, totals).items():
            table = pd.DataFrame({"draw": range(len(drawn)), "words": [", ".join(types[row]) for row in drawn]})
            taus = {"tau": tau_b(random[measure], dates), "real": tau_b(real, dates)[0]}
            tables.append(table.assign(frame=frame, measure=f"random words: {measure}", **taus))
    return pd.concat(tables, ignore_index=True)[["frame", "measure", "draw", "words", "tau", "real"]]


def shuffle_dates(shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str], *, rng: int = 2026) -> pd.DataFrame:
    """Each frame's shares in every order over the dates (from eight articles on, in SOME_ORDERS random ones).

    returns  one row per frame and order: frame, measure, draw, tau, real
    """
    generator, tables = np.random.default_rng(rng), []
    for frame in frames:
        own, dates = dated(shares[shares["frame"].eq(frame)], articles)
        values = own["share"].to_numpy()
        if len(values) <= 7:
            orders = np.array(list(permutations(values)))
        else:
            orders = generator.permuted(np.tile(values, (SOME_ORDERS, 1)), axis=1)
        taus = {"tau": tau_b(orders, dates), "real": tau_b(values[None, :], dates)[0]}
        tables.append(pd.DataFrame({"frame": frame, "draw": range(len(orders)), **taus}))
    table = pd.concat(tables, ignore_index=True).assign(measure="shuffled dates: share of sentences")
    return table[["frame", "measure", "draw", "tau", "real"]]


def compare_with_chance(drawn: pd.DataFrame) -> pd.DataFrame:
    """How often chance gives as clear a course.

    drawn    one row per frame, measure and draw: frame, measure, tau, real
    returns  one row per frame and measure: frame, measure, draws (that have a tau), real, median (of the draws' tau),
             as_clear (draws with a tau as far from zero, either way), same_way (as clear in the same direction)
    """
    known = _mark_clear(drawn)
    groups = known.groupby(["frame", "measure"], sort=False)
    table = groups.agg(
        draws=("tau", "size"),
        real=("real", "first"),
        median=("tau", "median"),
        as_clear=("as_clear", "sum"),
        same_way=("same_way", "sum"),
    )
    return table.reset_index()


def count_draws(drawn: pd.DataFrame) -> pd.DataFrame:
    """The draws by their tau: one row per frame, measure and tau: frame, measure, tau (to three places; to two where
    there are more than MANY), as_clear (as in compare_with_chance), draws, of, real."""
    known, keys = _mark_clear(drawn), ["frame", "measure"]
    known = known.assign(tau=known["tau"].round(3) + 0.0, real=known["real"].round(3) + 0.0)
    many = known.groupby(keys)["tau"].transform("nunique") > MANY
    known = known.assign(tau=known["tau"].mask(many, known["tau"].round(2) + 0.0))
    table = known.groupby([*keys, "real", "tau", "as_clear"], sort=False).size().rename("draws").reset_index()
    table = table.assign(of=table.groupby(keys)["draws"].transform("sum"))
    order = table.groupby(keys, sort=False).ngroup()
    table = table.assign(order=order).sort_values(["order", "tau", "as_clear"], ignore_index=True)
    return table[["frame", "measure", "tau", "as_clear", "draws", "of", "real"]]


def _mark_clear(drawn: pd.DataFrame) -> pd.DataFrame:
    """The draws that have a tau, with as_clear and same_way as compare_with_chance counts them."""
    known = drawn.dropna(subset=["tau", "real"])
    far = known["tau"].abs() >= known["real"].abs() - 1e-9
    return known.assign(as_clear=far, same_way=far & (np.sign(known["tau"]) == np.sign(known["real"])))


def count_budget(most: int = 8) -> pd.DataFrame:
    """How many tests of trend so many articles of different dates can bear: two of all orders are monotone, so no p is
    below 2/n!; Holm's first step multiplies it by the number of tests, and the product must not exceed .05.

    returns  one row per number of articles: articles, orders, floor, tests
    """
    table = pd.DataFrame({"articles": range(2, most + 1)})
    table = table.assign(orders=[math.factorial(n) for n in table["articles"]])
    return table.assign(floor=2 / table["orders"], tests=table["orders"] // 40)  # 2 / orders * tests <= 1 / 20


def list_tests(trends: dict[str, pd.DataFrame], splits: pd.DataFrame) -> pd.DataFrame:
    """Every test of the collection in one table, with Holm's correction over all of them.

    trends   what was tested over the dates: rows of trends_over_dates
    splits   one row per division of the articles into two groups, from keyness.compare_splits; may be empty
    returns  one row per test: test, p, floor (smallest p that so many articles could give), floor_ties (that these
             values could give), p_holm, floor_holm, floor_ties_holm
    """
    tables = [rows.assign(test=what + ": " + rows["frame"].str.replace("_", " ")) for what, rows in trends.items()]
    if len(splits):
        as_far = splits["divergence"] >= splits.loc[splits["own"], "divergence"].iloc[0]
        floor = (splits["divergence"] == splits["divergence"].max()).mean()  # of equal halves, each value comes twice
        tables.append(pd.DataFrame([("words of two periods", as_far.mean(), floor, floor)], columns=TEST))
    tests = pd.concat([table[TEST] for table in tables], ignore_index=True)
    return tests.assign(**{f"{name}_holm": holm(tests[name]) for name in TEST[1:]})


def _index_words(sentences: pd.DataFrame) -> tuple[pd.Index, csr_matrix]:
    """The words in lower case, by name, and how often each stands in each sentence: a row per word."""
    words = split_words(sentences)
    places = pd.Series(range(len(sentences)), index=pd.MultiIndex.from_frame(sentences[["article", "sentence"]]))
    at = places.reindex(pd.MultiIndex.from_frame(words[["article", "sentence"]])).to_numpy(int)
    codes, types = pd.factorize(words["token"].str.lower(), sort=True)
    return types, csr_matrix((np.ones(len(codes)), (codes, at)), shape=(len(types), len(sentences)))


def _measure(carried: np.ndarray, sentences: pd.DataFrame, totals: np.ndarray) -> dict[str, np.ndarray]:
    """Rows of how often something stands in each sentence as rows of each article's share and rate."""
    rates = 1000 * sums(carried, sentences) / totals
    return {"share of sentences": shares(carried, sentences), "hits per 1,000 words": rates}


def _draw_words(
    hits: pd.DataFrame, types: pd.Index, spread: np.ndarray, draws: int, generator: np.random.Generator
) -> np.ndarray:
    """Numbers of random words, one row per draw, matched one for one to the terms that are hits by the number of
    sentences they stand in; terms of one number share their words, the most frequent draw first."""
    own = {word.lower() for words in hits["words"].unique() for word in WORDS.tokenize(words)}
    free = np.flatnonzero(~types.isin(own))
    wanted = hits.drop_duplicates(["term", "article", "sentence"])["term"].value_counts().value_counts()
    columns = [np.empty((draws, 0), dtype=int)]
    for sentences, terms in wanted.sort_index(ascending=False).items():
        away = np.abs(spread[free] - sentences)
        pool = free[away <= np.sort(away)[min(max(terms, POOL), len(free)) - 1]] if len(free) else free
        free = np.setdiff1d(free, pool) if sentences > 1 else free
        some = min(terms, len(pool))
        columns.append(
            np.array([generator.choice(pool, some, replace=False) for _ in range(draws)]).reshape(draws, some)
        )
    return np.hstack(columns)
