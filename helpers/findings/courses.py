"""Which way a frame goes over the dates, in one of a few phrases; one rule for every notebook."""

import pandas as pd

from helpers.findings.words import listed, part_of, percent, plain, sentence
from helpers.measures.tests import signs_of

FEW = 5  # articles: a year or month with fewer is thin, and left aside where two others have more
LARGE, UNLIKE = 100, 5  # sentences in every period, or times as many in one as in another: shares say more than counts
HARDLY = 0.01, 2 / 3  # the most that first and last share may differ, the least that one may be of the other
MOST_OF = 0.5  # of the way from the lowest to the highest share: less between first and last is no direction
GOING = {(1, 1): "rises", (-1, -1): "falls"}
UNCLEAR = "has no clear direction"
HEADS = {  # above several frames
    "rises": "rising",
    "falls": "falling",
    "hardly moves": "hardly moving",
    UNCLEAR: "without clear direction",
    "is absent from the dates compared": "absent from the dates compared",
    "is undated": "undated",
    "has a single date": "of a single date",
}


def find_courses(shares: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """Which way each frame's share of sentences goes, and where it is highest and lowest.

    shares   one row per date and frame, from by_date: label, date, articles, frame, carrying, sentences, share, ids
    frames   in this order
    returns  one row per frame: frame, course (a phrase, see `course_of`), first, last, lowest, highest ("4 of 13", or
             "31%" where every date has LARGE sentences) and where (first_at, …: labels), movement (highest less lowest
             share), caution (which dates were left aside, as they have few articles), ids
    """
    ordered, sizes = shares.sort_values("date", kind="stable"), shares["sentences"]
    large = sizes.min() >= LARGE or sizes.max() > UNLIKE * sizes.min()
    rows = [_course(ordered[ordered["frame"].eq(frame)], large) | {"frame": frame} for frame in frames]
    ends = [f"{end}{at}" for end in ("first", "last", "lowest", "highest") for at in ("", "_at")]
    return pd.DataFrame(rows, columns=["frame", "course", *ends, "movement", "caution", "ids"])


def course_of(own: pd.DataFrame) -> str:
    """Which way one frame goes. It rises or falls where the last date lies above or below the first, by at least half
    of the way from its lowest share to its highest, and most pairs of dates say the same. Where every date has a
    hundred sentences, it hardly moves if first and last differ by less than one in a hundred and less than a third.

    own  one row per date, in order: label, date, carrying, sentences, share
    """
    if len(own) < 2:
        return "has a single date" if len(own) else "is undated"
    there = own.loc[own["carrying"].gt(0), "label"]
    if len(there) < 2:
        return f"appears only in {there.iloc[0]}" if len(there) else "is absent from the dates compared"
    low, high = sorted(own["share"].iloc[[0, -1]])
    if own["sentences"].min() >= LARGE and high - low < HARDLY[0] and low > HARDLY[1] * high:
        return "hardly moves"
    if high - low < MOST_OF * (own["share"].max() - own["share"].min()):
        return UNCLEAR
    return GOING.get(signs_of(own["share"], own["date"]), UNCLEAR)


def title_of_courses(courses: pd.DataFrame) -> str:
    """The courses as a figure's title: "Militarised falls; public health appears only in 2021; rising: finance and
    justice"."""
    told = []
    for course, own in courses.groupby("course", sort=False)["frame"]:
        names = listed(map(plain, own))
        told.append(f"{names} {course}" if len(own) == 1 else f"{HEADS.get(course, course)}: {names}")
    return sentence("; ".join(told))


def ends_of(courses: pd.DataFrame) -> pd.DataFrame:
    """The first and the last date of each frame, where these differ: one row per frame: frame, begin, end (labels).

    courses  one row per frame, from find_courses
    """
    ends = courses[["frame", "first_at", "last_at"]].set_axis(["frame", "begin", "end"], axis=1).dropna()
    return ends[ends["begin"].ne(ends["end"])].reset_index(drop=True)


def from_to(course: pd.Series) -> str:
    """How far a frame moves, in order of time: "none to 7 of 8"; with the dates where these are not the first and the
    last.

    course  one row of find_courses
    """
    ends = [(course["lowest_at"], course["lowest"]), (course["highest_at"], course["highest"])]
    ends = ends if course["course"] == "rises" or course["lowest_at"] < course["highest_at"] else ends[::-1]
    whole = {label for label, _ in ends} == {course["first_at"], course["last_at"]}
    return " to ".join(share if whole else f"{share} ({label})" for label, share in ends)


def _course(own: pd.DataFrame, large: bool) -> dict:
    """One row of find_courses."""
    thin = own["articles"].lt(FEW) & (own["articles"].ge(FEW).sum() > 1)
    left = ", ".join(f"{at.label} ({at.articles:,})" for at in own[thin].itertuples())
    full = own[~thin]
    row = {"course": course_of(full), "ids": " ".join(filter(None, own["ids"]))}
    row["caution"] = f"left aside, few articles: {left}" if left else ""
    if full.empty:
        return row
    said = full.apply(lambda at: percent(at["share"]) if large else part_of(at["carrying"], at["sentences"]), axis=1)
    places = {"lowest": full["share"].idxmin(), "highest": full["share"].idxmax()}
    places |= {"first": full.index[0], "last": full.index[-1]}
    row |= {end: said[place] for end, place in places.items()}
    row |= {f"{end}_at": full.loc[place, "label"] for end, place in places.items()}
    return row | {"movement": full["share"].max() - full["share"].min()}
