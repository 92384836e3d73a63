"""Frames over time."""

import matplotlib
import matplotlib.dates
import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from helpers.figures.door import TICK, in_house_style
from helpers.figures.parts import (
    ACCENT,
    GREY,
    INK,
    PALE,
    RING,
    SHARES,
    TESTED,
    hide_rest,
    mark_dates,
    panel,
    say,
    tilt,
    titled,
)
from helpers.findings.words import plain


@in_house_style
def draw_heat_maps(shares: pd.DataFrame, frames: list[str], *, title: str) -> Figure:
    """Share of sentences by frame (rows) and article (columns), one map per reading, the counts written in.

    shares  one row per reading, article and frame: reading, article, label, frame, carrying, sentences, share
    """
    if shares.empty:
        return say("nothing to draw", title)
    readings = shares["reading"].unique()
    articles = shares.drop_duplicates("article")[["article", "label"]]
    fig, axes = plt.subplots(1, len(readings), figsize=(9, 0.9 + 0.38 * len(frames)), sharey=True, squeeze=False)
    for ax, reading in zip(axes[0], readings, strict=True):
        own = shares[shares["reading"] == reading]
        grid = own.pivot(index="frame", columns="article", values="share").reindex(frames, columns=articles["article"])
        ax.imshow(grid, cmap=SHARES, vmin=0, vmax=1, aspect="auto")
        totals = own.groupby("article")["sentences"].max().reindex(articles["article"])
        for row in own[own["frame"].isin(frames)].itertuples():
            place = (list(articles["article"]).index(row.article), frames.index(row.frame))
            ink = "white" if row.share > 0.6 else INK if row.carrying else GREY
            of = f" of {row.sentences}" if row.sentences < totals[row.article] else ""  # coders may have decided fewer
            ax.annotate(f"{row.carrying}{of}", place, ha="center", va="center", color=ink, fontsize=8.5)
        ticks = [f"{name}\nof {n:,.0f}" if n > 0 else name for name, n in zip(articles["label"], totals, strict=True)]
        ax.set(xticks=range(len(ticks)), xticklabels=ticks, title=reading)
        tilt(ax, ticks, room=104 - min(max(map(len, frames)), TICK))  # the names of the frames take the rest
        ax.set(yticks=range(len(frames)), yticklabels=[plain(frame) for frame in frames])
        ax.spines[:].set_visible(False)
        ax.tick_params(length=0)
    return titled(fig, title)


@in_house_style
def draw_shares_over_time(shares: pd.DataFrame, frames: list[str], *, accent: list[str], title: str) -> Figure:
    """Share of sentences over the dates, a small panel per frame; filled marks and a line are the codebook's reading,
    rings the coders', the grey line the share in the whole corpus.

    shares  one row per reading, article and frame: reading (codebook, coders), article ("all" for the whole corpus,
            by the codebook), label, date, frame, share
    """
    if shares["date"].isna().all():
        return say("no article has a date", title)
    columns = 3
    rows = -(-len(frames) // columns)
    fig, axes = plt.subplots(rows, columns, figsize=(9, 0.5 + 1.9 * rows), sharex=True, sharey=True, squeeze=False)
    for ax, frame in zip(axes.flat, frames, strict=False):
        own = shares[shares["frame"].eq(frame)]
        line = own[own["reading"].eq("codebook") & own["article"].ne("all")]
        ring = own[own["reading"].eq("coders")]
        colour = ACCENT if frame in accent else GREY
        for base in own[own["article"].eq("all")].itertuples():
            ax.axhline(base.share, color=PALE, linewidth=1.2, zorder=0, label="all articles")
        ax.plot(line["date"], line["share"], "-o", color=colour, clip_on=False, zorder=3, label="codebook")
        if len(ring):
            ax.plot(ring["date"], ring["share"], "o", color=INK, clip_on=False, label="coders", **RING)
        ax.set_title(panel(frame), color=colour if frame in accent else INK)
        ax.grid(axis="y")
        ax.yaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1, decimals=0))
        top = next(top for top in (0.25, 0.5, 1) if top == 1 or shares["share"].max() <= top)
        ax.set(ylim=(0, top), yticks=np.arange(0, top + 0.001, 0.25 if top > 0.25 else 0.1))
        mark_dates(ax, shares["date"].dropna().drop_duplicates().sort_values())
    hide_rest(axes, len(frames))
    fig.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    fig.supylabel("share of sentences", fontsize=9, color="#444444")
    return titled(fig, title)


@in_house_style
def draw_shares_by_period(shares: pd.DataFrame, frames: list[str], *, accent: list[str], title: str) -> Figure | None:
    """Share of sentences by period with 95% intervals, a small panel per frame; a hollow mark is a period with too few
    articles for an interval. None where no period has one.

    shares  one row per period and frame, from share_by_period
    accent  the frames whose course is tested
    """
    if shares["low"].isna().all():
        return None
    top = max(0.1, min(1, 1.05 * shares[["share", "high"]].max(axis=None)))
    rows = -(-len(frames) // 3)
    fig, axes = plt.subplots(rows, 3, figsize=(9, 0.6 + 1.9 * rows), sharex=True, sharey=True, squeeze=False)
    for ax, frame in zip(axes.flat, frames, strict=False):
        own, colour = shares[shares["frame"].eq(frame)], TESTED if frame in accent else GREY
        sure, bare = own[own["low"].notna()], own[own["low"].isna()]
        ax.vlines(sure["start"], sure["low"], sure["high"], color=colour, linewidth=1.8, alpha=0.5)
        ax.plot(sure["start"], sure["share"], "o", color=colour, markersize=4)
        ax.plot(bare["start"], bare["share"], "o", color=colour, markersize=4, markerfacecolor="white")
        ax.set_title(panel(frame), color=colour if frame in accent else INK)
        ax.set(ylim=(0, top))
        ax.yaxis.set_major_locator(matplotlib.ticker.MaxNLocator(4))
        ax.yaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1, decimals=0))
        ax.grid(axis="y")
        mark_dates(ax, shares["start"].drop_duplicates().sort_values())
    hide_rest(axes, len(frames))
    axes[0, 0].plot([], [], "o-", color=GREY, markersize=4, label="with 95% interval")
    if shares["low"].isna().any():
        axes[0, 0].plot([], [], "o", color=GREY, markersize=4, markerfacecolor="white", label="too few for an interval")
    fig.legend(loc="outside lower center", ncols=2)
    fig.supylabel("share of sentences", fontsize=9, color="#444444")
    return titled(fig, title)


@in_house_style
def draw_mix(moves: pd.DataFrame, *, accent: list[str], title: str) -> Figure | None:
    """What of each frame's change happened within outlets and kinds of text (full bars), and what comes from another
    mix of them (hollow bars); None where no change has these parts, or where both periods have no outlet and kind.

    moves   one row per frame, from find_moves: frame, within, mix, cells, compared
    accent  the frames whose course is tested
    """
    moves = moves[moves["compared"].gt(0) & moves[["within", "mix"]].ne(0).any(axis=1)][::-1]
    if moves.empty:
        return None
    fig, ax = plt.subplots(figsize=(9, 1.1 + 0.42 * len(moves)))
    colours = [TESTED if frame in accent else GREY for frame in moves["frame"]]
    places = np.arange(len(moves))
    ax.barh(places + 0.19, moves["within"], 0.34, color=colours)
    ax.barh(places - 0.19, moves["mix"], 0.34, color="white", edgecolor=colours, linewidth=1.2)
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.set(yticks=places, yticklabels=[plain(frame) for frame in moves["frame"]])
    ax.set_xlabel("change of the share of sentences, in percentage points")
    ax.grid(axis="x")
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    cells = moves["cells"].iloc[0]
    full = matplotlib.patches.Patch(facecolor=GREY, label=f"within {cells}")
    hollow = matplotlib.patches.Patch(facecolor="white", edgecolor=GREY, label="from another mix of them")
    fig.legend(handles=[full, hollow], loc="outside lower center", ncols=2)
    return titled(fig, title)
