"""What surrounds a term: its concordance and its collocates.

A context is the words next to a hit, on either side and in the same sentence. Beyond the end of a sentence begins
another statement, often another speaker's.
"""

import re

import numpy as np
import pandas as pd
from nltk.metrics import BigramAssocMeasures

from helpers.codebook.hits import find_hits
from helpers.codebook.terms import frames_of
from helpers.files.tables import ids_of, known_of, require
from helpers.text.characters import straighten
from helpers.text.split import split_words

KEYS = ["article", "sentence"]


def concordance(sentences: pd.DataFrame, codebook: pd.DataFrame, *, window: int = 5) -> pd.DataFrame:
    """Keyword in context: every hit with the words on its left and right.

    sentences  one row per sentence, from split_sentences
    codebook   one row per term: frame, term (from load_codebook, or as_codebook for terms typed in place)
    window     how many words on each side
    returns    one row per hit, by sentence and place: article, label and date if the sentences have them, sentence,
               frame, term, left, node, right (as printed), start, end (of the node), left_start, right_end: offsets
               into the article's text. The node is the hit extended to whole words: a hit "caliber" in "large-caliber"
               gives the node "large-caliber"
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
    lines = lines.merge(sentences[known_of(sentences)].drop_duplicates("article"), on="article")
    columns = "sentence frame term left node right start end left_start right_end"
    return lines[[*known_of(sentences), *columns.split()]]


def sort_by_neighbour(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines of a concordance in the order of the words to the right of the node; case and punctuation do not
    matter."""
    require(lines, "right", "sort_by_neighbour: lines, from concordance")
    keys = [re.findall(r"\w+", text.casefold()) for text in lines["right"]]
    order = sorted(range(len(lines)), key=keys.__getitem__)  # stable: equal lines stay in the order of the text
    return lines.iloc[order].reset_index(drop=True)


def neighbours(sentences: pd.DataFrame, codebook: pd.DataFrame, *, window: int = 5) -> pd.DataFrame:
    """Every word near every hit. Words that are part of a hit of the same frame are left out.

    window   how many words on each side
    returns  one row per hit and word near it: article, sentence, frame, node_start (which hit), place (-1: next on the
             left, 1: next on the right, ...), start, end (of the word), word (its form, see word_form)
    """
    hits = find_hits(sentences, codebook)
    return _neighbours(*_contexts(hits, sentences.merge(hits[KEYS].drop_duplicates(), on=KEYS), window), window)


def collocates(sentences: pd.DataFrame, codebook: pd.DataFrame, *, window: int = 5, minimum: int = 2) -> pd.DataFrame:
    """The words near each frame's hits, with all counts behind each measure.

    Each running word that is not part of a hit of the frame is near a hit or not, and is the word in question or not:
    four cells, after Evert 2008 (Corpora and Collocations, section on surface cooccurrence).

    window   how many words on each side of a hit count as near
    minimum  words that are near a hit less often are left out
    returns  one row per frame (in the order of the codebook) and word, by log_likelihood, ties by name: frame, word,
             articles (that have it near), near (times it is near, each place counted once), expected (times if all
             words were scattered at random), window_words (words near a hit), total (times the word occurs in the
             corpus), words (all words), hits (of the frame), hits_near (hits that have the word near), log_likelihood
             (Dunning 1993, four terms, by NLTK; also large for words that avoid the hits), log_ratio (binary logarithm
             of how many times as frequent near a hit as elsewhere; a zero counts as one half), log_dice (Rychlý 2008,
             p. 9: at most 14; each word and each hit is counted once)
    """
    lines, words = _contexts(find_hits(sentences, codebook), sentences, window)
    near = _neighbours(lines, words, window)
    forms = _forms(words["token"])
    tables = [
        _count(near[near["frame"].eq(frame)], lines[lines["frame"].eq(frame)], forms).assign(frame=frame)
        for frame in frames_of(codebook)
    ]
    table = _measure(pd.concat(tables, ignore_index=True).query("near >= @minimum"))
    order = {frame: place for place, frame in enumerate(frames_of(codebook))}
    table = table.assign(place=table["frame"].map(order), rank=-table["log_likelihood"].round(9))
    table = table.sort_values(["place", "rank", "word"], ignore_index=True)
    columns = "frame word articles near expected window_words total words hits hits_near"
    return table[[*columns.split(), "log_likelihood", "log_ratio", "log_dice"]]


def collocates_by_article(
    near: pd.DataFrame, lines: pd.DataFrame, pairs: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    """How often each word is near each frame's hits, article by article.

    near      one row per hit and word near it, from neighbours
    lines     one row per hit, from concordance
    pairs     the frames and words to count, in this order: frame, word
    articles  one row per article, in order of date: article, label
    returns   one row per pair and article, zeros included: frame, word, article, label, date, hits (of the frame in the
              article), near (times the word is near one of them, each place counted once), ids (the sentence of each
              time: "article:1 article:3")
    """
    require(near, "article sentence frame start word", "collocates_by_article: near, from neighbours")
    places = near[["article", "sentence", "frame", "start", "word"]].drop_duplicates().sort_values(["article", "start"])
    places = places.assign(ids=ids_of(places))
    counts = places.groupby(["frame", "word", "article"])["ids"].agg(near="size", ids=" ".join).reset_index()
    hits = lines.groupby(["frame", "article"]).size().rename("hits").reset_index()
    table = pairs[["frame", "word"]].drop_duplicates().merge(articles[known_of(articles)], how="cross")
    table = table.merge(hits, on=["frame", "article"], how="left")
    table = table.merge(counts, on=["frame", "word", "article"], how="left")
    table = table.fillna({"hits": 0, "near": 0, "ids": ""}).astype({"hits": int, "near": int})
    return table[["frame", "word", *known_of(articles), "hits", "near", "ids"]]


def word_form(token: str) -> str:
    """A word as it is counted here: in lower case unless all capitals, with straight apostrophes, without a possessive
    ending.

    >>> [word_form(word) for word in ["Mexico’s", "countries'", "US", "us", "U.S.", "A"]]
    ['mexico', 'countries', 'US', 'us', 'U.S.', 'a']
    """
    word = re.sub(r"(?i)'s$|(?<=s)'$", "", straighten(token))
    return word if len(word) > 1 and word.isupper() else word.lower()


def _contexts(hits: pd.DataFrame, sentences: pd.DataFrame, window: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Where each hit lies among the words of the sentences, and these words, one row per word.

    returns  one row per hit: its columns, with start and end of the node; row (its sentence's); and numbers of words:
             first to after (the words that the hit touches), low to first (its left context), after to high (its right
             context); each range ends before its second number
    """
    if window < 1:
        raise ValueError(f"window is {window}. It must be at least 1 word.")
    words = split_words(sentences)
    rows = sentences[KEYS].assign(row=np.arange(len(sentences)))
    own, row = (table[KEYS].merge(rows, on=KEYS, how="left")["row"].to_numpy(int) for table in (words, hits))
    far = max(sentences["start"] + sentences["text"].str.len(), default=0) + 1  # larger than any place in a sentence
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
    """The table that neighbours returns, made from the two of _contexts."""
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
    """The numbers of all words that the hits touch, each once."""
    spans = zip(lines["first"], lines["after"], strict=True)
    return sorted({place for first, after in spans for place in range(first, after)})


def _forms(tokens: pd.Series) -> pd.Series:
    return tokens.map({token: word_form(token) for token in tokens.unique()}).astype(str)


def _count(near: pd.DataFrame, lines: pd.DataFrame, forms: pd.Series) -> pd.DataFrame:
    """One frame's counts for collocates: one row per word near its hits, by name. `forms` are those of all words."""
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
    """The table of counts, and the expected count and the three measures."""
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
