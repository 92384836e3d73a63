"""Every notebook in JupyterLab: what a reader sees who opens it, chooses "Run All Cells" and saves."""

import json
from urllib.parse import urlsplit

import pytest
from conftest import ROOT, SCREEN, TOKEN

NOTEBOOKS = sorted(file.name for file in (ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb"))
OPEN = """async path => {
    const widget = await jupyterapp.commands.execute("docmanager:open", {path, factory: "Notebook"});
    await widget.revealed; await widget.context.ready; await widget.sessionContext.ready;
    window.opened = widget;
}"""
RUN = """async () => {
    await jupyterapp.commands.execute("notebook:run-all-cells");
    return opened.content.model.toJSON();
}"""
SAVE = "() => opened.context.save()"
CLOSE = """async () => {
    await opened.sessionContext.shutdown();
    opened.context.model.dirty = false;
    opened.dispose();
}"""


@pytest.fixture(scope="module")
def page(lab, open_page):
    """JupyterLab, open; nothing that it asks for may be elsewhere."""
    page, asked, wrong = open_page()
    page.goto(f"{lab}/lab?token={TOKEN}")
    page.wait_for_function("() => window.jupyterapp")
    page.evaluate("() => jupyterapp.restored")
    yield page
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {urlsplit(lab).netloc}
    assert not wrong


@pytest.fixture
def opened(page):
    """A function that opens a notebook in JupyterLab. In the end its kernel and its tab are closed, whatever
    happened: the next notebook then starts as this one did."""

    def open_notebook(path):
        page.evaluate(OPEN, path)
        return page

    yield open_notebook
    page.evaluate(CLOSE)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_as_it_was_stored(name, opened, collection):
    file = collection / "notebooks" / name
    before, drawn = file.read_bytes(), contents(collection / "figures")
    page = opened(f"notebooks/{name}")
    place = page.get_by_text("Answer.", exact=True).first.locator("xpath=..").bounding_box()
    assert place and place["y"] + place["height"] <= SCREEN["height"], "the Answer is not on the first screen"
    ran = [cell for cell in page.evaluate(RUN)["cells"] if cell["cell_type"] == "code"]
    stored = [cell for cell in json.loads(before)["cells"] if cell["cell_type"] == "code"]
    faults = [output for cell in ran for output in cell["outputs"] if output["output_type"] == "error"]
    assert not faults, faults[0]["evalue"]
    assert [cell["execution_count"] for cell in ran] == list(range(1, len(ran) + 1))
    assert list(map(kinds, ran)) == list(map(kinds, stored))
    page.evaluate(SAVE)
    assert file.read_text("utf-8").splitlines() == before.decode().splitlines()
    assert contents(collection / "figures") == drawn


def test_nobody_is_asked_about_news(page):
    assert page.get_by_text("Jupyter news").count() == 0


def kinds(cell: dict) -> list[list[str]]:
    """What kinds of output a cell has, each with its kinds of data."""
    return [[output["output_type"], *sorted(output.get("data", {}))] for output in cell["outputs"]]


def contents(folder) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}
