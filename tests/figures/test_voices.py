"""The figures of notebook 05: every count is written where it belongs."""

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers.figures.voices import draw_speakers, draw_voices
from helpers.readings.voices import VOICES


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_speakers_are_ordered_by_side_and_then_the_busiest_first():
    links = pd.DataFrame(
        [("A", "unknown", "a", 9), ("B", "Mexico", "a", 1), ("C", "Mexico", "b", 3), ("D", "Mexico", "a", 1),
         ("E", "United States", "b", 2), ("unknown", "unknown", "a", 1)],
        columns=["speaker", "side", "frame", "count"],
    )  # fmt: skip
    ax = draw_speakers(links, ["a", "b"], title="").axes[0]
    labels = sorted(
        (place, label.get_text()) for place, label in zip(ax.get_yticks(), ax.get_yticklabels(), strict=True)
    )
    assert [name for _, name in labels] == [
        "US speakers", "E", "Mexican speakers", "C", "B", "D", "others", "A", "speaker unknown"
    ]  # fmt: skip
    rows = {name: place for place, name in labels}
    written = {(text.xy[1], text.xy[0]): text.get_text() for text in ax.texts}
    assert written[rows["A"], 0] == "9" and written[rows["C"], 1] == "3" and len(written) == len(links)


def test_bars_are_the_counts_and_of_many_articles_the_first_and_the_last_are_drawn():
    names = ["all", *(f"x{i}" for i in range(20))]
    rows = [(name, name, "a", voice, i) for name in names for i, voice in enumerate(VOICES, 1)]
    counts = pd.DataFrame(rows, columns=["article", "label", "frame", "voice", "count"])
    counts["voice"] = pd.Categorical(counts["voice"], categories=VOICES)
    fig = draw_voices(counts, ["a"], title="")
    assert [ax.get_title("left") for ax in fig.axes] == ["all", *names[-8:]]
    assert [bar.get_width() for bar in fig.axes[0].patches] == [1, 2, 3, 4]
