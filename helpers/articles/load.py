"""Articles: read as they were saved, cleaned, dated."""

import os
import re
from collections import Counter
from pathlib import Path, PurePosixPath

import pandas as pd

from helpers.articles.cleaning import SENTENCE_END, clean, clean_text, mend
from helpers.articles.dates import read_dates
from helpers.articles.document import without_markup
from helpers.articles.sources import JUDGEMENTS, read_source, unpacked
from helpers.files.tables import SEEDS, require, table_from

FORMS = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
DATED = ("event", "published", "updated")
JUDGED = " ".join(f"{what} {what}_precision {what}_evidence" for what in DATED)


JUDGED += " outlet outlet_evidence byline byline_evidence"


JUDGED_WORDS = [name for name in JUDGED.split() if name not in DATED]
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


def is_seeds() -> bool:
    """Whether the articles are the collection's own, and not those that a reader has brought."""
    return Path(os.environ.get("SOURCE") or SEEDS).resolve() == SEEDS.resolve()


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
    documents, doubles = _name(documents)
    cleaned = [_clean(document) for document in documents]
    empty = [_fault(document, "nothing is left after cleaning") for document in cleaned if not document["text"]]
    articles = pd.DataFrame([document for document in cleaned if document["text"]])
    doubtful, unknown = [], []
    if len(articles):
        articles, doubtful = _date(articles, dayfirst)
        articles, unknown = _judge(articles, judged, source, dayfirst, part)
        articles = _label(_settle(articles))
    faults = [{"article": "", **fault} for fault in [*left_out, *doubles, *empty, *doubtful, *unknown]]
    left_out = pd.DataFrame(faults, columns=LEFT_OUT.split()).astype({"row": int, "kept": bool})
    left_out = left_out.sort_values(["file", "row"], kind="stable", ignore_index=True)
    return articles.reindex(columns=ARTICLE_TABLE.split()), left_out


def _name(documents: list[dict]) -> tuple[list[dict], list[dict]]:
    """Each document with a name of its own that holds no space, from its id, else its file and row; and those whose id
    an earlier one has. A bare number, or quanteda's text1, counts within its file only."""
    named, faults, first = [], [], {}
    stems = Counter(stem_of(document) for document in documents if not document["row"])
    for document in documents:
        name = document["id"] or stem_of(document)
        if document["row"] and (not document["id"] or re.fullmatch(r"(?:text)?\d{1,6}", document["id"])):
            name = f"{stem_of(document)}-{document['id'] or document['row']}"
        elif not document["id"] and stems[name] > 1:
            name = document["file"]
        name = name_of(name)
        if name in first and first[name]["id"] != document["id"]:
            name = f"{name}-{document['row']}"
        if name in first:
            what = "the same text" if document["text"] == first[name]["text"] else "another text"
            place = f"{first[name]['file']}, row {first[name]['row']}"
            faults.append(_fault(document, f"the id {document['id'] or name!r} stands in {place} too, with {what}"))
        else:
            first[name] = document
            named.append({"article": name, **document})
    return named, faults


def name_of(words: str) -> str:
    """An article's name as it is kept: lists of "article:sentence" are divided by spaces."""
    return re.sub(r"[\s:]+", "_", words.strip())


def stem_of(document: dict) -> str:
    """A document's file without the endings that tell its kind."""
    return str(unpacked(document["file"]).with_suffix(""))


def _fault(document: dict, why: str, kept: bool = False) -> dict:
    article = document["article"] if kept else ""
    return {"file": document["file"], "row": document["row"], "article": article, "kept": kept, "why": why}


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


def _date(articles: pd.DataFrame, dayfirst: bool | None) -> tuple[pd.DataFrame, list[dict]]:
    """Articles with their dates read, each column of each file by itself; and the dates at fault."""
    faults, articles = [], _prefer_own_lines(articles)
    for what in DATED:
        files = articles["file"].where(articles["row"].gt(0) | articles[what].str.contains("/"), "")
        columns = (
            articles["places"].map(lambda places, what=what: places.get(what, "")).where(articles["row"].gt(0), "")
        )
        groups = articles[what].groupby([files, columns], sort=False)
        dates = pd.concat([read_dates(group, dayfirst=dayfirst) for _, group in groups]).loc[articles.index]
        grounds = zip(dates["evidence"], articles["places"], strict=True)
        evidence = [f"{words} ({places.get(what, '')})" if words else "" for words, places in grounds]
        for article, why in zip(articles.to_dict("records"), dates["fault"], strict=True):
            faults += [_fault(article, f"{what} {article[what]!r}: {why}", kept=True)] if why else []
        articles = articles.assign(
            **{what: dates["date"], f"{what}_latest": dates["latest"]},
            **{f"{what}_precision": dates["precision"], f"{what}_evidence": evidence},
        )
    for what in ("outlet", "byline"):
        named = zip(articles[what], articles["places"], strict=True)
        articles[f"{what}_evidence"] = [places.get(what, "") if words else "" for words, places in named]
    return articles, faults


def _prefer_own_lines(articles: pd.DataFrame) -> pd.DataFrame:
    """Articles without the dates that were only inferred from somewhere on a page, where its text has a date line."""
    inferred = articles["places"].map(lambda places: places.get("published", "").startswith("inferred"))
    return articles.assign(published=articles["published"].mask(inferred & articles["published_on_page"].notna(), ""))


def _judge(
    articles: pd.DataFrame, judged: dict[str, bytes], source: Path | str, dayfirst: bool | None, part: bool
) -> tuple[pd.DataFrame, list[dict]]:
    """Articles with what each articles.csv judges of the dates and outlets of the .txt files in its folder; and the
    columns it has besides."""
    if not judged:
        return articles, []
    rows, faults = {}, []
    places = [(document, stem_of(document)) for document in articles.to_dict("records")]
    keys = [name_of(f"{stem}-{document['row']}" if document["row"] else stem) for document, stem in places]
    for folder, raw in judged.items():
        name = (PurePosixPath(folder) / JUDGEMENTS).as_posix()
        table, more = judgements_from(raw, f"{source}/{name}", dayfirst)
        for line, row in zip(table.index, table.to_dict("records"), strict=True):
            key = name_of((PurePosixPath(folder) / row["article"]).as_posix())
            if key not in keys and not part:
                remedy = "Mend the name or delete the row"
                raise ValueError(
                    f"{source}/{name}, line {line}: no file {row['article']}.txt that can be used. {remedy}."
                )
            rows[key] = row
        why = f"not used of it: the columns {', '.join(map(repr, more))}. Known are article {JUDGED}"
        faults += [{"file": name, "row": 0, "kept": True, "why": why}] if more and not part else []
    documents = [document | rows.get(key, {}) for (document, _), key in zip(places, keys, strict=True)]
    return pd.DataFrame(documents).assign(article=articles["article"]), faults


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


def judgements_from(raw: bytes, name: str, dayfirst: bool | None = None) -> tuple[pd.DataFrame, list[str]]:
    """What an articles.csv judges of each article's dates and outlet, and the columns it has besides.

    raw      the file's bytes, one row per article. Where a date's precision is not given, it is the one that the date
             shows: 2012-02-27 or March 4, 2012; 2012-02; 2012
    name     what to call it where something is wrong
    returns  one row per article: article (without .txt), the columns of the file, and for event, published and updated
             the first day the date can mean (event, ...) and the last (event_latest, ...), NaT where unknown
    raises   ValueError naming the file, the line and the date that cannot be read or is not of its precision
    """
    table = table_from(raw, name)
    if "article" not in table:
        remedy = f"Rename one of: {', '.join(table.columns)}"
        raise ValueError(f"{name}: no column article, which names each file without its .txt. {remedy}.")
    more = [column for column in table.columns if column not in ("article", *JUDGED.split())]
    table = table.reindex(columns=["article", *JUDGED.split()], fill_value="")
    table["article"] = table["article"].str.replace(r"(?i)\.txt$", "", regex=True)
    for line, article in table.loc[table["article"].duplicated(keep=False), "article"].items():
        raise ValueError(f"{name}, line {line}: {article!r} stands in two rows. Delete one.")
    for what in DATED:
        dates, given = read_dates(table[what], dayfirst=dayfirst), table[f"{what}_precision"]
        bad = (dates["date"].isna() & dates["fault"].ne("")) | (given.ne("") & given.ne(dates["precision"]))
        for line in table.index[bad]:
            why = dates.at[line, "fault"] or f"the date is of the precision {dates.at[line, 'precision']!r}"
            raise ValueError(
                f"{name}, line {line}: {what} is {table.at[line, what]!r}, precision {given[line]!r}: {why}. "
                "Write 2012-02-27, 2012-02 or 2012; a column of precisions, if there is one, must say day, month or "
                "year to match."
            )
        inferred = dates["evidence"].where(dates["evidence"].str.startswith("inferred"), "")
        table[f"{what}_evidence"] = table[f"{what}_evidence"].mask(table[f"{what}_evidence"].eq(""), inferred)
        table[[what, f"{what}_latest", f"{what}_precision"]] = dates[["date", "latest", "precision"]]
    return table, more


def _settle(articles: pd.DataFrame) -> pd.DataFrame:
    """One date for each article: the event's, else that of publication. What was judged goes before the page's own."""
    articles = articles.copy()
    for what in ("published", "updated"):
        on_page = articles[what].isna() & articles[f"{what}_on_page"].notna()
        articles[f"{what}_precision"] = articles[f"{what}_precision"].mask(on_page, "day")
        articles[f"{what}_evidence"] = articles[f"{what}_evidence"].mask(on_page, "a date line of the page")
        for day in (what, f"{what}_latest"):
            articles[day] = articles[day].fillna(articles[f"{what}_on_page"])
    articles[JUDGED_WORDS] = articles[JUDGED_WORDS].fillna("")
    articles["byline"] = articles["byline"].where(articles["byline"].ne(""), articles["byline_on_page"])
    event = articles["event"].notna()
    articles["date_basis"] = event.map({True: "event", False: "published"}).where(
        event | articles["published"].notna(), ""
    )
    for date, part in [("date", ""), ("date_latest", "_latest"), ("date_precision", "_precision")]:
        articles[date] = articles[f"event{part}"].where(event, articles[f"published{part}"])
    return articles.sort_values(["date", "date_latest", "article"], ignore_index=True)


def _label(articles: pd.DataFrame) -> pd.DataFrame:
    """A short name for each article: its year, month or day, whichever tells it from the others; its date and a number
    where others share it; where it has no date its name, cut short, without the signs that Markdown takes for its own.
    """
    names = articles["article"].str.replace(r"[\\`*{}\[\]<>|$~#]+", "", regex=True).str.strip("_")
    names = names.where(names.ne(""), "article")
    labels = names.map(lambda name: name if len(name) <= 24 else f"{name[:23]}…")
    for precision, form in FORMS.items():
        labels = articles["date"].dt.strftime(form).where(articles["date_precision"].eq(precision), labels)
    for form, precisions in [("%Y-%m-%d", {"day"}), ("%Y-%m", {"day", "month"}), ("%Y", {*FORMS})]:
        dates = articles["date"].dt.strftime(form)
        alone = ~dates.duplicated(keep=False) & articles["date_precision"].isin(precisions)
        labels = dates.where(alone, labels)
    numbers = labels.groupby(labels).cumcount().add(1).astype(str)
    return articles.assign(label=labels.where(~labels.duplicated(keep=False), labels + "·" + numbers))
