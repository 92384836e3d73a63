"""Sentences end after an ellipsis, an hour and where the space is missing; a mark alone is none."""

import pandas as pd
import pytest

from helpers.text.breaks import cover_ellipses, further_ends
from helpers.text.split import split_sentences


@pytest.mark.parametrize(
    "text",
    [
        "Govs. Ana Lee and Tom Roe met Drs. Paz and Gil. | They left.",
        "He wrote to Asst. Atty. Gen. Paz, Profs. Roe and Gil, and Messrs. Lee. | Nobody answered.",
        "Rear Adm. Lee met Cmdr. Paz, Ald. Tom Roe and Mmes. Gil and Ruiz. | It rained.",
        "The ship left at 5 p.m. | Officers boarded it at 10 A.M. | Nobody knew.",
        "It left at 5 p.m. Monday, at 6 p.m. EST and at 7 p.m. local time. | It came back.",
        "It left at 5 p.m. Mexico City time. | The 6 p.m. Amtrak train did not.",
        "At 5 p.m. Paz spoke. | Shortly before 6 p.m. Roe left. | By noon they slept.",
        "They waited for hours… | Nobody came… and nobody called. | That was all.",
        "They waited ... | Nobody came... | “Go,” she said.",
        "They waited . . . and waited . . . | Nobody came. | . . . not even Roe.".replace(" | . . .", " . . ."),
        "The … Mexican army and the [...] Texas guard met. | They left.",
        "The rifles lay by the river. | Guards left.| A man came!| Nobody saw him?| U.S. agents did.",
        "See nytimes.Com and Report.Final.pdf by Mr.Roe, Ph.D.The list is at www.list.org/The.List now. | Good.",
        "Stop ! | Why ?! | They ran !! ! | Then all was still. ***",
        "“No!” —he said. | —We go.",
        "Com. & Adm. were there. | There was a ball in D.C. | There was none here.",
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text):
    found = split_sentences(pd.DataFrame({"article": ["x"], "text": [text.replace("| ", "").replace("|", "")]}))
    assert found["text"].tolist() == [part.strip() for part in text.split("|")]


@pytest.mark.parametrize("text", ["***", ". . .", "—\n\n?!", "…"])
def test_a_paragraph_without_letters_has_no_sentence(text):
    assert split_sentences(pd.DataFrame({"article": ["x"], "text": [text]})).empty


@pytest.mark.parametrize("text", ["a… " * 9_000, "a… A" * 9_000, "at 5 p.m. A" * 2_000, "a.A" * 5_000, " ." * 9_000])
def test_long_lines_take_no_longer_than_they_are(text):
    assert len(further_ends(cover_ellipses(text))) <= len(text)
