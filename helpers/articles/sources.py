"""The documents of a folder, a file or an archive, and what could not be used.

Nothing is written, unpacked to disk or fetched. Archives are read in memory, file by file.
"""

import bz2
import csv
import gzip
import io
import lzma
import os
import zipfile
import zlib
from collections.abc import Callable, Container, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path, PurePosixPath

from helpers.articles.coded_folder import files_coded, note_of
from helpers.articles.column_names import COLUMNS, MAY_BE_NAMES, names_above
from helpers.articles.columns_beside import BESIDE, columns_beside
from helpers.articles.document import Document, Files, one_line
from helpers.articles.exports import read_page_as_text
from helpers.articles.kinds import HEAD, SHEETS, kind_by_sign, kind_of, suffix_of
from helpers.articles.office import read_docx, read_odt, read_rtf
from helpers.articles.pdf_text import read_pdf
from helpers.articles.spreadsheets import read_excel, read_ods
from helpers.articles.table_files import read_csv, read_json, read_jsonl, read_parquet
from helpers.articles.web_pages import read_html
from helpers.files.encodings import decode
from helpers.files.tables import LISTS

LIMIT = 2**30  # bytes: the largest file that is read, once unpacked, and the most that one archive may hold
FAULTS = (OSError, ValueError, EOFError, RuntimeError, csv.Error, zlib.error, lzma.LZMAError, zipfile.BadZipFile)
PACKED = {".gz": gzip.open, ".xz": lzma.open, ".bz2": bz2.open}
JUDGEMENTS = "articles.csv"  # dates and outlets of the .txt files beside it: helpers/articles/judgements.py
HIDDEN = (".", "__MACOSX", "Thumbs.db", "_committed_", "_started_")
MARKERS = {"_SUCCESS", "_metadata", "_common_metadata", "_delta_log", "_temporary"}  # not all that begin with _
ABOUT = {".csv", ".md"}  # kinds of files beside it that are taken to be notes about the articles


def read_source(
    source: Path | str, columns: dict[str, str] | None = None, sheet: str | None = None
) -> tuple[list[Document], list[dict], dict[str, bytes]]:
    """Every document of a source, what could not be used, and the articles.csv of its .txt files.

    source   a file of one of the kinds in READERS (packed as .gz, .xz or .bz2; or a .zip of these), or a folder of such
             files with its subfolders. A file is read as what it is, not as what its name says. Of a folder that
             code_corpus wrote, the files it was made from
    columns  what a table's columns are called, if their names are not recognised: {"text": "Wortlaut", ...}. Its keys
             are fields, as in COLUMNS; "" says that the table has no such column. None: as columns.csv says, if there
             is one in the folder or beside the file
    sheet    which sheet of each spreadsheet is read; None: the first
    returns  three things. Documents: file, row (as a spreadsheet or editor numbers it; 0 if the file is one document),
             page (True if the text is a whole page with its furniture), the fields of COLUMNS as text, places (where
             each comes from). What was left out: file, row (0: the whole file), kept (True if the document is used in
             spite of the fault), why. And each articles.csv, by its folder: in that folder and below it the .txt files
             are the articles, and tables and notes are about them
    raises   FileNotFoundError; ValueError for a key of `columns` that is not a field
    """
    if (coded := note_of(Path(source))) is not None:
        return read_files(files_coded(Path(source), coded), coded["columns"] if columns is None else columns)
    columns = columns_beside(Path(source)) if columns is None else columns
    with ExitStack() as archives:
        return read_files(list(_files(Path(source), archives)), columns, sheet=sheet)


def read_files(
    files: Files,
    columns: dict[str, str] | None = None,
    judged: dict[str, bytes] | None = None,
    *,
    sheet: str | None = None,
) -> tuple[list[Document], list[dict], dict[str, bytes]]:
    """The same for files given by name and opened one by one; each articles.csv is among them, or in `judged`."""
    for field in columns or {}:
        if field not in COLUMNS:
            raise ValueError(f"columns names {field!r}, which is not a field. Fields are: {', '.join(COLUMNS)}.")
    documents, left_out = [], []
    judged = judgements(files) if judged is None else judged
    readers = READERS | {kind: partial(READERS[kind], sheet=sheet) for kind in SHEETS}
    for name, load in files:
        beside = is_beside(name, judged)
        if beside and suffix_of(unpacked(name)) in ABOUT:
            continue
        try:
            if beside:
                raise ValueError(f"beside an {JUDGEMENTS} only .txt files are articles. Move it to another folder")
            kind, raw = _read(name, load)
            for document in readers[kind](str(unpacked(name)), raw, columns or {}):
                (left_out if "why" in document else documents).append({"file": name, **document})
        except FAULTS as error:
            left_out.append({"file": name, "row": 0, "kept": False, "why": one_line(error)})
    return documents, left_out, judged


def is_beside(name: str, judged: Container[str]) -> bool:
    """Whether a file is in the folder of an articles.csv, or below it, and is not a .txt file."""
    return suffix_of(unpacked(name)) != ".txt" and any(str(path) in judged for path in PurePosixPath(name).parents)


def _files(source: Path, archives: ExitStack) -> Iterator[tuple[str, Callable[[], io.BufferedIOBase]]]:
    """Each file of a source: its name, and what opens it. Those of a .zip open while `archives` is open."""
    if not source.exists():
        raise FileNotFoundError(f"{source}: no such file or folder. Give a folder of .txt files or a file of articles.")
    for file in [source] if source.is_file() else _in_folder(source):
        name = file.name if file == source else file.relative_to(source).as_posix()
        if file.suffix.lower() == ".zip":
            yield from _in_zip(file, "" if file == source else f"{name}/", archives)
        else:
            yield name, lambda file=file: file.open("rb")


def _in_folder(folder: Path) -> list[Path]:
    """The files of a folder and its subfolders, in order of name, without a codebook and its definitions."""
    book = Path(os.environ.get("CODEBOOK") or folder)
    files = [file for file in folder.rglob("*") if file.is_file() and not is_hidden(file.relative_to(folder), file)]
    files = [file for file in files if file.resolve() not in (book.resolve(), book.with_suffix(".md").resolve())]
    return sorted(files, key=lambda file: file.parts)  # as on Linux; Windows by itself counts a and A as one


def is_hidden(name: Path, file: Path) -> bool:
    """Whether a file holds no articles of its own.

    It may be the system's, or a note of the program that wrote a table beside it (Spark, Delta, Dask), or part of a
    page that a browser saved whole (page.html with page_files/), or columns.csv, a reader's list or a coder's file.
    """
    if name.as_posix() in LISTS or (name.parts[:-1] == ("coding",) and name.suffix == ".csv"):
        return True
    whole = [parent.with_name(parent.name.removesuffix("_files")) for parent in file.parents if "_files" in parent.name]
    pages = [page.with_name(page.name + kind) for page in whole for kind in (".html", ".htm")]
    hidden = ((part.startswith(HIDDEN) and part != "..") or part in MARKERS for part in name.parts)
    return any(hidden) or any(map(Path.exists, pages)) or str(name) == BESIDE


def judgements(files: Files) -> dict[str, bytes]:
    """The articles.csv of each folder with .txt files, by folder; not one that holds texts itself."""
    pages = {str(PurePosixPath(name).parent) for name, _ in files if suffix_of(unpacked(name)) == ".txt"}
    judged = {}
    for name, load in files:
        path = PurePosixPath(name)
        if path.name == JUDGEMENTS and str(path.parent) in pages:
            try:
                raw = _unpack(name, load)
            except FAULTS:
                continue  # it is read again, and reported, with all other files
            judged |= {} if names_above(decode(raw)) & set(COLUMNS["text"]) - MAY_BE_NAMES else {str(path.parent): raw}
    return judged


def _in_zip(file: Path, folder: str, archives: ExitStack) -> Iterator[tuple[str, Callable]]:
    """The files of an archive. If it cannot be read or holds too much, a single one that says so when opened."""
    try:
        archive = archives.enter_context(zipfile.ZipFile(file))
        members = [member for member in archive.infolist() if not member.is_dir()]
        if (size := sum(member.file_size for member in members)) > LIMIT:
            raise ValueError(f"unpacked it would be {_size(size)}; the limit is {_size(LIMIT)}. Divide it")
        for member in sorted(members, key=lambda member: member.filename):
            if not is_hidden(Path(member.filename), Path(member.filename)):
                yield f"{folder}{member.filename}", lambda member=member: archive.open(member)
    except FAULTS as error:
        yield folder.rstrip("/") or file.name, lambda error=error: _fail(error)


def _fail(error: Exception):
    raise error


def unpacked(name: str) -> PurePosixPath:
    """A file's name without .gz, .xz or .bz2."""
    path = PurePosixPath(name)
    return path.with_suffix("") if path.suffix.lower() in PACKED else path


def _read(name: str, load: Callable[[], io.BufferedIOBase]) -> tuple[str, bytes]:
    """What kind a file is, and its bytes. Of a kind that is not read, only the beginning is looked at."""
    called = suffix_of(unpacked(name))
    with _opened(name, load) as file:
        head = file.read(HEAD)
        kind = kind_by_sign(called, head)
        if kind in READERS or kind in CONTAINERS:
            raw = _all_of(file, head)
            kind = kind_of(called, raw)
    if kind in READERS:
        return kind, raw
    if called in READERS:
        raise ValueError(f"what it holds is a {kind} file, which is not read. {REMEDIES.get(kind, REMEDY)}")
    raise ValueError(f"this kind of file is not read. {REMEDIES.get(called, REMEDY)}")


def _unpack(name: str, load: Callable[[], io.BufferedIOBase]) -> bytes:
    """A file's bytes."""
    with _opened(name, load) as file:
        return _all_of(file, b"")


@contextmanager
def _opened(name: str, load: Callable[[], io.BufferedIOBase]) -> Iterator[io.BufferedIOBase]:
    """A file, open to be read as it was before it was packed."""
    with load() as file:
        opened = PACKED.get(suffix_of(name))
        yield opened(file) if opened else file


def _all_of(file: io.BufferedIOBase, head: bytes) -> bytes:
    """The bytes of a file that is open. How much a packed file holds is known only by unpacking it, so that stops at
    the limit; and memory is taken only for what there is."""
    parts, size = [head], len(head)
    while part := file.read(2**20):
        parts.append(part)
        size += len(part)
        if size > LIMIT:
            raise ValueError(f"larger than the limit of {_size(LIMIT)}. Divide it")
    return b"".join(parts)


def _size(number: int) -> str:
    return f"{number / 2**20:,.0f} MB"


READERS = {
    ".txt": read_page_as_text,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".tab": read_csv,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".jl": read_jsonl,
    ".json": read_json,
    ".parquet": read_parquet,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_docx,
    ".odt": read_odt,
    ".rtf": read_rtf,
    ".pdf": read_pdf,
    ".xlsx": read_excel,
    ".xlsm": read_excel,
    ".xls": read_excel,
    ".ods": read_ods,
}
CONTAINERS = {".zip", ".doc"}  # signs of kinds of which some are read
REMEDY = f"Save it as one of: {', '.join(READERS)}"
REMEDIES = {
    "Unpack it": ".tar .tgz .tbz .txz .zip .7z .rar .gz .xz .bz2",
    "Save it as .txt": ".md .epub .pages .eml .msg .pptx .odp",
    "Save it as .docx or .txt": ".doc .fodt",
    "Save it as .xlsx or .csv": ".xlsb .numbers .fods",
    "Save a picture's text, recognised (OCR), as .txt": ".png .jpg .jpeg .gif .tif .tiff",
    "Save the page as .html (Webpage, complete)": ".mht .mhtml .webarchive",
    "Export it as .csv": ".rds .rdata .rda .dta .sav .sas7bdat .db .sqlite .xml .rss .feather .arrow .pkl .ris .bib",
}
REMEDIES = {kind: remedy for remedy, kinds in REMEDIES.items() for kind in kinds.split()}
