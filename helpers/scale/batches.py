"""Articles in batches: how the files of a source are shared out, and how each batch is read.

The rules are those of helpers/articles, except that furniture is not cut from the texts of tables. Pages and JSON are
read whole by the functions there; CSV and JSON lines piece by piece; Parquet without leaving Arrow.
"""

import io
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath

import pyarrow as pa
import pyarrow.parquet as pq

from helpers.articles.column_names import COLUMNS, find_columns
from helpers.articles.dating import FORMS
from helpers.articles.load import articles_of
from helpers.articles.sources import FAULTS, read_files
from helpers.scale import work
from helpers.scale.layout import lay_out, look_for_terms, portions, tell_unmeasured
from helpers.scale.parquet_rows import open_file, read_parquet, text_size
from helpers.scale.pieces import as_column
from helpers.scale.source_files import is_whole
from helpers.scale.text_rows import read_rows
from helpers.scale.work import LEFT_OUT_SCHEMA, ROWS_AT_ONCE, SLICES, Articles, Batch, File, open_bytes, tell

ALSO = {"article": "id", "date": "published"}  # other names for two fields: those in the tables that come out


def check_columns(columns: dict[str, str] | None) -> dict[str, str]:
    """What the columns are called, by field; "article" and "date" stand for "id" and "published".

    raises  ValueError for a key that is not a field, or a field given twice
    """
    called = {}
    for name, column in (columns or {}).items():
        field = ALSO.get(name, name)
        if field not in COLUMNS:
            known = ", ".join([*ALSO, *COLUMNS])
            raise ValueError(f"columns names {name!r}, which is not a field. Fields are: {known}.")
        if field in called:
            raise ValueError(f"columns gives {name!r} twice: it is the same field as {field!r}. Keep one.")
        called[field] = column
    return called


def plan_batches(files: list[File], columns: dict[str, str]) -> list[Batch]:
    """All files as batches. A Parquet file that cannot be read is a batch with a fault.

    raises  ValueError if no file can be read
    """
    batches = _share_out_whole(files)
    for file in files:
        if file.judges or is_whole(file):
            continue
        try:
            batches += _share_out(file, columns)
        except (*FAULTS, pa.ArrowException) as error:
            batches.append(Batch(0, (file,), fault=tell(error)))
    if batches and all(batch.fault for batch in batches):
        more = f" And {len(batches) - 3} more such files." if len(batches) > 3 else ""
        raise ValueError(" ".join(f"{batch.name}: {batch.fault}." for batch in batches[:3]) + more)
    return [batch._replace(number=number) for number, batch in enumerate(batches)]


def _share_out_whole(files: list[File]) -> list[Batch]:
    """The files that are read whole, in batches of about equal size, each with the articles.csv files that concern it.

    The batches have no numbers yet.
    """
    held, size, batches = [], 0, []
    whole, judging = list(filter(is_whole, files)), [file for file in files if file.judges]
    for file in whole:
        held, size = [*held, file], size + file.size
        if size >= work.BATCH or len(held) == ROWS_AT_ONCE or file is whole[-1]:
            folders = {folder for file in held for folder in PurePosixPath(file.name).parents}
            judges = [file for file in judging if PurePosixPath(file.name).parent in folders]
            batches.append(Batch(0, (*held, *judges)))
            held, size = [], 0
    return batches


def _share_out(file: File, columns: dict[str, str]) -> Iterator[Batch]:
    """The batches of one file, without numbers yet."""
    if not file.name.lower().endswith(".parquet"):
        yield Batch(0, (file,))
        return
    with open_file(file.address) as opened:
        about = pq.ParquetFile(opened)
        texts = find_columns(about.schema_arrow.names, columns)["text"]
        sizes = [text_size(about.metadata.row_group(group), texts) for group in range(about.metadata.num_row_groups)]
    first = 0
    for group in range(len(sizes)):
        if group == len(sizes) - 1 or sum(sizes[first : group + 2]) > work.BATCH:
            slices = max(1, min(SLICES, round(sum(sizes[first : group + 1]) / work.BATCH)))
            yield from (Batch(0, (file,), first, group, slice_, slices) for slice_ in range(slices))
            first = group + 1


def read_batch(
    batch: Batch, columns: dict[str, str], period: str, known: frozenset[str] | None = None
) -> Iterator[Articles]:
    """The articles of a batch without a fault, in portions of about BATCH bytes of text.

    columns  from check_columns
    period   "year" or "month"
    known    languages with terms: articles in others are left out, with the reason; None: all are kept
    raises   ValueError saying what is wrong with the file and what to do
    """
    read = read_parquet if batch.name.lower().endswith(".parquet") else read_rows
    if is_whole(batch.files[0]):
        yield from _read_whole(batch, columns, period, known)
        return
    try:
        for rows, faults in portions(read(batch, columns)):
            yield lay_out(batch, rows, faults, period, known)
    except (*FAULTS, pa.ArrowException) as error:
        raise ValueError(tell(error)) from error


def _read_whole(batch: Batch, columns: dict[str, str], period: str, known: frozenset[str] | None) -> Iterator[Articles]:
    """The articles of files that are read whole, by the functions of helpers/articles."""
    opened = {file: partial(open_bytes, file.address) for file in batch.files}
    judged = {str(PurePosixPath(file.name).parent): _bytes_of(load) for file, load in opened.items() if file.judges}
    files = [(file.name, load) for file, load in opened.items() if not file.judges]
    source = batch.file.removesuffix(batch.name).rstrip("/")
    articles, left_out = articles_of(*read_files(files, columns, judged), source, part=True)
    form, precise = {"year": ("%Y", [*FORMS]), "month": ("%Y-%m", ["day", "month"])}[period]
    dates = zip(articles["date"], articles["date_precision"], strict=True)
    articles["period"] = [date.strftime(form) if precision in precise else "" for date, precision in dates]
    languages, kept = look_for_terms(as_column(articles["text"].tolist()), known)
    unmeasured = tell_unmeasured(articles["row"].tolist(), articles["article"].tolist(), languages, kept)
    files = articles.loc[~kept, "file"].tolist()
    unmeasured = [{"file": file, **row} for file, row in zip(files, unmeasured, strict=True)]
    left_out = pa.Table.from_pylist([*left_out.to_dict("records"), *unmeasured], LEFT_OUT_SCHEMA)
    left_out = left_out.sort_by([("file", "ascending"), ("row", "ascending")])
    yield Articles(*[pa.array([], pa.string())] * 4, left_out)
    articles = articles.assign(language=languages.to_pylist())[kept]
    for _, some in articles.groupby(articles["text"].map(len).cumsum() // work.BATCH):
        texts = (as_column(some[column].tolist()) for column in ("text", "article", "period", "language"))
        yield Articles(*texts, left_out.slice(0, 0))


def _bytes_of(load: Callable[[], io.BufferedIOBase]) -> bytes:
    with load() as file:
        return file.read()
