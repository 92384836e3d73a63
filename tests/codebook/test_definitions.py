"""What a frame means is read from the table beside the codebook."""

import pytest

from helpers.codebook.definitions import CASES, load_definitions, unit_and_cases


def test_a_row_defines_its_frame_and_one_without_a_definition_is_named(tmp_path):
    file = tmp_path / "codebook.md"
    file.write_text("| `peace` | nobody shoots | truce | war |\n", "utf-8")
    assert load_definitions(["peace"], file) == {"peace": ("nobody shoots", "war")}
    with pytest.raises(ValueError, match="no row defines war"):
        load_definitions(["peace", "war"], file)
    file.write_text("| `peace` |\n", "utf-8")
    with pytest.raises(ValueError, match=r"codebook.md: the row of `peace` has no definition"):
        load_definitions(["peace"], file)


def test_unit_and_cases_are_read_up_to_the_next_heading(tmp_path):
    file, cases = tmp_path / "book.md", f"{CASES}\n\nOne.\n\n- Two."
    file.write_text(f"# Book\n\nUnit of coding: a sentence.\n\n{cases}\n\n## More\n\nOther.\n", "utf-8")
    assert unit_and_cases(file) == ("Unit of coding: a sentence.", cases)
    file.write_text("# Book\n", "utf-8")
    assert unit_and_cases(file) == unit_and_cases(tmp_path / "none.md") == ("", "")
