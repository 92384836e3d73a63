"""The collection is run: all of it or nothing.

Notebooks run aside; only when each has run to its end do the new outputs, figures and README lines take the place of
the old ones. For a reader's own articles or codebook, the outputs of every notebook that ran to its end go to a folder
of their own.
"""

import compileall
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import nbformat
import pandas as pd

from helpers.articles.drawing import say_drawn
from helpers.articles.load import load_articles
from helpers.explorer.page import explore
from helpers.files.outputs import refuse_open_files
from helpers.run import ROOT
from helpers.run.execute import cleared, execute_all, kernel_environment, lab_environment
from helpers.run.once import keep_for_notebooks, read_for_notebooks
from helpers.run.own import aim_links, check_coded, check_given, own_folder, own_page, what_is_given
from helpers.run.package import write_package
from helpers.run.pages import fill_readme
from helpers.run.report import REPORT, write_report
from helpers.text.split import split_sentences

NUMBERED = "[0-9][0-9]-*"
EXPLORER = "explorer.html"


def refuse_one_number_twice(files: list[Path]) -> None:
    """Raise ValueError if two notebooks have one number: each would write over the other's findings and figures."""
    for one, other in pairwise(files):
        if one.name[:2] == other.name[:2]:
            raise ValueError(f"notebooks/: {one.name} and {other.name} have one number. Rename one, and its figures.")


def run(root: Path = ROOT, source: str | None = None, codebook: str | None = None) -> int:
    """Execute the notebooks of a collection in place, or on what a reader brings, with the outputs in own/.

    source    the reader's articles; None: the collection's own
    codebook  the reader's codebook, perhaps with lists and coding/ beside it; None: the collection's own
    returns   the exit code: 0, or 1 where a notebook failed
    raises    FileNotFoundError, ValueError where articles or codebook cannot be read, before anything is run
    """
    began, given = time.perf_counter(), what_is_given(root, source, codebook)
    for remark in (remarks := check_given(given)):
        print(remark, flush=True)
    own = own_folder(root, given) if given else None
    articles, left_out = read_for_notebooks(given)
    if drawn := say_drawn(left_out):
        print(drawn, flush=True)
        remarks.append(drawn)
    sentences = split_sentences(articles)
    print(f"Read: {len(articles):,} articles of {len(sentences):,} sentences.", flush=True)
    if own:
        check_coded(given, sentences)
    files = sorted((root / "notebooks").glob(f"{NUMBERED}.ipynb"))
    refuse_one_number_twice(files)
    compileall.compile_dir(ROOT / "helpers", quiet=2)  # once, and not in every kernel
    with tempfile.TemporaryDirectory() as aside:
        kept = keep_for_notebooks(Path(aside) / "kept", articles, left_out, sentences)
        ran = execute_all(files, kernel_environment(Path(aside)) | given | kept)
        failed = [file.name for file in files if file not in ran]
        failed += _explore(Path(aside) / "figures", articles, given)
        if own:
            _keep(own, root, ran, Path(aside) / "figures", own_page(given, articles, remarks, failed))
            shown = sentences[["article", "sentence", "text"]]
            shown.to_csv(own / "sentences.csv", index=False, lineterminator="\n")
            write_report(own, ran, given, articles, left_out, sentences, failed)
        elif not failed:
            _swap(root, ran, Path(aside) / "figures")
            write_package(root)
    print(_ending(root, len(files), failed, own, f"in {time.perf_counter() - began:.0f} s."))
    return int(bool(failed))


def _ending(root: Path, notebooks: int, failed: list[str], own: Path | None, took: str) -> str:
    """What a run says at its end: what there is now, and what to open."""
    where = own.relative_to(root).as_posix() if own else ""
    if failed:
        kept = f"The others are in {where}." if own else "Nothing was changed."
        said = f"{len(failed)} of {notebooks} failed ({', '.join(failed)}) {took} {kept}"
    elif own:
        said = f"{notebooks} notebooks and their figures are in {where}, {took}"
    else:
        said = f"{notebooks} notebooks, their figures and the README's findings are up to date, {took}"
    if own:
        return f"{said}\nTo read what was found, open {where}/{REPORT} in a browser."
    if failed:
        return said
    return f"{said}\nTo read what was found, open README.md; for the sentences, figures/{EXPLORER} in a browser."


def _explore(folder: Path, articles: pd.DataFrame, given: dict[str, str]) -> list[str]:
    """Write the explorer beside the figures; its name where that failed, having printed why."""
    try:
        page = explore(articles, given)
    except ValueError as error:
        print(f"FAILED {EXPLORER}: {error}", flush=True)
        return [EXPLORER]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / EXPLORER).write_bytes(page)
    return []


def lab(root: Path = ROOT, source: str | None = None, codebook: str | None = None) -> int:
    """Open JupyterLab on the whole collection, at the notebooks. With what a reader brings, at copies of them, so that
    saving one or drawing its figures leaves the collection as it is."""
    folder, environment, given = root / "notebooks", lab_environment(), what_is_given(root, source, codebook)
    if given:
        folder = own_folder(root, given) / "lab" / "notebooks"
        _copy_notebooks(root, folder)
        _bring_explorer(folder.with_name("figures"), given)
        environment |= given | {"FIGURES": str(folder.with_name("figures"))}
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={root}"]
    command.append("--ContentsManager.pre_save_hook=helpers.run.execute.keep_metadata")
    command.append(f"--LabApp.default_url=/lab/tree/{quote(folder.relative_to(root).as_posix())}")
    before = signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C is JupyterLab's to answer
    try:
        return subprocess.call(command, env=environment)
    finally:
        signal.signal(signal.SIGINT, before)


def _copy_notebooks(root: Path, folder: Path) -> None:
    """The notebooks without outputs; a copy that is there is left as its reader saved it."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in sorted((root / "notebooks").glob(f"{NUMBERED}.ipynb")):
        if not (folder / file.name).exists():
            copy = aim_links(cleared(nbformat.read(file, 4)), root, folder)
            (folder / file.name).write_text(nbformat.writes(copy) + "\n", "utf-8")


def _bring_explorer(figures: Path, given: dict[str, str]) -> None:
    """The explorer to where links of the copies lead: that of the last run, else a new one."""
    figures.mkdir(exist_ok=True)
    of_run = figures.parents[1] / "figures" / EXPLORER
    if of_run.exists():
        shutil.copy(of_run, figures)
    elif not (figures / EXPLORER).exists():
        print("The explorer is made.", flush=True)
        _explore(figures, load_articles(given["SOURCE"]), given)


def _keep(own: Path, root: Path, ran: dict[Path, nbformat.NotebookNode], drawn: Path, page: str) -> None:
    """Write what ran on what a reader brings, and the page that tells what was found and what failed."""
    refuse_open_files((own / "figures").glob("*"))
    for folder in (own / "notebooks", own / "figures"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    (own / "README.md").write_text(page, "utf-8")
    numbers = {file.name[:3] for file in ran}
    for file in sorted(drawn.glob(NUMBERED)):
        if file.name[:3] not in numbers:
            file.unlink()
    kept = own / "notebooks"
    _swap(own, {kept / file.name: aim_links(notebook, root, kept) for file, notebook in ran.items()}, drawn)


def _swap(root: Path, notebooks: dict[Path, nbformat.NotebookNode], drawn: Path) -> None:
    """Put the new notebooks, figures and README lines in the place of the old. All is written beside its place first,
    then renamed; a file that is the same stays."""
    fresh = {root / "figures" / file.name: file.read_bytes() for file in sorted(drawn.glob("*"))}
    fresh |= {file: (nbformat.writes(notebook) + "\n").encode() for file, notebook in notebooks.items()}
    readme = root / "README.md"
    if readme.exists():
        named = {file.name: notebook for file, notebook in notebooks.items()}
        fresh[readme] = fill_readme(readme.read_text("utf-8"), named).encode()
    changed = {file: content for file, content in fresh.items() if not file.exists() or file.read_bytes() != content}
    refuse_open_files(changed)
    (root / "figures").mkdir(exist_ok=True)
    for file, content in changed.items():
        file.with_name(file.name + ".new").write_bytes(content)
    for file in changed:
        os.replace(file.with_name(file.name + ".new"), file)
    for old in (root / "figures").glob(NUMBERED):
        if old not in fresh:
            old.unlink()
