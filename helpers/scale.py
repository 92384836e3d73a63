"""The same hits, sentences and words for any number of articles: in batches, on this machine's cores or on many
machines, with memory that stays flat, stopped and taken up again as one likes."""

import hashlib
import json
import multiprocessing
import os
import shutil
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import fsspec
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.json
import pyarrow.parquet as pq
from tqdm import tqdm

from helpers.codebook import MASK, check_codebook, load_codebook
from helpers.keyness import settle_capitals
from helpers.matching import Matches, find_keys, match_terms, places_of_keys
from helpers.sentences import Pieces, Sentences, cut_texts, find_sentences, look_at, read_spans
from helpers.tables import require
from helpers.vocabulary import fold_words

KINDS = (".parquet", ".jsonl", ".ndjson", ".csv", ".jsonl.gz", ".ndjson.gz", ".csv.gz")
PERIODS = {"year": r"^\d{4}", "month": r"^\d{4}-\d\d"}
BATCH = 12_000_000  # bytes of text: one task, one folder of the output, and what is held in memory at a time
AT_ONCE = 64  # batches given out at a time to an executor whose size is not known
LIVES = 3  # how often a batch may be with a worker that dies
RULES = "codebook matching sentences text keyness vocabulary scale".split()  # modules on which the output depends
SCHEMAS = {
    name: pa.schema([(column, getattr(pa, kind)()) for column, kind in (pair.split(":") for pair in columns.split())])
    for name, columns in {
        "frames": "article:string period:string frame:string hits:int64 negated:int64 carrying:int64 "
        "sentences:int64 words:int64",
        "words": "period:string word:string count:int64",
        "hits": "article:string sentence:int64 frame:string term:string start:int64 end:int64 words:string "
        "negated:bool_",
    }.items()
}
START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


class Batch(NamedTuple):
    """A piece of work: row groups `first` to `last` of a Parquet file, or of these rows slice `slice` of `slices`; of
    another file, all of it."""

    number: int
    file: str
    first: int = 0
    last: int = 0
    slice: int = 0
    slices: int = 1


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

    source    a file, a folder or an address that fsspec knows, of .parquet, .jsonl or .csv (row groups of Parquet are
              shared out among workers, another file is one worker's); texts are taken as they are, cleaned or not
    out       a folder of this machine; a run that was stopped goes on where it stopped
    executor  None (processes of this machine), any concurrent.futures.Executor, or a Dask client
    codebook  one row per term: frame, term (None: the collection's)
    columns   what the columns are called, where not text, article and date: {"text": "body", "article": "id"}; where
              articles have no names, they are called file:row
    period    "year" or "month", of the date: what words are counted by ("" where there is no date)
    hits      whether to keep each hit, too
    scope     see frames.find_hits
    workers   how many processes, where there is no executor
    returns   one row per batch: batch, file, first, last (row groups), slice, slices (of them), fault (what went wrong
              with it, else ""); a batch with a fault is warned of, and the rest is kept. read_coded reads the tables
    raises    FileNotFoundError, ValueError; also where `out` was made from other articles or terms, or by other rules
    """
    codebook = load_codebook() if codebook is None else codebook
    require(codebook, "frame term", "code_corpus: codebook, from load_codebook")
    codebook = check_codebook(codebook, "code_corpus: codebook")
    if period not in PERIODS or scope not in ("frame", "codebook"):
        raise ValueError(
            f"code_corpus: period {period!r} may be 'year' or 'month', scope {scope!r} 'frame' or 'codebook'."
        )
    rows = tuple(zip(codebook["frame"], codebook["term"], strict=True))
    task = {"rows": rows, "columns": columns or {}, "period": period, "hits": hits, "scope": scope}
    files = list_files(str(source))
    batches = [
        Batch(number, *rest) for number, rest in enumerate(chain.from_iterable(_batches(f, columns) for f in files))
    ]
    out = _open_folder(Path(out), files, task, len(batches))
    todo = [batch for batch in batches if not _folder(out, batch.number).is_dir()]
    run = _run_here(todo, task, workers or os.cpu_count()) if executor is None else _run(executor, todo, task, AT_ONCE)
    faults = _work_through(run, out, len(batches), len(todo))
    for number, fault in faults.items():
        warnings.warn(f"{_name(batches[number])}: {fault}", stacklevel=2)
    done = [_folder(out, batch.number).is_dir() for batch in batches]
    told = ["" if ok else faults.get(n, "not reached; run again") for n, ok in enumerate(done)]
    return pd.DataFrame(batches).rename(columns={"number": "batch"}).assign(fault=told)


def read_coded(out: Path | str, what: str = "frames", *, partial: bool = False) -> pd.DataFrame:
    """What code_corpus wrote, in the order of the source, whoever did the work.

    what     "frames": one row per article and frame, zeros included: article, period, frame, hits, negated, carrying
             (sentences that carry it), sentences, words (all of the article's), share (of sentences), rate (hits per
             1,000 words); "words": one row per period and word (folded, see keyness.fold): period, word, count;
             "hits": as of frames.find_hits
    partial  whether to read what there is of a run that is not complete; otherwise it raises ValueError
    """
    if what not in SCHEMAS:
        raise ValueError(f"read_coded: {what!r} is not written; there are {', '.join(SCHEMAS)}.")
    made = json.loads((Path(out) / "made-of.json").read_text("utf-8"))
    if what == "hits" and not made["hits"]:
        raise ValueError(f"{out}: hits were not kept. Run code_corpus with hits=True into another folder.")
    folders = [_folder(Path(out), number) for number in range(made["batches"])]
    missing = [folder.name for folder in folders if not folder.is_dir()]
    if missing and not partial:
        raise ValueError(
            f"{out}: batches {', '.join(missing)} are missing. Run code_corpus again, or say partial=True."
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
    table["frame"] = pd.Categorical(table["frame"], categories=made["frames"])
    if what == "frames":
        table["share"] = table["carrying"] / table["sentences"]
        table["rate"] = 1000 * table["hits"] / table["words"]
    return table


def list_files(source: str) -> dict[str, list]:
    """The files of a source, by name, and what shows that one was changed: its size and when it was written.

    raises  FileNotFoundError, naming what was looked for
    """
    system, path = fsspec.core.url_to_fs(source)
    found = system.find(path) if system.isdir(path) else system.glob(path)
    found = sorted(file for file in found if file.lower().endswith(KINDS) and "/." not in file.removeprefix(path))
    if not found:
        raise FileNotFoundError(f"{source}: no file that ends in {', '.join(KINDS)}.")
    names = [system.unstrip_protocol(file) for file in found]
    return {name: [system.size(file), _written(system, file)] for name, file in zip(names, found, strict=True)}


def code_batch(batch: Batch, rows: tuple, columns: dict, period: str, hits: bool, scope: str) -> dict[str, bytes]:
    """One batch: its tables as Parquet files."""
    parts = {"frames": [], "words": [], "hits": []}
    for texts, articles, periods in _read(batch, columns, period):
        for name, table in zip(parts, _code(texts, articles, periods, rows, scope), strict=True):
            parts[name].append(table)
    tables = {name: pa.concat_tables([SCHEMAS[name].empty_table(), *tables]) for name, tables in parts.items()}
    tables["words"] = _add_up([tables["words"]])
    return {name: _parquet(table) for name, table in tables.items() if hits or name != "hits"}


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


def _code(texts: pa.StringArray, articles: pa.Array, periods: pa.Array, rows: tuple, scope: str) -> list[pa.Table]:
    """The tables of some articles: frames, words, hits."""
    pieces = cut_texts(texts)
    looks = look_at(pieces.distinct)
    found = find_sentences(pieces, looks)
    per_article, words = _count_words(pieces, found, periods, looks)
    sentences = np.bincount(found.text, minlength=len(texts))
    where = _worth_reading(pieces, found, find_keys(pieces.distinct.to_pylist(), rows))
    read = read_spans(pieces, found.begin[where], found.stop[where])
    matches = match_terms(read, rows, scope)
    sentence = where[matches.text]
    frames = _count_frames(found, matches, sentence, rows, len(texts))
    each = np.repeat(np.arange(len(texts)), len(frames) // max(len(texts), 1))
    columns = {"article": articles, "period": periods, "sentences": sentences, "words": per_article}
    columns = {name: pa.array(column).take(pa.array(each)) for name, column in columns.items()}
    tables = [pa.table(columns | frames.to_dict("series"), SCHEMAS["frames"]), words]
    return [*tables, _lay_out_hits(found, matches, sentence, rows, read, articles)]


def _count_frames(found: Sentences, matches: Matches, sentence: np.ndarray, rows: tuple, texts: int) -> pd.DataFrame:
    """One row per text and frame: frame, hits, negated, carrying; `sentence` is that of each match."""
    frames = sorted({frame for frame, _ in rows} - {MASK})
    codes = np.array([frames.index(frame) if frame != MASK else -1 for frame, _ in rows], dtype=np.int64)
    frame, size = codes[matches.row], texts * len(frames)
    cell = found.text[sentence] * len(frames) + frame
    carried = np.unique(sentence * len(frames) + frame)
    carried = found.text[carried // max(len(frames), 1)] * len(frames) + carried % max(len(frames), 1)
    counts = {"hits": cell, "negated": cell[matches.negated], "carrying": carried}
    counts = {name: np.bincount(cells, minlength=size) for name, cells in counts.items()}
    return pd.DataFrame({"frame": pd.Series(frames * texts, dtype=str), **counts})


def _lay_out_hits(
    found: Sentences, matches: Matches, sentence: np.ndarray, rows: tuple, read: list[str], articles: pa.Array
) -> pa.Table:
    """One row per match; `read` are the sentences it was looked for in, `sentence` that of each match among all."""
    article, begin, row = found.text[sentence], found.start[sentence], pa.array(matches.row)
    places = zip(matches.text.tolist(), matches.start.tolist(), matches.end.tolist(), strict=True)
    hits = {
        "article": articles.take(pa.array(article)),
        "sentence": sentence - np.searchsorted(found.text, article) + 1,
        "frame": pa.array([frame for frame, _ in rows], pa.string()).take(row),
        "term": pa.array([term for _, term in rows], pa.string()).take(row),
        "start": begin + matches.start,
        "end": begin + matches.end,
        "words": pa.array([read[text][start:end] for text, start, end in places], pa.string()),
        "negated": matches.negated,
    }
    return pa.table(hits, SCHEMAS["hits"])


def _worth_reading(pieces: Pieces, found: Sentences, keys: np.ndarray) -> np.ndarray:
    """The sentences in which a term can stand."""
    place = places_of_keys(keys, pieces.which)
    low, high = pieces.bounds[place], pieces.bounds[place + 1] - 1
    low = np.maximum(np.searchsorted(found.begin, low, side="right") - 1, 0)
    high = np.searchsorted(found.begin, high, side="right") - 1
    within = [np.arange(a, b) for a, b in zip(low[high > low + 1], high[high > low + 1], strict=True)]
    return np.unique(np.concatenate([low, high, *within]).astype(np.int64)) if len(place) else place


def _count_words(pieces: Pieces, found: Sentences, periods: pa.Array, looks: np.ndarray) -> tuple[np.ndarray, pa.Table]:
    """How many words each article has, and how often each word stands in each period."""
    words, many = fold_words(pieces.distinct)
    words = words.dictionary_encode()
    first = np.searchsorted(pieces.bounds, pieces.texts - 1, side="right") - 1  # piece of each text
    per_article = np.diff(np.append(0, np.cumsum(many[pieces.which]))[first])
    names, codes = np.unique(periods.to_numpy(False).astype(str), return_inverse=True)
    tables = []
    for code, name in enumerate(names.tolist()):
        texts = np.flatnonzero(codes == code).tolist()
        here = np.concatenate([pieces.which[first[text] : first[text + 1]] for text in texts])
        counts = np.repeat(np.bincount(here, minlength=len(many)), many)
        counts = np.bincount(words.indices, counts, len(words.dictionary)).astype(np.int64)
        some = np.flatnonzero(counts)
        tables.append(_word_table(pa.repeat(name, len(some)), words.dictionary.take(pa.array(some)), counts[some]))
    changes = _cut_words(pieces, found, looks)
    np.add.at(per_article, changes[0], changes[2])
    tables.append(_word_table(periods.take(pa.array(changes[0])), *changes[1:]))
    return per_article, pa.concat_tables(tables)


def _cut_words(pieces: Pieces, found: Sentences, looks: np.ndarray) -> tuple[np.ndarray, pa.StringArray, np.ndarray]:
    """Where a sentence begins within a word, what that changes: text, word, how many more or fewer of it."""
    inner = found.begin[pieces.content[found.begin - 1] > 32]  # or after a no-break space
    place = np.searchsorted(pieces.bounds, inner, side="right") - 1
    within = inner > pieces.bounds[place] + looks["lead"][pieces.which[place]]
    inner, whole = inner[within], np.unique(place[within])
    begin = pieces.bounds[whole] + looks["lead"][pieces.which[whole]]
    parts = np.sort(np.append(begin, inner))
    stop = pieces.bounds[np.searchsorted(pieces.bounds, parts, side="right")]
    begins = np.append(begin, parts)
    stops = np.append(pieces.bounds[whole + 1], np.minimum(stop, np.append(parts[1:], len(pieces.content))))
    words, many = fold_words(pa.array(read_spans(pieces, begins, stops), pa.string()))
    text = np.searchsorted(pieces.texts, begins, side="right") - 1
    return np.repeat(text, many), words, np.repeat(np.where(np.arange(len(begins)) < len(whole), -1, 1), many)


def _word_table(periods: pa.Array, words: pa.Array, counts: np.ndarray) -> pa.Table:
    return pa.table({"period": periods, "word": words, "count": counts}, SCHEMAS["words"])


def _add_up(tables: Iterable[pa.Table]) -> pa.Table:
    """Words counted in parts, as one table: one row per period and word."""
    total = SCHEMAS["words"].empty_table()
    for table in tables:
        groups = pa.concat_tables([total, table]).group_by(["period", "word"], use_threads=False)
        total = groups.aggregate([("count", "sum")]).rename_columns(SCHEMAS["words"].names)
    return total.filter(pc.not_equal(total["count"], 0))


def _batches(file: str, columns: dict | None) -> Iterator[tuple]:
    """The pieces of work in a file, without their numbers."""
    if not file.lower().endswith(".parquet"):
        yield (file,)
        return
    with _open(file) as opened:
        about = pq.ParquetFile(opened)
        _choose(about.schema_arrow.names, columns or {}, file)
        text = about.schema_arrow.names.index((columns or {}).get("text", "text"))
        metadata = about.metadata
        sizes = [
            _text_size(metadata.row_group(group), about.schema_arrow.names[text])
            for group in range(metadata.num_row_groups)
        ]
    first = 0
    for group in range(len(sizes)):
        if group == len(sizes) - 1 or sum(sizes[first : group + 2]) > BATCH:
            slices = max(1, round(sum(sizes[first : group + 1]) / BATCH))
            yield from ((file, first, group, slice_, slices) for slice_ in range(slices))
            first = group + 1


def _text_size(group: pq.RowGroupMetaData, name: str) -> int:
    columns = (group.column(number) for number in range(group.num_columns))
    return sum(column.total_uncompressed_size for column in columns if column.path_in_schema == name)


def _choose(names: list[str], columns: dict, file: str) -> dict[str, str]:
    """Which column of a file is the text, the article's name and its date, the last two where there are such."""
    wanted = {"text": "text", "article": "article", "date": "date"} | columns
    missing = [wanted[what] for what in wanted if (what == "text" or what in columns) and wanted[what] not in names]
    if missing:
        raise ValueError(f"{file}: no column {', '.join(missing)}. It has: {', '.join(names)}. Say columns={{...}}.")
    return {what: name for what, name in wanted.items() if name in names}


def _read(batch: Batch, columns: dict, period: str) -> Iterator[tuple[pa.StringArray, pa.Array, pa.Array]]:
    """The texts of a batch, some at a time, with the articles' names and periods."""
    with _open(batch.file) as opened:
        row = 0
        for row, table in _tables(batch, columns, opened):
            names = _choose(table.schema.names, columns, batch.file)
            text = _text(table, names["text"])
            stem = batch.file.rsplit("/", 1)[-1]
            numbers = (
                pa.array([f"{stem}:{row + number}" for number in range(len(text))]) if "article" not in names else None
            )
            article = _text(table, names["article"]) if "article" in names else numbers
            date = _text(table, names["date"]) if "date" in names else pa.array([""] * len(text), pa.string())
            dated = pc.match_substring_regex(date, PERIODS[period])
            yield text, article, pc.if_else(dated, pc.utf8_slice_codeunits(date, 0, 4 if period == "year" else 7), "")


def _tables(batch: Batch, columns: dict, opened) -> Iterator[tuple[int, pa.RecordBatch]]:
    """The rows of a batch, some at a time: number of the first of them in the file, table."""
    kind = batch.file.lower().removesuffix(".gz")
    names = list(({"text": "text", "article": "article", "date": "date"} | columns).values())
    if kind.endswith(".parquet"):
        yield from _row_groups(batch, columns, pq.ParquetFile(opened, buffer_size=1 << 20))
        return
    stream = pa.CompressedInputStream(opened, "gzip") if batch.file.lower().endswith(".gz") else opened
    if kind.endswith(".csv"):
        reader = pa.csv.open_csv(
            stream,
            read_options=pa.csv.ReadOptions(block_size=BATCH),
            parse_options=pa.csv.ParseOptions(newlines_in_values=True),
            convert_options=pa.csv.ConvertOptions(column_types={name: pa.string() for name in names}),
        )
    else:
        schema = pa.schema([(name, pa.string()) for name in names])
        reader = pa.json.open_json(
            stream,
            read_options=pa.json.ReadOptions(block_size=BATCH),
            parse_options=pa.json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore"),
        )
    row = 1
    for table in reader:
        yield row, table
        row += len(table)


def _row_groups(batch: Batch, columns: dict, file: pq.ParquetFile) -> Iterator[tuple[int, pa.RecordBatch]]:
    names = _choose(file.schema_arrow.names, columns, batch.file)
    groups = [file.metadata.row_group(group) for group in range(batch.last + 1)]
    rows = sum(group.num_rows for group in groups[batch.first :])
    size = sum(_text_size(group, names["text"]) for group in groups[batch.first :])
    before = sum(group.num_rows for group in groups[: batch.first])
    low, high = rows * batch.slice // batch.slices, rows * (batch.slice + 1) // batch.slices
    at_once = max(1, min(rows, int(rows * BATCH / max(size, 1))))
    at = 0
    wanted = file.iter_batches(
        at_once, row_groups=list(range(batch.first, batch.last + 1)), columns=list(names.values())
    )
    for table in wanted:
        begin, end = max(low - at, 0), min(high - at, len(table))
        if begin < end:
            yield before + at + begin + 1, table.slice(begin, end - begin)
        at += len(table)
        if at >= high:
            return


def _text(table: pa.RecordBatch, name: str) -> pa.StringArray:
    return pc.fill_null(pc.cast(table.column(name), pa.string()), "")


def _open(file: str):
    system, path = fsspec.core.url_to_fs(file)
    return pa.OSFile(path) if system.protocol[0] in ("file", "local") else pa.PythonFile(system.open(path), mode="r")


def _written(system, file: str) -> str:
    try:
        return str(system.modified(file))
    except NotImplementedError:
        return ""


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
        context.set_forkserver_preload(["helpers.scale"])
    left = {batch.number: batch for batch in todo}
    while left:
        lost = []
        size = min(workers, len(left))
        with ProcessPoolExecutor(size, mp_context=context) as pool:
            wait(
                [pool.submit(int) for _ in range(size)]
            )  # all are there before any can die: starting one then can hang
            for batch, future in _run(pool, list(left.values()), task, 2 * workers):
                if isinstance(future.exception(), BrokenExecutor):
                    lost.append(batch)
                else:
                    yield left.pop(batch.number), future
        for batch in sorted(lost):
            for _ in range(LIVES):
                with ProcessPoolExecutor(1, mp_context=context) as pool:
                    future = pool.submit(code_batch, batch, **task)
                if not isinstance(future.exception(), BrokenExecutor):
                    break
            yield left.pop(batch.number), future


def _open_folder(out: Path, files: dict, task: dict, batches: int) -> Path:
    """The folder of the output, new or of the same articles, terms and rules."""
    rules = b"".join((Path(__file__).parent / f"{name}.py").read_bytes() for name in RULES)
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
    note = out / "made-of.json"
    if note.exists():
        was = json.loads(note.read_text("utf-8"))
        other = [key for key in made_of if was.get(key) != made_of[key]]
        if other:
            raise ValueError(f"{out} was made with other {', '.join(other)}. Choose another folder or delete this one.")
    elif out.is_dir() and any(out.iterdir()):
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
    part = f", row groups {batch.first} to {batch.last}" if batch.file.lower().endswith(".parquet") else ""
    part += f", slice {batch.slice + 1} of {batch.slices}" if batch.slices > 1 else ""
    return f"batch {batch.number} ({batch.file}{part})"


def _keep(out: Path, batch: Batch, tables: dict[str, bytes]) -> None:
    """Write a batch's tables aside, then put them in their place all at once."""
    aside = out / f"{batch.number:06}.new"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    for name, content in tables.items():
        (aside / f"{name}.parquet").write_bytes(content)
    os.replace(aside, _folder(out, batch.number))


def _parquet(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue().to_pybytes()
