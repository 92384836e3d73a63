"""`make run`: execute every notebook, draw every figure, fill in the README; all of it or nothing.

Notebooks run aside, two at a time; only when each has run to its end do the new outputs, figures and README lines
take the place of the old ones. On a reader's own articles (SOURCE) or with a reader's codebook (CODEBOOK) the outputs
go to a folder of their own, those of every notebook that ran to its end; `make lab` opens copies of the notebooks
there.
"""

import asyncio
import compileall
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from helpers.articles.load import load_articles
from helpers.codebook.terms import frames_of, load_codebook, load_expected
from helpers.coders.labels import load_labels
from helpers.text.split import split_sentences

ROOT = Path(__file__).resolve().parents[1]
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
AT_A_TIME = 2
PARAGRAPH = "\n\n"
OWN_PAGE = """# What the notebooks find in {name}

The articles are those of `{name}`, the codebook is {codebook}; with other content of either this folder would have
another name. `sentences.csv` holds the articles' sentences, as the figures' numbers name them. What is computed speaks
of these articles; what the notebooks say in fixed words was written for the collection's own five and its own codebook.
So were the lists and the rules: how often they are wrong on these articles, nobody has read.
{failed}
<!-- table -->
<!-- end -->
"""


def run(root: Path = ROOT, source: str | None = None, codebook: str | None = None) -> int:
    """Execute the notebooks of a collection in place, or on what a reader brings, with the outputs in own/.

    source    the reader's articles; None: the collection's own
    codebook  the reader's codebook, with its expected.csv and coding/ beside it, if any; None: the collection's own
    returns   the exit code: 0, or 1 where a notebook failed
    raises    FileNotFoundError, ValueError where articles or codebook cannot be read, before anything is run
    """
    began, given = time.perf_counter(), what_is_given(root, source, codebook)
    own = own_folder(root, given) if given else None
    sentences = split_sentences(load_articles(given["SOURCE"])) if own else None
    if codebook:
        frames = frames_of(load_codebook(codebook))
        load_expected(frames, Path(codebook).with_name("expected.csv"))
        load_labels(frames, Path(codebook).with_name("coding"))
    files = sorted((root / "notebooks").glob("[0-9][0-9]-*.ipynb"))
    compileall.compile_dir(ROOT / "helpers", quiet=2)  # once, and not in every kernel
    with tempfile.TemporaryDirectory() as aside:
        done = asyncio.run(_execute_all(files, kernel_environment(Path(aside)) | given))
        ran = {file: notebook for file, notebook in zip(files, done, strict=True) if notebook is not None}
        failed = [file.name for file in files if file not in ran]
        if own:
            named = f"`{Path(codebook).name}`" if codebook else "the collection's"
            _keep(own, ran, failed, Path(aside) / "figures", named)
            sentences[["article", "sentence", "text"]].to_csv(own / "sentences.csv", index=False, lineterminator="\n")
        elif not failed:
            _swap(root, ran, Path(aside) / "figures")
    took = f"in {time.perf_counter() - began:.0f} s."
    if failed:
        print(f"{len(failed)} of {len(files)} failed ({', '.join(failed)}) {took}", end=" ")
        print(f"The others are in {own.relative_to(root)}." if own else "Nothing was changed.")
    elif own:
        print(f"{len(files)} notebooks and their figures are in {own.relative_to(root)}, {took}")
    else:
        print(f"{len(files)} notebooks, their figures and the README's findings are up to date, {took}")
    return int(bool(failed))


def lab(root: Path = ROOT, source: str | None = None, codebook: str | None = None) -> int:
    """Open JupyterLab on the notebooks; with what a reader brings on copies of them, so that saving one or drawing its
    figures leaves the collection as it is."""
    folder, environment, given = root / "notebooks", dict(os.environ), what_is_given(root, source, codebook)
    if given:
        own = own_folder(root, given) / "lab"
        folder = own / "notebooks"
        folder.mkdir(parents=True, exist_ok=True)
        for file in sorted((root / "notebooks").glob("[0-9][0-9]-*.ipynb")):
            if not (folder / file.name).exists():
                (folder / file.name).write_text(nbformat.writes(_cleared(nbformat.read(file, 4))) + "\n", "utf-8")
        environment |= given | {"FIGURES": str(own / "figures")}
    before = signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C is JupyterLab's to answer
    try:
        return subprocess.call([sys.executable, "-m", "jupyterlab", str(folder)], env=environment)
    finally:
        signal.signal(signal.SIGINT, before)


def what_is_given(root: Path, source: str | None, codebook: str | None) -> dict[str, str]:
    """What a reader brings, as the environment variables that tell a notebook so; with a codebook alone the articles
    are the collection's.

    raises  FileNotFoundError where it is not there
    """
    given = {"SOURCE": source or (str(root / "seeds") if codebook else ""), "CODEBOOK": codebook}
    given = {name: path for name, path in given.items() if path}
    for name, path in given.items():
        if not Path(path).exists():
            raise FileNotFoundError(f"{name}={path}: no such file or folder ({os.path.abspath(path)}).")
    return {name: os.path.abspath(path) for name, path in given.items()}


def own_folder(root: Path, given: dict[str, str]) -> Path:
    """Where the outputs of what a reader brings go: own/, the name of the articles, and a fingerprint of all there is
    of them, of the codebook and of what stands beside it."""
    source, mark = Path(given["SOURCE"]), hashlib.sha256()
    places = [source]
    if "CODEBOOK" in given:
        book = Path(given["CODEBOOK"])
        places += [book, book.with_suffix(".md"), book.with_name("expected.csv"), book.with_name("coding")]
    for place in places:
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file():
                with file.open("rb") as content:
                    digest = hashlib.file_digest(content, "sha256").hexdigest()
                mark.update(f"{file.relative_to(place)}\0{digest}".encode())
    name = re.sub(r"[^\w-]+", "-", source.resolve().name.split(".")[0]).strip("-") or "articles"
    return root / "own" / f"{name}-{mark.hexdigest()[:8]}"


def kernel_environment(aside: Path) -> dict[str, str]:
    """What makes kernels draw into a folder of their own, give the same output whatever a user's settings are, compute
    in one thread each, and import the helpers beside this file, whatever copy .venv was made for."""
    return {
        "FIGURES": str(aside / "figures"),
        "IPYTHONDIR": str(aside / "ipython"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": str(ROOT),
    }


def fill_readme(readme: str, notebooks: dict[str, nbformat.NotebookNode], figures: list[str]) -> str:
    """The README with what the notebooks found between its markers.

    `<!-- finding NAME -->` takes the first paragraph of the answer of the notebook whose file name is NAME; `<!-- table
    -->` takes a table of all notebooks: question, the same paragraph, figures. Each region ends with `<!-- end -->`.
    """
    rows = ["| question | answer | figures |", "| --- | --- | --- |"]
    for name, notebook in notebooks.items():
        drawn = [f"[{figure[3:]}](figures/{figure}.png)" for figure in figures if figure[:3] == name[:3]]
        question = f"[{name[:2]}. {question_of(notebook)}](notebooks/{name})"
        finding = answer_of(notebook).split(PARAGRAPH)[0]
        rows.append(f"| {question} | {_cell(finding)} | {', '.join(drawn)} |")
        readme = _between(f"<!-- finding {name} -->", finding, readme)
    return _between("<!-- table -->", "\n".join(rows), readme)


def question_of(notebook: nbformat.NotebookNode) -> str:
    """The notebook's title."""
    return next((cell.source for cell in notebook.cells), "").split("\n")[0].lstrip("# ")


def answer_of(notebook: nbformat.NotebookNode) -> str:
    """The output that begins with "**Answer.**", without these words; "" where there is none."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    texts = (output.get("data", {}).get("text/markdown", "") for output in outputs)
    answers = (text for text in texts if text.startswith("**Answer.**"))
    return next(answers, "").removeprefix("**Answer.**").strip()


async def _execute_all(files: list[Path], environment: dict[str, str]) -> list[nbformat.NotebookNode | None]:
    gate = asyncio.Semaphore(AT_A_TIME)
    return await asyncio.gather(*(_execute(file, gate, environment) for file in files))


async def _execute(file: Path, gate: asyncio.Semaphore, environment: dict[str, str]) -> nbformat.NotebookNode | None:
    """The executed notebook; None where it failed, having said in which cell and how."""
    async with gate:
        began = time.perf_counter()
        running = 0  # the code cell at work, counted from 1
        try:
            notebook = nbformat.read(file, as_version=4)
            client = NotebookClient(
                notebook,
                timeout=600,
                startup_timeout=300,  # a busy machine is no failure
                kernel_name="python3",
                record_timing=False,
                extra_arguments=["--log-level=ERROR"],
                resources={"metadata": {"path": str(file.parent)}},
            )
            code = [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]

            def note(cell_index, **_):
                """Keep in mind which code cell is at work."""
                nonlocal running
                running = code.index(cell_index) + 1 if cell_index in code else running

            client.on_cell_start = note
            await client.async_execute(env=os.environ | environment)
        except Exception as error:
            what = f"{error.ename}: {error.evalue}" if isinstance(error, CellExecutionError) else repr(error)
            where = f"code cell {running}" if running else "before its first code cell"
            print(f"FAILED {file.name}: {where}: {what}", flush=True)
            return None
        notebook.metadata = METADATA
        for cell in notebook.cells:
            cell.metadata = {"jupyter": {"source_hidden": True}} if _is_folded(cell) else {}
        print(f"ok     {file.name}  {time.perf_counter() - began:.1f} s", flush=True)
        return notebook


def _is_folded(cell: nbformat.NotebookNode) -> bool:
    return cell.metadata.get("jupyter", {}).get("source_hidden", False)


def _keep(own: Path, ran: dict[Path, nbformat.NotebookNode], failed: list[str], drawn: Path, codebook: str) -> None:
    """Write what ran on what a reader brings, with a page that tells what was found and what failed."""
    for folder in (own / "notebooks", own / "figures"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    told = f"\nFailed, and not here: {', '.join(failed)}.\n" * bool(failed)
    page = OWN_PAGE.format(name=own.name.rsplit("-", 1)[0], codebook=codebook, failed=told)
    (own / "README.md").write_text(page, "utf-8")
    numbers = {file.name[:3] for file in ran}
    for file in sorted(drawn.glob("*")):
        if file.name[:3] not in numbers:
            file.unlink()
    _swap(own, {own / "notebooks" / file.name: notebook for file, notebook in ran.items()}, drawn)


def _cleared(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def _swap(root: Path, notebooks: dict[Path, nbformat.NotebookNode], drawn: Path) -> None:
    """Put the new notebooks, figures and README lines in the place of the old. All is written beside its place first,
    then renamed; a file that is the same stays."""
    fresh = {root / "figures" / file.name: file.read_bytes() for file in sorted(drawn.glob("*"))}
    fresh |= {file: (nbformat.writes(notebook) + "\n").encode() for file, notebook in notebooks.items()}
    if (root / "README.md").exists():
        figures = [file.stem for file in fresh if file.suffix == ".png"]
        named = {file.name: notebook for file, notebook in notebooks.items()}
        fresh[root / "README.md"] = fill_readme((root / "README.md").read_text("utf-8"), named, figures).encode()
    changed = {file: content for file, content in fresh.items() if not file.exists() or file.read_bytes() != content}
    (root / "figures").mkdir(exist_ok=True)
    for file, content in changed.items():
        file.with_name(file.name + ".new").write_bytes(content)
    for file in changed:
        os.replace(file.with_name(file.name + ".new"), file)
    for old in (root / "figures").glob("[0-9][0-9]-*"):
        if old not in fresh:
            old.unlink()


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _between(marker: str, text: str, page: str) -> str:
    region = re.compile(rf"({re.escape(marker)}\n).*?<!-- end -->", re.DOTALL)
    if marker in page and not region.search(page):
        raise ValueError(f"README.md: {marker} has no <!-- end --> below it. Put it back.")
    return region.sub(lambda found: f"{found[1]}{text}\n<!-- end -->", page)


if __name__ == "__main__":
    what = lab if sys.argv[1:] == ["lab"] else run
    try:
        sys.exit(what(source=os.environ.get("SOURCE"), codebook=os.environ.get("CODEBOOK")))
    except (FileNotFoundError, ValueError) as error:
        sys.exit(str(error))
