"""What a reader brings: found, checked, and its notebooks' links still open."""

import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers.run import ROOT
from helpers.run.own import aim_links, check_codebook

DEFINED = "| frame | code 1 when |\n|---|---|\n| `peace` | they stop fighting | truce | |\n"


def test_a_frame_without_a_definition_is_told_with_the_row_to_add(tmp_path):
    book = tmp_path / "mine.csv"
    book.write_text("frame,term\npeace,truce\nwater,aquifer*\n", "utf-8")
    check_codebook(str(book))  # no definitions are asked of a codebook that has none
    book.with_suffix(".md").write_text("Notes, and no table.\n", "utf-8")
    check_codebook(str(book))
    book.with_suffix(".md").write_text(DEFINED, "utf-8")
    with pytest.raises(ValueError, match=r"mine\.md: no row defines water\. Add a row to its table: \| `water` \|"):
        check_codebook(str(book))


def test_the_collections_own_codebook_is_whole():
    check_codebook(None)


@pytest.mark.parametrize("place", ["own/mine-1/notebooks", "own/mine-1/lab/notebooks"])
def test_links_of_a_copy_open_what_those_of_the_notebook_open(place):
    text = "[a](../seeds/README.md) [b](../README.md#x) [c](01-x.ipynb) [d](../figures/01.csv) [e](https://x.org/../y)"
    copy = aim_links(new_notebook(cells=[new_markdown_cell(text), new_code_cell("1")]), ROOT, ROOT / place)
    links = re.findall(r"\]\(([^)]*)\)", copy.cells[0].source)
    assert (ROOT / place / links[0]).resolve() == ROOT / "seeds" / "README.md"
    assert (ROOT / place / links[1]).resolve() == ROOT / "README.md#x"
    assert links[2:] == ["01-x.ipynb", "../figures/01.csv", "https://x.org/../y"]
