"""Frames over time: shares by period are drawn only where there is an interval to draw."""

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers.figures.parts import GREY, TESTED
from helpers.figures.shift import draw_mix, draw_shares_by_period


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def shares(low):
    years = ["2000", "2001"]
    table = pd.DataFrame({"period": years, "start": pd.to_datetime(years), "share": 0.3, "low": low, "high": 0.4})
    return pd.concat([table.assign(frame=frame) for frame in ("x", "y")])


def legend(fig):
    names = [text.get_text() for text in fig.legends[0].get_texts()]
    filled = [handle.get_markerfacecolor() != "white" for handle in fig.legends[0].legend_handles]
    return list(zip(names, filled, strict=True))


def test_the_legend_names_the_marks_that_are_drawn():
    both = [("with 95% interval", True), ("too few for an interval", False)]
    assert legend(draw_shares_by_period(shares([0.2, 0.2]), ["x"], accent=[], title="x")) == both[:1]
    assert legend(draw_shares_by_period(shares([0.2, None]), ["x"], accent=[], title="x")) == both


def test_without_any_interval_nothing_is_drawn():
    assert draw_shares_by_period(shares([None, None]), ["x"], accent=[], title="x") is None
    assert draw_shares_by_period(shares([0.2, 0.2]).head(0), ["x"], accent=[], title="x") is None


def test_the_frames_tested_alone_are_coloured_and_each_bar_is_an_interval():
    fig = draw_shares_by_period(shares([0.2, 0.2]), ["x", "y"], accent=["x"], title="x")
    colours = [ax.lines[0].get_color() for ax in fig.axes[:2]]
    assert colours == [TESTED, GREY]
    bars = [segment[:, 1].tolist() for segment in fig.axes[0].collections[0].get_segments()]
    assert bars == [[0.2, 0.4]] * 2
    assert not fig.axes[2].get_visible()


def test_both_parts_of_each_change_are_drawn_and_frames_that_do_not_change_are_not():
    moves = pd.DataFrame(
        {"frame": ["x", "y", "z"], "within": [2.0, -1.0, 0.0], "mix": [0.5, 0.0, 0.0], "compared": 90.0}
    )
    ax = draw_mix(moves.assign(cells="outlets"), accent=["x"], title="x").axes[0]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["y", "x"]
    assert [bar.get_width() for bar in ax.patches] == [-1.0, 2.0, 0.0, 0.5]
    for none in (
        moves.tail(1),
        moves.assign(within=float("nan"), mix=float("nan"), compared=float("nan")),
        moves.assign(compared=0.0),
    ):
        assert draw_mix(none.assign(cells="outlets"), accent=[], title="x") is None
