"""Where the terms of a codebook occur, in few texts or in many.

All terms are searched in one pass (Aho & Corasick 1975, Comm. ACM 18(6): 333-340). Each place found is then checked by
the rule of helpers/codebook/terms.py.
"""

import re
import zlib
from bisect import bisect, bisect_left
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

import numpy as np
from ahocorasick_rs import AhoCorasick, Implementation

from helpers.codebook.negation import DENIAL, NEGATED, REACH
from helpers.codebook.terms import MASK, fault_of_term, is_exact, lower, term_pattern
from helpers.text.addresses import TOUCHING, is_in_address
from helpers.text.characters import BLANK, SURROGATE, straighten

WORD = re.compile(r"\w")
PATTERN = lru_cache(maxsize=None)(term_pattern)
# Which terms may occur where a piece of text does:
KEYS = np.dtype(
    [
        ("alone", bool),  # it holds a term of one word
        ("first", np.uint64),  # bits, one for each of 64 kinds of word pairs: it holds the first word of the pair
        ("second", np.uint64),  # it holds the second
    ]
)


class Matches(NamedTuple):
    """One entry per hit, in order of text, place and frame.

    text (number of the text, from 0), row (of the codebook, from 0), start, end (offsets into the text), negated.
    """

    text: np.ndarray
    row: np.ndarray
    start: np.ndarray
    end: np.ndarray
    negated: np.ndarray


class Terms(NamedTuple):
    """Terms ready to be searched by their beginnings: the part before the first `*`, or after it if it comes first.

    automaton  finds the beginnings
    whole      for each beginning, the row of the term that is nothing but it (-1 if none)
    longer     the rows of the terms that go on after it, goes_on: whether there are any
    inside     whether one of them may begin before it
    """

    automaton: AhoCorasick
    whole: np.ndarray
    longer: list[list[tuple[int, str]]]
    goes_on: np.ndarray
    inside: np.ndarray


def match_terms(
    texts: list[str],
    rows: tuple[tuple[str, str], ...],
    scope: str = "frame",
    language: np.ndarray | None = None,
    searched: np.ndarray | None = None,
) -> Matches:
    """Every hit in each text that is not in an address, with masks and overlaps settled as `find_hits` describes.

    rows      (frame, term) of each row of the codebook
    scope     within what overlapping matches compete: "frame" or "codebook"
    language  of each text the row of `searched`, which has a column per row of the codebook: whether its term is
              searched there (see terms_searched); None: every term in every text
    """
    text, lowered, begins = _join(texts)
    terms = compile_terms(rows)
    found = np.concatenate([_places(lowered, terms[False]), _places(text, terms[True])])
    if language is not None:
        which = np.searchsorted(begins, found[:, 0], side="right") - 1
        found = found[searched[language[which], found[:, 2]]]
    settled = _settle(found, rows, scope)
    inside = [
        (text[start - 1] in TOUCHING or (text[end] in TOUCHING and text[end + 1] > " "))
        and is_in_address(text, start, end)
        for start, end in settled[:, :2].tolist()
    ]
    start, end, row = settled[~np.array(inside, dtype=bool)].T
    which = np.searchsorted(begins, start, side="right") - 1
    begin = begins[which]
    negated = [
        DENIAL.search(lowered, a, b) is not None and NEGATED.search(text, a, b) is not None
        for a, b in zip(np.maximum(begin, start - REACH).tolist(), start.tolist(), strict=True)
    ]
    return Matches(which, row, start - begin, end - begin, np.array(negated, dtype=bool))


def find_keys(pieces: list[str], rows: tuple[tuple[str, str], ...]) -> np.ndarray:
    """Which terms may occur where each piece does (KEYS). A piece has blanks at its start only."""
    keys = np.zeros(len(pieces), KEYS)
    text, lowered, begins = _join(pieces)
    alone, pairs = _key_words(rows)
    for exact, searched in ((False, lowered), (True, text)):
        found = _places(searched, compile_terms(alone)[exact])[:, 0]
        keys["alone"][np.searchsorted(begins, found, side="right") - 1] = True
        automaton, bits = pairs[exact]
        part, place, _ = _matches(automaton, searched)
        piece = np.searchsorted(begins, place, side="right") - 1
        np.bitwise_or.at(keys["first"], piece, bits[part, 0])
        np.bitwise_or.at(keys["second"], piece, bits[part, 1])
    if "Σ" in text:
        keys["alone"] |= [("Σ" in piece) for piece in pieces]  # its small letter depends on the sentence
    return keys


def places_of_keys(keys: np.ndarray, which: np.ndarray) -> np.ndarray:
    """Of the pieces of a text, those where a term may begin; `which` says whose keys each has."""
    alone, first, second = (np.ascontiguousarray(keys[name]) for name in KEYS.names)
    found = alone.take(which)
    pairs = np.flatnonzero((first > 0).take(which)[:-1] & (second > 0).take(which)[1:])
    found[pairs] |= (first.take(which[pairs]) & second.take(which[pairs + 1])) > 0
    return np.flatnonzero(found)


@lru_cache(maxsize=32)
def _key_words(rows: tuple[tuple[str, str], ...]) -> tuple[tuple, dict[bool, tuple[AhoCorasick, np.ndarray]]]:
    """What gives terms away.

    The terms of one word, as rows of a codebook; and for phrases the end of one word and the beginning of the next,
    with their bits (KEYS): under False those that match any case, under True the exact ones.
    """
    phrases = [words for _, term in rows if len(words := re.split(f"[{BLANK}]+", term.strip(BLANK))) > 1]
    bits = {False: {}, True: {}}
    for words in phrases:
        sizes = [len(word.strip("*")) for word in words]
        place = max(range(len(words) - 1), key=lambda n: sorted(sizes[n : n + 2], reverse=True))
        one, other = words[place : place + 2]
        ends = [one.strip("*"), other.strip("*")]
        if one[-1] != "*":
            ends[0] += "\n"  # the word ends there
        if other[0] != "*":
            ends[1] = f" {ends[1]}"
        short = [
            size < 4 for size in sizes[place : place + 2]
        ]  # short words are frequent: they share their bits with few others
        bit = 1 << (zlib.crc32(f"{one} {other}".encode()) % 21 + 21 * (short[0] + 2 * (short[1] > short[0])))
        for side, (word, end) in enumerate(zip((one, other), ends, strict=True)):
            bits[is_exact(word)].setdefault(end, [0, 0])[side] |= bit
    automata = {exact: _automaton(ends) for exact, ends in bits.items()}
    tables = {exact: np.array(list(ends.values()), np.uint64).reshape(-1, 2) for exact, ends in bits.items()}
    alone = tuple(("", term.strip(BLANK)) for _, term in rows if not re.search(f"[{BLANK}]", term.strip(BLANK)))
    return alone, {exact: (automata[exact], tables[exact]) for exact in bits}


@lru_cache(maxsize=32)
def compile_terms(rows: tuple[tuple[str, str], ...]) -> dict[bool, Terms]:
    """The terms that match any case (False), to search in small letters, and the exact ones (True)."""
    beginnings = {False: {}, True: {}}
    for row, (_, term) in enumerate(rows):
        if fault := fault_of_term(term):
            raise ValueError(f"find_hits: {fault}")
        first = next(part for part in term.split("*") if part)
        beginnings[is_exact(term)].setdefault(first, []).append((row, term))
    return {exact: _compile(opened) for exact, opened in beginnings.items()}


def _compile(opened: dict[str, list[tuple[int, str]]]) -> Terms:
    whole = [max((row for row, term in same if "*" not in term), default=-1) for same in opened.values()]
    longer = [
        [(row, term) for row, term in same if row != one] for same, one in zip(opened.values(), whole, strict=True)
    ]
    goes_on = np.array([bool(terms) for terms in longer], dtype=bool)
    inside = np.array([any(term[0] == "*" for _, term in terms) for terms in longer], dtype=bool)
    return Terms(_automaton(opened), np.array(whole, dtype=np.int64), longer, goes_on, inside)


def _automaton(strings: Iterable[str]) -> AhoCorasick:
    """Finds all these strings at once. This kind takes longest to build and searches fastest."""
    return AhoCorasick(list(strings), store_patterns=False, implementation=Implementation.DFA)


def _join(texts: list[str]) -> tuple[str, str, np.ndarray]:
    """All texts in one string, straightened; the same in small letters; and where each text begins."""
    text = straighten("\n".join(["", *texts, ""]))  # no term holds a line feed, so none is found across two texts
    try:
        text.encode()
    except UnicodeEncodeError:
        text = SURROGATE.sub("\ufffd", text)
    sizes = list(map(len, texts))
    begins = np.cumsum(np.append(0, np.array(sizes, dtype=np.int64)) + 1)
    if "İ" in text:  # such a text is lowered letter by letter
        each = [text[begin : begin + size] for begin, size in zip(begins.tolist(), sizes, strict=False)]
        lowered = "\n".join(["", *map(lower, each), ""])
    else:
        lowered = text.lower()
    return text, lowered, begins


def _places(text: str, terms: Terms) -> np.ndarray:
    """Every match of every term: start, end, row of the codebook."""
    opened, start, end = _matches(terms.automaton, text)
    begins, ends = ~_is_word(text, start - 1), ~_is_word(text, end)
    whole = (terms.whole[opened] >= 0) & begins & ends
    on = np.flatnonzero(terms.goes_on[opened] & (begins | terms.inside[opened]))
    heads, longer = _heads(text, start[on].tolist(), terms.inside[opened[on]].tolist()), {}
    for beginning, place, head in zip(opened[on].tolist(), start[on].tolist(), heads, strict=True):
        for row, term in terms.longer[beginning]:
            key = (head if term[0] == "*" else place, row)
            if key not in longer:  # several places can lead to a term that begins with `*`
                longer[key] = PATTERN(term).match(text, key[0])
    longer = [(*match.span(1), row) for (_, row), match in longer.items() if match]
    plain = np.stack([start, end, terms.whole[opened]], axis=1)[whole]
    return np.concatenate([plain, np.array(longer, dtype=np.int64).reshape(-1, 3)])


def _matches(automaton: AhoCorasick, text: str) -> np.ndarray:
    """Everything the automaton finds, in three rows: number of the string, start, end."""
    found = automaton.find_matches_as_indexes(text, overlapping=True)
    return np.fromiter(chain.from_iterable(found), np.int64, 3 * len(found)).reshape(-1, 3).T


def _heads(text: str, places: list[int], inside: list[bool]) -> list[int]:
    """Where the word begins that each place is in; the place itself where that is not needed. A word is gone through
    once, however many places are in it."""
    heads, begin, known = [], 0, 0  # the word that was looked at last, from its beginning to the place reached
    for place, needed in zip(places, inside, strict=True):
        at = place
        while needed and WORD.match(text[at - 1]) and not begin < at == known:
            at -= 1
        begin, known = ((begin if begin < at == known else at), place) if needed else (begin, known)
        heads.append(begin if needed else place)
    return heads


def _is_word(text: str, places: np.ndarray) -> np.ndarray:
    """Whether there is a letter, digit or underscore at each place."""
    letters = [text[place] for place in places.tolist()]
    known = {letter: WORD.match(letter) is not None for letter in set(letters)}
    return np.fromiter(map(known.__getitem__, letters), bool, len(letters))


def _settle(found: np.ndarray, rows: tuple[tuple[str, str], ...], scope: str) -> np.ndarray:
    """The matches that count, of all (start, end, row), in order of place. Only overlapping ones need settling."""
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
    """The matches of frames that are not inside a longer match of a mask."""
    masks = sorted((start, end) for start, end, frame, *_ in matches if frame == MASK)
    reach = [0, *accumulate((end for _, end in masks), max)]  # how far the masks go that begin before one, or with it

    def is_masked(start: int, end: int) -> bool:
        """Whether a longer mask holds these characters."""
        before, here = bisect_left(masks, (start,)), bisect_left(masks, (start + 1,))
        return reach[before] >= end or reach[here] > end

    return [match for match in matches if match[2] != MASK and not is_masked(*match[:2])]


def _longest(matches: list, scope: str) -> list:
    """Of overlapping matches in one frame, or in the whole codebook, the longest (of equals, the first); by place."""
    kept, taken, known = [], {}, set()  # taken: spans that do not overlap, in order; so only neighbours can be rivals
    for match in sorted(matches, key=lambda m: (m[0] - m[1], m)):
        span, frame = match[:2], match[2]
        own = taken.setdefault(frame if scope == "frame" else "", [])
        at = bisect(own, span)
        rivals = [other for other in own[max(at - 1, 0) : at + 1] if other[0] < span[1] and span[0] < other[1]]
        if not rivals:
            own.insert(at, span)
        if all(other == span and (span, frame) not in known for other in rivals):
            known.add((span, frame))
            kept.append(match)
    return sorted(kept)
