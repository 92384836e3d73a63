"""The files of a source: a file, a folder, an address or a pattern of names."""

import re
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath

import fsspec

from helpers.articles.containers import PACKED, unpacked
from helpers.articles.sources import ABOUT, JUDGEMENTS, is_beside, is_hidden, judgements
from helpers.scale.work import File, open_bytes

MADE_OF = "made-of.json"  # is in each folder that code_corpus writes: nothing in there is an article
ROWS = (".jsonl", ".ndjson", ".jl", ".csv", ".tsv", ".tab")  # read piece by piece
WHOLE = (".txt", ".html", ".htm", ".json")  # read whole, many to a batch
KINDS = (".parquet", *(kind + packed for kind in (*ROWS, *WHOLE) for packed in ("", *PACKED)))
READABLE = f".parquet, {', '.join((*ROWS, *WHOLE))} (all but the first packed as {', '.join(PACKED)}, too)"


def list_files(source: str) -> tuple[list[File], list[str]]:
    """The files of a source in order of name, and the names of files there of a kind that is not read.

    source  a file, a folder, an address or a pattern of names
    raises  FileNotFoundError, naming what was searched
    """
    system, path = fsspec.core.url_to_fs(source)
    there = system.exists(path)
    found = sorted(system.find(path) if there else system.glob(path))
    folder = path if system.isdir(path) else (path if there else re.split(r"[*?\[]", path)[0]).rpartition("/")[0]
    names = {file: file.removeprefix(folder).lstrip("/") for file in found}
    coded = tuple(file.removesuffix(MADE_OF) for file in found if file.endswith(f"/{MADE_OF}"))  # output of code_corpus
    names = {
        file: name for file, name in names.items() if not (is_hidden(Path(name), Path(name)) or file.startswith(coded))
    }
    read = [file for file in names if file.lower().endswith(KINDS)]
    others = [name for file, name in names.items() if not file.lower().endswith(KINDS)]
    if not read:
        beside = f" There are: {', '.join(others[:3])}{', …' if others[3:] else ''}." if others else ""
        raise FileNotFoundError(f"{source}: no file that ends in {READABLE}.{beside}")
    addresses = [(file, system.unstrip_protocol(file)) for file in read]
    files = [File(to, names[file], system.size(file), _written(system, file)) for file, to in addresses]
    return _set_apart(files, others)


def _set_apart(files: list[File], others: list[str]) -> tuple[list[File], list[str]]:
    """The same without the files beside an articles.csv and its .txt files. Tables and notes there are not reported."""
    judged = judgements([(file.name, partial(open_bytes, file.address)) for file in files])
    judging = {(PurePosixPath(folder) / JUDGEMENTS).as_posix() for folder in judged}
    beside = {name for name in chain((file.name for file in files), others) if is_beside(name, judged)}
    files = [file._replace(judges=file.name in judging) for file in files if file.name not in beside - judging]
    about = {name for name in beside if unpacked(name).suffix.lower() in ABOUT}
    return files, [name for name in sorted(beside.union(others)) if name not in about]


def _written(system, file: str) -> str:
    try:
        return str(system.modified(file))
    except NotImplementedError:
        return ""


def is_whole(file: File) -> bool:
    """Whether a file is read whole, not a piece at a time."""
    return unpacked(file.name).suffix.lower() in WHOLE
