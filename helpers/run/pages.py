"""What a notebook says: its question, its verdict, its prose and outputs; and the README that repeats the verdicts."""

import re

import nbformat

ANSWER = "**Answer.**"
LINK = re.compile(r"\]\(([^)]*)\)")


def question_of(notebook: nbformat.NotebookNode) -> str:
    """The notebook's title."""
    return next((cell.source for cell in notebook.cells), "").split("\n")[0].lstrip("# ")


def answers_of(notebook: nbformat.NotebookNode) -> list[str]:
    """The outputs that begin with "**Answer.**", without these words."""
    texts = [text for cell in code_of(notebook) for text in map(text_of, cell.outputs)]
    return [text.removeprefix(ANSWER).strip() for text in texts if text.startswith(ANSWER)]


def verdict_of(notebook: nbformat.NotebookNode) -> str:
    """The first paragraph of the answer; the table of findings is the second. "" where there is no answer."""
    return next(iter(answers_of(notebook)), "").split("\n\n")[0]


def code_of(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """The code cells that are not empty."""
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def prose_of(notebook: nbformat.NotebookNode) -> str:
    """All Markdown cells, without the targets of links."""
    return LINK.sub("]", "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown"))


def outputs_of(notebook: nbformat.NotebookNode) -> str:
    """All outputs that are text: Markdown, plain text and printed lines. Pictures are left out."""
    return "\n\n".join(text_of(output) for cell in code_of(notebook) for output in cell.outputs)


def text_of(output: nbformat.NotebookNode) -> str:
    """An output as a reader sees it, if it is text; "" for a picture."""
    data = output.get("data", {})
    if any(kind.startswith("image/") for kind in data):
        return ""
    return data.get("text/markdown") or data.get("text/plain") or output.get("text", "")


def fill_readme(readme: str, notebooks: dict[str, nbformat.NotebookNode]) -> str:
    """The README with what the notebooks found between its markers.

    `<!-- finding NAME -->` takes the verdict of the notebook whose file is NAME; `<!-- table -->` takes a table of all
    notebooks, question and verdict. Each region ends with `<!-- end -->`.

    notebooks  by file name, in order
    raises     ValueError naming a region that is not closed
    """
    rows = ["| question | answer |", "| --- | --- |"]
    for name, notebook in notebooks.items():
        verdict = verdict_of(notebook)
        rows.append(f"| [{name[:2]}. {_cell(question_of(notebook))}](notebooks/{name}) | {_cell(verdict)} |")
        readme = _between(f"<!-- finding {name} -->", verdict, readme)
    return _between("<!-- table -->", "\n".join(rows), readme)


def _cell(text: str) -> str:
    """A cell of a table: what is escaped already stays so."""
    return re.sub(r"(?<!\\)\|", r"\\|", text).replace("\n", " ")


def _between(marker: str, text: str, page: str) -> str:
    region = re.compile(rf"({re.escape(marker)}\n).*?<!-- end -->", re.DOTALL)
    if marker in page and not region.search(page):
        raise ValueError(f"README.md: {marker} has no <!-- end --> below it. Put it back.")
    return region.sub(lambda found: f"{found[1]}{text}\n<!-- end -->", page)
