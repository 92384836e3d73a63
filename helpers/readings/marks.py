"""Quotation marks of every usage made even: “…” around what is said, whatever marks the page has.

Read are “…”, "…", ''…'', ``…'', „…“, «…», »…« and ‘…’ (British, with apostrophes inside), and speech after a dash in
the Spanish way (—Vamos —dijo—. Luego.). Marks inside marks are not marks of speech, nor are inches (a 16" barrel).
"""

import re

LINE = re.compile(r"[^\n]+")
MARK = re.compile(r"''|``|‘‘|’’|[“”„‟\"«»‘’']")
# Which marks may close what a mark has opened.
CLOSERS = {
    "“": ("”", '"', "“"),
    "„": ("“", "”", '"'),
    "‟": ("”", '"'),
    "”": ("”",),
    '"': ('"', "”"),
    "''": ("''", '"'),
    "``": ("''", '"', "``"),
    "‘‘": ("’’", "''", '"'),
    "’’": ("’’",),
    "‘": ("’",),
    "'": ("'",),
    "«": ("»",),
    "»": ("«",),
}
SINGLE = ("‘", "'")
RUNS_ON = frozenset("“«")  # without a closing mark they open speech that ends with its paragraph
PLAIN = str.maketrans('“”"', "'''")  # for marks that are not marks of speech
DASH = "—―–"
RAYA = re.compile(rf"\s*[{DASH}](?=[¿¡]?[A-ZÀ-Þ])")
FAR = 50  # marks that are looked at for one that closes


def even_marks(text: str) -> str:
    """The text with “ and ” around speech and nowhere else; offsets stay the same.

    >>> even_marks("''We go,'' he said of the 16\\" gun.")
    " “We go,”  he said of the 16' gun."
    """
    signs, lines = list(text.translate(PLAIN)), list(LINE.finditer(text))
    for place, line in enumerate(lines):
        below = lines[place + 1][0] if place + 1 < len(lines) else ""
        for opens, closes in _after_dashes(line[0]) or _in_marks(line[0], below):  # a pair: (start, end) of each mark
            _set_mark(signs, line.start() + opens[0], line.start() + opens[1], "“")
            if closes:
                _set_mark(signs, line.start() + closes[0], line.start() + closes[1], "”")
    return "".join(signs)


def _set_mark(signs: list[str], start: int, end: int, mark: str) -> None:
    """Put one even mark in the place of a printed one, next to what is said; blanks fill the rest."""
    signs[start:end] = " " * (end - start)
    if mark == "“":
        signs[end if signs[end : end + 1] == [" "] else end - 1] = mark
    else:
        signs[start - 1 if signs[start - 1] == " " else start] = mark


def _in_marks(line: str, below: str) -> list[tuple]:
    """The pairs of marks of speech in a paragraph: (start, end) of the opening and of the closing mark; None for the
    closing mark where speech goes on in the paragraph below."""
    pairs, marks, place, head = [], list(MARK.finditer(line)), 0, len(line) - len(line.lstrip())
    last = {mark[0]: mark.start() for mark in marks}
    while place < len(marks):
        mark = marks[place]
        find = _single_close if mark[0] in SINGLE else _double_close
        close = _opens(line, mark)
        if close:
            closable = any(last.get(sign, 0) > mark.start() for sign in CLOSERS[mark[0]])
            close = find(line, marks[place : place + FAR]) if closable else None
        if close:
            place += close
            pairs.append((mark.span(), marks[place].span()))
        elif close is None and (mark[0] in RUNS_ON or (mark.start() <= head and below.startswith(mark[0]))):
            return [*pairs, (mark.span(), None)]
        place += 1
    return pairs


def _around(line: str, mark: re.Match) -> tuple[str, str]:
    """The characters before and after a mark; "" at the ends of the paragraph."""
    return line[max(0, mark.start() - 1) : mark.start()], line[mark.end() : mark.end() + 1]


def _opens(line: str, mark: re.Match) -> bool:
    """Whether a mark may open speech where it stands."""
    before, after = _around(line, mark)
    starts = not before.strip() or before in "([{—–-/¿¡“‘\"'"
    if mark[0] == "’":
        return False
    if mark[0] in ("“", "„", "‟", "«", "‘‘"):
        return bool(after)
    if mark[0] in ('"', "''", "``"):
        return bool(after) and not before.isdigit() and (starts or not _closes(line, mark))
    return starts and bool(after) and (after.isalpha() or after in '“"¿¡…')


def _closes(line: str, mark: re.Match) -> bool:
    """Whether a mark stands like a closing one: after a sign and before a blank, another sign or the end."""
    before, after = _around(line, mark)
    return bool(before.strip()) and not after.isalnum() and after not in ("“", "‘", "«")


def _double_close(line: str, marks: list[re.Match]) -> int | None:
    """The place of the mark that closes the first, a double one; None if none does."""
    mark, depth = marks[0], 0
    for place, found in enumerate(marks[1:], 1):
        if found[0] == mark[0] and mark[0] in "“«" and not (mark[0] == "“" and _closes(line, found)):
            depth += 1
        elif found[0] in CLOSERS[mark[0]]:
            like = found[0] not in ('"', "“") or mark[0] == found[0] == '"' or _closes(line, found)
            if not like or _is_measure(line, found, marks[place + 1 :]):
                continue
            if not depth:
                return place
            depth -= 1
    return None


def _is_measure(line: str, mark: re.Match, later: list[re.Match]) -> bool:
    """Whether a mark after a figure, in speech, means inches: then a closing mark comes before another opening one."""
    before, after = _around(line, mark)
    following = next((other for other in later if other[0] not in ("‘", "’", "'")), None)
    return before.isdigit() and after == " " and following is not None and _closes(line, following)


def _single_close(line: str, marks: list[re.Match]) -> int | None:
    """The place of the mark that closes the first, a single one; None if none does.

    Best is one after a comma or the like, or before one. An apostrophe within a word is none; one after an s (the
    guards’ rifles) only if there is nothing better. Straight marks around a single word are apostrophes.
    """
    mark, ends = marks[0], []
    for place, found in enumerate(marks[1:], 1):
        before, after = _around(line, found)
        if found[0] == "‘" or (found[0] == mark[0] == "'" and not _closes(line, found) and _opens(line, found)):
            break
        if found[0] in CLOSERS[mark[0]] and not after.isalnum():
            followed = not after or after in ',.;:?!)—”"'
            ends.append((place, before.lower() == "s", followed, before in ",.?!…—"))
    best = [place for place, s, followed, pointed in ends if pointed or (followed and not s)]
    best = best or [place for place, _, followed, _ in ends[::-1] if followed]
    if mark[0] == "‘":
        best = best or [place for place, s, *_ in ends if not s] or [place for place, *_ in ends[-1:]]
    elif best and " " not in line[mark.end() : marks[best[0]].start()].strip():
        return None
    return best[0] if best else None


def _after_dashes(line: str) -> list[tuple]:
    """Speech after a dash at the head of a paragraph; further dashes interrupt it for its attribution, as in
    —Vamos —dijo ella—. Luego volvemos. Pairs as of _in_marks.
    """
    head = RAYA.match(line)
    if not head or MARK.search(line.replace("'", "").replace("’", "")):
        return []
    pairs, opening, words = [], (head.end() - 1, head.end()), len(re.match(r"(?:.*\w)?", line)[0])
    for dash in re.finditer(rf"[{DASH}]", line[head.end() :]):
        at = head.end() + dash.start()
        spaced = line[at - 1 : at].isspace()
        if opening and spaced and line[at + 1 : at + 2].strip():
            pairs.append((opening, (at, at + 1)))
            opening = None
        elif not opening and not spaced:
            rest = re.compile(r"[.,;:?!…]*").match(line, at + 1).end()
            opening = (at, max(rest, at + 1)) if rest < words else None
    last = len(line) if line[-1].isalnum() else len(line) - 1  # the closing mark takes the place of a last point
    return [*pairs, (opening, (last, len(line)) if last < len(line) else None)] if opening else pairs
