"""Hits of the codebook's terms, and what is counted from them. Everything counted is a row of hits first."""

import numpy as np
import pandas as pd

from helpers.codebook.languages import terms_searched
from helpers.codebook.matching import match_terms
from helpers.codebook.terms import MASK, tidy
from helpers.files.tables import ids_of, known_of, require


def find_hits(sentences: pd.DataFrame, codebook: pd.DataFrame, *, scope: str = "frame") -> pd.DataFrame:
    """Every place where a term of the codebook occurs.

    sentences  one row per sentence: article, sentence, start, text, and perhaps language
    codebook   one row per term: frame, term, and perhaps language; what a term means is in helpers/codebook/terms.py.
               Where both tables have a column language, a term is searched in its own languages only
    scope      of overlapping matches only the longest counts: within each "frame", or within the whole "codebook"
    returns    one row per hit, in order of sentence, place and frame: article, sentence, frame (categorical: all frames
               of the codebook, by name), term, start, end (offsets into the article's text), words (as printed),
               negated (whether a negation reaches it)

    A match inside a longer match of a mask is dropped. A term as long as the mask still counts.
    """
    require(sentences, "article sentence start text", "find_hits: sentences, from split_sentences")
    require(codebook, "frame term", "find_hits: codebook, from load_codebook")
    if scope not in ("frame", "codebook"):
        raise ValueError(f"find_hits: scope is {scope!r}. Give 'frame' or 'codebook'.")
    rows = tuple(zip(codebook["frame"], codebook["term"].map(tidy), strict=True))
    texts = sentences["text"].tolist()
    language, searched = None, None
    if "language" in sentences and "language" in codebook:
        names, language = np.unique(sentences["language"].to_numpy(str), return_inverse=True)
        searched = terms_searched(codebook["language"], names.tolist())
    found = match_terms(texts, rows, scope, language, searched)
    where = sentences[["article", "sentence"]].iloc[found.text].reset_index(drop=True)
    frames = sorted(set(codebook["frame"]) - {MASK})
    begin = sentences["start"].to_numpy()[found.text]
    return where.assign(
        frame=pd.Categorical([rows[row][0] for row in found.row], categories=frames),
        term=pd.Series([rows[row][1] for row in found.row], dtype=str),
        start=begin + found.start,
        end=begin + found.end,
        words=pd.Series([texts[i][a:b] for i, a, b in zip(found.text, found.start, found.end, strict=True)], dtype=str),
        negated=found.negated,
    )


def share_of_sentences(found: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The share of each article's sentences that carry each frame.

    found      one row per hit, or per frame that a coder saw: article, sentence, frame (categorical: all frames)
    sentences  one row per sentence: article, sentence; label and date, if there are any, are kept
    returns    one row per article and frame, zeros included: article, label, date, frame, carrying (sentences that
               carry it), sentences (all of the article), share (0 to 1), ids (which carry it: "article:1 article:3")
    """
    require(found, "article sentence frame", "share_of_sentences: hits, from find_hits")
    places = found[["article", "frame", "sentence"]].drop_duplicates().sort_values(["article", "frame", "sentence"])
    places = places.assign(id=ids_of(places))
    groups = places.groupby(["article", "frame"], observed=True)["id"].agg(carrying="size", ids=" ".join)
    table = _every_article_and_frame(found, sentences)
    table = table.merge(sentences.groupby("article", sort=False).size().rename("sentences"), on="article")
    table = table.join(groups, on=["article", "frame"]).fillna({"carrying": 0, "ids": ""}).astype({"carrying": int})
    table = table.assign(share=table["carrying"] / table["sentences"])
    return table[[*known_of(sentences), "frame", "carrying", "sentences", "share", "ids"]]


def pool_articles(shares: pd.DataFrame) -> pd.DataFrame:
    """The whole corpus as if it were one article.

    shares   one row per article and frame, from share_of_sentences
    returns  one row per frame: article ("all"), frame, carrying, sentences, share, ids
    """
    sums = shares.groupby("frame", observed=False).agg({"carrying": "sum", "sentences": "sum", "ids": " ".join})
    sums = sums.reset_index().assign(article="all", share=lambda t: t["carrying"] / t["sentences"])
    sums = sums.assign(ids=sums["ids"].str.split().str.join(" "))
    return sums[["article", "frame", "carrying", "sentences", "share", "ids"]]


def list_sentences(hits: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The sentences behind the hits.

    hits       from find_hits
    sentences  from split_sentences
    returns    one row per sentence and frame it carries, in the order of `sentences`: article, label, sentence, text,
               frame, places (number of hits), words (what was found, as printed), spans (where in the sentence, as
               (start, end))
    """
    keys = ["article", "sentence", "frame"]
    places = hits.merge(sentences[["article", "sentence", "start"]], on=["article", "sentence"], suffixes=("", "_of"))
    places = places.assign(
        spans=list(zip(places["start"] - places["start_of"], places["end"] - places["start_of"], strict=True))
    )
    places = places.groupby(keys, observed=True).agg(
        places=("words", "size"), words=("words", ", ".join), spans=("spans", list)
    )
    kept = [name for name in ("article", "label", "sentence", "text") if name in sentences]
    return sentences[kept].merge(places.reset_index(), on=["article", "sentence"])


def rate_per_1000_words(hits: pd.DataFrame, words: pd.DataFrame) -> pd.DataFrame:
    """Hits of each frame per 1,000 words of each article.

    hits     one row per hit: article, frame (categorical: all frames), negated
    words    one row per word: article; label and date, if there are any, are kept
    returns  one row per article and frame, zeros included: article, label, date, frame, hits, negated (how many of
             them a negation reaches), words (all of the article), rate (hits per 1,000 words)
    """
    counts = hits.groupby(["article", "frame"], observed=True)["negated"].agg(hits="size", negated="sum")
    every = _every_article_and_frame(hits, words)
    table = every.merge(words.groupby("article", sort=False).size().rename("words"), on="article")
    table = table.join(counts, on=["article", "frame"]).fillna({"hits": 0, "negated": 0})
    table = table.astype({"hits": int, "negated": int}).assign(rate=lambda t: 1000 * t["hits"] / t["words"])
    return table[[*known_of(words), "frame", "hits", "negated", "words", "rate"]]


def _every_article_and_frame(found: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """One row per article of `units`, in its order, and frame of `found`, in the order of its categories."""
    frames = pd.DataFrame({"frame": found["frame"].cat.categories}).astype({"frame": found["frame"].dtype})
    return units[known_of(units)].drop_duplicates("article").merge(frames, how="cross")
