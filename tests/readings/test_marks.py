"""Quotation marks of every usage hold speech; inches, apostrophes and marks inside marks do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.readings.marks import even_marks

PAIRS = ["“”", '""', "„“", "„”", "«»", "»«", "‘’", ("''", "''"), ("``", "''"), ("« ", " »")]


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("words", ["We don’t go, friends,", "The guards’ rifles, and yours,", "It is ours."])
def test_speech_stands_between_even_marks(pair, words):
    text = f"{pair[0]}{words}{pair[1]} Ana Roe said. They left."
    even = even_marks(text)
    assert len(even) == len(text)
    assert even[even.index("“") + 1 : even.index("”")] == words
    assert (even.count("“"), even.count("”")) == (1, 1)


@pytest.mark.parametrize(
    ("text", "even"),
    [
        ('A 16" gun and a 4" one.', "A 16' gun and a 4' one."),
        ('"The 16" gun is old," he said.', "“The 16' gun is old,” he said."),
        ("He is 5'10\" or 5’10” tall.", "He is 5'10' or 5’10' tall."),
        ("“We saw 16” he said. “Go.”", "“We saw 16” he said. “Go.”"),
        ("“She said “go” and ‘stay’,” he said.", "“She said 'go' and ‘stay’,” he said."),
        ("The ’90s, the guards’ rock ’n’ roll.", "The ’90s, the guards’ rock ’n’ roll."),
        ("A ‘red card’ is old.", "A “red card” is old."),
        ("—We go —said Roe—. You stay.", "“We go” said Roe  “You stay”"),
        ("‘We go.\n\n‘We stay,’ he said.", "“We go.\n\n“We stay,” he said."),
        ("'We don't go,' he said. It's the states' duty.", "“We don't go,” he said. It's the states' duty."),
    ],
)
def test_marks_are_made_even(text, even):
    assert even_marks(text) == even


@given(st.text(alphabet="aA1 .,\n“”\"'’‘„«»`—s", max_size=40))
def test_offsets_and_words_stay_the_same(text):
    even = even_marks(text)
    assert len(even) == len(text)
    assert [(i, c) for i, c in enumerate(even) if c.isalnum()] == [(i, c) for i, c in enumerate(text) if c.isalnum()]


@pytest.mark.parametrize("text", ['"' * 20_000, "‘a " * 9_000, "„a" * 9_000, '16" ' * 9_000, "—A —b" * 9_000])
def test_long_lines_take_no_longer_than_they_are(text):
    assert len(even_marks(text)) == len(text)
