"""What is in the corpus: the timeline."""

import matplotlib
import matplotlib.dates
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from helpers.figures.door import in_house_style
from helpers.figures.parts import BESIDE, GREY, INK, PALE, say

EVENT = {"marker": "o", "color": INK, "markersize": 9, "markeredgewidth": 2, "linestyle": ""}
STAMP = {"marker": "x", "markersize": 8, "markeredgewidth": 2, "linestyle": ""}


@in_house_style
def draw_timeline(dates: pd.DataFrame, *, title: str) -> Figure:
    """When each article's event was, and the updates that say otherwise.

    dates  one row per article and known date, articles in the order they are drawn, from the top: article, name (the
           outlet), what (event, published, updated), first (the day, or the first it can mean), words (the date as
           text), precision (day, month, year), inferred
    """
    if dates.empty:
        return say("no article has a date", title)
    names = dates.drop_duplicates("article")["name"]
    if len(names) > 30:
        return _draw_years(dates, title)
    middle = dates["first"].min() + (dates["first"].max() - dates["first"].min()) / 2
    fig, ax = plt.subplots(figsize=(9, 1 + 0.45 * len(names)))
    for y, (_, own) in enumerate(dates.groupby("article", sort=False)):
        news, stamps = own[own["what"].ne("updated")], own[own["what"].eq("updated")]
        for row in stamps.itertuples():
            ax.plot([own["first"].min(), row.first], [y, y], color=PALE, linestyle=":", zorder=0)
            ax.plot(row.first, y, color=GREY, **STAMP)
            ax.annotate(row.words, (row.first, y), (0, -8), ha="center", va="top", **BESIDE)
        if len(news):
            first, sure = news["first"].iloc[0], news["precision"].iloc[0] == "day" and not news["inferred"].iloc[0]
            ax.plot(first, y, markerfacecolor=INK if sure else "white", **EVENT)
            left, right = ((-10, 0), "right") if first > middle else ((10, 6), "left")
            ax.annotate(", ".join(news["words"]), (first, y), left, ha=right, va="center", **BESIDE)
    ax.plot([], [], markerfacecolor=INK, label="stated, to the day", **EVENT)
    ax.plot([], [], markerfacecolor="white", label="inferred or less exact", **EVENT)
    ax.plot([], [], color=GREY, label="update: not the date of the news", **STAMP)
    fig.legend(loc="outside lower center", ncols=3)
    ax.set(yticks=range(len(names)), yticklabels=names, ylim=(len(names) - 0.5, -0.6), title=title)
    ax.margins(x=0.06)
    ax.grid(axis="x")
    return fig


def _draw_years(dates: pd.DataFrame, title: str) -> Figure:
    """How many articles there are of each year, where they are too many for a row each; of each month, where all are of
    one year and their months are known."""
    news = dates[dates["what"].ne("updated")].drop_duplicates("article")
    if news.empty:
        return say("no article has a date, only updates have", title)
    monthly = news["first"].dt.year.nunique() == 1 and news["precision"].ne("year").all()
    counts = (news["first"].dt.month if monthly else news["first"].dt.year).value_counts().sort_index()
    fig, ax = plt.subplots(figsize=(9, 2.8))
    ax.bar(counts.index, counts, color=GREY, width=0.8)
    for place, number in counts.items() if len(counts) <= 40 else []:
        ax.annotate(f"{number}", (place, number), (0, 3), ha="center", **BESIDE)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(matplotlib.ticker.MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    if counts.index[-1] - counts.index[0] < 16:
        names = [f"{news['first'].iloc[0].year}-{month:02d}" for month in counts.index] if monthly else counts.index
        ax.set_xticks(counts.index, names)
    ax.set(ylabel="articles", title=title)
    ax.margins(x=0.05 if len(counts) > 3 else 1, y=0.12)
    return fig
