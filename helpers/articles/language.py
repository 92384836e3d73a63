"""Which articles do not read as English. Codebook, lists and rules are English and find little in others."""

import re

import pandas as pd

from helpers.articles.common_words import words_of_kind
from helpers.files.tables import SEEDS, read_table, require
from helpers.text.characters import straighten
from helpers.text.split import WORDS

# How the floor was chosen: counted are English function words of three letters or more that no neighbouring language
# has. They are at least 19% of the words of each seed article, and at least 9% in some 40 news pages. Of 1,500
# statements and speeches two had fewer than 5%; they were little more than lists of names. In Spanish, French, German,
# Portuguese, Italian, Dutch and Scandinavian texts 0 to 4% of the words are spelt like one. Shorter words ("a", "as",
# "in", "no") exist in those languages too.
FLOOR, LETTERS = 0.05, 3
FEWEST = 20  # words: an article with fewer is too short to judge
LOOKED_AT = 2000  # characters from the beginning of an article, some 300 words: enough to tell


def not_english(articles: pd.DataFrame) -> pd.Series:
    """Whether each article does not read as English.

    It does not if fewer than FLOOR of its words are function words of English (`seeds/function_words.csv`) that have
    LETTERS letters or more and are not spelt like a word of a neighbouring language (`seeds/common-words.csv`, kind
    shared). Web addresses are left aside. An article of fewer than FEWEST words is not judged.

    articles  one row per article: article, text
    returns   one value per article, with the same index: True, False or <NA> (not judged)
    """
    require(articles, "article text", "not_english: articles, from load_articles")
    listed = read_table(SEEDS / "function_words.csv", "word kind")["word"]
    grammar = set(listed[listed.str.len().ge(LETTERS)]) - words_of_kind("shared")
    words = [_words(text[:LOOKED_AT]) for text in articles["text"]]
    few = [
        sum(word in grammar for word in said) < FLOOR * len(said) if len(said) >= FEWEST else pd.NA for said in words
    ]
    return pd.Series(few, index=articles.index, dtype="boolean")


def _words(text: str) -> list[str]:
    return WORDS.tokenize(straighten(re.sub(r"\S*://\S*", " ", text)).lower())
