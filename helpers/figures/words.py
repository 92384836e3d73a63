"""Words: keyness, collocates."""

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from helpers.figures.door import in_house_style
from helpers.figures.parts import BESIDE, GREY, INK, PALE, SHARES, panel, tilt, titled

PANELS, ROWS = 12, 8  # drawn of periods, and of words in each; the .csv has more


@in_house_style
def draw_keywords(words: pd.DataFrame, *, title: str) -> Figure | None:
    """The words that mark each period, a panel for each: the longer the bar, the higher the log-likelihood. At its end,
    how many of the word's uses in the corpus are there. A hollow bar: one article alone uses the word.

    words    one row per panel and word, in the order drawn: label, word, target, reference, articles, g2_two_term
    returns  None where there is no word
    """
    labels = words["label"].unique()[:PANELS]
    if not len(labels):
        return None
    words = words[words["label"].isin(labels)].groupby("label", sort=False).head(ROWS)
    across = 2 if len(labels) in (2, 4) else 3
    deep, most, tall = -(-len(labels) // across), words["g2_two_term"].max(), words.groupby("label").size().max()
    size = (9, max(2.5, 0.9 + deep * (0.45 + 0.2 * tall)))
    fig, axes = plt.subplots(deep, across, figsize=size, sharex=True, squeeze=False)
    for ax, label in zip(axes.flat, labels, strict=False):
        own = words[words["label"].eq(label)].reset_index()
        faces = np.where(own["articles"].gt(1), GREY, "white")
        ax.barh(own.index, own["g2_two_term"], color=faces, edgecolor=GREY, height=0.7)
        for row in own.itertuples():
            text = f"{row.target:,} of {row.target + row.reference:,}"
            ax.annotate(text, (row.g2_two_term, row.Index), (4, 0), va="center", **BESIDE)
        ax.set_xscale("function", functions=(np.sqrt, np.square))
        ax.set(yticks=own.index, yticklabels=own["word"], ylim=(tall - 0.4, -0.6), xlim=(0, 1.9 * most), title=label)
        ax.tick_params(labelbottom=True)
        ax.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    for ax in axes.flat[len(labels) :]:
        ax.set_visible(False)
    parts = [(GREY, "several articles use the word"), ("white", "one article uses it")]
    boxes = [plt.Rectangle((0, 0), 1, 1, facecolor=face, edgecolor=GREY, label=label) for face, label in parts]
    says = "bars: log-likelihood (G²), square-root scale; beside each bar: uses there, of all uses"
    fig.legend(handles=boxes, loc="outside lower center", ncols=2, title=says, title_fontsize=9)
    return titled(fig, title)


@in_house_style
def draw_collocates(collocates: pd.DataFrame, *, title: str) -> Figure | None:
    """How often each collocate is near a key word: a panel per key word, a row per collocate (those of the most columns
    first), a column per article or year. The number is how often, darker is more often; a dash: the key word does not
    occur there.

    collocates  one row per key word, collocate and column, zeros included: frame, word, article, label, hits, near
    returns     None where there is no collocate
    """
    frames = list(collocates["frame"].unique())
    if not frames:
        return None
    deep = [collocates.loc[collocates["frame"].eq(frame), "word"].nunique() for frame in frames]
    deep = [max(deep[i : i + 2]) for i in range(0, len(deep), 2)]
    size = (9, max(2.2, 0.5 + sum(0.75 + 0.25 * rows for rows in deep)))
    fig, axes = plt.subplots(len(deep), 2, figsize=size, squeeze=False, height_ratios=deep)
    deeper, most = np.zeros(axes.shape), collocates["near"].max()
    for place, (ax, frame, rows) in enumerate(zip(axes.flat, frames, np.repeat(deep, 2), strict=False)):
        deeper.flat[place] = _draw_near(ax, collocates[collocates["frame"].eq(frame)], most)
        ax.set(ylim=(rows - 0.5, -0.5), title=panel(frame, 2))
    for ax in axes.flat[len(frames) :]:
        ax.set_visible(False)
    fig.set_figheight(size[1] + deeper.max(axis=1).sum())
    return titled(fig, title)


def _draw_near(ax, own: pd.DataFrame, most: float) -> float:
    """One key word's panel of draw_collocates; how many inches deeper its labels reach than usual."""
    columns, words = own.drop_duplicates("article"), own["word"].drop_duplicates()
    grid = own.set_index(["word", "article"])["near"].unstack().loc[words, columns["article"]]
    grid = grid.loc[grid.gt(0).sum(axis="columns").sort_values(ascending=False, kind="stable").index]
    near, hits = grid.to_numpy(), columns["hits"].to_numpy()
    ax.imshow(near, cmap=SHARES, vmin=0, vmax=1.15 * most, aspect="auto")
    for (y, x), count in np.ndenumerate(near) if len(columns) <= 13 else []:
        ink = "white" if count > 0.6 * most else INK if count else PALE
        text = f"{count:,}" if hits[x] and count else "" if hits[x] else "–"
        ax.annotate(text, (x, y), ha="center", va="center", color=ink, fontsize=8.5)
    step = -(-len(columns) // 13)  # of many years only some are named
    ticks = [f"{row.label}\nof {row.hits:,}" for row in columns.iloc[::step].itertuples()]
    ax.set_xticks(range(0, len(columns), step), ticks)
    ax.set(yticks=range(len(grid)), yticklabels=grid.index)
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    return tilt(ax, ticks)
