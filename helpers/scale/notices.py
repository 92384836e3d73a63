"""What code_corpus warns about: files not read, rows left out, names that several articles have."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.articles.coded_folder import MADE_OF
from helpers.scale.output import folder_of
from helpers.scale.source_files import READABLE
from helpers.scale.work import Batch


def tell_others(others: list[str]) -> Iterator[str]:
    """The notice of files that are not read, if there are any."""
    if others:
        some = ", ".join(others[:3]) + (f" and {len(others) - 3} more" if others[3:] else "")
        yield f"not read: {some}. code_corpus reads {READABLE}; load_articles reads more kinds."


def tell_left_out(out: Path, done: list[Batch]) -> Iterator[str]:
    """How many rows of each file were left out, or kept in spite of a fault, with the first reasons."""
    seen = {}
    for batch in done:
        table = pq.read_table(folder_of(out, batch.number) / "left_out.parquet").to_pandas()
        for key, some in table.groupby(["file", "kept"]):
            many, first = seen.get(key, (0, []))
            why = [f"row {fault.row}: {fault.why}" if fault.row else fault.why for fault in some[:3].itertuples()]
            seen[key] = many + len(some), [*first, *why][:3]
    for (file, kept), (many, why) in seen.items():
        what = "kept in spite of a fault" if kept else "left out"
        yield f"{file}: {what}: {many} ({'; '.join(why)}). read_coded({str(out)!r}, 'left_out') lists them all."


def tell_names(out: Path, done: list[Batch]) -> Iterator[str]:
    """How many names several articles have, and in which files the first of them are."""
    hashed = [pd.util.hash_array(_names_of(out, batch)) for batch in done]
    known, first, count = np.unique(
        np.concatenate([np.array([], np.uint64), *hashed]), return_index=True, return_counts=True
    )
    twice = known[count > 1]
    if not len(twice):
        return
    some = twice[np.argsort(first[count > 1])][:3]
    places = defaultdict(dict)
    for batch, names in zip(done, hashed, strict=True):
        if (here := np.isin(names, some)).any():
            for name in _names_of(out, batch)[here]:
                places[name][batch.name] = None
    where = "; ".join(f"{name!r} in {', '.join(files)}" for name, files in places.items())
    yield f"names that several articles have: {len(twice)}. {where}. All are kept; give each article its own id."


def _names_of(out: Path, batch: Batch) -> np.ndarray:
    """The name of each article of a batch. Its table of frames has each name once per frame."""
    frames = len(json.loads((out / MADE_OF).read_text("utf-8"))["frames"])
    names = pq.read_table(folder_of(out, batch.number) / "frames.parquet", columns=["article"])["article"]
    return names.take(pa.array(np.arange(0, len(names), max(frames, 1)))).to_numpy()


def name_batch(batch: Batch) -> str:
    """A batch as notices name it: its number, its file and which part of it."""
    if batch.fault:
        return f"batch {batch.number} ({batch.file})"
    part = f", row groups {batch.first} to {batch.last}" if batch.name.lower().endswith(".parquet") else ""
    part += f" and {len(batch.files) - 1} more" if len(batch.files) > 1 else ""
    part += f", slice {batch.slice + 1} of {batch.slices}" if batch.slices > 1 else ""
    return f"batch {batch.number} ({batch.file}{part})"
