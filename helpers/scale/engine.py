"""The same hits, sentences and words for any number of articles: in batches, on this machine's cores or on many
machines, with memory that stays flat, stopped and taken up again as one likes."""

import ctypes
import hashlib
import json
import multiprocessing
import os
import shutil
import threading
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import ExitStack, suppress
from itertools import chain, islice
from pathlib import Path
from uuid import uuid4

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from tqdm import tqdm

from helpers.codebook.terms import MASK, check_codebook, load_codebook
from helpers.files.tables import require
from helpers.measures.keyness import settle_capitals
from helpers.scale.batches import (
    LEFT_OUT_SCHEMA,
    MADE_OF,
    READABLE,
    Batch,
    check_columns,
    list_files,
    plan_batches,
    read_batch,
)
from helpers.scale.coding import SCHEMAS as CODED
from helpers.scale.coding import code_texts

PERIODS = ("year", "month")
AT_ONCE = 64  # batches given out at a time to an executor whose size is not known
LIVES = 3  # how often a batch may be with a worker that dies
# Rooms on which the output depends, with what scale/ takes of measures/.
RULES = ("files", "text", "articles", "codebook", "measures/keyness.py", "scale")
SCHEMAS = CODED | {"left_out": LEFT_OUT_SCHEMA}
START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


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
    """Find the frames in all articles of a source, count their sentences and words, and write tables in Parquet.

    source    a file, a folder or an address that fsspec knows, of .parquet, .jsonl, .csv, .tsv, .txt, .html or .json,
              all but the first packed or not (row groups of Parquet are shared out among workers, another table is one
              worker's). Pages and .json come in as by corpus.load_articles; so do tables, but their texts are only
              mended, not cleaned of furniture, nor are lines joined that were broken at a fixed width, and articles of
              the same name are all kept
    out       a folder of this machine; a run that was stopped goes on where it stopped
    executor  None (processes of this machine), any concurrent.futures.Executor, or a Dask client
    codebook  one row per term: frame, term; None: that of load_codebook()
    columns   where the columns are not recognised by their names, as load_articles takes them: {"text": "Volltext",
              "published": "Datum"}; "article" and "date" may be said for "id" and "published"
    period    "year" or "month", of the date: what words are counted by ("" where there is none that is understood)
    hits      whether to keep each hit, too
    scope     see frames.find_hits
    workers   how many processes, where there is no executor
    returns   one row per batch: batch, file, name (of the file within the source), first, last (row groups), slice,
              slices (of them), fault (what went wrong with it, else ""); read_coded reads the tables
    warns     of files not read, of batches with a fault, of rows left out or with a date that is not understood, and of
              names that several articles have (for this, 8 bytes of each name are held); all else is kept
    raises    FileNotFoundError, ValueError; also where `out` was made from other articles or terms, or by other rules
    """
    if period not in PERIODS or scope not in ("frame", "codebook"):
        raise ValueError(
            f"code_corpus: period {period!r} may be 'year' or 'month', scope {scope!r} 'frame' or 'codebook'."
        )
    rows, columns = _rows_of(codebook), check_columns(columns)
    task = {"rows": rows, "columns": columns, "period": period, "hits": hits, "scope": scope}
    files, others = list_files(str(source))
    batches = plan_batches(files, columns)
    changed = {file.address: [file.size, file.written] for file in files}
    out = _open_folder(Path(out), changed, task, len(batches))
    faults = {batch.number: batch.fault for batch in batches if batch.fault}
    todo = [batch for batch in batches if not batch.fault and not _folder(out, batch.number).is_dir()]
    run = _run_here(todo, task, workers or os.cpu_count()) if executor is None else _run(executor, todo, task, AT_ONCE)
    faults |= _work_through(run, out, len(batches), len(todo))
    done = [batch for batch in batches if _folder(out, batch.number).is_dir()]
    named = (f"{_name(batches[number])}: {fault}" for number, fault in sorted(faults.items()))
    for warning in chain(_tell_others(others), named, _tell_left_out(out, done), _tell_names(out, done)):
        warnings.warn(warning, stacklevel=2)
    told = ["" if batch in done else faults.get(batch.number, "not reached; run again") for batch in batches]
    table = pd.DataFrame(batches, columns=Batch._fields).drop(columns="files")
    return table.rename(columns={"number": "batch"}).assign(fault=told)


def _rows_of(codebook: pd.DataFrame | None) -> tuple[tuple[str, str], ...]:
    """(frame, term) of each row of a codebook, checked; None: that of load_codebook()."""
    if codebook is None:
        codebook = load_codebook()
    require(codebook, "frame term", "code_corpus: codebook, from load_codebook")
    codebook = check_codebook(codebook, "code_corpus: codebook")
    return tuple(zip(codebook["frame"], codebook["term"], strict=True))


def read_coded(out: Path | str, what: str = "frames", *, partial: bool = False) -> pd.DataFrame:
    """What code_corpus wrote, in the order of the source, whoever did the work.

    what     "frames": one row per article and frame, zeros included: article, period, frame, hits, negated, carrying
             (sentences that carry it), sentences, words (all of the article's), share (of sentences), rate (hits per
             1,000 words); "words": one row per period and word (folded, see keyness.fold): period, word, count;
             "hits": as of frames.find_hits; "left_out": as of corpus.list_left_out
    partial  whether to read what there is of a run that is not complete; otherwise it raises ValueError
    """
    if what not in SCHEMAS:
        raise ValueError(f"read_coded: {what!r} is not written; there are {', '.join(SCHEMAS)}.")
    made = json.loads((Path(out) / MADE_OF).read_text("utf-8"))
    if what == "hits" and not made["hits"]:
        raise ValueError(f"{out}: hits were not kept. Run code_corpus with hits=True into another folder.")
    folders = [_folder(Path(out), number) for number in range(made["batches"])]
    missing = [folder.name for folder in folders if not folder.is_dir()]
    if missing and not partial:
        raise ValueError(
            f"{out}: batches {', '.join(missing)} are missing. Run code_corpus again (into another folder where files "
            "were mended since), or say partial=True for the others."
        )
    files = [folder / f"{what}.parquet" for folder in folders if folder.is_dir()]
    tables = (pq.read_table(file) for file in files)
    if what == "words":
        table = _add_up(tables)
        settled = settle_capitals(pc.unique(table["word"]).to_pylist())
        words = pa.array([settled[word] for word in table["word"].to_pylist()], pa.string())
        table = _add_up([table.set_column(1, "word", words)])
        return table.sort_by([("period", "ascending"), ("word", "ascending")]).to_pandas()
    table = pa.concat_tables([SCHEMAS[what].empty_table(), *tables]).to_pandas()
    if "frame" in table:
        table["frame"] = pd.Categorical(table["frame"], categories=made["frames"])
    if what == "frames":
        table["share"] = table["carrying"] / table["sentences"]
        table["rate"] = 1000 * table["hits"] / table["words"]
    return table


def code_batch(batch: Batch, rows: tuple, columns: dict, period: str, hits: bool, scope: str) -> dict[str, bytes]:
    """One batch: its tables as Parquet files, written as they come; words are added up."""
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
                words = [_add_up(words)]
        writers["words"].write_table(_add_up(words))
    return {name: sink.getvalue().to_pybytes() for name, sink in sinks.items()}


def _hold_memory() -> None:
    """Have the C library keep memory that is free for the next array: to give it back and ask for it anew takes a tenth
    of the time. Where it is another library than Linux's, nothing is done."""
    with suppress(AttributeError, OSError, TypeError):
        for parameter, size in ((-1, 1 << 30), (-3, 1 << 25)):  # M_TRIM_THRESHOLD, M_MMAP_THRESHOLD: malloc.h
            ctypes.CDLL(None).mallopt(parameter, size)


def _work_through(run: Iterator[tuple[Batch, Future]], out: Path, batches: int, todo: int) -> dict[int, str]:
    """Keep each batch as it comes; what went wrong, by the number of the batch."""
    faults = {}
    with tqdm(total=batches, initial=batches - todo, unit="batch", disable=None) as bar:
        for batch, future in run:
            if fault := future.exception():
                faults[batch.number] = f"{type(fault).__name__}: {fault}"
            else:
                _keep(out, batch, future.result())
            bar.update()
    return faults


def _tell_others(others: list[str]) -> Iterator[str]:
    if others:
        some = ", ".join(others[:3]) + (f" and {len(others) - 3} more" if others[3:] else "")
        yield f"not read: {some}. code_corpus reads {READABLE}; load_articles reads more kinds."


def _tell_left_out(out: Path, done: list[Batch]) -> Iterator[str]:
    """Of each file how many rows were left out, or kept in spite of a fault, and why the first were."""
    told = {}
    for batch in done:
        table = pq.read_table(_folder(out, batch.number) / "left_out.parquet").to_pandas()
        for key, some in table.groupby(["file", "kept"]):
            many, first = told.get(key, (0, []))
            why = [f"row {fault.row}: {fault.why}" if fault.row else fault.why for fault in some[:3].itertuples()]
            told[key] = many + len(some), [*first, *why][:3]
    for (file, kept), (many, why) in told.items():
        what = "faults in what is kept" if kept else "left out"
        yield f"{file}: {what}: {many} ({'; '.join(why)}). read_coded({str(out)!r}, 'left_out') has all."


def _tell_names(out: Path, done: list[Batch]) -> Iterator[str]:
    """How many names several articles have, and where the first of them stand."""
    hashed = [pd.util.hash_array(_names_of(out, batch)) for batch in done]
    known, first, count = np.unique(
        np.concatenate([np.array([], np.uint64), *hashed]), return_index=True, return_counts=True
    )
    twice = known[count > 1]
    if not len(twice):
        return
    some = twice[np.argsort(first[count > 1])][:3]
    places = defaultdict(dict)
    for batch, own in zip(done, hashed, strict=True):
        if (here := np.isin(own, some)).any():
            for name in _names_of(out, batch)[here]:
                places[name][batch.name] = None
    told = "; ".join(f"{name!r} in {', '.join(files)}" for name, files in places.items())
    yield f"names that stand more than once: {len(twice)}. {told}. All are kept; give each article an id of its own."


def _names_of(out: Path, batch: Batch) -> np.ndarray:
    """The name of each article of a batch, which its table of frames has once for each frame."""
    frames = len(json.loads((out / MADE_OF).read_text("utf-8"))["frames"])
    names = pq.read_table(_folder(out, batch.number) / "frames.parquet", columns=["article"])["article"]
    return names.take(pa.array(np.arange(0, len(names), max(frames, 1)))).to_numpy()


def _add_up(tables: Iterable[pa.Table]) -> pa.Table:
    """Words counted in parts, as one table: one row per period and word."""
    total = SCHEMAS["words"].empty_table()
    for table in tables:
        groups = pa.concat_tables([total, table]).group_by(["period", "word"], use_threads=False)
        total = groups.aggregate([("count", "sum")]).rename_columns(SCHEMAS["words"].names)
    return total.filter(pc.not_equal(total["count"], 0))


def _run(executor: Executor, todo: list[Batch], task: dict, at_once: int) -> Iterator[tuple[Batch, Future]]:
    """Give out batches, so many at a time, and hand each back when it is done; none is given out any more once workers
    are lost for good."""
    executor = executor.get_executor(pure=False) if hasattr(executor, "get_executor") else executor
    waiting, running, broken = iter(todo), {}, False
    while True:
        for batch in islice(waiting, 0 if broken else at_once - len(running)):
            try:
                running[executor.submit(code_batch, batch, **task)] = batch
            except BrokenExecutor:
                broken = True
                break
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            broken |= isinstance(future.exception(), BrokenExecutor)
            yield running.pop(future), future


def _run_here(todo: list[Batch], task: dict, workers: int) -> Iterator[tuple[Batch, Future]]:
    """The same in processes of this machine. When a worker dies, its pool is lost: what was under way is then done
    again, each batch in a process of its own, and the rest goes on in a new pool."""
    context = multiprocessing.get_context(START)
    if START == "forkserver":
        context.set_forkserver_preload(["helpers.scale.engine"])
    left = {batch.number: batch for batch in todo}
    while left:
        lost = []
        size = min(workers, len(left))
        with ProcessPoolExecutor(size, context, _end_with_parent) as pool:
            wait([pool.submit(int) for _ in range(size)])  # all there before any dies: starting one then can hang
            for batch, future in _run(pool, list(left.values()), task, 2 * workers):
                if isinstance(future.exception(), BrokenExecutor):
                    lost.append(batch)
                else:
                    yield left.pop(batch.number), future
        for batch in sorted(lost):
            for _ in range(LIVES):
                with ProcessPoolExecutor(1, context, _end_with_parent) as pool:
                    future = pool.submit(code_batch, batch, **task)
                if not isinstance(future.exception(), BrokenExecutor):
                    break
            yield left.pop(batch.number), future


def _end_with_parent() -> None:
    """Have a worker end when the process that started it does, even one that is killed: else it would wait for ever."""

    def wait_for_parent():
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=wait_for_parent, daemon=True).start()


def rule_files() -> list[Path]:
    """The modules on which the output depends: with another rule it would be another output."""
    helpers = Path(__file__).parents[1]
    return sorted(file for rule in RULES for file in helpers.glob(rule if rule.endswith(".py") else f"{rule}/*.py"))


def _open_folder(out: Path, files: dict, task: dict, batches: int) -> Path:
    """The folder of the output, new or of the same articles, terms and rules."""
    rules = b"".join(file.read_bytes() for file in rule_files())
    made_of = {
        "articles": files,
        "codebook": hashlib.sha256(json.dumps(task["rows"]).encode()).hexdigest(),
        "rules": hashlib.sha256(rules).hexdigest(),
        "columns": task["columns"],
        "period": task["period"],
        "scope": task["scope"],
        "hits": task["hits"],
        "frames": sorted({frame for frame, _ in task["rows"]} - {MASK}),
        "batches": batches,
    }
    note = out / MADE_OF
    if note.exists():
        was = json.loads(note.read_text("utf-8"))
        other = [key for key in made_of if was.get(key) != made_of[key]]
        if other:
            raise ValueError(f"{out} was made with other {', '.join(other)}. Choose another folder or delete this one.")
    elif out.is_file() or (out.is_dir() and any(out.iterdir())):
        raise ValueError(f"{out} holds something else. Choose an empty folder.")
    else:
        out.mkdir(parents=True, exist_ok=True)
        aside = note.with_suffix(".new")
        aside.write_text(json.dumps(made_of, indent=1, ensure_ascii=False) + "\n", "utf-8")
        os.replace(aside, note)
    return out


def _folder(out: Path, number: int) -> Path:
    return out / f"{number:06}"


def _name(batch: Batch) -> str:
    if batch.fault:
        return f"batch {batch.number} ({batch.file})"
    part = f", row groups {batch.first} to {batch.last}" if batch.name.lower().endswith(".parquet") else ""
    part += f" and {len(batch.files) - 1} more" if len(batch.files) > 1 else ""
    part += f", slice {batch.slice + 1} of {batch.slices}" if batch.slices > 1 else ""
    return f"batch {batch.number} ({batch.file}{part})"


def _keep(out: Path, batch: Batch, tables: dict[str, bytes]) -> None:
    """Write a batch's tables aside, then put them in their place all at once, unless another run was quicker."""
    aside, place = out / f"{batch.number:06}.{uuid4().hex}.new", _folder(out, batch.number)
    aside.mkdir()
    try:
        for name, content in tables.items():
            (aside / f"{name}.parquet").write_bytes(content)
        os.replace(aside, place)
    except OSError:
        if not place.is_dir():
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
