"""Frames, words and hits of many articles at once, as Arrow tables, by the rules of text, codebook and keyness.

Texts are cut into pieces, each distinct piece is looked at once, and only sentences that may hold a term are read.
"""

import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from helpers.codebook.languages import terms_searched
from helpers.codebook.matching import Matches, find_keys, match_terms, places_of_keys
from helpers.codebook.terms import MASK
from helpers.measures.keyness import MARKED, fold
from helpers.scale.looks import look_at
from helpers.scale.pieces import Pieces, cut_texts, distinct, read_spans
from helpers.scale.sentences import Sentences, find_sentences
from helpers.text.addresses import cover_addresses
from helpers.text.characters import BLANK
from helpers.text.split import WORDS, WordTokenizer

SCHEMAS = {
    name: pa.schema([(column, getattr(pa, kind)()) for column, kind in (pair.split(":") for pair in columns.split())])
    for name, columns in {
        "frames": "article:string period:string frame:string hits:int64 negated:int64 carrying:int64 "
        "sentences:int64 words:int64",
        "words": "period:string word:string count:int64",
        "hits": "article:string sentence:int64 frame:string term:string start:int64 end:int64 words:string "
        "negated:bool_",
    }.items()
}
NO_WORD = BLANK + '",.;:?!()[]“”-–—…*/#|$%&_'  # at the edge of a word none of these belongs to it,
ONE_WORD = r"^(?:[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*|[0-9]+(?:[.,:][0-9]+)+)$"  # if this is all that is between
APART = WORDS._pattern + r"|\n"  # words, and the line feeds between pieces
ASCII_WORDS = re.compile(APART)  # the standard library's `re` is faster, and gives the same for ASCII
OTHER_WORDS = WordTokenizer(APART)


def code_texts(
    texts: pa.StringArray,
    articles: pa.Array,
    periods: pa.Array,
    languages: pa.Array,
    rows: tuple[tuple[str, str], ...],
    spoken: tuple[str, ...],
    scope: str,
) -> dict[str, pa.Table]:
    """The tables of SCHEMAS for some articles. In "words" one word may have several rows.

    texts, articles, periods, languages  text, name, period and language of each article
    rows                                 (frame, term) of each row of the codebook
    spoken                               the languages of each term; none where all have the same
    scope                                see `find_hits`
    """
    pieces = cut_texts(texts)
    looks = look_at(pieces.distinct)
    found = find_sentences(pieces, looks)
    per_article, words = _count_words(pieces, found, periods, looks)
    sentences = np.bincount(found.text, minlength=len(texts))
    where = _worth_reading(pieces, found, find_keys(pieces.distinct.to_pylist(), rows))
    read = read_spans(pieces, found.begin[where], found.stop[where])
    language, searched = _searched(languages, spoken)
    matches = match_terms(read, rows, scope, None if language is None else language[found.text[where]], searched)
    sentence = where[matches.text]
    frames = _count_frames(found, matches, sentence, rows, len(texts))
    each = np.repeat(np.arange(len(texts)), len(frames) // max(len(texts), 1))
    columns = {"article": articles, "period": periods, "sentences": sentences, "words": per_article}
    columns = {name: pa.array(column).take(pa.array(each)) for name, column in columns.items()}
    frames = pa.table(columns | frames.to_dict("series"), SCHEMAS["frames"])
    return {"frames": frames, "words": words, "hits": _lay_out_hits(found, matches, sentence, rows, read, articles)}


def _searched(languages: pa.Array, spoken: tuple[str, ...]) -> tuple[np.ndarray | None, np.ndarray | None]:
    """For each article a row of a table that says which terms are searched in it, as match_terms takes them."""
    if not spoken:
        return None, None
    names, language = np.unique(languages.to_numpy(False).astype(str), return_inverse=True)
    return language, terms_searched(pd.Series(spoken), names.tolist())


def _count_frames(found: Sentences, matches: Matches, sentence: np.ndarray, rows: tuple, texts: int) -> pd.DataFrame:
    """One row per text and frame: frame, hits, negated, carrying. `sentence` is the sentence of each match."""
    frames = sorted({frame for frame, _ in rows} - {MASK})
    codes = np.array([frames.index(frame) if frame != MASK else -1 for frame, _ in rows], dtype=np.int64)
    frame, size = codes[matches.row], texts * len(frames)
    cell = found.text[sentence] * len(frames) + frame
    carried = distinct(sentence * len(frames) + frame)
    carried = found.text[carried // max(len(frames), 1)] * len(frames) + carried % max(len(frames), 1)
    counts = {"hits": cell, "negated": cell[matches.negated], "carrying": carried}
    counts = {name: np.bincount(cells, minlength=size) for name, cells in counts.items()}
    return pd.DataFrame({"frame": pd.Series(frames * texts, dtype=str), **counts})


def _lay_out_hits(
    found: Sentences, matches: Matches, sentence: np.ndarray, rows: tuple, read: list[str], articles: pa.Array
) -> pa.Table:
    """One row per match. `read` are the sentences searched, `sentence` is the sentence of each match among all."""
    article, begin, row = found.text[sentence], found.start[sentence], pa.array(matches.row)
    places = zip(matches.text.tolist(), matches.start.tolist(), matches.end.tolist(), strict=True)
    hits = {
        "article": articles.take(pa.array(article)),
        "sentence": sentence - np.searchsorted(found.text, article) + 1,
        "frame": pa.array([frame for frame, _ in rows], pa.string()).take(row),
        "term": pa.array([term for _, term in rows], pa.string()).take(row),
        "start": begin + matches.start,
        "end": begin + matches.end,
        "words": pa.array([read[text][start:end] for text, start, end in places], pa.string()),
        "negated": matches.negated,
    }
    return pa.table(hits, SCHEMAS["hits"])


def _worth_reading(pieces: Pieces, found: Sentences, keys: np.ndarray) -> np.ndarray:
    """The sentences that may hold a term."""
    place = places_of_keys(keys, pieces.which)
    low, high = pieces.bounds[place], pieces.bounds[place + 1] - 1
    low = np.maximum(np.searchsorted(found.begin, low, side="right") - 1, 0)
    high = np.searchsorted(found.begin, high, side="right") - 1
    within = [np.arange(a, b) for a, b in zip(low[high > low + 1], high[high > low + 1], strict=True)]
    return distinct(np.concatenate([low, high, *within]).astype(np.int64)) if len(place) else place


def _count_words(pieces: Pieces, found: Sentences, periods: pa.Array, looks: np.ndarray) -> tuple[np.ndarray, pa.Table]:
    """How many words each article has, and how often each word occurs in each period."""
    words, many = fold_words(pieces.distinct)
    words = words.dictionary_encode()
    first = np.searchsorted(pieces.bounds, pieces.texts - 1, side="right") - 1  # first piece of each text
    per_article = np.diff(np.append(0, np.cumsum(many.take(pieces.which)))[first])
    names, codes = np.unique(periods.to_numpy(False).astype(str), return_inverse=True)
    tables = []
    for code, name in enumerate(names.tolist()):
        texts = np.flatnonzero(codes == code).tolist()
        here = np.concatenate([pieces.which[first[text] : first[text + 1]] for text in texts])
        counts = np.repeat(np.bincount(here, minlength=len(many)), many)
        counts = np.bincount(words.indices, counts, len(words.dictionary)).astype(np.int64)
        some = np.flatnonzero(counts)
        tables.append(_word_table(pa.repeat(name, len(some)), words.dictionary.take(pa.array(some)), counts[some]))
    changes = _cut_words(pieces, found, looks)
    np.add.at(per_article, changes[0], changes[2])
    tables.append(_word_table(periods.take(pa.array(changes[0])), *changes[1:]))
    return per_article, pa.concat_tables(tables)


def _cut_words(pieces: Pieces, found: Sentences, looks: np.ndarray) -> tuple[np.ndarray, pa.StringArray, np.ndarray]:
    """What changes where a sentence begins within a word: text, word, how many more or fewer of it."""
    inner = found.begin[pieces.content[found.begin - 1] > 32].astype(np.int32)  # or after a no-break space
    place = np.searchsorted(pieces.bounds, inner, side="right") - 1
    within = inner > pieces.bounds[place] + looks["lead"][pieces.which[place]]
    inner, whole = inner[within], distinct(place[within])
    begin = pieces.bounds[whole] + looks["lead"][pieces.which[whole]]
    parts = np.sort(np.append(begin, inner))
    stop = pieces.bounds[np.searchsorted(pieces.bounds, parts, side="right")]
    begins = np.append(begin, parts)
    stops = np.append(pieces.bounds[whole + 1], np.minimum(stop, np.append(parts[1:], len(pieces.content))))
    words, many = fold_words(pa.array(read_spans(pieces, begins, stops), pa.string()))
    text = np.searchsorted(pieces.texts, begins, side="right") - 1
    return np.repeat(text, many), words, np.repeat(np.where(np.arange(len(begins)) < len(whole), -1, 1), many)


def _word_table(periods: pa.Array, words: pa.Array, counts: np.ndarray) -> pa.Table:
    return pa.table({"period": periods, "word": words, "count": counts}, SCHEMAS["words"])


def fold_words(pieces: pa.StringArray) -> tuple[pa.StringArray, np.ndarray]:
    """The words in these pieces, folded, one after the other; and how many are in each. No piece has a line feed."""
    bare = pc.utf8_trim(pieces, NO_WORD)
    plain = pc.match_substring_regex(bare, ONE_WORD)
    kind = np.where(plain.to_numpy(False), 0, np.where(pc.string_is_ascii(pieces).to_numpy(False), 1, 2))
    order = np.argsort(kind, kind="stable")
    sizes = np.bincount(kind, minlength=3)
    rest = pieces.take(pa.array(order[sizes[0] :])).to_pylist()
    ascii_, other = ("\n".join([*part, ""]) for part in (rest[: sizes[1]], rest[sizes[1] :]))
    found = pa.array(ASCII_WORDS.findall(cover_addresses(ascii_)) + OTHER_WORDS.tokenize(other), pa.string())
    divides = pc.equal(found, "\n").to_numpy(False)
    many, first = np.ones(len(pieces), np.int64), np.empty(len(pieces), np.int64)
    many[order[sizes[0] :]] = np.diff(np.flatnonzero(divides), prepend=-1) - 1
    first[order] = np.cumsum(many[order]) - many[order]
    words = pa.concat_arrays([_fold_plain(bare.filter(plain)), _fold(found.filter(pa.array(~divides)))])
    return words.take(pa.array(places_from(first, many))), many


def _fold(words: pa.StringArray) -> pa.StringArray:
    """Each word as `keyness.fold` gives it."""
    marked = pc.match_substring_regex(words, MARKED.pattern)
    marked = pc.or_(marked, pc.invert(pc.string_is_ascii(words)))
    rest = pa.array(list(map(fold, words.filter(marked).to_pylist())), pa.string())
    return pc.replace_with_mask(_fold_plain(words), marked, rest)


def _fold_plain(words: pa.StringArray) -> pa.StringArray:
    """The same for words in ASCII without apostrophes or full stops, a column at once."""
    capitals = pc.and_(pc.ascii_is_upper(words), pc.greater(pc.binary_length(words), 1))
    return pc.if_else(capitals, words, pc.ascii_lower(words))


def places_from(first: np.ndarray, many: np.ndarray) -> np.ndarray:
    """Runs of places: from each first one on, as many as given.

    >>> places_from(np.array([5, 1]), np.array([2, 3])).tolist()
    [5, 6, 1, 2, 3]
    """
    ends = np.cumsum(many)
    return np.repeat(first - ends + many, many) + np.arange(ends[-1] if len(ends) else 0)
