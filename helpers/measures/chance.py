"""What random words would give in the place of a frame's terms."""

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from helpers.measures.tau import keep_dated, sentences_by_article, tau_b
from helpers.text.split import WORDS, split_words

DRAWS = 500
MANY = 60  # taus of the draws are counted in steps of .01 where more are different
AT_ONCE = 25  # draws whose sentences are in memory at once
POOL = 10  # a word is drawn from at least so many; where too few are as frequent, from the next in frequency


def draw_random_words(
    hits: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame, frames: list[str], *, rng: int = 2026
) -> pd.DataFrame:
    """Random words in the place of each frame's terms, DRAWS times: for every term that is a hit, a word of the
    articles that is in as many sentences (or nearly, where fewer than POOL words are). No word comes twice in a draw,
    none is part of a hit of the frame.

    returns  one row per frame and draw: frame, draw, words (drawn), tau (of the share of sentences with any of them),
             real (tau of the frame itself)
    """
    own, dates = keep_dated(sentences, articles)
    types, matrix = _index_words(own)
    by_article = sentences_by_article(own)
    sizes = np.asarray(by_article.sum(axis=0)).ravel()
    places = pd.MultiIndex.from_frame(own[["article", "sentence"]])
    generator, tables = np.random.default_rng(rng), [pd.DataFrame(columns=["frame", "draw", "words", "tau", "real"])]
    for frame in frames:
        mine = hits[hits["frame"].eq(frame) & hits["article"].isin(own["article"].unique())]
        drawn = _draw_words(mine, types, np.diff(matrix.indptr), generator)
        row = np.repeat(np.arange(DRAWS), drawn.shape[1])
        chosen = csr_matrix((np.ones(drawn.size), (row, drawn.ravel())), shape=(DRAWS, len(types)))
        some = (chosen[first : first + AT_ONCE] @ matrix for first in range(0, DRAWS, AT_ONCE))
        random = np.vstack([(each.sign() @ by_article).toarray() for each in some]) / sizes
        carrying = places.isin(pd.MultiIndex.from_frame(mine[["article", "sentence"]])) @ by_article
        taus = {"tau": tau_b(random, dates), "real": tau_b((carrying / sizes)[None, :], dates)[0]}
        words = [", ".join(types[row]) for row in drawn]
        tables.append(pd.DataFrame({"frame": frame, "draw": range(DRAWS), "words": words, **taus}))
    return pd.concat(tables[bool(frames) :], ignore_index=True)


def compare_with_chance(drawn: pd.DataFrame) -> pd.DataFrame:
    """How often random words give as clear a trend.

    drawn    one row per frame and draw, from draw_random_words
    returns  one row per frame: frame, draws (that have a tau), real, as_clear (draws with a tau as far from zero,
             either way)
    """
    groups = mark_clear(drawn).groupby("frame", sort=False)
    return groups.agg(draws=("tau", "size"), real=("real", "first"), as_clear=("as_clear", "sum")).reset_index()


def count_draws(drawn: pd.DataFrame) -> pd.DataFrame:
    """The draws by their tau: one row per frame and tau: frame, tau (to three places; to two where there are more than
    MANY), as_clear (as in compare_with_chance), draws, of, real."""
    known = mark_clear(drawn).round({"tau": 3, "real": 3})
    many = known.groupby("frame")["tau"].transform("nunique") > MANY
    known = known.assign(tau=known["tau"].mask(many, known["tau"].round(2)) + 0.0)  # no -0.0
    keys = ["frame", "real", "tau", "as_clear"]
    table = known.groupby(keys, sort=False).size().rename("draws").reset_index()
    table = table.assign(of=table.groupby("frame")["draws"].transform("sum"))
    order = table["frame"].map({frame: i for i, frame in enumerate(drawn["frame"].unique())})
    table = table.assign(order=order).sort_values(["order", "tau", "as_clear"], ignore_index=True)
    return table[["frame", "tau", "as_clear", "draws", "of", "real"]]


def mark_clear(drawn: pd.DataFrame) -> pd.DataFrame:
    """The draws that have a tau, with as_clear: whether they give as clear a trend as the frame, either way."""
    known = drawn.dropna(subset=["tau", "real"])
    return known.assign(as_clear=known["tau"].abs() >= known["real"].abs() - 1e-9)


def _index_words(sentences: pd.DataFrame) -> tuple[pd.Index, csr_matrix]:
    """The words in lower case, by name, and how often each is in each sentence: a row per word."""
    words = split_words(sentences)
    places = pd.MultiIndex.from_frame(sentences[["article", "sentence"]])
    at = places.get_indexer(pd.MultiIndex.from_frame(words[["article", "sentence"]]))
    codes, types = pd.factorize(words["token"].str.lower(), sort=True)
    return types, csr_matrix((np.ones(len(codes)), (codes, at)), shape=(len(types), len(sentences)))


def _draw_words(hits: pd.DataFrame, types: pd.Index, spread: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Numbers of random words, one row per draw, matched one for one to the terms that are hits by the number of
    sentences they are in; terms of one number share their words, the most frequent draw first."""
    own = {word.lower() for words in hits["words"].unique() for word in WORDS.tokenize(words)}
    free = np.flatnonzero(~types.isin(own))
    wanted = hits.drop_duplicates(["term", "article", "sentence"])["term"].value_counts().value_counts()
    columns = [np.empty((DRAWS, 0), dtype=int)]
    for sentences, terms in wanted.sort_index(ascending=False).items():
        away = np.abs(spread[free] - sentences)
        pool = free[away <= np.sort(away)[min(max(terms, POOL), len(free)) - 1]] if len(free) else free
        free = np.setdiff1d(free, pool) if sentences > 1 else free
        some = min(terms, len(pool))
        picked = [generator.choice(pool, some, replace=False) for _ in range(DRAWS)]
        columns.append(np.array(picked).reshape(DRAWS, some))
    return np.hstack(columns)
