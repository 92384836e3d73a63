"""How far coders agree with one another."""

from itertools import combinations

import krippendorff
import numpy as np
import pandas as pd
from nltk.metrics.agreement import AnnotationTask

from helpers.coders.labels import persons_first
from helpers.files.tables import require

RESAMPLES = 1_000  # of the sentences, for an interval of alpha


def alpha_per_frame(labels: pd.DataFrame, frames: list[str], *, rng: int = 2026) -> pd.DataFrame:
    """How far the coders agree on each frame: Krippendorff's alpha for nominal data, by the package krippendorff. Where
    a person has judged any sentence for a frame, it is the agreement of persons only.

    The interval is a percentile bootstrap over sentences, each drawn with all its judgements (Zapf et al. 2016, BMC
    Med. Res. Methodol. 16: 93). Where no two judgements differ, it runs from 1 to 1 and says nothing.

    labels   one row per judgement, from load_labels; judgements may be missing
    returns  one row per frame, in the order given: frame, kind (of these coders: person or model), coders, sentences
             (judged by two or more), marked (their judgements of 1), split (sentences the coders differ on), alpha,
             low, high (95%), resamples, undefined (resamples in which nothing varies, so that alpha has no value; the
             interval leaves them out). alpha is NaN where nothing varies: all 0, all 1, or no sentence judged twice
    """
    require(labels, "article sentence frame coder kind value", "alpha_per_frame: labels, from load_labels")
    labels = persons_first(labels, ["frame"])
    rows = [_alpha(labels[labels["frame"].eq(frame)], rng) for frame in frames]
    columns = "coders sentences marked split alpha low high resamples undefined".split()
    kinds = labels.groupby("frame", observed=True)["kind"].first()
    table = pd.DataFrame(rows, columns=columns).assign(frame=frames, kind=[kinds.get(f, "") for f in frames])
    return table[["frame", "kind", *columns]]


def kappa_per_pair(labels: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """How far each two coders agree on each frame: Cohen's kappa (Cohen 1960, Educ. Psychol. Meas. 20: 37-46), by NLTK.

    labels   one row per judgement, from load_labels
    returns  one row per frame and pair of coders, by name: frame, one, other, sentences (judged by both), marked_one,
             marked_other, agreed (judged alike), kappa (NaN where all judgements of the two are the same)
    """
    require(labels, "article sentence frame coder value", "kappa_per_pair: labels, from load_labels")
    wide = labels.pivot(index=["frame", "article", "sentence"], columns="coder", values="value")
    rows = [
        (frame, one, other, *_kappa(wide[wide.index.get_level_values("frame") == frame][[one, other]].dropna()))
        for frame in frames
        for one, other in combinations(sorted(wide), 2)
    ]
    columns = "frame one other sentences marked_one marked_other agreed kappa".split()
    return pd.DataFrame(rows, columns=columns)


def _alpha(own: pd.DataFrame, rng: int) -> tuple:
    """One row of alpha_per_frame, without the frame."""
    counts = own.groupby(["article", "sentence"])["value"].agg(marked="sum", coders="size")
    counts = counts[counts["coders"] > 1]
    kinds = counts.value_counts(sort=False).reset_index()  # sentences with the same judgements are alike
    ones, of, times = (kinds[name].to_numpy() for name in ("marked", "coders", "count"))
    split = int(counts["marked"].between(1, counts["coders"] - 1).sum())
    row = (own["coder"].nunique(), len(counts), int(counts["marked"].sum()), split)
    if not 0 < counts["marked"].sum() < counts["coders"].sum():
        return (*row, np.nan, np.nan, np.nan, 0, 0)
    table = np.repeat(np.column_stack([of - ones, ones]), times, axis=0)
    alpha = krippendorff.alpha(value_counts=table, level_of_measurement="nominal")
    drawn = np.random.default_rng(rng).multinomial(len(counts), times / times.sum(), size=RESAMPLES)
    resampled = _alphas(drawn, ones, of)
    low, high = np.nanquantile(resampled, [0.025, 0.975])
    return (*row, alpha, low, high, RESAMPLES, int(np.isnan(resampled).sum()))


def _alphas(drawn: np.ndarray, ones: np.ndarray, of: np.ndarray) -> np.ndarray:
    """Krippendorff's nominal alpha of two values, 1 - (n - 1) * sum(2 n1 n0 / (m - 1)) / (2 N1 N0), for many samples at
    once (Krippendorff 2004, Content Analysis, 2nd ed., ch. 11); NaN where one value has all judgements.

    drawn     one row per sample: how often it has each kind of sentence
    ones, of  of each kind: judgements of 1, judgements
    """
    differ = drawn @ (2 * ones * (of - ones) / (of - 1))
    total, marked = drawn @ of, drawn @ ones
    expected = 2.0 * marked * (total - marked)
    expected[expected == 0] = np.nan
    return 1 - (total - 1) * differ / expected


def _kappa(pair: pd.DataFrame) -> tuple:
    """One row of kappa_per_pair, without the names: judgements of two coders side by side."""
    one, other = (pair.iloc[:, place].astype(int).tolist() for place in (0, 1))
    row = (len(pair), sum(one), sum(other), sum(a == b for a, b in zip(one, other, strict=True)))
    if len({*one, *other}) < 2:
        return (*row, np.nan)
    task = AnnotationTask([(who, i, v) for who, values in (("a", one), ("b", other)) for i, v in enumerate(values)])
    return (*row, task.kappa_pairwise("a", "b"))
