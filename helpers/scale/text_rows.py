"""Rows of CSV and JSON lines, piece by piece. helpers/articles reads each piece as if it were the whole file."""

import codecs
import csv
import io
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from itertools import chain, count, islice
from pathlib import PurePosixPath
from typing import TextIO

import pyarrow as pa

from helpers.articles.column_names import NO_COLUMN
from helpers.articles.containers import PACKED, unpacked
from helpers.articles.sources import READERS
from helpers.articles.table_files import loads
from helpers.files.encodings import decode, divider_of, values_of, wide_encoding
from helpers.scale import work
from helpers.scale.work import READ, Batch, File, open_bytes

UNPACKED = 100  # times its packed size: more than any articles give. Text gives some ten


def read_rows(batch: Batch, columns: dict[str, str]) -> Iterator[tuple[pa.RecordBatch, list[dict]]]:
    """The rows of a file that can be used (row, and the fields of READ), some at a time, and the faults."""
    file, name, long = batch.files[0], str(unpacked(batch.name)), []
    kind = PurePosixPath(name).suffix.lower()
    schema = pa.schema([("row", pa.int64()), *((field, pa.string()) for field in READ)])
    cut = _cut_objects if kind in (".jsonl", ".ndjson", ".jl") else _cut_table
    for before, piece in cut(file, name, long):
        rows = [
            row | {"row": row["row"] + before if row["row"] else 0}
            for row in READERS[kind](name, piece, columns)
            if row["row"] != 1 and not row.get("why", "").startswith(NO_COLUMN)  # 1: the header
        ]
        faults = [*long, *(row for row in rows if "why" in row)]
        long.clear()
        yield pa.RecordBatch.from_pylist([row for row in rows if "why" not in row], schema), faults


@contextmanager
def _opened(file: File, end: str) -> Iterator[TextIO]:
    """A file as it was before it was packed, without its byte-order mark. Each byte is a character, in UTF-16 and
    UTF-32 each character.

    end  what ends a line; "": any of the usual line endings
    """
    unpack = PACKED.get(PurePosixPath(file.name).suffix.lower(), nullcontext)
    with open_bytes(file.address) as raw, unpack(raw) as opened:
        begin = opened.read(1000)
        opened.seek(len(codecs.BOM_UTF8) if begin.startswith(codecs.BOM_UTF8) else 0)
        encoding = wide_encoding(begin) or "latin-1"
        with io.TextIOWrapper(opened, encoding, errors="replace", newline=end) as lines:
            yield lines


def _bytes(text: str, lines: TextIO) -> bytes:
    """What was read as bytes again, UTF-16 and UTF-32 as UTF-8."""
    return text.encode("latin-1" if lines.encoding == "latin-1" else "utf-8")


def _line(lines: TextIO, file: File, number: int, long: list[dict]) -> str:
    """The next line; one that is too long for memory is put among the faults, and becomes an empty one.

    raises  ValueError if so much has come out of a packed file that it can be no articles
    """
    most = work.LONGEST * work.BATCH
    line = part = lines.readline(most)
    while len(part) == most and part[-1] not in "\r\n":
        _check_unpacked(lines, file)
        part = lines.readline(most)
    if part is line:
        return line
    long.append({"row": number, "kept": False, "why": work.tell_long()})
    return "\n"


def _check_unpacked(lines: TextIO, file: File) -> None:
    """Raise ValueError if more has come out of a packed file than any articles could give."""
    packed = PurePosixPath(file.name).suffix.lower() in PACKED
    if packed and lines.buffer.tell() > max(work.LONGEST * work.BATCH, UNPACKED * (file.size or 0)):
        raise ValueError(f"it unpacks to more than {UNPACKED} times its size. Unpack it, and look at what it holds")


def _cut_lines(file: File, long: list[dict]) -> Iterator[tuple[int, bytes]]:
    """Lines in pieces of BATCH bytes: how many lines came before, and the bytes. There is at least one piece."""
    before = 0
    with _opened(file, "\n") as lines:
        while (piece := lines.read(work.BATCH)) or not before:
            whole, many = piece.rfind("\n") + 1, len(long)
            number = before + piece.count("\n") + 1
            rest = _line(lines, file, number, long) if whole < len(piece) else ""
            piece = (piece if len(long) == many else piece[:whole]) + rest
            yield before, _bytes(piece, lines)
            before += piece.count("\n") or 1
            _check_unpacked(lines, file)


def _cut_objects(file: File, name: str, long: list[dict]) -> Iterator[tuple[int, bytes]]:
    """JSON lines in pieces, each headed by an object with the names of the file's first good line.

    So a piece without a good line can be read too.
    """
    records = (loads(decode(line)) for _, piece in _cut_lines(file, []) for line in piece.split(b"\n") if line)
    names = next((record for record in records if record and isinstance(record, dict)), {})
    header = f"{json.dumps(dict.fromkeys(names))}\n".encode() if names else b""
    for before, piece in _cut_lines(file, long):
        yield before - bool(names), header + piece


def _cut_table(file: File, name: str, long: list[dict]) -> Iterator[tuple[int, bytes]]:
    """The rows of a CSV in pieces, each headed by the header of the file.

    Rows before a piece are counted as its reader counts them, which may take a quotation mark for part of a text.
    """
    lines = _lines(file, long)
    head, likeliest = list(islice(lines, 20)), "\t" if name.lower().endswith((".tsv", ".tab")) else ","
    divider = divider_of(decode(b"".join(head)), likeliest)
    records = _records(chain(head, lines), divider)
    header, before = b"", 0
    for values, raw in records:
        header += raw
        if any(map(str.strip, values)) and not values[0].lower().startswith("sep="):
            break
    for piece in _cut_rows(raw for _, raw in records):
        yield before, header + piece
        before += len(values_of(decode(piece), divider)[0])


def _lines(file: File, long: list[dict]) -> Iterator[bytes]:
    """The lines of a CSV."""
    with _opened(file, "") as lines:
        for number in count(1):
            line = _line(lines, file, number, long)
            if not line:
                return
            if number % 10_000 == 0:
                _check_unpacked(lines, file)
            yield _bytes(line, lines)


def _cut_rows(rows: Iterable[bytes]) -> Iterator[bytes]:
    """Rows in pieces of BATCH bytes. There is at least one piece."""
    piece, size, pieces = [], 0, 0
    for row in rows:
        piece.append(row)
        size += len(row)
        if size >= work.BATCH:
            yield b"".join(piece)
            piece, size, pieces = [], 0, pieces + 1
    if piece or not pieces:
        yield b"".join(piece)


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
