"""Every notebook in JupyterLab: what a reader sees who opens it, chooses "Run All Cells" and saves."""

import json
from urllib.parse import urlsplit

import pytest

from conftest import ROOT, SCREEN, SLOW, TOKEN

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
NEWS = """async () => {
    const settings = await jupyterapp.serviceManager.settings.fetch("@jupyterlab/apputils-extension:notification");
    return settings.schema.properties.fetchNews.default;
}"""
HOSTILE = (
    "From $5 million to $9 million, $$x^2$$, \\(x\\) and \\[y\\]; <img src=x onerror='window.harmed = 1'> "
    "</script><script>window.harmed = 2</script> [a](javascript:window.harmed=3) *b* _c_ ~~d~~ `e` # f | g &lt; &amp;"
)
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
        ask(page, OPEN, path)
        return page

    yield open_notebook
    ask(page, CLOSE)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_as_it_was_stored(name, opened, collection):
    file = collection / "notebooks" / name
    before, drawn = file.read_bytes(), contents(collection / "figures")
    page = opened(f"notebooks/{name}")
    place = page.get_by_text("Answer.", exact=True).first.locator("xpath=..").bounding_box()
    assert place and place["y"] + place["height"] <= SCREEN["height"], "the Answer is not on the first screen"
    ran = [cell for cell in ask(page, RUN)["cells"] if cell["cell_type"] == "code"]
    stored = [cell for cell in json.loads(before)["cells"] if cell["cell_type"] == "code"]
    faults = [output for cell in ran for output in cell["outputs"] if output["output_type"] == "error"]
    assert not faults, faults[0]["evalue"]
    assert [cell["execution_count"] for cell in ran] == list(range(1, len(ran) + 1))
    assert list(map(kinds, ran)) == list(map(kinds, stored))
    ask(page, SAVE)
    assert file.read_text("utf-8").splitlines() == before.decode().splitlines()
    assert contents(collection / "figures") == drawn


def test_nobody_is_asked_about_news(page):
    """JupyterLab asks some time after it has opened: so its setting is read, too."""
    assert ask(page, NEWS) == "false"
    assert page.get_by_text("Jupyter news").count() == 0


def test_amounts_of_money_and_hostile_words_are_shown_as_they_stand(opened, collection):
    code = "from IPython.display import Markdown\nfrom helpers.findings.words import escaped\n\n"
    code += f"Markdown(escaped({HOSTILE!r}))"
    cell = {"cell_type": "code", "id": "a", "source": code, "metadata": {}, "outputs": [], "execution_count": None}
    metadata = json.loads((collection / "notebooks" / NOTEBOOKS[0]).read_text("utf-8"))["metadata"]
    notebook = {"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    (collection / "notebooks" / "hostile.ipynb").write_text(json.dumps(notebook), "utf-8")
    page = opened("notebooks/hostile.ipynb")
    ask(page, RUN)
    shown = page.locator(".jp-RenderedMarkdown").last
    page.wait_for_timeout(1000)  # MathJax comes last
    assert shown.inner_text().strip() == HOSTILE
    assert shown.locator("mjx-container, a, img, script, em, strong, code, h1").count() == 0
    assert page.evaluate("window.harmed") is None


def ask(page, script: str, given: str | None = None):
    """What a script of JupyterLab gives; an error where JupyterLab does not answer."""
    slow = f"new Promise((_, fail) => setTimeout(() => fail(new Error('JupyterLab does not answer')), {SLOW}))"
    return page.evaluate(f"given => Promise.race([({script})(given), {slow}])", given)


def kinds(cell: dict) -> list[list[str]]:
    """What kinds of output a cell has, each with its kinds of data."""
    return [[output["output_type"], *sorted(output.get("data", {}))] for output in cell["outputs"]]


def contents(folder) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}
