"""A small collection, made for a test: this code, these articles, and three short notebooks."""

import os
import shutil
import sys
import time
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from faults.bounded import ROOT, Ended, run_bounded

ANSWER = "from IPython.display import Markdown\nMarkdown('**Answer.** It is {number}.')"
COUNT = (
    "import pandas as pd\nfrom helpers.files.outputs import write_numbers\n"
    "write_numbers(pd.DataFrame({{'x': [{number}]}}), '{name}')"
)
DRAW = (
    "import pandas as pd\nfrom matplotlib import pyplot as plt\nfrom helpers.figures.door import publish\n"
    "publish(plt.figure(figsize=(1, {number})), pd.DataFrame({{'x': [{number}]}}), '{name}')"
)
# As root every file can be read and written, unless the right to do so is given up before a program starts.
GIVE_UP = (
    "import ctypes, os, sys\n"
    "for right in (1, 2): ctypes.CDLL(None).prctl(24, right, 0, 0, 0)\n"
    "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
)


def make_collection(folder: Path, number: int = 1) -> Path:
    """A collection whose notebooks give `number`; it has not been run yet."""
    for part in ("helpers", "seeds"):
        shutil.copytree(ROOT / part, folder / part)
    for part in ("docs", "notebooks", "figures"):
        (folder / part).mkdir()
    for file in ("docs/columns.csv", "pyproject.toml", "CITATION.cff"):
        shutil.copy(ROOT / file, folder / file)
    (folder / "README.md").write_text("# T\n<!-- table -->\nold\n<!-- end -->\n", "utf-8")
    write_notebooks(folder, number)
    return folder


def write_notebooks(folder: Path, number: int) -> None:
    """The three notebooks, without outputs."""
    for place, cell in enumerate((DRAW, COUNT, COUNT), 1):
        write_notebook(folder, f"0{place}-number.ipynb", ANSWER, cell, number=number, name=f"0{place}-numbers")


def write_notebook(folder: Path, file: str, *cells: str, number: int, name: str) -> None:
    texts = [cell.format(number=number, name=name) for cell in cells]
    notebook = new_notebook(cells=[new_markdown_cell("# Which number is it?"), *map(new_code_cell, texts)])
    for place, cell in enumerate(notebook.cells):
        cell.id = f"c{place}"
    nbformat.write(notebook, folder / "notebooks" / file)


def run_collection(folder: Path, *words: str | Path, plain: bool = False, seconds: float = 120, **settings) -> Ended:
    """`python -m helpers.run` in a collection; `settings` as in run_bounded.

    plain   True: without root's right to read and write everything
    """
    command = [sys.executable, *(("-c", GIVE_UP) if plain else ()), "-m", "helpers.run", *words]
    env = {"PYTHONPATH": str(folder)} | settings.pop("env", {})
    return run_bounded(command, seconds=seconds, env=env, cwd=folder, **settings)


def everything(folder: Path) -> dict[str, bytes]:
    """The files of a collection that a run may write, but for the place where it is at work."""
    parts = [folder / part for part in ("notebooks", "figures", "own", "README.md", "datapackage.json")]
    files = [file for part in parts for file in (part.rglob("*") if part.is_dir() else [part]) if file.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def left_at_work(folder: Path) -> list[str]:
    """What runs have left where they work; nothing but locks and Matplotlib's list of fonts is right."""
    return sorted(file.name for file in (folder / ".run").glob("*") if file.name not in ("lock", "lab", "matplotlib"))


def processes_of(folder: Path, within: float = 10) -> list[str]:
    """The programs at work in a collection, once `within` seconds have not ended them."""
    end = time.monotonic() + within
    while (found := _processes(str(folder).encode())) and time.monotonic() < end:
        time.sleep(0.1)
    return found


def _processes(folder: bytes) -> list[str]:
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            words = (place / "cmdline").read_bytes()
        except OSError:
            continue
        if folder in words and place.name != str(os.getpid()):
            found.append(words.replace(b"\0", b" ").decode("utf-8", "replace"))
    return found
