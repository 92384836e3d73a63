"""Findings as sentences: every number in them is computed, and where the numbers turn, the sentence turns with them."""

import re
from itertools import groupby, pairwise

import numpy as np
import pandas as pd
from IPython.display import Markdown

from helpers.codebook.terms import is_own
from helpers.coders.correction import UNREAD
from helpers.measures.power import ADDED, MOST, MOST_IN_ALL, POWER
from helpers.measures.tests import ALL_ORDERS, LARGE, RESAMPLES, signs_of

# Words and tables for every notebook


def listed(words, last: str = "and") -> str:
    """
    >>> listed(["one", "two", "three"])
    'one, two and three'
    """
    words = list(words)
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


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
    return listed_labels(labels) if len(labels) <= 8 else f"{len(labels):,} of {whole:,} articles"


def listed_labels(labels) -> str:
    """Labels as a sentence has them, those that only a number tells apart put together; of many the first and the last.

    >>> listed_labels(["2008", "2012-02-27·1", "2012-02-27·2"])
    '2008 and 2 articles of 2012-02-27'
    """
    runs = [list(own) for _, own in groupby(labels, lambda label: re.sub(r"(?<=\d)·\d+$", "", label))]
    return listed_few(f"{len(own):,} articles of {own[0].split('·')[0]}" if len(own) > 1 else own[0] for own in runs)


def counted(number: int, thing: str, things: str = "") -> str:
    """
    >>> counted(1, "article"), counted(0, "article")
    ('1 article', '0 articles')
    """
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def all_of(number: int) -> str:
    """
    >>> all_of(2), all_of(3)
    ('both', 'all 3')
    """
    return "both" if number == 2 else f"all {number:,}"


def plain(frame: str) -> str:
    """A frame's name as it is read: public_health is "public health"."""
    return frame.replace("_", " ")


def spanned(labels) -> str:
    """
    >>> spanned(["2008", "2012", "2017"]), spanned(["2008"]), spanned(["2008-02", "2008-05"])
    ('2008–2017', '2008', '2008-02 to 2008-05')
    """
    ends = dict.fromkeys([*labels][:1] + [*labels][-1:])
    return (" to " if any("-" in end for end in ends) else "–").join(ends)


def shown(table: pd.DataFrame, *, known: list[str] | None = None) -> pd.DataFrame | Markdown:
    """A table as a page shows it: without the rows that have no value in any of the columns `known`; "None." where no
    row or no column is left."""
    table = table if known is None else table.dropna(subset=known, how="all")
    return Markdown("None.") if table.empty else table


def readable(table: pd.DataFrame, *, most: int = 60) -> Markdown:
    """A table of texts as a page shows it, left-aligned; every character of the texts stands for itself.

    table  any table; where it has a column spans beside text (from list_sentences), those words are shown bold
    most   rows shown; where there are more, a line below says how many; where there is none, "None." says so
    """
    if table.empty:
        return Markdown("None.")
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


def _some(number: int) -> str:
    """
    >>> _some(0), _some(1762)
    ('none', '1,762')
    """
    return f"{number:,}" if number else "none"


def _p(value: float) -> str:
    """
    >>> _p(0.0625), _p(1 / 30), _p(0.0001)
    ('0.063', '0.033', 'below 0.001')
    """
    return f"{value + 1e-9:.3f}" if value >= 0.001 else "below 0.001"  # halves go up: 2 / 2^5 is no 0.062


def shown_p(table: pd.DataFrame, *more: str) -> pd.DataFrame:
    """A table of tests as a page shows it: all p-values (p, floor, those that begin so, and the columns named) to three
    places, the smaller as <0.001, and other numbers to three places."""
    names = [name for name in table if name in more or re.match("(p|floor)(_|$)", name)]
    told = {name: table[name].map(lambda p: _p(p).replace("below ", "<"), na_action="ignore") for name in names}
    return table.assign(**told).round(3)


# Notebooks 01 and 03: the corpus, the shift


def tell_language(strange: pd.Series) -> str:
    """How many articles do not read as English, and what that means; "" where all do.

    strange  one value per article, from not_english
    """
    judged, number = int(strange.notna().sum()), int(strange.sum())
    if not number:
        return ""
    what = "the codebook, the lists and the rules" if is_own() else "the lists and the rules"
    told = f"{number:,} of {counted(judged, 'article')}{' long enough to tell' * (judged < len(strange))}"
    told += f" do{'es' * (number == 1)} not read as English"
    return f"{told}; {what} are English and find little there."


def tell_span(articles: pd.DataFrame) -> str:
    """From when to when the articles' dates reach, and how many have none."""
    dates = articles["date"].dropna()
    if dates.empty:
        return "undated" if len(articles) == 1 else "none of them dated"
    undated = f", {len(articles) - len(dates):,} undated" if len(dates) < len(articles) else ""
    span = dict.fromkeys([f"{dates.min():%B %Y}", f"{dates.max():%B %Y}"])
    return f"{' to '.join(span)}{undated}"


def tell_dates(dates: pd.DataFrame) -> str:
    """Of the dates that order the articles, how many are inferred, and how many are less exact than a day.

    dates  one row per article and known date, from list_dates
    """
    basis = dates[dates["what"].ne("updated")].drop_duplicates("article")
    if basis.empty:
        return "No article has a date of its own."
    inferred, blurred = basis["inferred"].sum(), basis["precision"].ne("day").sum()
    if len(basis) == 1:
        exact = "less exact than a day" if blurred else "exact to the day"
        return f"The one date known is {'inferred' if inferred else 'stated'}, and {exact}."
    return f"Of {len(basis):,} dates {_some(inferred)} {'is' if inferred < 2 else 'are'} inferred, and " + (
        f"{_some(blurred)} {'is' if blurred < 2 else 'are'} less exact than a day."
    )


def tell_shift(shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> str:
    """Which way each frame goes between the first article and the last, in one sentence with its counts.

    shares    one row per article and frame: article, frame, carrying, sentences, share
    articles  one row per dated article, in order of date: article, label, date
    """
    if articles["date"].nunique() < 2:
        told = f"{_with_one_date(articles)} nothing can be said of a shift."
        sums = shares[shares["frame"].isin(frames)].groupby("frame", observed=True)[["carrying", "sentences"]].sum()
        each = [
            f"{plain(row.Index)} framing is in {row.carrying:,} of {counted(row.sentences, 'sentence')}"
            for row in sums.itertuples()
        ]
        return f"{told} In all, {listed(each)}." if each else told
    parts, nowhere = [], []
    for frame in frames:
        course = _course(shares, articles, frame)
        there = course[course["carrying"] > 0]
        if there.empty:
            nowhere.append(plain(frame))
            continue
        shown = course.iloc[sorted({0, _turn(course), len(course) - 1})]
        counts = [f"{of} in {label}" for of, label in zip(_of(shown, " sentences"), shown["label"], strict=True)]
        if len(there) == 1:
            counts = _of(there, " sentences")
        parts.append(f"{plain(frame)} framing {course_of(shares, articles, frame)} ({', '.join(counts)})")
    parts += [f"{listed(nowhere)} framing is nowhere"] * bool(nowhere)
    return f"Between {articles['label'].iloc[0]} and {articles['label'].iloc[-1]}, {'; '.join(parts)}."


def title_of_courses(shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> str:
    """Which way each frame goes over the dates, as a title: shares and articles as course_of takes them."""
    if articles["date"].nunique() < 2:
        return f"{_with_one_date(articles)} no frame has a course"
    ways = {frame: course_of(shares, articles, frame) for frame in frames}
    nowhere = [plain(frame) for frame in frames if ways[frame] == "is nowhere"]
    told = [f"{plain(frame)} {way}" for frame, way in ways.items() if way != "is nowhere"]
    told += [f"{listed(nowhere)} {'is' if len(nowhere) == 1 else 'are'} nowhere"] * bool(nowhere)
    return "; ".join(told).capitalize()


def _with_one_date(articles: pd.DataFrame) -> str:
    """That the dated articles, or the year or month that stands for all of them, have a single date, or none."""
    return f"With {articles['label'].iloc[0]} alone" if len(articles) else "Without a date"


def tell_courses(shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> list[str]:
    """One sentence per frame: how many sentences carry it in each article, in order of date, and which way that goes.

    shares    one row per article and frame: article, frame, carrying, sentences, share
    articles  one row per article, in order of date: article, label, date
    """
    return [_tell_course(plain(frame), _course(shares, articles, frame)) for frame in frames]


def course_of(shares: pd.DataFrame, articles: pd.DataFrame, frame: str) -> str:
    """Which way a frame's share goes over the articles, in a few words: it rises or falls where the last article lies
    above or below the first and most pairs of articles say the same."""
    course = _course(shares, articles, frame)
    if course.empty:
        return "is undated"
    if course["date"].nunique() < 2:
        return f"is of {course['label'].iloc[0]} alone"
    steps = course["share"].diff().dropna()
    there = course[course["carrying"] > 0]
    if there.empty:
        return "is nowhere"
    if len(there) == 1:
        return f"is in {there['label'].iloc[0]} only"
    if steps.eq(0).all():
        return "stays as it is"
    ends, pairs = signs_of(course["share"], course["date"])
    if not ends:
        turn = course.iloc[_turn(course)]
        way = "highest" if turn["share"] > course["share"].iloc[0] else "lowest"
        return f"ends where it began, {way} in {turn['label']}"
    if ends != pairs:
        most = {1: "more pairs of dates go up than down", -1: "more pairs of dates go down than up"}
        many = most.get(pairs, "as many pairs of dates go up as down")
        return f"ends {'higher' if ends > 0 else 'lower'} than it began, though {many}"
    straight = (steps * ends >= 0).all()
    return ("rises" if ends > 0 else "falls") + ", though not at every step" * (not straight)


def tell_untested(shares: pd.DataFrame, articles: pd.DataFrame, tested: list[str]) -> str:
    """Which of the frames that are not tested loses most between the first article and the last, and which gains most,
    whatever lies between; "" where there is no such frame.

    shares    one row per article and frame: article, frame, carrying, sentences, share
    articles  one row per dated article, in order of date: article, label, date
    """
    moves = []
    for frame in sorted(
        name for name in shares["frame"].unique() if name not in tested and articles["date"].nunique() > 1
    ):
        ends = _course(shares, articles, frame).iloc[[0, -1]]
        step = float(ends["share"].iloc[1] - ends["share"].iloc[0])
        moves.append((step, plain(frame), f"({' to '.join(_of(ends))})"))
    if not moves:
        return ""
    told = []
    for extreme, verb in ((min(moves)[0], "lose"), (max(moves)[0], "gain")):
        own = [move[1:] for move in moves if move[0] == extreme]
        if extreme and (extreme < 0) == (verb == "lose"):
            alone = f"{own[0][0]} {verb}s most {own[0][1]}"
            told.append(alone if len(own) == 1 else f"{listed_few(map(' '.join, own))} {verb} most")
    return f"Of the frames not tested, {listed(told) or 'none ends with another share than it began'}."


def tell_last_step(shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> str:
    """Which of the frames named turn back in the last article, after the step before it, and which frame leads it;
    "" where there are fewer than three."""
    if len(articles) < 3:
        return ""
    then, last = articles["label"].iloc[-2:]
    turned = []
    for frame in frames:
        three = _course(shares, articles, frame).iloc[-3:]
        a, b, c = three["share"]
        (before, _), (_, now) = _of(three.iloc[1:]), _of(three.iloc[1:], " sentences")
        if (b - a) * (c - b) < 0:
            way = "rises again" if c > b else "falls back" if c > 0 else "is gone again" if a == 0 else "is gone"
            turned.append(f"{plain(frame)} {way} ({now} after {before} in {then})")
    own = shares[shares["article"].eq(articles["article"].iloc[-1])].sort_values("frame")
    lead = own[own["carrying"].eq(own["carrying"].max())]
    many, sentences = lead[["carrying", "sentences"]].iloc[0]
    if sentences == 1:
        each = f"the {plain(lead['frame'].iloc[0])} frame" if len(lead) == 1 else listed(map(plain, lead["frame"]))
        leads = f"its one sentence carries {each if many else 'no frame'}"
    elif not many:
        leads = f"none of its {sentences:,} sentences carries a frame"
    elif len(lead) == 1:
        carry = "carries" if many == 1 else "carry"
        leads = f"{many:,} of its {sentences:,} sentences {carry} the {plain(lead['frame'].iloc[0])} frame"
    else:
        each = listed(map(plain, lead["frame"]))
        leads = f"each of the frames {each} is in {many:,} of its {sentences:,} sentences"
    turned = f"{listed(turned)}; " if turned else ""
    return f"In {last}{'' if turned else ','} {turned}{leads}."


def tell_other_reading(shares: pd.DataFrame, coded: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> str:
    """Whether the coders' reading gives the same courses as the codebook's, and where not; each frame over the articles
    in which coders decided any sentence for it; "" where they decided none at all (tell_survival says so)."""
    if coded.empty:
        return ""
    there = {frame: coded.loc[coded["frame"].eq(frame), "article"] for frame in frames}
    read = {frame: articles[articles["article"].isin(own)] for frame, own in there.items() if len(own)}
    ways = {frame: (course_of(shares, own, frame), course_of(coded, own, frame)) for frame, own in read.items()}
    fewer = {frame: own for frame, own in read.items() if len(own) < len(articles)}
    only = dict.fromkeys(read, "") | {
        f: f" (decided in {listed_labels(own['label'])} only)" for f, own in fewer.items()
    }
    other = [f"{plain(f)} framing {coders}{only[f]}" for f, (codebook, coders) in ways.items() if codebook != coders]
    bare = listed(plain(frame) for frame in frames if frame not in read)
    undecided = f" It decides nothing about {bare}." * bool(bare)
    if not ways:
        return f"So the codebook reads them; the coders' reading decides nothing about {bare}."
    if not other:
        return f"So the codebook reads them; the coders' reading gives the same courses.{undecided}"
    return f"So the codebook reads them; by the coders' reading {listed(other)}.{undecided}"


def tell_tests(tests: pd.DataFrame, shares: pd.DataFrame, articles: pd.DataFrame) -> str:
    """The trend tests, a line for each frame, never without the smallest p its shares could have given.

    tests             one row per frame, from trends_over_dates
    shares, articles  what the courses are told of, by article or by year, as course_of takes them
    """
    tested = tests.dropna(subset="p")
    if tested.empty:
        return ""
    number = int(tests["articles"].max())
    how = f", from {RESAMPLES:,} of the orders there are, drawn at random" * (ALL_ORDERS < number < LARGE)
    how += ", by its normal limit" * (number >= LARGE)
    lines = [f"Two-sided permutation test of Kendall's tau over {number:,} articles{how}:", ""]
    for row in tested.itertuples():
        course = _course(shares, articles, row.frame)
        ends, pairs = signs_of(course["share"], course["date"])
        other = " (against its course by period)" * (ends == pairs and ends * row.tau < 0)
        line = f"- {plain(row.frame)}: tau {_signed(row.tau)}{other}, p = {_p(row.p)}".replace("= below", "below")
        lines.append(f"{line}; the least that these shares could give in any order is {_p(row.floor_ties)}")
    return "\n".join(lines)


def tell_once(articles: pd.DataFrame, once: pd.DataFrame) -> str:
    """That what is tested are texts and not their copies; "" where there are none.

    once  the articles of which each text is there once, from once_each
    """
    copies = len(articles) - len(once)
    if not copies:
        return ""
    repeat = f"{copies:,} of {len(articles):,} articles repeat" + (" another" if copies > 1 else "s another")
    return f"{repeat}: tests take each text once, by its first article, {len(once):,} in all."


def tell_verdict(tests: pd.DataFrame) -> str:
    """Whether the trend tests can tell the courses from chance, and what they could have shown at most.

    tests  one row per frame, from trends_over_dates
    """
    tested = tests.dropna(subset="p")
    if tested.empty:
        return "No trend can be tested: too few dates, or shares that never differ."
    best, several = tests["floor_ties_holm"].min(), len(tests) > 1
    corrected = f"Corrected for the {len(tests):,} frames tested (Holm)" if several else "With one frame tested"
    smallest = f"{corrected}, the smallest p"
    if best > 0.05:
        their, courses = ("their", "their courses") if several else ("its", "its course")
        return f"{smallest} {their} shares could give is {_p(best)}: no test of trend can tell {courses} from chance."
    say = f"{smallest} of trend is {_p(tests['p_holm'].min())}; it could have been {_p(best)}"
    held = listed(plain(frame) for frame in tested.loc[tested["p_holm"] <= 0.05, "frame"])
    return f"{say}: {f'{held} would hardly come by chance' if held else 'no course can be told from chance'}."


def _course(shares: pd.DataFrame, articles: pd.DataFrame, frame: str) -> pd.DataFrame:
    if frame not in set(shares["frame"]):
        raise ValueError(f"{frame!r} is no frame of the codebook ({', '.join(map(str, shares['frame'].unique()))}).")
    return articles[["article", "label", "date"]].merge(shares[shares["frame"].eq(frame)], on="article")


def _of(rows: pd.DataFrame, things: str = "") -> list[str]:
    """How many of how many, for rows that are compared: "4 of 13". With percentages where there are a hundred or more
    of each, or where the numbers go another way than the shares do; to as many places as tell them apart.

    >>> _of(pd.DataFrame({"carrying": [27, 27], "sentences": [230, 280]}))
    ['27 of 230 = 12%', '27 of 280 = 10%']
    """
    counts, shares = rows["carrying"].to_numpy(), (rows["carrying"] / rows["sentences"]).to_numpy()
    counted, shared = (np.sign(np.subtract.outer(own, own)) for own in (counts, shares))
    told = [""] * len(rows)
    if rows["sentences"].min() >= 100 or (counted != shared).any():
        unlike = {*shares, 0.0}
        places = next(n for n in range(9) if n == 8 or len({f"{share:.{n}%}" for share in unlike}) == len(unlike))
        told = [f" = {share:.{places}%}" for share in shares]
    return [
        f"{row.carrying:,} of {row.sentences:,}{things.removesuffix('s') if row.sentences == 1 else things}{share}"
        for row, share in zip(rows.itertuples(), told, strict=True)
    ]


def _turn(course: pd.DataFrame) -> int:
    """Where a course that ends where it began lies furthest from there: the place of the first such row; else 0."""
    away = (course["share"] - course["share"].iloc[0]).abs()
    return 0 if away.iloc[-1] else int(away.to_numpy().argmax())


def _tell_course(name: str, course: pd.DataFrame) -> str:
    counts = [f"{row.carrying:,} of {row.sentences:,} in {row.label}" for row in course.itertuples()]
    return f"**{name.capitalize()}**, sentences that carry it: {', '.join(_few(counts))}."


# Notebook 02: words that mark articles


def called_by(articles: pd.DataFrame, group: list[str]) -> str:
    """What a group of dated articles is called: its first and its last year, or their labels where the dates of all
    articles lie within two years."""
    own, dates = articles.set_index("article").loc[group], articles["date"]
    if dates.dt.year.nunique() < 3:
        return spanned(own["label"])
    return spanned(own["date"].dt.strftime("%Y"))


def tell_marks(marks: pd.DataFrame, *, top: int = 3, each: str = "article", of: str = "") -> str:
    """Which words set each article (or year) apart, how many of their places are in it, how many stand nowhere else;
    `of` says of which, where they are not all: "the first 9 of 31 years".

    marks   one row per article and word, each article's most typical words first: label, word, target, reference,
            articles
    """
    heads = marks.groupby("label", sort=False).head(top)
    if heads.empty:
        one = "an article" if each == "article" else f"a {each}"
        return f"no word sets {one} apart: there is no other, or no word stands in it often enough"
    named = heads["word"] + heads.apply(
        lambda row: f" ({row['target']:,} of {row['target'] + row['reference']:,})", axis=1
    )
    parts = [f"{label}: {listed(own)}" for label, own in named.groupby(heads["label"], sort=False)]
    alone = int(heads["articles"].eq(1).sum())
    which = f"each {f'of {of}' if of else each} (how often in it, of how often in all)"
    told = f"the words that most mark {which} are {'; '.join(parts)}"
    if len(heads) == 1:
        return f"{told}. It stands in {'one article only' if alone else 'several articles'}"
    return f"{told}. Of these {len(heads):,} words, {_some(alone)} stand{'s' * (alone < 2)} in one article only"


def tell_periods(words: pd.DataFrame, earlier: str, later: str, *, top: int = 5) -> str:
    """Which words set two periods apart, with their counts in the one and in the other.

    words           one row per word, from compare_words
    earlier, later  what the target and the reference are called
    """
    if words.empty:
        return "No two periods can be compared: there are no two dates."
    parts = []
    for sign, here, there in [(1, "target", "reference"), (-1, "reference", "target")]:
        own = words[words["sign"].eq(sign)].sort_values("g2_two_term", ascending=False, kind="stable").head(top)
        parts.append(listed(f"{row['word']} ({row[here]:,} against {row[there]:,})" for row in own.to_dict("records")))
    return (
        f"{earlier} is set apart from {later} by {parts[0] or 'none'}, {later} from {earlier} by {parts[1] or 'none'}."
    )


def tell_splits(splits: pd.DataFrame, bare: pd.DataFrame, smallest: float) -> str:
    """Whether two periods diverge more than other divisions of the same articles, with names and without, and what
    these could show at most.

    splits, bare  one row per division, from compare_splits of all words, and of those that are no names: articles,
                  divergence, own
    smallest      the smallest two-sided p for one word, from smallest_p
    """
    own = splits.loc[splits["own"], "divergence"]
    if own.empty:
        return "Other divisions of the articles were not gone through: there are none, or too many."
    as_much = int((splits["divergence"] >= own.iloc[0]).sum())
    least = (splits["divergence"] == splits["divergence"].max()).mean()
    low, high = splits["divergence"].min(), splits["divergence"].max()
    told = (
        f"The periods' words, names counted, diverge by {own.iloc[0]:.3f} bits; {all_of(len(splits))} divisions of "
        f"these articles into groups as large give {low:.3f} to {high:.3f}, and {as_much} of them, this one counted, "
        f"diverge{'s' * (as_much == 1)} as much: p = {as_much / len(splits):.3f}, where {least:.3f} is the smallest "
        "there could be."
    )
    if bare["own"].any():
        own = bare.loc[bare["own"], "divergence"].iloc[0]
        p, lowest = (bare["divergence"] >= own).mean(), (bare["divergence"] == bare["divergence"].max()).mean()
        told += f" Without names they diverge by {own:.3f} bits: p = {p:.3f}, at the least {lowest:.3f}."
    told += f" For one word, tested by articles and in both directions, the smallest is {smallest:.3f}."
    return told + " So few articles cannot tell either from chance." * bool(min(least, smallest) > 0.05)


def tell_other_names(hits: pd.DataFrame, halves: dict[str, list[str]], leading: list[str]) -> str:
    """By which words the subject of each leading word is named in either half, where the key words list others for it.

    hits     one row per key word found, from find_hits: article, frame (the key word), words (as printed)
    halves   the articles of each half, by what it is called
    leading  the words that lead either half
    """
    told = []
    for frame, own in hits[hits["frame"].isin(leading)].groupby("frame", observed=True):
        each = []
        for name, articles in halves.items():
            forms = (
                own.loc[own["article"].isin(articles), "words"].str.lower().value_counts().rename("times").reset_index()
            )
            forms = forms.sort_values(["times", "words"], ascending=[False, True])
            each.append(f"{listed(f'{row.words} {row.times}' for row in forms.itertuples()) or 'nothing'} in {name}")
        told.append(f"**{frame}**: {'; '.join(each)}")
    return f"{'. '.join(told)}." if told else "No leading word is a key word, so no other names are listed for one."


# Notebook 04: company of the key words


def tell_company(company: pd.DataFrame, lines: pd.DataFrame, frames: list[str]) -> str:
    """How much of the company stays from one article to another, and what keeps each key word company in more than one.

    company  one row per key word, word and article: frame, word, article, label, near
    lines    one row per hit: frame, article
    frames   the key words, in the order they are told
    """
    courses = _courses_of_company(company)
    several = int((courses["articles"] > 1).sum())
    pairs = f"{_some(several).capitalize()} of {counted(len(courses), 'pair')} of key word and company"
    stay = f"{pairs} stand{'s' * (several < 2)} in more than one article."
    if courses.empty:
        stay = "No word stands near a key word so often."
    return " ".join([stay, *(_tell_kept(company, lines, frame) for frame in frames)])


def tell_passing_company(company: pd.DataFrame, frames: list[str]) -> str:
    """Which of these words stand near their key word in one article only, in one sentence."""
    courses = _courses_of_company(company)
    once = courses[courses["articles"].eq(1)]
    if once.empty:
        return "No word stands near its key word in one article only." * bool(len(courses))
    parts = [
        f"{plain(frame)}: " + listed(f"{row.word} ({row.labels})" for row in once[once["frame"].eq(frame)].itertuples())
        for frame in frames
        if frame in set(once["frame"])
    ]
    other = "The other " * (len(once) < len(courses)) + f"{len(once):,} belong{'s' * (len(once) == 1)}"
    return f"{other} to one article only: {'; '.join(parts)}."


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
    return (
        f"Near {near.max()} of {company['frame'].nunique():,} key words: {listed_few(near[near.eq(near.max())].index)}"
    )


def tell_thin_company(found: pd.DataFrame) -> str:
    """How much of what was counted hangs on one place more or less, in a few sentences.

    found  one row per key word and word near it, from collocates: articles, near
    """
    if found.empty:
        return "Too little stands near the key words to be counted."
    least, most, kept = found["near"].min(), found["near"].max(), found[found["articles"] > 1]
    rare, two = int(found["near"].eq(least).sum()), int(kept["articles"].eq(2).sum())
    told = (
        f"Of the {len(found):,} pairs, {rare} stand{'s' * (rare == 1)} together {least} times only, the fewest of all"
    )
    told += f"; the most frequent {most} times. "
    if least == most:
        pairs = f"{all_of(rare).capitalize()} pairs stand" if rare > 1 else "The one pair stands"
        told = f"{pairs} together {least} times. "
    if kept.empty:
        return f"{told}None is in more than one article."
    told += f"Of the {len(kept):,} in more than one article, {_some(two)} {'is' if two < 2 else 'are'} in just 2"
    return told + f": without either article {'it' if two < 2 else 'they'} would be in one only" * bool(two) + "."


def _courses_of_company(company: pd.DataFrame) -> pd.DataFrame:
    """One row per key word and word: frame, word, articles (that have it near), labels (which, if they are few)."""
    there = company[company["near"] > 0]
    courses = there.groupby(["frame", "word"], sort=False).agg(articles=("article", "nunique"), labels=("label", list))
    few = [listed_labels(labels) if len(labels) <= 5 else f"{len(labels):,} articles" for labels in courses["labels"]]
    return courses.assign(labels=few).reset_index()


def _tell_kept(company: pd.DataFrame, lines: pd.DataFrame, frame: str) -> str:
    own = lines[lines["frame"].eq(frame)]
    name = f"**{plain(frame).capitalize()}**"
    where = f"{name} (hits: {len(own):,}, articles: {own['article'].nunique():,})"
    courses = _courses_of_company(company[company["frame"].eq(frame)])
    kept = courses[courses["articles"] > 1].sort_values("articles", ascending=False, kind="stable")
    if own.empty:
        return f"{name} is nowhere."
    if kept.empty:
        return f"{where} keeps no word near it in a second article."
    return f"{where} keeps {listed(f'{row.word} ({row.labels})' for row in kept.itertuples())}."


# Notebook 05: voices


def tell_voices(counts: pd.DataFrame) -> str:
    """How often a sentence carries a frame, how often in each voice, and how often in several voices at once.

    counts  one row per article ("all" for the corpus), frame and voice, from count_voices
    """
    carried = _carried(counts)
    if carried.empty:
        return "No sentence carries a frame, so there is no voice to ask for."
    sums = counts[counts["article"].eq("all")].groupby("voice", sort=False, observed=True)["count"].sum()
    each = listed(f"{n:,} in {_speech(voice)}" for voice, n in sums.items())
    shared = int((carried > 1).sum())
    twice = f"; {shared:,} of them in more than one voice, and counted in each" * bool(shared)
    return f"{counted(len(carried), 'time')} a sentence carries a frame: {each}{twice}."


def title_of_voices(counts: pd.DataFrame) -> str:
    """How often a frame is carried in the reporter's own words, as a title."""
    own = counts[counts["article"].eq("all") & counts["voice"].eq("reporter")]["count"].sum()
    times = counted(len(_carried(counts)), "time")
    if not len(_carried(counts)):
        return "No sentence carries a frame"
    return (
        f"Of {times} that a sentence carries a frame, {own:,} {'is' if own == 1 else 'are'} in the reporter's own words"
    )


def tell_leaders(counts: pd.DataFrame) -> str:
    """Which voice carries each frame most often, in one sentence; frames in which two lead are told apart.

    counts  as for tell_voices
    """
    leaders, carried = {}, _carried(counts).groupby("frame").size()
    for frame, own in counts[counts["article"].eq("all")].groupby("frame", sort=False):
        first = own.loc[own["count"].eq(own["count"].max()) & own["count"].gt(0)]
        if len(first):
            who = (
                f"most often in {_speech(first['voice'].iloc[0])}"
                if len(first) == 1
                else "in no voice more than another"
            )
            leaders.setdefault(who, []).append(f"{plain(frame)} ({first['count'].iloc[0]:,} of {carried[frame]:,})")
    told = "; ".join(f"{who}: {listed(what)}" for who, what in sorted(leaders.items(), reverse=True))
    return f"Counted in sentences, {told}." * bool(told)


def _carried(counts: pd.DataFrame) -> pd.Series:
    """In how many voices, for each frame and sentence that carries it."""
    places = counts.loc[counts["article"].eq("all"), ["frame"]].assign(id=counts["ids"].str.split()).explode("id")
    return places.dropna(subset="id").groupby(["frame", "id"]).size()


def tell_busiest(links: pd.DataFrame) -> str:
    """Whose words carry frames most often, as a title.

    links  one row per speaker and frame: speaker, count
    """
    known = links["speaker"].ne("unknown")
    sums, nobody = links[known].groupby("speaker")["count"].sum(), links.loc[~known, "count"].sum()
    if sums.empty:
        return "No speaker whose name is known carries a frame"
    who = listed(sums.index[sums.eq(sums.max())].str.replace(r"^(?=United States$)", "the ", regex=True))
    told = f"Frames most often in the words of {who}: {counted(sums.max(), 'time')}"
    told += " each" * bool(sums.eq(sums.max()).sum() > 1)
    return told + f" (words whose speaker is unknown: {nobody:,})" * bool(nobody)


def tell_heard(heard: pd.DataFrame, reading: pd.DataFrame) -> str:
    """How many of the persons and bodies named are never heard by the rules, by side, and how many of these a reader
    hears.

    heard    one row per person or body: actor, kind, side, quotations
    reading  one row per stretch that a reader marked: speaker; empty where nobody has read
    """
    if heard.empty:
        return "No listed person or body is named, so it cannot be said who is not heard."
    parts = []
    for kind, plural in (("person", "persons"), ("body", "bodies")):
        own = heard[heard["kind"].eq(kind)]
        silent = own[own["quotations"].eq(0)]
        counts = sorted(silent["side"].value_counts().items(), key=lambda item: (-item[1], item[0]))
        sides = [f"{n} {_from(side)}" for side, n in counts]
        known = int(silent["actor"].isin(reading["speaker"]).sum())
        but = f"; a reader hears {known} of these, so {len(silent) - known:,}" * bool(known)
        told = f"{_some(len(silent))} of {counted(len(own), kind, plural)}"
        parts += [told + f" ({', '.join(sides)}{but})" * bool(sides)] * bool(len(own))
    return f"Of those listed, named but by the rules never heard: {listed(parts)}."


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
        f"The rules find {ours:,} stretches, the reader marked {theirs:,}; {len(both):,} are the same places "
        f"(precision {_share(len(both), ours)}, recall {_share(len(both), theirs)}), and in {right} of these the "
        f"speaker is the same. To the letter and with its speaker, {compared['verdict'].eq('same').sum()} of {theirs} "
        "are as read."
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


def tell_agreed(merged: pd.DataFrame, joint: pd.DataFrame, commitments: pd.DataFrame) -> str:
    """What both governments undertake and how firmly, then how much one of them undertakes alone; where nothing is
    listed, how much the pattern finds.

    merged       one row per article and undertaking, from merge_reports: who, ids
    joint        one row per article, from find_strongest of the undertakings of both sides
    commitments  one row per place of the pattern: article, sentence
    """
    if merged.empty:
        places = commitments[["article", "sentence"]].drop_duplicates()
        told = "No undertaking is listed for these articles. The pattern over verbs finds "
        if places.empty:
            return f"{told}no candidate either."
        found = f"{counted(len(commitments), 'candidate')} in {counted(len(places), 'sentence')}"
        return f"{told}{found}; what they are only a reader can tell."
    sentences, alone = len(set(" ".join(merged["ids"]).split())), int(merged["who"].ne("both").sum())
    told = tell_strongest(joint, of="what both undertake together")
    if joint.empty:
        told = "Both sides together undertake nothing."
    told += f" Of {counted(len(merged), 'undertaking')} reported, in {counted(sentences, 'sentence')}, "
    if not alone:
        return f"{told}none is of one side alone."
    return f"{told}{alone} {'is' if alone == 1 else 'are'} of one side alone, and no agreement."


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
    counts = listed_few(f"{row.settled} of {row.undertakings} in {row.label}" for row in settled.itertuples())
    test = tests.iloc[0]
    say = f"Agreed, signed or done, whether by both or by one alone, are {counts}."
    if pd.isna(test["p"]):
        return f"{say} No trend can be tested: too few dates, or shares that never differ."
    say += (
        f" Permutation test of trend over {test['articles']} dates, two-sided: p = {_p(test['p'])}; the smallest that "
        f"these dates allow is {_p(test['floor'])}, that these shares allow {_p(test['floor_ties'])}: "
    ).replace("= below", "below")
    told = "this course would hardly come by chance" if test["p"] <= 0.05 else "this course cannot be told from chance"
    if test["floor_ties"] > 0.05:
        told = "it can decide nothing"
    return f"{say}{told}. The test was not named before looking; notebook `09` corrects it together with all others."


def tell_sides(merged: pd.DataFrame) -> str:
    """Who undertakes, in each article, in one sentence.

    merged  one row per article and undertaking, in order of date: label, who
    """
    if merged.empty:
        return "Who undertakes: nothing is listed."
    totals, parts = merged.groupby("label", sort=False).size(), []
    for who, name in [("both", "both sides"), ("United States", "the United States alone"), ("Mexico", "Mexico alone")]:
        counts = merged[merged["who"].eq(who)].groupby("label", sort=False).size()
        each = [f"{counts[label]} of {totals[label]} in {label}" for label in totals.index if label in counts]
        parts.append(f"{name}: {listed_few(each) or 'nowhere'}")
    return f"Who undertakes: {'; '.join(parts)}."


def tell_pattern(scores: pd.DataFrame) -> str:
    """How well the pattern over verbs finds what was listed by hand.

    scores  one row per force, from score_pattern
    """
    n = scores.drop(columns="force").sum()
    if not n["listed"]:
        return "Nothing is listed, so the pattern cannot be held against anything."
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
    names = "any article" if len(bare) == len(articles) else listed_labels(bare["label"])
    found = counted(places, "candidate") if places else "no candidate"
    return f"No undertaking is listed for {names}; the pattern finds {found} there."


def title_of_forces(joint: pd.DataFrame) -> str:
    """The strongest force of what both undertake in each article as a title, neighbours of one force told together."""
    runs = joint["force"].ne(joint["force"].shift()).cumsum()
    each = [f"{own['force'].iloc[0]} in {listed_labels(own['label'])}" for _, own in joint.groupby(runs)]
    if len(each) > 5:
        return f"The strongest of what both undertake {way_of_forces(joint)}"
    return (
        f"Strongest of what both undertake: {', '.join(each)}"
        if each
        else "No undertaking of both sides is listed for these articles"
    )


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
    return f"Most common of all: {'; '.join(_few(each)) or 'nothing is listed'}."


def _few(parts: list[str]) -> list[str]:
    """The first and the last four of many parts of a sentence."""
    return [*parts[:4], "…", *parts[-4:]] if len(parts) > 8 else parts


# Notebook 07: responsibility


def tell_responsibility(
    counts: pd.DataFrame, articles: pd.DataFrame, categories: pd.DataFrame, by_reader: pd.DataFrame
) -> str:
    """The category found most often, those that point from one country to the other, those that go without a direction,
    and those found nowhere; where a reader counts otherwise, the reader's count.

    counts, by_reader  one row per article and category, from count_by_article: by the rules, and by a reader (the
                       articles that were read)
    """
    sums, notes = counts.groupby("category", observed=False)["carrying"].sum(), _notes_on(counts, by_reader)
    nowhere = [
        row.says + f" ({notes[row.category].removeprefix('; ')})" * bool(notes[row.category])
        for row in categories.itertuples()
        if not sums[row.category]
    ]
    blurred = [
        f"{row.says} ({sums[row.category]:,}{notes[row.category]})"
        for row in categories[categories["arrow"].eq("none")].itertuples()
        if 0 < sums[row.category] < sums.max()
    ]
    arrows = tell_arrows(counts, articles, categories, by_reader)
    told = [f"By the rules {tell_most(counts, categories, by_reader)}. {arrows[0].upper()}{arrows[1:]}."]
    told += [f"Beside that: {'; '.join(blurred)}."] * bool(blurred)
    if not sums.any():
        nowhere = []
    if len(nowhere) > 4:
        nowhere = [f"{len(nowhere):,} of the {len(categories):,} categories"]
    told += [f"In no sentence: {'; '.join(nowhere)}."] * bool(nowhere)
    return " ".join(told)


def _notes_on(counts: pd.DataFrame, by_reader: pd.DataFrame) -> dict[str, str]:
    """For each category, how many of its sentences rest on a negated word, and in how many a reader has it, where that
    is another number and all articles were read."""
    sums = counts.groupby("category", observed=False)[["carrying", "negated"]].sum()
    read = by_reader.groupby("category", observed=False)["carrying"].sum()
    if set(counts["article"]) - set(by_reader["article"]):
        read = sums["carrying"]
    return {
        row.Index: f", {row.negated:,} under a negation" * bool(row.negated)
        + f"; a reader: {read[row.Index]:,}" * bool(read[row.Index] != row.carrying)
        for row in sums.itertuples()
    }


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
        f"{row.says} ({row.sum:,}: {_tell_labels(articles, there[there['category'].eq(row.category)])})"
        for row in sums[sums["sum"] > 0].sort_values(["sum", "category"], ascending=[False, True]).itertuples()
    ]
    absent = [f"“{says}”" for says in sums.loc[sums["sum"].eq(0), "says"]]
    none = [f"in none: {listed(absent)}"] if absent else []
    return f"{group.capitalize()}, in how many of {counted(total, 'sentence')}: {'; '.join([*found, *none])}."


def tell_most(counts: pd.DataFrame, categories: pd.DataFrame, by_reader: pd.DataFrame) -> str:
    """The category found in most sentences, with its count, and a reader's where it differs."""
    sums = categories.assign(
        sum=categories["category"].map(counts.groupby("category", observed=False)["carrying"].sum())
    )
    lead, notes = sums[sums["sum"].eq(sums["sum"].max())], _notes_on(counts, by_reader)
    of = counted(counts.drop_duplicates("article")["sentences"].sum(), "sentence")
    if not sums["sum"].any():
        return f"none of {of} falls under a category"
    says = [f"that {row.says} ({row.sum:,} of {of}{notes[row.category]})" for row in lead.itertuples()]
    return f"it is said most often {listed(says)}"


def tell_arrows(counts: pd.DataFrame, articles: pd.DataFrame, categories: pd.DataFrame, by_reader: pd.DataFrame) -> str:
    """In which articles the categories that point from one country to the other are found, in how many sentences."""
    found = counts[counts["carrying"] > 0].merge(articles[["article", "label"]].drop_duplicates())
    things = "articles"
    if articles["article"].str.fullmatch(r"\d{4}(-\d\d)?|undated").all():
        things = "months" if articles["article"].str.contains("-").any() else "years"
    parts, notes = [], _notes_on(counts, by_reader)
    for row in categories[categories["arrow"].isin(["north", "south"])].itertuples():
        own = found[found["category"].eq(row.category)]
        few, number = len(own) <= 4, int(own["carrying"].sum())
        where = listed_labels(own["label"]) if few else f"{len(own):,} {things}"
        said = few or number != len(own) or notes[row.category]  # else the number has just been told
        parts += [f"{row.says} in {where}" + f" ({number:,}{notes[row.category]})" * bool(said)] * bool(len(own))
    return "; ".join(parts) or "no sentence points from one country to the other"


def tell_check(checked: pd.DataFrame, articles: pd.DataFrame) -> str:
    """How the rules stand against the reading; that they cannot be checked where nobody has read.

    checked  one row per sentence and category that rules or reader have: article, verdict
    """
    if checked.empty:
        return "Nobody has read these articles for responsibility, so the rules cannot be checked on them."
    right, wrong, missed = (int(checked["verdict"].eq(verdict).sum()) for verdict in ("right", "wrong", "missed"))
    return (
        f"Against a reading of {checked['article'].nunique():,} of {len(articles):,} articles, sentence by sentence: "
        f"of the reader's {right + missed} judgements the rules find {right} and miss {missed}; of their own "
        f"{right + wrong}, {wrong} {'is' if wrong == 1 else 'are'} wrong by the reading."
    )


def tell_trial(rules: pd.DataFrame, classed: pd.DataFrame) -> str:
    """How much of the rules the articles try: rules that take nothing or one sentence, and what rests on a negation.

    rules    one row per rule: rule
    classed  one row per sentence and rule: rule, negated
    """
    taken = rules["rule"].map(classed["rule"].value_counts()).fillna(0)
    denied = int(classed["negated"].sum())
    if classed.empty:
        return f"None of {len(rules):,} rules takes a sentence."
    idle, once = int(taken.eq(0).sum()), int(taken.eq(1).sum())
    return (
        f"Of {len(rules):,} rules, {_some(idle)} take{'s' * (idle < 2)} no sentence and {_some(once)} a single "
        f"one. Of the {counted(len(classed), 'time')} that a rule takes a sentence, {_some(denied)} "
        f"rest{'s' * (denied < 2)} on a word that a negation reaches."
    )


def _tell_labels(articles: pd.DataFrame, counts: pd.DataFrame) -> str:
    if len(counts) > 8:
        return f"in {len(counts):,} of {len(articles):,} articles"
    return ", ".join(f"{row.carrying:,} of {row.sentences:,} in {row.label}" for row in counts.itertuples())


# Notebook 08 and the correction in 03: whether the codebook can be trusted


def tell_trust(scores: pd.DataFrame, labels: pd.DataFrame, votes: pd.DataFrame, seen: list[str] | None) -> str:
    """How often the codebook is right and how much it finds, on whose sentences and by whose judgement.

    scores  one row per frame, from precision_and_recall
    labels  one row per judgement: article, sentence, coder, kind
    votes   one row per sentence and frame decided, from majority
    seen    the articles that the writer of the codebook had read; None where that is not known
    """
    if labels.empty:
        return "No coder has read these articles for these frames, so nobody can tell how often the codebook errs."
    if votes.empty:
        return "The coders are split half and half on all they read, so nobody can tell how often the codebook errs."
    both, extra, missed = (int(scores[name].sum()) for name in ("both", "codebook_only", "coders_only"))
    read = votes[["article", "sentence"]].drop_duplicates()
    before = int(read["article"].isin(seen or []).sum())
    known = "all" if before == len(read) else before or "none"
    known = "" if seen is None else f"{known} of which the codebook's writer had read, "
    return (
        f"On {counted(len(read), 'sentence')}, {known}"
        f"{_tell_judges(labels, read)}, it is right in {both:,} of the {both + extra:,} cases where it gives a "
        f"sentence a frame, and finds {both:,} of the {both + missed:,} that the coders gave."
    )


def _tell_judges(labels: pd.DataFrame, read: pd.DataFrame) -> str:
    """How many coders judged each sentence, of how many, and how many of them are persons."""
    own = labels.merge(read, on=["article", "sentence"])
    each, kinds = own.groupby(["article", "sentence"])["coder"].nunique(), own.groupby("coder")["kind"].first()
    persons, coders = int(kinds.eq("person").sum()), len(kinds)
    span = " to ".join(dict.fromkeys([str(each.min()), str(each.max())]))
    by = f"each judged by {counted(coders, 'coder') if each.min() == coders else f'{span} of {coders} coders'}"
    if coders == 1:
        return f"{by}, {'a' if persons else 'not a'} person"
    return (
        f"{by}, {('both' if coders == 2 else 'all') if persons == coders else persons or 'none'} of them "
        f"{'a person' if persons < 2 else 'persons'}"
    )


def tell_found_without(scores: pd.DataFrame, fewer: pd.DataFrame, terms: int) -> str:
    """How much of what the coders gave is found without some terms; "" where they gave nothing, or there are none.

    scores, fewer  one row per frame, from precision_and_recall: with all terms, and without these
    terms          how many are left out
    """
    found, then, missed = (int(n) for n in (scores["both"].sum(), fewer["both"].sum(), scores["coders_only"].sum()))
    if not found + missed or not terms:
        return ""
    return f"Without the {terms} terms that rest on the seed articles alone it finds {then} of the {found + missed}."


def tell_recall(scores: pd.DataFrame) -> str:
    """What so few sentences leave open of recall: one row per frame, from add_intervals; "" where nothing was found."""
    lowest = scores.dropna(subset="recall_low").sort_values(["recall_low", "frame"])
    if lowest.empty:
        return "The coders gave no frame, so recall is unknown." * bool(scores["codebook_only"].sum())
    least, most = lowest["recall_low"].iloc[[0, -1]]
    return (
        f"So few sentences leave much open: the 95% interval of recall begins at {least:.2f} for "
        f"{plain(lowest['frame'].iloc[0])}, and for no frame above {most:.2f}."
    )


def tell_reference(counts: pd.DataFrame) -> str:
    """Whose reading the codebook is held against, and how much of it is undecided.

    counts  one row per sentence and frame judged, from tally
    """
    if counts.empty:
        return "There is no reading by coders to hold the codebook against."
    kinds, undecided = counts.dropna(subset="value")["kind"].value_counts(), counts["value"].isna().sum()
    return (
        f"Of {len(counts):,} pairs of sentence and frame judged, {kinds.get('person', 0)} are decided by persons and "
        f"{kinds.get('model', 0)} by models, where no person judged; {undecided} are split half and half and left out."
    )


def tell_elsewhere(elsewhere: pd.DataFrame) -> str:
    """Judgements of articles that are not here: one row per coder and article, from list_elsewhere; "" for none."""
    if elsewhere.empty:
        return ""
    whose = listed_few(f"{row.coder}'s {row.judgements} of “{row.article}”" for row in elsewhere.itertuples())
    return f"Judgements of articles that are not here, left out: {whose}. Is a name mistyped?"


def title_of_scores(scores: pd.DataFrame) -> str:
    """The codebook's errors as a title: one row per frame, from precision_and_recall."""
    both, extra, missed = (int(scores[name].sum()) for name in ("both", "codebook_only", "coders_only"))
    if not both + extra + missed:
        return "Nothing to score: coders gave no frame, nor did the codebook where they judged"
    return (
        f"Right in {_some(both)} of {counted(both + extra, 'case')}, {_some(both)} of {both + missed} found: "
        "the bars are what so few leave open"
    )


def tell_agreement(alphas: pd.DataFrame) -> str:
    """How far the coders agree, in a few sentences; where nothing can be said, that.

    alphas  one row per frame, from alpha_per_frame
    """
    read, known = alphas[alphas["sentences"] > 0], alphas.dropna(subset="alpha")
    if read.empty:
        return "No sentence was judged by two coders, so nothing can be said of their agreement."
    say = (
        f"{read['coders'].max()} coders differ in {read['split'].sum()} of {read['sentences'].sum()} pairs of sentence "
        f"and frame."
    )
    bare = [plain(frame) for frame in read.loc[read["alpha"].isna(), "frame"]]
    undefined = f" It is undefined for {listed(bare)}, where nothing varies." * bool(bare)
    if known.empty:
        return f"{say} Krippendorff's alpha has no value:{undefined.removeprefix(' It is')}"
    least = known.sort_values(["alpha", "frame"]).iloc[0]
    if least["alpha"] == 1:
        return f"{say} Krippendorff's alpha is 1.00 for {len(known):,} of {len(alphas):,} frames.{undefined}"
    interval = f"95% interval {least['low']:.2f} to {least['high']:.2f}"
    if np.isclose(least["low"], least["high"]):
        interval = "no interval: every resample gives the same"
    return (
        f"{say} Krippendorff's alpha is lowest for {plain(least['frame'])}: {least['alpha']:.2f} ({interval}); it is "
        f"1.00 for {known['alpha'].eq(1).sum()} of {len(alphas):,} "
        f"frames.{undefined}"
    )


def tell_resamples(alphas: pd.DataFrame) -> str:
    """In how many resamples a rare frame never varies, and which intervals say nothing."""
    known = alphas.dropna(subset="alpha").sort_values(["undefined", "frame"], ascending=[False, True])
    if known.empty:
        return "There is nothing to resample."
    same = np.isclose(known["low"], known["high"])
    most, alike = known.iloc[0], [plain(frame) for frame in known.loc[same, "frame"].sort_values()]
    say = f"Nothing varies, and alpha has no value, in none of the {most['resamples']:,} resamples of any frame."
    if most["undefined"]:
        say = (
            f"In {most['undefined']} of {most['resamples']:,} resamples for {plain(most['frame'])} nothing varies, and "
            "alpha has no value: these are left out, and no frame has more of them."
        )
    if not alike:
        return say
    return (
        f"{say} For {listed(alike)} every resample gives the same alpha, and the interval says nothing of "
        "what other sentences or other coders would show."
    )


def tell_cards(cards: pd.DataFrame, terms: int) -> str:
    """How many of the terms were tried at all, how many on one sentence only, and which were wrong.

    cards  one row per term that fired in a sentence judged, from score_terms
    terms  the number of terms, masks left out
    """
    if cards.empty:
        return f"None of the {terms} terms fired in a sentence that was judged."
    wrong = cards[cards["wrong"] > 0]
    named = listed_few(
        f"“{escaped(row.term)}” ({row.wrong} of {row.fired}, {plain(row.frame)})" for row in wrong.itertuples()
    )
    best = cards.sort_values(["low", "frame", "term"], ascending=[False, True, True]).iloc[0]
    say = (
        f"Of {terms} terms {len(cards):,} fired in a sentence that was judged, {cards['fired'].eq(1).sum()} of them in "
        f"one sentence only. Wrong at least once: {named or 'none'}."
    )
    if not best["right"]:
        return f"{say} No term was ever right."
    return (
        f"{say} No term is known better than “{escaped(best['term'])}”: right in {best['right']} of {best['fired']} "
        f"sentences, interval from {best['low']:.2f}."
    )


def tell_limits(limits: pd.DataFrame, *, share: float) -> str:
    """How exactly so many sentences could tell a recall, and how many would be needed for frames rare and common.

    limits  one row per frame, from limits_of_sample
    share   the recall planned for there
    """
    seen = limits[limits["marked"] > 0].sort_values(["marked", "frame"])
    if seen.empty:
        return "No frame was marked in any sentence, so nothing can be planned from these."
    ends = [row for _, row in seen.iloc[[0, -1] if len(seen) > 1 else [0]].iterrows()]
    begins = [f"{row['best_low']:.2f} for {plain(row['frame'])} (marked {row['marked']} times)" for row in ends]
    each = [
        f"To within {half / 100:g} it takes {ends[0][f'marked_for_{half}']} marked sentences: "
        + listed(f"{row[f'sentences_for_{half}']:,.0f} in all for {plain(row['frame'])}" for row in ends)
        for half in (10, 5)
    ]
    return (
        f"Had the codebook missed nothing at all, the interval of its recall would still begin at {listed(begins)}. "
        f"How many sentences must be judged to know a recall of {share:g}, at the frequencies found here? "
        f"{'. '.join(each)}."
    )


def tell_without(scores: pd.DataFrame, fewer: pd.DataFrame, terms: int) -> str:
    """What F1 is without some terms; that it cannot be told where nothing was judged.

    scores, fewer  one row per frame, from precision_and_recall: with all terms, and without these
    """
    known = scores["f1"].notna().sum()
    if not known:
        return "No frame can be scored: nothing was found, neither by coders nor by the codebook where they judged."
    then = fewer["f1"].fillna(0)[scores["f1"].notna()].mean()
    without = f"; without the {terms} terms that nothing but these articles speaks for: {then:.2f}" if terms else ""
    return f"Mean of F1 over the {counted(known, 'frame')} that can be scored: {scores['f1'].mean():.2f}{without}."


def tell_survival(changes: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> str:
    """Whether the intervals of the changes hold zero once the codebook's errors are taken out, and whether they did
    before.

    changes   one row per frame, from change_between
    articles  one row per dated article, in order of date: label
    """
    if articles["date"].nunique() < 2:
        return "Without two dates there is no change to correct."
    own = changes.set_index("frame").loc[frames]
    known = own[own["why_not"].eq("")]
    if own["why_not"].eq(UNREAD).all():
        return (
            "No coder has read these articles for these frames, or all are split half and half: the shares cannot be "
            "corrected."
        )
    zero, before = (known[low].le(0) & known[high].ge(0) for low, high in (("low", "high"), ("raw_low", "raw_high")))
    first, last = articles["label"].iloc[[0, -1]]
    cases = [
        (zero & before, "holds zero for {}, as it does without the correction"),
        (zero & ~before, "holds zero for {}, though not without the correction"),
        (~zero, "does not hold zero for {}"),
    ]
    parts = [told.format(listed(map(plain, known.index[case]))) for case, told in cases if case.any()]
    say = f"With the codebook's measured errors taken out, the 95% interval of the change from {first} to {last} "
    told = [say + "; it ".join(parts)] * bool(parts)
    bare = listed(map(plain, own.index[own["why_not"].ne("")]))
    told = "; ".join(told + [f"{bare} cannot be corrected"] * bool(bare))
    return f"{told[:1].upper()}{told[1:]}."


def title_of_survival(changes: pd.DataFrame, frames: list[str]) -> str:
    """Which of the tested frames change, once the codebook's errors are taken out, as a title.

    changes  one row per frame, from change_between
    """
    known = changes[changes["why_not"].eq("")].set_index("frame")
    ways = {"rise": [], "fall": [], "": []}
    for row in known.loc[[frame for frame in frames if frame in known.index]].itertuples():
        ways["rise" if row.low > 0 else "fall" if row.high < 0 else ""].append(plain(row.Index))
    told = [f"{listed(names)} {way}{'s' * (len(names) == 1)}" for way, names in ways.items() if names and way]
    told += [f"no change can be told in {' or '.join(ways[''])}"] * bool(ways[""])
    if not told:
        return "No change of the frames tested can be corrected for the codebook's errors"
    return f"With the codebook's errors taken out, {'; '.join(told)}"


def tell_corrected(
    corrected: pd.DataFrame, changes: pd.DataFrame, articles: pd.DataFrame, frames: list[str]
) -> list[str]:
    """One sentence per frame: its raw and corrected share in the first and the last article, and the change, with
    intervals; or why it cannot be corrected. Last, how much wider the correction makes the intervals."""
    parts, changes = [], changes.set_index("frame")
    courses = {frame: _course(corrected, articles, frame) for frame in frames}
    undated = "no article has a date"
    why_not = {frame: own["why_not"].iloc[0] if len(own) else undated for frame, own in courses.items()}
    for frame, course in courses.items():
        if why := why_not[frame]:
            same = [plain(other) for other in frames if why_not[other] == why]
            if same[0] == plain(frame):
                parts.append(f"**{listed(same).capitalize()}** cannot be corrected: {why}.")
            continue
        ends = [
            f"{row.share:.0%} raw, {row.corrected:.0%} corrected ({row.low:.0%} to {row.high:.0%}) in {row.label}"
            for row in course.iloc[[0, -1]].itertuples()
        ]
        told = _tell_points(changes.loc[frame]) if len(course) > 1 else ""
        parts.append(f"**{plain(frame).capitalize()}**: {'; '.join(ends)}.{told}")
    known = corrected[corrected["why_not"].eq("")]
    if len(known):
        wider = (known["high"] - known["low"]).mean() / (known["raw_high"] - known["raw_low"]).mean()
        parts.append(
            f"Over all frames that can be corrected the intervals are {wider:.2f} times as wide as the raw ones: the "
            "codebook's errors add no more than that, the rest is how few sentences there are."
        )
    return parts


def _tell_points(change: pd.Series) -> str:
    """The change of one frame's share, one row of change_between, in percentage points."""
    row = 100 * change.drop("why_not").astype(float)
    return (
        f" Change in points: {row['raw']:+.0f} raw ({row['raw_low']:+.0f} to {row['raw_high']:+.0f}), "
        f"{row['change']:+.0f} corrected ({row['low']:+.0f} to {row['high']:+.0f})."
    )


# Notebook 09: how fragile the findings are


def tell_fragility(kept: pd.DataFrame, flips: pd.DataFrame, tests: pd.DataFrame) -> str:
    """How little undoes each course, in how many ways to count it stays, and whether a test can decide.

    kept   one row per frame, from count_kept
    flips  one row per frame and kind of thing taken, from flip_sentences, flip_terms and flip_articles
    tests  one row per frame, from trends_over_dates
    """
    if not kept["tau"].abs().gt(0).any():
        return "None of these frames has a course over the dates that could be undone."
    trends = kept.loc[kept["tau"].abs().gt(0) & kept["without"].eq(""), "frame"]
    few = flips["taken"].eq("articles") & flips["of"].lt(4)
    asked = flips[flips["frame"].isin(trends) & ~few].groupby("frame", sort=False)
    little = [f"{plain(frame)} {_tell_fewest(own)}" for frame, own in asked]
    say = f"The fewest that undo a trend, recoded or left out: {'; '.join(little)}. " * bool(little)
    say += f"Articles: cannot be asked of {flips['of'][few].max()}. " * bool(little and few.any())
    return f"{say}{title_of_specifications(kept)}. {tell_verdict(tests)}"


def tell_undoing_terms(flips: pd.DataFrame, courses: dict[str, str]) -> str:
    """What each course is, and the terms without which it is none, by name.

    flips    one row per frame, from flip_terms
    courses  each frame's course in words, from course_of
    """
    each = []
    for row in flips.itertuples():
        terms = [f"“{escaped(term)}”" for term in row.names.split("; ")]
        together = " together" if len(terms) > 1 else ""
        others = f", one of {row.sets} such sets" if row.sets > 1 else ""
        must = "" if pd.isna(row.size) else f" (its trend is gone without {listed_few(terms)}{together}{others})"
        each.append(f"{plain(row.frame)} {courses[row.frame]}{must}")
    told = "; ".join(each)
    return f"{told[:1].upper()}{told[1:]}." if told else ""


def tell_bands(bands: pd.DataFrame, without: pd.DataFrame) -> list[str]:
    """For each frame, how far tau goes when one term or one article is left out.

    bands    one row per frame, from bands
    without  one row per frame and article left out, from leave_out_articles
    """
    told = []
    for row in bands.itertuples():
        if pd.isna(row.tau):
            told.append(f"**{plain(row.frame).capitalize()}**: its shares do not vary, so there is no course to undo.")
            continue
        own = without[without["frame"].eq(row.frame)].dropna(subset="tau").sort_values("tau", kind="stable")
        gone = without.loc[without["frame"].eq(row.frame) & without["tau"].isna(), "left_out"]
        say = f"**{plain(row.frame).capitalize()}** (tau {_signed(row.tau)}): "
        ends = (row.low, row.high, row.low_without, row.high_without)
        say += _between(row.tau, *ends, "its one term" if row.terms == 1 else f"any one of {row.terms} terms")
        if len(own):
            ends, of = own.iloc[[0, -1]], f"any one of {len(own) + len(gone):,} articles"
            say += f"; {_between(row.tau, *ends['tau'], *ends['left_out'], of)}"
        say += f"; without {listed_few(gone)} nothing varies" * bool(len(gone))
        told.append(say + ".")
    return told or ["No article has a date, so there is no course to undo."]


def tell_flips(flips: pd.DataFrame, kept: pd.DataFrame) -> list[str]:
    """For each frame, the smallest sets of sentences, terms and articles that undo its trend, by name.

    kept  one row per frame, from count_kept: frame, without (why there is no trend)
    """
    told, without = [], kept.set_index("frame")["without"]
    for frame, own in flips.groupby("frame", sort=False):
        if not abs(own["tau"].iloc[0]) > 0:
            told.append(f"**{plain(frame).capitalize()}** has no course that could be undone.")
            continue
        if without[frame]:
            told.append(f"**{plain(frame).capitalize()}** is {without[frame]}: no trend to undo.")
            continue
        parts = []
        for row in own.itertuples():
            if row.taken == "articles" and row.of < 4:
                parts.append(f"of {row.of} articles none can be left out, for three must remain")
                continue
            if pd.isna(row.size):
                some = "no single one" if row.searched == 1 else f"no set up to size {row.searched}"
                parts.append(f"of {row.of:,} {row.taken}, {some} does, and no larger set was tried")
                continue
            must = "be recoded" if row.taken == "sentences" else "go"
            others = f", one of {row.sets} such sets" if row.sets > 1 else ""
            after = "nothing varies" if pd.isna(row.tau_after) else f"tau is {_signed(row.tau_after)}"
            parts.append(
                f"of {counted(row.of, row.taken[:-1])}, {row.size} must {must} ({escaped(row.names)}{others}), "
                f"then {after}"
            )
        told.append(f"**{plain(frame).capitalize()}** (tau {_signed(own['tau'].iloc[0])}): {'; '.join(parts)}.")
    return told


def tell_specifications(kept: pd.DataFrame, weights: pd.DataFrame) -> list[str]:
    """For each frame, how many specifications keep its sign, how many courses are different, which choice moves tau
    most.

    kept     one row per frame, from count_kept
    weights  one row per frame and choice, from weigh_choices
    """
    told = []
    for row in kept.itertuples():
        name, own = plain(row.frame).capitalize(), weights[weights["frame"].eq(row.frame)]
        if not abs(row.tau) > 0:
            told.append(f"**{name}** has no course to keep.")
            continue
        side = "above" if row.tau > 0 else "below"
        span = _reach(row.low, row.high)
        span = span if " to " in span else f"always {span}"
        say = (
            f"**{name}**: {row.ways} specifications come to {row.courses} different courses; tau is {side} zero in "
            f"{row.kept} of them ({span}), and in {row.ends} of these the last article lies {side} the first. "
        )
        if row.without:
            say += f"By notebook `03` it is {row.without}, so there is no trend to keep. "
        most = own[own["moved"].eq(own["moved"].max()) & own["moved"].gt(0)]
        idle = listed(f"“{choice}”" for choice in own.loc[own["moved"].eq(0), "choice"])
        if most.empty:
            told.append(say + "No choice moves tau.")
            continue
        moved = most["moved"].iloc[0]
        weight = f"{f'{moved:.2f}' if moved >= 0.005 else 'below 0.01'} on average{', each' * (len(most) > 1)}"
        say += f"Tau is moved most by {listed(f'“{choice}”' for choice in most['choice'])} ({weight})"
        told.append(say + (f", not at all by {idle}." if idle else "."))
    return told


def tell_chance(chance: pd.DataFrame) -> list[str]:
    """How often random words, and shuffled dates, give as clear a course as each frame's.

    chance  one row per frame and measure, from compare_with_chance
    """
    told = []
    for frame, own in chance.groupby("frame", sort=False):
        each = []
        for row in own.itertuples():
            says = f"{row.measure.replace(': ', ', ')} (tau {_signed(row.real)}), {row.as_clear} of {row.draws} "
            part = row.as_clear / row.draws
            says += f"({'below 1%' if 0 < part < 0.005 else f'{part:.0%}'}), "
            says += f"{row.same_way} of them in the same direction, " * bool(row.as_clear)
            each.append(says + f"median {_signed(row.median)}")
        told.append(f"**{plain(frame).capitalize()}**, as clear a course by chance: {'; '.join(each)}.")
    if not told:
        return ["No frame has a course, so there is nothing to set beside chance."]
    return [
        *told,
        "Shuffled dates are the test of notebook `03` once more, drawn as a picture: they are no new support.",
    ]


def tell_budget(tests: pd.DataFrame, trends: pd.DataFrame, floor: float) -> str:
    """How many tests were made, and how many the dates could bear.

    tests   one row per test, from list_tests
    trends  those of them over the dates, from trends_over_dates: articles, floor (as the test is run)
    floor   the smallest p of a trend, all orders counted, from smallest_p_of_trend
    """
    made, run = tests.dropna(subset="p"), trends["floor"].min()
    if made.empty or pd.isna(run):
        return "No trend can be tested: too few dates, or values that never differ."
    first, articles = made.sort_values(["p", "test"]).iloc[0], trends["articles"].max()
    say = (
        f"{len(tests):,} tests are made in this collection, {len(made):,} of values that vary. The smallest p is "
        f"{_p(first['p'])} ({first['test']}); corrected for all (Holm) it is {_p(tests['p_holm'].min())}. "
    )
    if articles < LARGE:
        allowed, drawn = int(0.05 / floor + 1e-9), int(0.05 / run + 1e-9)
        bear = f"{(allowed or 'no') if allowed <= 1000 else 'more than 1,000'} such test{'s' * (allowed > 1)}"
        bear += ", and only where no two values are alike" * (allowed > 0)
        bear += f"; the orders that are drawn, instead of all, suffice for {drawn}" * (allowed > 2 * drawn)
        say += f"The dates of {articles} articles let p of trend go down to {_p(floor)}, ".replace("to below", "below")
        say += f"so they can bear {bear}. "
    else:
        say += f"With {articles} articles p of trend is a normal limit: how many orders there are sets it no floor. "
    best = tests["floor_ties_holm"].min()
    if best > 0.05:
        return f"{say}These values could have given {_p(best)} at the least: the tests together can decide nothing."
    return f"{say}These values could have reached {_p(best)}.".replace("reached below", "gone below")


def tell_outlets(articles: pd.DataFrame) -> str:
    """Whether any outlet has articles of several years, and any year articles of several outlets."""
    known = articles[articles["outlet"].ne("") & articles["date"].notna()].assign(year=lambda t: t["date"].dt.year)
    years = known.groupby("outlet")["year"].nunique()
    unknown = int(articles["outlet"].eq("").sum())
    several = years[years > 1].index.tolist()
    names = articles.loc[articles["outlet"].ne(""), "outlet"].nunique()
    say = f"Outlets known by name: {names:,}; articles whose outlet is unknown: {unknown:,}. "
    if articles["date"].dt.year.nunique() < 2:
        return say + "No two years are to be told apart here, whatever the outlets."
    if not several:
        return say + "No outlet is known to be there in more than one year: what goes with years may go with outlets."
    return say + f"There in more than one year: {listed_few([*map(escaped, several)])}."


def title_of_left_out(left: pd.DataFrame, without: pd.DataFrame) -> str:
    """Which trends one term, or one article, undoes when it is left out, as a title.

    left, without  from leave_out_terms and leave_out_articles: the rows of frames that have a trend
    """
    base = left[left["left_out"].eq("")].drop_duplicates("frame").set_index("frame")["tau"]
    if not base.abs().gt(0).any():
        return "No frame has a trend that could be undone"
    told = []
    for what, table in [("term", left[left["left_out"].ne("")]), ("article", without)]:
        taus = table.drop_duplicates(["frame", "left_out"])
        before = taus["frame"].map(base).astype(float)
        undone = taus[before.abs().gt(0) & ~(taus["tau"] * before > 0)]
        each = [
            f"{plain(frame)} (without {listed(own, 'or') if len(own) <= 3 else f'any of {len(own):,}'})"
            for frame, own in undone.groupby("frame", sort=False)["left_out"]
        ]
        told.append(f"One {what} left out undoes {listed_few(each) or 'no trend'}")
    return "; ".join(told).replace("; One", "; one")


def title_of_specifications(kept: pd.DataFrame) -> str:
    """In how many different courses, by all ways to count, each frame keeps its way, and how far tau goes, as a title.
    Set apart are frames that have no trend to keep."""
    each, apart = [], []
    for row in kept[kept["tau"].abs() > 0].itertuples():
        if row.without:
            apart.append(f"{plain(row.frame)} is {row.without}: no trend to keep")
            continue
        number = all_of(row.courses) if row.kept == row.courses else f"{row.kept} of {row.courses}"
        number = "the only course there is" if row.kept == row.courses == 1 else number
        way = "rises" if row.tau > 0 else "falls"
        each.append(f"{plain(row.frame)} {way} in {number} (tau {_reach(row.low, row.high)})")
    told = "; ".join(([f"Of different ways to count, {listed(each)}"] if each else []) + apart)
    return told[:1].upper() + told[1:] or "No frame has a course"


def title_of_chance(chance: pd.DataFrame) -> str:
    """How often random words give as clear a trend, measured by sentences, as a title.

    chance  one row per frame that has a trend, and measure, from compare_with_chance
    """
    own = chance[chance["measure"].eq("random words: share of sentences")]
    each = [
        f"as {plain(row.frame)} in {_some(row.as_clear)} of {row.draws} draws"
        + f", {_some(row.same_way)} of them {'rising' if row.real > 0 else 'falling'}" * bool(row.as_clear)
        for row in own.itertuples()
    ]
    return (
        f"Random words give as clear a trend {'; '.join(each)}"
        if each
        else "No frame has a trend, whatever its tau: chance has nothing to match"
    )


def tell_rivals(chance: pd.DataFrame) -> str:
    """How often random words, and shuffled dates, give as clear a trend as each frame's.

    chance  one row per frame that has a trend, and measure, from compare_with_chance
    """
    own = chance[chance["measure"].str.startswith("shuffled")]
    orders = [f"for {plain(row.frame)} in {row.as_clear} of {row.draws}" for row in own.itertuples()]
    return f"{title_of_chance(chance)}. Shuffled dates do so {listed(orders)}." * bool(orders)


def _tell_fewest(flips: pd.DataFrame) -> str:
    """Of one frame: how few of each kind of thing undo its trend, and of which kind no set was found."""
    found, none = flips[flips["size"].notna()], flips[flips["size"].isna()]
    few = [f"{size:,} of {counted(of, taken[:-1])}" for size, of, taken in found[["size", "of", "taken"]].to_numpy()]
    parts = [listed(few, "or")] * bool(few)
    sets = []
    for row in none.itertuples():
        some = "one" if row.searched == 1 else f"set of up to {row.searched}"
        left = " (three must remain)" * (row.taken == "articles" and row.searched == row.of - 3)
        sets.append(f"no {some} of the {row.of:,} {row.taken}{left}")
    return ", but ".join([*parts, *[f"{listed(sets)} does"] * bool(sets)])


def _between(tau: float, low: float, high: float, low_without: str, high_without: str, of: str) -> str:
    """How far tau goes; an end at which it is as with nothing left out is called unchanged."""
    if pd.isna(low):
        return f"without {of} nothing varies"
    if round(low, 2) == round(high, 2):
        return f"{_signed(low)} still, without {of}"
    low_by, high_by = (
        "unchanged" if abs(end - tau) < 1e-9 else f"without {escaped(name)}"
        for end, name in ((low, low_without), (high, high_without))
    )
    return f"without {of}, between {_signed(low)} ({low_by}) and {_signed(high)} ({high_by})"


def _reach(low: float, high: float) -> str:
    """
    >>> _reach(-1, 0.5), _reach(0.121, 0.122)
    ('−1.00 to +0.50', '+0.12')
    """
    return " to ".join(dict.fromkeys([_signed(low), _signed(high)]))


def _signed(tau: float) -> str:
    return f"{tau:+.2f}".replace("-", "−").replace("+0.00", "0.00").replace("−0.00", "0.00")


# Notebook 10: how many articles


def or_more(numbers: pd.Series, most: int) -> pd.Series:
    """Numbers as text, those missing as "more than" the largest that was looked at.

    >>> or_more(pd.Series([44, None], dtype="Int64"), 300).tolist()
    ['44', 'more than 300']
    """
    return numbers.map(lambda number: f"more than {most}" if pd.isna(number) else f"{number:.0f}").astype(str)


def tell_needed(chosen: pd.DataFrame) -> str:
    """How many articles a period a chosen difference takes.

    chosen  one row: earlier, later (rates), needed, from articles_needed
    """
    row = chosen.assign(number=or_more(chosen["needed"], MOST)).iloc[0]
    rates = f"{100 * row['earlier']:g} of 100 articles from {100 * row['later']:g}"
    return f"Telling {rates} takes {row['number']} in each of two periods."


def lay_out_guesses(guesses: pd.DataFrame) -> pd.DataFrame:
    """The guesses of each frame and unit side by side: how many articles each takes, and the rates it guesses.

    guesses  one row per frame, unit and guess, from guess_rates and articles_needed
    returns  one row per frame and unit, as text: frame, unit, earlier seen, later seen ("0 of 3"), a column per guess
    """
    rows = {}
    for row, number in zip(guesses.itertuples(), or_more(guesses["needed"], MOST), strict=True):
        seen = (f"{row.earlier_yes:,} of {row.earlier_of:,}", f"{row.later_yes:,} of {row.later_of:,}")
        cells = rows.setdefault((plain(row.frame), row.unit, *seen), [])
        cells.append(f"{number if row.differ else 'none to plan for'} ({row.earlier:.2f}, {row.later:.2f})")
    names = ["frame", "unit", "earlier seen", "later seen", *(f"{name} added" for name in ADDED.values())]
    return pd.DataFrame([[*key, *cells] for key, cells in rows.items()], columns=names)


def tell_aims(chosen: pd.DataFrame, strict: pd.DataFrame, *, tests: int, dates: int) -> str:
    """What the number of tell_needed means, and what it is for a trend and where several frames are tested.

    chosen   one row: needed, trend_needed (articles a date; missing: not reached)
    strict   the same, needed at the corrected level
    """
    strictly = or_more(strict["needed"], MOST).iloc[0]
    trend = or_more(chosen["trend_needed"], MOST_IN_ALL // dates).iloc[0]
    return (
        f"This number lets Fisher's exact test, two-sided at 0.05, show the difference in {POWER:.0%} of such "
        f"studies, if no article depends on another. "
        + f"Where {tests} frames are tested (first step of Holm's correction) it becomes {strictly}; " * (tests > 1)
        + f"{'for' if tests > 1 else 'For'} a trend in even steps over {dates} dates it is {trend} at each."
    )


def tell_differences(rates: pd.DataFrame, spans: pd.DataFrame) -> str:
    """Whether the articles tell the way of a difference between the halves.

    rates  one row per frame and unit, from rates_by_half: frame, unit
    spans  the intervals of the difference, in the same order: low, high
    """
    if rates.empty:
        return "There are no rates to compare."
    apart = rates[spans["low"].gt(0) | spans["high"].lt(0)]
    told = (
        f"In {len(rates) - len(apart)} of {len(rates)} rows the 95% interval of the difference (Newcombe) holds zero: "
        "there these articles leave open which number is needed, and which way the difference goes."
    )
    names = listed(f"{plain(row.frame)} by the {row.unit}" for row in apart.itertuples())
    return told + f" It does not for {names}; taken as a test, that is one of {len(rates):,}." * bool(names)


def tell_least(earlier: int, later: int, floor: float) -> str:
    """What so many articles of two halves could give at most by a yes or no of each."""
    if not later:
        return "Without two dates there is nothing to compare."
    said = (
        f"Of the {earlier + later:,} dated here, {earlier:,} against {later:,}, the smallest p of Fisher's exact test "
    )
    said += f"is {_p(floor)}"
    return f"{said}, whatever they hold." if floor > 0.05 else f"{said}."


def tell_floors(floors: pd.DataFrame, able: pd.DataFrame, articles: int, trends: pd.DataFrame) -> str:
    """Which tests so many articles could pass, and how many articles the others take.

    floors  one row per test: test, floor, floor_holm
    able    one row per test: test, alone, holm (articles)
    trends  one row per frame tested, from trends_over_dates: what the shares here could reach, alike as some are
    """
    rows, several = floors.merge(able, on="test"), len(trends) != 1
    reach = [f"from {row.alone} articles on" + f", corrected from {row.holm}" * several for row in rows.itertuples()]
    each = [
        f"- {row.test}: {_p(row.floor)}" + f", corrected {_p(row.floor_holm)}" * several + f"; could reach 0.05 {on}"
        for row, on in zip(rows.itertuples(), reach, strict=True)
    ]
    if articles < 2:
        each = [f"- {test}: {on}" for test, on in zip(rows["test"], reach, strict=True)]
        none = "No two articles are of different dates: no test can be made. Each could reach 0.05:"
        return "\n".join([none, "", *each])
    passed = listed(rows.loc[rows["floor_holm"].le(0.05 * (1 + 1e-9)), "test"])
    many = counted(articles, "article")
    lead = f"Smallest p of {many}" + f", by itself and corrected for {len(trends):,} frames (Holm)" * several + ":"
    last = f"Which of them can reach 0.05{', corrected,' * several} with {many}: {passed or 'none'}."
    best = trends["floor_ties_holm"].min()
    if "trend (shares)" in passed and not best <= 0.05:
        last += " Trend only if no two shares are alike: those of notebook `03` "
        last += "leave no trend to test." if pd.isna(best) else f"reach {_p(best)} at best."
    return "\n".join([lead, "", *each, "", last])


def tell_plan(plan: dict) -> str:
    """What a study needs and what it has, in a few sentences: the output of plan_study."""
    if plan["earlier"] == plan["later"]:
        return f"The two rates are the same, {100 * plan['earlier']:g} of 100: there is nothing to tell apart."
    return f"{_tell_need(plan)} {_tell_stock(plan)}"


def _tell_need(plan: dict) -> str:
    """What it takes, were all articles independent."""
    rates = f"{100 * plan['earlier']:g} of 100 articles from {100 * plan['later']:g} of 100"
    tested = f", corrected for {plan['tests']} frames" * (plan["tests"] > 1)
    level = f"in {POWER:.0%} of such studies (Fisher's exact test, two-sided, 0.05{tested})"
    if plan["needed"] is None:
        return f"To tell {rates} {level} takes more than {plan['most']} articles a period."
    good = f" (and for good from {plan['stays']} on)" * (plan["stays"] not in (None, plan["needed"]))
    at_each = plan["trend"] or f"more than {plan['most_dates']}"
    trend = f" As a trend in even steps over {plan['dates']} dates it takes {at_each} at each."
    need = f"To tell {rates} {level} takes **{plan['needed']} articles** a period, none depending on another{good}."
    return need + trend


def _tell_stock(plan: dict) -> str:
    """What the articles at hand count as, and how many it takes from their outlets."""
    outlets = f"{plan['outlets']} outlet{'s' * (plan['outlets'] != 1)}"
    copies = f" Without copies they are {plan['distinct']}" * (plan["copies"] > 0) or " They are no copies"
    left_in = (
        f" Copies of one text, left in, would make them count as {plan['kept']:.1f} even if outlets did not matter."
    )
    enough = (
        "no number of articles is enough"
        if plan["from_outlets"] is None
        else f"it takes {plan['from_outlets']} without copies"
    )
    return (
        f"At hand are {plan['articles']} a period.{copies}; from {outlets}, with a correlation of {plan['rho']:g} "
        f"within an outlet, they count as {plan['effective']:.1f}, which gives a power of **{plan['power']:.2f}**."
        + left_in * (plan["copies"] > 0)
        + f" From {outlets} {enough}." * (plan["needed"] is not None)
    )


# Notebook 11: your own articles


def tell_came_in(articles: pd.DataFrame, left_out: pd.DataFrame) -> str:
    """How many articles came in, how many rows did not, what is known of dates and outlets.

    articles  one row per article: date, outlet
    left_out  one row per fault: kept (whether the article is used in spite of it)
    """
    lost, doubtful = int((~left_out["kept"].astype(bool)).sum()), int(left_out["kept"].astype(bool).sum())
    outlets = articles.loc[articles["outlet"].ne(""), "outlet"]
    known = f"With a date: {_some(articles['date'].notna().sum())}; with an outlet: {_some(len(outlets))}"
    known += f", of {counted(outlets.nunique(), 'name')}." if len(outlets) else "."
    return (
        f"{counted(len(articles), 'article')} came in, "
        + (f"{counted(lost, 'row or file', 'rows or files')} did not" if lost else "nothing was left out")
        + f"; {counted(doubtful, 'fault')} more kept no article out" * bool(doubtful)
        + f". {known}"
    )


def tell_copies(groups: pd.DataFrame, worth: dict[str, float]) -> str:
    """How many articles are copies of others, and how many all are worth.

    groups  one row per article: article, group, size
    worth   from count_effective
    """
    copies = int(groups["article"].ne(groups["group"]).sum())
    if not copies:
        return "No two of them are copies of one text." * (len(groups) > 1)
    several = groups.loc[groups["size"].gt(1)]
    return (
        f"{len(several):,} of them are copies of one another, in {counted(several['group'].nunique(), 'group')}, the "
        f"largest of {several['size'].max():,}; copies counted once, {worth['groups']:,} "
        f"remain{'s' * (worth['groups'] == 1)}, and for a mean {all_of(worth['articles'])} "
        f"are worth {worth['effective']:,.1f}."
    )


def tell_regime(periods: pd.DataFrame, needed: int, fewest: int, clusters: list[str]) -> str:
    """Whether intervals are given or only floors, by which rule, and why.

    periods   one row per period, frame and unit, from share_by_period
    needed    how many articles a period must be worth
    fewest    how many clusters it must have
    clusters  what is resampled: outlet, group
    """
    outlets = f" from {fewest} outlets" * ("outlet" in clusters)
    rule = f"An interval needs {needed} articles{outlets} in a year"
    each = periods.drop_duplicates("period")
    if each.empty:
        return f"**Regime: none.** {rule}, and no article has a date: there are no shares by period."
    enough = each.loc[each["why"].eq(""), "period"]
    if len(enough) < 2:
        most = each.sort_values(["effective", "period"], ascending=[False, True]).iloc[0]
        lack = f", but {most['why']}" * most["why"].startswith("too few outlet")
        have = (
            f"only {enough.iloc[0]} has them" if len(enough) else f"no year has them (the most is {_worth(most)}{lack})"
        )
        return (
            f"**Regime: floors.** {rule}; {have}. So shares are counts of these very articles, and tests come with the "
            "smallest p they could give."
        )
    alone = " As outlets are not told apart, they speak of these newsrooms only." * ("outlet" not in clusters)
    return (
        f"**Regime: intervals.** {rule}; {len(enough):,} of {counted(len(each), 'year')} have them. Their shares have "
        f"95% intervals, got by resampling whole clusters; other years are counts.{alone}"
    )


def _worth(row: pd.Series) -> str:
    """How many articles a period has, and what they count as where some are copies."""
    articles, counted = int(row["articles"]), round(row["effective"])
    return f"{articles:,}" + f", counted as {counted:,} for the copies among them" * (counted < articles)


def tell_change(changes: pd.DataFrame) -> str:
    """How the share of articles that carry each frame changes between the first and the last period with intervals.

    changes  one row per frame, from change_of_periods
    """
    parts = []
    for row in changes.itertuples():
        first = f"{row.first:.0%} of {row.first_of:,} articles in {row.begin}"
        ends = f"{first} to {row.last:.0%} of {row.last_of:,} in {row.end}"
        points = f"{100 * row.change:+.0f} points ({100 * row.low:+.0f} to {100 * row.high:+.0f})".replace("-", "−")
        parts.append(f"{plain(row.frame)} {ends}, a change of {points}")
    told = "; ".join(parts)
    between = " The years between may go another way." * bool(changes["between"].any())
    return f"{told[:1].upper()}{told[1:]}.{between}" if told else "No frame of the codebook is tested here."


def title_of_periods(periods: pd.DataFrame, changes: pd.DataFrame) -> str:
    """What the shares by period show, as a title: which way each frame goes between the first and the last interval.

    periods  one row per period, frame and unit, from share_by_period
    changes  one row per frame, from change_of_periods
    """
    if changes.empty:
        most = periods["articles"].max() if len(periods) else 0
        if most == 1:
            return "One article a year: a share of articles can only be 0 or 100%"
        return f"Too few articles for intervals: the shares are counts of {counted(most, 'article')} a year at most"
    ways = {}
    for row in changes.itertuples():
        way = "rise{}" if row.low > 0 else "fall{}" if row.high < 0 else "change{} too little to tell"
        ways.setdefault(way, []).append(plain(row.frame))
    told = "; ".join(f"{listed(names)} {way.format('s' * (len(names) == 1))}" for way, names in ways.items())
    return f"Share of articles, {changes['begin'].iloc[0]} to {changes['end'].iloc[0]}: {told}"


# Notebook 12: published numbers


def tell_published(checked: pd.DataFrame) -> str:
    """How many worked examples agree, and which do not; those that others published first, apart from the rest.

    checked  one row per value, from check_published: example, measure, known, ours, standing, agrees
    """
    met = checked.groupby("standing")["agrees"].agg(["sum", "size"]).reindex(["published", "recomputed"], fill_value=0)
    (own, of), (again, of_these) = met.to_numpy()
    told = (
        f"{own} of {of} values published by others are met to the last decimal given. Apart from these, {again} of "
        f"{of_these} recomputed from published formulas or counted are met."
    )
    wrong = [
        f"{row.measure} of {row.example} (ours {row.ours}, known {row.known})"
        for row in checked[~checked["agrees"]].itertuples()
    ]
    return told + f" Not met: {listed(wrong)}." * bool(wrong)


def tell_conventions(placed: pd.DataFrame, g2: list[str], zeros: list[str]) -> str:
    """What the two forms of G² and two rules for zeros do to the words that mark articles.

    placed  one row per article and word, from with_places: label, word, the four measures and their places
    """
    if placed.empty:
        return "There is nothing to compare with: no word marks an article, and no conventions can part."
    return (
        f"On these articles the two forms of G² part by {tell_gap(placed, *g2)}: {tell_places(placed, *g2)} "
        f"With a half added to every count instead of to zeros alone, {tell_places(placed, *zeros)}"
    )


def tell_places(placed: pd.DataFrame, one: str, other: str, *, top: int = 5) -> str:
    """How the choice between two measures changes the order of each article's words, in a sentence or two.

    placed  one row per article and word, from with_places: label, word, and place_ of either measure
    """
    own = placed.assign(first=placed[f"place_{one}"], second=placed[f"place_{other}"])
    own = own.assign(by=(own["first"] - own["second"]).abs(), best=own[["first", "second"]].min(axis="columns"))
    moved = own[own["by"].gt(0)].sort_values(["by", "label", "word"], ascending=[False, True, True])
    told = f"{_some(len(moved))} of {len(own):,} marking words change{'s' * (len(moved) < 2)} places"
    if moved.empty:
        return f"{told}."
    most, leads = moved.iloc[0], moved[moved["best"].le(top)]
    told = f"{told}, most of all “{most['word']}” in {most['label']} (from {most['first']} to {most['second']})."
    if leads.empty:
        return f"{told} No word among the first {top} does."
    lead, number = leads.iloc[0], f"{len(leads):,} do{'es' * (len(leads) == 1)}"
    which = f"“{lead['word']}” in {lead['label']} (from {lead['first']} to {lead['second']})"
    return f"{told} Among the first {top} by either, {number}, most of all {which}."


def tell_gap(placed: pd.DataFrame, one: str, other: str) -> str:
    """The word on which two measures part most, in a few words."""
    row = placed.assign(gap=(placed[other] - placed[one]).abs().round(9))
    row = row.sort_values(["gap", "label", "word"], ascending=[False, True, True]).iloc[0]
    return f"{row['gap']:.2f} at most (“{row['word']}” in {row['label']}: {row[one]:.2f} against {row[other]:.2f})"


def tell_zeros(table: pd.DataFrame) -> str:
    """How many log ratios rest on a rule for zeros.

    table  one row per article and word, from zero_rules: zeros_left
    """
    if table.empty:
        return "No log ratio is to be had: there is nothing to compare with."
    count = int(table["zeros_left"].abs().eq(float("inf")).sum())
    zeros = f"{count:,} ({count / len(table):.0%})"
    return f"Of {len(table):,} log ratios, {zeros} have a zero on one side and rest on the rule for it."


def tell_dispersion(forms: pd.DataFrame) -> str:
    """How the forms of dispersion part.

    forms  one row per word, from forms_of_dispersion: dp_norm, dp_2008, juilland_d
    """
    if forms["dp_norm"].isna().all():
        return "A single article leaves no dispersion to measure."
    over = forms[forms["dp_2008"].gt(1 + 1e-9)]
    largest = f", up to {over['dp_2008'].max():.2f}" if len(over) else ""
    tau = forms["dp"].round(9).corr(-forms["juilland_d"].round(9), method="kendall")
    order = f" The order by DP and that by Juilland's D have a τ-b of {tau:.2f}." if pd.notna(tau) else ""
    many = f"{_some(len(over))} of {len(forms):,} words"
    return f"In its first form the normalised DP passes 1 for {many}{largest}.{order}"


def tell_kappa_and_alpha(measured: pd.DataFrame) -> str:
    """How far κ and α part, over the frames for which both are defined.

    measured  one row per frame, from measures_of_agreement: frame, same, kappa, alpha
    """
    both = measured.dropna(subset=["kappa", "alpha"])
    if both.empty:
        return "No two coders judged the same sentences with any variation: neither κ nor α is defined."
    row = both.assign(gap=(both["kappa"] - both["alpha"]).abs().round(9)).sort_values(["gap", "frame"]).iloc[-1]
    if not row["gap"]:
        return f"κ and α are the same for every frame that varies ({len(both):,})."
    return (
        f"κ and α part by {row['gap']:.4f} at most over {len(both):,} frames ({plain(row['frame'])}: "
        f"κ {row['kappa']:.4f}, α {row['alpha']:.4f}, same judgements {row['same']:.4f})."
    )
