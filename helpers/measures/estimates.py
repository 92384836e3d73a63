"""What a random sample of coded sentences says of shares in the whole corpus, beside a codebook that read them all.

In each period the codebook divides the sentences in two: where it fired, and where it was silent. In each part the
coded sentences say how many carry the frame: a share `precision` of the first, a share `missed` of the second. The
codebook fired on a share a of all, so share = a · precision + (1 − a) · missed (Tenenbein 1970, J. Am. Stat. Assoc. 65:
1350-1361). The truth is what the coders say. Error rates of one period are never used for another.
"""

import numpy as np
import pandas as pd
import scipy

from helpers.files.tables import require
from helpers.measures.tests import Z, square_and_add

PARTS = ("precision", "missed")  # of the sentences where the codebook fired, and of those where it was silent
ENDS = ("", "_low", "_high")
KEYS = ["article", "sentence", "frame"]


def estimate_shares(
    hits: pd.DataFrame, coded: pd.DataFrame, sentences: pd.DataFrame, frames: list[str]
) -> pd.DataFrame:
    """Share of all sentences that carry each frame in each period, with its 95% interval.

    A part of which every sentence was coded has no error. Whole articles that were coded count as articles, not as
    sentences, and so the interval is wider. A frame that a coder skipped in a sentence counts as not coded there.

    hits       one row per hit: article, sentence, frame; or what a model marked, from hits_of_model
    coded      one row per sentence and frame coded: article, sentence, frame, period, value (0 to 1), chance, from
               code_sample
    sentences  one row per sentence of the corpus: article, sentence, period, from add_period
    frames     in this order
    returns    one row per period and frame: period, frame, sentences, fired (where the codebook found it), counted
               (fired / sentences), coded, coded_fired (of those, where the codebook fired), precision, precision_low,
               precision_high, missed, missed_low, missed_high, share, low, high (NaN where nothing was coded), drawn
               (what the interval takes for drawn: "sentences", "articles", or "all" where nothing was left to chance)
    """
    require(coded, "article sentence frame period value chance", "estimate_shares: coded, from code_sample")
    require(sentences, "article sentence period", "estimate_shares: sentences, from add_period")
    fired = hits[KEYS].drop_duplicates().astype({"frame": str}).assign(fired=True)
    coded = coded.astype({"frame": str}).merge(fired, on=KEYS, how="left")
    coded = coded.assign(fired=coded["fired"].eq(True))
    fired = fired.merge(sentences[["article", "sentence", "period"]], on=["article", "sentence"])
    whole, found = sentences.groupby("period").size(), fired.groupby(["period", "frame"]).size()
    lengths, own = sentences.groupby("article").size(), dict(list(coded.groupby(["period", "frame"])))
    rows = [
        {"period": period, "frame": frame, "sentences": number, "fired": found.get((period, frame), 0)}
        | _estimate(own.get((period, frame), coded.iloc[:0]), found.get((period, frame), 0), number, lengths)
        for period, number in whole.items()
        for frame in frames
    ]
    table = pd.DataFrame(rows).assign(counted=lambda t: t["fired"] / t["sentences"])
    named = "period frame sentences fired counted coded coded_fired".split()
    return table[[*named, *(f"{part}{end}" for part in PARTS for end in ENDS), "share", "low", "high", "drawn"]]


def change_between(estimates: pd.DataFrame, first: str, last: str) -> pd.DataFrame:
    """How much each share changes from one period to another, with the 95% interval of the difference.

    The limits come from those of the two shares (Zou & Donner 2008, Stat. Med. 27: 1693-1702, eq. 4), which were
    estimated on different sentences.

    estimates    one row per period and frame, from estimate_shares
    first, last  two periods
    returns      one row per frame: frame, first, last (the two shares), change (last less first), low, high
    raises       ValueError naming a period that is not there
    """
    for period in (first, last):
        if period not in set(estimates["period"]):
            there = ", ".join(estimates["period"].drop_duplicates())
            raise ValueError(f"change_between: there is no period {period!r}. Periods are: {there}.")
    one, other = (estimates[estimates["period"].eq(period)].set_index("frame") for period in (first, last))
    columns = ["share", "low", "high"]
    change = square_and_add(other.loc[one.index, columns].to_numpy(), one[columns].to_numpy())
    table = pd.DataFrame(change, columns=["change", "low", "high"], index=one.index)
    table = table.assign(first=one["share"], last=other["share"])
    return table.reset_index()[["frame", "first", "last", "change", "low", "high"]]


def estimate_counts(corpora: np.ndarray, samples: np.ndarray) -> np.ndarray:
    """The estimate of estimate_shares for many samples at once, when all sentences of a sample had the same chance and
    were drawn one by one.

    corpora, samples  rows of four counts: sentences that the codebook found rightly, found wrongly, missed, and rightly
                      did not find; of all sentences, and of those coded
    returns           rows of three: share, low, high
    """
    parts = []
    for yes, no in ((0, 1), (2, 3)):
        coded, whole = samples[:, [yes, no]].sum(axis=1), corpora[:, [yes, no]].sum(axis=1)
        share = np.divide(samples[:, yes], coded, out=np.where(whole > 0, 0.5, 0.0), where=coded > 0)
        parts.append(to_whole(wilson_of_draws(share, draws_of(coded, whole)), whole))
    number, carrying = corpora.sum(axis=1), samples[:, [0, 2]].sum(axis=1)
    limits = two_parts(corpora[:, :2].sum(axis=1) / number, np.column_stack(parts))
    return within_seen(limits, number, carrying, samples.sum(axis=1))


def two_parts(fired: np.ndarray, parts: np.ndarray) -> np.ndarray:
    """The share a · precision + (1 − a) · missed and its limits, from those of the two parts: each limit lies as far
    from the share as the root of the sum of the two squared distances (Zou, Huang & Zhang 2009, Comput. Stat. Data
    Anal. 53: 1080-1085, p. 1082).

    fired    a, the share of all sentences where the codebook fired
    parts    rows of six: precision, low, high, missed, low, high
    returns  rows of three: share, low, high

    >>> two_parts([0.5], [[0.8, 0.6, 0.9, 0.1, 0.02, 0.3]]).round(3).tolist()
    [[0.45, 0.342, 0.562]]
    """
    fired, parts = np.asarray(fired, dtype=float)[:, None], np.asarray(parts, dtype=float)
    with_it, less = fired * parts[:, :3], -(1 - fired) * parts[:, [3, 5, 4]]  # to add is to take away the negative
    return square_and_add(with_it, less)


def wilson_of_draws(share: np.ndarray, draws: np.ndarray, z: float | np.ndarray = Z) -> np.ndarray:
    """Wilson's interval of a share (Wilson 1927, J. Am. Stat. Assoc. 22: 209-212) that is worth so many independent
    draws, which need not be a whole number. No draw leaves 0 to 1; endless draws leave no error.

    share, draws  of the same length
    z             how many standard errors to each side
    returns       rows of three: share, low, high

    >>> wilson_of_draws([0.1, 0.1], [50, np.inf]).round(3).tolist()
    [[0.1, 0.043, 0.214], [0.1, 0.1, 0.1]]
    """
    share, draws = np.asarray(share, dtype=float), np.asarray(draws, dtype=float)
    per_draw = np.divide(1, draws, out=np.full(draws.shape, np.inf), where=draws > 0)
    drawn = np.isfinite(per_draw)
    per_draw = np.where(drawn, per_draw, 1)
    middle = (share + z**2 * per_draw / 2) / (1 + z**2 * per_draw)
    reach = z / (1 + z**2 * per_draw) * np.sqrt(share * (1 - share) * per_draw + (z * per_draw / 2) ** 2)
    low, high = np.clip(middle - reach, 0, share), np.clip(middle + reach, share, 1)
    return np.column_stack([share, np.where(drawn, low, 0), np.where(drawn, high, 1)])


def to_whole(limits: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Limits moved outwards to whole sentences. Where most of a small part was coded this is needed: without it as few
    as 90 of 100 intervals hold the truth.

    limits  rows of three: share, low, high
    whole   sentences of each part

    >>> to_whole([[0, 0, 0.012], [0.2, 0.2, 0.2]], [100, 10]).tolist()
    [[0.0, 0.0, 0.02], [0.2, 0.2, 0.2]]
    """
    share, low, high = np.asarray(limits, dtype=float).T
    number = np.maximum(np.asarray(whole, dtype=float), 1)
    moved = np.column_stack([share, np.floor(low * number + 1e-9) / number, np.ceil(high * number - 1e-9) / number])
    return np.where((high > low)[:, None], moved, limits)


def within_seen(limits: np.ndarray, whole: np.ndarray, carrying: np.ndarray, coded: np.ndarray) -> np.ndarray:
    """Limits of a share no further than what was seen allows: of 10 sentences of which 2 were found to carry the frame
    and 5 not to, 2 to 5 carry it.

    limits    rows of three: share, low, high
    whole     all sentences
    carrying  of those coded, the ones that carry the frame
    coded     sentences coded

    >>> within_seen([[0.3, 0.1, 0.6]], [10], [2], [7]).tolist()
    [[0.3, 0.2, 0.5]]
    """
    share, low, high = np.asarray(limits, dtype=float).T
    whole, carrying, coded = (np.asarray(counts, dtype=float) for counts in (whole, carrying, coded))
    low, high = np.maximum(low, carrying / whole), np.minimum(high, (whole - coded + carrying) / whole)
    return np.column_stack([share, np.minimum(low, share), np.maximum(high, share)])


def draws_of(coded: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """How many independent draws so many sentences are worth when each can be drawn only once: the finite population
    correction, n (N − 1) / (N − n) (Cochran 1977, Sampling Techniques, 3rd ed., p. 24); endless where all were coded.

    >>> draws_of(np.array([50, 50, 100]), np.array([1000, 100, 100])).round(1).tolist()
    [52.6, 99.0, inf]
    """
    coded, whole = np.asarray(coded, dtype=float), np.asarray(whole, dtype=float)
    left = whole - coded
    return np.divide(coded * (whole - 1), left, out=np.full(coded.shape, np.inf), where=left > 0)


def _estimate(own: pd.DataFrame, fired: int, number: int, lengths: pd.Series) -> dict:
    """One row of estimate_shares, without its names: of the sentences coded for one frame in one period.

    fired, number  sentences of the period where the codebook found the frame, and all of them
    lengths        sentences of each article
    """
    counts = {"coded": len(own), "coded_fired": int(own["fired"].sum())}
    names = [f"{part}{end}" for part in PARTS for end in ENDS] + ["share", "low", "high"]
    if own.empty:
        return counts | dict.fromkeys(names, np.nan) | {"drawn": ""}
    parts = [_part(own[own["fired"]], fired), _part(own[~own["fired"]], number - fired)]
    drawn = "articles" if _hangs_together(own, number, lengths) else "sentences"
    if drawn == "articles":
        limits = [_limits_of_articles([part], [1]) for part in parts]
        share = _limits_of_articles(parts, [fired / number, 1 - fired / number])
    else:
        limits = [_limits(part) for part in parts]
        share = two_parts([fired / number], [np.concatenate(limits)])
        share = within_seen(share, [number], [own["value"].sum()], [len(own)])[0]
    values = dict(zip(names, np.concatenate([*limits, share]), strict=True))
    return counts | values | {"drawn": "all" if len(own) == number else drawn}


def _part(own: pd.DataFrame, whole: int) -> dict:
    """What the coded sentences say of one part: whole (sentences of the part), share
    (one half where none was coded), draws (that they are worth), residuals (per article: how far it moves the share),
    left (to chance, of the part).

    The weights 1 / chance leave (Σw)² / Σw² draws (Kish 1965, Survey Sampling); each w² counts only as far
    as it was left to chance. For equal chances this is `draws_of`.
    """
    value, weight = own["value"].to_numpy(), 1 / own["chance"].to_numpy()
    part = {"whole": whole, "residuals": {}}
    if len(own) in (0, whole):  # nothing known, or everything: then no weight is needed
        share = value.mean() if len(own) else 0.5 * (whole > 0)
        known = len(own) == whole
        return part | {"share": share, "draws": np.inf if known else 0.0, "left": 1 - known}
    share = (weight * value).sum() / weight.sum()
    left = 1 - np.minimum(1, weight.sum() / whole / weight)  # 1 less the chance, as far as the coders have come
    draws = weight.sum() ** 2 / (weight**2 * left).sum() * (whole - 1) / whole if left.any() else np.inf
    residuals = pd.Series(weight * (value - share) / weight.sum()).groupby(own["article"].to_numpy()).sum()
    return part | {"share": share, "draws": draws, "residuals": residuals.to_dict(), "left": left.mean()}


def _limits(part: dict) -> np.ndarray:
    """Share, low, high of a part."""
    return to_whole(wilson_of_draws([part["share"]], [part["draws"]]), [part["whole"]])[0]


def _limits_of_articles(parts: list[dict], weights: list[float]) -> np.ndarray:
    """Share, low, high of one part, or of two together, where whole articles were coded: Wilson's interval for as many
    draws as would spread like these articles, with Student's t for their small number (Korn & Graubard 1998, Survey
    Methodology 24: 193-201). A share that does not spread has one draw for each article.

    weights  what the parts count for
    """
    share = sum(weight * part["share"] for weight, part in zip(weights, parts, strict=True))
    moved = pd.DataFrame([part["residuals"] for part in parts]).fillna(0).mul(weights, axis="index").sum()
    left = max(part["left"] for part in parts)
    if not left or len(moved) < 2:
        return wilson_of_draws([share], [0.0 if left else np.inf])[0]
    spread = len(moved) / (len(moved) - 1) * (moved**2).sum() * left
    draws = share * (1 - share) / spread if spread > 0 else len(moved) / left
    return wilson_of_draws([share], [draws], scipy.stats.t.ppf(0.975, len(moved) - 1))[0]


def _hangs_together(own: pd.DataFrame, number: int, lengths: pd.Series) -> bool:
    """Whether whole articles were coded, or large parts of them: all articles that were touched, or far more pairs of
    sentences from one article than sentences drawn one by one would give (five standard errors of Poisson's).

    number   sentences of the period
    lengths  sentences of each article
    """
    done = min(1, (1 / own["chance"]).sum() / number)  # how far the coders have come with what was drawn
    plain = own[own["chance"] <= own["chance"].min() * 1.01]  # not those drawn where a frame fired, which hang together
    sizes = plain.groupby("article").size()
    pairs = (sizes * (sizes - 1)).sum() / 2
    expected = (sizes * (lengths.reindex(sizes.index) - 1)).sum() / 2 * plain["chance"].iloc[0] * done
    wholly = sizes.eq(lengths.reindex(sizes.index)).all() and pairs > expected
    return bool(wholly or pairs > expected + 5 * np.sqrt(expected) + 2)
