"""Sentences and words as a reader would find them, with offsets that hold."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.text.split import WORDS, split_sentences, split_words


def sentences_of(text):
    return split_sentences(pd.DataFrame({"article": ["x"], "text": [text]}))["text"].tolist()


@pytest.mark.parametrize(
    "text",
    [
        "He lives in the U.S. | The officials met.",
        "U.S. President Joe Biden met Gen. Luis Rodríguez at 3 p.m. | The talks ended.",
        "“No more weapons!” at the border, it read. | So it was.",
        "“No!” he said. | “Yes.” | They left.",
        "The cartel's No. 2 was held. | Sen. J. Doe (R-Tex.) agreed.",
        "It was called “Fast and Furious.” | It failed.",
        'He said: "It is over." | Then he left.',
        "Documents that ... will allow people to move. | More come.",
        "The will be changed”said one of the attendees. | Nobody spoke.",
        "It rose 3.5 percent in Washington, D.C. on Monday. | Prices fell.",
        "Who pays? | Mexico! | Nobody.",
        "“Stop!” Calderon said. | Nobody did.",
        "The answer was no. | Mexico refused.",
        "See p. 5 of the report. | It is short.",
        "The bill (H.R. 1425) passed, and S. 12 too. | It is law.",
        "Guzmán, a.k.a. “El Chapo,” fled. | Viven en EE. UU. desde 1990.",
        "1. Mexico must act. | 2. The United States must follow.",
        "He sat. | Acme Inc. said nothing. | Arms, ammunition, etc. were found.",
        "A first paragraph without a stop\n\n| A second one.",
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text):
    assert sentences_of(text.replace("| ", "")) == [part.strip() for part in text.split("|")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the U.S. and José", ["the", "U.S.", "and", "José"]),
        ("large-caliber, multi-billion-dollar", ["large-caliber", "multi-billion-dollar"]),
        ("both countries' joint fight", ["both", "countries'", "joint", "fight"]),
        ("Mexico’s president", ["Mexico’s", "president"]),
        ("we're not 'criminals'", ["we're", "not", "criminals'"]),
        ("2,000 weapons, $3.5 (G20) 1990s", ["2,000", "weapons", "3.5", "G20", "1990s"]),
        ("changed”said—he ... and/or", ["changed", "said", "he", "and", "or"]),
        ("US-Mexican and U.S.-Mexico ties at 3 p.m.", ["US-Mexican", "and", "U.S.-Mexico", "ties", "at", "3", "p.m."]),
    ],
)
def test_words_are_what_a_reader_calls_words(text, words):
    assert WORDS.tokenize(text) == words


@given(st.lists(st.text(alphabet="ab .?!…\n\"'“”’-U.SA5", max_size=60), min_size=1, max_size=3))
def test_offsets_hold_and_nothing_but_space_stands_outside_a_sentence(texts):
    """But for paragraphs without a letter or digit, which have no sentence; nor is any sentence without one."""
    articles = pd.DataFrame({"article": [str(i) for i in range(len(texts))], "text": texts})
    sentences = split_sentences(articles)
    for article, text in zip(articles["article"], articles["text"], strict=True):
        spans = sentences[sentences["article"] == article]
        assert [text[row.start : row.end] for row in spans.itertuples()] == spans["text"].tolist()
        assert not spans["text"].str.contains("\n").any()
        assert spans["text"].str.contains(r"[^\W_]").all()
        worded = "".join(line for line in text.split("\n") if re.search(r"[^\W_]", line))
        assert "".join("".join(spans["text"]).split()) == "".join(worded.split())
    words = split_words(sentences)
    assert words["token"].tolist() == [word for text in sentences["text"] for word in WORDS.tokenize(text)]
    joined = words.merge(articles, on="article")
    assert all(row.text[row.start : row.end] == row.token for row in joined.itertuples())


@pytest.mark.parametrize(
    "text",
    [
        *(f"It was signed on {month}. 3, 2010 in Texas." for month in "Jan Feb Mar Apr Aug Sept Oct Nov Dec".split()),
        *(f"They met in Alexandria, {state}. Calderón spoke." for state in "Va Md Pa Tenn Ariz Calif N.M N.Y".split()),
        *(f"They met on {day}. Calderón spoke." for day in "Mon Tues Wed Thurs Fri".split()),
        *(
            f"They met {name} in Texas."
            for name in ("J.D. Vance", "George H.W. Bush", "F.B.I. Director Christopher Wray")
        ),
        "See Fig. 3 for the guns.",
    ],
)
def test_the_abbreviations_of_english_news_end_no_sentence(text):
    assert split_sentences(pd.DataFrame({"article": ["x"], "text": [text]}))["text"].tolist() == [text]


@pytest.mark.parametrize("word", ["sat", "ill", "sun", "mass", "wash"])
def test_words_that_are_written_like_abbreviations_end_sentences(word):
    table = pd.DataFrame({"article": ["x"], "text": [f"So it was {word}. Calderón spoke."]})
    assert len(split_sentences(table)) == 2
