"""The command line: `python -m helpers.run`, which is what `make run` and `make lab` call."""

import argparse
import os
import sys

from helpers.run.collection import lab, run

ABOUT = "Execute every notebook and draw every figure, or open the notebooks in JupyterLab."
NOTE = """With articles or a codebook of your own, everything goes to own/ and the collection stays as it is.
The environment variables SOURCE, CODEBOOK and SHEET do the same as the options."""


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


def main(words: list[str] | None = None) -> int | str:
    """Do what is asked for; the exit code, or what could not be read."""
    asked = read_arguments(words)
    for name in ("source", "codebook", "sheet"):
        if getattr(asked, name) == "":
            return f"{name.upper()} is given, but empty. Say which {name} you mean, or leave {name.upper()} out."
    if asked.sheet:
        os.environ["SHEET"] = asked.sheet  # where load_articles looks, also in the notebooks' kernels
    try:
        return {"run": run, "lab": lab}[asked.what](source=asked.source, codebook=asked.codebook)
    except (FileNotFoundError, PermissionError, ValueError) as error:
        return str(error)


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may lack the letters of a name
    sys.exit(main())
