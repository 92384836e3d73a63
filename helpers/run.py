"""`make run`: execute every notebook, draw every figure, fill in the README; all of it or nothing.

Notebooks run aside, two at a time; only when each has run to its end do the new outputs, figures and README lines
take the place of the old ones.
"""

import asyncio
import os
import re
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
AT_A_TIME = 2
PARAGRAPH = "\n\n"


def run(root: Path = ROOT) -> int:
    """Execute the notebooks of a collection in place. Returns the exit code: 0, or 1 where a notebook failed."""
    began = time.perf_counter()
    files = sorted((root / "notebooks").glob("[0-9][0-9]-*.ipynb"))
    with tempfile.TemporaryDirectory() as aside:
        prepare_kernels(Path(aside))
        done = asyncio.run(_execute_all(files))
        failed = [file.name for file, notebook in zip(files, done, strict=True) if notebook is None]
        if not failed:
            _swap(root, dict(zip(files, done, strict=True)), Path(aside) / "figures")
    took = f"{time.perf_counter() - began:.0f} s"
    if failed:
        print(f"{len(failed)} of {len(files)} failed ({', '.join(failed)}) in {took}. Nothing was changed.")
    else:
        print(f"{len(files)} notebooks, their figures and the README's findings are up to date, in {took}.")
    return int(bool(failed))


def prepare_kernels(aside: Path) -> None:
    """Make kernels draw into a folder of their own, and give the same output whatever a user's settings are."""
    os.environ["FIGURES"] = str(aside / "figures")
    os.environ["PYTHONPATH"] = str(ROOT)  # a copy of the folder runs its own helpers, whatever .venv was installed for
    os.environ["IPYTHONDIR"] = str(aside / "ipython")
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"


def fill_readme(readme: str, notebooks: dict[str, nbformat.NotebookNode], figures: list[str]) -> str:
    """The README with what the notebooks found between its markers.

    `<!-- finding NAME -->` takes the answer of the notebook whose file name is NAME; `<!-- table -->` takes a table of
    all notebooks: question, first paragraph of the answer, figures. Each region ends with `<!-- end -->`.
    """
    rows = ["| question | answer | figures |", "| --- | --- | --- |"]
    for name, notebook in notebooks.items():
        drawn = [f"[{figure[3:]}](figures/{figure}.png)" for figure in figures if figure[:3] == name[:3]]
        question = f"[{name[:2]}. {question_of(notebook)}](notebooks/{name})"
        rows.append(f"| {question} | {answer_of(notebook).split(PARAGRAPH)[0]} | {', '.join(drawn)} |")
        readme = _between(f"<!-- finding {name} -->", answer_of(notebook), readme)
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


async def _execute_all(files: list[Path]) -> list[nbformat.NotebookNode | None]:
    gate = asyncio.Semaphore(AT_A_TIME)
    return await asyncio.gather(*(_execute(file, gate) for file in files))


async def _execute(file: Path, gate: asyncio.Semaphore) -> nbformat.NotebookNode | None:
    """The executed notebook; None where it failed, having said in which cell and how."""
    async with gate:
        began = time.perf_counter()
        notebook = None
        try:
            notebook = nbformat.read(file, as_version=4)
            client = NotebookClient(
                notebook,
                timeout=600,
                kernel_name="python3",
                record_timing=False,
                extra_arguments=["--log-level=ERROR"],
                resources={"metadata": {"path": str(file.parent)}},
            )
            await client.async_execute()
        except Exception as error:
            print(f"FAILED {file.name}: {_what_failed(notebook, error)}", flush=True)
            return None
        notebook.metadata = METADATA
        for cell in notebook.cells:
            cell.metadata = {}
        print(f"ok     {file.name}  {time.perf_counter() - began:.1f} s", flush=True)
        return notebook


def _what_failed(notebook: nbformat.NotebookNode | None, error: Exception) -> str:
    """The cell, by its place among the code cells, and its error."""
    for number, cell in enumerate((c for c in notebook.cells if c.cell_type == "code") if notebook else (), 1):
        for output in cell.outputs:
            if output.output_type == "error":
                return f"code cell {number}: {output.ename}: {output.evalue}"
    return f"{type(error).__name__}: {error}"


def _swap(root: Path, notebooks: dict[Path, nbformat.NotebookNode], drawn: Path) -> None:
    """Put the new notebooks, figures and README lines in the place of the old; a file that is the same stays."""
    fresh = {file.name: file for file in drawn.glob("*")}
    figures = sorted(Path(name).stem for name in fresh if name.endswith(".png"))
    readme = root / "README.md"
    filled = fill_readme(readme.read_text("utf-8"), {file.name: nb for file, nb in notebooks.items()}, figures)
    for file, notebook in notebooks.items():
        _replace(file, (nbformat.writes(notebook) + "\n").encode())
    for old in (root / "figures").glob("[0-9][0-9]-*"):
        if old.name not in fresh:
            old.unlink()
    for name, file in fresh.items():
        _replace(root / "figures" / name, file.read_bytes())
    _replace(readme, filled.encode())


def _replace(file: Path, content: bytes) -> None:
    if file.exists() and file.read_bytes() == content:
        return
    file.parent.mkdir(exist_ok=True)
    aside = file.with_name(file.name + ".new")
    aside.write_bytes(content)
    os.replace(aside, file)


def _between(marker: str, text: str, page: str) -> str:
    region = re.compile(rf"({re.escape(marker)}\n).*?<!-- end -->", re.DOTALL)
    if marker in page and not region.search(page):
        raise ValueError(f"README.md: {marker} has no <!-- end --> below it. Put it back.")
    return region.sub(lambda found: f"{found[1]}{text}\n<!-- end -->", page)


if __name__ == "__main__":
    sys.exit(run())
