"""CSV and JSON lines are read piece by piece, and what is wrong is reported by its row."""

import lzma

import pandas as pd
import pytest

from helpers.articles.load import load_articles, read_articles
from helpers.scale import read_coded, work
from tests.scale.made import code, csv_of, jsonl_of


def test_a_mark_that_is_never_closed_does_not_fill_the_memory_and_the_rest_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(work, "BATCH", 300)
    lines = ["text\tdate", *(f"Arms number {number}.\t2012" for number in range(200))]
    lines[20] = '"' + lines[20]
    (tmp_path / "a.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    code(tmp_path / "a.tsv", tmp_path / "out")
    loaded = load_articles(tmp_path / "a.tsv")
    names = read_coded(tmp_path / "out")["article"].drop_duplicates().tolist()
    assert names == [f"a-{row}" for row in range(2, 202)]
    assert sorted(names) == sorted(loaded["article"])


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_a_line_too_long_to_be_held_is_left_out_by_its_row_and_the_rest_is_kept(tmp_path, monkeypatch, name):
    monkeypatch.setattr(work, "BATCH", 100)
    rows = [{"text": text} for text in ["The US sold arms.", "Arms. " * 100, "Arms again.", "Arms. " * 400, "US arms."]]
    (tmp_path / name).write_text(jsonl_of(rows) if name == "a.jsonl" else csv_of(rows), "utf-8")
    with pytest.warns(UserWarning, match=r"left out: 2 .*longer than 500 bytes"):
        code(tmp_path / name, tmp_path / "out")
    first = 1 if name == "a.jsonl" else 2
    assert read_coded(tmp_path / "out", "left_out")["row"].tolist() == [first + 1, first + 3]
    kept = [f"a-{first + number}" for number in (0, 2, 4)]
    assert read_coded(tmp_path / "out")["article"].unique().tolist() == kept


@pytest.mark.parametrize("line", ["", "a", "{}", '{"text": "The US sold arms."}'])
def test_what_unpacks_to_far_more_than_articles_do_is_refused(tmp_path, monkeypatch, line):
    monkeypatch.setattr(work, "BATCH", 1_000)
    end = "" if line == "a" else "\n"
    (tmp_path / "a.jsonl.xz").write_bytes(lzma.compress((line + end).encode() * 2_000_000))
    (tmp_path / "b.jsonl").write_text('{"text": "Arms."}\n')
    with pytest.warns(UserWarning, match=r"a.jsonl.xz\): it unpacks to more than"):
        code(tmp_path, tmp_path / "out")
    assert read_coded(tmp_path / "out", partial=True)["article"].unique().tolist() == ["b-1"]


def test_lines_that_are_no_json_are_told_one_by_one_however_many_there_are(tmp_path, monkeypatch):
    monkeypatch.setattr(work, "BATCH", 100)
    good, bad = [f'{{"text": "Arms number {number}."}}\n' for number in range(20)], ["{broken\n"] * 60
    (tmp_path / "a.jsonl").write_text("\ufeff" + "".join([*bad, *good[:10], *bad, "[]\n", *good[10:], *bad]), "utf-8")
    with pytest.warns(UserWarning, match="a.jsonl: left out: 181"):
        code(tmp_path / "a.jsonl", tmp_path / "out")
    articles, left_out = read_articles(tmp_path / "a.jsonl")
    assert sorted(read_coded(tmp_path / "out")["article"].unique()) == sorted(articles["article"])
    pd.testing.assert_frame_equal(read_coded(tmp_path / "out", "left_out"), left_out)
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "a.jsonl").write_text("".join(["{broken\n", "{}\n", *good]), "utf-8")
    with pytest.warns(UserWarning, match="left out: 2"):
        code(tmp_path / "empty", tmp_path / "all")
    assert read_coded(tmp_path / "all")["article"].nunique() == len(good)
    (tmp_path / "b.jsonl").write_text("".join(bad), "utf-8")
    with pytest.warns(UserWarning, match=r"line 1: not JSON .* Write each article on a line of its own"):
        code(tmp_path / "b.jsonl", tmp_path / "none")


def test_quotation_marks_of_the_texts_own_shift_no_rows_of_later_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(work, "BATCH", 300)
    said = ['"' * (number in (3, 20)) + f"Arms number {number} are sold again and again" for number in range(40)]
    (tmp_path / "a.tsv").write_text("text\tdate\n" + "".join(f"{text}\t2012\n" for text in said), "utf-8")
    code(tmp_path / "a.tsv", tmp_path / "out")
    names = read_coded(tmp_path / "out")["article"].drop_duplicates().tolist()
    assert names == sorted(load_articles(tmp_path / "a.tsv")["article"], key=names.index)
    assert len(names) == 40
