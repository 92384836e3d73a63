"""One timed job in a process of its own: `python bench/job.py NAME FILE OUT` prints its seconds as JSON.

NAME is `code` (processes of this machine), `dask1` or `dask2` (a cluster of one or two workers), `floor`, `start` (only
starting the processes) or `steps` (all in this process, with the share of each step). Workers import this file again,
so it imports little.
"""

import contextlib
import json
import multiprocessing
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, wait

import pyarrow.parquet as pq
from ahocorasick_rs import AhoCorasick

from helpers.codebook.languages import languages_of
from helpers.codebook.terms import load_codebook
from helpers.scale import coding, layout
from helpers.scale import engine as scale
from helpers.scale.batches import plan_batches
from helpers.scale.source_files import list_files
from helpers.scale.work import Batch
from helpers.scale.workers import START

STEPS = {
    "mending texts": (layout, ["mend_texts"]),
    "telling the language": (layout, ["look_for_terms"]),
    "cutting texts at white space": (coding, ["cut_texts"]),
    "looking at each batch's distinct words": (coding, ["look_at", "find_keys", "fold_words"]),
    "finding where sentences end": (coding, ["find_sentences"]),
    "reading sentences for terms": (coding, ["match_terms"]),
}


def floor_batch(batch: Batch, terms: list[str]) -> int:
    """The least there is to do: read the texts and search them once."""
    if batch.slice:
        return 0  # its row groups were read with the first slice
    automaton = AhoCorasick(terms, store_patterns=False)
    texts = pq.ParquetFile(batch.file.removeprefix("file://"))
    texts = texts.read_row_groups(list(range(batch.first, batch.last + 1)), columns=["text"])["text"].to_pylist()
    return sum(len(automaton.find_matches_as_indexes(text)) for text in texts)


def workers() -> ProcessPoolExecutor:
    """Processes like those of code_corpus."""
    context = multiprocessing.get_context(START)
    if START == "forkserver":
        context.set_forkserver_preload(["helpers.scale.engine"])
    return ProcessPoolExecutor(os.cpu_count(), mp_context=context)


def run_floor(file: str) -> None:
    terms = [term.replace("*", "") for term in load_codebook()["term"]]
    batches = plan_batches(list_files(file)[0], {})
    with workers() as pool:
        sum(pool.map(floor_batch, batches, [terms] * len(batches)))


def run_start() -> None:
    with workers() as pool:
        wait([pool.submit(int) for _ in range(os.cpu_count())])


def run_steps(file: str) -> dict[str, float]:
    """The share of processor time that each step takes."""
    taken = Counter()

    def timed(what, function):
        def run(*given):
            began = time.process_time()
            found = function(*given)
            taken[what] += time.process_time() - began
            return found

        return run

    for what, (module, names) in STEPS.items():
        for name in names:
            setattr(module, name, timed(what, getattr(module, name)))
    codebook = load_codebook()
    rows = tuple(codebook[["frame", "term"]].itertuples(index=False, name=None))
    began = time.process_time()
    for batch in plan_batches(list_files(file)[0], {}):
        scale.code_batch(batch, rows, {}, "year", True, "frame", frozenset(languages_of(codebook)), ())
    whole = time.process_time() - began
    return {what: seconds / whole for what, seconds in taken.items()}


def job(name: str, file: str, out: str) -> None:
    with contextlib.ExitStack() as stack:
        executor = None
        if name.startswith("dask"):
            from distributed import Client, LocalCluster

            size = {"n_workers": int(name[4:]), "threads_per_worker": 1, "dashboard_address": None}
            executor = stack.enter_context(Client(stack.enter_context(LocalCluster(**size))))
            executor.run(__import__, "helpers.scale.engine")
        began, told = time.perf_counter(), {}
        if name == "floor":
            run_floor(file)
        elif name == "start":
            run_start()
        elif name == "steps":
            told = run_steps(file)
        else:
            scale.code_corpus(file, out, executor, hits=True)
        print(json.dumps({"seconds": time.perf_counter() - began, "shares": told}))


if __name__ == "__main__":
    job(*sys.argv[1:])
