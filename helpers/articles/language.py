"""Which language each article is in.

Where small words leave no doubt, they decide: that takes microseconds. Else py3langid does (Barbaresi; after Lui &
Baldwin 2012, langid.py). It brings its model with it, and a sentence is enough for it. Tried on passages of ten words:
those it is sure of are right, and it is sure of nine in ten.
"""

import re
from functools import cache

import pandas as pd

from helpers.files.tables import SEEDS, read_table

SURE = 0.8  # the least probability at which a language is given
STRETCH = 400  # characters read at the beginning, the middle and the end of an article
ADDRESS = re.compile(r"\S*://\S*")
LEAST, MEAN = 2, 3  # telling words that each stretch must have, and that it must have on average, to leave no doubt


def tell_languages(texts: pd.Series) -> list[str]:
    """The language of each text, by its name in English; "" where it is too short to tell, or half in another.

    Looked at are three stretches of a text, so that an article printed in two languages has that of its larger part.
    The languages are those of `seeds/languages.csv`; a text in any other is taken for one of them, or gives "".
    """
    return [_tell(_three_stretches(text)) for text in texts]


@cache
def known_languages() -> dict[str, str]:
    """The languages that are recognised: the name in English by the code of ISO 639."""
    table = read_table(SEEDS / "languages.csv", "code language words")
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


def _tell(stretches: list[str]) -> str:
    if plain := _without_doubt(stretches):
        return plain
    code, sure = _identifier().classify(" ".join(stretches))
    return known_languages()[code] if sure >= SURE else ""


def _without_doubt(stretches: list[str]) -> str:
    """The one language whose telling words stand in every stretch; "" where they are few, or of two languages. The
    first word of a stretch may be the end of one, such as the y of "many", and is no word of Spanish."""
    telling = _telling_words()
    found = [list(filter(None, map(telling.get, stretch.split()[1:]))) for stretch in stretches]
    counts, languages = list(map(len, found)), {language for own in found for language in own}
    enough = min(counts) >= LEAST and sum(counts) >= MEAN * len(counts)
    return languages.pop() if enough and len(languages) == 1 else ""


@cache
def _telling_words() -> dict[str, str]:
    """The language of each word that is frequent in one language and hardly found in another."""
    table = read_table(SEEDS / "languages.csv", "code language words")
    return {word: row.language for row in table.itertuples() for word in row.words.split()}


@cache
def _identifier():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # half a second, and paid only where there is doubt

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(known_languages())
    return identifier


def _three_stretches(text: str) -> list[str]:
    """Beginning, middle and end of a text, or a short text whole; without web addresses."""
    middle = (len(text) - STRETCH) // 2
    places = [(0, STRETCH), (middle, middle + STRETCH), (len(text) - STRETCH, len(text))]
    stretches = [text[start:end] for start, end in places] if len(text) > 3 * STRETCH else [text]
    return [ADDRESS.sub(" ", stretch) if "://" in stretch else stretch for stretch in stretches]
