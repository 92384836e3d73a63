"""Dates: what the words say, in the precision in which they say it, and nothing that they leave open."""

import re
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.articles.date_forms import UPDATE, YEAR
from helpers.articles.dates import YEARS, read_alone, read_dates


def read(*words, dayfirst=None):
    """Each of the words of one column as 2012-02-27, 2012-02, 2012 or ""."""
    table = read_dates(pd.Series(words), dayfirst=dayfirst)
    forms = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
    return [row.date.strftime(forms[row.precision]) if row.precision else "" for row in table.itertuples()]


def fault(*words, dayfirst=None):
    return read_dates(pd.Series(words), dayfirst=dayfirst)["fault"].iloc[0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("2012-02-27", "2012-02-27"),
        ("2012-02-27T23:30:00-05:00", "2012-02-27"),
        ("2012-02-27 23:59:59+00:00", "2012-02-27"),
        ("2012/2/7", "2012-02-07"),
        ("20120227", "2012-02-27"),
        ("20120227T101500Z", "2012-02-27"),
        ("2012-03", "2012-03"),
        ("6/2012", "2012-06"),
        ("2012", "2012"),
        ("March 2012", "2012-03"),
        ("marzo de 2012", "2012-03"),
        ("27 February 2012", "2012-02-27"),
        ("Feb. 27, 2012", "2012-02-27"),
        ("February 27, 2012 Monday", "2012-02-27"),
        ("Mon, 27 Feb 2012 10:00:00 GMT", "2012-02-27"),
        ("Mon Feb 27 10:00:03 +0000 2012", "2012-02-27"),
        ("lunes, 27 de febrero de 2012", "2012-02-27"),
        ("5 Ene 2011", "2011-01-05"),
        ("5. März 2012", "2012-03-05"),
        ("Published: March 5, 2012 at 10:15 a.m. EST", "2012-03-05"),
        ("5th of September 2012", "2012-09-05"),
        ("1330300800", "2012-02-27"),
        ("1330300800000", "2012-02-27"),
        ("25/04/2012", "2012-04-25"),
        ("04/25/2012 10:00 PM", "2012-04-25"),
        ("04/04/2012", "2012-04-04"),
        ("25 / 04 / 2012", "2012-04-25"),
        ("25. 4. 2012", "2012-04-25"),
        ("Lunes 25 04 2012", "2012-04-25"),
        ("2012 / 04 / 25", "2012-04-25"),
        ("4 March 2012 - 10.15", "2012-03-04"),
        ("04 / 2012", "2012-04"),
        ("1º de março de 2012", "2012-03-01"),
        ("el 4 de marzo de 2012", "2012-03-04"),
        ("Publicado el 4 de marzo de 2012", "2012-03-04"),
        ("Publié le 1er mars 2012", "2012-03-01"),
        ("Posted on March 4, 2012", "2012-03-04"),
        ("Montag, den 5. März 2012", "2012-03-05"),
        ("2012-03-04, updated 2012-05-06", "2012-03-04"),
        ("27/11/2017 01:57 | Actualizado a 28/11/2017 19:20", "2017-11-27"),
        ("Mis à jour le 28 novembre 2017. Publié le 27 novembre 2017", "2017-11-27"),
        ("March 4, 2012 (Updated: March 5, 2012)", "2012-03-04"),
        ("December 5, 2012 Wednesday  Final Edition", "2012-12-05"),
        ("January 11, 2010 Monday Edition 1; Scotland", "2010-01-11"),
        ("March 8, 2021 Monday, Late Edition - Final", "2021-03-08"),
        ("March 8, 2021 Monday 7:35 AM EST Correction Appended", "2021-03-08"),
        ("27. Februar 2012 Montag 9:50 PM GMT+1", "2012-02-27"),
        ("5 de marzo de 2012 lunes 10:35 AM EST", "2012-03-05"),
        ("8 de marzo del 2021", "2021-03-08"),
        ("le lundi 8 mars 2021", "2021-03-08"),
        ("segunda-feira, 8 de março de 2021", "2021-03-08"),
        ("08-Mar-2021", "2021-03-08"),
        ("12 sept 2020", "2020-09-12"),
        ("Veröffentlicht am 5. März 2012", "2012-03-05"),
    ],
)
def test_a_date_is_read_as_it_is_written(words, said):
    assert read(words) == [said]
    assert fault(words) == ""


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("03/04/2012", "day and month cannot be told apart"),
        ("03 / 04 / 2012", "day and month cannot be told apart"),
        ("03–04–2012", "day and month cannot be told apart"),
        (r"03\04\2012", "day and month cannot be told apart"),
        ("03 04 2012", "day and month cannot be told apart"),
        ("03, 04, 2012", "day and month cannot be told apart"),
        ("3.4. 2012", "day and month cannot be told apart"),
        ("Lunes 03 04 2012", "day and month cannot be told apart"),
        ("03/04 2012", "day and month cannot be told apart"),
        ("04/2012/03", "day and month cannot be told apart"),
        ("0001-01-01 00:00:00Z", "no article is from the year 1"),
        ("9999-12-31", "no article is from the year 9999"),
        ("2500-01-01", "no article is from the year 2500"),
        ("25/12/99", "two digits. Write it 2012-04-03"),
        ("27-Feb-12", "counted from today. Write it 2012-04-03"),
        ("yesterday", "no year of four digits"),
        ("2 days ago", "no year of four digits"),
        ("10:12", "no year of four digits"),
        ("40966", "spreadsheet"),
        ("2012-02-30", "no such day"),
        ("31/02/2012", "no such day"),
        ("2012/13", "no such day"),
        ("0000-00-00", "no such day"),
        ("2012-2013", "more than one year"),
        ("2012-03-04, 2012-05-06", "more than one date"),
        ("March 4, 2012 - 6", "not understood"),
        ("March 4 to April 5, 2012", ""),
        ("Spring 2012", "not understood"),
    ],
)
def test_what_the_words_leave_open_stays_unknown_and_says_why(words, why):
    assert read(words) == [""]
    assert why in fault(words)
    assert read_dates(pd.Series([words]))["evidence"].iloc[0].startswith(f"{words!r} left unknown")


@pytest.mark.parametrize("words", ["", "n/a", "None", "-"])
def test_no_date_is_no_fault(words):
    assert (read(words), fault(words)) == ([""], "")


def test_another_date_of_the_column_decides_the_order_unless_two_contradict_each_other():
    assert read("03/04/2012", "25/04/2012") == ["2012-04-03", "2012-04-25"]
    assert read("03/04/2012", "04/25/2012") == ["2012-03-04", "2012-04-25"]
    assert read("03 / 04 / 2012", "03 04 2012", "25–04–2012") == ["2012-04-03", "2012-04-03", "2012-04-25"]
    assert read("03/04/2012", "25/04/2012", "04/25/2012") == ["", "2012-04-25", "2012-04-25"]
    assert "'25/04/2012' has the day first, '04/25/2012' the month" in fault("03/04/2012", "25/04/2012", "04/25/2012")
    evidence = read_dates(pd.Series(["03/04/2012", "25/04/2012"]))["evidence"]
    assert evidence.str.startswith("inferred").tolist() == [True, False]
    assert "25/04/2012" in evidence.iloc[0]
    assert read("03/04/2012", "25/04/99") == ["", ""], "a year of two digits shows no order: it may be a day"


def test_the_order_is_as_the_reader_says():
    assert read("03/04/2012", dayfirst=True) == ["2012-04-03"]
    assert read("03/04/2012", "03 - 04 - 2012", dayfirst=False) == ["2012-03-04"] * 2
    assert "no such day" in fault("04/25/2012", dayfirst=True)


def test_precision_keeps_the_last_day_too():
    table = read_dates(pd.Series(["2012-02", "2012"]))
    assert table["latest"].tolist() == [pd.Timestamp("2012-02-29"), pd.Timestamp("2012-12-31")]


@pytest.mark.parametrize(
    "words", ["Updated: March 4, 2012", "Actualizado el 4 de marzo de 2012", "Modified 2012-03-04"]
)
def test_the_date_of_an_update_is_none_of_an_article_by_itself(words):
    assert read_alone(words) == ""
    assert read_alone(UPDATE.sub("", words)) == "2012-03-04"


def test_a_date_by_itself_is_told_in_the_same_digits_whatever_it_is_written_in():
    assert [read_alone(words) for words in ("٢٠١٢-٠٢-٢٧", "２０１２-02", "2012", "27 Feb 2012", "2012-13-45")] == [
        "2012-02-27",
        "2012-02",
        "2012",
        "2012-02-27",
        "",
    ]


@pytest.mark.parametrize("year", [1400, 1499, 1500, 1999, 2199, 2200, 9999])
def test_the_years_that_may_be_an_articles_are_the_same_wherever_they_are_asked_for(year):
    assert (year in YEARS) == bool(re.fullmatch(YEAR, str(year))) == bool(read_alone(f"{year}-02-27"))


def test_a_date_to_come_is_kept_and_told():
    assert read("2190-01-01") == ["2190-01-01"]
    assert "future" in fault("2190-01-01")


@given(st.dates(date(1500, 1, 1), date(2020, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%Y%m%d"]))
def test_every_day_comes_back(day, form):
    assert read(day.strftime(form)) == [day.isoformat()]


@given(st.text(max_size=30))
def test_any_words_are_read_without_an_error(words):
    table = read_dates(pd.Series([words], dtype=str))
    assert table["date"].isna().iloc[0] == (table["precision"].iloc[0] == "")
