"""A corpus, a codebook and lists with hostile words in every field, run as a reader runs them; then every page that
came of it: nothing of them runs, is loaded or becomes a link or a formula, and what they say is shown as it stands."""

import csv
import io
import os
import subprocess
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from hostile import make_hostile
from test_notebooks import CLOSE, NOTEBOOKS, ask

from conftest import PYTHON, TOKEN, free_port

RUN = (
    "import sys; from helpers.run.__main__ import main; "
    "sys.exit(main(['--source', sys.argv[1], '--codebook', sys.argv[2]]))"
)
OPEN = """async path => {
    const factory = path.endsWith(".md") ? "Markdown Preview" : "Notebook";
    const widget = await jupyterapp.commands.execute("docmanager:open", {path, factory, kernel: {name: ""}});
    await widget.revealed; await widget.context.ready;
    window.opened = widget;
    if (factory === "Notebook") // as one that the reader has trusted
        for (const cell of widget.content.model.cells) cell.trusted = true;
}"""
SET = """given => jupyterapp.serviceManager.settings.save("@jupyterlab/notebook-extension:tracker", given)"""
WHOLE = '{"windowingMode": "none"}'  # all cells of a notebook are drawn, whatever is on the screen
SHOWN = """() => {
    const all = [...document.querySelectorAll("PLACE")];
    const each = (name, of) => all.flatMap(place => [...place.querySelectorAll(name)].map(of));
    return {
        text: all.map(place => place.textContent).join("\\n"),
        links: each("a", link => link.getAttribute("href") ?? ""),
        loads: each("img, video, iframe, object, embed, link", one => one.getAttribute("src") ?? one.outerHTML),
        formulas: each("mjx-container, .MathJax", one => one.outerHTML),
        active: each("script, style, form, base, svg [onload]", one => one.outerHTML),
        harmed: window.harmed ?? null,
    };
}"""


class Canary(BaseHTTPRequestHandler):
    heard: ClassVar[list[str]] = []

    def do_GET(self):
        self.heard.append(self.path)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def hostile(collection, tmp_path_factory):
    """What a run made of the hostile corpus: the reader's folder, and texts that its pages show. In the end nothing has
    asked for the address that stands in every field."""
    server = ThreadingHTTPServer(("127.0.0.1", free_port()), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    source, book, shown = make_hostile(tmp_path_factory.mktemp("hostile"), address)
    environment = os.environ | {"PYTHONPATH": str(collection)}
    command = [PYTHON, "-c", RUN, str(source), str(book)]
    ended = subprocess.run(command, cwd=collection, env=environment, capture_output=True, text=True, errors="replace")
    assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-3000:]
    assert not [sign for sign in ended.stdout + ended.stderr if ord(sign) < 32 and sign != "\n"]
    yield next(folder for folder in (collection / "own").iterdir() if (folder / "report.html").exists()), shown
    server.shutdown()
    assert not Canary.heard


@pytest.fixture(scope="module")
def page(open_page):
    """A page for files; it may not ask for anything but them, nor open a dialog."""
    page, asked, wrong = open_page()
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    yield page
    assert not [url for url in asked if not url.startswith(("file:", "data:", "blob:"))]
    assert not wrong


@pytest.fixture(scope="module")
def jupyter(lab, open_page):
    page, asked, wrong = open_page()
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    for setting in (WHOLE, None):
        page.goto(f"{lab}/lab?token={TOKEN}")
        page.wait_for_function("() => window.jupyterapp")
        page.evaluate("() => jupyterapp.restored")
        if setting:
            ask(page, SET, setting)
    yield page
    ask(page, SET, "{}")
    assert not [url for url in asked if not url.startswith((lab, "data:", "blob:", lab.replace("http", "ws")))]
    assert not wrong


def is_harmless(shown: dict, links: tuple[str, ...]) -> None:
    """Whether nothing in a page acts: `shown` as SHOWN gives it; `links`: how those begin that are ours, besides
    those to notebooks."""
    assert shown["harmed"] is None
    assert not shown["formulas"] and not shown["active"]
    assert not [source for source in shown["loads"] if not source.startswith(("data:image/png;base64,", "blob:"))]
    ours = (*links, *(name[:2] for name in NOTEBOOKS))
    assert not [link for link in shown["links"] if not link.startswith(ours)]


def is_on_the_screen(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_no_web_page_of_a_run_acts_or_is_pushed_off_the_screen(hostile, page):
    folder, words = hostile
    for file in [folder / "report.html", *sorted((folder / "notebooks").glob("*.html"))]:
        page.goto(file.as_uri())
        page.evaluate("() => document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        shown = page.evaluate(SHOWN.replace("PLACE", "body"))
        is_harmless(shown, ("#", "figures/", "../", "notebooks/", "tables.xlsx", "sentences.csv"))
        assert is_on_the_screen(page), file.name
        if file.name == "report.html" or file.name.startswith("03"):
            assert not [one for one in words if one not in shown["text"]], file.name


def test_the_explorer_shows_hostile_words_as_they_stand(hostile, page):
    folder, words = hostile
    said = ""
    for state in ("", "#view=concordance", "#article==id1", "#words=million"):
        page.goto((folder / "figures" / "explorer.html").as_uri() + state)
        page.reload()
        shown = page.evaluate(SHOWN.replace("PLACE", "header, main"))
        links = ("#", "http://127.0.0.1") if state.startswith("#article") else ("#",)  # an article's page links to it
        is_harmless(shown | {"active": [one for one in shown["active"] if not one.startswith("<form aria")]}, links)
        assert is_on_the_screen(page), state
        said += shown["text"]
    assert not [one for one in words if one not in said]


@pytest.mark.parametrize("name", ["README.md", *NOTEBOOKS])
def test_nothing_acts_in_jupyterlab_though_it_is_trusted(hostile, jupyter, collection, name, lab):
    folder, words = hostile
    page, place = name.endswith(".md"), ".jp-MarkdownViewer" if name.endswith(".md") else ".jp-OutputArea-output"
    ask(jupyter, OPEN, (folder / ("" if page else "notebooks") / name).relative_to(collection).as_posix())
    try:
        jupyter.locator(place).first.wait_for(state="attached")
        jupyter.wait_for_timeout(1500)  # MathJax comes last
        shown = jupyter.evaluate(SHOWN.replace("PLACE", place))
        is_harmless(shown, ("#", f"{lab}/files/own/", f"{lab}/lab/tree/own/"))
        assert jupyter.locator(".jp-Dialog").count() == 0
        if name.startswith("03"):
            assert not [one for one in words if one not in shown["text"]]
    finally:
        ask(jupyter, "() => opened.dispose()" if page else CLOSE)


def test_no_cell_of_a_file_is_a_formula(hostile):
    folder, _ = hostile
    files = [*folder.rglob("*.csv")]
    texts = [file.read_text("utf-8") for file in files]
    for packed in folder.rglob("*.csv.zip"):
        with zipfile.ZipFile(packed) as archive:
            texts += [archive.read(name).decode() for name in archive.namelist()]
    cells = [cell for text in texts for row in csv.reader(io.StringIO(text)) for cell in row]
    signs = [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert [cell for cell in cells if cell.startswith("'=")]
    assert not [cell for cell in signs if not cell.lstrip("+-").replace(".", "").replace("e-", "").isdigit()]
    with zipfile.ZipFile(folder / "tables.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
    assert sheets and not [sheet for sheet in sheets if "<f>" in sheet or "<hyperlink" in sheet]
