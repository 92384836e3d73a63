"""What a run needs of the machine, asked before any notebook runs."""

import tempfile
from pathlib import Path

try:
    import resource
except ImportError:  # Windows has no such limit
    resource = None

FILES = 256  # open at once: two kernels with their sockets, and the files that libraries open
TOO_FEW = "The system lets this program open {most} files; it needs {files}. Type `ulimit -n 1024` and run again."
A_FILE = "{place}: is a file, and a folder is needed there. Rename or remove it, then run again."


def require_files() -> None:
    """Raise ValueError unless enough files can be open; the limit is raised where the system allows it. The library
    that talks to kernels ends the whole program if it runs out of them."""
    if resource is None:
        return
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = [limit == resource.RLIM_INFINITY or limit >= FILES for limit in (now, most)]
    if not enough[1]:
        raise ValueError(TOO_FEW.format(most=most, files=FILES))
    if not enough[0]:
        resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, most))


def require_folders(*folders: Path) -> None:
    """Raise ValueError, PermissionError or another OSError naming the place if a folder is a file, or cannot be written
    or made."""
    for folder in folders:
        place = next(place for place in (folder, *folder.parents) if place.exists() or place.is_symlink())
        if not place.is_dir():
            raise ValueError(A_FILE.format(place=place))
        try:
            tempfile.TemporaryFile(dir=place).close()
        except OSError as error:
            raise type(error)(error.errno, error.strerror, str(place)) from error
