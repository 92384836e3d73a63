"""Notebooks are executed, each in a kernel of its own, two at a time."""

import asyncio
import os
import time
from importlib.util import find_spec
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from helpers.run import ROOT
from helpers.run.kernels import Loop, running_kernel
from helpers.run.progress import code_cells, count_cells, following, show_progress
from helpers.run.saying import say

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
BROKEN = "not a whole notebook ({words}). Bring it back (git checkout notebooks/{name}) or move it elsewhere."
SHORT = "If memory ran out: docs/many-articles.md says how to go on with many articles."
LONGEST = 3600  # seconds that a cell may take: of 5,000 articles the longest takes a minute, of a busy machine far more


def kernel_environment(aside: Path) -> dict[str, str]:
    """Environment variables for the kernels. Figures go to a folder aside, a user's settings change no output, each
    kernel computes in one thread, and the helpers imported are those of this folder."""
    theirs = dict.fromkeys((name for name in os.environ if name.startswith("PYTHON")), "")  # Python takes "" as not set
    return theirs | {
        "FIGURES": str(aside / "figures"),
        "IPYTHONDIR": str(aside / "ipython"),
        "MATPLOTLIBRC": str(Path(find_spec("matplotlib").origin).with_name("mpl-data") / "matplotlibrc"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
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


def execute_all(files: list[Path], environment: dict[str, str], aside: Path) -> dict[Path, nbformat.NotebookNode]:
    """The executed notebooks by their files; those that failed are left out, having been reported.

    aside   where kernels and what they need put their files
    raises  KeyboardInterrupt once no kernel is left, if the run is stopped
    """

    async def gathered():
        gate = asyncio.Semaphore(AT_A_TIME)
        shown = asyncio.create_task(show_progress(count_cells(files)))
        try:
            return await asyncio.gather(*(execute(file, gate, environment, aside) for file in files))
        finally:
            shown.cancel()

    with asyncio.Runner(loop_factory=Loop) as runner:
        done = runner.run(gathered())
    return {file: notebook for file, notebook in zip(files, done, strict=True) if notebook is not None}


async def execute(
    file: Path, gate: asyncio.Semaphore, environment: dict[str, str], aside: Path
) -> nbformat.NotebookNode | None:
    """The executed notebook; None where it failed, having printed in which cell and how."""
    async with gate:
        began = time.perf_counter()
        at_work = [0]  # the code cell that runs now, counted from 1
        try:
            notebook = _read(file)
            with following(file.name, at_work, len(code_cells(notebook))):
                async with running_kernel(file, os.environ | environment, aside) as (manager, client):
                    await _client(notebook, manager, client, at_work).async_execute()
        except Exception as error:
            if asyncio.current_task().cancelling():  # nbclient takes a run that is stopped for a kernel that died
                raise asyncio.CancelledError from error
            where = f"code cell {at_work[0]}" if at_work[0] else "before its first code cell"
            say(f"FAILED {file.name}: {where}: {_what(error)}")
            return None
        notebook.metadata = METADATA
        for cell in notebook.cells:
            cell.metadata = {"jupyter": {"source_hidden": True}} if is_folded(cell) else {}
        say(f"ok     {file.name}  {time.perf_counter() - began:.1f} s")
        return notebook


def _read(file: Path) -> nbformat.NotebookNode:
    """A notebook as it is stored; raises ValueError where it is none, or only part of one."""
    try:
        return nbformat.read(file, as_version=4)
    except OSError:
        raise
    except Exception as error:
        words = " ".join(str(error).split())[:100] or type(error).__name__
        raise ValueError(BROKEN.format(name=file.name, words=words)) from error


def _what(error: Exception) -> str:
    """A failure in one line: the error that a cell raised, or what became of its kernel."""
    kind, words = type(error).__name__, " ".join(str(error).split())
    if isinstance(error, CellExecutionError):
        kind, words = error.ename, " ".join(error.evalue.split())
    if kind == "MemoryError" or isinstance(error, DeadKernelError):
        return f"{kind}: {words.rstrip('.') or 'no reason given'}. {SHORT}"
    return words if type(error) is ValueError else f"{kind}: {words[:500]}"


def is_folded(cell: nbformat.NotebookNode) -> bool:
    """Whether JupyterLab hides the cell's source."""
    return cell.metadata.get("jupyter", {}).get("source_hidden", False)


def cleared(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook without outputs."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def _client(notebook: nbformat.NotebookNode, manager, client, at_work: list[int]) -> NotebookClient:
    executing = NotebookClient(notebook, km=manager, timeout=LONGEST, record_timing=False)
    executing.kc = client
    code = code_cells(notebook)

    def note(cell_index, **_):
        """Remember which code cell is at work, for the message should it fail."""
        at_work[0] = code.index(cell_index) + 1 if cell_index in code else at_work[0]

    executing.on_cell_start = note
    return executing
