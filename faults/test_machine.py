"""What a machine can lack, tried on a small collection: a run ends in time, says in a line what is wrong with which
file, and changes nothing; or it does without."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from faults.bounded import Ended
from faults.small import everything, left_at_work, make_collection, processes_of, run_collection, write_notebook

RUN = f"{sys.executable} -m helpers.run"


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    return make_collection(tmp_path / "collection")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> dict[str, bytes]:
    """What a run that nothing disturbs gives."""
    folder = make_collection(tmp_path_factory.mktemp("undisturbed") / "collection")
    assert run_collection(folder).code == 0
    return everything(folder)


def refused(ended: Ended, *named: str) -> None:
    """The run ended by itself, with one line that names these."""
    assert ended.code == 1 and "Traceback" not in ended.said, ended
    assert all(name in ended.said.strip().split("\n")[-1] for name in named), ended


def shell(folder: Path, command: str, **env: str) -> subprocess.CompletedProcess:
    """A command line, as typed in a collection."""
    environment = os.environ | {"PYTHONPATH": str(folder)} | env
    settings = {"cwd": folder, "env": environment, "capture_output": True, "text": True, "timeout": 120}
    return subprocess.run(["sh", "-c", command], **settings)


@pytest.mark.parametrize("place", ["own", "figures", "notebooks", ".run"])
@pytest.mark.parametrize("how", ["a file", "not to be written"])
def test_a_folder_that_cannot_be_written_is_named(collection: Path, place: str, how: str) -> None:
    folder = collection / place
    if how == "a file":
        shutil.rmtree(folder, ignore_errors=True)
        folder.write_text("mine", "utf-8")
    else:
        folder.mkdir(exist_ok=True)
        folder.chmod(0o555)
    before = everything(collection)
    refused(run_collection(collection, *(["--source", "seeds"] if place == "own" else []), plain=True), place)
    assert everything(collection) == before


@pytest.mark.parametrize("option", ["--codebook", "--source"])
def test_what_may_not_be_read_is_named(collection: Path, option: str) -> None:
    book = collection / "mine.csv"
    book.write_text("frame,term\npeace,truce\n", "utf-8")
    book.chmod(0)
    refused(run_collection(collection, option, book, plain=True), "mine.csv")
    assert not (collection / "own").exists()


@pytest.mark.parametrize("option", ["--codebook", "--source"])
@pytest.mark.parametrize("path", ["loop", "/".join(["folder"] * 700), "f" * 300])
def test_a_path_that_leads_nowhere_is_named(collection: Path, option: str, path: str) -> None:
    (collection / "loop").symlink_to("loop")
    refused(run_collection(collection, option, path), path[:20])


@pytest.fixture(scope="module")
def first(tmp_path_factory) -> Path:
    """A collection after a reader's run, one notebook edited since."""
    folder = make_collection(tmp_path_factory.mktemp("first") / "collection")
    assert run_collection(folder, "--source", "seeds").code == 0
    write_notebook(folder, "02-number.ipynb", "{number}", "3", number=2, name="")
    return folder


@pytest.mark.parametrize("largest", [300, 1_000, 5_000, 20_000, 40_000])
def test_a_disk_that_takes_no_more_leaves_the_first_runs_results_whole(first: Path, largest: int) -> None:
    """No file may grow beyond some bytes, which every writer meets as it meets a full disk."""
    before = everything(first)
    ended = run_collection(first, "--source", "seeds", limits={resource.RLIMIT_FSIZE: largest})
    assert ended.code == 1 and "Traceback" not in ended.said, ended
    assert everything(first) == before and left_at_work(first) == []


@pytest.mark.parametrize(
    "how", ["{run} | head -n 1", "{run} >&-", "{run} > /dev/full", "{run} 2>&1 | true", "{run} <&- 2>&-"]
)
def test_a_run_needs_nobody_who_reads_its_lines(collection: Path, undisturbed: dict, how: str) -> None:
    ended = shell(collection, how.format(run=RUN))
    assert "Traceback" not in ended.stdout + ended.stderr, ended
    processes_of(collection, within=60)
    assert everything(collection) == undisturbed


@pytest.mark.parametrize("megabytes", [200, 900, 1_600, 2_200])
def test_memory_at_its_end_is_said(collection: Path, megabytes: int) -> None:
    before = everything(collection)
    ended = run_collection(collection, limits={resource.RLIMIT_AS: megabytes * 2**20})
    assert "Traceback" not in ended.said, ended
    if ended.code:
        assert "emory" in ended.said, ended
        assert everything(collection) == before
    assert left_at_work(collection) == []


@pytest.mark.parametrize("most", [20, 40, 255])
def test_too_few_files_are_said_before_anything_runs(collection: Path, most: int) -> None:
    refused(run_collection(collection, limits={resource.RLIMIT_NOFILE: most}), "ulimit -n")


LACKING = {
    "no HOME": {"HOME": None},
    "a HOME that is not there": {"HOME": "/nonexistent/home"},
    "a HOME that is a file": {"HOME": "/etc/passwd"},
    "a temporary folder that is not there": {"TMPDIR": "/nonexistent/tmp"},
    "a locale of ASCII": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "a locale of nothing": {"LC_ALL": "nowhere", "LANG": "", "PYTHONIOENCODING": "ascii"},
}


@pytest.mark.parametrize("env", LACKING.values(), ids=LACKING)
def test_a_run_does_without(collection: Path, undisturbed: dict, env: dict) -> None:
    unset = [word for name, value in env.items() if value is None for word in ("-u", name)]
    words = ["env", *unset, *(f"{name}={value}" for name, value in env.items() if value is not None)]
    ended = shell(collection, f"exec {' '.join(words)} {RUN}")
    assert ended.returncode == 0 and "Traceback" not in ended.stderr, ended
    assert everything(collection) == undisturbed


def test_names_of_any_letters_are_read_in_a_locale_of_ascii(collection: Path) -> None:
    source = collection / "artículos – 新聞"
    source.mkdir()
    shutil.copy(next((collection / "seeds").glob("*.txt")), source / "peña ñ.txt")
    shell_words = f"exec env LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 {RUN} --source '{source}'"
    ended = shell(collection, shell_words)
    assert ended.returncode == 0 and "Traceback" not in ended.stderr, ended


CLOCK = """
import datetime, os, time
shift = float(os.environ.get("SHIFT", 0))
real, local, universal, form = time.time, time.localtime, time.gmtime, time.strftime
time.time = lambda: real() + shift
time.time_ns = lambda: int((real() + shift) * 1e9)
time.localtime = lambda seconds=None: local(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: universal(time.time() if seconds is None else seconds)
time.strftime = lambda words, when=None: form(words, time.localtime() if when is None else when)
"""


@pytest.mark.parametrize("year", [1960, 2040, 2110])
def test_the_clock_may_be_wrong(collection: Path, tmp_path: Path, year: int) -> None:
    """Also for the files: what is packed and dated is dated the same always."""
    (collection / "sitecustomize.py").write_text(CLOCK, "utf-8")
    shift = (year - time.gmtime().tm_year) * 365.25 * 86_400
    for file in [*(collection / "seeds").rglob("*"), *(collection / "helpers").rglob("*.py")]:
        os.utime(file, (time.time() + shift,) * 2)
    large = "write_numbers(pd.DataFrame({{'x': range(200_000)}}), '{name}')"
    start = "import pandas as pd\nfrom helpers.files.outputs import write_numbers\n"
    write_notebook(collection, "02-number.ipynb", start + large, number=1, name="02-large")
    given = []
    for env in ({"SHIFT": str(shift)}, {}):
        ended = run_collection(collection, "--source", "seeds", env=env)
        assert ended.code == 0 and "Traceback" not in ended.said, ended
        (own,) = (collection / "own").iterdir()
        written = {name: content for name, content in everything(collection).items() if name.startswith("own/")}
        given.append({name.split("/", 2)[2]: content for name, content in written.items()})
        shutil.rmtree(own)
    assert given[0] == given[1]


@pytest.mark.parametrize("content", [b"", b"{not json", b"[]", b"\0\xff\xfe", b'{"cells": 1}', None])
def test_a_notebook_that_is_none_is_named_and_nothing_is_changed(collection: Path, content: bytes | None) -> None:
    file = collection / "notebooks" / "02-number.ipynb"
    file.write_bytes(file.read_bytes()[:-200] if content is None else content)
    before = everything(collection)
    ended = run_collection(collection)
    assert ended.code == 1 and "Traceback" not in ended.said and "FAILED 02-number.ipynb" in ended.said, ended
    assert everything(collection) == before


def test_a_users_kernel_of_the_same_name_is_not_used(collection: Path, tmp_path: Path, undisturbed: dict) -> None:
    spec = tmp_path / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text(json.dumps({"argv": ["/nonexistent"], "display_name": "x", "language": "x"}))
    ended = run_collection(collection, env={"JUPYTER_PATH": str(tmp_path / "jupyter")})
    assert ended.code == 0, ended
    assert everything(collection) == undisturbed


KERNEL = """
import os, sys
if "JPY_PARENT_PID" in os.environ and "ipykernel_launcher" in sys.orig_argv:
    if len(os.listdir(os.environ["TRIES"])) < int(os.environ["MOST"]):
        open(os.path.join(os.environ["TRIES"], str(os.getpid())), "w").close()
        sys.stderr.write("no licence for a kernel today\\n")
        os._exit(1)
"""


@pytest.mark.parametrize(("most", "code"), [(2, 0), (99, 1)])
def test_a_kernel_that_does_not_start_is_tried_again_and_then_its_reason_is_said(
    collection: Path, tmp_path: Path, most: int, code: int
) -> None:
    tries = tmp_path / "tries"
    tries.mkdir()
    (collection / "sitecustomize.py").write_text(KERNEL, "utf-8")
    before = everything(collection)
    ended = run_collection(collection, env={"TRIES": str(tries), "MOST": str(most)})
    assert ended.code == code and "Traceback" not in ended.said, ended
    if code:
        assert ended.said.count("no licence for a kernel today") == 3, ended
        assert everything(collection) == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("seconds", [0.5, 4])
def test_a_run_that_is_stopped_ends_at_once_and_leaves_nothing(collection: Path, number: int, seconds: float) -> None:
    before, sent = everything(collection), []
    write = "import time; time.sleep(60)"
    write_notebook(collection, "01-number.ipynb", write, number=1, name="")
    before = everything(collection)

    def stop(program: subprocess.Popen) -> None:
        time.sleep(seconds)
        os.kill(program.pid, number)
        sent.append(time.perf_counter())

    began = time.perf_counter()
    ended = run_collection(collection, meanwhile=stop)
    assert began + ended.seconds - sent[0] < 2, ended
    assert ended.code == 130 and "Traceback" not in ended.said and "topped" in ended.said, ended
    assert everything(collection) == before
    assert left_at_work(collection) == [] and processes_of(collection, within=1) == []


def test_two_runs_at_once_are_one(collection: Path) -> None:
    second = []
    write_notebook(collection, "01-number.ipynb", "import time; time.sleep(20)", number=1, name="")

    def run_again(program: subprocess.Popen) -> None:
        while not list((collection / ".run").glob("work-*")):
            time.sleep(0.02)
        second.append(run_collection(collection))

    assert run_collection(collection, meanwhile=run_again).code == 0
    refused(second[0], str(collection), "another run")
    assert left_at_work(collection) == []
