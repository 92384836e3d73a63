"""Notebook 05: who speaks, and how they frame it."""

from collections.abc import Iterator

import pandas as pd

from helpers.files.cells import as_csv
from helpers.files.tables import join_ids
from helpers.findings.words import fenced, first_that_fits, listed, plain
from helpers.readings.voices import VOICES, pool_voices

NAMES = {
    "reporter": "the reporter",
    "United States": "US speakers",
    "Mexico": "Mexican speakers",
    "both or unknown": "both or unknown speakers",
}
KINDS = {"person": "people listed", "body": "bodies listed"}
NEARLY_ALL = 0.9  # of the frames outside anybody's words: as in speeches and statements, which quote few people
VERDICTS = {
    "nothing": "Cannot be told: no sentence carries a frame.",
    "text": "The rules hear almost nobody: {count:,} of {of:,} frames come in the text's own words, the reporter's or, "
    "in a speech or statement, its speaker's.",
    "tie": "No voice leads: frames come from {all} (of {of:,}).",
    "alone": "All frames come from {first} ({count:,}).",
    "one": "Frames come most often from {first} ({count:,} of {of:,}), then {others}.",
}
ON_PAGES = "On pages of their own: {said}."
MARKED = "In quotation marks alone: {said}."
PEOPLE = {
    "mostly not found quoted": "Most listed people named are not found quoted: {count:,} of {of:,}.",
    "mostly quoted": "Listed people named but not found quoted: {count:,} of {of:,}.",
    "none is named": "Nobody on our list of people is named.",
}
NOBODY_UNLISTED = "Nobody who is not on the list stands beside a verb of saying more than once."
MOST_PROPOSED = 12  # rows of actors.csv that a page shows
OWN_PAGES = "count on pages of their own"
NOBODY_READ = "Nobody has marked the quotations of these articles by reading: how often the rules err is not known."


def find_voices(
    counts: pd.DataFrame,
    quoted: pd.DataFrame,
    own: pd.DataFrame,
    words: pd.DataFrame,
    heard: pd.DataFrame,
    reading: pd.DataFrame,
) -> pd.DataFrame:
    """Which voice carries frames most often and which frames it leads on, and how many of those named are never quoted.

    counts   one row per article, frame and voice, from count_voices; quoted: the same if only what is in quotation
             marks counts as somebody's words; own: if only what a page's author says there does
    words    one row per word, from give_voices: voice
    heard    one row per person or body named, from count_heard
    reading  one row per stretch that a reader marked: speaker; empty where nobody has read
    returns  one row per voice, the busiest first, then one for people and one for bodies: about, finding (a phrase),
             count (sentences that carry a frame in this voice, once for each frame; people or bodies never quoted), of,
             words (of this voice), count in quotation marks only, count on pages of their own (where there are such
             pages), count by a reader, leads most on (the frame most of whose sentences are in this voice, and in no
             other voice as many), leads also on, ids
    """
    pooled = pool_voices(counts)
    of = len(_carrying(pooled))
    groups = pooled.groupby("voice", observed=False)
    table = groups["count"].sum().reset_index().assign(of=of, ids=join_ids(pooled["ids"], groups))
    table["words"] = table["voice"].map(words["voice"].value_counts()).fillna(0).astype(int)
    direct = quoted.groupby("voice", observed=False)["count"].sum()
    table["count in quotation marks only"] = table["voice"].map(direct)
    table[OWN_PAGES] = table["voice"].map(own.groupby("voice", observed=False)["count"].sum())
    leads = _leads(pooled)
    table["leads most on"] = [", ".join(leads[voice][:1]) for voice in table["voice"]]
    table["leads also on"] = [", ".join(leads[voice][1:]) for voice in table["voice"]]
    table["finding"] = [_rank(count, table["count"]) for count in table["count"]]
    table = table.sort_values("count", ascending=False, kind="stable").assign(about=table["voice"].map(NAMES))
    table = pd.concat([table, pd.DataFrame([_heard(heard, reading, kind) for kind in KINDS])], ignore_index=True)
    columns = ["about", "finding", "count", "of", "words", "count in quotation marks only", "count by a reader"]
    columns[6:6] = [OWN_PAGES] if own["count"].any() else []
    whole = dict.fromkeys(["words", *columns[5:-1]], "Int64")
    return table[[*columns, "leads most on", "leads also on", "ids"]].astype(whole)


def judge_voices(findings: pd.DataFrame) -> str:
    """Whose words carry frames most often, what the two countries' speakers lead on, how many people are not quoted.

    findings  one row per claim, from find_voices
    """
    return first_that_fits(_ways_to_tell(findings))


def title_of_voices(findings: pd.DataFrame) -> str:
    """Whose words carry frames most often, as a figure's title."""
    return next(_ways_to_tell(findings)).split(". ")[0].split(", then")[0]


def title_of_speakers(links: pd.DataFrame) -> str:
    """Who carries frames most often, as a figure's title.

    links  one row per speaker and frame, from link_speakers
    """
    sums = links[links["speaker"].ne("unknown")].groupby("speaker")["count"].sum()
    if sums.empty:
        return "No frame comes from a speaker whose name is known"
    return f"Most frames from one speaker: {listed(sums.index[sums.eq(sums.max())], 3)} ({sums.max():,})"


def say_unlisted(proposed: pd.DataFrame) -> str:
    """The first rows for actors.csv as a block of CSV in Markdown.

    proposed  one row per person or body, from propose_actors
    """
    if proposed.empty:
        return NOBODY_UNLISTED
    return fenced(as_csv(proposed.head(MOST_PROPOSED)))


def score_rules(compared: pd.DataFrame) -> pd.DataFrame:
    """How well the rules do beside a reader, in one row: quotations the rules find, quotations a reader marked, found
    by both, with the same speaker.

    compared  one row per stretch, from compare_with_reading
    """
    both = compared[~compared["verdict"].isin(["rules only", "reader only"])]
    row = {"quotations the rules find": compared["verdict"].ne("reader only").sum()}
    row |= {"quotations a reader marked": compared["verdict"].ne("rules only").sum(), "found by both": len(both)}
    return pd.DataFrame([row | {"with the same speaker": both["verdict"].ne("other speaker").sum()}])


def _carrying(pooled: pd.DataFrame) -> pd.DataFrame:
    """Each frame with each sentence that carries it, in whichever voice: frame, id."""
    places = pooled[["frame"]].assign(id=pooled["ids"].str.split()).explode("id")
    return places.dropna(subset="id").drop_duplicates()


def _leads(pooled: pd.DataFrame) -> dict[str, list[str]]:
    """The frames that each voice leads on, with its count of all sentences that carry them; the most sentences first.
    A frame that two voices carry equally often has no leader."""
    carried, found = _carrying(pooled)["frame"].value_counts(), []
    for frame, own in pooled.groupby("frame", sort=False):
        first = own[own["count"].eq(own["count"].max()) & own["count"].gt(0)]
        found += [(row.count, frame, row.voice) for row in first.itertuples() if len(first) == 1]
    found = sorted(found, key=lambda lead: (-lead[0], lead[1]))
    return {
        voice: [f"{plain(frame)} ({count:,} of {carried[frame]:,})" for count, frame, own in found if own == voice]
        for voice in VOICES
    }


def _rank(count: int, counts: pd.Series) -> str:
    if not count:
        return "carries no frame"
    if count < counts.max():
        return "carries frames less often"
    return "carries frames most often" if counts.eq(count).sum() == 1 else "carries frames as often as another"


def _heard(heard: pd.DataFrame, reading: pd.DataFrame, kind: str) -> dict:
    """The row of find_voices for people or for bodies."""
    own = heard[heard["kind"].eq(kind)]
    silent = own[own["quotations"].eq(0)]
    most = 2 * len(silent) > len(own)
    finding = ("mostly not found quoted" if most else "mostly quoted") if len(own) else "none is named"
    row = {"about": KINDS[kind], "finding": finding, "count": len(silent), "of": len(own), "ids": ""}
    read = (~silent["actor"].isin(reading["speaker"])).sum() if len(reading) else None
    return row | {"count by a reader": read, "leads most on": "", "leads also on": ""}


def _ways_to_tell(findings: pd.DataFrame) -> Iterator[str]:
    """The verdict from all there is to say to the least."""
    voices = findings[findings["about"].isin(NAMES.values()) & findings["count"].gt(0)]
    people = findings[findings["about"].eq(KINDS["person"])].iloc[0]
    who = PEOPLE[people["finding"]].format(count=people["count"], of=people["of"])
    if voices.empty:
        yield f"{VERDICTS['nothing']} {who}"
        return
    told = _tell_voices(voices)
    if OWN_PAGES in voices:
        own = voices[voices[OWN_PAGES].gt(0)].to_dict("records")
        pages = ON_PAGES.format(said=listed(f"{row['about']} ({row[OWN_PAGES]:,})" for row in own))
        yield f"{told} {pages} {who}"
        yield f"{told} {pages}"
    elif voices["about"].isin([NAMES["United States"], NAMES["Mexico"]]).any():
        yield f"{told} {_tell_marked(voices)} {who}"
    yield f"{told} {who}"
    yield told


def _tell_voices(voices: pd.DataFrame) -> str:
    """The three voices that carry most frames.

    voices  the rows of find_voices of those that carry any, the busiest first
    """
    first, shown = voices.iloc[0], [f"{row.about} ({row.count:,})" for row in voices.itertuples()]
    case = "one" if first["finding"] == "carries frames most often" else "tie"
    case = case if len(voices) > 1 else "alone"
    if first["about"] == NAMES["reporter"] and first["count"] >= NEARLY_ALL * first["of"]:
        case = "text"
    about = {"first": first["about"], "count": first["count"], "of": first["of"]}
    return VERDICTS[case].format(**about, others=listed(shown[1:3]), all=listed(shown))


def _tell_marked(voices: pd.DataFrame) -> str:
    """How often the two countries' speakers carry a frame in quotation marks, where the words are surely theirs."""
    own = voices[voices["about"].isin([NAMES["United States"], NAMES["Mexico"]])].to_dict("records")
    return MARKED.format(said=listed(f"{row['about']} ({row['count in quotation marks only']:,.0f})" for row in own))
