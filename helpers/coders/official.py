"""The codebook on sentences of official speech that its terms were not fitted to."""

import pandas as pd

from helpers.codebook.hits import find_hits
from helpers.codebook.terms import frames_of
from helpers.coders.errors import add_intervals, compare_with_coders, precision_and_recall
from helpers.files.tables import SEEDS, read_table


def load_official() -> pd.DataFrame:
    """Sentences of official speech, coded once by a language model; seeds/official/README.md says how.

    returns  one row per sentence and frame: article (the sentence's id), sentence (always 1), source, date, text,
             kind (of coder: model), frame, value (0 or 1), doubted (whether the coder hesitated)
    raises   ValueError naming the line with a value that is neither 0 nor 1, or a frame doubted that is not coded
    """
    file, known = SEEDS / "official" / "sentences.csv", ["id", "source", "date", "sentence", "kind", "doubted"]
    frames = [name for name in pd.read_csv(file, nrows=0) if name not in known]
    table = read_table(file, " ".join([*known, *frames]))
    for line, doubted in table["doubted"].items():
        if lost := set(doubted.split()) - set(frames):
            raise ValueError(f"{file}, line {line}: {sorted(lost)[0]!r} is doubted, which is no column. Mend the name.")
    long = table.rename_axis("line").reset_index().melt(["line", *known], var_name="frame")
    for row in long[~long["value"].isin(["0", "1"])].head(1).itertuples():
        raise ValueError(f"{file}, line {row.line}: {row.frame} is {row.value!r}. Write 0 or 1.")
    hesitated = [frame in doubted.split() for frame, doubted in zip(long["frame"], long["doubted"], strict=True)]
    long = long.rename(columns={"id": "article", "sentence": "text"}).astype({"value": int})
    long = long.assign(sentence=1, date=pd.to_datetime(long["date"]), doubted=hesitated)
    return long["article sentence source date text kind frame value doubted".split()]


def sentences_of(official: pd.DataFrame) -> pd.DataFrame:
    """The sentences themselves, as find_hits reads them: one row per sentence: article, sentence, start, text.

    official  one row per sentence and frame, from load_official
    """
    return official.drop_duplicates("article")[["article", "sentence", "text"]].assign(start=0)


def score_official(codebook: pd.DataFrame) -> pd.DataFrame:
    """How well a codebook finds in official speech what the model marked there.

    codebook  one row per term: frame, term, from load_codebook
    returns   one row per frame that the codebook has and the model coded, in the codebook's order: frame, sentences,
              both, codebook_only, coders_only (sentences), precision, recall, f1, and the 95% limits of each, as in
              add_intervals; none where the codebook has other frames
    """
    votes = load_official()
    texts = sentences_of(votes)
    frames = [frame for frame in frames_of(codebook) if frame in set(votes["frame"])]
    compared = compare_with_coders(find_hits(texts, codebook), votes)
    scores = add_intervals(precision_and_recall(compared, frames))
    scores.insert(1, "sentences", len(texts))
    return scores
