"""How far the codebook and the number of articles can be trusted: intervals, power, effective numbers."""

import matplotlib
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from helpers.figures.door import in_house_style
from helpers.figures.parts import BESIDE, GREY, INK, PALE, RING, say, titled
from helpers.findings.words import plain
from helpers.measures.power import MOST, POWER


@in_house_style
def draw_scores(scores: pd.DataFrame, *, title: str) -> Figure:
    """Precision and recall with their intervals: a panel for each, a row for each frame, the counts at the right.

    scores  one row per measure and frame, in the order drawn: measure, frame, carrying, sentences, share, low, high
    """
    if not scores["sentences"].any():
        return say("nothing to draw", title)
    frames, measures = list(scores["frame"].unique()), scores["measure"].unique()
    fig, axes = plt.subplots(1, len(measures), figsize=(9, 1.1 + 0.32 * len(frames)), sharey=True, squeeze=False)
    for ax, measure in zip(axes[0], measures, strict=True):
        for row in scores[scores["measure"].eq(measure)].itertuples():
            y = frames.index(row.frame)
            if row.sentences:
                ax.plot([row.low, row.high], [y, y], color=GREY, linewidth=2.2, solid_capstyle="butt")
                ax.plot(row.share, y, "o", color=INK, markersize=6.5, clip_on=False, zorder=3)
            text = f"{row.carrying:,} of {row.sentences:,}" if row.sentences else "none"
            ax.annotate(text, (1.03, y), va="center", annotation_clip=False, fontsize=8, color=INK)
        ax.set(xlim=(0, 1), ylim=(len(frames) - 0.5, -0.6), xticks=[0, 0.25, 0.5, 0.75, 1], title=measure)
        ax.set(yticks=range(len(frames)), yticklabels=[plain(frame) for frame in frames])
        ax.set_xlabel("share, with its 95% interval (Wilson)")
        ax.grid(axis="x")
    return titled(fig, title)


@in_house_style
def draw_settled(settled: pd.DataFrame, *, title: str) -> Figure | None:
    """Estimates from a part of the codes beside the truth: a panel for each body of texts, a row for each frame; the
    bar is the interval, the dot the estimate, the ring what coders found in all, the stroke what the codebook counts.

    settled  one row per body of texts (on) and frame, from find_settled: on, frame, truth, counted, share, low, high
    """
    if settled.empty:
        return None
    frames, panels = list(settled["frame"].unique()), list(settled.groupby("on", sort=False))
    size = (9, 1.6 + 0.32 * len(frames))
    fig, axes = plt.subplots(1, len(panels), figsize=size, sharex=True, sharey=True, squeeze=False)
    for ax, (on, own) in zip(axes[0], panels, strict=True):
        y = own["frame"].map(frames.index)
        ax.hlines(y, own["low"], own["high"], color=GREY, linewidth=2.2, label="estimate and its 95% interval")
        ax.plot(own["share"], y, "o", color=GREY, markersize=5, clip_on=False)
        ax.plot(own["counted"], y, "|", color=INK, markersize=11, markeredgewidth=1.6, label="codebook alone")
        ax.plot(own["truth"], y, "o", color=INK, label="coders, all sentences", clip_on=False, **RING)
        ax.set(ylim=(len(frames) - 0.5, -0.6), yticks=range(len(frames)), xlim=(0, None), title=on)
        ax.set_yticklabels([plain(frame) for frame in frames])
        ax.xaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1, decimals=0))
        ax.set_xlabel("share of sentences")
        ax.grid(axis="x")
    fig.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    return titled(fig, title)


@in_house_style
def draw_power(curves: pd.DataFrame, *, here: int, title: str) -> Figure:
    """Power against the number of articles: a dot where a curve reaches POWER, the most important curve darkest.

    curves  one row per pair of rates, the most important first, and number of articles: earlier, later (rates),
            articles, power, needed (articles at the dot; missing: more than MOST)
    here    articles in the smaller of the two periods at hand; 0 for no periods
    """
    fig, ax = plt.subplots(figsize=(9, 3.8))
    most, ends = curves["articles"].max(), []
    ax.axhline(POWER, color=INK, linewidth=0.8, linestyle=":")
    if 0 < here <= most:
        ax.axvline(here, color=PALE, linewidth=2, zorder=0)
        ax.annotate(f"here: {here}", (here, 1.02), (0, 4), ha="center", **BESIDE)
    for place, ((earlier, later), own) in enumerate(curves.groupby(["earlier", "later"], sort=False)):
        colour, number = INK if place == 0 else GREY, own["needed"].iloc[0]
        ax.plot(own["articles"], own["power"], color=colour)
        reached = own[own["articles"].eq(number).fillna(False)]
        ax.plot(reached["articles"], reached["power"], "o", color=colour)
        many = f"more than {MOST}" if pd.isna(number) else number
        ends.append((own["power"].iloc[-1], f"{earlier:.0%} → {later:.0%}: {many}", colour))
    _name_ends(ax, most, ends)
    ax.set(xlim=(0, most), ylim=(0, 1.02), xlabel="articles in each of two periods")
    ax.set_ylabel("studies that show the difference")
    ax.yaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1, decimals=0))
    ax.grid(axis="y")
    return titled(fig, title)


def _name_ends(ax, x: float, ends: list[tuple[float, str, str]]) -> None:
    """Names of lines at their ends, in their colours: (height, name, colour). Where ends are closer than names are
    high, the lower one's name moves down."""
    high = float("inf")
    for y, text, colour in sorted(ends, reverse=True):
        high = min(y, high - 0.055)
        ax.annotate(text, (x, high), (6, 0), va="center", annotation_clip=False, **{**BESIDE, "color": colour})


@in_house_style
def draw_effective(by_outlets: pd.DataFrame, *, title: str) -> Figure:
    """How many independent articles there are, by the number of articles and of outlets they come from.

    by_outlets  one row per number of outlets and articles: outlets, articles, effective
    """
    fig, ax = plt.subplots(figsize=(9, 3.4))
    most = by_outlets["articles"].max()
    ax.plot([0, most], [0, most], color=PALE)
    ends = [(most, "one outlet each", INK)]
    for outlets, own in by_outlets.groupby("outlets"):
        ax.plot(own["articles"], own["effective"], color=GREY)
        ends.append((own["effective"].iloc[-1], f"outlets: {outlets}", INK))
    for height, text, colour in ends:
        ax.annotate(text, (most, height), (6, 0), va="center", **{**BESIDE, "color": colour})
    ax.set(xlabel="articles", ylabel="independent articles", xlim=(0, most), ylim=(0, most))
    ax.grid(axis="y")
    return titled(fig, title)


@in_house_style
def draw_intervals(intervals: pd.DataFrame, *, title: str) -> Figure:
    """The 95% interval of a share against the number of articles, a panel per share.

    intervals  one row per share and number: share, articles, low, high
    """
    shares = intervals["share"].unique()
    fig, axes = plt.subplots(1, len(shares), figsize=(9, 3.2), sharex=True, sharey=True, squeeze=False)
    for ax, share in zip(axes[0], shares, strict=True):
        own = intervals[intervals["share"].eq(share)]
        ax.fill_between(own["articles"], own["low"], own["high"], color=PALE, alpha=0.6, linewidth=0)
        ax.plot(own["articles"], own["share"], color=INK, linewidth=1)
        for at in (0, -1):
            row, side = own.iloc[at], (-4, "left") if at == 0 else (2, "right")
            ax.plot([row["articles"]] * 2, [row["low"], row["high"]], "o", color=INK, markersize=4, clip_on=False)
            text = f"{row['low']:.2f}–{row['high']:.2f}"
            ax.annotate(text, (row["articles"], row["high"]), (side[0], 8), ha=side[1], va="center", **BESIDE)
        ax.set_title(f"a share of {share:g}")
        ax.set(ylim=(0, 1), xlim=(0, intervals["articles"].max()), xlabel="articles")
        ax.grid(axis="y")
    axes[0, 0].set_ylabel("95% interval (Wilson)")
    fig.get_layout_engine().set(wspace=0.06)
    return titled(fig, title)
