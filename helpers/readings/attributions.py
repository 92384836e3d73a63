"""Who says it: where a verb of saying is in its sentence, what it governs, and whom the rules take for the speaker.

The attribution comes after what was said ("..., Kelly said."), is turned round ("...," said Kelly) or comes before it
(Kelly said that ...).
"""

import re
from bisect import bisect_left
from itertools import chain, islice
from operator import itemgetter

LONGEST, MOST = 5_000, 100  # characters of a sentence, and verbs in it, that are looked at
BLANK = "\0"  # replaces every character of quoted speech, so that no verb is found there and offsets stay
EDGES = ' ,.;:-–—“”"«»\n'
UNKNOWN = ("unknown", "unknown")  # name and side of a speaker
CLOSED = re.compile(rf"{BLANK}”,?\s*$")
SPOKEN = re.compile(r"(?:[,?!…]”|”,)[^,”]*$")  # a quoted title has no comma here
OPENS = re.compile(rf"[:,]?\s*“{BLANK}")
NAMED = re.compile(r"(?:^|\n)[^\n:]{1,80}:\s*“$")  # Felipe Calderón: “…”
SIGNED = re.compile(r"”\s*[—–-]+\s*[^\n]{1,80}(?=\n|$)")  # “…” — Felipe Calderón
NO_VERB = re.compile(r"\b(?:was|were|been|be|being|is|are|to|the|an?|his|her|its|their)\s+(?:\w+ly\s+)?$", re.I)
DAYS = r"(?: (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day| yesterday| today)?"
_WHEN = r"(?: (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day| yesterday| today)"
_WHERE = r"(?: (?:on|in|at|via)(?: (?!that\b)[\w'’-]+){1,3})"
THAT = re.compile(rf"(?:{_WHEN}|{_WHERE}){{0,3}} (?:that|que) ")  # said on Monday in a statement that; wrote on X that
OPENS_LATER = re.compile(rf"(?:{_WHEN}|{_WHERE}){{1,3}}:?\s*“{BLANK}")  # posted on X: “
# Indirect speech that its attribution interrupts: "The guns must stop, Kelly said, and the money too."
SUBJECT = re.compile(
    r"\s*(?!(?i:as|is|was|has|this|i|we|you|who|what|when|if|so|which|where|that|and|but|or|well|now|again)\b)"
    r"(?:the|an?|one|some|he|she|they|it|his|her|their|its|\w+s|[A-ZÀ-Þ][\w.'’-]*)(?!\w)[^,;—–]{0,80}$"
)
INTERRUPTS = re.compile(rf"(?:{_WHEN}|{_WHERE}){{0,2}}\s?[,—–]\s")
HEARER_THEN = re.compile(r" [^,;—–]{1,60}?\s?[,—–]\s")
ADDING = re.compile(r"(?:(?:adding|noting|saying|stressing|warning|insisting|arguing)(?: that)? )?")
REPORTERS = re.compile(  # after an attribution these are the reporter's words, not the speaker's
    r"\w+ing\b|(?:who|whose|whom|which|while|when|where|as|according)\b"
    r"|(?:in|at|on|during|after|before|from|by)\b(?: [\w'’-]+){1,6}\W*$"
)
TURNED = re.compile(  # "..., said Felipe Calderón": nothing but a name and where or when
    rf" (?:[A-ZÀ-Þ][\w.'’-]*|[Tt]he|an?)(?: (?:[A-ZÀ-Þ][\w.'’-]*|of|the|for|de|del|y|la))*"
    rf"(?:{_WHEN}|{_WHERE}){{0,2}}(?=[,;]|\W*$)"
)
TURNED_TAIL = re.compile(r", (?=(?:and|but|or|because|so)\b)")
ASIDE = re.compile(r", (?:who|whose|which)\b[^,]*,\s*$")
NOTHING_MORE = re.compile(rf"{DAYS}(?: (?:on|in|at|to|during|after|before|late|earlier)\b(?!.* that )[^,;]*)?\W*$")
ACCORDING = re.compile(r"\bAccording to ([^,.]+)", re.I)
AGAIN = re.compile(r"\b(?:but|and)(?: (?:\w+ly|also|later|then))*\s$")
PRONOUN = re.compile(r"\b(?:he|she)(?: (?:\w+ly|also|later|then|has|had))*\s$", re.I)
PAPER = re.compile(r"\b(?:statement|communiqu[eé]|press release|it|they)\b", re.I)
AFTER_PREPOSITION = re.compile(r"\b(?:of|for|from|to|between|in|at|on|by|with|against|about)\s+(?:the |an? )?$", re.I)
POSSESSIVE = re.compile(r"['’]s?\b|['’]\s")
# Somebody of a country, not named: "a Mexican official", "the U.S. deputy ambassador".
SOMEBODY = r"\b(?:[Aa]n?|[Tt]he) (?:(US|U\.S\.|American)|Mexican)(?: (?!(?:and|or|US|American|Mexican)\b)[\w-]+){1,4}"
SOMEBODY_FIRST = re.compile(rf"\s*{SOMEBODY}")
SOMEBODY_LAST = re.compile(rf"{SOMEBODY}\s*$")
A_CLAUSE = re.compile(
    r" (?:(?:that|it|he|she|they|we|there|the|an?|his|her|its|their|this|these|those|both|all|some|no|more|most)\b"
    r"|(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z])"
)


def find_acts(page: dict, start: int, end: int, heard: dict) -> list[dict]:
    """The acts of speech of one sentence; if it has more than LONGEST characters or MOST verbs, those at its beginning.

    page     an article laid out: text, open (the text, quoted speech blanked), mentions (start, end, actor, side, kind;
             those outside quoted speech), said (the pattern of verbs), takes (of each verb), countries (of each side)
    heard    who spoke last in the article, by kind: actor and side; the sentence's speakers are added
    returns  act (a key), speaker (name, side), verb, at (its place), attribution (as printed), regions (what the verb
             governs), open_end (whether that runs to the end of the sentence)
    """
    acts, sentence, size = [], page["open"][start:end], min(end - start, LONGEST)
    for found in islice(chain(*(verbs.finditer(sentence, 0, size) for verbs in (ACCORDING, page["said"]))), MOST):
        since = acts[-1]["stop"] - start if acts else 0
        laid = _lay_out(sentence, page["text"][start:end], found, page["takes"].get(found[0], ""), since)
        if not laid or (acts and acts[-1]["verb"] == "according to"):
            continue
        how, (a, b), regions = laid
        speaker, begins = _speaker(page, how, start + a, start + b, acts, heard)
        if how == "before" and speaker == UNKNOWN and not _is_told(sentence, found, page["takes"][found[0]]):
            continue
        attribution = page["printed"][min(begins, start + found.start()) : start + max(b, found.end())].strip(EDGES)
        regions = [(start + a, start + b) for a, b in regions]
        act = {"act": (start + found.start(),), "speaker": speaker, "at": start + found.start()}
        act |= {"verb": "according to" if how == "according" else found[0], "stop": start + found.end()}
        act |= {"regions": regions, "attribution": attribution}
        for earlier in acts:
            earlier["regions"] = [(a, min(b, begins) if a < begins else b) for a, b in earlier["regions"]]
        acts.append(act | {"open_end": how == "before" and regions[-1][1] == end})
        heard |= {page["kinds"][speaker]: speaker} if speaker in page["kinds"] else {}
    return acts


def _is_told(sentence: str, found: re.Match, takes: str) -> bool:
    """Whether a verb of saying without a known speaker is followed by what is said: a quotation mark, "that" or, where
    the verb takes a clause and a word comes directly before it, the beginning of a clause."""
    before, after = sentence[: found.start()], sentence[found.end() :]
    follows = A_CLAUSE.match(after) if takes == "clause" and re.search(r"\w $", before) else None
    return bool(follows or THAT.match(after) or OPENS.match(after))


def _lay_out(sentence: str, printed: str, found: re.Match, takes: str, since: int) -> tuple | None:
    """How a verb of saying is placed in its sentence.

    printed  the sentence with its quoted speech
    since    where the verb of saying before this one ends
    returns  how (before, after, turned, according), the span in which to look for the speaker, and the spans that the
             verb governs; None where it reports nothing
    """
    before, after, size = sentence[: found.start()], sentence[found.end() :], len(sentence)
    if not takes:
        return "according", found.span(1), [(found.end(), size) if len(before) < 2 else (0, found.start())]
    if NO_VERB.search(before):
        return None
    quote, spoken = OPENS.match(after), SPOKEN.search(printed[: found.start()])
    that = re.search(r"^[^,]*? that ", after) if takes == "hearer" else THAT.match(after)
    nothing_more = not that if takes == "hearer" else NOTHING_MORE.match(after)
    if CLOSED.search(before) and (takes == "clause" or (takes != "hearer" and spoken)):
        return "turned", (found.end(), size), [(0, found.start())]
    quote = quote or (takes == "quote" and OPENS_LATER.match(after))
    if takes == "quote" and not (quote or that or (spoken and nothing_more)):
        return None
    comma, may_end = max(before.rfind(mark) for mark in ",”"), spoken or takes in ("clause", "hearer")
    if not quote and takes in ("clause", "hearer") and (amid := _interrupted(before, after, takes)):
        comma, tail = amid
        tail = [] if spoken or tail is None else [(found.end() + tail, size)]
        return "after", (comma + 1, found.start()), [(0, comma), *tail]
    if may_end and comma > 0 and before[comma + 1 :].strip() and (quote or nothing_more):
        return "after", (comma + 1, found.start()), [(0, comma)]
    turned = TURNED.match(after) if takes == "clause" and before.endswith(", ") else None
    if turned and len(before.split()) > 2:
        tail = TURNED_TAIL.match(after, turned.end())
        tail = [(found.end() + tail.end(), size)] if tail else []
        return "turned", (found.end(), found.end() + turned.end()), [(0, len(before) - 2), *tail]
    begin = found.end() + (that.end() if that else 0)
    stop = re.compile(r"[^,]*(?:, which.*)?").match(sentence, begin) if takes == "object" else None
    stop = stop.end() if stop else begin if takes == "quote" and quote else size
    return "before", (since, found.start()), [(begin, stop)]


def _interrupted(before: str, after: str, takes: str) -> tuple[int, int | None] | None:
    """Where indirect speech stops for its attribution, and where it goes on after the verb; None there if it does not.

    None for both where the attribution does not stand between two commas or dashes.
    """
    comma = max(before.rfind(mark) for mark in ",”—–")
    then = (HEARER_THEN if takes == "hearer" else INTERRUPTS).match(after)
    if comma <= 0 or not then or not SUBJECT.match(before, comma + 1):
        return None
    tail = ADDING.match(after, then.end()).end()
    own = re.search(r"\w", after[tail:]) and not REPORTERS.match(after, tail)
    return comma, tail if own else None


def _speaker(page: dict, how: str, a: int, b: int, acts: list, heard: dict) -> tuple[tuple[str, str], int]:
    """Who speaks, as (name, side), and where the words for the speaker begin.

    A verb joined by "but" or "and" keeps the speaker of the one before. "He" and "she" are the person quoted last, or
    else named last; a statement is that of the body quoted last. Otherwise it is an actor named there.
    """
    words = page["open"][a:b]
    if how == "before" and (aside := ASIDE.search(words)):
        words, b = words[: aside.start()], a + aside.start()
    if acts and how == "before" and AGAIN.search(words):
        return acts[-1]["speaker"], b
    if how in ("before", "after") and (pronoun := PRONOUN.search(words)):
        before = page["persons"][: bisect_left(page["persons"], a + pronoun.start(), key=itemgetter(0))][-1:]
        named = before[0][2:4] if before else UNKNOWN
        return heard.get("person", named), a + pronoun.start()
    named = _within(page, a, b)
    if known := _somebody(page, words, how, a, named) or _nearest(page, how, a, b, named):
        return known
    return (heard.get("body", UNKNOWN) if PAPER.search(words) else UNKNOWN), b if how == "before" else a


def _somebody(page: dict, words: str, how: str, a: int, named: list) -> tuple | None:
    """Somebody of a country who is not named ("a Mexican official"), next to the verb: speaks for that country, if it
    is listed."""
    turned = how in ("turned", "according")
    found = SOMEBODY_FIRST.match(words) if turned else SOMEBODY_LAST.search(words)
    if not found or any(start < a + found.end() and a + found.start() < end for start, end, *_ in named):
        return None
    side = "United States" if found[1] else "Mexico"
    return (page["countries"][side], side) if side in page["countries"] else UNKNOWN, a + found.start()


def _nearest(page: dict, how: str, a: int, b: int, named: list) -> tuple | None:
    """The actor named nearest the verb: the first after a verb turned round, otherwise the last before it; neither a
    possessive ("Kelly's visit") nor, if there is another, one after a preposition ("the visit to Kelly")."""
    named = [mention for mention in named if not POSSESSIVE.match(page["text"][mention[1] : mention[1] + 3])]
    free = [mention for mention in named if not AFTER_PREPOSITION.search(page["text"][a : mention[0]])]
    if how == "before" and not free:
        named = [mention for mention in named if len(page["text"][mention[1] : b].split()) < 3]
    if not (named := free or named):
        return None
    start, _, speaker, side, _ = named[0 if how in ("turned", "according") else -1]
    return (speaker, side), start


def find_named(page: dict, start: int, end: int) -> dict | None:
    """Speaker and attribution of quoted speech without a verb: a name with a colon before it, or below it after a dash;
    None where no such name is listed."""
    before = NAMED.search(page["open"], max(0, start - 90), start)
    after = SIGNED.match(page["open"], end)
    for found, how in ((before, "before"), (after, "turned")):
        if found and (known := _nearest(page, how, *found.span(), _within(page, *found.span()))):
            return {"speaker": known[0], "attribution": page["printed"][slice(*found.span())].strip(EDGES)}
    return None


def _within(page: dict, a: int, b: int) -> list[tuple]:
    """The mentions between two places."""
    first, last = (bisect_left(page["mentions"], place, key=itemgetter(0)) for place in (a, b))
    return [mention for mention in page["mentions"][first:last] if mention[1] <= b]
