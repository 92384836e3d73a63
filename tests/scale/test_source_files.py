"""The files of a source."""

import errno
import os
import socket
from pathlib import Path
from typing import ClassVar

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fsspec.implementations.memory import MemoryFileSystem

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


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_what_is_no_file_is_left_out_and_told(tmp_path, monkeypatch):
    folder = tmp_path / "in"
    (folder / "closed").mkdir(parents=True)
    (folder / "a.csv").write_text("text\nArms.\n", "utf-8")
    (folder / "closed" / "b.csv").write_text("text\nArms.\n", "utf-8")
    (folder / "to-nothing.csv").symlink_to(folder / "nowhere")
    (folder / "to-itself.csv").symlink_to("to-itself.csv")
    (folder / "device.csv").symlink_to("/dev/zero")
    (folder / "round").symlink_to(folder)
    os.mkfifo(folder / "pipe.csv")
    with socket.socket(socket.AF_UNIX) as plug:
        monkeypatch.chdir(folder)
        plug.bind("socket.txt")
    real = os.scandir

    def scandir(path):
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.warns(UserWarning, match="not read"):
        code(folder, tmp_path / "out")
    assert read_coded(tmp_path / "out")["article"].unique().tolist() == ["a-2"]
    left_out = read_coded(tmp_path / "out", "left_out")
    odd = "closed device.csv pipe.csv round socket.txt to-itself.csv to-nothing.csv"
    assert left_out["file"].tolist() == odd.split()
    assert not left_out["kept"].any()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("kind", ["csv", "txt"])
def test_a_file_may_have_any_name(tmp_path, kind):
    names = [b"1 b", b"2%20b", b"3#b", b"4;b", b"5\nb", b"6?b", b"7::b", b"caf\xe9", b"x" * 250, b"$(8)"]
    (tmp_path / "in::[1] \n").mkdir()
    for name in names:
        file = os.fsencode(tmp_path / "in::[1] \n") + b"/" + name + f".{kind}".encode()
        Path(os.fsdecode(file)).write_text("text\nThe US sold arms.\n" if kind == "csv" else "The US sold arms.\n")
    table = code(tmp_path / "in::[1] \n", tmp_path / "out")
    assert table["fault"].eq("").all()
    assert len(read_coded(tmp_path / "out")) == 2 * len(names)
    assert read_coded(tmp_path / "out", "left_out").empty
    table.to_csv(tmp_path / "table.csv")  # what it says can be written


@pytest.mark.parametrize("second", [-315_619_200, 2_209_032_000, 9_999_999_999])
def test_a_clock_that_is_wrong_changes_nothing(tmp_path, second):
    (tmp_path / "a.csv").write_text("text,date\nThe US sold arms.,2012\n", "utf-8")
    os.utime(tmp_path / "a.csv", (second, second))
    for _ in range(2):
        code(tmp_path / "a.csv", tmp_path / "out")
    assert read_coded(tmp_path / "out")["period"].unique().tolist() == ["2012"]


class Cut(MemoryFileSystem):
    """A place from which files come only in part."""

    protocol = "cut"
    store: ClassVar = {}
    pseudo_dirs: ClassVar = [""]

    @classmethod
    def _strip_protocol(cls, path):
        return MemoryFileSystem._strip_protocol(path.replace("cut://", "memory://"))

    def _open(self, path, mode="rb", **settings):
        file = super()._open(path, mode, **settings)
        if mode == "rb" and "b." in path:
            file.read = cut_off
        return file


def cut_off(size=-1):
    raise ConnectionResetError(errno.ECONNRESET, "Connection reset")


def test_an_address_that_fails_halfway_is_told_and_tried_again_by_the_next_run(tmp_path):
    fsspec.register_implementation("cut", Cut, clobber=True)
    for name in ["a.jsonl", "b.jsonl", "b.txt", "c.jsonl"]:
        fsspec.filesystem("cut").pipe(f"/in/{name}", b'{"text": "The US sold arms."}\n')
    with pytest.warns(UserWarning, match="Connection reset"):
        code("cut://in", tmp_path / "out")
    kept = read_coded(tmp_path / "out", partial=True)["article"].unique().tolist()
    assert kept == ["a-1", "c-1"]
    told = read_coded(tmp_path / "out", "left_out", partial=True)["file"].tolist()
    assert sorted(told) == ["b.jsonl", "b.txt"]
