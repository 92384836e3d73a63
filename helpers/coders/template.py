"""A file for a new coder to fill in, with instructions."""

import zlib
from pathlib import Path

import pandas as pd

from helpers.codebook.definitions import load_definitions
from helpers.codebook.terms import codebook_path
from helpers.files.tables import require


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


def _instructions(definitions: Path, frames: list[str], name: str) -> str:
    """What a new coder is told, from a codebook's .md: the unit of coding and the frames, without the typical words."""
    lines = definitions.read_text("utf-8").splitlines() if definitions.exists() else []
    nowhere = f"(defined nowhere: write it in {definitions.name}, beside the codebook)"
    defined = load_definitions(frames, definitions) or dict.fromkeys(frames, (nowhere, ""))
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
