"""A run that is stopped, by Ctrl-C or by the system, says so in one line."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def stopped_in_one_line(out: Path) -> Iterator[None]:
    """End the program with one line when it is stopped meanwhile. SIGTERM stops it as Ctrl-C does.

    raises  SystemExit
    """
    ours = threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    if ours:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        raise SystemExit(f"Stopped. What is coded so far is in {out}: run the same again to go on.") from None
    finally:
        if ours:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
