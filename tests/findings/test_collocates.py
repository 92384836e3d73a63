"""Notebook 04's verdict holds on any corpus: five articles, one, none with a key word, many."""

import pandas as pd
import pytest

from helpers.codebook.terms import load_codebook
from helpers.files.tables import SEEDS, read_table
from helpers.findings.collocates import (
    FEW,
    HOLDS,
    ONE,
    compare_windows,
    find_collocates,
    judge_collocates,
    title_of_collocates,
)
from helpers.findings.words import fits
from helpers.measures.contexts import collocates, collocates_by_article, concordance, neighbours
from helpers.text.split import split_sentences

KEYWORDS = load_codebook(SEEDS / "keywords.csv")
GRAMMAR = read_table(SEEDS / "function_words.csv", "word kind")["word"]


def findings_of(articles):
    sentences = split_sentences(articles)
    lines, found = concordance(sentences, KEYWORDS), collocates(sentences, KEYWORDS)
    found = found[~found["word"].isin(GRAMMAR)].groupby("frame", sort=False).head(8)
    near = neighbours(sentences, KEYWORDS)
    return find_collocates(found, collocates_by_article(near, lines, found, articles)), lines


def articles_of(*texts):
    table = pd.DataFrame({"article": [f"a{i:02}" for i in range(len(texts))], "text": texts})
    return table.assign(label=table["article"], date=pd.NaT)


def judge(articles):
    findings, lines = findings_of(articles)
    verdict = judge_collocates(findings, lines, minimum=2)
    assert fits(verdict) and title_of_collocates(findings)
    return verdict


def test_what_holds_over_several_articles_comes_first_with_its_sentences(articles):
    findings, _ = findings_of(articles)
    assert findings["finding"].tolist() == [HOLDS] * 9 + [ONE] * 13
    row = findings.set_index(["key word", "collocate"]).loc["drug", "cartels"]
    assert row[["articles", "where", "times near"]].tolist() == ["3 of 4", "2008, 2012 and 2017", "5 of 6"]
    assert findings["ids"].str.split().str.len().tolist() == [int(near.split()[0]) for near in findings["times near"]]


def test_the_verdict_names_what_holds_and_what_does_not(articles):
    verdict = judge(articles)
    assert verdict.startswith("Collocates in two or more articles (9 of 22):")
    assert "arms with trafficking" in verdict and "In one article only, for example: arms with traffickers" in verdict


@pytest.mark.parametrize(
    ("texts", "start"),
    [
        (["Quiet here.", "Nothing."], "Cannot be told: no key word occurs."),
        (["Arms came.", "Drugs left."], "Nothing that could be counted"),
        (["Drug cartels fight. Drug cartels win.", "Quiet."], "Cannot be told beyond one article"),
        (["Drug cartels fight. Drug cartels win.", "Arms came."], "Nothing in two or more articles"),
        (["Drug cartels fight.", "Drug cartels win."], "Collocates in two or more articles (1 of 1): drug"),
    ],
)
def test_each_case_has_its_verdict(texts, start):
    assert judge(articles_of(*texts)).startswith(start)


def test_of_many_articles_the_widest_collocates_are_named_and_the_articles_counted():
    rest = "trade police border treaty visa wall fence court".split()
    texts = [f"Security {word} grew. Cooperation {word} grew. Arms {word} grew. Drug {word} grew." for word in rest * 3]
    texts = [f"{text} Security tunnel. Cooperation tunnel. Arms tunnel. Drug tunnel." for text in texts]
    findings, lines = findings_of(articles_of(*texts))
    assert findings.iloc[0][["collocate", "where"]].tolist() == ["grew", ""]
    assert findings["where"].str.count(",").max() < FEW
    verdict = judge_collocates(findings, lines, minimum=2)
    assert "the widest first" in verdict and fits(verdict)


def test_wider_windows_have_no_fewer_collocates(articles):
    table = compare_windows(split_sentences(articles), KEYWORDS, GRAMMAR, windows=(2, 5, 12), minimum=2)
    assert table["window"].tolist() == [2, 5, 12]
    assert table["collocates"].is_monotonic_increasing and table.loc[1, "in two or more articles"] == 9
