"""Every defensible way of counting, and whether it keeps a trend."""

from itertools import product

import numpy as np
import pandas as pd

from helpers.articles.dates_shown import by_column
from helpers.codebook.hits import find_hits
from helpers.codebook.terms import MASK
from helpers.files.tables import ids_of, require
from helpers.measures.tau import rank_dates, tau_b
from helpers.text.split import WORDS

# The choices that make a specification; the first option of each is notebook 03's.
CHOICES = {
    "counted": ("sentences", "hits"),
    "per": ("sentence", "1,000 words"),
    "scope": ("frame", "codebook"),
    "negated": ("counted", "left out"),
    "masks": ("on", "off"),
    "text": ("cleaned", "as received"),
}
BY_TEXT = ["scope", "masks", "negated"]  # those that decide which hits of a text count


def as_received(articles: pd.DataFrame) -> pd.DataFrame:
    """The articles with the whole of what was received as their text: headings, page furniture, teasers, second
    printings.

    articles  one row per article, from load_articles
    returns   the same rows with the column text replaced; offsets found in it are those of the text received
    """
    require(articles, "article received", "as_received: articles, from load_articles")
    return articles.assign(text=articles["received"])


def run_specifications(
    cleaned: pd.DataFrame, received: pd.DataFrame, articles: pd.DataFrame, codebook: pd.DataFrame, frames: list[str]
) -> pd.DataFrame:
    """Each frame's course by every combination of CHOICES (Simonsohn, Simmons & Nelson 2020, Nat. Hum. Behav. 4:
    1208-1214).

    cleaned, received  one row per sentence, from split_sentences: of the cleaned articles, of those from as_received
    articles           one row per article: article, label, date; those without a date are left out
    returns            one row per frame, specification and article: frame, the choices, article, label, date, count,
                       of, value (count / of; per 1,000 words where it is by words), ids (the sentences counted, as
                       numbered in the text taken), tau, course (number of the frame's different courses: the same
                       values have one number)
    """
    dated = articles.dropna(subset="date")[["article", "label", "date"]]
    texts = dict(zip(CHOICES["text"], (cleaned, received), strict=True))
    counts = pd.concat([_count_text(own, dated, codebook, frames).assign(text=text) for text, own in texts.items()])
    ways = pd.DataFrame(list(product(CHOICES["counted"], CHOICES["per"])), columns=["counted", "per"])
    table = counts.merge(ways, how="cross").merge(dated, on="article")
    table = table.assign(
        count=table["hits"].where(table["counted"].eq("hits"), table["carrying"]),
        of=table["words"].where(table["per"].eq("1,000 words"), table["sentences"]),
    )
    scale = np.where(table["per"].eq("1,000 words"), 1000, 1)
    table = table.assign(value=scale * table["count"] / table["of"].where(table["of"] > 0))
    table = table.sort_values(["frame", *CHOICES], kind="stable", key=_rank_options)
    table = _add_courses(table, dated)
    return table[["frame", *CHOICES, "article", "label", "date", "count", "of", "value", "ids", "tau", "course"]]


def count_alike(specifications: pd.DataFrame) -> pd.DataFrame:
    """Specifications that come to the same course, as one row.

    returns  one row per frame and different course, by frame and tau: frame, course, tau, specifications (how many),
             own (whether notebook 03's is one of them), and for each choice the options they have, divided by " or "
    """
    one = specifications.drop_duplicates(["frame", *CHOICES])
    own = np.logical_and.reduce([one[choice].eq(options[0]) for choice, options in CHOICES.items()])
    groups = one.assign(own=own).groupby(["frame", "course"], sort=False)
    options = {choice: (choice, lambda taken: " or ".join(dict.fromkeys(taken))) for choice in CHOICES}
    table = groups.agg(tau=("tau", "first"), specifications=("own", "size"), own=("own", "any"), **options)
    return table.reset_index().sort_values(["frame", "tau", "course"], key=_rank_frames, ignore_index=True)


def shares_behind(specifications: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """What each different course is made of, by the columns of a figure.

    articles  those that the specifications are of
    returns   one row per frame, different course and column: frame, course, article (the column), label, count, of,
              value, ids
    """
    values = specifications.drop_duplicates(["frame", "course", "article"])
    values = values[["article", "frame", "course", "per", "count", "of", "ids"]].astype({"course": str})  # a name
    table = by_column(values, articles).astype({"course": int})
    scale = np.where(table["per"].eq("1,000 words"), 1000, 1)
    table = table.assign(value=scale * table["count"] / table["of"].where(table["of"] > 0))
    return table[["frame", "course", "article", "label", "count", "of", "value", "ids"]]


def count_kept(alike: pd.DataFrame) -> pd.DataFrame:
    """In how many different courses a frame's tau has the sign that it has in notebook 03.

    alike    one row per frame and different course, from count_alike
    returns  one row per frame: frame, tau (notebook 03's), ways (specifications), courses (different ones they come
             to), kept (those of the same sign), low, high (of their tau)
    """
    base = alike[alike["own"]].set_index("frame")["tau"]
    alike = alike.join(base.rename("base"), on="frame").eval("kept = tau * base > 0")
    table = alike.groupby("frame", sort=False).agg(
        ways=("specifications", "sum"),
        courses=("tau", "size"),
        kept=("kept", "sum"),
        low=("tau", "min"),
        high=("tau", "max"),
    )
    table.insert(0, "tau", base)
    return table.reset_index()


def _count_text(
    sentences: pd.DataFrame, articles: pd.DataFrame, codebook: pd.DataFrame, frames: list[str]
) -> pd.DataFrame:
    """What one reading of the text counts: one row per scope, masks, negated, frame and article: carrying, hits, ids,
    sentences, words. Terms that are found nowhere are dropped before the text is searched again for each choice."""
    anywhere = find_hits(sentences, codebook.assign(frame="term " + codebook["term"]))["term"]
    terms = codebook[codebook["term"].isin(anywhere.unique())]
    books = {"on": terms, "off": terms[terms["frame"].ne(MASK)]}
    hits = pd.concat(
        find_hits(sentences, books[masks], scope=scope).astype({"frame": str}).assign(scope=scope, masks=masks)
        for scope, masks in product(CHOICES["scope"], CHOICES["masks"])
    )
    hits = hits[hits["frame"].isin(frames)]
    hits = pd.concat([hits.assign(negated="counted"), hits[~hits["negated"].astype(bool)].assign(negated="left out")])
    keys = [*BY_TEXT, "frame", "article"]
    places = hits.drop_duplicates([*keys, "sentence"]).sort_values([*keys, "sentence"])
    carrying = places.assign(id=ids_of(places)).groupby(keys)["id"].agg(carrying="size", ids=" ".join)
    every = pd.MultiIndex.from_product([*map(CHOICES.get, BY_TEXT), frames, articles["article"]], names=keys)
    table = carrying.join(hits.groupby(keys).size().rename("hits")).reindex(every)
    table = table.fillna({"hits": 0, "carrying": 0, "ids": ""}).reset_index()
    words = sentences["text"].map(lambda text: len(WORDS.tokenize(text))).groupby(sentences["article"]).sum()
    table = table.assign(sentences=table["article"].map(sentences["article"].value_counts()))
    table = table.assign(words=table["article"].map(words)).fillna({"sentences": 0, "words": 0})
    return table.astype(dict.fromkeys(["hits", "carrying", "sentences", "words"], int))


def _add_courses(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The table with each specification's tau, and the number of its course among those of its frame."""
    keys = ["frame", *CHOICES]
    if table.empty:
        return table.assign(tau=pd.Series(dtype=float), course=pd.Series(dtype=int))
    wide = table.pivot(index=keys, columns="article", values="value")
    wide = wide.loc[table.drop_duplicates(keys).set_index(keys).index]  # in the order of the choices
    dates = articles.set_index("article")["date"].reindex(wide.columns)
    taus = pd.Series(tau_b(wide.to_numpy(), rank_dates(dates)), index=wide.index, name="tau")
    courses = pd.Series([row.tobytes() for row in wide.to_numpy()], index=wide.index, name="course")
    numbers = courses.groupby(level="frame", sort=False).transform(lambda own: pd.factorize(own)[0] + 1).astype(int)
    return table.join(taus, on=keys).join(numbers, on=keys)


def _rank_options(column: pd.Series) -> pd.Series:
    """A column of options as their places in CHOICES; any other column as the place of each value's first row."""
    options = CHOICES.get(column.name, tuple(column.unique()))
    return column.map({option: i for i, option in enumerate(options)})


def _rank_frames(column: pd.Series) -> pd.Series:
    """Frames as the place of their first row; numbers as they are."""
    return _rank_options(column) if column.name == "frame" else column
