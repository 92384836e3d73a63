"""Where the terms of a codebook stand, in few texts or in many: all terms are looked for in one pass (Aho & Corasick
1975, Comm. ACM 18(6): 333-340), and what stands at each place found is held to helpers/codebook.py's rule."""

import re
import zlib
from collections import defaultdict
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from ahocorasick_rs import AhoCorasick, Implementation

from helpers.codebook import MASK, fault_of_term, is_exact, lower, term_pattern
from helpers.sentences import BLANK, SURROGATE, straighten

# A negation reaches five words on, as in NegEx (Chapman et al. 2001, J. Biomed. Inform. 34(5): 301-310), but not past
# a comma or the like, nor past "but"; "not only" and its kin deny nothing.
NEGATED = re.compile(
    r"""(?<!\w)(?:no(?!\.)|not|never|neither|nor|none|without|cannot|\w+n't)(?!\w)
    (?!\ (?:only|just|merely|simply|doubt|least|to\ mention|end\ to)(?!\w))
    (?:(?!\ -)[^\w,;:!?()–—]++(?!but\ )\w[\w'-]*+){0,5}
    (?!\ -\ )[^\w,;:!?()–—]++$""",
    re.VERBOSE | re.IGNORECASE,
)
DENIAL = re.compile("no|n't|ever|ther|thout")  # stands, in lower case, in every word that denies: quick to look for
WORD = re.compile(r"\w")
PATTERN = lru_cache(maxsize=None)(term_pattern)


# What a piece of text tells of the terms that may stand there:
KEYS = np.dtype(
    [
        ("alone", bool),  # it holds a term of one word
        ("first", np.uint64),  # for each pair of a phrase's words (64 kinds of pairs): it holds the first of them
        ("second", np.uint64),  # or the second
    ]
)


class Matches(NamedTuple):
    """One entry per term found at one place, by text, place and frame: which text (from 0), which row of the codebook
    (from 0), start and end (offsets into the text), and whether a negation reaches it."""

    text: np.ndarray
    row: np.ndarray
    start: np.ndarray
    end: np.ndarray
    negated: np.ndarray


class Terms(NamedTuple):
    """Terms ready to be looked for by their beginnings, the part before the first `*` (or after it, if it comes first).
    For each beginning: the row of the term that is no more than it (-1 if none), the rows of those that go on, whether
    there are any, and whether any of them may begin before it."""

    automaton: AhoCorasick
    whole: np.ndarray
    longer: list[list[tuple[int, str]]]
    goes_on: np.ndarray
    inside: np.ndarray


def match_terms(texts: list[str], rows: tuple[tuple[str, str], ...], scope: str = "frame") -> Matches:
    """Every place where a term stands in each text, masks and overlaps settled as frames.find_hits says.

    rows   (frame, term) of each row of the codebook
    scope  where overlapping matches compete: "frame" or "codebook"
    """
    text, lowered, begins = _join(texts)
    terms = compile_terms(rows)
    found = np.concatenate([_places(lowered, terms[False]), _places(text, terms[True])])
    start, end, row = _settle(found, rows, scope).T
    which = np.searchsorted(begins, start, side="right") - 1
    begin = begins[which]
    negated = [
        DENIAL.search(lowered, a, b) is not None and bool(NEGATED.search(text[a:b]))
        for a, b in zip(begin.tolist(), start.tolist(), strict=True)
    ]
    return Matches(which, row, start - begin, end - begin, np.array(negated, dtype=bool))


def find_keys(pieces: list[str], rows: tuple[tuple[str, str], ...]) -> np.ndarray:
    """What terms may stand where a piece of text does, one without blanks but at its start (KEYS)."""
    keys = np.zeros(len(pieces), KEYS)
    text, lowered, begins = _join(pieces)
    words = _key_words(rows)
    terms = compile_terms(tuple(("", word) for word in words))
    found = np.concatenate([_places(lowered, terms[False]), _places(text, terms[True])])
    piece, word = np.searchsorted(begins, found[:, 0], side="right") - 1, found[:, 2]
    of_word = np.array(list(words.values()), dtype=KEYS)
    for name in KEYS.names:
        np.bitwise_or.at(keys[name], piece, of_word[name][word])
    if "Σ" in text:
        keys["alone"] |= [("Σ" in piece) for piece in pieces]  # its lower case depends on its sentence
    return keys


def places_of_keys(keys: np.ndarray) -> np.ndarray:
    """Of pieces in a row, those where a term may begin or stand."""
    pairs = keys["first"][:-1] & keys["second"][1:]
    return np.flatnonzero(keys["alone"] | np.append(pairs, np.uint64(0))[: len(keys)].astype(bool))


@lru_cache(maxsize=32)
def _key_words(rows: tuple[tuple[str, str], ...]) -> dict[str, tuple[bool, int, int]]:
    """The words to know terms by, and what each tells (KEYS). Of a phrase these are its longest word and the longer of
    those next to it, which share a bit."""
    words = defaultdict(lambda: [False, 0, 0])
    for _, term in rows:
        parts = re.split(f"[{BLANK}]+", term.strip(BLANK))
        if len(parts) == 1:
            words[term][0] = True
            continue
        sizes = [len(part.strip("*")) for part in parts]
        first = max(range(len(parts) - 1), key=lambda n: sorted(sizes[n : n + 2], reverse=True))
        bit = 1 << zlib.crc32(" ".join(parts[first : first + 2]).encode()) % 64
        words[parts[first]][1] |= bit
        words[parts[first + 1]][2] |= bit
    return {word: tuple(told) for word, told in words.items()}


@lru_cache(maxsize=32)
def compile_terms(rows: tuple[tuple[str, str], ...]) -> dict[bool, Terms]:
    """The terms that match any case (False), to look for in lowered text, and the exact ones (True)."""
    beginnings = {False: {}, True: {}}
    for row, (_, term) in enumerate(rows):
        first = next((part for part in term.split("*") if part), None)
        if first is None:
            raise ValueError(f"find_hits: {fault_of_term(term)}")
        beginnings[is_exact(term)].setdefault(first, []).append((row, term))
    return {exact: _compile(opened) for exact, opened in beginnings.items()}


def _compile(opened: dict[str, list[tuple[int, str]]]) -> Terms:
    whole = [max((row for row, term in same if "*" not in term), default=-1) for same in opened.values()]
    longer = [
        [(row, term) for row, term in same if row != one] for same, one in zip(opened.values(), whole, strict=True)
    ]
    automaton = AhoCorasick(list(opened), store_patterns=False, implementation=Implementation.DFA)
    goes_on = np.array([bool(terms) for terms in longer], dtype=bool)
    inside = np.array([any(term[0] == "*" for _, term in terms) for terms in longer], dtype=bool)
    return Terms(automaton, np.array(whole, dtype=np.int64), longer, goes_on, inside)


def _join(texts: list[str]) -> tuple[str, str, np.ndarray]:
    """All texts as one, straightened; the same lowered; and where each begins in it."""
    text = straighten("\n".join(["", *texts, ""]))  # no term holds a line feed, so none is found across two texts
    try:
        text.encode()
    except UnicodeEncodeError:
        text = SURROGATE.sub("\ufffd", text)
    sizes = list(map(len, texts))
    begins = np.cumsum(np.append(0, np.array(sizes, dtype=np.int64)) + 1)
    if "İ" in text:  # a text that holds it is lowered in a way of its own
        each = [text[begin : begin + size] for begin, size in zip(begins.tolist(), sizes, strict=False)]
        lowered = "\n".join(["", *map(lower, each), ""])
    else:
        lowered = text.lower()
    return text, lowered, begins


def _places(text: str, terms: Terms) -> np.ndarray:
    """Every match of every term: start, end, row of the codebook."""
    found = terms.automaton.find_matches_as_indexes(text, overlapping=True) if terms.longer else []
    opened, start, end = np.fromiter(chain.from_iterable(found), np.int64, 3 * len(found)).reshape(-1, 3).T
    begins, ends = ~_is_word(text, start - 1), ~_is_word(text, end)
    whole = (terms.whole[opened] >= 0) & begins & ends
    on = np.flatnonzero(terms.goes_on[opened] & (begins | terms.inside[opened]))
    longer = {
        (*span, row): None
        for beginning, place in zip(opened[on].tolist(), start[on].tolist(), strict=True)
        for row, term in terms.longer[beginning]
        if (span := _span(text, place, term))
    }  # each once, though a term that begins with `*` be led to by many places
    plain = np.stack([start, end, terms.whole[opened]], axis=1)[whole]
    return np.concatenate([plain, np.array(list(longer), dtype=np.int64).reshape(-1, 3)])


def _span(text: str, place: int, term: str) -> tuple[int, int] | None:
    """Where the term stands whose fixed part begins at this place, if it does."""
    while term[0] == "*" and WORD.match(text[place - 1]):
        place -= 1
    match = PATTERN(term).match(text, place)
    return match.span(1) if match else None


def _is_word(text: str, places: np.ndarray) -> np.ndarray:
    """Whether a letter, digit or underscore stands at each place."""
    letters = [text[place] for place in places.tolist()]
    known = {letter: WORD.match(letter) is not None for letter in set(letters)}
    return np.fromiter(map(known.__getitem__, letters), bool, len(letters))


def _settle(found: np.ndarray, rows: tuple[tuple[str, str], ...], scope: str) -> np.ndarray:
    """Of all matches (start, end, row) those that count, by place. Only where matches touch is there anything to
    settle."""
    found = found[np.lexsort((found[:, 2], found[:, 1], found[:, 0]))]
    first = np.flatnonzero(found[:, 0] >= np.append(0, np.maximum.accumulate(found[:, 1])[:-1]))
    size = np.diff(np.append(first, len(found)))
    mask = np.array([frame == MASK for frame, _ in rows], dtype=bool)
    alone = found[first[size == 1]]
    settled = []
    for begin, many in zip(first[size > 1].tolist(), size[size > 1].tolist(), strict=True):
        matches = [(start, end, *rows[row], row) for start, end, row in found[begin : begin + many].tolist()]
        settled += [(start, end, row) for start, end, _, _, row in _longest(_unmasked(matches), scope)]
    kept = np.concatenate([alone[~mask[alone[:, 2]]], np.array(settled, dtype=np.int64).reshape(-1, 3)])
    return kept[np.argsort(kept[:, 0], kind="stable")]


def _unmasked(matches: list) -> list:
    """The matches of frames that do not stand inside a longer match of a mask."""
    masks = [(start, end) for start, end, frame, *_ in matches if frame == MASK]
    return [
        match
        for match in matches
        if match[2] != MASK
        and not any(a <= match[0] and match[1] <= b and b - a > match[1] - match[0] for a, b in masks)
    ]


def _longest(matches: list, scope: str) -> list:
    """Of overlapping matches in one frame, or in the whole codebook, the longest (of equals, the first); by place."""
    kept = []
    for match in sorted(matches, key=lambda m: (m[0] - m[1], m)):
        start, end, frame = match[:3]
        rivals = [k for k in kept if k[0] < end and start < k[1] and (k[2] == frame or scope == "codebook")]
        if all((k[0], k[1]) == (start, end) and k[2] != frame for k in rivals):
            kept.append(match)
    return sorted(kept)
