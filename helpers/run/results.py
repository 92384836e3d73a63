"""What a run puts in place: built whole in a folder of its own, before anything that is there is touched."""

import hashlib
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import nbformat

from helpers.run.own import aim_links
from helpers.run.package import MEANINGS, package_text
from helpers.run.pages import fill_readme

NUMBERED = "[0-9][0-9]-*"
EXPLORER = "explorer.html"
WRITTEN = ".written.json"  # in a reader's folder: what the last run wrote, by the digests of its files
SAVED = "{file}: was saved while the run was at work. Nothing was changed: run again to have its new content run."
DAMAGED = "{file}: is damaged. Move its folder elsewhere, for nothing says what in it is yours; then run again."
THEIRS = "{file}: is not as the last run wrote it. To keep it, rename or move it; else delete it. Then run again."


def refuse_saved(before: dict[Path, bytes]) -> None:
    """Raise ValueError if a notebook is not what it was when the run began: what was saved since is not written over.

    before   the notebooks as they were, by their files
    """
    for file, content in before.items():
        if not file.is_file() or file.read_bytes() != content:
            raise ValueError(SAVED.format(file=file))


def build_collection(new: Path, root: Path, ran: dict[Path, nbformat.NotebookNode]) -> list[str]:
    """Write the collection's notebooks, README and data package into `new`, which has its figures.

    returns   figures of notebooks that are no more, below `root`
    """
    _write_notebooks(new, ran)
    named = {file.name: notebook for file, notebook in ran.items()}
    if (root / "README.md").exists():
        (new / "README.md").write_bytes(fill_readme((root / "README.md").read_text("utf-8"), named).encode())
    if (root / MEANINGS).exists():
        (new / "datapackage.json").write_bytes(package_text(root, new).encode())
    old = [f"figures/{file.name}" for file in (root / "figures").glob(NUMBERED)]
    return [name for name in sorted(old) if not (new / name).exists()]


def build_own(
    new: Path, own: Path, root: Path, ran: dict[Path, nbformat.NotebookNode], page: str
) -> dict[Path, nbformat.NotebookNode]:
    """Write a reader's notebooks and page into `new`, which has the figures that were drawn. Of what failed now, what
    an earlier run wrote is taken over; figures of a notebook that never ran to its end are left out.

    returns   the notebooks that `new` has, by their files in the collection
    """
    _drop_figures(new, {file.name[:2] for file in ran})
    earlier = {name for name in _names_written(own) if not _is_of(name, ran)}
    for name in sorted(name for name in earlier if _was_whole(name, earlier) and not (new / name).exists()):
        (new / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(own / name, new / name)
    kept = own / "notebooks"
    _write_notebooks(new, {file: aim_links(notebook, root, kept) for file, notebook in ran.items()})
    there = {root / "notebooks" / file.name: file for file in sorted((new / "notebooks").glob("*.ipynb"))}
    whole = {file: ran[file] if file in ran else nbformat.read(copy, 4) for file, copy in there.items()}
    named = {file.name: notebook for file, notebook in whole.items()}
    (new / "README.md").write_bytes(fill_readme(page, named).encode("utf-8", "replace"))
    return whole


def list_earlier(own: Path, failed: list[str]) -> list[str]:
    """Of what failed, that which an earlier run with the same articles and codebook has left."""
    written = {Path(name).name for name in _names_written(own)}
    return [name for name in failed if name in written]


def _is_of(name: str, ran: Iterable[Path]) -> bool:
    """Whether a file in a reader's folder belongs to a notebook that ran now."""
    return Path(name).name[:3] in {file.name[:3] for file in ran}


def _was_whole(name: str, earlier: set[str]) -> bool:
    """Whether a file belongs to the explorer, or to a notebook that an earlier run has left too."""
    numbers = {Path(other).name[:3] for other in earlier if other.endswith(".ipynb")}
    return name == f"figures/{EXPLORER}" or (Path(name).parent.name != "" and Path(name).name[:3] in numbers)


def _drop_figures(new: Path, numbers: set[str]) -> None:
    for file in (new / "figures").glob(NUMBERED):
        if file.name[:2] not in numbers:
            file.unlink()


def _write_notebooks(new: Path, notebooks: dict[Path, nbformat.NotebookNode]) -> None:
    (new / "notebooks").mkdir(parents=True, exist_ok=True)
    for file, notebook in notebooks.items():
        (new / "notebooks" / file.name).write_bytes((nbformat.writes(notebook) + "\n").encode())


def seal(new: Path, own: Path) -> list[str]:
    """Note in `new` what it is made of, so that the next run knows its own files from the reader's.

    returns   what an earlier run wrote and this one does not, below `own`
    """
    files = sorted(file for file in new.rglob("*") if file.is_file())
    digests = {file.relative_to(new).as_posix(): _digest(file) for file in files}
    (new / WRITTEN).write_text(json.dumps(digests, indent=1) + "\n", "utf-8")
    return [name for name in sorted(_names_written(own)) if name not in digests]


def refuse_theirs(own: Path, names: Iterable[str] = ()) -> None:
    """Raise ValueError if a file in a reader's folder was changed since the last run, or was put there by the reader
    under one of the names that are about to be written.

    names   those that are about to be written, below `own`
    """
    if not (own / WRITTEN).is_file():
        return
    written = _written(own)
    theirs = [name for name in names if name not in written and name != WRITTEN and (own / name).exists()]
    theirs += [name for name, digest in written.items() if (own / name).is_file() and _digest(own / name) != digest]
    if theirs:
        raise ValueError(THEIRS.format(file=own / theirs[0]))


def _written(own: Path) -> dict[str, str]:
    """What the last run wrote: the digest of each file. Nothing outside the folder is looked at, whatever it says."""
    try:
        written = dict(json.loads((own / WRITTEN).read_text("utf-8")))
        for name in written:
            (own / name).resolve().relative_to(own.resolve())
    except (TypeError, ValueError) as error:
        raise ValueError(DAMAGED.format(file=own / WRITTEN)) from error
    return written


def _names_written(own: Path) -> set[str]:
    """What an earlier run wrote and is still there. Before runs took note of it, all that has a notebook's number."""
    if (own / WRITTEN).is_file():
        return {name for name in _written(own) if (own / name).is_file()}
    numbered = [file for folder in ("notebooks", "figures") for file in (own / folder).glob(NUMBERED)]
    return {file.relative_to(own).as_posix() for file in numbered if file.is_file()}


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
