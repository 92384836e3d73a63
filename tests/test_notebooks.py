"""What is asked of every notebook, its figures and the pages that link to them.

CONTRIBUTING.md says the same in words. No test here knows how many notebooks or frames there are.
"""

import base64
import io
import os
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from PIL import Image, ImageChops

from conftest import SAME_PIXELS, digest_of_picture
from helpers.codebook.hits import find_hits
from helpers.codebook.terms import frames_of, load_codebook
from helpers.files.tables import SEEDS
from helpers.findings.words import MOST_NUMBERS, MOST_WORDS, count_numbers, fits, length_in_words
from helpers.run import ROOT
from helpers.run.execute import is_folded
from helpers.run.pages import (
    ANSWER,
    LINK,
    answers_of,
    code_of,
    fill_readme,
    outputs_of,
    prose_of,
    question_of,
    text_of,
    verdict_of,
)

MOST_CODE_CELLS, MOST_LINES = 16, 19  # lines of a cell that is not folded
MOST_PROSE, MOST_OUTPUT, MOST_README = 500, 1000, 1000  # words
NOT_PLAIN = r"^\s*(?:def|class) |^\s*[%!]|sys\.path|;\s*$|NBVAL|PYTEST_VALIDATE|ignore-output"
NOT_SHOWN = r" at 0x[0-9a-f]{6,}|/home/|/Users/|/tmp/|site-packages|\bnan\b|\bNaN\b|\bNaT\b|<NA>"
AGAIN = "Type `make run`."

FIGURES = ROOT / "figures"
NOTEBOOKS = {file.name: nbformat.read(file, 4) for file in sorted((ROOT / "notebooks").glob("*.ipynb"))}
PICTURES, NUMBERS = sorted(FIGURES.glob("*.png")), sorted(FIGURES.glob("*.csv"))
DRAWN = sorted(FIGURES.glob("[0-9][0-9]-*"))  # by notebooks
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "bench" / "README.md"]
PAGES += [page for folder in ("docs", "seeds") for page in sorted((ROOT / folder).rglob("*.md"))]
every_notebook = pytest.mark.parametrize("name", NOTEBOOKS)
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


@every_notebook
def test_every_code_cell_ran_once_from_top_to_bottom(name):
    ran = [cell.execution_count for cell in code_of(NOTEBOOKS[name])]
    assert ran == list(range(1, len(ran) + 1)), f"{name}: its cells ran as {ran}. {AGAIN}"


@every_notebook
def test_the_file_name_is_the_question(name):
    title = question_of(NOTEBOOKS[name])
    named = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    assert title.endswith("?"), f"{name}: the title is {title!r}. Make it the question that the notebook answers."
    assert re.fullmatch(rf"\d\d-{named}\.ipynb", name), f"{name}: asks {title!r}. Call the file NN-{named}.ipynb."


@every_notebook
def test_the_answer_is_the_second_code_cell_below_a_folded_one(name):
    """So that it stands on the first screen of JupyterLab."""
    cells = code_of(NOTEBOOKS[name])
    folded = [number for number, cell in enumerate(cells, 1) if is_folded(cell)]
    answering = [number for number, cell in enumerate(cells, 1) if any(map(is_answer, cell.outputs))]
    assert folded == [1], (
        f"{name}: the folded code cells are {folded}. Fold the first one, with all imports and preparation, and no "
        "other: click the bar at its left in JupyterLab, and save."
    )
    assert answering == [2] and len(answers_of(NOTEBOOKS[name])) == 1, (
        f"{name}: the code cells {answering} show an Answer. Show one, by answer(…) of helpers.findings.page, in the "
        "second code cell."
    )


@every_notebook
def test_the_verdict_can_be_read_at_once(name):
    verdict = verdict_of(NOTEBOOKS[name])
    assert fits(verdict), (
        f"{name}: the verdict has {length_in_words(verdict)} words and {count_numbers(verdict)} numbers; at most "
        f"{MOST_WORDS} and {MOST_NUMBERS} are read at once. Shorten its template in helpers/findings/: {verdict}"
    )


@every_notebook
def test_the_findings_are_written_beside_the_figures(name):
    file = FIGURES / f"{name[:2]}-findings.csv"
    assert file.exists(), f'{name}: no {file.name}. Give answer(…) the name "{name[:2]}-findings". {AGAIN}'


@every_notebook
def test_a_notebook_is_short(name):
    cells, prose = code_of(NOTEBOOKS[name]), length_in_words(prose_of(NOTEBOOKS[name]))
    shown = length_in_words(outputs_of(NOTEBOOKS[name]))
    assert len(cells) <= MOST_CODE_CELLS, f"{name}: {len(cells)} code cells, at most {MOST_CODE_CELLS}. Leave some out."
    assert prose <= MOST_PROSE, f"{name}: {prose} words of prose, at most {MOST_PROSE}. Say less."
    assert shown <= MOST_OUTPUT, (
        f"{name}: {shown} words of output, at most {MOST_OUTPUT}. Show fewer rows: readable(table, most=…, "
        f'name="{name[:2]}-…") writes the rest to figures/.'
    )


@every_notebook
def test_a_notebook_says_its_limits_and_ends_with_something_to_try(name):
    headings = re.findall(r"^## .*", prose_of(NOTEBOOKS[name]), re.M)
    assert "## Limits" in headings, f'{name}: has no heading "## Limits". Say what it cannot show.'
    assert headings[-1] == "## Try this", f'{name}: does not end with "## Try this". Name one line to change.'


@every_notebook
def test_prose_carries_no_digits(name):
    digits = re.findall(r".*\d.*", re.sub(r"`[^`]*`", "", prose_of(NOTEBOOKS[name])))
    assert not digits, f"{name}: a number in prose goes stale. Let code print it, or put it between backticks: {digits}"


@every_notebook
def test_code_is_plain(name):
    """No function, class, magic, path juggling, trailing semicolon or mark that would spare a cell its comparison."""
    for number, cell in enumerate(code_of(NOTEBOOKS[name]), 1):
        found = re.search(NOT_PLAIN, cell.source, re.M | re.I)
        assert not found, f"{name}, code cell {number}: {found[0].strip()!r}. Move it into helpers/ or leave it out."
        assert not cell.metadata.get("tags"), f"{name}, code cell {number}: has tags. Delete them."
        lines = len(cell.source.splitlines())
        assert is_folded(cell) or lines <= MOST_LINES, (
            f"{name}, code cell {number}: {lines} lines, at most {MOST_LINES}. Move a step into helpers/."
        )


@every_notebook
def test_no_output_shows_a_warning_an_address_a_path_or_a_missing_value(name):
    for number, cell in enumerate(code_of(NOTEBOOKS[name]), 1):
        for output in cell.outputs:
            kind = output.get("name", output.output_type)
            assert kind in ("execute_result", "display_data", "stdout"), (
                f"{name}, code cell {number}: shows {kind}. Mend what causes it."
            )
            found = re.search(f".*(?:{NOT_SHOWN}).*", text_of(output))
            assert not found, f"{name}, code cell {number}: a reader should not see this: {found[0][:200]}"


@every_notebook
def test_links_of_a_notebook_open(name):
    lost = broken_links(prose_with_links(NOTEBOOKS[name]), ROOT / "notebooks")
    assert not lost, f"{name}: links to what is not there: {lost}. Mend them."


@every_page
def test_links_of_a_page_open(page):
    assert page.exists(), f"{page.relative_to(ROOT)} is missing. Write it."
    lost = broken_links(page.read_text("utf-8"), page.parent)
    assert not lost, f"{page.relative_to(ROOT)}: links to what is not there: {lost}. Mend them."


def test_the_readme_tells_what_the_notebooks_last_found():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert fill_readme(readme, NOTEBOOKS) == readme, f"README.md: its answers are not those of the notebooks. {AGAIN}"


def test_the_readme_is_short():
    words = length_in_words((ROOT / "README.md").read_text("utf-8"))
    assert words <= MOST_README, f"README.md: {words} words, at most {MOST_README}. Move something to docs/."


def test_each_picture_is_a_drawing_and_its_numbers_too():
    """A table may stand alone: findings, or sentences of which the notebook shows a few."""
    names = {file.stem for file in DRAWN if file.suffix != ".csv"}
    for name in names:
        lost = [kind for kind in (".png", ".svg", ".csv") if not (FIGURES / f"{name}{kind}").exists()]
        assert not lost, f"figures/{name}: lacks {lost}. Let it leave by publish of helpers.figures.door. {AGAIN}"
    for name in {file.stem for file in FIGURES.iterdir()} - {"explorer"}:
        assert any(name[:3] == notebook[:3] for notebook in NOTEBOOKS), f"figures/{name} is of no notebook. {AGAIN}"


@pytest.mark.parametrize("file", PICTURES, ids=lambda file: file.name)
def test_the_notebook_shows_the_published_picture(file):
    own = [notebook for name, notebook in NOTEBOOKS.items() if name[:3] == file.name[:3]]
    published = opened(file.read_bytes())
    shown = [opened(base64.b64decode(png)) for notebook in own for png in pictures_of(notebook)]
    assert any(same_picture(published, png) for png in shown), f"{file.name} is not what its notebook shows. {AGAIN}"


@pytest.mark.parametrize("file", NUMBERS, ids=lambda file: file.name)
def test_the_ids_behind_each_count_add_up_to_it(file):
    numbers = pd.read_csv(file, keep_default_na=False)
    if not {"carrying", "ids", "share"} <= set(numbers):
        return
    numbers = numbers[numbers["share"].ne("")].astype({"share": float})  # a share of nothing is empty
    wrong = numbers[numbers["ids"].str.split().str.len().ne(numbers["carrying"].astype(int))]
    assert wrong.empty, f"{file.name}: a count is not the number of its ids:\n{wrong.head()}"
    whole = numbers["sentences" if "sentences" in numbers else "whole"]
    wrong = numbers[(numbers["carrying"] / whole - numbers["share"]).abs().gt(1e-5)]
    assert wrong.empty, f"{file.name}: a share is not its count of the whole:\n{wrong.head()}"


def test_the_ids_behind_the_shift_are_the_hits_and_the_votes(sentences):
    """Every mark of the heat map and of the courses, counted again from the hits and from the coders' files by another
    road."""
    codebook = load_codebook()
    hits = find_hits(sentences, codebook)
    files = sorted((SEEDS / "coding").glob("coder-*.csv"))
    coded = [pd.read_csv(file).set_index(["doc_id", "sentence", "kind"]) for file in files]
    marked = sum(coded) * 2 > len(coded)
    behind = {
        ("codebook", frame): {f"{hit.article}:{hit.sentence}" for hit in hits[hits["frame"].eq(frame)].itertuples()}
        for frame in frames_of(codebook)
    }
    behind |= {("coders", frame): {f"{a}:{s}" for (a, s, _), yes in marked[frame].items() if yes} for frame in marked}
    for name in ("03-heat-map", "03-frames-by-year"):
        marks = pd.read_csv(FIGURES / f"{name}.csv", keep_default_na=False)
        groups = marks[marks["article"].ne("all")].groupby(["reading", "frame"])
        assert set(groups.groups) == set(behind), f"figures/{name}.csv has other frames than the codebook. {AGAIN}"
        for (reading, frame), own in groups:
            assert set(" ".join(own["ids"]).split()) == behind[reading, frame], (name, reading, frame)
            assert all(i.startswith(f"{row.article}:") for row in own.itertuples() for i in row.ids.split())


def test_pictures_are_compared_by_their_pixels():
    data = next(png for notebook in NOTEBOOKS.values() for png in pictures_of(notebook))
    picture = Image.open(io.BytesIO(base64.b64decode(data)))
    assert digest_of_picture(data, True) == digest_of_picture(encoded(picture), True)
    picture.putpixel((9, 9), (1, 2, 3, 255))
    assert digest_of_picture(data, True) != digest_of_picture(encoded(picture), True)
    assert digest_of_picture("text") == "text"


def test_figures_are_what_the_notebooks_draw_now():
    """Compares figures/ with what the notebooks drew when nbval ran them a moment ago (see the Makefile)."""
    if "FRESH" not in os.environ:
        pytest.skip("only after the notebooks were run anew: type `make test`")
    fresh = Path(os.environ["FRESH"]) / "figures"
    assert {file.name for file in fresh.iterdir()} == {file.name for file in DRAWN}, AGAIN
    for file in fresh.iterdir():
        committed = FIGURES / file.name
        if file.suffix != ".csv" and not SAME_PIXELS:
            continue
        if file.suffix == ".png":
            same = same_picture(opened(file.read_bytes()), opened(committed.read_bytes()))
        else:
            same = file.read_bytes() == committed.read_bytes()
        assert same, f"figures/{file.name} is not what its notebook draws now. {AGAIN}"


def is_answer(output):
    return text_of(output).startswith(ANSWER)


def prose_with_links(notebook):
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    return "\n".join(texts + [text_of(output) for cell in code_of(notebook) for output in cell.outputs])


def broken_links(text, folder):
    """The relative links of a page that open no file or folder."""
    code = re.compile(r"```[\s\S]*?```|`[^`\n]*`(?!\])|^ {4}.*$", re.M)
    targets = [target.split("#")[0] for target in LINK.findall(code.sub("", text))]
    return [target for target in targets if target and "://" not in target and not (folder / target).exists()]


def pictures_of(notebook):
    outputs = [output for cell in code_of(notebook) for output in cell.outputs]
    return [output.data["image/png"] for output in outputs if "image/png" in output.get("data", {})]


def opened(content):
    return Image.open(io.BytesIO(content)).convert("RGB")


def encoded(picture):
    file = io.BytesIO()
    picture.save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def same_picture(one, other):
    return one.size == other.size and ImageChops.difference(one, other).getbbox() is None
