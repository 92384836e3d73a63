"""Rows of CSV and JSON lines, piece by piece. helpers/articles reads each piece as if it were the whole file."""

import codecs
import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import PurePosixPath

import fsspec
import pyarrow as pa

from helpers.articles.column_names import NO_COLUMN
from helpers.articles.containers import unpacked
from helpers.articles.sources import READERS
from helpers.articles.table_files import loads
from helpers.files.encodings import decode, divider_of, values_of, wide_encoding
from helpers.scale import work
from helpers.scale.work import READ, Batch


def read_rows(batch: Batch, columns: dict[str, str]) -> Iterator[tuple[pa.RecordBatch, list[dict]]]:
    """The rows of a file that can be used (row, and the fields of READ), some at a time, and the faults."""
    name = str(unpacked(batch.name))
    kind = PurePosixPath(name).suffix.lower()
    schema = pa.schema([("row", pa.int64()), *((field, pa.string()) for field in READ)])
    cut = _cut_objects if kind in (".jsonl", ".ndjson", ".jl") else _cut_table
    for before, piece in cut(batch.file, name):
        rows = [
            row | {"row": row["row"] + before if row["row"] else 0}
            for row in READERS[kind](name, piece, columns)
            if row["row"] != 1 and not row.get("why", "").startswith(NO_COLUMN)  # 1: the header
        ]
        faults = [row for row in rows if "why" in row]
        yield pa.RecordBatch.from_pylist([row for row in rows if "why" not in row], schema), faults


def _lines(file: str, end: str) -> Iterator[bytes]:
    """The lines of a file without its byte-order mark, UTF-16 and UTF-32 turned into UTF-8.

    end     what ends a line; "": any of the usual line endings
    raises  ValueError for a line that is too long for memory
    """
    with fsspec.open(file, "rb", compression="infer") as opened:
        begin = opened.read(1000)
        opened.seek(len(codecs.BOM_UTF8) if begin.startswith(codecs.BOM_UTF8) else 0)
        wide = wide_encoding(begin)
        with io.TextIOWrapper(opened, wide or "latin-1", errors="replace", newline=end) as lines:
            for number, line in enumerate(iter(lambda: lines.readline(work.LONGEST * work.BATCH), ""), 1):
                if len(line) == work.LONGEST * work.BATCH:
                    remedy = "Write each article on its own line, and none that long"
                    raise ValueError(f"line {number} is longer than {work.LONGEST * work.BATCH:,} bytes. {remedy}")
                yield line.encode("utf-8" if wide else "latin-1")


def _cut(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Lines in pieces of BATCH bytes: how many lines came before, and the bytes. There is at least one piece."""
    before, piece, size = 0, [], 0
    for number, line in enumerate(lines, 1):
        piece.append(line)
        size += len(line)
        if size >= work.BATCH:
            yield before, b"".join(piece)
            before, piece, size = number, [], 0
    if piece or not before:
        yield before, b"".join(piece)


def _cut_objects(file: str, name: str) -> Iterator[tuple[int, bytes]]:
    """JSON lines in pieces, each headed by an object with the names of the file's first good line.

    So a piece without a good line can be read too.
    """
    records = (loads(decode(line)) for line in _lines(file, "\n"))
    names = next((record for record in records if record and isinstance(record, dict)), {})
    header = f"{json.dumps(dict.fromkeys(names))}\n".encode() if names else b""
    for before, piece in _cut(_lines(file, "\n")):
        yield before - bool(names), header + piece


def _cut_table(file: str, name: str) -> Iterator[tuple[int, bytes]]:
    """The rows of a CSV in pieces, each headed by the header of the file.

    Rows before a piece are counted as its reader counts them, which may take a quotation mark for part of a text.
    """
    lines = _lines(file, "")
    head, likeliest = list(islice(lines, 20)), "\t" if name.lower().endswith((".tsv", ".tab")) else ","
    divider = divider_of(decode(b"".join(head)), likeliest)
    records = _records(chain(head, lines), divider)
    header, before = b"", 0
    for values, raw in records:
        header += raw
        if any(map(str.strip, values)) and not values[0].lower().startswith("sep="):
            break
    for _, piece in _cut(raw for _, raw in records):
        yield before, header + piece
        before += len(values_of(decode(piece), divider)[0])


def _records(lines: Iterator[bytes], divider: str) -> Iterator[tuple[list[str], bytes]]:
    """The rows of a CSV: values and bytes. If a quotation mark is never closed, its lines one by one.

    The values begin and end in the right places, but their letters may be wrong.
    """
    csv.field_size_limit(2**31 - 1)
    taken, closed = [], False
    while not closed:
        closed = True
        for values in csv.reader(_take(lines, taken), delimiter=divider):
            closed = bool(taken[-1])
            yield from [(values, b"".join(taken))] if closed else (([line.decode("latin-1")], line) for line in taken)
            taken.clear()


def _take(lines: Iterator[bytes], taken: list[bytes]) -> Iterator[str]:
    """Lines for a CSV reader, each also put into `taken` until its row has ended.

    If the row grows too large to be one, the lines end and an empty one is put into `taken`.
    """
    size = 0
    for line in lines:
        size = size * bool(taken) + len(line)
        taken.append(line)
        yield line.decode("latin-1")
        if taken and size > work.LARGEST * work.BATCH:
            taken.append(b"")
            return
