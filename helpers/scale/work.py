"""What is handed to a worker and what comes back: files, batches and articles; and how large each may be."""

import io
from typing import NamedTuple

import fsspec
import pyarrow as pa

from helpers.articles.document import one_line
from helpers.articles.load import LEFT_OUT

BATCH = 12_000_000  # bytes of text held in memory at a time; of Parquet also one task, one folder of the output
ROWS_AT_ONCE = 1_000  # rows of Parquet read at a time, at most: where texts repeat, its sizes say little of theirs
SLICES = 10  # pieces of work that one row group is cut into at most: each reads it from its beginning
LARGEST = 3  # batches that a row of a CSV may be as large as: more is a quotation mark that is never closed
LONGEST = 5  # batches that a line may be as long as
READ = ("text", "id", "event", "published")  # the fields that are read
LEFT_OUT_SCHEMA = pa.schema(
    zip(LEFT_OUT.split(), [pa.string(), pa.int64(), pa.string(), pa.bool_(), pa.string()], strict=True)
)


class File(NamedTuple):
    """A file that is read: its address, its name within the source, and what shows that it was changed: its size and
    when it was written ("" where that is not told); `judges` if it is the articles.csv of .txt files."""

    address: str
    name: str
    size: int
    written: str
    judges: bool = False


class Batch(NamedTuple):
    """A piece of work: row groups `first` to `last` of a Parquet file, or of these rows slice `slice` of `slices`; of
    another table, all of it; of what is read whole (WHOLE) all `files`, named by the first. With a `fault`, a file
    that cannot be read, and why."""

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
    """Some articles of a batch: of each its text, its name and its period; and what was left out, as a table like that
    of corpus.list_left_out."""

    texts: pa.StringArray
    names: pa.StringArray
    periods: pa.StringArray
    left_out: pa.Table


def open_bytes(address: str) -> io.BufferedIOBase:
    return fsspec.open(address, "rb").open()


def tell(error: Exception) -> str:
    known = type(error) is ValueError  # one of ours, that says what to do
    return one_line(error) + ("" if known else ". Mend the file, write it anew or take it away")
