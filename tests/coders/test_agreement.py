"""Coders' files, their majority, how far they agree, and the file for a new coder."""

import krippendorff
import numpy as np
import pandas as pd
import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from helpers.codebook.terms import frames_of, load_codebook
from helpers.coders.agreement import _alphas, alpha_per_frame, kappa_per_pair
from helpers.coders.labels import (
    LABELS,
    SAMPLED,
    hits_of_model,
    list_elsewhere,
    list_split,
    load_labels,
    majority,
    shares_of_votes,
    tally,
)
from helpers.files.tables import SEEDS

SENTENCES = pd.DataFrame({"article": ["x"] * 3 + ["y"], "sentence": [1, 2, 3, 1], "text": "."})


def write(folder, name, text):
    (folder / f"{name}.csv").write_text(text, encoding="utf-8")


def test_every_file_is_a_coder_and_an_empty_cell_is_no_judgement(tmp_path):
    write(tmp_path, "ana", "doc_id,sentence,a,b\nx,1,1,0\nx,2,,1\n")
    write(tmp_path, "ben", "article,sentence,a,b\nx,1,0,0\n")
    labels = load_labels(["a", "b"], tmp_path)
    assert labels.groupby("coder").size().to_dict() == {"ana": 3, "ben": 2}
    assert set(labels["frame"]) == {"a", "b"}


def test_whole_numbers_written_by_a_program_are_read(tmp_path):
    write(tmp_path, "ana", "article,sentence,a\nx,1.0,1.0\nx,2.0,0.0\nx,3.0,\n")
    write(tmp_path, "ben", 'article,sentence,a\nx,01,"1,0"\nx,2,"0,00"\n')
    labels = load_labels(["a"], tmp_path)
    assert labels[["coder", "sentence", "value"]].to_numpy().tolist() == [
        ["ana", 1, 1], ["ana", 2, 0], ["ben", 1, 1], ["ben", 2, 0],
    ]  # fmt: skip


def test_without_coders_the_table_is_empty(tmp_path):
    labels = load_labels(["a"], tmp_path / "nowhere")
    assert labels.empty
    assert majority(labels, SENTENCES).empty


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("article,sentence,a\nx,1,2\n", "line 2: sentence '1', a '2'"),
        ("article,sentence,a\nx,1,1\nx,two,1\n", "line 3: sentence 'two'"),
        ("article,a\nx,1\n", "missing sentence"),
        ("article,sentence,aa\nx,1,1\n", "column 'aa' is no frame"),
        ("article,sentence,a\nx,1,1\nx,1,1\n", "line 3: this sentence was judged in a line above"),
        ("article,sentence,a\nx,1,1\nx,1.0,1\n", "line 3: this sentence was judged in a line above"),
        ("article,sentence,a\nx,1,0.5\n", "line 2: sentence '1', a '0.5'"),
        ('article,sentence,a\nx,"1,000",1\n', "line 2: sentence '1,000'"),
        ("article,sentence,a\nx,٣,1\nx,3,0\n", "line 2: sentence '٣'"),
        (f"article,sentence,a\nx,{'9' * 30},1\n", "line 2: sentence '999"),
        ("article,sentence,a,A\nx,1,1,0\n", "the column 'a' is given twice"),
        ("", "cannot be read as CSV"),
    ],
)
def test_a_bad_coders_file_is_told_where(tmp_path, text, said):
    write(tmp_path, "ana", text)
    with pytest.raises(ValueError, match=said) as error:
        load_labels(["a"], tmp_path)
    assert "ana.csv" in str(error.value)


def labels_of(*rows):
    """Judgements; a coder whose name begins with "model" is one."""
    labels = pd.DataFrame(rows, columns=["article", "sentence", "frame", "coder", "value"]).assign(text="", line=2)
    return labels.assign(kind=["model" if coder.startswith("model") else "person" for coder in labels["coder"]])


def test_the_majority_is_more_than_half_of_those_who_judged():
    labels = labels_of(
        ("x", 1, "a", "ana", 1), ("x", 1, "a", "ben", 1), ("x", 1, "a", "eva", 0),
        ("x", 2, "a", "ana", 1), ("x", 2, "a", "ben", 0),
        ("x", 3, "a", "ana", 1),
        ("elsewhere", 1, "a", "ana", 1),
    )  # fmt: skip
    columns = ["sentence", "marked", "coders", "value"]
    assert majority(labels, SENTENCES)[columns].to_numpy().tolist() == [[1, 2, 3, 1], [3, 1, 1, 1]]
    assert tally(labels, SENTENCES)[columns].fillna(-1).to_numpy().tolist() == [
        [1, 2, 3, 1],
        [2, 1, 2, -1],
        [3, 1, 1, 1],
    ]


def test_one_person_outweighs_all_models_where_the_person_judged():
    """And only there; models break no tie between persons, and are not counted beside them."""
    models = [("x", n, "a", f"model-{i}", 1) for n in (1, 2, 3) for i in (1, 2, 3)]
    labels = labels_of(*models, ("x", 1, "a", "ana", 0), ("x", 2, "a", "ana", 0), ("x", 2, "a", "ben", 1))
    counts = tally(labels, SENTENCES)
    assert counts[["sentence", "marked", "coders", "kind"]].to_numpy().tolist() == [
        [1, 0, 1, "person"], [2, 1, 2, "person"], [3, 3, 3, "model"],
    ]  # fmt: skip
    assert counts["value"].fillna(-1).tolist() == [0, -1, 1]
    assert list_split(counts)["sentence"].tolist() == [2]


def test_a_model_has_no_part_in_the_agreement_of_persons():
    people = [judged("1100", "1010"), judged("11", frame="b")]
    models = [labels_of(*[("x", n, f, f"model-{i}", 1) for n in (1, 2) for i in (1, 2)]) for f in "abc"]
    alphas = alpha_per_frame(pd.concat([*people, *models]), ["a", "b", "c"])
    assert alphas[["kind", "coders"]].to_numpy().tolist() == [["person", 2], ["person", 1], ["model", 2]]
    alone = alpha_per_frame(pd.concat(people), ["a"])
    pd.testing.assert_frame_equal(alphas.head(1), alone)


def test_a_model_takes_the_codebooks_place_for_frames_that_a_person_judged_too():
    model = labels_of(*[("x", n, frame, "model-1", int(n == 2)) for n in (1, 2, 3) for frame in "ab"])
    labels = pd.concat([model, judged("01"), labels_of(("x", 1, "b", "model-2", 1))])
    sentences = SENTENCES[SENTENCES["article"].eq("x") & SENTENCES["sentence"].le(3)]
    hits = hits_of_model(labels, "model-1", sentences)
    assert hits[["article", "sentence", "frame"]].to_numpy().tolist() == [["x", 2, "a"]]
    only_model = labels[labels["kind"].eq("model")]
    for own, coder in ((labels, "coder-1"), (labels, "nobody"), (only_model, "model-1")):
        with pytest.raises(ValueError, match="is not a model's file with a frame that a person has judged"):
            hits_of_model(own, coder, sentences)
    with pytest.raises(ValueError, match=r"model-1\.csv: 3 of 4 sentences are judged for a"):
        hits_of_model(labels, "model-1", SENTENCES.head(4))


def test_shares_by_the_coders_are_of_the_sentences_decided_for_the_frame():
    labels = pd.concat([judged("110"), judged(".1.", frame="b")])
    assert shares_of_votes(majority(labels, SENTENCES))[
        ["article", "frame", "carrying", "sentences", "share", "ids"]
    ].to_numpy().tolist() == [["x", "a", 2, 3, 2 / 3, "x:1 x:2"], ["x", "b", 1, 1, 1, "x:2"]]
    assert shares_of_votes(majority(labels.iloc[:0], SENTENCES)).empty


def test_a_coder_is_a_person_unless_the_file_says_otherwise(tmp_path):
    write(tmp_path, "ana", "article,sentence,kind,a\nx,1,,1\nx,2,person,0\n")
    write(tmp_path, "ben", "article,sentence,a\nx,1,1\n")
    write(tmp_path, "run", "article,sentence,kind,a,reason\nx,1,model,1,\nx,2,model,,no reply\n")
    labels = load_labels(["a"], tmp_path)
    assert labels[["coder", "kind", "value"]].to_numpy().tolist() == [
        ["ana", "person", 1], ["ana", "person", 0], ["ben", "person", 1], ["run", "model", 1],
    ]  # fmt: skip
    assert list(labels) == [*LABELS, *SAMPLED]
    write(tmp_path, "run", "article,sentence,kind,a\nx,1,machine,1\n")
    with pytest.raises(ValueError, match=r"run\.csv, line 2: the kind is 'machine'"):
        load_labels(["a"], tmp_path)


def test_a_file_made_from_other_sentences_is_told_with_its_line(tmp_path):
    write(tmp_path, "ana", "article,sentence,text,a\nx,1,  Two\u00a0 words. ,1\nx,2,,1\nx,3,Old words.,0\n")
    labels = load_labels(["a"], tmp_path)
    now = SENTENCES.head(3).assign(text=["Two words.", "Anything.", "New words."])
    with pytest.raises(ValueError, match=r"ana\.csv, line 4: sentence 3 of x now reads 'New words\.', not 'Old words"):
        tally(labels, now)
    assert len(tally(labels, now.replace("New words.", "Old words."))) == 3
    assert tally(labels, now.assign(article="y")).empty  # other articles are not its matter


def test_an_unknown_article_is_listed_only_beside_known_ones():
    labels = labels_of(
        ("x", 1, "a", "ana", 1), ("xx", 1, "a", "ana", 1), ("xx", 2, "a", "ana", 1), ("z", 1, "a", "b", 1)
    )
    assert list_elsewhere(labels, SENTENCES).to_numpy().tolist() == [["ana", "xx", 2]]
    assert list_elsewhere(labels.iloc[:0], SENTENCES).empty


def test_a_judgement_of_a_sentence_that_is_not_there_is_told():
    with pytest.raises(ValueError, match=r"ana\.csv, line 2: x has no sentence 9"):
        majority(labels_of(("x", 9, "a", "ana", 1)), SENTENCES)


def judged(*columns, frame="a"):
    """Labels from one string per coder, a character per sentence: 0, 1, or . for no judgement."""
    return labels_of(
        *[
            ("x", n, frame, f"coder-{i}", int(value))
            for i, column in enumerate(columns, 1)
            for n, value in enumerate(column, 1)
            if value != "."
        ]
    )


def by_the_package(*columns):
    data = [[np.nan if value == "." else int(value) for value in column] for column in columns]
    return krippendorff.alpha(reliability_data=data, value_domain=[0, 1], level_of_measurement="nominal")


TABLES = st.integers(2, 8).flatmap(lambda n: st.lists(st.text("01.", min_size=n, max_size=n), min_size=2, max_size=4))


def test_alpha_of_krippendorffs_example_cut_to_two_values():
    """His four coders and twelve units (REFERENCES: A 1 2 3 3 2 1 4 1 2 . . .), asked only whether it is a 1."""
    rows = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
    binary = ["".join("." if value == "." else str(int(value == "1")) for value in row) for row in rows]
    found = alpha_per_frame(judged(*binary), ["a"]).iloc[0]
    assert found["alpha"] == pytest.approx(by_the_package(*binary))
    assert (found["coders"], found["sentences"]) == (4, 11)  # the twelfth was judged by one coder only


@given(TABLES)
def test_alpha_is_the_packages_whatever_is_missing(columns):
    found = alpha_per_frame(judged(*columns), ["a"]).iloc[0]
    counts = pd.DataFrame([(c.count("1"), len(c.replace(".", ""))) for c in map("".join, zip(*columns, strict=True))])
    counts = counts[counts[1] > 1].to_numpy().reshape(-1, 2)
    if counts[:, 0].sum() in (0, counts[:, 1].sum()):
        assert np.isnan(found["alpha"])
    else:
        expected = by_the_package(*columns)
        assert found["alpha"] == pytest.approx(expected)
        assert _alphas(np.ones((1, len(counts)), int), *counts.T)[0] == pytest.approx(expected)
        assert found["low"] <= found["high"] <= 1 + 1e-9


def test_a_resample_has_the_alpha_of_the_sentences_drawn():
    ones, of, drawn = (
        np.array([0, 1, 3, 2]),
        np.array([3, 2, 3, 3]),
        np.array([[4, 0, 1, 2], [1, 1, 1, 1], [5, 0, 0, 0]]),
    )
    found = _alphas(drawn, ones, of)
    for row, value in zip(drawn[:2], found[:2], strict=True):
        table = np.repeat(np.column_stack([of - ones, ones]), row, axis=0)
        assert value == pytest.approx(krippendorff.alpha(value_counts=table, level_of_measurement="nominal"))
    assert np.isnan(found[2])


def test_the_interval_of_alpha_is_scipys_percentile_bootstrap_of_95_percent():
    rng = np.random.default_rng(3)
    ones = np.where(rng.random(60) < 0.4, rng.binomial(3, 0.85, 60), rng.binomial(3, 0.15, 60))
    found = alpha_per_frame(judged(*("".join(map(str, (ones > coder).astype(int))) for coder in range(3))), ["a"])

    def alpha(drawn):
        table = np.column_stack([3 - drawn, drawn])
        return krippendorff.alpha(value_counts=table, level_of_measurement="nominal")

    theirs = scipy.stats.bootstrap((ones,), alpha, vectorized=False, method="percentile", n_resamples=4000, rng=1)
    low, high = theirs.confidence_interval
    assert [found["low"].iloc[0], found["high"].iloc[0]] == pytest.approx([low, high], abs=0.25 * theirs.standard_error)
    assert (found["high"] - found["low"]).iloc[0] == pytest.approx(high - low, rel=0.08)  # of 90 percent: 0.16 less


def test_resamples_in_which_nothing_varies_are_counted():
    """One sentence of ten is marked: a resample misses it with a chance of .9 ** 10 = .349."""
    alphas = alpha_per_frame(judged("1000000000", "1000000000"), ["a"]).iloc[0]
    assert alphas[["alpha", "low", "high", "resamples"]].tolist() == [1, 1, 1, 1000]
    assert abs(alphas["undefined"] / 1000 - 0.9**10) < 0.05
    assert alpha_per_frame(judged("10110", "00111"), ["a"]).equals(alpha_per_frame(judged("10110", "00111"), ["a"]))


@pytest.mark.parametrize("columns", [(), ("0110",), ("0000", "0000"), ("1111", "1111"), ("01..", "..01")])
def test_agreement_is_undefined_where_nothing_can_be_compared(columns):
    labels = judged(*columns).astype({"value": int, "sentence": int})
    alphas = alpha_per_frame(labels, ["a", "b"])
    assert alphas["frame"].tolist() == ["a", "b"]
    assert alphas[["alpha", "low", "high"]].isna().all(axis=None)
    assert alphas.loc[0, "coders"] == len(columns)
    assert kappa_per_pair(labels, ["a"])["kappa"].isna().all()


def test_kappa_of_the_textbook_table():
    """[[20, 5], [10, 15]]: kappa .40 (Cohen)."""
    one, other = "1" * 25 + "0" * 25, "1" * 20 + "0" * 5 + "1" * 10 + "0" * 15
    pairs = kappa_per_pair(judged(one + ".1", other + "1."), ["a"])
    assert pairs[["one", "other", "sentences", "marked_one", "marked_other", "agreed"]].to_numpy().tolist() == [
        ["coder-1", "coder-2", 50, 25, 30, 35]
    ]
    assert pairs["kappa"].iloc[0] == pytest.approx(0.40)


def test_a_minority_and_a_half_are_listed_as_not_of_one_mind():
    split = list_split(tally(judged("110", "100", ".00"), SENTENCES))
    assert split[["sentence", "marked", "coders", "value"]].to_numpy().tolist() == [[2, 1, 3, 0]]
    assert list_split(tally(judged("10", "01"), SENTENCES))["value"].isna().tolist() == [True, True]
    assert list_split(tally(judged("110"), SENTENCES)).empty


def test_any_number_of_coders_is_taken_up(tmp_path, sentences):
    """None, one, two who agree perfectly, and a third who judged one sentence: all tables can be made."""
    table = pd.read_csv(SEEDS / "coding" / "coder-1.csv", dtype=str)
    frames = [frame for frame in frames_of(load_codebook()) if frame in table and table[frame].nunique() > 1]
    for name in ("", "ana", "ben", "eva"):
        if name:
            table.head(1 if name == "eva" else None).to_csv(tmp_path / f"{name}.csv", index=False)
        labels = load_labels(frames, tmp_path)
        alphas, pairs = alpha_per_frame(labels, frames), kappa_per_pair(labels, frames)
        assert len(alphas) == len(frames)
        assert len(pairs) == len(frames) * {"": 0, "ana": 0, "ben": 1, "eva": 3}[name]
        assert alphas["alpha"].notna().all() == (name in ("ben", "eva"))
        assert alphas["split"].sum() == 0
        assert majority(labels, sentences)["value"].sum() == (78 if name else 0)
    assert alphas["alpha"].eq(1).all()
