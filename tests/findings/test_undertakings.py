"""Notebook 06's verdict: of a list made by reading, of part of one, of none."""

import pandas as pd
import pytest

from helpers.articles.load import load_articles
from helpers.findings.undertakings import (
    ALONE,
    OTHERS,
    UNREAD,
    find_undertakings,
    judge_undertakings,
    title_of_undertakings,
)
from helpers.findings.words import fits
from helpers.readings.undertakings import (
    BOTH,
    FORCES,
    check_undertakings,
    find_commitments,
    load_undertakings,
    load_verbs,
    merge_reports,
    read_otherwise,
)
from helpers.text.split import split_sentences

REFUSED, ASKED, DISCUSSED, PLEDGED, AGREED, DONE = FORCES
NO_PLACES = pd.DataFrame({"article": [], "force": [], "words": []})


def findings_of(articles):
    sentences = split_sentences(articles)
    listed = check_undertakings(load_undertakings(), sentences)
    places = find_commitments(sentences, load_verbs())
    merged, otherwise = (merge_reports(rows, articles) for rows in (listed, read_otherwise(listed)))
    return find_undertakings(merged, otherwise, places), merged


def merged_of(*rows):
    """One undertaking a row: year, who, force, what."""
    table = pd.DataFrame(rows, columns=["label", "who", "force", "what"])
    table = table.assign(article=table["label"], date=pd.to_datetime(table["label"]), verb="did", negated=False)
    table["ids"] = table["article"] + ":1"
    return table.assign(force=pd.Categorical(table["force"], categories=FORCES, ordered=True))


def verdict_of(*rows, places=NO_PLACES):
    merged = merged_of(*rows)
    findings = find_undertakings(merged, merged, places)
    return judge_undertakings(findings), title_of_undertakings(findings)


def test_every_undertaking_listed_is_counted_once(articles):
    findings, merged = findings_of(articles)
    assert findings["of"].sum() == len(merged)
    assert findings["by one side alone"].sum() == merged["who"].ne(BOTH).sum()
    firm = merged[merged["who"].eq(BOTH) & merged["force"].ge(AGREED)]
    assert findings["agreed or firmer"].sum() == len(firm)
    assert " ".join(findings["ids"]).split() == " ".join(merged["ids"]).split()


def test_a_measure_of_one_side_is_no_agreement_however_firm(articles):
    findings, merged = findings_of(articles)
    assert merged.query("what == 'passport card'")["force"].tolist() == [DONE]
    assert findings.set_index("about").loc["2008", "finding"] == DISCUSSED
    assert "passport" not in judge_undertakings(findings) and fits(judge_undertakings(findings))


def test_the_verdict_turns_with_the_list():
    both = [("2001", BOTH, DONE, "accord"), ("2001", BOTH, AGREED, "patrols"), ("2002", BOTH, DISCUSSED, "trade")]
    verdict, title = verdict_of(*both, ("2002", "Mexico", DONE, "fence"))
    assert verdict == (
        "Signed or done by both: accord (2001). Further matters agreed: 1 (2001). Articles with neither: 2002. "
        "One side alone: 1 of 4 undertakings."
    )
    assert verdict.startswith(title) and "neither" not in title
    verdict, _ = verdict_of(("2001", "Mexico", DONE, "fence"))
    assert verdict.startswith(
        "Signed or done by both: nothing. Further matters agreed: none. Articles with neither: 2001"
    )


def test_of_many_articles_a_few_are_named():
    rows = [(str(2001 + i), BOTH, (DONE, AGREED, PLEDGED)[i % 3], f"the accord of {i}") for i in range(40)]
    verdict, _ = verdict_of(*rows)
    assert fits(verdict) and "and more (" in verdict


def test_an_article_with_nothing_by_both_says_so():
    merged = merged_of(("2001", "Mexico", ASKED, "help"))
    row = find_undertakings(merged, merged, NO_PLACES).iloc[0]
    assert (row["finding"], row["read otherwise"], row["by one side alone"]) == (ALONE, ALONE, 1)


def test_what_nobody_has_read_is_only_searched(tmp_path):
    (tmp_path / "one.txt").write_text("A page\n\nThey signed it. They Signed more, and he asked for help.\n", "utf-8")
    findings, merged = findings_of(load_articles(tmp_path))
    assert merged.empty
    assert findings[["about", "finding", "verb", "count", "of"]].to_numpy().tolist() == [
        [DONE, UNREAD, "signed", 2, 3],
        [ASKED, UNREAD, "asked", 1, 3],
    ]
    verdict = judge_undertakings(findings)
    assert verdict.startswith("Cannot be told: nobody has listed") and "signed or done (2) and asked (1)" in verdict
    assert title_of_undertakings(findings) == "No undertaking is listed"


def test_a_list_of_some_articles_says_that_the_others_are_not_read():
    places = pd.DataFrame({"article": ["2001", "2002"], "force": [DONE, DONE], "words": ["signed", "signed"]})
    verdict, _ = verdict_of(("2001", BOTH, DONE, "accord"), places=places)
    assert verdict.endswith(OTHERS) and verdict.count("2001") == 1


@pytest.mark.parametrize("text", ["It rained.", ""])
def test_without_a_verb_of_commitment_the_verdict_says_so(tmp_path, text):
    (tmp_path / "one.txt").write_text(f"A page\n\nThe sun shone on them. {text}\n", "utf-8")
    findings, _ = findings_of(load_articles(tmp_path))
    assert judge_undertakings(findings).endswith("no verb of commitment is found.")
