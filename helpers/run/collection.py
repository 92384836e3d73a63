"""The collection is run: all of it or nothing.

Notebooks run aside; only when each has run to its end do the new outputs, figures and README lines take the place of
the old ones. For a reader's own articles or codebook, the outputs of every notebook that ran to its end go to a folder
of their own.
"""

import compileall
import contextlib
import time
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import nbformat
import pandas as pd

from helpers.articles.drawing import say_drawn
from helpers.explorer.page import explore
from helpers.files.cells import write_csv
from helpers.run import ROOT
from helpers.run.execute import execute_all, kernel_environment
from helpers.run.once import keep_for_notebooks, read_for_notebooks
from helpers.run.own import check_coded, check_given, own_folder, own_page, what_is_given
from helpers.run.ready import require_folders
from helpers.run.report import REPORT, write_report
from helpers.run.results import (
    EXPLORER,
    NUMBERED,
    build_collection,
    build_own,
    list_earlier,
    refuse_saved,
    refuse_theirs,
    seal,
)
from helpers.run.saying import say
from helpers.run.stopping import not_now
from helpers.run.swap import only_run, swap
from helpers.text.split import split_sentences

READ = "Read: {articles:,} articles with {sentences:,} sentences in all."
LOST = "Left out: {number:,}, to begin with {file}: {why}. The report lists all of them."


def refuse_one_number_twice(files: list[Path]) -> None:
    """Raise ValueError if two notebooks have one number: each would write over the other's findings and figures."""
    for one, other in pairwise(files):
        if one.name[:2] == other.name[:2]:
            raise ValueError(f"notebooks/: {one.name} and {other.name} have one number. Rename one, and its figures.")


class Task(NamedTuple):
    """What a run is about, read before any notebook runs."""

    given: dict[str, str]  # what the reader brings, from what_is_given
    own: Path | None  # the reader's folder; None: the collection itself is run
    notebooks: dict[Path, bytes]  # as they are stored, by their files
    remarks: list[str]  # on the reader's definitions
    articles: pd.DataFrame
    left_out: pd.DataFrame
    sentences: pd.DataFrame


def run(root: Path = ROOT, source: str | None = None, codebook: str | None = None) -> int:
    """Execute the notebooks of a collection in place, or on what a reader brings, with the outputs in own/.

    source    the reader's articles; None: the collection's own
    codebook  the reader's codebook, perhaps with lists and coding/ beside it; None: the collection's own
    returns   the exit code: 0, or 1 where a notebook failed
    raises    FileNotFoundError, ValueError where articles or codebook cannot be read, before anything is run;
              ValueError where another run is at work, or a file that would be replaced was changed meanwhile. Nothing
              is changed then; nor at KeyboardInterrupt
    """
    began, given = time.perf_counter(), what_is_given(root, source, codebook)
    require_folders(root, *([root / "own"] if given else [root / "notebooks", root / "figures"]))
    with contextlib.ExitStack() as to_the_end, only_run(root) as aside:
        task = _prepare(root, given)
        new = aside / f"new-{task.own.name if task.own else ''}"
        ran, failed = _execute(task, new, aside)
        earlier = list_earlier(task.own, failed) if task.own else []
        complete = not failed or bool(task.own and ran)
        gone = _build(root, task, new, ran, failed, earlier) if complete else []
        to_the_end.enter_context(not_now())  # also while it clears up: whoever stops it from here on finds it ended
        if complete:
            swap(root, new, task.own or root, gone)
        where = task.own.relative_to(root).as_posix() if task.own and complete else ""
        took = f"in {time.perf_counter() - began:.0f} s."
        say(_ending(len(task.notebooks), failed, earlier, where, took))
    return int(bool(failed))


def _prepare(root: Path, given: dict[str, str]) -> Task:
    """Read and check all that the run is about."""
    for remark in (remarks := check_given(given)):
        say(remark)
    own = own_folder(root, given) if given else None
    articles, left_out = read_for_notebooks(given)
    if drawn := say_drawn(left_out):
        say(drawn)
        remarks.append(drawn)
    sentences = split_sentences(articles)
    say(READ.format(articles=len(articles), sentences=len(sentences)))
    if len(lost := left_out[left_out["kept"].eq(False)]):
        say(LOST.format(number=len(lost), file=lost["file"].iloc[0], why=lost["why"].iloc[0]))
    if own:
        check_coded(given, sentences)
        require_folders(own, own / "notebooks", own / "figures")
        refuse_theirs(own)
    files = sorted((root / "notebooks").glob(f"{NUMBERED}.ipynb"))
    refuse_one_number_twice(files)
    notebooks = {file: file.read_bytes() for file in files}
    return Task(given, own, notebooks, remarks, articles, left_out, sentences)


def _execute(task: Task, new: Path, aside: Path) -> tuple[dict[Path, nbformat.NotebookNode], list[str]]:
    """The executed notebooks, and the names of what failed; figures and the explorer go to `new`."""
    compileall.compile_dir(ROOT / "helpers", quiet=2)  # once, and not in every kernel
    import_module("matplotlib.font_manager")  # likewise its list of fonts; a kernel would say so among its outputs
    drawn = {"FIGURES": str(new / "figures")}
    kept = keep_for_notebooks(aside / "kept", task.articles, task.left_out, task.sentences)
    ran = execute_all(list(task.notebooks), kernel_environment(aside) | task.given | kept | drawn, aside)
    failed = [file.name for file in task.notebooks if file not in ran]
    return ran, failed + write_explorer(new / "figures", task.articles, task.given)


def _build(
    root: Path,
    task: Task,
    new: Path,
    ran: dict[Path, nbformat.NotebookNode],
    failed: list[str],
    earlier: list[str],
) -> list[str]:
    """Write all that is to be put in place into `new`; the names of what is to go."""
    own, given = task.own, task.given
    if not own:
        gone = build_collection(new, root, ran)
        refuse_saved(task.notebooks)
        return gone
    page = own_page(given, task.articles, task.remarks, failed, earlier)
    whole = build_own(new, own, root, ran, page)
    shown = task.sentences[["article", "sentence", "text"]]
    write_csv(shown, new / "sentences.csv")
    write_report(new, whole, given, task.articles, task.left_out, task.sentences, failed, earlier)
    gone = seal(new, own)
    refuse_theirs(own, (file.relative_to(new).as_posix() for file in new.rglob("*") if file.is_file()))
    return gone


def _ending(notebooks: int, failed: list[str], earlier: list[str], where: str, took: str) -> str:
    """What a run says at its end: what there is now, and what to open.

    earlier   of what failed, that which is there from an earlier run
    where     the reader's folder, if anything was put there
    """
    if failed:
        kept = f"The others are in {where}." if where else "Nothing was changed."
        kept += f" From an earlier run: {', '.join(earlier)}." if where and earlier else ""
        said = f"{len(failed)} of {notebooks} failed ({', '.join(failed)}) {took} {kept}"
    elif where:
        said = f"{notebooks} notebooks and their figures are in {where}, {took}"
    else:
        said = f"{notebooks} notebooks, their figures and the README's findings are up to date, {took}"
    if where:
        return f"{said}\nTo read what was found, open {where}/{REPORT} in a browser."
    if failed:
        return said
    return f"{said}\nTo read what was found, open README.md; for the sentences, figures/{EXPLORER} in a browser."


def write_explorer(folder: Path, articles: pd.DataFrame, given: dict[str, str]) -> list[str]:
    """Write the explorer beside the figures; its name where that failed, having printed why."""
    try:
        page = explore(articles, given)
    except ValueError as error:
        say(f"FAILED {EXPLORER}: {error}")
        return [EXPLORER]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / EXPLORER).write_bytes(page)
    return []
