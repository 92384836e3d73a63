"""Findings as sentences: every number in them is computed, and where the numbers turn, the sentence turns with them."""

import re

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


def tell_voices(counts: pd.DataFrame) -> str:
    """How often each voice carries a frame, and which voice leads in each frame.

    counts  one row per article ("all" for the corpus), frame and voice: article, frame, voice, count
    """
    whole = counts[counts["article"].eq("all")]
    if not (total := whole["count"].sum()):
        return "No sentence carries a frame, so there is no voice to ask for."
    sums = whole.groupby("voice", sort=False)["count"].sum()
    each = listed(f"{n} in {_speech(voice)}" for voice, n in sums.items())
    return f"{total} times a sentence carries a frame: {each}."


def tell_leaders(counts: pd.DataFrame) -> str:
    """Which voice carries each frame most often, in one sentence; frames in which two lead are told apart.

    counts  as for tell_voices
    """
    leaders = {}
    for frame, own in counts[counts["article"].eq("all")].groupby("frame", sort=False):
        first = own.loc[own["count"].eq(own["count"].max()) & own["count"].gt(0)]
        if len(first):
            who = (
                f"most often in {_speech(first['voice'].iloc[0])}"
                if len(first) == 1
                else "in no voice more than another"
            )
            leaders.setdefault(who, []).append(f"{plain(frame)} ({first['count'].iloc[0]} of {own['count'].sum()})")
    told = "; ".join(f"{who}: {listed(what)}" for who, what in sorted(leaders.items(), reverse=True))
    return told[:1].upper() + told[1:] + "." * bool(told)


def tell_busiest(links: pd.DataFrame) -> str:
    """Whose words carry frames most often, as a title.

    links  one row per speaker and frame: speaker, count
    """
    sums = links[links["speaker"].ne("unknown")].groupby("speaker")["count"].sum()
    if sums.empty:
        return "No speaker whose name is known carries a frame"
    return f"Frames most often in the words of {listed(sums.index[sums.eq(sums.max())])}: {sums.max()} times"


def tell_heard(heard: pd.DataFrame) -> str:
    """How many of the persons and bodies named are never heard, by side.

    heard  one row per person or body: kind, side, quotations
    """
    if heard.empty:
        return "No listed person or body is named, so it cannot be said who is not heard."
    parts = []
    for kind, plural in (("person", "persons"), ("body", "bodies")):
        own = heard[heard["kind"].eq(kind)]
        silent = own.loc[own["quotations"].eq(0), "side"].value_counts()
        sides = [f"{n} {_from(side)}" for side, n in sorted(silent.items(), key=lambda item: (-item[1], item[0]))]
        parts.append(f"{silent.sum()} of {len(own)} {plural}" + f" ({', '.join(sides)})" * bool(sides))
    return f"Named but never heard: {listed(parts)}."


def tell_rules(compared: pd.DataFrame) -> str:
    """How well the rules for quotations do beside a reader's marks, by stretch of words and by speaker.

    compared  one row per stretch: verdict (same, other words, other speaker, rules only, reader only)
    """
    if compared.empty:
        return "Nobody has marked the quotations of these articles by reading: how often the rules err is not known."
    both = compared[~compared["verdict"].isin(["rules only", "reader only"])]
    ours, theirs = compared["verdict"].ne("reader only").sum(), compared["verdict"].ne("rules only").sum()
    right = both["verdict"].ne("other speaker").sum()
    return (
        f"The rules find {ours} stretches, the reader marked {theirs}; {len(both)} are the same places (precision "
        f"{_share(len(both), ours)}, recall {_share(len(both), theirs)}), and in {right} of these the speaker is the "
        f"same. To the letter and with its speaker, {compared['verdict'].eq('same').sum()} of {theirs} are as read."
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "undefined"


def _from(side: str) -> str:
    places = {
        "United States": "from the United States",
        "Mexico": "from Mexico",
        "both": "of both sides",
        "other": "from elsewhere",
    }
    return places.get(side, f"of {side} side")


def _speech(voice: str) -> str:
    named = {"reporter": "the reporter's own words", "both or unknown": "words of both sides or of nobody known"}
    return named.get(voice, f"words {_from(voice)}")
