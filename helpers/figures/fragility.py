"""How little undoes a trend."""

import matplotlib
import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from helpers.figures.door import in_house_style
from helpers.figures.parts import BESIDE, GREY, INK, PALE, TESTED, mark_dates, panel, percent, say, titled

NOTHING = "no frame rises or falls"
TAU = "Kendall's tau: falls < 0 < rises"
EACH = 8  # articles left out: up to so many have a line of their own


@in_house_style
def draw_leave_one_out(courses: pd.DataFrame, without: pd.DataFrame, *, title: str) -> Figure:
    """Above, each frame's shares over the dates, with the band of all courses that have one term left out; below, tau
    with one term and with one article left out.

    courses  one row per frame, term left out ("" for none) and date, from share_without_terms by date
    without  one row per frame and thing left out: frame, left (term, article), left_out ("" for nothing), tau
    """
    frames = list(courses["frame"].unique())
    if not frames:
        return say(NOTHING, title)
    labels = without.loc[without["left"].eq("article"), "left_out"].drop_duplicates()
    rows = ["one term", *(labels if len(labels) <= EACH else ["one article"])]
    low = 0.24 * max(len(rows), 3)
    settings = {"figsize": (9, 3.6 + low), "height_ratios": [2, low], "sharey": "row", "sharex": "row"}
    fig, axes = plt.subplots(2, len(frames), squeeze=False, **settings)
    for above, below, frame in zip(*axes, frames, strict=True):
        _band_shares(above, courses[courses["frame"].eq(frame)])
        above.set_title(panel(frame, len(frames)), color=TESTED)
        own = without[without["frame"].eq(frame)]
        terms, articles = (own[own["left"].eq(left)].set_index("left_out")["tau"] for left in ("term", "article"))
        each = [articles.iloc[[i]] for i in range(len(articles))] if len(articles) <= EACH else [articles]
        for y, taus in enumerate([terms.drop(index=""), *each]):
            _dot_taus(below, y, taus)
        _mark_tau(below, terms[""])
        below.axvline(0, color=INK, linewidth=0.8, zorder=1)
        below.set_ylim(len(rows) - 0.4, -0.6)
    axes[0, 0].set_ylim(bottom=0)  # once all are drawn: the axis then has room for the highest
    axes[0, 0].yaxis.set_major_formatter(percent)
    axes[0, 0].set_ylabel("share of sentences")
    axes[1, 0].set(yticks=range(len(rows)), yticklabels=[f"without {row}" for row in rows])
    keys = [
        plt.Line2D([], [], color=TESTED, marker="o", label="nothing left out"),
        plt.Rectangle((0, 0), 1, 1, color=PALE, label="any one term left out"),
        plt.Line2D([], [], color=TESTED, linestyle=":", linewidth=1.2, label="tau, nothing left out"),
        plt.Line2D([], [], color=GREY, marker="o", linestyle="", label="tau, one thing left out"),
    ]
    fig.legend(handles=keys, loc="outside lower center", ncols=4)
    return titled(fig, title)


@in_house_style
def draw_ways(alike: pd.DataFrame, choices: dict, *, title: str) -> Figure:
    """Tau of all different courses, a column per frame and a line per option: the dots of a line are the ways of
    counting that take this option.

    alike    one row per frame and different course, from count_alike
    choices  each choice with its options
    """
    frames = list(alike["frame"].unique())
    if not frames:
        return say(NOTHING, title)
    options = [(choice, option) for choice, own in choices.items() for option in own]
    places = [y + 0.5 * (y // 2) for y in range(len(options))]
    fig, axes = plt.subplots(1, len(frames), figsize=(9, 1.3 + 0.24 * len(options)), squeeze=False, sharey=True)
    for ax, frame in zip(axes[0], frames, strict=True):
        own = alike[alike["frame"].eq(frame)]
        for (choice, option), y in zip(options, places, strict=True):
            _dot_taus(ax, y, own.loc[own[choice].str.split(" or ").map(lambda taken, o=option: o in taken), "tau"])
        _mark_tau(ax, own.loc[own["own"], "tau"].iloc[0])
        ax.axvline(0, color=INK, linewidth=0.8, zorder=1)
        ax.set_title(panel(frame, len(frames)), color=TESTED)
        ax.set_ylim(places[-1] + 0.8, -0.8)
    axes[0, 0].set(yticks=places, yticklabels=[f"{choice}: {option}" for choice, option in options])
    keys = [
        plt.Line2D([], [], color=TESTED, linestyle=":", linewidth=1.2, label="as notebook 03 counts"),
        plt.Line2D([], [], color=GREY, marker="o", linestyle="", label="ways of counting (larger: several)"),
    ]
    fig.legend(handles=keys, loc="outside lower center", ncols=2)
    return titled(fig, title)


@in_house_style
def draw_random_words(counts: pd.DataFrame, *, title: str) -> Figure:
    """How often random words give each tau, a panel per frame; dark where it is as far from zero as the frame's own.

    counts  one row per frame and tau, from count_draws: frame, tau, as_clear, draws, of, real
    """
    frames = list(counts["frame"].unique())
    if not frames:
        return say(NOTHING, title)
    fig, axes = plt.subplots(1, len(frames), figsize=(9, 2.9), squeeze=False, sharey=True)
    for ax, frame in zip(axes[0], frames, strict=True):
        own = counts[counts["frame"].eq(frame)]
        ax.vlines(own["tau"], 0, own["draws"] / own["of"], colors=np.where(own["as_clear"], INK, GREY), linewidth=2.5)
        _mark_tau(ax, own["real"].iloc[0])
        ax.set_title(panel(frame, len(frames)), color=TESTED)
    axes[0, 0].set(ylim=(0, None), ylabel="draws of random words")
    axes[0, 0].yaxis.set_major_locator(matplotlib.ticker.MaxNLocator(4))
    axes[0, 0].yaxis.set_major_formatter(percent)
    keys = [
        plt.Line2D([], [], color=INK, linewidth=4, label="at least as clear as the frame's, either way"),
        plt.Line2D([], [], color=GREY, linewidth=4, label="less clear"),
        plt.Line2D([], [], color=TESTED, linewidth=1.2, linestyle=":", label="the frame's own tau"),
    ]
    fig.legend(handles=keys, loc="outside lower center", ncols=3)
    return titled(fig, title)


def _band_shares(ax, own: pd.DataFrame) -> None:
    """One frame's course and the band around it."""
    base = own[own["left_out"].eq("")]
    reach = own.groupby("article", sort=False)["share"].agg(["min", "max"]).reindex(base["article"])
    ax.fill_between(base["date"], reach["min"], reach["max"], color=PALE, linewidth=0, zorder=1)
    ax.plot(base["date"], base["share"], "-o", color=TESTED, clip_on=False, zorder=3)
    ax.grid(axis="y")
    mark_dates(ax, base["date"])


def _mark_tau(ax, tau: float) -> None:
    """An axis of taus, with a dotted line at the frame's own."""
    ax.axvline(tau, color=TESTED, linewidth=1.2, linestyle=":", zorder=1)
    ax.set(xlim=(-1.1, 1.1), xticks=[-1, -0.5, 0, 0.5, 1], xlabel=TAU)


def _dot_taus(ax, y: float, taus: pd.Series) -> None:
    """Taus as dots on one line, larger where several fall together; a word where one has no value. Taus that no eye
    tells apart share a dot."""
    for _, alike in taus.groupby(taus.round(3)):
        size = 4 + 1.5 * np.sqrt(min(len(alike), 50) - 1)
        ax.plot(alike.iloc[0], y, "o", color=GREY, markersize=size, zorder=3, clip_on=False)
    if taus.isna().any():
        box = {"facecolor": "white", "linewidth": 0, "pad": 0.5}
        ax.annotate("nothing varies", (0, y), (4, 0), va="center", zorder=4, bbox=box, **BESIDE)
