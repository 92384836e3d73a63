"""What stands around a term: concordance, and the words that keep it company.

A context is the words next to a hit, on either side, within its sentence: what stands beyond a sentence's end belongs
to another statement, often another speaker's.
"""

import re

import numpy as np
import pandas as pd
from nltk.metrics import BigramAssocMeasures

from helpers.codebook.hits import find_hits
from helpers.codebook.terms import frames_of
from helpers.files.tables import ids_of, require
from helpers.text.characters import straighten
from helpers.text.split import split_words

KEYS = ["article", "sentence"]
MEASURES = ("log_likelihood", "log_ratio", "log_dice")


def concordance(sentences: pd.DataFrame, codebook: pd.DataFrame, *, window: int = 5) -> pd.DataFrame:
    """Keyword in context: every hit with the words on its left and right.

    sentences  one row per sentence, from split_sentences
    codebook   one row per term: frame, term (from load_codebook, or as_codebook for terms of the moment)
    window     so many words on each side, not beyond the sentence
    returns    one row per hit, by sentence and place: article, sentence, frame, term, left, node, right (as printed),
               start, end (of the node), left_start, right_end: offsets into the article's text. The node is the hit
               made whole words: "caliber" in "large-caliber" gives the node "large-caliber"
    """
    require(sentences, "article sentence start text", "concordance: sentences, from split_sentences")
    hits = find_hits(sentences, codebook)
    own = sentences.merge(hits[KEYS].drop_duplicates(), on=KEYS)
    lines, words = _contexts(hits, own, window)
    starts, ends = words["start"], words["end"]
    lines["left_start"] = _at(starts, lines["low"]).where(lines["low"] < lines["first"], lines["start"]).astype(int)
    lines["right_end"] = _at(ends, lines["high"] - 1).where(lines["after"] < lines["high"], lines["end"]).astype(int)
    texts, shifts = own["text"].tolist(), own["start"].tolist()
    edges = {"left": ("left_start", "start"), "node": ("start", "end"), "right": ("end", "right_end")}
    for name, (start, end) in edges.items():
        spans = zip(lines["row"], lines[start], lines[end], strict=True)
        printed = [texts[row][a - shifts[row] : b - shifts[row]].strip() for row, a, b in spans]
        lines[name] = pd.Series(printed, dtype=str)
    columns = "article sentence frame term left node right start end left_start right_end"
    return lines[columns.split()]


def sort_by_neighbour(lines: pd.DataFrame, *, side: str = "right") -> pd.DataFrame:
    """The lines of a concordance by the words next to the node, the nearest first; case and marks do not matter.

    side  "left" or "right"
    """
    require(lines, "left right", "sort_by_neighbour: lines, from concordance")
    if side not in ("left", "right"):
        raise ValueError(f"sort_by_neighbour: side is {side!r}; it may be 'left' or 'right'.")
    words = [re.findall(r"\w+", text.casefold()) for text in lines[side]]
    keys = pd.Series([own[::-1] if side == "left" else own for own in words], index=lines.index, dtype=object)
    order = sorted(range(len(lines)), key=lambda i: keys.iloc[i])  # stable: equals stay in the order of the text
    return lines.iloc[order].reset_index(drop=True)


def neighbours(sentences: pd.DataFrame, codebook: pd.DataFrame, *, window: int = 5) -> pd.DataFrame:
    """Every word in the context of every hit. Words that are themselves part of a hit of the same frame are left out.

    returns  one row per hit and word near it: article, sentence, frame, node_start (which hit), place (-1 the next word
             on the left, 1 on the right, ...), start, end (of the word), word (its form, see word_form)
    """
    hits = find_hits(sentences, codebook)
    return _neighbours(*_contexts(hits, sentences.merge(hits[KEYS].drop_duplicates(), on=KEYS), window), window)


def collocates(
    sentences: pd.DataFrame,
    codebook: pd.DataFrame,
    *,
    window: int = 5,
    minimum: int = 2,
    measure: str = "log_likelihood",
) -> pd.DataFrame:
    """The words that stand near each frame's hits, with all counts behind each measure.

    Every running word that is not itself part of a hit of the frame stands near a hit or does not, and is the word in
    question or is not: four cells, after Evert 2008 (Corpora and Collocations, section on surface cooccurrence).

    minimum  words that stand near a hit less often are left out
    measure  what the rows are ordered by, strongest first
    returns  one row per frame (in the order of the codebook) and word: frame, word, articles (in which it stands near),
             near (times it stands near, each place once), expected (were the words strewn at random), window_words
             (words near), total (times the word stands in the corpus), words (all words), hits (of the frame),
             hits_near (hits that have the word near), log_likelihood (Dunning 1993, four terms, by NLTK: also large for
             words that keep away), log_ratio (binary logarithm of how many times as frequent near a hit as elsewhere,
             a zero counted as one half), log_dice (Rychlý 2008, p. 9: at most 14; a co-occurrence counts each word and
             each hit once)
    """
    if measure not in MEASURES:
        raise ValueError(f"collocates: measure is {measure!r}; it may be {', '.join(MEASURES)}.")
    lines, words = _contexts(find_hits(sentences, codebook), sentences, window)
    near = _neighbours(lines, words, window)
    forms = _forms(words["token"])
    tables = [
        _count(near[near["frame"].eq(frame)], lines[lines["frame"].eq(frame)], forms).assign(frame=frame)
        for frame in frames_of(codebook)
    ]
    table = _measure(pd.concat(tables, ignore_index=True).query("near >= @minimum"))
    order = {frame: place for place, frame in enumerate(frames_of(codebook))}
    table = table.assign(place=table["frame"].map(order), rank=-table[measure].round(9))
    table = table.sort_values(["place", "rank", "word"], ignore_index=True)
    columns = "frame word articles near expected window_words total words hits hits_near"
    return table[[*columns.split(), *MEASURES]]


def company_by_article(
    near: pd.DataFrame, lines: pd.DataFrame, pairs: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    """How often each word stands near each frame's hits, article by article.

    near      one row per hit and word near it, from neighbours
    lines     one row per hit, from concordance
    pairs     the frames and words asked for, in the order wanted: frame, word
    articles  one row per article, in order of date: article, label
    returns   one row per pair and article, zeros included: frame, word, article, label, hits (of the frame in the
              article), near (times the word stands near one of them, each place once), ids (the sentence of each:
              "article:1 article:3")
    """
    require(near, "article sentence frame start word", "company_by_article: near, from neighbours")
    places = near[["article", "sentence", "frame", "start", "word"]].drop_duplicates().sort_values(["article", "start"])
    places = places.assign(ids=ids_of(places))
    counts = places.groupby(["frame", "word", "article"])["ids"].agg(near="size", ids=" ".join).reset_index()
    hits = lines.groupby(["frame", "article"]).size().rename("hits").reset_index()
    table = pairs[["frame", "word"]].drop_duplicates().merge(articles[["article", "label"]], how="cross")
    table = table.merge(hits, on=["frame", "article"], how="left")
    table = table.merge(counts, on=["frame", "word", "article"], how="left")
    table = table.fillna({"hits": 0, "near": 0, "ids": ""}).astype({"hits": int, "near": int})
    return table[["frame", "word", "article", "label", "hits", "near", "ids"]]


def word_form(token: str) -> str:
    """A word as it is counted: lower case unless all capitals, straight apostrophes, no possessive ending.

    >>> [word_form(word) for word in ["Mexico’s", "countries'", "US", "us", "U.S.", "A"]]
    ['mexico', 'countries', 'US', 'us', 'U.S.', 'a']
    """
    word = re.sub(r"(?i)'s$|(?<=s)'$", "", straighten(token))
    return word if len(word) > 1 and word.isupper() else word.lower()


def _contexts(hits: pd.DataFrame, sentences: pd.DataFrame, window: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The hits as nodes among the words of the sentences, and these words, one row per word.

    returns  one row per hit: its columns, start and end those of the node, row (of its sentence), and by their places
             among the words: first and after (the words that the hit touches, after the last of them), low and high
             (from low to first stands what is on its left, from after to high what is on its right)
    """
    if window < 1:
        raise ValueError(f"window is {window}; it must be one word at least.")
    words = split_words(sentences)
    rows = sentences[KEYS].assign(row=np.arange(len(sentences)))
    own, row = (table[KEYS].merge(rows, on=KEYS, how="left")["row"].to_numpy(int) for table in (words, hits))
    far = max(sentences["start"] + sentences["text"].str.len(), default=0) + 1  # beyond any place in a sentence
    starts, ends = own * far + words["start"].to_numpy(int), own * far + words["end"].to_numpy(int)
    lines = hits.astype({"frame": str}).assign(
        row=row,
        first=np.searchsorted(ends, row * far + hits["start"], side="right"),
        after=np.searchsorted(starts, row * far + hits["end"]),
    )
    touched = lines["first"] < lines["after"]
    first, last = _at(words["start"], lines["first"]), _at(words["end"], lines["after"] - 1)
    return lines.assign(
        low=np.maximum(lines["first"] - window, np.searchsorted(starts, row * far)),
        high=np.minimum(lines["after"] + window, np.searchsorted(starts, (row + 1) * far)),
        start=np.minimum(hits["start"], first.where(touched, hits["start"])).astype(int),
        end=np.maximum(hits["end"], last.where(touched, hits["end"])).astype(int),
    ), words


def _at(values: pd.Series, places: pd.Series) -> pd.Series:
    """The values at these places, NaN where there is no such place."""
    return values.reindex(places).set_axis(places.index)


def _neighbours(lines: pd.DataFrame, words: pd.DataFrame, window: int) -> pd.DataFrame:
    """The table that neighbours returns, from what _contexts does."""
    first, after, low, high = (lines[[name]].to_numpy(int) for name in ("first", "after", "low", "high"))
    place = np.array([*range(-window, 0), *range(1, window + 1)])
    at = np.where(place < 0, first + place, after + place - 1)
    hit, column = np.nonzero((low <= at) & (at < high))
    at = at[hit, column]
    near = lines[["article", "sentence", "frame"]].iloc[hit].reset_index(drop=True)
    near = near.assign(node_start=lines["start"].to_numpy()[hit], place=place[column])
    near = near.join(words[["start", "end"]].iloc[at].reset_index(drop=True))
    near["word"] = _forms(words["token"].iloc[at]).reset_index(drop=True)
    inside = {(frame, word) for frame, own in lines.groupby("frame") for word in _inside(own)}
    outside = [pair not in inside for pair in zip(near["frame"], at.tolist(), strict=True)]
    return near[np.array(outside, dtype=bool)].reset_index(drop=True)


def _inside(lines: pd.DataFrame) -> list[int]:
    """The places among the words of all that the hits touch, each once."""
    spans = zip(lines["first"], lines["after"], strict=True)
    return sorted({place for first, after in spans for place in range(first, after)})


def _forms(tokens: pd.Series) -> pd.Series:
    return tokens.map({token: word_form(token) for token in tokens.unique()}).astype(str)


def _count(near: pd.DataFrame, lines: pd.DataFrame, forms: pd.Series) -> pd.DataFrame:
    """One frame's counts for collocates: one row per word that stands near its hits, by word; forms are all words'."""
    inside = forms.iloc[_inside(lines)]
    totals = forms.value_counts().sub(inside.value_counts(), fill_value=0)
    places = near.drop_duplicates(["article", "start"])
    table = places.groupby("word").agg(articles=("article", "nunique"), near=("start", "size")).reset_index()
    contexts = near.drop_duplicates(["article", "node_start", "word"])["word"].value_counts()
    return table.assign(
        total=table["word"].map(totals).astype(int),
        hits_near=table["word"].map(contexts),
        window_words=len(places),
        words=len(forms) - len(inside),
        hits=len(lines),
    )


def _measure(table: pd.DataFrame) -> pd.DataFrame:
    """The table of counts with the expected count and the three measures."""
    beyond, elsewhere = table["words"] - table["window_words"], table["total"] - table["near"]
    ratio = (table["near"].clip(lower=0.5) * beyond) / (elsewhere.clip(lower=0.5) * table["window_words"])
    once = table[["near", "hits_near"]].min(axis="columns")
    counts = zip(table["near"], table["window_words"], table["total"], table["words"], strict=True)
    likelihood = [BigramAssocMeasures.likelihood_ratio(n, (row, column), total) for n, row, column, total in counts]
    dice = [
        BigramAssocMeasures.dice(n, (hits, total), None)
        for n, hits, total in zip(once, table["hits"], table["total"], strict=True)
    ]
    return table.assign(
        expected=table["window_words"] * table["total"] / table["words"],
        log_likelihood=np.maximum(np.array(likelihood, dtype=float), 0),
        log_ratio=np.log2(ratio.where(beyond > 0).astype(float)),
        log_dice=14 + np.log2(np.array(dice, dtype=float)),
    )
