"""Ends of sentences that Punkt does not see: after an ellipsis, after an hour, and where the space is missing.

The words these rules know are in seeds/sentence-words.csv. All patterns expect straight marks and covered ellipses.
"""

import re

from helpers.files.tables import SEEDS, read_table

WORDS = read_table(SEEDS / "sentence-words.csv", "word kind language")
WORDS = {kind: frozenset(group) for kind, group in WORDS.groupby("kind")["word"]}
KINDS = {"abbreviation", "starter", "of the hour", "not last", "domain", "file"}
if WORDS.keys() != KINDS:
    raise ValueError(f"{SEEDS / 'sentence-words.csv'}: write as kind one of {', '.join(sorted(KINDS))}.")
ELLIPSIS = re.compile(r"(?:…|\.(?=[ \xa0]?[.…]))(?:[ \xa0]?[.…])*")  # … or ... or . . .
MAY_END = re.compile(
    r"(?<![(\[…])…+[\"')\]»]*(?P<ellipsis>\s+|(?<=…))(?=[\"'(\[«¿¡]*[^\W\d_])"
    r"|(?<!\w)(?P<hour>[AaPp]\.[Mm]\.)[\"')\]»]*\s+(?=[\"'(«]*[^\W\d_])"
    r"|(?<=[a-zß-öø-ÿ\d%)])(?P<glued>[.?!])(?=[A-ZÀ-ÖØ-Þ])"
)
WORD_BEFORE = re.compile(r"(\w+)\W*$")
WORD_AFTER = re.compile(r"\W*([^\W\d_]+)")
TIME = re.compile(r"\W*(?:[A-Z][\w.]*\s+){1,3}time\b")  # 5 p.m. Mexico City time
# An hour that its sentence goes on after: "the 5 p.m. Amtrak train"; "At 5 p.m. Calderón spoke."
GOES_ON = re.compile(
    r"\b(?i:the|an?|his|her|its|our|their|this|that|every|\w+'s)\s+[\d:]+(?:\s?[-–]\s?[\d:]+)?\s*$"
    r"|(?:^|[.?!][\"')]*\s+)\W*(?:At|By|Around|About|From|Until|Before|After|Since|Shortly|Just)\s(?:[\w:]+\s){1,4}$"
)
ADDRESS_SIGN = re.compile(r"[/\\@_=]|www\.")
NEW_START = re.compile(r"[^\W\d_]{2,}|[AI](?![\w.])|[A-Z]\.[A-Z]\.")  # The, A, U.S. and not the D of Ph.D
REACH = 60  # how many characters before a place are looked at


def cover_ellipses(text: str) -> str:
    """The text with … for each point of an ellipsis and the spaces in it: no point of it ends a sentence."""
    if "…" not in text and ".." not in text and " ." not in text and "\xa0." not in text:
        return text
    return ELLIPSIS.sub(lambda found: "…" * len(found[0]), text)


def further_ends(text: str) -> list[tuple[int, int]]:
    """Where a sentence ends that Punkt does not end, and where the next one starts.

    An ellipsis ends a sentence before a capital, unless the word before it cannot be a last one ("the … Army"). So does
    an hour (5 p.m. Officers came), unless a day, a time zone or the like follows. And so does a point, question or
    exclamation mark between a small letter and a capital (the border.The guards), unless it is in an address, a file's
    name or after an abbreviation.

    text  straightened, its ellipses covered

    >>> further_ends("It was 5 p.m. Officers left.Nobody came.")
    [(13, 14), (28, 28)]
    """
    rules = {"ellipsis": _ends_in_ellipsis, "hour": _ends_at_hour, "glued": _is_glued}
    found = (place for place in MAY_END.finditer(text) if rules[place.lastgroup](text, place))
    return [(place.start() + len(place[0].rstrip()), place.end()) for place in found]


def _ends_in_ellipsis(text: str, place: re.Match) -> bool:
    after = WORD_AFTER.match(text, place.end())[1]
    before = WORD_BEFORE.search(text, max(0, place.start() - REACH), place.start())
    spaced = place["ellipsis"] or after[1:2].islower()
    return bool(after[0].isupper() and spaced and not (before and before[1].lower() in WORDS["not last"]))


def _ends_at_hour(text: str, place: re.Match) -> bool:
    after = WORD_AFTER.match(text, place.end())[1]
    since, until = max(0, place.start() - REACH), place.start()
    return (
        after[0].isupper()
        and after.lower() not in WORDS["of the hour"]
        and not (TIME.match(text, place.end()) or GOES_ON.search(text, since, until))
    )


def _is_glued(text: str, place: re.Match) -> bool:
    before = re.search(r"\S*$", text[max(0, place.start() - REACH) : place.start()])[0]
    after = re.match(r"\S*", text[place.end() : place.end() + REACH])[0]
    word, start = re.search(r"[^\W\d_]*$", before)[0], NEW_START.match(after)
    return not (
        ADDRESS_SIGN.search(before + after)
        or not start
        or (len(word) == 1 and word.isalpha())
        or word.lower() in WORDS["abbreviation"] | {"no", "nos", "art"}
        or start[0].lower() in WORDS["file"]
        or (start[0].lower() in WORDS["domain"] and not start[0].isupper())
        or re.match(r"\.[a-z]", after[start.end() :])
    )
