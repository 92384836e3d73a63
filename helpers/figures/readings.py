"""Undertakings and responsibility."""

import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from helpers.figures.door import in_house_style
from helpers.figures.dots import SIDE_COLOURS, colour_of, draw_dots, explain_sides
from helpers.figures.parts import BESIDE, GREY, INK, PALE, say, titled
from helpers.findings.words import short

SIDE_MARKS = {"both": "o", "United States": "s", "Mexico": "^"}
SIDES = {"United States": "the US", "Mexico": "Mexico", "both": "both countries", "": "no country"}
ARROWS = {"north": "-|>", "south": "<|-", "both": "<|-|>", "none": "-"}
LAST = 8  # articles, years or months that a row of panels has room for


@in_house_style
def draw_undertakings(marks: pd.DataFrame, *, title: str) -> Figure:
    """Undertakings over the dates, the firmer the higher; one column per article, with a line up to its date.

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
        shape, colour = SIDE_MARKS[row.who], SIDE_COLOURS[row.who]
        ax.plot(x, y, shape, color=colour, markersize=6, markerfacecolor="white" if row.negated else colour, zorder=3)
        ax.annotate(short(row.what, 25), (x, y), (7, -0.5), va="center", **{**BESIDE, "fontsize": 7.5})
    for who, shape in SIDE_MARKS.items():
        ax.plot([], [], shape, color=SIDE_COLOURS[who], markersize=6, label=SIDES[who])
    ax.plot([], [], "o", color=GREY, markersize=6, markerfacecolor="white", label="hollow: something will not be done")
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
    """A line of dates above the columns, to scale, and from each date a thin line down to its article's column."""
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


@in_house_style
def draw_categories(counts: pd.DataFrame, categories: pd.DataFrame, *, title: str) -> Figure:
    """Sentences by category (rows, in groups) and article (columns); a reader's count in brackets where it differs.

    counts      one row per article and category: article, label, category, carrying, sentences, by_reader (NaN where
                nobody has read)
    categories  one row per category: category, group, says, side
    """
    if not counts["carrying"].any():
        return say("nothing to draw", title)
    marks = categories.merge(counts.astype({"category": str}), on="category")
    differ = marks["by_reader"].notna() & marks["by_reader"].ne(marks["carrying"])
    text = marks["carrying"].astype(str).where(marks["carrying"].gt(0) | differ, "")
    text += [f" ({n:.0f})" if other else "" for n, other in zip(marks["by_reader"], differ, strict=True)]
    column = [f"{label}\nof {n:,}" for label, n in zip(marks["label"], marks["sentences"], strict=True)]
    fig = draw_dots(marks.assign(row=marks["says"], column=column, count=marks["carrying"], text=text), title=title)
    explain_sides(fig, SIDES, *["(in brackets: a reader's count)"] * bool(differ.any()))
    return fig


@in_house_style
def draw_arrows(counts: pd.DataFrame, categories: pd.DataFrame, *, title: str) -> Figure:
    """What goes between the two countries: a row per category, a panel per article. The more sentences, the wider the
    arrow; one without heads has no direction; a star means that one of its sentences has a negation.

    counts      one row per article and category: article, label, category, carrying, negated (of these), sentences; of
                many articles the last are drawn
    categories  one row per category that goes between the countries: category, says, side, arrow
    """
    if not counts["carrying"].any():
        return say("nothing to draw", title)
    articles = counts.drop_duplicates("article")[-LAST:]
    most, starred = max(counts["carrying"].max(), 1), bool(counts["negated"].any())
    size = (9, 1.5 + 0.38 * len(categories))
    fig, axes = plt.subplots(1, len(articles), figsize=size, sharey=True, squeeze=False)
    for ax, article in zip(axes[0], articles.itertuples(), strict=True):
        own = counts[counts["article"].eq(article.article)].set_index("category")
        for y, row in enumerate(categories.itertuples()):
            carrying, negated = own.loc[row.category, ["carrying", "negated"]]
            _draw_arrow(ax, y, row, carrying / most, f"{carrying:,}*" if negated else f"{carrying:,}")
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
    said = "wider: more sentences; *: a negated one" if starred else "wider: more sentences"
    fig.legend(handles=_explain_arrows(axes[0, 0], categories, said), loc="outside lower center", ncols=3)
    fig.get_layout_engine().set(wspace=0.05)
    return titled(fig, title)


def _explain_arrows(ax, categories: pd.DataFrame, said: str) -> list:
    """Lines for a legend: the countries that are to act, what moves one way, and no direction."""
    acting = [side for side in SIDE_COLOURS if side in set(categories["side"])]
    lines = [(SIDE_COLOURS[side], f"{SIDES[side]} to act") for side in acting]
    lines += [(INK, "goods with a direction"), (GREY, "goods without")]
    handles = [ax.plot([], [], color=colour, linewidth=2.5, label=label)[0] for colour, label in lines]
    return [*handles, ax.plot([], [], " ", label=said)[0]]


def _draw_arrow(ax, y: int, category, share: float, number: str) -> None:
    """One arrow, as wide as its share of the most there are, with its number; a dotted line for none."""
    if not share:
        ax.plot([0.1, 0.9], [y, y], color=PALE, linestyle=":", linewidth=1)
        return
    goods = INK if category.arrow in ("north", "south") else GREY
    look = {"color": colour_of(category.side) if category.side else goods, "linewidth": 1 + 4 * share}
    look |= {"shrinkA": 0, "shrinkB": 0, "arrowstyle": ARROWS[category.arrow], "mutation_scale": 11}
    ax.annotate("", (0.94, y), (0.06, y), arrowprops=look)
    ax.annotate(number, (0.5, y), (0, 5), ha="center", va="bottom", **BESIDE)
