"""Notebook 01: what is in the corpus, and what of it is not sure."""

import textwrap

import pandas as pd

from helpers.articles.language import not_english
from helpers.articles.load import list_dates
from helpers.findings.checks import check, check_articles, found, table_of_checks
from helpers.findings.words import first_that_fits

VERDICT = "Articles: {articles}, {when}; sentences: {sentences}; words: {words}. {sure}"
WHEN = {"dated": "from {first} to {last}", "one month": "of {first}", "undated": "none with a date"}
SURE = "Every date is stated to the day, and every outlet by name."
NOT_SURE = "Not sure: {doubts}."
DOUBTS = {
    "undated": "Nothing can be said of their place in time.",
    "dates inferred": "Not stated, but concluded from other evidence, shown below.",
    "dates less exact than a day": "Each counts as the first day it can mean.",
    "might change places with the next": "Their dates overlap with that of the next.",
    "outlets unknown": "Not told apart from one another.",
    "outlets inferred": "Concluded from its address or from other parts of the page.",
    "not read as English": "The lists are English, and so is the collection's codebook.",
}
CUT = "lines cut that are sentences of their own"
LAST_DATE = "would move if dated by the last date on the page"


def find_corpus(articles: pd.DataFrame, sizes: pd.DataFrame, cut: pd.DataFrame) -> pd.DataFrame:
    """How much there is, and what is not sure of how many articles.

    articles  one row per article, from load_articles
    sizes     one row per article: sentences, words, from measure_articles
    cut       one row per sentence cut, from list_sentences_cut
    returns   one row per check: check, finding (all, some, none), count, of, caution, ids (the articles)
    """
    rows = [check("articles", len(articles), caution=_when(articles["date"].dropna()))]
    rows += [check(what, int(sizes[what].sum())) for what in ("sentences", "words")]
    rows += [check_articles(name, articles, true, DOUBTS[name]) for name, true in _doubts(articles).items()]
    rows += [check_articles(LAST_DATE, articles, _moved(articles), "The notebooks never go by an update.")]
    lines = int(articles["removed"].str.len().sum())
    rows += [check(CUT, len(cut), lines, caution="Listed below: is one of the news among them?")]
    return table_of_checks(rows)


def judge_corpus(findings: pd.DataFrame) -> str:
    """How many articles, sentences and words there are, from when to when, and what is not sure of them.

    findings  one row per check, from find_corpus
    """
    rows = findings.set_index("check")
    about = rows["count"].map("{:,}".format)[["articles", "sentences", "words"]].to_dict()
    about["when"] = rows.at["articles", "caution"]
    told = about["when"] == WHEN["undated"]
    doubts = found(findings, [name for name in DOUBTS if name != "undated" or not told])
    ways = (NOT_SURE.format(doubts=doubts) if doubts else SURE, "")
    return first_that_fits(VERDICT.format(sure=sure, **about).strip() for sure in ways)


def title_of_dates(articles: pd.DataFrame) -> str:
    """What the dates show, as a figure's title: how wrong an update would be, if any is a year or more late."""
    late = (articles["updated"] - articles["date"]).max().days / 365.25
    return f"Dated by its update, an article would be {late:.0f} years off" if late >= 1 else "Articles by date"


def list_sentences_cut(removed: pd.DataFrame) -> pd.DataFrame:
    """The lines cut that read as whole sentences and are nowhere else in the article.

    removed  one row per line cut: label, line, reason, text, from list_removed
    returns  one row per line: label, line, reason, text
    """
    text, printed = removed["text"], removed["reason"].str.startswith("printed before")
    whole = text.str.contains(r"[.!?]\W*$") & text.str.split().str.len().ge(4)
    return removed.loc[whole & ~printed, ["label", "line", "reason", "text"]]


def list_ends(sentences: pd.DataFrame, width: int = 60) -> pd.DataFrame:
    """How each article begins and ends, to see whether too much or too little was cut: label, begins, ends."""
    ends = sentences.groupby("label", sort=False)["text"].agg(["first", "last"])
    ends["first"] = [textwrap.shorten(text, width, placeholder=" …") for text in ends["first"]]
    ends["last"] = [f"… {text[-width:].partition(' ')[2]}" if len(text) > width else text for text in ends["last"]]
    return ends.reset_index().rename(columns={"first": "begins", "last": "ends"})


def _when(dates: pd.Series) -> str:
    """From when to when the articles are.

    dates  in order
    """
    months = dates.dt.strftime("%B %Y").unique()
    case = {0: "undated", 1: "one month"}.get(len(months), "dated")
    ends = dict(zip(("first", "last"), months[[0, -1]], strict=True)) if len(months) else {}
    return WHEN[case].format(**ends)


def _doubts(articles: pd.DataFrame) -> dict[str, pd.Series]:
    """For each doubt whether it is true of each article."""
    basis = list_dates(articles).query("what != 'updated'").drop_duplicates("article")
    inferred = basis.loc[basis["inferred"].astype(bool), "article"]
    dated, outlet = articles["date"].notna(), articles["outlet"].ne("")
    return {
        "undated": ~dated,
        "dates inferred": articles["article"].isin(inferred),
        "dates less exact than a day": dated & articles["date_precision"].ne("day"),
        "might change places with the next": _overlaps(articles),
        "outlets unknown": ~outlet,
        "outlets inferred": outlet & articles["outlet_evidence"].str.startswith("inferred"),
        "not read as English": not_english(articles),
    }


def _overlaps(articles: pd.DataFrame) -> pd.Series:
    """Whether each article may be later than the next; two that are known to be of one day are not in doubt."""
    after, exact = articles.shift(-1), articles["date"].eq(articles["date_latest"])
    return articles["date_latest"].ge(after["date"]) & ~(exact & after["date"].eq(after["date_latest"]))


def _moved(articles: pd.DataFrame) -> pd.Series:
    """Whether each article would stand in another place if all were dated by the last date known of the page."""
    last_known = articles["updated"].fillna(articles["published"]).fillna(articles["date"]).dropna()
    order = last_known.sort_values(kind="stable").index
    return pd.Series(order != last_known.index, index=last_known.index).reindex(articles.index, fill_value=False)
