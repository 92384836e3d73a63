"""The collection as a site, for `make site`: README, docs and notebooks, with the outputs that are stored in them."""

import json
import re
from pathlib import Path

from docutils import nodes
from sphinx.addnodes import download_reference, pending_xref

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = {  # as the menu has them
    "Notebooks": "notebooks/[0-9][0-9]-*.ipynb",
    "Use it": "docs/*.md",
    "Articles and judgements": "seeds/*.md seeds/*/*.md",
    "The project": "C*.md bench/*.md",
}
EXPLORER = "figures/explorer.html"  # put beside the pages by `make site`; links to it stay as they are

project = "How news framed US–Mexico security cooperation"
author = "The authors of the collection"
html_title, html_short_title = project, "Front page"
extensions = ["myst_nb"]
root_doc = "README"
include_patterns = ["README.md", *" ".join(CHAPTERS.values()).split()]
html_use_index = False
nb_execution_mode = "off"
nb_render_markdown_format = "gfm"  # else the tables of outputs stay bars, or what looks like a directive is carried out
nb_code_prompt_show, nb_code_prompt_hide = "▸ Code", "▾ Code"
myst_heading_anchors = 3
html_theme = "furo"
html_static_path = ["site.css"]
html_css_files = ["site.css"]
html_show_search_summary = False  # a page opened from disk may not fetch others
html_copy_source = html_show_sourcelink = False
html_show_copyright = False


def files_of(patterns: str) -> list[Path]:
    """The files of a chapter, in order."""
    return sorted(file for pattern in patterns.split() for file in ROOT.glob(pattern))


def menu_of(chapter: str, patterns: str) -> str:
    """The menu of a chapter: notebooks with their numbers, other pages by their titles."""
    lines = []
    for file in files_of(patterns):
        page = file.relative_to(ROOT).with_suffix("").as_posix()
        if file.suffix == ".ipynb":
            title = "".join(json.loads(file.read_text("utf-8"))["cells"][0]["source"]).split("\n")[0].lstrip("# ")
            page = f"{file.name[:2]}. {title} <{page}>"
        lines.append(page)
    return "\n".join(["```{toctree}", ":hidden:", f":caption: {chapter}", "", *lines, "```", ""])


def prepare(app, name: str, source: list[str]) -> None:
    """Give the front page its menu, and fold the code of notebooks."""
    if name == root_doc:
        source[0] += "\n\n" + "\n".join(menu_of(*chapter) for chapter in CHAPTERS.items())
    elif name.startswith("notebooks/"):
        notebook = json.loads(source[0])
        for cell in notebook["cells"]:
            cell["metadata"] |= {"tags": ["hide-input"]} if cell["cell_type"] == "code" else {}
        source[0] = json.dumps(notebook)


def aim_links(app, tree: nodes.document) -> None:
    """Let links to the explorer open it, and those in outputs the pages of the site. Other files that pages link to are
    copied into the site by MyST."""
    for link in [*tree.findall(download_reference), *tree.findall(pending_xref)]:
        target = link.get("reftarget") or ""
        if EXPLORER in target:
            link.replace_self(nodes.reference("", "", *link.children, refuri=target))
    for link in tree.findall(nodes.reference):
        link["refuri"] = re.sub(r"^([^:]+)\.(md|ipynb)(?=#|$)", r"\1.html", link.get("refuri", ""))


def open_at_front_page(app, error: Exception | None) -> None:
    """A copy of the front page where a server looks for it."""
    if not error:
        (Path(app.outdir) / "index.html").write_bytes((Path(app.outdir) / f"{root_doc}.html").read_bytes())


def setup(app) -> None:
    app.connect("source-read", prepare)
    app.connect("doctree-read", aim_links, priority=400)  # before links to files are gathered
    app.connect("build-finished", open_at_front_page)
