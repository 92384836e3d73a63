"""The articles of a source as one table: read, cleaned, dated, labelled."""

import os
import re
from pathlib import Path

import pandas as pd

from helpers.articles.cleaning import clean, clean_text
from helpers.articles.column_names import STRATA
from helpers.articles.date_forms import split_update
from helpers.articles.dating import date_articles, label_articles, settle
from helpers.articles.document import without_markup
from helpers.articles.judgements import DATED, JUDGED, judge
from helpers.articles.language import tell_languages
from helpers.articles.mending import SENTENCE_END, mend
from helpers.articles.naming import fault_of, name_documents
from helpers.articles.sources import read_source
from helpers.files.kept import kept_table
from helpers.files.tables import SEEDS, require

ARTICLE_TABLE = (
    f"article label date date_latest date_precision date_basis title text removed received {JUDGED} url "
    f"{' '.join(STRATA)} file row"
)
WORDS = ["title", "outlet", "byline", *STRATA]
LEFT_OUT = "file row article kept why"
SEVERAL = "two dates stand above paragraphs: if these are several articles, save each on its own"
# What a reader should know about and cleaning must not touch: a name, and the pattern that finds it.
ODDITIES = {
    "one capitalised word where a verb of saying would stand": r"[\"”],? [A-Z][a-z]+\.$",
    "no space after a closing quotation mark": r"[^\s(\[][\"”](?=[^\W\d_])\w+",
    "a fragment that goes on from the sentence before": r"^As well as\b",
    "a capital after a comma, as if a sentence began": r"(?<=, )(?:In|On|At|The|This|He|She|It)\b",
    "no full stop: a heading, a caption or a sentence cut short": rf"^(?!.*{SENTENCE_END.pattern}).+$",
}


def load_articles(
    source: Path | str | None = None,
    *,
    columns: dict[str, str] | None = None,
    dayfirst: bool | None = None,
    sheet: str | None = None,
) -> pd.DataFrame:
    """Read articles as they were saved or exported, and clean them.

    source    a folder or a file (`read_source` lists the kinds); None: the one that the environment variable SOURCE
              names, else the seeds. A whole page (.txt) is cleaned of all its furniture. A text that is already out of
              its page (a cell of a table, the main text of a web page) loses only what is furniture wherever it is. In
              a folder of .txt files an articles.csv is joined to them (article = file name without .txt; event,
              published, updated with their precision and evidence; outlet; byline)
    columns   what a table's columns are called, if their names are not recognised: {"text": "Wortlaut", "published":
              "Erschienen"}; None: as the file columns.csv in the folder or beside the file says
    dayfirst  True: 03/04/2012 is in April; False: in March; None: unknown unless another date of the column shows it
    sheet     which sheet of each spreadsheet is read; None: the one that the environment variable SHEET names, else the
              first
    returns   one row per article, in order of date: article, label (the shortest date that no other article has),
              date (the first day it can mean), date_latest (the last), date_precision (day, month, year or ""),
              date_basis (event, published or ""; the date of an update is never used), title, text (cleaned),
              removed (one dict per line cut: line, reason, text), received (the text before cleaning), then event,
              published and updated with their precision and evidence, outlet and byline with their evidence, url,
              category, section and type (what kind of text it is, as a table says; "" where unknown), file and row (0:
              the whole file), language (its name in English; "" where the text is too short to tell)
    raises    FileNotFoundError; ValueError if no article can be used, or articles.csv has a fault: it names the file or
              row and what to do. Anything else that cannot be used is skipped and listed by `list_left_out`
    """
    return read_articles(source, columns=columns, dayfirst=dayfirst, sheet=sheet)[0]


def is_seeds() -> bool:
    """Whether the articles are the collection's own, and not those that a reader has brought."""
    return Path(os.environ.get("SOURCE") or SEEDS).resolve() == SEEDS.resolve()


def list_left_out(
    source: Path | str | None = None,
    *,
    columns: dict[str, str] | None = None,
    dayfirst: bool | None = None,
    sheet: str | None = None,
) -> pd.DataFrame:
    """What could not be used in a source, and why.

    returns  one row per fault: file, row (as a spreadsheet or editor numbers it; 0: the whole file), article ("" if
             there is none), kept (True if the article is used in spite of the fault), why

    The source is read again for this. `read_articles` gives this table and the articles in one go.
    """
    return read_articles(source, columns=columns, dayfirst=dayfirst, sheet=sheet)[1]


def read_articles(
    source: Path | str | None = None,
    *,
    columns: dict[str, str] | None = None,
    dayfirst: bool | None = None,
    sheet: str | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The articles of a source, as `load_articles` gives them, and what was left out, as `list_left_out` does."""
    if source is columns is dayfirst is sheet is None:
        kept = kept_table("articles"), kept_table("left_out")
        if all(table is not None for table in kept):
            return kept
    source = Path(source or os.environ.get("SOURCE") or SEEDS)
    articles, left_out = articles_of(*read_source(source, columns, sheet or os.environ.get("SHEET")), source, dayfirst)
    if articles.empty:
        raise ValueError(_nothing(source, left_out.to_dict("records")))
    return articles.assign(language=tell_languages(articles["text"])), left_out


def articles_of(
    documents: list[dict],
    left_out: list[dict],
    judged: dict[str, bytes],
    source: Path | str,
    dayfirst: bool | None = None,
    *,
    part: bool = False,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The documents that `read_source` gives, as the two tables of `read_articles`, but for the language.

    There may be no article at all.

    part  True if these are only some of the documents of the source, so that a row of articles.csv may be about another
    """
    documents, doubles = name_documents(documents)
    cleaned = [_clean(document) for document in documents]
    empty = [fault_of(document, "nothing is left after cleaning") for document in cleaned if not document["text"]]
    several = [fault_of(document, SEVERAL, kept=True) for document in cleaned if _may_be_several(document)]
    articles = pd.DataFrame([document for document in cleaned if document["text"]])
    doubtful, unknown = [], []
    if len(articles):
        articles, doubtful = date_articles(articles, dayfirst)
        articles, unknown = judge(articles, judged, source, dayfirst, part)
        articles = label_articles(settle(articles))
    faults = [{"article": "", **fault} for fault in [*left_out, *doubles, *empty, *several, *doubtful, *unknown]]
    left_out = pd.DataFrame(faults, columns=LEFT_OUT.split()).astype({"row": int, "kept": bool})
    left_out = left_out.sort_values(["file", "row"], kind="stable", ignore_index=True)
    return articles.reindex(columns=ARTICLE_TABLE.split()), left_out


def _nothing(source: Path, faults: list[dict]) -> str:
    """The error when no article can be used, with the first reasons."""
    if not faults:
        remedy = "Save each article there as a .txt file"
        return f"{source}: no file in this folder can hold articles. {remedy}."
    rows = [f", row {fault['row']}" if fault["row"] else "" for fault in faults]
    reasons = [f"{fault['file']}{row}: {fault['why']}" for fault, row in zip(faults, rows, strict=True)]
    more = f" And {len(reasons) - 3} more such faults." if len(reasons) > 3 else ""
    return f"{source}: no article can be used. {'. '.join(reasons[:3])}.{more}"


def _clean(document: dict) -> dict:
    """A document with its text cleaned, and the dates and byline that its page shows."""
    if not document["page"]:
        document = document | {name: mend(without_markup(document[name])) for name in WORDS}
    tidy = clean if document["page"] else clean_text
    page = tidy(document["text"], document["title"])
    on_page = {f"{name}_on_page": page.pop(name) for name in ("published", "updated", "byline")}
    removed = [*page["removed"], *document["removed"]]
    return {**document, **page, **on_page, "removed": removed, "received": document["text"]}


def _may_be_several(document: dict) -> bool:
    """Whether a page has two dates of publication, each with a paragraph within two lines below it."""
    lines = [" ".join(line.split()) for line in document["received"].split("\n") if line.strip()]
    dated = {row["text"] for row in document["removed"] if row["reason"] == "date line"} if document["page"] else ()
    days = {}  # the last date above each paragraph
    for place, line in enumerate(lines):
        below = [at for at in (place + 1, place + 2) if at < len(lines) and _is_paragraph(lines[at])]
        if below and line in dated and split_update(line)[0]:
            days[below[0]] = line
    return len(set(days.values())) > 1


def _is_paragraph(line: str) -> bool:
    return len(line.split()) >= 8 and bool(SENTENCE_END.search(line))


def list_removed(articles: pd.DataFrame) -> pd.DataFrame:
    """What cleaning cut: one row per line: article, line (as numbered in the file), reason, text."""
    require(articles, "article removed", "list_removed: articles, from load_articles")
    rows = [{"article": row.article, **cut} for row in articles.itertuples() for cut in row.removed]
    return pd.DataFrame(rows, columns=["article", "line", "reason", "text"])


def list_dates(articles: pd.DataFrame) -> pd.DataFrame:
    """Every date that is known of every article.

    returns  one row per date: article, label, name (the outlet), what (event, published, updated), first (the day, or
             the first day it can mean), precision, inferred (True or False), words (the date as text), evidence
    """
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
    """Signs of translation and scraping in the texts: one row per sign: article, sentence, oddity, words, text."""
    require(sentences, "article sentence text", "list_oddities: sentences, from split_sentences")
    rows = [
        (row.article, row.sentence, oddity, found[0], row.text)
        for row in sentences.itertuples()
        for oddity, pattern in ODDITIES.items()
        if (found := re.search(pattern, row.text))
    ]
    return pd.DataFrame(rows, columns=["article", "sentence", "oddity", "words", "text"])


def _inferred(evidence: str) -> str:
    """The note beside a date or outlet that the page does not state itself; "" if it does."""
    return " (inferred)" if evidence.startswith("inferred") or "(inferred:" in evidence else ""
