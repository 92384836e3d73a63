"""Notebook 02's verdict holds on any corpus: five articles, one, two, undated, many."""

import pandas as pd
import pytest

from helpers.articles.copies import find_pairs, group_copies
from helpers.codebook.terms import as_codebook
from helpers.findings.marks import (
    NO_WORD,
    NOTHING,
    ONE,
    ONE_HERE,
    OTHERS,
    SEVERAL,
    find_marks,
    halves_of,
    judge_marks,
    list_behind,
    list_marks,
    list_names,
    list_other_words,
    title_of_marks,
    years_of,
)
from helpers.findings.words import fits
from helpers.measures.keyness import count_words, find_names, with_sentences
from helpers.text.split import split_sentences, split_words


def articles_of(*texts, dates=None):
    names = [f"a{i:02}" for i in range(len(texts))]
    dates = pd.to_datetime(dates or [f"{2001 + i}-01-01" for i in range(len(texts))], errors="coerce")
    table = pd.DataFrame({"article": names, "text": texts, "date": dates, "date_precision": "day"})
    years = table["date"].dt.strftime("%Y").fillna(table["article"])
    number = years.groupby(years).cumcount().add(1).astype(str)
    return table.assign(label=years.where(~years.duplicated(keep=False), years + "·" + number))


def everything(articles, fewest=3):
    sentences = split_sentences(articles)
    words, copies = split_words(sentences), group_copies(find_pairs(articles), articles)
    counts, names = count_words(words), find_names(words)
    years, halved = years_of(articles), halves_of(articles)
    marks = list_marks(counts, names, copies, years | halved, fewest=fewest, with_names=False)
    marks = with_sentences(marks, counts, sentences, years | halved)
    return dict(locals(), findings=find_marks(marks, years, halved, copies))


def verdict_of(articles):
    return judge_marks(everything(articles)["findings"], articles, fewest=3)


def test_words_that_tie_share_a_row_and_its_sentences(articles):
    findings = everything(articles)["findings"].set_index("period")
    row = findings.loc["2008"]
    assert (row["words"], row["times here"], row["finding"]) == ("identifying and move", "3 of 3", ONE)
    assert findings.loc["2022", ["words", "times here", "articles elsewhere"]].tolist() == ["arms", "7 of 8", "1 of 4"]
    assert len(set(findings.loc["2022", "ids"].split())) == 5


def test_fewer_than_three_uses_are_no_finding():
    texts = ["Arms came. Arms left. He saw them.", "Rain came. Rain left. He saw it."]
    assert everything(articles_of(*texts))["findings"]["finding"].tolist() == [NO_WORD] * 2
    assert verdict_of(articles_of(*texts)) == NOTHING["none"].format(fewest=3)


def test_the_verdict_can_be_read_at_once_and_says_whose_words_they_are(articles):
    verdict = verdict_of(articles)
    assert verdict.startswith("In one article only: identifying and move (2008)")
    assert "arms (2022)" in verdict and fits(verdict)


def test_one_article_has_nothing_to_be_compared_with(articles):
    assert verdict_of(articles.head(1)) == NOTHING["one"]
    assert title_of_marks(everything(articles.head(1))["findings"]) == "No word stands out"


def test_of_two_articles_each_is_compared_with_the_other_and_no_halves_are_made():
    both = articles_of("rain rain rain fell.", "arms arms arms fell.")
    assert halves_of(both) == {}
    assert everything(both)["findings"]["compared with"].tolist() == [OTHERS] * 2


def test_without_dates_articles_are_compared_and_it_is_said():
    undated = articles_of("rain rain rain fell.", "arms arms arms fell.", "it fell.", dates=[None] * 3)
    assert halves_of(undated) == {}
    verdict = verdict_of(undated)
    assert verdict.startswith("Cannot be told by year: no article has a date.") and "rain (a00)" in verdict


def test_many_articles_are_compared_by_year_and_one_that_repeats_a_word_is_named():
    texts = [f"Story {i} speaks of trade and police." for i in range(20)]
    texts[3] += " Tunnel tunnel tunnel tunnel."
    texts[15:] = [f"Story {i} speaks of arms, arms and arms." for i in range(15, 20)]
    many = articles_of(*texts, dates=[f"{2001 + i // 5}-01-{i + 1:02}" for i in range(20)])
    findings = everything(many)["findings"].set_index("period")
    assert list(findings.index[:4]) == ["2001", "2002", "2003", "2004"]
    assert findings.loc["2001", ["words", "finding", "articles here"]].tolist() == ["tunnel", ONE, "1 of 5"]
    assert findings.loc["2004", ["words", "finding", "articles here"]].tolist() == ["arms", SEVERAL, "5 of 5"]
    texts[8] += " tunnel"
    many = articles_of(*texts, dates=[f"{2001 + i // 5}-01-{i + 1:02}" for i in range(20)])
    assert everything(many)["findings"].set_index("period").loc["2001", "finding"] == ONE_HERE


@pytest.mark.parametrize("count", [12, 40])
def test_verdicts_on_many_dates_fit(count):
    words = "arms trade police border treaty visa wall fence court tunnel port bridge rail".split()
    texts = [f"They spoke of {words[i % 13]}, {words[i % 13]} and {words[i % 13]}." for i in range(count)]
    many = articles_of(*texts, dates=[f"{1980 + i}-03-{i % 28 + 1:02}" for i in range(count)])
    many = many.assign(label=many["date"].dt.strftime("%Y-%m-%d"))
    assert fits(verdict_of(many))


def test_the_sentences_behind_a_leading_word_have_it(articles):
    all_of = everything(articles)
    behind = list_behind(all_of["marks"], all_of["words"], all_of["sentences"], all_of["years"])
    assert set(behind["word"]) == {"identifying", "move", "weapons", "expecting", "were", "arms"}
    for row in behind.itertuples():
        assert all(row.text[a:b].lower() == row.word for a, b in row.spans)


def test_a_subject_may_be_there_under_another_name(articles):
    all_of = everything(articles)
    keywords = as_codebook(["weapons"]).assign(frame="arms")
    table = list_other_words(all_of["marks"], all_of["counts"], all_of["sentences"], keywords, all_of["halved"])
    told = table.set_index(["word", "other word"])["times in the other half"]
    assert told["arms", "weapons"] == 3 and told["cartels", "cartel"] == 1
    alone = everything(articles.head(1))
    assert list_other_words(alone["marks"], alone["counts"], alone["sentences"], keywords, alone["halved"]).empty


def test_names_are_listed_apart(articles):
    all_of = everything(articles)
    names = list_names(all_of["counts"], all_of["names"], all_of["copies"], all_of["years"]).set_index("period")
    assert names.loc["2008", "names"].startswith("chertoff") and "arms" not in names.loc["2022", "names"]
