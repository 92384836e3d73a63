"""Notebook 06: what the governments agreed."""

from collections.abc import Iterator

import pandas as pd

from helpers.findings.words import first_that_fits, listed
from helpers.readings.undertakings import BOTH, FORCES, find_strongest

AGREED, DONE = FORCES[-2:]
ALONE, UNREAD = "nothing by both", "not read, only searched"
VERDICTS = {
    "listed": "Signed or done by both: {done}. Further matters agreed: {agreed}. Articles with neither: {weaker}.",
    "nothing": "Cannot be told: nobody has listed what these articles report, and no verb of commitment is found.",
    "searched": "Cannot be told: nobody has listed what these articles report. Verbs of commitment that a reader would "
    "have to check: {places}.",
}
OTHERS = "Nobody has listed what the other articles report."
SIDE_ALONE = "One side alone: {alone:,} of {of:,} undertakings."
COLUMNS = ["about", "finding", "verb", "what", "count", "of", "agreed or firmer", "by one side alone", "read otherwise"]


def find_undertakings(merged: pd.DataFrame, otherwise: pd.DataFrame, commitments: pd.DataFrame) -> pd.DataFrame:
    """The firmest of what both governments undertake, by article; of articles that nobody has read, the verbs found.

    merged       one row per article and undertaking, in order of date, from merge_reports
    otherwise    the same by the other reading of doubtful rows
    commitments  one row per place where a verb of commitment is found: article, force, words
    returns      one row per article that has undertakings listed: about (its label), finding (the firmest force of what
                 both undertake), verb and what (of the first of them), count (undertakings of both that are so firm),
                 of (all undertakings), agreed or firmer (by both), by one side alone, read otherwise (the firmest force
                 by the other reading), ids; then one row per force of the verbs found in articles without a list: about
                 (the force), finding, verb (the most frequent forms), count (places), of (places of every force)
    """
    bare = commitments[~commitments["article"].isin(merged["article"])]
    rows = [*_listed_rows(merged, otherwise), *_searched_rows(bare)]
    table = pd.DataFrame(rows, columns=[*COLUMNS, "ids"])
    return table.astype(dict.fromkeys(["count", "of", "agreed or firmer", "by one side alone"], "Int64"))


def judge_undertakings(findings: pd.DataFrame) -> str:
    """What both signed or did, what they agreed, where it was nothing so firm, and how much is one side's alone; where
    nothing is listed, how many verbs of commitment there are.

    findings  one row per claim, from find_undertakings
    """
    read = findings[findings["agreed or firmer"].notna()]
    if read.empty:
        return _tell_searched(findings[findings["finding"].eq(UNREAD)])
    others = OTHERS if findings["finding"].eq(UNREAD).any() else ""
    return first_that_fits(f"{verdict} {others}".strip() for verdict in _ways_to_tell(read))


def title_of_undertakings(findings: pd.DataFrame) -> str:
    """What both signed or did and what they agreed, as a figure's title.

    findings  one row per claim, from find_undertakings
    """
    read = findings[findings["agreed or firmer"].notna()]
    return "No undertaking is listed" if read.empty else next(_ways_to_tell(read)).split(". Articles")[0]


def _listed_rows(merged: pd.DataFrame, otherwise: pd.DataFrame) -> Iterator[dict]:
    joint, other = (find_strongest(table[table["who"].eq(BOTH)]).set_index("article") for table in (merged, otherwise))
    for article, own in merged.groupby("article", sort=False):
        both = own[own["who"].eq(BOTH)]
        row = {"about": own["label"].iloc[0], "finding": ALONE, "of": len(own), "ids": " ".join(own["ids"])}
        row |= {"agreed or firmer": int(both["force"].ge(AGREED).sum()), "by one side alone": len(own) - len(both)}
        row["read otherwise"] = other.loc[article, "force"] if article in other.index else ALONE
        if article in joint.index:
            top = joint.loc[article]
            row |= {"finding": top["force"], "verb": top["verb"], "what": top["what"], "count": top["undertakings"]}
        yield row


def _searched_rows(commitments: pd.DataFrame) -> Iterator[dict]:
    for force in FORCES[::-1]:
        own = commitments[commitments["force"].eq(force)]
        if len(own):
            forms = (
                own["words"]
                .str.lower()
                .value_counts(sort=False)
                .sort_index()
                .sort_values(ascending=False, kind="stable")
            )
            yield {
                "about": force,
                "finding": UNREAD,
                "verb": listed(forms.index, 3),
                "count": len(own),
                "of": len(commitments),
            }


def _ways_to_tell(read: pd.DataFrame) -> Iterator[str]:
    """The verdict on the articles with a list, from all there is to say to the least."""
    done, weaker = read[read["finding"].eq(DONE)], read[~read["finding"].isin([AGREED, DONE])]
    agreed = read[read["agreed or firmer"].gt(read["count"].where(read["finding"].eq(DONE), 0))]
    matters = int(read["agreed or firmer"].sum() - done["count"].sum())
    alone = SIDE_ALONE.format(alone=read["by one side alone"].sum(), of=read["of"].sum())
    for most in (4, 1):
        names = [f"{row.what} ({row.about})" for row in done.itertuples()]
        told = VERDICTS["listed"].format(
            done=listed(names, most) or "nothing",
            agreed=f"{matters:,} ({listed(agreed['about'], most)})" if matters else "none",
            weaker=listed(weaker["about"], most) or "none",
        )
        yield f"{told} {alone}"
    yield told


def _tell_searched(searched: pd.DataFrame) -> str:
    places = listed(f"{row['about']} ({row['count']:,})" for row in searched.to_dict("records"))
    return VERDICTS["searched" if places else "nothing"].format(places=places)
