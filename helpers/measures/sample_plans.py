"""How much a coded sample would settle, told before anybody codes: how many sentences, how wide the interval."""

from bisect import bisect_left

import numpy as np
import pandas as pd

from helpers.files.tables import require
from helpers.measures.estimates import draws_of, two_parts, wilson_of_draws

CODED = (50, 100, 200, 400)  # sentences of each period
SHARES = (0.02, 0.05, 0.15, 0.3)
AIM = 0.05  # how far half an interval may reach; half the share, where that is less
MOST = 0.9  # of all sentences: errors by which more than this would carry a frame are not those of the codebook here
UNKNOWN = 0.5  # precision or recall where nothing was found or marked


def plan_sample(sentences: int, *, precision: float, recall: float) -> pd.DataFrame:
    """What 50, 100, 200 or 400 coded sentences of a period would settle about frames of several shares.

    sentences          of the period
    precision, recall  of the codebook, for instance from score_official
    returns            one row per share and number coded: share, coded, low, high (limits of the share to be expected),
                       reach (half the interval), reach_of_change (half that of the change between two such periods),
                       beside_coding_alone (the interval's width over the one without a codebook)
    raises             ValueError where so low a precision leaves no room for the sentences that the codebook misses
    """
    rows = pd.DataFrame([(share, coded) for share in SHARES for coded in CODED if coded <= sentences])
    rows = rows.set_axis(["share", "coded"], axis="columns")
    if (recall / precision + 1 - recall) * max(SHARES) > 1:
        raise ValueError(f"plan_sample: a precision of {precision} with a recall of {recall} is too low to plan for.")
    fired = rows["share"] * recall / precision
    table = rows.join(_expect(rows["coded"], sentences, fired, precision, recall)[["low", "high"]])
    alone = wilson_of_draws(rows["share"], draws_of(rows["coded"], np.full(len(rows), sentences)))
    return _reaches(table).assign(beside_coding_alone=(table["high"] - table["low"]) / np.ptp(alone[:, 1:], axis=1))


def plan_for_corpus(hits: pd.DataFrame, sentences: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """What a sample of this corpus would settle. Shown for a period with the middle number of sentences, in which each
    frame is as frequent as in the whole corpus.

    hits       one row per hit: article, sentence, frame
    sentences  one row per sentence: article, sentence, period, from add_period
    scores     how good the codebook is, one row per frame: frame, precision, recall, from score_official or guessed:
               pd.DataFrame({"frame": frames, "precision": 0.7, "recall": 0.7})
    returns    one row per frame and number coded (at most the period's sentences): frame, sentences (of the period),
               counted (share where the codebook fired), share (to be expected), coded, low, high, reach,
               reach_of_change, as in plan_sample, needed (sentences to code so that half the interval is no more
               than 5 points, nor than half the share), alone (whether the codebook cannot err here as scores says, so
               that hand-coding alone is planned for, of a share as large as counted)
    """
    require(scores, "frame precision recall", "plan_for_corpus: scores, from score_official")
    require(sentences, "article sentence period", "plan_for_corpus: sentences, from add_period")
    number = int(sentences.groupby("period").size().median()) if len(sentences) else 1
    found = hits[["article", "sentence", "frame"]].drop_duplicates().astype({"frame": str}).groupby("frame").size()
    own = scores[["frame", "precision", "recall"]].fillna(UNKNOWN)
    own = own.assign(counted=own["frame"].map(found).fillna(0) / max(len(sentences), 1), sentences=number)
    own["needed"] = [_needed(number, *row) for row in own[["counted", "precision", "recall"]].to_numpy()]
    coded = pd.DataFrame({"coded": [n for n in CODED if n < number] or [number]})
    table = own.merge(coded, how="cross")
    table = table.join(_expect(*(table[name] for name in "coded sentences counted precision recall".split())))
    named = "frame sentences counted share coded low high reach reach_of_change needed alone".split()
    return _reaches(table)[named]


def _expect(coded, sentences, fired, precision, recall) -> pd.DataFrame:
    """Share, low, high as estimate_shares would give them if the sample held just what is expected of it; alone:
    whether so many sentences cannot be found with such errors, and the three are those of hand-coding alone.

    fired  share of sentences where the codebook fires
    """
    fired, precision, recall = np.broadcast_arrays(*(np.asarray(x, dtype=float) for x in (fired, precision, recall)))
    lost = fired * precision * (1 / np.maximum(recall, 0.01) - 1)  # share of all sentences: carrying and not found
    missed = np.minimum(1, np.divide(lost, 1 - fired, out=np.ones(fired.shape), where=fired < 1))
    parts = [
        wilson_of_draws(share, draws_of(coded * part, sentences * part))
        for share, part in ((precision, fired), (missed, 1 - fired))
    ]
    alone = (fired * precision + lost > MOST) | (lost > 1 - fired)
    by_hand = wilson_of_draws(fired, draws_of(coded, sentences * np.ones(fired.shape)))
    limits = np.where(alone[:, None], by_hand, two_parts(fired, np.column_stack(parts)))
    return pd.DataFrame(limits, columns=["share", "low", "high"]).assign(alone=alone)


def _reaches(table: pd.DataFrame) -> pd.DataFrame:
    below, above = table["share"] - table["low"], table["high"] - table["share"]
    return table.assign(reach=(below + above) / 2, reach_of_change=np.hypot(below, above))


def _needed(sentences: int, counted: float, precision: float, recall: float) -> int:
    """The fewest sentences to code so that half the interval is no more than AIM, nor than half the share."""

    def room(coded: int) -> float:
        """By how much half the interval stays below what is wanted."""
        share, low, high, _ = _expect(np.array([coded]), sentences, [counted], precision, recall).iloc[0]
        return min(AIM, share / 2) - (high - low) / 2

    return 1 + bisect_left(range(1, sentences), 0, key=room)
