"""Notebooks are executed, each in a kernel of its own, two at a time."""

import asyncio
import os
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from helpers.run import ROOT
from helpers.run.progress import code_cells, count_cells, following, show_progress, tell

# As JupyterLab writes it, but without the version of Python: who runs a notebook on another changes no line.
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}
AT_A_TIME = 2
LONGEST = 3600  # seconds that a cell may take: of 5,000 articles the longest takes a minute, of a busy machine far more


def kernel_environment(aside: Path) -> dict[str, str]:
    """Environment variables for the kernels. Figures go to a folder aside, a user's settings change no output, each
    kernel computes in one thread, and the helpers imported are those of this folder."""
    return {
        "FIGURES": str(aside / "figures"),
        "IPYTHONDIR": str(aside / "ipython"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": str(ROOT),
    }


def lab_environment() -> dict[str, str]:
    """The environment of JupyterLab and its kernels: the helpers imported are those of this folder, whatever else has
    that name, and JupyterLab asks nobody about news (jupyter/labconfig/)."""
    ours = {"PYTHONPATH": str(ROOT), "JUPYTER_CONFIG_PATH": str(Path(__file__).with_name("jupyter"))}
    theirs = {name: os.environ[name] for name in ours if os.environ.get(name)}
    return os.environ | {name: os.pathsep.join(filter(None, (ours[name], theirs.get(name)))) for name in ours}


def keep_metadata(model: dict, **_) -> None:
    """JupyterLab calls this before it saves: a notebook of the collection keeps the metadata that `make run` gives it.

    model  what is saved: type, content, ...
    """
    if model["type"] == "notebook" and model["content"]["metadata"].get("kernelspec") == METADATA["kernelspec"]:
        model["content"]["metadata"] |= METADATA


def execute_all(files: list[Path], environment: dict[str, str]) -> dict[Path, nbformat.NotebookNode]:
    """The executed notebooks by their files; those that failed are left out, having been reported."""

    async def gathered():
        gate = asyncio.Semaphore(AT_A_TIME)
        shown = asyncio.create_task(show_progress(count_cells(files)))
        try:
            return await asyncio.gather(*(execute(file, gate, environment) for file in files))
        finally:
            shown.cancel()

    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:  # the one that pyzmq needs on Windows
        done = runner.run(gathered())
    return {file: notebook for file, notebook in zip(files, done, strict=True) if notebook is not None}


async def execute(file: Path, gate: asyncio.Semaphore, environment: dict[str, str]) -> nbformat.NotebookNode | None:
    """The executed notebook; None where it failed, having printed in which cell and how."""
    async with gate:
        began = time.perf_counter()
        at_work = [0]  # the code cell that runs now, counted from 1
        try:
            notebook = nbformat.read(file, as_version=4)
            with following(file.name, at_work, len(code_cells(notebook))):
                await _client(notebook, file, at_work).async_execute(env=os.environ | environment)
        except Exception as error:
            what = f"{error.ename}: {error.evalue}" if isinstance(error, CellExecutionError) else repr(error)
            where = f"code cell {at_work[0]}" if at_work[0] else "before its first code cell"
            tell(f"FAILED {file.name}: {where}: {what}")
            return None
        notebook.metadata = METADATA
        for cell in notebook.cells:
            cell.metadata = {"jupyter": {"source_hidden": True}} if is_folded(cell) else {}
        tell(f"ok     {file.name}  {time.perf_counter() - began:.1f} s")
        return notebook


def is_folded(cell: nbformat.NotebookNode) -> bool:
    """Whether JupyterLab hides the cell's source."""
    return cell.metadata.get("jupyter", {}).get("source_hidden", False)


def cleared(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook without outputs."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def _client(notebook: nbformat.NotebookNode, file: Path, at_work: list[int]) -> NotebookClient:
    client = NotebookClient(
        notebook,
        timeout=LONGEST,
        startup_timeout=300,  # a busy machine is no failure
        kernel_name="python3",
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(file.parent)}},
    )
    code = code_cells(notebook)

    def note(cell_index, **_):
        """Remember which code cell is at work, for the message should it fail."""
        at_work[0] = code.index(cell_index) + 1 if cell_index in code else at_work[0]

    client.on_cell_start = note
    return client
