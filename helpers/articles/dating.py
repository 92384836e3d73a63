"""One date and one label for each article, from everything that is known of its dates."""

from pathlib import PurePosixPath

import pandas as pd

from helpers.articles.dates import read_dates
from helpers.articles.judgements import DATED, JUDGED
from helpers.articles.naming import fault_of

FORMS = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
JUDGED_WORDS = [name for name in JUDGED.split() if name not in DATED]


def date_articles(articles: pd.DataFrame, dayfirst: bool | None) -> tuple[pd.DataFrame, list[dict]]:
    """Articles with their dates read, and the faults.

    The columns of a file are read each by itself. The dates of pages, given or shown in a line, are read together with
    those of the other pages of the folder: one of them may show the order of day and month.
    """
    faults, articles = [], _prefer_own_lines(articles)
    lines = articles
    for what in DATED:
        dates, shown = _read_dates(lines, what, dayfirst)
        grounds = zip(dates["evidence"], articles["places"], strict=True)
        evidence = [f"{words} ({places.get(what, '')})" if words else "" for words, places in grounds]
        for article, why in zip(articles.to_dict("records"), dates["fault"], strict=True):
            faults += [fault_of(article, f"{what} {article[what]!r}: {why}", kept=True)] if why else []
        articles = articles.assign(
            **{what: dates["date"], f"{what}_latest": dates["latest"]},
            **{f"{what}_precision": dates["precision"], f"{what}_evidence": evidence},
        )
        if what != "event":
            articles, more = _with_lines(articles, what, shown)
            faults += more
    for what in ("outlet", "byline"):
        named = zip(articles[what], articles["places"], strict=True)
        articles[f"{what}_evidence"] = [places.get(what, "") if words else "" for words, places in named]
    return articles, faults


def _read_dates(articles: pd.DataFrame, what: str, dayfirst: bool | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The dates given for the articles, one row each; and those in lines of their texts (article: the index)."""
    page, folder = articles["row"].eq(0), articles["file"].map(lambda file: PurePosixPath(file).parent.as_posix())
    column = articles["places"].map(lambda places: places.get(what, ""))
    place = pd.DataFrame({"file": articles["file"].mask(page, folder), "column": column.mask(page, "")})
    words = [place.assign(words=articles[what], read="given")]
    for other in DATED[1:]:
        lines = place.assign(words=articles[f"{other}_on_page"], column="", read="shown" if other == what else "beside")
        words.append(lines.explode("words").dropna(subset="words"))
    words = pd.concat(words).rename_axis("at").reset_index()
    groups = words.groupby(["file", "column"], sort=False)["words"]
    read = words.join(pd.concat([read_dates(group, dayfirst=dayfirst) for _, group in groups])).set_index("at")
    return read[read["read"].eq("given")], read[read["read"].eq("shown")]


def _with_lines(articles: pd.DataFrame, what: str, shown: pd.DataFrame) -> tuple[pd.DataFrame, list[dict]]:
    """Articles with the date that the lines of their texts agree on; and the faults, where it would be needed."""
    faults, days, evidence = [], {}, {}
    for at, lines in shown.groupby(level=0):
        known, why = lines["date"].dropna().unique(), lines["fault"].iloc[0]
        if len(known) == 1 and len(lines) == lines["date"].notna().sum():
            days[at] = known[0]
            evidence[at] = "" if lines["evidence"].iloc[0][0] in "'\"" else f"{lines['evidence'].iloc[0]}: "
        elif pd.isna(articles.at[at, what]):
            words = " and ".join(map(repr, lines["words"]))
            why = "these are not one date" if len(known) > 1 or not why else why
            faults.append(fault_of(articles.loc[at].to_dict(), f"{what} {words} on the page: {why}", kept=True))
    days, evidence = pd.Series(days, dtype="datetime64[ns]"), pd.Series(evidence, dtype=str)
    return articles.assign(
        **{
            f"{what}_on_page": days.reindex(articles.index),
            f"{what}_grounds": evidence.reindex(articles.index).fillna(""),
        }
    ), faults


def _prefer_own_lines(articles: pd.DataFrame) -> pd.DataFrame:
    """Where a page's text has a date line, drop a date that was only inferred from elsewhere on the page."""
    inferred = articles["places"].map(lambda places: places.get("published", "").startswith("inferred"))
    return articles.assign(published=articles["published"].mask(inferred & articles["published_on_page"].map(bool), ""))


def settle(articles: pd.DataFrame) -> pd.DataFrame:
    """One date for each article: that of the event, else of publication. articles.csv goes before the page itself."""
    articles = articles.copy()
    for what in ("published", "updated"):
        on_page = articles[what].isna() & articles[f"{what}_on_page"].notna()
        articles[f"{what}_precision"] = articles[f"{what}_precision"].mask(on_page, "day")
        articles[f"{what}_evidence"] = articles[f"{what}_evidence"].mask(
            on_page, articles[f"{what}_grounds"] + "a date line of the page"
        )
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
