"""The only module that draws. Tables in, a figure out; `publish` is the one door out."""

import os
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


SIDE_MARKS = {"both": ("o", ACCENT), "United States": ("s", GREY), "Mexico": ("^", INK)}


def draw_undertakings(marks: pd.DataFrame, *, title: str) -> Figure:
    """Undertakings over the dates, the stronger the higher; a column per article, led to its date on the line above.

    marks  one row per undertaking, articles in order of date: article, label, date, force (ordered categorical: all
           levels, from the weakest), who (both, United States, Mexico), negated (drawn hollow), what (its name)
    """
    articles = marks.drop_duplicates("article")
    columns = dict(zip(articles["article"], range(len(articles)), strict=True))
    sizes = marks.groupby(["force", "article"], observed=True).size()
    heights = [sizes[sizes.index.get_level_values(0) == force].max() for force in marks["force"].cat.categories]
    heights = [1 if pd.isna(height) else int(height) for height in heights]
    width = max(len(columns), 3)
    fig, ax = plt.subplots(figsize=(0.9 + 1.7 * width, 1.6 + 0.21 * sum(heights)))
    floors, taken = [sum(heights[:level]) for level in range(len(heights))], {}
    for level, (floor, height) in enumerate(zip(floors, heights, strict=True)):
        ax.axhspan(floor, floor + height, color="#f4f4f4" if level % 2 else "white", zorder=0)
    for row in marks.itertuples():
        level = marks["force"].cat.categories.get_loc(row.force)
        place = taken[row.article, level] = taken.get((row.article, level), 0) + 1
        x, y = columns[row.article], floors[level] + heights[level] - place + 0.5
        shape, colour = SIDE_MARKS[row.who]
        ax.plot(x, y, shape, color=colour, markersize=6, markerfacecolor="white" if row.negated else colour, zorder=3)
        ax.annotate(_shortened(row.what), (x, y), (7, -0.5), va="center", **{**BESIDE, "fontsize": 7.5})
    for who, (shape, colour) in SIDE_MARKS.items():
        ax.plot([], [], shape, color=colour, markersize=6, label=who)
    ax.plot([], [], "o", color=GREY, markersize=6, markerfacecolor="white", label="hollow: that something will not be")
    fig.legend(loc="outside lower center", ncols=4)
    _lead_to_dates(ax, articles, sum(heights))
    middles = [floor + height / 2 for floor, height in zip(floors, heights, strict=True)]
    names = zip(marks["force"].cat.categories, heights, strict=True)
    names = [name.replace(" or ", " or\n") if height > 1 else name for name, height in names]
    ax.set(yticks=middles, yticklabels=names, ylim=(0, sum(heights) + 3.6), xticks=[])
    ax.set(xlim=(-0.12, width - 0.1))
    ax.spines[:].set_visible(False)
    fig.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=10.5)
    return fig


def _lead_to_dates(ax, articles: pd.DataFrame, top: int) -> None:
    """A line of true dates above the columns, and from each date a thin line down to its article's column."""
    first, last = articles["date"].min(), articles["date"].max()
    span = max((last - first).days, 1) if len(articles) and pd.notna(first) else 1
    reach = max(len(articles) - 1, 1)
    for x, row in enumerate(articles.itertuples()):
        ax.annotate(row.label, (x, top + 0.55), ha="left", va="center", fontsize=9, fontweight="bold", color=INK)
        if pd.isna(row.date):
            continue
        when = (row.date - first).days / span * reach
        ax.plot([when, x], [top + 2.6, top + 1.1], color=PALE, linewidth=1, zorder=1)
        ax.plot(when, top + 2.6, "o", color=INK, markersize=4)
    if pd.notna(first):
        ax.plot([0, reach], [top + 2.6] * 2, color=GREY, linewidth=1, zorder=0)
        step = max(1, -(-(last.year - first.year) // 8))
        for year in range(-(-(first.year + 1) // step) * step, last.year + 1, step):
            when = (pd.Timestamp(year, 1, 1) - first).days / span * reach
            ax.plot([when] * 2, [top + 2.5, top + 2.75], color=GREY, linewidth=1)
            ax.annotate(year, (when, top + 2.85), ha="center", fontsize=7.5, color="#777777")


def _shortened(name: str, most: int = 25) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
