"""One date and one label for each article, from everything that is known of its dates."""

import pandas as pd

from helpers.articles.dates import read_dates
from helpers.articles.judgements import DATED, JUDGED
from helpers.articles.naming import fault_of

FORMS = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
JUDGED_WORDS = [name for name in JUDGED.split() if name not in DATED]


def date_articles(articles: pd.DataFrame, dayfirst: bool | None) -> tuple[pd.DataFrame, list[dict]]:
    """Articles with their dates read, and the faults. Each column of each file is read by itself."""
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
            faults += [fault_of(article, f"{what} {article[what]!r}: {why}", kept=True)] if why else []
        articles = articles.assign(
            **{what: dates["date"], f"{what}_latest": dates["latest"]},
            **{f"{what}_precision": dates["precision"], f"{what}_evidence": evidence},
        )
    for what in ("outlet", "byline"):
        named = zip(articles[what], articles["places"], strict=True)
        articles[f"{what}_evidence"] = [places.get(what, "") if words else "" for words, places in named]
    return articles, faults


def _prefer_own_lines(articles: pd.DataFrame) -> pd.DataFrame:
    """Where a page's text has a date line, drop a date that was only inferred from elsewhere on the page."""
    inferred = articles["places"].map(lambda places: places.get("published", "").startswith("inferred"))
    return articles.assign(published=articles["published"].mask(inferred & articles["published_on_page"].notna(), ""))


def settle(articles: pd.DataFrame) -> pd.DataFrame:
    """One date for each article: that of the event, else of publication. articles.csv goes before the page itself."""
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


def label_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """A short label for each article.

    It is the year, the month or the day, whichever is the shortest that no other article has; the date and a number if
    several share it. An article without a date is labelled by its name, cut short and without Markdown's signs.
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
