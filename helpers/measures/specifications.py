"""Every defensible way of counting, and what each does to a course."""

from itertools import product

import numpy as np
import pandas as pd

from helpers.codebook.hits import find_hits
from helpers.codebook.terms import MASK
from helpers.files.tables import ids_of, label_rows, require
from helpers.measures.loss import without_trend
from helpers.measures.tau import ranks, tau_b
from helpers.text.split import split_sentences, split_words

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
        course = label_rows(shares[shares["frame"].eq(frame)], articles).sort_values("date", kind="stable")
        single = course["article"].isin(own["article"].unique()).any()
        without = without_trend(course, tau, single=single)
        rows.append((frame, tau, ways, len(courses), len(kept), ends, taus.min(), taus.max(), without))
    return pd.DataFrame(rows, columns=["frame", "tau", "ways", "courses", "kept", "ends", "low", "high", "without"])


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
    taus = tau_b(wide.to_numpy(), ranks(dates.reindex(wide.columns)))
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
