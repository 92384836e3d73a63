"""More articles than the notebooks can hold: some are drawn at random, and it is said so."""

import pandas as pd

from helpers.files.tables import require

MOST = 5_000  # articles that `make run` gives to the notebooks: each holds every word of them in memory
WHOLE = "all articles"  # in the column file: what the row is about
AT_RANDOM = " articles were drawn at random, for the notebooks hold no more. docs/many-articles.md counts all"
DRAWN = "{read:,} of {whole:,}" + AT_RANDOM


def draw_articles(
    articles: pd.DataFrame, left_out: pd.DataFrame, coded: set[str], *, most: int = MOST, rng: int = 2026
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """At most `most` articles, in their order: all, or as many drawn at random. Same articles, same draw.

    articles, left_out  from read_articles
    coded               articles that coders judged: these are among those drawn
    returns             the articles, and left_out with a row that says how many were drawn from how many
    """
    require(articles, "article", "draw_articles: articles, from read_articles")
    if len(articles) <= most:
        return articles, left_out
    judged = articles["article"].isin(coded)
    others = articles[~judged].sample(min(max(most - judged.sum(), 0), (~judged).sum()), random_state=rng)
    drawn = articles[judged | articles.index.isin(others.index)].reset_index(drop=True)
    why = DRAWN.format(read=len(drawn), whole=len(articles))
    row = pd.DataFrame([{"file": WHOLE, "row": 0, "article": "", "kept": True, "why": why}])
    return drawn, pd.concat([row, left_out], ignore_index=True) if len(left_out) else row


def say_drawn(left_out: pd.DataFrame) -> str:
    """One sentence that says how many articles were drawn from how many; "" where all were used.

    left_out  from draw_articles
    """
    about = left_out.loc[left_out["file"].eq(WHOLE), "why"]  # a reader's file may be called so, too
    said = next((why for why in about if why.endswith(AT_RANDOM)), "")
    return f"{said}." if said else ""
