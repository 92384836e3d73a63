"""Records of ProQuest whose marks are missing, and what stands between the labels below a text."""

import pytest

from helpers.articles.load import list_removed, read_articles
from tests.articles.made import ONE, TWO, write

RECORD = """{title}

Author: Ruiz, Ana

Publication info: The Daily Argus ; Nogales [Nogales]{d:02} Mar 2021: A.3.

Abstract: Two trucks.

Full text: {text}

Subject: Arms; Customs

Location: Mexico

Publication title: The Daily Argus

Publication date: Mar {d}, 2021

{note}ProQuest document ID: 10155954{d}

Database: ProQuest Central"""


def record(d, text, title="Rifles stopped", note=""):
    return RECORD.format(d=d, text=text, title=title, note=note)


@pytest.mark.parametrize("between", ["\n\n", f"\n\n{'-' * 40}\n\n", "\n____\n\n", f" {'_' * 40}\n"])
@pytest.mark.parametrize("title", ["Guards leave", "Guards: they leave", "Guards leave the bridge\nof Nogales"])
@pytest.mark.parametrize("without", ["Author: Ruiz, Ana\n\n", ""])
def test_a_second_full_text_begins_a_record(tmp_path, between, title, without):
    text = record(8, ONE) + between + record(9, TWO, title)
    text = text.replace(without, "") if without else text
    articles, _ = read_articles(write(tmp_path, "a.txt", text))
    assert articles["article"].tolist() == ["101559548", "101559549"]
    assert articles["text"].tolist() == [ONE, TWO]
    assert articles["title"].tolist() == ["Rifles stopped", title.split("\n")[0]]
    assert [f"{day:%d}" for day in articles["date"]] == ["08", "09"]


def test_a_line_of_the_text_that_names_a_full_text_begins_no_record(tmp_path):
    text = f"{ONE}\n\nFull text: it is in the paper of Friday.\n\n{TWO}"
    articles, _ = read_articles(write(tmp_path, "a.txt", record(8, text)))
    assert articles["text"].tolist() == [text]


def test_a_note_among_the_labels_is_kept_apart(tmp_path):
    articles, _ = read_articles(write(tmp_path, "a.txt", record(8, ONE, note="(Provided by Argus Inc.)\n\n")))
    assert articles[["text", "outlet"]].to_numpy().tolist() == [[ONE, "The Daily Argus"]]
    assert list_removed(articles)["text"].tolist() == ["(Provided by Argus Inc.)"]


@pytest.mark.parametrize(
    "end", ["Subject: She was asked about it.\n\nRuiz: We had to go.", "Location: that is unclear."]
)
def test_a_label_that_is_repeated_below_belongs_to_the_text(tmp_path, end):
    articles, _ = read_articles(write(tmp_path, "a.txt", record(8, f"{ONE}\n\n{end}")))
    assert articles["text"].tolist() == [f"{ONE}\n\n{end}"]
