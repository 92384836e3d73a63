"""What a run works out once is what each notebook would."""

import pandas as pd

from helpers.articles import copies
from helpers.articles.copies import find_pairs
from helpers.articles.load import read_articles
from helpers.run.once import keep_for_notebooks, read_for_notebooks
from helpers.text import split
from helpers.text.split import split_sentences

STORY = "The two governments signed an agreement about arms. It was the first for years. Ministers from {} met in {}. "
PLACES = "Tucson Laredo Austin Denver Boston Albany Dallas Reno".split()


def never(*_):
    raise AssertionError("worked out again")


def test_a_notebook_finds_the_same_articles_sentences_and_copies_without_work(tmp_path, monkeypatch):
    monkeypatch.delenv("KEPT", raising=False)
    rows = [(f"2012-01-{i + 1:02}", STORY.format(place, place) * 3) for i, place in enumerate([*PLACES, *PLACES])]
    pd.DataFrame(rows, columns=["date", "text"]).to_csv(tmp_path / "a.csv", index=False)
    monkeypatch.setenv("SOURCE", str(tmp_path / "a.csv"))
    articles, left_out = read_for_notebooks({"SOURCE": str(tmp_path / "a.csv")})
    some = articles.iloc[::3].reset_index(drop=True)
    sentences, few, pairs, own = (
        split_sentences(articles),
        split_sentences(some),
        find_pairs(articles),
        find_pairs(some),
    )
    assert len(pairs)
    for name, value in keep_for_notebooks(tmp_path / "kept", articles, left_out, sentences).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(split, "_sentences_in", never)
    monkeypatch.setattr(copies, "_candidates", never)
    again, left_again = read_articles()
    pd.testing.assert_frame_equal(again, articles)
    pd.testing.assert_frame_equal(left_again, left_out)
    pd.testing.assert_frame_equal(split_sentences(again), sentences)
    pd.testing.assert_frame_equal(split_sentences(some), few)
    pd.testing.assert_frame_equal(find_pairs(again), pairs)
    pd.testing.assert_frame_equal(find_pairs(some), own)
    monkeypatch.undo()
    monkeypatch.setenv("KEPT", str(tmp_path / "kept"))
    other = some.assign(text=some["text"] + " Not kept. ")
    assert split_sentences(other)["text"].str.contains("Not kept").sum() == len(other)
    assert len(find_pairs(other.head(1))) == 0
