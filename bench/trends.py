"""`python -m bench.trends`: how often the tests of trends give a false alarm, and how often intervals hold the truth.

Corpora are made up, so that the truth is known: ten years, twenty outlets, 2,000 articles of some twenty sentences, and
no frame changes, whatever else does. Seeded; some minutes. The tables of bench/README.md come from here.
"""

import sys

import numpy as np
import pandas as pd

from helpers.measures.intervals import change_of_shares, interval_of_shares
from helpers.measures.tests import square_and_add, trends_over_dates
from helpers.measures.trends import trend_of_shares

CORPORA = 300
YEARS, OUTLETS, ARTICLES, SHARE = 10, 20, 2_000, 0.15
RISE = 0.003  # a year, in the worlds in which a frame does rise
ENDS = pd.DataFrame({"frame": ["x"], "begin": "first", "end": "second"})
ALIKE = 0.1  # correlation of two sentences of an article, and of two articles of an outlet where outlets differ


def spread(dice: np.random.Generator, mean: float | np.ndarray, alike: float, number: int) -> np.ndarray:
    """Shares that vary about their mean: a beta distribution, alike being the correlation of two draws of one share."""
    mean = np.clip(mean, 0.001, 0.999)
    return dice.beta(mean * (1 / alike - 1), (1 - mean) * (1 / alike - 1), number)


def make_tables(
    years: np.ndarray, outlets: np.ndarray, carrying: np.ndarray, sentences: np.ndarray
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables that share_of_sentences and load_articles give, with one frame "x"; also each article's month, and as
    its period the half of the ten years."""
    names = [f"a{number:04d}" for number in range(len(years))]
    date = pd.Timestamp("2010-01-01") + pd.to_timedelta(np.floor(years * 365.25), unit="D")
    table = {"article": names, "date": date, "date_latest": date, "outlet": [f"o{number}" for number in outlets]}
    halves = {"month": date.strftime("%Y-%m"), "period": np.where(years < YEARS / 2, "first", "second")}
    shares = {"article": names, "frame": "x", "carrying": carrying, "sentences": sentences}
    return pd.DataFrame(shares).assign(share=carrying / sentences), pd.DataFrame(table | halves)


def independent(dice, number=ARTICLES, outlets=OUTLETS, rise=0.0):
    """Articles that have nothing to do with one another."""
    years, sentences = dice.uniform(0, YEARS, number), dice.poisson(20, number) + 1
    carrying = dice.binomial(sentences, spread(dice, SHARE + rise * (years - YEARS / 2), ALIKE, number))
    return make_tables(years, dice.integers(outlets, size=number), carrying, sentences)


def outlets_differ(dice, number=ARTICLES, outlets=OUTLETS, leave=False):
    """Each outlet has a share of its own; where they leave, each appears for some of the ten years only."""
    own, outlet = spread(dice, SHARE, ALIKE, outlets), dice.integers(outlets, size=number)
    stays = np.sort(dice.uniform(0, YEARS, (outlets, 2)), axis=1) if leave else np.tile([0, YEARS], (outlets, 1))
    years, sentences = dice.uniform(*stays[outlet].T), dice.poisson(20, number) + 1
    return make_tables(years, outlet, dice.binomial(sentences, spread(dice, own[outlet], ALIKE, number)), sentences)


def outlets_leave(dice, **sizes):
    return outlets_differ(dice, leave=True, **sizes)


def bursts(dice, number=ARTICLES, outlets=OUTLETS, events=40, days=10):
    """Seven in ten articles are about one of some events, most of them within days; each event has its own share."""
    own, outlet = spread(dice, SHARE, ALIKE, outlets), dice.integers(outlets, size=number)
    sizes, of_event = dice.exponential(size=events), spread(dice, SHARE, 2 * ALIKE, events)
    event, about = dice.choice(events, number, p=sizes / sizes.sum()), dice.random(number) < 0.7
    after = dice.uniform(0, YEARS, events)[event] + dice.exponential(days / 365.25, number)
    years = np.where(about, np.minimum(after, YEARS - 0.01), dice.uniform(0, YEARS, number))
    sentences = dice.poisson(20, number) + 1
    shares = spread(dice, np.where(about, of_event[event], own[outlet]), ALIKE, number)
    return make_tables(years, outlet, dice.binomial(sentences, shares), sentences)


def long_bursts(dice, **sizes):
    return bursts(dice, days=60, **sizes)


def articles_grow(dice, number=ARTICLES, outlets=OUTLETS, absent=False):
    """Articles grow from ten sentences to forty. Absent: nothing carries the frame, and the codebook errs."""
    years = dice.uniform(0, YEARS, number)
    sentences = dice.poisson(10 + 30 * years / YEARS) + 1
    shares = 0.015 if absent else spread(dice, SHARE, ALIKE, number)
    return make_tables(years, dice.integers(outlets, size=number), dice.binomial(sentences, shares), sentences)


def frame_absent(dice, **sizes):
    return articles_grow(dice, absent=True, **sizes)


def frame_rises(dice, **sizes):
    return independent(dice, rise=RISE, **sizes)


WORLDS = {
    "independent articles": independent,
    "outlets differ, all stay": outlets_differ,
    "outlets enter and leave": outlets_leave,
    "bursts about events, of days": bursts,
    "bursts about events, of months": long_bursts,
    "articles grow longer": articles_grow,
    "frame absent, codebook errs in 1.5% of sentences, articles grow": frame_absent,
    f"a real rise of {100 * RISE:g} points a year (to be found)": frame_rises,
}


def alarms_of(world, corpora: int, **sizes) -> pd.DataFrame:
    """Whether each test finds something at p ≤ .05: one row per corpus, one column per test."""
    dice, rows = np.random.default_rng(2026), []
    for _ in range(corpora):
        shares, articles = world(dice, **sizes)
        changes = [
            change_of_shares(shares, articles, ENDS, clusters=clusters).iloc[0]
            for clusters in (["outlet"], ["outlet", "month"])
        ]
        p = trend_of_shares(shares, articles, ["x"])["p"].iloc[0]
        rows.append(
            {
                "Kendall": trends_over_dates(shares, articles, ["x"])["p"].iloc[0] <= 0.05,
                "regression": p <= 0.05,
                "can be tested": p == p,
                "change, by outlet": changes[0]["low"] > 0 or changes[0]["high"] < 0,
                "change, by outlet and month": changes[1]["low"] > 0 or changes[1]["high"] < 0,
            }
        )
    return pd.DataFrame(rows)


def coverage_of(outlets: int, unequal: float, share: float, corpora: int) -> dict:
    """How often intervals hold the truth: of a share, and of a change of none between periods with the same outlets;
    and how wide the change's is beside one that takes the two periods for independent.

    unequal  0: outlets of the same size; 1: the second is half the first, the third a third, ... (Zipf)
    """
    dice, rows, sizes = np.random.default_rng(2026), [], np.arange(1, outlets + 1.0) ** -unequal
    for _ in range(corpora):
        own, outlet = spread(dice, share, ALIKE, outlets), dice.choice(outlets, 600, p=sizes / sizes.sum())
        sentences = dice.poisson(20, 600) + 1
        carrying = dice.binomial(sentences, spread(dice, own[outlet], ALIKE, 600))
        shares, articles = make_tables(dice.uniform(0, YEARS, 600), outlet, carrying, sentences)
        change = change_of_shares(shares, articles, ENDS).iloc[0]
        first, second = (
            interval_of(carrying[own], sentences[own], outlet[own])
            for own in (articles["period"].eq(period).to_numpy() for period in ("first", "second"))
        )
        _, low, high = square_and_add(second[None, :], first[None, :])[0]
        held, narrow = change["low"] <= 0 <= change["high"], (change["high"] - change["low"]) / (high - low)
        if not change["why_not"]:
            rows.append((first[1] <= share <= first[2], held, narrow, change["effective"]))
    means = pd.DataFrame(rows, columns=["share held", "change held", "width", "G*"], dtype=float).mean()
    return {"outlets": str(outlets), "unequal": str(unequal), "true share": share} | means.to_dict()


def interval_of(carrying: np.ndarray, sentences: np.ndarray, outlet: np.ndarray) -> np.ndarray:
    """Share, low, high."""
    low, high = interval_of_shares(carrying[:, None], sentences, pd.factorize(outlet)[0])
    return np.array([carrying.sum() / sentences.sum(), low[0], high[0]])


def as_markdown(table: pd.DataFrame) -> str:
    lines = [list(table), ["---"] * len(table.columns), *table.to_numpy().tolist()]
    cells = [[f"{each:.2f}" if isinstance(each, float) else each for each in line] for line in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def main(corpora: int) -> None:
    rows = [{"world": name} | alarms_of(world, corpora).mean().to_dict() for name, world in WORLDS.items()]
    print(as_markdown(pd.DataFrame(rows)), flush=True)
    settings = [(outlets, unequal, share) for outlets in (12, 20) for unequal in (0, 1) for share in (0.01, 0.05, 0.15)]
    print(as_markdown(pd.DataFrame([coverage_of(*each, corpora) for each in settings])))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CORPORA)
