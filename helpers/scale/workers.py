"""Who does the work: an executor or a Dask client that the caller has, or processes of this machine."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from itertools import islice

from helpers.scale.work import Batch

AT_ONCE = 64  # batches given out at a time to an executor whose size is not known
LIVES = 3  # how often a batch may be with a worker that dies
START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def run_with(
    executor: Executor, work: Callable, todo: list[Batch], task: dict, at_once: int = AT_ONCE
) -> Iterator[tuple[Batch, Future]]:
    """Give out batches, so many at a time, and hand each back when it is done; none is given out any more once workers
    are lost for good."""
    executor = executor.get_executor(pure=False) if hasattr(executor, "get_executor") else executor
    waiting, running, broken = iter(todo), {}, False
    while True:
        for batch in islice(waiting, 0 if broken else at_once - len(running)):
            try:
                running[executor.submit(work, batch, **task)] = batch
            except BrokenExecutor:
                broken = True
                break
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            broken |= isinstance(future.exception(), BrokenExecutor)
            yield running.pop(future), future


def run_here(work: Callable, todo: list[Batch], task: dict, workers: int) -> Iterator[tuple[Batch, Future]]:
    """The same in processes of this machine. When a worker dies, its pool is lost: what was under way is then done
    again, each batch in a process of its own, and the rest goes on in a new pool."""
    context = multiprocessing.get_context(START)
    if START == "forkserver":
        context.set_forkserver_preload(["helpers.scale.engine"])
    left = {batch.number: batch for batch in todo}
    while left:
        lost = []
        size = min(workers, len(left))
        with ProcessPoolExecutor(size, context, _end_with_parent) as pool:
            wait([pool.submit(int) for _ in range(size)])  # all there before any dies: starting one then can hang
            for batch, future in run_with(pool, work, list(left.values()), task, 2 * workers):
                if isinstance(future.exception(), BrokenExecutor):
                    lost.append(batch)
                else:
                    yield left.pop(batch.number), future
        for batch in sorted(lost):
            for _ in range(LIVES):
                with ProcessPoolExecutor(1, context, _end_with_parent) as pool:
                    future = pool.submit(work, batch, **task)
                if not isinstance(future.exception(), BrokenExecutor):
                    break
            yield left.pop(batch.number), future


def _end_with_parent() -> None:
    """Have a worker end when the process that started it does, even one that is killed: else it would wait for ever."""

    def wait_for_parent():
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=wait_for_parent, daemon=True).start()
