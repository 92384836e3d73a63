"""New files take the place of old ones, all or none, and one run at a time is at it."""

import errno
import os
from pathlib import Path

import pytest

from helpers.files.lock import held
from helpers.run import swap as swapping
from helpers.run.swap import JOURNAL, finish, only_run, swap

OLD = {"README.md": "old", "figures/01.csv": "old", "figures/02.csv": "gone soon", "figures/mine.csv": "a reader's"}
NEW = {"README.md": "new", "figures/01.csv": "new", "notebooks/01.ipynb": "new"}
AFTER = NEW | {"figures/mine.csv": "a reader's"}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def read(root: Path) -> dict[str, str]:
    files = {file.relative_to(root).as_posix(): file for file in root.rglob("*") if file.is_file()}
    return {name: file.read_text() for name, file in files.items() if not name.startswith(".run/")}


@pytest.fixture
def root(tmp_path):
    return write(tmp_path, OLD)


def test_all_is_put_in_place_and_what_others_wrote_stays(root):
    with only_run(root) as aside:
        swap(root, write(aside / "new", NEW), root, ["figures/02.csv"])
    assert read(root) == AFTER
    assert sorted(file.name for file in (root / ".run").iterdir()) == ["lab", "lock"]


@pytest.mark.parametrize("moves", range(5))
def test_a_swap_that_breaks_off_is_ended_by_the_next_run(root, monkeypatch, moves):
    """Like a kill: nothing that comes after the last move is done."""
    replace, made = os.replace, []

    def counted(old, new):
        if len(made) == moves:
            raise SystemExit
        made.append(new)
        replace(old, new)

    monkeypatch.setattr(os, "replace", counted)
    monkeypatch.setattr(swapping, "_clear", lambda place: None)
    with pytest.raises(SystemExit) if moves < 4 else pytest.raises(ZeroDivisionError), only_run(root) as aside:
        swap(root, write(aside / "new", NEW), root, ["figures/02.csv"])
        raise ZeroDivisionError
    monkeypatch.undo()
    with only_run(root):
        assert read(root) == (AFTER if moves else OLD)
    assert read(root) == (AFTER if moves else OLD)
    assert not (root / JOURNAL).exists() and not list((root / ".run").glob("work-*"))


def test_onto_another_disk_files_are_copied_then_renamed(root, monkeypatch):
    replace = os.replace

    def other_disk(old, new):
        if Path(old).parent != Path(new).parent:
            raise OSError(errno.EXDEV, "Invalid cross-device link", str(old))
        replace(old, new)

    monkeypatch.setattr(os, "replace", other_disk)
    with only_run(root) as aside:
        swap(root, write(aside / "new", NEW), root, ["figures/02.csv"])
    assert read(root) == AFTER


def test_a_move_that_fails_is_named_and_made_by_the_next_run(root, monkeypatch):
    def refuse(new, place):
        raise PermissionError(errno.EACCES, "Permission denied", str(place))

    monkeypatch.setattr(swapping, "_move", refuse)
    monkeypatch.setattr(swapping, "_clear", lambda place: None)
    with pytest.raises(ValueError, match=r"README\.md.*run again"), only_run(root) as aside:
        swap(root, write(aside / "new", NEW), root, ["figures/02.csv"])
    monkeypatch.undo()
    assert finish(root)
    assert read(root) == AFTER


def test_a_second_run_is_refused_and_an_open_jupyterlab_is_said(root, capsys):
    with only_run(root) as aside:
        (aside / "half").write_text("")
        with pytest.raises(ValueError, match="another run is at work"), only_run(root):
            pass
        assert (aside / "half").exists()
    with held(root / ".run" / "lab") as ours, only_run(root):
        assert ours
    assert "JupyterLab is open" in capsys.readouterr().out
    with only_run(root):
        assert capsys.readouterr().out == ""


@pytest.mark.parametrize("journal", ["", "[]", '{"new": "x"}'])
def test_a_journal_that_is_damaged_is_named(tmp_path, journal):
    (tmp_path / JOURNAL).parent.mkdir()
    (tmp_path / JOURNAL).write_text(journal)
    with pytest.raises(ValueError, match=JOURNAL), only_run(tmp_path):
        pass
