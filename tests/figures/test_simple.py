"""Bars and a matrix, of any table."""

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers.figures.simple import draw_bars, draw_matrix


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_bars_stand_in_the_tables_order_with_their_values():
    table = pd.DataFrame({"label": ["2021", "2008"], "words": [1234, 0]})
    ax = draw_bars(table, label="label", value="words", title="Which is longer?").axes[0]
    assert [bar.get_width() for bar in ax.patches] == [1234, 0]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["2021", "2008"]
    assert [text.get_text().strip() for text in ax.texts] == ["1,234", "0"]
    assert ax.yaxis_inverted() and ax.get_xlim()[0] == 0 and ax.get_xlim()[1] > 1234


def test_a_matrix_leaves_cells_without_a_row_empty():
    table = pd.DataFrame({"frame": ["strain", "strain", "arms_control"], "label": ["b", "a", "a"], "n": [2, 0, 4]})
    ax = draw_matrix(table, rows="frame", columns="label", value="n", title="t").axes[0]
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["b", "a"]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["strain", "arms control"]
    assert {text.xy: text.get_text() for text in ax.texts} == {(0, 0): "2", (1, 0): "0", (1, 1): "4"}


def test_nothing_to_draw_is_said():
    empty = pd.DataFrame({"label": [], "n": []})
    for fig in (draw_bars(empty, label="label", value="n", title="t"),):
        assert fig.axes[0].texts[0].get_text() == "nothing to draw"
    fig = draw_matrix(empty, rows="label", columns="label", value="n", title="t")
    assert fig.axes[0].texts[0].get_text() == "nothing to draw"
    zeros = pd.DataFrame({"frame": ["a"], "label": ["b"], "n": [0]})
    assert draw_matrix(zeros, rows="frame", columns="label", value="n", title="t").axes[0].texts[0].get_text() == "0"
