"""What a column of a table or figure stands for: an article while there are few, else a year or a month.

Tables by article go through `by_column` or `by_date`. `columns_of` says which article belongs to which column.
"""

import pandas as pd

from helpers.files.tables import join_ids

UNDATED = "undated"
MOST = 12  # articles shown one by one; more are pooled by year or month


def columns_of(articles: pd.DataFrame, *, most: int = MOST) -> pd.DataFrame:
    """The column of a table or figure that each article belongs to.

    Up to `most` articles have a column each. More are pooled by year, or by month if all are of one year and every
    month is known. Articles without a date share the column "undated".

    articles  one row per article, in order of date: article, label, date, date_precision
    returns   one row per article, in the same order: article, column, label (of the column), date (its first day)
    """
    if len(articles) <= most:
        return articles[["article", "label", "date"]].assign(column=articles["article"])
    dates = articles["date"]
    monthly = dates.dt.year.nunique() == 1 and articles["date_precision"].ne("year").all()
    column = dates.dt.strftime("%Y-%m" if monthly else "%Y").fillna(UNDATED)
    first = dates.dt.to_period("M" if monthly else "Y").dt.start_time
    return articles[["article"]].assign(column=column, label=column, date=first)


def by_column(counts: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Counts by article, pooled as tables and figures show them: by article while there are few, else by year or month.

    counts    one row per article and whatever else it is counted by: article, ..., counts; ids, share, rate if any
    articles  one row per article, from load_articles
    returns   one row per column and whatever else, in order of date: article (the column), label, date, articles (how
              many it stands for), ... Counts are added up, ids joined, shares and rates computed anew
    """
    return _pooled(counts, columns_of(articles))


def by_date(counts: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The same by date: articles of the same date are pooled, those without a date are left out."""
    return _pooled(counts, dates_of(columns_of(articles)))


def _pooled(counts: pd.DataFrame, columns: pd.DataFrame) -> pd.DataFrame:
    known = counts[counts["article"].isin(columns["article"])].drop(columns=["label", "date"], errors="ignore")
    shown = columns_only(columns)
    shown["articles"] = shown["article"].map(columns["column"].value_counts())
    table = shown.merge(pool(known, columns), on="article")
    return table[[*shown, *(name for name in table if name not in shown)]]


def dates_of(columns: pd.DataFrame) -> pd.DataFrame:
    """The columns that have a date, pooled by it, so that the order of articles of one day does not matter.

    columns  one row per article, from columns_of
    returns  one row per dated article: article, column (the first one of its date), label (the least exact of the date,
             without the number that tells its articles apart), date
    """
    dated = columns.dropna(subset="date")
    groups = dated.assign(bare=dated["label"].astype(str).str.replace(r"·\d+$", "", regex=True)).groupby("date")
    several = groups["column"].transform("nunique").gt(1)
    least_exact = groups["bare"].transform(lambda labels: min(labels, key=len))
    return dated.assign(column=groups["column"].transform("first"), label=dated["label"].where(~several, least_exact))


def marks_of(articles: pd.DataFrame) -> pd.DataFrame:
    """The mark of a figure by date that each article belongs to: those of one date share it, undated ones have one too.

    articles  one row per article, from load_articles
    returns   one row per article, in the same order: article, mark (what a reader sees: 2008, undated), key (how a link
              names it: the shortest beginning of its date that no other mark has; a year, a month or a day), date (as
              text, "" where there is none)
    """
    dated = dates_of(columns_of(articles)).set_index("article").reindex(articles["article"])
    date = dated["date"].dt.strftime("%Y-%m-%d").fillna("")
    key = date.where(date.ne(""), UNDATED)
    for size in (10, 7, 4):
        short = date.str[:size]
        key = key.where(date.eq("") | date.groupby(short).transform("nunique").gt(1), short)
    table = pd.DataFrame({"mark": dated["label"].fillna(UNDATED), "key": key, "date": date})
    return table.reset_index()


def columns_only(columns: pd.DataFrame) -> pd.DataFrame:
    """One row per column, as if it were an article: article, label, date."""
    table = columns.drop_duplicates("column").drop(columns="article").rename(columns={"column": "article"})
    return table[["article", "label", "date"]].reset_index(drop=True)


def pool(counts: pd.DataFrame, columns: pd.DataFrame) -> pd.DataFrame:
    """Counts by article, pooled by column: numbers are added up, ids joined, shares and rates computed anew.

    counts   one row per article and whatever else it is counted by: article, ..., counts; ids, share, rate if any.
             Rows of articles that are not in `columns` stay as they are
    columns  one row per article: article, column, from columns_of
    returns  the same, one row per column and whatever else, in the same order
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
