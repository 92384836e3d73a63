"""What coders marked: read, counted, decided by majority."""

from pathlib import Path

import numpy as np
import pandas as pd

from helpers.codebook.terms import codebook_path
from helpers.files.tables import ids_of, in_known_case, read_table, require, table_from

KINDS = "coders"  # the file, without .csv, that says who is a person and who a model
LABELS = dict(article=str, sentence=int, frame=str, coder=str, kind=str, value=int, text=str, line=int)
SAMPLED = dict(period=str, chance=float, among=float)  # what draw_sample says of each sentence it has drawn


def load_labels(frames: list[str], folder: Path | str | None = None) -> pd.DataFrame:
    """Every coder's judgements: each .csv file of the folder is one coder, with the columns article (or doc_id),
    sentence and one of 0 and 1 per frame; an empty cell is no judgement. A column text is kept, so that `tally` can see
    whether the sentence is still the one that was judged; a semicolon may stand for the comma (some spreadsheets save
    so). coders.csv is no coder: it says who is a person and who a model; a coder without a row there is a person. The
    columns period, chance and among, which draw_sample writes, are kept: estimates need them (see code_sample).

    frames   the codebook's frames; a coder need not have judged all of them
    folder   None: coding/ beside the codebook of `codebook_path`; where there is none, nobody has judged anything
    returns  one row per judgement: article, sentence, frame, coder (file name without .csv), kind (person or model),
             value (0 or 1), text ("" where the file has none), line (in the coder's file), period, chance and among
             ("" and NaN where the file has none)
    raises   ValueError naming the file and the column that is no frame, the row given twice, the value that is none or
             the chance that is not above 0 and at most 1
    """
    folder = Path(folder or codebook_path().with_name("coding"))
    there = {file.stem: file for file in sorted(folder.glob("*.csv"))}
    kinds = _read_kinds(there.pop(KINDS), set(there)) if KINDS in there else {}
    labels = [_read_coder(file, frames).assign(kind=kinds.get(coder, "person")) for coder, file in there.items()]
    if not labels:
        return pd.DataFrame({name: [] for name in LABELS | SAMPLED}).astype(LABELS | SAMPLED)
    return pd.concat(labels, ignore_index=True)[list(LABELS | SAMPLED)]


def tally(labels: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """What was judged, and what it comes to. Where a person judged a sentence for a frame, the persons' majority holds;
    where only models did, theirs. Half and half decides nothing.

    labels     one row per judgement, from load_labels; those of other articles are left out
    sentences  one row per sentence: article, sentence, text
    returns    one row per sentence and frame judged: article, sentence, frame (categorical, by name), marked, coders
               (how many marked it, how many judged it, of either kind), kind (whose majority holds), value (1 or 0;
               NaN: half and half)
    raises     ValueError naming a sentence that was judged but is not there, or reads otherwise than when it was judged
    """
    require(labels, " ".join(LABELS), "tally: labels, from load_labels")
    labels = labels[labels["article"].isin(sentences["article"].unique())]
    check_sentences(labels, sentences)
    by = ["article", "sentence", "frame"]
    counted = persons_first(labels, by)
    table = labels.groupby(by)["value"].agg(marked="sum", coders="size")
    part = counted.groupby(by)["value"].mean()
    table = table.assign(kind=counted.groupby(by)["kind"].first(), value=part.where(part.ne(0.5)).round())
    return table.reset_index().astype({"frame": "category"})


def persons_first(labels: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """The judgements that count: in each group of `by` those of persons, or of models where no person judged."""
    person = labels["kind"].eq("person")
    return labels[person | ~person.groupby([labels[name] for name in by]).transform("any")]


def majority(labels: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The rows of `tally` that are decided, value 0 or 1. Half and half is no "no": such rows are left out."""
    return tally(labels, sentences).dropna(subset="value").astype({"value": int}).reset_index(drop=True)


def shares_of_votes(votes: pd.DataFrame) -> pd.DataFrame:
    """Share of each article's sentences that carry each frame, by the coders: of those decided for this frame.

    votes    one row per sentence and frame decided, from majority
    returns  one row per article and frame, where any sentence is decided: article, frame, carrying, sentences, share,
             ids, as in share_of_sentences
    """
    by = ["article", "frame"]
    yes = votes[votes["value"].eq(1)]
    ids = yes.assign(ids=ids_of(yes)).groupby(by, observed=True)["ids"]
    table = votes.groupby(by, observed=True)["value"].agg(carrying="sum", sentences="size").reset_index()
    table = table.assign(share=table["carrying"] / table["sentences"])
    return table.join(ids.agg(" ".join), on=by).fillna({"ids": ""})


def list_elsewhere(labels: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Judgements of articles that are not here, by coders who judged some that are: perhaps a name was mistyped.

    returns  one row per coder and article: coder, article, judgements
    """
    here = labels["article"].isin(articles["article"])
    lost = labels[~here & labels["coder"].isin(labels.loc[here, "coder"])]
    return lost.groupby(["coder", "article"]).size().rename("judgements").reset_index()


def list_split(counts: pd.DataFrame) -> pd.DataFrame:
    """The rows of counts (from tally) on which coders differ."""
    return counts[counts["marked"].between(1, counts["coders"] - 1)].reset_index(drop=True)


def _read_coder(file: Path, frames: list[str]) -> pd.DataFrame:
    article = "doc_id" if b"doc_id" in file.read_bytes().split(b"\n")[0] else "article"
    known = [article, "sentence", "before", "text", *SAMPLED, *frames]
    table = in_known_case(table_from(file.read_bytes(), str(file)), known)
    for name in [name for name in table if name not in known]:
        raise ValueError(
            f"{file}: the column {name!r} is no frame of the codebook ({', '.join(frames)}), nor one of "
            f"{', '.join(known[: -len(frames)])}. Write the frame's name as the codebook has it, or delete the column."
        )
    require(table, f"{article} sentence", str(file))
    table = table.drop(columns="before", errors="ignore")
    table = table.rename(columns={article: "article"})
    table = table if "text" in table else table.assign(text="")
    for line in table.index[table.duplicated(["article", "sentence"])]:
        raise ValueError(f"{file}, line {line}: this sentence was judged in a line above. Delete one of the two.")
    table, about = _read_chances(table, file), ["line", "article", "sentence", "text", *SAMPLED]
    long = table.rename_axis("line").reset_index().melt(about, var_name="frame")
    long["value"] = long["value"].replace({"0.0": "0", "1.0": "1"})  # as pandas writes them where cells are empty
    for row in long[~long["value"].isin(["0", "1", ""]) | ~long["sentence"].str.fullmatch(r"\d+")].itertuples():
        raise ValueError(
            f"{file}, line {row.line}: sentence {row.sentence!r}, {row.frame} {row.value!r}. "
            "Sentences are numbers, judgements 0, 1 or empty."
        )
    judged = long[long["value"].ne("")].assign(coder=file.stem)
    return judged.astype({"sentence": int, "value": int})


def _read_chances(table: pd.DataFrame, file: Path) -> pd.DataFrame:
    """A coder's table with period, chance and among; a spreadsheet may have written a comma for the decimal point."""
    table = table if "period" in table else table.assign(period="")
    for name in ("chance", "among"):
        if name not in table:
            table = table.assign(**{name: np.nan})
            continue
        number = pd.to_numeric(table[name].str.replace(",", "."), errors="coerce")
        wrong = ~number.gt(0) | (number.gt(1) if name == "chance" else number.mod(1).ne(0))
        for line, value in table.loc[wrong, name].items():
            kind = "above 0 and at most 1" if name == "chance" else "a whole number"
            raise ValueError(
                f"{file}, line {line}: {name} is {value!r}; it must be {kind}. Copy it from the file that was written "
                "for the coder, or delete the row: a sentence that was not drawn at random has no chance."
            )
        table = table.assign(**{name: number})
    return table


def _read_kinds(file: Path, coders: set[str]) -> dict[str, str]:
    table = read_table(file, "coder kind", optional="note")
    for line, coder, kind in table[["coder", "kind"]].itertuples():
        if coder not in coders:
            raise ValueError(f"{file}, line {line}: there is no {coder}.csv here. Mend the name or delete the line.")
        if kind not in ("person", "model"):
            raise ValueError(f"{file}, line {line}: {coder} is {kind!r}. A coder is a person or a model.")
    return dict(zip(table["coder"], table["kind"], strict=True))


def check_sentences(labels: pd.DataFrame, sentences: pd.DataFrame) -> None:
    """Raise ValueError where a sentence that was judged is not there, or is another one now."""
    now = sentences[["article", "sentence", "text"]].rename(columns={"text": "now"})
    both = labels.merge(now, on=["article", "sentence"], how="left")
    for row in both[both["now"].isna()].itertuples():
        raise ValueError(
            f"coding/{row.coder}.csv, line {row.line}: {row.article} has no sentence {row.sentence}. Was the article "
            "edited after it was coded?"
        )
    both = both[both["text"].ne("")]
    read, now = (both[name].str.split().str.join(" ") for name in ("text", "now"))
    for row in both[read.ne(now)].itertuples():
        raise ValueError(
            f"coding/{row.coder}.csv, line {row.line}: sentence {row.sentence} of {row.article} now reads {row.now!r}, "
            f"not {row.text!r}. Was the article edited after it was coded?"
        )
