"""Shares by year or month, with error bars that allow for articles that belong together: one outlet's, or copies."""

import numpy as np
import pandas as pd
import scipy

from helpers.articles.copies import count_effective
from helpers.articles.dates_shown import columns_of
from helpers.files.tables import require
from helpers.measures.tests import sample_needed, square_and_add

DRAWS = 999
FEWEST_CLUSTERS = 10  # with fewer, how much clusters differ is itself unknown: no interval is given
# An interval around one half that reaches further than .2 to either side says too little to be drawn.
FEWEST_ARTICLES = sample_needed(0.5, 0.2)
SHARES = "period start frame unit carrying whole share low high articles effective clusters resampled why_none ids"


def known_clusters(articles: pd.DataFrame) -> list[str]:
    """What articles belong together by: their outlets, where more than one is known, and their groups of copies."""
    outlets = articles.loc[articles["outlet"].ne(""), "outlet"].nunique()
    return ["outlet"] * (outlets > 1) + ["group"]


def share_by_period(
    shares: pd.DataFrame, articles: pd.DataFrame, *, clusters: list[str], rng: int = 2026
) -> pd.DataFrame:
    """Shares of articles and of sentences that carry each frame, by year, or by month where all articles are of one
    year, with 95% intervals where the period has enough articles and clusters.

    shares    one row per article and frame: article, frame, carrying, sentences, ids, from share_of_sentences
    articles  one row per article: article, label, date, date_precision, group (from group_copies), and the columns
              named in `clusters`; those without a date are left out
    clusters  columns of articles; the interval is computed for each, and the widest is given
    returns   one row per period, frame and unit ("articles", "sentences"): period ("2012" or "2012-02"), start, frame,
              unit, carrying, whole, share (0 to 1), low, high (95%; NaN where there is none), articles, effective (the
              effective number of articles, copies allowed for), clusters (how many were resampled; the fewest where
              there is no interval), resampled (which column), why_none (why there is no interval), ids (articles, or
              sentences as "article:1")
    """
    require(articles, f"article date date_precision group {' '.join(clusters)}", "share_by_period: articles")
    periods = columns_of(articles, most=0).dropna(subset="date")
    periods = periods.rename(columns={"column": "period", "date": "start"})[["article", "period", "start"]]
    dated = periods.merge(articles[["article", "group", *{*clusters} - {"group"}]], on="article")
    table = shares.merge(dated, on="article")
    parts = [_period(rows, clusters, rng).assign(period=period) for period, rows in table.groupby("period")]
    table = pd.concat(parts or [pd.DataFrame(columns=SHARES.split())])
    return table[SHARES.split()].reset_index(drop=True)


def change_of_periods(shares: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """How much the share of each frame changes between the first and the last period with an interval.

    The interval of the change comes from those of the two shares (tests.square_and_add). It treats the shares as
    independent; where the same outlets are in both periods it is too wide rather than too narrow.

    shares   one row per period and frame, of one unit, from share_by_period
    frames   in this order
    returns  one row per frame: frame, begin, first, first_of, end, last, last_of (period, share, whole), change, low,
             high, between (number of periods between the two); no row where fewer than two periods have intervals
    """
    ordered = shares[shares["frame"].isin(frames)].sort_values("start", kind="stable")
    with_interval = ordered[ordered["low"].notna()]
    first, last = (
        with_interval.drop_duplicates("frame", keep=keep).set_index("frame").reindex(frames)
        for keep in ("first", "last")
    )
    change = square_and_add(*(ends[["share", "low", "high"]].to_numpy(dtype=float) for ends in (last, first)))
    table = pd.DataFrame(change, columns=["change", "low", "high"], index=first.index)
    for ends, names in ((first, ("begin", "first", "first_of")), (last, ("end", "last", "last_of"))):
        table[list(names)] = ends[["period", "share", "whole"]]
    starts = ordered["start"].drop_duplicates()
    table["between"] = [
        int(((starts > a) & (starts < b)).sum()) for a, b in zip(first["start"], last["start"], strict=True)
    ]
    columns = "begin first first_of end last last_of change low high between".split()
    return table.loc[first["start"] < last["start"], columns].rename_axis("frame").reset_index()


def estimate(part: np.ndarray, whole: np.ndarray, codes: np.ndarray, *, rng: int = 2026) -> tuple[np.ndarray, ...]:
    """95% intervals of shares over clusters.

    The spread comes from resampling whole clusters (Davison & Hinkley 1997, Bootstrap Methods and their Application,
    sec. 3.8; Cameron, Gelbach & Miller 2008, Rev. Econ. Stat. 90(3): 414-427). It is turned into the effective number:
    of independent draws that would spread as much. Wilson's interval is given for these, with Student's t for the few
    clusters: near 0 and 1 it holds where the resampled shares themselves do not (Korn & Graubard 1998, Survey
    Methodology 24: 193-201). A share of 0 or 1 does not spread at all: there each cluster is one draw.

    part, whole  counts, one row per article; part has a column per share
    codes        the cluster of each article, from 0
    returns      low, high: one value per share
    """
    number = codes.max() + 1
    totals = np.zeros((number, part.shape[1] + 1))
    np.add.at(totals, codes, np.column_stack([part, whole]))
    times = np.random.default_rng(rng).multinomial(number, np.full(number, 1 / number), size=DRAWS)
    drawn = times @ totals
    spread = (drawn[:, :-1] / drawn[:, -1:]).var(axis=0, ddof=1) * number / (number - 1)
    share = part.sum(axis=0) / whole.sum()
    effective = np.divide(share * (1 - share), spread, out=np.full(len(share), float(number)), where=spread > 0)
    effective, q = np.minimum(effective, whole.sum()), scipy.stats.t.ppf(0.975, number - 1)
    middle = (share + q**2 / (2 * effective)) / (1 + q**2 / effective)
    reach = q / (1 + q**2 / effective) * np.sqrt(share * (1 - share) / effective + q**2 / (4 * effective**2))
    return np.clip(middle - reach, 0, share), np.clip(middle + reach, share, 1)


def _period(rows: pd.DataFrame, clusters: list[str], rng: int) -> pd.DataFrame:
    """The rows of share_by_period for one period.

    rows  one row per article and frame of the period
    """
    counts = rows.pivot(index="article", columns="frame", values="carrying")
    each = rows.drop_duplicates("article").set_index("article").loc[counts.index]
    codes = {by: pd.factorize(each[by], use_na_sentinel=False)[0] for by in clusters}  # unknown outlets are one cluster
    numbers = {by: int(codes[by].max()) + 1 for by in clusters}
    fewest = min(clusters, key=numbers.get)
    effective = count_effective(each["group"])["effective"]
    why_none = _why_none(effective, fewest, numbers[fewest])
    ones = np.ones(len(counts), dtype=int)
    units = {"articles": (counts.gt(0).astype(int), ones), "sentences": (counts, each["sentences"].to_numpy())}
    tables = []
    for unit, (part, whole) in units.items():
        table = pd.DataFrame({"frame": counts.columns.astype(str), "carrying": part.sum().to_numpy()})
        table = table.assign(unit=unit, whole=whole.sum(), resampled=fewest, low=np.nan, high=np.nan)
        if not why_none:
            table[["low", "high", "resampled"]] = _widest(part.to_numpy(), whole, codes, rng)
        tables.append(table.assign(clusters=table["resampled"].map(numbers), ids=_ids(rows, unit, table["frame"])))
    table = pd.concat(tables).assign(start=rows["start"].iloc[0], articles=len(counts), effective=effective)
    return table.assign(share=table["carrying"] / table["whole"], why_none=why_none)


def _widest(part: np.ndarray, whole: np.ndarray, codes: dict[str, np.ndarray], rng: int) -> pd.DataFrame:
    """Of the intervals over each kind of cluster the widest: one row per share: low, high, resampled."""
    intervals = np.array([estimate(part, whole, own, rng=rng) for own in codes.values()])  # by cluster, bound, share
    widest, shares = (intervals[:, 1] - intervals[:, 0]).argmax(axis=0), np.arange(part.shape[1])
    low, high = intervals[widest, :, shares].T
    return pd.DataFrame({"low": low, "high": high, "resampled": [list(codes)[index] for index in widest]})


def _why_none(effective: float, fewest: str, number: int) -> str:
    """Why a period has no interval; "" where it has one."""
    if effective < FEWEST_ARTICLES:
        return f"too few articles: {int(effective)} of {FEWEST_ARTICLES}"
    return f"too few {fewest}s: {number} of {FEWEST_CLUSTERS}" if number < FEWEST_CLUSTERS else ""


def _ids(rows: pd.DataFrame, unit: str, frames: pd.Series) -> list[str]:
    """The articles or sentences that carry each frame."""
    carrying = rows[rows["carrying"].gt(0)].astype({"frame": str})
    ids = carrying.groupby("frame")["article" if unit == "articles" else "ids"].agg(" ".join)
    return ids.reindex(frames, fill_value="").tolist()
