"""Articles: read as they were saved, cleaned, dated."""

import os
import re
from pathlib import Path

import pandas as pd

from helpers.cleaning import SENTENCE_END, clean
from helpers.tables import SEEDS, read_table, require

PRECISIONS = {"day": (r"\d{4}-\d\d-\d\d", "D"), "month": (r"\d{4}-\d\d", "M"), "year": (r"\d{4}", "Y"), "": ("", "D")}
DATED = ("event", "published", "updated")
JUDGED = " ".join(f"{what} {what}_precision {what}_evidence" for what in DATED)
JUDGED += " outlet outlet_evidence byline byline_evidence"
JUDGED_WORDS = [name for name in JUDGED.split() if name not in DATED]
ARTICLE_TABLE = f"article label date date_latest date_precision date_basis title text removed {JUDGED}"

# What a reader should know of and cleaning must not touch: a name, and the words that show it.
ODDITIES = {
    "one capitalised word where a verb of saying would stand": r"[\"”],? [A-Z][a-z]+\.$",
    "no space after a closing quotation mark": r"[^\s(\[][\"”](?=[^\W\d_])\w+",
    "a fragment that goes on from the sentence before": r"^As well as\b",
    "a capital after a comma, as if a sentence began": r"(?<=, )(?:In|On|At|The|This|He|She|It)\b",
    "no full stop: a heading, a caption or a sentence cut short": rf"^(?!.*{SENTENCE_END.pattern}).+$",
}


def load_articles(source: Path | str | None = None) -> pd.DataFrame:
    """Read a folder of articles, one .txt file each, and clean them.

    source   the folder (None: the one that the environment variable SOURCE names, else the seeds); an articles.csv in
             it (article = file name without .txt, event, published, updated with their precision and evidence,
             outlet, byline) is joined to the files
    returns  one row per article, in order of date: article, label (shortest date that tells it from the others),
             date (first day it can mean), date_latest (last day), date_precision (day, month, year or ""),
             date_basis (event, published or ""; an update stamp is never taken for a date), title, text (cleaned),
             removed (one dict per line cut: line, reason, text), then event, published and updated with their precision
             and evidence, outlet and byline with their evidence
    raises   FileNotFoundError, ValueError naming the file or row and what to do
    """
    source = source or os.environ.get("SOURCE") or SEEDS
    files = sorted(Path(source).glob("*.txt"))
    if not files:
        raise FileNotFoundError(f"{source}: no .txt file in this folder. Save each article as one .txt file there.")
    articles = pd.DataFrame([{"article": file.stem, **clean(read_text(file))} for file in files])
    for row in articles[articles["text"].eq("")].itertuples():
        raise ValueError(f"{source}/{row.article}.txt: nothing is left after cleaning. Take the file out or fill it.")
    judged = load_judgements(Path(source) / "articles.csv")
    for line, article in judged["article"].items():
        if article not in set(articles["article"]):
            raise ValueError(
                f"{source}/articles.csv, line {line}: no file {article}.txt. Mend the name or delete the row."
            )
    articles = articles.merge(judged, on="article", how="left", suffixes=("_on_page", ""))
    return _label(_settle(articles))[ARTICLE_TABLE.split()]


def read_articles(source: Path | str | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The articles of a source, as `load_articles` gives them, and what was left out."""
    return load_articles(source), pd.DataFrame(columns="file row article kept why".split())


def read_text(file: Path) -> str:
    """A file's text: UTF-8 (or UTF-16 with its mark), and what is neither as Windows-1252."""
    raw = file.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def list_removed(articles: pd.DataFrame) -> pd.DataFrame:
    """What cleaning took: one row per line cut: article, line (as numbered in the file), reason, text."""
    require(articles, "article removed", "list_removed: articles, from load_articles")
    rows = [{"article": row.article, **cut} for row in articles.itertuples() for cut in row.removed]
    return pd.DataFrame(rows, columns=["article", "line", "reason", "text"])


def list_dates(articles: pd.DataFrame) -> pd.DataFrame:
    """Every date known of every article: one row each: article, label, name (the outlet), what (event, published,
    updated), first (the day, or the first it can mean), precision, words (the date as text), evidence."""
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
            "words": f"{what} {forms[row[f'{what}_precision']].format(row[what])}{_inferred(row[f'{what}_evidence'])}",
            "evidence": row[f"{what}_evidence"],
        }
        for row in articles.to_dict("records")
        for what in DATED
        if pd.notna(row[what])
    ]
    return pd.DataFrame(rows, columns="article label name what first precision words evidence".split())


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
    return " (inferred)" if evidence.startswith("inferred") else ""


def load_judgements(file: Path | str = SEEDS / "articles.csv") -> pd.DataFrame:
    """What was judged of each article's dates and outlet, and on what evidence.

    file     a CSV file, one row per article; where there is none, nothing was judged
    returns  one row per article: the columns of the file, and for event, published and updated the first day the date
             can mean (event, ...) and the last (event_latest, ...), NaT where unknown
    raises   ValueError naming the file, the line and the date that is not of its precision
    """
    if not Path(file).exists():
        table = pd.DataFrame({"article": []}, dtype=str)
    else:
        table = read_table(Path(file), "article", optional=JUDGED)
    table = table.reindex(columns=["article", *JUDGED.split()], fill_value="")
    for line, article in table["article"].items():
        if table["article"].eq(article).sum() > 1:
            raise ValueError(f"{file}, line {line}: {article!r} stands in two rows. Delete one.")
    for what in DATED:
        dates = zip(table.index, table[what], table[f"{what}_precision"], strict=True)
        spans = [_days(date, precision, f"{file}, line {line}: {what}") for line, date, precision in dates]
        table[what] = pd.to_datetime([first for first, _ in spans])
        table[f"{what}_latest"] = pd.to_datetime([last for _, last in spans])
    return table


def _days(date: str, precision: str, place: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first and the last day a date can mean; NaT for none."""
    form, freq = PRECISIONS.get(precision, ("(?!)", ""))
    if not re.fullmatch(form, date):
        raise ValueError(
            f"{place} is {date!r}, precision {precision!r}. Write 2012-02-27 day or 2012-02 month or 2012 year."
        )
    try:
        period = pd.Period(date, freq=freq) if date else None
    except ValueError as error:
        raise ValueError(f"{place} is {date!r}, which is no date. Mend it.") from error
    return (period.start_time, period.end_time.normalize()) if period else (pd.NaT, pd.NaT)


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
    """A short name for each article: its year, month or day, whichever tells it from the others, else its file."""
    labels = articles["article"]
    for form, freq in [("%Y-%m-%d", {"day"}), ("%Y-%m", {"day", "month"}), ("%Y", set(PRECISIONS))]:
        dates = articles["date"].dt.strftime(form)
        alone = ~dates.duplicated(keep=False) & articles["date"].notna() & articles["date_precision"].isin(freq)
        labels = dates.where(alone, labels)
    return articles.assign(label=labels)
