"""Millions of articles: runs that are killed, stopped, or short of room, and files that would stop them."""

import json
import os
import random
import resource
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from faults.bounded import run_bounded
from helpers.scale import code_corpus, read_coded

FILES = 16
PROGRAM = """
import os, sys
from helpers.scale import code_corpus, engine, read_coded
BEFORE
if __name__ == "__main__":
    table = code_corpus(sys.argv[1], sys.argv[2], hits=True, workers=2)
    print(table.loc[table["fault"].ne(""), ["name", "fault"]].to_string())
"""
DEADLY = """
real = engine.code_batch
def code_batch(batch, **task):
    if batch.name == "05.jsonl":
        os.kill(os.getpid(), 9)
    return real(batch, **task)
engine.code_batch = code_batch
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    """Articles in sixteen batches."""
    folder = tmp_path_factory.mktemp("source")
    for number in range(FILES):
        rows = [{"id": f"{number}/{row}", "date": "2012", "text": f"Arms {row}. " * 300} for row in range(200)]
        (folder / f"{number:02}.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(source, tmp_path_factory) -> dict:
    """What a run that nothing disturbs writes."""
    out = tmp_path_factory.mktemp("whole")
    go_on(source, out)
    return contents(out)


def go_on(source, out):
    with ThreadPoolExecutor(1) as pool:
        code_corpus(source, out, pool, hits=True)


def contents(out):
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in sorted(out.rglob("*")) if file.is_file()}


def run(tmp_path, source, *, before="", command=(), **settings):
    """Code a source in a program of its own. In the end none of its processes is left."""
    started = []
    (tmp_path / "code.py").write_text(PROGRAM.replace("BEFORE", before), "utf-8")
    command = [*command, sys.executable, tmp_path / "code.py", source, tmp_path / "out"]
    meanwhile = settings.pop("meanwhile", lambda program: None)
    ended = run_bounded(
        command, seconds=120, meanwhile=lambda program: started.append(program) or meanwhile(program), **settings
    )
    assert ended.seconds < 120, ended
    wait_until(lambda: not family(started[0].pid), seconds=30)
    return ended


def wait_until(holds, seconds):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def family(session):
    """The processes that a program started, and itself."""
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, its = file.read_text("utf-8", "replace").rpartition(")")[2].split()[:4]
            found += [int(file.parent.name)] * (int(its) == session and state != "Z")
    return found


def workers(program):
    """Its processes that do the work, and the server that starts them."""
    others = [pid for pid in family(program.pid) if pid != program.pid]
    return [pid for pid in others if "fork" in Path(f"/proc/{pid}/cmdline").read_text()]


@pytest.mark.parametrize("number", range(20))
def test_after_a_kill_the_next_run_makes_it_whole(source, whole, tmp_path, number):
    """Of all its processes, of all workers, of one; or a signal that stops it. At a random moment."""
    chance = random.Random(number)
    how, batches, pause = number % 5, chance.randrange(FILES - 2), chance.random() / 5
    sent = []

    def kill(program):
        wait_until(lambda: len(list(tmp_path.glob("out/0*[0-9]"))) >= batches and workers(program), seconds=100)
        time.sleep(pause)
        at_work = workers(program)
        hit = {0: family(program.pid), 1: at_work, 2: chance.sample(at_work, min(1, len(at_work)))}
        for pid in hit.get(how, []):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if how > 2:
            (os.killpg if number % 2 else os.kill)(program.pid, signal.SIGINT if how == 3 else signal.SIGTERM)
        sent.append(time.perf_counter())

    ended = run(tmp_path, source, meanwhile=kill)
    took = time.perf_counter() - sent[0]
    assert "Traceback" not in ended.said, ended
    if ended.code:
        assert how in (0, 3, 4), ended
    if how > 2 and ended.code:
        assert took < 2 * max(1, os.getloadavg()[0] / os.cpu_count()), ended
        assert ended.said.strip().count("\n") == 0 and "run the same again" in ended.said, ended
    if (tmp_path / "out").exists():
        here = contents(tmp_path / "out")
        assert ended.code or here == whole
    go_on(source, tmp_path / "out")
    assert contents(tmp_path / "out") == whole


def test_a_batch_that_kills_its_worker_is_named_and_the_rest_is_kept(source, whole, tmp_path):
    ended = run(tmp_path, source, before=DEADLY)
    assert ended.code == 0 and "05.jsonl" in ended.said and "its worker ended 3 times" in ended.said
    assert read_coded(tmp_path / "out", partial=True)["article"].nunique() == (FILES - 1) * 200
    assert "05.jsonl" in set(read_coded(tmp_path / "out", "left_out", partial=True)["file"])
    go_on(source, tmp_path / "out")
    assert contents(tmp_path / "out") == whole


@pytest.mark.parametrize("before", ["if __name__ != '__main__': os._exit(3)", "code_corpus(*sys.argv[1:3])"])
def test_workers_that_die_while_they_start_are_told_not_waited_for(source, tmp_path, before):
    """Also in a script without the line `if __name__ == "__main__":`."""
    ended = run(tmp_path, source, before=before)
    assert "no worker could be started" in ended.said and "__main__" in ended.said


@pytest.mark.parametrize(
    ("limit", "most"), [(resource.RLIMIT_FSIZE, 8_000), (resource.RLIMIT_NOFILE, 12), (resource.RLIMIT_AS, 900_000_000)]
)
def test_what_is_short_is_told_and_the_next_run_makes_it_whole(source, whole, tmp_path, limit, most):
    """Room on the disk, open files, memory."""
    large = tmp_path / "in"
    large.mkdir()
    for file in source.iterdir():
        (large / file.name).write_bytes(file.read_bytes())
    if limit == resource.RLIMIT_AS:
        (large / "99.jsonl").write_text(json.dumps({"text": "The US sold arms. " * 2_000_000}))
    ended = run(tmp_path, large, limits={limit: most})
    told = [
        "Make room",
        "File too large",
        "no worker could be started",
        "Too many open files",
        "memory is too short",
        "its worker ended",
    ]
    assert any(words in ended.said for words in told), ended
    assert not list(tmp_path.glob("out/*.new"))
    go_on(large, tmp_path / "out")
    same = contents(tmp_path / "out")
    assert [name for name in whole if name.startswith("0") and whole[name] != same[name]] == []


@pytest.mark.parametrize("end", ["2>/dev/full", "2>&-", ">&-", ">/dev/full 2>&1", "<&- >&- 2>&-"])
def test_a_closed_or_full_output_takes_nothing_away(source, whole, tmp_path, end):
    run(tmp_path, source, command=["sh", "-c", f'exec "$@" {end}', "sh"])
    assert contents(tmp_path / "out") == whole
