"""The files of a source."""

import os

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.articles.load import load_articles, read_articles
from helpers.scale import read_coded
from tests.scale.made import code


def test_files_not_read_are_named_but_for_those_of_the_system(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ["a.csv", "a.docx", "b.pdf", "c.zip", "d.epub", ".DS_Store", "._a.csv"]:
        (folder / name).write_text("text\nArms.\n", "utf-8")
    with pytest.warns(UserWarning, match=r"^not read: a\.docx, b\.pdf, c\.zip and 1 more: .*reads \.parquet"):
        table = code(folder, tmp_path / "out")
    assert read_coded(tmp_path / "out", "left_out")["file"].tolist() == ["a.docx", "b.pdf", "c.zip", "d.epub"]
    assert table["name"].tolist() == ["a.csv"]
    with pytest.raises(FileNotFoundError, match=r"no file that ends in \.parquet, .*a\.docx: "):
        code(folder / "a.docx", tmp_path / "other")
    code(f"{tmp_path}/i*/a.c*", tmp_path / "pattern")
    assert read_coded(tmp_path / "pattern")["article"].tolist() == ["in/a-2"] * 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_file_whose_name_is_like_a_pattern_is_that_file(tmp_path):
    (tmp_path / "in [1]").mkdir()
    (tmp_path / "in [1]" / "a*.csv").write_text("text\nArms.\n", "utf-8")
    code(tmp_path / "in [1]" / "a*.csv", tmp_path / "out")
    (name,) = load_articles(tmp_path / "in [1]" / "a*.csv")["article"]
    assert read_coded(tmp_path / "out")["article"].tolist() == [name] * 2


def test_a_folder_that_spark_or_dask_wrote_is_read_without_a_word(tmp_path):
    (tmp_path / "in" / "year=2012").mkdir(parents=True)
    (tmp_path / "in" / "_delta_log").mkdir()
    pq.write_table(pa.table({"text": ["Arms."]}), tmp_path / "in" / "year=2012" / "part-0.parquet")
    names = "_SUCCESS _metadata _common_metadata _committed_12 _delta_log/0.json _delta_log/1.checkpoint.parquet"
    for name in [*names.split(), "year=2012/.part-0.parquet.crc"]:
        (tmp_path / "in" / name).write_text("{}", "utf-8")
    code(tmp_path / "in", tmp_path / "out")
    articles, left_out = read_articles(tmp_path / "in")
    assert read_coded(tmp_path / "out")["article"].unique().tolist() == articles["article"].tolist()
    assert articles["article"].tolist() == ["year=2012/part-0-1"]
    assert left_out.empty


def test_what_was_written_into_the_source_is_no_article_and_the_run_goes_on(tmp_path):
    (tmp_path / "a.csv").write_text("text\nArms.\n", "utf-8")
    code(tmp_path, tmp_path / "coded" / "one")
    code(tmp_path, tmp_path / "coded" / "one")
    code(tmp_path, tmp_path / "coded" / "two")
    assert read_coded(tmp_path / "coded" / "two")["article"].tolist() == ["a-2"] * 2
