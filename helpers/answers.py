"""Findings as sentences: every number in them is computed, and where the numbers turn, the sentence turns with them."""

import re
from itertools import pairwise

import pandas as pd
from IPython.display import Markdown

# Words and tables for every notebook


def listed(words) -> str:
    """
    >>> listed(["one", "two", "three"])
    'one, two and three'
    """
    words = list(words)
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def listed_few(words) -> str:
    """Of more than eight words the first and the last four.

    >>> listed_few("abcdefghi")
    'a, b, c, d, …, f, g, h and i'
    """
    return listed(_few(list(words)))


def named_or_counted(labels, whole: int) -> str:
    """
    >>> named_or_counted(["2008", "2012"], 5), named_or_counted(range(9), 300)
    ('2008 and 2012', '9 of 300 articles')
    """
    labels = list(map(str, labels))
    return listed(labels) if len(labels) <= 8 else f"{len(labels)} of {whole} articles"


def plain(frame: str) -> str:
    """A frame's name as it is read: public_health is "public health"."""
    return frame.replace("_", " ")


def spanned(labels) -> str:
    """
    >>> spanned(["2008", "2012", "2017"]), spanned(["2008"])
    ('2008–2017', '2008')
    """
    labels = list(labels)
    return "–".join(dict.fromkeys([labels[0], labels[-1]])) if labels else ""


def readable(table: pd.DataFrame, *, most: int = 60) -> Markdown:
    """A table of texts as a page shows it, left-aligned; every character of the texts stands for itself.

    table  any table; where it has a column spans beside text (from list_sentences), those words are shown bold
    most   rows shown; where there are more, a line below says how many
    """
    whole, table = len(table), table.head(most)
    if "spans" in table:
        bold = [_bold(text, spans) for text, spans in zip(table["text"], table["spans"], strict=True)]
        cells = table.drop(columns=["text", "spans"]).map(escaped).assign(text=bold)
    else:
        cells = table.map(escaped)
    rows = [cells.columns, ["---"] * len(cells.columns), *cells.to_numpy().tolist()]
    page = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return Markdown(page + _first_of(most, whole))


def readable_concordance(lines: pd.DataFrame, *, most: int = 60) -> Markdown:
    """A concordance as a page shows it: one line per hit, the nodes in bold, one under the other.

    lines  one row per hit: label, sentence, left, node, right
    most   rows shown; where there are more, a line below says how many
    """
    whole, lines = len(lines), lines.head(most)
    rows = ["| label | sentence | left | node | right |", "| :--- | ---: | ---: | :---: | :--- |"]
    for line in lines.itertuples():
        left, node, right = (
            escaped(text).replace(" ", "\N{NO-BREAK SPACE}") for text in (line.left, line.node, line.right)
        )
        rows.append(f"| {escaped(line.label)} | {line.sentence} | {left} | **{node}** | {right} |")
    return Markdown("\n".join(rows) + _first_of(most, whole) if len(lines) else "No hit.")


def _first_of(most: int, whole: int) -> str:
    return f"\n\nThe first {most} of {whole:,} rows." * (whole > most)


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


def _p(value: float) -> str:
    return f"{value:.3f}" if value >= 0.001 else "below 0.001"


# Notebooks 01 and 03: the corpus, the shift


def tell_span(articles: pd.DataFrame) -> str:
    """From when to when the articles' dates reach, and how many have none."""
    dates = articles["date"].dropna()
    if dates.empty:
        return "none of them dated"
    undated = f", {len(articles) - len(dates)} undated" if len(dates) < len(articles) else ""
    span = dict.fromkeys([f"{dates.min():%B %Y}", f"{dates.max():%B %Y}"])
    return f"{' to '.join(span)}{undated}"


def tell_shift(shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> str:
    """Which way each frame goes between the first article and the last, in one sentence with its counts.

    shares    one row per article and frame: article, frame, carrying, sentences, share
    articles  one row per dated article, in order of date: article, label
    """
    if len(articles) < 2:
        told = "With fewer than two dated articles nothing can be said of a shift."
        sums = shares[shares["frame"].isin(frames)].groupby("frame", observed=True)[["carrying", "sentences"]].sum()
        each = [
            f"{plain(row.Index)} framing is in {row.carrying} of {row.sentences} sentences" for row in sums.itertuples()
        ]
        return f"{told} In all, {listed(each)}." if each else told
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
    if course.empty:
        return "is undated"
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
        return "With fewer than three dated articles there is no direction to go on in."
    before, then, last = articles["label"].iloc[-3:]
    last_three = {frame: _course(shares, articles, frame)["share"].iloc[-3:].tolist() for frame in frames}
    turned = [plain(frame) for frame, (a, b, c) in last_three.items() if (b - a) * (c - b) < 0]
    leading = shares[shares["article"].eq(articles["article"].iloc[-1])].sort_values(["share", "frame"]).iloc[-1]
    course = _course(shares, articles, leading["frame"]).iloc[-2]
    speak = "speaks" if leading["carrying"] == 1 else "speak"
    lead = (
        f"{leading['carrying']} of its {leading['sentences']} sentences {speak} of {plain(leading['frame'])}, "
        f"after {course['carrying']} of {course['sentences']} in {then}."
    )
    if not turned:
        return f"{last} goes on where {then} pointed after {before}: none of these turns back, and {lead}"
    turn = "turns" if len(turned) == 1 else "turn"
    return f"{last} is not where {then} pointed: {listed(turned)} {turn} back, and {lead}"


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
        f"{plain(row.frame)} p = {_p(row.p)}, "
        + (
            f"where shares with these ties can give no less than {_p(row.floor_ties)}"
            if row.floor_ties >= 0.001
            else "and shares with these ties could give one below 0.001"
        )
        for row in tested.itertuples()
    ]
    best = tests["floor_ties_holm"].min()
    say = (
        f"Permutation test of trend over {tests['articles'].max()} articles, whose smallest possible p is "
        f"{_p(tests['floor'].min())}: {'; '.join(each)}. Corrected for {len(tests)} frames (Holm) the smallest is "
        f"{_p(tests['p_holm'].min())}; the smallest that these dates allow is {_p(tests['floor_holm'].min())}, "
        f"and that these shares allow {_p(best)}"
    )
    held = tested[tested["p_holm"] <= 0.05]
    if best > 0.05:
        return say + ": the test can decide nothing here, and these courses are described, not proved."
    if held.empty:
        return say + ": none of these courses can be told from chance by it."
    return say + f": {listed(plain(frame) for frame in held['frame'])} would hardly come by chance."


def _course(shares: pd.DataFrame, articles: pd.DataFrame, frame: str) -> pd.DataFrame:
    if frame not in set(shares["frame"]):
        raise ValueError(f"{frame!r} is no frame of the codebook ({', '.join(map(str, shares['frame'].unique()))}).")
    return articles[["article", "label"]].merge(shares[shares["frame"].eq(frame)], on="article")


def _tell_course(name: str, course: pd.DataFrame) -> str:
    counts = [f"{row.carrying} of {row.sentences} in {row.label}" for row in course.itertuples()]
    if len(counts) > 8:
        counts = [*counts[:4], "…", *counts[-4:]]
    return f"**{name.capitalize()}**, sentences that carry it: {', '.join(counts)}."


# Notebook 02: words that mark articles


def called_by(articles: pd.DataFrame, group: list[str]) -> str:
    """What a group of dated articles is called: its first and its last year, or their labels where the dates of all
    articles lie within two years."""
    own, dates = articles.set_index("article").loc[group], articles["date"]
    if dates.dt.year.nunique() < 3:
        return spanned(own["label"])
    return spanned(own["date"].dt.strftime("%Y"))


def tell_marks(marks: pd.DataFrame, *, top: int = 3, each: str = "article") -> str:
    """Which words set each article (or year) apart, how many of their places are in it, how many stand nowhere else.

    marks   one row per article and word, each article's most typical words first: label, word, target, reference,
            articles
    """
    heads = marks.groupby("label", sort=False).head(top)
    if heads.empty:
        return "no word sets an article apart: there is no second article, or no word stands in it often enough"
    named = heads["word"] + heads.apply(lambda row: f" ({row['target']} of {row['target'] + row['reference']})", axis=1)
    parts = [f"{label}: {listed(own)}" for label, own in named.groupby(heads["label"], sort=False)]
    alone = int(heads["articles"].eq(1).sum())
    told = f"the words that most mark each {each} (how often in it, of how often in all) are {'; '.join(parts)}"
    return f"{told}. Of these {len(heads)} words, {alone} stand{'s' * (alone == 1)} in one article only"


def tell_periods(words: pd.DataFrame, earlier: str, later: str, *, top: int = 5) -> str:
    """Which words set two periods apart, with their counts in the one and in the other.

    words           one row per word, from compare_words
    earlier, later  what the target and the reference are called
    """
    if words.empty:
        return "No two periods can be compared: fewer than two articles have a date."
    parts = []
    for sign, here, there in [(1, "target", "reference"), (-1, "reference", "target")]:
        own = words[words["sign"].eq(sign)].sort_values("g2_two_term", ascending=False, kind="stable").head(top)
        parts.append(listed(f"{row['word']} ({row[here]} against {row[there]})" for row in own.to_dict("records")))
    return (
        f"{earlier} is set apart from {later} by {parts[0] or 'none'}, {later} from {earlier} by {parts[1] or 'none'}."
    )


def tell_splits(splits: pd.DataFrame, smallest: float) -> str:
    """Whether two periods diverge more than other divisions of the same articles, and what these could show at most.

    splits    one row per division, from compare_splits: articles, divergence, own
    smallest  the smallest two-sided p for one word, from smallest_p
    """
    own = splits.loc[splits["own"], "divergence"]
    if own.empty:
        return "Other divisions of the articles were not gone through: there are none, or too many."
    as_much = int((splits["divergence"] >= own.iloc[0]).sum())
    least = (splits["divergence"] == splits["divergence"].max()).mean()
    return (
        f"The periods' words diverge by {own.iloc[0]:.3f} bits; all {len(splits)} divisions of these articles into "
        f"groups as large give {splits['divergence'].min():.3f} to {splits['divergence'].max():.3f}, and "
        f"{as_much} of them, this one counted, diverge{'s' * (as_much == 1)} as much: p = {as_much / len(splits):.3f}, "
        f"where {least:.3f} is the smallest there could be. For one word, tested by articles and in both directions, "
        f"the smallest is {smallest:.3f}."
        + " So few articles cannot tell either from chance."
        * bool(min(least, smallest) > 0.05)
    )


# Notebook 04: company of the key words


def tell_company(company: pd.DataFrame, lines: pd.DataFrame, frames: list[str]) -> str:
    """How much of the company stays from one article to another, and what keeps each key word company in more than one.

    company  one row per key word, word and article: frame, word, article, label, near
    lines    one row per hit: frame, article
    frames   the key words, in the order they are told
    """
    courses = _courses_of_company(company)
    several = (courses["articles"] > 1).sum()
    stay = f"{several} of {len(courses)} pairs of key word and company stand in more than one article."
    return " ".join([stay, *(_tell_kept(company, lines, frame) for frame in frames)])


def tell_passing_company(company: pd.DataFrame, frames: list[str]) -> str:
    """Which of these words stand near their key word in one article only, in one sentence."""
    courses = _courses_of_company(company)
    once = courses[courses["articles"].eq(1)]
    if once.empty:
        return "No word stands near its key word in one article only."
    parts = [
        f"{plain(frame)}: " + listed(f"{row.word} ({row.labels})" for row in once[once["frame"].eq(frame)].itertuples())
        for frame in frames
        if frame in set(once["frame"])
    ]
    which = "; ".join(parts)
    return f"The other {len(once)} belong to one article only: {which}."


def tell_longest_company(company: pd.DataFrame) -> str:
    """Which words stay near their key word in the most articles, as a figure's title."""
    courses = _courses_of_company(company)
    if courses.empty:
        return "No word stands near a key word often enough to be drawn"
    most = courses["articles"].max()
    if most == 1:
        return "No word stays near its key word in a second article"
    longest = courses[courses["articles"].eq(most)].groupby("frame", sort=False)["word"].agg(listed)
    pairs = "; ".join(f"{plain(frame)} with {words}" for frame, words in longest.items())
    return f"Most constant company, in {most} of {company['article'].nunique()} articles: {pairs}"


def tell_shared_company(company: pd.DataFrame) -> str:
    """Which words stand near the most key words, as a figure's title."""
    near = company[company["near"] > 0].groupby("word")["frame"].nunique()
    if near.empty or near.max() == 1:
        return "No word stands near two key words"
    return f"Near {near.max()} of {company['frame'].nunique()} key words: {listed(near[near.eq(near.max())].index)}"


def tell_thin_company(found: pd.DataFrame) -> str:
    """How much of what was counted hangs on one place more or less, in a few sentences.

    found  one row per key word and word near it, from collocates: articles, near
    """
    if found.empty:
        return "Too little stands near the key words to be counted."
    least, kept = found["near"].min(), found[found["articles"] > 1]
    return (
        f"Of the {len(found)} pairs, {found['near'].eq(least).sum()} stand together {least} times only, the least that "
        f"counts; the most frequent pair {found['near'].max()} times. Of the {len(kept)} in more than one article, "
        f"{kept['articles'].eq(2).sum()} are in just 2: without either article they would be in one only."
    )


def _courses_of_company(company: pd.DataFrame) -> pd.DataFrame:
    """One row per key word and word: frame, word, articles (that have it near), labels (which, if they are few)."""
    there = company[company["near"] > 0]
    courses = there.groupby(["frame", "word"], sort=False).agg(articles=("article", "nunique"), labels=("label", list))
    few = [listed(labels) if len(labels) <= 5 else f"{len(labels)} articles" for labels in courses["labels"]]
    return courses.assign(labels=few).reset_index()


def _tell_kept(company: pd.DataFrame, lines: pd.DataFrame, frame: str) -> str:
    own = lines[lines["frame"].eq(frame)]
    where = f"**{plain(frame).capitalize()}** (hits: {len(own)}, articles: {own['article'].nunique()})"
    courses = _courses_of_company(company[company["frame"].eq(frame)])
    kept = courses[courses["articles"] > 1].sort_values("articles", ascending=False, kind="stable")
    if own.empty:
        return f"{where} is nowhere."
    if kept.empty:
        return f"{where} keeps no word near it in a second article."
    return f"{where} keeps {listed(f'{row.word} ({row.labels})' for row in kept.itertuples())}."


# Notebook 05: voices


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


# Notebook 06: undertakings


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
    if min(steps) >= 0 or max(steps) <= 0:
        return f"{'rises' if last > first else 'falls'} from {forces[0]} to {forces[-1]}"
    return f"goes from {forces[0]} to {forces[-1]}, with a step {'down' if last > first else 'up'} on the way"


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


# Notebook 07: responsibility


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
    things = "years" if articles["article"].str.fullmatch(r"\d{4}|undated").all() else "articles"
    parts = []
    for row in categories[categories["arrow"].isin(["north", "south"])].itertuples():
        own = found[found["category"].eq(row.category)]
        where = listed(own["label"]) if len(own) <= 4 else f"{len(own)} {things}"
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


# Notebook 11: your own articles


def tell_came_in(articles: pd.DataFrame, left_out: pd.DataFrame) -> str:
    """How many articles came in, how many rows did not, what is known of dates and outlets.

    articles  one row per article: date, outlet
    left_out  one row per fault: kept (whether the article is used in spite of it)
    """
    lost, doubtful = int((~left_out["kept"].astype(bool)).sum()), int(left_out["kept"].astype(bool).sum())
    outlets = articles.loc[articles["outlet"].ne(""), "outlet"]
    known = (
        f"With a date: {articles['date'].notna().sum()}; with an outlet: {len(outlets)}, of {outlets.nunique()} names."
    )
    return (
        f"{_counted(len(articles), 'article')} came in, "
        + (f"{_counted(lost, 'row or file', 'rows or files')} did not" if lost else "nothing was left out")
        + f"; {_counted(doubtful, 'fault')} more kept no article out" * bool(doubtful)
        + f". {known}"
    )


def tell_copies(groups: pd.DataFrame, worth: dict[str, float]) -> str:
    """How many articles are copies of others, and how many all are worth.

    groups  one row per article: article, group, size
    worth   from count_effective
    """
    copies = int(groups["article"].ne(groups["group"]).sum())
    if not copies:
        return "No two of them are copies of one text."
    several = groups.loc[groups["size"].gt(1)]
    return (
        f"{len(several)} of them are copies of one another, in {_counted(several['group'].nunique(), 'group')}, the "
        f"largest of {several['size'].max()}; copies counted once, {worth['groups']} remain, and for a mean all "
        f"{worth['articles']} are worth {worth['effective']:.1f}."
    )


def tell_regime(periods: pd.DataFrame, needed: int, fewest: int, clusters: list[str]) -> str:
    """Whether intervals are given or only floors, by which rule, and why.

    periods   one row per period, frame and unit, from share_by_period
    needed    how many articles a period must be worth
    fewest    how many clusters it must have
    clusters  what is resampled: outlet, group
    """
    rule = f"worth the {needed} articles, from {fewest} outlets, that an interval needs"
    if "outlet" not in clusters:
        rule = f"worth the {needed} articles that an interval needs"
    each = periods.drop_duplicates("period")
    if each.empty:
        return f"**Regime: none.** No article has a date, so no year is {rule}, and there are no shares by period."
    enough = each["why"].eq("").sum()
    first = f"Of {_counted(len(each), 'year')} {enough or 'none'} {'is' if enough < 2 else 'are'} {rule}"
    if enough < 2:
        most = each.sort_values(["effective", "period"], ascending=[False, True]).iloc[0]
        lack = f" ({most['why']})" if "articles" not in most["why"] and most["why"] else ""
        return (
            f"**Regime: floors.** {first}; the fullest, {most['period']}, is worth {most['effective']:.0f}{lack}. So "
            "shares are counts of these very articles, and tests come with the smallest p they could give."
        )
    alone = " As outlets are not told apart, they speak of these newsrooms only." * ("outlet" not in clusters)
    return (
        f"**Regime: intervals.** {first}. Their shares have 95% intervals, got by resampling whole clusters; other "
        f"years are counts.{alone}"
    )


def tell_change(periods: pd.DataFrame, frames: list[str]) -> str:
    """The share of articles that carry each frame, in the first and the last period that have intervals."""
    own = periods[periods["unit"].eq("articles") & periods["low"].notna()]
    parts = []
    for frame in frames:
        ends = own[own["frame"].eq(frame)].sort_values("start").iloc[[0, -1]]
        told = [
            f"{row.share:.0%} of {_counted(row.whole, 'article')} in {row.period} ({row.low:.0%} to {row.high:.0%})"
            for row in ends.itertuples()
        ]
        (low, other_low), (high, other_high) = ends["low"], ends["high"]
        apart = "the intervals lie apart" if high < other_low or other_high < low else "the intervals overlap"
        parts.append(f"{plain(frame)} {told[0]}, {told[1]}: {apart}")
    told = "; ".join(parts)
    return f"{told[:1].upper()}{told[1:]}." if told else "No frame of the codebook is tested here."


def _counted(number: int, thing: str, things: str = "") -> str:
    """
    >>> _counted(1, "article"), _counted(0, "article")
    ('1 article', '0 articles')
    """
    return f"{number} {thing if number == 1 else things or thing + 's'}"


def title_of_periods(periods: pd.DataFrame, frames: list[str]) -> str:
    """What the shares by period show, as a title: which way each frame goes between the first and the last interval."""
    own = periods[periods["unit"].eq("articles") & periods["low"].notna() & periods["frame"].isin(frames)]
    if own["period"].nunique() < 2:
        return "Too few articles in each period for an interval: these are counts of these very articles"
    ways = {}
    for frame in frames:
        first, last = own[own["frame"].eq(frame)].sort_values("start").iloc[[0, -1]].itertuples()
        apart = first.high < last.low or last.high < first.low
        way = ("rises" if last.share > first.share else "falls") if apart else "may have stayed as it was"
        ways.setdefault(way, []).append(plain(frame))
    span = spanned(own.sort_values("start")["period"])
    return f"Share of articles, {span}: {'; '.join(f'{listed(names)} {way}' for way, names in ways.items())}"
