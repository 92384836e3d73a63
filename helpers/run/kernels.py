"""A kernel for one notebook: it starts, if need be at the second attempt, and never outlives its notebook."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from pathlib import Path

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

from helpers.run.saying import say_fault

# Seconds that a kernel has to answer, at the first attempt and at the second. Two programs that start kernels at the
# same moment can be given the same ports; at the second attempt there are new ones. A busy machine is no failure.
PATIENCE = (60, 300)
SILENT = logging.Logger("kernels", level=logging.CRITICAL + 1)  # what went wrong is said once, by us
ARGUMENTS = ["--log-level=ERROR", "--HistoryManager.hist_file=:memory:"]
NO_START = "its kernel did not start, in {times} attempts: {why}"


class Loop(asyncio.SelectorEventLoop):
    """The event loop that pyzmq needs, on Windows too. Signals stay with the run: nbclient would end one kernel at
    Ctrl-C and go on with the others."""

    def add_signal_handler(self, *_) -> None:
        """Refuse: nbclient then does without."""
        raise RuntimeError("signals are the run's")

    remove_signal_handler = add_signal_handler


@contextlib.asynccontextmanager
async def running_kernel(
    file: Path, environment: dict[str, str], aside: Path
) -> AsyncIterator[tuple[AsyncKernelManager, AsyncKernelClient]]:
    """A kernel of this Python for a notebook, and a client that talks to it. It is killed at the end, whatever happens.

    Neither kernelspecs nor folders of a user's home are used.

    aside   where its connection file, its temporary files and what it says are kept
    raises  ValueError with the reason if the kernel does not start
    """
    (aside / "tmp").mkdir(exist_ok=True)
    environment = environment | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(aside / "tmp"))
    for attempt, seconds in enumerate(PATIENCE, 1):
        name = aside / f"kernel-{file.stem[:50]}-{attempt}"
        manager = AsyncKernelManager(
            kernel_name="python3",
            kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
            connection_file=f"{name}.json",
            log=SILENT,
        )
        async with _ended(manager):
            try:
                client = await _started(manager, file, environment, Path(f"{name}.log"), seconds)
            except Exception as error:
                if attempt == len(PATIENCE) or asyncio.current_task().cancelling():
                    why = _last_line(Path(f"{name}.log")) or _reason(error)
                    raise ValueError(NO_START.format(times=attempt, why=why)) from error
                continue
            try:
                yield manager, client
            finally:
                client.stop_channels()
            return


@contextlib.asynccontextmanager
async def _ended(manager: AsyncKernelManager) -> AsyncIterator[None]:
    """At the end of the block the kernel is killed, if there is one."""
    try:
        yield
    finally:
        if manager.has_kernel:
            await manager.shutdown_kernel(now=True)


async def _started(
    manager: AsyncKernelManager, file: Path, environment: dict[str, str], log: Path, seconds: float
) -> AsyncKernelClient:
    """Start a kernel in the notebook's folder; the client, once the kernel answers."""
    with log.open("wb") as said:
        place = {"cwd": str(file.parent), "stdout": said, "stderr": said}
        await manager.start_kernel(env=environment, extra_arguments=ARGUMENTS, **place)
    client = manager.client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=seconds)
    except BaseException:
        client.stop_channels()
        raise
    client.allow_stdin = False
    return client


def _last_line(log: Path) -> str:
    """The last line that a kernel said, which names the error that ended it."""
    lines = log.read_text("utf-8", "replace").split("\n") if log.exists() else []
    return next((line.strip()[:300] for line in reversed(lines) if line.strip()), "")


def _reason(error: Exception) -> str:
    return say_fault(error) if isinstance(error, OSError) else str(error) or repr(error)
