"""Where outputs go, and a file that another program holds."""

from pathlib import Path

import pandas as pd
import pytest

from helpers.files.outputs import refuse_open_files, write_numbers


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
    with pytest.raises(PermissionError, match=r"01-held\.csv is open in another program\. Close it there"):
        write_numbers(pd.DataFrame({"x": [2]}), "01-held")
    assert held.read_bytes() == b"x\n1\n"


def test_files_that_nobody_holds_or_that_are_not_there_are_let_pass(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"x\n")
    refuse_open_files([tmp_path / "a.csv", tmp_path / "none.csv"])
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_bytes() == b"x\n"
