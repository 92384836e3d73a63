"""Articles: read as they were saved, cleaned, dated."""

import os
import re
from pathlib import Path

import pandas as pd

from helpers.articles.cleaning import clean, clean_text
from helpers.articles.dating import date_articles, label_articles, settle
from helpers.articles.document import without_markup
from helpers.articles.judgements import DATED, JUDGED, judge
from helpers.articles.mending import SENTENCE_END, mend
from helpers.articles.naming import fault_of, name_documents
from helpers.articles.sources import read_source
from helpers.files.tables import SEEDS, require

ARTICLE_TABLE = (
    f"article label date date_latest date_precision date_basis title text removed received {JUDGED} url file row"
)
LEFT_OUT = "file row article kept why"
# What a reader should know of and cleaning must not touch: a name, and the words that show it.
ODDITIES = {
    "one capitalised word where a verb of saying would stand": r"[\"”],? [A-Z][a-z]+\.$",
    "no space after a closing quotation mark": r"[^\s(\[][\"”](?=[^\W\d_])\w+",
    "a fragment that goes on from the sentence before": r"^As well as\b",
    "a capital after a comma, as if a sentence began": r"(?<=, )(?:In|On|At|The|This|He|She|It)\b",
    "no full stop: a heading, a caption or a sentence cut short": rf"^(?!.*{SENTENCE_END.pattern}).+$",
}


def load_articles(
    source: Path | str | None = None, *, columns: dict[str, str] | None = None, dayfirst: bool | None = None
) -> pd.DataFrame:
    """Read articles, as they were saved or exported, and clean them.

    source    a folder or a file (see `read_source` for the kinds); None: what the environment variable SOURCE names,
              else the seeds. Whole pages (.txt) are cleaned of all furniture; texts that are out of their page already
              (a table's, a web page's main text) only of what is furniture wherever it stands. In a folder of .txt an
              articles.csv (article = file name without .txt, event, published, updated with their precision and
              evidence, outlet, byline) is joined to the files
    columns   where a table's columns are not recognised by their names: {"text": "Wortlaut", "published": "Erschienen"}
    dayfirst  whether 03/04/2012 is of April; None: only where another date of the column shows it
    returns   one row per article, in order of date: article, label (shortest date that tells it from the others),
              date (first day it can mean), date_latest (last day), date_precision (day, month, year or ""),
              date_basis (event, published or ""; an update stamp is never taken for a date), title, text (cleaned),
              removed (one dict per line cut: line, reason, text), received (the text before cleaning), then event,
              published and updated with their precision and evidence, outlet and byline with their evidence, url, file
              and row (0: the whole file)
    raises    FileNotFoundError; ValueError where nothing can be used, or articles.csv is at fault, naming the file or
              row and what to do. What cannot be used does not stop the rest: `list_left_out` tells of it
    """
    return read_articles(source, columns=columns, dayfirst=dayfirst)[0]


def list_left_out(
    source: Path | str | None = None, *, columns: dict[str, str] | None = None, dayfirst: bool | None = None
) -> pd.DataFrame:
    """What of a source could not be used: one row per fault: file, row (as a spreadsheet or an editor numbers it; 0:
    the whole file), article ("" where there is none), kept (True where the article is used in spite of it), why. The
    source is read for it; `read_articles` gives this table and the articles in one reading."""
    return read_articles(source, columns=columns, dayfirst=dayfirst)[1]


def read_articles(
    source: Path | str | None = None, *, columns: dict[str, str] | None = None, dayfirst: bool | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The articles of a source, as `load_articles` gives them, and what was left out, as `list_left_out` does."""
    source = Path(source or os.environ.get("SOURCE") or SEEDS)
    articles, left_out = articles_of(*read_source(source, columns), source, dayfirst)
    if articles.empty:
        raise ValueError(_nothing(source, left_out.to_dict("records")))
    return articles, left_out


def articles_of(
    documents: list[dict],
    left_out: list[dict],
    judged: dict[str, bytes],
    source: Path | str,
    dayfirst: bool | None = None,
    *,
    part: bool = False,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What read_source gives, as articles and what was left out; `part` if these are not all documents of the source,
    so that a row of articles.csv may be about another. Articles may be none."""
    documents, doubles = name_documents(documents)
    cleaned = [_clean(document) for document in documents]
    empty = [fault_of(document, "nothing is left after cleaning") for document in cleaned if not document["text"]]
    articles = pd.DataFrame([document for document in cleaned if document["text"]])
    doubtful, unknown = [], []
    if len(articles):
        articles, doubtful = date_articles(articles, dayfirst)
        articles, unknown = judge(articles, judged, source, dayfirst, part)
        articles = label_articles(settle(articles))
    faults = [{"article": "", **fault} for fault in [*left_out, *doubles, *empty, *doubtful, *unknown]]
    left_out = pd.DataFrame(faults, columns=LEFT_OUT.split()).astype({"row": int, "kept": bool})
    left_out = left_out.sort_values(["file", "row"], kind="stable", ignore_index=True)
    return articles.reindex(columns=ARTICLE_TABLE.split()), left_out


def _nothing(source: Path, faults: list[dict]) -> str:
    """That no article could be read, with the first reasons."""
    if not faults:
        remedy = "Save each article as one .txt file there"
        return f"{source}: no .txt file in this folder, nor any other that can hold articles. {remedy}."
    rows = [f", row {fault['row']}" if fault["row"] else "" for fault in faults]
    told = [f"{fault['file']}{row}: {fault['why']}" for fault, row in zip(faults, rows, strict=True)]
    more = f" And {len(told) - 3} more such faults." if len(told) > 3 else ""
    return f"{source}: no article can be used. {'. '.join(told[:3])}.{more}"


def _clean(document: dict) -> dict:
    """A document with its text cleaned; dates and byline of the page beside its own."""
    if not document["page"]:
        document = document | {name: mend(without_markup(document[name])) for name in ("title", "outlet", "byline")}
    page = clean(document["text"]) if document["page"] else clean_text(document["text"], document["title"])
    on_page = {f"{name}_on_page": page.pop(name) for name in ("published", "updated", "byline")}
    return {**document, **page, **on_page, "received": document["text"]}


def list_removed(articles: pd.DataFrame) -> pd.DataFrame:
    """What cleaning took: one row per line cut: article, line (as numbered in the file), reason, text."""
    require(articles, "article removed", "list_removed: articles, from load_articles")
    rows = [{"article": row.article, **cut} for row in articles.itertuples() for cut in row.removed]
    return pd.DataFrame(rows, columns=["article", "line", "reason", "text"])


def list_dates(articles: pd.DataFrame) -> pd.DataFrame:
    """Every date known of every article: one row each: article, label, name (the outlet), what (event, published,
    updated), first (the day, or the first it can mean), precision, inferred, words (the date as text), evidence."""
    require(articles, f"article label {JUDGED}", "list_dates: articles, from load_articles")
    forms = {"day": "{0.day} {0:%B %Y}", "month": "{0:%B %Y}", "year": "{0:%Y}"}
    rows = [
        {
            "article": row["article"],
            "label": row["label"],
            "name": f"{row['outlet'] or 'outlet unknown'}{_inferred(row['outlet_evidence'])}",
            "what": what,
            "first": row[what],
            "precision": row[f"{what}_precision"],
            "inferred": bool(_inferred(row[f"{what}_evidence"])),
            "words": f"{what} {forms[row[f'{what}_precision']].format(row[what])}{_inferred(row[f'{what}_evidence'])}",
            "evidence": row[f"{what}_evidence"],
        }
        for row in articles.to_dict("records")
        for what in DATED
        if pd.notna(row[what])
    ]
    return pd.DataFrame(rows, columns="article label name what first precision inferred words evidence".split())


def list_oddities(sentences: pd.DataFrame) -> pd.DataFrame:
    """Signs of translation and scraping left in the text: one row per sign: article, sentence, oddity, words, text."""
    require(sentences, "article sentence text", "list_oddities: sentences, from split_sentences")
    rows = [
        (row.article, row.sentence, oddity, found[0], row.text)
        for row in sentences.itertuples()
        for oddity, pattern in ODDITIES.items()
        if (found := re.search(pattern, row.text))
    ]
    return pd.DataFrame(rows, columns=["article", "sentence", "oddity", "words", "text"])


def _inferred(evidence: str) -> str:
    """What is said beside a date or outlet that was judged, or read, from something else than a statement of it."""
    return " (inferred)" if evidence.startswith("inferred") or "(inferred:" in evidence else ""
