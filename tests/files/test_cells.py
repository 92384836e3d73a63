"""No cell of a CSV file is a formula, and what our readers read is what was there."""

import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.files.cells import as_csv, read_csv, write_csv
from helpers.files.outputs import write_numbers
from helpers.files.tables import read_table

SIGNS = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
TEXTS = st.text(st.one_of(st.sampled_from("=+-@'\t 1.a%"), st.characters(exclude_categories=["Cs"])), max_size=8)


def cells_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@given(st.lists(TEXTS, min_size=1))
def test_any_text_is_read_as_it_was_and_computes_nothing(texts):
    texts = [text.replace("\r", "\n") for text in texts]
    written = as_csv(pd.DataFrame({"number": 1, "text": texts}))
    for _, cell in cells_of(written)[1:]:
        assert not cell.lstrip(" ").startswith(SIGNS) or cell.strip("+-%").replace(",", ".").replace(".", "").isdigit()
    assert list(read_csv(io.StringIO(written))["text"]) == texts


@pytest.mark.parametrize("formula", ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", " =1", "＝1+1"])
def test_a_formula_is_text(formula):
    (_, (name, *_)) = cells_of(as_csv(pd.DataFrame({"text": [formula]})))
    assert name[0] == "'" and name[1:] == formula


def test_a_carriage_return_begins_no_row():
    assert cells_of(as_csv(pd.DataFrame({"text": ["a\r=1", "\r\n=1"]}))) == [["text"], ["a\n=1"], ["'\n=1"]]


def test_numbers_stay_numbers_and_other_tables_the_same_bytes():
    table = pd.DataFrame(
        {
            "change": [-0.5, np.nan],
            "mixed": [1, "a"],
            "told": ["-0.5", "+12%"],
            "when": pd.to_datetime(["2020-01-01"] * 2),
        }
    ).astype({"told": "category"})
    assert as_csv(table) == table.to_csv(index=False, lineterminator="\n")


def test_a_columns_name_is_no_formula_either():
    assert cells_of(as_csv(pd.DataFrame({"=1+1": ["a"]})))[0] == ["'=1+1"]
    assert list(read_csv(io.StringIO(as_csv(pd.DataFrame({"=1+1": ["a"]}))))) == ["=1+1"]


def test_a_list_that_we_wrote_is_read_as_it_was(tmp_path):
    write_csv(pd.DataFrame({"word": ["-based", "'tis", "'=x"]}), tmp_path / "list.csv", encoding="utf-8-sig")
    assert list(read_table(tmp_path / "list.csv", "word")["word"]) == ["-based", "'tis", "'=x"]


def test_half_a_character_stops_no_file(tmp_path, monkeypatch):
    monkeypatch.setenv("FIGURES", str(tmp_path))
    table = pd.DataFrame({"file": ["b\udcffd.txt", "=a.txt"]}, dtype=object)
    write_numbers(table, "01-files")
    write_csv(table, tmp_path / "own.csv")
    assert (tmp_path / "01-files.csv").read_text("utf-8") == "file\nb?d.txt\n'=a.txt\n"
    assert (tmp_path / "own.csv").read_bytes() == (tmp_path / "01-files.csv").read_bytes()
