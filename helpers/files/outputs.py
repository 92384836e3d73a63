"""Where figures and the numbers beside them are written, and how large a file may be."""

import os
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

from helpers.files.cells import as_csv

MOST_BYTES, MOST_IDS = 1_000_000, 20  # of a file that a notebook writes; of a row of a table that would be larger
FIGURES = Path(__file__).resolve().parents[2] / "figures"


def outputs_folder() -> Path:
    """figures/, or own/figures/ for a reader's articles or codebook; or what the environment variable FIGURES names."""
    brought = os.environ.get("SOURCE") or os.environ.get("CODEBOOK")
    folder = Path(os.environ.get("FIGURES") or (FIGURES.parent / "own" / "figures" if brought else FIGURES))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def refuse_open_files(files: Iterable[Path]) -> None:
    """Raise PermissionError if another program holds one of the files. On Windows nobody can write to a table that
    Excel shows."""
    for file in files:
        try:
            file.open("r+b").close()
        except FileNotFoundError:
            continue
        except PermissionError as error:
            said = f"{file} cannot be written: it is open in another program, or you may not change it."
            raise PermissionError(f"{said} Close it there, or change its permissions, and try again.") from error


def write_whole(file: Path, content: bytes) -> None:
    """Write a file, or leave the one that is there as it is: a full disk or a kill never leaves half of it."""
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_bytes(content)
        os.replace(beside, file)
    finally:
        beside.unlink(missing_ok=True)


def write_numbers(table: pd.DataFrame, name: str) -> str:
    """Write a table as name.csv. Same input, same bytes.

    No file is larger than MOST_BYTES, so that people and programs open it: of a larger table the ids of each row end
    after MOST_IDS with "…" (the count beside them stays), and if that is not enough it is packed as name.csv.zip.

    returns  the name of the file
    """
    text = _as_csv(table)
    if len(text) > MOST_BYTES and "ids" in table:
        text = _as_csv(table.assign(ids=table["ids"].map(_first_ids, na_action="ignore")))
    plain, packed = (outputs_folder() / f"{name}{ending}" for ending in (".csv", ".csv.zip"))
    file, other = (packed, plain) if len(text) > MOST_BYTES else (plain, packed)
    refuse_open_files([plain, packed])
    if file == packed:
        entry = ZipInfo(plain.name)  # of 1980, whatever the day
        entry.create_system, entry.external_attr = 3, 0o644 << 16  # on any system, a file that may be read
        zipped = BytesIO()
        with ZipFile(zipped, "w") as archive:
            archive.writestr(entry, text, ZIP_DEFLATED)
        text = zipped.getvalue()
    write_whole(file, text)
    other.unlink(missing_ok=True)
    return file.name


def _as_csv(table: pd.DataFrame) -> bytes:
    return as_csv(table, float_format="%.6g", date_format="%Y-%m-%d").encode("utf-8", "replace")


def _first_ids(ids: str) -> str:
    """
    >>> _first_ids("a:1 " * 50)[-9:]
    'a:1 a:1 …'
    """
    each = ids.split(" ", MOST_IDS)
    return ids if len(each) <= MOST_IDS else " ".join([*each[:MOST_IDS], "…"])
