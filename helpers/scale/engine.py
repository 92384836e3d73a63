"""The same hits, sentences and words as in the notebooks, for any number of articles.

The work is done in batches, on the cores of this machine or on many machines. Memory stays flat, and a run that was
stopped goes on where it stopped.
"""

import ctypes
import os
import warnings
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import ExitStack, suppress
from itertools import chain
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from tqdm import tqdm

from helpers.articles.columns_beside import columns_beside
from helpers.codebook.terms import check_codebook, load_codebook
from helpers.files.tables import require
from helpers.scale.batches import check_columns, plan_batches, read_batch
from helpers.scale.coding import code_texts
from helpers.scale.notices import name_batch, tell_left_out, tell_names, tell_others
from helpers.scale.output import SCHEMAS, add_up, folder_of, keep_batch, open_folder
from helpers.scale.source_files import list_files
from helpers.scale.work import Batch
from helpers.scale.workers import run_here, run_with

PERIODS = ("year", "month")


def code_corpus(
    source: Path | str,
    out: Path | str,
    executor: Executor | None = None,
    *,
    codebook: pd.DataFrame | None = None,
    columns: dict[str, str] | None = None,
    period: str = "year",
    hits: bool = False,
    scope: str = "frame",
    workers: int | None = None,
) -> pd.DataFrame:
    """Find the frames in all articles of a source, count sentences and words, and write the tables as Parquet.

    source    a file, a folder or an address that fsspec knows, of .parquet, .jsonl, .csv, .tsv, .txt, .html or .json;
              all but .parquet may be packed. The row groups of Parquet are shared out among the workers; any other
              table goes to one worker. Articles are read as by `load_articles`, with three differences for tables:
              furniture is not cut from their texts, lines broken at a fixed width are not joined, and articles of the
              same name are all kept
    out       a folder on this machine; a run that was stopped goes on where it stopped
    executor  None (processes of this machine), any concurrent.futures.Executor, or a Dask client
    codebook  one row per term: frame, term; None: that of `load_codebook()`
    columns   what the columns are called, if their names are not recognised, as for `load_articles`: {"text":
              "Volltext", "published": "Datum"}; "article" and "date" may stand for "id" and "published"; None: as a
              columns.csv beside the articles says
    period    "year" or "month": what words are counted by, from the date ("" if it is missing or not understood)
    hits      True: keep every hit too
    scope     see `find_hits`
    workers   number of processes, if there is no executor
    returns   one row per batch: batch, file, name (of the file within the source), first, last (row groups), slice,
              slices (of these), fault (what went wrong, else ""). `read_coded` reads the tables
    warns     about files that are not read, batches with a fault, rows left out or with a date that is not understood,
              and names that several articles have (8 bytes per article are held for this). Everything else is kept
    raises    FileNotFoundError; ValueError, also if `out` was made from other articles or terms, or by other rules
    """
    if period not in PERIODS or scope not in ("frame", "codebook"):
        raise ValueError(
            f"code_corpus: period is {period!r}, scope is {scope!r}. A period may be 'year' or 'month', a scope "
            "'frame' or 'codebook'."
        )
    beside = columns_beside(Path(source)) if columns is None and "://" not in str(source) else columns
    rows, columns = _rows_of(codebook), check_columns(beside)
    task = {"rows": rows, "columns": columns, "period": period, "hits": hits, "scope": scope}
    files, others = list_files(str(source))
    batches = plan_batches(files, columns)
    changed = {file.address: [file.size, file.written] for file in files}
    out = open_folder(Path(out), changed, task, len(batches))
    faults = {batch.number: batch.fault for batch in batches if batch.fault}
    todo = [batch for batch in batches if not batch.fault and not folder_of(out, batch.number).is_dir()]
    if executor is None:
        run = run_here(code_batch, todo, task, workers or os.cpu_count())
    else:
        run = run_with(executor, code_batch, todo, task)
    faults |= _work_through(run, out, len(batches), len(todo))
    done = [batch for batch in batches if folder_of(out, batch.number).is_dir()]
    named = (f"{name_batch(batches[number])}: {fault}" for number, fault in sorted(faults.items()))
    for warning in chain(tell_others(others), named, tell_left_out(out, done), tell_names(out, done)):
        warnings.warn(warning, stacklevel=2)
    said = ["" if batch in done else faults.get(batch.number, "not reached; run again") for batch in batches]
    table = pd.DataFrame(batches, columns=Batch._fields).drop(columns="files")
    return table.rename(columns={"number": "batch"}).assign(fault=said)


def _rows_of(codebook: pd.DataFrame | None) -> tuple[tuple[str, str], ...]:
    """(frame, term) of each row of a codebook, checked; None: that of `load_codebook()`."""
    if codebook is None:
        codebook = load_codebook()
    require(codebook, "frame term", "code_corpus: codebook, from load_codebook")
    codebook = check_codebook(codebook, "code_corpus: codebook")
    return tuple(zip(codebook["frame"], codebook["term"], strict=True))


def code_batch(batch: Batch, rows: tuple, columns: dict, period: str, hits: bool, scope: str) -> dict[str, bytes]:
    """The tables of one batch as the bytes of Parquet files. Rows are written as they come; words are added up."""
    _hold_memory()
    sinks = {name: pa.BufferOutputStream() for name in SCHEMAS if hits or name != "hits"}
    words = []
    with ExitStack() as open_until_here:
        writers = {
            name: open_until_here.enter_context(pq.ParquetWriter(sink, SCHEMAS[name], compression="zstd"))
            for name, sink in sinks.items()
        }
        for texts, articles, periods, left_out in read_batch(batch, columns, period):
            coded = code_texts(texts, articles, periods, rows, scope) if len(texts) else {}
            for name, table in (coded | {"left_out": left_out}).items():
                if name in writers and name != "words":
                    writers[name].write_table(table)
            words += [coded["words"]] if coded else []
            if len(words) > 1 and sum(map(len, words)) > 2 * len(words[0]):
                words = [add_up(words)]
        writers["words"].write_table(add_up(words))
    return {name: sink.getvalue().to_pybytes() for name, sink in sinks.items()}


def _hold_memory() -> None:
    """Have the C library keep freed memory for the next array. Returning and asking again costs a tenth of the time.

    Nothing is done where the library is not that of Linux.
    """
    with suppress(AttributeError, OSError, TypeError):
        for parameter, size in ((-1, 1 << 30), (-3, 1 << 25)):  # M_TRIM_THRESHOLD, M_MMAP_THRESHOLD: malloc.h
            ctypes.CDLL(None).mallopt(parameter, size)


def _work_through(run: Iterator[tuple[Batch, Future]], out: Path, batches: int, todo: int) -> dict[int, str]:
    """Write each batch as it comes. Returns what went wrong, by number of the batch."""
    faults = {}
    with tqdm(total=batches, initial=batches - todo, unit="batch", disable=None) as bar:
        for batch, future in run:
            if fault := future.exception():
                faults[batch.number] = f"{type(fault).__name__}: {fault}"
            else:
                keep_batch(out, batch, future.result())
            bar.update()
    return faults
