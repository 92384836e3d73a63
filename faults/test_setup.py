"""What could spoil an environment, and settings of a reader's that could change an output. No network: the packages are
made here, and uv is this environment's own."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest

from faults.bounded import ROOT, run_bounded

MAKE = ["make", f"PYTHON={sys.executable}", ".venv/made"]


def executable(name: str) -> zipfile.ZipInfo:
    """The entry of an archive for a file that may be run."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o100755 << 16
    return entry


def write_wheel(folder: Path, name: str, version: str, files: dict[str, bytes]) -> None:
    """A package of the given files, as pip and uv install it."""
    info = f"{name}-{version}.dist-info"
    files |= {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        for file, content in files.items():
            wheel.writestr(executable(file), content)
        wheel.writestr(f"{info}/RECORD", "".join(f"{file},,\n" for file in [*files, f"{info}/RECORD"]))


@pytest.fixture(scope="session")
def wheels(tmp_path_factory) -> Path:
    """uv as it is installed here, and two versions of a package with a script and some bulk."""
    folder = tmp_path_factory.mktemp("wheels")
    uv = distribution("uv")
    parts = [file for file in uv.files if file.parts[0] == "uv" and file.suffix == ".py"]
    content = {file.as_posix(): Path(file.locate()).read_bytes() for file in parts}
    program = Path(shutil.which("uv", path=Path(sys.executable).parent))
    write_wheel(folder, "uv", uv.version, content | {f"uv-{uv.version}.data/scripts/uv": program.read_bytes()})
    for version in ("1", "2"):
        bulk = {f"thing/part{number}.py": f"version = {version}\n".encode() * 200 for number in range(300)}
        script = {f"thing-{version}.data/scripts/thing": b"#!python\nfrom thing.part1 import version\nprint(version)\n"}
        write_wheel(folder, "thing", version, bulk | script)
    return folder


@pytest.fixture(scope="session")
def settled(wheels, tmp_path_factory) -> Path:
    """A folder where `make` has set up an environment, to which its reader has added a file."""
    folder = tmp_path_factory.mktemp("settled") / "a place"
    (folder / "helpers" / "run").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", folder)
    shutil.copy(ROOT / "helpers" / "run" / "environment.py", folder / "helpers" / "run")
    pin(folder, "1")
    ended = run_bounded(MAKE, seconds=120, env=offline(wheels), cwd=folder)
    assert ended.code == 0, ended.said
    (folder / ".venv" / "precious").write_text("kept", "utf-8")
    return folder


@pytest.fixture
def place(settled, tmp_path, wheels, monkeypatch) -> Path:
    """A copy of that folder; the packages can be had."""
    for name, value in offline(wheels).items():
        monkeypatch.setenv(name, value)
    return Path(shutil.copytree(settled, tmp_path / "a place", symlinks=True))


def offline(wheels: Path) -> dict[str, str]:
    """Packages come from a folder, and from nowhere else."""
    ours = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels), "UV_NO_INDEX": "1", "UV_FIND_LINKS": str(wheels)}
    return ours | {"UV_CACHE_DIR": str(wheels / "cache"), "MAKEFLAGS": "", "PIP_EXTRA_INDEX_URL": "", "UV_OFFLINE": "1"}


def pin(folder: Path, version: str) -> None:
    """Ask for a version."""
    (folder / "requirements.txt").write_text(f"thing=={version}\nuv=={distribution('uv').version}\n", "utf-8")


def version_there(folder: Path) -> str:
    """What the script of the package says, started by its own first line; every part of it must be of that version."""
    ended = subprocess.run([folder / ".venv" / "bin" / "thing"], capture_output=True, text=True, check=True)
    said = ended.stdout.strip()
    parts = list(folder.glob(".venv/lib/python*/site-packages/thing/part*.py"))
    assert len(parts) == 300 and {part.read_text().split()[2] for part in parts} == {said}
    return said


def is_whole(folder: Path, versions: set[str]) -> None:
    """An environment of one of these versions, with what its reader added, and nothing beside it."""
    assert version_there(folder) in versions
    assert (folder / ".venv" / "precious").read_text("utf-8") == "kept"
    assert [path.name for path in folder.glob(".venv*")] == [".venv"]


def is_refused(ended) -> None:
    """It failed, with a line that says how to go on."""
    assert ended.code != 0 and "touch .venv/made" in ended.said and "Traceback" not in ended.said, ended


def test_what_is_installed_works_from_its_place(settled):
    assert version_there(settled) == "1"
    scripts = [path.read_bytes() for path in (settled / ".venv" / "bin").iterdir() if path.is_file()]
    assert not [script for script in scripts if b".venv.new" in script]
    assert b"uv pip" not in run_bounded(MAKE, seconds=60, cwd=settled).said.encode()


def test_new_versions_are_installed_and_what_else_is_there_stays(place):
    pin(place, "2")
    ended = run_bounded(MAKE, seconds=120, cwd=place)
    assert ended.code == 0, ended.said
    is_whole(place, {"2"})


def test_a_version_that_cannot_be_had_leaves_the_old_one(place):
    pin(place, "3")
    is_refused(run_bounded(MAKE, seconds=120, cwd=place))
    is_whole(place, {"1"})
    os.utime(place / ".venv" / "made", (time.time() + 10,) * 2)  # as the message says
    assert run_bounded(MAKE, seconds=60, cwd=place).code == 0


def test_a_touched_file_asks_for_nothing(place, monkeypatch):
    pin(place, "1")
    monkeypatch.setenv("UV_FIND_LINKS", str(place / "nowhere"))
    (place / ".venv" / "made").write_text("", "utf-8")
    assert run_bounded(MAKE, seconds=60, cwd=place).code == 0
    is_whole(place, {"1"})


@pytest.mark.parametrize("megabytes", [0.1, 5])
def test_a_full_disk_leaves_the_old_one(place, megabytes):
    pin(place, "2")
    is_refused(run_bounded(MAKE, seconds=120, cwd=place, limits={resource.RLIMIT_FSIZE: int(megabytes * 2**20)}))
    is_whole(place, {"1"})


@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM], ids=lambda stop: stop.name)
@pytest.mark.parametrize("seconds", [0.1, 0.4, 0.8, 1.2, 1.8])
def test_however_it_is_ended_it_is_old_or_new(place, stop, seconds):
    def end(program):
        time.sleep(seconds)
        os.killpg(program.pid, stop)

    pin(place, "2")
    ended = run_bounded(MAKE, seconds=120, cwd=place, meanwhile=end)
    if "Installing" in ended.said:  # before that Python itself is starting, and says so where it is stopped
        assert "Traceback" not in ended.said
    if (place / ".venv").exists():
        assert version_there(place) in {"1", "2"}
    again = run_bounded(MAKE, seconds=120, cwd=place)
    assert again.code == 0, again.said
    is_whole(place, {"2"})


def test_two_at_once_do_not_meet(place):
    pin(place, "2")
    other = subprocess.Popen(MAKE, cwd=place, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    ended = run_bounded(MAKE, seconds=120, cwd=place)
    said = other.communicate(timeout=120)[0] + ended.said
    assert ended.code == other.returncode == 0, said
    assert "waits" in said and said.count("Installing") == 1
    is_whole(place, {"2"})


def test_an_environment_whose_python_is_gone_is_made_anew(place):
    (place / ".venv" / "bin" / "python").unlink()
    (place / ".venv" / "bin" / "python").symlink_to(place / "nowhere")
    ended = run_bounded(MAKE, seconds=120, cwd=place)
    assert ended.code == 0 and ".venv.broken" in ended.said, ended
    assert version_there(place) == "1"
    assert (place / ".venv.broken" / "precious").read_text("utf-8") == "kept"


def test_the_other_environments_are_made_alike(place, monkeypatch):
    (place / "site").mkdir()
    (place / "site" / "requirements.txt").write_text("thing==1\n", "utf-8")
    command = [*MAKE[:-1], ".venv-site/made"]
    assert run_bounded(command, seconds=120, cwd=place).code == 0
    (place / "site" / "requirements.txt").write_text("thing==3\n", "utf-8")
    os.utime(place / "site" / "requirements.txt", (time.time() + 10,) * 2)
    assert "touch .venv-site/made" in run_bounded(command, seconds=120, cwd=place).said
    script = place / ".venv-site" / "bin" / "thing"
    assert subprocess.run([script], capture_output=True, text=True).stdout == "1\n"


SETTINGS = """date.epoch: 0000-12-31T00:00:00
timezone: America/Mexico_City
font.family: serif
figure.dpi: 40
svg.fonttype: none
savefig.facecolor: red
axes.unicode_minus: False
"""
STARTUP = """import pandas
pandas.set_option("display.max_rows", 3, "display.precision", 1, "display.max_colwidth", 12)
print("started")
"""
EXECUTE = """import sys
from pathlib import Path
import nbformat
from helpers.run.execute import ROOT, execute_all, kernel_environment
aside, *names = sys.argv[1:]
files = [ROOT / "notebooks" / name for name in names]
for file, notebook in execute_all(files, kernel_environment(Path(aside)), Path(aside)).items():
    (Path(aside) / file.name).write_text(nbformat.writes(notebook) + "\\n", "utf-8")
"""
NOTEBOOKS = ["03-how-did-the-framing-shift.ipynb", "11-what-do-your-own-articles-say.ipynb"]


def test_no_setting_of_a_reader_changes_an_output(tmp_path):
    theirs, aside = tmp_path / "theirs", tmp_path / "aside"
    startup = theirs / "ipython" / "profile_default" / "startup" / "00.py"
    kernel = theirs / "jupyter" / "kernels" / "python3" / "kernel.json"
    for file, content in {
        theirs / "matplotlibrc": SETTINGS,
        startup: STARTUP,
        kernel: '{"argv": ["false"], "display_name": "theirs", "language": "python"}',
        aside / "kept": "",
    }.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    bare = ["env", "-u", "HOME", "sh", "-c", 'umask 077; exec "$@"', "sh"]
    ended = run_bounded(
        [*bare, sys.executable, "-c", EXECUTE, aside, *NOTEBOOKS],
        seconds=400,
        env={
            **{"MATPLOTLIBRC": str(theirs / "matplotlibrc"), "MPLCONFIGDIR": str(theirs), "MPLBACKEND": "svg"},
            **{"IPYTHONDIR": str(theirs / "ipython"), "JUPYTER_PATH": str(theirs / "jupyter")},
            **{"PYTHONSTARTUP": str(startup), "PYTHONHASHSEED": "12345", "PYTHONWARNINGS": "always"},
            **{"PYTHONOPTIMIZE": "2", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
            **{"PYTHONCOERCECLOCALE": "0", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"},
            **{"OMP_NUM_THREADS": "3", "OPENBLAS_NUM_THREADS": "3", "COLUMNS": "20", "LINES": "5", "NO_COLOR": "1"},
            **{"FORCE_COLOR": "1", "TERM": "dumb", "SOURCE_DATE_EPOCH": "1", "http_proxy": "http://127.0.0.1:9"},
        },
    )
    assert ended.code == 0, ended.said
    for name in NOTEBOOKS:
        assert (aside / name).read_bytes() == (ROOT / "notebooks" / name).read_bytes(), name
    drawn = sorted((aside / "figures").iterdir())
    assert len(drawn) > 5
    for file in drawn:
        assert file.read_bytes() == (ROOT / "figures" / file.name).read_bytes(), file.name
