"""One timed job, in a process of its own: `python bench/job.py NAME FILE OUT` prints its seconds as JSON. NAME is
`code` (on the processes of this machine), `dask1` or `dask2` (on a cluster of so many workers), or `floor`.

Workers import this file anew, so it imports little."""

import contextlib
import json
import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor

import pyarrow.parquet as pq
from ahocorasick_rs import AhoCorasick

from helpers import scale
from helpers.batches import Batch, list_files, plan_batches
from helpers.codebook import load_codebook


def floor_batch(batch: Batch, terms: list[str]) -> int:
    """The least there is to do: read the texts and go through them once."""
    if batch.slice:
        return 0  # its row groups were read with the first slice
    automaton = AhoCorasick(terms, store_patterns=False)
    texts = pq.ParquetFile(batch.file.removeprefix("file://"))
    texts = texts.read_row_groups(list(range(batch.first, batch.last + 1)), columns=["text"])["text"].to_pylist()
    return sum(len(automaton.find_matches_as_indexes(text)) for text in texts)


def run_floor(file: str) -> None:
    terms = [term.replace("*", "") for term in load_codebook()["term"]]
    batches = plan_batches(list_files(file)[0], {})
    context = multiprocessing.get_context(scale.START)
    if scale.START == "forkserver":
        context.set_forkserver_preload(["helpers.scale"])
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as pool:
        sum(pool.map(floor_batch, batches, [terms] * len(batches)))


def job(name: str, file: str, out: str) -> None:
    with contextlib.ExitStack() as stack:
        executor = None
        if name.startswith("dask"):
            from distributed import Client, LocalCluster

            size = {"n_workers": int(name[4:]), "threads_per_worker": 1, "dashboard_address": None}
            executor = stack.enter_context(Client(stack.enter_context(LocalCluster(**size))))
            executor.run(__import__, "helpers.scale")
        began = time.perf_counter()
        if name == "floor":
            run_floor(file)
        else:
            scale.code_corpus(file, out, executor, hits=True)
        print(json.dumps({"seconds": time.perf_counter() - began}))


if __name__ == "__main__":
    job(*sys.argv[1:])
