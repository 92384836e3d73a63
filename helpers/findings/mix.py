"""What of a change happened within outlets and kinds of text, and what comes from another mix of them."""

import pandas as pd

from helpers.articles.dates_shown import columns_of, dates_of
from helpers.findings.words import plain
from helpers.measures.intervals import known_cells, split_change
from helpers.measures.trends import which_trend

NAMES = {(True, False): "outlets", (False, True): "kinds of text", (True, True): "outlets and kinds of text"}
COLUMNS = "frame begin end change within mix cells both compared".split()
SPLIT = {
    True: "{frame}: within {cells} {within:+.1f} points, from another mix of them {mix:+.1f}",
    False: "{frame} ({mix:+.1f} points): other {cells} may explain it all; {begin} and {end} share none",
}


def name_cells(cells: list[str]) -> str:
    """What cells are made up of, in words.

    >>> name_cells(["outlet", "section"])
    'outlets and kinds of text'
    """
    return NAMES["outlet" in cells, bool({*cells} - {"outlet"})]


def find_mix(shares: pd.DataFrame, articles: pd.DataFrame, ends: pd.DataFrame) -> pd.DataFrame:
    """The change of each frame between two periods, in two parts (split_change).

    shares    one row per article and frame, from share_of_sentences
    articles  one row per article, from load_articles
    ends      one row per frame: frame, begin, end (the periods' labels)
    returns   one row per frame: frame, begin, end (labels of periods), change, within, mix (percentage points), cells
              ("outlets and kinds of text"), both (how many of these are in both periods), compared (percent of
              the sentences that are in these). No row where neither outlets nor kinds are known, or where so few
              articles are dated that each speaks for itself (which_trend)
    """
    by = known_cells(articles)
    if not by or which_trend(articles) == "kendall" or ends.empty:
        return pd.DataFrame(columns=COLUMNS)
    dated = dates_of(columns_of(articles)).rename(columns={"label": "period"})
    dated = articles.merge(dated[["article", "period"]], on="article")
    table = split_change(shares, dated, ends, by=by).assign(cells=name_cells(by))
    points = ["change", "within", "mix", "compared"]
    return table.assign(**(100 * table[points]).round(3) + 0.0)[COLUMNS]  # never -0.0


def is_mix(row: pd.Series | dict) -> bool:
    """Whether another mix moves a share more than what changed within outlets and kinds of text.

    row  of find_mix
    """
    return abs(row["mix"]) > abs(row["within"])


def say_mix(row: pd.Series | dict) -> str:
    """The two parts of a frame's change.

    row  of find_mix
    """
    within, mix = (round(row[part], 1) + 0.0 for part in ("within", "mix"))
    about = {"frame": plain(row["frame"]), "within": within, "mix": mix}
    return SPLIT[row["compared"] > 0].format(**dict(row) | about)
