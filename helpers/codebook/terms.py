"""The codebook: which terms speak for which frame, and what a term means.

A term in lower case matches any case; a capital in it makes it exact. It matches whole words (no letter, digit or
underscore may touch it); `*` at the end of a word takes any ending, at its start any beginning. The words of a phrase
are divided by one space, so no phrase is found across a comma or a sentence's end.
"""

import os
import re
import unicodedata
from pathlib import Path

import pandas as pd

from helpers.codebook.formats import fault_of_signs, is_two_columns, read_foreign
from helpers.files.tables import SEEDS, read_table
from helpers.text.characters import straighten

MASK = "none"  # the frame of terms inside which nothing counts
TESTED = 3  # frames, where nobody says which: each one more asks for more articles


def codebook_path() -> Path:
    """The file that the environment variable CODEBOOK names, else the collection's codebook."""
    return Path(os.environ.get("CODEBOOK") or SEEDS / "codebook.csv").resolve()


def is_own() -> bool:
    """Whether the codebook is the collection's, and not one that a reader has brought."""
    return codebook_path() == SEEDS / "codebook.csv"


def load_codebook(path: Path | str | None = None) -> pd.DataFrame:
    """Read and check a codebook.

    path     a CSV file with the columns frame, term, source, note; the frame `none` marks masks. Or a codebook of
             another tool (quanteda's .yml, LIWC's .dic or .dicx, a CSV of term and category), see `read_foreign`. None:
             that of `codebook_path`
    returns  one row per term: frame, term, source, note, in the order of the file
    raises   FileNotFoundError; ValueError naming the file, the line and what to do about it
    """
    path = path or codebook_path()
    if Path(path).suffix.lower() != ".csv" or is_two_columns(Path(path)):
        return check_codebook(read_foreign(Path(path)), path)
    table = read_table(Path(path), "frame term", optional="source note")
    for line, term in table["term"].map(tidy).items():
        if fault := fault_of_signs(term):
            raise ValueError(f"{path}, line {line}: {fault}")
    return check_codebook(table.reindex(columns="frame term source note".split(), fill_value=""), path)


def check_codebook(table: pd.DataFrame, path: Path | str) -> pd.DataFrame:
    """A table of terms as read from `path`, its terms tidied, or ValueError naming the line and what to do about it.

    table    one row per term, in the order of the file: frame, term, ...
    """
    table = table.assign(term=table["term"].map(tidy))
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
    """Terms of the moment as a codebook of one frame: one row per term: frame ("node"), term.

    raises  ValueError saying what is wrong with a term
    """
    table = pd.DataFrame({"frame": "node", "term": [tidy(term) for term in terms]}, dtype=str)
    for row in table.assign(twice=table.duplicated(), empty=False, first="node").itertuples():
        if fault := _fault(row):
            raise ValueError(f"as_codebook: {fault}")
    return table


def load_expected(frames: list[str], path: Path | str | None = None) -> dict[str, str]:
    """The frames whose courses are tested, and the course expected of each: falls or rises.

    frames  the codebook's frames
    path    a CSV file with the columns frame, course, why; in its order. None: the expected.csv beside the codebook
            of `codebook_path`; where there is none, the codebook's first TESTED frames are tested, whatever the
            articles hold, and no course is expected ("")
    raises  ValueError naming the line with a frame that is not in the codebook or stands twice, or with another course;
            also where no frame is named
    """
    path = Path(path or codebook_path().with_name("expected.csv"))
    if not path.exists() and path.parent != SEEDS:
        return dict.fromkeys(frames[:TESTED], "")
    table = read_table(path, "frame course", optional="why")
    for row in table.assign(twice=table.duplicated("frame")).itertuples():
        if row.frame not in frames or row.twice or row.course not in ("falls", "rises"):
            raise ValueError(
                f"{path}, line {row.Index}: {row.frame!r}, {row.course!r}. Write each frame once, as it is written in "
                f"the codebook ({', '.join(frames)}), and falls or rises."
            )
    if table.empty:
        raise ValueError(f"{path}: names no frame. Write one at least, such as: {frames[0]},rises,")
    return dict(zip(table["frame"], table["course"], strict=True))


def frames_of(codebook: pd.DataFrame) -> list[str]:
    """The frames in the order of the file, masks left out."""
    return [frame for frame in codebook["frame"].unique() if frame != MASK]


def term_pattern(term: str) -> re.Pattern:
    """What a term means, as a regular expression to search in straightened text, lowered unless the term is exact. The
    match itself is group 1, so that matches that overlap are found too.

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
    """Whether a capital in the term makes it match in this case only."""
    return term != term.lower()


def lower(text: str) -> str:
    """The text in lower case, character for character, so that offsets stay ("İ" alone would become two)."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def tidy(term: str) -> str:
    """A term as it is kept: composed characters, straight apostrophes, one space between words."""
    return " ".join(straighten(unicodedata.normalize("NFC", term)).split())


def fault_of_term(term: str) -> str:
    """What is wrong with a term and what to do about it; "" if nothing is."""
    if any("*" in word and not re.search(r"\w", word) for word in term.split(" ")):
        return f"{term!r} holds a lone '*', which would match every word. Put it at the end or start of a word."
    if any("*" in word.removeprefix("*").removesuffix("*") for word in term.split(" ")):
        return f"{term!r} has a '*' inside a word. It may stand at a word's end or start only, each term on a line."
    if not re.search(r"\w", term):
        return f"{term!r} holds no letter or digit, so it matches no word. Delete the row."
    return ""


def _fault(row) -> str:
    """What is wrong with one row (frame, term, twice, empty, first: how the frame was written first) and what to do
    about it; "" if nothing is."""
    if not row.frame:
        return f"the term {row.term!r} has no frame. Name one, or {MASK!r} for a mask."
    if row.frame.lower() == MASK != row.frame:
        return f"the frame is written {row.frame!r}. Masks are written {MASK!r}; rename a frame of your own."
    if row.frame != row.first:
        return f"the frame {row.frame!r} is written {row.first!r} above. Write it one way, or rename one."
    if row.empty:
        return f"the frame {row.frame!r} has no terms. Write at least one or delete the row."
    if not row.term:
        return f"a row of the frame {row.frame!r} has an empty term. Write one or delete the row."
    if fault := fault_of_term(row.term):
        return fault
    if row.twice:
        return f"{row.term!r} stands twice under {row.frame!r}. Delete one."
    return ""
