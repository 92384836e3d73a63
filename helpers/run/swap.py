"""New files take the place of old ones: all of them or none, even if the process is killed on the way.

What a run makes stands in a folder of its own, below .run/, until it is complete. Then a journal lists what is to be
moved and what is to go. Until the journal is there, everything is old. Once it is there, the moves are made to their
end: by this run or, if it is killed, by the next one before it does anything else. A lock lets one run at a time do so.
"""

import contextlib
import errno
import filecmp
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers.files.lock import held
from helpers.files.outputs import refuse_open_files
from helpers.run import PLACE
from helpers.run.saying import say
from helpers.run.stopping import not_now

JOURNAL = f"{PLACE}/moves.json"
BUSY = "{root}: another run is at work here. Wait until it has ended, or stop it; then try again."
RESUMED = "An earlier run was killed while its results were being put in place. They are in place now."
HALFWAY = "{where}: the new results could not all be put in place ({why}). Mend that and run again: that goes on first."
DAMAGED = "{journal}: is damaged. Delete it and run again: what was not put in place is made anew."
IN_LAB = "JupyterLab is open here. What is not saved there is not part of this run, and is not touched by it."


@contextlib.contextmanager
def only_run(root: Path) -> Iterator[Path]:
    """A folder for what a run makes before it is complete. While the block lasts no other run is in this collection.

    What a run that was killed has left is put in place if it was complete, and cleared away if not.

    raises  ValueError where another run is at work
    """
    place = root / PLACE
    place.mkdir(exist_ok=True)
    with held(place / "lock") as ours:
        if not ours:
            raise ValueError(BUSY.format(root=root))
        if finish(root):
            say(RESUMED)
        with held(place / "lab") as no_lab:
            if not no_lab:
                say(IN_LAB)
        _clear(place)
        try:
            yield Path(tempfile.mkdtemp(prefix="work-", dir=place))
        finally:
            _clear(place)


def _clear(place: Path) -> None:
    """Remove the folders of runs, of this one and of those that were killed; and a journal that is half-written."""
    (place.parent / f"{JOURNAL}.new").unlink(missing_ok=True)
    for work in place.glob("work-*"):
        shutil.rmtree(work, ignore_errors=True)


def swap(root: Path, new: Path, base: Path, gone: Iterable[str]) -> None:
    """Move the files of `new` to the same places below `base`, and remove those that are `gone`: all or nothing. A file
    that is the same stays as it is.

    root    the collection; `new` and `base` are in it
    gone    names below `base`
    raises  PermissionError naming a file that another program holds; then nothing was changed
    """
    names = sorted(file.relative_to(new).as_posix() for file in new.rglob("*") if file.is_file())
    put = [name for name in names if not _same(new / name, base / name)]
    gone = [name for name in gone if (base / name).exists()]
    if not put and not gone:
        return
    refuse_open_files(base / name for name in [*put, *gone])
    for folder in sorted({(base / name).parent for name in put}):
        folder.mkdir(parents=True, exist_ok=True)
    moves = {"new": os.path.relpath(new, root), "base": os.path.relpath(base, root), "put": put, "gone": gone}
    written = root / f"{JOURNAL}.new"
    written.write_text(json.dumps(moves), "utf-8")
    os.replace(written, root / JOURNAL)
    finish(root)


def _same(new: Path, old: Path) -> bool:
    return old.is_file() and filecmp.cmp(new, old, shallow=False)


def finish(root: Path) -> bool:
    """Make the moves that the journal lists and that are not made yet; False where there is no journal."""
    journal = root / JOURNAL
    if not journal.exists():
        return False
    try:
        moves = json.loads(journal.read_text("utf-8"))
        new, base, put, gone = root / moves["new"], root / moves["base"], moves["put"], moves["gone"]
    except (LookupError, TypeError, ValueError) as error:
        raise ValueError(DAMAGED.format(journal=journal)) from error
    with not_now():
        try:
            for name in put:
                if (new / name).exists():
                    _move(new / name, base / name)
            for name in gone:
                (base / name).unlink(missing_ok=True)
        except OSError as error:
            raise ValueError(HALFWAY.format(where=error.filename, why=error.strerror)) from error
        journal.unlink()
    return True


def _move(new: Path, place: Path) -> None:
    """Rename; onto another disk (own/ may be a link to one) copy beside the place first, then rename."""
    try:
        os.replace(new, place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = place.with_name(f"{place.name}.new")
        shutil.copy(new, beside)
        os.replace(beside, place)
        new.unlink()
