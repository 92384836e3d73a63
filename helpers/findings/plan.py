"""Notebook 10: how many articles a study would take."""

import pandas as pd

from helpers.findings.words import percent
from helpers.measures.keyness import halves
from helpers.measures.power import (
    MOST,
    POWER,
    articles_from_outlets,
    articles_needed,
    effective_by_outlet,
    power_of_fisher,
    smallest_p_of_fisher,
)
from helpers.measures.tests import sample_needed

LARGEST = 1_000  # articles in each period: with more, the chance is at least that of these
VERDICT = "To tell {question}, four times in five, takes {needed}. {here}"
HERE = {
    "no two periods": "These articles have fewer than two dates, so there are no periods to compare.",
    "too few": "Here are {articles}, too few: they would show such a difference in {chance} of studies.",
    "enough if independent": "Here are {articles}: enough if no article depends on another, too few if articles of one "
    "outlet are alike.",
    "enough": "Here are {articles}: enough.",
}


def find_plan(pairs: pd.DataFrame, articles: pd.DataFrame, *, tests: int, outlets: int, rho: float) -> pd.DataFrame:
    """What each question takes, and what the articles at hand could answer.

    pairs     one row per difference asked about, the most important first: earlier, later (rates, 0 to 1)
    articles  one row per article, copies left out: article, date, outlet. The two periods are the halves of those dated
    tests     frames tested; the first difference is planned for after Holm's correction, too (its first step)
    outlets   in each period, and rho, the correlation of two articles of one outlet: the first difference is planned
              for with these, too, in the second row
    returns   one row per question: question, articles needed, articles here (text), finding (no two periods, too few,
              enough), chance here (power, with as many articles in each period as the smaller half has), smallest p
              possible here
    """
    periods = [articles[articles["article"].isin(half)] for half in halves(articles)]
    here, asked = list(map(len, periods)), articles_needed(pairs).to_dict("records")
    rows = [_row(_rates(row), row, here) for row in asked]
    rows.insert(1, _clustered(asked[0], periods, outlets, rho))
    if tests > 1:
        strict = articles_needed(pairs.head(1), alpha=0.05 / tests).to_dict("records")[0]
        rows.insert(2, _row(f"the first row, for each of {tests} frames tested (Holm)", strict, here, tests))
    return pd.DataFrame([*rows, _margin(len(articles))])


def judge_plan(findings: pd.DataFrame) -> str:
    """How many articles the first difference takes, and whether those at hand would do.

    findings  one row per question, from find_plan
    """
    first, clustered = findings.iloc[0], findings.iloc[1]
    only = first["finding"] == "enough" and clustered["finding"] != "enough"
    case = "enough if independent" if only else first["finding"]
    here = {"articles": first["articles here"], "chance": first["chance here"]}
    here = HERE[case].format(**here)
    return VERDICT.format(needed=first["articles needed"], question=first["question"], here=here)


def title_of_plan(findings: pd.DataFrame) -> str:
    """The first difference as a figure's title."""
    first = findings.iloc[0]
    return f"To tell {first['question']}, four times in five, takes {first['articles needed']}"


def _rates(asked: dict) -> str:
    earlier, later = (f"{100 * asked[period]:.3g}%" for period in ("earlier", "later"))
    return f"a frame in {earlier} of articles from one in {later}"


def _row(question: str, asked: dict, here: list[float], tests: int = 1) -> dict:
    """One row of find_plan about a difference.

    asked  earlier, later, needed
    here   articles in each of the two periods
    """
    needed, smaller = asked["needed"], min(map(int, here))
    row = {
        "question": question,
        "articles needed": f"{f'more than {MOST}' if pd.isna(needed) else needed} articles in each of two periods",
        "articles here": " and ".join(f"{number:,}" for number in here),
        "finding": "enough" if pd.notna(needed) and min(here) >= needed else "too few",
        "chance here": "",
        "smallest p possible here": float("nan"),
    }
    if not smaller:
        return row | {"finding": "no two periods"}
    chance = power_of_fisher(asked["earlier"], asked["later"], min(smaller, LARGEST), alpha=0.05 / tests)
    row["finding"] = "enough" if chance >= POWER else row["finding"]
    least = min(1.0, tests * smallest_p_of_fisher(*map(int, here)))
    return row | {"chance here": percent(chance), "smallest p possible here": least}


def _clustered(asked: dict, periods: list[pd.DataFrame], outlets: int, rho: float) -> dict:
    """The row of find_plan about articles that are alike within outlets: how many it takes, and what those here count
    as. A smallest p is not given: no test is of so many articles."""
    counts_as = [effective_by_outlet(period, rho) for period in periods]
    question = f"the first row, with {outlets} outlets in each period whose articles are alike (correlation {rho:g})"
    row = _row(question, asked, counts_as) | {"smallest p possible here": float("nan")}
    row["articles here"] = "count as " + " and ".join(f"{number:,.1f}" for number in counts_as)
    if pd.notna(asked["needed"]):
        needed = articles_from_outlets(int(asked["needed"]), outlets, rho)
        row["articles needed"] = f"{needed:,} articles in each of two periods" if needed else "no number is enough"
    return row


def _margin(articles: int) -> dict:
    """The row of find_plan about the interval of a share."""
    needed = sample_needed(0.5, 0.1)
    finding = "enough" if articles >= needed else "too few"
    return {
        "question": "a share of one half to within ten points",
        "articles needed": f"{needed} in all",
        "articles here": f"{articles:,} in all",
        "finding": finding,
    }
