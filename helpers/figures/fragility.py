"""How little undoes a finding."""

import matplotlib
import matplotlib.dates
import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from helpers.articles.dates_shown import columns_only, pool, unit_of
from helpers.figures.door import in_house_style
from helpers.figures.parts import ACCENT, BESIDE, GREY, INK, PALE, mark_dates, panel, percent, say, titled


@in_house_style
def draw_leave_one_out(
    terms: pd.DataFrame, without: pd.DataFrame, columns: pd.DataFrame, frames: list[str], *, title: str
) -> Figure:
    """Above, each frame's shares over the dates with the band of all courses that have one term left out; below, tau
    with one term left out and with each article left out.

    terms    one row per frame, term left out ("" for none) and article, from leave_out_terms
    without  one row per frame and article left out, from leave_out_articles
    columns  one row per article, from columns_of: what is drawn at one date
    """
    if terms.empty:
        return say("no article has a date", title)
    labels = without["left_out"].drop_duplicates()
    each = len(labels) <= 8
    rows = ["without one term", *(f"without {label}" for label in (labels if each else ["one article"]))]
    fig, axes = _two_rows(
        [1] * len(frames), 0.24 * max(len(rows), 3) - 0.04, 3.36 + 0.24 * max(len(rows), 3), sharex="row"
    )
    for above, below, frame in zip(*axes, frames, strict=True):
        own, left = terms[terms["frame"].eq(frame)], without.loc[without["frame"].eq(frame), "tau"]
        _band_shares(above, own, columns)
        above.set_title(panel(frame, len(frames)))
        taus = own.groupby("left_out", sort=False)["tau"].first()
        articles = [left.iloc[[i]] for i in range(len(left))] if each else [left]
        for y, some in enumerate([taus.drop(index=""), *articles]):
            _dot_taus(below, y, some)
        below.axvline(0, color=INK, linewidth=0.8, zorder=1)
        if pd.notna(taus[""]):
            below.axvline(taus[""], color=ACCENT, linewidth=1.2, linestyle=":", zorder=1)
        below.set(xlim=(-1.1, 1.1), ylim=(len(rows) - 0.4, -0.6), xlabel="tau: falls < 0 < rises")
    axes[0, 0].set_ylim(bottom=0)  # once all are drawn: the axis then has room for the highest
    axes[0, 0].yaxis.set_major_formatter(percent)
    axes[0, 0].set_ylabel("share of sentences" + f",\nby {unit_of(columns)}" * (unit_of(columns) != "article"))
    axes[1, 0].set(yticks=range(len(rows)), yticklabels=rows)
    keys = [
        plt.Line2D([], [], color=ACCENT, marker="o", label="nothing left out"),
        plt.Rectangle((0, 0), 1, 1, color=PALE, label="any one term left out"),
        plt.Line2D([], [], color=ACCENT, linestyle=":", linewidth=1.2, label="tau with nothing left out"),
        plt.Line2D([], [], color=GREY, marker="o", linestyle="", label="tau with one thing left out"),
    ]
    fig.legend(handles=keys, loc="outside lower center", ncols=4)
    return titled(fig, title)


def _two_rows(wide: list[float], low: float, height: float, **shared) -> tuple[Figure, np.ndarray]:
    """Panels above and below, a column per frame, each so wide; the lower ones so low where the upper ones are 2."""
    settings = {"figsize": (9, height), "squeeze": False, "width_ratios": wide, "height_ratios": [2, low]}
    return plt.subplots(2, len(wide), sharey="row", **settings, **shared)


def _band_shares(ax, own: pd.DataFrame, columns: pd.DataFrame) -> None:
    """One frame's course and the band around it."""
    own = pool(own[["left_out", "article", "carrying", "sentences", "share"]], columns)
    own = own.merge(columns_only(columns).dropna(subset="date"), on="article")
    base = own[own["left_out"].eq("")]
    reach = own.groupby("article", sort=False)["share"].agg(["min", "max"]).reindex(base["article"])
    ax.fill_between(base["date"], reach["min"], reach["max"], color=PALE, linewidth=0, zorder=1)
    ax.plot(base["date"], base["share"], "-o", color=ACCENT, clip_on=False, zorder=3)
    ax.grid(axis="y")
    mark_dates(ax, base["date"])


def _dot_taus(ax, y: float, taus: pd.Series) -> None:
    """Taus as dots on one line, larger where several fall together; a word where one has no value."""
    for tau, many in taus.round(9).value_counts().sort_index().items():
        ax.plot(tau, y, "o", color=GREY, markersize=4 + 1.5 * np.sqrt(many - 1), zorder=3, clip_on=False)
    if taus.isna().any():
        ax.annotate(
            "nothing varies",
            (0, y),
            (4, 0),
            va="center",
            zorder=4,
            bbox={"facecolor": "white", "linewidth": 0, "pad": 0.5},
            **BESIDE,
        )


@in_house_style
def draw_specifications(alike: pd.DataFrame, choices: dict, frames: list[str], *, title: str) -> Figure:
    """A specification curve: above, tau of each distinct course, sorted; below, by which choices it comes about. The
    first option of each choice is notebook 03's; a row is marked for both options where the choice changes nothing.

    alike    one row per frame and distinct course, from count_alike
    choices  each choice with its options
    """
    if alike.empty:
        return say("no article has a date", title)
    wide = [max(int(alike["frame"].eq(frame).sum()), 13) for frame in frames]
    options = [(choice, option) for choice, own in choices.items() for option in own]
    places = [y + 0.6 * (y // 2) for y in range(len(options))]
    fig, axes = _two_rows(wide, 0.2 * len(options), 2.6 + 0.22 * len(options))
    for above, below, frame in zip(*axes, frames, strict=True):
        own = alike[alike["frame"].eq(frame)].reset_index(drop=True)
        above.axhline(0, color=INK, linewidth=0.8)
        colours = np.where(own["own"], ACCENT, GREY)
        above.scatter(own.index, own["tau"], c=colours, s=22, zorder=3, clip_on=False)
        above.set_title(f"{panel(frame, len(frames))}\n{own['specifications'].sum()} ways, {len(own)} different")
        above.set_ylim(-1.15, 1.15)
        above.grid(axis="y")
        for (choice, option), y in zip(options, places, strict=True):
            _mark_option(below, y, own[choice], option, own["own"] & (option == choices[choice][0]))
        below.set_ylim(places[-1] + 0.8, -0.8)
        below.spines[:].set_visible(False)
        for ax in (above, below):
            ax.set(xticks=[], xlim=(-0.8, max(len(own), 13) - 0.2))
    axes[0, 0].set_ylabel("tau")
    names = [f"{choice}: {option}" if option == choices[choice][0] else option for choice, option in options]
    axes[1, 0].set(yticks=places, yticklabels=names)
    keys = [
        plt.Line2D([], [], color=colour, marker="s", linestyle="", label=label)
        for colour, label in [(ACCENT, "as in notebook 03"), (GREY, "otherwise"), (PALE, "either option, same course")]
    ]
    fig.legend(handles=keys, loc="outside lower center", ncols=3)
    return titled(fig, title)


def _mark_option(ax, y: float, taken: pd.Series, option: str, here: pd.Series) -> None:
    """Marks for the courses that come about by an option, pale where they do by either; `here` is notebook 03's."""
    has = taken.str.split(" or ").map(lambda options: option in options)
    shade = np.where(here, ACCENT, np.where(taken.str.contains(" or "), PALE, GREY))
    ax.scatter(taken.index[has], [y] * has.sum(), c=shade[has], s=16, marker="s", linewidths=0)


@in_house_style
def draw_chance(counts: pd.DataFrame, frames: list[str], *, title: str) -> Figure:
    """How often chance gives each tau: a row per kind of chance, a column per frame; coloured where it is as far from
    zero as the frame's own, which the dotted line marks.

    counts  one row per frame, measure and tau, from count_draws: frame, measure, tau, as_clear, draws, of, real
    """
    measures = counts["measure"].unique()
    if not len(measures):
        return say("nothing to draw", title)
    size = (9, 1.2 + 1.65 * len(measures))
    fig, axes = plt.subplots(len(measures), len(frames), figsize=size, squeeze=False, sharex=True, sharey="row")
    for row, measure in zip(axes, measures, strict=True):
        for ax, frame in zip(row, frames, strict=True):
            _stem_taus(ax, counts[counts["frame"].eq(frame) & counts["measure"].eq(measure)])
        most = counts[counts["measure"].eq(measure)].eval("draws / of").max()
        row[0].set(ylim=(0, 1.3 * most), ylabel=measure.replace(": ", ":\n"))
        row[0].yaxis.set_major_locator(matplotlib.ticker.MaxNLocator(3))
        row[0].yaxis.set_major_formatter(percent)
    for top, bottom, frame in zip(axes[0], axes[-1], frames, strict=True):
        top.set_title(panel(frame, len(frames)))
        bottom.set(xlim=(-1.1, 1.1), xlabel="tau")
    keys = [
        plt.Line2D([], [], color=ACCENT, linewidth=4, label="as far from zero as the frame's own tau, or farther"),
        plt.Line2D([], [], color=GREY, linewidth=4, label="nearer to zero"),
        plt.Line2D([], [], color=INK, linewidth=1.2, linestyle=":", label="the frame's own tau"),
    ]
    fig.legend(handles=keys, loc="outside lower center", ncols=3)
    return titled(fig, title)


def _stem_taus(ax, own: pd.DataFrame) -> None:
    """How many of the draws have each tau, as stems; in a corner, how many are as far from zero as the real one."""
    ax.axvline(0, color=PALE, linewidth=0.8, zorder=0)
    if own.empty:
        ax.annotate("no course", (0, 0.5), xycoords=("data", "axes fraction"), ha="center", color=GREY)
        return
    real, clear = own["real"].iloc[0], own["as_clear"]
    ax.vlines(own["tau"], 0, own["draws"] / own["of"], colors=np.where(clear, ACCENT, GREY), linewidth=2)
    ax.axvline(real, color=INK, linewidth=1.2, linestyle=":")
    x, side = (0.02, "left") if real > 0 else (0.98, "right")
    told = f"{own.loc[clear, 'draws'].sum()} of {own['of'].iloc[0]}"
    ax.annotate(told, (x, 0.96), xycoords="axes fraction", ha=side, va="top", fontsize=8.5, color=ACCENT)
