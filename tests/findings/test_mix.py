"""The two parts of a change in words."""

import numpy as np
import pandas as pd

from helpers.findings.mix import COLUMNS, find_mix, is_mix, say_mix


def made(number=60):
    """Ten sentences each of two years; in the second there are more letters, which carry the frame more often."""
    dates = pd.to_datetime(np.where(np.arange(number) < number // 2, "2010-03-04", "2011-03-04"))
    kinds = np.where(np.arange(number) % 6 < np.where(dates.year == 2010, 2, 4), "letter", "news")
    names = [f"a{i}" for i in range(number)]
    articles = pd.DataFrame({"article": names, "label": names, "date": dates, "date_precision": "day", "outlet": "o"})
    shares = pd.DataFrame({"article": names, "frame": "x", "carrying": np.where(kinds == "letter", 6, 3)})
    return shares.assign(sentences=10), articles.assign(section=kinds)


ENDS = pd.DataFrame({"frame": ["x"], "begin": "2010", "end": "2011"})


def test_both_parts_are_in_points_and_add_up():
    row = find_mix(*made(), ENDS).iloc[0]
    assert row[["change", "within", "mix", "cells", "both", "compared"]].tolist() == [
        10,
        0,
        10,
        "kinds of text",
        2,
        100,
    ]
    assert is_mix(row) and say_mix(row) == "x: within kinds of text +0.0 points, from another mix of them +10.0"


def test_periods_that_have_nothing_in_common_cannot_be_compared():
    shares, articles = made()
    row = find_mix(shares, articles.assign(section=articles["date"].dt.strftime("%Y")), ENDS).iloc[0]
    assert row["compared"] == 0 and say_mix(row).endswith(
        "other kinds of text may explain it all; 2010 and 2011 share none"
    )


def test_nothing_is_split_where_no_cell_is_known_or_each_article_speaks_for_itself():
    shares, articles = made()
    for few in (articles.drop(columns="section"), articles.assign(section="news"), articles.iloc[20:40]):
        table = find_mix(shares, few, ENDS)
        assert table.empty and list(table) == COLUMNS
    assert find_mix(shares, articles, ENDS.head(0)).empty
