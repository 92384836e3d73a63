"""JupyterLab on the collection, or on copies of its notebooks for what a reader brings."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import nbformat

from helpers.articles.load import load_articles
from helpers.files.lock import held
from helpers.files.outputs import write_whole
from helpers.run import PLACE, ROOT
from helpers.run.collection import EXPLORER, NUMBERED, write_explorer
from helpers.run.execute import cleared, lab_environment
from helpers.run.own import aim_links, own_folder, what_is_given
from helpers.run.saying import say


def lab(root: Path = ROOT, source: str | None = None, codebook: str | None = None) -> int:
    """Open JupyterLab on the whole collection, at the notebooks. With what a reader brings, at copies of them, so that
    saving one or drawing its figures leaves the collection as it is. A run beside it is told that it is open."""
    folder, environment, given = root / "notebooks", lab_environment(), what_is_given(root, source, codebook)
    if given:
        folder = own_folder(root, given) / "lab" / "notebooks"
        _copy_notebooks(root, folder)
        _bring_explorer(folder.with_name("figures"), given)
        environment |= given | {"FIGURES": str(folder.with_name("figures"))}
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={root}"]
    command.append("--ContentsManager.pre_save_hook=helpers.run.execute.keep_metadata")
    command.append(f"--LabApp.default_url=/lab/tree/{quote(folder.relative_to(root).as_posix())}")
    (root / PLACE).mkdir(exist_ok=True)
    before = signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C is JupyterLab's to answer
    try:
        with held(root / PLACE / "lab"):
            return subprocess.call(command, env=environment)
    finally:
        signal.signal(signal.SIGINT, before)


def _copy_notebooks(root: Path, folder: Path) -> None:
    """The notebooks without outputs; a copy that is there is left as its reader saved it."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in sorted((root / "notebooks").glob(f"{NUMBERED}.ipynb")):
        if not (folder / file.name).exists():
            copy = aim_links(cleared(nbformat.read(file, 4)), root, folder)
            write_whole(folder / file.name, (nbformat.writes(copy) + "\n").encode())


def _bring_explorer(figures: Path, given: dict[str, str]) -> None:
    """The explorer to where links of the copies lead: that of the last run, else a new one."""
    figures.mkdir(exist_ok=True)
    of_run = figures.parents[1] / "figures" / EXPLORER
    if of_run.exists():
        shutil.copy(of_run, figures)
    elif not (figures / EXPLORER).exists():
        say("The explorer is made.")
        write_explorer(figures, load_articles(given["SOURCE"]), given)
