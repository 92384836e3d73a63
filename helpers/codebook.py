"""The codebook: which terms speak for which frame, and what a term means.

A term in lower case matches any case; a capital in it makes it exact. It matches whole words (a letter or digit may
not touch it); `*` at the end of a word takes any ending, at its start any beginning. The words of a phrase are divided
by one space, so no phrase is found across a comma or a sentence's end.
"""

import re
import unicodedata
from pathlib import Path

import pandas as pd

from helpers.tables import SEEDS, read_table

MASK = "none"  # the frame of terms inside which nothing counts
STRAIGHT = str.maketrans("‘’“”‑", "''\"\"-")  # one character for one: offsets stay


def load_codebook(path: Path | str = SEEDS / "codebook.csv") -> pd.DataFrame:
    """Read and check a codebook.

    path     a CSV file with the columns frame, term, source, note; the frame `none` marks masks
    returns  one row per term: frame, term, source, note, in the order of the file
    raises   FileNotFoundError; ValueError naming the file, the line and what to do about it
    """
    table = read_table(Path(path), "frame term", optional="source note")
    table["term"] = table["term"].map(tidy)
    twice = table.duplicated(["frame", "term"])
    empty = table["term"].eq("").groupby(table["frame"]).transform("all")
    for line, row in enumerate(table.assign(twice=twice, empty=empty).itertuples(), 2):
        if fault := _fault(row):
            raise ValueError(f"{path}, line {line}: {fault}")
    if not set(table["frame"]) - {MASK}:
        raise ValueError(f"{path}: no frame has a term. Add rows such as: militarised,soldiers,,")
    return table


def frames_of(codebook: pd.DataFrame) -> list[str]:
    """The frames in the order of the file, masks left out."""
    return [frame for frame in codebook["frame"].unique() if frame != MASK]


def term_pattern(term: str) -> re.Pattern:
    """What a term means, as a regular expression to search in straightened text, lowered unless the term is exact.

    >>> bool(term_pattern("arms traffic*").search("reduce arms trafficking"))
    True
    >>> bool(term_pattern("arms traffic*").search("arms, trafficking"))
    False
    """
    words = (re.escape(word.strip("*")) for word in term.split(" "))
    stars = ((r"\w*" * word.startswith("*"), r"\w*" * word.endswith("*")) for word in term.split(" "))
    phrase = " ".join(before + word + after for word, (before, after) in zip(words, stars, strict=True))
    return re.compile(rf"(?<!\w){phrase}(?!\w)")


def is_exact(term: str) -> bool:
    """Whether a capital in the term makes it match in this case only."""
    return term != term.lower()


def lower(text: str) -> str:
    """The text in lower case, character for character, so that offsets stay ("İ" alone would become two)."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def tidy(term: str) -> str:
    """A term as it is kept: composed characters, straight apostrophes, one space between words."""
    return " ".join(unicodedata.normalize("NFC", term).translate(STRAIGHT).split())


def fault_of_term(term: str) -> str:
    """What is wrong with a term and what to do about it; "" if nothing is."""
    if any("*" in word and not re.search(r"\w", word) for word in term.split(" ")):
        return f"{term!r} holds a lone '*', which would match every word. Put it at the end or start of a word."
    if any("*" in word.removeprefix("*").removesuffix("*") for word in term.split(" ")):
        return f"{term!r} has a '*' inside a word. It may stand at a word's end or start only."
    if not re.search(r"\w", term):
        return f"{term!r} holds no letter or digit, so it matches no word. Delete the row."
    return ""


def _fault(row) -> str:
    """What is wrong with one row (frame, term, twice, empty) and what to do about it; "" if nothing is."""
    if not row.frame:
        return f"the term {row.term!r} has no frame. Name one, or {MASK!r} for a mask."
    if row.empty:
        return f"the frame {row.frame!r} has no terms. Write at least one or delete the row."
    if not row.term:
        return f"a row of the frame {row.frame!r} has an empty term. Write one or delete the row."
    if fault := fault_of_term(row.term):
        return fault
    if row.twice:
        return f"{row.term!r} stands twice under {row.frame!r}. Delete one."
    return ""
