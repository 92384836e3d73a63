"""A codebook's table may have any shape that a spreadsheet gives it; what has two meanings is asked about."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.codebook.shapes import IN_COLUMNS, PER_FRAME, PER_TERM, read_shape
from helpers.codebook.terms import load_codebook

WANTED = {"Force": ["army", "soldiers", "armed men"], "Health": ["clinic*", "nurses"]}


def saved(folder, rows, divider=","):
    """The rows as a spreadsheet saves them."""
    held = io.StringIO()
    csv.writer(held, delimiter=divider).writerows(rows)
    file = folder / "mine.csv"
    file.write_text(held.getvalue(), encoding="utf-8")
    return file


def terms(file):
    return {frame: own["term"].tolist() for frame, own in load_codebook(file).groupby("frame", sort=False)}


IN_A_ROW = [["Force", "army", "soldiers", "armed men"], ["Health", "clinic*", "nurses", ""]]
IN_A_COLUMN = [list(row) for row in zip(*IN_A_ROW, strict=True)]
PAIRS = [[frame, term] for frame, own in WANTED.items() for term in own]
MERGED = [[frame * (term == WANTED[frame][0]), term] for frame, term in PAIRS]
LISTED = [["Force", "army, soldiers, armed men"], ["Health", "clinic*, nurses"]]
TABLES = {
    "a column per frame": (IN_COLUMNS, IN_A_COLUMN),
    "a column per frame below a title": (IN_COLUMNS, [["Draft 2", ""], *IN_A_COLUMN]),
    "a row per frame": (PER_FRAME, IN_A_ROW),
    "a row per frame with a header": (PER_FRAME, [["THEME", "Term 1", "Term 2", "Term 3"], *IN_A_ROW]),
    "a header that ends early": (PER_FRAME, [["Frame", "Terms", "", ""], *IN_A_ROW]),
    "commas": (PER_FRAME, [["Frame", "Key words"], *LISTED]),
    "commas, no header": (PER_FRAME, LISTED),
    "semicolons": (PER_FRAME, [["Force", "army; soldiers;armed men"], ["Health", "clinic*; nurses"]]),
    "lines in a cell": (PER_FRAME, [["Force", "• army\n• soldiers\n• armed men"], ["Health", "clinic*\nnurses"]]),
    "a list in one cell": (IN_COLUMNS, [["Force", "Health"], ["army; soldiers", "clinic*"], ["armed men", "nurses"]]),
    "a list below each frame": (IN_COLUMNS, [list(row) for row in zip(*LISTED, strict=True)]),
    "a row per term": (PER_TERM, [["Category ", "TERM"], *PAIRS]),
    "merged cells": (PER_TERM, [["Frame", "Term"], *MERGED]),
}


@pytest.mark.parametrize("divider", [",", ";", "\t"])
@pytest.mark.parametrize("name", TABLES)
def test_the_same_codebook_is_read_from_every_shape(tmp_path, name, divider):
    shape, rows = TABLES[name]
    file = saved(tmp_path, rows, divider)
    assert terms(file) == WANTED
    assert read_shape(file)[1] == shape


@given(st.lists(st.lists(st.sampled_from("army navy gun* war drugs*".split()), min_size=1, unique=True), min_size=2))
def test_columns_with_capitals_above_are_read_column_by_column(tmp_path_factory, columns):
    frames = [f"Frame {chr(65 + place % 26)}{place}" for place in range(len(columns))]
    longest = max(map(len, columns))
    below = [[own[line] if line < len(own) else "" for own in columns] for line in range(longest)]
    file = saved(tmp_path_factory.mktemp("book"), [frames, *below])
    assert terms(file) == dict(zip(frames, columns, strict=True))


def test_terms_keep_the_number_of_their_row_and_what_is_said_of_them(tmp_path):
    file = saved(tmp_path, [["frame", "term", "Note", "By"], [], ["f", "army", "old", "Ana"], ["f", "navy", "", ""]])
    table, _, others = read_shape(file)
    assert table.index.tolist() == [3, 4] and others == ["By"]
    assert table["note"].tolist() == ["old; By: Ana", ""]


def test_a_comma_in_a_mask_belongs_to_the_name_and_a_semicolon_divides(tmp_path):
    rows = [["Frame", "Terms"], ["f", "army, guns"], ["none", "Alcohol, Tobacco and Firearms; Army Street"]]
    assert terms(saved(tmp_path, rows)) == {
        "f": ["army", "guns"],
        "none": ["Alcohol, Tobacco and Firearms", "Army Street"],
    }


def test_the_header_of_a_second_file_is_no_term(tmp_path):
    head, rows = ["frame", "term"], [["f", "army"], ["f", "navy"]]
    assert terms(saved(tmp_path, [head, *rows, head, ["g", "clinic"], ["g", "nurse"]])) == {
        "f": ["army", "navy"],
        "g": ["clinic", "nurse"],
    }


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["force", "health"], ["army", "clinic"]], "line 1: which cells name the frames is not clear"),
        ([["", "Force", "Health"], ["1", "army", "clinic"]], "line 1: which cells name the frames is not clear"),
        ([["Force", "Health", "Trade"], ["army", "clinic", ""]], "the frame 'Trade' has no terms"),
        ([["Frame", "Signs", "Examples"], ["f", "x", "y"]], "line 1: 'Frame' names .* Which holds the terms"),
        ([["Class", "Race"], ["boss*", "women"], ["work*", "men"]], "line 1: every frame has a single term"),
        ([["term"], ["army"]], "line 1: 'term' names .* Which holds the frames"),
        ([["frame", "term"], ["f", "army or navy"], ["f", "fleet"]], "line 2: 'army or navy' .* one phrase"),
        ([["frame", "term"], ["f", "army & navy"], ["f", "fleet"]], "line 2: 'army & navy' .* one phrase"),
        ([["frame", "term"], ["f", "armies/nav*"], ["f", "fleet"]], "line 2: 'armies/nav.*' .* one phrase"),
        ([["frame", "term"], ["f", "army NEAR/3 sea"], ["f", "fleet"]], "line 2: .* holds 'NEAR/3'"),
        ([["frame", "terms"], ["f", "army, navy and fleet"], ["g", "x, y"]], "line 2: 'navy and fleet' ends a list"),
        ([["Force", "Health"], ["About armies", "About the ill"], ["army", "clinic*"]], "line 2: it looks like defin"),
    ],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_is_asked_about(tmp_path, rows, said):
    with pytest.raises(ValueError, match=rf"mine\.csv, {said}|mine\.csv, line 1: {said}"):
        load_codebook(saved(tmp_path, rows))


def test_a_spreadsheet_called_csv_is_told(tmp_path):
    (tmp_path / "mine.csv").write_bytes(b"PK\3\4...")
    with pytest.raises(ValueError, match=r"mine\.csv: this is no CSV"):
        load_codebook(tmp_path / "mine.csv")


def test_a_phrase_with_or_is_written_with_a_star_and_names_keep_their_signs(tmp_path):
    rows = [
        ["frame", "term"],
        ["f", "dead or* alive"],
        ["f", "HIV/AIDS"],
        ["f", "Smith & Wesson"],
        ["f", "law and order"],
    ]
    assert terms(saved(tmp_path, rows)) == {"f": [term for _, term in rows[1:]]}
