"""Shares by period: counts add up, intervals hold as often as they say, and where there is none it is said why."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t

from helpers.measures.periods import FEWEST_ARTICLES, change_of_periods, estimate, known_clusters, share_by_period
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
        expected = own["carrying"].sum() if row.unit == "sentences" else own["carrying"].gt(0).sum()
        assert row.carrying == expected
    assert table["low"].le(table["share"]).all() and table["share"].le(table["high"]).all()
    assert (table.loc[table["carrying"].eq(0), "high"] > 0.1).all()


def test_the_spread_is_that_of_the_cluster_robust_variance():
    """Against the linearised variance of a ratio, its formula written out here."""
    rng = np.random.default_rng(3)
    codes = rng.integers(0, 40, 400)
    whole = rng.integers(5, 30, 400)
    part = rng.binomial(whole, np.clip(0.3 + rng.normal(0, 0.1, 40)[codes], 0, 1))
    low, high = estimate(part[:, None], whole, codes)
    share = part.sum() / whole.sum()
    residuals = np.bincount(codes, part - share * whole)
    variance = 40 / 39 * (residuals**2).sum() / whole.sum() ** 2
    effective, q = share * (1 - share) / variance, t.ppf(0.975, 39)
    middle = (share + q**2 / 2 / effective) / (1 + q**2 / effective)
    reach = q / (1 + q**2 / effective) * np.sqrt(share * (1 - share) / effective + (q / 2 / effective) ** 2)
    assert [low[0], high[0]] == pytest.approx([middle - reach, middle + reach], abs=0.006)
    naive = wilson(pd.Series([part.sum()]), pd.Series([whole.sum()])).iloc[0]
    assert high[0] - low[0] > 1.5 * (naive["high"] - naive["low"])


@pytest.mark.parametrize(
    ("clusters", "size", "share", "alike"), [(10, 5, 0.3, 0.1), (12, 5, 0.05, 0.1), (20, 1, 0.2, 0.05)]
)
def test_intervals_hold_as_often_as_they_say(clusters, size, share, alike):
    """Clusters of random size whose own shares vary (beta-binomial)."""
    rng = np.random.default_rng(2026)
    held = 0
    for _ in range(300):
        sizes = rng.poisson(size, clusters) + 1
        own = rng.beta(share * (1 / alike - 1), (1 - share) * (1 / alike - 1), clusters)
        codes = np.repeat(np.arange(clusters), sizes)
        part = rng.random(len(codes)) < own[codes]
        low, high = estimate(part[:, None].astype(int), np.ones(len(codes)), codes, rng=int(rng.integers(1e6)))
        held += low[0] <= share <= high[0]
    assert held / 300 >= 0.925


def test_clusters_that_are_all_alike_tell_no_more_than_one_article_each():
    codes = np.repeat(np.arange(20), 10)
    part = np.repeat(np.arange(20) < 8, 10).astype(int)
    low, high = estimate(part[:, None], np.ones(200), codes)
    alone = wilson(pd.Series([8]), pd.Series([20])).iloc[0]
    assert low[0] <= alone["low"] + 0.01 and high[0] >= alone["high"] - 0.01


def test_the_interval_is_wilsons_for_as_many_draws_as_spread_so_much_with_students_t():
    """By hand: ten clusters of five; what resampling clusters would find in the end is their variance."""
    part = np.array([0, 1, 1, 2, 2, 2, 3, 3, 4, 5])
    low, high = estimate(np.repeat(part / 5, 5)[:, None], np.ones(50), np.repeat(np.arange(10), 5))
    share, spread = part.mean() / 5, (part / 5).var(ddof=1) / 10
    effective, q = share * (1 - share) / spread, t.ppf(0.975, 9)
    middle = share + q**2 / (2 * effective)
    reach = q * np.sqrt(share * (1 - share) / effective + q**2 / (4 * effective**2))
    by_hand = np.array([middle - reach, middle + reach]) / (1 + q**2 / effective)
    assert [low[0], high[0]] == pytest.approx(by_hand, abs=0.003)  # with a t of 10 degrees: 0.004 to 0.006 off


def test_clusters_that_balance_each_other_count_no_more_than_their_articles():
    codes, part = np.repeat(np.arange(20), 2), np.tile([0, 1], 20)  # half of each cluster: they do not spread
    low, high = estimate(np.where(codes == 0, 1, part)[:, None], np.ones(40), codes)
    alone = wilson(pd.Series([21]), pd.Series([40])).iloc[0]
    assert high[0] - low[0] >= alone["high"] - alone["low"]


def test_articles_without_an_outlet_are_one_cluster():
    shares, articles = corpus()
    unknown = articles["outlet"].isin(["o0", "o1"])
    given, missing = (articles.assign(outlet=articles["outlet"].mask(unknown, no)) for no in ("?", np.nan))
    one, other = (share_by_period(shares, table, clusters=["outlet"]) for table in (given, missing))
    pd.testing.assert_frame_equal(one, other)


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"articles": 40}, "too few articles: 20 of 21"),
        ({"articles": 60, "copies": 2}, "too few articles: 15 of 21"),
        ({"articles": 60, "outlets": 4}, "too few outlets: 4 of 10"),
        ({"articles": 60}, ""),
    ],
)
def test_no_interval_where_too_little_would_carry_it(settings, why):
    table = share_by_period(*corpus(**settings), clusters=["outlet", "group"])
    assert table["why_none"].eq(why).all()
    assert table["low"].isna().eq(why != "").all()
    assert len(table) == 2 * 2 * 2


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
    assert both["resampled"].tolist() == widths.idxmax(axis=1).tolist()


def test_outlets_are_clusters_where_more_than_one_is_known():
    _, articles = corpus(articles=4, outlets=2)
    assert known_clusters(articles) == ["outlet", "group"]
    assert known_clusters(articles.assign(outlet="")) == known_clusters(articles.assign(outlet="o")) == ["group"]


def test_the_number_needed_is_the_least_that_is_precise_enough():
    """Half of 20 articles, half of 22: half of 21 is no count."""
    assert FEWEST_ARTICLES == 21
    for n, enough in [(20, False), (22, True)]:
        assert (wilson(pd.Series([n / 2]), pd.Series([n]))["high"].iloc[0] - 0.5 <= 0.2) == enough


def two_years(*shares, n=100, frame="x"):
    """Shares of so many articles each, with Wilson's intervals, one year after the other."""
    bounds = wilson(pd.Series([round(n * share) for share in shares]), pd.Series([n] * len(shares)))
    years = [str(2016 + i) for i in range(len(shares))]
    table = bounds.assign(period=years, start=pd.to_datetime(years), frame=frame, share=shares, whole=n)
    return table


def test_a_change_has_an_interval_of_its_own():
    """30 of 100 against 45 of 100: Wilson's intervals overlap, Newcombe's of the difference excludes zero."""
    shares = two_years(0.30, 0.45)
    assert shares["high"][0] > shares["low"][1]
    change = change_of_periods(shares, ["x"]).iloc[0]
    assert (change["begin"], change["end"], change["between"]) == ("2016", "2017", 0)
    assert [round(100 * change[name]) for name in ("change", "low", "high")] == [15, 2, 28]
    back = shares.assign(start=shares["start"].to_numpy()[::-1])
    assert change_of_periods(back, ["x"]).iloc[0]["high"] < 0


def test_a_change_is_between_the_first_and_the_last_interval_of_each_frame():
    shares = pd.concat([two_years(0.1, 0.9, 0.2), two_years(0.5, 0.5, 0.5, frame="y")])
    bare = shares.assign(low=shares["low"].mask(shares["frame"].eq("y") & shares["period"].ne("2017")))
    change = change_of_periods(bare, ["y", "x"])
    assert change["frame"].tolist() == ["x"]
    assert change.iloc[0][["first", "last", "between"]].tolist() == [0.1, 0.2, 1]
    assert change_of_periods(bare, []).empty and change_of_periods(bare.head(1), ["x"]).empty
