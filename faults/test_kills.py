"""A run that is killed: the collection is old or new as a whole, nothing is left at work, and the next run gives what
an undisturbed one gives."""

import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from faults.bounded import ROOT
from faults.small import everything, left_at_work, make_collection, processes_of, run_collection, write_notebooks

KILLS = 20
# Within the swap a kill by the clock would rarely hit: the run kills itself before its n-th move.
MOVES = """
import os, signal
if "MOVE" in os.environ and "JPY_PARENT_PID" not in os.environ:
    replace, moves = os.replace, []
    def counted(old, new, **settings):
        moves.append(new)
        if len(moves) == int(os.environ["MOVE"]):
            os.kill(os.getpid(), signal.SIGKILL)
        replace(old, new, **settings)
    os.replace = counted
"""


@pytest.fixture(scope="module")
def states(tmp_path_factory) -> tuple[Path, dict[str, bytes], dict[str, bytes], float]:
    """A collection after a run, edited since: its files then, those that a run makes of them, and how long it takes."""
    folder = make_collection(tmp_path_factory.mktemp("kills") / "collection")
    (folder / "sitecustomize.py").write_text(MOVES, "utf-8")
    assert run_collection(folder).code == 0
    write_notebooks(folder, 2)
    old, began = everything(folder), time.perf_counter()
    assert run_collection(folder).code == 0
    return folder, old, everything(folder), time.perf_counter() - began


def put_back(folder: Path, files: dict[str, bytes]) -> None:
    for part in ("notebooks", "figures", "own"):
        shutil.rmtree(folder / part, ignore_errors=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def next_run_is_whole(folder: Path, new: dict[str, bytes], *words: str) -> None:
    """A run after the kill, and what it leaves."""
    assert processes_of(folder) == []
    ended = run_collection(folder, *words)
    assert ended.code == 0 and "Traceback" not in ended.said, ended
    assert everything(folder) == new
    assert left_at_work(folder) == []


@pytest.mark.parametrize("kill", range(KILLS // 2))
def test_a_kill_at_any_moment(states: tuple, kill: int) -> None:
    folder, old, new, seconds = states
    put_back(folder, old)
    moment = random.Random(kill).uniform(0, 1.1 * seconds)

    def end(program: subprocess.Popen) -> None:
        time.sleep(moment)
        os.kill(program.pid, signal.SIGKILL)  # not program.kill, which would take its exit code

    ended = run_collection(folder, meanwhile=end)
    assert ended.code in (0, -signal.SIGKILL), ended
    assert everything(folder) in (old, new)
    next_run_is_whole(folder, new)


@pytest.mark.parametrize("move", range(1, KILLS // 2 + 1))
def test_a_kill_within_the_swap(states: tuple, move: int) -> None:
    """The first move is the journal's: without it all is old. From then on the next run makes the moves that are left
    before anything else, also if it cannot run itself."""
    folder, old, new, _ = states
    put_back(folder, old)
    ended = run_collection(folder, env={"MOVE": str(move)})
    assert ended.code == -signal.SIGKILL, ended
    assert (everything(folder) == old) == (move <= 2)
    refused = run_collection(folder, "--source", "seeds", "--codebook", "pyproject.toml")
    assert refused.code == 1 and "Traceback" not in refused.said, refused
    assert everything(folder) == (old if move == 1 else new)
    next_run_is_whole(folder, new)


@pytest.mark.parametrize("move", [1, 2, 5, 9])
def test_a_kill_within_the_swap_of_a_readers_run(states: tuple, move: int) -> None:
    folder, old, _, _ = states
    put_back(folder, old)
    assert run_collection(folder, "--source", "seeds").code == 0
    new = everything(folder)
    (own,) = (folder / "own").iterdir()
    mine = own / "figures" / "mine.csv"
    mine.write_text("a reader's", "utf-8")
    write_notebooks(folder, 1)
    ended = run_collection(folder, "--source", "seeds", env={"MOVE": str(move)})
    assert ended.code == -signal.SIGKILL, ended
    write_notebooks(folder, 2)
    mine_is = {mine.relative_to(folder).as_posix(): b"a reader's"}
    next_run_is_whole(folder, new | mine_is, "--source", "seeds")


def test_the_real_collection_is_killed(tmp_path: Path) -> None:
    """Three times, early and late, and in its swap; then it gives what is stored."""
    folder = tmp_path / "collection"
    ignored = shutil.ignore_patterns(".venv*", ".git", ".run", "own", ".fresh", "built", ".pytest_cache", ".hypothesis")
    shutil.copytree(ROOT, folder, ignore=ignored, symlinks=True)
    (folder / "sitecustomize.py").write_text(MOVES, "utf-8")
    stored = everything(folder)
    first = folder / "figures" / "01-articles.csv"
    first.write_text("of another day", "utf-8")
    old = everything(folder)
    for seconds in (15, 45):
        ended = run_collection(
            folder, meanwhile=lambda program, s=seconds: (time.sleep(s), os.kill(program.pid, signal.SIGKILL))
        )
        assert ended.code == -signal.SIGKILL, ended
        assert everything(folder) == old and processes_of(folder) == []
    ended = run_collection(folder, env={"MOVE": "2"}, seconds=900)
    assert ended.code == -signal.SIGKILL and everything(folder) == old, ended
    assert run_collection(folder, "--codebook", "pyproject.toml").code == 1
    assert everything(folder) == stored
    assert processes_of(folder) == [] and left_at_work(folder) == []
