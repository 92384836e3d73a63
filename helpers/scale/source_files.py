"""The files of a source: a file, a folder, an address or a pattern of names."""

import os
import re
from collections.abc import Container
from functools import partial
from pathlib import Path, PurePosixPath

from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from helpers.articles.coded_folder import MADE_OF
from helpers.articles.containers import PACKED, unpacked
from helpers.articles.sources import ABOUT, JUDGEMENTS, is_beside, is_hidden, judgements
from helpers.scale.work import File, is_local, open_bytes, printable, tell, written

ROWS = (".jsonl", ".ndjson", ".jl", ".csv", ".tsv", ".tab")  # read piece by piece
WHOLE = (".txt", ".html", ".htm", ".json")  # read whole, many to a batch
KINDS = (".parquet", *(kind + packed for kind in (*ROWS, *WHOLE) for packed in ("", *PACKED)))
READABLE = f".parquet, {', '.join((*ROWS, *WHOLE))} (all but the first packed as {', '.join(PACKED)}, too)"
OTHER = f"this kind of file is not read at scale. code_corpus reads {READABLE}; load_articles reads more kinds"
BESIDE = f"beside an {JUDGEMENTS} only .txt files are articles. Move it to another folder"


def list_files(source: str) -> tuple[list[File], list[dict]]:
    """The files of a source in order of name, and what is there but not read (file, why).

    source  a file, a folder, an address or a pattern of names
    raises  FileNotFoundError, naming what was searched
    """
    system, folder, found, left_out = _find(source)
    names = {file: file.removeprefix(folder).lstrip("/") for file in found}
    coded = tuple(file.removesuffix(MADE_OF) for file in found if file.endswith(f"/{MADE_OF}"))  # output of code_corpus
    names = {
        file: name for file, name in names.items() if not (is_hidden(Path(name), Path(name)) or file.startswith(coded))
    }
    files = []
    for file, name in names.items():
        try:
            files.append(_look_at(system, file, name))
        except (OSError, ValueError) as error:
            left_out.append({"file": printable(name), "why": tell(error)})
    if not files:
        beside = "".join(f" {fault['file']}: {fault['why']}." for fault in left_out[:3])
        raise FileNotFoundError(f"{source}: no file that ends in {READABLE}.{beside}")
    return _set_apart(files, left_out)


def _find(source: str) -> tuple[AbstractFileSystem, str, list[str], list[dict]]:
    """Where the files of a source are: the file system, their folder, their paths; and folders that cannot be read."""
    if not os.path.exists(source):
        system, path = url_to_fs(source)
        there = system.exists(path)
        found = sorted(system.find(path) if there else system.glob(path))
        folder = path if system.isdir(path) else (path if there else re.split(r"[*?\[]", path)[0]).rpartition("/")[0]
        return system, folder, found, []
    system, closed = LocalFileSystem(), []
    path = system._strip_protocol(os.path.abspath(source))
    found = [] if os.path.isdir(path) else [path]
    for within, folders, files in os.walk(path, onerror=closed.append if os.path.isdir(path) else None):
        linked = [name for name in folders if os.path.islink(os.path.join(within, name))]  # not followed
        found += [os.path.join(within, name).replace(os.sep, "/") for name in [*files, *linked]]
    folder = path if os.path.isdir(path) else path.rpartition("/")[0]
    where = [os.path.relpath(error.filename or path, folder) for error in closed]
    left_out = [
        {"file": printable(name), "why": f"{error.strerror}. Allow it to be read, or move it elsewhere"}
        for name, error in zip(where, closed, strict=True)
    ]
    return system, folder, sorted(found), left_out


def _look_at(system: AbstractFileSystem, file: str, name: str) -> File:
    """A file of a kind that is read.

    raises  ValueError if it is of another kind, or no file that can be read to its end; OSError if it is not there
    """
    address = system.unstrip_protocol(file)
    about = written(address) if is_local(address) else (system.size(file), _written(system, file))
    if not file.lower().endswith(KINDS):
        raise ValueError(OTHER)
    return File(address, printable(name), *about)


def _set_apart(files: list[File], left_out: list[dict]) -> tuple[list[File], list[dict]]:
    """The same without the files beside an articles.csv and its .txt files. Tables and notes there are not reported."""
    judged = judgements([(file.name, partial(open_bytes, file.address)) for file in files])
    judging = {(PurePosixPath(folder) / JUDGEMENTS).as_posix() for folder in judged}
    apart = {file for file in files if is_beside(file.name, judged) and file.name not in judging}
    left_out = [*left_out, *({"file": file.name, "why": BESIDE} for file in apart)]
    files = [file._replace(judges=file.name in judging) for file in files if file not in apart]
    told = [fault for fault in left_out if not _is_about(fault["file"], judged)]
    return files, sorted(told, key=lambda fault: fault["file"])


def _is_about(name: str, judged: Container[str]) -> bool:
    """Whether a file is taken for a note about the articles in its folder."""
    return is_beside(name, judged) and unpacked(name).suffix.lower() in ABOUT


def _written(system: AbstractFileSystem, file: str) -> str:
    try:
        return str(system.modified(file))
    except NotImplementedError:
        return ""


def is_whole(file: File) -> bool:
    """Whether a file is read whole, not a piece at a time."""
    return unpacked(file.name).suffix.lower() in WHOLE
