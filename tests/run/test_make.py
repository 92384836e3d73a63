"""`make`, in a copy, with a Python that only writes down how it was called."""

import os
import shutil
import subprocess
import time

import pytest

from helpers.run import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt" or not shutil.which("make"), reason="needs make and sh")
FAKE = """#!/bin/sh
printf '%s|%s|%s\\n' "$*" "$SOURCE" "$CODEBOOK" >> "$CALLS"
if [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; cp "$0" "$3/bin/uv"; fi
"""
HARD = "my 'own' \"files\"; touch $(echo gone) `touch gone` $HOME $$ #1"


@pytest.fixture
def place(tmp_path):
    """A folder whose name has a space, with the Makefile and the fake Python."""
    folder = tmp_path / "a copy"
    folder.mkdir()
    shutil.copy(ROOT / "Makefile", folder)
    (folder / "requirements.txt").write_text("uv==1\n", "utf-8")
    (folder / "pyproject.toml").write_text("", "utf-8")
    (folder / "fake").write_text(FAKE, "utf-8")
    (folder / "fake").chmod(0o755)
    return folder


def make(folder, *words, **environment):
    """How make ended, and the calls that the fake Python wrote down."""
    calls = folder / "calls"
    calls.unlink(missing_ok=True)
    clean = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    clean |= {"CALLS": str(calls)} | environment
    command = ["make", "PYTHON=./fake", *words]
    ended = subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True)
    return ended, calls.read_text("utf-8").splitlines() if calls.exists() else []


@pytest.mark.parametrize("target", ["run", "lab"])
@pytest.mark.parametrize("where", ["words", "environment"])
def test_paths_reach_python_as_they_were_typed(place, target, where):
    paths = {"SOURCE": HARD, "CODEBOOK": "b $(shell touch gone).csv"}
    if where == "words":
        ended, calls = make(place, target, *(f"{name}={path}" for name, path in paths.items()))
    else:
        ended, calls = make(place, target, **paths)
    assert ended.returncode == 0, ended.stderr
    wanted = "-m helpers.run" + " lab" * (target == "lab")
    assert calls[-1] == f"{wanted}|{paths['SOURCE']}|{paths['CODEBOOK']}"
    assert not (place / "gone").exists()


def test_an_environment_that_is_a_link_is_refused_and_left_alone(place, tmp_path):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "precious").write_text("kept", "utf-8")
    (place / ".venv").symlink_to(theirs)
    ended, calls = make(place, "run")
    assert ended.returncode != 0 and not calls
    assert ".venv is a link to" in ended.stderr and "rm .venv" in ended.stderr
    assert [file.name for file in theirs.iterdir()] == ["precious"]


def test_an_environment_that_is_there_is_added_to_and_that_is_said(place):
    assert make(place, "run")[0].returncode == 0
    (place / ".venv" / "precious").write_text("kept", "utf-8")
    later = time.time() + 5
    os.utime(place / "requirements.txt", (later, later))
    ended, calls = make(place, "run")
    assert "What you installed there besides them stays." in ended.stdout
    assert (place / ".venv" / "precious").read_text("utf-8") == "kept"
    assert not [call for call in calls if " venv " in call or "--clear" in call]
    assert [call for call in calls if call.startswith("pip install")] == [
        "pip install --quiet --system-certs --compile-bytecode --python .venv/bin/python -r requirements.txt||"
    ]


def test_what_is_up_to_date_is_not_installed_again(place):
    make(place, "run")
    assert [call.split("|")[0] for call in make(place, "run")[1]] == ["-m helpers.run"]
