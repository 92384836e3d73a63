"""The command line: options, and the environment variables that do the same."""

import os
import subprocess
import sys

import pytest

from helpers.run import ROOT, collection, lab
from helpers.run import __main__ as command


def test_options_win_over_the_environment(monkeypatch):
    monkeypatch.setenv("SOURCE", "theirs")
    monkeypatch.setenv("CODEBOOK", "a $book")
    asked = command.read_arguments(["lab", "--source", "mine"])
    assert (asked.what, asked.source, asked.codebook) == ("lab", "mine", "a $book")
    assert command.read_arguments([]).what == "run"


def test_what_is_asked_for_reaches_the_run(monkeypatch):
    monkeypatch.setattr(lab, "lab", lambda **asked: 0)
    monkeypatch.setattr(collection, "run", lambda **asked: [asked])
    assert command.main(["--codebook", "b.csv"]) == [{"source": None, "codebook": "b.csv"}]
    assert command.main(["lab"]) == 0


def test_articles_that_are_not_there_are_an_error_in_one_line(capsys):
    assert command.main(["--source", "nowhere"]) == 1
    said = capsys.readouterr().err
    assert "SOURCE=nowhere: no such file or folder" in said and said.count("\n") == 1


@pytest.mark.parametrize("name", ["source", "codebook", "sheet"])
def test_what_is_given_but_empty_is_no_run_on_the_collection(name, monkeypatch, capsys):
    monkeypatch.setattr(collection, "run", lambda **asked: pytest.fail("ran"))
    assert command.main([f"--{name}", ""]) == 1
    monkeypatch.setenv(name.upper(), "")
    assert command.main([]) == 1
    assert capsys.readouterr().err.count(f"{name.upper()} is given, but empty") == 2


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names there are always Unicode")
def test_a_name_that_no_page_could_show_is_an_error_in_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    os.mkdir(b"caf\xe9")
    assert command.main(["--source", "caf\udce9"]) == 1
    said = capsys.readouterr().err
    assert "SOURCE" in said and "UTF-8" in said and said.isascii()


@pytest.mark.parametrize(("words", "code"), [(["--help"], 0), (["dance"], 2)])
def test_help_names_the_options(words, code):
    told = subprocess.run(
        [sys.executable, "-m", "helpers.run", *words],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert told.returncode == code
    assert all(option in told.stdout + told.stderr for option in ("--source", "--codebook", "{run,lab}"))
