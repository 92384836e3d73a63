"""Counts in a matrix as dots, with rows in groups."""

import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from helpers.figures.door import TICK
from helpers.figures.parts import BESIDE, BOTH_SIDES, GREY, INK, MEXICO, PALE, UNITED_STATES, tilt, titled

SIDE_COLOURS = {"United States": UNITED_STATES, "Mexico": MEXICO, "both": BOTH_SIDES}
MOST = 14  # columns, up to which each dot has its number beside it
LARGEST = 330  # the area of the largest dot, in points squared


def colour_of(side: str) -> str:
    """The colour of a country, or of both; grey for all others."""
    return SIDE_COLOURS.get(side, GREY)


def draw_dots(marks: pd.DataFrame, *, title: str) -> Figure:
    """A dot for each count, its area in proportion, its colour that of the country it belongs to.

    marks  one row per dot, rows and columns in the order wanted: group (a heading over rows), row, column, side,
           count, text (written beside the dot)
    """
    rows, heads = {}, {}
    for group, own in marks.groupby("group", sort=False):
        heads[len(rows) + len(heads)] = group
        rows |= {(group, row): len(rows) + len(heads) + i for i, row in enumerate(own["row"].unique())}
    columns = list(marks["column"].unique())
    fig, ax = plt.subplots(figsize=(9, 0.9 + 0.27 * (len(rows) + len(heads))))
    x = [columns.index(column) for column in marks["column"]]
    y = [rows[key] for key in zip(marks["group"], marks["row"], strict=True)]
    sizes = (LARGEST * marks["count"] / max(marks["count"].max(), 1)).where(marks["count"].gt(0), 5)
    ax.scatter(x, y, s=sizes, c=marks["side"].map(colour_of).where(marks["count"].gt(0), PALE), linewidths=0)
    for text, *place in zip(marks["text"], x, y, strict=True):
        if text and len(columns) <= MOST:
            ax.annotate(text, place, (12, 0), ha="left", va="center", **BESIDE)
    ax.set(xticks=range(len(columns)), xticklabels=columns, xlim=(-0.5, len(columns) - 0.3))
    room = 104 - min(max(len(row) for _, row in rows), TICK)  # the names of the rows take the rest
    fig.set_figheight(fig.get_figheight() + tilt(ax, columns, room=room))
    ax.set_ylim(len(rows) + len(heads) - 0.4, -0.6)
    ax.set_yticks([*heads, *rows.values()], [*heads.values(), *(row for _, row in rows)])
    for label in ax.get_yticklabels()[: len(heads)]:
        label.set(fontweight="bold", color=INK)
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    return titled(fig, title)


def explain_sides(fig: Figure, names: dict[str, str], *more: str) -> None:
    """A legend below a figure: the colour of each side under its name, "" for grey; then remarks without a colour."""
    ax = fig.axes[0]
    for side, name in names.items():
        ax.scatter([], [], s=60, color=colour_of(side), label=name)
    for words in more:
        ax.plot([], [], " ", label=words)
    fig.legend(loc="outside lower center", ncols=len(names) + len(more), columnspacing=1.2)
