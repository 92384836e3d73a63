"""`python -m bench.coverage`: how often the intervals of helpers/measures/estimates.py hold the truth, and how wide
they are beside those of hand-coding alone. Corpora are made up, so the truth is known. Seeded; three minutes.

Two parts. Counts: in each of 360 settings 1,500 corpora of two periods, of which only the counts that the estimator
sees are drawn; the functions that make the intervals are those of the helpers. Files: some settings go the whole way,
from sentences through draw_sample and a coder's labels to estimate_shares, also with extra sentences and with whole
articles. bench/coverage.md is written anew.
"""

import itertools
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.coders.samples import code_sample, draw_sample
from helpers.measures.estimates import change_between, draws_of, estimate_counts, estimate_shares, wilson_of_draws
from helpers.measures.tests import Z, square_and_add

CORPORA, FILES = 1_500, 300  # for each setting
SENTENCES, CODED, SHARES = (500, 2_000, 20_000), (100, 200, 400), (0.02, 0.05, 0.1, 0.2, 0.3)  # in each period
QUALITIES = ((0.95, 0.95), (0.8, 0.8), (0.5, 0.7), (0.7, 0.4))  # precision, recall
BURSTS = 0.2  # correlation of two sentences of one article
DRIFT = (0.6, 2.5)  # in the second period recall times this, false positives times that


def draw_counts(dice: np.random.Generator, sentences: int, coded: int, share: float, rates: tuple) -> np.ndarray:
    """Counts of many corpora: one row per corpus: in the corpus and in its sample each found rightly, found wrongly,
    missed, rest.

    rates  chance that the codebook fires on a sentence that carries the frame, and on one that does not
    """
    sensitivity, wrong = rates
    cells = [share * sensitivity, (1 - share) * wrong, share * (1 - sensitivity), (1 - share) * (1 - wrong)]
    corpus = dice.multinomial(sentences, cells, size=CORPORA)
    sample = np.array([dice.multivariate_hypergeometric(row, coded) for row in corpus])
    return np.stack([corpus, sample], axis=1)


def rates_of(share: float, quality: tuple) -> tuple[float, float]:
    """Chance to fire where the frame is and where it is not, from precision and recall."""
    precision, recall = quality
    return recall, share * recall * (1 - precision) / precision / (1 - share)


def estimate(counts: np.ndarray) -> np.ndarray:
    return estimate_counts(counts[:, 0], counts[:, 1])


def codebook_alone(counts: np.ndarray) -> np.ndarray:
    corpus = counts[:, 0]
    number = corpus.sum(axis=1)
    return wilson_of_draws(corpus[:, :2].sum(axis=1) / number, number)


def coding_alone(counts: np.ndarray) -> np.ndarray:
    corpus, sample = counts[:, 0].sum(axis=1), counts[:, 1]
    number = sample.sum(axis=1)
    return wilson_of_draws((sample[:, 0] + sample[:, 2]) / number, draws_of(number, corpus))


def one_pair_of_rates(counts: np.ndarray, both: np.ndarray) -> np.ndarray:
    """Rogan & Gladen 1978 with the interval of Lang & Reiczigel 2014: sensitivity and specificity from the samples of
    both periods together."""
    corpus, (right, wrong, missed, rest) = counts[:, 0], both.T
    marked, unmarked = right + missed, wrong + rest
    with np.errstate(all="ignore"):
        rate = corpus[:, :2].sum(axis=1) / corpus.sum(axis=1)
        true = (rate + rest / unmarked - 1) / (right / marked + rest / unmarked - 1)
        se, sp, n = (right + 1) / (marked + 2), (rest + 1) / (unmarked + 2), corpus.sum(axis=1)
        p = (rate * n + Z**2 / 2) / (n + Z**2)
        guess, var_se, var_sp = (
            (p + sp - 1) / (se + sp - 1),
            se * (1 - se) / (marked + 2),
            sp * (1 - sp) / (unmarked + 2),
        )
        middle = guess + 2 * Z**2 * (guess * var_se - (1 - guess) * var_sp)
        spread = p * (1 - p) / (n + Z**2) + guess**2 * var_se + (1 - guess) ** 2 * var_sp
        reach = Z * np.sqrt(spread) / (se + sp - 1)
        limits = np.column_stack([true, middle - reach, middle + reach])
    return np.clip(np.nan_to_num(limits), 0, 1)


def prediction_powered(counts: np.ndarray) -> np.ndarray:
    """Angelopoulos, Duchi & Zrnic 2023 (PPI++), with their weight for the codebook and normal limits."""
    corpus, sample = counts[:, 0], counts[:, 1]
    size, n = corpus.sum(axis=1), sample.sum(axis=1)
    f, y, f_all = sample[:, :2].sum(axis=1) / n, (sample[:, 0] + sample[:, 2]) / n, corpus[:, :2].sum(axis=1) / size
    together = sample[:, 0] / n - f * y
    trust = np.divide(together, f * (1 - f) * (1 + n / size), out=np.zeros(len(f)), where=f * (1 - f) > 0)
    share = trust * f_all + y - trust * f
    spread = trust**2 * f_all * (1 - f_all) / size
    spread += (y * (1 - y) - 2 * trust * together + trust**2 * f * (1 - f)) / n
    reach = Z * np.sqrt(np.maximum(spread, 0))
    return np.column_stack([share, share - reach, share + reach])


METHODS = {
    "codebook alone": codebook_alone,
    "hand-coding alone": coding_alone,
    "one pair of error rates": one_pair_of_rates,
    "PPI++, normal limits": prediction_powered,
    "estimate_shares": estimate,
}


def holds(limits: np.ndarray, truth: np.ndarray) -> float:
    return np.mean((limits[:, 1] <= truth + 1e-9) & (truth <= limits[:, 2] + 1e-9))


def run_settings() -> pd.DataFrame:
    """One row per setting and method: quality, drift, method, share (coverage, the worse of the two periods), change
    (coverage), width (of the share's interval in the first period, as a part of that of hand-coding alone)."""
    rows = []
    for number, setting in enumerate(itertools.product(SENTENCES, CODED, SHARES, QUALITIES, (False, True))):
        sentences, coded, share, quality, drift = setting
        dice = np.random.default_rng([2026, number])
        first = rates_of(share, quality)
        second = (first[0] * DRIFT[0], min(1, first[1] * DRIFT[1])) if drift else first
        periods = [draw_counts(dice, sentences, coded, share, rates) for rates in (first, second)]
        truths = [counts[:, 0, [0, 2]].sum(axis=1) / sentences for counts in periods]
        pooled = periods[0][:, 1] + periods[1][:, 1]
        alone = np.ptp(coding_alone(periods[0])[:, 1:], axis=1).mean()
        for name, method in METHODS.items():
            given = (pooled,) if method is one_pair_of_rates else ()
            limits = [method(counts, *given) for counts in periods]
            row = dict(zip(("sentences", "coded", "of", "quality", "drift"), setting, strict=True), method=name)
            row["share"] = min(holds(own, truth) for own, truth in zip(limits, truths, strict=True))
            row["change"] = holds(square_and_add(limits[1], limits[0]), truths[1] - truths[0])
            row["width"] = np.ptp(limits[0][:, 1:], axis=1).mean() / alone
            rows.append(row)
    return pd.DataFrame(rows)


def summarise(settings: pd.DataFrame) -> pd.DataFrame:
    """One row per method: mean and worst coverage without and with drift, and width by quality."""
    rows = []
    for method, own in settings.groupby("method", sort=False):
        row = {"method": method}
        for what, drift in (("share", False), ("share", True), ("change", True)):
            values = own.loc[own["drift"].eq(drift), what]
            row[f"{what}, {'drift' if drift else 'constant errors'}"] = f"{values.mean():.2f}, {values.min():.2f}"
        widths = own[~own["drift"]].groupby("quality", sort=False)["width"].mean()
        rows.append(row | {"width, by quality": " ".join(f"{width:.2f}" for width in widths)})
    return pd.DataFrame(rows)


def make_corpus(dice: np.random.Generator, articles: int, length: int, share: float, rates: list, bursts: float):
    """Sentences, hits of the frame and the truth: articles of one length in as many periods as there are rates.

    bursts  how unlike articles are: correlation of two sentences of one article (0: not at all)
    """
    names = [f"a{number}" for number in range(articles * len(rates))]
    table = pd.DataFrame({"article": np.repeat(names, length), "sentence": np.tile(range(1, length + 1), len(names))})
    period = np.repeat(np.arange(len(rates)), articles * length)
    own = dice.beta(*np.array([share, 1 - share]) * (1 / bursts - 1), size=len(names)) if bursts else share
    carries = dice.random(len(table)) < (np.repeat(own, length) if bursts else share)
    fires = dice.random(len(table)) < np.where(carries, *np.array(rates)[period].T)
    table = table.assign(text="", period=period.astype(str), carries=carries.astype(float))
    hits = table.loc[fires, ["article", "sentence"]].assign(frame=pd.Categorical(["f"] * fires.sum()))
    return table.drop(columns="carries"), hits, table[["article", "sentence", "carries"]]


def code(sample: pd.DataFrame, truth: pd.DataFrame) -> pd.DataFrame:
    """Labels of a coder who knows the truth, as load_labels gives them."""
    labels = sample.merge(truth, on=["article", "sentence"]).rename(columns={"carries": "value"})
    return labels.assign(frame="f", coder="ana", kind="person", line=2)


def draw_articles(sentences: pd.DataFrame, dice: np.random.Generator, number: int) -> pd.DataFrame:
    """All sentences of so many articles of each period, drawn at random, with the chance of an article."""
    articles = sentences[["article", "period"]].drop_duplicates()
    drawn = articles.groupby("period").sample(number, random_state=dice)["article"]
    own = sentences[sentences["article"].isin(drawn)]
    chance = own["period"].map(number / articles.groupby("period").size())
    return own.assign(before="", chance=chance, among=own["period"].map(sentences.groupby("period").size()))


def run_files() -> pd.DataFrame:
    """One row per way of drawing: what, share (coverage, worse period), change, width (mean, in points)."""
    rates = [rates_of(0.1, (0.8, 0.8))]
    rates.append((rates[0][0] * DRIFT[0], rates[0][1] * DRIFT[1]))
    ways = {
        "sentences": lambda s, h, dice: draw_sample(s, n=200, rng=dice),
        "sentences, bursts": lambda s, h, dice: draw_sample(s, n=200, rng=dice),
        "50 extra where the frame fired, bursts": lambda s, h, dice: draw_sample(s, n=150, hits=h, extra=50, rng=dice),
        "whole articles (20)": lambda s, h, dice: draw_articles(s, dice, 20),
        "whole articles (20), bursts": lambda s, h, dice: draw_articles(s, dice, 20),
        "whole articles (8), bursts": lambda s, h, dice: draw_articles(s, dice, 8),
    }
    rows = []
    for number, (what, draw) in enumerate(ways.items()):
        held = []
        for corpus in range(FILES):
            dice = np.random.default_rng([2026, number, corpus])
            sentences, hits, truth = make_corpus(dice, 100, 20, 0.1, rates, BURSTS if "bursts" in what else 0)
            coded = code_sample(code(draw(sentences, hits, dice), truth), sentences)
            table = estimate_shares(hits, coded, sentences, ["f"])
            true = truth["carries"].groupby(sentences["period"]).mean().to_numpy()
            change = change_between(table, "0", "1").iloc[0]
            limits = table[["share", "low", "high"]].to_numpy()
            held.append(
                [
                    *((limits[:, 1] <= true) & (true <= limits[:, 2])),
                    change["low"] <= true[1] - true[0] <= change["high"],
                    np.ptp(limits[:, 1:], axis=1).mean() * 100,
                    table["drawn"].eq("articles").any(),
                ]
            )
        one, other, change, width, articles = np.mean(held, axis=0)
        rows.append({"what": what, "share": min(one, other), "change": change, "width": width, "articles": articles})
    return pd.DataFrame(rows)


def listed(values: tuple) -> str:
    *first, last = (f"{value:,}" if isinstance(value, int) else str(value) for value in values)
    return f"{', '.join(first)} or {last}"


def as_table(table: pd.DataFrame) -> str:
    """A table in Markdown."""
    lines = [table.columns, ["---"] * len(table.columns), *table.round(3).astype(str).to_numpy()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write_page(settings: pd.DataFrame, files: pd.DataFrame) -> None:
    own = settings[settings["method"].eq("estimate_shares")]
    worst = pd.concat([own.nsmallest(3, "share"), own.nsmallest(3, "change")]).drop(columns="method")
    number = len(settings) // len(METHODS)
    files["articles"] = files["articles"].map("{:.0%}".format)
    page = f"""# How sure

Written by `python -m bench.coverage`. Of 100 intervals 95 should hold the truth. Here the truth is known, for the
corpora are made up.

**Counts.** {number} settings, {CORPORA:,} corpora each. Each of two periods has
{listed(SENTENCES)} sentences, of which {listed(CODED)} are coded by hand.
The frame's share is {listed(SHARES)}. The codebook has the precision and recall
{listed(QUALITIES)}.
With drift the errors differ between the periods: in the second, recall is {DRIFT[0]} times what it was, and false
alarms are {DRIFT[1]} times as many. Each cell gives the mean and the worst coverage. The width is that of the
interval over that of hand-coding alone, on average for each of the four qualities.

{as_table(summarise(settings))}

The settings in which `estimate_shares` does worst:

{as_table(worst)}

**Files.** The whole way from sentences to estimates, {FILES} corpora each: 100 articles of 20 sentences in each of two
periods, the frame in one sentence of ten, precision and recall .8, with drift; 200 sentences of each period coded,
unless whole articles are. Bursts: some articles are full of the frame (two sentences of one article correlate by
{BURSTS}). Width is in points. The last column says how often the sample was taken for one of whole articles.

{as_table(files)}
"""
    (Path(__file__).with_name("coverage.md")).write_text(page, "utf-8")


if __name__ == "__main__":
    write_page(run_settings(), run_files())
