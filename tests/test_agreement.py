"""Coders' files, their majority, and the codebook against it."""

import pandas as pd
import pytest

from helpers.agreement import compare_with_coders, load_labels, majority, precision_and_recall

SENTENCES = pd.DataFrame({"article": ["x"] * 3 + ["y"], "sentence": [1, 2, 3, 1]})


def write(folder, name, text):
    (folder / f"{name}.csv").write_text(text, encoding="utf-8")


def test_every_file_is_a_coder_and_an_empty_cell_is_no_judgement(tmp_path):
    write(tmp_path, "ana", "doc_id,sentence,a,b\nx,1,1,0\nx,2,,1\n")
    write(tmp_path, "ben", "article,sentence,a,b\nx,1,0,0\n")
    labels = load_labels(["a", "b"], tmp_path)
    assert labels.groupby("coder").size().to_dict() == {"ana": 3, "ben": 2}
    assert set(labels["frame"]) == {"a", "b"}


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
        ("article,sentence,aa\nx,1,1\n", "column 'aa' is not known"),
        ("article,sentence,a\nx,1,1\nx,1,1\n", "line 3: this sentence was judged in a line above"),
        ("", "cannot be read as CSV"),
    ],
)
def test_a_bad_coders_file_is_told_where(tmp_path, text, said):
    write(tmp_path, "ana", text)
    with pytest.raises(ValueError, match=said) as error:
        load_labels(["a"], tmp_path)
    assert "ana.csv" in str(error.value)


def labels_of(*rows):
    return pd.DataFrame(rows, columns=["article", "sentence", "frame", "coder", "value"])


def test_the_majority_is_more_than_half_of_those_who_judged():
    votes = majority(
        labels_of(
            ("x", 1, "a", "ana", 1), ("x", 1, "a", "ben", 1), ("x", 1, "a", "eva", 0),
            ("x", 2, "a", "ana", 1), ("x", 2, "a", "ben", 0),
            ("x", 3, "a", "ana", 1),
            ("elsewhere", 1, "a", "ana", 1),
        ),
        SENTENCES,
    )  # fmt: skip
    assert votes[["sentence", "marked", "coders", "value"]].to_numpy().tolist() == [
        [1, 2, 3, 1],
        [2, 1, 2, 0],
        [3, 1, 1, 1],
    ]


def test_a_judgement_of_a_sentence_that_is_not_there_is_told():
    with pytest.raises(ValueError, match="ana judged sentence 9 of x, which has no such sentence"):
        majority(labels_of(("x", 9, "a", "ana", 1)), SENTENCES.assign(text="."))


def test_precision_and_recall_of_a_worked_example():
    """Codebook: sentences 1 and 2; coders: 1 and 3. One in common: precision, recall and F1 are one half."""
    votes = majority(
        labels_of(*[("x", n, frame, "ana", int(n != 2)) for n in (1, 2, 3) for frame in ("a", "b")]), SENTENCES
    )
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
