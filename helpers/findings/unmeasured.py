"""What an answer says of the articles that are left out because of their language."""

import pandas as pd

from helpers.findings.words import listed

FINDING, UNKNOWN = "not measured", "an unknown language"
VERDICTS = {
    "all": "Cannot be told: there are no terms in the language of these articles. Left out: {left:,} of {of:,}, in "
    "{languages}.",
    "some": "Left out, because there are no terms in their language: {left:,} of {of:,} articles, in {languages}.",
}


def find_unmeasured(left_out: pd.DataFrame) -> pd.DataFrame:
    """How many articles are left out, by language, the most frequent first.

    left_out  one row per article left out, from list_unmeasured
    returns   one row per language: language, finding, articles (left out), of (all articles)
    """
    named = left_out.assign(language=left_out["language"].replace("", UNKNOWN))
    table = named.groupby("language").agg(articles=("article", "size"), of=("of", "first")).reset_index()
    table.insert(1, "finding", FINDING)
    return table.sort_values("articles", ascending=False, kind="stable", ignore_index=True)


def judge_unmeasured(findings: pd.DataFrame) -> str:
    """How many articles are left out, in which languages: a verdict if it is all of them, else a remark.

    findings  one row per language, from find_unmeasured; at least one
    """
    languages = listed((f"{row.language} ({row.articles:,})" for row in findings.itertuples()), 4)
    case = "all" if is_everything(findings) else "some"
    return VERDICTS[case].format(left=findings["articles"].sum(), of=findings["of"].max(), languages=languages)


def is_everything(findings: pd.DataFrame) -> bool:
    """Whether all articles are left out, so that nothing can be told.

    findings  one row per language, from find_unmeasured
    """
    return len(findings) > 0 and findings["articles"].sum() == findings["of"].max()
