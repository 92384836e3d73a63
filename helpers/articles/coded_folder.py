"""A folder that code_corpus wrote, given as a source: the articles are those that it was made from."""

import json
import os
from collections.abc import Callable
from pathlib import Path

MADE_OF = "made-of.json"  # is in each folder that code_corpus writes: nothing in there is an article
LOCAL = "file://"


def note_of(source: Path) -> dict | None:
    """What a folder of code_corpus was made from, its articles with their size; None for any other source.

    raises  ValueError naming the file if it cannot be read, or is not what code_corpus writes
    """
    file = source / MADE_OF
    if not file.is_file():
        return None
    try:
        note = json.loads(file.read_text("utf-8"))
        if note["articles"] and isinstance(note["columns"], dict):
            return note | {"articles": {address: size for address, (size, _) in note["articles"].items()}}
    except (AttributeError, LookupError, OSError, TypeError, ValueError):
        pass
    raise ValueError(f"{file}: is not as code_corpus writes it. Run code_corpus again, or rename the file.")


def files_coded(source: Path, note: dict) -> list[tuple[str, Callable]]:
    """The files that a folder was made from: the name of each, and what opens it.

    raises  ValueError naming a file that is elsewhere, gone or changed
    """
    files = [_local(source, address) for address in note["articles"]]
    for file, size in zip(files, note["articles"].values(), strict=True):
        if not file.is_file() or file.stat().st_size != size:
            raise ValueError(f"{source}: made from {file}, which is gone or changed. Run code_corpus again.")
    folder = Path(os.path.commonpath([file.parent for file in files]))
    return [(file.relative_to(folder).as_posix(), lambda file=file: file.open("rb")) for file in files]


def _local(source: Path, address: str) -> Path:
    if not address.startswith(LOCAL):
        raise ValueError(f"{source}: made from {address}, which notebooks cannot read. Give a copy on this machine.")
    return Path(address.removeprefix(LOCAL))
