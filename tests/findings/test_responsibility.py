"""Notebook 07's verdict: on the five articles, on counts made up, and where nobody has read."""

import pandas as pd
import pytest

from helpers.articles.load import load_articles
from helpers.codebook.hits import find_hits
from helpers.codebook.terms import load_codebook
from helpers.findings.responsibility import (
    ACT,
    BLAME,
    beside_reader,
    find_responsibility,
    judge_responsibility,
    score_rules,
    title_of_flows,
    title_of_responsibility,
)
from helpers.findings.words import fits
from helpers.readings import responsibility as readings
from helpers.readings.actors import find_actors, load_actors
from helpers.text.split import split_sentences

CATEGORIES = readings.load_categories()


def read(articles):
    """The rules' counts and a reader's, and both sentence by sentence."""
    sentences, reading = split_sentences(articles), readings.load_reading(CATEGORIES)
    hits, mentions = find_hits(sentences, load_codebook()), find_actors(sentences, load_actors())
    classed = readings.class_sentences(sentences, hits, mentions, readings.load_rules(CATEGORIES))
    seen = sentences[sentences["article"].isin(reading["article"])]
    by_reader = readings.count_by_article(reading[reading["article"].isin(seen["article"])], seen)
    counts = readings.count_by_article(classed, sentences)
    return counts, by_reader, readings.check_rules(classed, reading, sentences)


def counts_of(sentences=9, negated=0, **carrying):
    """Counts of one article by category; a category's sentences are the first ones of the article."""
    table = pd.DataFrame({"article": "x", "category": CATEGORIES["category"], "sentences": sentences})
    table["carrying"] = [carrying.get(category, 0) for category in table["category"]]
    ids = [" ".join(f"x:{i}" for i in range(number)) for number in table["carrying"]]
    return table.assign(negated=negated, ids=ids)


def findings_of(**carrying):
    counts = counts_of(**carrying)
    return find_responsibility(counts, counts.iloc[:0], CATEGORIES)


def test_every_count_is_of_the_sentences_named(articles):
    counts, by_reader, _ = read(articles)
    findings = find_responsibility(counts, by_reader, CATEGORIES)
    assert [len(set(ids.split())) for ids in findings["ids"]] == findings["count"].tolist()
    behind = {name for ids in counts["ids"] for name in ids.split()}
    assert {name for ids in findings["ids"] for name in ids.split()} == behind
    assert findings["count by a reader"].notna().all()


def test_the_verdict_on_the_seeds_answers_who_is_blamed_and_what_flows(articles):
    counts, by_reader, _ = read(articles)
    findings = find_responsibility(counts, by_reader, CATEGORIES)
    verdict = judge_responsibility(findings)
    assert fits(verdict) and "both countries together" in verdict and "Blamed for a failure: the US (2)" in verdict
    assert title_of_responsibility(findings) in verdict and title_of_flows(findings) in verdict


@pytest.mark.parametrize(
    ("carrying", "said"),
    [
        ({}, "Cannot be told: in 9 sentences the rules find nobody who is to act."),
        ({"us_asked": 4}, "To act, by our rules: only the US (4 of 9 sentences)."),
        ({"us_asked": 4, "mexico_pledges": 4}, "nobody stands out (the US (4) and Mexico (4), of 9"),
        ({"us_asked": 2, "mexico_pledges": 4}, "Mexico (4 of 9 sentences), then the US (2)."),
        ({"mexico_blamed": 1}, "Blamed for a failure: Mexico (1), the US (none) and culprit not named (none)."),
        ({"drugs_north": 3}, "Drugs go north (3), arms go south (none); no direction given: 0."),
    ],
)
def test_the_verdict_turns_with_the_counts(carrying, said):
    verdict = judge_responsibility(findings_of(**carrying))
    assert said in verdict and fits(verdict)


def test_a_sentence_that_has_two_categories_of_a_country_counts_once():
    row = findings_of(us_asked=2, us_pledges=3).set_index(["question", "about"]).loc[(ACT, "the US")]
    assert row["count"] == 3
    assert row["in detail"] == "the US is asked to act (2), the US pledges to act (3)"


def test_large_numbers_still_fit():
    carrying = {category: 12_345 + i for i, category in enumerate(CATEGORIES["category"])}
    assert fits(judge_responsibility(findings_of(sentences=46_835, **carrying)))


def test_a_reader_is_shown_only_where_all_articles_were_read(articles):
    counts, by_reader, _ = read(articles)
    part = by_reader[by_reader["article"].ne(articles["article"].iloc[0])]
    assert "count by a reader" not in find_responsibility(counts, part, CATEGORIES)
    beside = beside_reader(counts, part)
    assert beside["by_reader"].isna().sum() == len(CATEGORIES) and len(beside) == len(counts)


def test_the_rules_are_scored_for_all_categories_and_for_each_that_errs(articles):
    *_, checked = read(articles)
    scores = score_rules(checked, CATEGORIES)
    assert scores["category"].iloc[0] == "all categories"
    assert scores.iloc[0, 1:].sum() == len(checked)
    errors = scores[["by the rules only", "by the reader only"]]
    assert errors.iloc[1:].sum().equals(errors.iloc[0].astype(int)) and errors.iloc[1:].any(axis="columns").all()


def test_an_article_in_which_nothing_is_found_gets_a_verdict(tmp_path):
    (tmp_path / "one.txt").write_text("Nothing to see here\n\nThe weather was fine. Nobody spoke.\n", "utf-8")
    articles = load_articles(tmp_path)
    counts, by_reader, checked = read(articles)
    findings = find_responsibility(counts, by_reader, CATEGORIES)
    assert judge_responsibility(findings).startswith("Cannot be told: in ") and checked.empty
    assert set(findings.loc[findings["question"].eq(BLAME), "finding"]) == {"in no sentence"}
