"""How fragile a finding is. A finding is the course of a frame's share over the dates; its sign is that of Kendall's
tau-b: above zero it rises, below zero it falls. It is undone where tau has that sign no longer: where it is zero, of
the other sign, or has no value because nothing varies any more.
"""

import math
from collections import Counter
from functools import partial
from itertools import combinations, combinations_with_replacement, islice

import numpy as np
import pandas as pd

from helpers.codebook.hits import find_hits, share_of_sentences
from helpers.codebook.terms import MASK
from helpers.files.tables import label_rows
from helpers.measures.tau import dated, shares, tau_b
from helpers.measures.tests import signs_of

MOST_SETS = 20_000  # no more sets than these are tried in search of the smallest one that undoes a finding
MOST_PAIRS = 100_000_000  # nor more than compare so many pairs of articles: 400 sets of 500 articles
FLIPS = ["frame", "taken", "of", "tau", "size", "names", "sets", "tau_after", "searched"]


def find_terms(sentences: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """In which sentences each term would be a hit if it were the only term of its frame: masks keep their right,
    longer terms have none. A sentence carries a frame, with some of its terms left out, if one of the others is here.

    sentences  one row per sentence, from split_sentences
    codebook   one row per term: frame, term
    returns    one row per term and sentence, by frame and term: frame, term, article, sentence
    """
    alone = codebook["frame"].where(codebook["frame"].eq(MASK), codebook["frame"] + "\t" + codebook["term"])
    hits = find_hits(sentences, codebook.assign(frame=alone))
    stands = hits[["frame", "term", "article", "sentence"]].astype({"frame": str}).drop_duplicates()
    frames = stands["frame"].str.partition("\t")[0] if len(stands) else stands["frame"]
    return stands.assign(frame=frames).sort_values(["frame", "term"], kind="stable", ignore_index=True)


def leave_out_terms(
    stands: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame, frames: list[str]
) -> pd.DataFrame:
    """Each frame's course with one of its terms left out. Only terms that stand somewhere are tried: the others change
    nothing.

    stands     one row per term and sentence, from find_terms
    sentences  one row per sentence, article by article
    articles   one row per article: article, label, date; those without a date are left out
    returns    one row per frame, term left out ("" for none) and article: frame, left_out, article, carrying,
               sentences, share, ids (as share_of_sentences has them), label, date, tau
    """
    own, dates = dated(sentences, articles)
    tables = [_leave_out_each(*_lay_out(stands, own, frame), own, dates).assign(frame=frame) for frame in frames]
    table = label_rows(pd.concat(tables), articles)
    return table[["frame", "left_out", "article", "carrying", "sentences", "share", "ids", "label", "date", "tau"]]


def leave_out_articles(shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """Each frame's course with one article left out.

    shares   one row per article and frame, from share_of_sentences
    returns  one row per frame and article left out: frame, left_out (its label), article, carrying, sentences, share,
             ids (the article's own), label, date, tau (of the others)
    """
    tables = []
    for frame in frames:
        own, dates = dated(shares[shares["frame"].eq(frame)], articles)
        values = np.where(np.eye(len(own)) > 0, np.nan, own["share"].to_numpy())
        tables.append(own.assign(frame=frame, tau=tau_b(values, dates)))
    table = label_rows(pd.concat(tables), articles)
    table = table.assign(left_out=table["label"])
    return table[["frame", "left_out", "article", "carrying", "sentences", "share", "ids", "label", "date", "tau"]]


def bands(left: pd.DataFrame) -> pd.DataFrame:
    """How far each frame's tau, and its last share less its first, go when one thing is left out.

    left     one row per frame, term left out and article, from leave_out_terms
    returns  one row per frame: frame, terms (tried), tau, low, high, low_without, high_without (the first by name
             without which tau is lowest, highest), step (last share less first), step_low, step_high
    """
    by_date = left.sort_values("date", kind="stable")
    ends = by_date.groupby(["frame", "left_out"], sort=False).agg(
        tau=("tau", "first"), first=("share", "first"), last=("share", "last")
    )
    rows = []
    for frame, own in ends.assign(step=ends["last"] - ends["first"]).groupby(level="frame", sort=False):
        own = own.droplevel("frame")
        base, rest = own.loc[""], own.drop(index="").sort_index()
        tau = rest["tau"].dropna()
        low, high = (tau.idxmin(), tau.idxmax()) if len(tau) else ("", "")
        steps = {"step": base["step"], "step_low": rest["step"].min(), "step_high": rest["step"].max()}
        ends_of = {"low": tau.min(), "high": tau.max(), "low_without": low, "high_without": high}
        rows.append({"frame": frame, "terms": len(rest), "tau": base["tau"], **ends_of, **steps})
    return pd.DataFrame(rows)


def flip_sentences(shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """The fewest sentences whose recoding, from carrying a frame to not carrying it or the other way, undoes its
    course. Only how many sentences of each article carry the frame matters: every change of these numbers is tried, the
    smallest first, as long as their number stays within MOST_SETS.

    shares   one row per article and frame, from share_of_sentences
    returns  one row per frame: frame, taken ("sentences"), of (how many there are), tau, size (how many are recoded;
             missing where no change is found), names (of the first: "2 more in 2008; 1 fewer in 2022"), sets (how many
             changes of this size undo it), tau_after, searched (the size up to which every change was tried)
    """
    labels, rows = articles.set_index("article")["label"], []
    for frame in frames:
        own, dates = dated(shares[shares["frame"].eq(frame)], articles)
        carrying, sizes = own["carrying"].to_numpy(), own["sentences"].to_numpy()
        taus = partial(_taus_recoded, carrying=carrying, sizes=sizes, dates=dates)
        row = _smallest(2 * len(own), int(sizes.sum()), taus, articles=len(own), again=True)
        named = [
            f"{times} {('more', 'fewer')[move // len(own)]} in {labels[own['article'].iloc[move % len(own)]]}"
            for move, times in Counter(row.pop("first")).items()
        ]
        rows.append({"frame": frame, "taken": "sentences", "of": sizes.sum(), **row, "names": "; ".join(named)})
    return pd.DataFrame(rows, columns=FLIPS).astype({"size": "Int64"})


def flip_terms(
    stands: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame, frames: list[str]
) -> pd.DataFrame:
    """The smallest set of its terms without which a frame's course is undone: every set is tried, the smallest first,
    as long as their number stays within MOST_SETS. The columns are those of flip_sentences; names are terms."""
    own, dates = dated(sentences, articles)
    rows = []
    for frame in frames:
        terms, matrix = _lay_out(stands, own, frame)
        taus = partial(_taus_without_terms, matrix=matrix, sentences=own, dates=dates)
        row = _smallest(len(terms), len(terms), taus, articles=len(dates))
        names = "; ".join(terms[i] for i in row.pop("first"))
        rows.append({"frame": frame, "taken": "terms", "of": len(terms), **row, "names": names})
    return pd.DataFrame(rows, columns=FLIPS).astype({"size": "Int64"})


def flip_articles(shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """The smallest set of articles without which a frame's course is undone, at least three articles being left, for
    with two a single step decides. The columns are those of flip_sentences; names are labels."""
    labels, rows = articles.set_index("article")["label"], []
    for frame in frames:
        own, dates = dated(shares[shares["frame"].eq(frame)], articles)
        taus = partial(_taus_without_articles, values=own["share"].to_numpy(), dates=dates)
        row = _smallest(len(own), len(own) - 3, taus, articles=len(own))
        names = "; ".join(labels[own["article"].iloc[i]] for i in row.pop("first"))
        rows.append({"frame": frame, "taken": "articles", "of": len(own), **row, "names": names})
    return pd.DataFrame(rows, columns=FLIPS).astype({"size": "Int64"})


def without_trend(course: pd.DataFrame, tau: float, *, single: bool) -> str:
    """Why a course by date has no trend to keep: it neither rises nor falls, or not as tau over single articles does.
    If one article alone has the frame, tau is a matter of its place and not of its share (where years stand for their
    articles, not `single`, that need not be so)."""
    there = course.loc[course["share"].gt(0), "label"]
    if len(course) and course["date"].nunique() == 1:
        return f"of {course['label'].iloc[0]} alone"
    if len(there) == 1 and single:
        return f"in {there.iloc[0]} only"
    ends, pairs = signs_of(course["share"], course["date"])
    if not ends:
        return "the same at the end as at the beginning"
    where = "higher" if ends > 0 else "lower"
    if ends != pairs:
        return f"{where} at the end, but not in most pairs of dates"
    return f"{where} at the end, but not in most pairs of single articles" * (not ends * tau > 0)


def _lay_out(stands: pd.DataFrame, sentences: pd.DataFrame, frame: str) -> tuple[list[str], np.ndarray]:
    """The terms of a frame, by name, and where each stands: one row per term, one column per sentence, 0 or 1."""
    places = sentences.reset_index()[["index", "article", "sentence"]]
    own = stands[stands["frame"].eq(frame)].merge(places, on=["article", "sentence"])
    terms = sorted(set(own["term"]))
    matrix = np.zeros((len(terms), len(sentences)))
    matrix[own["term"].map(terms.index).to_numpy(int), own["index"].to_numpy(int)] = 1
    return terms, matrix


def _leave_out_each(terms: list[str], matrix: np.ndarray, sentences: pd.DataFrame, dates: np.ndarray) -> pd.DataFrame:
    """leave_out_terms for one frame, before labels and dates."""
    kept = np.vstack([np.ones(len(terms)), 1 - np.eye(len(terms))])
    left, place = np.nonzero(kept @ matrix)
    names = pd.Categorical.from_codes(left, categories=["", *terms])
    carried = sentences[["article", "sentence"]].iloc[place].assign(frame=names)
    table = share_of_sentences(carried, sentences).rename(columns={"frame": "left_out"})
    taus = pd.Series(tau_b(shares(kept @ matrix, sentences), dates), index=["", *terms], name="tau")
    table = table.astype({"left_out": str}).join(taus, on="left_out")
    order = table["left_out"].map({name: i for i, name in enumerate(taus.index)})
    return table.assign(order=order).sort_values("order", kind="stable").drop(columns="order")


def _without(sets: np.ndarray, size: int) -> np.ndarray:
    """Sets of numbers to take out, as rows of 1 (kept) and 0 (taken out)."""
    kept = np.ones((len(sets), size))
    np.put_along_axis(kept, sets, 0, axis=1)
    return kept


def _taus_without_terms(
    sets: np.ndarray, *, matrix: np.ndarray, sentences: pd.DataFrame, dates: np.ndarray
) -> np.ndarray:
    return tau_b(shares(_without(sets, len(matrix)) @ matrix, sentences), dates)


def _taus_without_articles(sets: np.ndarray, *, values: np.ndarray, dates: np.ndarray) -> np.ndarray:
    return tau_b(np.where(_without(sets, len(values)) > 0, values, np.nan), dates)


def _taus_recoded(sets: np.ndarray, *, carrying: np.ndarray, sizes: np.ndarray, dates: np.ndarray) -> np.ndarray:
    """Moves 0 to n - 1 are one more carrying sentence in that article, n to 2n - 1 one fewer. Moves that an article has
    no sentences for leave tau as it is."""
    moves = np.zeros((len(sets), 2 * len(sizes)))
    np.add.at(moves, (np.arange(len(sets))[:, None], sets), 1)
    counts = carrying + moves[:, : len(sizes)] - moves[:, len(sizes) :]
    possible = ((counts >= 0) & (counts <= sizes)).all(axis=1, keepdims=True)
    return tau_b(np.where(possible, counts, carrying) / sizes, dates)


def _smallest(count: int, most: int, taus, *, articles: int, again: bool = False) -> dict:
    """The smallest set of the numbers below `count`, of `most` at most, that undoes a course: `taus` gives tau for rows
    of numbers; with `again` a number may be taken more than once. Beyond size 1 the work is bounded too."""
    base = taus(np.empty((1, 0), dtype=int))[0]
    row = {"tau": base, "size": pd.NA, "first": (), "sets": 0, "tau_after": np.nan, "searched": 0}
    tried, limit = 0, min(MOST_SETS, MOST_PAIRS // max(articles**2, 1))
    for size in range(1, most + 1) if abs(base) > 0 else ():
        tried += math.comb(count + size - 1 if again else count, size)
        if tried > limit and size > 1:
            return row
        every = (combinations_with_replacement if again else combinations)(range(count), size)
        undone = _undoing(every, np.sign(base), taus)
        row["searched"] = size
        if undone:
            first, after = undone[0]
            return row | {"size": size, "first": first, "sets": len(undone), "tau_after": after}
    return row


def _undoing(every, sign: float, taus) -> list[tuple]:
    """Those of the sets that undo a course of this sign, each with the tau it leaves."""
    undone = []
    while batch := list(islice(every, 1000)):
        after = taus(np.array(batch))
        undone += [(batch[i], after[i]) for i in np.flatnonzero(~(after * sign > 0))]
    return undone
