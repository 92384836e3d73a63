"""Notebook 11: what a reader's own articles say, and how far to trust it."""

import pandas as pd

from helpers.articles.copies import count_effective
from helpers.articles.dates_shown import by_date
from helpers.articles.language import not_english
from helpers.codebook.hits import pool_articles
from helpers.files.tables import ids_of
from helpers.findings.checks import check, check_articles, found, table_of_checks
from helpers.findings.courses import ends_of, find_courses, from_to
from helpers.findings.mix import find_mix, is_mix, say_mix
from helpers.findings.words import first_that_fits, listed, part_of, percent, plain, sentence
from helpers.measures.intervals import FEWEST_EFFECTIVE, change_of_shares
from helpers.measures.periods import FEWEST_ARTICLES, add_periods, known_events
from helpers.measures.trends import which_trend

VERDICTS = {
    "moves": "Articles used: {used}. Largest movement ({span}): {movement}. {mix}{bars}",
    "short": "Articles used: {used}. Largest movement: {movement}. {mix}{bars}",
    "still": "Articles used: {used}. Change cannot be told: {movement}. Most frequent frame: {frequent}.",
    "none": "Articles used: {used}. No frame's share of sentences moves. Most frequent frame: {frequent}.",
}
STILL = {"is undated": "no article has a date", "has a single date": "there is a single date"}
IN_PARTS, TAKE = "its change in two parts", "what error bars take"
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
    "articles": "Too few articles for error bars.",
    "outlets": "Too few outlets for error bars.",
    "one": "Only one {unit} has enough articles for error bars ({period}); a change needs two.",
    "several": "Error bars: {with_bars} of {periods} {unit}s. {clear}.",
}
TAKES = {
    "articles": "A {unit} needs {rule}; the fullest here has {most}.",
    "outlets": "A {unit} needs as much as {least} equal ones; the best here has {worth} (outlets: {outlets}).",
}
RULE = {
    True: f"{FEWEST_ARTICLES} articles, from outlets worth {FEWEST_EFFECTIVE} equal ones",
    False: f"{FEWEST_ARTICLES} articles",
}
SPAN = "share of sentences, {first_at} to {last_at}"
CLEAR = {"up": "clearly up: {frames}", "down": "clearly down: {frames}"}
MOST = {True: "{articles:,}", False: "{articles:,}, which weigh as much as {effective:,} equal ones"}


def find_own(
    articles: pd.DataFrame,
    measured: pd.DataFrame,
    left_out: pd.DataFrame,
    groups: pd.DataFrame,
    periods: pd.DataFrame,
    moves: pd.DataFrame,
) -> pd.DataFrame:
    """What came in, what is in doubt, whether there are enough articles for error bars, and what moves most.

    articles, left_out  from read_articles
    measured            those in languages that the codebook has terms in, from measured_articles
    groups              one row per article: article, group, from group_copies
    periods             one row per period and frame, from share_by_period
    moves               one row per frame, from find_moves
    returns             one row per check: check, finding, count, of, caution, ids (of articles, or of sentences)
    """
    lost, used = int((~left_out["kept"]).sum()), len(measured)
    cautions = DOUBTS | {"copies of another": DOUBTS["copies of another"].format(**count_effective(groups["group"]))}
    first = measured["article"].map(groups.set_index("article")["group"])
    doubts = {
        "undated": measured["date"].isna(),
        "outlets unknown": measured["outlet"].eq(""),
        "not read as English": not_english(measured),
        "copies of another": first.ne(measured["article"]),
    }
    came = len(articles) + lost
    rows = [check("used", used, came), check("left out", lost, came, caution=cautions["left out"])]
    if used < len(articles):
        rows.append(check("no terms in their language", len(articles) - used, came))
    rows += [check("remarks on what was used", int(left_out["kept"].sum()), caution="Listed below.")]
    rows += [check_articles(name, measured, true, cautions[name]) for name, true in doubts.items()]
    return table_of_checks([*rows, *_bars(periods, moves), *_most(moves)])


def judge_own(findings: pd.DataFrame) -> str:
    """How many articles were used, what moves most, and whether there are error bars.

    findings  one row per check, from find_own
    """
    rows = findings.set_index("check")
    mix, takes = ("".join(findings.loc[findings["check"].eq(name), "caution"]) for name in (IN_PARTS, TAKE))
    used, movement = rows.loc["used"], rows.at["largest movement", "finding"]
    case = "still" if movement in STILL.values() else "none" if movement == "none" else "moves"
    about = {
        "used": part_of(used["count"], used["of"]),
        "span": rows.at["largest movement", "caution"],
        "movement": movement,
        "mix": f"{mix} " if mix else "",
        "bars": f"{rows.at['error bars', 'caution']} {takes}".strip(),
        "frequent": rows.at["most frequent frame", "finding"],
    }
    verdict, doubts = VERDICTS[case].format(**about), found(findings, [d for d in DOUBTS if (case, d) != UNSAID])
    ways = [f"{verdict} Note: {doubts}."] * bool(doubts) + [verdict]
    shorter = [about, about | {"bars": rows.at["error bars", "caution"]}]
    shorter += [shorter[1] | {"mix": ""}]
    return first_that_fits(ways + [VERDICTS["short"].format(**each) for each in shorter] * (case == "moves"))


def find_moves(
    shares: pd.DataFrame, periods: pd.DataFrame, articles: pd.DataFrame, frames: list[str], clusters: list[str]
) -> pd.DataFrame:
    """How each frame's share of sentences moves, the largest movement first.

    shares   one row per article and frame, from share_of_sentences
    periods  one row per period and frame, from share_by_period
    articles one row per article, with group (from group_copies) and the columns in `clusters`
    clusters what the error bars allow for (known_clusters); the interval of a change allows for events as well
    returns  one row per frame: frame, course, first, last, lowest, highest with their dates, movement and ids (all from
             find_courses); between ("2021 to 2025": the first and the last period with error bars, else with articles;
             NaN where so few are dated that each speaks for itself), change in points, at least, at most (95%
             interval; NaN without two periods with error bars), interval over (its clusters), why none, within, mix,
             cells, compared (from find_mix); articles ("3 of 5" carry it), carrying, sentences, share (of all
             sentences)
    """
    pooled = pool_articles(shares).set_index("frame")
    courses = find_courses(by_date(shares, articles), frames)
    table = courses.set_index("frame").assign(ids=pooled["ids"])
    table = table.join(_changes(shares, periods, articles, courses, clusters))
    carried = shares["carrying"].gt(0).groupby(shares["frame"], observed=True)
    table["articles"] = [part_of(n, len(articles)) for n in carried.sum().reindex(table.index)]
    table = table.join(pooled[["carrying", "sentences", "share"]])
    order = ["movement", "carrying"]
    return table.reset_index().sort_values(order, ascending=False, kind="stable", ignore_index=True)


def _changes(
    shares: pd.DataFrame, periods: pd.DataFrame, articles: pd.DataFrame, courses: pd.DataFrame, clusters: list[str]
) -> pd.DataFrame:
    """The columns of find_moves about the change between two periods, one row per frame, which is the index."""
    dated, sure = add_periods(articles), periods.loc[periods["low"].notna(), "period"].drop_duplicates().sort_values()
    ends = ends_of(courses).head(0 if which_trend(articles) == "kendall" else None)
    if len(sure) > 1:
        ends = courses[["frame"]].assign(begin=sure.iloc[0], end=sure.iloc[-1])
    table = change_of_shares(shares, dated, ends, clusters=[*clusters, *known_events(dated)])
    points = 100 * table[["change", "low", "high"]].astype(float)
    points = points.set_axis(["change in points", "at least", "at most"], axis=1)
    about = table[["by", "why_not"]].set_axis(["interval over", "why none"], axis=1)
    if len(sure) < 2:
        points[["at least", "at most"]], about[:] = float("nan"), float("nan")
    parts = find_mix(shares, articles, ends).set_index("frame")[["within", "mix", "compared", "cells"]]
    table = table[["frame", "begin", "end"]].assign(between=table["begin"] + " to " + table["end"])
    return table.join([points, about]).set_index("frame").join(parts)


def title_of_moves(moves: pd.DataFrame) -> str:
    """Which frames clearly change, as a figure's title: those whose change has an interval that excludes none.

    moves  one row per frame, from find_moves; between is the same for all
    """
    if moves["interval over"].isna().all():
        return "No two periods with error bars to compare"
    if moves["at least"].isna().all():
        return f"From {moves['between'].iloc[0]} no change has an interval: {moves['why none'].iloc[0]}"
    ways = {"up": moves["at least"].gt(0), "down": moves["at most"].lt(0)}
    names = {way: listed(map(plain, moves.loc[own, "frame"])) for way, own in ways.items() if own.any()}
    told = [CLEAR[way].format(frames=frames) for way, frames in names.items()]
    return f"From {moves['between'].iloc[0]} {'; '.join(told) or 'no frame clearly changes'}"


def title_of_mix(moves: pd.DataFrame) -> str:
    """The largest change in two parts, as a figure's title; "" where no change has parts.

    moves  one row per frame, from find_moves
    """
    split = moves.dropna(subset="within")
    if split.empty:
        return ""
    most = split.loc[split["change in points"].abs().idxmax()]
    return sentence(say_mix(most))


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
    return own[["article", "frame", "label", "sentence", "text", "spans"]]


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


def _bars(periods: pd.DataFrame, moves: pd.DataFrame) -> list[dict]:
    """How many years (or months) have error bars, as rows of checks; and where there are none, what it takes."""
    each = periods.drop_duplicates("period")
    if each.empty:
        return [check("error bars", 0) | {"caution": BARS["undated"]}]
    many = each["effective"].ge(FEWEST_ARTICLES)
    order = ["worth", "effective"] if many.any() else ["effective", "worth"]
    fullest = each[many | ~many.any()].sort_values(order, ascending=False, kind="stable").iloc[0]
    enough = each[each["why_none"].eq("")]
    case = {0: "outlets" if many.any() else "articles", 1: "one"}.get(len(enough), "several")
    effective = int(fullest["effective"])
    about = {
        "with_bars": len(enough),
        "periods": len(each),
        "clear": title_of_moves(moves),
        "unit": "month" if "-" in fullest["period"] else "year",
        "period": "".join(enough["period"].head(1)),
        "rule": RULE[bool(periods["by"].eq("outlet").any())],
        "most": MOST[effective == fullest["articles"]].format(articles=fullest["articles"], effective=effective),
        "outlets": f"{fullest['clusters']:,}",
        "least": FEWEST_EFFECTIVE,
        "worth": f"{fullest['worth']:.1f}",
    }
    row = check("error bars", len(enough), len(each)) | {"caution": BARS[case].format(**about)}
    takes = [{"check": TAKE, "caution": TAKES[case].format(**about)}] if case in TAKES else []
    return [row, *takes]


def _most(moves: pd.DataFrame) -> list[dict]:
    """The largest movement and the most frequent frame, as rows of checks."""
    most, frequent = moves.iloc[0], moves.sort_values("carrying", ascending=False, kind="stable").iloc[0]
    row = {"check": "largest movement", "finding": STILL.get(most["course"], "none"), "ids": most["ids"]}
    if most["movement"] > 0:
        row |= {"finding": f"{plain(most['frame'])}, {from_to(most)}", "caution": SPAN.format(**most)}
    parts = []
    if pd.notna(most["within"]) and is_mix(most):
        parts = [{"check": IN_PARTS, "caution": f"{sentence(say_mix(most))}."}]
    share = part_of(frequent["carrying"], frequent["sentences"])
    name = f"{plain(frequent['frame'])}, {share}" if frequent["carrying"] else "none"
    return [row, *parts, {"check": "most frequent frame", "finding": name, "ids": frequent["ids"]}]
