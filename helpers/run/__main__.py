"""The command line: `python -m helpers.run`, which is what `make run` and `make lab` call."""

import argparse
import contextlib
import os
import sys
from importlib import import_module

from helpers.run import PLACE, ROOT
from helpers.run.ready import require_limits
from helpers.run.saying import any_output_will_do, say_fault
from helpers.run.stopping import STOPPED, stop_as_by_ctrl_c, stop_no_more

ABOUT = "Execute every notebook and draw every figure, or open the notebooks in JupyterLab."
NOTE = """With articles or a codebook of your own, everything goes to own/ and the collection stays as it is.
The environment variables SOURCE, CODEBOOK and SHEET do the same as the options."""
NOTHING = "The run was stopped. Nothing was changed."


def read_arguments(words: list[str] | None = None) -> argparse.Namespace:
    """What is asked for: what ("run" or "lab"), source, codebook (paths, or None)."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers.run",
        description=ABOUT,
        epilog=NOTE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    told = "run executes all notebooks, the default; lab opens JupyterLab"
    parser.add_argument("what", nargs="?", choices=["run", "lab"], default="run", help=told)
    told = "your articles: a folder or a file (docs/your-articles.md)"
    parser.add_argument("--source", metavar="PATH", default=os.environ.get("SOURCE"), help=told)
    told = "your codebook: a file (docs/your-codebook.md)"
    parser.add_argument("--codebook", metavar="PATH", default=os.environ.get("CODEBOOK"), help=told)
    told = "which sheet of your spreadsheets is read: its name (else the first)"
    parser.add_argument("--sheet", metavar="NAME", default=os.environ.get("SHEET"), help=told)
    return parser.parse_args(words)


def refuse_empty(asked: argparse.Namespace) -> None:
    """Raise ValueError where something is given, but empty: most likely a variable of the reader's shell was."""
    for name in ("source", "codebook", "sheet"):
        if getattr(asked, name) == "":
            raise ValueError(
                f"{name.upper()} is given, but empty. Say which {name} you mean, or leave {name.upper()} out."
            )


def main(words: list[str] | None = None) -> int:
    """Do what is asked for; the exit code. What went wrong is said in one line on standard error."""
    try:
        asked = read_arguments(words)
        refuse_empty(asked)
        if asked.what == "run":  # JupyterLab answers signals itself
            stop_as_by_ctrl_c()
        if asked.sheet:
            os.environ["SHEET"] = asked.sheet  # where load_articles looks, also in the notebooks' kernels
        require_limits()  # before anything large is imported
        os.environ.setdefault("MPLCONFIGDIR", str(ROOT / PLACE / "matplotlib"))  # a HOME may lack, or be read-only
        do = import_module({"run": "helpers.run.collection", "lab": "helpers.run.lab"}[asked.what])
        return getattr(do, asked.what)(source=asked.source, codebook=asked.codebook)
    except KeyboardInterrupt:
        fault, code = NOTHING, STOPPED
    except Exception as error:
        fault, code = say_fault(error), 1
    with contextlib.suppress(OSError):
        print(fault, file=sys.stderr, flush=True)
    return code


def in_utf8() -> None:
    """Start anew where names of files are not taken for UTF-8: few programs besides Python heed such a locale."""
    if sys.getfilesystemencoding() != "utf-8" and not sys.flags.utf8_mode:
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, "-m", "helpers.run", *sys.argv[1:]])


if __name__ == "__main__":
    in_utf8()
    any_output_will_do()
    ended = main()
    stop_no_more()
    sys.exit(ended)
