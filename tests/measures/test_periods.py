"""Shares by period: counts that add up, intervals that hold as often as they say, and refusals that say why."""

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from scipy.stats import t

from helpers.figures.shift import draw_shares_by_period
from helpers.measures.periods import FEWEST_ARTICLES, estimate, known_clusters, share_by_period
from helpers.measures.tests import wilson


def corpus(articles=60, outlets=12, years=2, seed=1, copies=1):
    """Articles of ten sentences, an outlet each in turn, the first half in the first year."""
    rng = np.random.default_rng(seed)
    names = [f"a{i:03d}" for i in range(articles)]
    dates = pd.to_datetime([f"{2000 + i * years // articles}-0{1 + i % 9}-05" for i in range(articles)])
    table = pd.DataFrame({"article": names, "date": dates, "date_precision": "day"})
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
    worth, q = share * (1 - share) / variance, t.ppf(0.975, 39)
    middle = (share + q**2 / 2 / worth) / (1 + q**2 / worth)
    reach = q / (1 + q**2 / worth) * np.sqrt(share * (1 - share) / worth + (q / 2 / worth) ** 2)
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
    worth, q = share * (1 - share) / spread, t.ppf(0.975, 9)
    middle, reach = share + q**2 / (2 * worth), q * np.sqrt(share * (1 - share) / worth + q**2 / (4 * worth**2))
    by_hand = np.array([middle - reach, middle + reach]) / (1 + q**2 / worth)
    assert [low[0], high[0]] == pytest.approx(by_hand, abs=0.003)  # with a t of 10 degrees: 0.004 to 0.006 off


def test_clusters_that_balance_each_other_are_worth_no_more_than_their_articles():
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
    assert table["why"].eq(why).all()
    assert table["low"].isna().eq(why != "").all()
    assert len(table) == 2 * 2 * 2


def test_dates_without_a_month_stay_out_of_months_and_undated_articles_out_of_all():
    shares, articles = corpus(articles=6)
    articles.loc[0, "date_precision"], articles.loc[1, "date"] = "year", pd.NaT
    years = share_by_period(shares, articles, clusters=["group"])
    months = share_by_period(shares, articles, clusters=["group"], freq="M")
    assert years.drop_duplicates("period")["articles"].sum() == 5
    assert months.drop_duplicates("period")["articles"].sum() == 4
    assert months["period"].str.fullmatch(r"\d{4}-\d\d").all()
    nothing = share_by_period(shares, articles.assign(date=pd.NaT), clusters=["group"])
    assert nothing.empty and list(nothing) == list(years)


def test_outlets_are_clusters_where_more_than_one_is_known():
    _, articles = corpus(articles=4, outlets=2)
    assert known_clusters(articles) == ["outlet", "group"]
    assert known_clusters(articles.assign(outlet="")) == known_clusters(articles.assign(outlet="o")) == ["group"]


def test_the_number_needed_is_the_least_that_is_precise_enough():
    """Half of 20 articles, half of 22: half of 21 is no count."""
    assert FEWEST_ARTICLES == 21
    for n, enough in [(20, False), (22, True)]:
        assert (wilson(pd.Series([n / 2]), pd.Series([n]))["high"].iloc[0] - 0.5 <= 0.2) == enough


def test_the_legend_names_the_marks_that_are_drawn():
    def legend(table):
        fig = draw_shares_by_period(table, ["x"], title="shares")
        names = [text.get_text() for text in fig.legends[0].get_texts()]
        filled = [handle.get_markerfacecolor() != "white" for handle in fig.legends[0].legend_handles]
        plt.close(fig)
        return list(zip(names, filled, strict=True))

    shares, articles = corpus()
    sure = share_by_period(shares, articles, clusters=["outlet", "group"])
    hollow = ("too few for an interval", False)
    assert legend(sure) == [("articles, with 95% interval", True), ("sentences, with 95% interval", True)]
    assert legend(sure.assign(low=sure["low"].where(sure["period"].eq("2000"))))[2:] == [hollow]
    assert legend(sure.assign(low=np.nan)) == [("articles", False), ("sentences", False)]
