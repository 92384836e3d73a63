"""Which articles do not read as English: the codebook, the lists and the rules are, and find little in others."""

import re

import pandas as pd

from helpers.articles.common_words import words_of_kind
from helpers.files.tables import SEEDS, read_table, require
from helpers.text.characters import straighten
from helpers.text.split import WORDS

# Of the words of an English article, at least 19% (seeds) or 9% (some 40 news pages) are function words of three
# letters or more that are no words of its neighbours; of 1,500 statements and speeches two had fewer than 5%, and held
# hardly anything but names. Of Spanish, French, German, Portuguese, Italian, Dutch and Scandinavian texts 0 to 4% are
# spelt like one. The shorter ones ("a", "as", "in", "no") are words of theirs too.
FLOOR, LETTERS = 0.05, 3
FEWEST = 20  # words below which an article is too short to be judged
LOOKED_AT = 2000  # characters of an article, from its beginning: some 300 words tell a language


def not_english(articles: pd.DataFrame) -> pd.Series:
    """Whether each article does not read as English.

    It does not if fewer than FLOOR of its words are function words of English (`seeds/function_words.csv`) that have
    LETTERS letters or more and are not spelt like a word of a neighbouring language (`seeds/common-words.csv`, kind
    shared). Web addresses are left aside. An article of fewer than FEWEST words is not judged.

    articles  one row per article: article, text
    returns   one value per article, of the same index: True, False or (not judged) <NA>
    """
    require(articles, "article text", "not_english: articles, from load_articles")
    listed = read_table(SEEDS / "function_words.csv", "word kind")["word"]
    grammar = set(listed[listed.str.len().ge(LETTERS)]) - words_of_kind("shared")
    words = [_words(text[:LOOKED_AT]) for text in articles["text"]]
    few = [sum(word in grammar for word in own) < FLOOR * len(own) if len(own) >= FEWEST else pd.NA for own in words]
    return pd.Series(few, index=articles.index, dtype="boolean")


def _words(text: str) -> list[str]:
    return WORDS.tokenize(straighten(re.sub(r"\S*://\S*", " ", text)).lower())
