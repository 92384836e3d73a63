"""Notebook 12: whether our measures match published ones.

`seeds/published.csv` has worked examples with known answers, `seeds/measures.csv` every measure that the helpers
compute by a formula or a rule of counting.
"""

import re
from fractions import Fraction
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
from nltk.metrics import BigramAssocMeasures

from helpers.codebook import hits
from helpers.coders import agreement
from helpers.files.tables import SEEDS, read_table, require
from helpers.findings.words import listed
from helpers.measures import contexts, keyness, power, tests

PUBLISHED = "subject example given measure convention known by standing source"
VERDICTS = {
    "met": "Yes, where values are published: {published} met to the last decimal. Values recomputed from published "
    "formulas or counted by hand: {recomputed}.",
    "not met": "No. Published values met: {published}; recomputed ones: {recomputed}. Not met: {wrong}.",
}
ALL_MET, NOT_MET = "all values met", "not all values met"


def load_published(path: Path | str = SEEDS / "published.csv") -> pd.DataFrame:
    """Worked examples: one row per value: subject, example, given (its input), measure, convention, known (the value
    with the decimals that are known; or "undefined"; or words), by (the function that computes ours), standing
    (published: printed by others; recomputed: by other code from a published formula, or counted by hand), source.

    raises  ValueError naming the line whose measure nothing here computes
    """
    table = read_table(Path(path), PUBLISHED)
    for row in table.itertuples():
        if row.measure not in COMPUTED:
            raise ValueError(f"{path}, line {row.Index}: {row.measure!r} is none of {', '.join(COMPUTED)}.")
    return table


def load_measures(path: Path | str = SEEDS / "measures.csv") -> pd.DataFrame:
    """Every measure that the helpers compute: one row per measure: measure, function, formula, source."""
    return read_table(Path(path), "measure function formula source")


def check_published(published: pd.DataFrame) -> pd.DataFrame:
    """Ours beside theirs: the rows of load_published, with ours (computed now, as text, to the decimals known) and
    agrees: whether ours lies within half a unit of the last decimal known. Whole numbers, fractions and words must
    agree exactly."""
    require(published, PUBLISHED, "check_published: published, from load_published")
    values = [COMPUTED[row.measure](row.given) for row in published.itertuples()]
    ours = [_shown(value, known) for value, known in zip(values, published["known"], strict=True)]
    same = [_agree(value, known) for value, known in zip(values, published["known"], strict=True)]
    return published.assign(ours=pd.Series(ours, published.index, dtype=str), agrees=np.array(same, dtype=bool))


def find_published(checked: pd.DataFrame) -> pd.DataFrame:
    """How many worked examples of each subject our functions meet.

    checked  one row per value, from check_published
    returns  one row per subject: subject, finding (a phrase), published ("5 of 5": met, of those that others printed),
             recomputed (the same of the others), not met (which), functions (that were asked)
    """
    rows = []
    for subject, own in checked.groupby("subject", sort=False):
        wrong = listed(f"{row.measure} of {row.example}" for row in own[~own["agrees"]].itertuples())
        row = {"subject": subject, "finding": NOT_MET if wrong else ALL_MET}
        functions = listed(own["by"].str.rpartition(".")[2].drop_duplicates())
        rows.append(row | _met(own) | {"not met": wrong, "functions": functions})
    return pd.DataFrame(rows, columns=["subject", "finding", "published", "recomputed", "not met", "functions"])


def judge_published(findings: pd.DataFrame, checked: pd.DataFrame) -> str:
    """Whether every worked example is met, those that others published apart from the rest."""
    wrong = listed(findings.loc[findings["finding"].eq(NOT_MET), "subject"])
    return VERDICTS["not met" if wrong else "met"].format(wrong=wrong, **_met(checked))


def _met(checked: pd.DataFrame) -> dict[str, str]:
    """How many values are met, by standing: {"published": "5 of 5", "recomputed": ""}; "" where there are none."""
    own = {kind: checked.loc[checked["standing"].eq(kind), "agrees"] for kind in ("published", "recomputed")}
    return {kind: f"{agrees.sum()} of {len(agrees)}" if len(agrees) else "" for kind, agrees in own.items()}


def list_examples(checked: pd.DataFrame) -> pd.DataFrame:
    """The worked examples as a page shows them: those that are not met, then one of each subject and standing, then the
    rest.

    returns  one row per value: subject, example, measure, convention, ours, known, agrees (yes or no), standing, source
    """
    place = checked.groupby(["subject", "standing"]).cumcount().where(checked["agrees"], -1).clip(upper=1)
    told = checked.loc[place.sort_values(kind="stable").index]
    told = told.assign(agrees=told["agrees"].map({True: "yes", False: "no"}))
    return told["subject example measure convention ours known agrees standing source".split()]


def _numbers(given: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d*\.?\d+", given)]


def _series(given: str) -> list[pd.Series]:
    return [pd.Series([int(number)]) for number in _numbers(given)]


def _counts(texts: str) -> pd.DataFrame:
    """Counts of the words of texts separated by "/"; each text is named by its number."""
    words = [(f"{i}", word) for i, text in enumerate(texts.split("/")) for word in text.split()]
    return pd.DataFrame(words, columns=["article", "word"]).value_counts(sort=False).rename("count").reset_index()


def _key(given: str) -> pd.Series:
    """keyness of one word: "a of c; b of d"."""
    a, c, b, d = map(int, _numbers(given))
    rows = [("0", "word", a), ("0", "rest", c - a), ("1", "word", b), ("1", "rest", d - b)]
    counts = pd.DataFrame([row for row in rows if row[2]], columns=["article", "word", "count"])
    return keyness.keyness(counts, ["0"], ["1"]).set_index("word").loc["word"]


def _by_nltk(given: str) -> float:
    a, c, b, d = map(int, _numbers(given))
    return BigramAssocMeasures.likelihood_ratio(a, (c, a + b), c + d)


def _log_odds(given: str) -> pd.Series:
    """delta and z of a word of the first document against all: "word | document / document"."""
    word, texts = given.split(" | ")
    counts = _counts(texts)
    counts["count"] += 1  # the prior: one for each word of a document
    first, whole = counts[counts["article"].eq("0")], counts.groupby("word")["count"].sum()
    own = first.set_index("word")["count"]
    return keyness.smoothed_log_odds(own, whole[own.index], own.sum(), whole.sum()).loc[word.strip()]


def _left_after_swapping(given: str) -> float:
    there, back = (keyness.log_odds(_counts(given), *pair).set_index("word")["z"] for pair in ("01", "10"))
    return float((there + back).abs().max())


def _alpha(given: str) -> float:
    return krippendorff.alpha(reliability_data=_coders(given), level_of_measurement="nominal")


def _coders(given: str) -> np.ndarray:
    return np.array([[np.nan if v == "." else float(v) for v in row.split()] for row in given.split("/")])


def _table_of_two(given: str) -> np.ndarray:
    """The judgements behind a two-by-two table: "yes-yes yes-no / no-yes no-no"."""
    times = [int(number) for number in _numbers(given)]
    return np.array([np.repeat(values, times) for values in ([1.0, 1, 0, 0], [1.0, 0, 1, 0])])


def _labels(values: np.ndarray) -> pd.DataFrame:
    """One frame's labels of coders (rows) and sentences (columns)."""
    rows = [("x", i, "a", f"{c}", int(v)) for c, own in enumerate(values) for i, v in enumerate(own) if not np.isnan(v)]
    return pd.DataFrame(rows, columns=["article", "sentence", "frame", "coder", "value"]).assign(kind="person")


def _dispersion(given: str) -> pd.Series:
    """The dispersion of one word: "word | text / text / ..."."""
    word, texts = given.split(" | ")
    return keyness.dispersion(_counts(texts)).set_index("word").loc[word]


def _hits(given: str, scope: str) -> pd.DataFrame:
    """Hits of a codebook in a sentence: "sentence | frame: term, term; frame: term"."""
    text, book = given.split(" | ")
    lines = [line.split(": ") for line in book.split("; ")]
    terms = pd.DataFrame([(f, t) for f, own in lines for t in own.split(", ")], columns=["frame", "term"])
    sentence = pd.DataFrame({"article": ["x"], "sentence": [1], "start": [0], "text": [text]})
    return hits.find_hits(sentence, terms, scope=scope)


def _beside(given: str, side: str) -> str:
    node, text = given.split(" | ")
    sentence = pd.DataFrame({"article": ["x"], "sentence": [1], "start": [0], "text": [text]})
    return contexts.concordance(sentence, pd.DataFrame({"frame": ["node"], "term": [node]}))[side].iloc[0] or "(empty)"


def _floor_of_trend(given: str) -> float:
    n = int(given)
    articles = pd.DataFrame({"article": map(str, range(n)), "date": pd.to_datetime([f"{2000 + i}" for i in range(n)])})
    shares = pd.DataFrame({"article": articles["article"], "frame": "a", "share": np.arange(n)})
    return tests.trends_over_dates(shares, articles, ["a"])["floor"].iloc[0]


def _difference(given: str) -> pd.DataFrame:
    return power.difference(*_series(given))


def _articles_needed(given: str) -> int:
    return next(n for n in range(2, 10_000) if power.power_of_fisher(*_numbers(given), n) >= 0.8)


def _power(given: str) -> float:
    one, other, articles = _numbers(given)
    return power.power_of_fisher(one, other, int(articles))


COMPUTED = {  # each takes what an example gives and returns a number or words
    "G², two-term": lambda given: _key(given)["g2_two_term"],
    "G², four-term": lambda given: _key(given)["g2_four_term"],
    "G², four-term, by NLTK": _by_nltk,
    "log ratio": lambda given: _key(given)["log_ratio"],
    "log-odds delta": lambda given: _log_odds(given)["delta"],
    "log-odds z": lambda given: _log_odds(given)["z"],
    "largest z left after swapping": _left_after_swapping,
    "α, nominal": _alpha,
    "α, of 0 and 1": lambda given: agreement.alpha_per_frame(_labels(_coders(given)), ["a"])["alpha"].iloc[0],
    "κ": lambda given: agreement.kappa_per_pair(_labels(_table_of_two(given)), ["a"])["kappa"].iloc[0],
    "DP": lambda given: _dispersion(given)["dp"],
    "normalised DP": lambda given: _dispersion(given)["dp_norm"],
    "hits": lambda given: len(_hits(given, "frame")),
    "hits, codebook": lambda given: len(_hits(given, "codebook")),
    "words found": lambda given: ", ".join(sorted(_hits(given, "frame")["words"], key=len, reverse=True)),
    "words found, codebook": lambda given: ", ".join(_hits(given, "codebook")["words"]),
    "left": lambda given: _beside(given, "left"),
    "right": lambda given: _beside(given, "right"),
    "divergence": lambda given: keyness.word_shift(_counts(given), ["0"], ["1"])["contribution"].sum(),
    "smallest p of two groups, two-sided": lambda given: keyness.smallest_p(*map(int, _numbers(given))),
    "smallest p of a trend, two-sided": _floor_of_trend,
    "lower end of a proportion": lambda given: tests.wilson(*_series(given))["low"].iloc[0],
    "lower end of a difference": lambda given: _difference(given)["low"].iloc[0],
    "upper end of a difference": lambda given: _difference(given)["high"].iloc[0],
    "power": _power,
    "articles a period": _articles_needed,
}


def _agree(ours, known: str) -> bool:
    if known == "undefined":
        return bool(pd.isna(ours))
    if isinstance(ours, str) or not re.fullmatch(r"-?[\d./]+", known):
        return ours == known
    within = 0.5 / 10 ** _decimals(known) if "." in known else 0
    return bool(abs(ours - float(Fraction(known))) <= within + 1e-9)


def _shown(ours, known: str) -> str:
    """Ours as text, to the decimals known; four if the known value is a fraction."""
    if isinstance(ours, str):
        return ours
    if pd.isna(ours):
        return "undefined"
    if float(ours).is_integer():
        return f"{ours:g}"
    places = _decimals(known) if re.fullmatch(r"-?[\d.]+", known) else 4
    return f"{round(ours, places) + 0.0:.{max(places, 1)}f}"


def _decimals(known: str) -> int:
    return len(known.partition(".")[2])
