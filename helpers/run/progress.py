"""What a run is doing: on a terminal one line that moves, elsewhere a line now and then."""

import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

import nbformat

from helpers.run.saying import ERASE

EVERY = {True: 1, False: 30}  # seconds between two lines, on a terminal and elsewhere
AT_WORK = "{minutes} min, {done} of {all} cells done; notebooks at work: {now}"
AT: dict[str, tuple[list[int], int]] = {}  # notebooks at work, by file: the code cell that runs, and how many it has
ENDED: list[int] = []  # the code cells of each notebook that has ended


def code_cells(notebook: nbformat.NotebookNode) -> list[int]:
    """Where the code cells of a notebook are among its cells."""
    return [place for place, cell in enumerate(notebook.cells) if cell.cell_type == "code"]


def count_cells(files: list[Path]) -> int:
    """How many code cells the notebooks have; of one that cannot be read, none."""
    cells = 0
    for file in files:
        with suppress(Exception):  # it is read again, and reported
            cells += len(code_cells(nbformat.read(file, as_version=4)))
    return cells


@contextmanager
def following(name: str, cell: list[int], cells: int) -> Iterator[None]:
    """While this lasts, a notebook is at work: `cell` holds the code cell that runs, counted from 1, of `cells`."""
    AT[name] = (cell, cells)
    try:
        yield
    finally:
        del AT[name]
        ENDED.append(cells)


def say_progress(cells: int, seconds: float) -> str:
    """One line: the time, the code cells done of all `cells`, and the notebooks at work with the cell that runs."""
    done = sum(ENDED) + sum(max(cell[0] - 1, 0) for cell, _ in AT.values())
    now = ", ".join(f"{name[:2]} (cell {cell[0]} of {all_})" for name, (cell, all_) in sorted(AT.items()))
    return AT_WORK.format(minutes=f"{seconds / 60:.1f}", done=done, all=cells, now=now or "none")


async def show_progress(cells: int, stream: TextIO | None = None) -> None:
    """Show the line again and again, until cancelled."""
    stream, began = stream or sys.stdout, time.perf_counter()
    begin, end = (ERASE, "") if stream.isatty() else ("", "\n")
    ENDED.clear()
    with suppress(OSError):  # nobody need look
        try:
            while True:
                await asyncio.sleep(EVERY[stream.isatty()])
                line = say_progress(cells, time.perf_counter() - began)
                print(f"{begin}{line[:78] if begin else line}", end=end, file=stream, flush=True)
        finally:
            print(begin, end="", file=stream, flush=True)
