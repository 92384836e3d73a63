"""Intervals for shares and their changes where outlets, not articles, are the draws: one outlet at a time is left out.

What an outlet prints hangs together, so sentences and articles are not independent. The jackknife asks how far a share
moves when each outlet in turn is left out; that is its standard error. Few or unequal outlets tell less than their
number says: G*, their effective number, decides how wide the interval is and whether there is one.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import scipy

from helpers.articles.column_names import STRATA
from helpers.files.tables import require

FEWEST_EFFECTIVE = 5  # G*: with fewer outlets the spread between outlets is itself unknown, and no interval is given
FEW = 20  # articles that carry a frame: with fewer, the jackknife alone held a true share of 1% in .79 of samples
EACH = 5  # articles that each kind of text has, on average; a list of topics or pages has fewer, and is no kind


def known_strata(articles: pd.DataFrame) -> list[str]:
    """Which columns say what kind of text an article is: those of STRATA that are there and differ between articles,
    but not from each article to the next."""
    kinds = {name: articles[name].astype(object).fillna("").nunique() for name in STRATA if name in articles}
    return [name for name, number in kinds.items() if 1 < number <= len(articles) / EACH]


def known_cells(articles: pd.DataFrame) -> list[str]:
    """Within what a change can be told from another mix: outlets, where more than one is known, and kinds of text."""
    outlets = articles["outlet"].astype(object).replace("", None).nunique()
    return ["outlet"] * (outlets > 1) + known_strata(articles)


def effective_clusters(sizes: np.ndarray) -> float:
    """G*, the number of equal clusters that would tell as much as these: (Σm)² / Σm² (Carter, Schnepel & Steigerwald
    2017, Rev. Econ. Stat. 99: 698-709; Kish 1965, Survey Sampling). 0 where there is nothing.

    sizes  m, one number per cluster: how much it weighs in the estimate

    >>> effective_clusters(np.array([10, 10, 10])), round(effective_clusters(np.array([80, 10, 10])), 2)
    (3.0, 1.52)
    """
    sizes = np.asarray(sizes, dtype=float)
    return float(sizes.sum() ** 2 / (sizes**2).sum()) if sizes.any() else 0.0


def leave_one_out(part: np.ndarray, whole: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """Shares of everything, less the same shares with one cluster left out.

    part, whole  counts, one row per article; part has a column per share
    codes        the cluster of each article, from 0; two clusters at least have sentences
    returns      one row per cluster, one column per share
    """
    totals = np.zeros((codes.max() + 1, part.shape[1] + 1))
    np.add.at(totals, codes, np.column_stack([part, whole]))
    rest = totals.sum(axis=0) - totals
    return totals[:, :-1].sum(axis=0) / totals[:, -1].sum() - rest[:, :-1] / rest[:, -1:]


def interval_of_shares(part: np.ndarray, whole: np.ndarray, codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """95% intervals of shares over clusters.

    The variance is the jackknife's (MacKinnon, Nielsen & Webb 2023, J. Appl. Econom. 38: 671-694). It is turned into
    the number of independent draws that would vary as much, and the interval is Wilson's for so many draws, with
    Student's t of G* - 1 degrees of freedom: near 0 and 1 this holds where the share plus and minus does not (Korn &
    Graubard 1998, Survey Methodology 24: 193-201). There are never more draws than sentences. A rare frame is in few
    outlets, which then look more alike than they are. So G* is that of the sentences that carry the frame, if it is the
    smaller (though never below FEWEST_EFFECTIVE for that); and where fewer than FEW articles carry it there are never
    more draws than articles.

    part, whole  counts, one row per article; part has a column per share
    codes        the cluster of each article, from 0
    returns      low, high: one value per share
    raises       ValueError if G* is not above 1: one cluster does not say how much clusters differ
    """
    effective = effective_clusters(np.bincount(codes, whole))
    if effective <= 1:
        raise ValueError("interval_of_shares: all sentences are of one cluster. Give no interval.")
    share, moved = part.sum(axis=0) / whole.sum(), leave_one_out(part, whole, codes)
    variance = (len(moved) - 1) / len(moved) * (moved**2).sum(axis=0)
    alone = share * (1 - share)
    most = np.where((part > 0).sum(axis=0) < FEW, effective_clusters(whole), whole.sum())
    draws = np.divide(alone, np.maximum(variance, alone / most), out=most.astype(float), where=alone > 0)
    carriers = np.array([effective_clusters(np.bincount(codes, column)) for column in part.T])
    t = scipy.stats.t.ppf(0.975, np.minimum(effective, np.maximum(carriers, FEWEST_EFFECTIVE)) - 1)
    middle = (share + t**2 / (2 * draws)) / (1 + t**2 / draws)
    reach = t / (1 + t**2 / draws) * np.sqrt(alone / draws + t**2 / (4 * draws**2))
    return np.clip(middle - reach, 0, share), np.clip(middle + reach, share, 1)


def change_of_shares(
    shares: pd.DataFrame, articles: pd.DataFrame, ends: pd.DataFrame, *, clusters: Sequence[str] = ("outlet",)
) -> pd.DataFrame:
    """How much the share of sentences that carry a frame changes between two periods, with its 95% interval.

    Outlets present in both periods are pairs: what they do alike in both does not count as error. Each limit lies as
    far from the change as the limits of the two shares say, given the correlation that the jackknife finds (Newcombe
    1998, Stat. Med. 17: 2635-2650, method 10). With outlets alone the interval says what other outlets would have
    printed of the same events. With the month as well it says whether other events could have made the change.

    shares    one row per article and frame: article, frame, carrying, sentences, from share_of_sentences
    articles  one row per article: article, period, and the columns named in `clusters`; "" or NaN is one cluster
    ends      one row per frame: frame, begin, end (two of the periods)
    clusters  columns of articles; the interval is computed for each, and the widest is given
    returns   one row per frame: frame, begin, first, first_of, end, last, last_of (period, share, sentences), change,
              low, high (NaN where there are too few clusters), by (the column of this interval, or of the fewest),
              pairs (clusters of it in both periods), effective (their G*, the smaller of the two periods), why_not
              (why there is no interval; else "")
    """
    require(shares, "article frame carrying sentences", "change_of_shares: shares, from share_of_sentences")
    require(articles, f"article period {' '.join(clusters)}", "change_of_shares: articles")
    codes = {by: pd.factorize(articles[by].astype(object).fillna(""))[0] for by in clusters}
    codes = articles[["article", "period"]].assign(**codes)
    table = shares.astype({"frame": str}).merge(codes, on="article")
    own = dict(list(table.groupby("frame")))
    rows = [_change(own[row.frame], row.begin, row.end, clusters) for row in ends.itertuples()]
    columns = "begin first first_of end last last_of change low high by pairs effective why_not".split()
    return pd.DataFrame(rows, columns=columns).assign(frame=ends["frame"].tolist())[["frame", *columns]]


def split_change(
    shares: pd.DataFrame, articles: pd.DataFrame, ends: pd.DataFrame, *, by: Sequence[str] = ("outlet",)
) -> pd.DataFrame:
    """What of a change happened within outlets (and kinds of text), and what comes from another mix of them (Kitagawa
    1955, J. Am. Stat. Assoc. 50: 1168-1194). Shares are of sentences.

    within = Σ (change of a cell's share) · (mean of its two weights); mix = Σ (change of its weight) · (mean of its two
    shares). A cell that only one period has cannot change: it belongs to the mix, with the share it has.

    shares    one row per article and frame: article, frame, carrying, sentences, from share_of_sentences
    articles  one row per article: article, period, and the columns named in `by`
    ends      one row per frame: frame, begin, end (two of the periods)
    by        columns whose values, together, make up the cells; see known_cells
    returns   one row per frame: frame, begin, end, change, within, mix (they add up to the change), cells (in either
              period), both (cells in both), compared (part of the two periods' sentences, on average, that is in these)
    """
    require(articles, f"article period {' '.join(by)}", "split_change: articles")
    cell = articles[list(by)].astype(object).fillna("").groupby(list(by)).ngroup()
    table = shares.astype({"frame": str}).merge(articles[["article", "period"]].assign(cell=cell), on="article")
    rows = [_split(table[table["frame"].eq(row.frame)], row.begin, row.end) for row in ends.itertuples()]
    columns = "begin end change within mix cells both compared".split()
    return pd.DataFrame(rows, columns=columns).assign(frame=ends["frame"].tolist())[["frame", *columns]]


def _change(own: pd.DataFrame, begin: str, end: str, clusters: Sequence[str]) -> dict:
    """One row of change_of_shares; own are the rows of one frame."""
    periods = [own[own["period"].eq(period)] for period in (begin, end)]
    (p, of_p), (q, of_q) = ((t["carrying"].sum() / t["sentences"].sum(), t["sentences"].sum()) for t in periods)
    row = {"begin": begin, "first": p, "first_of": of_p, "end": end, "last": q, "last_of": of_q, "change": q - p}
    spans = [_span(*periods, by) for by in clusters]
    fewest = min(spans, key=lambda span: span["effective"])
    if fewest["effective"] < FEWEST_EFFECTIVE:
        worth = f"{fewest['effective']:.1f} equal ones: {FEWEST_EFFECTIVE} are needed"
        return row | fewest | {"why_not": f"too few {fewest['by']}s: they weigh as much as {worth}"}
    ways = [_limits(*periods, span["by"]) for span in spans]
    widest = max(range(len(spans)), key=lambda index: sum(ways[index]))
    down, up = ways[widest]
    return row | spans[widest] | {"low": q - p - down, "high": q - p + up, "why_not": ""}


def _span(first: pd.DataFrame, last: pd.DataFrame, by: str) -> dict:
    """How many clusters two periods have: those in both, and the smaller G*."""
    effective = min(effective_clusters(each.groupby(by)["sentences"].sum()) for each in (first, last))
    return {"by": by, "pairs": len(set(first[by]) & set(last[by])), "effective": effective}


def _limits(first: pd.DataFrame, last: pd.DataFrame, by: str) -> tuple[float, float]:
    """How far the limits of the change lie below and above it."""
    ways, moved = [], []
    for own in (first, last):
        part, whole, codes = own[["carrying"]].to_numpy(float), own["sentences"].to_numpy(), pd.factorize(own[by])[0]
        low, high = interval_of_shares(part, whole, codes)
        share = part.sum() / whole.sum()
        ways.append((share - low[0], high[0] - share))
        moved.append(pd.Series(leave_one_out(part, whole, codes)[:, 0], index=own[by].unique()))
    one, other = pd.concat(moved, axis=1).fillna(0).to_numpy().T
    both = one @ other
    r = both / np.sqrt((one @ one) * (other @ other)) if both else 0
    pairs = ((ways[1][0], ways[0][1]), (ways[1][1], ways[0][0]))
    down, up = (np.sqrt(max(a**2 + b**2 - 2 * r * a * b, 0)) for a, b in pairs)
    return down, up


def _split(own: pd.DataFrame, begin: str, end: str) -> dict:
    """One row of split_change; own are the rows of one frame."""
    sums = own.groupby(["cell", "period"])[["carrying", "sentences"]].sum().unstack(fill_value=0)
    part, whole = (sums[name][[begin, end]].to_numpy(float) for name in ("carrying", "sentences"))
    part, whole = part[whole.any(axis=1)], whole[whole.any(axis=1)]
    weight, there = whole / whole.sum(axis=0), (whole > 0).all(axis=1)
    share = part / np.where(whole > 0, whole, 1)
    share = np.where(whole > 0, share, share[:, ::-1])  # a cell that a period lacks has the share of the other
    within, mix = np.diff(share)[:, 0] @ weight.mean(axis=1), np.diff(weight)[:, 0] @ share.mean(axis=1)
    row = {"begin": begin, "end": end, "change": within + mix, "within": within, "mix": mix}
    return row | {"cells": len(whole), "both": there.sum(), "compared": weight[there].mean(axis=1).sum()}
