"""Signals that end a run: Ctrl-C, `kill` and a terminal that is closed are one thing, KeyboardInterrupt."""

import contextlib
import signal
from collections.abc import Iterator

STOPPED = 130  # the exit code
ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def stop_as_by_ctrl_c() -> None:
    """From now on SIGTERM and SIGHUP do what SIGINT does. One that is ignored, as by nohup, stays so."""
    for number in ENDING[1:]:
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _interrupt)


def _interrupt(number: int, frame) -> None:
    """What Ctrl-C does now: asyncio has a way of its own while notebooks run."""
    ours = signal.getsignal(signal.SIGINT)
    (ours if callable(ours) else signal.default_int_handler)(number, frame)


@contextlib.contextmanager
def not_now() -> Iterator[None]:
    """No signal but SIGKILL ends the block, which takes some hundredths of a second."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
