"""Whose own words a page is: that of a government, or of somebody on the list of actors, is no reporter's."""

import re

import pandas as pd

from helpers.files.tables import require
from helpers.readings.voices import VOICES

SITE = re.compile(r"[\w-]+(?:\.[\w-]+)*")  # an outlet that is known by its address: whitehouse.gov
OWN = "own page"


def find_authors(articles: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """The articles whose author is on the list of actors.

    An article is its author's own where its outlet is one of the author's names or pages (these are outlets, or ends of
    addresses: "gov" is that of whitehouse.gov), or where its byline names the author. Of several, the longest counts.

    articles  one row per article: article, outlet, byline
    actors    one row per actor, from load_actors: actor, kind, names, side, pages
    returns   one row per such article: article, speaker, side
    """
    require(articles, "article outlet byline", "find_authors: articles, from load_articles")
    own = actors[actors["kind"].isin(["person", "body"])]
    forms = {
        _fold(form): (row.actor, row.side) for row in own.itertuples() for form in [*row.names, *row.pages] if form
    }
    rows = []
    for article, outlet, byline in articles[["article", "outlet", "byline"]].itertuples(index=False):
        found = [form for form in forms if _is_of(_fold(outlet), form) or f" {form} " in f" {_fold(byline)} "]
        if found:
            rows.append((article, *forms[max(found, key=len)]))
    return pd.DataFrame(rows, columns=["article", "speaker", "side"])


def give_authors(voiced: pd.DataFrame, authors: pd.DataFrame) -> pd.DataFrame:
    """The words that are not quoted on a page given to its author in place of the reporter.

    voiced   one row per hit or word, from give_voices
    authors  one row per article, from find_authors
    returns  the same rows; kind is OWN where the author speaks
    """
    table = voiced[["article"]].merge(authors, on="article", how="left").set_index(voiced.index)
    own = voiced["side"].eq("reporter") & table["speaker"].notna()
    side = voiced["side"].mask(own, table["side"])
    voice = side.where(side.isin(VOICES), "both or unknown")
    return voiced.assign(
        kind=voiced["kind"].mask(own, OWN),
        speaker=voiced["speaker"].mask(own, table["speaker"]),
        side=side,
        voice=pd.Categorical(voice, categories=VOICES),
    )


def _fold(name: str) -> str:
    """A name as it is compared: small letters, no signs but points, no article before it."""
    return re.sub(r"^the ", "", " ".join(re.findall(r"[\w.]+", name.casefold())))


def _is_of(outlet: str, form: str) -> bool:
    return outlet == form or (bool(SITE.fullmatch(outlet)) and outlet.endswith(f".{form}"))
