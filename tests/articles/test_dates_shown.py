"""Few articles stand for themselves; many are put together by year or month, and nothing is lost on the way."""

import pandas as pd
import pytest

from helpers.articles.dates_shown import columns_of, columns_only, dates_of, marks_of, pool
from helpers.codebook.hits import share_of_sentences
from helpers.files.tables import join_ids


def corpus(dates):
    dates = pd.to_datetime(pd.Series(dates))
    names = [f"a{i}" for i in range(len(dates))]
    table = {"article": names, "label": [f"label {name}" for name in names], "date": dates}
    return pd.DataFrame(table).assign(date_precision="day")


@pytest.fixture
def shares():
    hits = pd.DataFrame({"article": ["a0", "a1", "a1", "a2"], "sentence": [1, 1, 2, 3], "frame": list("xxyx")})
    hits["frame"] = pd.Categorical(hits["frame"], categories=["y", "x", "z"])
    sentences = [(f"a{i}", n) for i in range(3) for n in range(1, 5)]
    return share_of_sentences(hits, pd.DataFrame(sentences, columns=["article", "sentence"]))


def test_ids_are_joined_by_group_in_the_order_of_the_groups_and_of_the_rows():
    table = pd.DataFrame({"word": ["b", "a", "b", "b"], "ids": ["x:1 x:2", "x:1", "", "y:3"]})
    assert join_ids(table["ids"], table.groupby("word")) == ["x:1", "x:1 x:2 y:3"]
    assert join_ids(table["ids"], table.groupby("word", sort=False)) == ["x:1 x:2 y:3", "x:1"]


def test_few_articles_stay_as_they_are(shares):
    articles = corpus(["2001-02-03", "2001-05-06", None])
    columns = columns_of(articles)
    assert columns["column"].tolist() == ["a0", "a1", "a2"]
    assert columns_of(articles, most=3).equals(columns)
    assert columns_only(columns).equals(articles.drop(columns="date_precision"))
    assert pool(shares, columns).equals(shares)


def test_articles_of_one_first_day_have_the_least_exact_of_their_labels():
    articles = corpus(["2012-01-01", "2012-01-01", "2013-05-06"])
    for labels in (["2012", "2012-01-01", "2013"], ["2012-01-01", "2012", "2013"], ["2012·1", "2012·2", "2013"]):
        dates = columns_only(dates_of(columns_of(articles.assign(label=labels))))
        assert dates["label"].tolist() == ["2012", "2013"]


def test_many_are_put_together_by_year_and_add_up(shares):
    columns = columns_of(corpus(["2001-02-03", "2001-05-06", None, "2003-05-06"]), most=2)
    assert columns_only(columns)["label"].tolist() == ["2001", "undated", "2003"]
    table = pool(shares, columns)
    assert table.columns.tolist() == shares.columns.tolist()
    assert list(zip(table["article"], table["frame"], strict=True)) == [
        (year, frame) for year in ("2001", "undated") for frame in "yxz"
    ]
    row = table[table["article"].eq("2001") & table["frame"].eq("x")].iloc[0]
    assert (row["carrying"], row["sentences"], row["share"], row["ids"]) == (2, 8, 0.25, "a0:1 a1:1")
    assert table["ids"].str.split().str.len().eq(table["carrying"]).all()
    assert table["carrying"].sum() == shares["carrying"].sum()


def test_rates_are_reckoned_anew_and_rows_of_no_article_stay():
    columns = columns_of(corpus(["2001-02-03", "2001-05-06"]).assign(date_precision="year"), most=1)
    rates = pd.DataFrame({"article": ["a0", "a1"], "frame": "x", "hits": [1, 3], "words": [100, 300], "rate": 10.0})
    assert pool(rates, columns)[["article", "hits", "words", "rate"]].to_numpy().tolist() == [["2001", 4, 400, 10.0]]
    counts = pd.DataFrame(
        {"article": ["all", "a0", "a1"], "frame": "x", "count": [9, 4, 5], "label": ["", "one", "two"]}
    )
    table = pool(counts, columns)
    assert table["article"].tolist() == ["all", "2001"] and table["count"].tolist() == [9, 9]
    assert table["label"].tolist()[1] == "2001"


def test_no_article_is_no_harm():
    columns = columns_of(corpus([]))
    assert columns_only(columns).empty and columns_only(dates_of(columns)).empty


def test_articles_of_one_date_are_put_together_under_it(shares):
    articles = corpus(["2001-02-03", "2001-02-03", None]).assign(label=["2001-02-03·1", "2001-02-03·2", "a2"])
    dates = dates_of(columns_of(articles))
    assert columns_only(dates).to_numpy().tolist() == [["a0", "2001-02-03", pd.Timestamp("2001-02-03")]]
    table = pool(shares, dates)
    row = table[table["article"].eq("a0") & table["frame"].eq("x")].iloc[0]
    assert (row["carrying"], row["sentences"], row["ids"]) == (2, 8, "a0:1 a1:1")
    apart = columns_of(corpus(["2001-02-03", "2001-05-06"]))
    assert dates_of(apart).equals(apart)


def test_many_of_one_year_are_put_together_by_month():
    articles = corpus(["2001-02-03", "2001-02-06", "2001-11-06", None])
    columns = columns_of(articles, most=2)
    assert columns["column"].tolist() == columns["label"].tolist() == ["2001-02", "2001-02", "2001-11", "undated"]
    assert columns_only(columns)["date"].tolist()[:2] == [pd.Timestamp("2001-02-01"), pd.Timestamp("2001-11-01")]


def test_a_year_whose_months_are_not_all_known_stays_one():
    articles = corpus(["2001-02-03", "2001-01-01", "2001-11-06"])
    articles["date_precision"] = ["day", "year", "month"]
    columns = columns_of(articles, most=2)
    assert columns["column"].tolist() == ["2001"] * 3


def test_a_mark_is_named_by_as_much_of_its_date_as_no_other_has():
    marks = marks_of(corpus(["2001-02-03", "2012-05-06", "2012-05-06", "2012-06-01", "2021-01-01", "2021-01-02", None]))
    keys = ["2001", "2012-05", "2012-05", "2012-06", "2021-01-01", "2021-01-02", "undated"]
    assert marks["key"].tolist() == keys and marks["date"].tolist()[-1] == ""
    assert marks["mark"].nunique() == 6 and marks["mark"].tolist()[-1] == "undated"
