"""The kernels' environment, and what JupyterLab saves."""

import sys

import pytest
from jupyter_client.manager import start_new_kernel

from helpers.run import ROOT
from helpers.run.execute import METADATA, keep_metadata, kernel_environment, lab_environment

WHICH = "import helpers.files.outputs\nprint(helpers.__file__)"


@pytest.mark.parametrize("environment_of", [lab_environment, kernel_environment])
def test_a_notebook_gets_our_helpers_beside_a_readers_own(environment_of, tmp_path, monkeypatch):
    """`helpers.py` beside the notebook, and a package of that name on the reader's own path."""
    (tmp_path / "helpers.py").write_text("raise ImportError('not ours')\n", "utf-8")
    (tmp_path / "theirs" / "helpers").mkdir(parents=True)
    (tmp_path / "theirs" / "helpers" / "__init__.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "theirs"))
    environment = environment_of() if environment_of is lab_environment else environment_of(tmp_path)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    said = []
    manager, client = start_new_kernel(cwd=str(tmp_path), startup_timeout=120, extra_arguments=["--log-level=ERROR"])
    try:
        client.execute_interactive(WHICH, output_hook=lambda message: said.append(message["content"]), timeout=120)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert str(ROOT / "helpers" / "__init__.py") in "".join(content.get("text", "") for content in said), said


def test_what_a_reader_set_is_kept(monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "theirs")
    monkeypatch.delenv("PYTHONPATH", raising=False)
    environment = lab_environment()
    assert environment["JUPYTER_CONFIG_PATH"].endswith("theirs")
    assert environment["PYTHONPATH"] == str(ROOT)


def test_a_saved_notebook_has_the_metadata_of_a_run():
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    metadata = METADATA | {"language_info": {"name": "python", "version": version}, "mine": 1}
    model = {"type": "notebook", "content": {"metadata": metadata}}
    keep_metadata(model=model, path="a.ipynb", contents_manager=None)
    assert model["content"]["metadata"] == METADATA | {"mine": 1}


@pytest.mark.parametrize("kernel", [None, {"display_name": "R", "language": "R", "name": "ir"}])
def test_notebooks_of_other_kernels_and_files_are_left_alone(kernel):
    model = {"type": "notebook", "content": {"metadata": {"kernelspec": kernel}}}
    keep_metadata(model=model)
    keep_metadata(model={"type": "file", "content": "text"})
    assert model == {"type": "notebook", "content": {"metadata": {"kernelspec": kernel}}}
