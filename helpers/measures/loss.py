"""How little undoes a trend. A trend is the sign of Kendall's tau-b between a frame's share and the date: above zero it
rises, below zero it falls. It is undone where tau has that sign no longer: where it is zero, of the other sign, or has
no value because nothing varies any more.
"""

import math
from collections import Counter
from functools import partial
from itertools import combinations, combinations_with_replacement, islice

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from helpers.codebook.hits import find_hits, share_of_sentences
from helpers.codebook.terms import MASK
from helpers.files.tables import label_rows
from helpers.measures.tau import keep_dated, sentences_by_article, sum_of_signs, tau_b, tau_with_one_changed

MOST_SETS = 20_000  # no more sets than these are tried in search of the smallest one that undoes a trend
MOST_PAIRS = 100_000_000  # nor more than compare so many pairs of articles: 2,500 sets of 200 articles
FLIPS = ["frame", "taken", "of", "tau", "size", "names", "sets", "searched"]


def find_terms(sentences: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """The sentences in which each term would be a hit if it were the only term of its frame: masks still hide it,
    longer terms do not. With some terms of a frame left out, a sentence carries it if one of the others is here.

    sentences  one row per sentence, from split_sentences
    codebook   one row per term: frame, term
    returns    one row per term and sentence, by frame and term: frame, term, article, sentence
    """
    alone = codebook["frame"].where(codebook["frame"].eq(MASK), codebook["frame"] + "\t" + codebook["term"])
    hits = find_hits(sentences, codebook.assign(frame=alone))
    found = hits[["frame", "term", "article", "sentence"]].astype({"frame": str}).drop_duplicates()
    frames = found["frame"].str.partition("\t")[0] if len(found) else found["frame"]
    return found.assign(frame=frames).sort_values(["frame", "term"], kind="stable", ignore_index=True)


def share_without_terms(found: pd.DataFrame, sentences: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """Each frame's share of sentences with one of its terms left out. Terms that are found nowhere are not tried.

    found    one row per term and sentence, from find_terms
    returns  one row per frame, term left out ("" for none) and article: frame, left_out, then as share_of_sentences
    """
    tables = []
    for frame in frames:
        own = found[found["frame"].eq(frame)]
        terms = ["", *sorted(own["term"].unique())]
        kept = pd.concat([own[own["term"].ne(term)].assign(frame=term) for term in terms])
        shares = share_of_sentences(kept.assign(frame=pd.Categorical(kept["frame"], terms)), sentences)
        tables.append(shares.rename(columns={"frame": "left_out"}).astype({"left_out": str}).assign(frame=frame))
    columns = "frame left_out article label date carrying sentences share ids".split()
    return pd.concat(tables)[columns] if tables else pd.DataFrame(columns=columns)


def leave_out_terms(
    found: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame, frames: list[str]
) -> pd.DataFrame:
    """Each frame's tau with one of its terms left out.

    found      one row per term and sentence, from find_terms
    sentences  one row per sentence, article by article
    articles   one row per article: article, date; those without a date are left out
    returns    one row per frame and term left out ("" for none, the first): frame, left_out, tau
    """
    own, dates = keep_dated(sentences, articles)
    tables = [pd.DataFrame(columns=["frame", "left_out", "tau"])]
    for frame in frames:
        terms, *places = _lay_out(found, own, frame)
        kept = np.vstack([np.ones((1, len(terms))), 1 - np.eye(len(terms))])
        taus = tau_b(_shares_of_kept(kept, *places), dates)
        tables.append(pd.DataFrame({"frame": frame, "left_out": ["", *terms], "tau": taus}))
    return pd.concat(tables[bool(frames) :], ignore_index=True)


def leave_out_articles(shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """Each frame's tau with one article left out.

    shares   one row per article and frame, from share_of_sentences
    returns  one row per frame and article left out: frame, left_out (its label), article, carrying, sentences, share,
             ids (the article's own), label, date, tau (of the others)
    """
    tables = [shares.head(0).assign(tau=0.0)]
    for frame in frames:
        own, dates = keep_dated(shares[shares["frame"].eq(frame)], articles)
        each, values = np.arange(len(own)), own["share"].to_numpy()
        tables.append(own.assign(frame=frame, tau=tau_with_one_changed(values, dates, each, np.full(len(own), np.nan))))
    table = label_rows(pd.concat(tables[bool(frames) :]), articles)
    table = table.assign(left_out=table["label"])
    return table[["frame", "left_out", "article", "carrying", "sentences", "share", "ids", "label", "date", "tau"]]


def flip_sentences(shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """The fewest sentences that undo a frame's trend if they are coded differently: as carrying the frame or as not.
    Only how many sentences of each article carry it matters: every change of these numbers is tried, the smallest
    first, as long as there are at most MOST_SETS.

    shares   one row per article and frame, from share_of_sentences
    returns  one row per frame: frame, taken ("sentences"), of (how many there are), tau, size (how many must change;
             missing where no change is found), names (the first such change: "2 more in 2008; 1 fewer in 2022"), sets
             (how many changes of this size undo it), searched (no smaller and no other change up to this size does)
    """
    labels, rows = articles.set_index("article")["label"], []
    for frame in frames:
        own, dates = keep_dated(shares[shares["frame"].eq(frame)], articles)
        carrying, sizes = own["carrying"].to_numpy(), own["sentences"].to_numpy()
        taus = partial(_taus_recoded, carrying=carrying, sizes=sizes, dates=dates)
        # One sentence moves its article past all others at most: S changes by two for each of them.
        safe = _ruled_out(own["share"].to_numpy(), dates, 2)
        row = _smallest(2 * len(own), int(sizes.sum()), taus, articles=len(own), safe=safe, again=True)
        named = [
            f"{times} {('more', 'fewer')[move // len(own)]} in {labels[own['article'].iloc[move % len(own)]]}"
            for move, times in Counter(row.pop("first")).items()
        ]
        rows.append({"frame": frame, "taken": "sentences", "of": sizes.sum(), **row, "names": "; ".join(named)})
    return pd.DataFrame(rows, columns=FLIPS).astype({"size": "Int64"})


def flip_terms(found: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """The smallest set of its terms without which a frame's trend is undone: every set is tried, the smallest first,
    as long as there are at most MOST_SETS. The columns are those of flip_sentences; names are terms."""
    own, dates = keep_dated(sentences, articles)
    rows = []
    for frame in frames:
        terms, *places = _lay_out(found, own, frame)

        def taus(sets, terms=terms, places=places):
            """Kendall's tau without each of these sets of terms."""
            return tau_b(_shares_of_kept(_without(sets, len(terms)), *places), dates)

        row = _smallest(len(terms), len(terms), taus, articles=len(dates))
        names = "; ".join(terms[i] for i in row.pop("first"))
        rows.append({"frame": frame, "taken": "terms", "of": len(terms), **row, "names": names})
    return pd.DataFrame(rows, columns=FLIPS).astype({"size": "Int64"})


def flip_articles(shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """The smallest set of articles without which a frame's trend is undone. Three articles at least must remain, for
    with two a single step decides. The columns are those of flip_sentences; names are labels."""
    labels, rows = articles.set_index("article")["label"], []
    for frame in frames:
        own, dates = keep_dated(shares[shares["frame"].eq(frame)], articles)
        values = own["share"].to_numpy()

        def taus(sets, values=values, dates=dates):
            """Kendall's tau without each of these sets of articles."""
            if sets.shape[1] == 1:
                return tau_with_one_changed(values, dates, sets[:, 0], np.full(len(sets), np.nan))
            return tau_b(np.where(_without(sets, len(values)) > 0, values, np.nan), dates)

        # Without an article, S loses its pairs with all others, one for each.
        row = _smallest(len(own), len(own) - 3, taus, articles=len(own), safe=_ruled_out(values, dates, 1))
        names = "; ".join(labels[own["article"].iloc[i]] for i in row.pop("first"))
        rows.append({"frame": frame, "taken": "articles", "of": len(own), **row, "names": names})
    return pd.DataFrame(rows, columns=FLIPS).astype({"size": "Int64"})


def _lay_out(
    found: pd.DataFrame, sentences: pd.DataFrame, frame: str
) -> tuple[list[str], np.ndarray, csr_matrix, np.ndarray]:
    """The terms of a frame, by name; where each is found, one row per term and one column per sentence that has any of
    them, 0 or 1; which article each of these sentences is of; and how many sentences each article has."""
    keys = pd.MultiIndex.from_frame(sentences[["article", "sentence"]])
    own = found[found["frame"].eq(frame)]
    at = keys.get_indexer(pd.MultiIndex.from_frame(own[["article", "sentence"]]))
    own, at = own[at >= 0], at[at >= 0]
    terms, (places, column) = sorted(set(own["term"])), np.unique(at, return_inverse=True)
    matrix = np.zeros((len(terms), len(places)))
    matrix[own["term"].map(terms.index).to_numpy(int), column] = 1
    by_article = sentences_by_article(sentences)
    return terms, matrix, by_article[places], np.asarray(by_article.sum(axis=0)).ravel()


def _shares_of_kept(kept: np.ndarray, matrix: np.ndarray, by_article: csr_matrix, sizes: np.ndarray) -> np.ndarray:
    """Each article's share of sentences that have any of the terms kept: one row per row of `kept`, of 1 and 0."""
    return (kept @ matrix > 0) @ by_article / sizes


def _without(sets: np.ndarray, size: int) -> np.ndarray:
    """Sets of numbers to take out, as rows of 1 (kept) and 0 (taken out)."""
    kept = np.ones((len(sets), size))
    np.put_along_axis(kept, sets, 0, axis=1)
    return kept


def _taus_recoded(sets: np.ndarray, *, carrying: np.ndarray, sizes: np.ndarray, dates: np.ndarray) -> np.ndarray:
    """Moves 0 to n - 1 are one more carrying sentence in that article, n to 2n - 1 one fewer. Moves that an article has
    no sentences for leave tau as it is."""
    if sets.shape[1] == 1:
        place, fewer = sets[:, 0] % len(sizes), sets[:, 0] >= len(sizes)
        counts = np.clip(carrying[place] + np.where(fewer, -1, 1), 0, sizes[place])
        return tau_with_one_changed(carrying / sizes, dates, place, counts / sizes[place])
    moves = np.zeros((len(sets), 2 * len(sizes)))
    np.add.at(moves, (np.arange(len(sets))[:, None], sets), 1)
    counts = carrying + moves[:, : len(sizes)] - moves[:, len(sizes) :]
    possible = ((counts >= 0) & (counts <= sizes)).all(axis=1, keepdims=True)
    return tau_b(np.where(possible, counts, carrying) / sizes, dates)


def _ruled_out(values: np.ndarray, dates: np.ndarray, step: int) -> int:
    """The largest number of changes that cannot undo a trend, whichever they are, as each moves Kendall's S by at most
    `step` for each other article."""
    return max(abs(sum_of_signs(values, dates)) - 1, 0) // max(step * (len(values) - 1), 1)


def _smallest(count: int, most: int, taus, *, articles: int, safe: int = 0, again: bool = False) -> dict:
    """The smallest set of the numbers below `count`, of `most` at most, that undoes a trend: `taus` gives tau for rows
    of numbers; with `again` a number may be taken more than once. Sets of up to `safe` are known not to. The first size
    tried is tried in full where it is one; beyond, the work is bounded."""
    base = taus(np.empty((1, 0), dtype=int))[0]
    searched = max(min(safe, most), 0)
    row = {"tau": base, "size": pd.NA, "first": (), "sets": 0, "searched": searched}
    tried, limit = 0, min(MOST_SETS, MOST_PAIRS // max(articles**2, 1))
    for size in range(searched + 1, most + 1) if abs(base) > 0 else ():
        tried += math.comb(count + size - 1 if again else count, size)
        if tried > limit and size > 1:
            return row
        every = (combinations_with_replacement if again else combinations)(range(count), size)
        undone = _undoing(every, np.sign(base), taus)
        row["searched"] = size
        if undone:
            return row | {"size": size, "first": undone[0], "sets": len(undone)}
    return row


def _undoing(every, sign: float, taus) -> list[tuple]:
    """Those of the sets that undo a trend of this sign."""
    undone = []
    while batch := list(islice(every, 1000)):
        undone += [batch[i] for i in np.flatnonzero(~(taus(np.array(batch)) * sign > 0))]
    return undone
