"""What is kept of each batch: a folder of Parquet files that is moved into place when all of it is written."""

import os
import shutil
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ASIDE = ".new"  # ends the name of what is not written to its end
SUMS = "sums.txt"  # in each folder: what the bytes of its files add up to
ROOM = "Make room there, or allow it to be written, and run the same again: it goes on from here"


def folder_of(out: Path, number: int) -> Path:
    """The folder of a batch's tables."""
    return out / f"{number:06}"


@contextmanager
def written_aside(place: Path) -> Iterator[Path]:
    """Where to write a file or folder. When all of it is written, it is moved into place; else it is removed.

    raises  OSError, naming the place and what to do
    """
    aside = place.with_name(place.name + ASIDE)
    try:
        yield aside
        os.replace(aside, place)
    except OSError as error:
        raise OSError(f"{place} could not be written ({error.strerror or error}). {ROOM}.") from error
    finally:
        clear(aside)


def keep_batch(out: Path, number: int, tables: dict[str, bytes]) -> None:
    """Write the tables of a batch, and what their bytes add up to."""
    with written_aside(folder_of(out, number)) as aside:
        aside.mkdir()
        for name, content in tables.items():
            (aside / f"{name}.parquet").write_bytes(content)
        sums = (f"{zlib.crc32(content):08x} {name}\n" for name, content in tables.items())
        (aside / SUMS).write_text("".join(sums), "utf-8")


def read_kept(out: Path, number: int, what: str) -> pa.Buffer:
    """The bytes of a table of a batch, found to be as they were written.

    raises  ValueError if they are not, or not there
    """
    folder = folder_of(out, number)
    try:
        sums = dict(line.split()[::-1] for line in (folder / SUMS).read_text("utf-8").splitlines())
        with pa.OSFile(str(folder / f"{what}.parquet")) as file:
            content = file.read_buffer()
    except (OSError, ValueError):
        sums, content = {}, b""
    if sums.get(what) != f"{zlib.crc32(content):08x}":
        raise ValueError(f"{folder}: {what}.parquet is damaged or not there. Run the same again: it is coded anew")
    return content


def read_table(out: Path, number: int, what: str) -> pa.Table:
    """A table of a batch."""
    return pq.read_table(pa.BufferReader(read_kept(out, number, what)))


def is_kept(out: Path, number: int, tables: Iterable[str]) -> bool:
    """Whether all tables of a batch are there as they were written."""
    try:
        return all(read_kept(out, number, what) for what in tables)
    except ValueError:
        return False


def clear(place: Path) -> bool:
    """Remove a file or folder that is not whole. Returns whether it was there. What cannot be removed stays."""
    there = place.exists()
    if place.is_dir():
        shutil.rmtree(place, ignore_errors=True)
    else:
        with suppress(OSError):
            place.unlink()
    return there
