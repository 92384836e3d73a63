"""What a reader brings, articles or a codebook, and the folder in own/ where the outputs for it go."""

import hashlib
import os
import re
import time
from pathlib import Path

import nbformat
import pandas as pd

from helpers.articles.columns_beside import columns_file
from helpers.codebook.definitions import faults_of_definitions
from helpers.codebook.languages import list_unmeasured, measured_articles
from helpers.codebook.shapes import MASK, read_shape
from helpers.codebook.terms import expected_file, frames_of, is_exact, load_codebook, load_expected
from helpers.coders.labels import check_sentences, load_labels
from helpers.files.tables import LISTS, SEEDS, beside, read_table
from helpers.findings.unmeasured import find_unmeasured, judge_unmeasured
from helpers.findings.words import escaped, marked
from helpers.readings import quotations, responsibility, undertakings
from helpers.readings.actors import load_actors

OWN_PAGE = """# What the notebooks find in {name}

Articles: {name}. Codebook: {codebook}. Lists of yours: {lists}. If you change any of these, the next run makes a new
folder and leaves this one. To read the answers with their evidence, and what was left out and why, open
[report.html](report.html) in a browser.

The notebooks' numbers, tables and answers are about these articles. The collection's lists of names and verbs, and its
rules, were made for its five articles; nobody has checked how often they are wrong on yours. Read some of the sentences
behind each number before you rely on it: the `.csv` files in `figures/` give them as `article:sentence`, and
`sentences.csv` has their text. Or open [every sentence behind every mark](figures/explorer.html) in a browser. Of a
table that would be larger than a megabyte, the `ids` of each row end after twenty with `…`; if that is not enough, it
is packed as `.csv.zip`. Where a text begins like a formula (with = + - or @), an apostrophe stands before it in the
`.csv` files, so that no spreadsheet computes it.
{told}
<!-- table -->
<!-- end -->
"""
LOADERS = {  # of the lists that can be read by themselves
    "actors.csv": load_actors,
    "speech-verbs.csv": quotations.load_verbs,
    "keywords.csv": load_codebook,
    "function_words.csv": lambda path: read_table(path, "word kind"),
    "commitment-verbs.csv": undertakings.load_verbs,
    "quotations.csv": quotations.load_reading,
    "undertakings.csv": undertakings.load_undertakings,
}
READ_AS = "{name}, read as {shape} (frames: {frames}; terms: {terms}){others}{exact}"
OTHERS = ", its columns {others} as notes"
EXACT = ". Most of its terms ({exact} of {terms}) have a capital and are found only as they are written"
PART = 30  # letters of a name that a folder's name takes


def what_is_given(root: Path, source: str | None, codebook: str | None) -> dict[str, str]:
    """What a reader brings, as environment variables for the notebooks; empty if nothing. With a codebook alone, the
    articles are the collection's.

    raises  FileNotFoundError where there is no such file or folder, ValueError where a page could not show its name
    """
    given = {"SOURCE": source or (str(root / "seeds") if codebook else ""), "CODEBOOK": codebook}
    given = {name: path for name, path in given.items() if path}
    for name, path in given.items():
        if not os.path.exists(path):  # False, where Path.exists raises: a path that is too long
            raise FileNotFoundError(f"{name}={path}: no such file or folder ({os.path.abspath(path)}).")
        if os.fsencode(path) != path.encode("utf-8", "replace"):
            raise ValueError(f"{name}={path!a}: this name is not UTF-8, and no page could show it. Rename it.")
    return {name: os.path.abspath(path) for name, path in given.items()}


def check_given(given: dict[str, str]) -> list[str]:
    """Read the codebook and the lists that stand beside it or the articles, so that a fault is reported before any
    notebook runs.

    given    what the reader brings, from what_is_given; empty: the collection's own
    returns  what is wrong with the reader's definitions of frames, which stops nothing
    raises   ValueError naming the file, what is wrong and what to do about it; also for the collection's definitions
    """
    book = Path(given.get("CODEBOOK", SEEDS / "codebook.csv"))
    frames = frames_of(load_codebook(book))
    load_labels(frames, book.with_name("coding"))
    load_expected(frames, expected_file(given))
    for name in (name for name in LOADERS if name in own_lists(given) or not given):
        LOADERS[name](beside(name, given))
    _check_responsibility(given)
    faults = faults_of_definitions(frames, book.with_suffix(".md"))
    if faults and not given:
        raise ValueError(faults[0])
    return faults


def check_coded(given: dict[str, str], sentences: pd.DataFrame) -> None:
    """Raise ValueError where a coder judged a sentence that is not there, or that is another one now."""
    book = Path(given.get("CODEBOOK", SEEDS / "codebook.csv"))
    labels = load_labels(frames_of(load_codebook(book)), book.with_name("coding"))
    check_sentences(labels[labels["article"].isin(sentences["article"])], sentences)


def _check_responsibility(given: dict[str, str]) -> None:
    """Read the categories, rules and readings of responsibility, which belong together."""
    categories, rules, reading = (
        beside(f"responsibility-{what}.csv", given) for what in ("categories", "rules", "reading")
    )
    if rules.parent == SEEDS != categories.parent:
        raise ValueError(f"{categories}: stands alone. Write rules for its categories beside it, in {rules.name}.")
    known = responsibility.load_categories(categories)
    responsibility.load_rules(known, rules)
    if reading.parent != SEEDS:
        responsibility.load_reading(known, reading)


def own_lists(given: dict[str, str]) -> list[str]:
    """The lists that are the reader's own: those beside the codebook or the articles."""
    return [name for name in LISTS if beside(name, given).parent != SEEDS]


def own_folder(root: Path, given: dict[str, str]) -> Path:
    """Where the outputs go: own/DATE-ARTICLES-CODEBOOK-FINGERPRINT.

    The fingerprint is that of the articles, the codebook and all that stands beside them and is used, and of the
    sheet that SHEET names. The same things go to the same folder, on whatever day; the date is that of their first run.
    """
    source = Path(given["SOURCE"])
    places = [source, *([] if source.is_dir() else [columns_file(source)])]
    names = [source.resolve()]
    if "CODEBOOK" in given:
        book = Path(given["CODEBOOK"])
        places += [book, book.with_suffix(".md"), book.with_name("coding")]
        names.append(book)
    mark = _fingerprint([*places, *(beside(name, given) for name in own_lists(given))])
    parts = [re.sub(r"[^\w-]+", "-", name.name.split(".")[0])[:PART].strip("-") for name in names]
    name = "-".join([*filter(None, parts), mark])
    there = sorted((root / "own").glob(f"[0-9]*-[0-9]*-[0-9]*-{name}"))
    return there[0] if there else root / "own" / f"{time.strftime('%Y-%m-%d')}-{name}"


def _fingerprint(places: list[Path]) -> str:
    """Eight digits that stand for the content of files and folders."""
    mark = hashlib.sha256()
    for place in places:
        for file in sorted(place.rglob("*"), key=lambda file: file.parts) if place.is_dir() else [place]:
            if file.is_file():
                with file.open("rb") as content:
                    digest = hashlib.file_digest(content, "sha256").hexdigest()
                name = place.name if file == place else file.relative_to(place).as_posix()
                mark.update(f"{name}\0{digest}".encode("utf-8", "surrogateescape"))  # a name need not be UTF-8
    mark.update(os.environ.get("SHEET", "").encode())
    return mark.hexdigest()[:8]


def own_page(
    given: dict[str, str], articles: pd.DataFrame, remarks: list[str], failed: list[str], earlier: list[str]
) -> str:
    """The page of a reader's folder, without its table of answers.

    articles  all that were loaded; those in a language that the codebook has no terms in are counted
    remarks   on the definitions, from check_given
    failed    the notebooks that did not run to their end
    earlier   of these, those whose outputs an earlier run has left
    """
    codebook = given.get("CODEBOOK")
    left = find_unmeasured(list_unmeasured(articles, measured_articles(articles, load_codebook(codebook))))
    told = [judge_unmeasured(left)] if len(left) else []
    told += remarks
    lost = [name for name in failed if name not in earlier]
    told += [f"These notebooks failed and are not here: {', '.join(lost)}."] if lost else []
    told += [f"These failed; what is here of them is from an earlier run: {', '.join(earlier)}."] if earlier else []
    return OWN_PAGE.format(
        name=escaped(Path(given["SOURCE"]).name),
        codebook=_how_read(Path(codebook)) if codebook else "the collection's",
        lists=", ".join(f"`{name}`" for name in own_lists(given)) or "none",
        told="".join(f"\n{escaped(words)}\n" for words in told),
    )


def _how_read(book: Path) -> str:
    """A codebook's name, and how its table was understood."""
    table, shape, others = load_codebook(book), "a dictionary", []
    if book.suffix.lower() == ".csv":
        _, shape, others = read_shape(book)
    terms = table[table["frame"].ne(MASK)]["term"]
    exact = terms.map(is_exact).sum()
    return marked(
        READ_AS,
        name=book.name,
        shape=shape,
        frames=len(frames_of(table)),
        terms=len(terms),
        others=OTHERS.format(others=", ".join(others)) if others else "",
        exact=EXACT.format(exact=exact, terms=len(terms)) if 2 * exact > len(terms) else "",
    )


def aim_links(notebook: nbformat.NotebookNode, root: Path, folder: Path) -> nbformat.NotebookNode:
    """The notebook with links that still open when it stands in `folder` and not in notebooks/. Links to figures stay:
    the folder has its own."""
    up = Path(os.path.relpath(root, folder)).as_posix()
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = re.sub(r"\]\(\.\./(?!figures/)", f"]({up}/", cell.source)
    return notebook
