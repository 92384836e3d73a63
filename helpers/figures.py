"""The only module that draws. Tables in, a figure out; `publish` is the one door out."""

import os
import textwrap
from functools import cache
from pathlib import Path

import matplotlib
import matplotlib.dates
import numpy as np
import pandas as pd
from IPython.display import Image
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font

from helpers.answers import plain
from helpers.columns import columns_only, pool, unit_of
from helpers.planning import MOST, MOST_IN_ALL, POWER

FIGURES = Path(__file__).resolve().parents[1] / "figures"
ACCENT, GREY, PALE, INK = "#D55E00", "#8c8c8c", "#cccccc", "#333333"  # Okabe & Ito's vermillion, and greys
EVENT = {"marker": "o", "color": ACCENT, "markersize": 9, "markeredgewidth": 2, "linestyle": ""}
STAMP = {"marker": "x", "markersize": 8, "markeredgewidth": 2, "linestyle": ""}
RING = {"markerfacecolor": "none", "markersize": 9, "zorder": 4}
SIDE_MARKS = {"both": ("o", ACCENT), "United States": ("s", GREY), "Mexico": ("^", INK)}
ARROWS = {"north": "-|>", "south": "<|-", "both": "<|-|>", "none": "-"}
VOICE_COLOURS = {"reporter": PALE, "United States": ACCENT, "Mexico": "#0072B2", "both or unknown": GREY}
ACROSS = np.linspace(0, 1, 41)  # of a line that swings from one height to another:
SWING = 3 * ACROSS**2 - 2 * ACROSS**3
BESIDE = {"textcoords": "offset points", "fontsize": 8, "color": INK}
matplotlib.rcdefaults()
plt.style.use(Path(__file__).with_name("house.mplstyle"))


# Every figure


def publish(fig: Figure, numbers: pd.DataFrame, name: str) -> Image:
    """Write a figure as name.png and name.svg, and the numbers it draws as name.csv; close it and return the picture as
    it was written, for the notebook to show.

    The folder is figures/ (own/figures/ for a reader's articles or codebook), or the one that the environment variable
    FIGURES names. Same input, same bytes.
    """
    brought = os.environ.get("SOURCE") or os.environ.get("CODEBOOK")
    folder = Path(os.environ.get("FIGURES") or (FIGURES.parent / "own" / "figures" if brought else FIGURES))
    folder.mkdir(parents=True, exist_ok=True)
    _spell(fig)
    fig.get_layout_engine().execute(fig)
    with plt.rc_context({"figure.constrained_layout.use": False}):
        fig.set_layout_engine(None)  # laid out once, for both files
        whole = fig.get_tightbbox().padded(plt.rcParams["savefig.pad_inches"])
        fig.savefig(folder / f"{name}.png", bbox_inches=whole, metadata={"Software": None})
        fig.savefig(folder / f"{name}.svg", bbox_inches=whole, metadata={"Date": None})
    numbers.to_csv(
        folder / f"{name}.csv", index=False, lineterminator="\n", float_format="%.6g", date_format="%Y-%m-%d"
    )
    plt.close(fig)
    return Image(folder / f"{name}.png")


def _spell(fig: Figure) -> None:
    """The figure with "?" for each character that its font has not: a letter of another script, an emoji."""
    for axis in [axis for ax in fig.axes for axis in (ax.xaxis, ax.yaxis)]:
        labels = axis.get_ticklabels()
        if any(_spelt(label) != label.get_text() for label in labels):
            axis.set_ticks(axis.get_ticklocs(), [_spelt(label) for label in labels])
    for text in fig.findobj(matplotlib.text.Text):
        text.set_text(_spelt(text))


def _spelt(text: matplotlib.text.Text) -> str:
    known = _letters(findfont(text.get_fontproperties()))
    return "".join(letter if ord(letter) in known or letter == "\n" else "?" for letter in text.get_text())


@cache
def _letters(font: str) -> frozenset[int]:
    return frozenset(get_font(font).get_charmap())


def _titled(fig: Figure, title: str) -> Figure:
    """The figure with its finding above all of it."""
    fig.suptitle(textwrap.fill(title, 98), x=0.01, ha="left", fontweight="bold", fontsize=11)
    return fig


def _say(words: str, title: str) -> Figure:
    """A figure that says why there is nothing to draw."""
    fig, ax = plt.subplots(figsize=(9, 1.2))
    ax.text(0, 0.5, words, color=GREY)
    ax.set_title(textwrap.fill(title, 98))
    ax.set_axis_off()
    return fig


def _tilt(ax, labels: list[str], room: int = 90) -> float:
    """Labels below an axis that would touch, where all axes side by side have room for so many letters, are aslant, and
    each in one line; how many inches deeper they reach for that, about."""
    longest = max((len(line) for label in labels for line in label.split("\n")), default=0)
    if len(labels) * longest > room / ax.get_gridspec().ncols:
        ax.set_xticks(ax.get_xticks(), [label.replace("\n", ", ") for label in labels], rotation=45)
        for label in ax.get_xticklabels():
            label.set(horizontalalignment="right", rotation_mode="anchor")
        return 0.07 * max(map(len, labels)) - 0.3
    return 0.0


def _mark_dates(ax, dates: pd.Series) -> None:
    """The articles' years where they fall, if they are few; two that would touch lean away from each other."""
    dates = dates.drop_duplicates()
    short = dates.dt.year.ge(2000).all()  # ’48 may be of any century
    if len(dates) > (8 if short else 4) or dates.dt.year.duplicated().any():
        ticks = matplotlib.dates.AutoDateLocator(minticks=2, maxticks=4)
        ax.xaxis.set_major_locator(ticks)
        ax.xaxis.set_major_formatter(matplotlib.dates.ConciseDateFormatter(ticks))
        return
    ax.set_xticks(dates, list(dates.dt.strftime("’%y" if short else "%Y")))
    near = [*(dates.diff() < (dates.max() - dates.min()) / 12), False]
    for label, close, next_close in zip(ax.get_xticklabels(), near, near[1:], strict=False):
        label.set_horizontalalignment("left" if close else "right" if next_close else "center")


def _hide_rest(axes: np.ndarray, number: int) -> None:
    """Panels beyond so many are hidden; those above them then have the dates that the hidden ones would have shown."""
    for place, ax in list(enumerate(axes.flat))[number:]:
        ax.set_visible(False)
        if place >= axes.shape[1]:
            axes.flat[place - axes.shape[1]].tick_params(labelbottom=True)


def _panel(frame: str, beside: int = 3) -> str:
    """A frame's name above its panel, of so many side by side, in as many lines as it takes."""
    return textwrap.fill(plain(frame), 84 // beside)


def _percent(share: float, _) -> str:
    """A tick of an axis of shares, with as many places as it has: "2.5%"."""
    return f"{100 * share:g}%"


# Notebooks 01 and 03: the corpus, the shift


def draw_timeline(dates: pd.DataFrame, *, title: str) -> Figure:
    """When each article's event was, and the stamps that say otherwise.

    dates  one row per article and known date, articles in the order they are drawn, from the top: article, name (the
           outlet), what (event, published, updated), first (the day, or the first it can mean), words (the date as
           text), precision (day, month, year), inferred
    """
    if dates.empty:
        return _say("no article has a date", title)
    names = dates.drop_duplicates("article")["name"]
    if len(names) > 30:
        return _draw_years(dates, title)
    middle = dates["first"].min() + (dates["first"].max() - dates["first"].min()) / 2
    fig, ax = plt.subplots(figsize=(9, 0.9 + 0.55 * len(names)))
    for y, (_, own) in enumerate(dates.groupby("article", sort=False)):
        news, stamps = own[own["what"].ne("updated")], own[own["what"].eq("updated")]
        for row in stamps.itertuples():
            ax.plot([own["first"].min(), row.first], [y, y], color=PALE, linestyle=":", zorder=0)
            ax.plot(row.first, y, color=GREY, **STAMP)
            ax.annotate(row.words, (row.first, y), (0, -8), ha="center", va="top", **BESIDE)
        if len(news):
            first, sure = news["first"].iloc[0], news["precision"].iloc[0] == "day" and not news["inferred"].iloc[0]
            ax.plot(first, y, markerfacecolor=ACCENT if sure else "white", **EVENT)
            left, right = ((-10, 0), "right") if first > middle else ((10, 6), "left")
            ax.annotate(", ".join(news["words"]), (first, y), left, ha=right, va="center", **BESIDE)
    ax.plot([], [], markerfacecolor=ACCENT, label="stated, to the day", **EVENT)
    ax.plot([], [], markerfacecolor="white", label="inferred or less exact", **EVENT)
    ax.plot([], [], color=GREY, label="update stamp: no date of the news", **STAMP)
    fig.legend(loc="outside lower center", ncols=3)
    ax.set(yticks=range(len(names)), yticklabels=names, ylim=(len(names) - 0.5, -0.6), title=title)
    ax.margins(x=0.06)
    ax.grid(axis="x")
    return fig


def _draw_years(dates: pd.DataFrame, title: str) -> Figure:
    """How many articles there are of each year, where they are too many for a row each; of each month where all are of
    one year and their months known."""
    news = dates[dates["what"].ne("updated")].drop_duplicates("article")
    if news.empty:
        return _say("no article has a date but that of an update", title)
    monthly = news["first"].dt.year.nunique() == 1 and news["precision"].ne("year").all()
    counts = (news["first"].dt.month if monthly else news["first"].dt.year).value_counts().sort_index()
    fig, ax = plt.subplots(figsize=(9, 2.8))
    ax.bar(counts.index, counts, color=GREY, width=0.8)
    for place, number in counts.items() if len(counts) <= 40 else []:
        ax.annotate(f"{number}", (place, number), (0, 3), ha="center", **BESIDE)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(matplotlib.ticker.MaxNLocator(integer=True))
    if counts.index[-1] - counts.index[0] < 16:
        names = [f"{news['first'].iloc[0].year}-{month:02d}" for month in counts.index] if monthly else counts.index
        ax.set_xticks(counts.index, names)
    ax.set(ylabel="articles", title=title)
    ax.margins(x=0.05 if len(counts) > 3 else 1)
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
        grid = own.pivot(index="frame", columns="article", values="share").reindex(frames, columns=articles["article"])
        ax.imshow(grid, cmap="Oranges", vmin=0, vmax=1, aspect="auto")
        totals = own.groupby("article")["sentences"].max().reindex(articles["article"])
        for row in own[own["frame"].isin(frames)].itertuples():
            place = (list(articles["article"]).index(row.article), frames.index(row.frame))
            ink = "white" if row.share > 0.6 else INK if row.carrying else GREY
            of = f" of {row.sentences}" * bool(row.sentences < totals[row.article])  # coders may have decided fewer
            ax.annotate(f"{row.carrying}{of}", place, ha="center", va="center", color=ink, fontsize=8.5)
        ticks = [f"{name}\nof {n:,.0f}" if n > 0 else name for name, n in zip(articles["label"], totals, strict=True)]
        ax.set(xticks=range(len(ticks)), xticklabels=ticks, title=reading)
        _tilt(ax, ticks, room=104 - max(map(len, frames)))  # the names of the frames take the rest
        ax.set(yticks=range(len(frames)), yticklabels=[plain(frame) for frame in frames])
        ax.spines[:].set_visible(False)
        ax.tick_params(length=0)
    return _titled(fig, title)


def draw_shares_over_time(shares: pd.DataFrame, frames: list[str], *, accent: list[str], title: str) -> Figure:
    """Share of sentences over the dates, a small panel per frame; filled marks and a line are the codebook's reading,
    rings the coders', the grey line the share in the whole corpus.

    shares  one row per reading, article and frame: reading (codebook, coders), article ("all" for the whole corpus,
            by the codebook), label, date, frame, share
    """
    if shares["date"].isna().all():
        return _say("no article has a date", title)
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
        ax.set_title(_panel(frame), color=colour if frame in accent else INK)
        ax.grid(axis="y")
        ax.yaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1, decimals=0))
        top = next(top for top in (0.25, 0.5, 1) if top == 1 or shares["share"].max() <= top)
        ax.set(ylim=(0, top), yticks=np.arange(0, top + 0.001, 0.25 if top > 0.25 else 0.1))
        _mark_dates(ax, shares["date"].dropna().drop_duplicates().sort_values())
    _hide_rest(axes, len(frames))
    fig.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    fig.supylabel("share of sentences", fontsize=9, color="#444444")
    return _titled(fig, title)


# Notebook 02: words that mark articles


def draw_keywords(words: pd.DataFrame, *, title: str) -> Figure:
    """The words that most set each article (or year) apart, a small panel for each: bars are log-likelihoods; at their
    ends, how many of the word's places in the corpus are there. Grey: the word stands in one article only.

    words  one row per panel and word, in the order drawn: label, word, target, reference, articles, g2_two_term
    """
    labels = words["label"].unique()
    if not len(labels):
        return _say("nothing to draw", title)
    rows, most = -(-len(labels) // 3), words["g2_two_term"].max()
    tall = words.groupby("label").size().max()
    size = (9, max(2.5, 0.9 + rows * (0.5 + 0.2 * tall)))  # below it title and key leave the panels no room
    fig, axes = plt.subplots(rows, 3, figsize=size, sharex=True, squeeze=False)
    for ax, label in zip(axes.flat, labels, strict=False):
        own = words[words["label"].eq(label)].reset_index()
        ax.barh(own.index, own["g2_two_term"], color=_colour_of(own["articles"]), height=0.7)
        for row in own.itertuples():
            text = f"{row.target} of {row.target + row.reference}"
            ax.annotate(text, (row.g2_two_term, row.Index), (4, 0), va="center", **BESIDE)
        ax.set(yticks=own.index, yticklabels=own["word"], ylim=(tall - 0.4, -0.6), xlim=(0, 1.28 * most), title=label)
        ax.set_xlabel("G²")
        ax.tick_params(labelbottom=True)
    for ax in axes.flat[len(labels) :]:
        ax.set_visible(False)
    says = "bars: log-likelihood G² (two-term); at their ends: places of the word there, of all in the corpus"
    fig.legend(handles=_several_or_one(), loc="outside lower center", ncols=2, title=says, title_fontsize=9)
    return _titled(fig, title)


def draw_word_shift(words: pd.DataFrame, *, earlier: str, later: str, title: str) -> Figure:
    """What each word adds to the divergence of two groups: bars to the left are words that the one uses more, bars to
    the right the other's; with the counts in both. Grey: the word stands in one article only.

    words           one row per word, in the order drawn: word, target, reference, sign, contribution (bits), articles
    earlier, later  what the target and the reference are called
    """
    if words.empty:
        return _say("nothing to draw", title)
    own = words.reset_index(drop=True)
    reach = -own["sign"] * own["contribution"] * 1000
    fig, ax = plt.subplots(figsize=(9, 1.4 + 0.21 * len(own)))
    ax.barh(own.index, reach, color=_colour_of(own["articles"]), height=0.7)
    for row, end in zip(own.itertuples(), reach, strict=True):
        place, side = ((-4, 0), "right") if end < 0 else ((4, 0), "left")
        text = f"{row.word}  {row.target} : {row.reference}"
        ax.annotate(text, (end, row.Index), place, ha=side, va="center", **BESIDE)
    ax.axvline(0, color=INK, linewidth=0.8)
    most = 1.4 * reach.abs().max()
    ax.set(yticks=[], ylim=(len(own) - 0.3, -1.6), xlim=(-most, most))
    for x, text in [(0.25, f"more in {earlier}"), (0.75, f"more in {later}")]:
        ax.text(x, 1, text, transform=ax.transAxes, ha="center", va="top", color=INK, fontweight="bold")
    ax.xaxis.set_major_formatter(lambda x, _: f"{abs(x):g}")
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(f"thousandths of a bit; beside each word its count in {earlier} : in {later}")
    fig.legend(handles=_several_or_one(), loc="outside lower center", ncols=2)
    return _titled(fig, title)


def _colour_of(articles: pd.Series) -> list[str]:
    return [ACCENT if number > 1 else GREY for number in articles]


def _several_or_one() -> list:
    parts = [(ACCENT, "the word stands in several articles"), (GREY, "in one article only")]
    return [plt.Rectangle((0, 0), 1, 1, color=colour, label=label) for colour, label in parts]


# Notebook 04: company of the key words


def draw_company(company: pd.DataFrame, *, title: str) -> Figure:
    """How often each word stands near a key word in each article: a panel per key word, a row per word, a column per
    article, the counts written in; white where the article has no hit of the key word at all.

    company  one row per key word, word and article, zeros included: frame, word, article, label, hits, near
    """
    if company.empty:
        return _say("nothing to draw", title)
    frames = list(company["frame"].unique())
    deep = [company.loc[company["frame"].eq(frame), "word"].nunique() for frame in frames] or [1]
    deep = [max(deep[i : i + 2]) for i in range(0, len(deep), 2)]
    size = (9, max(2.2, 0.5 + sum(0.75 + 0.27 * rows for rows in deep)))
    fig, axes = plt.subplots(len(deep), 2, figsize=size, squeeze=False, height_ratios=deep)
    deeper = np.zeros(axes.shape)
    for place, (ax, frame, rows) in enumerate(zip(axes.flat, frames, np.repeat(deep, 2), strict=False)):
        own = company[company["frame"].eq(frame)]
        articles, words = own.drop_duplicates("article"), own["word"].drop_duplicates()
        grid = own["near"].to_numpy().reshape(len(words), len(articles))
        seen = np.where(articles["hits"].to_numpy() > 0, grid, np.nan)
        ax.imshow(seen, cmap="Oranges", vmin=-0.1, vmax=1.6 * company["near"].max(), aspect="auto")
        for (y, x), near in np.ndenumerate(grid) if len(articles) <= 13 else []:
            ink = INK if near else GREY if articles["hits"].iloc[x] else PALE
            ax.annotate(f"{near}", (x, y), ha="center", va="center", color=ink, fontsize=8.5)
        wide = len(articles) <= 6
        each = articles.iloc[:: -(-len(articles) // 13)]  # not every one of many years is named
        ticks = [f"{row.label}\n{row.hits}{f' hit{chr(115) * (row.hits != 1)}' * wide}" for row in each.itertuples()]
        ax.set_xticks(range(0, len(articles), -(-len(articles) // 13)), ticks)
        ax.set_xlabel("" if wide else "with each column, the hits of the key word")
        deeper.flat[place] = _tilt(ax, ticks)
        ax.set(yticks=range(len(words)), yticklabels=words, ylim=(rows - 0.5, -0.5), title=plain(frame))
        ax.spines[:].set_visible(False)
        ax.tick_params(length=0)
    for ax in axes.flat[len(frames) :]:
        ax.set_visible(False)
    fig.set_figheight(size[1] + deeper.max(axis=1).sum())
    return _titled(fig, title)


def draw_network(links: pd.DataFrame, *, title: str) -> Figure:
    """Key words at the left and the right, the words that stand near several of them between, the words near one only
    outside; the wider a line, the oftener.

    links  one row per key word, word and article: frame, word, article, near; a line is coloured where the word is near
           the key word in more than one article, and so is the word
    """
    links = links[links["near"] > 0]
    if links.empty:
        return _say("nothing to draw", title)
    sums = links.groupby(["frame", "word"], sort=False).agg(near=("near", "sum"), articles=("article", "nunique"))
    kept = sums["articles"].groupby("word").max() > 1
    frames, words = list(links["frame"].drop_duplicates()), sorted(links["word"].unique())
    thick = min(0.7, 5 / sums["near"].max())
    places, size = _place_names(sums["near"].unstack("word").reindex(index=frames, columns=words).fillna(0))
    fig, ax = plt.subplots(figsize=(9, 1.2 + 0.3 * size))
    for (frame, word), row in sums.iterrows():
        (x0, y0), (x1, y1) = places[frame, "frame"], places[word, "word"]
        style = {"color": ACCENT, "zorder": 2} if row["articles"] > 1 else {"color": PALE, "zorder": 1}
        ax.plot(x0 + (x1 - x0) * ACROSS, y0 + (y1 - y0) * SWING, linewidth=0.4 + thick * row["near"], **style)
    for (name, kind), (x, y) in places.items():
        look = {"color": ACCENT if kept.get(name) else INK, "size": 9}
        look |= {"bbox": {"boxstyle": "square,pad=0.1", "fc": "white", "lw": 0}}
        if kind == "frame":
            look = {"color": "white", "weight": "bold", "size": 10}
            look |= {"bbox": {"boxstyle": "round,pad=0.3", "fc": INK, "lw": 0}}
        ax.text(x, y, plain(name) if kind == "frame" else name, ha="center", va="center", zorder=5, **look)
    ax.plot([], [], color=ACCENT, label="near this key word in more than one article")
    ax.plot([], [], color=PALE, label="in one article only (the wider, the oftener)")
    fig.legend(loc="outside lower center", ncols=2)
    ax.set(xlim=(-0.4, 4.4), ylim=(size - 0.4, -0.6), title=textwrap.fill(title, 98))
    ax.axis("off")
    return fig


def _place_names(near: pd.DataFrame) -> tuple[dict[tuple[str, str], tuple[float, float]], int]:
    """Where each name stands: half of the key words left, half right; between them the words of several, each as high
    as its key words draw it; outside, beside its key word, each word of one only.

    near     how often a word (column) stands near a key word (row)
    returns  (name, "frame" or "word"): (x, y), y downwards; and over how many rows
    """
    keys, alone = list(near.index), near.gt(0).sum().eq(1)
    sides = [keys[: (len(keys) + 1) // 2], keys[(len(keys) + 1) // 2 :]]
    own = {key: [word for word in near.columns if alone[word] and near.loc[key, word]] for key in keys}
    widest = max(len(side) * max(2, *(len(own[key]) for key in side)) for side in sides if side)
    size, places = max(widest, int((~alone).sum())), {}
    for side, at, out in zip(sides, (1, 3), (0, 4), strict=True):
        for key, y in zip(side, _spread(len(side), size), strict=True):
            places[key, "frame"] = (at, y)
            for i, word in enumerate(own[key]):
                places[word, "word"] = (out, y + i - (len(own[key]) - 1) / 2)
    heights = pd.Series({key: places[key, "frame"][1] for key in keys})
    shared = near.loc[:, ~alone]
    pull = shared.mul(heights, axis="index").sum() / shared.sum()
    order = pull.round(6).rename_axis("word").rename("pull").reset_index().sort_values(["pull", "word"])["word"]
    places |= {(word, "word"): (2, y) for word, y in zip(order, _spread(len(order), size), strict=True)}
    return places, size


# Notebook 05: voices


def draw_voices(counts: pd.DataFrame, frames: list[str], labels: dict[str, str], *, title: str) -> Figure:
    """Sentences by frame and voice, stacked, a panel for the corpus and one per article, the counts written in.

    counts  one row per article, frame and voice: article, frame, voice, count
    labels  what each article's panel is called, in the order of the panels; articles not in it are not drawn
    """
    if not counts["count"].any():
        return _say("nothing to draw", title)
    columns = min(3, len(labels))
    rows = -(-len(labels) // columns)
    longest = counts.groupby(["article", "frame"])["count"].sum().max()
    fig, axes = plt.subplots(
        rows, columns, figsize=(9, 0.8 + (0.4 + 0.24 * len(frames)) * rows), sharex=True, sharey=True, squeeze=False
    )
    for ax, (article, label) in zip(axes.flat, labels.items(), strict=False):
        own = counts[counts["article"].eq(article)].pivot(index="frame", columns="voice", values="count").loc[frames]
        _stack(ax, own, longest)
        ax.set(yticks=range(len(frames)), yticklabels=[plain(frame) for frame in frames], title=label)
        ax.set_ylim(len(frames) - 0.4, -0.6)
        ax.spines["bottom"].set_visible(False)
        ax.tick_params(bottom=False, labelbottom=False)
    for ax in axes.flat[len(labels) :]:
        ax.set_visible(False)
    whose = "number of sentences that carry the frame in the words of"
    fig.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside lower center", ncols=4, title=whose)
    return _titled(fig, title)


def _stack(ax, own: pd.DataFrame, longest: int) -> None:
    """Bars of one row per frame, a column per voice one after the other, each with its number where it has room."""
    left = pd.Series(0, index=own.index)
    for voice, colour in VOICE_COLOURS.items():
        ax.barh(range(len(own)), own[voice], left=left, color=colour, height=0.72, label=voice)
        look = {"ha": "center", "va": "center", "color": INK if voice == "reporter" else "white", "fontsize": 7.5}
        for y, (begin, n) in enumerate(zip(left, own[voice], strict=True)):
            ax.annotate(f"{n}" * bool(n > 0.03 * len(f"{n}") * longest), (begin + n / 2, y), **look)
        left = left + own[voice]


def draw_speakers(links: pd.DataFrame, frames: list[str], *, title: str) -> Figure:
    """Speakers on the left, by side and then the busiest first, frames on the right; a line's width is the number of
    sentences in which the speaker's words carry the frame, its colour the speaker's side.

    links  one row per speaker and frame: speaker, side, frame, count
    """
    if links.empty:
        return _say("nothing to draw", title)
    frames = [frame for frame in frames if frame in set(links["frame"])]
    order = _order_speakers(links)
    size = max(len(order), len(frames))
    lefts = dict(zip(order["speaker"], _spread(len(order), size), strict=True))
    rights = dict(zip(frames, _spread(len(frames), size), strict=True))
    ends = {"left": links["speaker"].map(lefts), "right": links["frame"].map(rights)}
    links = links.assign(**ends).astype({"left": float, "right": float})
    totals = [links.groupby(end)["count"].sum() for end in ("speaker", "frame")]
    slot = min([0.1, *(0.8 * size / len(total) / total.max() for total in totals)])
    begins = _fan(links.sort_values(["left", "right"]), "speaker", "left", slot)
    ends = _fan(links.sort_values(["right", "left"]), "frame", "right", slot)
    fig, ax = plt.subplots(figsize=(9, 1.1 + 0.34 * size))
    for row in links.itertuples():
        begin, end = begins[row.Index], ends[row.Index]
        look = {"color": VOICE_COLOURS.get(row.side, GREY), "alpha": 0.7, "solid_capstyle": "butt"}
        ax.plot(ACROSS, begin + (end - begin) * SWING, linewidth=21 * slot * row.count, **look)
    for row in order.itertuples():
        name = "speaker unknown" if row.speaker == "unknown" else row.speaker
        ax.annotate(f"{name}  {row.count}", (-0.015, lefts[row.speaker]), ha="right", va="center", fontsize=8.5)
    for frame, total in totals[1].items():
        ax.annotate(f"{total}  {plain(frame)}", (1.015, rights[frame]), va="center", fontsize=8.5)
    for voice, colour in list(VOICE_COLOURS.items())[1:]:
        ax.plot([], [], color=colour, linewidth=4, label=voice)
    fig.legend(loc="outside lower center", ncols=3)
    ax.set(xlim=(-0.55, 1.3), ylim=(size - 0.4, -0.6))
    ax.set_axis_off()
    return _titled(fig, title)


def _order_speakers(links: pd.DataFrame) -> pd.DataFrame:
    """One row per speaker, by side and then the busiest first: speaker, side, count."""
    order, sides = links.groupby(["speaker", "side"])["count"].sum().reset_index(), [*VOICE_COLOURS]
    rank = [sides.index(side) if side in sides else len(sides) for side in order["side"]]
    order = order.assign(rank=rank).sort_values(["rank", "count", "speaker"], ascending=[True, False, True])
    return order.drop(columns="rank")


def _fan(links: pd.DataFrame, end: str, place: str, slot: float) -> pd.Series:
    """Where each line meets its end: side by side around the label's place, as wide as they are many."""
    below = links.groupby(end)["count"].cumsum() - links["count"] / 2
    return links[place] + slot * (below - links.groupby(end)["count"].transform("sum") / 2)


def _spread(count: int, size: int) -> list[float]:
    """Places for `count` labels, evenly over the height of `size`."""
    return [(i + 0.5) * size / count - 0.5 for i in range(count)]


# Notebook 06: undertakings


def draw_undertakings(marks: pd.DataFrame, *, title: str) -> Figure:
    """Undertakings over the dates, the stronger the higher; a column per article, led to its date on the line above.

    marks  one row per undertaking, articles in order of date: article, label, date, force (ordered categorical: all
           levels, from the weakest), who (both, United States, Mexico), negated (drawn hollow), what (its name)
    """
    if marks.empty:
        return _say("nothing to draw", title)
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
    return _titled(fig, title)


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


def _shortened(name: str) -> str:
    return name if len(name) <= 25 else name[:24].rstrip() + "…"


# Notebook 07: responsibility


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
        own = counts[counts["reading"].eq(reading)]
        x, y = articles.index.get_indexer(own["article"]), own["category"].astype(str).map(rows)
        colours = own["carrying"].gt(0).map({True: GREY, False: PALE})
        colours = colours.mask([differ[key] for key in zip(own["article"], own["category"], strict=True)], ACCENT)
        sizes = (330 * own["carrying"] / max(counts["carrying"].max(), 1)).where(own["carrying"].gt(0), 5)
        ax.scatter(x, y, s=sizes, c=colours, linewidths=0)
        for number, *place in zip(own["carrying"], x, y, strict=True):
            if number:
                ax.annotate(f"{number}", place, (12, 0), ha="left", va="center", **BESIDE)
        ticks = [f"{label}\nof {n:,}" for label, n in zip(articles["label"], articles["sentences"], strict=True)]
        ax.set(xticks=range(len(ticks)), xticklabels=ticks, title=reading, xlim=(-0.5, len(ticks) - 0.3))
        _tilt(ax, ticks, room=60)  # the names of the categories take the rest
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
    return _titled(fig, title)


def draw_arrows(counts: pd.DataFrame, categories: pd.DataFrame, *, title: str) -> Figure:
    """What goes between the two countries in each article: a row per category, a column per article; an arrow is as
    wide as its sentences are many, one without heads goes no way that is told; a star at its number stands for a
    negation.

    counts      one row per article and category: article, label, category, carrying, negated (of these), sentences
    categories  one row per category that goes between the countries: category, says, arrow (north, south, both, none)
    """
    articles = counts.drop_duplicates("article")
    most, starred = max(counts["carrying"].max(), 1), bool(counts["negated"].any())
    size = (9, 1.6 + 0.42 * len(categories))
    fig, axes = plt.subplots(1, len(articles), figsize=size, sharey=True, squeeze=False)
    for ax, article in zip(axes[0], articles.itertuples(), strict=True):
        own = counts[counts["article"].eq(article.article)].set_index("category")
        own, negated = own["carrying"], own["negated"]
        for y, row in enumerate(categories.itertuples()):
            number = f"{own[row.category]}{'*' * bool(negated[row.category])}"
            _draw_arrow(ax, y, row.arrow, own[row.category] / most, number)
        ax.set(xlim=(0, 1), ylim=(len(categories) - 0.5, -0.8), xticks=[0, 1], xticklabels=["Mexico", "US"])
        name = f"{article.label}{' ' if len(articles) < 6 else chr(10)}(of {article.sentences:,})"
        look = {"rotation": 30, "va": "bottom"} if articles["label"].str.len().sum() > 60 else {}
        ax.set_title(name, fontsize=9, **look)
        ax.spines["right"].set_visible(True)
        ax.spines["bottom"].set_visible(False)
        ax.tick_params(length=0)
        for label, side in zip(ax.get_xticklabels(), ("left", "right"), strict=True):
            label.set_horizontalalignment(side)
    axes[0, 0].set(yticks=range(len(categories)), yticklabels=categories["says"])
    axes[0, 0].plot([], [], color=ACCENT, linewidth=2.5, label="from one country to the other")
    axes[0, 0].plot([], [], color=GREY, linewidth=2.5, label="both ways, or no way said")
    axes[0, 0].plot([], [], " ", label="the wider, the more sentences" + "; * with a negated word" * starred)
    fig.legend(loc="outside lower center", ncols=3)
    fig.get_layout_engine().set(wspace=0.05)
    return _titled(fig, title)


def _draw_arrow(ax, y: int, way: str, share: float, number: str) -> None:
    """One arrow, as wide as its share of the most there are, with its number; a dotted line for none."""
    if not share:
        ax.plot([0.1, 0.9], [y, y], color=PALE, linestyle=":", linewidth=1)
        return
    look = {"color": ACCENT if way in ("north", "south") else GREY, "linewidth": 1 + 4 * share, "mutation_scale": 11}
    look |= {"shrinkA": 0, "shrinkB": 0, "arrowstyle": ARROWS[way]}
    ax.annotate("", (0.94, y), (0.06, y), arrowprops=look)
    ax.annotate(number, (0.5, y), (0, 5), ha="center", va="bottom", **BESIDE)


# Notebook 08 and the correction in 03: whether the codebook can be trusted


def draw_scores(scores: pd.DataFrame, *, title: str) -> Figure:
    """Proportions with their intervals: a panel per measure, a row per frame, the counts at the right; in colour where
    a case is wrong or missed.

    scores  one row per measure and frame, in the order drawn: measure, frame, carrying, sentences, share, low, high
    """
    if not scores["sentences"].any():
        return _say("nothing to draw", title)
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
    return _titled(fig, title)


def draw_agreement(alphas: pd.DataFrame, pairs: pd.DataFrame, *, title: str) -> Figure:
    """Krippendorff's alpha of each frame with its interval, and Cohen's kappa of each two coders as ticks above it;
    beside each frame, on how many sentences the coders differ. In colour where they differ at all.

    alphas  one row per frame, from alpha_per_frame
    pairs   one row per frame and pair of coders, from kappa_per_pair
    """
    if alphas["alpha"].isna().all():
        return _say("no two coders judged sentences on which anything varies", title)
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


def draw_corrected(shares: pd.DataFrame, frames: list[str], *, accent: list[str], title: str) -> Figure:
    """Shares corrected for the codebook's errors with their intervals, over the dates: a small panel per frame; the raw
    shares are dashes, the coders' rings. A panel that cannot be corrected says so.

    shares  one row per reading, article and frame: reading (codebook, coders), label, date, frame, share; of the
            codebook's reading also corrected, low, high, why_not
    """
    if shares["date"].isna().all():
        return _say("no article has a date", title)
    if len(why := shares["why_not"].dropna().unique()) == 1 and why[0]:
        return _say(f"no share can be corrected: {why[0]}", title)
    rows = -(-len(frames) // 3)
    fig, axes = plt.subplots(rows, 3, figsize=(9, 0.7 + 1.9 * rows), sharex=True, sharey=True, squeeze=False)
    for ax, frame in zip(axes.flat, frames, strict=False):
        own = shares[shares["frame"].eq(frame) & shares["date"].notna()]
        line, ring = own[own["reading"].eq("codebook")], own[own["reading"].eq("coders")]
        colour = ACCENT if frame in accent else GREY
        ax.vlines(line["date"], line["low"], line["high"], color=colour, linewidth=2.2, alpha=0.45)
        ax.plot(line["date"], line["corrected"], "o", color=colour, clip_on=False, zorder=3)
        ax.plot(
            line["date"], line["share"], "_", color=INK, markersize=11, markeredgewidth=1.6, clip_on=False, zorder=5
        )
        if len(ring):
            ax.plot(ring["date"], ring["share"], "o", color=INK, clip_on=False, **RING)
        for why in line["why_not"].drop_duplicates():
            text = textwrap.fill(f"no correction: {why}" * bool(why), 36)
            ax.text(0.03, 0.95, text, transform=ax.transAxes, va="top", fontsize=8, color=INK)
        ax.set_title(_panel(frame), color=colour if frame in accent else INK)
        ax.grid(axis="y")
        ax.yaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1, decimals=0))
        ax.set(ylim=(0, 1), yticks=[0, 0.25, 0.5, 0.75, 1])
        _mark_dates(ax, shares["date"].dropna().drop_duplicates().sort_values())
    _hide_rest(axes, len(frames))
    ax = axes[0, 0]
    ax.plot([], [], "_", color=INK, markersize=11, markeredgewidth=1.6, label="codebook, as counted")
    ax.plot([], [], "o-", color=GREY, label="codebook, corrected, 95% interval")
    ax.plot([], [], "o", color=INK, label="coders", **RING)
    fig.legend(*ax.get_legend_handles_labels(), loc="outside lower center", ncols=3)
    fig.supylabel("share of sentences", fontsize=9, color="#444444")
    return _titled(fig, title)


# Notebook 09: how fragile the findings are


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
        return _say("no article has a date", title)
    labels = without["left_out"].drop_duplicates()
    each = len(labels) <= 8
    rows = ["without one term", *(f"without {label}" for label in (labels if each else ["one article"]))]
    fig, axes = _two_rows(
        [1] * len(frames), 0.24 * max(len(rows), 3) - 0.04, 3.36 + 0.24 * max(len(rows), 3), sharex="row"
    )
    for above, below, frame in zip(*axes, frames, strict=True):
        own, left = terms[terms["frame"].eq(frame)], without.loc[without["frame"].eq(frame), "tau"]
        _band_shares(above, own, columns)
        above.set_title(_panel(frame, len(frames)))
        taus = own.groupby("left_out", sort=False)["tau"].first()
        articles = [left.iloc[[i]] for i in range(len(left))] if each else [left]
        for y, some in enumerate([taus.drop(index=""), *articles]):
            _dot_taus(below, y, some)
        below.axvline(0, color=INK, linewidth=0.8, zorder=1)
        if pd.notna(taus[""]):
            below.axvline(taus[""], color=ACCENT, linewidth=1.2, linestyle=":", zorder=1)
        below.set(xlim=(-1.1, 1.1), ylim=(len(rows) - 0.4, -0.6), xlabel="tau: falls < 0 < rises")
    axes[0, 0].set_ylim(bottom=0)  # once all are drawn: the axis then has room for the highest
    axes[0, 0].yaxis.set_major_formatter(_percent)
    axes[0, 0].set_ylabel("share of sentences" + f",\nby {unit_of(columns)}" * (unit_of(columns) != "article"))
    axes[1, 0].set(yticks=range(len(rows)), yticklabels=rows)
    keys = [
        plt.Line2D([], [], color=ACCENT, marker="o", label="nothing left out"),
        plt.Rectangle((0, 0), 1, 1, color=PALE, label="any one term left out"),
        plt.Line2D([], [], color=ACCENT, linestyle=":", linewidth=1.2, label="tau with nothing left out"),
        plt.Line2D([], [], color=GREY, marker="o", linestyle="", label="tau with one thing left out"),
    ]
    fig.legend(handles=keys, loc="outside lower center", ncols=4)
    return _titled(fig, title)


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
    _mark_dates(ax, base["date"])


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


def draw_specifications(alike: pd.DataFrame, choices: dict, frames: list[str], *, title: str) -> Figure:
    """A specification curve: above, tau of each distinct course, sorted; below, by which choices it comes about. The
    first option of each choice is notebook 03's; a row is marked for both options where the choice changes nothing.

    alike    one row per frame and distinct course, from count_alike
    choices  each choice with its options
    """
    if alike.empty:
        return _say("no article has a date", title)
    wide = [max(int(alike["frame"].eq(frame).sum()), 13) for frame in frames]
    options = [(choice, option) for choice, own in choices.items() for option in own]
    places = [y + 0.6 * (y // 2) for y in range(len(options))]
    fig, axes = _two_rows(wide, 0.2 * len(options), 2.6 + 0.22 * len(options))
    for above, below, frame in zip(*axes, frames, strict=True):
        own = alike[alike["frame"].eq(frame)].reset_index(drop=True)
        above.axhline(0, color=INK, linewidth=0.8)
        colours = np.where(own["own"], ACCENT, GREY)
        above.scatter(own.index, own["tau"], c=colours, s=22, zorder=3, clip_on=False)
        above.set_title(f"{_panel(frame, len(frames))}\n{own['specifications'].sum()} ways, {len(own)} different")
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
    return _titled(fig, title)


def _mark_option(ax, y: float, taken: pd.Series, option: str, here: pd.Series) -> None:
    """Marks for the courses that come about by an option, pale where they do by either; `here` is notebook 03's."""
    has = taken.str.split(" or ").map(lambda options: option in options)
    shade = np.where(here, ACCENT, np.where(taken.str.contains(" or "), PALE, GREY))
    ax.scatter(taken.index[has], [y] * has.sum(), c=shade[has], s=16, marker="s", linewidths=0)


def draw_chance(counts: pd.DataFrame, frames: list[str], *, title: str) -> Figure:
    """How often chance gives each tau: a row per kind of chance, a column per frame; coloured where it is as far from
    zero as the frame's own, which the dotted line marks.

    counts  one row per frame, measure and tau, from count_draws: frame, measure, tau, as_clear, draws, of, real
    """
    measures = counts["measure"].unique()
    if not len(measures):
        return _say("nothing to draw", title)
    size = (9, 1.2 + 1.65 * len(measures))
    fig, axes = plt.subplots(len(measures), len(frames), figsize=size, squeeze=False, sharex=True, sharey="row")
    for row, measure in zip(axes, measures, strict=True):
        for ax, frame in zip(row, frames, strict=True):
            _stem_taus(ax, counts[counts["frame"].eq(frame) & counts["measure"].eq(measure)])
        most = counts[counts["measure"].eq(measure)].eval("draws / of").max()
        row[0].set(ylim=(0, 1.3 * most), ylabel=measure.replace(": ", ":\n"))
        row[0].yaxis.set_major_locator(matplotlib.ticker.MaxNLocator(3))
        row[0].yaxis.set_major_formatter(_percent)
    for top, bottom, frame in zip(axes[0], axes[-1], frames, strict=True):
        top.set_title(_panel(frame, len(frames)))
        bottom.set(xlim=(-1.1, 1.1), xlabel="tau")
    keys = [
        plt.Line2D([], [], color=ACCENT, linewidth=4, label="as far from zero as the frame's own tau, or farther"),
        plt.Line2D([], [], color=GREY, linewidth=4, label="nearer to zero"),
        plt.Line2D([], [], color=INK, linewidth=1.2, linestyle=":", label="the frame's own tau"),
    ]
    fig.legend(handles=keys, loc="outside lower center", ncols=3)
    return _titled(fig, title)


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


# Notebook 10: power, effective numbers, intervals


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
    return _titled(fig, title)


def _name_ends(ax, x: float, ends: list[tuple[float, str, str]]) -> None:
    """Name lines at their ends, in their colours: (height, name, colour). Where ends lie closer than names are high,
    the lower one's name stands below the other."""
    high = np.inf
    for y, text, colour in sorted(ends, reverse=True):
        high = min(y, high - 0.06)
        ax.annotate(text, (x, high), (6, 0), va="center", annotation_clip=False, **{**BESIDE, "color": colour})


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
    return _titled(fig, title)


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
    return _titled(fig, title)


# Notebook 11: your own articles


def draw_shares_by_period(shares: pd.DataFrame, frames: list[str], *, title: str) -> Figure:
    """Share of articles and of sentences that carry each frame, by period, a small panel per frame; the bars are 95%
    intervals, a hollow mark is a count of too few articles for one.

    shares  one row per period, frame and unit, from share_by_period
    """
    if shares.empty:
        return _say("no article has a date", title)
    looks = {"articles": (ACCENT, "o"), "sentences": (GREY, "s")}
    rows, span = -(-len(frames) // 3), (shares["start"].max() - shares["start"].min()).days
    fig, axes = plt.subplots(rows, 3, figsize=(9, 0.6 + 1.9 * rows), sharex=True, sharey=True, squeeze=False)
    for ax, frame in zip(axes.flat, frames, strict=False):
        for side, (unit, (colour, mark)) in zip((-1, 1), looks.items(), strict=True):
            own = shares[shares["frame"].eq(frame) & shares["unit"].eq(unit)]
            when = own["start"] + pd.Timedelta(days=side * span / 90)
            sure = own["low"].notna()
            ax.vlines(when[sure], own.loc[sure, "low"], own.loc[sure, "high"], color=colour, linewidth=1.5)
            ax.plot(when[sure], own.loc[sure, "share"], mark, color=colour, markersize=4)
            ax.plot(when[~sure], own.loc[~sure, "share"], mark, color=colour, markersize=4, markerfacecolor="white")
        ax.set(title=_panel(frame), ylim=(-0.03, 1.03), yticks=[0, 0.25, 0.5, 0.75, 1])
        ax.yaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1, decimals=0))
        ax.grid(axis="y")
        _mark_dates(ax, shares["start"].drop_duplicates().sort_values())
    _hide_rest(axes, len(frames))
    bare, some = shares["low"].isna(), ", with 95% interval" * bool(shares["low"].notna().any())
    for unit, (colour, mark) in looks.items():
        face = "white" if bare.all() else colour
        axes[0, 0].plot([], [], mark, color=colour, markersize=4, markerfacecolor=face, label=f"{unit}{some}")
    if bare.any() and some:
        axes[0, 0].plot([], [], "o", color=INK, markersize=4, markerfacecolor="white", label="too few for an interval")
    fig.supylabel("share that carries the frame", fontsize=9, color="#444444")
    fig.legend(loc="outside lower center", ncols=3)
    return _titled(fig, title)


# Notebook 12: conventions


def draw_conventions(marks: pd.DataFrame, *, title: str) -> Figure:
    """What the choice of a convention does to each word that marks an article: on the left the two forms of G², on the
    right two rules for zeros in the log ratio. In colour: the word stands nowhere else; the larger a mark, the
    more words stand at its place. The ends are named.

    marks  one row per article and word: label, word, reference, g2_two_term, g2_four_term, zeros_half, all_half
    """
    if marks.empty:
        return _say("nothing to draw: there is nothing to compare with", title)
    panels = [
        ("g2_two_term", "g2_four_term", "two-term G²", "four-term less two-term G²"),
        ("zeros_half", "all_half", "log ratio, a zero taken for a half", "change when a half is added to every count"),
    ]
    fig, axes = plt.subplots(1, 2, figsize=(9, 4.4))
    for ax, (one, other, across, up) in zip(axes, panels, strict=True):
        own = marks.assign(
            x=marks[one].round(6), y=(marks[other] - marks[one]).round(6), alone=marks["reference"].eq(0)
        )
        own = own.sort_values(["x", "y", "label", "word"]).groupby(["x", "y", "alone"], as_index=False)
        own = own.agg(words=("word", "size"), name=("word", "first"), label=("label", "first"))
        colours = np.where(own["alone"], ACCENT, GREY)
        ax.scatter(own["x"], own["y"], s=14 + 3 * own["words"] ** 0.8, alpha=0.75, linewidths=0, color=colours)
        ax.axhline(0, color=INK, linewidth=0.8, zorder=0)
        for place, shift in {own["x"].idxmax(): -10, own["y"].idxmin(): -10, own["y"].idxmax(): 11}.items():
            row = own.loc[place]
            more = f" and {row['words'] - 1} more" if row["words"] > 1 else ""
            if abs(row["y"]) > own["y"].abs().max() / 20:
                side = "left" if row["x"] < own["x"].min() + np.ptp(own["x"]) / 10 else "center"
                at = (row["x"], row["y"])
                ax.annotate(f"{row['name']}{more}, {row['label']}", at, (0, shift), ha=side, va="center", **BESIDE)
        ax.set(xlabel=across, ylabel=up)
        ax.margins(0.16, 0.12)
    parts = [(ACCENT, "the word stands nowhere else"), (GREY, "elsewhere too")]
    handles = [plt.Line2D([], [], color=colour, marker="o", linestyle="", label=label) for colour, label in parts]
    says = "the larger a mark, the more words have the same counts"
    fig.legend(handles=handles, loc="outside lower center", ncols=2, title=says, title_fontsize=9)
    return _titled(fig, title)
