"""Articles by the batch, however many: the files of a source, how they are shared out, and their rows as Arrow arrays.

They come in by the rules of helpers/articles: pages as there; tables are only mended, not cleaned of furniture: CSV and
JSON lines through the readers there, a piece at a time; Parquet by the same columns, names and rows without leaving
Arrow.
"""

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import fsspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from helpers.articles.cleaning import WORTH_MENDING, repair
from helpers.articles.column_names import COLUMNS, NO_COLUMN, as_words, find_columns, is_name_column
from helpers.articles.dates import CLOCK, NOTHING, read_alone
from helpers.articles.document import MARKUP, is_no_text, one_line, without_markup
from helpers.articles.load import FORMS, LEFT_OUT, articles_of, name_of, stem_of
from helpers.articles.sources import (
    ABOUT,
    FAULTS,
    JUDGEMENTS,
    PACKED,
    READERS,
    is_beside,
    is_hidden,
    judgements,
    read_files,
    unpacked,
)
from helpers.articles.table_files import CUT_SHORT, loads, tell_cut_short, tell_unread
from helpers.files.encodings import decode, divider_of, values_of
from helpers.scale.sentences import as_column, find_unbroken, join_texts, places

MADE_OF = "made-of.json"  # stands in each folder that code_corpus writes: nothing in it is an article
BATCH = 12_000_000  # bytes of text held in memory at a time; of Parquet also one task, one folder of the output
AT_ONCE = 1_000  # rows of Parquet read at a time, at most: where texts repeat, its sizes say little of theirs
SLICES = 10  # pieces of work that one row group is cut into at most: each reads it from its beginning
LARGEST = 3  # batches that a row of a CSV may be as large as: more is a quotation mark that is never closed
LONGEST = 5  # batches that a line may be as long as
ROWS = (".jsonl", ".ndjson", ".jl", ".csv", ".tsv", ".tab")  # read a piece at a time
WHOLE = (".txt", ".html", ".htm", ".json")  # read whole, many to a batch
KINDS = (".parquet", *(kind + packed for kind in (*ROWS, *WHOLE) for packed in ("", *PACKED)))
READABLE = f".parquet, {', '.join((*ROWS, *WHOLE))} (all but the first packed as {', '.join(PACKED)}, too)"
ALSO = {"article": "id", "date": "published"}  # what these fields are called in the tables that come out
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


def list_files(source: str) -> tuple[list[File], list[str]]:
    """The files of a source (a file, a folder, an address, or a pattern of names), in order of name, and the names of
    those that are there, too, but of a kind that is not read.

    raises  FileNotFoundError, naming what was looked for
    """
    system, path = fsspec.core.url_to_fs(source)
    there = system.exists(path)
    found = sorted(system.find(path) if there else system.glob(path))
    folder = path if system.isdir(path) else (path if there else re.split(r"[*?\[]", path)[0]).rpartition("/")[0]
    names = {file: file.removeprefix(folder).lstrip("/") for file in found}
    coded = tuple(file.removesuffix(MADE_OF) for file in found if file.endswith(f"/{MADE_OF}"))  # what was written here
    names = {
        file: name for file, name in names.items() if not (is_hidden(Path(name), Path(name)) or file.startswith(coded))
    }
    read = [file for file in names if file.lower().endswith(KINDS)]
    others = [name for file, name in names.items() if not file.lower().endswith(KINDS)]
    if not read:
        beside = f" There are: {', '.join(others[:3])}{', …' if others[3:] else ''}." if others else ""
        raise FileNotFoundError(f"{source}: no file that ends in {READABLE}.{beside}")
    addresses = [(file, system.unstrip_protocol(file)) for file in read]
    files = [File(to, names[file], system.size(file), _written(system, file)) for file, to in addresses]
    return _set_apart(files, others)


def _set_apart(files: list[File], others: list[str]) -> tuple[list[File], list[str]]:
    """The same, where an articles.csv judges .txt files: of what stands beside these only it is kept, and tables and
    notes, which are about them, are not told of."""
    judged = judgements([(file.name, partial(_open_bytes, file.address)) for file in files])
    judging = {(PurePosixPath(folder) / JUDGEMENTS).as_posix() for folder in judged}
    beside = {name for name in chain((file.name for file in files), others) if is_beside(name, judged)}
    files = [file._replace(judges=file.name in judging) for file in files if file.name not in beside - judging]
    about = {name for name in beside if unpacked(name).suffix.lower() in ABOUT}
    return files, [name for name in sorted(beside.union(others)) if name not in about]


def _open_bytes(address: str) -> io.BufferedIOBase:
    return fsspec.open(address, "rb").open()


def _written(system, file: str) -> str:
    try:
        return str(system.modified(file))
    except NotImplementedError:
        return ""


def check_columns(columns: dict[str, str] | None) -> dict[str, str]:
    """What the columns are called, by the fields of sources.COLUMNS, whichever name of a field was used.

    raises  ValueError for what is no field, or one field named twice
    """
    told = {}
    for name, column in (columns or {}).items():
        field = ALSO.get(name, name)
        if field not in COLUMNS:
            raise ValueError(f"columns names {name!r}, which is no field. Fields are: {', '.join([*ALSO, *COLUMNS])}.")
        if field in told:
            raise ValueError(f"columns names {name!r} twice: it is the same field as {field!r}. Keep one.")
        told[field] = column
    return told


def plan_batches(files: list[File], columns: dict[str, str]) -> list[Batch]:
    """The pieces of work in all files; a Parquet file that cannot be read is one, too, with its fault.

    raises  ValueError where this is so of every file
    """
    batches = _share_out_whole(files)
    for file in files:
        if file.judges or _is_whole(file):
            continue
        try:
            batches += _share_out(file, columns)
        except (*FAULTS, pa.ArrowException) as error:
            batches.append(Batch(0, file.address, file.name, fault=_tell(error)))
    if batches and all(batch.fault for batch in batches):
        more = f" And {len(batches) - 3} more such files." if len(batches) > 3 else ""
        raise ValueError(" ".join(f"{batch.name}: {batch.fault}." for batch in batches[:3]) + more)
    return [batch._replace(number=number) for number, batch in enumerate(batches)]


def _is_whole(file: File) -> bool:
    return unpacked(file.name).suffix.lower() in WHOLE


def _share_out_whole(files: list[File]) -> list[Batch]:
    """The files that are read whole, in each batch about as many bytes as in any other, with each articles.csv that
    judges some of them; not numbered yet."""
    held, size, batches = [], 0, []
    whole, judging = list(filter(_is_whole, files)), [file for file in files if file.judges]
    for file in whole:
        held, size = [*held, file], size + file.size
        if size >= BATCH or len(held) == AT_ONCE or file is whole[-1]:
            folders = {folder for file in held for folder in PurePosixPath(file.name).parents}
            judges = [file for file in judging if PurePosixPath(file.name).parent in folders]
            batches.append(Batch(0, held[0].address, held[0].name, files=(*held, *judges)))
            held, size = [], 0
    return batches


def _tell(error: Exception) -> str:
    known = type(error) is ValueError  # one of ours, that says what to do
    return one_line(error) + ("" if known else ". Mend the file, write it anew or take it away")


def _share_out(file: File, columns: dict[str, str]) -> Iterator[Batch]:
    """The pieces of work in a file, not numbered yet."""
    if not file.name.lower().endswith(".parquet"):
        yield Batch(0, file.address, file.name)
        return
    with _open(file.address) as opened:
        about = pq.ParquetFile(opened)
        texts = find_columns(about.schema_arrow.names, columns)["text"]
        sizes = [_text_size(about.metadata.row_group(group), texts) for group in range(about.metadata.num_row_groups)]
    first = 0
    for group in range(len(sizes)):
        if group == len(sizes) - 1 or sum(sizes[first : group + 2]) > BATCH:
            slices = max(1, min(SLICES, round(sum(sizes[first : group + 1]) / BATCH)))
            yield from (Batch(0, file.address, file.name, first, group, slice_, slices) for slice_ in range(slices))
            first = group + 1


def _text_size(group: pq.RowGroupMetaData, names: list[str]) -> int:
    columns = (group.column(number) for number in range(group.num_columns))
    within = tuple(f"{name}." for name in names)
    return sum(column.total_uncompressed_size for column in columns if f"{column.path_in_schema}.".startswith(within))


def _open(file: str):
    system, path = fsspec.core.url_to_fs(file)
    return pa.OSFile(path) if system.protocol[0] in ("file", "local") else pa.PythonFile(system.open(path), mode="r")


def read_batch(batch: Batch, columns: dict[str, str], period: str) -> Iterator[Articles]:
    """The articles of a batch without a fault, some at a time: texts of BATCH bytes and the one that fills them.

    columns  as of check_columns
    period   "year" or "month"
    raises   ValueError that says what is wrong with the file and what to do
    """
    read = _read_parquet if batch.name.lower().endswith(".parquet") else _read_rows
    if batch.files:
        yield from _read_whole(batch, columns, period)
        return
    try:
        for rows, faults in _portion(read(batch, columns)):
            yield _lay_out(batch, rows, faults, period)
    except (*FAULTS, pa.ArrowException) as error:
        raise ValueError(_tell(error)) from error


def _portion(read: Iterator[tuple[pa.RecordBatch, list[dict]]]) -> Iterator[tuple[pa.RecordBatch, list[dict]]]:
    """The same rows, by the true size of their texts, and with them the faults that stand before their last."""
    held, faults, size = [], [], 0
    for rows, more in read:
        faults += more
        sizes = size + np.cumsum(pc.binary_length(rows["text"]).to_numpy())
        while len(sizes) and sizes[-1] >= BATCH:
            end = int(np.searchsorted(sizes, BATCH)) + 1
            last = rows["row"][end - 1].as_py()
            portion = pa.concat_batches([*held, rows.slice(0, end)])
            yield portion, [fault for fault in faults if fault["row"] <= last]
            faults = [fault for fault in faults if fault["row"] > last]
            held, size, rows, sizes = [], 0, rows.slice(end), sizes[end:] - sizes[end - 1]
        held, size = [*held, rows], sizes[-1] if len(sizes) else size
    if faults or any(map(len, held)):
        yield pa.concat_batches(held), faults


def _lay_out(batch: Batch, rows: pa.RecordBatch, faults: list[dict], period: str) -> Articles:
    """Rows (row, and the fields of READ) and the faults found so far (row, kept, why), as articles."""
    names = _name(rows, stem_of({"file": batch.name}))
    event, published = (_periods(rows[what], period) for what in ("event", "published"))
    periods = pc.if_else(pc.equal(event, ""), published, event)
    dates = pc.if_else(pc.equal(rows["event"], ""), rows["published"], rows["event"])
    odd = pc.and_(pc.not_equal(dates, ""), pc.equal(periods, ""))
    undated = zip(*(column.filter(odd).to_pylist() for column in (rows["row"], names, dates)), strict=True)
    why = f"gives no {period}: write 2012-02-27, 2012-02 or 2012"
    faults = [{"article": "", **fault} for fault in faults]
    faults += [{"row": row, "article": n, "kept": True, "why": f"the date {d[:40]!r} {why}"} for row, n, d in undated]
    left_out = pa.Table.from_pylist([{"file": batch.name, **fault} for fault in faults], LEFT_OUT_SCHEMA)
    return Articles(_mended(rows["text"]), names, periods, left_out.sort_by("row"))


def _mended(texts: pa.StringArray) -> pa.StringArray:
    """The texts, mended as in cleaning; in Python only those that hold more than stray spacing."""
    worth = pc.match_substring_regex(texts, WORTH_MENDING)
    mended = pa.array(map(repair, texts.filter(worth).to_pylist()), pa.string())
    return _spaced_evenly(pc.replace_with_mask(texts, worth, mended))


def _spaced_evenly(texts: pa.StringArray) -> pa.StringArray:
    """The texts, each tab, no-break space or run of blanks one space, and none at the ends of a line, which a line feed
    divides from the next."""
    content, begins = join_texts(texts)
    content = np.append(content, np.uint8(10))
    unbroken = find_unbroken(content)
    content[unbroken] = content[unbroken + 1] = 32
    content[places(len(content), lambda a, b: (content[a:b] == 9) | (content[a:b] == 13))] = 32

    def goes_on(a, b):
        return (content[a + 1 : b + 1] == 32) & ((content[a:b] == 32) | (content[a:b] == 10))

    def ends(a, b):
        return (content[a:b] == 32) & (content[a + 1 : b + 1] == 10)

    content, begins = _without(places(len(content) - 1, goes_on) + np.int32(1), content, begins)
    gone = np.sort(np.append(places(len(content) - 1, ends), begins))
    content, begins = _without(gone, content, begins)
    return pa.StringArray.from_buffers(len(texts), pa.py_buffer(begins), pa.py_buffer(content))


def _without(gone: np.ndarray, content: np.ndarray, begins: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Bytes without those at some places, in order, and where what began in them begins now."""
    return np.delete(content, gone), (begins - np.searchsorted(gone, begins)).astype(np.int32)


def _name(rows: pa.RecordBatch, stem: str) -> pa.StringArray:
    """Each article's name, as corpus.load_articles gives it: its id, else its file and row; a bare number counts within
    its file only."""
    tail = pc.if_else(pc.equal(rows["id"], ""), pc.cast(rows["row"], pa.string()), rows["id"])
    bare = pc.match_substring_regex(rows["id"], r"^\d{0,6}$")
    names = pc.if_else(bare, pc.binary_join_element_wise(stem, tail, "-"), rows["id"])
    odd = pc.match_substring_regex(names, r"[^\w./-]")
    return pc.replace_with_mask(names, odd, pa.array(map(name_of, names.filter(odd).to_pylist()), pa.string()))


def _periods(dates: pa.StringArray, period: str) -> pa.StringArray:
    """The year or the month that each date says by itself; "" where it is no date, or does not say."""
    coded = pc.replace_substring_regex(dates, CLOCK.pattern, "").dictionary_encode()  # few without a time of day
    length = {"year": 4, "month": 7}[period]
    read = (read_alone(words)[:length] for words in coded.dictionary.to_pylist())
    return pa.array([date if len(date) == length else "" for date in read], pa.string()).take(coded.indices)


# Pages and other files that are read whole: as corpus.load_articles reads them.


def _read_whole(batch: Batch, columns: dict[str, str], period: str) -> Iterator[Articles]:
    opened = {file: partial(_open_bytes, file.address) for file in batch.files}
    judged = {str(PurePosixPath(file.name).parent): load().read() for file, load in opened.items() if file.judges}
    files = [(file.name, load) for file, load in opened.items() if not file.judges]
    source = batch.file.removesuffix(batch.name).rstrip("/")
    articles, left_out = articles_of(*read_files(files, columns, judged), source, part=True)
    form, precise = {"year": ("%Y", [*FORMS]), "month": ("%Y-%m", ["day", "month"])}[period]
    dates = zip(articles["date"], articles["date_precision"], strict=True)
    articles["period"] = [date.strftime(form) if precision in precise else "" for date, precision in dates]
    left_out = pa.Table.from_pandas(left_out, LEFT_OUT_SCHEMA, preserve_index=False)
    yield Articles(*[pa.array([], pa.string())] * 3, left_out)
    for _, some in articles.groupby(articles["text"].map(len).cumsum() // BATCH):
        texts = (as_column(some[column].tolist()) for column in ("text", "article", "period"))
        yield Articles(*texts, left_out.slice(0, 0))


# Parquet: some rows at a time, as Arrow arrays.


def _read_parquet(batch: Batch, columns: dict[str, str]) -> Iterator[tuple[pa.RecordBatch, list[dict]]]:
    with _open(batch.file) as opened:
        file = pq.ParquetFile(opened, buffer_size=1 << 20)
        found = find_columns(file.schema_arrow.names, columns)
        found = {field: found[field] for field in READ if field in found}
        for row, table in _row_groups(batch, found, file):
            values = {field: _first_filled(table, found.get(field, []), field) for field in READ}
            values["text"], short = _whole(_plain(values["text"]), row)
            if not columns.get("text") and is_name_column(found["text"][0]):
                names = pa.array(map(is_no_text, values["text"].to_pylist()), pa.bool_())
                values["text"] = pc.if_else(names, "", values["text"])
            rows = pa.record_batch({"row": pa.array(np.arange(row, row + len(table)))} | values)
            empty = pc.equal(pc.binary_length(rows["text"]), 0)
            why = f"no text in the column {' or '.join(map(repr, found['text']))}"
            faults = [{"row": row, "kept": False, "why": why} for row in rows["row"].filter(empty).to_pylist()]
            others = {name: values[field] for field in READ[1:] for name in found.get(field, [])}
            odd = chain.from_iterable(_unread(table.column(name), said, name, row) for name, said in others.items())
            left_out = {fault["row"] for fault in faults}
            faults = [*short, *faults, *(fault for fault in odd if fault["row"] not in left_out)]
            yield rows.filter(pc.invert(empty)), faults


def _unread(column: pa.Array, said: pa.StringArray, name: str, first: int) -> Iterator[dict]:
    """The values of a column that hold something, where neither they nor another column `said` what its field is."""
    values = zip(column.to_pylist(), said.to_pylist(), strict=True) if pa.types.is_nested(column.type) else []
    for row, (value, words) in enumerate(values, first):
        if value and not words:
            yield {"row": row, "kept": True, "why": tell_unread(name, value)}


def _row_groups(
    batch: Batch, found: dict[str, list[str]], file: pq.ParquetFile
) -> Iterator[tuple[int, pa.RecordBatch]]:
    """The rows of a batch, some at a time: number of the first of them in the file, table."""
    groups = [file.metadata.row_group(group) for group in range(batch.last + 1)]
    rows = sum(group.num_rows for group in groups[batch.first :])
    size = sum(_text_size(group, found["text"]) for group in groups[batch.first :])
    before = sum(group.num_rows for group in groups[: batch.first])
    low, high = rows * batch.slice // batch.slices, rows * (batch.slice + 1) // batch.slices
    at_once = max(1, min(AT_ONCE, int(rows * BATCH / max(size, 1))))
    at = 0
    wanted = list(range(batch.first, batch.last + 1))
    for table in file.iter_batches(at_once, row_groups=wanted, columns=list(dict.fromkeys(chain(*found.values())))):
        begin, end = max(low - at, 0), min(high - at, len(table))
        if begin < end:
            yield before + at + begin + 1, table.slice(begin, end - begin)
        at += len(table)
        if at >= high:
            return


def _first_filled(table: pa.RecordBatch, called: list[str], field: str) -> pa.StringArray:
    """What the first of a field's columns that says something in a row says there, as text.

    raises  ValueError where two columns could be the text
    """
    filled = pa.array([""] * len(table), pa.string())
    for name in called:
        words = _as_text(table.column(name), "\n\n" if field == "text" else ", ")
        begins = pc.utf8_lower(pc.utf8_slice_codeunits(words, 0, 1 + max(map(len, NOTHING))))
        words = pc.if_else(pc.is_in(begins, pa.array(sorted(NOTHING))), "", words)
        empty = pc.equal(filled, "")
        if field == "text" and pc.any(pc.and_not(pc.and_not(pc.not_equal(filled, words), empty), pc.equal(words, ""))):
            remedy = f"Rename one, or say columns={{'text': {called[0]!r}}}"
            raise ValueError(f"the columns {' and '.join(map(repr, called))} could both be the text. {remedy}")
        filled = pc.if_else(empty, words, filled)
    return filled


def _as_text(column: pa.Array, between: str) -> pa.StringArray:
    """A column's values, as sources.as_words has them; one by one only where Arrow would write them otherwise."""
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    plain = "string large_string string_view integer date timestamp null".split()
    if any(getattr(pa.types, f"is_{name}")(kind) for name in plain):
        return pc.utf8_trim_whitespace(pc.fill_null(pc.cast(column, pa.string()), ""))
    return pa.array((as_words(value, between) for value in column.to_pylist()), pa.string())


def _plain(texts: pa.StringArray) -> pa.StringArray:
    """The texts, those that hold HTML without it."""
    marked = pc.match_substring_regex(texts, MARKUP.pattern, ignore_case=True)
    return pc.replace_with_mask(
        texts, marked, pa.array(map(without_markup, texts.filter(marked).to_pylist()), pa.string())
    )


def _whole(texts: pa.StringArray, first: int) -> tuple[pa.StringArray, list[dict]]:
    """The texts without NewsAPI's note that one was cut short, and where it stood, as faults."""
    noted = pc.ends_with(texts, " chars]")
    parts = [CUT_SHORT.split(text) for text in texts.filter(noted).to_pylist()]
    rows = zip((np.flatnonzero(noted.to_numpy(False)) + first).tolist(), parts, strict=True)
    faults = [{"row": row, "kept": True, "why": tell_cut_short(cut[0])} for row, (_, *cut) in rows if cut]
    return pc.replace_with_mask(texts, noted, pa.array([text for text, *_ in parts], pa.string())), faults


# Other files: a piece at a time, each read by sources.READERS as if it were the whole file.


def _read_rows(batch: Batch, columns: dict[str, str]) -> Iterator[tuple[pa.RecordBatch, list[dict]]]:
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
    """The lines of a file without its mark, UTF-16 and UTF-32 as UTF-8; each ends at `end`, or ("") wherever it may.

    raises  ValueError for a line that is too large to be held
    """
    with fsspec.open(file, "rb", compression="infer") as opened:
        mark = opened.read(4)
        opened.seek(len(codecs.BOM_UTF8) if mark.startswith(codecs.BOM_UTF8) else 0)
        wide = "utf-32" if mark == b"\xff\xfe\0\0" else "utf-16" if mark[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
        with io.TextIOWrapper(opened, wide or "latin-1", errors="replace", newline=end) as lines:
            for number, line in enumerate(iter(lambda: lines.readline(LONGEST * BATCH), ""), 1):
                if len(line) == LONGEST * BATCH:
                    remedy = "Write each article on a line of its own, and none so large"
                    raise ValueError(f"line {number} is longer than {LONGEST * BATCH:,} bytes. {remedy}")
                yield line.encode("utf-8" if wide else "latin-1")


def _cut(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Lines, a batch's bytes at a time: how many came before, and the bytes; one piece at least."""
    before, piece, size = 0, [], 0
    for number, line in enumerate(lines, 1):
        piece.append(line)
        size += len(line)
        if size >= BATCH:
            yield before, b"".join(piece)
            before, piece, size = number, [], 0
    if piece or not before:
        yield before, b"".join(piece)


def _cut_objects(file: str, name: str) -> Iterator[tuple[int, bytes]]:
    """JSON lines, the same, before each piece an object with the names of the file's first good line, as a header: a
    piece may have no good line, the file has one."""
    records = (loads(decode(line)) for line in _lines(file, "\n"))
    names = next((record for record in records if record and isinstance(record, dict)), {})
    header = f"{json.dumps(dict.fromkeys(names))}\n".encode() if names else b""
    for before, piece in _cut(_lines(file, "\n")):
        yield before - bool(names), header + piece


def _cut_table(file: str, name: str) -> Iterator[tuple[int, bytes]]:
    """A CSV's rows, the same, its header before each piece; how many came before is counted as the reader of a piece
    counts them, which may take a quotation mark for a text's own."""
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
    """The rows of a CSV: values (where they begin and end is told right, their letters are not), and the bytes; where
    a quotation mark is never closed, its lines."""
    csv.field_size_limit(2**31 - 1)
    taken, closed = [], False
    while not closed:
        closed = True
        for values in csv.reader(_take(lines, taken), delimiter=divider):
            closed = bool(taken[-1])
            yield from [(values, b"".join(taken))] if closed else (([line.decode("latin-1")], line) for line in taken)
            taken.clear()


def _take(lines: Iterator[bytes], taken: list[bytes]) -> Iterator[str]:
    """Lines as a reader of CSV takes them, each noted down until its row has come to an end; they end, and an empty one
    is noted, where the row is too large for one."""
    size = 0
    for line in lines:
        size = size * bool(taken) + len(line)
        taken.append(line)
        yield line.decode("latin-1")
        if taken and size > LARGEST * BATCH:
            taken.append(b"")
            return
