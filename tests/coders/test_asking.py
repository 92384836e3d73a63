"""Coding in a notebook: every answer is saved, a slip is asked again, and what is coded is not asked twice."""

import pandas as pd
import pytest

from helpers.coders.asking import ask_for_codes
from helpers.coders.labels import load_labels
from helpers.coders.samples import draw_sample
from helpers.coders.template import write_template

FRAMES = ["militarised", "finance"]


@pytest.fixture
def file(tmp_path):
    sentences = pd.DataFrame({"article": "x", "sentence": [1, 2, 3], "text": ["One.", "Two.", "Three."], "period": "p"})
    return write_template(tmp_path, draw_sample(sentences, n=3), FRAMES, coder="ana")


def answer(monkeypatch, *words):
    given = iter(words)
    asked = []
    monkeypatch.setattr("builtins.input", lambda prompt: asked.append(prompt) or next(given))
    return asked


def test_answers_are_saved_and_read_as_a_random_sample(file, monkeypatch):
    asked = answer(monkeypatch, "2", "9", "x", "", "q")
    assert ask_for_codes(file) == 2
    labels = load_labels(FRAMES, file.parent)
    assert labels.groupby("frame")["value"].sum().to_dict() == {"finance": 1, "militarised": 0}
    assert labels["chance"].eq(1).all() and len(labels) == 4
    assert len(asked) == 5
    asked = answer(monkeypatch, "1 2")
    assert ask_for_codes(file) == 3
    assert len(asked) == 1
    assert load_labels(FRAMES, file.parent)["value"].sum() == 3
    assert ask_for_codes(file) == 3  # asks nothing: all are coded
