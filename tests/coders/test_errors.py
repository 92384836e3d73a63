"""The codebook against the coders: precision, recall, intervals and terms."""

import pandas as pd
import pytest
from scipy.stats import binomtest

from helpers.coders.errors import (
    add_intervals,
    compare_with_coders,
    list_differences,
    list_measures,
    precision_and_recall,
    score_terms,
)
from helpers.coders.labels import hits_of_model, majority
from helpers.measures.tests import Z

SENTENCES = pd.DataFrame({"article": ["x"] * 3 + ["y"], "sentence": [1, 2, 3, 1], "text": ".", "label": "2012"})


def judged(*columns, frame="a"):
    """Judgements by people, from one string for each coder with 0, 1 or . (no judgement) for each sentence of x."""
    rows = [
        ("x", n, f"coder-{i}", int(value))
        for i, column in enumerate(columns, 1)
        for n, value in enumerate(column, 1)
        if value != "."
    ]
    labels = pd.DataFrame(rows, columns=["article", "sentence", "coder", "value"])
    return labels.assign(frame=frame, kind="person", text="", line=2)


def test_a_model_is_measured_by_persons_only():
    """Nobody but models judged sentence 2, and the model's own judgement is no measure of it."""
    labels = pd.concat([judged("1.0"), judged("111").assign(kind="model", coder="run")])
    scores = precision_and_recall(
        compare_with_coders(hits_of_model(labels, "run", SENTENCES.head(3)), majority(labels, SENTENCES)), ["a"]
    )
    assert scores[["both", "codebook_only", "coders_only"]].to_numpy().tolist() == [[1, 1, 0]]


def test_half_and_half_is_neither_a_false_alarm_nor_a_miss():
    """The codebook fires in 1 and 2; the coders are split on 2 and 3, and only 1 counts, everywhere."""
    votes = majority(judged("110", "101"), SENTENCES)
    hits = hits_of(("x", 1, "a", "guns"), ("x", 2, "a", "guns"))
    scores = precision_and_recall(compare_with_coders(hits, votes), ["a"])
    assert scores[["both", "codebook_only", "coders_only"]].to_numpy().tolist() == [[1, 0, 0]]
    assert score_terms(hits, votes)[["fired", "right", "wrong"]].to_numpy().tolist() == [[1, 1, 0]]


def test_precision_and_recall_of_a_worked_example():
    """Codebook: sentences 1 and 2; coders: 1 and 3. One in common: precision, recall and F1 are one half."""
    votes = majority(pd.concat([judged("101"), judged("101", frame="b")]), SENTENCES)
    hits = pd.DataFrame({"article": ["x"] * 3, "sentence": [1, 2, 2], "frame": ["a"] * 3, "words": ["p", "q", "r"]})
    compared = compare_with_coders(hits, votes)
    assert compared.query("frame == 'a'")[["sentence", "codebook", "coders", "words"]].to_numpy().tolist() == [
        [1, True, True, "p"],
        [2, True, False, "q, r"],
        [3, False, True, ""],
    ]
    scores = precision_and_recall(compared, ["b", "a", "c"]).set_index("frame")
    assert scores.loc["a", ["both", "codebook_only", "coders_only"]].tolist() == [1, 1, 1]
    assert scores.loc["a", ["precision", "recall", "f1"]].tolist() == [0.5, 0.5, 0.5]
    assert scores.loc["b", ["recall", "f1"]].tolist() == [0, 0]
    assert pd.isna(scores.loc["b", "precision"])
    assert scores.loc["c", ["precision", "recall", "f1"]].isna().all()


def scored(both, extra, missed):
    table = pd.DataFrame({"frame": ["a"], "both": [both], "codebook_only": [extra], "coders_only": [missed]})
    return add_intervals(table).iloc[0]


def test_intervals_of_precision_recall_and_f1():
    """Sixteen of sixteen: from .806 (Wilson). F1's limits are those of F*, and hold F1 = 2 * 6 / (2 * 6 + 1 + 2)."""
    row = scored(16, 0, 0)
    assert (round(row["precision_low"], 3), round(row["recall_low"], 3)) == (0.806, 0.806)
    assert row["f1_low"] == pytest.approx(2 * row["recall_low"] / (1 + row["recall_low"]))
    row = scored(6, 1, 2)
    star = binomtest(6, 9).proportion_ci(method="wilson")
    assert row["f1_low"] == pytest.approx(2 * star.low / (1 + star.low))
    assert row["f1_low"] < 12 / 15 < row["f1_high"]
    assert scored(0, 0, 0)[["precision_low", "recall_high", "f1_low"]].isna().all()
    assert scored(0, 2, 0)[["precision_low", "f1_low"]].tolist() == [0, 0]


def hits_of(*rows):
    hits = pd.DataFrame(rows, columns=["article", "sentence", "frame", "term"]).assign(words="w")
    return hits.assign(frame=pd.Categorical(hits["frame"], categories=["a", "b"]))


def test_an_error_card_counts_sentences_and_says_what_they_carry_instead():
    labels = pd.concat([judged("100"), judged("010", frame="b")])
    hits = hits_of(
        ("x", 1, "a", "guns"), ("x", 1, "a", "guns"), ("x", 2, "a", "guns"), ("x", 3, "a", "guns"),
        ("x", 2, "b", "gold"), ("y", 1, "b", "gold"),
    )  # fmt: skip
    cards = score_terms(hits, majority(labels, SENTENCES))
    assert cards[["frame", "term", "fired", "right", "wrong", "wrong_ids", "instead"]].to_numpy().tolist() == [
        ["a", "guns", 3, 1, 2, "x:2 x:3", "b, none"],
        ["b", "gold", 1, 1, 0, "", ""],
    ]  # y has no coder: what fires there is neither right nor wrong
    assert cards["low"].iloc[1] == pytest.approx(1 / (1 + Z**2))


def test_each_measure_names_the_sentences_behind_it():
    votes = majority(judged("110"), SENTENCES)
    compared = compare_with_coders(hits_of(("x", 1, "a", "p"), ("x", 3, "a", "p")), votes)
    measures = list_measures(add_intervals(precision_and_recall(compared, ["a", "b"])), compared)
    assert measures[["measure", "frame", "carrying", "sentences", "ids"]].to_numpy().tolist() == [
        ["precision", "a", 1, 2, "x:1"], ["precision", "b", 0, 0, ""],
        ["recall", "a", 1, 2, "x:1"], ["recall", "b", 0, 0, ""],
    ]  # fmt: skip


def test_differences_say_who_gives_the_frame_and_by_which_words():
    votes = majority(judged("101"), SENTENCES)
    differ = list_differences(hits_of(("x", 1, "a", "p"), ("x", 2, "a", "p")), votes, SENTENCES)
    assert differ[["sentence", "only", "words"]].to_numpy().tolist() == [[2, "codebook", "w"], [3, "coders", ""]]
