"""Documents of Nexis Uni and LexisNexis: date, outlet and headline above labels, and labels below the text."""

import re

from helpers.articles.date_forms import MONTH, SPELLED, WEEKDAY, YEAR
from helpers.articles.export_labels import COPYRIGHT, any_label, field_of, removed_block
from helpers.articles.mending import SENTENCE_END

LABEL = re.compile(
    rf"[ \t]*({any_label('Nexis', *'words byline head caption correction heading foot'.split())})[ \t]*:[ \t]*(.*)",
    re.IGNORECASE,
)
LENGTH = re.compile(
    rf"[ \t]*(?:{any_label('Nexis', 'words')})[ \t]*:[ \t]*[\d.,]+[ \t]*(?:{any_label('Nexis', 'word')})\b",
    re.IGNORECASE,
)
BODY = re.compile(rf"[ \t]*(?:{any_label('Nexis', 'body')})[ \t]*$")
HEAD_LABEL = re.compile(rf"[ \t]*(?:{any_label('Nexis', 'words', 'byline', 'head')})[ \t]*:", re.IGNORECASE)
HEADING = re.compile(rf"[ \t]*({any_label('Nexis', 'heading', 'correction')})[ \t]*")
HEADING_LINE = re.compile(rf"\n[ \t]*({any_label('Nexis', 'heading', 'correction')})[ \t]*(?=\n)")
DATE = re.compile(
    rf"[ \t]*(?:(?:{WEEKDAY}),? )?(?:{SPELLED.pattern}|(?:{MONTH})\.?,? (?:del? )?{YEAR}\b)", re.IGNORECASE
)
COVER = re.compile(rf"[ \t]*(?:{any_label('Nexis', 'cover')})[ \t]*(?::|\(\d+\))|[ \t]*Page \d+ of \d+", re.IGNORECASE)
KICKER = re.compile(r"(?:[^a-zß-ÿ]+|\W*(?:\w+\W+){1,3});\s*")  # above a headline: INTERNATIONAL DESK;
REASONS = {"caption": "caption of a press archive", "heading": "caption of a press archive"}
REASONS |= {"correction": "correction of the article"}
FREE = {"heading", "correction"}  # paragraphs without a label may follow
ARCHIVE = "label of a press archive"
HEAD = 40  # lines of a head at most, above and below the length
MOST_NAMED = 4  # lines of an outlet's name or of a headline at most
MOST_FREE = 4  # paragraphs of a caption or correction at most


def read_nexis(part: str, *, divided: bool) -> dict:
    """The fields of a document, and what was cut from it (removed); {} if it is none.

    divided  True if marks divide it from other documents: then a date above any label is enough, else its length must
             be given, or a copyright above the word Body
    """
    lines = part.split("\n")
    length = _find_length(lines, divided)
    date = None if length is None else _find_date(lines, length)
    if date is None:
        return {}
    body = next((at for at in range(length, min(length + HEAD, len(lines))) if BODY.fullmatch(lines[at])), None)
    if body is None:
        outlet, title = _block_above(lines, date, MOST_NAMED), _block_below(lines, date, length)
        begins = _below_labels(lines, length)
    else:
        outlet, begins = _block_above(lines, date, 1), body + 1
        title = _block_above(lines, min(outlet, default=date), MOST_NAMED)
    text, foot = _divide_foot("\n".join(lines[begins:]))
    named = {*outlet, *title, date}
    head = "\n".join(lines[at] for at in range(min(named), begins) if at not in named)
    return {
        "text": text,
        "title": _headline([lines[at].strip() for at in title]),
        "outlet": " ".join(lines[at].strip() for at in outlet),
        "published": lines[date].strip(),
        "byline": _byline(lines[:begins]),
        "removed": [*removed_block(head, ARCHIVE), *foot],
    }


def _find_length(lines: list[str], divided: bool) -> int | None:
    """The line of the length; in a document among others else that of the word Body, else of the first label."""
    given = next((at for at, line in enumerate(lines) if LENGTH.match(line)), None)
    if given is not None:
        return given
    above = [DATE] if divided else [DATE, COPYRIGHT]
    for pattern in (BODY, HEAD_LABEL) if divided else (BODY,):
        for at, line in enumerate(lines[:HEAD]):
            if pattern.match(line) and all(any(map(known.match, lines[:at])) for known in above):
                return at
    return None


def _find_date(lines: list[str], length: int) -> int | None:
    """The line of the date: the last one above the labels and the copyright; None if there is none."""
    head = range(max(0, length - HEAD), length)
    dates = [at for at in head if DATE.match(lines[at]) and not COVER.match(lines[at])]
    ends = [at for at in head if dates and at > dates[0] and (LABEL.match(lines[at]) or COPYRIGHT.match(lines[at]))]
    above = [at for at in dates if at < min(ends, default=length)]
    return above[-1] if above else None


def _block_above(lines: list[str], below: int, most: int) -> list[int]:
    """The lines without a gap directly above a line, or above the gap above it: at most so many."""
    at, block = below - 1, []
    while at >= 0 and not lines[at].strip():
        at -= 1
    while at >= 0 and lines[at].strip() and len(block) < most and not _is_about_export(lines[at]):
        block, at = [at, *block], at - 1
    return block


def _block_below(lines: list[str], date: int, length: int) -> list[int]:
    """The headline below the date and the names of editions: the first lines without a gap, above the labels."""
    at, block = date, []
    while at < length and lines[at].strip():
        at += 1
    while at < length and not (block and not lines[at].strip()) and not HEAD_LABEL.match(lines[at]):
        block += [at] if lines[at].strip() and not COPYRIGHT.match(lines[at]) else []
        at += 1
    return block


def _is_about_export(line: str) -> bool:
    return bool(COVER.match(line) or COPYRIGHT.match(line))


def _headline(lines: list[str]) -> str:
    """A headline that may stand on several lines, without a kicker above it."""
    kicker = len(lines) > 1 and KICKER.fullmatch(lines[0])
    return " ".join(lines[1:] if kicker else lines).rstrip(";")


def _below_labels(lines: list[str], length: int) -> int:
    """The line where the text begins: below the length and the labels there, each with the lines it goes on to."""
    at = length
    while at < len(lines) and (not lines[at].strip() or LABEL.match(lines[at])):
        label = LABEL.match(lines[at])
        at += 1
        while label and at < len(lines) and lines[at].strip() and not LENGTH.match(lines[at - 1]):
            at += 1
    return at


def _byline(lines: list[str]) -> str:
    for line in lines:
        label = LABEL.match(line)
        if label and field_of("Nexis", label[1]) == "byline":
            return re.sub(r"^(?:by|von|por|par)\s+", "", label[2].strip(), flags=re.IGNORECASE)
    return ""


def _divide_foot(text: str) -> tuple[str, list[dict]]:
    """The text, and what is below it: labels to the end, among them captions and corrections of a few paragraphs."""
    blocks = re.split(r"\n[ \t]*\n", HEADING_LINE.sub(r"\n\n\1\n\n", text))
    first, stays = None, [True] * (MOST_FREE + 1)  # whether all below is foot, if so many paragraphs may go on
    for at in reversed(range(len(blocks))):
        what = _labels(blocks[at])
        stays = _stays(blocks[at], what, stays) if blocks[at].strip() else stays
        first = at if what and stays[0] and not _is_sentence(blocks[at]) else first
    return (text.strip(), []) if first is None else ("\n\n".join(blocks[:first]).strip(), _removed(blocks[first:]))


def _labels(block: str) -> str:
    """The field of the label that a paragraph begins with; "" if it begins with none."""
    line = block.strip("\n").split("\n")[0]
    label = HEADING.fullmatch(line) or LABEL.match(line)
    return field_of("Nexis", label[1]) if label else ""


def _is_sentence(block: str) -> bool:
    """Whether a paragraph reads on from its label (Country: Mexico pays for it.), so that it is no label."""
    said = block.partition(":")[2].strip()
    ends = SENTENCE_END.search(said) and re.search(r"\b[a-zß-ÿ]+ [a-zß-ÿ]+", said)
    return bool(ends) and _labels(block) in ("foot", "head")


def _stays(block: str, what: str, below: list[bool]) -> list[bool]:
    """Whether a block and all below it are foot, by how many paragraphs may still go on without a label before it.

    what   the field of its label
    below  the same for the block below it
    """
    if _goes_on(block):
        return [below[MOST_FREE]] * len(below)
    if what:
        return [below[max(free - 1, 0) if what in REASONS else 0] for free in range(len(below))]
    return [bool(COPYRIGHT.match(block)) and below[0], *below[:-1]]


def _goes_on(block: str) -> bool:
    """Whether paragraphs without a label may follow: below a heading on its own line, or a label in capitals."""
    line = block.strip("\n").split("\n")[0]
    capitals = (label := LABEL.match(line)) and label[1].isupper()
    return _labels(block) in FREE and bool(HEADING.fullmatch(line) or capitals)


def _removed(blocks: list[str]) -> list[dict]:
    rows, reason = [], ARCHIVE
    for block in blocks:
        what = _labels(block)
        reason = REASONS.get(what, ARCHIVE) if what or COPYRIGHT.match(block) else reason
        rows += removed_block(block, reason)
    return rows
