"""What a reader brings: found, checked, and its notebooks' links still open."""

import re
import time

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers.articles.load import load_articles
from helpers.findings.words import escaped
from helpers.run import ROOT
from helpers.run.own import aim_links, check_given, own_folder, own_page

DEFINED = "| frame | code 1 when |\n|---|---|\n| `peace` | they stop fighting | truce | |\n"


@pytest.fixture
def given(tmp_path):
    """A reader's codebook, with definitions, and articles."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("They agreed on a truce.")
    book = tmp_path / "terms.csv"
    book.write_text("Peace,Water\ntruce,aquifer*\n")
    return {"SOURCE": str(tmp_path / "texts"), "CODEBOOK": str(book)}


def test_a_frame_without_a_definition_is_told_and_stops_nothing(given, tmp_path):
    assert check_given(given) == []  # no definitions are asked of a codebook that has none
    (tmp_path / "terms.md").write_text(DEFINED)
    (fault,) = check_given(given)
    assert fault.startswith(f"{tmp_path / 'terms.md'}: nothing defines Water")
    assert escaped(fault) in own_page(given, load_articles(given["SOURCE"]), [fault], [], [])


def test_the_collections_own_codebook_and_lists_are_whole():
    assert check_given({}) == []


ACTOR = "actor,kind,names,side\nAna Ruiz,person,Ana Ruiz,Mexico\n"


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("expected.csv", "frame,course\nPeace,up\n", "expected.csv, line 2: 'Peace', 'up'"),
        ("texts/expected.csv", "frame,course\nWar,rises\n", "texts/expected.csv, line 2: 'War', 'rises'"),
        ("coding/ana.csv", "article,sentence,War\na,1,1\n", "coding/ana.csv: the column 'War' is no frame"),
        ("actors.csv", ACTOR.replace("person", "human"), "actors.csv, line 2: the kind of 'Ana Ruiz' is 'human'"),
        ("texts/actors.csv", ACTOR.replace("Mexico", "MX"), "texts/actors.csv, line 2: the side of 'Ana Ruiz' is 'MX'"),
        ("speech-verbs.csv", "verb,takes\nsaid,all\n", "speech-verbs.csv, line 2: takes is 'all'"),
        ("commitment-verbs.csv", "verb,force\nvows,strong\n", "commitment-verbs.csv, line 2: the force 'strong'"),
        ("keywords.csv", "frame,term\npower,*\n", "keywords.csv, line 2: .* lone"),
        ("responsibility-categories.csv", "category,group,says,side,arrow,definition\nx,y,z,,,w\n", "stands alone"),
    ],
)
def test_a_fault_in_what_stands_beside_is_told_with_the_readers_file_and_line(given, tmp_path, file, text, said):
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text)
    with pytest.raises(ValueError, match=said) as error:
        check_given(given)
    assert str(tmp_path) in str(error.value)


def test_a_folder_is_named_for_the_day_and_for_what_was_brought(given, tmp_path, monkeypatch):
    monkeypatch.setattr(time, "strftime", lambda _: "2026-02-03")
    first = own_folder(tmp_path, given)
    assert re.fullmatch(r"2026-02-03-texts-terms-[0-9a-f]{8}", first.name)
    first.mkdir(parents=True)
    monkeypatch.setattr(time, "strftime", lambda _: "2026-02-04")
    assert own_folder(tmp_path, given) == first, "the same articles and codebook have one folder"
    for file in ("actors.csv", "texts/keywords.csv", "terms.md", "coding/ana.csv"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text("x")
        other = own_folder(tmp_path, given)
        assert other.name.startswith("2026-02-04-texts-terms-")
        other.mkdir()


def test_the_page_says_how_the_codebook_was_read_and_which_lists_are_the_readers(given, tmp_path):
    (tmp_path / "actors.csv").write_text(ACTOR)
    page = own_page(given, load_articles(given["SOURCE"]), [], [], [])
    assert "terms.csv, read as one column per frame (frames: 2; terms: 2)" in page
    assert "Lists of yours: `actors.csv`." in page


@pytest.mark.parametrize("place", ["own/2026-01-01-mine-1/notebooks", "own/2026-01-01-mine-1/lab/notebooks"])
def test_links_of_a_copy_open_what_those_of_the_notebook_open(place):
    text = "[a](../seeds/README.md) [b](../README.md#x) [c](01-x.ipynb) [d](../figures/01.csv) [e](https://x.org/../y)"
    copy = aim_links(new_notebook(cells=[new_markdown_cell(text), new_code_cell("1")]), ROOT, ROOT / place)
    links = re.findall(r"\]\(([^)]*)\)", copy.cells[0].source)
    assert (ROOT / place / links[0]).resolve() == ROOT / "seeds" / "README.md"
    assert (ROOT / place / links[1]).resolve() == ROOT / "README.md#x"
    assert links[2:] == ["01-x.ipynb", "../figures/01.csv", "https://x.org/../y"]
