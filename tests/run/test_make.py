"""`make`, in a copy, with a Python that only writes down how it was called."""

import os
import shutil
import subprocess
import time

import pytest

from helpers.run import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt" or not shutil.which("make"), reason="needs make and sh")
# One call is one line, its parts divided by a character that no path here has. It sets up what it is asked to.
FAKE = """#!/bin/sh
printf '%s\\037%s\\037%s\\037%s\\036' "$*" "${SOURCE-none}" "${CODEBOOK-none}" "${SHEET-none}" >> "$CALLS"
if [ "$4" ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; cp "$4" "$3/made"; fi
[ -e "$(dirname "$0")/../spoilt" ] && exit 1
exit 0
"""
SETS_UP = "-I helpers/run/environment.py .venv requirements.txt"
NAMES = [
    "my 'own' \"files\"; touch $(echo gone) `touch gone` $HOME $$ #1",
    *[
        "a b",
        "a ",
        "a\t",
        "a$b",
        "$(x)",
        "${x}",
        "$",
        "$(shell touch gone)",
        "`touch gone`",
        "$(x",
        "a;b",
        "a&b",
        "a|b",
    ],
    *[
        "a>b",
        "#a",
        "a\\#b",
        "a%b",
        "*",
        "?",
        "[a]",
        "{a,b}",
        "~",
        "~root",
        "a\\b",
        "a\\",
        "a\\\nb",
        "-a",
        "--help",
        "=a",
    ],
    *["a=b", "a,b", "(a", "a)", "@a", "!a", "a\nb", "a\n", "a\rb", "ñandú 墨西哥", "caf\udce9", "a" * 5000],
]


@pytest.fixture
def place(tmp_path):
    """A folder whose name has a space, with the Makefile and the fake Python."""
    folder = tmp_path / "a copy"
    folder.mkdir()
    shutil.copy(ROOT / "Makefile", folder)
    (folder / "requirements.txt").write_text("uv==1\n", "utf-8")
    (folder / "fake").write_text(FAKE, "utf-8")
    (folder / "fake").chmod(0o755)
    return folder


def make(folder, *words, **environment):
    """How make ended, and the calls that the fake Python wrote down: words, SOURCE, CODEBOOK, SHEET of each."""
    calls = folder / "calls"
    calls.unlink(missing_ok=True)
    ours = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "SOURCE", "CODEBOOK", "SHEET")
    clean = {name: value for name, value in os.environ.items() if name not in ours}
    clean |= {"CALLS": str(calls)} | environment
    command = ["make", "PYTHON=./fake", *words]
    ended = subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True)
    if not calls.exists():
        return ended, []
    return ended, [call.split("\037") for call in os.fsdecode(calls.read_bytes()).split("\036")[:-1]]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_paths_reach_python_as_they_were_typed(place, name):
    given = {"SOURCE": name, "CODEBOOK": f"{name}.csv", "SHEET": name}
    words = [f"{what}={path}" for what, path in given.items()]
    tries = {"-m helpers.run": make(place, "run", *words), "-m helpers.run lab": make(place, "lab", **given)}
    for called, (ended, calls) in tries.items():
        assert ended.returncode == 0, ended.stderr
        assert calls[-1] == [called, *given.values()]
    assert not (place / "gone").exists()


def test_what_is_given_but_empty_is_passed_on_and_what_is_not_given_is_not(place):
    assert make(place, "run", "SOURCE=", CODEBOOK="")[1][-1][1:] == ["", "", "none"]
    assert make(place, "run", "SOURCE=$(nothing)")[1][-1][1] == "$(nothing)"


def test_an_environment_is_set_up_once(place):
    assert [call[0] for call in make(place, "run")[1]] == [SETS_UP, "-m helpers.run"]
    assert SETS_UP not in [call[0] for call in make(place, "run")[1]]


def test_an_environment_with_older_pins_is_brought_to_the_new(place):
    make(place, "run")
    later = time.time() + 5
    os.utime(place / "requirements.txt", (later, later))
    assert SETS_UP in [call[0] for call in make(place, "run")[1]]


def test_an_environment_whose_python_is_gone_or_spoilt_is_set_up_anew(place):
    make(place, "run")
    (place / ".venv" / "spoilt").touch()
    assert SETS_UP in [call[0] for call in make(place, "run")[1]]
    (place / ".venv" / "spoilt").unlink()
    (place / ".venv" / "bin" / "python").unlink()
    (place / ".venv" / "bin" / "python").symlink_to(place / "nowhere")
    assert SETS_UP in [call[0] for call in make(place, "run")[1]]
