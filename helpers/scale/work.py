"""What a worker is given and what comes back: files, batches, articles, and how large each may be."""

import io
import os
import stat
from concurrent.futures import BrokenExecutor
from typing import NamedTuple

import fsspec
import pyarrow as pa

from helpers.articles.document import one_line
from helpers.articles.load import LEFT_OUT
from helpers.text.characters import SURROGATE

BATCH = 12_000_000  # bytes of text in memory at a time; of Parquet also one task and one folder of the output
ROWS_AT_ONCE = 1_000  # most rows of Parquet read at a time: if texts repeat, the file's sizes say little about theirs
SLICES = 10  # most pieces that one row group is cut into: each reads it from its beginning
LARGEST = 3  # batches: the largest row of a CSV. More means a quotation mark that is never closed
LONGEST = 5  # batches: the longest line
LOCAL = "file://"
READ = ("text", "id", "event", "published")  # the fields that are read
LEFT_OUT_SCHEMA = pa.schema(
    zip(LEFT_OUT.split(), [pa.string(), pa.int64(), pa.string(), pa.bool_(), pa.string()], strict=True)
)


class File(NamedTuple):
    """A file of the source.

    address  where it is; name: what it is called within the source
    size     in bytes; written: when it was last written ("" if unknown). Both show whether it was changed
    judges   True for an articles.csv beside .txt files
    """

    address: str
    name: str
    size: int
    written: str
    judges: bool = False


class Batch(NamedTuple):
    """A piece of work.

    Of a Parquet file it is the row groups `first` to `last`, or of their rows the slice `slice` of `slices`. Any other
    table is one batch. Files that are read whole (WHOLE) share a batch, named by the first. A `fault` says why the file
    cannot be read.
    """

    number: int
    files: tuple[File, ...]
    first: int = 0
    last: int = 0
    slice: int = 0
    slices: int = 1
    fault: str = ""

    @property
    def file(self) -> str:
        """The address of its first file."""
        return self.files[0].address

    @property
    def name(self) -> str:
        """The name of its first file."""
        return self.files[0].name


class Articles(NamedTuple):
    """Some articles of a batch: the text, name, period and language of each, and a table like that of
    `list_left_out`."""

    texts: pa.StringArray
    names: pa.StringArray
    periods: pa.StringArray
    languages: pa.StringArray
    left_out: pa.Table


def is_local(address: str) -> bool:
    """Whether a file is on this machine. Its path is taken as it is: no sign in it means anything to fsspec."""
    return address.startswith(LOCAL)


def written(address: str) -> tuple[int, str]:
    """The size of a file of this machine, and when it was last written.

    raises  ValueError if it is no file that can be read to its end; OSError if it is not there
    """
    about = os.stat(address.removeprefix(LOCAL))
    if not stat.S_ISREG(about.st_mode):
        raise ValueError("this is a folder, a pipe, a socket or a device. Copy what it gives into a file")
    return about.st_size, str(about.st_mtime_ns)


def open_bytes(address: str) -> io.BufferedIOBase:
    """The bytes at an address."""
    return open(address.removeprefix(LOCAL), "rb") if is_local(address) else fsspec.open(address, "rb").open()


def printable(name: str) -> str:
    """A file's name as it can be written anywhere: what is not UTF-8 in it is replaced."""
    return SURROGATE.sub("\ufffd", name)


def tell_long() -> str:
    """Why a line or text is left out."""
    return f"longer than {LONGEST * BATCH:,} bytes. Divide it into articles"


def tell(error: Exception) -> str:
    """An error in one line, with what to do about it."""
    if type(error) is ValueError:  # one of ours: it says what to do
        return one_line(error)
    if isinstance(error, MemoryError):
        return "memory is too short for it. Give fewer workers, or divide the file"
    if isinstance(error, BrokenExecutor):
        return f"{one_line(error)}. Run the same again, perhaps with fewer workers"
    what = one_line(error) if isinstance(error, OSError | pa.ArrowException) else f"{type(error).__name__}: {error}"
    return f"{one_line(what)}. Repair the file, write it again or take it out"
