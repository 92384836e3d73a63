"""One run at a time in a folder: a lock of the operating system, which ends with its process, however that ends."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

if os.name == "nt":
    import msvcrt
else:
    import fcntl


@contextlib.contextmanager
def held(file: Path) -> Iterator[bool]:
    """Hold a lock while the block lasts; False where somebody else holds it.

    The file stays, empty: that it is there says nothing. Processes started meanwhile do not keep the lock.

    raises  OSError if the file cannot be written
    """
    with file.open("ab") as handle:
        try:
            _lock(handle.fileno())
            ours = True
        except (BlockingIOError, PermissionError):
            ours = False
        try:
            yield ours
        finally:
            if ours:
                _unlock(handle.fileno())


def _lock(number: int) -> None:
    if os.name == "nt":
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _unlock(number: int) -> None:
    """Give the lock back by itself: a process forked meanwhile has the same open file, and would keep it."""
    if os.name == "nt":
        msvcrt.locking(number, msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(number, fcntl.LOCK_UN)
