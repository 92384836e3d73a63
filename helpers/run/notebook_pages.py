"""Executed notebooks as web pages: code folded, nothing run, nothing asked of the network."""

import base64
import hashlib
import re
from pathlib import Path

import nbformat
from jinja2 import Environment, PackageLoader
from markupsafe import Markup
from nbconvert import HTMLExporter

from helpers.run.pages import question_of
from helpers.text.characters import visible

FOLDED = (
    "{% extends 'basic/index.html.j2' %}"
    "{% block input_group %}<details><summary>Code</summary>{{ super() }}</details>{% endblock %}"
)
LINK = re.compile(r'<a href="([^":/]+)\.ipynb([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)  # of a notebook to a notebook
STYLE = Path(__file__).with_name("report.css")


def _shown(value):
    """What a page is filled with: HTML of ours as it is, text as a page may show it."""
    return visible(value) if type(value) is str else value


PAGES = Environment(
    loader=PackageLoader("helpers.run", ""), autoescape=True, finalize=_shown, trim_blocks=True, lstrip_blocks=True
)


def notebook_pages(notebooks: dict[str, nbformat.NotebookNode]) -> dict[str, str]:
    """Web pages of notebooks, by file name (.html). A link from one notebook to another opens its page.

    Notebooks write texts from outside so that they are no HTML; should one slip through, the page's
    Content-Security-Policy lets no script run and nothing be fetched.

    notebooks  by file name (.ipynb), executed
    """
    exporter = HTMLExporter(
        raw_template=FOLDED, exclude_input_prompt=True, exclude_output_prompt=True, exclude_anchor_links=True
    )
    pages = {}
    for name, notebook in notebooks.items():
        body = exporter.from_notebook_node(notebook)[0]
        body = LINK.sub(lambda link: _to_page(link, notebooks), body)
        shown = {"title": question_of(notebook), "body": Markup(body), **look()}
        pages[name.replace(".ipynb", ".html")] = PAGES.get_template("notebook.html").render(shown)
    return pages


def look() -> dict[str, str]:
    """The style of a page, and its digest, by which the page's Content-Security-Policy knows it."""
    style = STYLE.read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {"style": Markup(style), "digest": f"sha256-{digest}"}


def _to_page(link: re.Match, notebooks: dict) -> str:
    """A link to a notebook as one to its page; its words alone where the notebook failed."""
    name, rest, words = link.groups()
    return f'<a href="{name}.html{rest}">{words}</a>' if f"{name}.ipynb" in notebooks else words
