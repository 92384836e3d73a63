"""Estimates beside the counts: which years, what change, and what is said where no sample was drawn."""

import numpy as np
import pandas as pd
import pytest

from helpers.codebook.hits import find_hits
from helpers.codebook.terms import frames_of, load_codebook
from helpers.coders.labels import load_labels
from helpers.coders.samples import draw_sample, how_coded
from helpers.coders.template import write_template
from helpers.findings.estimated import (
    about_plan,
    find_changes,
    find_estimates,
    find_plan,
    list_plan,
    say_plan,
    show_estimates,
)
from helpers.findings.settled import find_sample, judge_sample
from helpers.findings.words import fits

BOOK = load_codebook()
FRAMES = frames_of(BOOK)


def corpus(years=("2008", "2021"), each=300):
    """A year is an article of so many sentences; every fifth of the last year is of finance, of the others none."""
    rows = [(year, number) for year in years for number in range(1, each + 1)]
    table = pd.DataFrame(rows, columns=["article", "sentence"])
    rich = table["article"].eq(years[-1]) & table["sentence"].mod(5).eq(0)
    text = np.where(rich, "They followed the money laundering.", "They met.")
    return table.assign(text=text, start=0, label=table["article"], date=pd.to_datetime(table["article"]))


def coded(folder, sentences, *, n=80, keep=True):
    """A sample coded for finance as the terms say, and for no other frame."""
    file = write_template(folder, draw_sample(sentences, n=n), FRAMES, coder="ana")
    table = pd.read_csv(file, encoding="utf-8-sig", dtype=str, keep_default_na=False)
    table[FRAMES] = "0"
    table["finance"] = np.where(table["text"].str.contains("money"), "1", "0")
    (table if keep else table.drop(columns=["chance", "among", "period"])).to_csv(file, index=False)
    return load_labels(FRAMES, folder)


def test_estimates_have_every_year_and_the_change_and_hold_the_truth(tmp_path):
    sentences = corpus(("2008", "2015", "2021"))
    table = find_estimates(find_hits(sentences, BOOK), coded(tmp_path, sentences), sentences, FRAMES)
    own = table[table["frame"].eq("finance")].set_index("year")
    assert own.index.tolist() == ["2008", "2015", "2021", "2008 to 2021"]
    assert own["shown"].tolist() == [True, False, True, True]
    assert own["low"]["2021"] <= 0.2 <= own["high"]["2021"] and own["counted"]["2021"] == pytest.approx(0.2)
    assert own["low"]["2008 to 2021"] > 0 and own["counted"]["2008 to 2021"] == pytest.approx(0.2)
    assert list(table["frame"].unique()) == FRAMES


@pytest.mark.parametrize(("kind", "who"), [("model", "A language model"), ("person", "People")])
def test_where_every_sentence_is_judged_it_is_said_by_whom(tmp_path, kind, who):
    sentences = corpus(each=20)
    labels = coded(tmp_path, sentences, n=20, keep=False).assign(kind=kind)
    assert show_estimates(find_hits(sentences, BOOK), labels, sentences, BOOK, name="00-x").data.startswith(f"{who} ")


def test_the_verdict_names_the_frames_that_change(tmp_path):
    sentences = corpus()
    hits, labels, plan = find_hits(sentences, BOOK), coded(tmp_path, sentences), None
    verdict = judge_sample("sample", find_sample("sample", hits, labels, sentences, BOOK), None, plan)
    assert "Clear changes, 2008 to 2021: finance." in verdict and fits(verdict)
    same = corpus(("2021",))
    labels = coded(tmp_path / "one", same)
    verdict = judge_sample("sample", find_sample("sample", find_hits(same, BOOK), labels, same, BOOK), None, plan)
    assert "change" not in verdict and fits(verdict)


def test_without_a_random_sample_shares_are_called_raw(tmp_path):
    sentences = corpus()
    hits, none = find_hits(sentences, BOOK), load_labels(FRAMES).head(0)
    picked = coded(tmp_path, sentences, keep=False)
    for labels, coding in ((none, "nobody"), (picked, "not at random")):
        assert how_coded(labels, sentences) == coding
        told = show_estimates(hits, labels, sentences, BOOK, name="x").data
        assert told.startswith("Shares are raw counts") and "Code 200 sentences of each year" in told
    few = corpus(each=30)
    plan = find_plan(find_hits(few, BOOK), few, BOOK)
    assert "code them all" in say_plan("nobody", plan)
    for coding in ("nobody", "not at random"):
        verdict = judge_sample(coding, list_plan(plan), None, plan)
        assert verdict.startswith("Nothing yet") and fits(verdict)


def test_a_plan_names_the_most_frequent_frame_and_the_rarest_that_is_found():
    sentences = corpus()
    hits = find_hits(sentences, BOOK)
    plan = find_plan(hits, sentences, BOOK)
    about = about_plan(plan)
    assert about["often"] == about["rare"] == "finance" and about["coded"] == "200"
    assert list_plan(plan)["frame"].tolist()[0] == "finance"
    assert list_plan(plan)["needed"].between(1, 300).all()
    nothing = find_plan(hits.head(0), sentences, BOOK)
    assert about_plan(nothing)["often_counted"] == "0%"


def test_on_the_seeds_every_sentence_is_judged(sentences):
    labels = load_labels(FRAMES)
    assert how_coded(labels, sentences) == "all"
    assert how_coded(labels[labels["sentence"].gt(1)], sentences) == "not at random"
    assert how_coded(labels.assign(article="elsewhere"), sentences) == "nobody"


def test_how_the_collections_codebook_errs_says_nothing_of_another(monkeypatch, tmp_path):
    sentences = corpus()
    hits = find_hits(sentences, BOOK)
    ours = find_plan(hits, sentences, BOOK)
    monkeypatch.setenv("CODEBOOK", str(tmp_path / "codebook.csv"))
    plan = find_plan(hits, sentences, BOOK)
    assert plan["share"].to_numpy() == pytest.approx(plan["counted"].to_numpy())  # as many missed as found wrongly
    assert not ours["share"].equals(plan["share"]) and "hand-coding alone" not in say_plan("nobody", plan)
    full = sentences[["article", "sentence"]].assign(frame="finance", words="")
    assert "For finance this plans for hand-coding alone" in say_plan("nobody", find_plan(full, sentences, BOOK))


def test_changes_are_told_only_of_a_random_sample(tmp_path):
    sentences = corpus()
    hits, labels = find_hits(sentences, BOOK), coded(tmp_path, sentences)
    own = find_changes(hits, labels, sentences, FRAMES).set_index("frame").loc["finance"]
    assert own["year"] == "2008 to 2021" and 0 < own["low"] <= 0.2 <= own["high"]
    assert find_changes(hits, labels.head(0), sentences, FRAMES).empty
