"""One rule says which way a frame goes, and where it moves most."""

import pandas as pd
import pytest

from helpers.findings.courses import course_of, find_courses, from_to, title_of_courses


def shares_of(carrying, sentences=10, articles=1, frame="arms_control"):
    table = pd.DataFrame({"carrying": carrying}).assign(sentences=sentences, articles=articles, frame=frame)
    dates = [pd.Timestamp(2010 + i, 1, 1) for i in range(len(table))]
    table = table.assign(label=[str(date.year) for date in dates], date=dates, share=table["carrying"] / sentences)
    return table.assign(ids=["x:1" if many else "" for many in table["carrying"]])


@pytest.mark.parametrize(
    ("carrying", "course"),
    [
        ([], "is undated"),
        ([3], "has a single date"),
        ([0, 0, 0], "is absent from the dates compared"),
        ([0, 2, 0], "appears only in 2011"),
        ([1, 2, 3], "rises"),
        ([4, 3, 4, 2, 1], "falls"),
        ([1, 5, 1], "has no clear direction"),
        ([4, 10, 1, 1, 3], "has no clear direction"),  # falls a little, but peaks between
        ([5, 1, 2, 3, 4], "has no clear direction"),  # ends below its start, though most pairs rise
    ],
)
def test_a_course_is_one_of_a_few_phrases(carrying, course):
    assert course_of(shares_of(carrying)) == course


def test_the_peak_is_found_wherever_it_lies_but_not_in_a_year_of_few_articles():
    shares = shares_of([30, 160, 20, 90, 15], sentences=200, articles=[40, 40, 40, 40, 3])
    row = find_courses(shares, ["arms_control"]).iloc[0]
    assert (row["highest"], row["highest_at"], row["lowest"], row["lowest_at"]) == ("80%", "2011", "10%", "2012")
    assert row["movement"] == pytest.approx(0.7)
    assert from_to(row) == "80% (2011) to 10% (2012)"
    assert (row["last_at"], row["caution"]) == ("2013", "left aside, few articles: 2014 (3)")


@pytest.mark.parametrize(
    ("carrying", "course"), [([21, 22, 24], "hardly moves"), ([11, 5, 2], "falls"), ([20, 30, 33], "rises")]
)
def test_of_many_sentences_a_small_difference_is_no_course_unless_the_share_is_small_itself(carrying, course):
    assert course_of(shares_of(carrying, sentences=1000)) == course


def test_counts_are_given_where_sentences_are_few_and_none_for_zero():
    row = find_courses(shares_of([0, 7]), ["arms_control"]).iloc[0]
    assert (row["first"], row["last"], from_to(row)) == ("none", "7 of 10", "none to 7 of 10")


def test_a_title_says_each_course_once_and_inflects_nothing():
    frames = [shares_of(c, frame=f) for f, c in (("a", [1, 2]), ("b", [2, 1]), ("c_d", [3, 4]))]
    assert title_of_courses(find_courses(pd.concat(frames), ["a", "b", "c_d"])) == "Rising: a and c d; b falls"
