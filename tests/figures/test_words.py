"""Figures of words: of one word, of many periods, of long labels."""

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers.figures.door import publish
from helpers.figures.words import PANELS, draw_collocates, draw_keywords


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def marks_of(periods, articles=1):
    table = pd.DataFrame({"label": periods, "word": "border", "target": 3, "reference": 2, "g2_two_term": 4.2})
    return table.assign(articles=articles)


def near_of(columns, words="abcd", hits=1):
    pairs = [(word, article) for article in columns for word in words]
    table = pd.DataFrame(pairs, columns=["word", "article"]).assign(frame="arms", label=lambda t: t["article"])
    return table.assign(hits=hits, near=[1 if hits and word == "b" else 0 for word in table["word"]])


def texts_of(ax):
    return [text.get_text() for text in ax.texts]


@pytest.mark.parametrize("columns", [["2009"], [f"2012-{i:02d}" for i in range(15)]])
def test_one_word_has_a_panel(tmp_path, monkeypatch, columns):
    monkeypatch.setenv("FIGURES", str(tmp_path))
    for fig in (
        draw_keywords(marks_of(["2009"]), title="x" * 120),
        draw_collocates(near_of(columns, "b"), title="x" * 120),
    ):
        publish(fig, marks_of(["2009"]), "00-x")  # Matplotlib warns where it finds no room; warnings are errors here
        assert fig.axes[0].get_position().height > 0.1


def test_with_no_word_nothing_is_drawn():
    assert draw_keywords(marks_of([]), title="x") is None
    assert draw_collocates(near_of([]), title="x") is None


def test_a_word_of_one_article_has_a_hollow_bar():
    faces = [draw_keywords(marks_of(["2009"], n), title="x").axes[0].patches[0].get_facecolor() for n in (1, 2)]
    assert faces[0] == (1, 1, 1, 1) and faces[1] != faces[0]


def test_of_many_periods_the_first_are_drawn():
    fig = draw_keywords(marks_of([f"{1990 + i}" for i in range(30)]), title="x")
    assert sum(ax.get_visible() for ax in fig.axes) == PANELS


def test_collocates_of_the_most_columns_come_first_and_each_number_is_in_its_row():
    near = near_of(["2008", "2012"]).assign(near=[0, 1, 0, 0, 0, 1, 3, 0])
    ax = draw_collocates(near, title="x").axes[0]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["b", "c", "a", "d"]
    assert texts_of(ax) == ["1", "1", "", "3", "", "", "", ""]


def test_a_dash_says_that_the_key_word_is_not_there():
    assert set(texts_of(draw_collocates(near_of(["2008"], hits=0), title="x").axes[0])) == {"–"}


def test_long_dates_below_few_words_leave_them_room():
    fig = draw_collocates(near_of([f"2019-05-02·{i}" for i in range(12)]), title="x " * 60)
    fig.draw_without_rendering()
    boxes = [label.get_window_extent() for label in fig.axes[0].get_yticklabels()]
    assert not any(one.overlaps(other) for i, one in enumerate(boxes) for other in boxes[:i])
