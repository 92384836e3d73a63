"""What a coded sample settles: the estimate with a part of the codes hidden, against the truth."""

import numpy as np
import pandas as pd

from helpers.coders.samples import draw_sample
from helpers.findings.words import first_that_fits, listed, part_of, percent, plain
from helpers.measures.estimates import draws_of, estimate_counts, estimate_shares, wilson_of_draws

SHOWN = 1 / 3  # of the sentences whose codes are kept, in the one draw that is shown
DRAWN = (1 / 6, 1 / 3, 1 / 2, 2 / 3)
TIMES = 2_000
PROMISED = 0.95
VERDICTS = {
    "not coded": "Cannot be told here: no coder has judged every sentence, so the truth is not known.",
    "holds": "Each frame's share, give or take {reach} points{beside}. From {coded} sentences, the intervals of {held} "
    "frames hold what coders found in all; drawn again and again, {often} do.{off}",
    "falls short": "Less than it promises. Drawn again and again, only {often} of the intervals hold what coders found "
    "in all sentences.",
}


def find_settled(
    hits: pd.DataFrame, coded: pd.DataFrame, sentences: pd.DataFrame, frames: list[str], *, rng: int = 2026
) -> pd.DataFrame:
    """The estimate from a third of the sentences, drawn at random, beside what the coders found in all of them. All
    sentences are one period, for a year has too few.

    hits       one row per hit: article, sentence, frame
    coded      one row per sentence and frame, from code_sample; every sentence is judged
    sentences  one row per sentence: article, sentence, text
    returns    one row per frame: frame, coders ("14 of 58" sentences), codebook (likewise), coded (sentences whose
               codes were kept), share, low, high (estimated from these), held (whether low to high holds the coders'
               share); no row where not every sentence is judged for every frame
    """
    sentences = sentences.assign(period="all")
    known = coded.assign(period="all", chance=1.0)
    if known.groupby("frame").size().reindex(frames).ne(len(sentences)).any():
        return pd.DataFrame(columns="frame coders codebook coded share low high held".split())
    sample = draw_sample(sentences, n=round(SHOWN * len(sentences)), rng=rng)
    kept = known.drop(columns="chance").merge(sample[["article", "sentence", "chance"]])
    truth = estimate_shares(hits, known, sentences, frames)
    table = estimate_shares(hits, kept, sentences, frames)
    carrying = (truth["share"] * len(sentences)).round().astype(int)
    held = table["low"].le(truth["share"] + 1e-9) & table["high"].ge(truth["share"] - 1e-9)
    table = table.assign(held=held, coders=[part_of(number, len(sentences)) for number in carrying])
    table = table.assign(codebook=[part_of(number, len(sentences)) for number in table["fired"]])
    return table["frame coders codebook coded share low high held".split()]


def draw_again(
    hits: pd.DataFrame, coded: pd.DataFrame, sentences: pd.DataFrame, frames: list[str], *, rng: int = 2026
) -> pd.DataFrame:
    """The same for thousands of samples of four sizes.

    returns  one row per frame and number coded: frame, coded, samples, held (part of the intervals that hold the
             coders' share), width (mean), alone (mean width of hand-coding alone), codebook_off (whether the codebook
             counts another number of sentences than the coders)
    """
    dice, rows = np.random.default_rng(rng), []
    fired = set(hits[["article", "sentence", "frame"]].astype({"frame": str}).itertuples(index=False, name=None))
    for frame, own in coded[coded["frame"].isin(frames)].groupby("frame"):
        places = own[["article", "sentence", "frame"]].itertuples(index=False, name=None)
        kind = 2 * ~np.array([place in fired for place in places]) + ~own["value"].gt(0.5).to_numpy()
        corpus = np.bincount(kind, minlength=4)
        for number in sorted({round(part * len(sentences)) for part in DRAWN} - {0}):
            samples = dice.multivariate_hypergeometric(corpus, number, size=TIMES)
            limits, true = estimate_counts(np.tile(corpus, (TIMES, 1)), samples), corpus[[0, 2]].sum() / corpus.sum()
            held = (limits[:, 1] <= true + 1e-9) & (true <= limits[:, 2] + 1e-9)
            shares = samples[:, [0, 2]].sum(axis=1) / number
            alone = wilson_of_draws(shares, np.full(TIMES, draws_of([number], [len(sentences)])[0]))
            widths = [np.ptp(these[:, 1:], axis=1).mean() for these in (limits, alone)]
            rows.append((frame, number, TIMES, held.mean(), *widths, corpus[1] != corpus[2]))
    columns = "frame coded samples held width alone codebook_off".split()
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values("frame", key=lambda names: names.map(frames.index), kind="stable", ignore_index=True)


def judge_settled(findings: pd.DataFrame, again: pd.DataFrame) -> str:
    """Whether the intervals hold what they promise, and how wide they are.

    findings  one row per frame, from find_settled
    again     one row per frame and number coded, from draw_again
    """
    if findings.empty:
        return VERDICTS["not coded"]
    own = again[again["coded"].eq(findings["coded"].max())]
    case = "holds" if own["held"].mean() >= PROMISED - 0.03 else "falls short"
    about = {
        "coded": findings["coded"].max(),
        "held": part_of(findings["held"].sum(), len(findings)),
        "often": percent(own["held"].mean()),
        "reach": f"{50 * own['width'].mean():.0f}",
    }
    beside = f" ({50 * own['alone'].mean():.0f} without the codebook)"
    wrong = own.loc[own["codebook_off"], "frame"]
    off = f" The codebook alone is off for {listed(map(plain, wrong))}." if len(wrong) else ""
    fewer = f" The codebook alone is off for {part_of(len(wrong), len(own))} frames." if len(wrong) else ""
    ways = [(beside, off), (beside, fewer), ("", "")]
    return first_that_fits(VERDICTS[case].format(**about, beside=one, off=other) for one, other in ways)
