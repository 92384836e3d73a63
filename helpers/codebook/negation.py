"""What denies the words after it.

A negation reaches the next five words ("2,400" and "U.S." are one word each), as in NegEx (Chapman et al. 2001,
J. Biomed. Inform. 34(5): 301-310). It does not reach past a comma or another such sign, past a word like "but", or
farther than REACH characters. Set phrases ("not only", "no wonder"), numbers ("No 2") and words like "no-fly" deny
nothing. The words are in seeds/negations.csv.
"""

import re

import pandas as pd

from helpers.files.tables import SEEDS, read_table

LIST = SEEDS / "negations.csv"
KINDS = ("negation", "no denial", "end")
REACH = 300
DENIAL = re.compile("no|n't|ever|ther|thout")  # part of every negation, in small letters: quick to search
# "No. 2", "No 2" and "its no 2" are numbers; "there were no 200 soldiers" is a denial.
NUMBER = r"(?!\.|\s?[#°]\s?\d)(?!(?:(?-i:(?<=\bNo))|(?<=\bthe\ no)|(?<=\bits\ no)|(?<='s\ no))\s\d{1,3}(?![,.]?\d))"
SPELLED = {"no": f"no{NUMBER}", "not": r"(?:not|cannot|\w+n't)"}


def read_negations() -> re.Pattern:
    """A pattern that is found in the text before a term, straightened, if a negation reaches the term."""
    table = read_table(LIST, "words kind language", optional="note")
    for row in table.itertuples():
        if row.kind not in KINDS or not row.words:
            raise ValueError(f"{LIST}, line {row.Index}: write words, and as kind one of {', '.join(KINDS)}.")
    words = {kind: table.loc[table["kind"].eq(kind), "words"] for kind in KINDS}
    denials = "|".join(_spelled(negation, words["no denial"]) for negation in words["negation"])
    return re.compile(
        rf"""(?<![\w])(?<!\w-)(?:{denials})
        (?:(?!\ -)[^\w,;:!?()–—]++(?!(?:{"|".join(words["end"])})\ )\w(?:[\w'-]|\.(?=\w)|,(?=\d))*+){{0,5}}
        (?!\ -\ )[^\w,;:!?()–—]++$""",
        re.VERBOSE | re.IGNORECASE,
    )


def _spelled(negation: str, phrases: pd.Series) -> str:
    """A negation outside the phrases in which it denies nothing."""
    found = [re.split(rf"(?<!\w){negation}(?![\w-])", phrase, maxsplit=1) for phrase in phrases]
    before = "".join(rf"(?<!\b{re.escape(part[0])})" for part in found if len(part) > 1 and part[0])
    after = "|".join(re.escape(part[1]) for part in found if len(part) > 1 and part[1])
    after = rf"(?!(?:{after})(?!\w))" if after else ""
    return rf"{before}{SPELLED.get(negation, negation)}(?![\w-]){after}"


NEGATED = read_negations()
