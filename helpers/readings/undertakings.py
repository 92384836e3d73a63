"""What governments undertake: a list made by reading, each row with its words, and a search for verbs beside it."""

from pathlib import Path

import pandas as pd

from helpers.codebook.hits import find_hits
from helpers.codebook.terms import MASK, check_codebook
from helpers.files.tables import beside, read_table, require

# From the weakest to the strongest; defined in seeds/README.md.
FORCES = ["refused or not expected", "asked", "discussed", "pledged", "agreed", "signed or done"]
BOTH = "both"
SIDES = ["United States", "Mexico", BOTH]
COLUMNS = "article sentence who actor verb force other_force negated what words note"


def load_undertakings(path: Path | str | None = None) -> pd.DataFrame:
    """Read and check a list of undertakings.

    returns  one row per undertaking and sentence that reports it: line (of the file), article, sentence, who (United
             States, Mexico, both), actor and verb (as written, "" where the sentence carries on the one before),
             force (ordered, from the weakest), other_force (what another reader might hear: a force, `none` for no
             undertaking, or ""), negated (whether it is that something will not be), what (its name: reports of one
             undertaking share it), words (its evidence, exact words of the sentence), note
    raises   FileNotFoundError; ValueError naming the file, the line and what to do about it
    """
    path = Path(path or beside("undertakings.csv"))
    table = read_table(path, COLUMNS)
    twice = table.duplicated(["article", "sentence", "what"])
    for row in table.assign(twice=twice).itertuples():
        if fault := _fault(row):
            raise ValueError(f"{path}, line {row.Index}: {fault}")
    table = table.assign(
        line=table.index,
        sentence=table["sentence"].astype(int),
        force=_ordered(table["force"]),
        negated=table["negated"].eq("yes"),
    )
    return table[["line", *COLUMNS.split()]]


def check_undertakings(undertakings: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The undertakings of these articles, in the order of their sentences; their words must occur there.

    undertakings  one row per undertaking and sentence, from load_undertakings; those of other articles are left out
    sentences     one row per sentence: article, sentence, text
    raises        ValueError naming the line, the column and the sentence that lacks its words, actor or verb
    """
    require(undertakings, "line article sentence words", "check_undertakings: undertakings, from load_undertakings")
    require(sentences, "article sentence text", "check_undertakings: sentences, from split_sentences")
    own = undertakings[undertakings["article"].isin(sentences["article"].unique())]
    texts = sentences.set_index(["article", "sentence"])["text"]
    for row in own.itertuples():
        place = (row.article, row.sentence)
        if place not in texts.index:
            raise ValueError(
                f"undertakings, line {row.line}: {row.article} has no sentence {row.sentence}. Correct it."
            )
        for column in ("words", "actor", "verb"):
            if getattr(row, column) not in texts[place]:
                raise ValueError(
                    f"undertakings, line {row.line}: {column}: {getattr(row, column)!r} is not in sentence "
                    f"{row.sentence} of {row.article}, which reads {texts[place]!r}. Copy the words from there."
                )
    return sentences[["article", "sentence"]].merge(own, on=["article", "sentence"])[["line", *COLUMNS.split()]]


def load_verbs(path: Path | str | None = None) -> pd.DataFrame:
    """Read and check the verbs of commitment; they follow the rules for terms of the codebook.

    returns  one row per verb or phrase: verb, force (or `none` for a mask), note, in the order of the file
    raises   FileNotFoundError; ValueError naming the file, the line and what to do about it
    """
    path = Path(path or beside("commitment-verbs.csv"))
    table = read_table(path, "verb force", optional="note")
    for line, force in table["force"].items():
        if force not in [*FORCES, MASK]:
            raise ValueError(
                f"{path}, line {line}: the force {force!r} is not known. Write {_any_of([*FORCES, MASK])}."
            )
    terms = check_codebook(table.rename(columns={"verb": "term", "force": "frame"}), path)
    return terms.rename(columns={"term": "verb", "frame": "force"})


def find_commitments(sentences: pd.DataFrame, verbs: pd.DataFrame) -> pd.DataFrame:
    """Every place where a verb of commitment occurs; of two that overlap, the longer.

    sentences  one row per sentence: article, sentence, start, text
    verbs      one row per verb or phrase: verb, force, from load_verbs
    returns    one row per place, in the order of the text: article, sentence, force (ordered), verb (the pattern),
               start, end (offsets into the article's text), words (as printed), negated (a negation reaches it)
    """
    require(verbs, "verb force", "find_commitments: verbs, from load_verbs")
    hits = find_hits(sentences, verbs.rename(columns={"verb": "term", "force": "frame"}), scope="codebook")
    hits = hits.rename(columns={"term": "verb", "frame": "force"})
    return hits.assign(force=_ordered(hits["force"].astype(str)))


def match_by_sentence(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Whether each row has a match among others: listed undertakings among the places found, or these in the list.

    rows, others  one row per undertaking or place: article, sentence, force
    returns       the rows and match: "same force" where others has this force in this sentence, "other force"
                  where it has only others there, "nothing" where it has none
    """
    places = set(zip(others["article"], others["sentence"], strict=True))
    exact = set(zip(others["article"], others["sentence"], others["force"], strict=True))
    return rows.assign(
        match=[
            "same force"
            if (row.article, row.sentence, row.force) in exact
            else "other force"
            if (row.article, row.sentence) in places
            else "nothing"
            for row in rows.itertuples()
        ]
    )


def score_pattern(undertakings: pd.DataFrame, commitments: pd.DataFrame) -> pd.DataFrame:
    """How well the search for verbs finds what was listed by reading, as counts.

    undertakings  one row per listed undertaking and sentence: article, sentence, force
    commitments   one row per place found: article, sentence, force
    returns       one row per force: force, listed, found (listed rows with a place of the same force in the sentence),
                  with other force (with places of other forces only), missed; verbs (places), right (with a listed row
                  of the same force in the sentence), wrong force, nothing listed
    """
    listed, places = match_by_sentence(undertakings, commitments), match_by_sentence(commitments, undertakings)
    table = pd.DataFrame({"force": FORCES})
    for rows, names in [
        (listed, ["listed", "found", "with other force", "missed"]),
        (places, ["verbs", "right", "wrong force", "nothing listed"]),
    ]:
        counts = pd.crosstab(rows["force"].astype(str), rows["match"]).reindex(
            index=FORCES, columns=["same force", "other force", "nothing"], fill_value=0
        )
        table[names] = pd.concat([counts.sum(axis="columns"), counts], axis="columns").to_numpy()
    return table


def merge_reports(undertakings: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Each undertaking of an article once, however many of its sentences report it.

    undertakings  one row per undertaking and sentence, from check_undertakings
    articles      one row per article, in the order wanted: article, label, date
    returns       one row per article and undertaking, in order of the article, then of the text: article, label, date,
                  what, who (both where the reports name two sides), force (the strongest), negated (every report is),
                  verb (as written, of the first report of that force), ids (the sentences: "article:1 article:3")
    """
    rows = []
    for (article, what), own in undertakings.groupby(["article", "what"], sort=False):
        who = own["who"].iloc[0] if own["who"].nunique() == 1 else BOTH
        top = own["force"].max()
        ids = " ".join(f"{article}:{sentence}" for sentence in own["sentence"])
        verb = own.loc[own["force"].eq(top), "verb"].iloc[0]
        rows.append((article, what, who, top, own["negated"].all(), verb, ids))
    columns = ["article", "what", "who", "force", "negated", "verb", "ids"]
    merged = pd.DataFrame(rows, columns=columns).astype({"article": str, "negated": bool})
    merged = articles[["article", "label", "date"]].merge(merged, on="article")
    return merged.assign(force=_ordered(merged["force"]))


def find_strongest(merged: pd.DataFrame) -> pd.DataFrame:
    """The strongest undertaking of each article.

    merged   one row per article and undertaking, from merge_reports
    returns  one row per article that has any: article, label, date, force, undertakings (how many have this force),
             verb and what (of the first of them)
    """
    top = merged[merged["force"].cat.codes.eq(merged["force"].cat.codes.groupby(merged["article"]).transform("max"))]
    first = top.drop_duplicates("article").set_index("article")
    counts = top.groupby("article").size().rename("undertakings")
    columns = ["article", "label", "date", "force", "undertakings", "verb", "what"]
    return first.join(counts).reset_index()[columns]


def read_otherwise(undertakings: pd.DataFrame) -> pd.DataFrame:
    """The list as another reader might have made it: every doubtful row has its other force, or is gone.

    undertakings  one row per undertaking and sentence: force, other_force, ...
    """
    other = undertakings["other_force"].where(undertakings["other_force"].ne(""), undertakings["force"].astype(str))
    return undertakings.assign(force=_ordered(other)).dropna(subset="force").reset_index(drop=True)


def _ordered(forces) -> pd.Categorical:
    """Forces as ordered categories, from the weakest; anything else is missing."""
    return pd.Categorical([force if force in FORCES else None for force in forces], categories=FORCES, ordered=True)


def _fault(row) -> str:
    """What is wrong with one row of the list (its columns, and twice), and what to do about it; "" if nothing is."""
    if not row.sentence.isascii() or not row.sentence.isdigit():
        return f"the sentence is {row.sentence!r}. Write its number, as in seeds/sentences.csv."
    if row.who not in SIDES:
        return f"the side {row.who!r} is not known. Write {_any_of(SIDES)}."
    if row.force not in FORCES:
        return f"the force {row.force!r} is not known. Write {_any_of(FORCES)}."
    if row.other_force not in ["", *FORCES, MASK] or row.other_force == row.force:
        return f"the other force is {row.other_force!r}. Write a force that differs, {MASK!r}, or leave it empty."
    if row.negated not in ("", "yes"):
        return f"negated is {row.negated!r}. Write 'yes' or leave it empty."
    if not row.words or not row.what:
        return "the words or the name of the undertaking are empty. Write both."
    if row.twice:
        return f"{row.what!r} is there twice for this sentence. Delete one."
    return ""


def _any_of(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
