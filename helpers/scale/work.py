"""What a worker is given and what comes back: files, batches, articles, and how large each may be."""

import io
from typing import NamedTuple

import fsspec
import pyarrow as pa

from helpers.articles.document import one_line
from helpers.articles.load import LEFT_OUT

BATCH = 12_000_000  # bytes of text in memory at a time; of Parquet also one task and one folder of the output
ROWS_AT_ONCE = 1_000  # most rows of Parquet read at a time: if texts repeat, the file's sizes say little about theirs
SLICES = 10  # most pieces that one row group is cut into: each reads it from its beginning
LARGEST = 3  # batches: the largest row of a CSV. More means a quotation mark that is never closed
LONGEST = 5  # batches: the longest line
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
    table is one batch. Files that are read whole (WHOLE) share a batch: `files`, named by the first. A `fault` says why
    the file cannot be read.
    """

    number: int
    file: str
    name: str
    first: int = 0
    last: int = 0
    slice: int = 0
    slices: int = 1
    fault: str = ""
    files: tuple[File, ...] = ()


class Articles(NamedTuple):
    """Some articles of a batch: the text, name, period and language of each, and a table like that of
    `list_left_out`."""

    texts: pa.StringArray
    names: pa.StringArray
    periods: pa.StringArray
    languages: pa.StringArray
    left_out: pa.Table


def open_bytes(address: str) -> io.BufferedIOBase:
    """The bytes at an address."""
    return fsspec.open(address, "rb").open()


def tell(error: Exception) -> str:
    """An error in one line, with what to do about it."""
    known = type(error) is ValueError  # one of ours: it says what to do
    return one_line(error) + ("" if known else ". Repair the file, write it again or take it out")
