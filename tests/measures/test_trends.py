"""The regression on time: against statsmodels and a plain refit, and in corpora in which nothing changes."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from bench import trends as worlds
from helpers.measures.tests import holm, trends_over_dates
from helpers.measures.trends import HANDFUL, YEAR, trend_of_shares, trend_tests, which_trend

START = pd.Timestamp("2010-01-01")


def tables(days, outlets, carrying, sentences, **columns):
    """Shares of one frame "x", and the articles."""
    names, dates = [f"a{i}" for i in range(len(days))], START + pd.to_timedelta(np.asarray(days), unit="D")
    shares = pd.DataFrame({"article": names, "frame": "x", "carrying": carrying, "sentences": sentences})
    dated = {"article": names, "date": dates, "date_latest": dates, "outlet": [f"o{n}" for n in outlets]}
    return shares, pd.DataFrame(dated | columns)


def made(number=80, seed=1, outlets=9):
    """Some articles of four years."""
    dice = np.random.default_rng(seed)
    sentences = dice.integers(5, 30, number)
    return tables(
        dice.integers(0, 1461, number), dice.integers(outlets, size=number), dice.binomial(sentences, 0.3), sentences
    )


def refit(years, levels, share, weights):
    """The slope by least squares with a column of its own for each level."""
    root = np.sqrt(weights)
    columns = np.column_stack([years, levels[:, None] == np.unique(levels)])
    return np.linalg.lstsq(columns * root[:, None], share * root, rcond=None)[0][0]


def by_refitting(shares, articles, levels):
    """p and G* by outlet and by part of time, fitted anew without each cluster."""
    years = ((articles["date"] - articles["date"].min()).dt.days / YEAR).to_numpy()
    weights, share = shares["sentences"].to_numpy(), (shares["carrying"] / shares["sentences"]).to_numpy()
    parts = np.minimum(years * 20 / years.max(), 19).astype(int)
    slope, found = refit(years, levels, share, weights), {}
    apart = years - [np.average(years[levels == own], weights=weights[levels == own]) for own in levels]
    for by, codes in {"outlet": articles["outlet"].to_numpy(), "time": parts}.items():
        if len(np.unique(codes)) == 1:
            continue
        kept = [codes != each for each in np.unique(codes)]
        left = np.array([refit(years[own], levels[own], share[own], weights[own]) for own in kept])
        pull = [
            (weights * apart**2)[~own].sum() if by == "outlet" else (weights * apart)[~own].sum() ** 2 for own in kept
        ]
        error = np.sqrt((len(kept) - 1) / len(kept) * ((left - slope) ** 2).sum())
        effective = np.sum(pull) ** 2 / np.sum(np.square(pull))
        found[by] = 2 * t.sf(abs(slope) / error, effective - 1), effective
    return slope, found


def test_slope_and_errors_are_those_of_statsmodels():
    """The numbers are statsmodels 0.15's: smf.wls("share ~ years + C(outlet)", weights=sentences) on these articles,
    years counted in 365.2425 days, fitted again without each outlet and without each of the 20 parts of time. The
    errors are the roots of (G - 1) / G times the sum of the squares of the slopes less the whole's. G* is made from
    the residuals of smf.wls("years ~ C(outlet)")."""
    i = np.arange(80)
    sentences = 5 + i * 11 % 23
    carrying = (sentences * (1 + i * 5 % 9) / 20).astype(int)
    row = trend_of_shares(*tables(i * i * 7 % 1461, i * i * i % 31 % 9, carrying, sentences), ["x"]).iloc[0]
    slope, by_outlet, by_time = 0.02780987642066217, 0.014959506314571087, 0.013871934100448262
    p = {
        "outlet": 2 * t.sf(slope / by_outlet, 7.648034412679454 - 1),
        "time": 2 * t.sf(slope / by_time, 4.344198066943889 - 1),
    }
    assert row["by"] == max(p, key=p.get) == "time"
    assert row[["slope", "p"]].tolist() == pytest.approx([100 * slope, p["time"]])
    reach = t.ppf(0.975, 4.344198066943889 - 1) * by_time
    assert row[["low", "high"]].tolist() == pytest.approx([100 * (slope - reach), 100 * (slope + reach)])
    assert row["effective"] == pytest.approx(4.344198066943889)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("strata", [[], ["section"]])
def test_the_larger_p_is_that_of_fitting_anew_without_each_cluster(seed, strata):
    shares, articles = made(seed=seed)
    articles["section"] = np.random.default_rng(seed).choice(["news", "opinion"], len(articles))
    levels = articles.groupby(["outlet", *strata]).ngroup().to_numpy()
    row = trend_of_shares(shares, articles, ["x"], strata=strata).iloc[0]
    slope, found = by_refitting(shares, articles, levels)
    by = max(found, key=found.get)
    assert row[["slope", "p", "effective"]].tolist() == pytest.approx([100 * slope, *found[by]])
    assert row["by"] == by


@given(st.integers(0, 1000), st.integers(0, 8))
@settings(max_examples=6)
def test_what_must_not_matter_does_not(seed, outlet):
    """The order of the rows; that an outlet has the frame in more of all its sentences (here one more in each of five
    times as many); that an article is cut in two. Time turned round turns the slope round."""
    shares, articles = made(seed=seed)
    shares = shares.assign(carrying=2 * shares["carrying"], sentences=2 * shares["sentences"])
    numbers = ["slope", "low", "high", "p", "effective"]
    plain = trend_of_shares(shares, articles, ["x"])[numbers].iloc[0].tolist()

    mixed = trend_of_shares(shares.sample(frac=1, random_state=1), articles.sample(frac=1, random_state=2), ["x"])
    assert mixed[numbers].iloc[0].tolist() == pytest.approx(plain)

    own = articles["outlet"].eq(f"o{outlet}").to_numpy()
    more = shares.assign(carrying=shares["carrying"] + 0.2 * shares["sentences"] * own)
    assert trend_of_shares(more, articles, ["x"])[numbers].iloc[0].tolist() == pytest.approx(plain)

    halves = shares.assign(carrying=shares["carrying"] // 2, sentences=shares["sentences"] // 2)
    cut = [pd.concat([table, table.assign(article=table["article"] + "b")]) for table in (halves, articles)]
    assert trend_of_shares(*cut, ["x"])[numbers].iloc[0].tolist() == pytest.approx(plain)

    turned = START - (articles["date"] - START)
    back = trend_of_shares(shares, articles.assign(date=turned, date_latest=turned), ["x"])
    assert back["slope"].iloc[0] == pytest.approx(-plain[0])


def test_an_article_stands_in_the_middle_of_the_days_it_may_be_of():
    shares, articles = made()
    months = articles["date"].dt.to_period("M")
    first, last = months.dt.start_time, months.dt.end_time
    middle = first + (last - first) / 2
    one = trend_of_shares(shares, articles.assign(date=first, date_latest=last), ["x"])
    other = trend_of_shares(shares, articles.assign(date=middle, date_latest=middle), ["x"])
    pd.testing.assert_frame_equal(one, other)
    assert one["why_not"].tolist() == [""]


def test_a_few_outlets_or_unknown_ones_are_tested_over_time_and_speak_of_themselves_alone():
    shares, articles = made()
    table = trend_of_shares(shares, articles, ["x"])
    assert table["speaks_of"].tolist() == ["the press"]
    few = articles.assign(outlet=articles["outlet"].where(articles["outlet"].lt("o3"), "o3"))
    for given_outlets, number in ((few, 4), (articles.assign(outlet="o"), 1), (articles.assign(outlet=np.nan), 1)):
        row = trend_of_shares(shares, given_outlets, ["x"]).iloc[0]
        assert row[["outlets", "by", "speaks_of", "why_not"]].tolist() == [number, "time", "these outlets", ""]
        levels = pd.factorize(given_outlets["outlet"].astype(object).fillna(""))[0]
        assert row["p"] == pytest.approx(by_refitting(shares, given_outlets.assign(outlet="o"), levels)[1]["time"][0])


@pytest.mark.parametrize(
    ("share_columns", "columns", "why"),
    [
        ({}, {"date": lambda t: t["date"].where(t.index < HANDFUL)}, "too few dated articles: 20"),
        ({}, {"date": pd.NaT}, "too few dated articles: 0"),
        ({"article": "unknown"}, {}, "too few dated articles: 0"),
        ({}, {"outlet": lambda t: t["article"]}, "too few dates within outlets or kinds of text: as good as 0.0"),
        ({}, {"date": START, "date_latest": START}, "too few dates within outlets or kinds of text: as good as 0.0"),
        ({"carrying": 0}, {}, "the share never differs within an outlet or kind of text"),
        (
            {"carrying": lambda t: t["sentences"] * (t.index % 9)},
            {},
            "the share never differs within an outlet or kind of text",
        ),
    ],
)
def test_no_trend_is_tested_where_too_little_would_carry_it(share_columns, columns, why):
    shares, articles = made()
    articles["outlet"] = [f"o{number % 9}" for number in range(len(articles))]
    shares = shares.assign(**share_columns).drop_duplicates("article")
    row = trend_of_shares(shares, articles.assign(**columns), ["x"]).iloc[0]
    assert row["why_not"].startswith(why)
    assert row[["slope", "low", "high", "p", "p_holm", "effective"]].isna().all() and row["by"] == ""


def test_a_frame_nobody_looked_for_has_no_trend_and_the_others_keep_theirs():
    shares, articles = made()
    table = trend_of_shares(shares, articles, ["x", "unread"])
    assert table["frame"].tolist() == ["x", "unread"] and table["p"].isna().tolist() == [False, True]
    assert table["why_not"].iloc[1]


def test_holm_is_over_all_frames_tested():
    shares, articles = made()
    more = shares.assign(frame="y", carrying=np.random.default_rng(5).binomial(shares["sentences"], 0.2))
    table = trend_of_shares(pd.concat([shares, more]), articles, ["y", "x"])
    assert table["p_holm"].tolist() == pytest.approx(holm(table["p"]).tolist())
    assert table["p"].iloc[1] == trend_of_shares(shares, articles, ["x"])["p"].iloc[0]


def test_a_share_that_follows_the_date_exactly_is_told_from_chance():
    days = np.arange(80) * 20
    shares, articles = tables(days, np.arange(80) % 8, days, 4_000)
    row = trend_of_shares(shares, articles, ["x"]).iloc[0]
    assert row["slope"] == pytest.approx(100 * YEAR / 4_000) and row["p"] < 1e-6


def test_one_rule_says_which_test_speaks():
    _, articles = made(HANDFUL + 1)
    assert which_trend(articles) == "regression"
    assert which_trend(articles.head(HANDFUL)) == "kendall"
    assert which_trend(articles.assign(date=articles["date"].where(articles.index > 0))) == "kendall"


@pytest.mark.parametrize(
    ("world", "kendall"),
    [(worlds.outlets_leave, 0.3), (worlds.articles_grow, 0), (worlds.frame_absent, 0.3), (worlds.bursts, 0.3)],
)
def test_nothing_is_found_where_nothing_changes(world, kendall):
    """Sixty corpora of 400 articles: seven alarms or fewer where three are due. Kendall's test has many more."""
    dice, alarms = np.random.default_rng(2026), []
    for _ in range(60):
        shares, articles = world(dice, number=400)
        alarms.append(
            [test(shares, articles, ["x"])["p"].iloc[0] <= 0.05 for test in (trend_of_shares, trends_over_dates)]
        )
    ours, theirs = np.mean(alarms, axis=0)
    assert ours <= 7 / 60 and theirs >= kendall


def test_a_rise_is_found_where_there_is_one():
    dice = np.random.default_rng(2026)
    rows = [trend_of_shares(*worlds.frame_rises(dice), ["x"]).iloc[0] for _ in range(20)]
    assert sum(row["p"] <= 0.05 for row in rows) >= 7
    assert np.mean([row["slope"] for row in rows]) == pytest.approx(100 * worlds.RISE, abs=0.06)
    assert sum(row["low"] <= 100 * worlds.RISE <= row["high"] for row in rows) >= 17


def test_a_handful_is_tested_by_kendall_and_more_by_the_regression():
    days = pd.date_range("2010-01-01", periods=40, freq="40D")
    articles = pd.DataFrame({"article": [f"a{i}" for i in range(40)], "date": days, "date_latest": days, "outlet": "x"})
    shares = articles[["article"]].assign(frame="a", carrying=[i % 7 for i in range(40)], sentences=10)
    shares = shares.assign(share=shares["carrying"] / 10)
    few, many = (trend_tests(shares, articles.head(number), ["a"]).iloc[0] for number in (5, 40))
    assert (few["test"], many["test"]) == ("kendall", "regression")
    assert few["floor_ties_holm"] > 0 == many["floor_ties_holm"]
    assert few["p"] == trends_over_dates(shares, articles.head(5), ["a"])["p"].iloc[0]
    assert many["p"] == trend_of_shares(shares, articles, ["a"])["p"].iloc[0]
