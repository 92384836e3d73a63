"""Notebook 11: what a reader's own articles say, and how far to trust it."""

import pandas as pd

from helpers.articles.copies import count_effective
from helpers.articles.dates_shown import by_date
from helpers.articles.language import not_english
from helpers.codebook.hits import pool_articles
from helpers.files.tables import ids_of
from helpers.findings.checks import check, check_articles, found, table_of_checks
from helpers.findings.courses import find_courses, from_to
from helpers.findings.words import first_that_fits, listed, part_of, percent, plain
from helpers.measures.periods import FEWEST_ARTICLES, FEWEST_CLUSTERS, change_of_periods

VERDICTS = {
    "moves": "Articles used: {used}. Largest movement ({span}): {movement}. {bars}",
    "short": "Articles used: {used}. Largest movement: {movement}. {bars}",
    "still": "Articles used: {used}. Change cannot be told: {movement}. Most frequent frame: {frequent}.",
    "none": "Articles used: {used}. No frame's share of sentences moves. Most frequent frame: {frequent}.",
}
STILL = {"is undated": "no article has a date", "has a single date": "there is a single date"}
UNSAID = ("still", "undated")  # said already
DOUBTS = {
    "left out": "Listed below, with the reason.",
    "undated": "They are in no year.",
    "outlets unknown": "All of them count as one outlet.",
    "not read as English": "The lists are English, and so is the collection's codebook.",
    "copies of another": "With copies allowed for, the effective number of articles is {effective:,.1f}.",
}
BARS = {
    "undated": "There are no dates to draw them at.",
    "articles": "Too few articles for error bars. We draw them for a {unit} with at least {rule}; the fullest here "
    "has {most}.",
    "outlets": "Too few outlets for error bars. We draw them for a {unit} with at least {rule}; the fullest here "
    "has {most} (outlets: {outlets}).",
    "one": "Only one {unit} has enough articles for error bars ({period}); a change needs two.",
    "several": "Error bars: {with_bars} of {periods} {unit}s. {clear}.",
}
SPAN = "share of sentences, {first_at} to {last_at}"
CLEAR = {"up": "clearly up: {frames}", "down": "clearly down: {frames}"}
MOST = {True: "{articles:,}", False: "{articles:,} (copies allowed for: {effective:,})"}


def find_own(
    articles: pd.DataFrame,
    left_out: pd.DataFrame,
    groups: pd.DataFrame,
    periods: pd.DataFrame,
    moves: pd.DataFrame,
    clusters: list[str],
) -> pd.DataFrame:
    """What came in, what is in doubt, whether there are enough articles for error bars, and what moves most.

    articles, left_out  from read_articles
    groups              one row per article: article, group, from group_copies
    periods             one row per period, frame and unit, from share_by_period
    moves               one row per frame, from find_moves
    clusters            what was resampled for the error bars: outlet, group
    returns             one row per check: check, finding, count, of, caution, ids (of articles, or of sentences)
    """
    lost, used = int((~left_out["kept"]).sum()), len(articles)
    cautions = DOUBTS | {"copies of another": DOUBTS["copies of another"].format(**count_effective(groups["group"]))}
    first = articles["article"].map(groups.set_index("article")["group"])
    doubts = {
        "undated": articles["date"].isna(),
        "outlets unknown": articles["outlet"].eq(""),
        "not read as English": not_english(articles),
        "copies of another": first.ne(articles["article"]),
    }
    rows = [check("used", used, used + lost), check("left out", lost, used + lost, caution=cautions["left out"])]
    rows += [check("remarks on what was used", int(left_out["kept"].sum()), caution="Listed below.")]
    rows += [check_articles(name, articles, true, cautions[name]) for name, true in doubts.items()]
    return table_of_checks([*rows, _bars(periods, moves, "outlet" in clusters), *_most(moves)])


def judge_own(findings: pd.DataFrame) -> str:
    """How many articles were used, what moves most, and whether there are error bars.

    findings  one row per check, from find_own
    """
    rows = findings.set_index("check")
    used, movement = rows.loc["used"], rows.at["largest movement", "finding"]
    case = "still" if movement in STILL.values() else "none" if movement == "none" else "moves"
    about = {
        "used": part_of(used["count"], used["of"]),
        "span": rows.at["largest movement", "caution"],
        "movement": movement,
        "bars": rows.at["error bars", "caution"],
        "frequent": rows.at["most frequent frame", "finding"],
    }
    verdict, doubts = VERDICTS[case].format(**about), found(findings, [d for d in DOUBTS if (case, d) != UNSAID])
    ways = [f"{verdict} Note: {doubts}."] * bool(doubts) + [verdict]
    return first_that_fits([*ways, VERDICTS["short"].format(**about)] if case == "moves" else ways)


def find_moves(shares: pd.DataFrame, periods: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """How each frame's share of sentences moves, the largest movement first.

    shares   one row per article and frame, from share_of_sentences
    periods  one row per period, frame and unit, from share_by_period
    returns  one row per frame: frame, course, first, last, lowest, highest with their dates, movement and ids (all from
             find_courses); change in points, at least, at most (95% interval of the change), between ("2021 to 2025":
             the first and the last period with error bars; NaN without two); articles ("3 of 5" carry it),
             carrying, sentences, share (of all sentences)
    """
    pooled = pool_articles(shares).set_index("frame")
    table = find_courses(by_date(shares, articles), frames).set_index("frame").assign(ids=pooled["ids"])
    changes = change_of_periods(periods[periods["unit"].eq("sentences")], frames).set_index("frame")
    points = 100 * changes[["change", "low", "high"]].set_axis(["change in points", "at least", "at most"], axis=1)
    table = table.join(points.assign(between=changes["begin"] + " to " + changes["end"]))
    carried = shares["carrying"].gt(0).groupby(shares["frame"], observed=True)
    table["articles"] = [part_of(n, len(articles)) for n in carried.sum().reindex(table.index)]
    table = table.join(pooled[["carrying", "sentences", "share"]])
    order = ["movement", "carrying"]
    return table.reset_index().sort_values(order, ascending=False, kind="stable", ignore_index=True)


def title_of_moves(moves: pd.DataFrame) -> str:
    """Which frames clearly change, as a figure's title: those whose change has an interval that excludes none.

    moves  one row per frame, from find_moves; between is the same for all
    """
    if moves["between"].isna().all():
        return "No two periods with error bars to compare"
    ways = {"up": moves["at least"].gt(0), "down": moves["at most"].lt(0)}
    names = {way: listed(map(plain, moves.loc[own, "frame"])) for way, own in ways.items() if own.any()}
    told = [CLEAR[way].format(frames=frames) for way, frames in names.items()]
    return f"From {moves['between'].iloc[0]} {'; '.join(told) or 'no frame clearly changes'}"


def list_largest(moves: pd.DataFrame, shares: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """The sentences of the frame that moves most, where it is most frequent; of all articles if they have no dates.

    moves     one row per frame, from find_moves
    shares    one row per date and frame, from by_date
    evidence  one row per sentence and frame, from list_sentences
    """
    most = moves.iloc[0]
    there = shares[shares["frame"].eq(most["frame"]) & shares["label"].eq(most["highest_at"])]
    ids = " ".join(there["ids"] if len(there) else [most["ids"]]).split()
    own = evidence[evidence["frame"].eq(most["frame"]) & ids_of(evidence).isin(ids)]
    return own[["frame", "label", "sentence", "text", "spans"]]


def list_outlets(articles: pd.DataFrame) -> pd.DataFrame:
    """The outlets, those of most articles first: one row each: outlet, articles, first, last (their labels)."""
    named = articles.assign(outlet=articles["outlet"].replace("", "unknown"))
    table = named.groupby("outlet")["label"].agg(articles="size", first="first", last="last")
    return table.sort_values("articles", ascending=False, kind="stable").reset_index()


def compare_once(shares: pd.DataFrame, once: pd.DataFrame) -> pd.DataFrame:
    """Which frames' share of sentences, as it is written, changes if each text counts once; the most changed first.

    shares   one row per article and frame, from share_of_sentences
    once     one row per text, from once_each
    returns  one row per frame that changes: frame, all articles, each text once (shares as text)
    """
    kept = pool_articles(shares[shares["article"].isin(once["article"])]).set_index("frame")["share"]
    table = pool_articles(shares).set_index("frame")[["share"]].assign(once=kept)
    change = (table["once"] - table["share"]).abs().sort_values(ascending=False, kind="stable")
    table = table.loc[change.index].map(percent)
    table = table[table["share"].ne(table["once"])]
    return table.set_axis(["all articles", "each text once"], axis="columns").reset_index()


def _bars(periods: pd.DataFrame, moves: pd.DataFrame, by_outlet: bool) -> dict:
    """How many years (or months) have error bars, as a row of checks; why no more."""
    each = periods.drop_duplicates("period").sort_values(["effective", "period"], ascending=[False, True])
    enough = each[each["why_none"].eq("")]
    case = {0: "articles", 1: "one"}.get(len(enough), "several")
    about = {"with_bars": len(enough), "periods": len(each), "clear": title_of_moves(moves)}
    if each.empty:
        return check("error bars", 0) | {"caution": BARS["undated"]}
    fullest = each.iloc[0]
    if case == "articles" and fullest["why_none"].startswith("too few outlets"):
        case = "outlets"
    effective = int(fullest["effective"])
    about |= {
        "unit": "month" if "-" in fullest["period"] else "year",
        "rule": f"{FEWEST_ARTICLES} articles" + f" from {FEWEST_CLUSTERS} outlets" * by_outlet,
        "most": MOST[effective == fullest["articles"]].format(articles=fullest["articles"], effective=effective),
        "outlets": fullest["clusters"],
        "period": fullest["period"],
    }
    return check("error bars", len(enough), len(each)) | {"caution": BARS[case].format(**about)}


def _most(moves: pd.DataFrame) -> list[dict]:
    """The largest movement and the most frequent frame, as rows of checks."""
    most, frequent = moves.iloc[0], moves.sort_values("carrying", ascending=False, kind="stable").iloc[0]
    row = {"check": "largest movement", "finding": STILL.get(most["course"], "none"), "ids": most["ids"]}
    if most["movement"] > 0:
        row |= {"finding": f"{plain(most['frame'])}, {from_to(most)}", "caution": SPAN.format(**most)}
    share = part_of(frequent["carrying"], frequent["sentences"])
    name = f"{plain(frequent['frame'])}, {share}" if frequent["carrying"] else "none"
    return [row, {"check": "most frequent frame", "finding": name, "ids": frequent["ids"]}]
