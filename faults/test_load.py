"""Many articles through the notebooks: the run ends within a stated time and memory, says how far it is, and leaves
pages that open."""

import random
import shutil
import sys
import threading
import time
from pathlib import Path

import pandas as pd
import psutil
import pytest

from faults.bounded import ROOT, run_bounded

ARTICLES = 5_000
SECONDS = 1_500  # of processor time, all kernels together: measured are some 330
MEGABYTES = 4_000  # of the run and its kernels together, at any moment
PAGE, SHEET, TABLE = 25e6, 60e6, 1e6  # bytes: the largest page, spreadsheet and table
WORDS = (  # as in news, most of them belong to no frame
    "the a of in on and to officials border army court health trade treaty Mexico Washington ministers said that "
    "agreed with new for his was were had which they morning town river people school children weather letter house "
    "years old many week before after month summer road train garden kitchen table music paper window street"
).split()


def made(count, folder):
    """A table of made articles of 300 to 900 words, over ten years and forty outlets."""
    rng, rows = random.Random(7), []
    for number in range(count):
        sentences = (" ".join(rng.choices(WORDS, k=rng.randint(10, 30))) for _ in range(rng.randint(15, 45)))
        text = "\n\n".join(f"{sentence.capitalize()}." for sentence in sentences)
        day = pd.Timestamp(2012, 1, 1) + pd.Timedelta(days=rng.randrange(3652))
        rows.append((f"a{number:05}", f"{day:%Y-%m-%d}", f"Outlet {rng.randrange(40)}", text))
    file = folder / "articles.jsonl"
    pd.DataFrame(rows, columns=["id", "date", "outlet", "text"]).to_json(file, orient="records", lines=True)
    return file


def watch(program, seen):
    """Note the memory and processor time of a program and all that it starts, until it ends."""
    top, tree, spent = 0, psutil.Process(program.pid), {}
    while psutil.pid_exists(program.pid) and not seen.get("ended"):
        now = 0
        try:
            each = [tree, *tree.children(recursive=True)]
        except psutil.Error:
            break
        for process in each:
            try:
                now += process.memory_info().rss
                spent[process.pid] = sum(process.cpu_times()[:2])
            except psutil.Error:
                continue
        top = max(top, now)
        seen |= {"megabytes": top / 2**20, "seconds": sum(spent.values())}
        time.sleep(0.3)


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """The collection's notebooks, in a place of their own, on made articles: how the run ended, and its folder."""
    root, seen = tmp_path_factory.mktemp("load"), {}
    for name in ("notebooks", "helpers", "seeds", "docs"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("README.md", "CITATION.cff", "pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, root)
    source = made(ARTICLES, root)
    ended = run_bounded(
        [sys.executable, "-m", "helpers.run", "--source", source],
        seconds=3_600,
        env={"PYTHONPATH": str(root)},
        cwd=root,
        meanwhile=lambda program: threading.Thread(target=watch, args=(program, seen), daemon=True).start(),
    )
    seen["ended"] = True
    return ended, seen, next(iter((root / "own").glob("*")), Path())


def test_it_ends_and_every_notebook_with_it(ran):
    ended, _, own = ran
    assert ended.code == 0 and "FAILED" not in ended.said and "Traceback" not in ended.said, ended.said[-2000:]
    assert len(list((own / "notebooks").glob("*.ipynb"))) == len(list((ROOT / "notebooks").glob("*.ipynb")))


def test_it_stays_within_memory_and_time(ran):
    _, seen, _ = ran
    assert seen["megabytes"] < MEGABYTES and seen["seconds"] < SECONDS, seen


def test_it_says_how_far_it_is(ran):
    lines = [line for line in ran[0].said.splitlines() if "cells done" in line]
    assert len(set(lines)) == len(lines) > 1


def test_what_it_leaves_can_be_opened(ran):
    own = ran[2]
    large = [file for file in own.rglob("*.html") if file.stat().st_size > PAGE]
    large += [file for file in own.rglob("*.xlsx") if file.stat().st_size > SHEET]
    large += [
        file for file in (own / "figures").glob("*.csv*") if file.suffix == ".csv" and file.stat().st_size > TABLE
    ]
    assert not large, {file.name: file.stat().st_size for file in large}
