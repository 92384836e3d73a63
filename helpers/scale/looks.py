"""What each distinct piece of text shows by itself about the ends of sentences, as NLTK's Punkt decides it."""

import re
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from nltk.tokenize.punkt import PunktLanguageVars, PunktSentenceTokenizer, PunktToken

from helpers.text.breaks import WORDS, cover_ellipses, further_ends
from helpers.text.characters import BLANK, straighten
from helpers.text.punkt import ABBREVIATES, DASH, EXCLAIMS, NUMBERS, PARAMETERS

LANGUAGE = PunktLanguageVars()


class FastPunkt(PunktSentenceTokenizer):
    """NLTK's Punkt with a faster answer to its most frequent question: does a sentence end between these two words?

    No object is made for each word. There is less to ask, because our parameters hold nothing learnt about collocations
    or capitals.
    """

    def text_contains_sentbreak(self, text: str) -> bool:
        """Whether a sentence ends within the text. PunktSentenceTokenizer asks this of every possible end."""
        words = LANGUAGE.word_tokenize(text)
        return any(map(_ends_sentence, words, words[1:]))


def _ends_sentence(word: str, after: str) -> bool:
    """Whether Punkt ends a sentence after this word (Kiss & Strunk 2006, sections 4.1.1, 4.1.3 and 4.3)."""
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
# A piece is a word with the white space before it. What it shows by itself:
LOOKS = np.dtype(
    [
        ("lead", np.int32),  # bytes of white space before the word
        ("soft", bool),  # only no-break spaces are before it
        ("pointed", bool),  # it holds a full stop, question mark or exclamation mark
        ("end", np.int8),  # whether a sentence ends with it: NO, YES, or ASK: it depends on the next word
        (
            "start",
            np.int8,
        ),  # how a sentence would start with it: OTHER, SMALL, DIGIT, LARGE, CLOSER (of the one before)
        (
            "before",
            np.int8,
        ),  # how it ends, for the next start: PLAIN_END, EXCLAIMED, ABBREVIATED (No.), NUMBERED (1.), HOUR (p.m.)
        ("empty", bool),  # it has no letter or digit
        ("odd", bool),  # Punkt must see the whole paragraph
        ("odd_last", bool),  # the same if the word is the last of its paragraph
    ]
)
BY_SHAPE = np.dtype(
    [(name, LOOKS[name]) for name in ("end", "start", "before", "odd", "odd_last")]
)  # shown by a word's shape
NO, YES, ASK = range(3)
OTHER, SMALL, DIGIT, LARGE, CLOSER = range(5)
PLAIN_END, EXCLAIMED, ABBREVIATED, NUMBERED, HOUR = range(5)
CLOSED = r"[\"')\]}‘’“”«»]+"
CLOSES = re.compile(CLOSED)
CLOSING = re.compile(rf"{CLOSED}(?:$|--)")
MARK = r"""[)";}\]*:@'({\[‘’“”«»?!]"""  # before such a mark Punkt lets a sentence end without a space
WITHIN = re.compile(f"[.?!](?={MARK})")
HOURS = re.compile(r"(?<!\w)[AaPp]\.[Mm]\.[\"')\]»]*$")
TRAILS_OFF = re.compile(r"…[\"')\]»]*$")
COMMON = r"[\"(]*[A-Za-z]{2,}[.?!][\")]*"  # a sentence ends with these, except
UNCOMMON = pa.array([*sorted(PARAMETERS.abbrev_types), "no", "nos", "art"])
SPACE = re.compile(r"\s")
WORTH_A_LOOK = (
    "[^\t-\r\x20-\x7e]|[.?!]|^[\"')\\]}]"  # all other words end a sentence only at the end of their paragraph
)
ODD_SPACE = "\x1c-\x1f\x85\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Of the others only the first letter matters:
WORTH_ASKING = f"[.?!](?:{MARK}|$|[A-ZÀ-Þ])|…|[.][.]|^[.]|[{ODD_SPACE}]|^{CLOSED}(?:$|[-‑][-‑])"
KEPT = frozenset(re.findall(r"[a-z]+", " ".join([*(word for group in WORDS.values() for word in group), "nos art"])))


def look_at(distinct: pa.StringArray) -> np.ndarray:
    """What each distinct piece shows (LOOKS)."""
    words = pc.utf8_ltrim(distinct, BLANK)
    looks = np.zeros(len(distinct), LOOKS)
    looks["lead"] = pc.binary_length(distinct).to_numpy() - pc.binary_length(words).to_numpy()
    unbroken = np.flatnonzero(pc.starts_with(distinct, "\xa0"))
    looks["soft"][unbroken] = pc.match_substring_regex(distinct.take(pa.array(unbroken)), f"^\xa0+(?:[^{BLANK}]|$)")
    looks["empty"] = pc.invert(pc.match_substring_regex(words, r"[\pL\pN]"))
    letters = pc.utf8_slice_codeunits(words, 0, 1).dictionary_encode()
    looks["start"] = np.array(list(map(_start, letters.dictionary.to_pylist())), np.int8)[letters.indices.to_numpy()]
    special = np.flatnonzero(pc.match_substring_regex(words, WORTH_A_LOOK).to_numpy(False))
    looks["pointed"][special] = True
    pointed = words.take(pa.array(special))
    looks["start"][special[pc.match_substring_regex(pointed, f"^[{DASH}]+\\p{{Ll}}").to_numpy(False)]] = SMALL
    common = pc.match_substring_regex(pointed, f"^{COMMON}$").to_numpy(False)
    common &= ~pc.is_in(pc.ascii_lower(pc.ascii_trim(pointed, '"(.?!)')), UNCOMMON).to_numpy(False)
    looks["end"][special[common]] = YES
    looks["before"][special[pc.match_substring_regex(pointed, '[!?]"$').to_numpy(False)]] = EXCLAIMED
    rare = special[~common & pc.match_substring_regex(pointed, WORTH_ASKING).to_numpy(False)]
    shapes = pa.array(shapes_of(words.take(pa.array(rare)).to_pylist()), pa.string()).dictionary_encode()
    shown = np.array(list(map(_look_at_shape, shapes.dictionary.to_pylist())), dtype=BY_SHAPE)
    for name in BY_SHAPE.names:
        looks[name][rare] = shown[name][shapes.indices.to_numpy()]
    return looks


@lru_cache(maxsize=100_000)
def ends_between(word: str, after: str) -> bool:
    """Whether a sentence ends between two neighbouring words."""
    pair = f"{word} {after}"
    further = any(start == len(word) + 1 for _, start in further_ends(pair))
    return further or (word[-1] in ".?!" and SENTENCES.text_contains_sentbreak(pair))


def shapes_of(words: list[str]) -> list[str]:
    """What Punkt sees of each word. Words in none of its lists are alike to it, and so are all numbers."""
    text = re.sub("[A-Za-z]{2,}", _stand_in, cover_ellipses(straighten("\n".join(words))))
    return re.sub(r"\d+", "5", text).split("\n") if words else []


def _stand_in(word: re.Match) -> str:
    return word[0] if word[0].lower() in KEPT else "Xx" if word[0][0].isupper() else "xx"


@lru_cache(maxsize=100_000)
def _look_at_shape(word: str) -> tuple[int, int, int, bool, bool]:
    """What the shape of a word shows (BY_SHAPE)."""
    end, odd, odd_last = _end_of_shape(word)
    start = CLOSER if CLOSING.match(word) else _start((word.lstrip(DASH) or word)[0])
    before = EXCLAIMED if EXCLAIMS.search(word) else ABBREVIATED if ABBREVIATES.search(word) else PLAIN_END
    before = NUMBERED if NUMBERS.fullmatch(word) else HOUR if HOURS.search(word) else before
    return end, start, before, odd or bool(SPACE.search(word)), odd_last


def _start(letter: str) -> int:
    if letter.islower() or letter == "&":
        return SMALL
    return DIGIT if letter.isdigit() else LARGE if "A" <= letter <= "Þ" else OTHER


def _end_of_shape(word: str) -> tuple[int, bool, bool]:
    """end, odd and odd_last (LOOKS) of a word of this shape."""
    within = [match.start() for match in WITHIN.finditer(word)]
    ended = bool(within) and SENTENCES.text_contains_sentbreak(word[: within[-1] + 2])
    if (within and within[0] == 0 and len(word) > 1) or word[0] in ".…" or further_ends(word):
        return NO, True, True
    if HOURS.search(word) and not ended:
        return ASK, False, False
    if TRAILS_OFF.search(word):
        return ASK, bool(within) or not re.search(r"\w", word), False
    if word[-1] in ".?!":
        last = LANGUAGE.word_tokenize(word)[-1]
        always = word[-1] != "." or all(ends_between(last, after) for after in (",", "xx", "Xx", "The", "5"))
        return (YES if always else ASK), False, ended
    if not ended or CLOSES.fullmatch(word[within[-1] + 1 :]):
        return (YES if ended else NO), False, False
    return NO, True, True
