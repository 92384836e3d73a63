"""What a reader brings, articles or a codebook, and the folder in own/ where the outputs for it go."""

import hashlib
import os
import re
from pathlib import Path

import nbformat
import pandas as pd

from helpers.codebook.definitions import load_definitions
from helpers.codebook.languages import list_unmeasured, measured_articles
from helpers.codebook.terms import frames_of, load_codebook, load_expected
from helpers.coders.labels import load_labels
from helpers.files.tables import SEEDS
from helpers.findings.unmeasured import find_unmeasured, judge_unmeasured

OWN_PAGE = """# What the notebooks find in {name}

Articles: `{name}`. Codebook: {codebook}. If you change either, the next run makes a new folder and leaves this one.

The notebooks' numbers, tables and answers are about these articles. Their lists of names and verbs, and their rules,
were made for the collection's five articles; nobody has checked how often they are wrong on yours. Read some of the
sentences behind each number before you rely on it: the `.csv` files in `figures/` give them as `article:sentence`, and
`sentences.csv` has their text. Or open [every sentence behind every mark](figures/explorer.html) in a browser.
{left_out}{failed}
<!-- table -->
<!-- end -->
"""
BESIDE = ["expected.csv", "coding"]  # what may stand beside a codebook


def what_is_given(root: Path, source: str | None, codebook: str | None) -> dict[str, str]:
    """What a reader brings, as environment variables for the notebooks; empty if nothing. With a codebook alone, the
    articles are the collection's.

    raises  FileNotFoundError where there is no such file or folder
    """
    given = {"SOURCE": source or (str(root / "seeds") if codebook else ""), "CODEBOOK": codebook}
    given = {name: path for name, path in given.items() if path}
    for name, path in given.items():
        if not Path(path).exists():
            raise FileNotFoundError(f"{name}={path}: no such file or folder ({os.path.abspath(path)}).")
    return {name: os.path.abspath(path) for name, path in given.items()}


def check_codebook(codebook: str | None) -> None:
    """Read a codebook and all that stands beside it, so that a fault is reported before any notebook runs.

    codebook  a path; None: the collection's own
    raises    ValueError naming the file, what is wrong and what to do about it
    """
    book = Path(codebook or SEEDS / "codebook.csv")
    frames = frames_of(load_codebook(book))
    load_expected(frames, book.with_name("expected.csv"))
    load_labels(frames, book.with_name("coding"))
    load_definitions(frames, book.with_suffix(".md"))


def own_folder(root: Path, given: dict[str, str]) -> Path:
    """Where the outputs go: own/, the name of the articles, and a fingerprint of their content, of the codebook and of
    what stands beside it."""
    source, mark = Path(given["SOURCE"]), hashlib.sha256()
    places = [source]
    if "CODEBOOK" in given:
        book = Path(given["CODEBOOK"])
        places += [book, book.with_suffix(".md"), *map(book.with_name, BESIDE)]
    for place in places:
        for file in sorted(place.rglob("*"), key=lambda file: file.parts) if place.is_dir() else [place]:
            if file.is_file():
                with file.open("rb") as content:
                    digest = hashlib.file_digest(content, "sha256").hexdigest()
                mark.update(f"{file.relative_to(place).as_posix()}\0{digest}".encode())
    name = re.sub(r"[^\w-]+", "-", source.resolve().name.split(".")[0]).strip("-") or "articles"
    return root / "own" / f"{name}-{mark.hexdigest()[:8]}"


def own_page(own: Path, articles: pd.DataFrame, codebook: str | None, failed: list[str]) -> str:
    """The page of a reader's folder, without its table of answers.

    articles  all that were loaded; those in a language that the codebook has no terms in are counted
    failed    the notebooks that did not run to their end
    """
    named = f"`{Path(codebook).name}`" if codebook else "the collection's"
    told = f"\nThese notebooks failed and are not here: {', '.join(failed)}.\n" if failed else ""
    left = find_unmeasured(list_unmeasured(articles, measured_articles(articles, load_codebook(codebook))))
    left = f"\n{judge_unmeasured(left)}\n" if len(left) else ""
    return OWN_PAGE.format(name=own.name.rsplit("-", 1)[0], codebook=named, left_out=left, failed=told)


def aim_links(notebook: nbformat.NotebookNode, root: Path, folder: Path) -> nbformat.NotebookNode:
    """The notebook with links that still open when it stands in `folder` and not in notebooks/. Links to figures stay:
    the folder has its own."""
    up = Path(os.path.relpath(root, folder)).as_posix()
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = re.sub(r"\]\(\.\./(?!figures/)", f"]({up}/", cell.source)
    return notebook
