"""Notebook 08's verdict says no more than its table, and no more than coders and sentences allow."""

import pandas as pd
import pytest

from helpers.codebook.hits import find_hits
from helpers.codebook.terms import MASK, frames_of, load_codebook
from helpers.coders.agreement import alpha_per_frame
from helpers.coders.labels import load_labels, majority
from helpers.coders.official import load_official, sentences_of
from helpers.findings.trust import (
    ALL,
    FEWER,
    find_trust,
    finding_of,
    in_order_of_worth,
    judge_trust,
    say_agreement,
    smaller_codebooks,
    title_of_trust,
)
from helpers.findings.words import fits

BOOK = load_codebook()
FRAMES = frames_of(BOOK)


def counted(both, codebook_only, coders_only, kind="person"):
    """Hits and votes for one frame, with so many sentences given by both, by one, and by the other."""
    of = {"both": both, "codebook_only": codebook_only, "coders_only": coders_only}
    who = [name for name, number in of.items() for _ in range(number)]
    rows = pd.DataFrame({"article": "x", "sentence": range(1, len(who) + 1), "frame": "a", "who": who})
    hits = rows[rows["who"].ne("coders_only")].assign(words="w", frame="a")
    return hits, rows.assign(value=rows["who"].ne("codebook_only").astype(int), kind=kind)


def found(*numbers, kind="person", read=()):
    hits, votes = counted(*numbers, kind=kind)
    return find_trust(hits, {}, votes, ["a"], on="texts", read=list(read))


@pytest.fixture
def seeds(articles, sentences):
    votes = majority(load_labels(FRAMES), sentences)
    fewer = {name: find_hits(sentences, own) for name, own in smaller_codebooks(BOOK).items()}
    return find_trust(find_hits(sentences, BOOK), fewer, votes, FRAMES, on="the seeds", read=list(articles["article"]))


def test_on_the_seeds_the_verdict_says_that_nothing_is_known_of_other_texts(seeds):
    verdict = judge_trust(seeds)
    assert verdict.startswith("Cannot be told for other texts.")
    assert "coded by a language model" in verdict and "that its writer knew" in verdict
    whole = seeds.iloc[0]
    assert all(count in verdict for count in (whole["right"], whole["found"]))
    assert seeds["frame"].head(3).tolist() == [ALL, *FEWER]
    assert fits(verdict)


def test_counts_of_the_frames_add_up_to_those_of_all_and_every_sentence_is_named(seeds):
    frames, whole = seeds[seeds["frame"].isin(FRAMES)], seeds.iloc[0]
    for column in ("right", "found"):
        parts = frames[column].str.split(" of ", expand=True).astype(int).sum()
        assert whole[column] == f"{parts[0]} of {parts[1]}"
    assert len(whole["ids"].split()) == frames["ids"].str.split().str.len().sum()
    first = frames.iloc[0]
    both, marked = map(int, first["found"].split(" of "))
    assert len(first["ids"].split()) == marked + int(first["right"].split(" of ")[1]) - both


@pytest.mark.parametrize(
    ("numbers", "finding", "verdict"),
    [
        ((60, 2, 3), "fits", "Yes, for texts like these"),
        ((10, 20, 0), "too often wrong", "Not by itself: it is too often wrong"),
        ((10, 0, 20), "misses too much", "Not by itself: it misses too much"),
        ((5, 0, 0), "too few to say", "Cannot be told from so few sentences"),
        ((0, 0, 12), "misses too much", "Not by itself: it misses too much"),
        ((0, 12, 0), "too often wrong", "Not by itself: it is too often wrong"),
    ],
)
def test_one_rule_decides_by_both_intervals(numbers, finding, verdict):
    findings = found(*numbers)
    assert findings["finding"].tolist() == [finding] * 2
    assert judge_trust(findings).startswith(verdict)
    assert fits(judge_trust(findings))


def test_texts_that_the_writer_had_read_never_give_a_yes():
    assert judge_trust(found(60, 2, 3, read="x")).startswith("Cannot be told for other texts")


def test_a_frame_that_fails_is_named_though_the_whole_fits():
    hits, votes = counted(200, 2, 2)
    more_hits, more_votes = (table.assign(frame="b_c", article="y") for table in counted(2, 9, 0))
    hits, votes = pd.concat([hits, more_hits]), pd.concat([votes, more_votes])
    findings = find_trust(hits, {}, votes, ["a", "b_c"], on="texts", read=[])
    assert judge_trust(findings).startswith("Only in part, not for b c.")


def test_texts_that_nobody_had_read_come_first_and_those_that_nobody_coded_last(seeds):
    votes = load_official()
    hits = find_hits(sentences_of(votes), BOOK)
    official = find_trust(hits, {}, votes, FRAMES, on="official speech", read=[])
    none = find_trust(hits, {}, votes.head(0), FRAMES, on="your articles", read=[])
    findings = in_order_of_worth([none, seeds, official])
    assert list(findings["on"].unique()) == ["official speech", "the seeds", "your articles"]
    verdict = judge_trust(in_order_of_worth([seeds, official]))
    assert official["right"].iloc[0] in verdict and official["found"].iloc[0] in verdict
    knew = judge_trust(in_order_of_worth([seeds[~seeds["frame"].isin(FEWER)], official]))
    assert f"which its writer knew: {seeds['right'].iloc[0]}" in knew and fits(knew)
    assert fits(verdict)
    beside = judge_trust(in_order_of_worth([none, official]))
    assert "Nobody has coded your articles." in beside and "On 342 sentences" in beside
    assert judge_trust(in_order_of_worth([none, none])).startswith("Cannot be told: no coder")


def test_the_terms_left_out_are_those_that_the_column_names_and_nothing_else(seeds):
    smaller = smaller_codebooks(BOOK.assign(word_from="seed articles").iloc[:1])
    assert all(own.empty for own in smaller.values()), "the column alone decides"
    assert all(len(own) == len(BOOK) for own in smaller_codebooks(BOOK.assign(word_from="")).values())
    first, second = smaller_codebooks(BOOK).values()
    assert set(BOOK["word_from"]) - set(first["word_from"]) == {"seed articles"}
    gone = BOOK.drop(second.index)
    assert set(gone["word_from"]) == {"seed articles", "definitions"} and MASK not in set(gone["frame"])
    whole, less, least = (int(found.split(" of ")[0]) for found in seeds["found"].head(3))
    assert whole > less > least


def test_a_codebook_of_which_nothing_rests_on_the_seeds_has_no_such_row():
    hits, votes = counted(60, 2, 3)
    findings = find_trust(hits, dict.fromkeys(FEWER, hits), votes, ["a"], on="texts", read=[])
    assert findings["frame"].tolist() == [ALL, "a"]


def test_all_frames_come_first_so_that_a_page_shows_them(seeds):
    hits, votes = counted(60, 2, 3)
    other = find_trust(hits, {}, votes, ["a"], on="official speech", read=[])
    findings = in_order_of_worth([seeds, other])
    assert findings["frame"].head(5).tolist() == [ALL, ALL, *FEWER, "a"]
    verdict = judge_trust(findings)
    whole, less = seeds["found"].head(2)
    assert fits(verdict) and f"On the seeds: {whole}, but {less.split()[0]} without" in verdict


def test_without_coders_nothing_is_said():
    hits, votes = counted(3, 0, 0)
    findings = find_trust(hits, {}, votes.head(0), ["a"], on="texts", read=[])
    assert judge_trust(findings).startswith("Cannot be told: no coder")
    assert title_of_trust(findings)
    nobody = find_trust(hits.head(0), {}, votes.assign(value=0), ["a"], on="texts", read=[])
    assert nobody["finding"].tolist() == ["found by nobody"] * 2
    assert judge_trust(nobody).startswith("Cannot be told: neither")


def test_sixteen_of_sixteen_fit_and_fifteen_are_too_few():
    """The Wilson interval of 16 of 16 begins at .806, of 15 of 15 at .796."""
    score = {"both": 16, "codebook_only": 0, "coders_only": 0, "precision_high": 1.0, "recall_high": 1.0}
    assert finding_of(score | {"precision_low": 0.806, "recall_low": 0.806}) == "fits"
    assert found(16, 0, 0)["finding"].iloc[0] == "fits"
    assert found(15, 0, 0)["finding"].iloc[0] == "too few to say"


def test_who_the_coders_are_is_said():
    hits, votes = counted(20, 0, 0)
    votes.loc[:3, "kind"] = "model"
    findings = find_trust(hits, {}, votes, ["a"], on="texts", read=[])
    assert findings["coders"].tolist() == ["people and a language model", ""]
    assert "coded by people" in judge_trust(found(20, 0, 0))


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ((), "nothing is known"),
        (("0110",), "nothing is known"),
        (("0000", "0000"), "2 coders (people) differ in 0 of 4 judgements"),
        (("0110", "0110"), "is 1.00 for 1 of 1 frames; where"),
        (("0110", "0010"), "lowest for a: 0.53 (95% interval"),
    ],
)
def test_agreement_is_told_as_far_as_there_is_any(columns, said):
    rows = [("x", n, "a", f"c{i}", int(v)) for i, own in enumerate(columns) for n, v in enumerate(own)]
    labels = pd.DataFrame(rows, columns=["article", "sentence", "frame", "coder", "value"]).astype({"value": int})
    told = say_agreement(alpha_per_frame(labels.assign(kind="person"), ["a"]))
    assert said in told
    assert "nan" not in told
