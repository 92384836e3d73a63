"""The documents of a folder, a file or an archive, and what could not be used.

Nothing is written, unpacked to disk or fetched. Archives are read in memory, file by file.
"""

import csv
import io
import lzma
import os
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Container, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path, PurePosixPath

from helpers.articles.coded_folder import MADE_OF, files_coded, note_of
from helpers.articles.column_names import COLUMNS, MAY_BE_NAMES, names_above
from helpers.articles.columns_beside import BESIDE, columns_beside
from helpers.articles.containers import all_of, members_of, opened, unpacked
from helpers.articles.document import Document, Files, left_out, one_line
from helpers.articles.exports import read_page_as_text
from helpers.articles.kinds import HEAD, SHEETS, kind_by_sign, kind_of, suffix_of
from helpers.articles.office import read_docx, read_odt, read_rtf
from helpers.articles.pdf_text import read_pdf
from helpers.articles.spreadsheets import read_excel, read_ods
from helpers.articles.table_files import read_csv, read_json, read_jsonl, read_parquet
from helpers.articles.web_pages import read_html
from helpers.files.bounds import BESIDES, ROW, TIMES
from helpers.files.encodings import decode, wide_encoding
from helpers.files.tables import LISTS

FAULTS = (OSError, ValueError, EOFError, RuntimeError, csv.Error, zlib.error, lzma.LZMAError, zipfile.BadZipFile)
FAULTS += (MemoryError, LookupError, ArithmeticError)  # of parsers that meet what they did not expect
JUDGEMENTS = "articles.csv"  # dates and outlets of the .txt files beside it: helpers/articles/judgements.py
HIDDEN = (".", "__MACOSX", "Thumbs.db", "_committed_", "_started_")
MARKERS = {"_SUCCESS", "_metadata", "_common_metadata", "_delta_log", "_temporary"}  # not all that begin with _
NO_FILE = "neither a file nor a folder but a pipe, a socket or a device, which is not opened. Save a file in its place"
LINK = "a link to a folder, which is not followed. Put the folder itself there, or give it as the source"
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
        files, unread = _files(Path(source), archives)
        documents, faults, judged = read_files(files, columns, sheet=sheet)
    return documents, [*unread, *faults], judged


def read_files(
    files: Files,
    columns: dict[str, str] | None = None,
    judged: dict[str, bytes] | None = None,
    *,
    sheet: str | None = None,
) -> tuple[list[Document], list[dict], dict[str, bytes]]:
    """The same for files given by name and opened one by one; each articles.csv is among them, or in `judged`.

    What a file becomes, texts and rows, is held against what it is on the disk, as in `most_of`; the files share the
    bytes that are allowed besides. A file that becomes more is left out.
    """
    for field in columns or {}:
        if field not in COLUMNS:
            raise ValueError(f"columns names {field!r}, which is not a field. Fields are: {', '.join(COLUMNS)}.")
    documents, faults, room = [], [], BESIDES
    judged = judgements(files) if judged is None else judged
    readers = READERS | {kind: partial(READERS[kind], sheet=sheet) for kind in SHEETS}
    for name, load in files:
        beside = is_beside(name, judged)
        if beside and suffix_of(unpacked(name)) in ABOUT and not _holds_articles(name, load):
            continue
        if beside:
            why = f"beside an {JUDGEMENTS} only .txt files are articles. Move it to another folder"
            faults.append({"file": name, **left_out(0, why)})
            continue
        rows, room = _read_rows(name, load, readers, columns or {}, room)
        for row in rows:
            (faults if "why" in row else documents).append({"file": name, **row})
    return documents, faults, judged


def _read_rows(
    name: str, load: Callable[[], io.BufferedIOBase], readers: dict[str, Callable], columns: dict[str, str], room: int
) -> tuple[list[dict], int]:
    """The documents and faults of one file, and how many of the bytes in `room` it leaves to the next."""
    rows, left = [], room
    try:
        kind, raw, left = _read(name, load, room)
        for row in readers[kind](str(unpacked(name)), raw, columns):
            left -= ROW + sum(len(value) for value in row.values() if isinstance(value, str))
            if left < 0:
                number, rows, left = len(rows), [], room
                raise ValueError(f"from row {number:,} on it holds far more than a file of its size should. Divide it")
            rows.append(row)
    except FAULTS as error:
        rows.append(left_out(0, tell_fault(error)))
    return rows, min(left, BESIDES)


def tell_fault(error: Exception) -> str:
    """Why a file cannot be used, on one line, and what to do where its reader did not say so."""
    if isinstance(error, MemoryError):
        return "there is not enough memory for it. Divide it"
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be opened ({error.strerror}). Change its permissions, or save it again elsewhere"
    if isinstance(error, RecursionError):
        return "nested too deep to be read. Save it again without lists within lists"
    if isinstance(error, (LookupError, ArithmeticError)):
        return f"damaged ({type(error).__name__}: {one_line(error)}). Open it in its program and save it again"
    return one_line(error)


def is_beside(name: str, judged: Container[str]) -> bool:
    """Whether a file is in the folder of an articles.csv, or below it, and is not a .txt file."""
    return suffix_of(unpacked(name)) != ".txt" and any(str(path) in judged for path in PurePosixPath(name).parents)


def _files(source: Path, archives: ExitStack) -> tuple[Files, list[dict]]:
    """Each file of a source, by its name and what opens it (those of a .zip while `archives` is open); and the faults
    of what is there but cannot be opened as a file."""
    if not source.exists():
        raise FileNotFoundError(f"{source}: no such file or folder. Give a folder of .txt files or a file of articles.")
    if not (source.is_file() or source.is_dir()):
        raise ValueError(f"{source}: {NO_FILE}.")
    files, faults = [], []
    for file, why in [(source, "")] if source.is_file() else _in_order(source):
        name = shown(file.name if file == source else file.relative_to(source).as_posix())
        try:
            if why:
                raise ValueError(why)
            if file.suffix.lower() == ".zip":
                within = "" if file == source else f"{name}/"
                found = members_of(file, archives)
                files += [(within + shown(one), load) for one, load in found if not is_hidden(Path(one), Path(one))]
            else:
                files.append((name, partial(file.open, "rb")))
        except FAULTS as error:
            faults.append({"file": name, **left_out(0, tell_fault(error))})
    return files, faults


def _in_order(folder: Path) -> list[tuple[Path, str]]:
    """What a folder holds in order of name, as on Linux; Windows by itself counts a and A as one."""
    return sorted(_in_folder(folder), key=lambda found: found[0].parts)


def shown(name: str) -> str:
    """A file's name as it can be shown and written: line feeds and bytes that are not UTF-8 are escaped."""
    odd = ("Cc", "Cs", "Zl", "Zp")
    return "".join(s.encode("unicode_escape").decode() if unicodedata.category(s) in odd else s for s in name)


def _in_folder(folder: Path) -> Iterator[tuple[Path, str]]:
    """What a folder and its subfolders hold, without a codebook, its definitions and what code_corpus wrote: each file,
    and why it cannot be opened; "" where it can. Links to folders are not followed, so none leads in a circle; no pipe
    is opened."""
    book = os.environ.get("CODEBOOK")
    books = {os.path.realpath(book), os.path.realpath(Path(book).with_suffix(".md"))} if book else set()
    closed = []
    for place, folders, names in os.walk(folder, onerror=closed.append):
        if MADE_OF in names:
            folders.clear()
            continue
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        for file in (Path(place, name) for name in [*links, *names]):
            if not is_hidden(file.relative_to(folder), file) and os.path.realpath(file) not in books:
                yield file, LINK if file.name in links else _why_no_file(file)
    for error in closed:
        if not is_hidden(Path(error.filename).relative_to(folder), Path(error.filename)):
            yield Path(error.filename), f"this folder cannot be opened ({error.strerror}). Change its permissions"


def _why_no_file(file: Path) -> str:
    """Why something in a folder cannot be opened as a file; "" if it can. It is looked at, never opened."""
    try:
        return "" if stat.S_ISREG(file.stat().st_mode) else NO_FILE
    except OSError as error:
        return f"a link that leads nowhere ({error.strerror}). Put the file itself there, or delete it"


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
    return any(hidden) or any(map(os.path.exists, pages)) or str(name) == BESIDE


def _holds_articles(name: str, load: Callable[[], io.BufferedIOBase]) -> bool:
    """Whether a file beside an articles.csv is a table of articles by its first line, and no note about them."""
    try:
        with opened(name, load) as (file, _):
            names = names_above(decode(file.read(HEAD)))
    except FAULTS:
        return True  # it is reported, whatever it is
    return bool(names & set(COLUMNS["text"]) - MAY_BE_NAMES and names & set(COLUMNS["published"]))


def judgements(files: Files) -> dict[str, bytes]:
    """The articles.csv of each folder with .txt files, by folder; not one that holds texts itself."""
    pages = {str(PurePosixPath(name).parent) for name, _ in files if suffix_of(unpacked(name)) == ".txt"}
    judged = {}
    for name, load in files:
        path = PurePosixPath(name)
        if path.name == JUDGEMENTS and str(path.parent) in pages:
            try:
                raw = _read(name, load, BESIDES)[1]
            except FAULTS:
                continue  # it is read again, and reported, with all other files
            judged |= {} if names_above(decode(raw)) & set(COLUMNS["text"]) - MAY_BE_NAMES else {str(path.parent): raw}
    return judged


def _read(name: str, load: Callable[[], io.BufferedIOBase], room: int) -> tuple[str, bytes, int]:
    """What kind a file is, its bytes, and how many more it may become. Of a kind that is not read, only the beginning
    is looked at."""
    called = suffix_of(unpacked(name))
    with opened(name, load) as (file, source):
        head = file.read(HEAD)
        if not head:
            raise ValueError("an empty file. Save it again, or delete it")
        kind = kind_by_sign(called, head)
        if kind in READERS or (kind in CONTAINERS and called != ".zip"):
            is_text = kind in TEXTS and not wide_encoding(head)
            raw = all_of(file, head, lambda: room + TIMES * source.taken, is_text=is_text)
            kind = kind_of(called, raw)
            if kind in READERS:
                return kind, raw, int(room + TIMES * source.taken)
    if called in READERS:
        raise ValueError(f"what it holds is a {kind} file, which is not read. {REMEDIES.get(kind, REMEDY)}")
    raise ValueError(f"this kind of file is not read. {REMEDIES.get(called, REMEDY)}")


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
TEXTS = {".txt", ".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".jl", ".json", ".html", ".htm"}
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
