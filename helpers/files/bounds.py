"""How much a file may become in memory: one rule for whatever unpacks or repeats; and the bytes of a reader's list."""

from pathlib import Path

from helpers.files.encodings import wide_encoding

TIMES, BESIDES = 10, 5 * 2**20  # what a file may become: so many times its size, and so many bytes
OFFICE = 20  # times, for the XML of an office file, which says the same of every word
LIMIT = 2**30  # bytes: the largest file that is read whole, once it is unpacked
LISTED = 2**26  # bytes: the largest codebook, list or coder's file
LONGEST, WIDEST = 2**20, 2**14  # rows and columns of the largest sheet there is
ROW, CELL = 100, 8  # bytes in memory of a row and of a cell, whatever they hold


def most_of(size: int, times: int = TIMES) -> int:
    """The bytes that a file of this size may become when it is unpacked and its repetitions are written out.

    News packs to a third, saved pages to a tenth: what becomes more holds no articles, or the same ones many times.

    >>> most_of(0) == BESIDES and most_of(2**20) == 15 * 2**20
    True
    """
    return times * size + BESIDES


def megabytes(size: float) -> str:
    """A size as a reader is told it."""
    return f"{size / 2**20:,.0f} MB"


def refuse_more(becomes: int, size: int, remedy: str, times: int = TIMES) -> None:
    """Raise ValueError if a file of this size would become too much; `remedy`: what its reader can do."""
    if becomes > most_of(size, times):
        raise ValueError(
            f"unpacked it would be {megabytes(becomes)}, far more than a file of its size should hold. {remedy}"
        )


def bytes_of(path: Path, remedy: str) -> bytes:
    """The bytes of a small file that a reader wrote: a codebook, a list, a coder's file.

    remedy   what to do where there is no such file
    raises   FileNotFoundError, PermissionError; ValueError if it is no file, too large, or empty. Each names the path
    """
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such file. {remedy}.")
    if not path.is_file():
        raise ValueError(f"{path}: this is a folder, or no file at all. {remedy}.")
    if path.stat().st_size > LISTED:
        raise ValueError(f"{path}: larger than {megabytes(LISTED)}. Divide it, or name the right file.")
    try:
        raw = path.read_bytes()
    except PermissionError as error:
        raise PermissionError(f"{path}: may not be read. Change its permissions, or copy it elsewhere.") from error
    if b"\0" in raw and not wide_encoding(raw[:1000]):
        raise ValueError(f"{path}: it holds binary data, not text. {remedy}.")
    return raw
