"""Whether a frame's share rises or falls over time in more than a handful of articles, and which test says so."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import scipy

from helpers.files.tables import require
from helpers.measures.intervals import FEWEST_EFFECTIVE, effective_clusters, known_cells, known_strata
from helpers.measures.tests import holm, trends_over_dates

HANDFUL = 20  # dated articles: up to so many Kendall's test speaks, beyond it the regression
PARTS = 20  # the time from the first to the last article is divided into so many parts, each at least a month long
FEWEST_PARTS = 3  # G*: with fewer parts of time nothing can be said of a trend
YEAR = 365.2425  # days
COLUMNS = "frame articles outlets slope low high p p_holm by effective speaks_of why_not".split()


def which_trend(articles: pd.DataFrame) -> str:
    """Which test of a trend speaks: "kendall" (trends_over_dates) or "regression" (trend_of_shares).

    Up to HANDFUL dated articles it is the permutation test of Kendall's tau. It is exact if the articles are
    independent, and with so few the regression has too few outlets and dates. Beyond that Kendall's test sees what is
    not there: it counts every article as one independent draw, and in corpora in which no frame changes it finds a
    trend where outlets come and go, where articles come in bursts about events, and, for a rare frame, where articles
    grow longer (measured in bench/trends.py).

    Both tests are two-sided. expected.csv says which way each frame should go, but it was written by people who had
    read the articles: a one-sided test would halve p for a direction that the data themselves suggested.

    articles  one row per article: date
    """
    require(articles, "date", "which_trend: articles")
    return "kendall" if articles["date"].notna().sum() <= HANDFUL else "regression"


def trend_tests(shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """The test that speaks for each frame's trend, by the rule of `which_trend`.

    shares, articles, frames  as trends_over_dates and trend_of_shares take them
    returns  one row per frame, as from trends_over_dates (tau is Kendall's in any case), and test ("kendall" or
             "regression"), outlets (numbers), cells (the columns within which a regression looks, "outlet section"),
             speaks_of, why_not. A regression can give any p: its floors are 0
    """
    table, test = trends_over_dates(shares, articles, frames), which_trend(articles)
    if test == "kendall":
        return table.assign(
            test=test, outlets=articles["outlet"].nunique(), cells="", speaks_of="these articles", why_not=""
        )
    own = trend_of_shares(shares, articles, frames, strata=known_strata(articles))
    floors = dict.fromkeys([name for name in table if name.startswith("floor")], 0.0)
    return table.assign(
        **floors,
        test=test,
        cells=" ".join(known_cells(articles)),
        **own[["p", "p_holm", "outlets", "speaks_of", "why_not"]],
    )


def trend_of_shares(
    shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str], *, strata: Sequence[str] = ()
) -> pd.DataFrame:
    """Whether the share of sentences that carry a frame rises or falls, within outlets: a regression on the date.

    Articles weigh as many sentences as they have. Each outlet has a level of its own (fixed effects), so that outlets
    that come and go make no trend; with strata, each kind of text within an outlet. The standard error is the
    jackknife's, leaving out one cluster at a time (MacKinnon, Nielsen & Webb 2023, J. Appl. Econom. 38: 671-694): once
    over outlets, once over parts of time, because articles about one event hang together whoever prints them. The
    larger p is given. Student's t has G* - 1 degrees of freedom, G* being the effective number of clusters (Carter,
    Schnepel & Steigerwald 2017, Rev. Econ. Stat. 99: 698-709): of outlets as if their articles were independent, for
    what they have in common is in their level; of parts of time as if the articles of one part were all alike, the
    worst case. The test is two-sided: see which_trend. Holm's correction is over the frames.

    Outlets that are few (G* below FEWEST_EFFECTIVE), a single one or unknown ones cannot stand for others. Then only
    parts of time are left out, and the trend is one of these outlets, not of the press.

    shares    one row per article and frame: article, frame, carrying, sentences, from share_of_sentences
    articles  one row per article: article, date, date_latest, outlet, and the columns named in `strata`; an article
              stands in the middle of the days its date can mean, one without a date is left out, and those without an
              outlet count as one outlet. Copies must be gone (once_each)
    frames    the frames tested
    strata    columns that say what kind of text an article is, from known_strata
    returns   one row per frame: frame, articles, outlets (numbers), slope, low, high (95%; percentage points a year),
              p, p_holm, by (the clusters left out for this p: "outlet" or "time"), effective (their G*), speaks_of
              ("the press" or "these outlets"), why_not (why no trend can be tested; else "")
    """
    require(shares, "article frame carrying sentences", "trend_of_shares: shares, from share_of_sentences")
    require(articles, f"article date date_latest outlet {' '.join(strata)}", "trend_of_shares: articles")
    carrying = shares.astype({"frame": str}).pivot(index="article", columns="frame", values="carrying")
    sentences = shares.drop_duplicates("article").set_index("article")["sentences"]
    own = articles[articles["date"].notna() & articles["article"].map(sentences).gt(0)]
    own = _place(own.assign(weight=own["article"].map(sentences).astype(float)), strata)
    carrying = carrying.reindex(index=own["article"], columns=frames).to_numpy(float)
    effective = _effective(own)
    why_not = _why_not(own, effective)
    rows = []
    for count in carrying.T:
        frame = own.assign(share=count / own["weight"])
        varies = frame.groupby("level")["share"].nunique().gt(1).any()
        why = why_not or ("" if varies else "the share never differs within an outlet or kind of text")
        rows.append({"by": "", "why_not": why} | ({} if why else _trend(frame, effective)))
    table = pd.DataFrame(rows, columns=COLUMNS, index=range(len(frames)))
    table = table.astype(dict.fromkeys("slope low high p effective".split(), float))
    speaks_of = "the press" if "outlet" in effective else "these outlets"
    table = table.assign(frame=frames, articles=len(own), outlets=own["outlet"].nunique(), speaks_of=speaks_of)
    return table.assign(p_holm=holm(table["p"]))


def _place(articles: pd.DataFrame, strata: Sequence[str]) -> pd.DataFrame:
    """Dated articles with their place in time and among outlets: article, weight, years (from the weighted mean),
    outlet (number), level (number of the outlet and stratum), part (of time)."""
    middle = articles["date"] + (articles["date_latest"].fillna(articles["date"]) - articles["date"]) / 2
    years = ((middle - middle.min()).dt.total_seconds() / (86_400 * YEAR)).to_numpy()
    span = years.max(initial=0)
    parts = min(PARTS, max(int(span * 12), 1))
    part = np.minimum(years * parts / (span or 1), parts - 1).astype(int)
    levels = articles[["outlet", *strata]].astype(object).fillna("")
    return pd.DataFrame(
        {
            "article": articles["article"].to_numpy(),
            "weight": articles["weight"].to_numpy(),
            "years": years - (np.average(years, weights=articles["weight"]) if len(years) else 0),
            "outlet": pd.factorize(levels["outlet"])[0],
            "level": levels.groupby(list(levels)).ngroup().to_numpy(),
            "part": pd.factorize(part)[0],
        }
    )


def _effective(own: pd.DataFrame) -> dict[str, float]:
    """G* of each kind of cluster to leave out: parts of time, and outlets if there are enough to stand for others."""
    level = own.assign(moment=own["weight"] * own["years"]).groupby("level")[["moment", "weight"]].transform("sum")
    apart = (own["years"] - level["moment"] / level["weight"]).round(9)
    parts = effective_clusters((own["weight"] * apart).groupby(own["part"]).sum() ** 2)
    outlets = effective_clusters((own["weight"] * apart**2).groupby(own["outlet"]).sum())
    return ({"outlet": outlets} if outlets >= FEWEST_EFFECTIVE else {}) | {"time": parts}


def _why_not(own: pd.DataFrame, effective: dict[str, float]) -> str:
    """Why no trend of any frame can be tested; "" if it can."""
    if len(own) <= HANDFUL:
        return f"too few dated articles: {len(own)}; the regression needs more than {HANDFUL}"
    if (parts := effective["time"]) < FEWEST_PARTS:
        dates = f"as good as {parts:.1f} parts of time; {FEWEST_PARTS} are needed"
        return f"too few dates within outlets or kinds of text: {dates}"
    return ""


def _trend(own: pd.DataFrame, effective: dict[str, float]) -> dict:
    """One row of trend_of_shares, before the correction. Its slopes need nothing but sums by level and part of time."""
    w, x, y = (own[name].to_numpy() for name in ("weight", "years", "share"))
    shape = own["level"].max() + 1, own["part"].max() + 1
    cell = own["level"].to_numpy() * shape[1] + own["part"].to_numpy()
    sums = [np.bincount(cell, each, shape[0] * shape[1]) for each in (w, w * x, w * y, w * x * x, w * x * y)]
    sums = np.array(sums).reshape(5, *shape)
    whole = sums.sum(axis=2, keepdims=True)
    levels = np.array(_within(whole))[:, :, 0]
    outlet = own.drop_duplicates("level").set_index("level")["outlet"].sort_index()
    total = levels.sum(axis=1, keepdims=True)
    rest = {
        "outlet": total - [np.bincount(outlet, each) for each in levels],
        "time": np.array(_within(whole - sums)).sum(axis=1),
    }
    slope = total[1, 0] / total[0, 0]
    rows = [{"by": by, "effective": number} | _test(slope, rest[by], number) for by, number in effective.items()]
    return max(rows, key=lambda row: row["p"])


def _test(slope: float, rest: np.ndarray, effective: float) -> dict:
    """The slope with its limits and p, from the sums that are left without each cluster; G* is effective."""
    square, product = rest
    left = square > 1e-9 * square.max()
    moved = np.divide(product, square, out=np.zeros(len(square)), where=left) - slope
    error = max(np.sqrt((len(moved) - 1) / len(moved) * (moved**2).sum()), 1e-12)
    reach = scipy.stats.t.ppf(0.975, effective - 1) * error
    points = {"slope": 100 * slope, "low": 100 * (slope - reach), "high": 100 * (slope + reach)}
    return points | {"p": 2 * scipy.stats.t.sf(abs(slope) / error, effective - 1)}


def _within(sums: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sums of squares of the years, and of their products with the shares, about the mean of each level (Frisch & Waugh
    1933, Econometrica 1: 387-401), from the sums of w, wx, wy, wxx and wxy."""
    w, x, y, xx, xy = sums
    w = np.where(w > 0, w, 1)
    return xx - x * x / w, xy - x * y / w
