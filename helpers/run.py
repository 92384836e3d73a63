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
from nbclient.exceptions import CellExecutionError

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
        done = asyncio.run(_execute_all(files, kernel_environment(Path(aside))))
        failed = [file.name for file, notebook in zip(files, done, strict=True) if notebook is None]
        if not failed:
            _swap(root, dict(zip(files, done, strict=True)), Path(aside) / "figures")
    took = f"{time.perf_counter() - began:.0f} s"
    if failed:
        print(f"{len(failed)} of {len(files)} failed ({', '.join(failed)}) in {took}. Nothing was changed.")
    else:
        print(f"{len(files)} notebooks, their figures and the README's findings are up to date, in {took}.")
    return int(bool(failed))


def kernel_environment(aside: Path) -> dict[str, str]:
    """What makes kernels draw into a folder of their own, give the same output whatever a user's settings are, and
    import the helpers beside this file, whatever copy .venv was made for."""
    return {
        "FIGURES": str(aside / "figures"),
        "IPYTHONDIR": str(aside / "ipython"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
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
        rows.append(f"| {question} | {_cell(answer_of(notebook).split(PARAGRAPH)[0])} | {', '.join(drawn)} |")
        readme = _between(f"<!-- finding {name} -->", answer_of(notebook).split(PARAGRAPH)[0], readme)
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
                kernel_name="python3",
                record_timing=False,
                extra_arguments=["--log-level=ERROR"],
                resources={"metadata": {"path": str(file.parent)}},
            )
            code = [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]

            def note(cell_index, **_):
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
            cell.metadata = {}
        print(f"ok     {file.name}  {time.perf_counter() - began:.1f} s", flush=True)
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
    sys.exit(run())
