"""Rows of Parquet by the rules of helpers/articles, some at a time and without leaving Arrow."""

from collections.abc import Iterator
from itertools import chain

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from helpers.articles.column_names import as_words, beside_text, find_columns, fitting, is_name_column
from helpers.articles.date_forms import NOTHING
from helpers.articles.document import MARKUP, without_markup
from helpers.articles.leads import tell_only_lead, with_leads
from helpers.articles.table_files import CUT_SHORT
from helpers.articles.table_rows import SHORT, tell_cut_short, tell_no_fit, tell_unread, why_no_text
from helpers.scale import work
from helpers.scale.work import LOCAL, READ, ROWS_AT_ONCE, Batch, is_local, open_bytes


def text_size(group: pq.RowGroupMetaData, names: list[str]) -> int:
    """Bytes that the named columns take in a row group, as the file says."""
    columns = (group.column(number) for number in range(group.num_columns))
    within = tuple(f"{name}." for name in names)
    return sum(column.total_uncompressed_size for column in columns if f"{column.path_in_schema}.".startswith(within))


def open_file(address: str) -> pa.NativeFile:
    """A file on this disk or at an address, as Arrow reads it."""
    return pa.OSFile(address.removeprefix(LOCAL)) if is_local(address) else pa.PythonFile(open_bytes(address), mode="r")


def read_parquet(batch: Batch, columns: dict[str, str]) -> Iterator[tuple[pa.RecordBatch, list[dict]]]:
    """The rows of a batch with a text (row, and the fields of READ), some at a time, and their faults."""
    with open_file(batch.file) as opened:
        file = pq.ParquetFile(opened, buffer_size=1 << 20)
        given, columns = columns, fitting(file.schema_arrow.names, columns)
        unfit = [{"row": 0, "kept": True, "why": tell_no_fit(given)}] if given and not columns else []
        found = find_columns(file.schema_arrow.names, columns)
        leads = beside_text(file.schema_arrow.names, found)
        found = {field: found[field] for field in READ if field in found} | ({"lead": leads} if leads else {})
        flat = {column.path for column in file.schema}
        texts = [name for name in found["text"] if name in flat]
        file = pq.ParquetFile(opened, metadata=file.metadata, buffer_size=1 << 20, read_dictionary=texts)
        for row, table in _row_groups(batch, found, file):
            values = {field: _first_filled(table, found.get(field, []), field) for field in READ}
            values["text"], short = _whole(_plain(values["text"]), row)
            values["text"], more = _with_leads(values["text"], table, leads, row)
            rows = pa.record_batch({"row": pa.array(np.arange(row, row + len(table)))} | values)
            whys = _why_no_text(rows["text"], found["text"], not columns.get("text"))
            empty = pa.array([number in whys for number in range(len(rows))])
            faults = [{"row": row + number, "kept": False, "why": why} for number, why in whys.items()]
            others = {name: values[field] for field in READ[1:] for name in found.get(field, [])}
            odd = chain.from_iterable(_unread(table.column(name), said, name, row) for name, said in others.items())
            left_out = {fault["row"] for fault in faults}
            faults = [*unfit, *short, *more, *faults, *(fault for fault in odd if fault["row"] not in left_out)]
            yield rows.filter(pc.invert(empty)), faults
            unfit = []  # said once


def _why_no_text(texts: pa.StringArray, called: list[str], known: bool) -> dict[int, str]:
    """Why some texts are none, by their number from 0. Only short texts are looked at, or all that may be names."""
    may_be_names = known and is_name_column(called[0])
    size = pc.binary_length(texts)  # in UTF-8 a character takes at most four bytes
    doubtful = pc.or_(pc.less(size, 4 * SHORT), may_be_names)
    numbers = np.flatnonzero(doubtful.to_numpy(False)).tolist()
    whys = ((number, why_no_text(texts[number].as_py(), called, may_be_names)) for number in numbers)
    long = np.flatnonzero(pc.greater(size, work.LONGEST * work.BATCH).to_numpy(False)).tolist()
    return {number: why for number, why in whys if why} | dict.fromkeys(long, work.tell_long())


def _unread(column: pa.Array, said: pa.StringArray, name: str, first: int) -> Iterator[dict]:
    """The faults of values that cannot be read, where no other column of the field says anything (`said`) either."""
    values = zip(column.to_pylist(), said.to_pylist(), strict=True) if pa.types.is_nested(column.type) else []
    for row, (value, words) in enumerate(values, first):
        if value and not words:
            yield {"row": row, "kept": True, "why": tell_unread(name, value)}


def _row_groups(
    batch: Batch, found: dict[str, list[str]], file: pq.ParquetFile
) -> Iterator[tuple[int, pa.RecordBatch]]:
    """The rows of a batch, some at a time: the number of the first one in the file, and the table."""
    groups = [file.metadata.row_group(group) for group in range(batch.last + 1)]
    rows = sum(group.num_rows for group in groups[batch.first :])
    size = sum(text_size(group, found["text"]) for group in groups[batch.first :])
    before = sum(group.num_rows for group in groups[: batch.first])
    low, high = rows * batch.slice // batch.slices, rows * (batch.slice + 1) // batch.slices
    at_once = max(1, min(ROWS_AT_ONCE, int(rows * work.BATCH / max(size, 1))))
    at = 0
    wanted = list(range(batch.first, batch.last + 1))
    for table in file.iter_batches(at_once, row_groups=wanted, columns=list(dict.fromkeys(chain(*found.values())))):
        begin, end = max(low - at, 0), min(high - at, len(table))
        while begin < end:
            some = _fitting(table.slice(begin, end - begin), found["text"])
            yield before + at + begin + 1, some
            begin += len(some)
        at += len(table)
        if at >= high:
            return


def _fitting(table: pa.RecordBatch, texts: list[str]) -> pa.RecordBatch:
    """The first rows, with no more than about BATCH bytes of text: a text that many rows share is in the file once."""
    sizes = np.zeros(len(table))
    for column in (table.column(name) for name in texts):
        if pa.types.is_dictionary(column.type):
            each = pc.fill_null(pc.binary_length(column.dictionary), 0).to_numpy(False)
            sizes += np.append(each, 0)[pc.fill_null(column.indices, len(each)).to_numpy(False)]
    return table.slice(0, 1 + int(np.searchsorted(np.cumsum(sizes), work.BATCH)))


def _first_filled(table: pa.RecordBatch, called: list[str], field: str) -> pa.StringArray:
    """For each row the value of the first of the field's columns that is filled, as text.

    raises  ValueError if two columns could be the text
    """
    filled = pa.array([""] * len(table), pa.string())
    for name in called:
        words = _as_text(table.column(name), "\n\n" if field == "text" else ", ")
        begins = pc.utf8_lower(pc.utf8_slice_codeunits(words, 0, 1 + max(map(len, NOTHING))))
        words = pc.if_else(pc.is_in(begins, pa.array(sorted(NOTHING))), "", words)
        empty = pc.equal(filled, "")
        if field == "text" and pc.any(pc.and_not(pc.and_not(pc.not_equal(filled, words), empty), pc.equal(words, ""))):
            remedy = f"Rename one, or give columns={{'text': {called[0]!r}}}"
            raise ValueError(f"the columns {' and '.join(map(repr, called))} could both be the text. {remedy}")
        filled = pc.if_else(empty, words, filled)
    return filled


def _with_leads(
    texts: pa.StringArray, table: pa.RecordBatch, leads: list[str], first: int
) -> tuple[pa.StringArray, list[dict]]:
    """The texts with the first paragraphs that have columns of their own; and the faults of texts of only those."""
    if not leads:
        return texts, []
    columns = [_first_filled(table, [name], "lead").to_pylist() for name in leads]
    rows = [list(zip(leads, words, strict=True)) for words in zip(*columns, strict=True)]
    joined = list(map(with_leads, texts.to_pylist(), rows))
    faults = [
        {"row": row, "kept": True, "why": tell_only_lead(only)} for row, (_, only) in enumerate(joined, first) if only
    ]
    return pa.array([text for text, _ in joined], pa.string()), faults


def _as_text(column: pa.Array, between: str) -> pa.StringArray:
    """The values of a column as text, like `as_words`. Only kinds that Arrow writes differently go one by one."""
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    plain = "string large_string string_view integer date timestamp null".split()
    if any(getattr(pa.types, f"is_{name}")(kind) for name in plain):
        return pc.utf8_trim_whitespace(pc.fill_null(pc.cast(column, pa.string()), ""))
    return pa.array((as_words(value, between) for value in column.to_pylist()), pa.string())


def _plain(texts: pa.StringArray) -> pa.StringArray:
    """The texts without HTML."""
    marked = pc.match_substring_regex(texts, MARKUP.pattern, ignore_case=True)
    return pc.replace_with_mask(
        texts, marked, pa.array(map(without_markup, texts.filter(marked).to_pylist()), pa.string())
    )


def _whole(texts: pa.StringArray, first: int) -> tuple[pa.StringArray, list[dict]]:
    """The texts without NewsAPI's note that a text was cut short; and the faults of those that had it."""
    noted = pc.ends_with(texts, " chars]")
    parts = [CUT_SHORT.split(text) for text in texts.filter(noted).to_pylist()]
    rows = zip((np.flatnonzero(noted.to_numpy(False)) + first).tolist(), parts, strict=True)
    faults = [{"row": row, "kept": True, "why": tell_cut_short(cut[0])} for row, (_, *cut) in rows if cut]
    return pc.replace_with_mask(texts, noted, pa.array([text for text, *_ in parts], pa.string())), faults
