"""Notebook 10's verdict holds for five articles, one, undated ones, and many of one outlet or of many."""

import pandas as pd
import pytest

from helpers.findings.plan import find_plan, judge_plan, title_of_plan
from helpers.findings.words import fits

RATES = pd.DataFrame({"earlier": [0.2, 0.2, 0.0], "later": [0.5, 0.35, 1.0]})


def articles_of(number, outlets=None, dated=True):
    """So many articles, each of a day of its own, from so many outlets in turn (None: one outlet each)."""
    dates = [pd.Timestamp(2010, 1, 1) + pd.Timedelta(days=i) if dated else pd.NaT for i in range(number)]
    names = [f"outlet {i % (outlets or number)}" for i in range(number)]
    return pd.DataFrame({"article": [f"a{i:04}" for i in range(number)], "date": dates, "outlet": names})


def plan(articles, rates=RATES, tests=3, outlets=10):
    return find_plan(rates, articles, tests=tests, outlets=outlets, rho=0.05)


def test_what_is_needed_does_not_depend_on_the_articles_at_hand():
    needed = plan(articles_of(5))["articles needed"].tolist()
    assert [words.split()[0] for words in needed] == ["44", "54", "58", "150", "4", "93"]
    assert plan(articles_of(300, 3))["articles needed"].tolist() == needed


@pytest.mark.parametrize(
    ("articles", "finding", "said"),
    [
        (articles_of(5), "too few", "Here are 3 and 2, too few: they would show such a difference in 0% of studies"),
        (articles_of(40), "too few", "Here are 20 and 20, too few: they would show such a difference in 41%"),
        (articles_of(200), "enough", "Here are 100 and 100: enough."),
        (articles_of(200, 1), "enough", "too few if articles of one outlet are alike"),
        (articles_of(1), "no two periods", "fewer than two dates"),
        (articles_of(9, dated=False), "no two periods", "fewer than two dates"),
        (articles_of(0), "no two periods", "fewer than two dates"),
    ],
)
def test_the_verdict_says_what_it_takes_and_whether_those_here_would_do(articles, finding, said):
    findings = plan(articles)
    verdict = judge_plan(findings)
    assert findings["finding"].iloc[0] == finding
    first = "To tell a frame in 20% of articles from one in 50%, four times in five, takes 44 articles in each"
    assert verdict.startswith(first)
    assert said in verdict
    assert "nan" not in verdict
    assert fits(verdict)


def test_three_against_two_give_a_tenth_at_best_and_three_frames_three_times_that():
    findings = plan(articles_of(5))
    assert findings["smallest p possible here"].iloc[[0, 2]].tolist() == pytest.approx([0.1, 0.3])
    assert findings["smallest p possible here"].isna().tolist() == [False, True, False, False, False, True]


def test_one_frame_needs_no_correction():
    assert not plan(articles_of(5), tests=1)["question"].str.contains("Holm").any()


def test_articles_of_one_outlet_count_as_few():
    assert plan(articles_of(200, 1))["articles here"].iloc[1] == "count as 16.8 and 16.8"
    assert plan(articles_of(200))["articles here"].iloc[1] == "count as 100.0 and 100.0"


def test_differences_out_of_reach_are_told_as_such():
    near = pd.DataFrame({"earlier": [0.2], "later": [0.21]})
    assert "takes more than 200 articles in each of two periods" in judge_plan(plan(articles_of(5), near))
    findings = plan(articles_of(400), near)
    assert findings["finding"].iloc[0] == "too few"
    assert "more than 200" in title_of_plan(findings)
    assert plan(articles_of(5), outlets=1)["articles needed"].iloc[1] == "no number is enough"


def test_of_very_many_articles_power_is_that_of_a_thousand_and_quick():
    assert plan(articles_of(9_000))["chance here"].iloc[0] == "100%"
