"""Shares of the whole corpus beside what the codebook counts: estimated where a random sample is coded; else what
sample would tell them."""

import pandas as pd
from IPython.display import Markdown

from helpers.codebook.terms import frames_of, is_own
from helpers.coders.official import score_official
from helpers.coders.samples import add_period, code_sample, how_coded
from helpers.files.outputs import write_numbers
from helpers.findings.page import readable
from helpers.findings.words import listed, marked, percent, plain, sentence, who_coded
from helpers.measures.estimates import change_between, estimate_shares
from helpers.measures.sample_plans import plan_for_corpus, plan_sample

GUESSED = 0.7  # precision and recall of frames not coded in official speech, or of another codebook; about as ours
SMALL = 100  # of a year with fewer sentences all may as well be coded
ALL_JUDGED = "{coders} judged every sentence. The counts can be compared with these codes; nothing is left to estimate."
STANDS = {
    "not at random": "Shares are raw counts of what the terms find, errors included. The coders' files have no column "
    "`chance`: they tell how the codebook errs, and cannot be used to estimate shares.",
    "nobody": "Shares are raw counts of what the terms find, errors included. Nobody has coded a random sample.",
}
PLANS = {
    "few": " With so few sentences (in a typical year {sentences}), code them all.",
    "many": " Code {coded} sentences of each year, and the share of {often} (counted: {often_counted}) would be known "
    "to within {often_reach} points, that of {rare} (counted: {rare_counted}) to within {rare_reach}. "
    "[Notebook `13`](13-what-does-a-coded-sample-settle.ipynb) shows how.",
}
ALONE = " For {frames} this plans for hand-coding alone: a list that errs as supposed would not find so many sentences."


def show_estimates(
    hits: pd.DataFrame, labels: pd.DataFrame, sentences: pd.DataFrame, codebook: pd.DataFrame, *, name: str
) -> Markdown:
    """Estimates as a page shows them, of the first and the last year and of the change; or, where there is no random
    sample, that shares are raw counts, and what sample would settle them; or who judged every sentence.

    name  all years are written as figures/NAME.csv, where there are estimates
    """
    if sentences.empty:
        return Markdown("Nothing to estimate.")
    coding = how_coded(labels, sentences)
    if coding == "all":
        coders = who_coded(code_sample(labels, sentences)["kind"])
        return Markdown(ALL_JUDGED.format(coders=sentence(coders)))
    if coding != "sample":
        return Markdown(say_plan(coding, find_plan(hits, sentences, codebook)))
    estimates = find_estimates(hits, labels, sentences, frames_of(codebook))
    write_numbers(estimates, name)
    return readable(in_percent(estimates[estimates["shown"]]), most=60)


def find_estimates(
    hits: pd.DataFrame, labels: pd.DataFrame, sentences: pd.DataFrame, frames: list[str]
) -> pd.DataFrame:
    """Share of sentences that carry each frame, by year and from the first year coded to the last.

    hits, sentences  of the whole corpus; labels: one row per judgement, from load_labels, drawn at random
    returns          one row per frame and year, and one per frame for the change: frame, year ("2021"; "2021 to 2026"),
                     sentences, coded, coders (people or a language model), counted (by the codebook), share, low,
                     high (estimated, 95% interval), shown (whether it is the first year, the last, or the change)
    """
    parted = add_period(sentences)
    coded = code_sample(labels, sentences)
    table = estimate_shares(hits, coded, parted, frames)
    table = table.rename(columns={"period": "year"})
    years = sorted(set(table.loc[table["coded"].gt(0), "year"]) - {"undated"}) or ["undated"]
    ends = [years[0], years[-1]]
    table["shown"] = table["year"].isin(ends)
    if ends[0] != ends[1]:
        change = change_between(table.rename(columns={"year": "period"}), *ends)
        counted = table.pivot(index="frame", columns="year", values="counted")
        moved = change["frame"].map(counted[ends[1]] - counted[ends[0]])
        change = change.assign(year=" to ".join(ends), counted=moved, share=change["change"], shown=True)
        table = pd.concat([table, change])
    table = table.sort_values("frame", key=lambda names: names.map(frames.index), kind="stable", ignore_index=True)
    coders = coded.groupby("frame")["kind"].agg(who_coded)
    table["coders"] = table["frame"].map(coders).fillna("")
    table[["sentences", "coded"]] = table[["sentences", "coded"]].astype("Int64")
    return table["frame year sentences coded coders counted share low high shown".split()]


def find_changes(hits: pd.DataFrame, labels: pd.DataFrame, sentences: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """How each frame's share changes from the first year coded to the last, where a random sample is coded.

    returns  the rows of find_estimates about changes that have an interval: frame, year ("2021 to 2026"), share, low,
             high (0 to 1), ...; none where there is no random sample, or only one year of it
    """
    if sentences.empty or how_coded(labels, sentences) != "sample":
        return pd.DataFrame(columns=["frame", "year", "share", "low", "high"])
    table = find_estimates(hits, labels, sentences, frames)
    return table[table["year"].str.contains(" to ") & table["low"].notna()].reset_index(drop=True)


def find_plan(hits: pd.DataFrame, sentences: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """What a sample of this corpus would settle, if the codebook errs here as the collection's own does in official
    speech. How another codebook errs there says nothing of it here, so that it is guessed.

    returns  one row per frame and number coded, the most frequent frame first, as in plan_for_corpus
    """
    frames = frames_of(codebook)
    scores = score_official(codebook).set_index("frame")[["precision", "recall"]].reindex(frames if is_own() else [])
    scores = scores.reindex(frames).fillna(GUESSED).rename_axis("frame").reset_index()
    table = plan_for_corpus(hits, add_period(sentences), scores)
    return table.sort_values(["counted", "frame", "coded"], ascending=[False, True, True], ignore_index=True)


def say_plan(coding: str, plan: pd.DataFrame) -> str:
    """Whether shares are raw counts, and what sample would settle them, in Markdown.

    coding  from how_coded: "not at random" or "nobody"
    plan    from find_plan
    """
    case = "few" if is_small(plan) else "many"
    alone = plan.loc[plan["alone"], "frame"].drop_duplicates()
    said = marked(ALONE, frames=listed(map(plain, alone), 5)) if case == "many" and len(alone) else ""
    return STANDS[coding] + marked(PLANS[case], **about_plan(plan)) + said


def is_small(plan: pd.DataFrame) -> bool:
    """Whether a typical year has so few sentences that all may as well be coded."""
    return plan["sentences"].iloc[0] < SMALL


def list_plan(plan: pd.DataFrame) -> pd.DataFrame:
    """How far each frame's share would be known in a corpus, by the number of sentences coded.

    plan     from find_plan
    returns  one row per frame: frame, counted (percent of sentences), a column for each number coded ("100 coded":
             points to either side), needed
    """
    own = plan.drop_duplicates("frame")[["frame", "counted", "needed"]].assign(counted=lambda t: 100 * t["counted"])
    table = own.round(1).join(_by_number(plan, "frame", "reach", "coded"), on="frame")
    return table[[name for name in table if name != "needed"] + ["needed"]].reset_index(drop=True)


def list_reaches(sentences: int, *, precision: float, recall: float) -> pd.DataFrame:
    """How far shares, and changes between two years, would be known, by the number of sentences coded in each year.

    returns  one row per share: share (percent of sentences), a column for each number coded ("100 coded": points to
             either side), and the same for changes
    """
    plan = plan_sample(sentences, precision=precision, recall=recall).assign(share=lambda t: 100 * t["share"])
    table = _by_number(plan, "share", "reach", "coded")
    return table.join(_by_number(plan, "share", "reach_of_change", "coded, change")).reset_index()


def _by_number(plan: pd.DataFrame, row: str, value: str, name: str) -> pd.DataFrame:
    wide = plan.pivot(index=row, columns="coded", values=value).mul(100).round(1)
    return wide.set_axis([f"{number:,} {name}" for number in wide], axis="columns")


def about_plan(plan: pd.DataFrame) -> dict:
    """The numbers of a plan that a sentence tells: of the most frequent frame, and of the rarest that is found.

    plan  from find_plan
    """
    most = plan["coded"][plan["coded"].le(200)].max()
    own = plan[plan["coded"].eq(most if most == most else plan["coded"].min())]
    found = own[own["counted"].gt(0)]
    often, rare = own.iloc[0], (found if len(found) else own).iloc[-1]
    about = {"coded": f"{often['coded']:,}", "sentences": f"{often['sentences']:,}"}
    for name, row in (("often", often), ("rare", rare)):
        about |= {name: plain(row["frame"]), f"{name}_counted": percent(row["counted"])}
        about |= {f"{name}_reach": f"{100 * row['reach']:.1f}"}
    return about


def in_percent(table: pd.DataFrame) -> pd.DataFrame:
    """Estimates as a page shows them: shares in percent of the sentences, changes in points, intervals in words.

    table  from find_estimates or find_settled; others stay as they are
    """
    shown = [name for name in ("truth", "counted", "share", "low", "high") if name in table]
    if "low" not in shown:
        return table
    texts = {name: [f"{100 * value:.1f}" if pd.notna(value) else "" for value in table[name]] for name in shown}
    table = table.assign(**texts).drop(columns="shown", errors="ignore")
    return table.rename(columns={"share": "estimated", "low": "at least", "high": "at most"})
