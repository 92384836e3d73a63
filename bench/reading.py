"""How much there is to read: `.venv/bin/python bench/reading.py [FOLDER]`, for this collection or a checkout of it.

One row per notebook: words and numbers of its verdict (the first paragraph of the Answer); code cells, and lines of
code shown above the Answer; words of prose, and of outputs beside figures. Then the README's words and the longest
files of the helpers.
"""

import sys
from pathlib import Path

import nbformat
import pandas as pd

from helpers.findings.words import count_numbers, length_in_words
from helpers.run import ROOT
from helpers.run.execute import is_folded
from helpers.run.pages import ANSWER, code_of, outputs_of, prose_of, text_of, verdict_of


def count_notebook(notebook: nbformat.NotebookNode) -> dict[str, int]:
    """The counts of one notebook, by name."""
    return {
        "verdict": length_in_words(verdict_of(notebook)),
        "numbers": count_numbers(verdict_of(notebook)),
        "code cells": len(code_of(notebook)),
        "lines above": lines_above(notebook),
        "prose": length_in_words(prose_of(notebook)),
        "output": length_in_words(outputs_of(notebook)),
    }


def lines_above(notebook: nbformat.NotebookNode) -> int:
    """Lines of code that a reader sees before the Answer; a folded cell shows one."""
    lines = 0
    for cell in code_of(notebook):
        if any(text_of(output).startswith(ANSWER) for output in cell.outputs):
            break
        lines += 1 if is_folded(cell) else len(cell.source.splitlines())
    return lines


def count_collection(folder: Path) -> pd.DataFrame:
    """One row per notebook, by file name, and a row of totals: the columns of count_notebook."""
    files = sorted((folder / "notebooks").glob("[0-9][0-9]-*.ipynb"))
    table = pd.DataFrame({file.stem: count_notebook(nbformat.read(file, 4)) for file in files}).T
    return pd.concat([table, table.sum().rename("all").to_frame().T]).rename_axis("notebook")


def longest_files(folder: Path, most: int = 3) -> list[str]:
    """The longest files of the helpers, with their lines."""
    lines = {file: len(file.read_text("utf-8").splitlines()) for file in (folder / "helpers").rglob("*.py")}
    longest = sorted(lines, key=lambda file: (-lines[file], file))[:most]
    return [f"{file.relative_to(folder).as_posix()} ({lines[file]:,})" for file in longest]


if __name__ == "__main__":
    collection = Path(sys.argv[1]).resolve() if sys.argv[1:] else ROOT
    print(count_collection(collection).to_string())
    print(
        "README, words:",
        sum(any(map(str.isalnum, word)) for word in (collection / "README.md").read_text("utf-8").split()),
    )
    print("Longest files, lines:", ", ".join(longest_files(collection)))
