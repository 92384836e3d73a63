"""The form of the notebooks, and that what is committed is what they last gave."""

import base64
import io
import os
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from PIL import Image, ImageChops

from conftest import digest_of_picture
from helpers.codebook.hits import find_hits
from helpers.codebook.terms import load_codebook
from helpers.files.tables import SEEDS
from helpers.run import PARAGRAPH, ROOT, answer_of, fill_readme

FILES = sorted((ROOT / "notebooks").glob("*.ipynb"))
NOTEBOOKS = {file.name: nbformat.read(file, as_version=4) for file in FILES}
PICTURES = sorted((ROOT / "figures").glob("*.png"))
NUMBERS = sorted((ROOT / "figures").glob("*.csv"))
every_notebook = pytest.mark.parametrize("name", NOTEBOOKS)


def code_cells(name):
    return [cell for cell in NOTEBOOKS[name].cells if cell.cell_type == "code" and cell.source.strip()]


@every_notebook
def test_every_code_cell_ran_once_from_top_to_bottom(name):
    assert [cell.execution_count for cell in code_cells(name)] == list(range(1, len(code_cells(name)) + 1))


@every_notebook
def test_the_file_name_is_the_question_and_an_answer_is_given(name):
    title = NOTEBOOKS[name].cells[0].source.splitlines()[0]
    assert re.fullmatch(r"\d\d-[a-z0-9-]+\.ipynb", name)
    assert name[3:-6] == re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    assert title.endswith("?")
    assert answer_of(NOTEBOOKS[name])


@every_notebook
def test_prose_carries_no_digits(name):
    for cell in NOTEBOOKS[name].cells:
        if cell.cell_type == "markdown":
            assert not re.search(r"\d", re.sub(r"`[^`]*`|\]\([^)]*\)", "", cell.source)), cell.source


def test_courses_are_told_of_the_same_columns_everywhere():
    """By date, by year where the articles are many (articles/dates_shown.py): no notebook tells of single articles what
    another tells of years."""
    told = r"\b(?:course_of|tell_shift|tell_untested|tell_last_step|tell_other_reading|title_of_courses)\((\w+)"
    taken = [
        (name, table) for name in NOTEBOOKS for cell in code_cells(name) for table in re.findall(told, cell.source)
    ]
    assert {name[:2] for name, _ in taken} >= {"03", "09", "11"}
    assert {table for _, table in taken} == {"by_date"}


def test_tests_take_each_text_once():
    """Copies of one text are not independent: no test of frames over dates takes every article."""
    tested = r"trends_over_dates\((?:shares|coded|share_of_sentences\([^)]*\)), (\w+)"
    taken = [
        (name[:2], table) for name in NOTEBOOKS for c in code_cells(name) for table in re.findall(tested, c.source)
    ]
    taken = {(number, table) for number, table in taken if number != "12"}  # which shows tau alone, and no p
    assert taken == {(number, "once") for number in ("03", "09", "10", "11")}


@pytest.mark.parametrize("number", ["01", "05", "06", "07", "11"])
def test_answers_that_rest_on_english_lists_say_so_of_other_articles(number):
    """In the cell of the answer, so that it stands at its head."""
    cells = [cell.source for name in NOTEBOOKS if name.startswith(number) for cell in code_cells(name)]
    answer = next(source for source in cells if "**Answer.**" in source)
    assert "tell_language(not_english(articles))" in answer


@pytest.mark.parametrize(
    ("number", "words"), [("03", ["chance"]), ("09", ["chance", "Random words", "Shuffled dates"])]
)
def test_courses_are_not_told_without_what_speaks_against_them(number, words):
    """In the first paragraph, which is all that the README shows of an answer."""
    answer = next(answer_of(notebook) for name, notebook in NOTEBOOKS.items() if name.startswith(number))
    assert all(word in answer.split(PARAGRAPH)[0] for word in words)


@every_notebook
def test_code_is_plain(name):
    """No function, class, magic, path juggling, trailing semicolon or mark that would spare a cell its comparison."""
    assert len(code_cells(name)) <= 30
    for cell in code_cells(name):
        assert not re.search(
            r"^\s*(def|class) |^\s*[%!]|sys\.path|;\s*$|NBVAL|PYTEST_VALIDATE|ignore-output", cell.source, re.M | re.I
        )
        assert len(cell.source.splitlines()) <= 19
        assert not cell.metadata.get("tags")


@every_notebook
def test_no_output_shows_a_warning_an_address_or_a_path(name):
    for cell in code_cells(name):
        for output in cell.outputs:
            assert output.output_type in ("execute_result", "display_data", "stream"), output
            assert output.get("name") != "stderr", output
            assert not re.search(r" at 0x[0-9a-f]{6,}|/home/|/Users/|site-packages", str(output.get("data", output)))


@every_notebook
def test_no_value_is_missing_where_a_number_is_shown(name):
    for cell in code_cells(name):
        for output in cell.outputs:
            assert not re.search(r"\bnan\b", str(output.get("data", {}).get("text/markdown", "")), re.IGNORECASE)


def test_each_figure_is_a_picture_a_drawing_and_its_numbers():
    names = {file.stem for file in (ROOT / "figures").iterdir()}
    assert names
    for name in names:
        assert all((ROOT / "figures" / f"{name}{kind}").exists() for kind in (".png", ".svg", ".csv")), name
        assert any(name[:3] == notebook[:3] for notebook in NOTEBOOKS), f"{name} belongs to no notebook"


@pytest.mark.parametrize("file", PICTURES, ids=lambda file: file.name)
def test_the_notebook_shows_the_published_picture(file):
    shown = [
        output.data["image/png"]
        for name in NOTEBOOKS
        if name[:3] == file.name[:3]
        for cell in code_cells(name)
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    ]
    published = Image.open(file).convert("RGB")
    assert any(same_picture(published, Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")) for png in shown)


@pytest.mark.parametrize("file", NUMBERS, ids=lambda file: file.name)
def test_the_ids_behind_each_mark_add_up_to_it(file):
    numbers = pd.read_csv(file, keep_default_na=False)
    if "carrying" in numbers:
        assert numbers["ids"].str.split().str.len().eq(numbers["carrying"].astype(int)).all()
        whole = numbers["sentences" if "sentences" in numbers else "whole"]
        assert (numbers["carrying"] / whole - numbers["share"]).abs().max() < 1e-5
    elif "article" in numbers:
        assert numbers["article"].ne("").all()
    else:  # marks that rest on no article: rates, power, draws
        assert len(numbers)
        assert not {"ids", "sentence", "sentences", "hits"} & set(numbers)


def test_the_ids_behind_the_shift_are_the_hits_and_the_votes(sentences):
    """Every mark of notebook 03, counted again from the hits and from the coders' files by another road."""
    codebook = load_codebook()
    hits = find_hits(sentences, codebook)
    coded = [
        pd.read_csv(file).set_index(["doc_id", "sentence"]) for file in sorted((SEEDS / "coding").glob("coder-*.csv"))
    ]
    marked = sum(coded) * 2 > len(coded)
    behind = {
        ("codebook", f): {f"{h.article}:{h.sentence}" for h in hits[hits["frame"] == f].itertuples()} for f in marked
    }
    behind |= {("coders", f): {f"{a}:{s}" for (a, s), yes in marked[f].items() if yes} for f in marked}
    for name in ("03-heat-map", "03-frames-by-year"):
        marks = pd.read_csv(ROOT / "figures" / f"{name}.csv", keep_default_na=False)
        for (reading, frame), own in marks[marks["article"].ne("all")].groupby(["reading", "frame"]):
            assert set(" ".join(own["ids"]).split()) == behind[reading, frame]
            assert all(i.startswith(f"{row.article}:") for row in own.itertuples() for i in row.ids.split())


def test_pictures_are_compared_by_their_pixels():
    notebook = nbformat.from_dict(NOTEBOOKS["01-what-is-in-the-corpus.ipynb"])
    data = next(o.data for c in notebook.cells for o in c.get("outputs", []) if "image/png" in o.get("data", {}))
    picture = Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
    assert digest_of_picture(data["image/png"]) == digest_of_picture(encoded(picture))
    picture.putpixel((9, 9), (1, 2, 3, 255))
    assert digest_of_picture(data["image/png"]) != digest_of_picture(encoded(picture))
    assert digest_of_picture("text") == "text"


def encoded(picture):
    file = io.BytesIO()
    picture.save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def test_the_readme_tells_what_the_notebooks_last_found():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert fill_readme(readme, NOTEBOOKS, [file.stem for file in PICTURES]) == readme, "stale: type `make run`"


def test_the_readme_names_every_helper():
    named = re.findall(r"`(\w+)`", (ROOT / "README.md").read_text("utf-8"))
    assert {file.stem for file in (ROOT / "helpers").glob("[a-z]*.py")} <= set(named)


def test_figures_are_what_the_notebooks_draw_now():
    """Compares figures/ with what the notebooks drew when nbval ran them a moment ago (see the Makefile)."""
    if "FRESH" not in os.environ:
        pytest.skip("only after the notebooks were run anew: type `make test`")
    fresh = Path(os.environ["FRESH"]) / "figures"
    assert {file.name for file in fresh.iterdir()} == {file.name for file in (ROOT / "figures").iterdir()}
    for file in fresh.iterdir():
        committed = ROOT / "figures" / file.name
        if file.suffix == ".png":
            assert same_picture(Image.open(file).convert("RGB"), Image.open(committed).convert("RGB")), file.name
        else:
            assert file.read_bytes() == committed.read_bytes(), f"{file.name} is stale: type `make run`"


def same_picture(one, other):
    return one.size == other.size and ImageChops.difference(one, other).getbbox() is None
