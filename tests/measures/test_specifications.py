"""Every way of counting is what each choice gives by itself, and like courses are counted once."""

import math

import pandas as pd
import pytest

from helpers.codebook.hits import find_hits, rate_per_1000_words, share_of_sentences
from helpers.codebook.terms import load_codebook
from helpers.files.tables import SEEDS
from helpers.measures import specifications as ways
from helpers.measures.tests import trends_over_dates
from helpers.text.split import split_sentences, split_words

EXPECTED = ["militarised", "public_health", "finance"]
KEYS = ["frame", *ways.CHOICES]


@pytest.fixture(scope="module")
def codebook():
    return load_codebook()


@pytest.fixture(scope="module")
def received(articles):
    return split_sentences(ways.as_received(articles))


@pytest.fixture(scope="module")
def specifications(articles, sentences, received, codebook):
    return ways.run_specifications(sentences, received, articles, codebook, EXPECTED)


@pytest.fixture(scope="module")
def alike(specifications):
    return ways.count_alike(specifications)


def test_every_combination_of_choices_is_a_specification(specifications):
    number = math.prod(len(options) for options in ways.CHOICES.values())
    assert specifications.drop_duplicates(KEYS).groupby("frame").size().tolist() == [number] * 3
    assert len(specifications) == 3 * number * 5 and not specifications.duplicated([*KEYS, "article"]).any()


def test_many_articles_are_pooled_and_every_course_keeps_its_number(specifications, articles):
    few = ways.shares_behind(specifications, articles)
    many = pd.concat([specifications.assign(article=specifications["article"] + f"-{i}") for i in range(3)])
    labels = [articles.assign(article=articles["article"] + f"-{i}", label=f"{i}") for i in range(3)]
    pooled = ways.shares_behind(many, pd.concat(labels).sort_values("date", kind="stable"))
    keys = ["frame", "course"]
    assert len(pooled) == len(few) and pooled[keys].drop_duplicates().equals(few[keys].drop_duplicates())
    assert pooled["value"].tolist() == pytest.approx(few["value"].tolist())
    assert pooled["count"].tolist() == [3 * count for count in few["count"]]


def test_specifications_are_what_each_choice_gives_by_itself(specifications, sentences, received, codebook, articles):
    first = {choice: options[0] for choice, options in ways.CHOICES.items()}
    hits = find_hits(sentences, codebook)

    def values(**other):
        own = specifications
        for choice, option in (first | other).items():
            own = own[own[choice].eq(option)]
        return own.set_index(["frame", "article"])

    def same(ours, table, column="share"):
        theirs = table[table["frame"].isin(EXPECTED)].astype({"frame": str}).set_index(["frame", "article"])[column]
        assert ours.to_dict() == pytest.approx(theirs.reindex(ours.index).to_dict())

    shares = share_of_sentences(hits, sentences)
    same(values()["value"], shares)
    ids = shares.astype({"frame": str}).set_index(["frame", "article"])["ids"]
    assert values()["ids"].tolist() == ids.reindex(values().index).tolist()
    rates = rate_per_1000_words(hits, split_words(sentences))
    same(values(counted="hits", per="1,000 words")["value"], rates, "rate")
    codebook_wide = find_hits(sentences, codebook, scope="codebook")
    same(values(scope="codebook")["value"], share_of_sentences(codebook_wide, sentences))
    unmasked = find_hits(sentences, codebook[codebook["frame"].ne("none")])
    same(values(masks="off")["value"], share_of_sentences(unmasked, sentences))
    same(values(negated="left out")["value"], share_of_sentences(hits[~hits["negated"]], sentences))
    same(values(text="as received")["value"], share_of_sentences(find_hits(received, codebook), received))
    tests = trends_over_dates(shares, articles, EXPECTED).set_index("frame")["tau"]
    assert values()["tau"].groupby(level="frame").first().to_dict() == pytest.approx(tests.to_dict())


def test_received_texts_keep_the_files_offsets_and_the_second_printing(articles, received):
    texts = ways.as_received(articles).set_index("article")["text"]
    raw = (SEEDS / "004_e39fc6890fd44e0a.txt").read_text("utf-8")
    assert texts["004_e39fc6890fd44e0a"] == raw
    assert raw.count("Supplying narcotics to the United States") == 2
    assert all(texts[row.article][row.start : row.end] == row.text for row in received.itertuples())


def test_courses_that_are_alike_are_counted_once(specifications, alike):
    assert alike.groupby("frame")["specifications"].sum().tolist() == [64] * 3
    assert alike.groupby("frame")["own"].sum().tolist() == [1] * 3
    for (frame, _), own in specifications.groupby(["frame", "course"]):
        courses = own.groupby(list(ways.CHOICES), sort=False)["value"].agg(tuple)
        assert courses.nunique() == 1 and own["tau"].nunique() == 1, frame
    for row in alike.itertuples():
        options = [getattr(row, choice).split(" or ") for choice in ways.CHOICES]
        assert math.prod(map(len, options)) == row.specifications, "every combination of the options named is in it"


def test_kept_signs_are_counted_by_different_courses(alike):
    kept = ways.count_kept(alike).set_index("frame")
    assert list(kept.index) == EXPECTED
    assert kept["ways"].tolist() == [64] * 3 and kept["courses"].tolist() == kept["kept"].tolist() == [16, 8, 4]
    assert (kept["low"] <= kept["tau"]).all() and (kept["tau"] <= kept["high"]).all()
    turned = alike.assign(tau=alike["tau"].where(alike["own"], -alike["tau"]))
    assert ways.count_kept(turned)["kept"].tolist() == [1] * 3


def test_undated_articles_and_no_frames_give_no_specification(articles, sentences, received, codebook):
    undated = articles.assign(date=articles["date"].where(articles["label"].ne("2008")))
    table = ways.run_specifications(sentences, received, undated, codebook, ["finance"])
    assert set(table["label"]) == {"2012", "2017", "2021", "2022"} and table["tau"].notna().all()
    for frames, own in (
        (["finance"], articles.assign(date=articles["date"].mask(articles["label"].ne("")))),
        ([], articles),
    ):
        empty = ways.run_specifications(sentences, received, own, codebook, frames)
        assert empty.empty and ways.count_kept(ways.count_alike(empty)).empty
