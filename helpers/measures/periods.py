"""Shares by year or month, with error bars that allow for articles that belong together: one outlet's, or copies."""

import numpy as np
import pandas as pd

from helpers.articles.dates_shown import columns_of
from helpers.files.tables import require
from helpers.measures.intervals import FEWEST_EFFECTIVE, effective_clusters, interval_of_shares
from helpers.measures.tests import sample_needed

# An interval around one half that reaches further than .2 to either side says too little to be drawn.
FEWEST_ARTICLES = sample_needed(0.5, 0.2)
SHARES = "period start frame carrying whole share low high articles effective by clusters worth why_none ids"


def known_clusters(articles: pd.DataFrame) -> list[str]:
    """What articles belong together by: their outlets, where more than one is known, and their groups of copies."""
    outlets = articles.loc[articles["outlet"].ne(""), "outlet"].nunique()
    return ["outlet"] * (outlets > 1) + ["group"]


def add_periods(articles: pd.DataFrame) -> pd.DataFrame:
    """The articles that have a date, with the period and the event each belongs to.

    articles  one row per article: article, label, date, date_precision
    returns   the same with period (the year, "2012", or the month, "2012-02", where all are of one year), start, and
              event: the month, or within months the day, as what happened then is in many articles at once; where the
              date does not say so much, the period itself
    """
    periods = columns_of(articles, most=0).rename(columns={"column": "period", "date": "start"})
    table = articles.merge(periods[["article", "period", "start"]], on="article").dropna(subset="start")
    monthly = table["period"].str.contains("-").any()
    exact = table["date_precision"].isin(["day"] if monthly else ["day", "month"])
    event = table["date"].dt.strftime("%Y-%m-%d" if monthly else "%Y-%m").where(exact, table["period"])
    return table.assign(event=event)


def known_events(dated: pd.DataFrame) -> list[str]:
    """The column with the events (see add_periods), where any date is exact enough to tell them apart."""
    return ["event"] * bool(dated["event"].ne(dated["period"]).any())


def share_by_period(shares: pd.DataFrame, articles: pd.DataFrame, *, clusters: list[str]) -> pd.DataFrame:
    """Shares of sentences that carry each frame, by year, or by month where all articles are of one year, with 95%
    intervals (interval_of_shares) where the period's articles weigh as much as FEWEST_ARTICLES of equal length that
    are no copies, and its clusters as much as FEWEST_EFFECTIVE equal ones.

    shares    one row per article and frame: article, frame, carrying, sentences, ids, from share_of_sentences
    articles  one row per article: article, label, date, date_precision, group (from group_copies), and the columns
              named in `clusters`; those without a date are left out
    clusters  columns of articles; the interval is computed for each, and the widest is given
    returns   one row per period and frame: period ("2012" or "2012-02"), start, frame, carrying, whole (sentences),
              share (0 to 1), low, high (95%; NaN where there is none), articles, effective (G* of the articles,
              copies counted as one), by (whose clusters are left out one at a time; those that weigh least where
              there is no interval), clusters (their number), worth (G*, their effective number), why_none (why there is
              no interval), ids (sentences, as "article:1")
    """
    require(articles, f"article date date_precision group {' '.join(clusters)}", "share_by_period: articles")
    dated = add_periods(articles)[["article", "period", "start", *{*clusters, "group"}]]
    table = shares.merge(dated, on="article")
    parts = [_period(rows, clusters).assign(period=period) for period, rows in table.groupby("period")]
    table = pd.concat(parts or [pd.DataFrame(columns=SHARES.split())])
    return table[SHARES.split()].reset_index(drop=True)


def _period(rows: pd.DataFrame, clusters: list[str]) -> pd.DataFrame:
    """The rows of share_by_period for one period.

    rows  one row per article and frame of the period
    """
    counts = rows.pivot(index="article", columns="frame", values="carrying")
    each = rows.drop_duplicates("article").set_index("article").loc[counts.index]
    whole = each["sentences"].to_numpy()
    codes = {by: pd.factorize(each[by].astype(object).fillna(""))[0] for by in clusters}  # unknown: one cluster
    numbers = {by: int(own.max()) + 1 for by, own in codes.items()}
    worth = {by: effective_clusters(np.bincount(own, whole)) for by, own in codes.items()}
    fewest = min(clusters, key=worth.get)
    effective = effective_clusters(each.groupby("group")["sentences"].sum())
    why_none = _why_none(effective, len(each), f"{numbers[fewest]:,} {fewest}s", worth[fewest])
    table = pd.DataFrame({"frame": counts.columns.astype(str), "carrying": counts.sum().to_numpy()})
    table = table.assign(whole=whole.sum(), by=fewest, low=np.nan, high=np.nan, why_none=why_none)
    if not why_none:
        table[["low", "high", "by"]] = _widest(counts.to_numpy(), whole, codes)
    table = table.assign(clusters=table["by"].map(numbers), worth=table["by"].map(worth))
    table = table.assign(start=rows["start"].iloc[0], articles=len(counts), effective=effective)
    ids = rows[rows["carrying"].gt(0)].astype({"frame": str}).groupby("frame")["ids"].agg(" ".join)
    ids = ids.reindex(table["frame"], fill_value="").tolist()
    return table.assign(share=table["carrying"] / table["whole"], ids=ids)


def _widest(part: np.ndarray, whole: np.ndarray, codes: dict[str, np.ndarray]) -> pd.DataFrame:
    """Of the intervals over each kind of cluster the widest: one row per share: low, high, by."""
    intervals = np.array([interval_of_shares(part, whole, own) for own in codes.values()])  # by cluster, bound, share
    widest, shares = (intervals[:, 1] - intervals[:, 0]).argmax(axis=0), np.arange(part.shape[1])
    low, high = intervals[widest, :, shares].T
    return pd.DataFrame({"low": low, "high": high, "by": [list(codes)[index] for index in widest]})


def _why_none(effective: float, articles: int, clusters: str, worth: float) -> str:
    """Why a period has no interval; "" where it has one."""
    if effective < FEWEST_ARTICLES:
        return f"{articles:,} articles, which weigh as much as {effective:.1f} equal ones: {FEWEST_ARTICLES} are needed"
    if worth < FEWEST_EFFECTIVE:
        weigh = f"which weigh as much as {worth:.1f} equal ones: {FEWEST_EFFECTIVE} are needed"
        return f"{articles:,} articles from {clusters}, {weigh}"
    return ""
