"""Checks of a corpus: how many of its articles something is true of; one rule for every notebook."""

import pandas as pd

from helpers.findings.words import listed

CHECKS = ["check", "finding", "count", "of", "caution", "ids"]


def check(name: str, count: int, of: int | None = None, *, caution: str = "", ids: str = "") -> dict:
    """One row of a table of checks: check, finding (none, some, all; "in all" where there is no whole), count, of,
    caution (where the count is not zero), ids.

    >>> check("undated", 2, 5, caution="They are in no year.")["finding"]
    'some'
    """
    finding = "none" if not count else {count: "all", None: "in all"}.get(of, "some")
    told = {"check": name, "finding": finding, "count": count, "of": of}
    return told | {"caution": caution if count else "", "ids": ids}


def check_articles(name: str, articles: pd.DataFrame, true: pd.Series, caution: str) -> dict:
    """How many articles something is true of, as a row of checks.

    true  one value per article; a missing one is left out of the whole
    """
    judged = true.dropna().astype(bool)
    ids = " ".join(articles.loc[judged.index[judged], "article"])
    return check(name, int(judged.sum()), len(judged), caution=caution, ids=ids)


def table_of_checks(rows: list[dict]) -> pd.DataFrame:
    """Rows of checks as a table; a count that is not there is empty."""
    table = pd.DataFrame(rows, columns=CHECKS).astype({"count": "Int64", "of": "Int64"})
    return table.fillna({"caution": ""})


def found(checks: pd.DataFrame, names: list[str]) -> str:
    """Those of the checks that are true of any article, with their counts: "undated (2) and outlets unknown (1)"."""
    own = checks[checks["check"].isin(names) & checks["count"].gt(0)]
    return listed((f"{row.check} ({row.count:,})" for row in own.itertuples()), most=4)
