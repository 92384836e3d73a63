"""Signals that end a run: Ctrl-C, `kill` and a terminal that is closed are one thing, KeyboardInterrupt."""

import _thread
import contextlib
import signal
import sys
import threading
from collections.abc import Iterator

STOPPED = 130  # the exit code
ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def stop_as_by_ctrl_c() -> None:
    """From now on SIGTERM and SIGHUP do what SIGINT does. One that is ignored, as by nohup, stays so."""
    sys.unraisablehook = _ask_again
    for number in ENDING[1:]:
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _interrupt)


def stop_no_more() -> None:
    """From now on no signal but SIGKILL does anything: the run has ended, and Python only clears up."""
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)


def _interrupt(number: int, frame) -> None:
    """What Ctrl-C does now: asyncio has a way of its own while notebooks run."""
    ours = signal.getsignal(signal.SIGINT)
    (ours if callable(ours) else signal.default_int_handler)(number, frame)


def _ask_again(dropped) -> None:
    """Python drops what is raised while it throws an object away. If that is Ctrl-C, it comes again a moment later."""
    if dropped.exc_type is KeyboardInterrupt:
        threading.Timer(0.05, _thread.interrupt_main).start()
    else:
        sys.__unraisablehook__(dropped)


@contextlib.contextmanager
def not_now() -> Iterator[None]:
    """No signal but SIGKILL ends the block, which takes some hundredths of a second."""
    before = {number: signal.getsignal(number) for number in ENDING}
    stop_no_more()
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
