"""The same hits, sentences and words as in the notebooks, for any number of articles.

The work is done in batches, on the cores of this machine or on many machines. Memory stays flat, and a run that was
stopped goes on where it stopped.
"""

import ctypes
import os
import sys
import warnings
from concurrent.futures import Executor
from contextlib import ExitStack, closing, suppress
from itertools import chain
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from tqdm import tqdm

from helpers.articles.columns_beside import columns_beside
from helpers.codebook.languages import languages_of
from helpers.codebook.terms import check_codebook, load_codebook
from helpers.files.tables import require
from helpers.scale.batches import check_columns, plan_batches, read_batch
from helpers.scale.coding import code_texts
from helpers.scale.kept import clear, folder_of, is_kept, keep_batch
from helpers.scale.notices import tell_damaged, tell_faults, tell_left_out, tell_names, tell_not_coded, tell_others
from helpers.scale.output import SCHEMAS, add_up, note_of, opened_folder, tables_of, write_not_coded
from helpers.scale.source_files import list_files
from helpers.scale.stopping import stopped_in_one_line
from helpers.scale.work import Batch, is_local, printable, written
from helpers.scale.workers import Done, run_here, run_with

PERIODS = ("year", "month")
UNREACHED = "not reached; run again"


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
    codebook  one row per term: frame, term, and perhaps language; None: that of `load_codebook()`. With a column
              language (empty: English), articles in a language in which not every frame has a term are left out, and a
              term is searched only in articles of its languages. An article too short to tell goes with most of those
              it is read with
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
    raises    FileNotFoundError; ValueError, also if `out` was made from other articles or terms, or by other rules, or
              another run is writing there; OSError if it cannot be written, for lack of room or otherwise; SystemExit,
              with a line that says how to go on, if it is stopped by Ctrl-C or SIGTERM
    """
    beside = columns_beside(Path(source)) if columns is None and "://" not in str(source) else columns
    task, out = _task_of(_check(codebook), check_columns(beside), period, hits, scope), Path(out)
    with stopped_in_one_line(out):
        files, others = list_files(str(source))
        batches = plan_batches(files, task["columns"])
        with opened_folder(out, note_of(files, task, len(batches))):
            kept = {batch.number for batch in batches if is_kept(out, batch.number, tables_of(hits))}
            faults = {batch.number: batch.fault or UNREACHED for batch in batches if batch.number not in kept}
            damaged = [batch for batch in batches if batch.number in faults and clear(folder_of(out, batch.number))]
            todo = [batch for batch in batches if batch.number in faults and not batch.fault]
            if executor is None:
                run = run_here(code_batch, todo, task, workers or os.cpu_count())
            else:
                run = run_with(executor, code_batch, todo, task)
            faults = _work_through(run, out, len(batches), faults)
            write_not_coded(out, [*others, *tell_faults(batches, faults)])
            done = [batch for batch in batches if batch.number not in faults]
            notices = tell_others(others), tell_damaged(out, damaged), tell_not_coded(batches, faults)
            for warning in chain(*notices, tell_left_out(out, done), tell_names(out, done)):
                warnings.warn(" ".join(warning.split()), stacklevel=2)
    rows = [(batch.number, printable(batch.file), batch.name, *batch[2:6]) for batch in batches]
    table = pd.DataFrame(rows, columns="batch file name first last slice slices".split())
    return table.assign(fault=[faults.get(batch.number, "") for batch in batches])


def _task_of(codebook: pd.DataFrame, columns, period: str, hits: bool, scope: str) -> dict:
    """What every batch is coded with: the arguments of `code_batch`."""
    if period not in PERIODS or scope not in ("frame", "codebook"):
        raise ValueError(
            f"code_corpus: period is {period!r}, scope is {scope!r}. A period may be 'year' or 'month', a scope "
            "'frame' or 'codebook'."
        )
    known, spoken = _languages_of(codebook)
    rows = tuple(zip(codebook["frame"], codebook["term"], strict=True))
    given = {"rows": rows, "columns": columns, "period": period, "hits": hits, "scope": scope}
    return given | {"known": known, "spoken": spoken}


def _check(codebook: pd.DataFrame | None) -> pd.DataFrame:
    """A codebook, checked; None: that of `load_codebook()`."""
    if codebook is None:
        codebook = load_codebook()
    require(codebook, "frame term", "code_corpus: codebook, from load_codebook")
    return check_codebook(codebook, "code_corpus: codebook")


def _languages_of(codebook: pd.DataFrame) -> tuple[frozenset[str] | None, tuple[str, ...]]:
    """The languages that a codebook can be tried on, None for all; and those of each term, none where all are alike."""
    if "language" not in codebook:
        return None, ()
    spoken = tuple(codebook["language"])
    return frozenset(languages_of(codebook)), spoken if len(set(spoken)) > 1 else ()


def code_batch(
    batch: Batch,
    rows: tuple,
    columns: dict,
    period: str,
    hits: bool,
    scope: str,
    known: frozenset[str] | None,
    spoken: tuple[str, ...],
) -> dict[str, bytes]:
    """The tables of one batch as the bytes of Parquet files. Rows are written as they come; words are added up.

    The arguments are those of code_corpus, read_batch (known) and code_texts (rows, spoken).
    """
    _hold_memory()
    sinks = {name: pa.BufferOutputStream() for name in tables_of(hits)}
    words = []
    with ExitStack() as open_until_here:
        writers = {
            name: open_until_here.enter_context(pq.ParquetWriter(sink, SCHEMAS[name], compression="zstd"))
            for name, sink in sinks.items()
        }
        for *articles, left_out in read_batch(batch, columns, period, known):
            coded = code_texts(*articles, rows, spoken, scope) if len(articles[0]) else {}
            for name, table in (coded | {"left_out": left_out}).items():
                if name in writers and name != "words":
                    writers[name].write_table(table)
            words += [coded["words"]] if coded else []
            if len(words) > 1 and sum(map(len, words)) > 2 * len(words[0]):
                words = [add_up(words)]
        writers["words"].write_table(add_up(words))
    _check_unchanged(batch)
    return {name: sink.getvalue().to_pybytes() for name, sink in sinks.items()}


def _check_unchanged(batch: Batch) -> None:
    """Raise ValueError if a file of this machine is not as it was when the batches were planned."""
    for file in batch.files:
        if is_local(file.address) and written(file.address) != (file.size, file.written):
            raise ValueError(f"{file.name} was changed meanwhile. When it is at rest, code all in another folder")


def _hold_memory() -> None:
    """Have the C library keep freed memory for the next array. Returning and asking again costs a tenth of the time.

    Nothing is done where the library is not that of Linux.
    """
    with suppress(AttributeError, OSError, TypeError):
        for parameter, size in ((-1, 1 << 30), (-3, 1 << 25)):  # M_TRIM_THRESHOLD, M_MMAP_THRESHOLD: malloc.h
            ctypes.CDLL(None).mallopt(parameter, size)


def _work_through(run: Done, out: Path, batches: int, faults: dict[int, str]) -> dict[int, str]:
    """Write each batch as it comes. Returns what is wrong with those not written, by number: at first `faults`."""
    faults = dict(faults)
    shown = {"unit": "batch", "disable": None if sys.stderr else True}  # None: only on a terminal
    with closing(run), tqdm(total=batches, initial=batches - len(faults), **shown) as bar:
        for batch, result in run:
            if isinstance(result, str):
                faults[batch.number] = result
            else:
                keep_batch(out, batch.number, result)
                del faults[batch.number]
            bar.update()
    return faults
