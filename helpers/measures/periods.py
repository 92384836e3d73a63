"""Shares by month and year, with intervals that know that articles hang together: by outlet, or as copies."""

import numpy as np
import pandas as pd
import scipy

from helpers.articles.copies import count_effective
from helpers.files.tables import require
from helpers.measures.tests import sample_needed, square_and_add

DRAWS = 999
FEWEST_CLUSTERS = 10  # below it the spread between clusters is itself unknown: no interval is given
# An interval of one half that reaches further than .2 to either side tells too little to be drawn.
FEWEST_ARTICLES = sample_needed(0.5, 0.2)
PRECISE = {"Y": ("day", "month", "year"), "M": ("day", "month")}
SHARES = "period start frame unit carrying whole share low high articles effective clusters by why ids"


def known_clusters(articles: pd.DataFrame) -> list[str]:
    """What articles hang together by: their outlets, where more than one is known, and their duplicate groups."""
    outlets = articles.loc[articles["outlet"].ne(""), "outlet"].nunique()
    return ["outlet"] * (outlets > 1) + ["group"]


def share_by_period(
    shares: pd.DataFrame, articles: pd.DataFrame, *, clusters: list[str], freq: str = "Y", rng: int = 2026
) -> pd.DataFrame:
    """Shares of articles and of sentences that carry each frame, by year or month, with intervals where they hold.

    shares    one row per article and frame: article, frame, carrying, sentences, ids, from share_of_sentences
    articles  one row per article: article, date, date_precision, and the columns named in `clusters`
    clusters  columns of articles; the interval is reckoned for each, and the widest is given
    freq      "Y" or "M"; articles without a date so precise are left out
    returns   one row per period, frame and unit ("articles", "sentences"): period, start, frame, unit, carrying, whole,
              share, low, high (95%; NaN where none is given), articles, effective (see count_effective), clusters
              (number of those resampled, the fewest where no interval is given), by (which), why (there is none), ids
              (articles, or sentences as "article:1")
    """
    require(articles, f"article date date_precision group {' '.join(clusters)}", "share_by_period: articles")
    dated = articles[articles["date"].notna() & articles["date_precision"].isin(PRECISE[freq])]
    dated = dated.assign(start=dated["date"].dt.to_period(freq).dt.start_time)
    table = shares.merge(dated[["article", "start", "group", *{*clusters} - {"group"}]], on="article")
    parts = [_period(own, start, clusters, rng) for start, own in table.groupby("start")]
    table = pd.concat(parts or [pd.DataFrame(columns=SHARES.split())])
    form = {"Y": "%Y", "M": "%Y-%m"}[freq]
    table["period"] = pd.to_datetime(table["start"]).dt.strftime(form)
    return table[SHARES.split()].reset_index(drop=True)


def change_of_periods(shares: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """How much the share of articles that carry a frame changes between the first and the last period with intervals.

    The interval of the change is reckoned from those of the two shares (compare.square_and_add). That takes the shares
    for independent; where the same outlets stand in both periods it is too wide rather than too narrow.

    shares   one row per period, frame and unit, from share_by_period
    frames   in this order
    returns  one row per frame: frame, begin, first, first_of, end, last, last_of (period, share, articles), change,
             low, high, between (how many periods lie between); none where fewer than two periods have intervals
    """
    own = shares[shares["unit"].eq("articles") & shares["frame"].isin(frames)].sort_values("start", kind="stable")
    sure = own[own["low"].notna()]
    first, last = (
        sure.drop_duplicates("frame", keep=keep).set_index("frame").reindex(frames) for keep in ("first", "last")
    )
    change = square_and_add(*(ends[["share", "low", "high"]].to_numpy(dtype=float) for ends in (last, first)))
    table = pd.DataFrame(change, columns=["change", "low", "high"], index=first.index)
    for ends, names in ((first, ("begin", "first", "first_of")), (last, ("end", "last", "last_of"))):
        table[list(names)] = ends[["period", "share", "whole"]]
    starts = own["start"].drop_duplicates()
    table["between"] = [
        int(((starts > a) & (starts < b)).sum()) for a, b in zip(first["start"], last["start"], strict=True)
    ]
    columns = "begin first first_of end last last_of change low high between".split()
    return table.loc[first["start"] < last["start"], columns].rename_axis("frame").reset_index()


def estimate(part: np.ndarray, whole: np.ndarray, codes: np.ndarray, *, rng: int = 2026) -> tuple[np.ndarray, ...]:
    """95% intervals of shares over clusters.

    The spread comes from resampling whole clusters (Davison & Hinkley 1997, Bootstrap Methods and their Application,
    sec. 3.8; Cameron, Gelbach & Miller 2008, Rev. Econ. Stat. 90(3): 414-427). It is turned into the number of
    independent draws that would spread as much, and Wilson's interval is given for these, with Student's t for the few
    clusters: near 0 and 1 this holds where the resampled shares themselves do not (Korn & Graubard 1998, Survey
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
    worth = np.divide(share * (1 - share), spread, out=np.full(len(share), float(number)), where=spread > 0)
    worth, q = np.minimum(worth, whole.sum()), scipy.stats.t.ppf(0.975, number - 1)
    middle = (share + q**2 / (2 * worth)) / (1 + q**2 / worth)
    reach = q / (1 + q**2 / worth) * np.sqrt(share * (1 - share) / worth + q**2 / (4 * worth**2))
    return np.clip(middle - reach, 0, share), np.clip(middle + reach, share, 1)


def _period(own: pd.DataFrame, start: pd.Timestamp, clusters: list[str], rng: int) -> pd.DataFrame:
    """The rows of one period."""
    counts = own.pivot(index="article", columns="frame", values="carrying")
    each = own.drop_duplicates("article").set_index("article").loc[counts.index]
    codes = {by: pd.factorize(each[by], use_na_sentinel=False)[0] for by in clusters}  # the unknown are one
    numbers = {by: int(codes[by].max()) + 1 for by in clusters}
    fewest = min(clusters, key=numbers.get)
    effective = count_effective(each["group"])["effective"]
    why = ""
    if numbers[fewest] < FEWEST_CLUSTERS:
        why = f"too few {fewest}s: {numbers[fewest]} of {FEWEST_CLUSTERS}"
    if effective < FEWEST_ARTICLES:
        why = f"too few articles: {effective:.0f} of {FEWEST_ARTICLES}"
    ones = np.ones(len(counts), dtype=int)
    units = {"articles": (counts.gt(0).astype(int), ones), "sentences": (counts, each["sentences"].to_numpy())}
    tables = []
    for unit, (part, whole) in units.items():
        table = pd.DataFrame({"frame": counts.columns.astype(str), "carrying": part.sum().to_numpy()})
        table = table.assign(unit=unit, whole=whole.sum(), low=np.nan, high=np.nan, by=fewest, clusters=numbers[fewest])
        if not why:
            spans = {by: estimate(part.to_numpy(), whole, codes[by], rng=rng) for by in clusters}
            wide = np.array([high - low for low, high in spans.values()]).argmax(axis=0)
            for bound, column in enumerate(("low", "high")):
                table[column] = np.choose(wide, [span[bound] for span in spans.values()])
            table["by"] = [clusters[index] for index in wide]
            table["clusters"] = table["by"].map(numbers)
        tables.append(table.assign(ids=_ids(own, unit, table["frame"])))
    table = pd.concat(tables).assign(start=start, articles=len(counts), effective=effective, why=why)
    return table.assign(share=table["carrying"] / table["whole"])


def _ids(own: pd.DataFrame, unit: str, frames: pd.Series) -> list[str]:
    carrying = own[own["carrying"].gt(0)].astype({"frame": str})
    ids = carrying.groupby("frame")["article" if unit == "articles" else "ids"].agg(" ".join)
    return ids.reindex(frames, fill_value="").tolist()
