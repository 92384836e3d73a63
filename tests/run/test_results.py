"""A reader's folder: what a run wrote is the run's, all else is the reader's."""

import pytest
from nbformat import read, writes
from nbformat.v4 import new_markdown_cell, new_notebook

from helpers.run.results import WRITTEN, build_own, list_earlier, refuse_saved, refuse_theirs, seal

PAGE = "<!-- table -->\n<!-- end -->\n"


def notebook(words):
    return new_notebook(cells=[new_markdown_cell(words, id="a")])


def built(tmp_path, name, ran, drawn=()):
    """What a run builds: the notebooks that ran, by name, and the figures that were drawn; and what is to go."""
    new, own = tmp_path / name, tmp_path / "own"
    (new / "figures").mkdir(parents=True)
    for figure in drawn:
        (new / "figures" / figure).write_text(name)
    whole = build_own(new, own, tmp_path, {tmp_path / "notebooks" / file: notebook(name) for file in ran}, PAGE)
    return new, [file.name for file in whole], seal(new, own)


@pytest.fixture
def own(tmp_path):
    """A reader's folder after a first run of two notebooks."""
    new, _, _ = built(tmp_path, "first", ["01-a.ipynb", "02-b.ipynb"], ["01-a.csv", "02-b.csv", "explorer.html"])
    new.rename(tmp_path / "own")
    return tmp_path / "own"


def test_of_what_fails_now_an_earlier_runs_outputs_are_kept(own, tmp_path):
    new, whole, gone = built(tmp_path, "second", ["01-a.ipynb"], ["01-a.csv", "02-half.csv"])
    assert whole == ["01-a.ipynb", "02-b.ipynb"] and gone == []
    assert read(new / "notebooks" / "01-a.ipynb", 4).cells[0].source == "second"
    assert read(new / "notebooks" / "02-b.ipynb", 4).cells[0].source == "first"
    figures = {file.name: file.read_text() for file in (new / "figures").iterdir()}
    assert figures == {"01-a.csv": "second", "02-b.csv": "first", "explorer.html": "first"}
    assert list_earlier(own, ["02-b.ipynb", "03-c.ipynb"]) == ["02-b.ipynb"]


def test_what_a_run_no_longer_writes_goes_and_what_a_reader_added_stays(own, tmp_path):
    (own / "figures" / "01-mine.csv").write_text("a reader's")
    _, _, gone = built(tmp_path, "second", ["01-a.ipynb", "02-b.ipynb"], ["01-new.csv", "explorer.html"])
    assert gone == ["figures/01-a.csv", "figures/02-b.csv"]


@pytest.mark.parametrize("file", ["notebooks/01-a.ipynb", "README.md", "figures/explorer.html"])
def test_what_a_reader_changed_is_named_and_not_replaced(own, file):
    refuse_theirs(own)
    (own / file).write_text("a reader's")
    with pytest.raises(ValueError, match=file):
        refuse_theirs(own)
    (own / file).rename(own / "mine")
    refuse_theirs(own)


def test_a_readers_file_of_a_name_that_is_about_to_be_written_is_named(own):
    (own / "figures" / "03-c.csv").write_text("a reader's")
    with pytest.raises(ValueError, match=r"03-c\.csv"):
        refuse_theirs(own, ["figures/01-a.csv", "figures/03-c.csv"])


def test_a_folder_of_a_run_that_took_no_note_is_the_runs(own, tmp_path):
    (own / ".written.json").unlink()
    refuse_theirs(own, ["figures/01-a.csv"])
    _, whole, gone = built(tmp_path, "second", ["01-a.ipynb"], [])
    assert whole == ["01-a.ipynb", "02-b.ipynb"] and gone == ["figures/01-a.csv"]


def test_a_notebook_saved_while_the_run_is_at_work_is_named(tmp_path):
    file = tmp_path / "01-a.ipynb"
    file.write_text(writes(notebook("before")))
    before = {file: file.read_bytes()}
    refuse_saved(before)
    file.write_text(writes(notebook("saved")))
    with pytest.raises(ValueError, match=r"01-a\.ipynb"):
        refuse_saved(before)


@pytest.mark.parametrize("note", ["", "[1]", "{", '{"../a.txt": ""}'])
def test_a_note_that_is_damaged_is_named(own, note):
    (own / WRITTEN).write_text(note)
    with pytest.raises(ValueError, match=WRITTEN):
        refuse_theirs(own)
