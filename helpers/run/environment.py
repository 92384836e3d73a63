"""Set up a virtual environment beside its place, and put it there when it is complete.

`make` calls this before anything is installed: it needs the standard library alone. Without words, it says by its exit
code whether the Python that runs it can be used, with the environment around it.

While it works, .venv.new is being made and .venv.old is being replaced. Whatever ends the work, .venv is the old one or
the new one, whole; the next call clears up the rest.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where there is no make
    fcntl = None

OLDEST = (3, 11)
UV = Path(".venv/bin/uv")
SETTINGS = {"UV_SYSTEM_CERTS": "1", "UV_COMPILE_BYTECODE": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0"}
WAITS = "Another make sets up {place}: this one waits for it."
FRESH = "Setting up {place}; this takes a minute."
UPDATE = "Installing the versions of {pins} into {place}. What you installed there besides them stays."
LINK = (
    "{place} is a link to {target}: make would install into what it points to. Remove the link (rm {place}) and try "
    "again: make then sets up a {place} of its own."
)
TOO_OLD = "{place} needs Python 3.11 or newer, and {python} is {version}. Name a newer one: make PYTHON=python3.12"
ASIDE = (
    "{place} could not be used: its Python is gone, or another one. It is kept as {broken} until another one breaks."
)
KEPT = (
    "{place} does not have the versions of {pins}, and they could not be installed: {why}. It works as before. Try "
    "again when the network or the disk allows it; to go on with the versions that are there: touch {place}/made"
)
NOT_MADE = "{place} could not be set up: {why}. Nothing was changed. Try again when the network or the disk allows it."


def is_sound() -> bool:
    """Whether this Python is new enough, and the packages around it are those of its version."""
    return sys.version_info >= OLDEST and os.path.isdir(sysconfig.get_path("purelib"))


def set_up(place: Path, pins: Path) -> None:
    """Make an environment of the packages that a file pins, or bring the one that is there to their versions.

    One that is there is copied, and the copy is changed, so that all else in it stays. One that cannot be used is
    moved aside.

    raises  ValueError, OSError, subprocess.CalledProcessError where it cannot be done; `place` is then as it was
    """
    new, old, broken = (place.with_name(f"{place.name}.{what}") for what in ("new", "old", "broken"))
    if place.is_symlink():
        raise ValueError(LINK.format(place=place, target=os.readlink(place)))
    with locked(pins, place) as lock:
        clear_up(place, new, old)
        sound = works(place)
        if not (sound and is_done(place, pins, lock)):
            print((UPDATE if sound else FRESH).format(place=place, pins=pins), flush=True)
            try:
                build(place, new, pins, lock)
                swap(place, new, old if sound else broken)
            finally:
                shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
        (place / "made").write_bytes(pins.read_bytes())  # last: until it is there, the next call goes on here


@contextlib.contextmanager
def locked(pins: Path, place: Path):
    """Hold the lock of an environment, the file of its pins: its number, for programs that must be done before another
    call begins. The system lets go of it however this one ends."""
    with pins.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(WAITS.format(place=place), flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        except OSError:  # a file system without locks
            pass
        yield file.fileno()


def clear_up(place: Path, new: Path, old: Path) -> None:
    """Undo what a call that was killed has left."""
    if old.exists() and not os.path.lexists(place):
        old.rename(place)
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)


def works(place: Path) -> bool:
    """Whether an environment is there and its Python can be used."""
    with contextlib.suppress(OSError):
        return subprocess.run([place / "bin/python", "-I", __file__], capture_output=True).returncode == 0
    return False


def is_done(place: Path, pins: Path, lock: int) -> bool:
    """Whether all that is pinned is there, in these versions."""
    if (place / "made").exists() and (place / "made").read_bytes() == pins.read_bytes():
        return True
    if not UV.exists():
        return False
    listed = b"".join(line for line in pins.open("rb") if not line.startswith(b"-e"))
    command = [UV, "pip", "install", "--dry-run", "--python", place / "bin/python", "-r", "-"]
    return b"Would make no changes" in call(command, lock, listed)


def build(place: Path, new: Path, pins: Path, lock: int) -> None:
    """Make the new environment beside its place, as it must be to stand there."""
    if works(place):
        shutil.copytree(place, new, symlinks=True)
    elif sys.version_info < OLDEST:
        version = sys.version.split()[0]
        raise ValueError(TOO_OLD.format(place=place, python=sys.executable, version=version))
    else:
        call([sys.executable, "-I", "-m", "venv", new], lock)
    python = new / "bin/python"
    if not UV.exists():
        uv = [line.strip() for line in pins.read_text("utf-8").splitlines() if line.startswith("uv==")]
        call([python, "-I", "-m", "pip", "install", "--quiet", *uv], lock)
    uv = UV if UV.exists() else new / "bin/uv"
    call([uv, "pip", "install", "--quiet", "--python", python, "-r", pins], lock)
    for file in [new / "pyvenv.cfg", *(new / "bin").iterdir()]:
        rename_within(file, os.fsencode(new.name), os.fsencode(place.name))


def rename_within(file: Path, old: bytes, new: bytes) -> None:
    """A script that names the folder it was made in names the one where it will stand."""
    if file.is_file() and not file.is_symlink() and old in (content := file.read_bytes()):
        mode = file.stat().st_mode
        file.unlink()  # which may be one with a file in uv's store
        file.write_bytes(content.replace(old, new))
        file.chmod(mode)


def swap(place: Path, new: Path, aside: Path) -> None:
    """Put the new environment in its place, and what is there aside."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    shutil.rmtree(aside, ignore_errors=True)
    if os.path.lexists(place):
        place.rename(aside)
        if aside.suffix == ".broken":
            print(ASIDE.format(place=place, broken=aside), flush=True)
    new.rename(place)


def call(command: list, lock: int, given: bytes = b"") -> bytes:
    """What a program says; it holds the lock for as long as it runs."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | SETTINGS
    settings = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "pass_fds": [lock], "env": environment}
    return subprocess.run(command, input=given, check=True, **settings).stdout


def main(place: Path, pins: Path) -> int:
    """Set up, and say in one line what could not be done; the exit code."""
    try:
        set_up(place, pins)
    except KeyboardInterrupt:
        print(f"Stopped. {place} is as it was.", file=sys.stderr)
        return 130
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    except (OSError, subprocess.CalledProcessError) as error:
        print((KEPT if works(place) else NOT_MADE).format(place=place, pins=pins, why=reason(error)), file=sys.stderr)
        return 1
    return 0


def reason(error: OSError | subprocess.CalledProcessError) -> str:
    """Why it could not be done; what a program said of it, in full, is printed."""
    if isinstance(error, subprocess.CalledProcessError):
        sys.stderr.write(error.stdout.decode("utf-8", "replace"))
        return "see above"
    if isinstance(error, shutil.Error):
        return error.args[0][0][2]
    return f"{error.strerror} ({error.filename})" if error.filename else str(error.strerror)


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])) if sys.argv[1:] else not is_sound())
