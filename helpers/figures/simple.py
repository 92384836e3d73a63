"""Figures that any table fits: bars, and a matrix of numbers."""

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from helpers.figures.door import in_house_style
from helpers.figures.parts import GREY, INK, SHARES, say, tilt, titled
from helpers.findings.words import plain


@in_house_style
def draw_bars(table: pd.DataFrame, *, label: str, value: str, title: str) -> Figure:
    """A bar for each row, the first one on top, its value at its end.

    table  one row per bar; the column `label` names it, the column `value` is its length, from zero on
    """
    if table.empty:
        return say("nothing to draw", title)
    fig, ax = plt.subplots(figsize=(9, 0.9 + 0.3 * len(table)))
    rows = np.arange(len(table))
    ax.barh(rows, table[value], height=0.65, color=GREY)
    for row, length in zip(rows, table[value], strict=True):
        ax.annotate(f" {length:,.4g}", (length, row), va="center", color=INK, fontsize=8.5)
    ax.set(yticks=rows, yticklabels=[plain(str(name)) for name in table[label]], xlabel=plain(value), xlim=(0, None))
    ax.invert_yaxis()
    ax.margins(x=0.1)
    return titled(fig, title)


@in_house_style
def draw_matrix(table: pd.DataFrame, *, rows: str, columns: str, value: str, title: str) -> Figure:
    """A cell for each row of the table, its value written in; darker is more, and a cell without a row stays empty.

    table  one row per cell, in the order in which its rows and columns shall stand
    """
    if table.empty:
        return say("nothing to draw", title)
    order = {name: list(table[name].drop_duplicates()) for name in (rows, columns)}
    grid = table.pivot(index=rows, columns=columns, values=value).reindex(order[rows], columns=order[columns])
    fig, ax = plt.subplots(figsize=(9, 0.9 + 0.38 * len(grid)))
    most = max(table[value].max(), 1e-9)
    ax.imshow(grid.to_numpy(float), cmap=SHARES, vmin=0, vmax=most, aspect="auto")
    for (row, column), cell in np.ndenumerate(grid.to_numpy(float)):
        if not np.isnan(cell):
            ink = "white" if cell > 0.6 * most else INK if cell else GREY
            ax.annotate(f"{cell:,.3g}", (column, row), ha="center", va="center", color=ink, fontsize=8.5)
    ticks = [plain(str(name)) for name in grid.columns]
    ax.set(xticks=range(len(ticks)), xticklabels=ticks)
    ax.set(yticks=range(len(grid)), yticklabels=[plain(str(name)) for name in grid.index])
    tilt(ax, ticks)
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    return titled(fig, title)
