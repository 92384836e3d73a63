"""What a run says: its lines, and an error in one line that names the file and what to do."""

import contextlib
import errno
import os
import sys
import traceback
from pathlib import Path

from helpers.run import ROOT
from helpers.text.characters import visible

ERASE = "\r\x1b[K"  # on a terminal: to the beginning of the line, and nothing in it
ELSEWHERE = "Standard output takes no more lines ({why}); they follow here. The run goes on."
REMEDIES = {
    errno.ENOSPC: "The disk is full. Make room there and run again.",
    errno.EDQUOT: "Your share of the disk is full. Make room there and run again.",
    errno.EFBIG: "No file may grow that large here (ulimit -f). Raise the limit and run again.",
    errno.EROFS: "It is on a disk that can only be read. Copy the collection to one that can be written.",
    errno.EACCES: "You may not read or write it. Change its permissions (chmod u+rw), or run as its owner.",
    errno.EPERM: "You may not change it. Change its permissions, or run as its owner.",
    errno.EMFILE: "Too many files are open. Type `ulimit -n 1024` and run again.",
    errno.ENFILE: "All programs together have too many files open. Close some and run again.",
    errno.ENAMETOOLONG: "The path is too long. Move the folder to a shorter one.",
    errno.ELOOP: "It is a link that leads to itself. Remove it, or name what it should lead to.",
    errno.EEXIST: "A file stands where a folder should. Rename it and run again.",
    errno.ENOTDIR: "A file stands where a folder should. Rename it and run again.",
    errno.ENOMEM: "Memory is short. Close other programs and run again.",
    errno.ENOLCK: "This disk knows no locks. Copy the collection to a local disk.",
}
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # where no file is named, the disk is that of the collection
MEMORY = "Memory ran out. Close other programs, or take fewer articles: docs/many-articles.md says how to go on."
PACKAGES = "{words}. A package cannot be loaded: memory is short, or .venv is damaged. Free memory, or remove .venv."
UNKNOWN = "{kind}: {words} ({file}, line {line}). This is a fault in the collection: please report this line."


def say(words: str) -> None:
    """Print a line at once, in the place of one that moves (progress.py). Where standard output is closed or full, this
    and all that follows goes to standard error: what a run does hangs on no reader of its lines."""
    try:
        print(f"{ERASE if sys.stdout.isatty() else ''}{visible(words)}", flush=True)
    except OSError as error:
        with contextlib.suppress(OSError):
            print(ELSEWHERE.format(why=error.strerror), file=sys.stderr, flush=True)
        _lead_elsewhere()


def _lead_elsewhere() -> None:
    """Standard output goes where standard error goes, or nowhere; then what is still in its buffer follows."""
    for number in (2, os.open(os.devnull, os.O_WRONLY)):
        os.dup2(number, 1)
        try:
            return sys.stdout.flush()
        except OSError:
            continue


def any_output_will_do() -> None:
    """Standard streams that were closed lead nowhere, so that no file takes their numbers; a sign that the terminal
    cannot show is written as its number."""
    while (number := os.open(os.devnull, os.O_RDWR)) < 3:
        os.set_inheritable(number, True)
    os.close(number)
    for name, number in [("stdout", 1), ("stderr", 2)]:
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w", encoding="utf-8", closefd=False))  # noqa: SIM115
        if hasattr(getattr(sys, name), "reconfigure"):
            getattr(sys, name).reconfigure(errors="backslashreplace")


def say_fault(error: Exception) -> str:
    """An error in one line that a terminal can show: what it is about, and what to do."""
    return visible(_say_fault(error))


def _say_fault(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno:
        place = error.filename or (ROOT if error.errno in FULL else "")
        words = f"{place}: {error.strerror}" if place else error.strerror
        return f"{words}. {REMEDIES.get(error.errno, 'Mend that and run again.')}"
    if isinstance(error, MemoryError):
        return MEMORY
    words = " ".join(str(error).split()) or "no reason given"
    if isinstance(error, ImportError):
        return PACKAGES.format(words=words)
    if isinstance(error, (OSError, ValueError)):
        return str(error)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    file = Path(frame.filename).name
    return UNKNOWN.format(kind=type(error).__name__, words=words[:300], file=file, line=frame.lineno)
