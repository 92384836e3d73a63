"""Which articles a list of terms can be tried on: those in its languages. In others it finds nothing, and says nothing.

A list (the codebook, the verbs, the rules) may have a column `language`: names as `seeds/languages.csv` has them,
separated by spaces; empty, or no such column, means English. A codebook has a language if every frame has a term in
it: a frame without terms in a language is not measured there, and must not be counted as absent. Each term is searched
only in articles of its languages, so that no word of one is found as a word of another.
"""

import numpy as np
import pandas as pd

from helpers.articles.dating import label_articles
from helpers.codebook.terms import MASK
from helpers.files.tables import require

HOME = "English"  # the language of a list that does not name any


def languages_of(listed: pd.DataFrame) -> set[str]:
    """The languages in which each frame of a list has a term; masks need none. A list without frames is one frame.

    listed  one row per term: frame and language, if there are any
    """
    if "language" not in listed:
        return {HOME}
    terms = pd.DataFrame({"language": listed["language"].replace("", HOME).str.split()})
    terms["frame"] = listed.get("frame", "")
    spoken = terms[terms["frame"].ne(MASK)].groupby("frame")["language"].agg(lambda own: {*own.explode()})
    return set.intersection(*spoken)


def measured_articles(loaded: pd.DataFrame, *lists: pd.DataFrame) -> pd.DataFrame:
    """The articles in a language that all lists have terms in: the only ones of which a count says anything.

    An article too short to tell goes with most of the others.

    loaded  one row per article, from load_articles: language, ...
    lists     one row per term each, as languages_of takes them
    returns   the rows that are kept, possibly none, labelled as if there were no others
    """
    require(loaded, "article date date_precision language", "measured_articles: articles, from load_articles")
    known = set.intersection(*map(languages_of, lists))
    return label_articles(loaded[are_measured(loaded["language"], known)].reset_index(drop=True))


def are_measured(languages: pd.Series, known: set[str]) -> pd.Series:
    """Whether each article is in a known language; one too short to tell goes with most of the others.

    languages  of each article; "" where it is not known
    """
    told = languages[languages.ne("")]
    return languages.replace("", next(iter(told.mode()), HOME)).isin(known)


def terms_searched(cells: pd.Series, languages: list[str]) -> np.ndarray:
    """Which terms are searched in which language: one row for each of `languages`, one column per term. Where an
    article's language is not known (""), every term is.

    cells  the column language of a list of terms
    """
    spoken = [set((cell or HOME).split()) for cell in cells]
    searched = [[not language or language in own for own in spoken] for language in languages]
    return np.array(searched, dtype=bool).reshape(len(languages), len(spoken))


def list_unmeasured(loaded: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The articles that are left out because of their language.

    loaded, articles  all articles, and those that measured_articles kept
    returns             one row per article left out: article, label, language, of (number of articles loaded)
    """
    left = loaded[~loaded["article"].isin(articles["article"])]
    return left[["article", "label", "language"]].assign(of=len(loaded)).reset_index(drop=True)
