"""Notebook 01: every doubt is counted, and the verdict is short on any corpus."""

import pandas as pd
import pytest

from helpers.articles.load import list_removed, load_articles
from helpers.files.tables import label_rows
from helpers.findings.corpus import find_corpus, judge_corpus, list_ends, list_sentences_cut, title_of_dates
from helpers.findings.words import fits
from helpers.text.split import measure_articles, split_sentences, split_words


def findings_of(articles):
    sentences = split_sentences(articles)
    cut = list_sentences_cut(label_rows(list_removed(articles), articles))
    return find_corpus(articles, measure_articles(articles, sentences, split_words(sentences)), cut)


@pytest.fixture(scope="module")
def findings(articles):
    return findings_of(articles).set_index("check")


def test_counts_are_those_of_the_seeds(findings):
    assert findings["count"].tolist() == [5, 58, 1605, 0, 3, 2, 0, 2, 2, 0, 3, 6]


def test_ids_name_the_articles_counted(findings, articles):
    doubts = findings[findings["of"].eq(5)]
    assert doubts["ids"].str.split().str.len().tolist() == doubts["count"].tolist()
    assert set(" ".join(doubts["ids"]).split()) <= set(articles["article"])
    inferred = set(findings.at["dates inferred", "ids"].split())
    assert set(articles.loc[articles["article"].isin(inferred), "label"]) == {"2008", "2017", "2021"}


def test_the_verdict_names_what_is_not_sure_and_only_that(findings):
    verdict = judge_corpus(findings.reset_index())
    assert "dates inferred (3)" in verdict and "undated" not in verdict and fits(verdict)
    sure = findings.assign(count=findings["count"].where(findings["of"].isna(), 0)).reset_index()
    assert judge_corpus(sure).endswith("Every date is stated to the day, and every outlet by name.")


def test_undated_articles_and_a_single_one_are_told_as_such(articles):
    undated = articles.assign(date=pd.NaT, date_latest=pd.NaT, event=pd.NaT, published=pd.NaT, updated=pd.NaT)
    assert judge_corpus(findings_of(undated)).startswith("Articles: 5, none with a date; sentences: 58;")
    assert "undated" not in judge_corpus(findings_of(undated))
    assert judge_corpus(findings_of(articles.head(1))).startswith("Articles: 1, of February 2008; sentences: 13;")


def test_neighbours_are_in_doubt_only_where_a_date_is_not_exact(tmp_path):
    def overlapping(*dates):
        pd.DataFrame({"date": dates, "text": [f"They met {d}." for d in dates]}).to_csv(tmp_path / "a.csv")
        found = findings_of(load_articles(tmp_path / "a.csv")).set_index("check")
        return int(found.at["might change places with the next", "count"])

    assert overlapping("2011-03-09", "2011-03-09", "2011-04-01") == 0
    assert overlapping("2011-03", "2011-03-09", "2011-04-01") == 1
    assert overlapping("2011", "2011-03-09", "2012") == 1


def test_an_update_years_late_is_the_title(articles):
    assert title_of_dates(articles) == "Dated by its update, an article would be 13 years off"
    assert title_of_dates(articles.assign(updated=pd.NaT)) == "Articles by date"


def test_a_line_that_is_printed_elsewhere_is_no_lost_sentence():
    rows = [
        ("separator", "-"),
        ("page tool", "Hi, what is it?"),
        ("printed before, word for word", "They met on Monday."),
    ]
    removed = pd.DataFrame(rows, columns=["reason", "text"]).assign(label="2011", line=1)
    assert list_sentences_cut(removed)["text"].tolist() == ["Hi, what is it?"]


def test_ends_are_cut_at_words():
    sentences = pd.DataFrame(
        {"label": "a", "text": ["word " * 30 + "end.", "They met.", "They.", "last " * 30 + "one."]}
    )
    row = list_ends(sentences, width=20).iloc[0]
    assert row["begins"] == "word word word …" and row["ends"] == "… last last last one."
