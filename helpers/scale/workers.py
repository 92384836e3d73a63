"""Who does the work: the caller's executor or Dask client, or processes of this machine.

Either gives out batches and yields each when it is done: the batch, and its tables or, as text, why there are none.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, wait
from contextlib import suppress
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for_any
from multiprocessing.process import BaseProcess

from helpers.articles.document import one_line
from helpers.scale.work import Batch, tell

AT_ONCE = 64  # batches given at a time to an executor whose size is unknown
ANSWERS = 60  # seconds without a batch until the scheduler of a Dask client is asked, and until it must have answered
LIVES = 3  # attempts at a batch whose worker dies, and at starting a worker
START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
LOST = "its worker ended {lives} times, with exit code {code}. Memory may be short: give fewer workers. Or take it out"
NONE = (
    "no worker could be started ({why}). A script needs the line: if __name__ == '__main__':. Or memory or open files "
    "are short: give fewer workers"
)
CANCELLED = "the work was cancelled: its scheduler or workers were lost"
SILENT = "the scheduler has not answered for {seconds} seconds. See whether it is running, and run the same again"
Done = Iterator[tuple[Batch, dict[str, bytes] | str]]


def run_with(executor: Executor, work: Callable, todo: list[Batch], task: dict, at_once: int = AT_ONCE) -> Done:
    """Have an executor do the work, `at_once` batches at a time. Once it is broken, no more are given out."""
    client = executor if hasattr(executor, "get_executor") else None
    executor = client.get_executor(pure=False) if client else executor
    waiting, running, broken = iter(todo), {}, False
    try:
        while True:
            for batch in islice(waiting, 0 if broken else at_once - len(running)):
                try:
                    running[executor.submit(work, batch, **task)] = batch
                except BrokenExecutor:
                    broken = True
                    break
            if not running:
                return
            done = wait(running, timeout=ANSWERS, return_when=FIRST_COMPLETED).done
            if client and not done and not _answers(client):
                yield from ((batch, SILENT.format(seconds=2 * ANSWERS)) for batch in running.values())
                return
            for future in done:
                error = BrokenExecutor(CANCELLED) if future.cancelled() else future.exception()
                broken |= isinstance(error, BrokenExecutor)
                yield running.pop(future), tell(error) if error else future.result()
    finally:
        for future in running:
            future.cancel()


def _answers(client) -> bool:
    """Whether the scheduler of a Dask client answers."""
    try:
        client.sync(client.scheduler.identity, callback_timeout=ANSWERS)
    except (OSError, TimeoutError):
        return False
    return True


def run_here(work: Callable, todo: list[Batch], task: dict, workers: int) -> Done:
    """Have processes of this machine do the work.

    A batch whose worker dies goes to the end of the queue, and one worker fewer goes on: most often memory was short.
    If no worker can be started, each batch that is left says so. However this ends, its processes end with it.
    """
    waiting, running, failed, why = deque((batch, LIVES) for batch in todo), {}, 0, ""
    try:
        while waiting or running:
            while len(running) < min(workers, len(waiting) + len(running)) and failed < LIVES:
                try:
                    process, pipe = _start(work, task)
                    running[pipe] = process, None, 0
                except (OSError, EOFError) as error:
                    failed, why = failed + 1, one_line(error)
            if not running:
                yield from ((batch, NONE.format(why=why)) for batch, _ in waiting)
                return
            for pipe in wait_for_any(list(running)):
                process, batch, lives = running[pipe]
                try:
                    result, failed = pipe.recv(), 0
                except (EOFError, OSError):
                    code = _end(process)
                    result, workers = LOST.format(lives=LIVES, code=code), max(1, workers - bool(batch))
                    failed, why = failed + (not batch), f"it ended with exit code {code}"
                    if lives > 1:
                        waiting.append((batch, lives - 1))
                        batch = None
                    del running[pipe]
                else:
                    _give(pipe, running, waiting, workers)
                if batch:
                    yield batch, result
    finally:
        for process, *_ in running.values():
            _end(process)


def _give(pipe: Connection, running: dict, waiting: deque, workers: int) -> None:
    """Give a worker that is ready its next batch, or let it go."""
    process, *_ = running[pipe]
    if waiting and len(running) <= workers:
        running[pipe] = process, *waiting.popleft()
        with suppress(OSError):  # it has died, which shows when it is waited for
            pipe.send(running[pipe][1])
    else:
        pipe.close()
        del running[pipe]


def _end(process: BaseProcess) -> int:
    """End a process, if it has not ended, and say with which exit code."""
    process.kill()
    process.join()
    return process.exitcode


def _start(work: Callable, task: dict) -> tuple[BaseProcess, Connection]:
    """A worker and the pipe to it. It says None once it is ready; then it is given a batch at a time."""
    context = multiprocessing.get_context(START)
    if START == "forkserver":
        context.set_forkserver_preload(["helpers.scale.engine"])
    ours, theirs = context.Pipe()
    with theirs:
        process = context.Process(target=_serve, args=(theirs, work, task), daemon=True)
        try:
            process.start()
        except BaseException:
            ours.close()
            raise
    return process, ours


def _serve(pipe: Connection, work: Callable, task: dict) -> None:
    """What a worker does until the pipe is closed. Ctrl-C is left to the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    result = None
    with suppress(EOFError, BrokenPipeError):
        while True:
            pipe.send(result)
            batch = pipe.recv()
            try:
                result = work(batch, **task)
            except Exception as error:
                result = tell(error)


def _end_with_parent() -> None:
    """End this worker once the process that started it has ended, even if that was killed."""
    multiprocessing.parent_process().join()
    os._exit(1)
