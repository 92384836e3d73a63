"""Words: keyness, collocates, conventions."""

import textwrap

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from helpers.figures.door import in_house_style
from helpers.figures.parts import ACCENT, ACROSS, BESIDE, GREY, INK, PALE, SWING, say, spread, tilt, titled
from helpers.findings.words import plain


@in_house_style
def draw_keywords(words: pd.DataFrame, *, title: str) -> Figure:
    """The words that most set each article (or year) apart, a small panel for each: bars are log-likelihoods; at their
    ends, how many of the word's places in the corpus are there. Grey: the word stands in one article only.

    words  one row per panel and word, in the order drawn: label, word, target, reference, articles, g2_two_term
    """
    labels = words["label"].unique()
    if not len(labels):
        return say("nothing to draw", title)
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
    return titled(fig, title)


@in_house_style
def draw_word_shift(words: pd.DataFrame, *, earlier: str, later: str, title: str) -> Figure:
    """What each word adds to the divergence of two groups: bars to the left are words that the one uses more, bars to
    the right the other's; with the counts in both. Grey: the word stands in one article only.

    words           one row per word, in the order drawn: word, target, reference, sign, contribution (bits), articles
    earlier, later  what the target and the reference are called
    """
    if words.empty:
        return say("nothing to draw", title)
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
    return titled(fig, title)


def _colour_of(articles: pd.Series) -> list[str]:
    return [ACCENT if number > 1 else GREY for number in articles]


def _several_or_one() -> list:
    parts = [(ACCENT, "the word stands in several articles"), (GREY, "in one article only")]
    return [plt.Rectangle((0, 0), 1, 1, color=colour, label=label) for colour, label in parts]


@in_house_style
def draw_company(company: pd.DataFrame, *, title: str) -> Figure:
    """How often each word stands near a key word in each article: a panel per key word, a row per word, a column per
    article, the counts written in; white where the article has no hit of the key word at all.

    company  one row per key word, word and article, zeros included: frame, word, article, label, hits, near
    """
    if company.empty:
        return say("nothing to draw", title)
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
        deeper.flat[place] = tilt(ax, ticks)
        ax.set(yticks=range(len(words)), yticklabels=words, ylim=(rows - 0.5, -0.5), title=plain(frame))
        ax.spines[:].set_visible(False)
        ax.tick_params(length=0)
    for ax in axes.flat[len(frames) :]:
        ax.set_visible(False)
    fig.set_figheight(size[1] + deeper.max(axis=1).sum())
    return titled(fig, title)


@in_house_style
def draw_network(links: pd.DataFrame, *, title: str) -> Figure:
    """Key words at the left and the right, the words that stand near several of them between, the words near one only
    outside; the wider a line, the oftener.

    links  one row per key word, word and article: frame, word, article, near; a line is coloured where the word is near
           the key word in more than one article, and so is the word
    """
    links = links[links["near"] > 0]
    if links.empty:
        return say("nothing to draw", title)
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
        for key, y in zip(side, spread(len(side), size), strict=True):
            places[key, "frame"] = (at, y)
            for i, word in enumerate(own[key]):
                places[word, "word"] = (out, y + i - (len(own[key]) - 1) / 2)
    heights = pd.Series({key: places[key, "frame"][1] for key in keys})
    shared = near.loc[:, ~alone]
    pull = shared.mul(heights, axis="index").sum() / shared.sum()
    order = pull.round(6).rename_axis("word").rename("pull").reset_index().sort_values(["pull", "word"])["word"]
    places |= {(word, "word"): (2, y) for word, y in zip(order, spread(len(order), size), strict=True)}
    return places, size


@in_house_style
def draw_conventions(marks: pd.DataFrame, *, title: str) -> Figure:
    """What the choice of a convention does to each word that marks an article: on the left the two forms of G², on the
    right two rules for zeros in the log ratio. In colour: the word stands nowhere else; the larger a mark, the
    more words stand at its place. The ends are named.

    marks  one row per article and word: label, word, reference, g2_two_term, g2_four_term, zeros_half, all_half
    """
    if marks.empty:
        return say("nothing to draw: there is nothing to compare with", title)
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
    return titled(fig, title)
