"""An environment is made beside its place. Here pip and uv are left out: what they install is one file."""

import os
import sys
from pathlib import Path

import pytest

from helpers.run import environment

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no make on Windows")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder to work in, with pins; installing writes a script that names the folder it is in."""

    def install(command, lock, given=b""):
        """Make what venv or uv would make."""
        if "venv" in command:
            make_environment(Path(command[-1]))
        elif "install" in command and "-r" in command:
            new = Path(command[command.index("--python") + 1]).parent
            (new / "tool").write_text(f"#!{new.resolve()}/python\n", "utf-8")
            (new / "tool").chmod(0o755)
        return b""

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(environment, "call", install)
    Path("pins.txt").write_text("uv==1\n", "utf-8")
    return Path(".venv")


def make_environment(folder):
    """An environment whose Python is this one, as far as `works` can tell."""
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").symlink_to(sys.executable)
    (folder / "pyvenv.cfg").write_text(f"command = venv {folder.resolve()}\n", "utf-8")
    (folder / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages").mkdir(parents=True)
    (folder / "lib" / "precious").write_text("kept", "utf-8")


def run():
    return environment.main(Path(".venv"), Path("pins.txt"))


def test_all_names_the_place_where_it_stands(place, tmp_path):
    assert run() == 0
    assert (place / "bin" / "tool").read_text("utf-8") == f"#!{tmp_path.resolve()}/.venv/bin/python\n"
    assert os.access(place / "bin" / "tool", os.X_OK)
    assert (place / "pyvenv.cfg").read_text("utf-8").endswith("/.venv\n")
    assert sorted(file.name for file in tmp_path.iterdir()) == [".venv", "pins.txt"]


def test_new_pins_leave_what_else_is_there(place, tmp_path):
    make_environment(place)
    assert run() == 0
    assert (place / "lib" / "precious").exists() and (place / "bin" / "tool").exists()
    assert sorted(file.name for file in tmp_path.iterdir()) == [".venv", "pins.txt"]


def test_what_fails_leaves_the_old_and_says_how_to_go_on(place, tmp_path, monkeypatch, capsys):
    make_environment(place)
    before = sorted(place.rglob("*"))
    for error in (OSError(28, "No space left on device", "a file"), KeyboardInterrupt()):
        monkeypatch.setattr(environment, "build", lambda *_, error=error: (_ for _ in ()).throw(error))
        assert run() != 0
        assert sorted(place.rglob("*")) == before and not (tmp_path / ".venv.new").exists()
    said = capsys.readouterr().err
    assert "pins.txt" in said and "No space left" in said and "touch .venv/made" in said and "Traceback" not in said


@pytest.mark.parametrize("damage", ["python is gone", "python is another", "it is a file"])
def test_what_cannot_be_used_is_kept_aside(place, tmp_path, damage):
    make_environment(place)
    if damage == "python is gone":
        (place / "bin" / "python").unlink()
    elif damage == "python is another":
        next(place.glob("lib/python*")).rename(place / "lib" / "python3.9")
    else:
        place.rename(tmp_path / "elsewhere")
        place.write_text("kept", "utf-8")
    assert run() == 0
    aside = tmp_path / ".venv.broken"
    assert (aside / "lib" / "precious" if aside.is_dir() else aside).read_text("utf-8") == "kept"
    assert environment.works(place)


def test_a_call_that_was_killed_between_the_old_and_the_new_is_undone(place, tmp_path):
    make_environment(tmp_path / ".venv.old")
    (tmp_path / ".venv.new").mkdir()
    assert run() == 0
    assert (place / "lib" / "precious").exists()
    assert sorted(file.name for file in tmp_path.iterdir()) == [".venv", "pins.txt"]


def test_a_link_is_refused_and_left_alone(place, tmp_path, capsys):
    make_environment(tmp_path / "theirs")
    place.symlink_to(tmp_path / "theirs")
    before = sorted((tmp_path / "theirs").rglob("*"))
    assert run() == 1
    assert "rm .venv" in capsys.readouterr().err
    assert sorted((tmp_path / "theirs").rglob("*")) == before


def test_an_old_python_is_told_which_is_needed(place, monkeypatch, capsys):
    monkeypatch.setattr(environment, "OLDEST", (9, 9))
    assert run() == 1
    assert "PYTHON=" in capsys.readouterr().err and not place.exists()
