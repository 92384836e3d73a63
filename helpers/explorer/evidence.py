"""What the explorer shows, from the tables that are there: articles, sentences, hits, votes."""

import pandas as pd

from helpers.articles.dates_shown import marks_of
from helpers.files.tables import require

MOST = 15_000_000  # letters, up to which a page holds every sentence; of more, only those that carry a frame


def gather_evidence(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    hits: pd.DataFrame,
    votes: pd.DataFrame,
    frames: list[str],
    *,
    hits_only: bool = False,
) -> dict:
    """All that the page needs, ready for JSON.

    articles   one row per article, from load_articles
    sentences  one row per sentence, from split_sentences
    hits       one row per term found, from find_hits
    votes      one row per sentence and frame that coders decided, from majority
    frames     the frames in the order wanted
    hits_only  leave out sentences that carry no frame, by codebook or coders; so it is with more than MOST letters

    returns    hits_only; columns, in order of date: key, label, date; articles: article, label, date, column (its
               place in columns), outlet, title, url, sentences (of the whole article), decided (by coders, for each
               frame) and rows. A row is one sentence: its number, whether a paragraph begins with it (1 or 0), its
               text, the hits (place of the frame in `frames`, start, end, negated) and the coders' votes, one sign per
               frame: 1, 0 or "." (undecided); "" where nobody judged it. start and end count from the sentence's
               start, in UTF-16 units, as JavaScript does
    """
    require(articles, "article label date outlet title url text", "gather_evidence: articles, from load_articles")
    hits_only = hits_only or sum(map(len, articles["text"])) > MOST
    columns = marks_of(articles).rename(columns={"mark": "label"})
    rows = _rows(articles, sentences, _spans(hits, sentences, frames), _signs(votes, frames), hits_only)
    whole = sentences.groupby("article").size()
    decided = pd.crosstab(votes["article"], votes["frame"].astype(str)).reindex(columns=frames, fill_value=0)
    keys = list(columns.drop_duplicates("key")["key"])
    told = [
        {
            **{name: getattr(article, name) for name in ("article", "label", "outlet", "title", "url")},
            "date": "" if pd.isna(article.date) else f"{article.date:%Y-%m-%d}",
            "column": keys.index(key),
            "sentences": int(whole.get(article.article, 0)),
            "decided": decided.loc[article.article].tolist() if article.article in decided.index else [],
            "rows": rows.get(article.article, []),
        }
        for article, key in zip(articles.itertuples(), columns["key"], strict=True)
    ]
    shown = columns.drop_duplicates("key")[["key", "label", "date"]]
    return {"hits_only": hits_only, "columns": shown.to_dict("records"), "articles": told}


def _spans(hits: pd.DataFrame, sentences: pd.DataFrame, frames: list[str]) -> dict[tuple, list]:
    """The hits of each sentence, by article and number."""
    spans = {}
    within = sentences[["article", "sentence", "start", "text"]]
    for hit in hits.merge(within, on=["article", "sentence"], suffixes=("", "_of")).itertuples():
        start, end = (_units(hit.text, place - hit.start_of) for place in (hit.start, hit.end))
        one = [frames.index(hit.frame), start, end, int(hit.negated)]
        spans.setdefault((hit.article, hit.sentence), []).append(one)
    return spans


def _signs(votes: pd.DataFrame, frames: list[str]) -> dict[tuple, str]:
    """What coders decided of each sentence, by article and number: one sign per frame."""
    signs = {}
    for vote in votes.itertuples():
        signs.setdefault((vote.article, vote.sentence), ["."] * len(frames))[frames.index(vote.frame)] = str(vote.value)
    return {key: "".join(own) for key, own in signs.items()}


def _rows(articles: pd.DataFrame, sentences: pd.DataFrame, spans: dict, signs: dict, hits_only: bool) -> dict:
    """The sentences of each article, as the page has them."""
    rows, texts = {}, dict(zip(articles["article"], articles["text"], strict=True))
    last, done = None, 0
    for one in sentences.itertuples():
        key, done = (one.article, one.sentence), done if one.article == last else 0
        begins = int("\n" in texts[one.article][done : one.start])
        found, judged = spans.get(key, []), signs.get(key, "")
        if found or "1" in judged or not hits_only:
            rows.setdefault(one.article, []).append([one.sentence, begins, one.text, found, judged])
        last, done = one.article, one.end
    return rows


def _units(text: str, place: int) -> int:
    """A place in a text in UTF-16 units: characters beyond the first 65,536, such as emoji, count twice.

    >>> _units("\\U0001f600 arms", 2)
    3
    """
    return place if text.isascii() else len(text[:place].encode("utf-16-le", "surrogatepass")) // 2
