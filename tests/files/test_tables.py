"""Our own tables are read as they are written, and rows keep the id of their sentence."""

import pandas as pd
import pytest

from helpers.files.tables import SEEDS, beside, ids_of, join_ids, label_rows, read_table, require


def test_a_table_is_text_and_its_index_the_line_of_the_file(tmp_path):
    (tmp_path / "a.csv").write_text("frame;term\nnone; NA \n\nb;1.0\n", "utf-8")
    table = read_table(tmp_path / "a.csv", "frame term", optional="note")
    assert table.to_dict("index") == {2: {"frame": "none", "term": "NA"}, 4: {"frame": "b", "term": "1.0"}}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("frame\nx\n", "missing term"),
        ("frame,term,colour\nx,y,z\n", "'colour'"),
        ("frame,frame\nx,y\n", "'frame'.*twice"),
    ],
)
def test_a_table_at_fault_is_named_with_its_column(tmp_path, written, said):
    (tmp_path / "a.csv").write_text(written, "utf-8")
    with pytest.raises(ValueError, match=rf"a\.csv: .*{said}"):
        read_table(tmp_path / "a.csv", "frame term")


def test_a_file_that_is_not_there_is_named_with_its_columns(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"a\.csv.*frame term"):
        read_table(tmp_path / "a.csv", "frame term")


def test_ids_are_joined_group_by_group_in_their_order():
    table = pd.DataFrame({"article": ["b", "a", "b"], "sentence": [2, 1, 3]})
    assert join_ids(ids_of(table), table.groupby("article", sort=False)) == ["b:2 b:3", "a:1"]


def test_rows_take_label_and_date_from_their_article():
    articles = pd.DataFrame({"article": ["a"], "label": ["2012"], "date": [pd.Timestamp("2012-01-01")]})
    table = label_rows(pd.DataFrame({"article": ["a", "b"], "hits": [1, 2], "label": ["old", "old"]}), articles)
    assert table[["article", "hits", "label"]].values.tolist() == [["a", 1, "2012"]]


def test_a_missing_column_is_told_with_what_makes_the_table():
    with pytest.raises(ValueError, match="hits, from find_hits: missing frame"):
        require(pd.DataFrame({"article": []}), "article frame", "hits, from find_hits")


def test_a_list_beside_the_codebook_goes_before_one_beside_the_articles_and_that_before_ours(tmp_path):
    for folder in ("book", "articles"):
        (tmp_path / folder).mkdir()
    given = {"CODEBOOK": str(tmp_path / "book" / "mine.csv"), "SOURCE": str(tmp_path / "articles")}
    assert beside("actors.csv", given) == beside("actors.csv", {}) == SEEDS / "actors.csv"
    for folder in ("articles", "book"):
        (tmp_path / folder / "actors.csv").touch()
        assert beside("actors.csv", given) == tmp_path / folder / "actors.csv"
    table = {"SOURCE": str(tmp_path / "articles" / "all.csv")}  # a file of articles
    (tmp_path / "articles" / "all.csv").touch()
    assert beside("actors.csv", table) == tmp_path / "articles" / "actors.csv"
