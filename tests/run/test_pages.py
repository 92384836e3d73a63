"""What a notebook says, and the README that repeats it."""

import lxml.html
import mistune
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from bench.reading import count_notebook
from helpers.findings.words import escaped
from helpers.run.pages import answers_of, fill_readme, outputs_of, prose_of, question_of, verdict_of


@pytest.fixture
def notebook():
    def showing(**data):
        output = new_output("display_data", {kind.replace("_", "/"): text for kind, text in data.items()})
        return new_code_cell("1", outputs=[output])

    return new_notebook(
        cells=[
            new_markdown_cell("# Is it | good?\n\nIt [matters](12345.md)."),
            showing(text_markdown="Before."),
            showing(text_markdown="**Answer.** Yes | no.\n\n| a |\n| --- |\n| 1 |"),
            showing(image_png="iVBOR", text_plain="<Image>"),
            new_code_cell("print(1)", outputs=[new_output("stream", name="stdout", text="1\n")]),
        ]
    )


def test_a_notebook_is_read_as_its_reader_sees_it(notebook):
    assert question_of(notebook) == "Is it | good?"
    assert verdict_of(notebook) == "Yes | no."
    assert len(answers_of(notebook)) == 1
    assert prose_of(notebook) == "# Is it | good?\n\nIt [matters]."
    assert "Before." in outputs_of(notebook) and outputs_of(notebook).endswith("1\n")
    assert "Image" not in outputs_of(notebook)


def test_what_there_is_to_read_is_counted(notebook):
    notebook.cells[1].metadata = {"jupyter": {"source_hidden": True}}
    notebook.cells[2].source = "1\n2"
    notebook.cells[3].source = "after\nthe\nanswer"
    counts = count_notebook(notebook)
    assert counts == {"verdict": 2, "numbers": 0, "code cells": 4, "lines above": 1, "prose": 5, "output": 7}


def test_an_empty_notebook_says_nothing():
    assert question_of(new_notebook()) == verdict_of(new_notebook()) == prose_of(new_notebook()) == ""


def test_the_readme_repeats_the_verdict_and_nothing_else_is_touched(notebook):
    page = "# T\n<!-- finding 01-good.ipynb -->\nold\n<!-- end -->\nkept\n<!-- table -->\n<!-- end -->\n"
    filled = fill_readme(page, {"01-good.ipynb": notebook})
    assert "<!-- finding 01-good.ipynb -->\nYes | no.\n<!-- end -->\nkept\n" in filled
    assert "| [01. Is it \\| good?](notebooks/01-good.ipynb) | Yes \\| no. |\n<!-- end -->" in filled
    assert fill_readme(filled, {"01-good.ipynb": notebook}) == filled
    assert fill_readme("# Mine\n", {"01-good.ipynb": notebook}) == "# Mine\n"


def test_what_an_answer_has_escaped_stays_so_in_the_readmes_table():
    from_outside = "| `a` \\ <b> $x$"
    shown = [new_output("display_data", {"text/markdown": f"**Answer.** {escaped(from_outside)}"})]
    notebook = new_notebook(cells=[new_markdown_cell("# Is it?"), new_code_cell("1", outputs=shown)])
    readme = fill_readme("<!-- table -->\n<!-- end -->", {"01-a.ipynb": notebook})
    page = lxml.html.fromstring(mistune.html(readme))
    assert [cell.text_content() for cell in page.iter("td")] == ["01. Is it?", from_outside]
