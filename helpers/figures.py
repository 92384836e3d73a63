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
VOICE_COLOURS = {"reporter": PALE, "United States": ACCENT, "Mexico": "#0072B2", "both or unknown": GREY}
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


def draw_voices(counts: pd.DataFrame, frames: list[str], labels: dict[str, str], *, title: str) -> Figure:
    """Sentences by frame and voice, stacked, a panel for the corpus and one per article, the counts written in.

    counts  one row per article, frame and voice: article, frame, voice, count
    labels  what each article's panel is called, in the order of the panels; articles not in it are not drawn
    """
    columns = min(3, len(labels))
    rows = -(-len(labels) // columns)
    fig, axes = plt.subplots(
        rows, columns, figsize=(9, 0.8 + (0.4 + 0.24 * len(frames)) * rows), sharex=True, sharey=True, squeeze=False
    )
    for ax, (article, label) in zip(axes.flat, labels.items(), strict=False):
        own = counts[counts["article"].eq(article)].pivot(index="frame", columns="voice", values="count").loc[frames]
        left = pd.Series(0, index=own.index)
        for voice, colour in VOICE_COLOURS.items():
            ax.barh(range(len(frames)), own[voice], left=left, color=colour, height=0.72, label=voice)
            for y, (begin, n) in enumerate(zip(left, own[voice], strict=True)):
                ink = INK if voice == "reporter" else "white"
                ax.annotate(f"{n}" * (n > 0), (begin + n / 2, y), ha="center", va="center", color=ink, fontsize=7.5)
            left = left + own[voice]
        ax.set(yticks=range(len(frames)), yticklabels=[_plain(frame) for frame in frames], title=label)
        ax.set_ylim(len(frames) - 0.4, -0.6)
        ax.spines["bottom"].set_visible(False)
        ax.tick_params(bottom=False, labelbottom=False)
    for ax in axes.flat[len(labels) :]:
        ax.set_visible(False)
    whose = "number of sentences that carry the frame in the words of"
    fig.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside lower center", ncols=4, title=whose)
    fig.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=11)
    return fig


def draw_speakers(links: pd.DataFrame, frames: list[str], *, title: str) -> Figure:
    """Speakers on the left, frames on the right; a line's width is the number of sentences in which the speaker's words
    carry the frame, its colour the speaker's side.

    links  one row per speaker and frame: speaker, side, frame, count
    """
    frames = [frame for frame in frames if frame in set(links["frame"])]
    links = links.assign(place=links["frame"].map(frames.index).astype(float))
    order = links.assign(pull=links["place"] * links["count"]).groupby(["speaker", "side"])[["pull", "count"]].sum()
    order = order.assign(pull=order["pull"] / order["count"]).reset_index().sort_values(["pull", "speaker"])
    size = max(len(order), len(frames), 1)
    lefts = dict(zip(order["speaker"], _spread(len(order), size), strict=True))
    rights = dict(zip(frames, _spread(len(frames), size), strict=True))
    ends = {"left": links["speaker"].map(lefts), "right": links["frame"].map(rights)}
    links = links.assign(**ends).astype({"left": float, "right": float})
    totals = [links.groupby(end)["count"].sum() for end in ("speaker", "frame")]
    slot = min([0.1, *(0.8 * size / len(total) / total.max() for total in totals if len(total))])
    begins = _fan(links.sort_values(["left", "right"]), "speaker", "left", slot)
    ends = _fan(links.sort_values(["right", "left"]), "frame", "right", slot)
    fig, ax = plt.subplots(figsize=(9, 1.1 + 0.34 * size))
    across = [i / 40 for i in range(41)]
    for row in links.itertuples():
        begin, end = begins[row.Index], ends[row.Index]
        course = [begin + (end - begin) * (3 * x**2 - 2 * x**3) for x in across]
        colour = VOICE_COLOURS.get(row.side, GREY)
        ax.plot(across, course, color=colour, linewidth=21 * slot * row.count, alpha=0.7, solid_capstyle="butt")
    for row in order.itertuples():
        name = "speaker unknown" if row.speaker == "unknown" else row.speaker
        ax.annotate(f"{name}  {row.count}", (-0.015, lefts[row.speaker]), ha="right", va="center", fontsize=8.5)
    for frame, total in links.groupby("frame")["count"].sum().items():
        ax.annotate(f"{total}  {_plain(frame)}", (1.015, rights[frame]), va="center", fontsize=8.5)
    for voice, colour in list(VOICE_COLOURS.items())[1:]:
        ax.plot([], [], color=colour, linewidth=4, label=voice)
    fig.legend(loc="outside lower center", ncols=3)
    ax.set(xlim=(-0.55, 1.3), ylim=(size - 0.4, -0.6), title=title)
    ax.set_axis_off()
    return fig


def _fan(links: pd.DataFrame, end: str, place: str, slot: float) -> pd.Series:
    """Where each line meets its end: side by side around the label's place, as wide as they are many."""
    below = links.groupby(end)["count"].cumsum() - links["count"] / 2
    return links[place] + slot * (below - links.groupby(end)["count"].transform("sum") / 2)


def _spread(count: int, size: int) -> list[float]:
    """Places for `count` labels, evenly over the height of `size`."""
    return [(i + 0.5) * size / count - 0.5 for i in range(count)]
