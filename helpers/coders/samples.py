"""Draw sentences at random for coding, share them out, and read back what the coders made of them."""

import numpy as np
import pandas as pd

from helpers.coders.labels import LABELS, SAMPLED, check_sentences, persons_first
from helpers.files.tables import require

COMMON = 100  # sentences that every coder reads, so that their agreement can be measured
ROUNDING = 0.005  # a spreadsheet may have rounded the chances


def add_period(sentences: pd.DataFrame, by: str = "period") -> pd.DataFrame:
    """Sentences with the period each belongs to, as text.

    by       the column that says so. Where there is no such column, a sentence's period is the year of its `date`;
             without a date it is "undated"
    returns  the same rows with a column period
    """
    if by in sentences:
        return sentences.assign(period=sentences[by].astype(str))
    require(sentences, "date", f"add_period: sentences have no column {by!r}, so they need a date")
    return sentences.assign(period=sentences["date"].dt.strftime("%Y").fillna("undated"))


def draw_sample(
    sentences: pd.DataFrame,
    *,
    n: int,
    by: str = "period",
    hits: pd.DataFrame | None = None,
    extra: int = 0,
    rng: int = 2026,
) -> pd.DataFrame:
    """Draw sentences for coding: within each period a simple random sample.

    The rows come in random order, the periods evenly mixed. So whoever stops early has still coded a random sample of
    every period. All coders read in this one order.

    sentences  one row per sentence: article, sentence, text, and `by` or date
    n          sentences to draw from each period; all of them where it has no more
    by         the column with the periods, as in add_period
    hits       one row per hit: article, sentence. From the sentences named here `extra` more are drawn in each period,
               to know one frame more exactly: `hits[hits["frame"].eq("finance")]`
    returns    one row per sentence drawn: article, sentence, before (the text of the sentence before it), text, period,
               chance, among (sentences of the period). chance is the number drawn divided by the number there were to
               draw from: all sentences of the period, or, with extra ones, those with and those without a hit, each
               by themselves
    raises     ValueError where a sentence stands twice, or where extra sentences leave the rest with none
    """
    require(sentences, "article sentence text", "draw_sample: sentences, from split_sentences")
    table = add_period(sentences, by).sort_values(["article", "sentence"])
    _refuse_twice(table)
    table = table.assign(before=table.groupby("article")["text"].shift().fillna(""))
    found = [] if hits is None or not extra else list(zip(hits["article"], hits["sentence"], strict=True))
    fired = pd.MultiIndex.from_frame(table[["article", "sentence"]]).isin(found)
    drawn = _draw(table.assign(fired=fired), n, extra, np.random.default_rng(rng))
    return drawn[["article", "sentence", "before", "text", *SAMPLED]].reset_index(drop=True)


def share_out(sample: pd.DataFrame, coders: list[str], *, common: int = COMMON) -> pd.DataFrame:
    """Who codes which sentence: everyone the first ones, then each the next in turn.

    sample   one row per sentence in the order of coding, from draw_sample
    coders   their names, as their files will be called
    common   how many sentences everyone codes
    returns  one row per coder and sentence: coder, and the columns of the sample; each coder's rows in the sample's
             order
    """
    place = np.arange(len(sample))
    own = [sample[(place < common) | ((place - common) % len(coders) == turn)] for turn in range(len(coders))]
    table = pd.concat([rows.assign(coder=name) for name, rows in zip(coders, own, strict=True)], ignore_index=True)
    return table[["coder", *sample.columns]]


def code_sample(labels: pd.DataFrame, sentences: pd.DataFrame, *, by: str = "period") -> pd.DataFrame:
    """What the coders say of the sentences that were drawn at random.

    Of several coders the majority holds, as in `tally`, and half and half counts as one half: to leave such sentences
    out would make the sample easier than the corpus. Where persons judged every sentence for a frame, their judgements
    decide; or else where persons judged any sentence that was drawn for them, theirs of those. In a sample that only
    models judged, a person's judgement of a sentence takes the place of theirs. Judgements without a chance are left
    aside, unless every sentence is judged: by persons, or, where nothing was drawn, by anyone.

    The periods may be others than those of the draw: each sentence counts by its own chance.

    labels     one row per judgement, from load_labels; those of other articles are left out
    sentences  all sentences of the corpus, one row each: article, sentence, and `by` or date
    by         the column with the periods, as in add_period
    returns    one row per sentence and frame judged: article, sentence, frame, period, value (0, 1 or one
               half), coders (how many), kind (person or model), chance
    raises     ValueError where judgements have no chance, where one sentence has two chances, where more sentences of a
               drawn period are coded than their chances allow, and where a period has grown since it was drawn from
    """
    require(labels, " ".join(LABELS | SAMPLED), "code_sample: labels, from load_labels")
    labels = labels[labels["article"].isin(sentences["article"].unique())].astype({"frame": str})
    check_sentences(labels, sentences)
    table = add_period(sentences, by)[["article", "sentence", "period"]]
    labels = _that_count(labels.rename(columns={"period": "drawn"}).merge(table, on=["article", "sentence"]), table)
    _refuse_two_chances(labels)
    _refuse_other_corpus(labels, table.groupby("period").size())
    groups = labels.groupby(["article", "sentence", "frame", "period"])
    told = {"coders": ("value", "size"), "kind": ("kind", "first"), "chance": ("chance", "first")}
    coded = groups.agg(value=("value", "mean"), **told).reset_index()
    return coded.assign(value=(1 + np.sign(coded["value"] - 0.5)) / 2)


def how_coded(labels: pd.DataFrame, sentences: pd.DataFrame) -> str:
    """What the coders' files can be used for: "all" (every sentence is judged, by persons where any sentence was drawn:
    shares are known), "sample" (sentences were drawn at random: shares can be estimated), "not at random" (agreement
    and the codebook's errors only), "nobody".

    labels     one row per judgement, from load_labels; those of other articles are left out
    sentences  all sentences of the corpus
    """
    own = labels[labels["article"].isin(sentences["article"].unique())]
    if own.empty:
        return "nobody"
    drawn, persons = own["chance"].notna().any(), own[own["kind"].eq("person")]
    counted = persons if drawn else own
    if set(counted["frame"]) == set(own["frame"]) and _every_one(counted, sentences):
        return "all"
    return "sample" if drawn else "not at random"


def _every_one(labels: pd.DataFrame, sentences: pd.DataFrame) -> bool:
    """Whether for every frame that was judged at all each sentence was."""
    judged = labels[["article", "sentence", "frame"]].drop_duplicates().groupby("frame", observed=True).size()
    return bool(judged.ge(len(sentences)).all())


def _refuse_twice(table: pd.DataFrame) -> None:
    for row in table[table.duplicated(["article", "sentence"])].head(1).itertuples():
        raise ValueError(f"draw_sample: sentence {row.sentence} of {row.article} stands twice. Delete one of the two.")


def _draw(table: pd.DataFrame, n: int, extra: int, dice: np.random.Generator) -> pd.DataFrame:
    """The sentences drawn in each period, in random order, with chance and among."""
    first = table.assign(key=dice.random(len(table)), turn=dice.random(len(table)))
    main = first.groupby("period")["key"].rank() <= n
    more = first["key"].where(first["fired"] & ~main).groupby(first["period"]).rank() <= extra
    by = ["period", "fired"] if extra else ["period"]
    chance = (main | more).groupby([first[name] for name in by]).transform("mean")
    for row in first[chance.eq(0)].head(1).itertuples():
        raise ValueError(f"draw_sample: of {row.period}, n={n} draws no sentence without a hit. Draw more.")
    first = first.assign(chance=chance, among=first.groupby("period")["key"].transform("size"))
    drawn = first[main | more]
    periods = drawn.groupby("period")["turn"]
    place = (periods.rank() - dice.random(len(drawn))) / periods.transform("size")  # mixes the periods evenly
    return drawn.assign(place=place).sort_values("place", kind="stable")


def _that_count(labels: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """The judgements that estimates may rest on, each with its chance."""
    if labels.empty:
        return labels
    if labels["chance"].isna().all() and _every_one(labels, table):
        return persons_first(labels, ["article", "sentence", "frame"]).assign(chance=1.0)
    counted = pd.concat([_that_count_for(own, len(table)) for _, own in labels.groupby("frame")])
    if len(counted):
        return counted
    files = ", ".join(f"{coder}.csv" for coder in sorted(set(labels["coder"])))
    raise ValueError(
        f"{files}: no column chance, so nothing says that these sentences were drawn at random. Such a file serves to "
        "measure agreement, not to estimate shares. Draw sentences with draw_sample, write them with write_template, "
        "and keep the columns period, chance and among."
    )


def _that_count_for(own: pd.DataFrame, number: int) -> pd.DataFrame:
    """Of the judgements for one frame those that count, each with its chance.

    number  sentences there are
    """
    key, persons, drawn = ["article", "sentence"], own[own["kind"].eq("person")], own[own["chance"].notna()]
    if len(persons.drop_duplicates(key)) == number:
        return persons.assign(chance=1.0, among=np.nan)
    if drawn["kind"].eq("person").any():
        return drawn[drawn["kind"].eq("person")]
    known = drawn.drop_duplicates(key).set_index(key)[["drawn", "chance", "among"]]
    persons = persons.drop(columns=known.columns).join(known, on=key, how="inner")
    return persons_first(pd.concat([drawn, persons]), key)


def _refuse_two_chances(labels: pd.DataFrame) -> None:
    both = labels.groupby(["article", "sentence", "frame"])["chance"].agg(["min", "max"]).reset_index()
    for row in both[both["min"] < (1 - ROUNDING) * both["max"]].head(1).itertuples():
        raise ValueError(
            f"sentence {row.sentence} of {row.article} has the chances {row.min:g} and {row.max:g} in two coders' "
            "files. Estimates need files of one sample: take the others out of the folder."
        )


def _refuse_other_corpus(labels: pd.DataFrame, sizes: pd.Series) -> None:
    """Raise ValueError where the sample was drawn from other sentences than these.

    sizes  sentences there are in each period
    """
    own = labels[labels["drawn"].eq(labels["period"]) & labels["among"].gt(0)].groupby("period")["among"].max()
    grown = sizes[sizes > own.reindex(sizes.index)]
    for period, size in grown.head(1).items():
        raise ValueError(
            f"the sample of {period} was drawn from {own[period]:,.0f} sentences, and now there are {size:,}. The new "
            "ones had no chance to be drawn: leave their articles out, or draw a new sample."
        )
    known = labels["among"].gt(0) & labels["drawn"].ne("")  # of which period, and of how many, a sentence was drawn
    there = labels["among"].where(known, labels["period"].map(sizes))
    part = labels["drawn"].where(known, labels["period"])
    each = labels.assign(part=part, there=there).drop_duplicates(["article", "sentence", "frame"])
    sums = each.assign(stand=1 / each["chance"]).groupby(["part", "frame"]).agg({"stand": "sum", "there": "max"})
    for (part, _), row in sums[sums["stand"] > (1 + ROUNDING) * sums["there"] + 1].head(1).iterrows():
        raise ValueError(
            f"by the column chance the coded sentences of {part} stand for {row['stand']:,.0f}, but it has "
            f"{row['there']:,.0f}. Were they drawn from other articles, or is a chance mistyped? Draw a new sample."
        )
