"""Notebook 03: how the framing shifted."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from helpers.articles.dates_shown import by_date
from helpers.codebook.hits import pool_articles
from helpers.coders.labels import majority, shares_of_votes
from helpers.coders.samples import how_coded
from helpers.findings.courses import HARDLY, UNCLEAR, ends_of, find_courses, from_to, title_of_courses
from helpers.findings.mix import find_mix, is_mix, name_cells, say_mix
from helpers.findings.words import first_that_fits, listed, part_of, plain, sentence

BAR = 0.05
CHANGED = "{frame} {share:+.1f} ({low:.1f} to {high:.1f})"
ENDS = ["share", "low", "high"]  # of an estimated change
BEHIND = ["cells", "begin", "end"]  # of the change's two parts
HANDFUL = 7  # articles: with so few, no test of a trend can be sure of much
VERDICTS = {
    "as expected": "As expected; {chance}.",
    "in part": "In part; {chance}.",
    "not": "Not as expected; {chance}.",
    "no expectation": "No course was expected; {chance}.",
}
CHANCE = {
    "no test": "no trend can be tested",
    "too few": "{articles} articles cannot prove it",
    "too rare": "the frames are too rare to prove it",
    "open": "{within}chance could do as much",
    "told": "{within}chance would hardly do as much for {held}",
}
TESTS = {
    "kendall": "Here `p` is that of the two-sided permutation test of Kendall's tau over {articles} articles: if the "
    "dates meant nothing, how often would shuffled shares give so clear a trend?",
    "regression": "Here `p` is that of a regression of the share of sentences on the date, {within}two-sided: "
    "{articles} articles (outlets: {outlets}). It speaks of {speaks_of}. Kendall's test would mistake bursts of "
    "articles about one event, or outlets that come and go, for a trend.",
    "none": "No trend can be tested here: {why}.",
}
HOLM = " Corrected for the number of frames tested: {frames}."
NO_SHIFT = {
    True: "Cannot be told: the articles have fewer than two dates. Most frequent: {frame} ({in_all} sentences).",
    False: "Cannot be told: the articles have fewer than two dates, and no frame is found.",
}
GOING = {
    "rises": "{frame} rises from {first} to {last}",
    "falls": "{frame} falls from {first} to {last}",
    UNCLEAR: "{frame} has no clear direction ({lowest} in {lowest_at}, {highest} in {highest_at})",
}
SAMPLED = {
    "as expected": " As expected.",
    "in part": " In part as expected.",
    "not": " None changes clearly as expected.",
    "no expectation": "",
}
OTHERS = {True: " Largest change: {frame}, {ends}.", False: " Largest of the others: {frame}, {ends}."}


def shares_by_coders(labels: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The coders' share of each article's sentences, as in shares_of_votes, where they judged every sentence; else no
    row. Some of the sentences would not show where a frame goes: a sample is weighted first (find_estimates), and
    sentences that were picked serve to measure agreement only.
    """
    votes = majority(labels, sentences)
    return shares_of_votes(votes if how_coded(labels, sentences) == "all" else votes.head(0))


def find_shift(
    shares: pd.DataFrame, coded: pd.DataFrame, articles: pd.DataFrame, tests: pd.DataFrame, expected: dict[str, str]
) -> pd.DataFrame:
    """Where each frame goes: those tested first, then the others, the largest movement first.

    shares    one row per article and frame, from share_of_sentences; coded: the same by the coders,
              from shares_by_coders
    articles  one row per article, from load_articles
    tests     one row per frame tested, from trend_tests
    expected  the frames tested, each with the course expected of it ("" for none)
    returns   one row per frame: frame, expected, course, coders (the course by their reading), in_all ("14 of 58", all
              articles, dated or not), then as find_courses has them, within, mix and compared (of the change from
              first to last, see find_mix), p, smallest p possible (both after paying for the number of tests), cells,
              begin, end (as in find_mix), ids
    """
    whole = pool_articles(shares).astype({"frame": str}).set_index("frame")
    frames = list(whole.index)
    courses = find_courses(by_date(shares, articles), frames)
    table, split = courses.set_index("frame"), find_mix(shares, articles, ends_of(courses)).set_index("frame")
    theirs = find_courses(by_date(coded, articles), [frame for frame in frames if frame in set(coded["frame"])])
    table.insert(0, "expected", pd.Series(expected, dtype=str))
    table.insert(2, "coders", theirs.set_index("frame")["course"])
    in_all = whole.apply(lambda row: part_of(row["carrying"], row["sentences"]), axis=1)
    table.insert(3, "in_all", in_all)
    table = table.join(split[["within", "mix", "compared", "cells", "begin", "end"]])
    paid = tests.set_index("frame")
    table = table.assign(**{"ids": whole["ids"], "p": paid["p_holm"], "smallest p possible": paid["floor_ties_holm"]})
    others = table.drop(index=list(expected)).sort_values("movement", ascending=False, kind="stable").index
    table = table.loc[[*expected, *others]].reset_index()
    return table[[*table.columns.drop([*BEHIND, "ids"]), *BEHIND, "ids"]]


def judge_shift(findings: pd.DataFrame, tests: pd.DataFrame, changes: pd.DataFrame) -> str:
    """Whether it went as expected, whether chance could do the same, where the frames tested go, and what moves more.
    Where a random sample is coded, its estimates decide, and not the counts.

    findings  one row per frame, from find_shift
    tests     one row per frame tested, from trend_tests
    changes   one row per frame whose change is estimated, from find_changes
    """
    if findings["movement"].isna().all() or findings["course"].eq("has a single date").all():
        many = findings["ids"].str.split().str.len()
        most = findings.loc[many.idxmax()]
        return NO_SHIFT[bool(many.max())].format(frame=plain(most["frame"]), in_all=most["in_all"])
    tested = findings.dropna(subset="expected")
    estimated = tested[["frame"]].merge(changes, on="frame")
    if len(estimated):
        return first_that_fits(_ways_to_tell_sample(_add_courses(estimated), tested, tests))
    verdict = VERDICTS[_case(tested)].format(chance=_chance(tests))
    return first_that_fits(f"{verdict} {more}".strip() for more in _ways_to_tell(findings))


def say_test(tests: pd.DataFrame) -> str:
    """Which test the p-values are of, and what it speaks of.

    tests  one row per frame tested, from trend_tests
    """
    first, tested = tests.iloc[0], tests["p"].notna().any()
    why = first["why_not"] or "too few dates, or shares that never differ"
    about = {"articles": f"{first['articles']:,}", "outlets": f"{first['outlets']:,}", "speaks_of": first["speaks_of"]}
    said = TESTS[first["test"] if tested else "none"].format(**about, within=_within(tests), why=why)
    return said + HOLM.format(frames=f"{len(tests):,}") * bool(tested)


def title_of_largest(findings: pd.DataFrame) -> str:
    """The largest movement of all as a figure's title."""
    most = findings.sort_values(["movement", "frame"], ascending=[False, True]).iloc[0]
    if not most["movement"] > HARDLY[0]:
        return "No frame moves by more than one sentence in a hundred"
    return f"The largest movement: {plain(most['frame'])}, {from_to(most)}"


def list_against(evidence: pd.DataFrame, articles: pd.DataFrame, expected: dict[str, str]) -> pd.DataFrame:
    """Sentences against what is expected: of the dated articles' later half those of a frame that should fall, of the
    earlier half those of one that should rise; those with most places first.

    evidence  one row per sentence and frame, from list_sentences
    articles  one row per article, in order of date
    """
    order = list(articles.dropna(subset="date")["article"])
    early = (len(order) + 1) // 2
    half = {"falls": order[early:], "rises": order[:early]}
    pairs = zip(evidence["frame"], evidence["article"], strict=True)
    wrong = [article in half.get(expected.get(frame), ()) for frame, article in pairs]
    against = evidence[pd.Series(wrong, index=evidence.index, dtype=bool)]
    against = against.sort_values("places", ascending=False, kind="stable")
    return against[["frame", "label", "sentence", "text", "spans"]]


def _case(tested: pd.DataFrame) -> str:
    """Whether frames went as expected: those tested, with expected and course."""
    if tested["expected"].eq("").all():
        return "no expectation"
    met = tested["course"].eq(tested["expected"])
    return "as expected" if met.all() else "in part" if met.any() else "not"


def _chance(tests: pd.DataFrame) -> str:
    tested = tests.dropna(subset="p")
    held = tested.loc[tested["p_holm"].le(BAR), "frame"]
    able, many = tested["floor_ties_holm"].le(BAR).any(), tests["articles"].max()
    case = "told" if len(held) else "open" if able else "too few" if many <= HANDFUL else "too rare"
    about = {"articles": f"{many:,}", "held": listed(map(plain, held)), "within": _within(tests)}
    return CHANCE[case if len(tested) else "no test"].format(**about)


def _within(tests: pd.DataFrame) -> str:
    """What a test looks within, as the beginning of a clause: "within outlets, "; "" if nothing."""
    cells = tests["cells"].iloc[0].split()
    return f"within {name_cells(cells)}, " if cells else ""


def _mix(tested: pd.DataFrame) -> str:
    """The first tested frame whose change is more one of the mix than one within outlets or kinds of text; "" if none.

    tested  rows of find_shift
    """
    moved = tested[(tested["within"] + tested["mix"]).abs().gt(100 * HARDLY[0])]
    mixed = [row for row in moved.to_dict("records") if is_mix(row)]
    return f" {sentence(say_mix(mixed[0]))}." if mixed else ""


def _add_courses(estimated: pd.DataFrame) -> pd.DataFrame:
    """Estimated changes with the course each tells: no clear one where the interval holds zero."""
    clear = {"rises": estimated["low"].gt(0), "falls": estimated["high"].lt(0)}
    return estimated.assign(course=np.select(list(clear.values()), list(clear), UNCLEAR))


def _ways_to_tell_sample(estimated: pd.DataFrame, tested: pd.DataFrame, tests: pd.DataFrame) -> Iterator[str]:
    """What the coded sample says of the frames tested, with intervals or without, and what the counts say of the mix
    and of chance.

    tested     rows of find_shift
    estimated  one row per frame tested whose change is estimated: frame, year, share, low, high, course
    """
    case = SAMPLED[_case(tested[["frame", "expected"]].merge(estimated[["frame", "course"]], on="frame", how="left"))]
    points = estimated.assign(frame=estimated["frame"].map(plain)).to_dict("records")
    told = "; ".join(CHANGED.format(**row | {name: 100 * row[name] for name in ENDS}) for row in points)
    chance = f" By the counts alone, {_chance(tests)}."
    for said in (f", in points: {told}", f": {title_of_courses(estimated)}"):
        lead = f"By the coded sample, {estimated['year'].iloc[0]}{said}.{case}"
        yield from (f"{lead}{_mix(tested)}{chance}", f"{lead}{chance}", lead)


def _ways_to_tell(findings: pd.DataFrame) -> Iterator[str]:
    """Where the frames go, from all there is to say to nothing."""
    tested, others = (findings[findings["expected"].notna().eq(yes)] for yes in (True, False))
    going = [
        GOING.get(row["course"], "{frame} {course}").format(**row | {"frame": plain(row["frame"])})
        for row in tested.to_dict("records")
    ]
    more = ""
    if others["movement"].max() > HARDLY[0]:
        most = others.iloc[0]
        larger = bool(most["movement"] > tested["movement"].max())
        more = OTHERS[larger].format(frame=plain(most["frame"]), ends=from_to(most))
    ends = findings.iloc[0]
    going = f"Counting sentences, {ends['first_at']} to {ends['last_at']}: {'; '.join(going)}."
    for mix in dict.fromkeys([_mix(tested), ""]):
        for courses in (going, f"{title_of_courses(tested)}."):
            yield from (f"{courses}{mix}{more}", f"{courses}{mix}")
    yield ""
