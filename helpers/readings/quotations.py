"""What is given as somebody's words: direct and indirect quotations, each with the speaker that the rules find.

Direct speech is in quotation marks. Indirect speech is what a verb of saying governs (attributions.py).
"""

import re
from bisect import bisect, bisect_left
from itertools import pairwise
from operator import itemgetter
from pathlib import Path

import pandas as pd

from helpers.files.tables import beside, read_table, require
from helpers.readings.actors import find_actors
from helpers.readings.attributions import BLANK, EDGES, LONGEST, UNKNOWN, find_acts, find_named
from helpers.readings.marks import even_marks

# In even marks. Speech that goes on after a paragraph opens each of its paragraphs and closes only the last.
QUOTED = re.compile(r"“([^“”\n]+(?:\n+ ?“[^“”\n]+)*)(?:”|(?=\n|$))")
OPENING = re.compile(r"(?: ?“ ?)?")
CARRIED_ON = re.compile(r"As well as\b|Along with\b")
LOOSE_END = re.compile(r",?\s(?:but|and|while)\s*$")
BEFORE = 300  # characters before a quotation in which its verb is looked for
TAKES = ("clause", "hearer", "object", "quote")
QUOTATIONS = "article quotation sentence kind speaker side verb start end words attribution".split()


def load_verbs(path: Path | str | None = None) -> pd.DataFrame:
    """Read the verbs of saying: one row per form: verb, takes (clause, hearer, object, quote), note.

    A `clause` verb may come before what is said or after it; a `hearer` verb too, with the hearer in between. What an
    `object` verb governs ends at the first comma, except before "which". A `quote` verb counts only before a quotation
    mark or "that". Directly after quoted speech, `object` and `quote` verbs name the speaker too ("...?" asked Kelly).
    """
    path = Path(path or beside("speech-verbs.csv"))
    table = read_table(path, "verb takes", optional="note")
    for row in table.assign(twice=table["verb"].duplicated()).itertuples():
        if row.takes not in TAKES:
            raise ValueError(f"{path}, line {row.Index}: takes is {row.takes!r}; it may be {', '.join(TAKES)}.")
        if not row.verb or row.twice:
            raise ValueError(f"{path}, line {row.Index}: the verb {row.verb!r} is empty or there twice. Correct it.")
    return table


def find_quotations(sentences: pd.DataFrame, actors: pd.DataFrame, verbs: pd.DataFrame) -> pd.DataFrame:
    """What is given as somebody's words, with the speaker that the rules find.

    sentences  one row per sentence: article, sentence, start, text
    actors     one row per actor, from load_actors; may be empty: then every speaker is unknown
    verbs      one row per verb of saying, from load_verbs
    returns    one row per stretch of words in one sentence, by place: article, quotation (its number in the article:
               the stretches of one act of speech share it; 0 for marked words), sentence, kind (direct: in quotation
               marks; indirect: governed by a verb of saying; marked: in marks, but a name or a single word), speaker,
               side, verb, start, end (offsets into the article's text), words, attribution (as printed)
    """
    require(sentences, "article sentence start text", "find_quotations: sentences, from split_sentences")
    require(verbs, "verb takes", "find_quotations: verbs, from load_verbs")
    mentions = find_actors(sentences, actors)
    said = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, verbs['verb'])) or '(?!)'})(?!\w)")
    takes = dict(zip(verbs["verb"], verbs["takes"], strict=True))
    countries = actors[actors["kind"].eq("country")].drop_duplicates("side").set_index("side")["actor"].to_dict()
    rules = {"said": said, "takes": takes, "countries": countries}
    rows, none = [], mentions.iloc[:0]
    named = dict(list(mentions.groupby("article")))
    for article, own in sentences.groupby("article", sort=False):
        page = _page(own, named.get(article, none), said) | rules
        rows += [{"article": article, **row} for row in _number(_stretches(page))]
    return pd.DataFrame(rows, columns=QUOTATIONS)


def _page(sentences: pd.DataFrame, mentions: pd.DataFrame, said: re.Pattern) -> dict:
    """An article laid out: printed, text (with even marks), open (the text, quoted speech blanked), spans (sentence,
    start, end), speech and marked (spans in quotation marks), mentions (start, end, actor, side, kind; those outside
    quoted speech), persons (those of them that are persons), kinds (the kind of each actor and side)."""
    text, spans = "", []
    for number, start, own in zip(sentences["sentence"], sentences["start"], sentences["text"], strict=True):
        gap = start - len(text)
        text += ("\n" * gap if gap > 1 else " " * gap) + own
        spans.append((number, start, start + len(own)))
    printed, text = text, even_marks(text)
    speech, marked, opens = [], [], [begin for _, begin, _ in spans]
    for found in QUOTED.finditer(text):
        start, end = found.span(1)
        _, begins, ends = spans[bisect(opens, found.start()) - 1]
        if not re.search(r"\w", text[start:end]):
            continue
        before = text[max(begins, found.start() - BEFORE) : found.start()].rstrip()
        if end <= ends and _holds_up(before, text[start:end], said):
            marked.append((start, end))
        else:
            speech.append((start, end))
    blanked = _blank(text, speech)
    named = zip(*(mentions[name] for name in ("start", "end", "actor", "side", "kind")), strict=True)
    named = [mention for mention in named if BLANK not in blanked[mention[0] : mention[1]]]
    page = {"printed": printed, "text": text, "open": blanked, "spans": spans}
    page |= {"persons": [mention for mention in named if mention[4] == "person"]}
    page |= {"kinds": {mention[2:4]: mention[4] for mention in reversed(named)}}
    return page | {"speech": speech, "marked": marked, "mentions": named}


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with BLANK for each character of these spans, which are in order."""
    edges = [0, *(place for span in spans for place in span), len(text)]
    pieces = (text[a:b] if number % 2 == 0 else BLANK * (b - a) for number, (a, b) in enumerate(pairwise(edges)))
    return "".join(pieces)


def _holds_up(before: str, words: str, said: re.Pattern) -> bool:
    """Whether words in quotation marks are a name or a single word, not speech: three words at most, inside a sentence,
    with neither a verb of saying nor "that", a comma or a colon before them."""
    introduced = re.search(rf"(?:[,:]|\bthat|{said.pattern})$", before)
    return len(words.split()) <= 3 and bool(before) and not introduced


def _stretches(page: dict) -> list[dict]:
    """The rows of one article: its sentences' quoted speech, what verbs of saying govern, and marked words."""
    rows, heard, last = [], {}, None
    for number, start, end in page["spans"]:
        acts = find_acts(page, start, end, heard)
        if not acts and last and last["open_end"] and CARRIED_ON.match(page["open"], start):
            acts = [last | {"regions": [(start, end)], "at": start}]
        first = OPENING.match(page["text"], start).end()
        quotes = [(max(a, first), min(b, end)) for a, b in _touching(page["speech"], first, end)]
        quotes = [(a, b) for a, b in quotes if re.search(r"\w", page["text"][a:b])]
        whose = [_whose(page, acts, last, quote, start, end) for quote in quotes]
        rows += [_row("direct", number, act, *quote) for act, quote in zip(whose, quotes, strict=True)]
        for act in acts:
            rows += [_row("indirect", number, act, a, b) for a, b in _outside(page, act["regions"], quotes)]
        rows += [_row("marked", number, {}, a, b) for a, b in _touching(page["marked"], start, end) if start <= a]
        last = (acts or whose or [None])[-1]
        last = last and last | {"in_marks": bool(quotes), "end": end}
    rows = _look_ahead(rows, page["speech"])
    return [row | {"words": page["printed"][row["start"] : row["end"]]} for row in rows]


def _touching(spans: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Of spans in order that do not overlap, those with anything between two places."""
    return spans[bisect(spans, start, key=itemgetter(1)) : bisect_left(spans, end, key=itemgetter(0))]


def _look_ahead(rows: list[dict], speech: list[tuple[int, int]]) -> list[dict]:
    """Quoted speech of several sentences in one pair of marks: those before the attribution take its speaker."""
    places = {row["start"] for row in rows}
    marks = {place: span for place in places for span in _touching(speech, place, place + 1)}
    known = {marks[row["start"]]: row for row in rows if row["kind"] == "direct" and row["verb"]}
    shared = ("act", "speaker", "side", "verb", "attribution")
    return [
        row | {what: known[marks[row["start"]]][what] for what in shared}
        if row["kind"] == "direct" and not row["verb"] and marks[row["start"]] in known
        else row
        for row in rows
    ]


def _row(kind: str, number: int, act: dict, start: int, end: int) -> dict:
    speaker, side = act.get("speaker", ("", ""))
    row = {"act": act.get("act", ()), "sentence": number, "kind": kind, "speaker": speaker, "side": side}
    return row | {"verb": act.get("verb", ""), "start": start, "end": end, "attribution": act.get("attribution", "")}


def _number(rows: list[dict]) -> list[dict]:
    """The rows by place, their acts of speech numbered from 1; 0 for marked words."""
    numbers, ordered = {(): 0}, sorted(rows, key=lambda row: (row["start"], row["end"], row["kind"]))
    for row in ordered:
        numbers.setdefault(row["act"], len(numbers))
    return [row | {"quotation": numbers[row["act"]]} for row in ordered]


def _whose(page: dict, acts: list[dict], last: dict | None, quote: tuple[int, int], start: int, end: int) -> dict:
    """The act that quoted speech belongs to: the nearest of its sentence; or else, where the speech goes on from the
    sentence before, in the same paragraph, the act of that one; or else that of a name before a colon or after a dash;
    otherwise the speaker is unknown."""
    if acts:
        return min(acts, key=lambda act: min(abs(act["at"] - quote[0]), abs(act["at"] - quote[1])))
    goes_on = quote[0] <= OPENING.match(page["text"], start).end()
    if last and last["in_marks"] and goes_on and "\n" not in page["text"][last["end"] : start]:
        return last
    if named := find_named(page, *quote):
        return {"act": quote, "verb": "", "open_end": False} | named
    words = page["text"][quote[1] : min(end, quote[1] + LONGEST)].strip(EDGES)
    words = words if len(words.split(maxsplit=3)) <= 3 else ""
    return {"act": quote, "speaker": UNKNOWN, "verb": "", "attribution": words, "open_end": False}


def _outside(page: dict, regions: list[tuple[int, int]], quotes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The regions without quoted speech, trimmed at their ends; a single word does not count."""
    pieces = []
    for start, end in regions:
        inside = [(a - 1, b + 1) for a, b in quotes if a < end and start < b]
        cuts = [start, *(place for span in inside for place in span), end]
        for a, b in zip(cuts[::2], cuts[1::2], strict=True):
            words = LOOSE_END.sub("", page["text"][a : max(a, b)])
            a, words = a + len(words) - len(words.lstrip(EDGES)), words.strip(EDGES)
            pieces += [(a, a + len(words))] if len(words.split()) > 1 else []
    return pieces


def compare_with_reading(found: pd.DataFrame, read: pd.DataFrame) -> pd.DataFrame:
    """The rules' stretches beside those that a reader marked, in the articles that were read.

    found    one row per stretch, from find_quotations
    read     one row per stretch a reader marked: article, sentence, kind, speaker, words
    returns  one row per stretch of either: article, sentence, kind, rules, reader (the speaker; NaN where this side has
             no such stretch), words, verdict (same, other speaker, other words, rules only, reader only). Two stretches
             are the same if article, sentence and kind agree and the words of one contain the other's
    """
    keys = ["article", "sentence", "kind"]
    ours = found[found["article"].isin(read["article"])][[*keys, "speaker", "words"]]
    theirs = read[read["article"].isin(found["article"])][[*keys, "speaker", "words"]]
    ours, theirs = ours.assign(ours=range(len(ours))), theirs.assign(theirs=range(len(theirs)))
    pairs = ours.merge(theirs, on=keys, suffixes=("", "_read"))
    held = [a in b or b in a for a, b in zip(pairs["words"], pairs["words_read"], strict=True)]
    pairs = pairs[pd.Series(held, pairs.index, dtype=bool)].drop_duplicates("ours").drop_duplicates("theirs")
    verdict = pd.Series("same", pairs.index).mask(pairs["words"] != pairs["words_read"], "other words")
    pairs = pairs.assign(verdict=verdict.mask(pairs["speaker"] != pairs["speaker_read"], "other speaker"))
    alone = ours[~ours["ours"].isin(pairs["ours"])].assign(verdict="rules only")
    missed = theirs[~theirs["theirs"].isin(pairs["theirs"])].assign(verdict="reader only")
    table = pd.concat([pairs, alone, missed.rename(columns={"speaker": "speaker_read"})])
    table = table.rename(columns={"speaker": "rules", "speaker_read": "reader"}).reindex(
        columns=[*keys, "rules", "reader", "words", "verdict"]
    )
    return table.sort_values([*keys, "words"], ignore_index=True)


def load_reading(path: Path | str | None = None) -> pd.DataFrame:
    """The quotations that a reader marked; none where there is no such file.

    returns  one row per stretch: article, quotation, sentence (a number), kind, speaker, verb, words, note
    raises   ValueError naming the file and the line
    """
    path, columns = Path(path or beside("quotations.csv")), "article sentence kind speaker words quotation verb note"
    if not path.exists():
        return pd.DataFrame(columns=columns.split())
    table = read_table(path, "article sentence kind speaker words", optional="quotation verb note")
    for line, number in table["sentence"].items():
        if not number.isdecimal():
            raise ValueError(f"{path}, line {line}: the sentence is {number!r}. Write its number.")
    return table.astype({"sentence": int})
