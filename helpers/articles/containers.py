"""Files as they were before they were packed: .gz, .xz, .bz2 and the members of a .zip, unpacked in memory only."""

import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path, PurePosixPath

from helpers.articles.kinds import suffix_of
from helpers.files.bounds import LIMIT, megabytes

PACKED = {".gz": gzip.open, ".xz": lzma.open, ".bz2": bz2.open}
PART = 2**20  # bytes that are read at once
CONTROL = bytes({*range(32), 127} - {*b"\t\n\v\f\r\x1a\x1b"})  # signs that no text holds
BINARY, FEW = 0.01, 1000  # of a file's bytes that may be such signs, and how many may be in any file


class Counted(io.BufferedIOBase):
    """A file that is read from begin to end, and how much of it was taken: `share` bytes of the disk for each byte."""

    def __init__(self, file: io.BufferedIOBase, share: float = 1.0):
        self.file, self.share, self.taken = file, share, 0.0

    def read(self, size: int = -1) -> bytes:
        """The next bytes, counted."""
        part = self.file.read(size)
        self.taken += self.share * len(part)
        return part

    def readable(self) -> bool:
        """True: those who unpack ask."""
        return True

    def close(self) -> None:
        """Close the file within, too."""
        self.file.close()
        super().close()


def unpacked(name: str) -> PurePosixPath:
    """A file's name without .gz, .xz or .bz2."""
    path = PurePosixPath(name)
    return path.with_suffix("") if path.suffix.lower() in PACKED else path


@contextmanager
def opened(name: str, load: Callable[[], io.BufferedIOBase]) -> Iterator[tuple[io.BufferedIOBase, Counted]]:
    """A file, open to be read as it was before it was packed; and the same as it is on the disk."""
    with load() as file:
        source = file if isinstance(file, Counted) else Counted(file)
        open_packed = PACKED.get(suffix_of(name))
        yield (open_packed(source) if open_packed else source), source


def all_of(file: io.BufferedIOBase, head: bytes, most: Callable[[], float], *, is_text: bool) -> bytes:
    """The bytes of a file that is open.

    How much a packed file holds is known only by unpacking it, so that stops where it becomes too much; and memory is
    taken only for what there is.

    head     what was read of it before
    most     the bytes that it may become, by what was taken from the disk so far
    is_text  whether it should hold text: then it is refused at the first part that is none
    raises   ValueError
    """
    parts, size = [], 0
    for part in _parts(file, head):
        size += len(part)
        if is_text and _is_binary(part):
            raise ValueError("it holds binary data, not text. Save it as text again, or give it the ending of its kind")
        if size > LIMIT:
            raise ValueError(f"larger than the limit of {megabytes(LIMIT)}. Divide it")
        if size > most():
            raise ValueError("unpacked it becomes far more than a file of its size should hold. Unpack it yourself")
        parts.append(part)
    return b"".join(parts)


def _is_binary(part: bytes) -> bool:
    """Whether bytes are no text: more than a few control signs, or zeros among them, and too many for the length."""
    signs = len(part) - len(part.translate(None, CONTROL))
    return signs > BINARY * len(part) and (signs > FEW or b"\0" in part)


def _parts(file: io.BufferedIOBase, head: bytes) -> Iterator[bytes]:
    if head:
        yield head
    while part := file.read(PART):
        yield part


def members_of(file: Path, archives: ExitStack) -> list[tuple[str, Callable[[], Counted]]]:
    """The files in a .zip by name, and what opens each while `archives` is open.

    raises  the errors of zipfile; ValueError if its files lie over one another, as they never do by themselves
    """
    archive = archives.enter_context(zipfile.ZipFile(file))
    members = sorted((one for one in archive.infolist() if not one.is_dir()), key=lambda one: one.filename)
    if sum(one.compress_size for one in members) > file.stat().st_size:
        raise ValueError("its files lie over one another: it is made to unpack to far more than it holds. Delete it")
    return [(one.filename, partial(_member, archive, one)) for one in members]


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Counted:
    return Counted(archive.open(member), member.compress_size / max(1, member.file_size))
