"""Worked examples with known answers: ours beside theirs, and how far the conventions part on a corpus.

`seeds/published.csv` has the examples, `seeds/measures.csv` every measure that the helpers compute by a formula or a
rule of counting. What others publish and the helpers do not compute is computed here, by SciPy where SciPy has it, by
its formula where not.
"""

import re
from fractions import Fraction
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
import scipy
from nltk.metrics import BigramAssocMeasures

from helpers.codebook import hits as frames
from helpers.coders import agreement
from helpers.files.tables import SEEDS, read_table, require
from helpers.measures import contexts, keyness, power
from helpers.measures import tests as compare

PUBLISHED = "subject example given measure convention known by standing source"


def load_published(path: Path | str = SEEDS / "published.csv") -> pd.DataFrame:
    """Worked examples: one row per value: subject, example, given (its input), measure, convention, known (the value,
    with the decimals given; "undefined"; or words), by (the function that computes ours), standing (published: printed
    by others; recomputed: by other code from the published formula or counted by hand), source.

    raises  ValueError naming the line whose measure nothing here computes
    """
    table = read_table(Path(path), PUBLISHED)
    for row in table.itertuples():
        if row.measure not in COMPUTED:
            raise ValueError(f"{path}, line {row.Index}: {row.measure!r} is none of {', '.join(COMPUTED)}.")
    return table


def load_measures(path: Path | str = SEEDS / "measures.csv") -> pd.DataFrame:
    """Every measure the helpers compute: one row per measure: measure, function, formula, source."""
    return read_table(Path(path), "measure function formula source")


def check_published(published: pd.DataFrame) -> pd.DataFrame:
    """Ours beside theirs: the rows of load_published, each computed now, with ours (as text, to the decimals given) and
    agrees: whether ours lies within half a unit of the last decimal given; whole numbers, fractions and words must be
    met exactly."""
    require(published, PUBLISHED, "check_published: published, from load_published")
    values = [COMPUTED[row.measure](row.given) for row in published.itertuples()]
    ours = [_shown(value, known) for value, known in zip(values, published["known"], strict=True)]
    same = [_agree(value, known) for value, known in zip(values, published["known"], strict=True)]
    return published.assign(ours=pd.Series(ours, published.index, dtype=str), agrees=np.array(same, dtype=bool))


def williams(table: list[list[int]]) -> float:
    """Four-term G² over Williams' correction (Williams 1976, Biometrika 63(1): 33-37): for two rows and two columns q
    = 1 + (n/r1 + n/r2 - 1) (n/c1 + n/c2 - 1) / 6n."""
    cells = np.array(table, dtype=float)
    n, rows, columns = cells.sum(), cells.sum(axis=1), cells.sum(axis=0)
    q = 1 + ((n / rows).sum() - 1) * ((n / columns).sum() - 1) / (6 * n)
    return scipy.stats.chi2_contingency(cells, correction=False, lambda_="log-likelihood").statistic / q


def juilland_d(counts: pd.DataFrame) -> pd.Series:
    """Juilland's D of each word: 1 for one spread evenly, 0 for one that a single article has; one less the variation
    coefficient of its rates over the root of the articles less one (as in Gries 2020, Analyzing Dispersion). NaN for
    one article.

    counts   one row per article and word: article, word, count
    """
    require(counts, "article word count", "juilland_d: counts, from count_words")
    rates = counts["count"] / counts.groupby("article")["count"].transform("sum")
    words, n = rates.groupby(counts["word"]), counts["article"].nunique()
    if n < 2:
        return words.sum() * np.nan
    mean = words.sum() / n
    squares = (rates - counts["word"].map(mean)).pow(2).groupby(counts["word"]).sum()
    squares = squares + (n - words.size()) * mean**2  # articles without the word are off by all of the mean
    return 1 - np.sqrt(squares / n) / mean / np.sqrt(n - 1)


def zero_rules(table: pd.DataFrame) -> pd.DataFrame:
    """The log ratio under three rules for zeros.

    table    one row per word: target, reference (counts), target_words, reference_words
    returns  the table, and zeros_left (no rule: infinite where a count is zero), zeros_half (a zero taken for a half,
             as keyness does), all_half (a half added to every count)
    """
    require(table, "target reference target_words reference_words", "zero_rules: table, from keyness")
    a, b = table["target"].astype(float), table["reference"].astype(float)
    sizes = np.log2(table["reference_words"] / table["target_words"])
    with np.errstate(divide="ignore"):
        left = np.log2(a) - np.log2(b) + sizes
    half = np.log2(a.where(a > 0, 0.5)) - np.log2(b.where(b > 0, 0.5)) + sizes
    return table.assign(zeros_left=left, zeros_half=half, all_half=np.log2(a + 0.5) - np.log2(b + 0.5) + sizes)


def forms_of_dispersion(counts: pd.DataFrame) -> pd.DataFrame:
    """Each word's dispersion in four forms.

    counts   one row per article and word: article, word, count
    returns  the rows of keyness.dispersion, and dp_2008 (dp over 1 - 1/n, n articles, as first published: Gries
             2008; it can pass 1 where articles differ in length) and juilland_d
    """
    table = keyness.dispersion(counts)
    n = counts["article"].nunique()
    own = juilland_d(counts)
    return table.assign(dp_2008=table["dp"] / (1 - 1 / n) if n > 1 else np.nan, juilland_d=table["word"].map(own))


def measures_of_agreement(labels: pd.DataFrame) -> pd.DataFrame:
    """Three measures of the same judgements.

    labels   one row per judgement: article, sentence, frame, coder, value
    returns  one row per frame, by name: frame, coders, sentences (judged by two or more), same (share of pairs of
             judgements that agree: what the others correct for chance), kappa (Cohen's, mean over the pairs of coders),
             alpha (Krippendorff's, nominal); NaN where there are fewer than two coders or nothing varies
    """
    names = sorted(labels["frame"].unique())
    if not names:
        return pd.DataFrame(columns="frame coders sentences same kappa alpha".split())
    alpha = agreement.alpha_per_frame(labels, names)[["frame", "coders", "sentences", "alpha"]]
    pairs = agreement.kappa_per_pair(labels, names).groupby("frame")
    same = (pairs["agreed"].sum() / pairs["sentences"].sum()).rename("same")
    kappa = pairs["kappa"].agg(lambda own: own.mean(skipna=False)).rename("kappa")
    return alpha.join(same, on="frame").join(kappa, on="frame")[
        ["frame", "coders", "sentences", "same", "kappa", "alpha"]
    ]


def tau_a(one: pd.Series, other: pd.Series) -> float:
    """Kendall's tau-a: pairs in the same order less pairs in the opposite one, over all pairs, ties among them (Kendall
    1938, Biometrika 30(1/2): 81-93), made of SciPy's tau-b. NaN for fewer than two values."""
    pairs = len(one) * (len(one) - 1) / 2
    ranks = [pd.Series(values).rank().to_numpy() for values in (one, other)]
    apart = [pairs - sum(n * (n - 1) / 2 for n in np.unique(own, return_counts=True)[1]) for own in ranks]
    if not all(apart):
        return 0.0 if pairs else np.nan
    return float(scipy.stats.kendalltau(*ranks).statistic * np.sqrt(apart[0]) * np.sqrt(apart[1]) / pairs)


def with_places(table: pd.DataFrame, measures: list[str]) -> pd.DataFrame:
    """Each word's place in its list by each measure: 1 for the largest, equals share the better place.

    table    one row per list and word: label (which list), word, the measures
    returns  the table, and for each measure a column place_<measure>
    """
    require(table, " ".join(["label", "word", *measures]), "with_places: table, from keyness.compare_each")
    ranks = table[measures].round(9).groupby(table["label"]).rank(method="min", ascending=False).astype(int)
    return table.assign(**{f"place_{name}": ranks[name] for name in measures})


def _numbers(given: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d*\.?\d+", given)]


def _counts(texts: str) -> pd.DataFrame:
    """counts of texts divided by "/", named by their place."""
    words = [(f"{i}", word) for i, text in enumerate(texts.split("/")) for word in text.split()]
    return pd.DataFrame(words, columns=["article", "word"]).value_counts(sort=False).rename("count").reset_index()


def _key(given: str) -> pd.Series:
    """keyness of one word: "a of c; b of d"."""
    a, c, b, d = map(int, _numbers(given))
    rows = [("0", "word", a), ("0", "rest", c - a), ("1", "word", b), ("1", "rest", d - b)]
    counts = pd.DataFrame([row for row in rows if row[2]], columns=["article", "word", "count"])
    return keyness.keyness(counts, ["0"], ["1"]).set_index("word").loc["word"]


def _cells(given: str) -> list[list[int]]:
    a, c, b, d = map(int, _numbers(given))
    return [[a, b], [c - a, d - b]]


def _by_nltk(given: str) -> float:
    a, c, b, d = map(int, _numbers(given))
    return BigramAssocMeasures.likelihood_ratio(a, (c, a + b), c + d)


def _log_odds(given: str) -> pd.Series:
    """delta and z of a word of the first document against all: "word | document / document"."""
    word, texts = given.split(" | ")
    counts = _counts(texts)
    counts["count"] += 1  # for each word that a document has
    first, whole = counts[counts["article"].eq("0")], counts.groupby("word")["count"].sum()
    own = first.set_index("word")["count"]
    return keyness.smoothed_log_odds(own, whole[own.index], own.sum(), whole.sum()).loc[word.strip()]


def _left_after_swapping(given: str) -> float:
    there, back = (keyness.log_odds(_counts(given), *pair).set_index("word")["z"] for pair in ("01", "10"))
    return float((there + back).abs().max())


def _alpha(values: np.ndarray, level: str) -> float:
    """Krippendorff's alpha; NaN where nothing varies."""
    seen = np.unique(values[~np.isnan(values)])
    domain = [*seen, seen.max() + 1]  # a value that nobody gave: the package refuses a domain of one value
    with np.errstate(invalid="ignore"):
        return krippendorff.alpha(reliability_data=values, level_of_measurement=level, value_domain=domain)


def _coders(given: str) -> np.ndarray:
    return np.array([[np.nan if v == "." else float(v) for v in row.split()] for row in given.split("/")])


def _table_of_two(given: str) -> np.ndarray:
    """The judgements behind a two-by-two table: "yes-yes yes-no / no-yes no-no"."""
    times = [int(number) for number in _numbers(given)]
    return np.array([np.repeat(values, times) for values in ([1.0, 1, 0, 0], [1.0, 0, 1, 0])])


def _labels(values: np.ndarray) -> pd.DataFrame:
    """One frame's labels of coders (rows) and sentences (columns)."""
    rows = [("x", i, "a", f"{c}", int(v)) for c, own in enumerate(values) for i, v in enumerate(own) if not np.isnan(v)]
    return pd.DataFrame(rows, columns=["article", "sentence", "frame", "coder", "value"])


def _word_of(given: str, measure) -> float:
    """A measure of one word: "word | text / text / ..."."""
    word, texts = given.split(" | ")
    return measure(_counts(texts)).loc[word]


def _hits(given: str, scope: str) -> pd.DataFrame:
    """Hits of a codebook in a sentence: "sentence | frame: term, term; frame: term"."""
    text, book = given.split(" | ")
    lines = [line.split(": ") for line in book.split("; ")]
    terms = pd.DataFrame([(f, t) for f, own in lines for t in own.split(", ")], columns=["frame", "term"])
    sentence = pd.DataFrame({"article": ["x"], "sentence": [1], "start": [0], "text": [text]})
    return frames.find_hits(sentence, terms, scope=scope)


def _beside(given: str, side: str) -> str:
    node, text = given.split(" | ")
    sentence = pd.DataFrame({"article": ["x"], "sentence": [1], "start": [0], "text": [text]})
    return contexts.concordance(sentence, pd.DataFrame({"frame": ["node"], "term": [node]}))[side].iloc[0] or "(empty)"


def _floor_of_trend(given: str) -> float:
    n = int(given)
    articles = pd.DataFrame({"article": map(str, range(n)), "date": pd.to_datetime([f"{2000 + i}" for i in range(n)])})
    shares = pd.DataFrame({"article": articles["article"], "frame": "a", "share": np.arange(n)})
    return compare.trends_over_dates(shares, articles, ["a"])["floor"].iloc[0]


def _apart(given: str) -> float:
    one, other = map(int, _numbers(given))
    values = np.arange(one + other)
    return scipy.stats.mannwhitneyu(values[other:], values[:other], alternative="greater", method="exact").pvalue


def _difference(given: str) -> pd.DataFrame:
    return power.difference(*(pd.Series([n]) for n in map(int, _numbers(given))))


def _articles_needed(given: str) -> int:
    return next(n for n in range(2, 10_000) if power.power_of_fisher(*_numbers(given), n) >= 0.8)


def _power(given: str) -> float:
    one, other, articles = _numbers(given)
    return power.power_of_fisher(one, other, int(articles))


COMPUTED = {  # each takes the column given of an example and gives a number or words
    "G², two-term": lambda given: _key(given)["g2_two_term"],
    "G², four-term": lambda given: _key(given)["g2_four_term"],
    "G², four-term, by NLTK": _by_nltk,
    "G², four-term, Williams": lambda given: williams(_cells(given)),
    "χ²": lambda given: scipy.stats.chi2_contingency(_cells(given), correction=False).statistic,
    "χ², Yates": lambda given: scipy.stats.chi2_contingency(_cells(given)).statistic,
    "odds ratio": lambda given: scipy.stats.contingency.odds_ratio(_cells(given)).statistic,
    "p of Fisher's exact test": lambda given: scipy.stats.fisher_exact(_cells(given)).pvalue,
    "log ratio": lambda given: _key(given)["log_ratio"],
    "log ratio, zeros left": lambda given: zero_rules(_key(given).to_frame().T)["zeros_left"].iloc[0],
    "%DIFF": lambda given: _key(given)["percent_diff"],
    "BIC": lambda given: _key(given)["bic"],
    "log-odds delta": lambda given: _log_odds(given)["delta"],
    "log-odds z": lambda given: _log_odds(given)["z"],
    "largest z left after swapping": _left_after_swapping,
    "α, nominal": lambda given: _alpha(_coders(given), "nominal"),
    "α, interval": lambda given: _alpha(_coders(given), "interval"),
    "α, of 0 and 1": lambda given: agreement.alpha_per_frame(_labels(_coders(given)), ["a"])["alpha"].iloc[0],
    "κ": lambda given: agreement.kappa_per_pair(_labels(_table_of_two(given)), ["a"])["kappa"].iloc[0],
    "DP": lambda given: _word_of(given, lambda counts: keyness.dispersion(counts).set_index("word")["dp"]),
    "normalised DP": lambda given: _word_of(given, lambda c: keyness.dispersion(c).set_index("word")["dp_norm"]),
    "Juilland's D": lambda given: _word_of(given, juilland_d),
    "hits": lambda given: len(_hits(given, "frame")),
    "hits, codebook": lambda given: len(_hits(given, "codebook")),
    "words found": lambda given: ", ".join(sorted(_hits(given, "frame")["words"], key=len, reverse=True)),
    "words found, codebook": lambda given: ", ".join(_hits(given, "codebook")["words"]),
    "left": lambda given: _beside(given, "left"),
    "right": lambda given: _beside(given, "right"),
    "divergence": lambda given: keyness.word_shift(_counts(given), ["0"], ["1"])["contribution"].sum(),
    "smallest p of two groups, two-sided": lambda given: keyness.smallest_p(*map(int, _numbers(given))),
    "smallest p of two groups, one-sided": _apart,
    "smallest p of a trend, two-sided": _floor_of_trend,
    "smallest p of a trend, one-sided": lambda given: (
        scipy.stats.kendalltau(range(int(given)), range(int(given)), alternative="greater", method="exact").pvalue
    ),
    "smallest p of Wilcoxon's signed ranks": lambda given: scipy.stats.wilcoxon(np.arange(1, int(given) + 1)).pvalue,
    "lower end of a proportion": lambda given: compare.wilson(*(pd.Series([n]) for n in map(int, _numbers(given))))[
        "low"
    ].iloc[0],
    "lower end of a difference": lambda given: _difference(given)["low"].iloc[0],
    "upper end of a difference": lambda given: _difference(given)["high"].iloc[0],
    "power": _power,
    "articles a period": _articles_needed,
}


def _agree(ours, known: str) -> bool:
    if known == "undefined":
        return bool(pd.isna(ours))
    if isinstance(ours, str) or not re.fullmatch(r"-?(?:inf|[\d./]+)", known):
        return ours == known
    if known == "-inf":
        return ours == -np.inf
    within = 0.5 / 10 ** _decimals(known) if "." in known else 0
    return bool(abs(ours - float(Fraction(known))) <= within + 1e-9)


def _shown(ours, known: str) -> str:
    """Ours as text, to the decimals of what is known; four where that is a fraction or no number."""
    if isinstance(ours, str):
        return ours
    if pd.isna(ours):
        return "undefined"
    if float(ours).is_integer() or not np.isfinite(ours):
        return f"{ours:g}"
    places = _decimals(known) if re.fullmatch(r"-?[\d.]+", known) else 4
    return f"{round(ours, places) + 0.0:.{max(places, 1)}f}"


def _decimals(known: str) -> int:
    return len(known.partition(".")[2])
