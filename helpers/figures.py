"""The only module that draws. Tables in, a figure out; `publish` is the one door out."""

import os
import textwrap
from pathlib import Path

import matplotlib
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

FIGURES = Path(__file__).resolve().parents[1] / "figures"
ACCENT, GREY, PALE, INK = "#D55E00", "#8c8c8c", "#cccccc", "#333333"  # Okabe & Ito's vermillion, and greys
EVENT = {"marker": "o", "color": ACCENT, "markersize": 9, "markeredgewidth": 2, "linestyle": ""}
STAMP = {"marker": "x", "markersize": 8, "markeredgewidth": 2, "linestyle": ""}
RING = {"markerfacecolor": "none", "markersize": 9, "zorder": 4}
BESIDE = {"textcoords": "offset points", "fontsize": 8, "color": INK}

matplotlib.rcdefaults()
plt.style.use(Path(__file__).with_name("house.mplstyle"))


def publish(fig: Figure, numbers: pd.DataFrame, name: str) -> Figure:
    """Write a figure as name.png and name.svg, and the numbers it draws as name.csv; close it and return it.

    The folder is figures/, or the one that the environment variable FIGURES names. Same input, same bytes.
    """
    folder = Path(os.environ.get("FIGURES", FIGURES))
    folder.mkdir(parents=True, exist_ok=True)
    fig.draw_without_rendering()
    fig.set_layout_engine("none")  # laid out once: the notebook then shows the very picture that is published
    fig.savefig(folder / f"{name}.png", metadata={"Software": None})
    fig.savefig(folder / f"{name}.svg", metadata={"Date": None})
    numbers.to_csv(
        folder / f"{name}.csv", index=False, lineterminator="\n", float_format="%.6g", date_format="%Y-%m-%d"
    )
    plt.close(fig)
    return fig


def draw_timeline(dates: pd.DataFrame, *, title: str) -> Figure:
    """When each article's event was, and the stamps that say otherwise.

    dates  one row per article and known date, articles in the order they are drawn, from the top: article, name (the
           outlet), what (event, published, updated), first (the day, or the first it can mean), words (the date as
           text), precision (day, month, year)
    """
    names = dates.drop_duplicates("article")["name"]
    middle = dates["first"].min() + (dates["first"].max() - dates["first"].min()) / 2
    fig, ax = plt.subplots(figsize=(9, 0.9 + 0.55 * len(names)))
    for y, (_, own) in enumerate(dates.groupby("article", sort=False)):
        news, stamps = own[own["what"].ne("updated")], own[own["what"].eq("updated")]
        for row in stamps.itertuples():
            ax.plot([own["first"].min(), row.first], [y, y], color=PALE, linestyle=":", zorder=0)
            ax.plot(row.first, y, color=GREY, **STAMP)
            ax.annotate(row.words, (row.first, y), (0, 8), ha="center", **BESIDE)
        if len(news):
            first, to_the_day = news["first"].iloc[0], news["precision"].iloc[0] == "day"
            ax.plot(first, y, markerfacecolor=ACCENT if to_the_day else "white", **EVENT)
            left, right = ((-10, 0), "right") if first > middle else ((10, 6), "left")
            ax.annotate(", ".join(news["words"]), (first, y), left, ha=right, va="center", **BESIDE)
    ax.plot([], [], markerfacecolor=ACCENT, label="to the day", **EVENT)
    ax.plot([], [], markerfacecolor="white", label="less exact", **EVENT)
    ax.plot([], [], color=GREY, label="update stamp: no date of the news", **STAMP)
    fig.legend(loc="outside lower center", ncols=3)
    ax.set(yticks=range(len(names)), yticklabels=names, ylim=(len(names) - 0.5, -0.6), title=title)
    ax.margins(x=0.06)
    ax.grid(axis="x")
    return fig


def draw_heat_maps(shares: pd.DataFrame, frames: list[str], *, title: str) -> Figure:
    """Share of sentences by frame (rows) and article (columns), one map per reading, the counts written in.

    shares  one row per reading, article and frame: reading, article, label, frame, carrying, sentences, share
    """
    readings = shares["reading"].unique()
    articles = shares.drop_duplicates("article")[["article", "label"]]
    fig, axes = plt.subplots(1, len(readings), figsize=(9, 0.9 + 0.38 * len(frames)), sharey=True, squeeze=False)
    for ax, reading in zip(axes[0], readings, strict=True):
        own = shares[shares["reading"] == reading]
        grid = own.pivot(index="frame", columns="article", values="share").loc[frames, articles["article"]]
        ax.imshow(grid, cmap="Oranges", vmin=0, vmax=1, aspect="auto")
        for row in own[own["frame"].isin(frames)].itertuples():
            place = (list(articles["article"]).index(row.article), frames.index(row.frame))
            ink = "white" if row.share > 0.6 else INK if row.carrying else PALE
            ax.annotate(f"{row.carrying}", place, ha="center", va="center", color=ink, fontsize=8.5)
        totals = own.drop_duplicates("article").set_index("article").loc[articles["article"], "sentences"]
        ticks = [f"{label}\nof {total}" for label, total in zip(articles["label"], totals, strict=True)]
        ax.set(xticks=range(len(ticks)), xticklabels=ticks, title=reading)
        ax.set(yticks=range(len(frames)), yticklabels=[_plain(frame) for frame in frames])
        ax.spines[:].set_visible(False)
        ax.tick_params(length=0)
    fig.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=11)
    return fig


def draw_shares_over_time(shares: pd.DataFrame, frames: list[str], *, accent: list[str], title: str) -> Figure:
    """Share of sentences over the dates, a small panel per frame; filled marks and a line are the codebook's reading,
    rings the coders', the grey line the share in the whole corpus.

    shares  one row per reading, article and frame: reading (codebook, coders), article ("all" for the whole corpus,
            by the codebook), label, date, frame, share
    """
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
        ax.set_title(_plain(frame), color=colour if frame in accent else INK)
        ax.grid(axis="y")
        ax.yaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1, decimals=0))
        ax.set(ylim=(0, 1), yticks=[0, 0.25, 0.5, 0.75, 1])
        _mark_dates(ax, shares["date"].dropna().drop_duplicates().sort_values())
    for ax in axes.flat[len(frames) :]:
        ax.set_visible(False)
    handles, labels = axes[0, 0].get_legend_handles_labels()
    fig.legend(handles, labels, loc="outside lower center", ncols=3)
    fig.supylabel("share of the article's sentences", fontsize=9, color="#444444")
    fig.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=11)
    return fig


def _mark_dates(ax, dates: pd.Series) -> None:
    """The articles' years where they fall, if they are few; two that would touch lean away from each other."""
    if len(dates) > 8:
        return
    ax.set_xticks(dates, [f"’{date:%y}" for date in dates])
    near = [*(dates.diff() < (dates.max() - dates.min()) / 12), False]
    for label, close, next_close in zip(ax.get_xticklabels(), near, near[1:], strict=False):
        label.set_horizontalalignment("left" if close else "right" if next_close else "center")


def _plain(frame: str) -> str:
    return frame.replace("_", " ")


def draw_dot_matrix(counts: pd.DataFrame, categories: pd.DataFrame, *, title: str) -> Figure:
    """Sentences by category (rows, by group) and article (columns), one panel per reading; the area of a dot is its
    count, in colour where the readings differ.

    counts      one row per reading, article and category: reading, article, label, category, carrying, sentences
    categories  one row per category: category, group, says
    """
    rows, heads = {}, {}
    for group, own in categories.groupby("group", sort=False):
        heads[len(rows) + len(heads)] = group
        rows |= {category: len(rows) + len(heads) + i for i, category in enumerate(own["category"])}
    readings = counts["reading"].unique()
    differ = counts.astype({"category": str}).groupby(["article", "category"])["carrying"].nunique().gt(1)
    articles = counts.drop_duplicates("article").set_index("article")
    size = (9, 1.1 + 0.27 * (len(rows) + len(heads)))
    fig, axes = plt.subplots(1, len(readings), figsize=size, sharey=True, squeeze=False)
    for ax, reading in zip(axes[0], readings, strict=True):
        for row in counts[counts["reading"].eq(reading)].itertuples():
            place = (articles.index.get_loc(row.article), rows[row.category])
            colour = ACCENT if differ[row.article, row.category] else GREY
            if row.carrying:
                ax.scatter(*place, s=330 * row.carrying / counts["carrying"].max(), color=colour, linewidths=0)
                ax.annotate(f"{row.carrying}", place, (12, 0), ha="left", va="center", **BESIDE)
            else:
                ax.scatter(*place, s=5, color=ACCENT if differ[row.article, row.category] else PALE, linewidths=0)
        ticks = [f"{label}\nof {n}" for label, n in zip(articles["label"], articles["sentences"], strict=True)]
        ax.set(xticks=range(len(ticks)), xticklabels=ticks, title=reading, xlim=(-0.5, len(ticks) - 0.3))
        ax.set_ylim(len(rows) + len(heads) - 0.4, -0.6)
        ax.spines[:].set_visible(False)
        ax.tick_params(length=0)
    says = categories.set_index("category")["says"]
    axes[0, 0].set_yticks([*heads, *rows.values()], [*heads.values(), *says[list(rows)]])
    for label in axes[0, 0].get_yticklabels()[: len(heads)]:
        label.set(fontweight="bold", color=INK)
    if differ.any():
        axes[0, 0].scatter([], [], s=60, color=ACCENT, label="the two differ in number")
        fig.legend(loc="outside lower center")
    fig.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=11)
    return fig


def draw_arrows(counts: pd.DataFrame, categories: pd.DataFrame, *, title: str) -> Figure:
    """What goes between the two countries in each article: a row per category, a column per article; an arrow is as
    wide as its sentences are many, one without heads goes no way that is told.

    counts      one row per article and category: article, label, category, carrying, sentences
    categories  one row per category that goes between the countries: category, says, arrow (north, south, both, none)
    """
    styles = {"north": "-|>", "south": "<|-", "both": "<|-|>", "none": "-"}
    articles = counts.drop_duplicates("article")
    most = max(counts["carrying"].max(), 1)
    size = (9, 1.3 + 0.42 * len(categories))
    fig, axes = plt.subplots(1, len(articles), figsize=size, sharey=True, squeeze=False)
    for ax, article in zip(axes[0], articles.itertuples(), strict=True):
        own = counts[counts["article"].eq(article.article)].set_index("category")["carrying"]
        for y, row in enumerate(categories.itertuples()):
            if not own[row.category]:
                ax.plot([0.1, 0.9], [y, y], color=PALE, linestyle=":", linewidth=1)
                continue
            colour = ACCENT if row.arrow in ("north", "south") else GREY
            look = {"color": colour, "linewidth": 1 + 4 * own[row.category] / most, "mutation_scale": 11}
            look |= {"shrinkA": 0, "shrinkB": 0, "arrowstyle": styles[row.arrow]}
            ax.annotate("", (0.94, y), (0.06, y), arrowprops=look)
            ax.annotate(f"{own[row.category]}", (0.5, y), (0, 5), ha="center", va="bottom", **BESIDE)
        ax.set(xlim=(0, 1), ylim=(len(categories) - 0.5, -0.8), xticks=[0, 1], xticklabels=["Mexico", "US"])
        ax.set_title(f"{article.label} (of {article.sentences})", fontsize=9)
        ax.spines["right"].set_visible(True)
        ax.spines["bottom"].set_visible(False)
        ax.tick_params(length=0)
        for label, side in zip(ax.get_xticklabels(), ("left", "right"), strict=True):
            label.set_horizontalalignment(side)
    axes[0, 0].set(yticks=range(len(categories)), yticklabels=categories["says"])
    fig.get_layout_engine().set(wspace=0.05)
    fig.suptitle(textwrap.fill(title, 98), x=0.01, ha="left", fontweight="bold", fontsize=11)
    return fig
