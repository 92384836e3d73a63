"""`make bench`: how long the whole job takes, from Parquet to Parquet with every hit.

It is compared with other tools, with the least there is to do (the floor), with ten times the articles and with a
cluster; and `make run` is compared with kernels that do nothing. `make bench` makes up its articles; `make bench
CORPUS='folder/*.jsonl.xz'` takes real ones, with a field `text` in each line and perhaps `date`. Each job is a process
of its own (bench/job.py). The first part of bench/README.md is written anew.
"""

import contextlib
import glob
import io
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from itertools import pairwise
from pathlib import Path

import fsspec
import nbformat
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.run import collection

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / ".venv-bench" / "bin" / "python"
ROWS = 1_000  # articles in a row group
SAMPLE = 20  # slow tools get one article in so many
TOOLS = (
    ("NLTK's word tokeniser with MWETokenizer", "nltk_words", SAMPLE, 30),
    ("spaCy's blank English with PhraseMatcher", "spacy_phrases", SAMPLE, 25),
    ("scikit-learn's CountVectorizer", "sklearn_counts", 1, 4),
)
OFTEN_RIGHT = "\n# How often right\n"  # from here on the page is not about time
IMPORTS = "import matplotlib.pyplot\nimport nltk\nimport pandas"


def make_articles(file: Path, count: int = 25_000) -> None:
    """Articles made from the seeds' sentences and from invented names, so that there are many distinct words."""
    rng = np.random.default_rng(2026)
    sentences = pd.read_csv(ROOT / "seeds" / "sentences.csv")["text"].to_numpy()
    with pq.ParquetWriter(file, pa.schema([("article", "string"), ("date", "string"), ("text", "string")])) as writer:
        for begin in range(0, count, ROWS):
            texts = []
            for _ in range(ROWS):
                chosen = sentences[rng.integers(len(sentences), size=40)]
                made_up = rng.zipf(1.3, size=40) % 300_000
                texts.append(" ".join(f"{s[:-1]} of Name{n}." for s, n in zip(chosen, made_up, strict=True)))
            names = [f"a{begin + i}" for i in range(ROWS)]
            dates = [f"{2008 + (begin + i) * 15 // count}-01-01" for i in range(ROWS)]
            writer.write_table(pa.table({"article": names, "date": dates, "text": texts}))


def convert(pattern: str, file: Path) -> None:
    """Write JSON lines, packed in any way, as Parquet."""
    rows = []
    for name in sorted(glob.glob(pattern) if not os.path.isdir(pattern) else glob.glob(f"{pattern}/*.jsonl.xz")):
        with fsspec.open(name, "rt", encoding="utf-8", compression="infer") as lines:
            for number, line in enumerate(lines):
                row = json.loads(line)
                rows.append(
                    {"article": f"{Path(name).name}-{number}", "date": row.get("date", ""), "text": row["text"]}
                )
    pq.write_table(pa.Table.from_pylist(rows), file, row_group_size=ROWS, compression="zstd")


def repeat(file: Path, times: int, to: Path) -> None:
    source = pq.ParquetFile(file)
    with pq.ParquetWriter(to, source.schema_arrow, compression="zstd") as writer:
        for _ in range(times):
            for group in range(source.num_row_groups):
                writer.write_table(source.read_row_group(group))


def time_job(name: str, file: Path, aside: Path) -> tuple[float, float]:
    """Seconds, and the peak memory of any process in MB."""
    told, peak = ask_job(name, file, aside)
    return told["seconds"], peak


def ask_job(name: str, file: Path, aside: Path) -> tuple[dict, float]:
    """What a job reports, and the peak memory of any of its processes in MB (0 if the system does not say)."""
    out = aside / "out"
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, str(ROOT / "bench" / "job.py"), name, str(file), str(out)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    peaks, watching = [0.0], threading.Event()

    def watch():
        while not watching.wait(0.2):  # the system keeps a peak until the process ends
            peaks.append(max((peak_of(pid) for pid in family(process.pid)), default=0.0))

    watcher = threading.Thread(target=watch)
    watcher.start()
    said, _ = process.communicate()
    watching.set()
    watcher.join()
    return json.loads(said.splitlines()[-1]), max(peaks)


def family(pid: int) -> list[int]:
    """A process and all processes started by it, directly or not; none if the system does not say."""
    try:
        told = [(task / "children").read_text().split() for task in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return []
    return [pid, *(each for children in told for child in children for each in family(int(child)))]


def peak_of(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return max((int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM")), default=0.0)


def time_peer(tool: str, file: Path, every: int, size: int) -> float:
    """Seconds for all texts, scaled by the bytes if only one in `every` was read."""
    command = [
        str(PEERS),
        str(ROOT / "bench" / "peers.py"),
        tool,
        str(file),
        str(every),
        str(ROOT / "seeds/codebook.csv"),
    ]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return told["seconds"] * size / told["bytes"]


def time_notebooks(root: Path) -> float:
    began = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        failed = collection.run(root)
    assert not failed
    return time.perf_counter() - began


def kernels(aside: Path, name: str, count: int, source: str) -> Path:
    """A collection of `count` notebooks with one cell each."""
    folder = aside / name / "notebooks"
    folder.mkdir(parents=True)
    for number in range(count):
        cells = [nbformat.v4.new_code_cell(source, id="cell")]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / f"{number + 1:02}-nothing.ipynb")
    return aside / name


def against(taken: float, before: float, after: float) -> float:
    """Another tool's seconds divided by ours, the mean of our runs before and after it: so drift cancels out."""
    return 2 * taken / (before + after)


def at_least(bar: float, found: float) -> str:
    return f"at least {bar:g}{': missed' if found < bar else ''}"


def at_most(bar: float, found: float) -> str:
    return f"at most {bar:g}{': missed' if found > bar else ''}"


def bench(corpus: str) -> list[tuple[str, str, str, str]]:
    """One row per thing measured: what, seconds, ratio, target."""
    with tempfile.TemporaryDirectory() as folder:
        aside = Path(folder)
        file, ten = aside / "articles.parquet", aside / "ten.parquet"
        convert(corpus, file) if corpus else make_articles(file)
        repeat(file, 10, ten)
        texts = pq.read_table(file, columns=["text"])["text"]
        size = sum(chunk.nbytes for chunk in texts.chunks)
        say(f"{len(texts):,} articles, {size / 1e6:,.0f} MB")
        ours, floors = [time_job("code", file, aside)], []
        for _ in range(3):
            floors.append(time_job("floor", file, aside)[0])
            ours.append(time_job("code", file, aside))
        seconds = [taken for taken, _ in ours]
        memory = max(peak for _, peak in ours)
        floor = np.median([against(taken, *pair) for taken, pair in zip(floors, pairwise(seconds), strict=True)])
        say(f"ours {min(seconds):.1f} s, {memory:.0f} MB, floor {min(floors):.1f} s")

        def beside(measure):
            """Seconds of something else, and their ratio to our runs right before and after it."""
            taken = measure()
            seconds.append(time_job("code", file, aside)[0])
            say(f"{taken:.1f} s, ours {seconds[-1]:.1f} s")
            return taken, against(taken, *seconds[-2:])

        rows = []
        for name, tool, every, bar in TOOLS:
            taken, times = beside(lambda tool=tool, every=every: time_peer(tool, file, every, size))
            sampled = f" (one article in {every}, scaled)" if every > 1 else ""
            rows.append((name + sampled, f"{taken:.1f}", f"{times:.1f} times ours", at_least(bar, times)))
        about = "the floor: reading the texts and one bare Aho–Corasick pass on the same cores"
        rows.append((about, f"{min(floors):.1f}", f"ours is {1 / floor:.1f} times it", at_most(3, 1 / floor)))
        more = []
        taken, times = beside(lambda: more.append(time_job("code", ten, aside)) or more[0][0])
        rows.append(("ten times the articles", f"{taken:.1f}", f"{times:.1f} times ours", at_most(10.5, times)))
        rows.insert(0, ("this collection, from Parquet to Parquet, with every hit", f"{min(seconds):.1f}", "", ""))
        one, two = zip(*[[time_job(f"dask{n}", file, aside)[0] for n in (1, 2)] for _ in range(2)], strict=True)
        rows.append(("a Dask cluster of one worker", f"{min(one):.1f}", "", ""))
        faster = sum(one) / sum(two)
        rows.append(("a Dask cluster of two", f"{min(two):.1f}", f"{faster:.2f} times as fast", at_least(1.7, faster)))
        rows.append(("peak memory of any process, MB", f"{memory:.0f}", "", at_most(1000, memory)))
        larger = more[0][1] / memory if memory else np.nan
        what = "the same on ten times the articles, MB"
        rows.append((what, f"{more[0][1]:.0f}", f"{larger:.2f} times", at_most(1.2, larger)))
        notebooks = len(list((ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb")))
        roots = [kernels(aside, "imports", notebooks, IMPORTS), kernels(aside, "bare", notebooks, "pass"), ROOT]
        imports, bare, whole = (
            min(pair) for pair in zip(*([time_notebooks(r) for r in roots] for _ in range(2)), strict=True)
        )
        rows.append((f"`make run`, {notebooks} notebooks", f"{whole:.1f}", "", ""))
        what = "as many kernels that only import pandas, pyplot and nltk"
        rows.append(
            (what, f"{imports:.1f}", f"`make run` is {whole / imports:.2f} times them", at_most(1.5, whole / imports))
        )
        times = whole / bare
        rows.append(("as many bare kernels", f"{bare:.1f}", f"`make run` is {times:.1f} times them", at_most(5, times)))
        start, (steps, _) = time_job("start", file, aside)[0], ask_job("steps", file, aside)
        articles = f"{len(texts):,} articles, {size / 1e6:,.0f} MB of text"
        write_readme(rows, f"{articles}, {'given by CORPUS' if corpus else 'made up by the bench'}", start, steps)
        return rows


def write_readme(rows: list[tuple[str, str, str, str]], articles: str, start: float, steps: dict) -> None:
    """Write the page. `steps` come from bench/job.py: seconds of all batches one after the other, and shares."""
    shares = "\n".join(f"- {what}: {share:.0%}" for what, share in steps["shares"].items())
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    with contextlib.suppress(OSError, ValueError):
        machine += f", {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB of memory"
    page = f"""# How fast

Written by `make bench`, which makes up its articles. `make bench CORPUS='folder/*.jsonl.xz'` measures on real ones.

On {articles}; {machine}.

| what | seconds | compared | target |
| --- | --- | --- | --- |
{table}

Ours and the floor work on all cores; each of the other tools works on one, so part of each ratio is the cores.
A Dask cluster of one worker shows ours on one core. Of the terms, spaCy searches those without `*`, NLTK those
of them that are phrases, and scikit-learn none: it counts words. Ours and the floor include starting their
workers; a cluster is started before. The times of the other tools leave out loading them and reading the
articles. Each ratio compares a tool with our runs right before and after it (for the floor: the median of
three). A busy machine slows our many processes more than another tool's single one. Seconds are the best of
several runs for ours, the only run for another tool, the better of two for notebooks. Ten times the articles
are the same articles ten times over, so what was learnt about their words is used again. Memory is the largest
of any one process.

Why ours takes this long: unlike the others it also mends texts, finds where sentences end and which hits are
negated, counts words by year, and writes all of it. Starting the processes takes {start:.1f} s, no matter how
much there is to do. One process that does every batch takes {steps["seconds"]:.1f} s; its time goes to

{shares}
- reading, counting and writing: the rest.

`bench/run.py` measures, and `bench/job.py` is what it times. The other tools run in `bench/peers.py`, installed from
`bench/requirements.txt` into `.venv-bench`. How often the intervals hold the truth is another page:
[coverage.md](coverage.md).
"""
    file = ROOT / "bench" / "README.md"
    kept = file.read_text("utf-8").partition(OFTEN_RIGHT)[1:]  # other scripts measured these
    file.write_text(page + "".join(kept), "utf-8")


def say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", flush=True)


if __name__ == "__main__":
    for row in bench(sys.argv[1] if len(sys.argv) > 1 else ""):
        say(" | ".join(row))
