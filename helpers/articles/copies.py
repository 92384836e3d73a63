"""Near-duplicates: one story that many papers printed.

MinHash (Broder 1997, Compression and Complexity of Sequences: 21-29; by datasketch) finds pairs that may be alike
without comparing all pairs. Each candidate is then compared exactly, by its Jaccard similarity, and copies of one text
form a group. A form filled in anew (a proclamation, a weekly notice) is as similar as a copy, so copies must also share
their names and numbers. Typography (marks, hyphens, accents) is not compared. No article is left out.
"""

import hashlib
import re
from collections import Counter
from difflib import SequenceMatcher
from functools import cache

import numpy as np
import pandas as pd
from datasketch import MinHash, MinHashLSH
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from helpers.files.kept import kept_table
from helpers.files.tables import require
from helpers.text.characters import straighten, without_accents
from helpers.text.split import WORDS, marks_of_texts

WORD = re.compile(r"[^\W_]+")
SIZE = 5  # words in a shingle: texts written independently seldom share five words in a row
ALIKE = 0.5  # smallest Jaccard similarity of a pair: a copy cut to half its length still reaches it
NAMED = 0.9  # of the names and numbers in the text with fewer of them, the share that the other must have too
COMPARED = 20_000  # words at the beginning of two copies that are laid side by side
PAIRED = 10_000_000  # pairs of equal words: if there are more, frequent words are only looked at beside others
WORDS_SHOWN = 12  # of those in which two copies differ
BANDS, ROWS = 42, 3  # misses 4 in 1,000 pairs of similarity .5, and 4 in 100,000 of .6
RNG = 2026  # seed of MinHash's permutations
PAIRS = ["one", "other", "shared", "either", "alike", "names", "common", "copy"]


def find_pairs(articles: pd.DataFrame, *, rng: int = RNG) -> pd.DataFrame:
    """Pairs of articles whose Jaccard similarity is ALIKE or more.

    articles  one row per article: article, text
    rng       seed of MinHash's permutations
    returns   one row per pair, in the order of the articles: one, other, shared (shingles in both), either (in one or
              both), alike (Jaccard: shared / either), names (distinct names and numbers in the text with fewer),
              common (how many of them the other has too), copy (True if that is enough; False: a form filled in anew)
    """
    require(articles, "article text", "find_pairs: articles, from load_articles")
    if rng == RNG and (kept := _kept_pairs(articles)) is not None:
        return kept
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    shingles = {article: found for article, text in texts.items() if len(found := shingle(text))}
    words, rows = {}, []
    for one, other in _candidates(shingles, rng):
        shared = len(np.intersect1d(shingles[one], shingles[other], assume_unique=True))
        either = len(shingles[one]) + len(shingles[other]) - shared
        if shared >= ALIKE * either:
            for article in {one, other} - words.keys():
                words[article] = _names_and_words(texts[article])
            names, common = _names_in_common(words[one], words[other])
            rows.append((one, other, shared, either, shared / either, names, common, common >= NAMED * names))
    return pd.DataFrame(rows, columns=PAIRS).astype({"copy": bool})


def _kept_pairs(articles: pd.DataFrame) -> pd.DataFrame | None:
    """The pairs that the run of this notebook has found, if it was of these articles, or of these and others: whether
    two texts are a pair does not depend on the others."""
    pairs, known = kept_table("pairs"), kept_table("marks")
    if pairs is None or known is None:
        return None
    place = {row: number for number, row in enumerate(known.itertuples(index=False, name=None))}
    places = [place.get(row, -1) for row in marks_of_texts(articles).itertuples(index=False, name=None)]
    if -1 in places or places != sorted(set(places)):
        return None
    own = pairs[pairs[["one", "other"]].isin(set(articles["article"])).all(axis=1)]
    return pd.DataFrame(list(own.itertuples(index=False, name=None)), columns=PAIRS).astype({"copy": bool})


def group_copies(pairs: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Which articles are copies of one another, directly or through others (connected components).

    pairs     one row per pair, from find_pairs; only copies join a group
    articles  one row per article; the first of a group is the one that comes first here
    returns   one row per article: article, group (its first article), size (articles in the group), alike (Jaccard to
              the first; NaN where the two are not a pair), by_way (True where only other copies link it to the first:
              a chain of small changes may end in another story, so look at these)
    """
    place = pd.Series(range(len(articles)), index=articles["article"])
    copies = pairs[pairs["copy"]]
    ends = (place[copies["one"]], place[copies["other"]])
    links = coo_array((np.ones(len(copies)), ends), shape=(len(place), len(place)))
    parts = connected_components(links, directed=False)[1] if len(place) else []
    table = articles[["article"]].reset_index(drop=True).assign(part=parts)
    table["group"] = table.groupby("part")["article"].transform("first")
    table["size"] = table.groupby("part")["article"].transform("size")
    direct = copies.astype({"one": articles["article"].dtype, "other": articles["article"].dtype}).rename(
        columns={"one": "group", "other": "article"}
    )[["group", "article", "alike"]]
    table = table.merge(direct, on=["group", "article"], how="left")
    table["by_way"] = table["alike"].isna() & table["article"].ne(table["group"])
    return table[["article", "group", "size", "alike", "by_way"]]


def once_each(articles: pd.DataFrame, groups: pd.DataFrame | None = None) -> pd.DataFrame:
    """The articles with each text once: of copies only the first. Tests treat texts as independent; copies are not.

    articles  one row per article, from load_articles
    groups    one row per article, from group_copies; None: they are found here
    returns   the rows of the articles that are the first of their group
    """
    groups = group_copies(find_pairs(articles), articles) if groups is None else groups
    return articles[articles["article"].isin(groups["group"])].reset_index(drop=True)


def lay_side_by_side(groups: pd.DataFrame, articles: pd.DataFrame, *, most: int = 20) -> pd.DataFrame:
    """Each copy beside the first article of its group, and how the two differ.

    groups    one row per article, from group_copies
    articles  one row per article: article, label, outlet, date, text
    most      how many rows at most, the largest groups first
    returns   one row per copy: first, copy (labels), outlet (of the copy), days (after the first; NaN where undated),
              alike, by_way, only_first, only_copy (words that only one of the two has, up to WORDS_SHOWN of them)
    """
    known = articles.set_index("article")
    copies = groups[groups["article"].ne(groups["group"])].sort_values(["size", "group"], ascending=[False, True])
    rows = []
    for row in copies.head(most).itertuples():
        first, copy = known.loc[row.group], known.loc[row.article]
        days = (copy["date"] - first["date"]).days
        outlet = copy["outlet"] or "unknown"
        differ = differences(first["text"], copy["text"])
        rows.append((first["label"], copy["label"], outlet, days, row.alike, row.by_way, *differ))
    return pd.DataFrame(rows, columns="first copy outlet days alike by_way only_first only_copy".split())


def differences(one: str, other: str) -> tuple[str, str]:
    """The words that only the first text has and those that only the second has, in order, up to WORDS_SHOWN of each.

    >>> differences("Ten were hurt on Monday.", "Twelve were hurt.")
    ('Ten … on Monday', 'Twelve')
    """
    words = [WORDS.tokenize(straighten(text))[:COMPARED] for text in (one, other)]
    first, second = map(Counter, words)
    pairs = sum(first[word] * second[word] for word in first.keys() & second.keys())
    blocks = SequenceMatcher(None, *words, autojunk=pairs > PAIRED).get_opcodes()
    shown = []
    for text, place in zip(words, (1, 3), strict=True):
        runs = [text[block[place] : block[place + 1]] for block in blocks if block[0] != "equal"]
        shown.append(_shorten([run for run in runs if run]))
    return shown[0], shown[1]


def count_effective(groups: pd.Series) -> dict[str, float]:
    """How many articles there are, and their effective number.

    groups   the group of each article, from group_copies
    returns  articles; groups (copies counted as one); effective (how many independent articles would give a mean as
             precisely as these: effective_articles with rho 1, because copies are wholly alike)

    >>> count_effective(pd.Series(["a", "a", "a", "b"]))
    {'articles': 4, 'groups': 2, 'effective': 1.6}
    """
    sizes = groups.value_counts()
    return {"articles": len(groups), "groups": len(sizes), "effective": effective_articles(sizes.tolist(), 1)}


def effective_articles(sizes: list[int], rho: float) -> float:
    """The effective number of articles: how many independent ones would give a rate as precisely.

    sizes    articles in each group: those of an outlet, or the copies of one text
    rho      correlation of two articles of a group (0: none; 1: copies)
    returns  n / (1 + rho (sum of squares / n - 1)) for n articles in all. With equal groups of m it is n / (1 + (m - 1)
             rho): n divided by the design effect of Kish (1965, Survey Sampling)
    raises   ValueError for a rho below 0 or above 1

    >>> effective_articles([10] * 3, 0.05), effective_articles([1, 1, 1], 1), effective_articles([4], 1)
    (20.689655172413794, 3.0, 1.0)
    """
    if not 0 <= rho <= 1:
        raise ValueError(f"effective_articles: rho is {rho}. Give a correlation between 0 and 1.")
    n = sum(sizes)
    return n / (1 + rho * (sum(size**2 for size in sizes) / n - 1)) if n else 0.0


def shingle(text: str) -> np.ndarray:
    """The shingles of a text, its runs of SIZE words in lower case, as sorted distinct numbers of 64 bits.

    A text of fewer words is one shingle.
    """
    words = np.array([_number(word.lower()) for word in _bare_words(text)], dtype=np.uint64)
    size = min(SIZE, len(words))
    runs = np.zeros(len(words) - size + 1 if size else 0, dtype=np.uint64)
    for place in range(size):
        runs = (runs + words[place : place + len(runs)]) * np.uint64(0x9E3779B97F4A7C15)
        runs ^= runs >> np.uint64(29)
    return np.unique(runs)


def _bare_words(text: str) -> list[str]:
    """The words of a text without its typography: each run of letters and digits, without accents and apostrophes."""
    return WORD.findall(without_accents(straighten(text)).replace("'", ""))


@cache
def _number(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest())


def _candidates(shingles: dict[str, np.ndarray], rng: int) -> list[tuple[str, str]]:
    """Pairs whose MinHash signatures agree in at least one band, each once, in the order of the articles."""
    lsh, place = MinHashLSH(params=(BANDS, ROWS), num_perm=BANDS * ROWS), {a: i for i, a in enumerate(shingles)}
    runs = ((found >> np.uint64(32)).tolist() for found in shingles.values())
    sketches = MinHash.generator(runs, num_perm=BANDS * ROWS, seed=rng, hashfunc=int)
    pairs = []
    for article, sketch in zip(shingles, sketches, strict=True):
        pairs += [(before, article) for before in lsh.query(sketch)]
        lsh.insert(article, sketch)
    return sorted(set(pairs), key=lambda pair: (place[pair[0]], place[pair[1]]))


def _names_and_words(text: str) -> tuple[int, frozenset[str], frozenset[str]]:
    """How many names and numbers a text has; then these, and all its words, in lower case.

    A name is a word with a capital that the text never writes without one.
    """
    words = frozenset(_bare_words(text))
    names = {word for word in words if word[0].isdigit() or (word[0].isupper() and word.lower() not in words)}
    return len(names), frozenset(map(str.lower, names)), frozenset(map(str.lower, words))


def _names_in_common(one: tuple, other: tuple) -> tuple[int, int]:
    """How many names and numbers the text with fewer has, and how many of them the other has in any case."""
    few, rich = (one, other) if one[0] <= other[0] else (other, one)
    return few[0], len(few[1] & rich[2])


def _shorten(runs: list[list[str]]) -> str:
    """Runs of words as one string, cut after WORDS_SHOWN words."""
    shown, left = [], WORDS_SHOWN
    for run in runs:
        if left > 0:
            shown.append(" ".join(run[:left]) + (" …" if len(run) > left else ""))
        left -= len(run)
    return " … ".join(shown)
