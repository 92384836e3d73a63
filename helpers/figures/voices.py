"""Who speaks."""

import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from helpers.figures.door import in_house_style
from helpers.figures.parts import ACCENT, ACROSS, GREY, INK, PALE, SWING, say, spread, titled
from helpers.findings.words import plain

VOICE_COLOURS = {"reporter": PALE, "United States": ACCENT, "Mexico": "#0072B2", "both or unknown": GREY}


@in_house_style
def draw_voices(counts: pd.DataFrame, frames: list[str], labels: dict[str, str], *, title: str) -> Figure:
    """Sentences by frame and voice, stacked, a panel for the corpus and one per article, the counts written in.

    counts  one row per article, frame and voice: article, frame, voice, count
    labels  what each article's panel is called, in the order of the panels; articles not in it are not drawn
    """
    if not counts["count"].any():
        return say("nothing to draw", title)
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
    return titled(fig, title)


def _stack(ax, own: pd.DataFrame, longest: int) -> None:
    """Bars of one row per frame, a column per voice one after the other, each with its number where it has room."""
    left = pd.Series(0, index=own.index)
    for voice, colour in VOICE_COLOURS.items():
        ax.barh(range(len(own)), own[voice], left=left, color=colour, height=0.72, label=voice)
        look = {"ha": "center", "va": "center", "color": INK if voice == "reporter" else "white", "fontsize": 7.5}
        for y, (begin, n) in enumerate(zip(left, own[voice], strict=True)):
            ax.annotate(f"{n}" * bool(n > 0.03 * len(f"{n}") * longest), (begin + n / 2, y), **look)
        left = left + own[voice]


@in_house_style
def draw_speakers(links: pd.DataFrame, frames: list[str], *, title: str) -> Figure:
    """Speakers on the left, by side and then the busiest first, frames on the right; a line's width is the number of
    sentences in which the speaker's words carry the frame, its colour the speaker's side.

    links  one row per speaker and frame: speaker, side, frame, count
    """
    if links.empty:
        return say("nothing to draw", title)
    frames = [frame for frame in frames if frame in set(links["frame"])]
    order = _order_speakers(links)
    size = max(len(order), len(frames))
    lefts = dict(zip(order["speaker"], spread(len(order), size), strict=True))
    rights = dict(zip(frames, spread(len(frames), size), strict=True))
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
    return titled(fig, title)


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
