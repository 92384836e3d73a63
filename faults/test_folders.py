"""Folders with what is no file, or may not be read: all else is read, and what is left out is told."""

import os
import socket
from pathlib import Path

import pytest

from faults.bounded import read_bounded
from faults.made import GOOD


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "good.csv").write_bytes(GOOD)
    return tmp_path / "mine"


def test_what_is_no_file_is_never_opened_and_is_told(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(str(folder / "socket.txt"))
    (folder / "lost.txt").symlink_to("nowhere")
    (folder / "itself.txt").symlink_to("itself.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "loop").symlink_to(folder)
    said = read_bounded(folder).said
    assert said.startswith("1 articles")
    for name in ("pipe.txt", "socket.txt", "lost.txt", "itself.txt", "device.txt", "loop"):
        assert name in said


def test_names_that_are_not_letters_are_shown_and_read(folder: Path) -> None:
    (folder / os.fsdecode(b"\xff.csv")).write_bytes(GOOD)
    (folder / 'a\nb\t"c".txt').write_bytes(b"\0" * 9)
    (folder / "._c.csv").write_bytes(b"\0")
    said = read_bounded(folder).said
    assert said.startswith("2 articles")
    assert "a\\nb\\t" in said.replace("\\\\", "\\")
    assert "._c" not in said


def test_a_path_too_long_to_open_is_told(folder: Path) -> None:
    here = os.getcwd()
    os.chdir(folder)
    for _ in range(25):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
    os.chdir(here)
    assert "dddd" in read_bounded(folder).said


def test_kinds_that_are_not_read_are_not_read_in_full(folder: Path) -> None:
    for number in range(4):
        with (folder / f"{number}.mp4").open("wb") as video:
            video.truncate(900 * 2**20)
    with (folder / "sparse.txt").open("wb") as text:
        text.write(b"Guards came. " * 1000)
        text.truncate(2**30)
    said = read_bounded(folder).said
    assert "3.mp4" in said and "sparse.txt" in said
