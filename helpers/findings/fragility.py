"""Notebook 09: how fragile the findings are."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from helpers.articles.dates_shown import by_date
from helpers.articles.load import is_seeds
from helpers.codebook.hits import find_hits, share_of_sentences
from helpers.codebook.terms import DEPENDENT, frames_of, without_words_from
from helpers.findings.courses import find_courses, title_of_courses
from helpers.findings.words import first_that_fits, listed, p_value, plain, sentence

BAR = 0.05
CHECKS = {
    "smallest change": "no single sentence, term or article undoes it",
    "counting": "every combination of counting options keeps the direction",
    "random words": "random words do as well in fewer than 5 % of draws",
    "test": "a test can tell it from chance",
    "seeds": "it is the same without the terms that rest on the seeds or the definitions",
}
NO_TREND = "No trend to undo"
NO_DATES = "Cannot be told: the articles have fewer than two dates."
VERDICTS = {
    "nothing": "Nothing to undo. {courses}.",
    "none": "Fragile: no trend passes every check.",
    "some": "In part: every check holds for {held}, not for {failed}.",
    "all": "Not by these checks: all hold for {held}, but they rest on the same sentences.",
}
FAILED = {
    "counting": "Some ways of counting lose the direction of {frames}.",
    "random words": "Random words may do as well as {frames}.",
    "test": "The trend test cannot tell {frames} from chance.",
    "seeds": "Gone without the seeds' terms: {frames}.",
}
ALSO = "Also failed: {checks}."
SHORT = {
    "counting": "other ways of counting",
    "random words": "random words",
    "test": "the trend test",
    "seeds": "leaving out the seeds' terms",
}
CHANGES = {
    "sentences": "code {size} of {of} sentences differently",
    "terms": "leave out {size} of {of} terms",
    "articles": "leave out {size} of {of} articles",
}
UNDONE = "{changes}, and the {trend} is gone."
NOT_UNDONE = "No single sentence, term or article undoes the {trends}."
TREND = {"rises": "rise of {frame} framing", "falls": "fall of {frame} framing"}
SIGNS = {"rises": 1, "falls": -1}


def find_trends(shares: pd.DataFrame, tests: pd.DataFrame) -> pd.DataFrame:
    """The frames tested, and which of them have a trend that can be undone: those that rise or fall by notebook 03,
    and from article to article too.

    shares   one row per date and frame, from by_date
    tests    one row per frame tested, from trends_over_dates
    returns  one row per frame tested: frame, course, checked (whether there is a trend)
    """
    trends = find_courses(shares, list(tests["frame"]))[["frame", "course"]]
    signs = trends["course"].map(SIGNS)
    trends["checked"] = signs.mul(tests["tau"].to_numpy()).gt(0)
    trends.loc[signs.notna() & ~trends["checked"], "course"] += ", but not from article to article"
    return trends


def courses_from_elsewhere(sentences: pd.DataFrame, articles: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """Which way each frame goes by the terms that rest neither on the seeds nor on the definitions. Only the seeds ask
    for this: in other articles these terms are words like any other.

    returns  one row per frame, from find_courses; none where the articles are not the seeds, or no term rests on them
    """
    fewer = without_words_from(codebook, DEPENDENT)
    frames = frames_of(fewer) if is_seeds() and len(fewer) < len(codebook) else []
    return find_courses(by_date(share_of_sentences(find_hits(sentences, fewer), sentences), articles), frames)


def find_fragility(
    trends: pd.DataFrame,
    flips: pd.DataFrame,
    kept: pd.DataFrame,
    chance: pd.DataFrame,
    tests: pd.DataFrame,
    elsewhere: pd.DataFrame,
) -> pd.DataFrame:
    """Which checks each trend passes.

    trends   one row per frame tested, from find_trends
    flips    one row per frame and kind of change, from flip_sentences, flip_terms and flip_articles
    kept     one row per frame, from count_kept; chance: likewise, from compare_with_chance; tests: likewise;
             elsewhere: likewise, from courses_from_elsewhere, or no rows: then there is no such check
    returns  one row per trend and check: frame, course, check (a key of CHECKS), passed, evidence (counts, or p)
    """
    rows = []
    for trend in trends[trends["checked"]].itertuples():
        own = [table[table["frame"].eq(trend.frame)] for table in (flips, kept, chance, tests, elsewhere)]
        told = [_smallest_change(own[0]), _counting(*own[1].itertuples()), _random_words(own[2])]
        told += [_test(own[3], len(tests))]
        told += [(course == trend.course, f"then it {course}") for course in own[4]["course"]]
        rows += [(trend.frame, trend.course, check, *how) for check, how in zip(CHECKS, told, strict=False)]
    return pd.DataFrame(rows, columns=["frame", "course", "check", "passed", "evidence"])


def lay_out_checks(findings: pd.DataFrame) -> pd.DataFrame:
    """The same to be read: one row per check and one column per trend, such as "militarised falls".

    findings  one row per trend and check, from find_fragility
    """
    cells = findings["passed"].map({True: "yes: ", False: "no: "}) + findings["evidence"]
    heads = findings["frame"].map(plain) + " " + findings["course"]
    table = findings.assign(cell=cells, head=heads).pivot(index="check", columns="head", values="cell")
    made = [check for check in CHECKS if check in table.index]
    table = table.reindex(index=made, columns=list(heads.unique())).rename(index=CHECKS)
    return table.reset_index().rename_axis(columns=None) if len(findings) else pd.DataFrame(columns=["check"])


def judge_fragility(findings: pd.DataFrame, flips: pd.DataFrame, trends: pd.DataFrame) -> str:
    """Whether the trends pass all checks, how little undoes the weakest, and which checks fail.

    findings  one row per trend and check, from find_fragility; flips, trends: the tables it was made of
    """
    if trends["course"].isin(["is undated", "has a single date"]).all():
        return NO_DATES
    passed = findings.groupby("frame", sort=False)["passed"].all()
    held, failed = passed.index[passed], passed.index[~passed]
    case = "nothing" if passed.empty else "all" if passed.all() else "some" if passed.any() else "none"
    names = {"held": _either(held), "failed": _either(failed), "courses": title_of_courses(trends)}
    return first_that_fits(_ways_to_tell(VERDICTS[case].format(**names), findings, flips))


def list_smallest_changes(flips: pd.DataFrame) -> pd.DataFrame:
    """The fewest sentences, terms and articles that undo each trend.

    flips    one row per frame and kind of change
    returns  one row per frame and kind: frame, change, fewest ("2 of 58"), for example, others (as small that do)
    """
    changes = {"sentences": "sentences coded differently", "terms": "terms left out", "articles": "articles left out"}
    flips = flips.reset_index(drop=True)
    table = flips.assign(change=flips["taken"].map(changes), fewest=[_fewest(row) for row in flips.itertuples()])
    others = (flips["sets"] - 1).astype(object).where(flips["size"].notna(), "")
    table = table.assign(others=others)[flips["searched"].gt(0)]
    order = {frame: i for i, frame in enumerate(flips["frame"].unique())}
    table = table.sort_values("frame", key=lambda frames: frames.map(order), kind="stable")
    return table[["frame", "change", "fewest", "names", "others"]].rename(columns={"names": "for example"})


def list_weightiest(left: pd.DataFrame) -> pd.DataFrame:
    """The term without which each trend is weakest: of several the first by name.

    left     one row per frame and term left out, from leave_out_terms
    returns  one row per frame: frame, term, tau (of the frame), without it (tau then)
    """
    base, rest = (left[left["left_out"].eq("") == yes] for yes in (True, False))
    rest = rest.rename(columns={"left_out": "term", "tau": "without it"}).merge(base[["frame", "tau"]], on="frame")
    rest = rest.assign(order=range(len(rest)), weak=rest["without it"] * np.sign(rest["tau"]))
    weakest = rest.sort_values(["weak", "term"], na_position="first").drop_duplicates("frame")
    return weakest.sort_values("order")[["frame", "term", "tau", "without it"]]


def title_of_left_out(findings: pd.DataFrame, without: pd.DataFrame) -> str:
    """Whether one thing left out undoes a trend, as a figure's title.

    without  one row per frame and thing left out: frame, tau
    """
    if findings.empty:
        return NO_TREND
    signs = findings.drop_duplicates("frame").set_index("frame")["course"].map(SIGNS)
    undone = [row.frame for row in without.itertuples() if not row.tau * signs[row.frame] > 0]
    if len(undone):
        return f"One term or article left out undoes the trend of {_either(dict.fromkeys(undone))}"
    return "No single term or article left out undoes a trend"


def title_of_ways(findings: pd.DataFrame) -> str:
    """Whether all ways of counting keep each trend, as a figure's title."""
    if findings.empty:
        return NO_TREND
    own = findings[findings["check"].eq("counting")]
    if own["passed"].all():
        return "Every combination of counting options keeps the direction"
    return FAILED["counting"].format(frames=_either(own.loc[~own["passed"].astype(bool), "frame"])).rstrip(".")


def title_of_random_words(findings: pd.DataFrame) -> str:
    """How often random words do as well, as a figure's title."""
    own = findings[findings["check"].eq("random words")]
    told = [f"{plain(row.frame)} in {row.evidence}" for row in own.itertuples() if " draws" in row.evidence]
    if not told:
        return NO_TREND if own.empty else "Too few other words to draw from"
    return f"Random words do as well as {', as '.join(told)}"


def _smallest_change(flips: pd.DataFrame) -> tuple[bool, str]:
    told = [f"{_fewest(row)} {row.taken}" for row in flips.itertuples() if row.searched]
    return not flips["size"].eq(1).any(), f"it takes {' or '.join(told)}"


def _counting(kept) -> tuple[bool, str]:
    return kept.kept == kept.courses, f"{kept.kept:,} of {kept.courses:,} that differ"


def _random_words(chance: pd.DataFrame) -> tuple[bool, str]:
    if chance.empty:
        return False, "too few other words to draw from"
    as_clear, draws = chance.iloc[0][["as_clear", "draws"]]
    return bool(as_clear / draws < BAR), f"{as_clear:,} of {draws:,} draws ({as_clear / draws:.1%})"


def _test(tests: pd.DataFrame, frames: int) -> tuple[bool, str]:
    p, smallest = tests[["p_holm", "floor_ties_holm"]].iloc[0]
    corrected = f"corrected for the frames tested: {frames:,}"
    return bool(p <= BAR), f"p {p_value(p)}, smallest possible {p_value(smallest)}, {corrected}"


def _fewest(flip) -> str:
    if pd.isna(flip.size):
        return f"more than {flip.searched:,} of {flip.of:,}"
    return f"{flip.size:,} of {flip.of:,}"


def _ways_to_tell(verdict: str, findings: pd.DataFrame, flips: pd.DataFrame) -> Iterator[str]:
    """The verdict, how little undoes the weakest trend, and which checks fail: from all there is to say to the first
    alone."""
    undone, failed = _undone(findings, flips), _failed(findings)
    in_full = [FAILED[check].format(frames=frames) for check, frames in failed.items()]
    yield " ".join([verdict, *undone, *in_full])
    for told in (1, 0):  # checks that the verdict names in full, from the last
        others = ALSO.format(checks=listed(SHORT[check] for check in list(failed)[: len(failed) - told]))
        yield " ".join([verdict, *undone, *in_full[len(failed) - told :], others])
    yield " ".join([verdict, *undone])
    yield verdict


def _undone(findings: pd.DataFrame, flips: pd.DataFrame) -> list[str]:
    """The smallest changes that undo the weakest trend: at most two, of at most half of what there is."""
    courses = findings.drop_duplicates("frame").set_index("frame")["course"]
    flips = flips[flips["frame"].isin(courses.index) & flips["size"].notna()]
    flips = flips.assign(part=(flips["size"] / flips["of"]).astype(float))
    flips = flips[flips["part"].le(0.5) | flips["size"].eq(1)].sort_values("part", kind="stable")
    if flips.empty:
        trends = " or the ".join(TREND[course].format(frame=plain(frame)) for frame, course in courses.items())
        return [NOT_UNDONE.format(trends=trends)] * bool(trends)
    weakest = flips["frame"].iloc[0]
    told = [
        CHANGES[row.taken].format(size=f"{row.size:,}", of=f"{row.of:,}")
        for row in flips[flips["frame"].eq(weakest)].head(2).itertuples()
    ]
    changes = sentence(" or ".join(told))
    return [UNDONE.format(changes=changes, trend=TREND[courses[weakest]].format(frame=plain(weakest)))]


def _failed(findings: pd.DataFrame) -> dict[str, str]:
    """The checks that fail beside the smallest change, each with the trends it fails for."""
    failed = findings[~findings["passed"].astype(bool) & findings["check"].isin(FAILED)]
    return {check: _either(own) for check, own in failed.groupby("check", sort=False)["frame"]}


def _either(frames) -> str:
    return " or ".join(map(plain, frames))
