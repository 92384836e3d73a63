"""Sentences drawn at random, shared out, and read back: what may be estimated from, and what is refused."""

from collections import Counter
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.coders.labels import load_labels
from helpers.coders.samples import add_period, code_sample, draw_sample, how_coded, share_out
from helpers.measures.estimates import estimate_shares


def corpus(sizes, period="p"):
    """Articles a, b, ... of so many sentences, all of one period."""
    rows = [("abcdefghij"[i], s + 1) for i, size in enumerate(sizes) for s in range(size)]
    table = pd.DataFrame(rows, columns=["article", "sentence"])
    return table.assign(text=table["article"] + table["sentence"].astype(str), period=period)


def hits_of(sentences, every):
    return sentences.iloc[::every][["article", "sentence"]].assign(frame="f")


def fill_in(folder, sample, coder="ana", value="1", **columns):
    """A coder's file: the sample with one value for frame f; a value of None takes the column away."""
    table = sample.assign(f=value, **{name: given for name, given in columns.items() if given is not None})
    table = table.drop(columns=[name for name, given in columns.items() if given is None])
    table.to_csv(folder / f"{coder}.csv", index=False)


def test_a_period_is_the_year_unless_a_column_says_otherwise():
    dated = corpus([2, 1]).drop(columns="period").assign(date=pd.to_datetime(["2008-02-01", "2009-03-01", None]))
    assert add_period(dated)["period"].tolist() == ["2008", "2009", "undated"]
    assert add_period(dated.assign(outlet="AP"), "outlet")["period"].tolist() == ["AP"] * 3
    with pytest.raises(ValueError, match="no column 'period', so they need a date: missing date"):
        add_period(dated.drop(columns="date"))


def test_each_period_gives_as_many_sentences_and_a_small_one_all_it_has():
    sentences = pd.concat([corpus([30, 20], "2008"), corpus([3], "2009").assign(article="z")])
    sample = draw_sample(sentences, n=10)
    assert sample["period"].value_counts().to_dict() == {"2008": 10, "2009": 3}
    assert sample.groupby("period")["chance"].unique().map(list).to_dict() == {"2008": [0.2], "2009": [1.0]}
    assert sample.groupby("period")["among"].first().to_dict() == {"2008": 50, "2009": 3}
    assert not sample.duplicated(["article", "sentence"]).any()
    assert sample.query("article == 'z'").sort_values("sentence")["before"].tolist() == ["", "a1", "a2"]


def test_every_sentence_is_drawn_equally_often():
    each = corpus([5, 1, 2])
    sentences = each.drop(columns="period").merge(pd.DataFrame({"period": range(800)}), how="cross")
    sentences = sentences.assign(article=sentences["article"] + sentences["period"].astype(str))
    times = Counter(draw_sample(sentences, n=3)["text"])
    assert len(times) == 8
    assert all(abs(n / 800 - 3 / 8) < 4 * np.sqrt(3 / 8 * 5 / 8 / 800) for n in times.values())


def test_the_draw_depends_on_the_seed_and_not_on_the_order_of_rows():
    sentences = corpus([9, 9])
    sample = draw_sample(sentences, n=6)
    assert sample.equals(draw_sample(sentences.sample(frac=1, random_state=1), n=6))
    assert not sample.equals(draw_sample(sentences, n=6, rng=1))


def test_whoever_stops_early_has_coded_every_period():
    sentences = pd.concat([corpus([40], "2008"), corpus([60], "2009").assign(article="z")])
    sample = draw_sample(sentences, n=30)
    for stop in (10, 20, 40):
        counts = sample.head(stop)["period"].value_counts()
        assert counts.max() - counts.min() <= 1


@settings(max_examples=25)
@given(st.integers(1, 30), st.integers(1, 20), st.integers(2, 6), st.integers(0, 50))
def test_chances_add_up_to_the_corpus_with_extra_sentences_too(n, extra, every, rng):
    sentences = corpus([12, 12, 12])
    hits = hits_of(sentences, every)
    try:
        sample = draw_sample(sentences, n=n, hits=hits, extra=extra, rng=rng)
    except ValueError as error:
        assert "draws no sentence without a hit" in str(error) and n < 10
        return
    assert (1 / sample["chance"]).sum() == pytest.approx(36)
    fired = sample.merge(hits, how="left")["frame"].notna()
    assert len(sample) == min(n, 36) + min(extra, len(hits) - (fired.sum() - max(0, len(sample) - n)))
    assert sample.loc[fired, "chance"].nunique() <= 1 and (1 / sample.loc[fired, "chance"]).sum() in (
        0,
        pytest.approx(len(hits)),
    )


def test_a_sentence_that_stands_twice_is_told():
    with pytest.raises(ValueError, match="sentence 1 of a stands twice"):
        draw_sample(pd.concat([corpus([2]), corpus([1])]), n=1)


def test_the_first_sentences_are_for_all_and_the_rest_is_dealt():
    sample = draw_sample(corpus([10, 10]), n=12)
    dealt = share_out(sample, ["ana", "ben", "eva"], common=3)
    keys = ["article", "sentence"]
    own = {coder: rows[keys].to_numpy().tolist() for coder, rows in dealt.groupby("coder")}
    order = sample[keys].to_numpy().tolist()
    assert own == {who: order[:3] + order[3 + turn :: 3] for turn, who in enumerate(["ana", "ben", "eva"])}
    assert share_out(sample, ["ana"], common=3)[keys].to_numpy().tolist() == order


def test_a_sample_comes_back_with_its_chances(tmp_path):
    sentences = corpus([20, 20])
    sample = draw_sample(sentences, n=8)
    fill_in(tmp_path, sample)
    coded = code_sample(load_labels(["f"], tmp_path), sentences)
    assert coded[["value", "coders", "chance"]].drop_duplicates().to_numpy().tolist() == [[1, 1, 0.2]]
    assert sorted(coded["article"] + coded["sentence"].astype(str)) == sorted(sample["text"])


def test_of_several_coders_the_majority_holds_and_half_is_half(tmp_path):
    sentences = corpus([4])
    values = {"ana": "1100", "ben": "1010", "eva": "1.00"}
    for coder, own in values.items():
        fill_in(tmp_path, draw_sample(sentences, n=4).sort_values("sentence"), coder, [v.strip(".") for v in own])
    coded = code_sample(load_labels(["f"], tmp_path), sentences)
    assert coded["value"].tolist() == [1, 0.5, 0, 0] and coded["coders"].tolist() == [3, 2, 3, 3]


def test_models_do_not_count_where_a_person_coded_the_sample(tmp_path):
    sentences = corpus([20])
    sample = draw_sample(sentences, n=10)
    fill_in(tmp_path, sample.head(4), "ana", "1")
    fill_in(tmp_path, sample, "run", "0", kind="model")
    labels = load_labels(["f"], tmp_path)
    assert code_sample(labels, sentences)[["value", "kind"]].to_numpy().tolist() == [[1, "person"]] * 4
    assert len(code_sample(labels[labels["coder"].eq("run")], sentences)) == 10


def test_a_file_without_chances_is_refused_unless_all_is_coded_or_another_was_drawn(tmp_path):
    sentences = corpus([6, 4])
    picked = {"period": None, "chance": None, "among": None, "before": None}
    fill_in(tmp_path, draw_sample(sentences, n=9), "ana", **picked)
    labels = load_labels(["f"], tmp_path)
    with pytest.raises(ValueError, match=r"ana\.csv: no column chance.*measure agreement, not to estimate shares"):
        code_sample(labels, sentences)
    fill_in(tmp_path, draw_sample(sentences, n=10), "ana", **picked)
    assert code_sample(load_labels(["f"], tmp_path), sentences)["chance"].tolist() == [1] * 10
    fill_in(tmp_path, draw_sample(sentences, n=9), "ana", **picked)
    fill_in(tmp_path, draw_sample(sentences, n=3), "ben", "0")
    assert code_sample(load_labels(["f"], tmp_path), sentences)["value"].tolist() == [0] * 3
    assert code_sample(labels.iloc[:0], sentences).empty


def test_a_person_who_coded_a_few_leaves_the_models_reading_of_all_complete(tmp_path):
    sentences, picked = corpus([6]), {"period": None, "chance": None, "among": None}
    fill_in(tmp_path, draw_sample(sentences, n=6), "run", "0", kind="model", **picked)
    fill_in(tmp_path, draw_sample(sentences, n=2), "ana", "1", **picked)
    coded = code_sample(load_labels(["f"], tmp_path), sentences)
    assert len(coded) == 6 and coded["value"].sum() == 2


def test_persons_count_before_a_model_that_alone_has_chances(tmp_path):
    sentences, picked = corpus([12]), {"period": None, "chance": None, "among": None}
    sample = draw_sample(sentences, n=6)
    fill_in(tmp_path, sample, "run", "0", kind="model")
    fill_in(tmp_path, draw_sample(sentences, n=12), "ana", "1", **picked)
    labels = load_labels(["f"], tmp_path)
    everything = code_sample(labels, sentences)
    assert everything[["value", "chance", "kind"]].to_numpy().tolist() == [[1, 1, "person"]] * 12
    assert how_coded(labels, sentences) == "all"
    fill_in(tmp_path, sample.tail(2), "ana", "1", **picked)
    labels = load_labels(["f"], tmp_path)
    some = code_sample(labels, sentences)
    assert some["value"].sum() == 2 and some["chance"].tolist() == [0.5] * 6
    assert some.groupby("kind").size().to_dict() == {"model": 4, "person": 2}
    assert how_coded(labels, sentences) == "sample"


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"chance": "much"}, "line 2: chance is 'much'; it must be above 0 and at most 1"),
        ({"chance": ""}, "line 2: chance is ''"),
        ({"chance": "0"}, "line 2: chance is '0'"),
        ({"chance": "1.5"}, "line 2: chance is '1.5'"),
        ({"among": "2.5"}, "line 2: among is '2.5'; it must be a whole number"),
    ],
)
def test_a_chance_that_is_none_is_told_by_its_line(tmp_path, columns, said):
    fill_in(tmp_path, draw_sample(corpus([4]), n=2), **columns)
    with pytest.raises(ValueError, match=said):
        load_labels(["f"], tmp_path)


def test_a_spreadsheets_comma_and_rounding_are_read(tmp_path):
    sentences = corpus([30])
    sample = draw_sample(sentences, n=11)
    fill_in(tmp_path, sample, chance="0,3667")
    assert len(code_sample(load_labels(["f"], tmp_path), sentences)) == 11


def test_files_of_two_samples_are_refused(tmp_path):
    sentences = corpus([20])
    fill_in(tmp_path, draw_sample(sentences, n=10), "ana")
    fill_in(tmp_path, draw_sample(sentences, n=15), "ben")
    with pytest.raises(ValueError, match=r"has the chances 0\.5 and 0\.75 in two coders' files"):
        code_sample(load_labels(["f"], tmp_path), sentences)
    fill_in(tmp_path, draw_sample(sentences, n=10, rng=7), "ben")
    with pytest.raises(ValueError, match=r"the coded sentences of p stand for 34, but it has 20"):
        code_sample(load_labels(["f"], tmp_path), sentences)


def test_a_corpus_that_has_grown_is_told_and_one_that_has_shrunk_is_used(tmp_path):
    sentences = corpus([20, 20])
    fill_in(tmp_path, draw_sample(sentences, n=10))
    labels = load_labels(["f"], tmp_path)
    with pytest.raises(ValueError, match="drawn from 40 sentences, and now there are 45"):
        code_sample(labels, corpus([20, 20, 5]))
    assert 0 < len(code_sample(labels, corpus([20]))) < 10
    with pytest.raises(ValueError, match="now reads"):
        code_sample(labels, sentences.assign(text="changed"))


def test_periods_other_than_those_of_the_draw_can_be_estimated(tmp_path):
    sentences = pd.concat([corpus([20], "2008"), corpus([40], "2009").assign(article="z")])
    fill_in(tmp_path, draw_sample(sentences, n=10))
    coded = code_sample(load_labels(["f"], tmp_path), sentences.assign(all="all"), by="all")
    assert set(coded["period"]) == {"all"} and (1 / coded["chance"]).sum() == pytest.approx(60)


def test_a_draw_by_another_period_gives_shares_by_the_own_one(tmp_path):
    """Drawn by half, where the first half has 300 sentences of both years and the second 100 of the second year only.
    All of the second half and none of the first carry the frame: 100 of the 250 of the second year."""
    half = pd.concat([corpus([150, 150], "first"), corpus([100], "second").assign(article="z")])
    sentences = half.rename(columns={"period": "half"}).assign(period=np.where(half["article"].eq("a"), "1", "2"))
    shares = []
    for rng in range(8):
        sample = draw_sample(sentences, n=60, by="half", rng=rng)
        fill_in(tmp_path, sample, value=sample["period"].eq("second").astype(int))
        coded = code_sample(load_labels(["f"], tmp_path), sentences)
        hits = hits_of(sentences, 500).head(0)
        table = estimate_shares(hits, coded, sentences, ["f"]).set_index("period")
        assert table["share"]["1"] == 0
        shares.append(table["share"]["2"])
    assert np.mean(shares) == pytest.approx(0.4, abs=0.02)


def test_zeros_left_empty_are_refused_and_cells_not_reached_are_none(tmp_path):
    sample = draw_sample(corpus([60]), n=60)
    fill_in(tmp_path, sample, value=["1", "", ""] * 20)
    with pytest.raises(ValueError, match=r"ana\.csv: under f are 20 cells with 1, 0 with 0 and 38 empty.*Write 0"):
        load_labels(["f"], tmp_path)
    fill_in(tmp_path, sample, value=["1"] * 20 + [""] * 40)
    assert len(load_labels(["f"], tmp_path)) == 20
    fill_in(tmp_path, sample, value=["1", "", "0"] * 20)
    assert len(load_labels(["f"], tmp_path)) == 40


def test_no_two_coders_of_thousands_miss_each_other():
    """Of the first 200 of 20,000 sentences two coders share all: the agreement can be measured."""
    sentences = pd.DataFrame(list(product(range(1000), range(1, 21))), columns=["article", "sentence"])
    sample = draw_sample(sentences.assign(article=sentences["article"].astype(str), text="", period="p"), n=200)
    dealt = share_out(sample, ["ana", "ben"])
    assert dealt.duplicated(["article", "sentence"]).sum() == 100
