"""Parts that figures share: titles, dates, panels, percentages."""

import math
import textwrap

import matplotlib
import matplotlib.dates
import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from helpers.figures.door import TICK
from helpers.findings.words import plain, short

# One colour has one meaning in the whole collection (Okabe & Ito's palette, told apart by the colour-blind, and greys).
TESTED = "#D55E00"  # vermillion: a frame whose course is tested
ACCENT = TESTED
UNITED_STATES, MEXICO, BOTH_SIDES = "#0072B2", "#009E73", "#CC79A7"  # blue, green, purple: whose words, whose duty
GREY, PALE, INK = "#8c8c8c", "#cccccc", "#333333"  # all else; the whole corpus or a limit; coders, and words
LINES = 3  # of a title: what a figure has room for
SHARES = "Greys"  # of a heat map: darker is a larger share
RING = {"markerfacecolor": "none", "markersize": 9, "zorder": 4}
BESIDE = {"textcoords": "offset points", "fontsize": 8, "color": INK}


def titled(fig: Figure, title: str) -> Figure:
    """The figure with its finding above all of it."""
    fig.suptitle(balanced(title), x=0.01, ha="left", fontweight="bold", fontsize=11)
    return fig


def balanced(title: str, most: int = 98) -> str:
    """A title in lines of about one length, so that none is left with a word.

    >>> balanced("one two three four five", 20)
    'one two three\\nfour five'
    """
    title = short(" ".join(title.split()), LINES * most * 4 // 5)  # a line may end before it is full
    lines = math.ceil(len(title) / most)
    ways = (textwrap.wrap(title, width) for width in range(len(title) // max(lines, 1) or 1, most + 1))
    return "\n".join(next((wrapped for wrapped in ways if len(wrapped) <= lines), textwrap.wrap(title, most)))


def say(words: str, title: str) -> Figure:
    """A figure that says why there is nothing to draw."""
    fig, ax = plt.subplots(figsize=(9, 1.2))
    ax.text(0, 0.5, words, color=GREY)
    ax.set_title(balanced(title))
    ax.set_axis_off()
    return fig


def tilt(ax, labels: list[str], room: int = 90) -> float:
    """Labels below an axis that would touch, where all axes side by side have room for so many letters, are aslant, and
    each in one line; how many inches deeper they reach for that, about."""
    labels = ["\n".join(short(line, TICK) for line in label.split("\n")) for label in labels]
    longest = max((len(line) for label in labels for line in label.split("\n")), default=0)
    if len(labels) * longest > room / ax.get_gridspec().ncols:
        ax.set_xticks(ax.get_xticks(), [label.replace("\n", ", ") for label in labels], rotation=45)
        for label in ax.get_xticklabels():
            label.set(horizontalalignment="right", rotation_mode="anchor")
        return 0.07 * max(map(len, labels)) - 0.3
    return 0.0


def mark_dates(ax, dates: pd.Series) -> None:
    """The articles' years where they fall, if they are few; two that would touch lean away from each other."""
    dates = dates.drop_duplicates()
    short = dates.dt.year.ge(2000).all()  # ’48 may be of any century
    if len(dates) > (8 if short else 4) or dates.dt.year.duplicated().any():
        ticks = matplotlib.dates.AutoDateLocator(minticks=2, maxticks=4)
        ax.xaxis.set_major_locator(ticks)
        ax.xaxis.set_major_formatter(matplotlib.dates.ConciseDateFormatter(ticks))
        return
    ax.set_xticks(dates, list(dates.dt.strftime("’%y" if short else "%Y")))
    near = [*(dates.diff() < (dates.max() - dates.min()) / 12), False]
    for label, close, next_close in zip(ax.get_xticklabels(), near, near[1:], strict=False):
        label.set_horizontalalignment("left" if close else "right" if next_close else "center")


def hide_rest(axes: np.ndarray, number: int) -> None:
    """Panels beyond so many are hidden; those above them then have the dates that the hidden ones would have shown."""
    for place, ax in list(enumerate(axes.flat))[number:]:
        ax.set_visible(False)
        if place >= axes.shape[1]:
            axes.flat[place - axes.shape[1]].tick_params(labelbottom=True)


def panel(frame: str, beside: int = 3) -> str:
    """A frame's name above its panel, of so many side by side, in up to three lines."""
    return textwrap.fill(plain(frame), 84 // beside, max_lines=3, placeholder="…")


def percent(share: float, _) -> str:
    """A tick of an axis of shares, with as many places as it has: "2.5%"."""
    return f"{100 * share:g}%"


def spread(count: int, size: int) -> list[float]:
    """Places for `count` labels, evenly over the height of `size`."""
    return [(i + 0.5) * size / count - 0.5 for i in range(count)]
