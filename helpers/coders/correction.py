"""Shares corrected for the errors that were measured against coders."""

import numpy as np
import pandas as pd

from helpers.files.tables import require
from helpers.measures.tests import Z, square_and_add, wilson

UNREAD = "coders decided no sentence"
FEWEST = 5  # sentences that a rate must rest on


def error_rates(hits: pd.DataFrame, votes: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """How often the codebook is right about a sentence that carries a frame, and about one that does not.

    hits     one row per hit: article, sentence, frame
    votes    one row per sentence and frame decided, from majority: only these sentences count
    returns  one row per frame, in the order given: frame, marked (by the majority), found (of these, by the codebook
             too), sensitivity (found / marked: its recall), unmarked, silent (of these, by the codebook too),
             specificity (silent / unmarked); NaN where there is nothing to divide by
    """
    require(votes, "article sentence frame value", "error_rates: votes, from majority")
    fired = hits[["article", "sentence", "frame"]].drop_duplicates().astype({"frame": str}).assign(fired=1)
    both = votes.astype({"frame": str}).merge(fired, on=["article", "sentence", "frame"], how="left")
    yes, fires = both["value"].eq(1), both["fired"].eq(1)
    counts = both.assign(marked=yes, found=yes & fires, unmarked=~yes, silent=~yes & ~fires).groupby("frame")
    table = counts[["marked", "found", "unmarked", "silent"]].sum().reindex(frames).fillna(0).astype(int)
    table = table.rename_axis("frame").reset_index()
    table = table.assign(sensitivity=table["found"] / table["marked"], specificity=table["silent"] / table["unmarked"])
    return table[["frame", "marked", "found", "sensitivity", "unmarked", "silent", "specificity"]]


def correct_shares(shares: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """Shares as they would be if the codebook made no errors, with an interval that widens with what we do not know.

    The share is (raw + specificity - 1) / (sensitivity + specificity - 1), kept between 0 and 1 (Rogan & Gladen 1978,
    Am. J. Epidemiol. 107: 71-76). The 95% interval takes along that the article is few sentences and that both rates
    were measured on few (Lang & Reiczigel 2014, Prev. Vet. Med. 113: 13-22, eq. 4, 6, 7, 16 and 17, as in prevSeSp of
    the R package asht, without the sign misprinted in eq. 4). It supposes that the errors are alike in all articles,
    and that the rates were measured on sentences other than those corrected. Where a rate rests on fewer than 5
    sentences no correction is made: simulated, the interval then holds the truth in as few as 55 to 85 of 100 cases,
    from 5 on in 90 or more, from 13 on in 94 or more (tests/test_correction.py).

    shares   one row per article and frame: article, frame, carrying, sentences, share, ...
    rates    one row per frame, from error_rates
    returns  the same with raw_low, raw_high (Wilson's interval of the raw share), corrected, low, high, and why_not: ""
             or, where these are NaN, the reason why no correction can be made
    """
    require(shares, "article frame carrying sentences share", "correct_shares: shares, from share_of_sentences")
    own = shares[["frame"]].astype(str).merge(rates, on="frame", how="left").set_index(shares.index)
    raw = wilson(shares["carrying"], shares["sentences"]).rename(columns={"low": "raw_low", "high": "raw_high"})
    why_not = _why_not(own)
    table = _lang_reiczigel(shares["carrying"], shares["sentences"], own).where(why_not.eq(""))
    return pd.concat([shares, raw, table], axis="columns").assign(why_not=why_not)


def change_between(corrected: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """How much each share changes from the first article to the last, with the 95% interval of the difference, as
    counted and corrected.

    The limits come from those of the two shares (compare.square_and_add). That takes the shares for independent;
    corrected ones rest on the same two error rates, which move both the same way: their interval is too wide rather
    than too narrow.

    corrected  one row per article and frame, from correct_shares
    columns    the articles in order of date
    returns    one row per frame: frame, raw, raw_low, raw_high, change, low, high (differences of shares; NaN where no
               correction can be made), why_not; none where there are fewer than two articles
    """
    ends = [columns[0], columns[-1]] if len(columns) > 1 else []
    both = [corrected[corrected["article"].eq(name)].set_index("frame") for name in ends] or [corrected.iloc[:0]] * 2
    first, last = both[0], both[1].reindex(both[0].index)
    raw = square_and_add(*(own[["share", "raw_low", "raw_high"]].to_numpy() for own in (last, first)))
    change = square_and_add(*(own[["corrected", "low", "high"]].to_numpy() for own in (last, first)))
    names = "raw raw_low raw_high change low high".split()
    table = pd.DataFrame(np.column_stack([raw, change]), columns=names, index=first.index)
    return table.assign(why_not=first["why_not"]).rename_axis("frame").reset_index()[["frame", *names, "why_not"]]


def _why_not(rates: pd.DataFrame) -> pd.Series:
    """Why no correction can be made, for each row; "" where it can."""
    few, unknown = rates[["marked", "unmarked"]].fillna(0).astype(int), {"marked": "recall", "unmarked": "specificity"}
    reasons = {UNREAD: few.sum(axis="columns").eq(0)}
    for name, rate in unknown.items():
        reasons[f"no sentence is {name}, so its {rate} is unknown"] = few[name].eq(0)
        reasons[f"fewer than {FEWEST} sentences are {name}: too few to know its {rate}"] = few[name] < FEWEST
    reasons["the codebook does no better than chance"] = rates["sensitivity"] + rates["specificity"] <= 1
    sensitivity, specificity = _smoothed(rates)
    reasons["too few sentences to know that the codebook does better than chance"] = sensitivity + specificity <= 1
    return pd.Series(np.select(list(reasons.values()), list(reasons), default=""), index=rates.index)


def _smoothed(rates: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Both rates with one success and one failure added, as the interval takes them."""
    return (rates["found"] + 1) / (rates["marked"] + 2), (rates["silent"] + 1) / (rates["unmarked"] + 2)


def _lang_reiczigel(carrying: pd.Series, sentences: pd.Series, rates: pd.DataFrame) -> pd.DataFrame:
    """Estimate and interval; the names are the paper's, those with _ its primed ones: z squared successes and failures
    are added to the share, one of each to the two rates."""
    se, sp = rates["sensitivity"], rates["specificity"]
    n_, p_ = sentences + Z**2, (carrying + Z**2 / 2) / (sentences + Z**2)
    se_, sp_ = _smoothed(rates)
    nse_, nsp_ = rates["marked"] + 2, rates["unmarked"] + 2
    true_ = (p_ + sp_ - 1) / (se_ + sp_ - 1)
    var_se, var_sp = se_ * (1 - se_) / nse_, sp_ * (1 - sp_) / nsp_
    shift = 2 * Z**2 * (true_ * var_se - (1 - true_) * var_sp)
    spread = p_ * (1 - p_) / n_ + true_**2 * var_se + (1 - true_) ** 2 * var_sp
    reach = Z * np.sqrt(spread) / (se_ + sp_ - 1)
    true = (carrying / sentences + sp - 1) / (se + sp - 1)
    table = pd.DataFrame({"corrected": true, "low": true_ + shift - reach, "high": true_ + shift + reach})
    return table.clip(0, 1)
