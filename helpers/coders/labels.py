"""What coders marked: read, counted, decided by majority."""

from pathlib import Path

import numpy as np
import pandas as pd

from helpers.codebook.terms import codebook_path
from helpers.files.bounds import bytes_of
from helpers.files.tables import ids_of, in_known_case, require, table_from

KINDS = ("person", "model")  # of coder
ABOUT = ["before", "text", "kind", "reason"]  # of a sentence: columns that a coder's file may have
READ = 0.95  # of the sentences a model must have judged, to stand in the codebook's place
LABELS = dict(article=str, sentence=int, frame=str, coder=str, kind=str, value=int, text=str, line=int)
SAMPLED = dict(period=str, chance=float, among=float)  # what draw_sample says of each sentence it has drawn

# 1.0 or 1,0: so programs write whole numbers where cells are empty. 1,000 may be a thousand, and is refused.
FLOAT = r"^0*([0-9]+)(?:[.,](?:0{1,2}|0{4,}))?$"
NUMBER = r"[0-9]{1,9}"


def load_labels(frames: list[str], folder: Path | str | None = None) -> pd.DataFrame:
    """Every coder's judgements: each .csv file of the folder is one coder, with the columns article (or doc_id),
    sentence and one of 0 and 1 per frame; an empty cell is no judgement. A column text is kept, so that `tally` can see
    whether the sentence is still the one that was judged; a semicolon may stand for the comma (some spreadsheets save
    so). A column kind says of each row whether a person or a model judged it; empty or missing, it was a person.
    A column reason says why cells are empty, and is not read. The columns period, chance and among, which draw_sample
    writes, are kept: estimates need them (see code_sample).

    frames   the codebook's frames; a coder need not have judged all of them
    folder   None: coding/ beside the codebook of `codebook_path`; where there is none, nobody has judged anything
    returns  one row per judgement: article, sentence, frame, coder (file name without .csv), kind (person or model),
             value (0 or 1), text ("" where the file has none), line (in the coder's file), period, chance and among
             ("" and NaN where the file has none)
    raises   ValueError naming the file and the column that is no frame, the row given twice, the kind or value that is
             none, the chance that is not above 0 and at most 1, or the frame whose zeros were left empty
    """
    folder = Path(folder or codebook_path().with_name("coding"))
    labels = [_read_coder(file, frames) for file in _files_of_coders(folder)]
    if not labels:
        return pd.DataFrame({name: [] for name in LABELS | SAMPLED}).astype(LABELS | SAMPLED)
    return pd.concat(labels, ignore_index=True)[list(LABELS | SAMPLED)]


def tally(labels: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """What was judged, and what it comes to. Where a person judged a sentence for a frame, the persons' majority holds;
    where only models did, theirs. Half and half decides nothing.

    labels     one row per judgement, from load_labels; those of other articles are left out
    sentences  one row per sentence: article, sentence, text
    returns    one row per sentence and frame judged: article, sentence, frame (categorical, by name), kind (whose
               majority holds), marked, coders (how many of this kind marked it, how many judged it), value (1 or 0;
               NaN: half and half)
    raises     ValueError naming a sentence that was judged but is not there, or reads otherwise than when it was judged
    """
    require(labels, " ".join(LABELS), "tally: labels, from load_labels")
    labels = labels[labels["article"].isin(sentences["article"].unique())]
    check_sentences(labels, sentences)
    by = ["article", "sentence", "frame"]
    counted = persons_first(labels, by).groupby(by)
    table = counted.agg(kind=("kind", "first"), marked=("value", "sum"), coders=("value", "size"))
    part = table["marked"] / table["coders"]
    return table.assign(value=part.where(part.ne(0.5)).round()).reset_index().astype({"frame": "category"})


def persons_first(labels: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """The judgements that count: in each group of `by` those of persons, or of models where no person judged. Whatever
    takes judgements for the truth takes these."""
    person = labels["kind"].eq("person")
    return labels[person | ~person.groupby([labels[name] for name in by]).transform("any")]


def hits_of_model(labels: pd.DataFrame, coder: str, sentences: pd.DataFrame) -> pd.DataFrame:
    """What a model marked, in the place of the codebook's hits: for estimate_shares and compare_with_coders. Frames
    that no person has judged are left out, since a model is measured by persons only.

    labels     one row per judgement, from load_labels
    sentences  one row per sentence of the corpus: article, sentence, text
    returns    one row per sentence and frame that the model marked: article, sentence, frame, words (""), coder
    raises     ValueError where the coder is no model, where no person has judged these frames, or where the model has
               not read the corpus, but only a part of it
    """
    labels = labels[labels["article"].isin(sentences["article"].unique())]
    own, people = (labels[mask] for mask in (labels["coder"].eq(coder), labels["kind"].eq("person")))
    own = own[own["frame"].isin(set(people["frame"]))]
    if own.empty or own["kind"].ne("model").any():
        raise ValueError(f"{coder}.csv: is not a model's file with a frame that a person has judged too.")
    check_sentences(own, sentences)
    for frame, judged in own.groupby("frame", observed=True).size().items():
        if judged < READ * len(sentences):
            raise ValueError(
                f"{coder}.csv: {judged:,} of {len(sentences):,} sentences are judged for {frame}. To take the "
                "codebook's place, the model must have read all of them, not only the sample."
            )
    return own.loc[own["value"].eq(1), ["article", "sentence", "frame"]].assign(words="", coder=coder)


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


def _files_of_coders(folder: Path) -> list[Path]:
    """The .csv files of a folder, .CSV included, in order of name; none where there is no folder. What begins with a
    point is the system's, not a coder's."""
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder}: is a file. It must be a folder with one .csv file for each coder: rename it.")
    try:
        files = sorted(folder.iterdir()) if folder.is_dir() else []
    except PermissionError as error:
        raise PermissionError(f"{folder}: this folder may not be read. Change its permissions.") from error
    return [file for file in files if file.suffix.lower() == ".csv" and not file.name.startswith(".")]


def _read_coder(file: Path, frames: list[str]) -> pd.DataFrame:
    raw = bytes_of(file, "Put a coder's .csv file there, or take it out of the folder")
    article = "doc_id" if b"doc_id" in raw.split(b"\n")[0] else "article"
    known = [article, "sentence", *ABOUT, *SAMPLED, *frames]
    table = in_known_case(table_from(raw, str(file)), known, str(file))
    for name in [name for name in table if name not in known]:
        raise ValueError(
            f"{file}: the column {name!r} is no frame of the codebook ({', '.join(frames)}), nor one of "
            f"{', '.join(known[: -len(frames)])}. Write the frame's name as the codebook has it, or delete the column."
        )
    require(table, f"{article} sentence", str(file))
    table = table.drop(columns=["before", "reason"], errors="ignore").rename(columns={article: "article"})
    table = table.assign(**{name: table.get(name, "") for name in ("text", "kind")}).replace({"kind": {"": KINDS[0]}})
    for line, kind in table.loc[~table["kind"].isin(KINDS), "kind"].items():
        raise ValueError(f"{file}, line {line}: the kind is {kind!r}. A coder is a person (or empty) or a model.")
    table["sentence"] = table["sentence"].str.replace(FLOAT, r"\1", regex=True)
    for line in table.index[table.duplicated(["article", "sentence"])]:
        raise ValueError(f"{file}, line {line}: this sentence was judged in a line above. Delete one of the two.")
    table, about = _read_chances(table, file), ["line", "article", "sentence", "text", "kind", *SAMPLED]
    long = table.rename_axis("line").reset_index().melt(about, var_name="frame")
    long["value"] = long["value"].str.replace(FLOAT, r"\1", regex=True)
    for row in long[~long["value"].isin(["0", "1", ""]) | ~long["sentence"].str.fullmatch(NUMBER)].itertuples():
        raise ValueError(
            f"{file}, line {row.line}: sentence {row.sentence!r}, {row.frame} {row.value!r}. "
            "Sentences are numbers, judgements 0, 1 or empty."
        )
    _refuse_empty_zeros(long, file)
    judged = long[long["value"].ne("")].assign(coder=file.stem)
    return judged.astype({"sentence": int, "value": int})


def _refuse_empty_zeros(long: pd.DataFrame, file: Path) -> None:
    """Raise ValueError where a frame has 10 ones or more, hardly a zero, and cells left empty on the way: then an empty
    cell seems to have meant "no", and nearly every sentence judged would carry the frame.

    long  one row per cell: line, frame, value. Cells below the last one judged do not count: there the coder stopped
    """
    reached = long["line"].where(long["value"].ne("")).groupby(long["frame"]).transform("max")
    counts = pd.crosstab(long["frame"], long["value"].where(long["line"].le(reached)))
    counts = counts.reindex(columns=["1", "0", ""], fill_value=0).set_axis(["ones", "zeros", "empty"], axis=1)
    seem = counts["ones"].ge(10) & counts["zeros"].lt(0.05 * counts["ones"]) & counts["empty"].gt(0.1 * counts["ones"])
    for row in counts[seem].head(1).itertuples():
        raise ValueError(
            f"{file}: under {row.Index} are {row.ones} cells with 1, {row.zeros} with 0 and {row.empty} empty between "
            "them. An empty cell means that the sentence was not judged. Write 0 where it does not carry the frame."
        )


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
