"""Whose words carry which frame, and who is named without being quoted."""

import numpy as np
import pandas as pd

from helpers.files.tables import ids_of, join_ids, known_of, require

VOICES = ["reporter", "United States", "Mexico", "both or unknown"]


def give_voices(hits: pd.DataFrame, quotations: pd.DataFrame) -> pd.DataFrame:
    """In whose words each hit is.

    hits        one row per hit: article, sentence, frame, start, end, ...
    quotations  one row per stretch of somebody's words: article, sentence, kind, speaker, side, start, end
    returns     the hits, and for each: kind (direct, indirect; "" for the reporter's own words), speaker ("reporter"
                there), side, voice (one of VOICES); inside two stretches the shorter decides
    """
    require(quotations, "article sentence kind speaker side start end", "give_voices: quotations, from find_quotations")
    spoken = quotations.loc[quotations["kind"].ne("marked"), "article sentence kind speaker side start end".split()]
    hits = hits.reset_index(drop=True)
    pairs = _within(hits, spoken.reset_index(drop=True)).join(spoken.reset_index(drop=True), on="row")
    pairs = pairs.assign(size=pairs["end"] - pairs["start"]).sort_values("size", kind="stable")
    owner = pairs.drop_duplicates("hit").set_index("hit")[["kind", "speaker", "side"]]
    voiced = hits.join(owner).fillna({"kind": "", "speaker": "reporter", "side": "reporter"})
    voice = voiced["side"].where(voiced["side"].isin(VOICES), "both or unknown")
    return voiced.assign(voice=pd.Categorical(voice, categories=VOICES))


def mark_hits(quotations: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """The quotations with a column spans: where in their words a hit is, as (start, end); [] where there is none."""
    rows, hits = quotations.reset_index(drop=True), hits.reset_index(drop=True)
    pairs = _within(hits, rows)
    start = pairs["row"].map(rows["start"])
    pairs = pairs.assign(start=pairs["hit"].map(hits["start"]) - start, end=pairs["hit"].map(hits["end"]) - start)
    spans = [[] for _ in range(len(rows))]
    for pair in pairs.drop_duplicates(["row", "start", "end"]).itertuples():
        spans[pair.row].append((pair.start, pair.end))
    return rows.assign(spans=pd.Series(spans, dtype=object))


def _within(hits: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Which hits are in which stretches of the same sentence: one row per pair, by row: hit, row (numbers of rows).

    A stretch is compared with the hits that begin in it only: in one sentence there may be thousands of both.
    """
    places = pd.concat([table[["article", "sentence"]] for table in (hits, rows)])
    group = places.groupby(["article", "sentence"], sort=False).ngroup().to_numpy()
    far = max([*hits["end"], *rows["end"]], default=0) + 1  # larger than any place
    begins, ends = (group[: len(hits)] * far + hits[side].to_numpy(int) for side in ("start", "end"))
    first, last = (group[len(hits) :] * far + rows[side].to_numpy(int) for side in ("start", "end"))
    order = np.argsort(begins, kind="stable")
    low, high = (np.searchsorted(begins[order], place) for place in (first, last))
    row = np.repeat(np.arange(len(rows)), high - low)
    hit = order[np.arange(len(row)) - np.repeat(np.cumsum(high - low) - high, high - low)]
    held = ends[hit] <= last[row]
    return pd.DataFrame({"hit": hit[held], "row": row[held]})


def count_voices(voiced: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """How many sentences carry each frame in each voice.

    voiced     one row per hit, from give_voices: article, sentence, frame (categorical), voice
    sentences  one row per sentence: article; label and date, if it has them, are kept
    returns    one row per article, frame and voice, zeros included: article, label, date, frame, voice, count, ids
               (which sentences: "article:1 article:3"). A sentence that carries a frame in two voices counts in both
    """
    every = pd.MultiIndex.from_product([voiced["frame"].cat.categories, VOICES], names=["frame", "voice"])
    articles = sentences[known_of(sentences)].drop_duplicates("article")
    table = articles.merge(every.to_frame(index=False), how="cross")
    places = voiced[["article", "sentence", "frame", "voice"]].drop_duplicates().astype({"frame": str, "voice": str})
    places = places.assign(id=ids_of(places))
    counts = places.groupby(["article", "frame", "voice"], sort=False)["id"].agg(count="size", ids=" ".join)
    table = table.join(counts, on=["article", "frame", "voice"]).fillna({"count": 0, "ids": ""})
    return table.astype({"count": int, "ids": str}).assign(voice=pd.Categorical(table["voice"], categories=VOICES))


def pool_voices(counts: pd.DataFrame) -> pd.DataFrame:
    """The whole corpus as if it were one article: one row per frame and voice: article ("all"), label ("all articles"),
    frame, voice, count, ids.

    counts  one row per article, frame and voice, from count_voices
    """
    groups = counts.groupby(["frame", "voice"], sort=False, observed=True)
    ids = pd.Series(join_ids(counts["ids"], groups), dtype=str)
    table = groups["count"].sum().reset_index().assign(ids=ids)
    return table.assign(article="all", label="all articles")[["article", "label", "frame", "voice", "count", "ids"]]


def link_speakers(voiced: pd.DataFrame) -> pd.DataFrame:
    """Which speaker carries which frame, the reporter left out.

    returns  one row per speaker and frame: speaker, side, frame, article ("all"), count (sentences), ids
    """
    spoken = voiced[voiced["speaker"].ne("reporter")].astype({"frame": str})
    places = spoken[["speaker", "side", "frame", "article", "sentence"]].drop_duplicates()
    places = places.assign(id=ids_of(places))
    links = places.groupby(["speaker", "side", "frame"])["id"].agg(count="size", ids=" ".join).reset_index()
    return links.assign(article="all")


def count_heard(mentions: pd.DataFrame, quotations: pd.DataFrame) -> pd.DataFrame:
    """How often each person and body is named, and how often quoted.

    returns  one row per person or body named: actor, kind, side, articles (in which it is named), mentions, quotations
             (acts of speech), those named most often first
    """
    named = mentions[mentions["kind"].ne("country")].groupby(["actor", "kind", "side"])
    table = named.agg(articles=("article", "nunique"), mentions=("article", "size")).reset_index()
    acts = quotations[["article", "quotation", "speaker"]].drop_duplicates().groupby("speaker").size()
    table = table.assign(quotations=table["actor"].map(acts).fillna(0).astype(int))
    return table.sort_values(["mentions", "actor"], ascending=[False, True], ignore_index=True)
