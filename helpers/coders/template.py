"""A file for a new coder to fill in, with instructions."""

from pathlib import Path

import pandas as pd

from helpers.codebook.definitions import load_definitions, table_of, unit_and_cases
from helpers.codebook.terms import codebook_path
from helpers.coders.labels import SAMPLED
from helpers.files.cells import write_csv
from helpers.files.tables import require

ORDER = 2026  # of the rows: the same for every coder, so that two who stop early have coded the same sentences


def write_template(folder: Path | str, sentences: pd.DataFrame, frames: list[str], *, coder: str = "new-coder") -> Path:
    """Write what a new coder needs: CODER.csv, the sentences with an empty column for each frame, and CODER.md, how to
    code and what each frame means. All coders get one order. Neither file shows the list of terms, what it found, or
    the words that the definitions call typical (though a definition and its terms share words). Filled in with 0 and 1
    and put into coding/ beside the codebook, CODER.csv is read by load_labels as it is.

    The definitions stand in the .md beside the codebook and of its name (see load_definitions). What it has under the
    heading "## Cases that every coder meets" is copied too. Where a frame is not defined, the definition is asked for.

    sentences  one row per sentence: article, sentence, text. Those from draw_sample or share_out keep their order and
               come with the sentence before and, in the last columns, their chance; others are shuffled
    returns    the path of the CSV file
    raises     FileExistsError where one of the two is there already
    """
    require(sentences, "article sentence text", "write_template: sentences, from draw_sample or split_sentences")
    file, beside = (Path(folder) / f"{coder}{kind}" for kind in (".csv", ".md"))
    for there in (file, beside):
        if there.exists():
            raise FileExistsError(f"{there}: is there already and is left as it is. Choose another name for the coder.")
    told, drawn = _instructions(codebook_path().with_suffix(".md"), frames, file.name), "chance" in sentences
    table = sentences if drawn else sentences.sample(frac=1, random_state=ORDER)
    shown = ["article", "sentence", *["before"] * drawn, "text"]
    table = table[shown].assign(**dict.fromkeys(frames, "")).join(table[list(SAMPLED) if drawn else []])
    file.parent.mkdir(parents=True, exist_ok=True)
    write_csv(table, file, encoding="utf-8-sig")
    beside.write_text(told, encoding="utf-8")
    return file


def _instructions(definitions: Path, frames: list[str], name: str) -> str:
    """What a new coder is told, from a codebook's .md: the unit of coding and the frames, without the typical words."""
    nowhere = f"(defined nowhere: write it in {definitions.name}, beside the codebook)"
    defined = dict.fromkeys(frames, (nowhere, "")) | load_definitions(frames, definitions)
    unit, cases = unit_and_cases(definitions)
    told = (
        f"Fill in `{name}`: one row is one sentence; write 1 under a frame that it carries, 0 under one that it does "
        "not, and leave a cell empty only where you do not judge: empty is not 0. Code from the top: the rows are in "
        "random order, the same for all coders, and wherever you stop, what you have coded is a random sample. Read "
        "the sentence before (in the column `before`, or by its number in the column `sentence`), but code what the "
        "sentence says itself. "
        "Please leave all other columns as they are, add no row, and look at no list of terms, no notebook and no "
        "other coder's file before you have finished."
    )
    table = table_of({frame: defined[frame] for frame in frames})
    return "\n\n".join(filter(None, ["# How to code", told, unit, table, cases])) + "\n"
