"""Where codebook and coders differ: precision, recall, their intervals, and how often each term is right."""

import pandas as pd

from helpers.files.tables import ids_of, require
from helpers.measures.tests import wilson


def compare_with_coders(hits: pd.DataFrame, votes: pd.DataFrame) -> pd.DataFrame:
    """The codebook's reading of each sentence beside the coders'. Or a model's reading: then beside that of persons
    only, for the majority of models may be its own.

    hits     one row per hit: article, sentence, frame, words; or from hits_of_model
    votes    one row per sentence and frame the coders decided, from majority; other sentences are left out
    returns  one row per sentence and frame that either gives: article, sentence, frame, codebook, coders (whether it
             gives the sentence the frame), words (what the codebook found, "" for nothing)
    """
    found = hits.groupby(["article", "sentence", "frame"], observed=True)["words"].agg(", ".join).reset_index()
    found = found.astype({"frame": str})
    votes = votes[votes["kind"].eq("person")] if "coder" in hits else votes
    both = votes.astype({"frame": str}).merge(found, on=["article", "sentence", "frame"], how="left")
    both = both.assign(codebook=both["words"].notna(), coders=both["value"].eq(1), words=both["words"].fillna(""))
    either = both[both["codebook"] | both["coders"]]
    return either[["article", "sentence", "frame", "codebook", "coders", "words"]].reset_index(drop=True)


def list_differences(hits: pd.DataFrame, votes: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Sentences that only the codebook or only the coders give a frame.

    returns  one row per sentence and frame: label, sentence, frame, only (who gives it), words (of the codebook), text
    """
    compared = compare_with_coders(hits, votes)
    differ = compared[compared["codebook"] != compared["coders"]].merge(sentences, on=["article", "sentence"])
    differ = differ.assign(only=differ["codebook"].map({True: "codebook", False: "coders"}))
    return differ[["label", "sentence", "frame", "only", "words", "text"]]


def precision_and_recall(compared: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """How often the codebook is right, and how much of what the coders marked it finds.

    compared  one row per sentence and frame that either gives, from compare_with_coders
    returns   one row per frame, in the order given: frame, both, codebook_only, coders_only (sentences), precision
              (both / all that the codebook gives), recall (both / all that the coders give), f1 (their harmonic mean;
              van Rijsbergen 1979, Information Retrieval, ch. 7); NaN where the divisor is zero
    """
    require(compared, "frame codebook coders", "precision_and_recall: compared, from compare_with_coders")
    table = pd.DataFrame(
        {
            "both": compared[compared["codebook"] & compared["coders"]].groupby("frame").size(),
            "codebook_only": compared[compared["codebook"] & ~compared["coders"]].groupby("frame").size(),
            "coders_only": compared[~compared["codebook"] & compared["coders"]].groupby("frame").size(),
        }
    )
    table = table.reindex(frames).fillna(0).astype(int).rename_axis("frame").reset_index()
    both, extra, missed = table["both"], table["codebook_only"], table["coders_only"]
    return table.assign(
        precision=both / (both + extra), recall=both / (both + missed), f1=2 * both / (2 * both + extra + missed)
    )


def add_intervals(scores: pd.DataFrame) -> pd.DataFrame:
    """Scores with their 95% intervals (Wilson).

    F1 is not a proportion, but F* = both / (both + codebook_only + coders_only) is one, and F1 = 2 F* / (1 + F*) grows
    with it (Hand, Christen & Kirielle 2021, Machine Learning 110: 451-456). So the limits of F1 are computed from those
    of F*.

    scores   one row per frame, from precision_and_recall
    returns  the same with precision_low, precision_high, recall_low, recall_high, f1_low, f1_high
    """
    require(scores, "both codebook_only coders_only", "add_intervals: scores, from precision_and_recall")
    both, extra, missed = scores["both"], scores["codebook_only"], scores["coders_only"]
    parts = {"precision": wilson(both, both + extra), "recall": wilson(both, both + missed)}
    star = wilson(both, both + extra + missed)
    parts["f1"] = 2 * star / (1 + star)
    return scores.assign(**{f"{name}_{end}": table[end] for name, table in parts.items() for end in ("low", "high")})


def list_measures(scores: pd.DataFrame, compared: pd.DataFrame) -> pd.DataFrame:
    """Precision, then recall, each with the sentences behind it.

    scores    one row per frame, from add_intervals
    compared  one row per sentence and frame that either gives, from compare_with_coders
    returns   one row per measure and frame: measure, frame, article ("all"), carrying (sentences to which both give
              it), sentences (to which the codebook, or the coders, give it), share, low, high, ids (of `carrying`)
    """
    both = compared[compared["codebook"] & compared["coders"]]
    ids = ids_of(both).groupby(both["frame"]).agg(" ".join)
    base = scores[["frame"]].assign(
        article="all", carrying=scores["both"], ids=[ids.get(f, "") for f in scores["frame"]]
    )
    tables = [
        base.assign(
            measure=name,
            sentences=scores["both"] + scores[only],
            share=scores[name],
            low=scores[f"{name}_low"],
            high=scores[f"{name}_high"],
        )
        for name, only in (("precision", "codebook_only"), ("recall", "coders_only"))
    ]
    columns = "measure frame article carrying sentences share low high ids".split()
    return pd.concat(tables, ignore_index=True)[columns]


def score_terms(hits: pd.DataFrame, votes: pd.DataFrame) -> pd.DataFrame:
    """How often each term is right where it is found.

    hits     one row per hit: article, sentence, frame, term
    votes    one row per sentence and frame decided, from majority
    returns  one row per frame and term found in a sentence that is decided for its frame, those with most wrong
             sentences first: frame, term, fired (sentences with the term), right (of these, the coders give the frame),
             wrong, precision, low, high (95% Wilson interval), ids ("article:1 article:3"), wrong_ids, instead (the
             frames that the coders give the wrong sentences; "none" for no frame)
    """
    require(hits, "article sentence frame term", "score_terms: hits, from find_hits")
    fired = hits[["article", "sentence", "frame", "term"]].drop_duplicates().astype({"frame": str})
    fired = fired.merge(votes.astype({"frame": str})).merge(frames_given(votes))
    fired = fired.assign(id=ids_of(fired))
    wrong = fired[fired["value"].eq(0)].groupby(["frame", "term"])
    cards = fired.groupby(["frame", "term"]).agg(fired=("id", "size"), right=("value", "sum"), ids=("id", " ".join))
    cards = cards.assign(wrong_ids=wrong["id"].agg(" ".join), instead=wrong["given"].agg(_each_once))
    cards = cards.fillna({"wrong_ids": "", "instead": ""}).reset_index()
    cards = cards.assign(wrong=cards["fired"] - cards["right"], precision=cards["right"] / cards["fired"])
    cards = cards.join(wilson(cards["right"], cards["fired"]))
    cards = cards.sort_values(["wrong", "fired", "frame", "term"], ascending=[False, False, True, True])
    columns = "frame term fired right wrong precision low high ids wrong_ids instead".split()
    return cards[columns].reset_index(drop=True)


def frames_given(votes: pd.DataFrame) -> pd.DataFrame:
    """The frames that the coders give each sentence: one row per sentence decided: article, sentence, given ("finance,
    strain", in alphabetical order; "none" for no frame)."""
    given = votes[votes["value"].eq(1)].astype({"frame": str}).sort_values("frame")
    given = given.groupby(["article", "sentence"])["frame"].agg(", ".join).rename("given").reset_index()
    judged = votes[["article", "sentence"]].drop_duplicates()
    return judged.merge(given, how="left").fillna({"given": "none"})


def _each_once(names: pd.Series) -> str:
    return ", ".join(sorted(set(", ".join(names).split(", "))))
