"""Which language each article is in.

py3langid (Barbaresi; after Lui & Baldwin 2012, langid.py) brings its model with it, and a sentence is enough for it.
Tried on passages of ten words: those it is sure of are right, and it is sure of nine in ten.
"""

import re
from functools import cache

import pandas as pd

from helpers.files.tables import SEEDS, read_table

SURE = 0.8  # the least probability at which a language is given
STRETCH = 400  # characters read at the beginning, the middle and the end of an article


def tell_languages(texts: pd.Series) -> list[str]:
    """The language of each text, by its name in English; "" where it is too short to tell, or half in another.

    Looked at are three stretches of a text, so that an article printed in two languages has that of its larger part.
    The languages are those of `seeds/languages.csv`; a text in any other is told as one of them, or as "".
    """
    names = known_languages()
    told = (_identifier().classify(_three_stretches(text)) for text in texts)
    return [names[code] if sure >= SURE else "" for code, sure in told]


@cache
def known_languages() -> dict[str, str]:
    """The languages that can be told: the name in English by the code of ISO 639."""
    table = read_table(SEEDS / "languages.csv", "code language")
    return dict(zip(table["code"], table["language"], strict=True))


def not_english(articles: pd.DataFrame) -> pd.Series:
    """Whether each article is in another language than English.

    articles  one row per article: language
    returns   one value per article, with the same index: True, False or <NA> (too short to tell)
    """
    return articles["language"].ne("English").astype("boolean").mask(articles["language"].eq(""))


def fault_of_language(cell: str) -> str:
    """What is wrong with a cell of the column language, and what to do about it; "" if nothing is."""
    known = known_languages().values()
    if unknown := [name for name in cell.split() if name not in known]:
        return f"the language {unknown[0]!r} is not known. Known are: {', '.join(sorted(known))}."
    return ""


@cache
def _identifier():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # half a second, and only those who load articles pay

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(known_languages())
    return identifier


def _three_stretches(text: str) -> str:
    """Beginning, middle and end of a text, without web addresses."""
    text = re.sub(r"\S*://\S*", " ", text)
    middle = (len(text) - STRETCH) // 2
    return text if len(text) <= 3 * STRETCH else " ".join([text[:STRETCH], text[middle:][:STRETCH], text[-STRETCH:]])
