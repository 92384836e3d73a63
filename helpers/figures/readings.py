"""Undertakings and responsibility."""

import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from helpers.figures.door import in_house_style
from helpers.figures.parts import ACCENT, BESIDE, GREY, INK, PALE, say, tilt, titled

SIDE_MARKS = {"both": ("o", ACCENT), "United States": ("s", GREY), "Mexico": ("^", INK)}
ARROWS = {"north": "-|>", "south": "<|-", "both": "<|-|>", "none": "-"}


@in_house_style
def draw_undertakings(marks: pd.DataFrame, *, title: str) -> Figure:
    """Undertakings over the dates, the stronger the higher; a column per article, led to its date on the line above.

    marks  one row per undertaking, articles in order of date: article, label, date, force (ordered categorical: all
           levels, from the weakest), who (both, United States, Mexico), negated (drawn hollow), what (its name)
    """
    if marks.empty:
        return say("nothing to draw", title)
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
    return titled(fig, title)


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


@in_house_style
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
        tilt(ax, ticks, room=60)  # the names of the categories take the rest
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
    return titled(fig, title)


@in_house_style
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
    return titled(fig, title)


def _draw_arrow(ax, y: int, way: str, share: float, number: str) -> None:
    """One arrow, as wide as its share of the most there are, with its number; a dotted line for none."""
    if not share:
        ax.plot([0.1, 0.9], [y, y], color=PALE, linestyle=":", linewidth=1)
        return
    look = {"color": ACCENT if way in ("north", "south") else GREY, "linewidth": 1 + 4 * share, "mutation_scale": 11}
    look |= {"shrinkA": 0, "shrinkB": 0, "arrowstyle": ARROWS[way]}
    ax.annotate("", (0.94, y), (0.06, y), arrowprops=look)
    ax.annotate(number, (0.5, y), (0, 5), ha="center", va="bottom", **BESIDE)
