"""One pass for all terms finds what a search of every span for every term finds, and nothing else."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.codebook.hits import find_hits
from helpers.codebook.matching import NEGATED, match_terms
from helpers.codebook.terms import fault_of_term

CURLY = {"‘": "'", "’": "'", "“": '"', "”": '"', "‑": "-"}
LETTERS = [
    "a",
    "b",
    "A",
    "é",
    "É",
    "İ",
    "Σ",
    "ς",
    "1",
    "_",
    "’",
    "'",
    "-",
    "‑",
    ".",
    ",",
    " ",
    " ",
    "\n",
    "no ",
    "\ud800",
]
TEXTS = st.lists(st.sampled_from(LETTERS), max_size=18).map("".join)
STARS = st.sampled_from(["", "", "*"])
PIECES = st.lists(st.sampled_from(["a", "b", "A", "é", "1", "_", "'", "-", ".", "σ", "Σ"]), min_size=1, max_size=3)
TERMS = st.lists(st.tuples(STARS, PIECES.map("".join), STARS).map("".join), min_size=1, max_size=3).map(" ".join)
TERMS = TERMS.filter(lambda term: not fault_of_term(term))
BOOKS = st.lists(st.tuples(st.sampled_from(["f", "g", "none"]), TERMS), min_size=1, max_size=6)


def is_word(character):
    return character.isalnum() or character == "_"


def small(character):
    return character if len(character.lower()) > 1 else character.lower()


def fits(term, words):
    """Whether the words are the term, read from left to right: a `*` takes letters, digits and underscores only."""
    if not term or not words:
        return term.strip("*") == "" and not words
    if term[0] == "*":
        return fits(term[1:], words) or (is_word(words[0]) and fits(term, words[1:]))
    return term[0] == words[0] and fits(term[1:], words[1:])


def search_everything(text, book, scope):
    """Every span of the text held against every term, then masks and overlaps as they are told in words."""
    straight = "".join(CURLY.get(character, character) for character in text)
    lowered = straight.lower() if len(straight.lower()) == len(straight) else "".join(map(small, straight))
    edges = [
        (start, end)
        for start in range(len(text))
        for end in range(start + 1, len(text) + 1)
        if not (start and is_word(text[start - 1])) and not (end < len(text) and is_word(text[end]))
    ]
    found = {
        (start, end, frame, term)
        for frame, term in book
        for start, end in edges
        if fits(term, (lowered if term == term.lower() else straight)[start:end])
    }
    masks = [match[:2] for match in found if match[2] == "none"]
    inside = {(s, e, f, t) for s, e, f, t in found for a, b in masks if a <= s and e <= b and b - a > e - s}
    left = sorted((match for match in found - inside if match[2] != "none"), key=lambda m: (m[0] - m[1], m))
    kept = []
    while left:
        start, end, frame = (best := left.pop(0))[:3]
        kept.append((*best, bool(NEGATED.search(straight[:start]))))
        left = [
            (s, e, f, t)
            for s, e, f, t in left
            if e <= start or end <= s or (f != frame and (scope == "frame" or (s, e) == (start, end)))
        ]
    return sorted(kept)


@given(st.lists(TEXTS, max_size=3), BOOKS, st.sampled_from(["frame", "codebook"]))
def test_one_pass_finds_what_a_search_of_every_span_finds(texts, book, scope):
    found = match_terms(texts, tuple(book), scope)
    hits = [(i, s, e, *book[row], negated) for i, row, s, e, negated in zip(*map(list, found), strict=True)]
    assert hits == [(i, *hit) for i, text in enumerate(texts) for hit in search_everything(text, book, scope)]


def test_a_beginning_shared_by_terms_of_many_frames_is_found_for_each():
    sentences = pd.DataFrame({"article": ["x"], "sentence": [1], "start": [10], "text": ["Drug wars on drugs"]})
    book = pd.DataFrame([("a", "drug"), ("b", "drug"), ("c", "drug*"), ("d", "drug* on")], columns=["frame", "term"])
    hits = find_hits(sentences, book)
    assert hits[["frame", "start", "words"]].to_numpy().tolist() == [
        ["a", 10, "Drug"],
        ["b", 10, "Drug"],
        ["c", 10, "Drug"],
        ["c", 23, "drugs"],
    ]


@pytest.mark.parametrize("term", ["", "*", "a*b", "..."])
def test_a_term_with_nothing_to_look_for_is_refused(term):
    with pytest.raises(ValueError, match="find_hits: "):
        match_terms(["text"], (("f", term),))


def test_no_texts_no_hits():
    assert [len(column) for column in match_terms([], (("f", "x"),))] == [0] * 5
