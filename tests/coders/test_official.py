"""The test set of official speech: what it holds, and what the codebook does on it."""

import pandas as pd
import pytest

from helpers.articles.load import load_articles
from helpers.codebook.terms import frames_of, load_codebook
from helpers.coders import official
from helpers.files.tables import SEEDS


def test_every_sentence_is_coded_for_every_frame():
    votes = official.load_official()
    assert set(votes.groupby("frame")["article"].nunique()) == {342}
    assert set(votes["frame"]) <= set(frames_of(load_codebook()))
    assert not votes.duplicated(["article", "frame"]).any()
    assert votes.drop_duplicates("article")["source"].value_counts().tolist() == [233, 109]
    assert votes["date"].dt.year.drop_duplicates().isin([*range(2007, 2011), *range(2021, 2027)]).all()
    assert votes.query("article == 'p005' and doubted")["frame"].tolist() == ["militarised"]


def test_scores_are_counts_of_the_sentences():
    """Two terms of one's own, counted by hand from the file."""
    table = pd.read_csv(SEEDS / "official" / "sentences.csv")
    fires = table["sentence"].str.contains(r"(?<![\w])(?:fentanyl|sanctions)(?![\w])", case=False)
    terms = pd.DataFrame({"frame": "finance", "term": ["fentanyl", "sanctions"]})
    row = official.score_official(terms).set_index("frame").loc["finance"]
    carries = table["finance"].eq(1)
    assert row[["sentences", "both", "codebook_only", "coders_only"]].tolist() == [
        342,
        (fires & carries).sum(),
        (fires & ~carries).sum(),
        (~fires & carries).sum(),
    ]
    assert row["both"] > 0 and row["precision_low"] < row["precision"] < row["precision_high"]


def test_the_codebook_is_far_from_perfect_on_text_it_was_not_fitted_to():
    scores = official.score_official(load_codebook())
    coded = set(official.load_official()["frame"])
    assert scores["frame"].tolist() == [frame for frame in frames_of(load_codebook()) if frame in coded]
    both, extra, missed = scores[["both", "codebook_only", "coders_only"]].sum()
    assert 0.5 < 2 * both / (2 * both + extra + missed) < 0.8
    assert (scores["f1_high"] - scores["f1_low"]).min() > 0.1  # so few sentences leave much open


def test_a_codebook_of_other_frames_has_no_score():
    assert official.score_official(pd.DataFrame({"frame": ["peace"], "term": ["treaty"]})).empty


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [("finance", "2", "line 3: finance is '2'"), ("doubted", "sport", "line 3: 'sport' is doubted")],
)
def test_a_wrong_cell_is_told_by_its_line(tmp_path, monkeypatch, column, value, said):
    table = pd.read_csv(SEEDS / "official" / "sentences.csv", dtype=str).head(5)
    table.loc[1, column] = value
    (tmp_path / "official").mkdir()
    table.to_csv(tmp_path / "official" / "sentences.csv", index=False)
    monkeypatch.setattr(official, "SEEDS", tmp_path)
    with pytest.raises(ValueError, match=said):
        official.load_official()


def test_the_test_set_is_no_article():
    assert len(load_articles()) == 5
