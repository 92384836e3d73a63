"""What a coded sample settles: the estimate with a part of the codes hidden, against the truth."""

import math

import numpy as np
import pandas as pd

from helpers.codebook.terms import frames_of
from helpers.coders.samples import code_sample, draw_sample
from helpers.findings.estimated import about_plan, find_estimates, find_plan, is_small, list_plan
from helpers.findings.words import first_that_fits, listed, part_of, plain
from helpers.measures.estimates import draws_of, estimate_counts, estimate_shares, wilson_of_draws

SHOWN = 1 / 3  # of the sentences whose codes are kept, in the one draw that is shown
DRAWN = (1 / 6, 1 / 3, 1 / 2, 2 / 3)
TIMES = 2_000
PROMISED = 0.95
VERDICTS = {
    "holds": "Each frame's share, give or take {reach} points{beside}. From {coded} sentences, the intervals of {held} "
    "frames hold what coders found in all; drawn again and again, {often} do.{off}",
    "falls short": "Less than it promises. Drawn again and again, only {often} of the intervals hold what coders found "
    "in all sentences.",
    "sample": "The share of each frame in a year, give or take {reach} points at most. Cases where the codebook's own "
    "count lies outside the interval: {off}.{changes}",
    "few": "Nothing yet: no random sample is coded. A typical year has so few sentences here ({sentences}) that you "
    "can code them all.",
    "many": "Nothing yet: no random sample is coded. {coded} sentences of each year would tell the share of {often} "
    "(counted: {often_counted}) to within {often_reach} points, that of {rare} ({rare_counted}) to within "
    "{rare_reach}.",
}
COLUMNS = "frame coders codebook coded truth counted share low high held".split()
CHANGES = {True: " From {years}, no frame changes clearly.", False: " Clear changes, {years}: {names}."}


def find_sample(
    coding: str, hits: pd.DataFrame, labels: pd.DataFrame, sentences: pd.DataFrame, codebook: pd.DataFrame
) -> pd.DataFrame:
    """What the page's table shows: where coders judged every sentence, the estimate beside the truth; where a random
    sample is coded, the estimates; else what a sample would settle.

    coding   from how_coded
    returns  as find_settled, find_estimates or list_plan
    """
    if coding == "sample":
        return find_estimates(hits, labels, sentences, frames_of(codebook))
    if coding == "all":
        coded = code_sample(labels, sentences)
        return find_settled(hits, coded, sentences, [f for f in frames_of(codebook) if f in set(coded["frame"])])
    return list_plan(find_plan(hits, sentences, codebook))


def find_settled(
    hits: pd.DataFrame, coded: pd.DataFrame, sentences: pd.DataFrame, frames: list[str], *, rng: int = 2026
) -> pd.DataFrame:
    """The estimate from a third of the sentences, drawn at random, beside what the coders found in all of them. All
    sentences are one period, for a year has too few.

    hits       one row per hit: article, sentence, frame
    coded      one row per sentence and frame, from code_sample; every sentence is judged
    sentences  one row per sentence: article, sentence, text
    returns    one row per frame: frame, coders ("14 of 58" sentences), codebook (likewise), coded (sentences whose
               codes were kept), truth (the coders' share), counted (the codebook's), share, low, high (estimated from
               what was kept), held (whether low to high holds the truth); no row where not every sentence is judged for
               every frame
    """
    sentences = sentences.assign(period="all")
    known = coded.assign(period="all", chance=1.0)
    if not _all_judged(coded, sentences, frames):
        return pd.DataFrame(columns=COLUMNS)
    sample = draw_sample(sentences, n=round(SHOWN * len(sentences)), rng=rng)
    kept = known.drop(columns="chance").merge(sample[["article", "sentence", "chance"]])
    truth = estimate_shares(hits, known, sentences, frames)
    table = estimate_shares(hits, kept, sentences, frames)
    carrying = (truth["share"] * len(sentences)).round().astype(int)
    held = table["low"].le(truth["share"] + 1e-9) & table["high"].ge(truth["share"] - 1e-9)
    table = table.assign(held=held, coders=[part_of(number, len(sentences)) for number in carrying])
    table = table.assign(codebook=[part_of(number, len(sentences)) for number in table["fired"]])
    return table.assign(truth=truth["share"])[COLUMNS]


def draw_again(
    hits: pd.DataFrame, coded: pd.DataFrame, sentences: pd.DataFrame, frames: list[str], *, rng: int = 2026
) -> pd.DataFrame:
    """The same for thousands of samples of four sizes.

    returns  one row per frame and number coded: frame, coded, samples, held (part of the intervals that hold the
             coders' share), width (mean), alone (mean width of hand-coding alone), codebook_off (whether the codebook
             counts another number of sentences than the coders); none where not every sentence is judged
    """
    dice, rows = np.random.default_rng(rng), []
    coded = coded if _all_judged(coded, sentences, frames) else coded.head(0)
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


def title_of_settled(findings: pd.DataFrame) -> str:
    """How many intervals hold the truth, as a figure's title."""
    held = part_of(findings["held"].sum(), len(findings))
    return f"Estimated from a third of the codes: {held} intervals hold what coders found in all"


def sum_again(again: pd.DataFrame) -> pd.DataFrame:
    """All frames together: one row per number coded: coded, held (percent of the intervals that hold the truth), reach
    (half their mean width, in points), without_codebook (likewise, by hand-coding alone)."""
    table = again.groupby("coded")[["held", "width", "alone"]].mean().reset_index()
    points = {"reach": 50 * table["width"], "without_codebook": 50 * table["alone"]}
    return table.assign(held=np.floor(1000 * table["held"]) / 10, **points).drop(columns=["width", "alone"]).round(1)


def judge_sample(coding: str, findings: pd.DataFrame, again: pd.DataFrame, plan: pd.DataFrame) -> str:
    """What a coded sample settles, or would settle.

    coding    from how_coded
    findings  from find_sample; again: from draw_again; plan: from find_plan
    """
    if coding == "all":
        return judge_settled(findings, again)
    if coding == "sample":
        return judge_estimates(findings)
    return VERDICTS["few" if is_small(plan) else "many"].format(**about_plan(plan))


def judge_estimates(findings: pd.DataFrame) -> str:
    """How wide the intervals are, how often the codebook's count lies outside, and which frames change.

    findings  from find_estimates
    """
    change = findings["year"].str.contains(" to ")
    known, moved = findings[~change & findings["coded"].gt(0)], findings[change]
    off = ~known["counted"].between(known["low"] - 1e-9, known["high"] + 1e-9)
    reach = (50 * (known["high"] - known["low"])).max()
    clear = moved[moved["low"].gt(0) | moved["high"].lt(0)]
    about = {"years": moved["year"].max(), "names": listed(map(plain, clear["frame"]), 5)}
    changes = CHANGES[clear.empty].format(**about) if len(moved) else ""
    return VERDICTS["sample"].format(reach=f"{reach:.0f}", off=part_of(off.sum(), len(known)), changes=changes)


def judge_settled(findings: pd.DataFrame, again: pd.DataFrame) -> str:
    """Whether the intervals hold what they promise, and how wide they are.

    findings  one row per frame, from find_settled
    again     one row per frame and number coded, from draw_again
    """
    own = again[again["coded"].eq(findings["coded"].max())]
    case = "holds" if own["held"].mean() >= PROMISED - 0.03 else "falls short"
    about = {
        "coded": findings["coded"].max(),
        "held": part_of(findings["held"].sum(), len(findings)),
        "often": f"{math.floor(1000 * own['held'].mean()) / 10:g}%",
        "reach": f"{50 * own['width'].mean():.0f}",
    }
    beside = f" ({50 * own['alone'].mean():.0f} without the codebook)"
    wrong = own.loc[own["codebook_off"], "frame"]
    off = f" The codebook alone is off for {listed(map(plain, wrong))}." if len(wrong) else ""
    fewer = f" The codebook alone is off for {part_of(len(wrong), len(own))} frames." if len(wrong) else ""
    ways = [(beside, off), (beside, fewer), ("", "")]
    return first_that_fits(VERDICTS[case].format(**about, beside=one, off=other) for one, other in ways)


def _all_judged(coded: pd.DataFrame, sentences: pd.DataFrame, frames: list[str]) -> bool:
    judged = coded.astype({"frame": str}).groupby("frame").size()
    return bool(len(frames)) and judged.reindex(frames).eq(len(sentences)).all()
