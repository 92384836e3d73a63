"""A program of its own with a limit of time: how it ended, what it said, how long it took, how much memory it had."""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
READ = "import sys; from helpers.articles.load import read_articles; a, out = read_articles(sys.argv[1]); "
READ += "print(len(a), 'articles'); print(out[['file', 'row', 'why']].to_string())"


class Ended(NamedTuple):
    code: int  # the exit code; -9 where the clock ended it
    said: str  # what it printed, errors included
    seconds: float
    megabytes: float  # the most that it, or one program that it started, had in memory at once


def run_bounded(
    command: Sequence[str | os.PathLike],
    *,
    seconds: float,
    limits: Mapping[int, int] | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    meanwhile: Callable[[subprocess.Popen], None] | None = None,
) -> Ended:
    """Run a command to its end; after `seconds` it and all that it started are killed.

    limits     what the system allows it: {resource.RLIMIT_AS: bytes, ...}
    env        variables besides those of this process
    meanwhile  called once it has started: to send signals, or take something away
    """

    def restrict():
        for what, most in (limits or {}).items():
            resource.setrlimit(what, (most, most))

    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        program = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | dict(env or {}),
            cwd=cwd,
            start_new_session=True,
            preexec_fn=restrict,
        )
        if meanwhile:
            meanwhile(program)
        while (waited := os.wait4(program.pid, os.WNOHANG))[0] == 0 and time.perf_counter() - began < seconds:
            time.sleep(0.01)
        if waited[0] == 0:
            os.killpg(program.pid, signal.SIGKILL)
            waited = os.wait4(program.pid, 0)
        took = time.perf_counter() - began
        program.returncode = os.waitstatus_to_exitcode(waited[1])
        output.seek(0)
        said = output.read().decode("utf-8", "replace")
    return Ended(program.returncode, said, took, waited[2].ru_maxrss / 2**10)


def run_python(code: str, *words: str | os.PathLike, **settings) -> Ended:
    """Run a piece of Python that finds `words` in sys.argv[1:]; `settings` as in run_bounded."""
    return run_bounded([sys.executable, "-c", code, *words], **settings)


def read_bounded(source: Path, *, seconds: float = 5, megabytes: float = 500) -> Ended:
    """Read articles in a program of its own: it ends by itself, within time and memory, and without a traceback."""
    ended = run_python(READ, source, seconds=4 * seconds)
    assert ended.code == 0 and "Traceback" not in ended.said, ended
    assert ended.seconds < seconds and ended.megabytes < megabytes, ended
    return ended
