"""What coders judged, and the codebook against them."""

from pathlib import Path

import pandas as pd

from helpers.tables import SEEDS, read_table, require


def load_labels(frames: list[str], folder: Path | str = SEEDS / "coding") -> pd.DataFrame:
    """Every coder's judgements: each .csv file of the folder is one coder, with the columns article (or doc_id),
    sentence and one of 0 and 1 per frame; an empty cell is no judgement.

    frames   the codebook's frames; a coder need not have judged all of them
    returns  one row per judgement: article, sentence, frame, coder (file name without .csv), value (0 or 1)
    raises   ValueError naming the file and the column that is no frame, the row given twice or the value that is none
    """
    labels = [_read_coder(file, frames) for file in sorted(Path(folder).glob("*.csv"))]
    if not labels:
        return pd.DataFrame({"article": [], "sentence": [], "frame": [], "coder": [], "value": []}).astype(
            {"article": str, "sentence": int, "frame": str, "coder": str, "value": int}
        )
    return pd.concat(labels, ignore_index=True)


def majority(labels: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The sentences and frames that more than half of those who judged them marked.

    labels     one row per judgement: article, sentence, frame, value; those of other articles are left out
    sentences  one row per sentence: article, sentence
    returns    one row per sentence and frame judged: article, sentence, frame (categorical, by name), marked, coders
               (how many marked it, how many judged it), value (0 or 1)
    raises     ValueError naming a sentence that was judged but is not there
    """
    require(labels, "article sentence frame value", "majority: labels, from load_labels")
    labels = labels[labels["article"].isin(sentences["article"])]
    there = labels.merge(sentences[["article", "sentence"]], on=["article", "sentence"])
    if len(there) < len(labels):
        lost = labels.merge(sentences, on=["article", "sentence"], how="left").query("text.isna()").iloc[0]
        raise ValueError(
            f"{lost['coder']} judged sentence {lost['sentence']} of {lost['article']}, which has no such sentence. "
            "Was the article edited after it was coded?"
        )
    votes = labels.groupby(["article", "sentence", "frame"])["value"].agg(marked="sum", coders="size").reset_index()
    return votes.assign(
        value=(votes["marked"] * 2 > votes["coders"]).astype(int), frame=votes["frame"].astype("category")
    )


def compare_with_coders(hits: pd.DataFrame, votes: pd.DataFrame) -> pd.DataFrame:
    """The codebook's reading of each sentence beside the coders'.

    hits     one row per hit: article, sentence, frame, words
    votes    one row per sentence and frame the coders judged, from majority
    returns  one row per sentence and frame that either found: article, sentence, frame, codebook, coders (True, False),
             words (what the codebook found, if anything)
    """
    found = hits.groupby(["article", "sentence", "frame"], observed=True)["words"].agg(", ".join).reset_index()
    found = found.astype({"frame": str})
    both = votes.astype({"frame": str}).merge(found, on=["article", "sentence", "frame"], how="left")
    both = both.assign(codebook=both["words"].notna(), coders=both["value"].eq(1), words=both["words"].fillna(""))
    either = both[both["codebook"] | both["coders"]]
    return either[["article", "sentence", "frame", "codebook", "coders", "words"]].reset_index(drop=True)


def precision_and_recall(compared: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """How well the codebook finds what the coders marked.

    compared  one row per sentence and frame that either found, from compare_with_coders
    returns   one row per frame, in the order given: frame, both, codebook_only, coders_only (sentences), precision
              (both / all the codebook found), recall (both / all the coders marked), f1 (their harmonic mean; van
              Rijsbergen 1979, Information Retrieval, ch. 7); NaN where there is nothing to divide by
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


def _read_coder(file: Path, frames: list[str]) -> pd.DataFrame:
    first = file.read_text("utf-8-sig").split("\n")[0]
    article = "doc_id" if "doc_id" in first.split(",") else "article"
    table = read_table(file, f"{article} sentence", optional=" ".join(frames)).rename(columns={article: "article"})
    for line in table.index[table.duplicated(["article", "sentence"])]:
        raise ValueError(f"{file}, line {line}: this sentence was judged in a line above. Delete one of the two.")
    long = table.rename_axis("line").reset_index().melt(["line", "article", "sentence"], var_name="frame")
    for row in long[~long["value"].isin(["0", "1", ""]) | ~long["sentence"].str.fullmatch(r"\d+")].itertuples():
        raise ValueError(
            f"{file}, line {row.line}: sentence {row.sentence!r}, {row.frame} {row.value!r}. "
            "Sentences are numbers, judgements 0, 1 or empty."
        )
    judged = long[long["value"].ne("")].assign(coder=file.stem)
    return judged.astype({"sentence": int, "value": int})[["article", "sentence", "frame", "coder", "value"]]
