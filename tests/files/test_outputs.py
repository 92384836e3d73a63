"""Where outputs go, how large they are, and a file that another program holds."""

from pathlib import Path

import pandas as pd
import pytest

from helpers.files import outputs
from helpers.files.outputs import refuse_open_files, write_numbers


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("FIGURES", str(tmp_path))
    monkeypatch.setattr(outputs, "MOST_BYTES", 1000)
    return tmp_path


def ids(count):
    return " ".join(f"a:{i}" for i in range(count))


def test_a_small_table_is_written_as_it_is(folder):
    table = pd.DataFrame({"carrying": [30, 1], "ids": [ids(30), "a:1"]})
    assert write_numbers(table, "00-x") == "00-x.csv"
    assert pd.read_csv(folder / "00-x.csv").equals(table)


def test_of_a_large_one_the_long_ids_are_cut_and_the_counts_stay(folder):
    table = pd.DataFrame({"carrying": [300, 20, 0], "ids": [ids(300), ids(20), ""]})
    assert write_numbers(table, "00-x") == "00-x.csv"
    written = pd.read_csv(folder / "00-x.csv", keep_default_na=False)
    assert written["carrying"].tolist() == [300, 20, 0]
    assert written["ids"].tolist() == [f"{ids(20)} …", ids(20), ""]


def test_one_that_is_still_too_large_is_packed_whole_and_no_part_of_it_stands_alone(folder):
    table = pd.DataFrame({"text": ["a, “b”\n" * 20] * 20})
    write_numbers(table.head(1), "00-x")
    assert write_numbers(table, "00-x") == "00-x.csv.zip"
    assert [file.name for file in folder.iterdir()] == ["00-x.csv.zip"]
    assert pd.read_csv(folder / "00-x.csv.zip").equals(table)
    first = (folder / "00-x.csv.zip").read_bytes()
    write_numbers(table, "00-x")
    assert (folder / "00-x.csv.zip").read_bytes() == first
    write_numbers(table.head(1), "00-x")
    assert [file.name for file in folder.iterdir()] == ["00-x.csv"]


@pytest.fixture
def held(tmp_path, monkeypatch):
    """A table that Excel shows, as Windows then treats it."""
    file, really = tmp_path / "01-held.csv", Path.open

    def refused(path, *mode, **more):
        if path == file and "r+b" in mode:
            raise PermissionError(13, "Permission denied", str(path))
        return really(path, *mode, **more)

    file.write_text("x\n1\n", "utf-8")
    monkeypatch.setattr(Path, "open", refused)
    monkeypatch.setenv("FIGURES", str(tmp_path))
    return file


def test_a_table_that_is_open_elsewhere_is_named_and_kept(held):
    with pytest.raises(PermissionError, match=r"01-held\.csv .*Close it there"):
        write_numbers(pd.DataFrame({"x": [2]}), "01-held")
    assert held.read_bytes() == b"x\n1\n"


def test_files_that_nobody_holds_or_that_are_not_there_are_let_pass(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"x\n")
    refuse_open_files([tmp_path / "a.csv", tmp_path / "none.csv"])
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_bytes() == b"x\n"
