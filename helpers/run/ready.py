"""What a run needs of the machine, asked before any notebook runs."""

import tempfile
from pathlib import Path

try:
    import resource
except ImportError:  # Windows has no such limit
    resource = None

FILES = 256  # open at once: two kernels with their sockets, and the files that libraries open
MEMORY = 1_500  # megabytes of addresses, of which a small corpus uses a fifth
TOO_FEW = "The system lets this program open {most} files; it needs {files}. Type `ulimit -n 1024` and run again."
TOO_LITTLE = "The system lets this program have {most:,.0f} MB of memory; it needs {needed:,}. Raise it: `ulimit -v`."
A_FILE = "{place}: is a file, and a folder is needed there. Rename or remove it, then run again."


def require_limits() -> None:
    """Raise ValueError unless enough files can be open and enough memory had. The library that talks to kernels ends
    the whole program where it runs out of them. The limit of files is raised where the system allows it."""
    if resource is None:
        return
    memory = resource.getrlimit(resource.RLIMIT_AS)[0]
    if memory != resource.RLIM_INFINITY and memory < MEMORY * 2**20:
        raise ValueError(TOO_LITTLE.format(most=memory / 2**20, needed=MEMORY))
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
