"""Sentences found for many texts at once are those that Punkt finds paragraph by paragraph."""

import re
from unittest.mock import patch

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nltk.tokenize.punkt import PunktSentenceTokenizer

from helpers.scale import pieces
from helpers.scale.looks import look_at
from helpers.scale.pieces import cut_texts
from helpers.scale.sentences import find_sentences
from helpers.text.punkt import PARAMETERS, sentence_spans

NLTKS = PunktSentenceTokenizer(PARAMETERS)  # as NLTK has it, token by token
SAID = """
U.S. Mr. J. No. p. art. 5. 2,000. 1. A.M. lt.gov Lt.Gov. Sept. the The He xx Mexico said Kelly “No!” "No!" 'So?' (yes.)
end. End? yes! ... .. . — -- word.” word.’ a.b said.)Then «fin.» what?! ?! 3 ³ É. é x. no.” ) " ” ' -- )-- No.2 “He İ.
U.S.-Mexico anti-U.S. ex-Sen. S. UU. [sic.] “The ‘Why?’ _. d.C. etc.; mid.: o'clock. p.m., a.m.) Ph.D.” ß. 中。 中.
J.D. H.W. F.B.I.) É.Z. … hours… the… hours...” ...and wait...Then [...] (…) .... .5 5 p.m. P.M.) Officers Monday
EST time Mexico At about left.The left?Yes 2020.The Mr.Smith Ph.D.The x.Com www.x.The end.U.S. a/b.The gone…Nobody & &c.
*** - —he —He –5
"""
PIECES = st.sampled_from(SAID.split()) | st.text("aA1.?!\"'”’)-é \u00a0\x1c\x85", min_size=1, max_size=4)
SPACES = st.sampled_from([" ", " ", " ", " ", "  ", "\n", "\n\n", " \n ", "\t", "\r\n", "\u00a0", "\u2003", "\x0b", ""])
TEXTS = st.lists(st.tuples(PIECES, SPACES).map("".join), max_size=14).map("".join)
TEXTS = st.tuples(SPACES, TEXTS).map("".join)


def by_punkt(text):
    """Each paragraph given to Punkt as it is, by the rules of the notebooks."""
    paragraphs = re.finditer(r"[^\n]+", text)
    return [(p.start() + start, p.start() + end) for p in paragraphs for start, end in sentence_spans(p[0], NLTKS)]


def found_at_once(texts):
    """Text, start and end of each sentence that the fast splitter finds."""
    cut = cut_texts(pa.array(texts, pa.string()))
    found = find_sentences(cut, look_at(cut.distinct))
    return list(zip(found.text.tolist(), found.start.tolist(), found.end.tolist(), strict=True))


@example(["… ...… ... \x1c"], pieces.STEP)
@example(["1. 12. —\xa0"], pieces.STEP)
@example(["It was 12. , then ; 5. : x"], pieces.STEP)
@given(st.lists(TEXTS, max_size=4), st.sampled_from([1, 2, 7, pieces.STEP]))
def test_sentences_are_punkts(texts, step):
    """However many bytes are looked at together."""
    with patch.object(pieces, "STEP", step):
        found = found_at_once(texts)
    assert found == [(number, *span) for number, text in enumerate(texts) for span in by_punkt(text)]


def test_the_seeds_sentences_are_those_of_the_notebooks(articles, sentences):
    numbers = sentences["article"].map(dict(zip(articles["article"], articles.index, strict=True)))
    expected = list(zip(numbers, sentences["start"], sentences["end"], strict=True))
    assert found_at_once(articles["text"].tolist()) == expected


@given(st.lists(TEXTS, max_size=4), st.integers(0, 2))
def test_places_in_characters_and_in_bytes_mean_the_same(texts, skipped):
    """Of a table's column that begins anywhere within its data, too."""
    column = pa.array(texts, pa.string())[skipped:]
    cut = cut_texts(column)
    found = find_sentences(cut, look_at(cut.distinct))
    data = cut.content.tobytes()
    for text, start, end, begin, stop in zip(*map(list, found), strict=True):
        assert texts[skipped:][text][start:end] == data[begin:stop].decode()


@pytest.mark.parametrize("texts", [[], [""], ["", " ", "\n", "\u00a0"]])
def test_nothing_has_no_sentences(texts):
    assert found_at_once(texts) == []
