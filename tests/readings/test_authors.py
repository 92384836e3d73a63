"""A page of somebody on the list is that one's own words, but for those that are quoted."""

import pandas as pd
import pytest

from helpers.readings.actors import load_actors
from helpers.readings.authors import OWN, find_authors, give_authors


@pytest.mark.parametrize(
    ("outlet", "byline", "side"),
    [
        ("whitehouse.gov", "", "United States"),
        ("WhiteHouse.gov", "", "United States"),
        ("The White House", "", "United States"),
        ("gob.mx", "", "Mexico"),
        ("sre.gob.mx", "Redacción", "Mexico"),
        ("Mexican Foreign Ministry", "", "Mexico"),
        ("The Daily Sample", "By Joe Biden", "United States"),
        ("The Daily Sample", "By Joe Bidens", ""),
        ("The Daily Sample", "By Ana Ruiz", ""),
        ("Mexico News Daily", "", ""),
        ("Mexico", "", ""),
        ("White House Chronicle", "", ""),
        ("government.example", "", ""),
        ("", "", ""),
    ],
)
def test_outlet_or_byline_name_the_author(outlet, byline, side):
    found = find_authors(pd.DataFrame({"article": ["x"], "outlet": [outlet], "byline": [byline]}), load_actors())
    assert found["side"].tolist() == [side] * bool(side)


def test_the_longer_name_counts_and_a_list_without_pages_will_do(tmp_path):
    rows = "actor,kind,names,side\nMinistry,body,Ministry,Mexico\nIts press office,body,Ministry Press Office,other\n"
    (tmp_path / "actors.csv").write_text(rows)
    page = pd.DataFrame({"article": ["x"], "outlet": ["Sample"], "byline": ["Ministry Press Office"]})
    assert find_authors(page, load_actors(tmp_path / "actors.csv"))["speaker"].tolist() == ["Its press office"]


def test_only_what_is_not_quoted_is_the_authors():
    voiced = pd.DataFrame(
        {
            "article": ["x", "x", "y"],
            "kind": ["", "direct", ""],
            "speaker": ["reporter", "unknown", "reporter"],
            "side": ["reporter", "unknown", "reporter"],
            "voice": ["reporter", "both or unknown", "reporter"],
        },
        index=[4, 5, 6],
    )
    authors = pd.DataFrame({"article": ["x"], "speaker": ["Ministry"], "side": ["Mexico"]})
    given = give_authors(voiced, authors)
    assert given["voice"].tolist() == ["Mexico", "both or unknown", "reporter"]
    assert given["kind"].tolist() == [OWN, "direct", ""] and given["speaker"].tolist()[0] == "Ministry"
    assert given.index.tolist() == [4, 5, 6]
