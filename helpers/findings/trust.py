"""Notebook 08: whether the codebook can be trusted."""

import pandas as pd

from helpers.codebook.terms import DEPENDENT, without_words_from
from helpers.coders.errors import add_intervals, compare_with_coders, precision_and_recall
from helpers.files.tables import ids_of
from helpers.findings.words import first_that_fits, listed, marked, plain, who_coded

ALL = "all frames"
FEWER = {  # what is left out: values of the codebook's column word_from
    "all frames, without terms that rest on the seeds": DEPENDENT[:1],
    "all frames, without terms that rest on the seeds or the definitions": DEPENDENT,
}
GOOD = 0.8  # both the lower ends of precision and recall must reach it, as agreement is asked to (Krippendorff 2004)
READ = "whoever wrote the terms had read these sentences"
VERDICTS = {
    "not coded": "Cannot be told: no coder has judged any sentence for these frames.",
    "read before": "Cannot be told for other texts. On {sentences} sentences that its writer knew, coded by {coders}, "
    "it is right in {right} cases and finds {found}.{then}",
    "in part": "Only in part, not for {failing}. On {sentences} sentences of {on}, coded by {coders}, it is right in "
    "{right} cases and finds {found}.{then}",
    "as a whole": "{answer}. On {sentences} sentences of {on}, coded by {coders}, it is right in {right} cases and "
    "finds {found}.{then}",
}
ANSWERS = {
    "fits": "Yes, for texts like these",
    "too often wrong": "Not by itself: it is too often wrong",
    "misses too much": "Not by itself: it misses too much",
    "too few to say": "Cannot be told from so few sentences",
    "found by nobody": "Cannot be told: neither coders nor codebook find any frame",
}
THEN = {
    "read": " On {on}, which its writer knew: {right} and {found}.",
    "rests": " On {on}: {found}, but {fewer} without terms from the seeds.",
    "other": " On {on}: {right} and {found}.",
    "not coded": " Nobody has coded {on}.",
}
FAILING = ["too often wrong", "misses too much"]
COUNTED = {"coders": ("coders", "max"), "split": ("split", "sum"), "pairs": ("sentences", "sum")}
DIFFER = (
    "{coders} coders ({who}) differ in {split} of {pairs} judgements of a sentence for a frame. Krippendorff's alpha "
)
AGREEMENT = {
    "alone": "No sentence was judged by two coders, so nothing is known of their agreement.",
    "undefined": f"{DIFFER}has no value, because nothing varies.",
    "complete": f"{DIFFER}is 1.00 for {{whole}} of {{frames}} frames; where nothing varies, it has no value.",
    "known": f"{DIFFER}is 1.00 for {{whole}} of {{frames}} frames; it is lowest for {{frame}}: {{alpha:.2f}} (95% "
    "interval {low:.2f} to {high:.2f}).",
}


def smaller_codebooks(codebook: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The codebook without the terms that rest on the seeds, then without those on the definitions too; by what
    find_trust calls the row."""
    return {name: without_words_from(codebook, places) for name, places in FEWER.items()}


def find_trust(
    hits: pd.DataFrame, fewer: dict, votes: pd.DataFrame, frames: list[str], *, on: str, read: list[str]
) -> pd.DataFrame:
    """How often the codebook is right and how much it finds, against the coders' majority: all frames together first.

    hits     one row per term found, from find_hits; fewer: likewise, of each of smaller_codebooks
    votes    one row per sentence and frame the coders decided, from majority
    on       what was coded: "the seeds", "official speech", "your articles"
    read     the articles that whoever wrote the terms had read
    returns  one row for all frames, one for each of `fewer` that comes to something else, then one per frame, the
             worst (by F1) first: frame, on, finding (a phrase, see `finding_of`), sentences (decided), right ("13 of
             14" sentences that the codebook gives the frame; right_at: the 95% interval of this share), found ("13 of
             13" that the coders give it, found_at), F1, coders and caution (in the first row), ids (of the sentences to
             which either gives it). Where nothing is decided, one row
    """
    if votes.empty:
        return pd.DataFrame([{"frame": ALL, "on": on, "finding": "not coded", "ids": ""}])
    compared = compare_with_coders(hits, votes)
    without = [_scored(compare_with_coders(found, votes).assign(frame=name), [name]) for name, found in fewer.items()]
    whole = _scored(compared.assign(frame=ALL), [ALL])
    whole = whole.assign(coders=who_coded(votes["kind"]))
    whole = whole.assign(caution=READ if votes["article"].isin(read).any() else "")
    without = [row for row in without if not row[["right", "found"]].equals(whole[["right", "found"]])]
    rows = pd.concat([whole, *without, _scored(compared, frames).sort_values("F1", kind="stable")], ignore_index=True)
    sentences = votes.groupby("frame", observed=True)["sentence"].size()
    rows["sentences"] = rows["frame"].map(sentences).fillna(votes.groupby(["article", "sentence"]).ngroups).astype(int)
    columns = "frame on finding sentences right right_at found found_at F1 coders caution ids".split()
    return rows.assign(on=on)[columns].fillna({"coders": "", "caution": ""})


def in_order_of_worth(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Tables of find_trust one below the other: first texts that whoever wrote the terms had not read, then those read,
    then those that nobody coded. What is about all frames comes before the single frames."""
    table = pd.concat(sorted(tables, key=_worth))
    table = table.sort_values("frame", key=lambda names: ~names.isin([ALL, *FEWER]), kind="stable", ignore_index=True)
    return table.astype({"sentences": "Int64"}) if "sentences" in table else table


def _worth(table: pd.DataFrame) -> tuple[bool, bool]:
    whole = table.iloc[0]
    return whole["finding"] == "not coded", bool(whole.get("caution"))


def judge_trust(findings: pd.DataFrame) -> str:
    """Whether the codebook can be trusted, by what was coded first in the table; then how it does on the other texts.

    findings  one row per frame and body of texts, from find_trust
    """
    tables = [own for _, own in findings.groupby("on", sort=False)]
    own, whole = tables[0][~tables[0]["frame"].isin(FEWER)], tables[0].iloc[0]
    if whole["finding"] == "not coded":
        return VERDICTS["not coded"]
    failing = listed(map(plain, own.loc[own["finding"].isin(FAILING), "frame"]), 3)
    case = "read before" if whole["caution"] else "in part" if failing and whole["finding"] == "fits" else "as a whole"
    about = whole.to_dict() | {"failing": failing, "answer": ANSWERS[whole["finding"]]}
    then = ["".join(_then(table, rests=rests) for table in tables[1:]) for rests in (True, False)]
    return first_that_fits(VERDICTS[case].format(**about, then=more) for more in (*then, ""))


def _then(own: pd.DataFrame, *, rests: bool) -> str:
    """How the codebook does on texts that come second.

    own    their rows
    rests  whether to say how much it finds without the terms that rest on the seeds
    """
    whole, fewer = own.iloc[0], own.loc[own["frame"].eq(next(iter(FEWER))), "found"]
    if whole["finding"] == "not coded" or not whole["caution"]:
        return THEN["not coded" if whole["finding"] == "not coded" else "other"].format(**whole)
    if rests and len(fewer):
        return THEN["rests"].format(**whole, fewer=fewer.iloc[0].split()[0])
    return THEN["read"].format(**whole)


def finding_of(score: dict) -> str:
    """What one row of add_intervals comes to: the codebook fits where both intervals lie above GOOD, it fails where one
    lies below."""
    if not score["both"] + score["codebook_only"] + score["coders_only"]:
        return "found by nobody"
    if score["precision_high"] < GOOD:
        return "too often wrong"
    if score["recall_high"] < GOOD:
        return "misses too much"
    return "fits" if score["precision_low"] >= GOOD and score["recall_low"] >= GOOD else "too few to say"


def title_of_trust(findings: pd.DataFrame) -> str:
    """How often the codebook is right and how much it finds, as a figure's title."""
    first = findings.iloc[0]
    if first["finding"] == "not coded":
        return "No coder has judged these frames"
    where = f"On {first['on']} the codebook is right in {first['right']} cases and finds {first['found']}"
    return f"{where}: the bars are what so few leave open"


def say_agreement(alphas: pd.DataFrame) -> str:
    """How far the coders agree, in two sentences.

    alphas  one row per frame, from alpha_per_frame
    """
    known = alphas.dropna(subset="alpha").sort_values(["alpha", "frame"])
    about = {name: alphas[column].agg(how) for name, (column, how) in COUNTED.items()}
    about |= {"whole": int(known["alpha"].eq(1).sum()), "frames": len(alphas)}
    about["who"] = who_coded(alphas.loc[alphas["sentences"].gt(0), "kind"])
    if not about["pairs"]:
        return AGREEMENT["alone"]
    if known.empty:
        return AGREEMENT["undefined"].format(**about)
    least = known.iloc[0].to_dict()
    case = "complete" if least["alpha"] == 1 else "known"
    return marked(AGREEMENT[case], **about | least | {"frame": plain(least["frame"]), "coders": about["coders"]})


def _scored(compared: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """Rows of find_trust for these frames."""
    scores = add_intervals(precision_and_recall(compared, frames)).to_dict("records")
    ids = ids_of(compared).groupby(compared["frame"]).agg(" ".join)
    return pd.DataFrame([_row(score) | {"ids": ids.get(score["frame"], "")} for score in scores])


def _row(score: dict) -> dict:
    row = {"frame": score["frame"], "finding": finding_of(score), "F1": score["f1"]}
    for name, measure, other in (("right", "precision", "codebook_only"), ("found", "recall", "coders_only")):
        row[name] = f"{score['both']:,} of {score['both'] + score[other]:,}"
        low, high = score[f"{measure}_low"], score[f"{measure}_high"]
        row[f"{name}_at"] = "no interval" if pd.isna(low) else f"{low:.2f} to {high:.2f}"
    return row
