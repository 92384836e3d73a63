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


def tell_group(counts: pd.DataFrame, articles: pd.DataFrame, categories: pd.DataFrame, group: str) -> str:
    """How many sentences have each category of a group, the most frequent first, and which have none.

    counts      one row per article and category: article, category, carrying, sentences
    articles    one row per article, in order of date: article, label
    categories  one row per category: category, group, says
    """
    own = categories[categories["group"].eq(group)]
    total = counts.drop_duplicates("article")["sentences"].sum()
    there = counts[counts["carrying"] > 0].merge(articles[["article", "label"]]).astype({"category": str})
    sums = own.assign(sum=own["category"].map(there.groupby("category")["carrying"].sum()).fillna(0).astype(int))
    found = [
        f"{row.says} ({row.sum}: {_tell_labels(articles, there[there['category'].eq(row.category)])})"
        for row in sums[sums["sum"] > 0].sort_values(["sum", "category"], ascending=[False, True]).itertuples()
    ]
    absent = [f"“{says}”" for says in sums.loc[sums["sum"].eq(0), "says"]]
    none = [f"in none: {listed(absent)}"] if absent else []
    return f"{group.capitalize()}, in how many of {total} sentences: {'; '.join([*found, *none])}."


def tell_responsibility(counts: pd.DataFrame, articles: pd.DataFrame, categories: pd.DataFrame) -> str:
    """The category found most often, those that point from one country to the other, those that go without a direction,
    and those found nowhere."""
    sums = counts.groupby("category", observed=False)["carrying"].sum()
    nowhere = [row.says for row in categories.itertuples() if not sums[row.category]]
    blurred = [
        f"{row.says} ({sums[row.category]})"
        for row in categories[categories["arrow"].eq("none")].itertuples()
        if sums[row.category]
    ]
    told = [f"{tell_most(counts, categories)}. {tell_arrows(counts, articles, categories)}."]
    told += [f"Beside that: {'; '.join(blurred)}."] * bool(blurred)
    if len(nowhere) > 4:
        nowhere = [f"{len(nowhere)} of the {len(categories)} categories"]
    told += [f"In no sentence: {'; '.join(nowhere)}."] * bool(nowhere)
    return " ".join(told)


def tell_most(counts: pd.DataFrame, categories: pd.DataFrame) -> str:
    """The category found in most sentences, with its count."""
    sums = categories.assign(
        sum=categories["category"].map(counts.groupby("category", observed=False)["carrying"].sum())
    )
    most = sums.astype({"sum": int}).sort_values(["sum", "category"], ascending=[False, True]).iloc[0]
    total = counts.drop_duplicates("article")["sentences"].sum()
    if not most["sum"]:
        return f"None of {total} sentences falls under a category"
    return f"Said most often: {most['says']} ({most['sum']} of {total} sentences)"


def tell_arrows(counts: pd.DataFrame, articles: pd.DataFrame, categories: pd.DataFrame) -> str:
    """In which articles the categories that point from one country to the other are found, in how many sentences."""
    found = counts[counts["carrying"] > 0].merge(articles[["article", "label"]].drop_duplicates())
    parts = []
    for row in categories[categories["arrow"].isin(["north", "south"])].itertuples():
        own = found[found["category"].eq(row.category)]
        where = listed(own["label"]) if len(own) <= 4 else f"{len(own)} articles"
        parts += [f"{row.says} in {where} ({own['carrying'].sum()})"] * bool(len(own))
    told = "; ".join(parts) or "no sentence points from one country to the other"
    return told[0].upper() + told[1:]


def tell_check(checked: pd.DataFrame, articles: pd.DataFrame) -> str:
    """How the rules stand against the reading; that they cannot be checked where nobody has read.

    checked  one row per sentence and category that rules or reader have: article, verdict
    """
    if checked.empty:
        return "Nobody has read these articles for responsibility, so the rules cannot be checked on them."
    right, wrong, missed = (int(checked["verdict"].eq(verdict).sum()) for verdict in ("right", "wrong", "missed"))
    return (
        f"Against a reading of {checked['article'].nunique()} of {len(articles)} articles, sentence by sentence: of "
        f"the reader's {right + missed} judgements the rules find {right} and miss {missed}; of their own "
        f"{right + wrong}, {wrong} {'is' if wrong == 1 else 'are'} wrong by the reading."
    )


def tell_trial(rules: pd.DataFrame, classed: pd.DataFrame) -> str:
    """How much of the rules the articles try: rules that take nothing or one sentence, and what rests on a negation.

    rules    one row per rule: rule
    classed  one row per sentence and rule: rule, negated
    """
    taken = rules["rule"].map(classed["rule"].value_counts()).fillna(0)
    denied = int(classed["negated"].sum())
    return (
        f"Of {len(rules)} rules, {int(taken.eq(0).sum())} take no sentence and {int(taken.eq(1).sum())} a single one. "
        f"Of the {len(classed)} times that a rule takes a sentence, {denied} rest{'s' * (denied == 1)} on a word that "
        "a negation reaches."
    )


def _tell_labels(articles: pd.DataFrame, counts: pd.DataFrame) -> str:
    if len(counts) > 8:
        return f"in {len(counts)} of {len(articles)} articles"
    return ", ".join(f"{row.carrying} of {row.sentences} in {row.label}" for row in counts.itertuples())
