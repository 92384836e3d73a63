"""The lines of each page of a PDF, read by PDFium in a program of its own.

What PDFium does with a file cannot be told by looking at it: a page may draw a drawing that draws another, and so on, a
thousand million times. So it works under a limit of time and memory. If it passes it, or fails, only that program ends.
"""

import atexit
import json
import os
import re
import subprocess
import sys
import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Lock

from helpers.articles.pdf_lines import Line, lines_of
from helpers.files.bounds import TIMES

ROOT = Path(__file__).resolve().parents[2]
SIGNS = 500_000, 2  # characters that a PDF may hold: so many, and so many for each byte, as books without pictures do
PAGES = 1000, 100  # so many pages, and one for so many bytes besides
UNPACKED = 5_000_000, 10  # bytes that its pages may unpack to: so many, and so many for each of its bytes
SECONDS, MEMORY = 4, 300 * 2**20  # for each file; and as many seconds for each megabyte, TIMES its bytes, besides
STREAM = re.compile(rb"(?<!end)stream\r?\n")
PICTURE_OR_FONT = re.compile(rb"/Image|/Length1|/FontFile")
DAMAGED = "a damaged PDF. Open it in a PDF reader and save it again"
TOO_MUCH = "it takes far more time or memory than a PDF of its size, or is damaged. Print it to a new PDF"
ONE_AT_A_TIME = Lock()  # for threads: each shall have the answer to its own PDF
if hasattr(os, "register_at_fork"):  # a process that is forked meanwhile finds it open
    os.register_at_fork(
        before=ONE_AT_A_TIME.acquire, after_in_parent=ONE_AT_A_TIME.release, after_in_child=ONE_AT_A_TIME.release
    )
Page = list[Line]


def pages_of(raw: bytes) -> list[Page]:
    """The lines of each page.

    raises  ValueError if the file is protected, damaged or much too long
    """
    _refuse_bomb(raw)
    with ONE_AT_A_TIME:
        answer = _ask(raw)
    if not answer.endswith(b"\n"):
        raise ValueError(TOO_MUCH)
    said = json.loads(answer)
    if isinstance(said, str):
        raise ValueError(said)
    return [[Line(*line) for line in page] for page in said]


def _ask(raw: bytes) -> bytes:
    """What the program answers. One that has not answered to the end, as after Ctrl-C, is ended: its answer would be
    taken for that to the next PDF."""
    if (reader := _reader(os.getpid())).poll() is not None:  # Ctrl-C has ended it while it waited
        _end(reader)
        reader = _reader(os.getpid())
    answer = b""
    try:
        with suppress(BrokenPipeError):
            reader.stdin.write(len(raw).to_bytes(8, "big") + raw)
            reader.stdin.flush()
        answer = reader.stdout.readline()
    finally:
        if not answer.endswith(b"\n"):
            _end(reader)
    return answer


@cache
def _reader(process: int) -> subprocess.Popen:
    """The program that reads PDFs for this process, one after the other. It ends when its input does."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    reader = subprocess.Popen([sys.executable, "-m", "helpers.articles.pdf_pages"], cwd=ROOT, **pipes)
    atexit.register(_end, reader)
    return reader


def _end(reader: subprocess.Popen) -> None:
    """End the program; the next PDF has a new one."""
    _reader.cache_clear()
    atexit.unregister(_end)
    reader.kill()
    with suppress(BrokenPipeError):
        reader.stdin.close()
    reader.stdout.close()
    reader.wait()


def _refuse_bomb(raw: bytes) -> None:
    """Raise ValueError if the pages unpack to far more than text does: PDFium would take all memory for them."""
    most = left = UNPACKED[0] + UNPACKED[1] * len(raw)
    for stream in STREAM.finditer(raw):
        about = raw[max(0, stream.start() - 600) : stream.start()].rpartition(b"obj")[2]
        if b"Flate" in about and not PICTURE_OR_FONT.search(about):
            with suppress(zlib.error):
                packed = raw[stream.end() : raw.find(b"endstream", stream.end())]
                left -= len(zlib.decompressobj().decompress(packed, left))
        if left <= 0:
            raise ValueError(f"unpacked its pages would be more than {most // 2**20} MB. Print it to a new PDF")


def _read(raw: bytes) -> list[Page]:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        pdf = PdfDocument(raw)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise ValueError("protected by a password. Open it and save it without one") from error
        raise ValueError(DAMAGED) from error
    with pdf:
        if len(pdf) > PAGES[0] + len(raw) // PAGES[1]:
            raise ValueError(f"it says that it has {len(pdf):,} pages, too many for a PDF of its size. Divide it")
        pages, signs = [], 0
        for number in range(len(pdf)):
            try:
                page = pdf[number]
            except PdfiumError as error:
                raise ValueError(DAMAGED) from error
            text = page.get_textpage()
            signs += text.count_chars()
            if signs > SIGNS[0] + SIGNS[1] * len(raw):
                raise ValueError(f"more than {signs:,} characters, too many for a PDF of its size. Divide it")
            pages.append(lines_of(text))
            page.close()
        return pages


def _limit(size: int) -> None:
    """Hold this process to what a file of so many bytes may take. Windows has no such limits, macOS none of memory."""
    with suppress(ImportError):
        import resource

        spent = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        seconds, memory = spent + SECONDS * (1 + size / 2**20), MEMORY + TIMES * size
        for what, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_DATA, memory)):
            with suppress(ValueError, OSError):
                resource.setrlimit(what, (int(most) + 1, resource.getrlimit(what)[1]))


def _answer() -> None:
    """Read PDFs from the standard input, each after its length; write the pages of each, or why there are none, on one
    line."""
    while length := sys.stdin.buffer.read(8):
        raw = sys.stdin.buffer.read(int.from_bytes(length, "big"))
        _limit(len(raw))
        try:
            said = _read(raw)
        except ValueError as error:
            said = str(error)
        sys.stdout.write(f"{json.dumps(said)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _answer()
