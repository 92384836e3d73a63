"""What code_corpus warns about: files not read, rows left out, names that several articles have."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from helpers.articles.coded_folder import MADE_OF
from helpers.articles.document import one_line
from helpers.scale.kept import read_kept, read_table
from helpers.scale.work import Batch, printable

NAMES_AT_ONCE = 100_000
NONE = np.array([], np.uint64)


def tell_others(others: list[dict]) -> Iterator[str]:
    """Which files are not read (file, why), by reason."""
    by_why = defaultdict(list)
    for fault in others:
        by_why[fault["why"]].append(fault["file"])
    for why, files in by_why.items():
        yield f"not read: {_some(files)}: {why}."


def tell_damaged(out: Path, damaged: list[Batch]) -> Iterator[str]:
    """Which batches of an earlier run were damaged."""
    if damaged:
        yield f"{out}: damaged, and coded anew: {_some(list(map(name_batch, damaged)))}."


def tell_not_coded(batches: list[Batch], faults: dict[int, str]) -> Iterator[str]:
    """Which batches were not coded, by reason."""
    by_why = defaultdict(list)
    for number, why in sorted(faults.items()):
        by_why[why].append(name_batch(batches[number]))
    for why, names in by_why.items():
        yield f"{_some(names)}: {why}"


def tell_faults(batches: list[Batch], faults: dict[int, str]) -> Iterator[dict]:
    """The files of batches that were not coded, as rows of the table of what was left out (file, why)."""
    for number, why in sorted(faults.items()):
        yield from ({"file": file.name, "why": f"batch {number}: {why}"} for file in batches[number].files)


def _some(names: list[str]) -> str:
    """The first three of some names, on one line, and how many more there are."""
    return one_line(", ".join(names[:3])) + (f" and {len(names) - 3} more" if names[3:] else "")


def tell_left_out(out: Path, done: list[Batch]) -> Iterator[str]:
    """How many rows of each file were left out, or kept in spite of a fault, with the first reasons."""
    seen = {}
    for batch in done:
        table = read_table(out, batch.number, "left_out")
        for group in table.group_by(["file", "kept"], use_threads=False).aggregate([([], "count_all")]).to_pylist():
            key = group["file"], group["kept"]
            many, first = seen.get(key, (0, []))
            if len(first) < 3:
                of_group = pc.and_(pc.equal(table["file"], key[0]), pc.equal(table["kept"], key[1]))
                some = table.filter(of_group).slice(0, 3).to_pylist()
                first += [f"row {fault['row']}: {fault['why']}" if fault["row"] else fault["why"] for fault in some]
            seen[key] = many + group["count_all"], first[:3]
    for (file, kept), (many, why) in seen.items():
        what = "kept in spite of a fault" if kept else "left out"
        file = one_line(file)
        yield f"{file}: {what}: {many} ({'; '.join(why)}). read_coded({str(out)!r}, 'left_out') lists them all."


def tell_names(out: Path, done: list[Batch]) -> Iterator[str]:
    """How many names several articles have, and in which files the first of them are."""
    hashed = [np.concatenate([NONE, *map(pd.util.hash_array, _names_of(out, batch))]) for batch in done]
    known, first, count = np.unique(np.concatenate([NONE, *hashed]), return_index=True, return_counts=True)
    twice = known[count > 1]
    if not len(twice):
        return
    some = twice[np.argsort(first[count > 1])][:3]
    places = defaultdict(dict)
    for batch, hashes in zip(done, hashed, strict=True):
        if np.isin(hashes, some).any():
            for names in _names_of(out, batch):
                for name in names[np.isin(pd.util.hash_array(names), some)]:
                    places[name][batch.name] = None
    where = "; ".join(f"{name!r} in {_some(list(files))}" for name, files in places.items())
    yield f"names that several articles have: {len(twice)}. {where}. All are kept; give each article its own id."


def _names_of(out: Path, batch: Batch) -> Iterator[np.ndarray]:
    """The names of the articles of a batch, some at a time. Its table of frames has each name once per frame."""
    frames = max(len(json.loads((out / MADE_OF).read_text("utf-8"))["frames"]), 1)
    file = pq.ParquetFile(pa.BufferReader(read_kept(out, batch.number, "frames")))
    at = 0
    for table in file.iter_batches(NAMES_AT_ONCE, columns=["article"]):
        yield table["article"].take(pa.array(np.arange(-at % frames, len(table), frames))).to_numpy(False)
        at += len(table)


def name_batch(batch: Batch) -> str:
    """A batch as notices name it: its number, its file and which part of it."""
    if batch.fault:
        return f"batch {batch.number} ({_address(batch)})"
    part = f", row groups {batch.first} to {batch.last}" if batch.name.lower().endswith(".parquet") else ""
    part += f" and {len(batch.files) - 1} more" if len(batch.files) > 1 else ""
    part += f", slice {batch.slice + 1} of {batch.slices}" if batch.slices > 1 else ""
    return f"batch {batch.number} ({_address(batch)}{part})"


def _address(batch: Batch) -> str:
    return one_line(printable(batch.file))
