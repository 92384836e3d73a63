"""Where sentences end in many texts at once: the sentences of helpers/text, found faster.

Punkt looks at a word with a
point and at the word after it; so texts are cut at white space, each distinct piece is looked at once, Punkt is asked
about a pair of pieces once, and a paragraph in which anything is out of the ordinary is left to Punkt as a whole.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from nltk.tokenize.punkt import PunktLanguageVars, PunktSentenceTokenizer, PunktToken

from helpers.text.characters import BLANK, SURROGATE, straighten
from helpers.text.punkt import ABBREVIATES, EXCLAIMS, NUMBERS, PARAMETERS, sentence_spans

LANGUAGE = PunktLanguageVars()


class FastPunkt(PunktSentenceTokenizer):
    """NLTK's Punkt with what it decides of two neighbouring words told at once, without an object for each: it is asked
    that most of all, and there is less to ask where nothing was learnt of any word's case or company."""

    def text_contains_sentbreak(self, text: str) -> bool:
        """Whether a sentence ends within the text: what PunktSentenceTokenizer asks of each place that may be one."""
        words = LANGUAGE.word_tokenize(text)
        return any(map(_ends_sentence, words, words[1:]))


def _ends_sentence(word: str, after: str) -> bool:
    """Whether Punkt ends a sentence with this of its words (sections 4.1.1, 4.1.3 and 4.3 of the article)."""
    if word in LANGUAGE.sent_end_chars or word[-1] != ".":
        return word in LANGUAGE.sent_end_chars
    starts = after[0].isupper() and after.lower().removesuffix(".") in PARAMETERS.sent_starters
    if word[-2] == ".":
        return starts and not word.strip(".")
    stem = word[:-1].lower()
    abbreviation = stem in PARAMETERS.abbrev_types or stem.rsplit("-", 1)[-1] in PARAMETERS.abbrev_types
    token = PunktToken(word) if len(word) == 2 or not word[0].isalpha() else None
    if token and token.is_initial:
        return not (abbreviation or after[0].isupper() or _goes_on(after))
    return starts if abbreviation else not (token and token.is_number and _goes_on(after))


def _goes_on(after: str) -> bool:
    return after[0].islower() or after in FastPunkt.PUNCTUATION


SENTENCES = FastPunkt(PARAMETERS, lang_vars=LANGUAGE)

# A piece is a word with the white space before it. What can be told of it by itself:
LOOKS = np.dtype(
    [
        ("lead", np.int32),  # bytes of white space before the word
        ("soft", bool),  # only no-break spaces stand before it
        ("pointed", bool),  # a point, question or exclamation mark is in it
        ("end", np.int8),  # whether a sentence ends with it: NO, YES, or ASK, which depends on the next word
        ("start", np.int8),  # what a sentence would start with: OTHER, SMALL, DIGIT, LARGE, or CLOSER of the one before
        ("before", np.int8),  # what the next start must be told: PLAIN_END, EXCLAIMED, ABBREVIATED (No.), NUMBERED (1.)
        ("odd", bool),  # Punkt must see the whole paragraph
        ("odd_last", bool),  # likewise, if the word is the last of its paragraph
    ]
)
TOLD = np.dtype([(name, LOOKS[name]) for name in ("end", "start", "before", "odd", "odd_last")])  # by a word's shape
NO, YES, ASK = range(3)
OTHER, SMALL, DIGIT, LARGE, CLOSER = range(5)
PLAIN_END, EXCLAIMED, ABBREVIATED, NUMBERED = range(4)
STEP = 1 << 18
CLOSED = r"[\"')\]}‘’“”«»]+"
CLOSES = re.compile(CLOSED)
CLOSING = re.compile(rf"{CLOSED}(?:$|--)")
MARK = r"""[)";}\]*:@'({\[‘’“”«»?!]"""  # Punkt lets a sentence end before such a mark, without a space
WITHIN = re.compile(f"[.?!](?={MARK})")
COMMON = r"[\"(]*[A-Za-z]{2,}[.?!][\")]*"  # a sentence ends with these, but for
UNCOMMON = pa.array([*sorted(PARAMETERS.abbrev_types), "no", "nos", "art"])
SPACE = re.compile(r"\s")
WORTH_A_LOOK = "[^\t-\r\x20-\x7e]|[.?!]|^[\"')\\]}]"  # all other words are ended by their paragraph only
ODD_SPACE = "\x1c-\x1f\x85\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
WORTH_ASKING = (
    f"[.?!](?:{MARK}|$)|[{ODD_SPACE}]|^{CLOSED}(?:$|[-‑][-‑])"  # of the others, only their first letter tells
)
KEPT = frozenset(re.findall(r"[a-z]+", " ".join([*PARAMETERS.abbrev_types, *PARAMETERS.sent_starters, "nos art"])))


class Pieces(NamedTuple):
    """Texts cut at white space: all texts one after the other, a line feed before each (bytes); the distinct pieces, in
    which any white space but no-break spaces is a space; for each piece in order, which of these it is and where it
    begins, once more at the end; and where each text begins and, once more, the last one's end."""

    content: np.ndarray
    distinct: pa.StringArray
    which: np.ndarray
    bounds: np.ndarray
    texts: np.ndarray


class Sentences(NamedTuple):
    """For each sentence in order: which text it stands in, from where to where (characters of this text), and from
    where to where in the content of the pieces (bytes)."""

    text: np.ndarray
    start: np.ndarray
    end: np.ndarray
    begin: np.ndarray
    stop: np.ndarray


def as_column(texts: list[str]) -> pa.StringArray:
    """Texts as a column of Arrow's, which holds no halves of characters."""
    try:
        return pa.array(texts, pa.string())
    except UnicodeEncodeError:
        return pa.array([SURROGATE.sub("\ufffd", text) for text in texts], pa.string())


def cut_texts(texts: pa.StringArray) -> Pieces:
    """Cut texts into pieces: a word and the white space before it. What stands behind the last word is no piece."""
    content, begins = join_texts(texts)
    size = len(content)
    spaced = content.copy()
    spaced[places(size, lambda a, b: content[a:b] - np.uint8(9) < 5)] = 32
    blank = np.ones(size + 1, bool)
    np.equal(spaced, 32, out=blank[:-1])
    unbroken = find_unbroken(content)
    blank[unbroken] = blank[unbroken + 1] = True
    bounds = places(size, lambda a, b: blank[a + 1 : b + 1] > blank[a:b]) + np.int32(1)
    bounds = np.append(np.int32(0), bounds)
    pieces = pa.StringArray.from_buffers(len(bounds) - 1, pa.py_buffer(bounds), pa.py_buffer(spaced))
    pieces = pieces.dictionary_encode()
    return Pieces(content, pieces.dictionary, pieces.indices.to_numpy(), bounds, begins + np.int32(1))


def join_texts(texts: pa.StringArray) -> tuple[np.ndarray, np.ndarray]:
    """All texts one after the other as bytes, a line feed before each; and where these stand, and the end."""
    _, offsets, data = pc.binary_join_element_wise("", texts, "\n").buffers()
    begins = np.frombuffer(offsets, np.int32)[: len(texts) + 1] if len(texts) else np.zeros(1, np.int32)
    return np.frombuffer(data or b"", np.uint8)[: begins[-1]], begins


def places(size: int, test: Callable[[int, int], np.ndarray]) -> np.ndarray:
    """Where a test holds, of so many places; it is asked for those from one to another, not too many for the
    processor's cache."""
    steps = ((at, min(at + STEP, size)) for at in range(0, size, STEP))
    found = [np.flatnonzero(test(a, b)).astype(np.int32) + np.int32(a) for a, b in steps]
    return np.concatenate([np.empty(0, np.int32), *found])


def find_unbroken(content: np.ndarray) -> np.ndarray:
    """The no-break spaces in a text's bytes: where each begins, of its two."""
    return places(len(content) - 1, lambda a, b: (content[a:b] == 0xC2) & (content[a + 1 : b + 1] == 0xA0))


def look_at(distinct: pa.StringArray) -> np.ndarray:
    """What is to be told of each distinct piece (LOOKS)."""
    words = pc.utf8_ltrim(distinct, BLANK)
    looks = np.zeros(len(distinct), LOOKS)
    looks["lead"] = pc.binary_length(distinct).to_numpy() - pc.binary_length(words).to_numpy()
    unbroken = np.flatnonzero(pc.starts_with(distinct, "\xa0"))
    looks["soft"][unbroken] = pc.match_substring_regex(distinct.take(pa.array(unbroken)), f"^\xa0+(?:[^{BLANK}]|$)")
    letters = pc.utf8_slice_codeunits(words, 0, 1).dictionary_encode()
    looks["start"] = np.array(list(map(_start, letters.dictionary.to_pylist())), np.int8)[letters.indices.to_numpy()]
    special = np.flatnonzero(pc.match_substring_regex(words, WORTH_A_LOOK).to_numpy(False))
    looks["pointed"][special] = True
    pointed = words.take(pa.array(special))
    common = pc.match_substring_regex(pointed, f"^{COMMON}$").to_numpy(False)
    common &= ~pc.is_in(pc.ascii_lower(pc.ascii_trim(pointed, '"(.?!)')), UNCOMMON).to_numpy(False)
    looks["end"][special[common]] = YES
    looks["before"][special[pc.match_substring_regex(pointed, '[!?]"$').to_numpy(False)]] = EXCLAIMED
    rare = special[~common & pc.match_substring_regex(pointed, WORTH_ASKING).to_numpy(False)]
    shapes = pa.array(_shapes(words.take(pa.array(rare)).to_pylist()), pa.string()).dictionary_encode()
    told = np.array(list(map(_look_at_shape, shapes.dictionary.to_pylist())), dtype=TOLD)
    for name in TOLD.names:
        looks[name][rare] = told[name][shapes.indices.to_numpy()]
    return looks


def find_sentences(pieces: Pieces, looks: np.ndarray) -> Sentences:
    """The sentences of the texts cut into pieces. No sentence runs across two paragraphs."""
    which, bounds = pieces.which, pieces.bounds
    paragraphs, heads = _paragraphs(pieces)
    opens = np.zeros(len(which) + 1, bool)
    opens[paragraphs] = opens[-1] = True
    breaks, odd = _breaks(pieces, looks, opens)
    begins = opens[:-1].copy()
    begins[breaks + 1] = True
    starts = np.flatnonzero(begins)
    begin = bounds[starts] + looks["lead"][which[starts]]
    begin[opens[starts]] = heads
    stop = bounds[np.append(starts, len(which))[1:]]
    text = np.searchsorted(pieces.texts, begin, side="right") - 1
    signed = pieces.content.view(np.int8)
    further = places(len(signed), lambda a, b: signed[a:b] < -64)  # bytes of a character after its first
    start, end, base = (at - np.searchsorted(further, at) for at in (begin, stop, pieces.texts[text]))
    found = np.stack([text, start - base, end - base, begin, stop])
    found = _by_punkt(found, pieces, starts, np.append(paragraphs, len(which)), odd)
    return Sentences(*found[:, np.argsort(found[3], kind="stable")])


def read_spans(pieces: Pieces, begins: np.ndarray, stops: np.ndarray) -> list[str]:
    """What stands in the content of the pieces from one byte to another, for each pair."""
    return [pieces.content[a:b].tobytes().decode() for a, b in zip(begins.tolist(), stops.tolist(), strict=True)]


def _paragraphs(pieces: Pieces) -> tuple[np.ndarray, np.ndarray]:
    """The first piece of each paragraph, and where the paragraph begins (bytes)."""
    feeds = places(len(pieces.content), lambda a, b: pieces.content[a:b] == 10)
    piece = np.searchsorted(pieces.bounds, feeds, side="right") - 1
    final = np.append(piece[1:] > piece[:-1], True)[: len(piece)] & (piece < len(pieces.which))
    return piece[final], feeds[final] + 1


def _by_punkt(found: np.ndarray, pieces: Pieces, starts: np.ndarray, paragraphs: np.ndarray, odd: np.ndarray):
    """The sentences found (columns; rows as in Sentences), those of paragraphs with an odd piece as Punkt has them."""
    numbers = np.unique(np.searchsorted(paragraphs, odd, side="right") - 1)
    one, other = np.searchsorted(starts, [paragraphs[numbers], paragraphs[numbers + 1]])
    given = np.zeros(len(starts) + 1, np.int8)
    given[one] += 1
    given[other] -= 1
    more, begins = [], found[3, one]
    texts = read_spans(pieces, begins, pieces.bounds[paragraphs[numbers + 1]])
    for number, offset, begin, text in zip(*found[:2, one].tolist(), begins.tolist(), texts, strict=True):
        known = 0  # characters, and where they end in bytes
        for start, end in sentence_spans(text, SENTENCES):
            first = begin + len(text[known:start].encode())
            known, begin = end, first + len(text[start:end].encode())
            more.append((number, offset + start, offset + end, first, begin))
    kept = found[:, np.cumsum(given)[:-1] == 0]
    return np.concatenate([kept, np.array(more, dtype=np.int64).reshape(-1, 5).T], axis=1)


def _breaks(pieces: Pieces, looks: np.ndarray, opens: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """After which pieces a sentence ends within its paragraph, and at which pieces anything is odd."""
    which, soft = pieces.which, looks["soft"] & looks["pointed"]
    telling = np.flatnonzero(((looks["end"] > NO) | looks["odd"] | looks["odd_last"] | soft).take(which))
    last = opens[telling + 1]
    place = telling[(looks["end"][which[telling]] > NO) & ~last]
    here, there = which[place], which[place + 1]
    ends = looks["end"][here] == YES
    asked = np.flatnonzero(~ends)
    ends[asked] = _ask(pieces.distinct, here[asked], there[asked])
    before, start = looks["before"][here], looks["start"][there]
    odd = ends & ((start == CLOSER) | ((before == EXCLAIMED) & (start == LARGE)))
    ends &= (start != SMALL) & ~((before == ABBREVIATED) & (start == DIGIT))
    breaks, number = place[ends], np.flatnonzero(ends & (before == NUMBERED))  # "1." alone is no sentence
    here = place[number]
    broken = np.zeros(len(opens), bool)
    broken[breaks] = True
    follows = ~opens[here] & broken[here - 1]
    odd[number] |= follows & (looks["before"][which[here - 1]] == NUMBERED)
    alone = opens[here] & (pieces.content[pieces.bounds[here] + looks["lead"][which[here]] - 1] == 10)
    breaks = np.setdiff1d(breaks, here[follows | alone], assume_unique=True)
    strange = telling[looks["odd"][which[telling]] | (looks["odd_last"][which[telling]] & last)]
    soft = telling[soft[which[telling]] & ~opens[telling]]  # Punkt takes it and the word before for one
    soft = soft[(looks["pointed"] | looks["soft"])[which[soft - 1]]]
    return breaks, np.concatenate([place[odd], strange, soft])


def _ask(distinct: pa.StringArray, here: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Whether Punkt ends a sentence between two pieces, for each pair."""
    pairs, which = np.unique(here.astype(np.int64) * len(distinct) + there, return_inverse=True)
    words = [distinct.take(pa.array(part)).to_pylist() for part in np.divmod(pairs, max(len(distinct), 1))]
    shapes = [_shapes([word.lstrip(BLANK) for word in part]) for part in words]
    return np.array(list(map(_punkt, *shapes)), dtype=bool)[which]


@lru_cache(maxsize=100_000)
def _punkt(word: str, after: str) -> bool:
    return SENTENCES.text_contains_sentbreak(f"{word} {after}")


def _shapes(words: list[str]) -> list[str]:
    """What Punkt sees of each word: all words are alike to it that are in none of its lists, and all numbers."""
    text = re.sub("[A-Za-z]{2,}", _stand_in, straighten("\n".join(words)))
    return re.sub(r"\d+", "5", text).split("\n") if words else []


def _stand_in(word: re.Match) -> str:
    return word[0] if word[0].lower() in KEPT else "Xx" if word[0][0].isupper() else "xx"


@lru_cache(maxsize=100_000)
def _look_at_shape(word: str) -> tuple[int, int, int, bool, bool]:
    """What a word's shape tells (TOLD)."""
    end, odd, odd_last = _end_of_shape(word)
    start = CLOSER if CLOSING.match(word) else _start(word[0])
    before = EXCLAIMED if EXCLAIMS.search(word) else ABBREVIATED if ABBREVIATES.search(word) else PLAIN_END
    before = NUMBERED if NUMBERS.fullmatch(word) else before
    return end, start, before, odd or bool(SPACE.search(word)), odd_last


def _start(letter: str) -> int:
    return SMALL if letter.islower() else DIGIT if letter.isdigit() else LARGE if "A" <= letter <= "Þ" else OTHER


def _end_of_shape(word: str) -> tuple[int, bool, bool]:
    """Whether a sentence ends with a word of this shape, odd, odd_last (LOOKS)."""
    within = [match.start() for match in WITHIN.finditer(word)]
    ended = bool(within) and SENTENCES.text_contains_sentbreak(word[: within[-1] + 2])
    if within and within[0] == 0 and len(word) > 1:
        return NO, True, True
    if word[-1] in ".?!":
        last = LANGUAGE.word_tokenize(word)[-1]
        always = word[-1] != "." or all(_punkt(last, after) for after in (",", "xx", "Xx", "The", "5"))
        return (YES if always else ASK), False, ended
    if not ended or CLOSES.fullmatch(word[within[-1] + 1 :]):
        return (YES if ended else NO), False, False
    return NO, True, True
