"""Who does the work: the caller's executor or Dask client, or processes of this machine."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from itertools import islice

from helpers.scale.work import Batch

AT_ONCE = 64  # batches given at a time to an executor whose size is unknown
LIVES = 3  # attempts at a batch whose worker dies
START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def run_with(
    executor: Executor, work: Callable, todo: list[Batch], task: dict, at_once: int = AT_ONCE
) -> Iterator[tuple[Batch, Future]]:
    """Give out batches, `at_once` at a time, and yield each when it is done.

    Once the workers are lost for good, no more are given out.
    """
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
    """The same in processes of this machine.

    A worker that dies takes its pool with it. The batches under way are then done again, each in a process of its own,
    and the rest goes on in a new pool.
    """
    context = multiprocessing.get_context(START)
    if START == "forkserver":
        context.set_forkserver_preload(["helpers.scale.engine"])
    left = {batch.number: batch for batch in todo}
    while left:
        lost = []
        size = min(workers, len(left))
        with ProcessPoolExecutor(size, context, _end_with_parent) as pool:
            wait(
                [pool.submit(int) for _ in range(size)]
            )  # all must run before one dies: starting another then can hang
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
    """Have a worker end with the process that started it, even if that is killed. Otherwise it would wait forever."""

    def wait_for_parent():
        """End this worker once the process that started it has ended."""
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=wait_for_parent, daemon=True).start()
