"""A column for each article while they are few; where they are many, for each year, or each month of a single year."""

import pandas as pd

from helpers.files.tables import join_ids

COLUMNS = 12  # articles that tables and figures show one by one; more are put together


def columns_of(articles: pd.DataFrame, *, most: int = COLUMNS) -> pd.DataFrame:
    """What stands for each article in a table or figure with a column per article.

    articles  one row per article, in order of date: article, label, date, date_precision
    returns   one row per article, in order: article, column (the article; where there are more than `most`, its year,
              its month if all are of one year and their months known, or "undated"), label (of the column), date (of
              the column: its first day)
    """
    if len(articles) <= most:
        return articles[["article", "label", "date"]].assign(column=articles["article"])
    dates = articles["date"]
    monthly = dates.dt.year.nunique() == 1 and articles["date_precision"].ne("year").all()
    column = dates.dt.strftime("%Y-%m" if monthly else "%Y").fillna("undated")
    first = dates.dt.to_period("M" if monthly else "Y").dt.start_time
    return articles[["article"]].assign(column=column, label=column, date=first)


def by_column(counts: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Counts by article as tables and figures show them: by article while these are few, else by year or month.

    counts    one row per article and whatever else it is counted by: article, ..., counts; ids, share, rate if any
    articles  one row per article, from load_articles
    returns   one row per column and whatever else, in order of date: article (the column), label, date, articles (how
              many it stands for), ...
    """
    return _pooled(counts, columns_of(articles))


def by_date(counts: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The same for the dates only: undated articles are left out, articles of the same date are pooled."""
    return _pooled(counts, dates_of(columns_of(articles)))


def _pooled(counts: pd.DataFrame, columns: pd.DataFrame) -> pd.DataFrame:
    own = counts[counts["article"].isin(columns["article"])].drop(columns=["label", "date"], errors="ignore")
    shown = columns_only(columns)
    shown["articles"] = shown["article"].map(columns["column"].value_counts())
    table = shown.merge(pool(own, columns), on="article")
    return table[[*shown, *(name for name in table if name not in shown)]]


def unit_of(columns: pd.DataFrame) -> str:
    """What each column stands for: "article", "month" or "year".

    columns  one row per article: article, column, from columns_of
    """
    if columns["column"].eq(columns["article"]).all():
        return "article"
    return "month" if columns["column"].str.fullmatch(r"\d{4}-\d\d").any() else "year"


def dates_of(columns: pd.DataFrame) -> pd.DataFrame:
    """The columns that have a date, those of one date (the first day it can mean) put together: courses are told of
    dates, so that it does not matter which of the articles of a day stands first or last by its name.

    columns  one row per article, from columns_of
    returns  one row per dated article: article, column (the first of its date), label (the least exact of the date,
             without the number that tells its articles apart), date
    """
    dated = columns.dropna(subset="date")
    groups = dated.assign(bare=dated["label"].astype(str).str.replace(r"·\d+$", "", regex=True)).groupby("date")
    several = groups["column"].transform("nunique").gt(1)
    bluntest = groups["bare"].transform(lambda own: min(own, key=len))
    return dated.assign(column=groups["column"].transform("first"), label=dated["label"].where(~several, bluntest))


def columns_only(columns: pd.DataFrame) -> pd.DataFrame:
    """The columns themselves, as if each were an article: one row per column: article, label, date."""
    own = columns.drop_duplicates("column").drop(columns="article").rename(columns={"column": "article"})
    return own[["article", "label", "date"]].reset_index(drop=True)


def pool(counts: pd.DataFrame, columns: pd.DataFrame) -> pd.DataFrame:
    """Counts by article put together by column: numbers added up, ids joined, share and rate reckoned anew.

    counts   one row per article and whatever else it is counted by: article, ..., counts; ids, share, rate if any.
             Rows of articles that are not in `columns` stay as they are
    columns  one row per article: article, column, from columns_of
    returns  the same columns, one row per column and whatever else, in the same order
    """
    if columns["column"].eq(columns["article"]).all():
        return counts
    names = columns.set_index("article")["column"]
    table = counts.assign(article=counts["article"].map(names).fillna(counts["article"]))
    table = table.drop(columns=["label", "date"], errors="ignore")
    numbers = list(table.select_dtypes("number"))
    groups = table.groupby([n for n in table if n not in [*numbers, "ids"]], sort=False, observed=True)
    table = groups[numbers].sum().reset_index()
    if "ids" in counts:
        table["ids"] = join_ids(counts["ids"], groups)
    for part, whole, result, times in (("carrying", "sentences", "share", 1), ("hits", "words", "rate", 1000)):
        if result in table:
            table[result] = times * table[part] / table[whole]
    if "label" in counts:
        table = table.merge(columns_only(columns)[["article", "label"]], on="article", how="left")
    return table[[name for name in counts if name in table]]
