"""Code a file sentence by sentence, in a notebook or a terminal."""

from pathlib import Path

import pandas as pd

from helpers.coders.labels import ABOUT, SAMPLED
from helpers.files.cells import read_csv, write_csv

BESIDE = ["article", "sentence", *ABOUT, *SAMPLED]  # columns of a coder's file that are no frame
HOW = "Type the numbers of its frames with blanks between them; nothing for no frame; q to stop. "


def ask_for_codes(file: Path | str) -> int:
    """Show the sentences of a coder's file that are not yet coded, one by one, and ask for the frames of each. Every
    answer is saved at once, so you can stop at any sentence and go on later.

    file     from write_template
    returns  how many sentences are coded now
    """
    table = read_csv(file)
    frames = [name for name in table if name not in BESIDE]
    print(", ".join(f"{number} {frame}" for number, frame in enumerate(frames, 1)))
    open_ones = table.index[table[frames].eq("").all(axis="columns")]
    for row in open_ones:
        given = _ask(table.loc[row], len(frames))
        if given is None:
            break
        table.loc[row, frames] = [str(int(number in given)) for number in range(1, len(frames) + 1)]
        write_csv(table, Path(file), encoding="utf-8-sig")
    return int(table[frames].ne("").any(axis="columns").sum())


def _ask(row: pd.Series, frames: int) -> set[int] | None:
    """The numbers of the frames that a coder gives one sentence; None where the coder stops."""
    known = set(map(str, range(1, frames + 1)))
    before = f"({row['before']})\n" if row.get("before") else ""
    while True:
        words = input(f"\n{before}{row['text']}\n{HOW}").split()
        if words == ["q"]:
            return None
        if set(words) <= known:
            return set(map(int, words))
        print(f"Numbers are 1 to {frames}. Please type them again.")
