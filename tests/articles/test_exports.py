"""Exports of press archives are read article by article."""

import re

import pandas as pd
import pytest

from helpers.articles.load import load_articles, read_articles
from tests.articles.made import ONE, ROWS, TWO, as_csv, write


@pytest.mark.parametrize(
    ("first", "second", "rows"),
    [("1 of 2 DOCUMENTS\n\n", "2 of 2 DOCUMENTS\n\n", [3, 8]), ("", "End of Document\n\n", [1, 6])],
)
def test_an_archives_export_of_several_articles_is_read_one_by_one(tmp_path, first, second, rows):
    text = f"{first}The first headline here\n\n{ONE}\n{second}The second headline here\n\n{TWO}\n\n\n"
    articles = load_articles(write(tmp_path, "a.txt", text))
    assert articles["title"].tolist() == ["The first headline here", "The second headline here"]
    assert articles["row"].tolist() == rows
    assert [text.splitlines()[row - 1] for row in rows] == articles["title"].tolist()
    alone = load_articles(write(tmp_path, "b.txt", f"1 of 1 DOCUMENT\n\nThe headline of it here\n\n{ONE}"))
    assert alone[["article", "text", "row"]].to_numpy().tolist() == [["b", ONE, 0]]


PROQUEST = """{bar}

The army goes north, page A1

Author: Doe, Jane

Abstract: A summary of the story.

Full text: {text}

Reason: we shall act, they said. It goes on.

{text}

Subject: Drug trafficking; Cartels

Title: The army goes north

Publication title: The Daily; New York

Publication year: 2012

Publication date: Mar 4, 2012

Publisher: A Company

ISSN: 03624331

ProQuest document ID: {number}

Last updated: 2017-11-15

"""


def test_an_export_of_proquest_is_read_by_its_labels(tmp_path):
    records = [PROQUEST.format(bar="_" * 60, text=text, number=number) for text, number in [(ONE, 4306), (TWO, 4307)]]
    short = PROQUEST.replace("Full text: ", "")
    records.append(short.format(bar="_" * 60, text=ONE, number=4308))
    text = f"{''.join(records)}{'_' * 60}\nContact us at: http://www.proquest.com/help\n"
    articles, left_out = read_articles(write(tmp_path, "a.txt", text))
    assert articles["article"].tolist() == ["a-4306", "a-4307"]
    assert articles["text"].iloc[0] == f"{ONE}\n\nReason: we shall act, they said. It goes on.\n\n{ONE}"
    assert set(articles["title"]) == {"The army goes north"}
    assert set(articles["outlet"]) == {"The Daily; New York"}
    assert articles["byline"].tolist() == ["Doe, Jane"] * 2
    assert articles["published"].tolist() == [pd.Timestamp("2012-03-04")] * 2
    places = [text.splitlines()[row - 1] for row in [*articles["row"], *left_out["row"]]]
    assert places == ["The army goes north, page A1"] * 3 + ["Contact us at: http://www.proquest.com/help"]
    assert left_out["why"].str.contains("none of its lines begins with Full text:").all()


LINKED = PROQUEST.replace(
    "ProQuest document ID: {number}", "ProQuest document link: https://www.proquest.com/docview/7"
)


def test_an_export_of_proquest_without_ids_is_known_by_two_full_texts(tmp_path):
    records = [LINKED, re.sub("Full text: .*?\n\nSubject", "Full text: Not available.\n\nSubject", LINKED, flags=re.S)]
    text = "".join(records).format(bar="_" * 20, text=ONE)
    articles, left_out = read_articles(write(tmp_path, "a.txt", text))
    assert articles["text"].str.startswith(ONE).tolist() == [True]
    assert articles["published"].tolist() == [pd.Timestamp("2012-03-04")]
    assert articles["url"].tolist() == ["https://www.proquest.com/docview/7"]
    assert left_out["why"].tolist() == ["no text: ProQuest says 'Not available'"]


@pytest.mark.parametrize("head", ["", "Report Information from ProQuest\n25 November 2026 10:00\n"])
def test_one_record_of_proquest_is_known_by_its_labels_or_the_head_of_its_export(tmp_path, head):
    text = f"{'_' * 20}\n{head}{LINKED}".format(bar="_" * 20, text=ONE)
    article = load_articles(write(tmp_path, "a.txt", text)).iloc[0]
    assert (article["text"][: len(ONE)], article["title"]) == (ONE, "The army goes north")


FACTIVA = """World News
Mexico and the United States agree

By Jane Doe
612 words
{day} March 2012
10:30
The Wall Street Journal
J
A{day}
English
(Copyright (c) 2012, Dow Jones & Company, Inc.)

{text}

Document J000000020120305e8350000{day}

"""


def test_an_export_of_factiva_is_read_document_by_document(tmp_path):
    documents = "".join(FACTIVA.format(day=day, text=text) for day, text in [(4, ONE), (5, TWO)])
    articles, left_out = read_articles(write(tmp_path, "a.txt", f"{documents}Search Summary\nText  mexico\n"))
    assert articles["text"].tolist() == [ONE, TWO]
    assert articles["row"].tolist() == [1, 18]
    assert articles["published"].tolist() == [pd.Timestamp("2012-03-04"), pd.Timestamp("2012-03-05")]
    assert set(articles["title"]) == {"Mexico and the United States agree"}
    assert set(articles["outlet"]) == {"The Wall Street Journal"}
    assert left_out[["row", "kept", "why"]].to_numpy().tolist() == [
        [35, False, "not an article: the cover or the end of an export"]
    ]
    alone = load_articles(write(tmp_path, "2011-01-01.txt", FACTIVA.format(day=4, text=ONE))).iloc[0]
    assert (alone["text"], alone["row"], alone["date"]) == (ONE, 0, pd.Timestamp("2012-03-04"))


TAGGED = """HD {cell}
Mexico and the United States agree
BY {cell}By Jane Doe
WC {cell}612 words
PD {cell}{day} March 2012
SN {cell}The Wall Street Journal
CY {cell}(Copyright (c) 2012, Dow Jones & Company, Inc.)
LP {cell}
{text}

TD {cell}
IN short, it goes on.
CO {cell}
usmex : Mexico
AN {cell}Document J000000020120305e8350000{day}

"""


def test_an_export_of_factiva_with_its_tags_is_read_by_them(tmp_path):
    documents = [TAGGED.format(cell="\t", day=day, text=text) for day, text in [(4, ONE), (5, TWO)]]
    articles = load_articles(write(tmp_path, "a.txt", "".join(documents).replace("\n", "\r\n")))
    assert articles["text"].tolist() == [f"{text}\n\nIN short, it goes on." for text in (ONE, TWO)]
    assert articles["published"].tolist() == [pd.Timestamp("2012-03-04"), pd.Timestamp("2012-03-05")]
    assert set(articles["title"]) == {"Mexico and the United States agree"}
    assert set(articles["outlet"]) == {"The Wall Street Journal"}
    assert load_articles(write(tmp_path, "b.txt", documents[0]))["outlet"].tolist() == ["The Wall Street Journal"]


NEXIS = """Mexico and the United States Agree on a Pact

The New York Times

{date}

Copyright 2012 The New York Times Company All Rights Reserved

Section: Section A; Column 0; Foreign Desk; Pg. 6

Length: 1,612 words

Byline: By JANE DOE

Highlight: A summary of the story.

Body


{text}

URL: http://www.nytimes.com/2012/03/04/a.html

Graphic

PHOTO: Soldiers march. (PHOTOGRAPH BY JANE DOE)

Classification


Load-Date: March 6, 2012


End of Document


"""
LEXIS = """                 {n} of 2 DOCUMENTS

                    The Guardian (London)

                    March {n}, 2012 Sunday
                    Final Edition

A headline of the story here

BYLINE: By JANE DOE

LENGTH: 612 words

{text}

LOAD-DATE: March 6, 2012

"""


def test_an_older_export_of_nexis_gives_outlet_and_date(tmp_path):
    documents = [LEXIS.format(n=n, text=text) for n, text in [(1, ONE), (2, TWO)]]
    for name, text in [("a.txt", "".join(documents)), ("b.txt", documents[0])]:
        articles = load_articles(write(tmp_path, name, text))
        assert articles["text"].tolist() == [ONE, TWO][: len(articles)]
        assert set(articles["title"]) == {"A headline of the story here"}
        assert set(articles["outlet"]) == {"The Guardian (London)"}
        assert articles["published"].iloc[0] == pd.Timestamp("2012-03-01")
        assert articles["published_evidence"].iloc[0] == "'March 1, 2012 Sunday' (the head of Nexis's document)"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_export_of_nexis_gives_outlet_date_and_body(tmp_path, end):
    dates = ["March 4, 2012 Sunday, Late Edition - Final", "5 de marzo de 2012 lunes 10:35 AM EST"]
    documents = [NEXIS.format(date=date, text=text) for date, text in zip(dates, [ONE, TWO], strict=True)]
    articles = load_articles(write(tmp_path, "a.txt", "".join(documents).replace("\n", end)))
    assert articles["text"].tolist() == [ONE, TWO]
    assert articles["published"].tolist() == [pd.Timestamp("2012-03-04"), pd.Timestamp("2012-03-05")]
    assert set(articles["title"]) == {"Mexico and the United States Agree on a Pact"}
    assert set(articles["outlet"]) == {"The New York Times"}
    assert set(articles["byline"]) == {"JANE DOE"}
    alone = f"Page 1 of 2\nMexico and the United States Agree on a Pact\n\n{documents[0]}".replace("\n", end)
    alone = load_articles(write(tmp_path, "b.txt", alone)).iloc[0]
    assert (alone["row"], alone["outlet"], alone["text"]) == (0, "The New York Times", ONE)


def test_a_text_file_may_hold_a_table_as_a_spreadsheet_saves_it(tmp_path):
    table = as_csv(ROWS, "\t").decode()
    assert load_articles(write(tmp_path, "a.txt", table.encode("utf-16")))["text"].tolist() == [ONE, TWO]
    page = load_articles(write(tmp_path, "b.txt", f"Date and text of the pact\n{table.split(chr(10), 1)[1]}"))
    assert len(page) == 1


def test_a_line_of_underscores_divides_no_other_page(tmp_path):
    text = f"A headline of five words\n\n{ONE}\n{'_' * 40}\n{TWO}"
    assert load_articles(write(tmp_path, "a.txt", text))["text"].tolist() == [f"{ONE}\n\n{TWO}"]


@pytest.mark.parametrize(
    ("name", "line", "date", "evidence"),
    [
        ("2012-03-04 - El Universal - headline.txt", "", "2012-03-04", "'2012-03-04' (inferred: the file's name)"),
        ("20120304_headline.txt", "", "2012-03-04", "'2012-03-04' (inferred: the file's name)"),
        ("2012-03-04.txt", "Published March 5, 2012\n", "2012-03-05", "a date line of the page"),
        ("20121399-1.txt", "", "", ""),
        ("430631112.txt", "", "", ""),
    ],
)
def test_a_day_at_the_beginning_of_a_files_name_is_inferred_at_most(tmp_path, name, line, date, evidence):
    article = load_articles(write(tmp_path, name, f"A headline of five words\n{line}\n{ONE}")).iloc[0]
    assert ["" if pd.isna(article["date"]) else f"{article['date']:%F}", article["published_evidence"]] == [
        date,
        evidence,
    ]
