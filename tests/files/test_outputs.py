"""What notebooks write stays small enough to be opened, and says what it left out."""

import pandas as pd
import pytest

from helpers.files import outputs
from helpers.files.outputs import write_numbers


@pytest.fixture(autouse=True)
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
