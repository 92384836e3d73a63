"""What is given as somebody's words: direct and indirect quotations, each with the speaker that the rules find.

Direct speech stands in marks. Indirect speech is what a verb of saying governs. The attribution stands after what was
said ("..., Kelly said."), is turned round ("...," said Kelly) or stands before it (Kelly said that ...).
"""

import re
from pathlib import Path

import pandas as pd

from helpers.files.tables import SEEDS, read_table, require
from helpers.readings.actors import find_actors

# Speech that goes on after a paragraph has a mark before each of its paragraphs and none behind but the last.
QUOTED = re.compile(
    r'“([^“”\n]+(?:\n+“[^“”\n]+)*)(?:”|(?=\n|$))|(?<!\w)"([^"\n]+(?:\n+"[^"\n]+)+)"|"([^"\n]+)"'
    r"|«([^«»\n]+(?:\n+«[^«»\n]+)*)(?:»|(?=\n|$))"
)
BLANK = "\0"  # stands for every character of speech in marks, so that no verb is found there and offsets stay
CLOSED = re.compile(rf"{BLANK}[”\"»],?\s*$")
SPOKEN = re.compile(r"(?:[,?!…][”\"»]|[”\"»],)[^,”\"»]*$")  # a title in marks has no comma there
OPENS = re.compile(rf"[:,]?\s*[“\"«]{BLANK}")
NO_VERB = re.compile(r"\b(?:was|were|been|be|being|is|are|to|the|an?|his|her|its|their)\s+(?:\w+ly\s+)?$", re.I)
DAYS = r"(?: (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day| yesterday| today)?"
THAT = re.compile(rf"(?: on)?{DAYS}(?: (?:in|at) an? \w+(?: \w+)?)? that ")  # said on Monday in a statement that
ASIDE = re.compile(r", (?:who|whose|which)\b[^,]*,\s*$")
NOTHING_MORE = re.compile(rf"{DAYS}(?: (?:on|in|at|to|during|after|before|late|earlier)\b(?!.* that )[^,;]*)?\W*$")
ACCORDING = re.compile(r"\bAccording to ([^,.]+)", re.I)
AGAIN = re.compile(r"\b(?:but|and)(?: (?:\w+ly|also|later|then))*\s$")
PRONOUN = re.compile(r"\b(?:he|she)(?: (?:\w+ly|also|later|then|has|had))*\s$", re.I)
PAPER = re.compile(r"\b(?:statement|communiqu[eé]|press release|it|they)\b", re.I)
AFTER_PREPOSITION = re.compile(r"\b(?:of|for|from|to|between|in|at|on|by|with|against|about)\s+(?:the |an? )?$", re.I)
# Somebody of a country, not named: "a Mexican official", "the U.S. deputy ambassador".
SOMEBODY = r"\b(?:[Aa]n?|[Tt]he) (?:(US|U\.S\.|American)|Mexican)(?: (?!(?:and|or|US|American|Mexican)\b)[\w-]+){1,4}"
SOMEBODY_FIRST = re.compile(rf"\s*{SOMEBODY}")
SOMEBODY_LAST = re.compile(rf"{SOMEBODY}\s*$")
A_CLAUSE = re.compile(
    r" (?:(?:that|it|he|she|they|we|there|the|an?|his|her|its|their|this|these|those|both|all|some|no|more|most)\b"
    r"|(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z])"
)
CARRIED_ON = re.compile(r"As well as\b|Along with\b")
MARKS = '“"«'
EDGES = ' ,.;:-–—”"»\n'
LOOSE_END = re.compile(r",?\s(?:but|and|while)\s*$")
TAKES = ("clause", "hearer", "object", "quote")
UNKNOWN = ("unknown", "unknown")
QUOTATIONS = "article quotation sentence kind speaker side verb start end words attribution".split()


def load_verbs(path: Path | str = SEEDS / "speech-verbs.csv") -> pd.DataFrame:
    """Read the verbs of saying: one row per form: verb, takes (clause, hearer, object, quote), note.

    A `clause` verb may stand before what is said or after it; a `hearer` verb too, with the hearer in between; what an
    `object` verb says ends at the first comma, save before "which"; a `quote` verb counts only before a mark or "that".
    Directly after speech in marks both tell, as a `clause` verb does, who spoke ("...?" asked Kelly).
    """
    table = read_table(Path(path), "verb takes", optional="note")
    for row in table.assign(twice=table["verb"].duplicated()).itertuples():
        if row.takes not in TAKES:
            raise ValueError(f"{path}, line {row.Index}: takes is {row.takes!r}; it may be {', '.join(TAKES)}.")
        if not row.verb or row.twice:
            raise ValueError(f"{path}, line {row.Index}: the verb {row.verb!r} is empty or stands twice. Mend it.")
    return table


def find_quotations(sentences: pd.DataFrame, actors: pd.DataFrame, verbs: pd.DataFrame) -> pd.DataFrame:
    """What is given as somebody's words, with the speaker that the rules find.

    sentences  one row per sentence: article, sentence, start, text
    actors     one row per actor, from load_actors; may be empty: then every speaker is unknown
    verbs      one row per verb of saying, from load_verbs
    returns    one row per stretch of words in one sentence, by place: article, quotation (its number in the article:
               the stretches of one act of speech share it; 0 for marked words), sentence, kind (direct: in marks;
               indirect: governed by a verb of saying; marked: in marks, but a name or a word held up), speaker, side,
               verb, start, end (offsets into the article's text), words, attribution (as printed)
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
    """An article laid out: text, open (the text, speech in marks blanked), spans (sentence, start, end), speech and
    marked (spans in marks), mentions (start, end, actor, side, kind; those outside speech)."""
    text, spans = "", []
    for number, start, own in zip(sentences["sentence"], sentences["start"], sentences["text"], strict=True):
        gap = start - len(text)
        text += ("\n" * gap if gap > 1 else " " * gap) + own
        spans.append((number, start, start + len(own)))
    speech, marked, blanked = [], [], text
    for found in QUOTED.finditer(text):
        start, end = found.span(found.lastindex)
        begins, ends = max((begin, stop) for _, begin, stop in spans if begin <= found.start())
        if not re.search(r"\w", text[start:end]):
            continue
        if end <= ends and _holds_up(text[begins : found.start()].rstrip(), text[start:end], said):
            marked.append((start, end))
        else:
            speech.append((start, end))
            blanked = blanked[:start] + BLANK * (end - start) + blanked[end:]
    named = zip(*(mentions[name] for name in ("start", "end", "actor", "side", "kind")), strict=True)
    named = [mention for mention in named if BLANK not in blanked[mention[0] : mention[1]]]
    return {"text": text, "open": blanked, "spans": spans, "speech": speech, "marked": marked, "mentions": named}


def _holds_up(before: str, words: str, said: re.Pattern) -> bool:
    """Whether words in marks are a name or a word held up, not speech: three at most, amid a sentence, and neither a
    verb of saying nor "that", a comma or a colon before them."""
    introduced = re.search(rf"(?:[,:]|\bthat|{said.pattern})$", before)
    return len(words.split()) <= 3 and bool(before) and not introduced


def _stretches(page: dict) -> list[dict]:
    """The rows of one article: its sentences' speech in marks, what verbs of saying govern, and marked words."""
    rows, heard, last = [], [], None
    for number, start, end in page["spans"]:
        acts = _acts(page, start, end, heard)
        if not acts and last and last["open_end"] and CARRIED_ON.match(page["open"], start):
            acts = [last | {"regions": [(start, end)], "at": start}]
        first = start + (page["text"][start] in MARKS)
        quotes = [(max(a, first), min(b, end)) for a, b in page["speech"] if a < end and first < b]
        whose = [_whose(page, acts, last, quote, start, end) for quote in quotes]
        rows += [_row("direct", number, act, *quote) for act, quote in zip(whose, quotes, strict=True)]
        for act in acts:
            rows += [_row("indirect", number, act, a, b) for a, b in _outside(page, act["regions"], quotes)]
        rows += [_row("marked", number, {}, a, b) for a, b in page["marked"] if start <= a < end]
        last = (acts or whose or [None])[-1]
        last = last and last | {"in_marks": bool(quotes), "end": end}
    rows = _look_ahead(rows, page["speech"])
    return [row | {"words": page["text"][row["start"] : row["end"]]} for row in rows]


def _look_ahead(rows: list[dict], speech: list[tuple[int, int]]) -> list[dict]:
    """Speech of several sentences in one pair of marks: those before the attribution take its speaker."""
    marks = {row["start"]: span for row in rows for span in speech if span[0] <= row["start"] < span[1]}
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
    """The rows by place, their acts of speech numbered from 1; 0 for what is none."""
    numbers, ordered = {(): 0}, sorted(rows, key=lambda row: (row["start"], row["end"], row["kind"]))
    for row in ordered:
        numbers.setdefault(row["act"], len(numbers))
    return [row | {"quotation": numbers[row["act"]]} for row in ordered]


def _whose(page: dict, acts: list[dict], last: dict | None, quote: tuple[int, int], start: int, end: int) -> dict:
    """The act that speech in marks belongs to: the sentence's nearest; else, where the speech began in the sentence
    before or that one, of the same paragraph, ended in marks too, the act of that one; else nobody is said to speak."""
    if acts:
        return min(acts, key=lambda act: min(abs(act["at"] - quote[0]), abs(act["at"] - quote[1])))
    if last and last["in_marks"] and quote[0] <= start + 1 and "\n" not in page["text"][last["end"] : start]:
        return last
    words = page["text"][quote[1] : end].strip(EDGES)
    words = words if len(words.split()) <= 3 else ""
    return {"act": quote, "speaker": UNKNOWN, "verb": "", "attribution": words, "open_end": False}


def _outside(page: dict, regions: list[tuple[int, int]], quotes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The regions without speech in marks, bare at their ends; a single word is none."""
    pieces = []
    for start, end in regions:
        inside = [(a - 1, b + 1) for a, b in quotes if a < end and start < b]
        cuts = [start, *(place for span in inside for place in span), end]
        for a, b in zip(cuts[::2], cuts[1::2], strict=True):
            words = LOOSE_END.sub("", page["text"][a : max(a, b)])
            a, words = a + len(words) - len(words.lstrip(EDGES)), words.strip(EDGES)
            pieces += [(a, a + len(words))] if len(words.split()) > 1 else []
    return pieces


def _acts(page: dict, start: int, end: int, heard: list) -> list[dict]:
    """The acts of speech of one sentence: act (a key), speaker (name, side), verb, at (where it stands), attribution
    (as printed), regions (what it governs), open_end (whether that runs to the end). Adds their speakers to `heard`."""
    acts, sentence = [], page["open"][start:end]
    for found in [*ACCORDING.finditer(sentence), *page["said"].finditer(sentence)]:
        since = acts[-1]["stop"] - start if acts else 0
        laid = _lay_out(sentence, page["text"][start:end], found, page["takes"].get(found[0], ""), since)
        if not laid or any(act["verb"] == "according to" for act in acts):
            continue
        how, (a, b), regions = laid
        speaker, begins = _speaker(page, how, start + a, start + b, acts, heard)
        if how == "before" and speaker == UNKNOWN and not _is_told(sentence, found, page["takes"][found[0]]):
            continue
        acts.append(
            {
                "act": (start + found.start(),),
                "speaker": speaker,
                "verb": "according to" if how == "according" else found[0],
                "at": start + found.start(),
                "stop": start + found.end(),
                "attribution": page["text"][min(begins, start + found.start()) : start + max(b, found.end())].strip(
                    EDGES
                ),
                "regions": [(start + a, start + b) for a, b in regions],
                "open_end": how == "before" and regions[-1][1] == len(sentence),
            }
        )
        heard += [mention[2:] for mention in page["mentions"] if mention[2:4] == speaker][:1]
        for act in acts[:-1]:
            act["regions"] = [(a, min(b, begins) if a < begins else b) for a, b in act["regions"]]
    return acts


def _is_told(sentence: str, found: re.Match, takes: str) -> bool:
    """Whether a verb of saying that nobody known stands before is followed by what is said: a mark, "that" or, where
    the verb takes a clause and a word stands directly before it, the beginning of one."""
    before, after = sentence[: found.start()], sentence[found.end() :]
    follows = A_CLAUSE.match(after) if takes == "clause" and re.search(r"\w $", before) else None
    return bool(follows or THAT.match(after) or OPENS.match(after))


def _lay_out(sentence: str, printed: str, found: re.Match, takes: str, since: int) -> tuple | None:
    """How a verb of saying stands in its sentence: how (before, after, turned, according), the span where the speaker
    is to be looked for, and the spans it governs; None where it reports nothing. `printed` is the sentence with its
    speech."""
    before, after, size = sentence[: found.start()], sentence[found.end() :], len(sentence)
    comma = max(before.rfind(mark) for mark in ',”"»')
    quote = OPENS.match(after)
    if not takes:
        return "according", found.span(1), [(found.end(), size) if len(before) < 2 else (0, found.start())]
    that = re.search(r"^[^,]*? that ", after) if takes == "hearer" else THAT.match(after)
    nothing_more = not that if takes == "hearer" else NOTHING_MORE.match(after)
    spoken = SPOKEN.search(printed[: found.start()])
    if NO_VERB.search(before):
        return None
    if CLOSED.search(before) and (takes == "clause" or (takes != "hearer" and spoken)):
        return "turned", (found.end(), size), [(0, found.start())]
    if takes == "quote" and not (quote or that or (spoken and nothing_more)):
        return None
    if (
        (spoken or takes in ("clause", "hearer"))
        and comma > 0
        and before[comma + 1 :].strip()
        and (quote or nothing_more)
    ):
        return "after", (comma + 1, found.start()), [(0, comma)]
    begin = found.end() + (that.end() if that else 0)
    stop = re.compile(r"[^,]*(?:, which.*)?").match(sentence, begin) if takes == "object" else None
    stop = stop.end() if stop else begin if takes == "quote" and quote else size
    return "before", (since, found.start()), [(begin, stop)]


def _speaker(page: dict, how: str, a: int, b: int, acts: list, heard: list) -> tuple[tuple[str, str], int]:
    """Who speaks, as (name, side), and where the words for him begin.

    A verb joined by "but" or "and" keeps the speaker of the one before; "he" and "she" are the person heard last, else
    named last; a statement is that of the body heard last. Else it is an actor named there: the first after a verb
    turned round, the nearest before it otherwise. Nobody listed, but somebody of a country ("a Mexican official")
    next to the verb speaks for that country, if it is listed.
    """
    words = page["open"][a:b]
    if how == "before" and (aside := ASIDE.search(words)):
        words, b = words[: aside.start()], a + aside.start()
    if acts and how == "before" and AGAIN.search(words):
        return acts[-1]["speaker"], b
    if how in ("before", "after") and (pronoun := PRONOUN.search(words)):
        before = [mention[2:] for mention in page["mentions"] if mention[0] < a + pronoun.start()]
        return _last([*before, *heard], "person"), a + pronoun.start()
    named = [mention for mention in page["mentions"] if a <= mention[0] and mention[1] <= b]
    turned = how in ("turned", "according")
    somebody = SOMEBODY_FIRST.match(words) if turned else SOMEBODY_LAST.search(words)
    if somebody and not any(start < a + somebody.end() and a + somebody.start() < end for start, end, *_ in named):
        side = "United States" if somebody[1] else "Mexico"
        speaker = (page["countries"][side], side) if side in page["countries"] else UNKNOWN
        return speaker, a + somebody.start()
    named = [
        mention for mention in named if not re.match(r"['’]s?\b|['’]\s", page["text"][mention[1] : mention[1] + 3])
    ]
    free = [mention for mention in named if not AFTER_PREPOSITION.search(page["text"][a : mention[0]])]
    if how == "before" and not free:
        named = [mention for mention in named if len(page["text"][mention[1] : b].split()) < 3]
    if named := free or named:
        start, _, speaker, side, _ = named[0 if turned else -1]
        return (speaker, side), start
    return (_last(heard, "body") if PAPER.search(words) else UNKNOWN), b if how == "before" else a


def _last(actors: list, kind: str) -> tuple[str, str]:
    """Name and side of the last actor of a kind; unknown where there is none."""
    return next(((actor, side) for actor, side, own in reversed(actors) if own == kind), UNKNOWN)


def compare_with_reading(found: pd.DataFrame, read: pd.DataFrame) -> pd.DataFrame:
    """The rules' stretches beside those that a reader marked, in the articles that were read.

    found    one row per stretch, from find_quotations
    read     one row per stretch a reader marked: article, sentence, kind, speaker, words
    returns  one row per stretch of either: article, sentence, kind, rules, reader (the speaker; NaN where this side has
             no such stretch), words, verdict (same, other speaker, other words, rules only, reader only). Two stretches
             are one if article, sentence and kind agree and the words of one hold the other's
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


def load_reading(path: Path | str = SEEDS / "quotations.csv") -> pd.DataFrame:
    """The quotations that a reader marked: one row per stretch: article, quotation, sentence (a number), kind, speaker,
    verb, words, note; none where there is no such file."""
    columns = "article sentence kind speaker words quotation verb note"
    if not Path(path).exists():
        return pd.DataFrame(columns=columns.split())
    table = read_table(Path(path), "article sentence kind speaker words", optional="quotation verb note")
    for line, number in table["sentence"].items():
        if not number.isdecimal():
            raise ValueError(f"{path}, line {line}: the sentence is {number!r}. Write its number.")
    return table.astype({"sentence": int})
