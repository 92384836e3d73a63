"""Shares by period: counts add up, intervals hold as often as they say, and where there is none it is said why."""

import numpy as np
import pandas as pd
import pytest

from helpers.measures.intervals import interval_of_shares
from helpers.measures.periods import FEWEST_ARTICLES, add_periods, known_clusters, known_events, share_by_period
from helpers.measures.tests import wilson


def corpus(articles=60, outlets=12, years=2, seed=1, copies=1):
    """Articles of ten sentences; outlets take turns, and the first half is of the first year."""
    rng = np.random.default_rng(seed)
    names = [f"a{i:03d}" for i in range(articles)]
    dates = pd.to_datetime([f"{2000 + i * years // articles}-0{1 + i % 9}-05" for i in range(articles)])
    table = pd.DataFrame({"article": names, "label": names, "date": dates, "date_precision": "day"})
    table = table.assign(
        outlet=[f"o{i % outlets}" for i in range(articles)], group=[f"g{i // copies}" for i in range(articles)]
    )
    counts = rng.binomial(10, 0.2, articles)
    ids = [" ".join(f"{name}:{i + 1}" for i in range(n)) for name, n in zip(names, counts, strict=True)]
    shares = pd.DataFrame({"article": names, "frame": "x", "carrying": counts, "sentences": 10, "ids": ids})
    return pd.concat([shares, shares.assign(frame="none_at_all", carrying=0, ids="")]), table


def test_each_share_is_counted_from_its_rows_and_names_them():
    shares, articles = corpus()
    table = share_by_period(shares, articles, clusters=["outlet", "group"])
    assert table["ids"].str.split().str.len().eq(table["carrying"]).all()
    assert (table["carrying"] / table["whole"]).eq(table["share"]).all()
    for row in table[table["frame"].eq("x")].itertuples():
        own = shares[
            shares["frame"].eq("x")
            & shares["article"].isin(articles.loc[articles["date"].dt.year.eq(int(row.period)), "article"])
        ]
        assert row.carrying == own["carrying"].sum() and row.whole == own["sentences"].sum()
    assert table["low"].le(table["share"]).all() and table["share"].le(table["high"]).all()
    assert (table.loc[table["carrying"].eq(0), "high"] > 0.05).all()


def test_articles_without_an_outlet_are_one_cluster():
    shares, articles = corpus()
    unknown = articles["outlet"].isin(["o0", "o1"])
    given, missing = (articles.assign(outlet=articles["outlet"].mask(unknown, no)) for no in ("?", np.nan))
    one, other = (share_by_period(shares, table, clusters=["outlet"]) for table in (given, missing))
    pd.testing.assert_frame_equal(one, other)


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"articles": 40}, "20 articles, which weigh as much as 20.0 equal ones: 21 are needed"),
        ({"articles": 60, "copies": 2}, "30 articles, which weigh as much as 15.0 equal ones: 21 are needed"),
        (
            {"articles": 60, "outlets": 4},
            "30 articles from 4 outlets, which weigh as much as 4.0 equal ones: 5 are needed",
        ),
        ({"articles": 60, "outlets": 5}, ""),
    ],
)
def test_no_interval_where_too_little_would_carry_it(settings, why):
    table = share_by_period(*corpus(**settings), clusters=["outlet", "group"])
    assert table["why_none"].eq(why).all()
    assert table["low"].isna().eq(why != "").all()
    assert len(table) == 2 * 2


def test_outlets_and_articles_count_by_what_they_print():
    """Ten outlets of which one prints nearly everything are not ten; nor are thirty articles of which one is a book."""
    shares, articles = corpus(outlets=10)
    large = articles["outlet"].eq("o0")
    unequal = shares.assign(
        sentences=shares["article"].map(large.set_axis(articles["article"])).map({True: 99, False: 10})
    )
    table = share_by_period(unequal, articles, clusters=["outlet"])
    assert table["worth"].unique() == pytest.approx([(99 + 9 * 10) ** 2 / (99**2 + 9 * 10**2)])
    assert table["why_none"].str.contains("30 articles, which weigh as much as 10.0 equal").all()
    book = shares.assign(sentences=shares["sentences"].where(shares["article"].ne("a000"), 1000))
    why = share_by_period(book, articles, clusters=["group"]).drop_duplicates("period")["why_none"].tolist()
    assert why == ["30 articles, which weigh as much as 1.7 equal ones: 21 are needed", ""]


def test_intervals_are_those_of_the_measure():
    shares, articles = corpus(articles=120)
    row = share_by_period(shares, articles, clusters=["outlet"]).query("frame == 'x' and period == '2000'").iloc[0]
    own = shares[shares["frame"].eq("x")].head(60)
    codes = pd.factorize(articles["outlet"].head(60))[0]
    low, high = interval_of_shares(own[["carrying"]].to_numpy(), own["sentences"].to_numpy(), codes)
    assert row[["low", "high"]].tolist() == pytest.approx([low[0], high[0]])


@pytest.mark.parametrize(
    ("years", "precision", "events"),
    [(2, "day", "%Y-%m"), (2, "month", "%Y-%m"), (2, "year", "%Y"), (1, "day", "%Y-%m-%d"), (1, "month", "%Y-%m")],
)
def test_an_event_is_the_month_or_within_months_the_day_where_dates_say_so(years, precision, events):
    _, articles = corpus(years=years)
    dated = add_periods(articles.assign(date_precision=precision))
    assert dated["event"].tolist() == dated["date"].dt.strftime(events).tolist()
    assert known_events(dated) == ([] if (years, precision) in ((2, "year"), (1, "month")) else ["event"])


def test_months_are_shown_where_all_articles_are_of_one_year_and_undated_ones_nowhere():
    shares, articles = corpus(articles=6, years=1)
    months = share_by_period(shares, articles, clusters=["group"])
    assert months["period"].str.fullmatch(r"2000-\d\d").all() and months["start"].dt.day.eq(1).all()
    articles.loc[1, "date"] = pd.NaT
    assert share_by_period(shares, articles, clusters=["group"]).drop_duplicates("period")["articles"].sum() == 5
    articles.loc[0, "date_precision"] = "year"
    assert set(share_by_period(shares, articles, clusters=["group"])["period"]) == {"2000"}
    nothing = share_by_period(shares, articles.assign(date=pd.NaT), clusters=["group"])
    assert nothing.empty and list(nothing) == list(months)


def test_of_several_kinds_of_cluster_the_widest_interval_is_given():
    shares, articles = corpus(articles=240, outlets=12, copies=3)
    shares["carrying"] = shares["article"].map(dict(zip(articles["article"], range(240), strict=True))) % 12 // 4
    shares.loc[shares["frame"].eq("none_at_all"), "carrying"] = 0
    alone = {by: share_by_period(shares, articles, clusters=[by]) for by in ("outlet", "group")}
    both = share_by_period(shares, articles, clusters=["outlet", "group"])
    widths = pd.DataFrame({by: table["high"] - table["low"] for by, table in alone.items()})
    assert (both["high"] - both["low"]).tolist() == pytest.approx(widths.max(axis=1).tolist())
    assert both["by"].tolist() == widths.idxmax(axis=1).tolist()


def test_outlets_are_clusters_where_more_than_one_is_known():
    _, articles = corpus(articles=4, outlets=2)
    assert known_clusters(articles) == ["outlet", "group"]
    assert known_clusters(articles.assign(outlet="")) == known_clusters(articles.assign(outlet="o")) == ["group"]


def test_the_number_needed_is_the_least_that_is_precise_enough():
    """Half of 20 articles, half of 22: half of 21 is no count."""
    assert FEWEST_ARTICLES == 21
    for n, enough in [(20, False), (22, True)]:
        assert (wilson(pd.Series([n / 2]), pd.Series([n]))["high"].iloc[0] - 0.5 <= 0.2) == enough
