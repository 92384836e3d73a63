"""What a frame means is read from the file beside the codebook, as people write it."""

import pytest

from helpers.codebook.definitions import CASES, faults_of_definitions, load_definitions, unit_and_cases

FRAMES = ["peace", "cold_war"]
HEAD = "| frame | code 1 when | typical words | not this |\n|---|:--:|---|---|\n"
WANTED = {"peace": ("nobody shoots", "a truce"), "cold_war": ("threats", "")}


def written(folder, text):
    file = folder / "codebook.md"
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize(
    "text",
    [
        "| `peace` | nobody shoots | calm | a truce |\n| `cold_war` | threats | | |\n",
        HEAD + "| peace | nobody shoots | calm | a truce |\n| Cold War | threats | bluster | |\n",
        HEAD + "| **Peace** | nobody shoots | calm | a truce |\n\nMore:\n\n| *cold-war* | threats |\n",
        "Frame | Code when | Do not code\n--- | --- | ---\npeace | nobody shoots | a truce\ncold war | threats |\n",
        HEAD + "| peace | nobody shoots | calm | a truce |\n\n## Cold war\n\nthreats\n\n## Cases\n\nNone.\n",
        HEAD + "| peace | nobody shoots | calm | a truce |\n\n**Cold war**\n\nthreats\n\n## Cases\n\nNone.\n",
        HEAD + "| peace | nobody shoots | calm | a truce |\n\n## 2. Cold war\n\nthreats\n",
        HEAD + "| peace | nobody shoots | calm | a truce |\n\n- **cold war**: threats\n- **warm**: suns\n",
        HEAD + "| peace | nobody shoots | calm | a truce |\n\ncold war: threats\n",
    ],
)
def test_frames_are_defined_by_tables_and_headings(tmp_path, text):
    file = written(tmp_path, text)
    assert load_definitions(FRAMES, file) == WANTED
    assert faults_of_definitions(FRAMES, file) == []


def test_typical_words_are_no_definition_of_what_a_frame_is_not(tmp_path):
    text = "| frame | code 1 when | typical words |\n|---|---|---|\n| peace | nobody shoots | calm |\n"
    assert load_definitions(["peace"], written(tmp_path, text)) == {"peace": ("nobody shoots", "")}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("", "nothing defines cold_war"),
        ("| cold_war |\n", "line 4: the row of cold_war has no definition"),
        ("| cold_wor | threats |\n", "line 4: 'cold_wor' is not a frame"),
        ("| cold_war | threats | | |\n| peace | rest |\n", "line 5: peace is defined twice"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_the_others_are_defined(tmp_path, row, said):
    file = written(tmp_path, f"{HEAD}| peace | nobody shoots | calm | a truce |\n{row}")
    assert load_definitions(FRAMES, file)["peace"] == WANTED["peace"]
    assert any(fault.startswith(str(file)) and said in fault for fault in faults_of_definitions(FRAMES, file))


def test_a_page_that_defines_nothing_is_told_and_a_missing_one_is_not(tmp_path):
    page = written(tmp_path, "Notes.\n\n| day | work |\n|---|---|\n| Monday | read |\n")
    assert "nothing defines peace, cold_war" in faults_of_definitions(FRAMES, page)[0]
    assert faults_of_definitions(FRAMES, tmp_path / "none.md") == []


def test_unit_and_cases_are_read_up_to_the_next_heading(tmp_path):
    file, cases = tmp_path / "book.md", f"{CASES}\n\nOne.\n\n- Two."
    file.write_text(f"# Book\n\nUnit of coding: a sentence.\n\n{cases}\n\n## More\n\nOther.\n", "utf-8")
    assert unit_and_cases(file) == ("Unit of coding: a sentence.", cases)
    file.write_text("# Book\n", "utf-8")
    assert unit_and_cases(file) == unit_and_cases(tmp_path / "none.md") == ("", "")
