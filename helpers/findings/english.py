"""What lists and rules in English can say of articles that do not read as English."""

import pandas as pd

from helpers.articles.language import not_english

STRANGE = "not English"
CAUTIONS = {
    "most": "Cannot be told: the lists and rules are English, and {count:,} of {of:,} articles do not read as English.",
    "some": "{verdict} Articles that do not read as English: {count:,} of {of:,}.",
}


def mark_not_english(findings: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The findings and, where some articles do not read as English, a first row that says how many.

    findings  one row per claim: about, finding, count, of, ...
    articles  one row per article: article, text
    returns   the same columns; the added row's count is of the articles that are long enough to tell
    """
    strange = not_english(articles)
    row = {"about": "articles", "finding": STRANGE, "count": int(strange.sum()), "of": int(strange.notna().sum())}
    whole = {name: "Int64" for name in findings.select_dtypes("number")}
    return (
        pd.concat([pd.DataFrame([row])[: row["count"]], findings])[list(findings)].astype(whole).reset_index(drop=True)
    )


def if_english(verdict: str, findings: pd.DataFrame) -> str:
    """A verdict of English lists and rules, with a caution where some articles do not read as English; where most do
    not, the caution alone.

    findings  one row per claim: finding, count, of; among them the row that mark_not_english adds
    """
    for row in findings[findings["finding"].eq(STRANGE)].to_dict("records"):
        return CAUTIONS["most" if 2 * row["count"] > row["of"] else "some"].format(verdict=verdict, **row)
    return verdict
