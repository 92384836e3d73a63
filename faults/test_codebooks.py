"""Codebooks and definitions that cost far more than their size, or used to: each ends in time, with one clear line."""

from pathlib import Path

import pytest

from faults.bounded import run_python

LOAD = """
import sys
from pathlib import Path
from helpers.codebook.definitions import faults_of_definitions
from helpers.codebook.terms import load_codebook
file = Path(sys.argv[1])
try:
    print(faults_of_definitions(["economy"], file) if file.suffix == ".md" else load_codebook(file).shape)
except (ValueError, OSError) as error:
    print(error)
"""
MANY = 2**20
LISTS = "".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 10)}]\n" for n in range(8))
BOOKS = {
    "multiplies.yml": f"a: &a0 [x, y]\n{LISTS}",
    "circle.yml": "a: &a [*a]\n",
    "open.yml": "a: " + "[" * 250_000,
    "dashes.yml": "a:\n  " + "- " * 140_000 + "x",
    "many.yml": "a:\n" + "".join(f"  - t{n}\n" for n in range(25_000)),
    "term.csv": "frame,term\na," + "x" * MANY,
    "stars.csv": "frame,term\na," + "*" * MANY,
    "marks.csv": "frame,term\na," + "'" * MANY,
    "spaces.csv": "frame,term\na,x" + " " * MANY + "y",
    "columns.csv": "a," * 300_000 + "\nb",
    "quote.csv": 'frame,term\na,"x' + '\n"y,"z' * 100_000,
    "nothing.csv": "",
    "zeros.csv": "\0" * MANY,
    "numbers.dic": "%\n1 a\n%\nx" + " 1" * 500_000 + " x",
    "categories.dic": "%\n" + "".join(f"{n} a{n}\n" for n in range(50_000)) + "%\nx\t1",
    "lines.md": "_" * MANY,
    "bars.md": "\\|" * (MANY // 2),
    "rows.md": "|a\n" * 200_000,
}


@pytest.mark.parametrize("name", BOOKS)
def test_a_codebook_ends_in_time_and_says_why_on_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(BOOKS[name])
    ended = run_python(LOAD, tmp_path / name, seconds=30)
    assert ended.code == 0 and "Traceback" not in ended.said, ended
    assert ended.seconds < 10 and ended.megabytes < 500, ended
    assert len(ended.said) < 1000 and (name in ended.said or ended.said.startswith("(")), ended.said[:300]
