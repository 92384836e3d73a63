"""Findings as sentences: every number in them is computed, and where the numbers turn, the sentence turns with them."""

import re
from itertools import pairwise

import pandas as pd
from IPython.display import Markdown


def tell_shift(shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> str:
    """Which way each frame goes between the first article and the last, in one sentence with its counts.

    shares    one row per article and frame: article, frame, carrying, sentences, share
    articles  one row per article, in order of date: article, label
    """
    parts = []
    for frame in frames:
        course = _course(shares, articles, frame)
        there = course[course["carrying"] > 0]
        counts = [
            f"{row.carrying} of {row.sentences} sentences in {row.label}" for row in course.iloc[[0, -1]].itertuples()
        ]
        if len(there) == 1:
            counts = [f"{there['carrying'].iloc[0]} of {there['sentences'].iloc[0]} sentences"]
        parts.append(f"{plain(frame)} framing {course_of(shares, articles, frame)} ({', '.join(counts)})")
    return f"Between {articles['label'].iloc[0]} and {articles['label'].iloc[-1]}, {'; '.join(parts)}."


def tell_courses(shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> list[str]:
    """One sentence per frame: how many sentences carry it in each article, in order of date, and which way that goes.

    shares    one row per article and frame: article, frame, carrying, sentences, share
    articles  one row per article, in order of date: article, label
    """
    return [_tell_course(plain(frame), _course(shares, articles, frame)) for frame in frames]


def course_of(shares: pd.DataFrame, articles: pd.DataFrame, frame: str) -> str:
    """Which way a frame's share goes from the first article to the last, in a few words."""
    course = _course(shares, articles, frame)
    steps = course["share"].diff().dropna()
    there = course[course["carrying"] > 0]
    if there.empty:
        return "is nowhere"
    if len(there) == 1:
        return f"is in {there['label'].iloc[0]} only"
    if steps.eq(0).all():
        return "stays as it is"
    first, last = course["share"].iloc[0], course["share"].iloc[-1]
    if first == last:
        return "ends where it began"
    way = "rises" if last > first else "falls"
    straight = (steps >= 0).all() if last > first else (steps <= 0).all()
    return way if straight else f"{way}, though not at every step"


def tell_last_step(shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> str:
    """Whether the last article goes on where the one before it pointed, for the frames named, and what leads it."""
    if len(articles) < 3:
        return "With fewer than three articles there is no direction to go on in."
    before, then, last = articles["label"].iloc[-3:]
    last_three = {frame: _course(shares, articles, frame)["share"].iloc[-3:].tolist() for frame in frames}
    turned = [plain(frame) for frame, (a, b, c) in last_three.items() if (b - a) * (c - b) < 0]
    leading = shares[shares["article"].eq(articles["article"].iloc[-1])].sort_values(["share", "frame"]).iloc[-1]
    course = _course(shares, articles, leading["frame"]).iloc[-2]
    lead = (
        f"{leading['carrying']} of its {leading['sentences']} sentences speak of {plain(leading['frame'])}, "
        f"after {course['carrying']} of {course['sentences']} in {then}."
    )
    if not turned:
        return f"{last} goes on where {then} pointed after {before}: none of these turns back, and {lead}"
    return f"{last} is not where {then} pointed: {listed(turned)} turn{'s' * (len(turned) == 1)} back, and {lead}"


def tell_other_reading(shares: pd.DataFrame, coded: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> str:
    """Whether the coders' reading gives the same courses as the codebook's, and where not."""
    if coded.empty:
        return "No coder has read these articles."
    ways = {frame: (course_of(shares, articles, frame), course_of(coded, articles, frame)) for frame in frames}
    other = [f"{plain(frame)} framing {coders}" for frame, (codebook, coders) in ways.items() if codebook != coders]
    if not other:
        return "So the codebook reads them; the coders' reading gives the same courses."
    return f"So the codebook reads them; by the coders' reading {listed(other)}."


def tell_tests(tests: pd.DataFrame) -> str:
    """The trend tests in a sentence, never without the smallest p they could have given."""
    tested = tests.dropna(subset="p")
    if tested.empty:
        return "No trend can be tested: too few dates, or shares that never differ."
    each = [
        f"{plain(row.frame)} p = {row.p:.3f} (shares with these ties: at least {row.floor_ties:.3f})"
        for row in tested.itertuples()
    ]
    best = tests["floor_holm"].min()
    say = (
        f"Permutation test of trend over {tests['articles'].max()} articles, whose smallest possible p is "
        f"{tests['floor'].min():.3f}: {listed(each)}. Corrected for {len(tests)} frames (Holm), the smallest is "
        f"{tested['p_holm'].min():.3f}, where {best:.3f} is the smallest there could be"
    )
    if best > 0.05:
        return say + ": with so few dates this test can decide nothing."
    held = tested[tested["p_holm"] <= 0.05]
    if held.empty:
        return say + ": none of these courses can be told from chance by it."
    return say + f": {listed(plain(frame) for frame in held['frame'])} would hardly come by chance."


def readable(table: pd.DataFrame) -> Markdown:
    """A table of texts as a page shows it, left-aligned; every character of the texts stands for itself.

    table  any table; where it has a column spans beside text (from list_sentences), those words are shown bold
    """
    if "spans" in table:
        bold = [_bold(text, spans) for text, spans in zip(table["text"], table["spans"], strict=True)]
        cells = table.drop(columns=["text", "spans"]).map(escaped).assign(text=bold)
    else:
        cells = table.map(escaped)
    rows = [cells.columns, ["---"] * len(cells.columns), *cells.to_numpy().tolist()]
    return Markdown("\n".join(f"| {' | '.join(row)} |" for row in rows))


def escaped(value) -> str:
    """A value as text whose characters mean nothing to Markdown.

    >>> print(escaped("a|b *c* $5"))
    a\\|b \\*c\\* \\$5
    """
    return re.sub(r"([\\`*_{}\[\]<>|$~#])", r"\\\1", str(value).replace("\n", " "))


def _bold(text: str, spans: list[tuple[int, int]]) -> str:
    pieces, done = [], 0
    for start, end in sorted(spans):
        pieces += [escaped(text[done:start]), f"**{escaped(text[start:end])}**"]
        done = end
    return "".join([*pieces, escaped(text[done:])])


def listed(words) -> str:
    """
    >>> listed(["one", "two", "three"])
    'one, two and three'
    """
    words = list(words)
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def plain(frame: str) -> str:
    """A frame's name as it is read: public_health is "public health"."""
    return frame.replace("_", " ")


def _course(shares: pd.DataFrame, articles: pd.DataFrame, frame: str) -> pd.DataFrame:
    return articles[["article", "label"]].merge(shares[shares["frame"].eq(frame)], on="article")


def _tell_course(name: str, course: pd.DataFrame) -> str:
    counts = [f"{row.carrying} of {row.sentences} in {row.label}" for row in course.itertuples()]
    if len(counts) > 8:
        counts = [*counts[:4], "…", *counts[-4:]]
    return f"**{name.capitalize()}**, sentences that carry it: {', '.join(counts)}."


def tell_strongest(strongest: pd.DataFrame, *, of: str) -> str:
    """The strongest undertaking of each article, with its verb, and which way that goes, in one sentence.

    strongest  one row per article, in order of date: label, date, force (ordered), undertakings, verb, what
    of         what they are the strongest of, as the sentence says it
    """
    if strongest.empty:
        return f"Strongest of {of}: nothing is listed."
    each = []
    for row in strongest.itertuples():
        verb = f"“{row.verb}”, " * bool(row.verb)
        more = f" and {row.undertakings - 1} more" * (row.undertakings > 1)
        each.append(f"{row.force} in {row.label} ({verb}{row.what}{more})")
    return f"Strongest of {of}: {'; '.join(_few(each))}. It {way_of_forces(strongest)}."


def way_of_forces(strongest: pd.DataFrame) -> str:
    """Which way the strongest force goes over the dates, in a few words."""
    dated = strongest.dropna(subset="date")
    if dated["date"].nunique() < 2:
        return "has no direction, with fewer than two dates"
    levels = dated["force"].cat.codes.tolist()
    forces, (first, last) = dated["force"].tolist(), (levels[0], levels[-1])
    low, high = forces[levels.index(min(levels))], forces[levels.index(max(levels))]
    if len(set(levels)) == 1:
        return f"stays at {forces[0]}"
    dips, peaks = min(levels) < min(first, last), max(levels) > max(first, last)
    if dips and peaks:
        return f"goes from {forces[0]} both down to {low} and up to {high}, and ends at {forces[-1]}"
    if dips or peaks:
        way = f"down to {low} and up again" if dips else f"up to {high} and down again"
        return f"goes from {forces[0]} {way} to {forces[-1]}"
    steps = [b - a for a, b in pairwise(levels)]
    straight = min(steps) >= 0 or max(steps) <= 0
    return f"{'rises' if last > first else 'falls'} from {forces[0]} to {forces[-1]}" + (
        "" if straight else ", though not at every step"
    )


def tell_settled(settled: pd.DataFrame, tests: pd.DataFrame) -> str:
    """How many undertakings are agreed, signed or done in each article, and the trend test with its floor.

    settled  one row per article, in order of date: label, settled, undertakings
    tests    one row, from trends_over_dates
    """
    if settled.empty:
        return "Nothing is listed, so no trend can be tested."
    counts = listed(_few([f"{row.settled} of {row.undertakings} in {row.label}" for row in settled.itertuples()]))
    test = tests.iloc[0]
    say = f"Agreed, signed or done are {counts}."
    if pd.isna(test["p"]):
        return f"{say} No trend can be tested: too few dates, or shares that never differ."
    say += f" Permutation test of trend over {test['articles']} dates: p = {test['p']:.3f}, where {test['floor']:.3f} "
    if test["floor"] > 0.05:
        return say + "is the smallest there could be: it can decide nothing."
    told = "would hardly come by chance" if test["p"] <= 0.05 else "cannot be told from chance"
    return say + f"is the smallest there could be: by it this course {told}."


def tell_sides(merged: pd.DataFrame) -> str:
    """Who undertakes, in each article, in one sentence.

    merged  one row per article and undertaking, in order of date: label, who
    """
    totals, parts = merged.groupby("label", sort=False).size(), []
    for who, name in [("both", "both sides"), ("United States", "the United States alone"), ("Mexico", "Mexico alone")]:
        counts = merged[merged["who"].eq(who)].groupby("label", sort=False).size()
        each = [f"{counts[label]} of {totals[label]} in {label}" for label in totals.index if label in counts]
        parts.append(f"{name}: {listed(_few(each)) or 'nowhere'}")
    return f"Who undertakes: {'; '.join(parts)}."


def tell_pattern(scores: pd.DataFrame) -> str:
    """How well the pattern over verbs finds what was listed by hand.

    scores  one row per force, from score_pattern
    """
    n = scores.drop(columns="force").sum()
    return (
        f"Of {n['listed']} listed rows the pattern finds {n['found']} with their force, {n['other_force']} with "
        f"another, and misses {n['missed']}. Of its {n['places']} places {n['right']} stand in a sentence listed with "
        f"the same force, {n['wrong_force']} in one listed with another, {n['no_undertaking']} where nothing is listed."
    )


def tell_agreed(merged: pd.DataFrame, strongest: pd.DataFrame, joint: pd.DataFrame, commitments: pd.DataFrame) -> str:
    """What the governments undertake and how firmly; where nothing is listed, how much the pattern finds.

    merged            one row per article and undertaking, from merge_reports: ids
    strongest, joint  one row per article, from find_strongest: of all undertakings, and of those of both sides
    commitments       one row per place of the pattern: article, sentence
    """
    if merged.empty:
        places = commitments[["article", "sentence"]].drop_duplicates()
        return (
            f"No undertaking is listed for these articles. The pattern over verbs finds {len(commitments)} candidates "
            f"in {len(places)} sentences; what they are only a reader can tell."
        )
    sentences = len(set(" ".join(merged["ids"]).split()))
    told = f"{len(merged)} undertakings are reported, in {sentences} sentences."
    told = f"{told} {tell_strongest(strongest, of='each article')}"
    if joint.empty:
        return f"{told} Both sides together undertake nothing."
    return f"{told} The strongest of what both sides undertake together {way_of_forces(joint)}."


def tell_unlisted(articles: pd.DataFrame, merged: pd.DataFrame, commitments: pd.DataFrame) -> str:
    """Which articles have no undertaking listed, and how many candidates the pattern finds in them."""
    bare = articles[~articles["article"].isin(merged["article"])]
    if bare.empty:
        return "Undertakings are listed for every article."
    places = commitments["article"].isin(bare["article"]).sum()
    names = listed(_few(bare["label"].tolist()))
    return f"No undertaking is listed for {names}; the pattern finds {places} candidates there."


def title_of_forces(strongest: pd.DataFrame) -> str:
    """The strongest force of each article as a title, neighbours of one force told together."""
    runs = strongest["force"].ne(strongest["force"].shift()).cumsum()
    each = [f"{own['force'].iloc[0]} in {listed(own['label'])}" for _, own in strongest.groupby(runs)]
    if len(each) > 4:
        return f"The strongest undertaking {way_of_forces(strongest)}"
    return f"Strongest undertaking: {', '.join(each)}" if each else "No undertaking is listed for these articles"


def tell_commonest(counts: pd.DataFrame) -> str:
    """The force that most undertakings of each article have, in one sentence.

    counts  one row per article and force: article, label, force, undertakings, of, from count_forces
    """
    own = counts[counts["of"] > 0]
    most = own[own["undertakings"].eq(own.groupby("article")["undertakings"].transform("max"))]
    each = [
        f"{listed(rows['force'])} in {rows['label'].iloc[0]} ({rows['undertakings'].iloc[0]} of {rows['of'].iloc[0]}"
        f"{' each' * (len(rows) > 1)})"
        for _, rows in most.groupby("article", sort=False)
    ]
    return f"Most common: {'; '.join(_few(each)) or 'nothing is listed'}."


def _few(parts: list[str]) -> list[str]:
    """The first and the last four of many parts of a sentence."""
    return [*parts[:4], "…", *parts[-4:]] if len(parts) > 8 else parts
