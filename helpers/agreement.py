"""What coders judged: coders against coders, the codebook against coders, and what a new coder needs."""

import zlib
from itertools import combinations
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
from nltk.metrics.agreement import AnnotationTask

from helpers.codebook import codebook_path
from helpers.compare import sample_needed, wilson
from helpers.tables import ids_of, read_table, require

RESAMPLES = 1_000  # of the sentences, for an interval of alpha
KINDS = "coders"  # the file, without .csv, that says who is a person and who a model
LABELS = dict(article=str, sentence=int, frame=str, coder=str, kind=str, value=int, text=str, line=int)


def load_labels(frames: list[str], folder: Path | str | None = None) -> pd.DataFrame:
    """Every coder's judgements: each .csv file of the folder is one coder, with the columns article (or doc_id),
    sentence and one of 0 and 1 per frame; an empty cell is no judgement. A column text is kept, so that `tally` can see
    whether the sentence is still the one that was judged; a semicolon may stand for the comma (some spreadsheets save
    so). coders.csv is no coder: it says who is a person and who a model; a coder without a row there is a person.

    frames   the codebook's frames; a coder need not have judged all of them
    folder   None: coding/ beside the codebook of `codebook_path`; where there is none, nobody has judged anything
    returns  one row per judgement: article, sentence, frame, coder (file name without .csv), kind (person or model),
             value (0 or 1), text ("" where the file has none), line (in the coder's file)
    raises   ValueError naming the file and the column that is no frame, the row given twice or the value that is none
    """
    folder = Path(folder or codebook_path().with_name("coding"))
    there = {file.stem: file for file in sorted(folder.glob("*.csv"))}
    kinds = _read_kinds(there.pop(KINDS), set(there)) if KINDS in there else {}
    labels = [_read_coder(file, frames).assign(kind=kinds.get(coder, "person")) for coder, file in there.items()]
    if not labels:
        return pd.DataFrame({name: [] for name in LABELS}).astype(LABELS)
    return pd.concat(labels, ignore_index=True)[list(LABELS)]


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
    _check_sentences(labels, sentences)
    by = ["article", "sentence", "frame"]
    labels = labels.assign(person=labels["kind"].eq("person"))
    counted = labels[labels["person"] | ~labels.groupby(by)["person"].transform("any")]
    table = labels.groupby(by)["value"].agg(marked="sum", coders="size")
    part = counted.groupby(by)["value"].mean()
    table = table.assign(kind=counted.groupby(by)["kind"].first(), value=part.where(part.ne(0.5)).round())
    return table.reset_index().astype({"frame": "category"})


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


def alpha_per_frame(labels: pd.DataFrame, frames: list[str], *, rng: int = 2026) -> pd.DataFrame:
    """How far the coders agree on each frame: Krippendorff's alpha for nominal data, by the package krippendorff.

    The interval is a percentile bootstrap over sentences: each is drawn with all its judgements (Zapf et al. 2016, BMC
    Med. Res. Methodol. 16: 93). Where no two judgements differ, it is 1 to 1 and says nothing.

    labels   one row per judgement, from load_labels; judgements may be missing
    returns  one row per frame, in the order given: frame, coders, sentences (judged by two or more), marked (judgements
             of 1 among theirs), split (sentences the coders differ on), alpha, low, high (95%), resamples, undefined
             (resamples in which nothing varies, so that alpha has no value; the interval rests on the others). alpha is
             NaN where nothing varies: all 0, all 1, or no sentence judged twice
    """
    require(labels, "article sentence frame coder value", "alpha_per_frame: labels, from load_labels")
    rows = [_alpha(labels[labels["frame"].eq(frame)], rng) for frame in frames]
    columns = "coders sentences marked split alpha low high resamples undefined".split()
    return pd.DataFrame(rows, columns=columns).assign(frame=frames)[["frame", *columns]]


def kappa_per_pair(labels: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """How far each two coders agree on each frame: Cohen's kappa (Cohen 1960, Educ. Psychol. Meas. 20: 37-46), by NLTK.

    labels   one row per judgement, from load_labels
    returns  one row per frame and pair of coders, by name: frame, one, other, sentences (judged by both), marked_one,
             marked_other, agreed (judged alike), kappa (NaN where no judgement of the two differs from another)
    """
    require(labels, "article sentence frame coder value", "kappa_per_pair: labels, from load_labels")
    wide = labels.pivot(index=["frame", "article", "sentence"], columns="coder", values="value")
    rows = [
        (frame, one, other, *_kappa(wide[wide.index.get_level_values("frame") == frame][[one, other]].dropna()))
        for frame in frames
        for one, other in combinations(sorted(wide), 2)
    ]
    columns = "frame one other sentences marked_one marked_other agreed kappa".split()
    return pd.DataFrame(rows, columns=columns)


def list_split(counts: pd.DataFrame) -> pd.DataFrame:
    """The rows of counts (from tally) on which coders differ."""
    return counts[counts["marked"].between(1, counts["coders"] - 1)].reset_index(drop=True)


def compare_with_coders(hits: pd.DataFrame, votes: pd.DataFrame) -> pd.DataFrame:
    """The codebook's reading of each sentence beside the coders'.

    hits     one row per hit: article, sentence, frame, words
    votes    one row per sentence and frame the coders decided, from majority
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


def add_intervals(scores: pd.DataFrame) -> pd.DataFrame:
    """Scores with what so few sentences leave open: Wilson's 95% intervals.

    F1 is no proportion, but F* = both / (both + codebook_only + coders_only) is one, and F1 = 2 F* / (1 + F*) grows
    with it (Hand, Christen & Kirielle 2021, Machine Learning 110: 451-456): the limits of F* are carried over.

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
    """Precision and recall one below the other, each with the sentences behind it.

    scores    one row per frame, from add_intervals
    compared  one row per sentence and frame that either found, from compare_with_coders
    returns   one row per measure and frame: measure, frame, article ("all"), carrying (sentences both found), sentences
              (that the codebook, or that the coders found), share, low, high, ids (of the sentences both found)
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
    """An error card for each term: where it fired, was it right?

    hits     one row per hit: article, sentence, frame, term
    votes    one row per sentence and frame decided, from majority
    returns  one row per frame and term that fired in a sentence decided for its frame, those with most wrong sentences
             first: frame, term, fired (sentences), right (the majority marked the frame), wrong, precision, low, high
             (Wilson), ids (of all its sentences: "article:1 article:3"), wrong_ids, instead (the frames that the
             majority gave the wrong sentences; "none" for none at all)
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
    """The frames that the majority gave: one row per sentence decided: article, sentence, given ("finance, strain", by
    name; "none" for no frame)."""
    given = votes[votes["value"].eq(1)].astype({"frame": str}).sort_values("frame")
    given = given.groupby(["article", "sentence"])["frame"].agg(", ".join).rename("given").reset_index()
    judged = votes[["article", "sentence"]].drop_duplicates()
    return judged.merge(given, how="left").fillna({"given": "none"})


def limits_of_sample(votes: pd.DataFrame, frames: list[str], *, share: float = 0.9) -> pd.DataFrame:
    """How exactly the sentences judged could ever tell a recall, and how many would be needed.

    votes    one row per sentence and frame decided, from majority
    share    the recall that is planned for
    returns  one row per frame: frame, sentences (decided), marked (by the majority), best_low (where the interval
             begins if all of these are found: it cannot be narrower), and for an interval of .1 and of .05 to either
             side, named by the percentage: marked_for_10 (marked sentences needed), sentences_for_10 (sentences to be
             judged, were the frame as frequent as here; NaN for a frame that was never marked), likewise _5
    """
    counts = votes.astype({"frame": str}).groupby("frame")["value"].agg(sentences="size", marked="sum")
    table = counts.reindex(frames).fillna(0).astype(int).rename_axis("frame").reset_index()
    table = table.assign(best_low=wilson(table["marked"], table["marked"])["low"])
    often = (table["marked"] / table["sentences"]).where(table["marked"] > 0)
    for half in (0.1, 0.05):
        needed = sample_needed(share, half)
        table[f"marked_for_{100 * half:g}"] = needed
        table[f"sentences_for_{100 * half:g}"] = np.ceil(needed / often)
    return table


def write_template(folder: Path | str, sentences: pd.DataFrame, frames: list[str], *, coder: str = "new-coder") -> Path:
    """Write what a new coder needs: CODER.csv, all sentences with an empty column per frame, and CODER.md, how to code
    and what each frame means. The order is shuffled by the coder's name, so that coders do not all tire at the same
    sentences. Neither file shows the list of terms, what it found, or the words that the definitions call typical
    (though a definition and the terms for it share words). Filled in with 0 and 1 and put into coding/ beside the
    codebook, CODER.csv is read by load_labels as it is.

    The definitions stand in the .md beside the codebook and of its name, a table row per frame: "| `frame` | code 1
    when | typical words | not this |"; where there is no such file, it is asked for.

    sentences  one row per sentence: article, sentence, text
    returns    the path of the CSV file
    raises     FileExistsError where one of the two is there already; ValueError naming a frame without a definition
    """
    require(sentences, "article sentence text", "write_template: sentences, from split_sentences")
    file, beside = (Path(folder) / f"{coder}{kind}" for kind in (".csv", ".md"))
    for there in (file, beside):
        if there.exists():
            raise FileExistsError(f"{there}: is there already and is left as it is. Choose another name for the coder.")
    told = _instructions(codebook_path().with_suffix(".md"), frames, file.name)
    table = sentences[["article", "sentence", "text"]].sample(frac=1, random_state=zlib.crc32(coder.encode()))
    file.parent.mkdir(parents=True, exist_ok=True)
    table.assign(**dict.fromkeys(frames, "")).to_csv(file, index=False, encoding="utf-8-sig", lineterminator="\n")
    beside.write_text(told, encoding="utf-8")
    return file


def _alpha(own: pd.DataFrame, rng: int) -> tuple:
    """One row of alpha_per_frame, without the frame."""
    counts = own.groupby(["article", "sentence"])["value"].agg(marked="sum", coders="size")
    counts = counts[counts["coders"] > 1]
    kinds = counts.value_counts(sort=False).reset_index()  # sentences with the same judgements are alike
    ones, of, times = (kinds[name].to_numpy() for name in ("marked", "coders", "count"))
    split = int(counts["marked"].between(1, counts["coders"] - 1).sum())
    row = (own["coder"].nunique(), len(counts), int(counts["marked"].sum()), split)
    if not 0 < counts["marked"].sum() < counts["coders"].sum():
        return (*row, np.nan, np.nan, np.nan, 0, 0)
    table = np.repeat(np.column_stack([of - ones, ones]), times, axis=0)
    alpha = krippendorff.alpha(value_counts=table, level_of_measurement="nominal")
    drawn = np.random.default_rng(rng).multinomial(len(counts), times / times.sum(), size=RESAMPLES)
    resampled = _alphas(drawn, ones, of)
    low, high = np.nanquantile(resampled, [0.025, 0.975])
    return (*row, alpha, low, high, RESAMPLES, int(np.isnan(resampled).sum()))


def _alphas(drawn: np.ndarray, ones: np.ndarray, of: np.ndarray) -> np.ndarray:
    """Krippendorff's nominal alpha of two values, 1 - (n - 1) * sum(2 n1 n0 / (m - 1)) / (2 N1 N0), for many samples at
    once (Krippendorff 2004, Content Analysis, 2nd ed., ch. 11); NaN where one value has all judgements.

    drawn     one row per sample: how often it has each kind of sentence
    ones, of  of each kind: judgements of 1, judgements
    """
    differ = drawn @ (2 * ones * (of - ones) / (of - 1))
    total, marked = drawn @ of, drawn @ ones
    expected = 2.0 * marked * (total - marked)
    expected[expected == 0] = np.nan
    return 1 - (total - 1) * differ / expected


def _kappa(pair: pd.DataFrame) -> tuple:
    """One row of kappa_per_pair, without the names: judgements of two coders side by side."""
    one, other = (pair.iloc[:, place].astype(int).tolist() for place in (0, 1))
    row = (len(pair), sum(one), sum(other), sum(a == b for a, b in zip(one, other, strict=True)))
    if len({*one, *other}) < 2:
        return (*row, np.nan)
    task = AnnotationTask([(who, i, v) for who, values in (("a", one), ("b", other)) for i, v in enumerate(values)])
    return (*row, task.kappa_pairwise("a", "b"))


def _each_once(names: pd.Series) -> str:
    return ", ".join(sorted(set(", ".join(names).split(", "))))


def _instructions(definitions: Path, frames: list[str], name: str) -> str:
    """What a new coder is told, from a codebook's .md: the unit of coding and the frames, without the typical words."""
    lines = definitions.read_text("utf-8").splitlines() if definitions.exists() else []
    cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines if line.startswith("| `")]
    defined = {row[0].strip("`"): (row[1], row[-1]) for row in cells}
    if not lines:
        defined = dict.fromkeys(frames, (f"(defined nowhere: write it in {definitions.name}, beside the codebook)", ""))
    if lost := [frame for frame in frames if frame not in defined]:
        raise ValueError(
            f"{definitions}: no row defines {', '.join(lost)}. Add: | `{lost[0]}` | code 1 when | | not this |."
        )
    unit = [line for line in lines if line.startswith("Unit of coding")]
    rows = [f"| `{frame}` | {defined[frame][0]} | {defined[frame][1]} |" for frame in frames]
    told = (
        f"Fill in `{name}`: one row is one sentence; write 1 under a frame that it carries, 0 under one that it does "
        "not, and leave a cell empty where you do not judge. The rows are shuffled; to read what came before a "
        "sentence, look for its article and the numbers below its own. Please look at no list of terms, no notebook "
        "and no other coder's file before you have finished."
    )
    table = ["| frame | code 1 when the sentence says that … | not this |", "|---|---|---|", *rows]
    return "\n".join(["# How to code", "", told, "", *[part for line in unit for part in (line, "")], *table, ""])


def _read_coder(file: Path, frames: list[str]) -> pd.DataFrame:
    article = "doc_id" if b"doc_id" in file.read_bytes().split(b"\n")[0] else "article"
    table = read_table(file, f"{article} sentence", optional=" ".join(["text", *frames]))
    table = table.rename(columns={article: "article"})
    table = table if "text" in table else table.assign(text="")
    for line in table.index[table.duplicated(["article", "sentence"])]:
        raise ValueError(f"{file}, line {line}: this sentence was judged in a line above. Delete one of the two.")
    long = table.rename_axis("line").reset_index().melt(["line", "article", "sentence", "text"], var_name="frame")
    for row in long[~long["value"].isin(["0", "1", ""]) | ~long["sentence"].str.fullmatch(r"\d+")].itertuples():
        raise ValueError(
            f"{file}, line {row.line}: sentence {row.sentence!r}, {row.frame} {row.value!r}. "
            "Sentences are numbers, judgements 0, 1 or empty."
        )
    judged = long[long["value"].ne("")].assign(coder=file.stem)
    return judged.astype({"sentence": int, "value": int})


def _read_kinds(file: Path, coders: set[str]) -> dict[str, str]:
    table = read_table(file, "coder kind", optional="note")
    for line, coder, kind in table[["coder", "kind"]].itertuples():
        if coder not in coders:
            raise ValueError(f"{file}, line {line}: there is no {coder}.csv here. Mend the name or delete the line.")
        if kind not in ("person", "model"):
            raise ValueError(f"{file}, line {line}: {coder} is {kind!r}. A coder is a person or a model.")
    return dict(zip(table["coder"], table["kind"], strict=True))


def _check_sentences(labels: pd.DataFrame, sentences: pd.DataFrame) -> None:
    """Raise ValueError where a sentence that was judged is not there, or is another one now."""
    now = sentences[["article", "sentence", "text"]].rename(columns={"text": "now"})
    both = labels.merge(now, on=["article", "sentence"], how="left")
    for row in both[both["now"].isna()].itertuples():
        raise ValueError(
            f"{row.coder} judged sentence {row.sentence} of {row.article}, which has no such sentence. "
            "Was the article edited after it was coded?"
        )
    both = both[both["text"].ne("")]
    read, now = (both[name].str.split().str.join(" ") for name in ("text", "now"))
    for row in both[read.ne(now)].itertuples():
        raise ValueError(
            f"{row.coder}.csv, line {row.line}: sentence {row.sentence} of {row.article} now reads {row.now!r}, not "
            f"{row.text!r}. Was the article edited after it was coded?"
        )
