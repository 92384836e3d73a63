"""Sentences found for many texts at once are those that Punkt finds paragraph by paragraph."""

import re
from unittest.mock import patch

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nltk.tokenize.punkt import PunktSentenceTokenizer

from helpers.scale import sentences
from helpers.scale.sentences import cut_texts, find_sentences, look_at
from helpers.text.characters import STRAIGHT
from helpers.text.punkt import PARAMETERS, SPEAKER
from helpers.text.split import split_sentences

NLTKS = PunktSentenceTokenizer(PARAMETERS)  # as NLTK has it, token by token
SAID = """
U.S. Mr. J. No. p. art. 5. 2,000. 1. A.M. lt.gov Lt.Gov. Sept. the The He xx Mexico said Kelly “No!” "No!" 'So?' (yes.)
end. End? yes! ... .. . — -- word.” word.’ a.b said.)Then «fin.» what?! ?! 3 ³ É. é x. no.” ) " ” ' -- )-- No.2 “He İ.
U.S.-Mexico anti-U.S. ex-Sen. S. UU. [sic.] “The ‘Why?’ _. d.C. etc.; mid.: o'clock. p.m., a.m.) Ph.D.” ß. 中。 中.
J.D. H.W. F.B.I.) É.Z.
"""
PIECES = st.sampled_from(SAID.split()) | st.text("aA1.?!\"'”’)-é \u00a0\x1c\x85", min_size=1, max_size=4)
SPACES = st.sampled_from([" ", " ", " ", " ", "  ", "\n", "\n\n", " \n ", "\t", "\r\n", "\u00a0", "\u2003", "\x0b", ""])
TEXTS = st.lists(st.tuples(PIECES, SPACES).map("".join), max_size=14).map("".join)
TEXTS = st.tuples(SPACES, TEXTS).map("".join)


def belong_together(before, after):
    return (
        after[0].islower()
        or (re.search(r"[!?][\"'”’]$", before) and SPEAKER.match(after))
        or (re.search(r"(?<!\w)(?:Nos?|pp?|[Aa]rt|S)\.$", before) and after[0].isdigit())
        or re.fullmatch(r"\d+\.", before)
    )


def by_punkt(text):
    """Each paragraph given to Punkt as it is, and what only seems to begin a sentence put to the one before."""
    found = []
    for paragraph in re.finditer(r"[^\n]+", text):
        spans = []
        for start, end in NLTKS.span_tokenize(paragraph[0].translate(STRAIGHT)):
            start, end = paragraph.start() + start, paragraph.start() + end
            if spans and belong_together(text[slice(*spans[-1])], text[start:end]):
                start = spans.pop()[0]
            spans.append((start, end))
        found += spans
    return found


@example(["… ...… ... \x1c"], sentences.STEP)
@example(["1. 12. —\xa0"], sentences.STEP)
@example(["It was 12. , then ; 5. : x"], sentences.STEP)
@given(st.lists(TEXTS, max_size=4), st.sampled_from([1, 2, 7, sentences.STEP]))
def test_sentences_are_punkts(texts, step):
    """However many bytes are looked at together."""
    with patch.object(sentences, "STEP", step):
        table = split_sentences(pd.DataFrame({"article": range(len(texts)), "text": texts}))
    for number, text in enumerate(texts):
        spans = table[table["article"] == number]
        assert list(zip(spans["start"], spans["end"], strict=True)) == by_punkt(text), text
        assert spans["sentence"].tolist() == list(range(1, len(spans) + 1))
        assert spans["text"].tolist() == [text[start:end] for start, end in by_punkt(text)]


def test_the_seeds_sentences_are_punkts(articles, sentences):
    spans = [(row.article, *span) for row in articles.itertuples() for span in by_punkt(row.text)]
    assert list(sentences[["article", "start", "end"]].itertuples(index=False, name=None)) == spans


@given(st.lists(TEXTS, max_size=4), st.integers(0, 2))
def test_places_in_characters_and_in_bytes_mean_the_same(texts, skipped):
    """Of a table's column that begins anywhere within its data, too."""
    column = pa.array(texts, pa.string())[skipped:]
    pieces = cut_texts(column)
    found = find_sentences(pieces, look_at(pieces.distinct))
    data = pieces.content.tobytes()
    for text, start, end, begin, stop in zip(*map(list, found), strict=True):
        assert texts[skipped:][text][start:end] == data[begin:stop].decode()


@pytest.mark.parametrize("texts", [[], [""], ["", " ", "\n", "\u00a0"]])
def test_nothing_has_no_sentences(texts):
    table = split_sentences(pd.DataFrame({"article": pd.Series(texts, dtype=str), "text": pd.Series(texts, dtype=str)}))
    assert table.empty
    assert table.columns.tolist() == ["article", "sentence", "start", "end", "text"]


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
