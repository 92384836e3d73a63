"""What a frame means is read from the table beside the codebook."""

import pytest

from helpers.codebook.definitions import load_definitions


def test_a_row_defines_its_frame_and_one_without_a_definition_is_named(tmp_path):
    file = tmp_path / "codebook.md"
    file.write_text("| `peace` | nobody shoots | truce | war |\n", "utf-8")
    assert load_definitions(["peace"], file) == {"peace": ("nobody shoots", "war")}
    with pytest.raises(ValueError, match="no row defines war"):
        load_definitions(["peace", "war"], file)
    file.write_text("| `peace` |\n", "utf-8")
    with pytest.raises(ValueError, match=r"codebook.md: the row of `peace` has no definition"):
        load_definitions(["peace"], file)
