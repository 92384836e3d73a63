"""What CONTRIBUTING.md tells newcomers to type, typed in a copy: a frame more, a notebook more."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from helpers.run import ROOT

LEFT = shutil.ignore_patterns(".*", "__pycache__", "own", "*.egg-info")
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
ASKED = ["tests/test_notebooks.py", "tests/test_seeds.py", "tests/run/test_own.py"]


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(ROOT, tmp_path / "copy", ignore=LEFT)


def python(folder, *words):
    """How a command ended that imports the copy's helpers and not ours."""
    clean = {name: value for name, value in os.environ.items() if name not in ("FIGURES", "FRESH", "IPYTHONDIR")}
    clean |= {"PYTHONPATH": str(folder)}
    ended = subprocess.run([sys.executable, *words], cwd=folder, env=clean, capture_output=True, text=True)
    return ended.returncode, ended.stdout + ended.stderr


def add_terms(folder):
    """The rows of the new frame's terms, as the page gives them; the frame's name."""
    rows = re.findall(r"^ {7}(\w+,.*,.*,.*)$", PAGE, re.M)
    assert len(rows) >= 4
    with (folder / "seeds" / "codebook.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"{row}\n" for row in rows)
    return rows[0].split(",")[0]


def define(folder, frame):
    """The row that defines it, below the others."""
    row = re.search(rf"^ {{7}}(\| `{frame}` \|.*)$", PAGE, re.M)[1]
    file = folder / "seeds" / "codebook.md"
    lines = file.read_text("utf-8").splitlines()
    last = max(number for number, line in enumerate(lines) if line.startswith("| `"))
    file.write_text("\n".join([*lines[: last + 1], row, *lines[last + 1 :], ""]), "utf-8")


def add_notebook(folder):
    """The template copied as the page says, under the next number that is free; its file's name."""
    files = re.findall(r"^ {7}cp (docs/template\.\w+) (\S+)$", PAGE, re.M)
    number = f"{max(int(file.name[:2]) for file in (folder / 'notebooks').glob('*.ipynb')) + 1:02}"
    for template, place in files:
        place = folder / re.sub(r"/\d\d-", f"/{number}-", place)
        place.write_text((folder / template).read_text("utf-8").replace('"14-', f'"{number}-'), "utf-8")
    return next((folder / "notebooks").glob(f"{number}-*.ipynb")).name


def test_a_frame_that_is_not_defined_is_told_before_any_notebook_runs(copy):
    frame = add_terms(copy)
    code, told = python(copy, "-m", "helpers.run")
    assert code == 1
    assert f"codebook.md: nothing defines {frame}." in told and f"| {frame} |" in told
    assert len(told.strip().splitlines()) == 1, told


def test_a_frame_and_a_notebook_more_and_all_that_is_asked_of_them_holds(copy):
    define(copy, add_terms(copy))
    name = add_notebook(copy)
    code, told = python(copy, "-m", "helpers.run")
    assert code == 0, told
    assert f"](notebooks/{name})" in (copy / "README.md").read_text("utf-8")
    code, told = python(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", *ASKED)
    assert code == 0, told
