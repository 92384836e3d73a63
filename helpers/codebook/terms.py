"""The codebook: which terms mark which frame, and what a term means.

A term in small letters matches any case; a capital makes it exact. It matches whole words: no letter, digit or
underscore may touch it. `*` at the end of a word takes any ending, at its start any beginning. The words of a phrase
are separated by one space, so no phrase is found across a comma or the end of a sentence.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from helpers.articles.language import fault_of_language
from helpers.articles.mending import mend
from helpers.codebook.formats import LONGEST, fault_of_several, fault_of_signs, read_foreign
from helpers.codebook.shapes import MASK, read_shape
from helpers.files.tables import SEEDS, beside, read_table
from helpers.text.characters import straighten

DEPENDENT = ["seed articles", "definitions"]  # in the column word_from: terms that a score on the seeds flatters
TESTED = 3  # frames that are tested if there is no expected.csv: each further one needs more articles


def codebook_path() -> Path:
    """The file that the environment variable CODEBOOK names, else the collection's codebook."""
    return Path(os.environ.get("CODEBOOK") or SEEDS / "codebook.csv").resolve()


def is_own() -> bool:
    """Whether the codebook is the collection's own, not one that a reader has brought."""
    return codebook_path() == SEEDS / "codebook.csv"


def load_codebook(path: Path | str | None = None) -> pd.DataFrame:
    """Read and check a codebook.

    path     a CSV file with the columns frame and term, in which the frame `none` marks masks, and perhaps source (of
             the concept), word_from (where the word was found), note and language (empty: English; "Spanish", "English
             Spanish": see helpers/codebook/languages.py), or of another shape that `read_shape` knows; or a codebook of
             another tool (quanteda's .yml, LIWC's .dic or .dicx, Lexicoder's .lc3), see `read_foreign`; None: that of
             `codebook_path`
    returns  one row per term: frame, term, source, word_from, note, language, in the order of the file
    raises   FileNotFoundError; ValueError naming the file, the line and what to do about it
    """
    path = path or codebook_path()
    if Path(path).suffix.lower() != ".csv":
        return check_codebook(read_foreign(Path(path)).assign(word_from="", language=""), path)
    table = read_shape(Path(path))[0]
    for line, term, language in table[["term", "language"]].itertuples():
        term = tidy(term) if len(term) <= LONGEST else term
        if fault := fault_of_signs(term) or fault_of_several(term) or fault_of_language(language):
            raise ValueError(f"{path}, line {line}: {fault}")
    return check_codebook(table, path)


def check_codebook(table: pd.DataFrame, path: Path | str) -> pd.DataFrame:
    """Check a table of terms and tidy its terms.

    table    one row per term, in the order of the file: frame, term, ...; its index is the line in the file
    path     what an error calls the file
    returns  the same with tidied terms
    raises   ValueError naming the file, the line and what to do about it
    """
    table = table.assign(term=table["term"].map(tidy), frame=table["frame"].map(mend))
    twice = table.duplicated(["frame", "term"])
    empty = table["term"].eq("").groupby(table["frame"]).transform("all")
    first = table.groupby(table["frame"].str.casefold())["frame"].transform("first")
    for row in table.assign(twice=twice, empty=empty, first=first).itertuples():
        if fault := _fault(row):
            raise ValueError(f"{path}, line {row.Index}: {fault}")
    if not set(table["frame"]) - {MASK}:
        raise ValueError(f"{path}: no frame has a term. Add rows such as: militarised,soldiers,,")
    return table


def as_codebook(terms: list[str]) -> pd.DataFrame:
    """A list of terms as a codebook of one frame.

    returns  one row per term: frame ("node"), term
    raises   ValueError saying what is wrong with a term
    """
    table = pd.DataFrame({"frame": "node", "term": [tidy(term) for term in terms]}, dtype=str)
    for row in table.assign(twice=table.duplicated(), empty=False, first="node").itertuples():
        if fault := _fault(row):
            raise ValueError(f"as_codebook: {fault}")
    return table


def expected_file(given: Mapping[str, str] = os.environ) -> Path:
    """The expected.csv that `beside` finds; for another codebook than the collection's not the collection's, but one
    beside that codebook, though there is none.

    given  the reader's codebook and articles, as `beside` takes them
    """
    file, book = beside("expected.csv", given), Path(given.get("CODEBOOK") or SEEDS / "codebook.csv").resolve()
    return file if file.parent != SEEDS or book == SEEDS / "codebook.csv" else book.with_name("expected.csv")


def load_expected(frames: list[str], path: Path | str | None = None) -> dict[str, str]:
    """The frames whose trends are tested, and the course expected of each.

    frames   the codebook's frames
    path     a CSV file with the columns frame, course, why; None: that of `expected_file`. Without such a file
             the first TESTED frames of the codebook are tested, whatever the articles say
    returns  "falls", "rises" or (without a file) "", by frame, in the order of the file
    raises   ValueError naming a line whose frame is not in the codebook or is given twice, or whose course is neither
             falls nor rises; also if no frame is named
    """
    path = Path(path or expected_file())
    if not path.exists():
        return dict.fromkeys(frames[:TESTED], "")
    table = read_table(path, "frame course", optional="why")
    written = {frame.casefold(): frame for frame in frames}
    table["frame"] = table["frame"].map(lambda frame: written.get(frame.casefold(), frame))
    table["course"] = table["course"].str.lower()
    for row in table.assign(twice=table.duplicated("frame")).itertuples():
        if row.frame not in frames or row.twice or row.course not in ("falls", "rises"):
            raise ValueError(
                f"{path}, line {row.Index}: {row.frame!r}, {row.course!r}. Write each frame once, as in the codebook "
                f"({', '.join(frames)}), and as its course falls or rises."
            )
    if table.empty:
        raise ValueError(f"{path}: names no frame. Write at least one row, such as: {frames[0]},rises,")
    return dict(zip(table["frame"], table["course"], strict=True))


def frames_of(codebook: pd.DataFrame) -> list[str]:
    """The frames in the order of the file, without the masks."""
    return [frame for frame in codebook["frame"].unique() if frame != MASK]


def without_words_from(codebook: pd.DataFrame, places: list[str]) -> pd.DataFrame:
    """The terms whose word was found elsewhere, and all masks.

    codebook  one row per term, from load_codebook
    places    values of its column word_from, such as those of DEPENDENT
    """
    return codebook[~codebook["word_from"].isin(places) | codebook["frame"].eq(MASK)]


def term_pattern(term: str) -> re.Pattern:
    """What a term means, as a regular expression.

    Search it in straightened text, in small letters unless the term is exact. The match is group 1, so that overlapping
    matches are found too.

    >>> bool(term_pattern("arms traffic*").search("reduce arms trafficking"))
    True
    >>> bool(term_pattern("arms traffic*").search("arms, trafficking"))
    False
    """
    words = (re.escape(word.strip("*")) for word in term.split(" "))
    stars = ((r"\w*" * word.startswith("*"), r"\w*" * word.endswith("*")) for word in term.split(" "))
    phrase = " ".join(before + word + after for word, (before, after) in zip(words, stars, strict=True))
    return re.compile(rf"(?<!\w)(?=({phrase})(?!\w))")


def is_exact(term: str) -> bool:
    """Whether the term has a capital, and so matches only as it is written."""
    return term != term.lower()


def lower(text: str) -> str:
    """The text in small letters, one for one, so that offsets stay the same ("İ" alone would become two)."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def tidy(term: str) -> str:
    """A term as it is kept: mended as texts are (no soft hyphen, ligature or no-break space), with straight apostrophes
    and one space between words."""
    return straighten(" ".join(mend(term).split()))


def fault_of_term(term: str) -> str:
    """What is wrong with a term and what to do about it; "" if nothing is."""
    if any("*" in word and not re.search(r"\w", word) for word in term.split(" ")):
        return f"{term!r} holds a lone '*', which would match every word. Put it at the end or start of a word."
    if any("*" in word.removeprefix("*").removesuffix("*") for word in term.split(" ")):
        return (
            f"{term!r} has a '*' inside a word. Put it at the end or start of a word; write each term on its own line."
        )
    if not re.search(r"\w", term):
        return f"{term!r} has no letter or digit, so it matches no word. Delete the row."
    return ""


def _fault(row) -> str:
    """What is wrong with one row and what to do about it; "" if nothing is.

    row  frame, term, twice (the same frame and term occur above), empty (the frame has no terms), first (how the frame
         is written where it first occurs)
    """
    if not row.frame:
        return f"the term {row.term!r} has no frame. Write one, or {MASK!r} for a mask."
    if row.frame.lower() == MASK != row.frame:
        return f"the frame is {row.frame!r}. Write {MASK!r} for a mask, or rename the frame."
    if row.frame != row.first:
        return f"the frame {row.frame!r} is {row.first!r} above. Write both the same way, or rename one."
    if row.empty:
        return f"the frame {row.frame!r} has no terms. Write at least one, or delete the row."
    if not row.term:
        return f"an empty term under the frame {row.frame!r}. Write one, or delete the row."
    if fault := fault_of_term(row.term):
        return fault
    if row.twice:
        return f"{row.term!r} is given twice under {row.frame!r}. Delete one."
    return ""
