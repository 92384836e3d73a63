"""Coders, errors, samples and power."""

import textwrap

import matplotlib
import matplotlib.dates
import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from helpers.figures.door import in_house_style
from helpers.figures.parts import ACCENT, BESIDE, GREY, INK, PALE, say, titled
from helpers.findings.words import plain
from helpers.measures.power import MOST, MOST_IN_ALL, POWER


@in_house_style
def draw_scores(scores: pd.DataFrame, *, title: str) -> Figure:
    """Proportions with their intervals: a panel per measure, a row per frame, the counts at the right; in colour where
    a case is wrong or missed.

    scores  one row per measure and frame, in the order drawn: measure, frame, carrying, sentences, share, low, high
    """
    if not scores["sentences"].any():
        return say("nothing to draw", title)
    frames, measures = list(scores["frame"].unique()), scores["measure"].unique()
    fig, axes = plt.subplots(1, len(measures), figsize=(9, 1.1 + 0.32 * len(frames)), sharey=True, squeeze=False)
    for ax, measure in zip(axes[0], measures, strict=True):
        for row in scores[scores["measure"].eq(measure)].itertuples():
            y, colour = frames.index(row.frame), ACCENT if row.carrying < row.sentences else GREY
            if row.sentences:
                ax.plot([row.low, row.high], [y, y], color=colour, linewidth=2.2, solid_capstyle="butt")
                ax.plot(row.share, y, "o", color=colour, markersize=6.5, clip_on=False, zorder=3)
            text = f"{row.carrying} of {row.sentences}" if row.sentences else "none"
            ax.annotate(text, (1.03, y), va="center", annotation_clip=False, fontsize=8, color=INK)
        ax.set(xlim=(0, 1), ylim=(len(frames) - 0.5, -0.6), xticks=[0, 0.25, 0.5, 0.75, 1], title=measure)
        ax.set(yticks=range(len(frames)), yticklabels=[plain(frame) for frame in frames])
        ax.set_xlabel("share, with its 95% interval (Wilson)")
        ax.grid(axis="x")
    return titled(fig, title)


@in_house_style
def draw_agreement(alphas: pd.DataFrame, pairs: pd.DataFrame, *, title: str) -> Figure:
    """Krippendorff's alpha of each frame with its interval, and Cohen's kappa of each two coders as ticks above it;
    beside each frame, on how many sentences the coders differ. In colour where they differ at all.

    alphas  one row per frame, from alpha_per_frame
    pairs   one row per frame and pair of coders, from kappa_per_pair
    """
    if alphas["alpha"].isna().all():
        return say("no two coders judged sentences on which anything varies", title)
    values = pd.concat([alphas["alpha"], alphas["low"], pairs["kappa"]])
    left = 0.6 if values.min() >= 0.6 else min(0, np.floor(values.min() * 10) / 10)
    chance = "0: as by chance" + ", left of what is drawn" * bool(left > 0)
    fig, ax = plt.subplots(figsize=(9, 1.5 + 0.32 * len(alphas)))
    for y, row in enumerate(alphas.itertuples()):
        colour = ACCENT if row.split else GREY
        kappas = pairs.loc[pairs["frame"].eq(row.frame), "kappa"].dropna()
        ax.plot(kappas, [y - 0.28] * len(kappas), "|", color=INK, markersize=6, clip_on=False)
        ax.plot([row.low, row.high], [y, y], color=colour, linewidth=2.2, solid_capstyle="butt")
        ax.plot(row.alpha, y, "o", color=colour, markersize=6.5, clip_on=False, zorder=3)
        text = f"differ on {row.split} of {row.sentences}" if row.alpha == row.alpha else "undefined: nothing varies"
        ax.annotate(text, (1.02, y), va="center", annotation_clip=False, fontsize=8, color=INK)
    for x in (0.667, 0.8):
        ax.axvline(x, color=GREY, linestyle=":", linewidth=1, zorder=0)
    ax.plot([], [], "o-", color=GREY, label="Krippendorff's alpha, 95% interval")
    ax.plot([], [], "|", color=INK, label="Cohen's kappa of two coders")
    ax.plot([], [], ":", color=GREY, linewidth=1, label="0.667 and 0.8, the customary marks")
    fig.legend(loc="outside lower center", ncols=3)
    ax.set(yticks=range(len(alphas)), yticklabels=[plain(frame) for frame in alphas["frame"]])
    ax.set(xlim=(left, 1), ylim=(len(alphas) - 0.5, -0.7), xlabel=f"agreement (1: complete; {chance})")
    ax.set_title(textwrap.fill(title, 98), x=0, fontsize=11)
    ax.grid(axis="x")
    return fig


@in_house_style
def draw_power(curves: pd.DataFrame, *, dates: int, title: str) -> Figure:
    """Power against the number of articles, a panel per test; at each curve's dot, how many articles it takes.

    curves  one row per pair of rates (three at most; the first in colour), test and number: earlier, later (rates),
            test (Fisher, trend), articles, power, needed (articles where the curve first reaches the aim; missing:
            more than were looked through)
    """
    where = {"Fisher": "in each of two periods", "trend": f"at each of {dates} dates"}
    fig, axes = plt.subplots(1, 2, figsize=(9, 4), sharey=True)
    for ax, (test, says) in zip(axes, where.items(), strict=True):
        ax.axhline(POWER, color=INK, linewidth=0.8, linestyle=":")
        pairs, ends = curves[curves["test"].eq(test)].groupby(["earlier", "later"], sort=False), []
        for colour, ((earlier, later), own) in zip((ACCENT, INK, GREY), pairs, strict=False):
            number = own["needed"].iloc[0]
            many = f"more than {MOST if test == 'Fisher' else MOST_IN_ALL // dates}" if pd.isna(number) else number
            ax.plot(own["articles"], own["power"], color=colour)
            reached = own[own["articles"].eq(number).fillna(False)]
            ax.plot(reached["articles"], reached["power"], "o", color=colour)
            for row in reached.itertuples():
                beside = {**BESIDE, "color": colour, "fontweight": "bold"}
                ax.annotate(str(row.articles), (row.articles, row.power), (6, -9), **beside)
            more = f": {many}" * reached.empty  # where the curve leaves the axis before it gets there
            ends.append((own["power"].iloc[-1], f"{earlier:.0%} → {later:.0%}{more}", colour))
        _name_ends(ax, curves["articles"].max(), ends)
        ax.set(xlim=(0, curves["articles"].max()), ylim=(0, 1), xlabel=f"articles {says}")
        ax.set_title("Fisher’s exact test" if test == "Fisher" else "test of trend")
        ax.yaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1, decimals=0))
        ax.grid(axis="y")
    axes[0].set_ylabel("power: part of studies that show it")
    fig.get_layout_engine().set(wspace=0.06)
    return titled(fig, title)


def _name_ends(ax, x: float, ends: list[tuple[float, str, str]]) -> None:
    """Name lines at their ends, in their colours: (height, name, colour). Where ends lie closer than names are high,
    the lower one's name stands below the other."""
    high = np.inf
    for y, text, colour in sorted(ends, reverse=True):
        high = min(y, high - 0.06)
        ax.annotate(text, (x, high), (6, 0), va="center", annotation_clip=False, **{**BESIDE, "color": colour})


@in_house_style
def draw_effective(by_outlets: pd.DataFrame, by_copies: pd.DataFrame, *, title: str) -> Figure:
    """What articles count as: left by the number of outlets they come from, right by the number of copies of one text.

    by_outlets  one row per number of outlets and articles: outlets, articles, effective
    by_copies   one row per number of copies: copies, kept, dropped
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(9, 3.8), sharey=True)
    most = by_outlets["articles"].max()
    left.plot([0, most], [0, most], color=PALE)
    left.annotate("an outlet each", (most, most), (5, 0), va="center", **BESIDE)
    for outlets, own in by_outlets.groupby("outlets"):
        left.plot(own["articles"], own["effective"], color=ACCENT if outlets == 1 else GREY)
        text = f"{outlets} outlet{'s' * (outlets != 1)}: {own['effective'].iloc[-1]:.0f}"
        left.annotate(text, (most, own["effective"].iloc[-1]), (5, 0), va="center", **BESIDE)
    left.set(xlabel="articles", ylabel="independent articles they count as", xlim=(0, most), ylim=(0, most))
    middle = by_copies.iloc[len(by_copies) // 2]
    for column, text, colour in [("dropped", "copies thrown out", GREY), ("kept", "copies left in", ACCENT)]:
        right.plot(by_copies["copies"], by_copies[column], color=colour)
        right.annotate(text, (middle["copies"], middle[column]), (6, 4), **{**BESIDE, "color": colour})
    right.set(xlabel=f"of {most} articles, copies of one text", xlim=(1, most))
    for ax in (left, right):
        ax.grid(axis="y")
    fig.get_layout_engine().set(wspace=0.08)
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
            ax.plot([row["articles"]] * 2, [row["low"], row["high"]], "o", color=ACCENT, markersize=4, clip_on=False)
            text = f"{row['low']:.2f}–{row['high']:.2f}"
            ax.annotate(text, (row["articles"], row["high"]), (side[0], 8), ha=side[1], va="center", **BESIDE)
        ax.set_title(f"a share of {share:g}")
        ax.set(ylim=(0, 1), xlim=(0, intervals["articles"].max()), xlabel="articles")
        ax.grid(axis="y")
    axes[0, 0].set_ylabel("95% Wilson interval")
    fig.get_layout_engine().set(wspace=0.06)
    return titled(fig, title)
