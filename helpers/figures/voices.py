"""Who speaks, and whose words carry which frame."""

import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from helpers.figures.door import in_house_style
from helpers.figures.dots import draw_dots
from helpers.figures.parts import GREY, INK, MEXICO, PALE, UNITED_STATES, say, titled
from helpers.findings.words import plain

VOICE_COLOURS = {"reporter": PALE, "United States": UNITED_STATES, "Mexico": MEXICO, "both or unknown": GREY}
GROUPS = {"United States": "US speakers", "Mexico": "Mexican speakers", "both": "of both sides"}
PANELS = 9


@in_house_style
def draw_voices(counts: pd.DataFrame, frames: list[str], *, title: str) -> Figure:
    """Sentences by frame and voice, stacked, with their number; one panel for the corpus, then one per article.

    counts  one row per article, frame and voice, in the order of the panels: article, label, frame, voice, count; of
            many articles the first (all of them together) and the last are drawn
    """
    if not counts["count"].any():
        return say("nothing to draw", title)
    panels = counts.drop_duplicates("article")[["article", "label"]]
    panels = pd.concat([panels[:1], panels[1:][1 - PANELS :]])
    rows, longest = -(-len(panels) // 3), counts.groupby(["article", "frame"])["count"].sum().max()
    size = (9, 0.8 + (0.4 + 0.22 * len(frames)) * rows)
    fig, axes = plt.subplots(rows, min(3, len(panels)), figsize=size, sharex=True, sharey=True, squeeze=False)
    for ax, (article, label) in zip(axes.flat, panels.to_numpy(), strict=False):
        own = counts[counts["article"].eq(article)].pivot(index="frame", columns="voice", values="count").loc[frames]
        _stack(ax, own, longest)
        ax.set(yticks=range(len(frames)), yticklabels=[plain(frame) for frame in frames], title=label)
        ax.set_ylim(len(frames) - 0.4, -0.6)
        ax.spines["bottom"].set_visible(False)
        ax.tick_params(bottom=False, labelbottom=False)
    for ax in axes.flat[len(panels) :]:
        ax.set_visible(False)
    whose = "sentences that carry the frame in the words of"
    fig.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside lower center", ncols=4, title=whose)
    return titled(fig, title)


def _stack(ax, own: pd.DataFrame, longest: int) -> None:
    """Bars of one row per frame, a column per voice one after the other, each with its number where it has room."""
    left = pd.Series(0, index=own.index)
    for voice, colour in VOICE_COLOURS.items():
        ax.barh(range(len(own)), own[voice], left=left, color=colour, height=0.72, label=voice)
        look = {"ha": "center", "va": "center", "color": INK if voice == "reporter" else "white", "fontsize": 7.5}
        for y, (begin, n) in enumerate(zip(left, own[voice], strict=True)):
            if n > 0.03 * len(f"{n}") * longest:
                ax.annotate(f"{n}", (begin + n / 2, y), **look)
        left = left + own[voice]


@in_house_style
def draw_speakers(links: pd.DataFrame, frames: list[str], *, title: str) -> Figure:
    """How many sentences carry each frame (columns) in the words of each speaker (rows, by side and then the busiest
    first).

    links  one row per speaker and frame: speaker, side, frame, count
    """
    if links.empty:
        return say("nothing to draw", title)
    every = _order_speakers(links).merge(pd.DataFrame({"frame": frames}), how="cross")
    marks = every.merge(links, on=["speaker", "side", "frame"], how="left").fillna({"count": 0}).astype({"count": int})
    text = marks["count"].astype(str).where(marks["count"].gt(0), "")
    row = marks["speaker"].replace("unknown", "speaker unknown")
    marks = marks.assign(row=row, text=text, group=marks["side"].map(GROUPS).fillna("others"))
    return draw_dots(marks.assign(column=marks["frame"].str.replace("_", " ")), title=title)


def _order_speakers(links: pd.DataFrame) -> pd.DataFrame:
    """One row per speaker, by side and then the busiest first: speaker, side."""
    order, sides = links.groupby(["speaker", "side"])["count"].sum().reset_index(), [*GROUPS]
    rank = [sides.index(side) if side in sides else len(sides) for side in order["side"]]
    order = order.assign(rank=rank).sort_values(["rank", "count", "speaker"], ascending=[True, False, True])
    return order[["speaker", "side"]]
