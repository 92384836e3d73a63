"""How fragile a finding is. A finding is the course of a frame's share over the dates; its sign is that of Kendall's
tau-b: above zero it rises, below zero it falls. It is undone where tau has that sign no longer: where it is zero, of
the other sign, or has no value because nothing varies any more.
"""

import math
from collections import Counter
from functools import partial
from itertools import combinations, combinations_with_replacement, islice, permutations, product

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from helpers.codebook import MASK
from helpers.compare import holm, signs_of
from helpers.frames import find_hits, share_of_sentences
from helpers.tables import ids_of, require
from helpers.text import WORDS, split_sentences, split_words

MOST_SETS = 20_000  # no more sets than these are tried in search of the smallest one that undoes a finding
MOST_PAIRS = 100_000_000  # nor more than compare so many pairs of articles: 400 sets of 500 articles
SOME_ORDERS = 999  # all orders of the dates are gone through up to seven articles, so many random ones beyond
MANY = 60  # taus of the draws are counted in steps of .01 where more are different
RUN = 8  # so many neighbours are compared pair by pair, longer rows merged of such runs
POOL = 10  # at least so many words to draw a placebo from; where too few are as frequent, the next in frequency

FLIPS = ["frame", "taken", "of", "tau", "size", "names", "sets", "tau_after", "searched"]
TEST = ["test", "p", "floor", "floor_ties"]

# The choices of a specification; the first option of each is notebook 03's.
CHOICES = {
    "counted": ("sentences", "hits"),
    "per": ("sentence", "1,000 words"),
    "scope": ("frame", "codebook"),
    "negated": ("counted", "left out"),
    "masks": ("on", "off"),
    "text": ("cleaned", "as received"),
    "date": ("as judged", "update stamp"),
}


def tau_b(values: np.ndarray, dates: np.ndarray) -> np.ndarray:
    """Kendall's tau-b (Kendall 1945, Biometrika 33: 239-251) of each row of values with the dates.

    values   rows of as many numbers as there are dates; what is NaN is left out of its row
    returns  one tau per row, NaN where the row's values or dates do not vary
    """
    times = np.where(np.isnan(values), np.nan, dates)
    up, down, early, late = (_places(table) for table in (values, -values, times, -times))
    agree = _falls(down, early) - _falls(up, early)
    pairs = np.sqrt(_falls(down, up) * _falls(late, early))
    return np.divide(agree, pairs, out=np.full(len(values), np.nan), where=pairs > 0)


def _places(values: np.ndarray) -> np.ndarray:
    """Each value's place among all unlike values; NaN is the last."""
    return np.unique(values, return_inverse=True)[1].reshape(values.shape)


def _falls(places: np.ndarray, order: np.ndarray) -> np.ndarray:
    """In how many pairs of each row the later of two has the lower place; two of one order are no pair. Counted while
    the row is merged from sorted halves, not pair by pair (Knight 1966, J. Am. Stat. Assoc. 61: 436-439)."""
    most = places.max(initial=0) + 1
    size = max(1 << max(places.shape[1] - 1, 0).bit_length(), RUN)
    rows = np.full((len(places), size), most, dtype=np.int32)
    rows[:, : places.shape[1]] = np.sort(order * most + places, axis=1) % most
    runs, width = rows.reshape(len(rows), size // RUN, RUN), RUN
    falls = sum((runs[:, :, lag:] < runs[:, :, :-lag]).sum(axis=(1, 2)) for lag in range(1, RUN))
    while width < size:
        halves = 2 * rows.reshape(len(rows), size // width // 2, 2 * width)
        halves[:, :, width:] += 1  # odd: of the right half
        halves.sort(axis=2)
        right = halves % 2
        falls = falls + (right * (width - np.cumsum(1 - right, axis=2))).sum(axis=(1, 2))
        rows, width = halves // 2, 2 * width
    return falls


# Something left out


def find_terms(sentences: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """In which sentences each term would be a hit if it were the only term of its frame: masks keep their right,
    longer terms have none. A sentence carries a frame, with some of its terms left out, if one of the others is here.

    sentences  one row per sentence, from split_sentences
    codebook   one row per term: frame, term
    returns    one row per term and sentence, by frame and term: frame, term, article, sentence
    """
    alone = codebook["frame"].where(codebook["frame"].eq(MASK), codebook["frame"] + "\t" + codebook["term"])
    hits = find_hits(sentences, codebook.assign(frame=alone))
    stands = hits[["frame", "term", "article", "sentence"]].astype({"frame": str}).drop_duplicates()
    frames = stands["frame"].str.partition("\t")[0] if len(stands) else stands["frame"]
    return stands.assign(frame=frames).sort_values(["frame", "term"], kind="stable", ignore_index=True)


def leave_out_terms(
    stands: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame, frames: list[str]
) -> pd.DataFrame:
    """Each frame's course with one of its terms left out. Only terms that stand somewhere are tried: the others change
    nothing.

    stands     one row per term and sentence, from find_terms
    sentences  one row per sentence, article by article
    articles   one row per article: article, label, date; those without a date are left out
    returns    one row per frame, term left out ("" for none) and article: frame, left_out, article, carrying,
               sentences, share, ids (as share_of_sentences has them), label, date, tau
    """
    own, dates = _dated(sentences, articles)
    tables = [_leave_out_each(*_lay_out(stands, own, frame), own, dates).assign(frame=frame) for frame in frames]
    table = pd.concat(tables).merge(articles[["article", "label", "date"]], on="article")
    return table[["frame", "left_out", "article", "carrying", "sentences", "share", "ids", "label", "date", "tau"]]


def leave_out_articles(shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """Each frame's course with one article left out.

    shares   one row per article and frame, from share_of_sentences
    returns  one row per frame and article left out: frame, left_out (its label), article, carrying, sentences, share,
             ids (the article's own), label, date, tau (of the others)
    """
    tables = []
    for frame in frames:
        own, dates = _dated(shares[shares["frame"].eq(frame)], articles)
        values = np.where(np.eye(len(own)) > 0, np.nan, own["share"].to_numpy())
        tables.append(own.assign(frame=frame, tau=tau_b(values, dates)))
    table = pd.concat(tables).merge(articles[["article", "label", "date"]], on="article")
    table = table.assign(left_out=table["label"])
    return table[["frame", "left_out", "article", "carrying", "sentences", "share", "ids", "label", "date", "tau"]]


def bands(left: pd.DataFrame) -> pd.DataFrame:
    """How far each frame's tau, and its last share less its first, go when one thing is left out.

    left     one row per frame, term left out and article, from leave_out_terms
    returns  one row per frame: frame, terms (tried), tau, low, high, low_without, high_without (the first by name
             without which tau is lowest, highest), step (last share less first), step_low, step_high
    """
    by_date = left.sort_values("date", kind="stable")
    ends = by_date.groupby(["frame", "left_out"], sort=False).agg(
        tau=("tau", "first"), first=("share", "first"), last=("share", "last")
    )
    rows = []
    for frame, own in ends.assign(step=ends["last"] - ends["first"]).groupby(level="frame", sort=False):
        own = own.droplevel("frame")
        base, rest = own.loc[""], own.drop(index="").sort_index()
        tau = rest["tau"].dropna()
        low, high = (tau.idxmin(), tau.idxmax()) if len(tau) else ("", "")
        steps = {"step": base["step"], "step_low": rest["step"].min(), "step_high": rest["step"].max()}
        ends_of = {"low": tau.min(), "high": tau.max(), "low_without": low, "high_without": high}
        rows.append({"frame": frame, "terms": len(rest), "tau": base["tau"], **ends_of, **steps})
    return pd.DataFrame(rows)


# The smallest sets that undo a finding


def flip_sentences(shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """The fewest sentences whose recoding, from carrying a frame to not carrying it or the other way, undoes its
    course. Only how many sentences of each article carry the frame matters: every change of these numbers is tried, the
    smallest first, as long as their number stays within MOST_SETS.

    shares   one row per article and frame, from share_of_sentences
    returns  one row per frame: frame, taken ("sentences"), of (how many there are), tau, size (how many are recoded;
             missing where no change is found), names (of the first: "2 more in 2008; 1 fewer in 2022"), sets (how many
             changes of this size undo it), tau_after, searched (the size up to which every change was tried)
    """
    labels, rows = articles.set_index("article")["label"], []
    for frame in frames:
        own, dates = _dated(shares[shares["frame"].eq(frame)], articles)
        carrying, sizes = own["carrying"].to_numpy(), own["sentences"].to_numpy()
        taus = partial(_taus_recoded, carrying=carrying, sizes=sizes, dates=dates)
        row = _smallest(2 * len(own), int(sizes.sum()), taus, articles=len(own), again=True)
        named = [
            f"{times} {('more', 'fewer')[move // len(own)]} in {labels[own['article'].iloc[move % len(own)]]}"
            for move, times in Counter(row.pop("first")).items()
        ]
        rows.append({"frame": frame, "taken": "sentences", "of": sizes.sum(), **row, "names": "; ".join(named)})
    return pd.DataFrame(rows, columns=FLIPS).astype({"size": "Int64"})


def flip_terms(
    stands: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame, frames: list[str]
) -> pd.DataFrame:
    """The smallest set of its terms without which a frame's course is undone: every set is tried, the smallest first,
    as long as their number stays within MOST_SETS. The columns are those of flip_sentences; names are terms."""
    own, dates = _dated(sentences, articles)
    rows = []
    for frame in frames:
        terms, matrix = _lay_out(stands, own, frame)
        taus = partial(_taus_without_terms, matrix=matrix, sentences=own, dates=dates)
        row = _smallest(len(terms), len(terms), taus, articles=len(dates))
        names = "; ".join(terms[i] for i in row.pop("first"))
        rows.append({"frame": frame, "taken": "terms", "of": len(terms), **row, "names": names})
    return pd.DataFrame(rows, columns=FLIPS).astype({"size": "Int64"})


def flip_articles(shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """The smallest set of articles without which a frame's course is undone, at least three articles being left, for
    with two a single step decides. The columns are those of flip_sentences; names are labels."""
    labels, rows = articles.set_index("article")["label"], []
    for frame in frames:
        own, dates = _dated(shares[shares["frame"].eq(frame)], articles)
        taus = partial(_taus_without_articles, values=own["share"].to_numpy(), dates=dates)
        row = _smallest(len(own), len(own) - 3, taus, articles=len(own))
        names = "; ".join(labels[own["article"].iloc[i]] for i in row.pop("first"))
        rows.append({"frame": frame, "taken": "articles", "of": len(own), **row, "names": names})
    return pd.DataFrame(rows, columns=FLIPS).astype({"size": "Int64"})


# Specifications


def as_received(articles: pd.DataFrame) -> pd.DataFrame:
    """The articles with the whole of what was received for a text: headings, page furniture, teasers, second printings.

    articles  one row per article, from load_articles
    returns   the same rows with the column text replaced; offsets found in it are those of the text received
    """
    require(articles, "article received", "as_received: articles, from load_articles")
    return articles.assign(text=articles["received"])


def date_by_stamp(articles: pd.DataFrame) -> pd.DataFrame:
    """The articles dated by their update stamp where they have one."""
    return articles.assign(date=articles["updated"].fillna(articles["date"]))


def run_specifications(
    articles: pd.DataFrame, received: pd.DataFrame, codebook: pd.DataFrame, frames: list[str]
) -> pd.DataFrame:
    """Each frame's course by every combination of CHOICES (Simonsohn, Simmons & Nelson 2020, Nat. Hum. Behav. 4:
    1208-1214).

    articles  one row per article, from load_articles; received: the same, from as_received
    returns   one row per frame, specification and article with a date: frame, the choices, article, label, day (the
              date taken), count, of, value (count / of; per 1,000 words where it is by words), ids (the sentences
              counted, as numbered in the text taken), tau, result (number of the frame's distinct courses: the same
              values and order of dates have one number)
    """
    texts = dict(zip(CHOICES["text"], (articles, received), strict=True))
    counts = pd.concat([_count_text(own, codebook, frames).assign(text=text) for text, own in texts.items()])
    table = counts.merge(
        pd.DataFrame(list(product(CHOICES["counted"], CHOICES["per"])), columns=["counted", "per"]), how="cross"
    )
    table = table.assign(
        count=table["hits"].where(table["counted"].eq("hits"), table["carrying"]),
        of=table["words"].where(table["per"].eq("1,000 words"), table["sentences"]),
    )
    scale = np.where(table["per"].eq("1,000 words"), 1000, 1)
    table = table.assign(value=scale * table["count"] / table["of"].where(table["of"] > 0))
    days = dict(zip(CHOICES["date"], (articles, date_by_stamp(articles)), strict=True))
    dated = [_add_taus(table, own).assign(date=date) for date, own in days.items()]
    table = pd.concat(dated).merge(articles[["article", "label"]], on="article")
    columns = ["frame", *CHOICES, "article", "label", "day", "count", "of", "value", "ids", "tau"]
    return _number_results(table[columns].sort_values(["frame", *CHOICES], kind="stable", key=_rank_options))


def count_alike(specifications: pd.DataFrame) -> pd.DataFrame:
    """Specifications that come to the same course, as one row.

    returns  one row per frame and distinct course, by frame and tau: frame, result, tau, specifications (how many), own
             (whether notebook 03's is one of them), and each choice with the options they have, divided by " or "
    """
    one = specifications.drop_duplicates(["frame", *CHOICES])
    own = np.logical_and.reduce([one[choice].eq(options[0]) for choice, options in CHOICES.items()])
    groups = one.assign(own=own).groupby(["frame", "result"], sort=False)
    options = {choice: (choice, lambda taken: " or ".join(dict.fromkeys(taken))) for choice in CHOICES}
    table = groups.agg(tau=("tau", "first"), specifications=("own", "size"), own=("own", "any"), **options)
    order = ["frame", "tau", "result"]
    frames = list(specifications["frame"].unique())
    table = table.reset_index().sort_values(order, key=lambda c: c.map(frames.index) if c.name == "frame" else c)
    return table.reset_index(drop=True)


def weigh_choices(specifications: pd.DataFrame) -> pd.DataFrame:
    """How far each choice moves tau: pairs of specifications that differ in this choice alone.

    returns  one row per frame and choice, the weightiest first: frame, choice, pairs (of which both have a tau), moved
             (mean of the difference of tau, without its sign), turned (pairs whose taus differ in sign)
    """
    one = specifications.drop_duplicates(["frame", *CHOICES]).set_index(["frame", *CHOICES])["tau"]
    rows = []
    for choice, (first, second) in CHOICES.items():
        both = one.unstack(choice)
        for frame, own in both.reindex(columns=[first, second]).groupby(level="frame", sort=False):
            pair = own.dropna()
            moved, turned = (pair[first] - pair[second]).abs(), np.sign(pair[first]) != np.sign(pair[second])
            rows.append((frame, choice, len(pair), moved.mean(), int(turned.sum())))
    table = pd.DataFrame(rows, columns=["frame", "choice", "pairs", "moved", "turned"])
    frames = list(specifications["frame"].unique())
    table = table.assign(place=table["frame"].map(frames.index), moved=table["moved"].round(9))
    return table.sort_values(["place", "moved", "choice"], ascending=[True, False, True]).drop(columns="place")


def count_kept(
    specifications: pd.DataFrame, flips: pd.DataFrame, shares: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    """In how many distinct courses, of all specifications, a frame keeps the sign that it has in notebook 03.

    flips             one row or more per frame: frame, tau (notebook 03's test)
    shares, articles  those of which notebook 03 tells the course, by date or by year: article, frame, share;
                      article, label, date, in order of date
    returns  one row per frame: frame, tau, ways (how many specifications), courses (how many distinct ones they come
             to), kept (those with a tau of the same sign), ends (those of them whose last value lies on the same side
             of the first), low, high (ends of tau), without ("" or why notebook 03's course has no trend to keep)
    """
    rows = []
    ordered = specifications.sort_values("day", kind="stable")
    for frame, tau in flips.drop_duplicates("frame").set_index("frame")["tau"].items():
        own = ordered[ordered["frame"].eq(frame)]
        ways = len(own.drop_duplicates(list(CHOICES)))
        courses = own.drop_duplicates(["result", "article"]).groupby("result")
        courses = courses.agg(tau=("tau", "first"), first=("value", "first"), last=("value", "last"))
        kept = courses[courses["tau"] * tau > 0]
        ends, taus = int(((kept["last"] - kept["first"]) * tau > 0).sum()), courses["tau"]
        course = articles[["article", "label", "date"]].merge(shares[shares["frame"].eq(frame)], on="article")
        single = course["article"].isin(own["article"].unique()).any()
        without = _without_trend(course, tau, single=single)
        rows.append((frame, tau, ways, len(courses), len(kept), ends, taus.min(), taus.max(), without))
    return pd.DataFrame(rows, columns=["frame", "tau", "ways", "courses", "kept", "ends", "low", "high", "without"])


def _without_trend(course: pd.DataFrame, tau: float, *, single: bool) -> str:
    """Why a course by date has no trend to keep: it neither rises nor falls, or not as tau over single articles does.
    If one article alone has the frame, tau is a matter of its place and not of its share (where years stand for their
    articles, not `single`, that need not be so)."""
    there = course.loc[course["share"].gt(0), "label"]
    if len(course) and course["date"].nunique() == 1:
        return f"of {course['label'].iloc[0]} alone"
    if len(there) == 1 and single:
        return f"in {there.iloc[0]} only"
    ends, pairs = signs_of(course["share"], course["date"])
    if not ends:
        return "the same at the end as at the beginning"
    where = "higher" if ends > 0 else "lower"
    if ends != pairs:
        return f"{where} at the end, but not in most pairs of dates"
    return f"{where} at the end, but not in most pairs of single articles" * (not ends * tau > 0)


# Placebos


def draw_placebos(
    hits: pd.DataFrame,
    sentences: pd.DataFrame,
    articles: pd.DataFrame,
    frames: list[str],
    *,
    draws: int = 500,
    rng: int = 2026,
) -> pd.DataFrame:
    """Random words in the place of each frame's terms: for every term that is a hit, a word of the articles that stands
    in as many sentences (or nearly, where fewer than POOL words do), no word twice in a draw, none that stands in a hit
    of the frame.

    returns  one row per frame, measure (share of sentences; hits per 1,000 words) and draw: frame, measure, draw,
             words (drawn), tau, real (tau of the frame's own terms by this measure)
    """
    own, dates = _dated(sentences, articles)
    types, matrix = _index_words(own)
    totals = _sums(np.asarray(matrix.sum(axis=0)).reshape(1, -1), own)
    places = pd.MultiIndex.from_frame(own[["article", "sentence"]])
    generator, tables = np.random.default_rng(rng), []
    for frame in frames:
        mine = hits[hits["frame"].eq(frame) & hits["article"].isin(own["article"].unique())]
        drawn = _draw_words(mine, types, np.diff(matrix.indptr), draws, generator)
        row = np.repeat(np.arange(len(drawn)), drawn.shape[1])
        chosen = csr_matrix((np.ones(drawn.size), (row, drawn.ravel())), shape=(len(drawn), len(types)))
        random = _measure((chosen @ matrix).toarray(), own, totals)
        there = mine.groupby(["article", "sentence"]).size().reindex(places, fill_value=0)
        for measure, real in _measure(there.to_numpy().reshape(1, -1), own, totals).items():
            table = pd.DataFrame({"draw": range(len(drawn)), "words": [", ".join(types[row]) for row in drawn]})
            taus = {"tau": tau_b(random[measure], dates), "real": tau_b(real, dates)[0]}
            tables.append(table.assign(frame=frame, measure=f"random words: {measure}", **taus))
    return pd.concat(tables, ignore_index=True)[["frame", "measure", "draw", "words", "tau", "real"]]


def shuffle_dates(shares: pd.DataFrame, articles: pd.DataFrame, frames: list[str], *, rng: int = 2026) -> pd.DataFrame:
    """Each frame's shares in every order over the dates (from eight articles on, in SOME_ORDERS random ones).

    returns  one row per frame and order: frame, measure, draw, tau, real
    """
    generator, tables = np.random.default_rng(rng), []
    for frame in frames:
        own, dates = _dated(shares[shares["frame"].eq(frame)], articles)
        values = own["share"].to_numpy()
        if len(values) <= 7:
            orders = np.array(list(permutations(values)))
        else:
            orders = generator.permuted(np.tile(values, (SOME_ORDERS, 1)), axis=1)
        taus = {"tau": tau_b(orders, dates), "real": tau_b(values[None, :], dates)[0]}
        tables.append(pd.DataFrame({"frame": frame, "draw": range(len(orders)), **taus}))
    table = pd.concat(tables, ignore_index=True).assign(measure="shuffled dates: share of sentences")
    return table[["frame", "measure", "draw", "tau", "real"]]


def compare_with_chance(drawn: pd.DataFrame) -> pd.DataFrame:
    """How often chance gives as clear a course.

    drawn    one row per frame, measure and draw: frame, measure, tau, real
    returns  one row per frame and measure: frame, measure, draws (that have a tau), real, median (of the draws' tau),
             as_clear (draws with a tau as far from zero, either way), same_way (as clear in the same direction)
    """
    known = _mark_clear(drawn)
    groups = known.groupby(["frame", "measure"], sort=False)
    table = groups.agg(
        draws=("tau", "size"),
        real=("real", "first"),
        median=("tau", "median"),
        as_clear=("as_clear", "sum"),
        same_way=("same_way", "sum"),
    )
    return table.reset_index()


def count_draws(drawn: pd.DataFrame) -> pd.DataFrame:
    """The draws by their tau: one row per frame, measure and tau: frame, measure, tau (to three places; to two where
    there are more than MANY), as_clear (as in compare_with_chance), draws, of, real."""
    known, keys = _mark_clear(drawn), ["frame", "measure"]
    known = known.assign(tau=known["tau"].round(3) + 0.0, real=known["real"].round(3) + 0.0)
    many = known.groupby(keys)["tau"].transform("nunique") > MANY
    known = known.assign(tau=known["tau"].mask(many, known["tau"].round(2) + 0.0))
    table = known.groupby([*keys, "real", "tau", "as_clear"], sort=False).size().rename("draws").reset_index()
    table = table.assign(of=table.groupby(keys)["draws"].transform("sum"))
    order = table.groupby(keys, sort=False).ngroup()
    table = table.assign(order=order).sort_values(["order", "tau", "as_clear"], ignore_index=True)
    return table[["frame", "measure", "tau", "as_clear", "draws", "of", "real"]]


def _mark_clear(drawn: pd.DataFrame) -> pd.DataFrame:
    """The draws that have a tau, with as_clear and same_way as compare_with_chance counts them."""
    known = drawn.dropna(subset=["tau", "real"])
    far = known["tau"].abs() >= known["real"].abs() - 1e-9
    return known.assign(as_clear=far, same_way=far & (np.sign(known["tau"]) == np.sign(known["real"])))


# Tests


def count_budget(most: int = 8) -> pd.DataFrame:
    """How many tests of trend so many articles of different dates can bear: two of all orders are monotone, so no p is
    below 2/n!; Holm's first step multiplies it by the number of tests, and the product must not exceed .05.

    returns  one row per number of articles: articles, orders, floor, tests
    """
    table = pd.DataFrame({"articles": range(2, most + 1)})
    table = table.assign(orders=[math.factorial(n) for n in table["articles"]])
    return table.assign(floor=2 / table["orders"], tests=table["orders"] // 40)  # 2 / orders * tests <= 1 / 20


def list_tests(trends: dict[str, pd.DataFrame], splits: pd.DataFrame) -> pd.DataFrame:
    """Every test of the collection in one table, with Holm's correction over all of them.

    trends   what was tested over the dates: rows of trends_over_dates
    splits   one row per division of the articles into two groups, from keyness.compare_splits; may be empty
    returns  one row per test: test, p, floor (smallest p that so many articles could give), floor_ties (that these
             values could give), p_holm, floor_holm, floor_ties_holm
    """
    tables = [rows.assign(test=what + ": " + rows["frame"].str.replace("_", " ")) for what, rows in trends.items()]
    if len(splits):
        as_far = splits["divergence"] >= splits.loc[splits["own"], "divergence"].iloc[0]
        floor = (splits["divergence"] == splits["divergence"].max()).mean()  # of equal halves, each value comes twice
        tables.append(pd.DataFrame([("words of two periods", as_far.mean(), floor, floor)], columns=TEST))
    tests = pd.concat([table[TEST] for table in tables], ignore_index=True)
    return tests.assign(**{f"{name}_holm": holm(tests[name]) for name in TEST[1:]})


def _dated(units: pd.DataFrame, articles: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """The rows of articles that have a date, and those articles' dates as ranks, in the order of the rows."""
    dates = articles.dropna(subset="date").set_index("article")["date"]
    own = units[units["article"].isin(dates.index)].reset_index(drop=True)
    return own, _ranks(dates.reindex(own["article"].unique()))


def _ranks(dates: pd.Series) -> np.ndarray:
    return np.unique(dates.to_numpy(), return_inverse=True)[1].astype(float)


def _sums(values: np.ndarray, sentences: pd.DataFrame) -> np.ndarray:
    """Columns, one per sentence, summed by article."""
    starts = np.flatnonzero(np.diff(pd.factorize(sentences["article"])[0], prepend=-1))
    return np.add.reduceat(values, starts, axis=1) if len(starts) else np.zeros((len(values), 0))


def _shares(carried: np.ndarray, sentences: pd.DataFrame) -> np.ndarray:
    """Rows of what was found in each sentence as rows of each article's share of sentences with any of it."""
    return _sums((carried > 0).astype(int), sentences) / _sums(np.ones((1, len(sentences))), sentences)


def _lay_out(stands: pd.DataFrame, sentences: pd.DataFrame, frame: str) -> tuple[list[str], np.ndarray]:
    """The terms of a frame, by name, and where each stands: one row per term, one column per sentence, 0 or 1."""
    places = sentences.reset_index()[["index", "article", "sentence"]]
    own = stands[stands["frame"].eq(frame)].merge(places, on=["article", "sentence"])
    terms = sorted(set(own["term"]))
    matrix = np.zeros((len(terms), len(sentences)))
    matrix[own["term"].map(terms.index).to_numpy(int), own["index"].to_numpy(int)] = 1
    return terms, matrix


def _leave_out_each(terms: list[str], matrix: np.ndarray, sentences: pd.DataFrame, dates: np.ndarray) -> pd.DataFrame:
    """leave_out_terms for one frame, before labels and dates."""
    kept = np.vstack([np.ones(len(terms)), 1 - np.eye(len(terms))])
    left, place = np.nonzero(kept @ matrix)
    names = pd.Categorical.from_codes(left, categories=["", *terms])
    carried = sentences[["article", "sentence"]].iloc[place].assign(frame=names)
    table = share_of_sentences(carried, sentences).rename(columns={"frame": "left_out"})
    taus = pd.Series(tau_b(_shares(kept @ matrix, sentences), dates), index=["", *terms], name="tau")
    table = table.astype({"left_out": str}).join(taus, on="left_out")
    order = table["left_out"].map({name: i for i, name in enumerate(taus.index)})
    return table.assign(order=order).sort_values("order", kind="stable").drop(columns="order")


def _without(sets: np.ndarray, size: int) -> np.ndarray:
    """Sets of numbers to take out, as rows of 1 (kept) and 0 (taken out)."""
    kept = np.ones((len(sets), size))
    np.put_along_axis(kept, sets, 0, axis=1)
    return kept


def _taus_without_terms(
    sets: np.ndarray, *, matrix: np.ndarray, sentences: pd.DataFrame, dates: np.ndarray
) -> np.ndarray:
    return tau_b(_shares(_without(sets, len(matrix)) @ matrix, sentences), dates)


def _taus_without_articles(sets: np.ndarray, *, values: np.ndarray, dates: np.ndarray) -> np.ndarray:
    return tau_b(np.where(_without(sets, len(values)) > 0, values, np.nan), dates)


def _taus_recoded(sets: np.ndarray, *, carrying: np.ndarray, sizes: np.ndarray, dates: np.ndarray) -> np.ndarray:
    """Moves 0 to n - 1 are one more carrying sentence in that article, n to 2n - 1 one fewer. Moves that an article has
    no sentences for leave tau as it is."""
    moves = np.zeros((len(sets), 2 * len(sizes)))
    np.add.at(moves, (np.arange(len(sets))[:, None], sets), 1)
    counts = carrying + moves[:, : len(sizes)] - moves[:, len(sizes) :]
    possible = ((counts >= 0) & (counts <= sizes)).all(axis=1, keepdims=True)
    return tau_b(np.where(possible, counts, carrying) / sizes, dates)


def _smallest(count: int, most: int, taus, *, articles: int, again: bool = False) -> dict:
    """The smallest set of the numbers below `count`, of `most` at most, that undoes a course: `taus` gives tau for rows
    of numbers; with `again` a number may be taken more than once. Beyond size 1 the work is bounded too."""
    base = taus(np.empty((1, 0), dtype=int))[0]
    row = {"tau": base, "size": pd.NA, "first": (), "sets": 0, "tau_after": np.nan, "searched": 0}
    tried, limit = 0, min(MOST_SETS, MOST_PAIRS // max(articles**2, 1))
    for size in range(1, most + 1) if abs(base) > 0 else ():
        tried += math.comb(count + size - 1 if again else count, size)
        if tried > limit and size > 1:
            return row
        every = (combinations_with_replacement if again else combinations)(range(count), size)
        undone = _undoing(every, np.sign(base), taus)
        row["searched"] = size
        if undone:
            first, after = undone[0]
            return row | {"size": size, "first": first, "sets": len(undone), "tau_after": after}
    return row


def _undoing(every, sign: float, taus) -> list[tuple]:
    """Those of the sets that undo a course of this sign, each with the tau it leaves."""
    undone = []
    while batch := list(islice(every, 1000)):
        after = taus(np.array(batch))
        undone += [(batch[i], after[i]) for i in np.flatnonzero(~(after * sign > 0))]
    return undone


def _count_text(articles: pd.DataFrame, codebook: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """What one reading of the text counts: one row per scope, masks, negated, frame and article: carrying, hits, ids,
    sentences, words. Terms that stand nowhere are dropped before the text is searched again for each choice."""
    sentences = split_sentences(articles)
    anywhere = find_hits(sentences, codebook.assign(frame="term " + codebook["term"]))["term"]
    terms = codebook[codebook["term"].isin(anywhere.unique())]
    books = {"on": terms, "off": terms[terms["frame"].ne(MASK)]}
    read = [
        find_hits(sentences, book, scope=scope).astype({"frame": str}).assign(scope=scope, masks=masks)
        for scope in CHOICES["scope"]
        for masks, book in books.items()
    ]
    read = pd.concat(read)
    read = read[read["frame"].isin(frames)]
    read = pd.concat([read.assign(negated="counted"), read[~read["negated"].astype(bool)].assign(negated="left out")])
    keys = ["scope", "masks", "negated", "frame", "article"]
    hits = read.groupby(keys).size().rename("hits")
    places = read.drop_duplicates([*keys, "sentence"]).sort_values([*keys, "sentence"])
    places = places.assign(id=ids_of(places))
    carrying = places.groupby(keys)["id"].agg(carrying="size", ids=" ".join)
    every = pd.MultiIndex.from_product(
        [CHOICES["scope"], CHOICES["masks"], CHOICES["negated"], frames, articles["article"]], names=keys
    )
    table = (
        pd.concat([hits, carrying], axis=1).reindex(every).fillna({"hits": 0, "carrying": 0, "ids": ""}).reset_index()
    )
    return table.assign(
        sentences=table["article"].map(sentences["article"].value_counts()).fillna(0),
        words=table["article"].map(split_words(sentences)["article"].value_counts()).fillna(0),
    )


def _add_taus(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The rows of dated articles with their day and, for each frame and combination of the choices there are, tau."""
    keys = ["frame", *(choice for choice in CHOICES if choice in table)]
    dates = articles.dropna(subset="date").set_index("article")["date"]
    own = table[table["article"].isin(dates.index)]
    wide = own.pivot(index=keys, columns="article", values="value")
    taus = tau_b(wide.to_numpy(), _ranks(dates.reindex(wide.columns)))
    own = own.merge(dates.rename("day").reset_index(), on="article")
    return own.join(pd.Series(taus, index=wide.index, name="tau"), on=keys)


def _number_results(table: pd.DataFrame) -> pd.DataFrame:
    """The table with the number of each frame's distinct course."""
    if table.empty:
        return table.assign(result=pd.Series(dtype=int))
    keys = ["frame", *CHOICES]
    order = table.groupby(keys, sort=False)["day"].rank(method="dense")
    course = table.assign(course=table["article"] + " " + table["value"].astype(str) + " " + order.astype(str))
    courses = course.groupby(keys, sort=False)["course"].agg("; ".join)
    numbers = courses.groupby(level="frame", sort=False).transform(lambda own: pd.factorize(own)[0] + 1)
    return table.join(numbers.rename("result"), on=keys).reset_index(drop=True)


def _rank_options(column: pd.Series) -> pd.Series:
    """A column of options as their places in CHOICES; any other column as the place of each value's first row."""
    options = CHOICES.get(column.name, tuple(column.unique()))
    return column.map({option: i for i, option in enumerate(options)})


def _index_words(sentences: pd.DataFrame) -> tuple[pd.Index, csr_matrix]:
    """The words in lower case, by name, and how often each stands in each sentence: a row per word."""
    words = split_words(sentences)
    places = pd.Series(range(len(sentences)), index=pd.MultiIndex.from_frame(sentences[["article", "sentence"]]))
    at = places.reindex(pd.MultiIndex.from_frame(words[["article", "sentence"]])).to_numpy(int)
    codes, types = pd.factorize(words["token"].str.lower(), sort=True)
    return types, csr_matrix((np.ones(len(codes)), (codes, at)), shape=(len(types), len(sentences)))


def _measure(carried: np.ndarray, sentences: pd.DataFrame, totals: np.ndarray) -> dict[str, np.ndarray]:
    """Rows of how often something stands in each sentence as rows of each article's share and rate."""
    rates = 1000 * _sums(carried, sentences) / totals
    return {"share of sentences": _shares(carried, sentences), "hits per 1,000 words": rates}


def _draw_words(
    hits: pd.DataFrame, types: pd.Index, spread: np.ndarray, draws: int, generator: np.random.Generator
) -> np.ndarray:
    """Numbers of random words, one row per draw, matched one for one to the terms that are hits by the number of
    sentences they stand in; terms of one number share their words, the most frequent draw first."""
    own = {word.lower() for words in hits["words"].unique() for word in WORDS.tokenize(words)}
    free = np.flatnonzero(~types.isin(own))
    wanted = hits.drop_duplicates(["term", "article", "sentence"])["term"].value_counts().value_counts()
    columns = [np.empty((draws, 0), dtype=int)]
    for sentences, terms in wanted.sort_index(ascending=False).items():
        away = np.abs(spread[free] - sentences)
        pool = free[away <= np.sort(away)[min(max(terms, POOL), len(free)) - 1]] if len(free) else free
        free = np.setdiff1d(free, pool) if sentences > 1 else free
        some = min(terms, len(pool))
        columns.append(
            np.array([generator.choice(pool, some, replace=False) for _ in range(draws)]).reshape(draws, some)
        )
    return np.hstack(columns)
