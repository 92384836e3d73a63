"""From a saved page to its article: what is cut, and why.

A page is read line by line. Every rule is about pages in general, never about one file; the phrases that mark page
furniture are in seeds/furniture.csv. A line in doubt stays: losing a real sentence is worse than keeping a label.
"""

import re
from bisect import bisect
from collections import Counter, deque
from heapq import heappop, heappush
from itertools import accumulate

from helpers.articles.common_words import common_words
from helpers.articles.date_forms import WORDS
from helpers.articles.date_lines import BYLINE, CREDIT, DATE_LINE, STAMP, byline_and_dates, is_mostly_date
from helpers.articles.datelines import find_dateline
from helpers.articles.furniture import FOLDED, furniture_of, mentions_correction
from helpers.articles.mending import SENTENCE_END, Lines, paragraphs

WORD = re.compile(r"[^\W_]+")
HOLDS_SENTENCE_END = re.compile(SENTENCE_END.pattern + r"|[a-z)\]”\"][.?!] +[A-ZÀ-Þ“\"]")
MENU = re.compile(r"[|•·»>/]")
PAGE_TITLE_SUFFIX = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}$")
INDEX_TERMS = re.compile(r"[A-Z][\w-]+: [^a-z]*\(\d\d?%\)", re.ASCII)  # Subject: DRUG TRAFFICKING (90%); ARMS (88%)
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
TABLE_ROW = re.compile(r"\|(?:[^|]*\|){2,}")
LISTED = re.compile(r"(?:[•·●■▪◦‣→➢✓✔*–—-]|o|\(?(?:\d{1,2}|[A-Za-z]|[ivx]{2,4})[.)])\s+\S")
ITEM = re.compile(r"[a-zß-ÿ].*|.*[;,]|.*[;,] (?:and|y|or|o)|[^:]{1,40}: [^:\d]*\d[^:]*")  # without a sign
CORRECTED = "correction of the article"
MOST_NAMED = 100  # lines below "About the author" that are looked at, and names that are looked for
MOST_CORRECTED = 3  # paragraphs below the word Correction that belong to it


def clean(raw: str, title: str = "") -> dict:
    """Separate the article of a saved page from everything else on the page.

    raw      the page's text, one paragraph or label a line
    title    its headline, if its file marks one
    returns  title, byline ("" if the page shows none), published, updated (lists of dates as they are written),
             text (the article's paragraphs, separated by blank lines),
             removed (one dict per line cut: line as numbered in `raw`, reason, text)
    """
    lines = paragraphs(raw)
    cut = _cut_anywhere(lines)
    marked = (i for i, (_, text) in enumerate(lines) if title and _fold(text) == _fold(title))
    title = next(marked, _find_title(lines, cut))
    cut |= _cut_head(lines, cut, title)
    cut |= _cut_foot(lines, cut, title)
    headline = "" if title is None else lines[title][1]
    cut |= _cut_second_printing(lines, cut, title, headline)
    return {"title": headline, **_take_apart(lines, cut, title)}


def clean_text(raw: str, title: str = "") -> dict:
    """Clean a text that is already out of its page: a cell of a table, or the main text of a web page.

    Its first line is not taken for a headline, nor its last for a teaser: nothing is cut because of its place.

    raw      the text, one paragraph a line
    title    its headline, if known; the same words at the head of the text are cut
    returns  as `clean`
    """
    lines = paragraphs(raw)
    cut = _cut_anywhere(lines)
    second = _cut_second_printing(lines, cut, None, title)
    cut |= second if len(cut) + len(second) < len(lines) else {}
    return {"title": title, **_take_apart(lines, cut, None)}


def _cut_anywhere(lines: Lines) -> dict[int, str]:
    """Lines that do not belong to an article wherever they are: each with the reason."""
    cut = _cut_furniture(lines)
    cut |= _cut_author(lines, cut)
    cut |= _cut_correction(lines, cut)
    return cut | _cut_teasers(lines, cut)


def _take_apart(lines: Lines, cut: dict[int, str], title: int | None) -> dict:
    """The article and what was cut from it: byline, published, updated, text, removed."""
    removed = [{"line": lines[i][0], "reason": cut[i], "text": lines[i][1]} for i in sorted(cut)]
    kept = [line for i, line in enumerate(lines) if i not in cut and i != title]
    if kept and (dateline := find_dateline(kept[0][1])):
        removed.append({"line": kept[0][0], "reason": "dateline before the first sentence", "text": dateline})
        kept[0] = (kept[0][0], kept[0][1][len(dateline) :])
    return {
        **byline_and_dates(removed, _end_of_head(removed, kept)),
        "text": "\n\n".join(text for _, text in kept),
        "removed": removed,
    }


def _end_of_head(removed: list[dict], kept: Lines) -> int:
    """The line where the article begins; 0 if nothing is kept.

    It is the line of the first paragraph. If a byline comes between the first two, the first is a subtitle or a caption
    and the article begins with the second.
    """
    first, second, *_ = [number for number, _ in kept[:2]] + [0, 0]
    below = [row for row in removed if row["reason"] == "byline" and first < row["line"] < second]
    return second if below else first


def _cut_furniture(lines: Lines) -> dict[int, str]:
    """Page furniture: phrases of furniture.csv, dates, bylines, an archive's index terms, lines without words."""
    cut, before = {}, [0, *accumulate(_is_prose(text) for _, text in lines)]  # paragraphs before each line
    for i, (_, text) in enumerate(lines):
        date = DATE_LINE.fullmatch(text)
        if not WORD.search(text):
            cut[i] = "separator"
        elif date:
            cut[i] = STAMP if (date["label"] or "").lower() in WORDS["updated"] else "date line"
        elif BYLINE.fullmatch(text) and not SENTENCE_END.search(text) and (before[i] < 2 or before[i] == before[-1]):
            cut[i] = "byline"
        elif i and not before[i] and is_mostly_date(text):  # the first line may be a headline
            cut[i] = "date line"
        elif INDEX_TERMS.fullmatch(text):
            cut[i] = "index terms of a press archive"
        elif TABLE_ROW.fullmatch(text) and not any(_is_prose(cell.strip()) for cell in text.split("|")):
            cut[i] = "row of a table"
        elif ADDRESS.fullmatch(text):
            cut[i] = "web address"
        elif reason := furniture_of(text)[1]:
            cut[i] = reason
    return cut


def _cut_teasers(lines: Lines, cut: dict[int, str]) -> dict[int, str]:
    """What follows a marker such as "You may also like", until the article goes on.

    Nothing is cut if that would be more text than there is above the marker.
    """
    goes_on = _goes_on(lines, cut, [i for i in sorted(cut) if furniture_of(lines[i][1])[0] == "rest"])
    sizes = (len(text) if i not in cut and _is_prose(text) else 0 for i, (_, text) in enumerate(lines))
    above = [0, *accumulate(sizes)] if goes_on else []  # characters of the paragraphs above each line
    more, open_ = {}, []  # of the markers above a line, those whose teasers go on there
    for i in range(len(lines)) if goes_on else ():
        while open_ and goes_on[open_[-1]] <= i:
            open_.pop()
        if open_ and i not in cut:
            more[i] = cut[open_[-1]]
        if i in goes_on and above[i] > above[goes_on[i]] - above[i]:
            open_.append(i)
    return more


def _goes_on(lines: Lines, cut: dict[int, str], markers: list[int]) -> dict[int, int]:
    """The place of the line where the article goes on below each marker, or the number of lines if it does not.

    Teasers are headlines and labels with at most one sentence each. So the article goes on at a sentence that directly
    follows the marker, or is followed by another, or shares two words with the text above the marker.
    """
    first = {}  # the paragraph where each word first occurs
    for i in (i for i, (_, text) in enumerate(lines) if markers and i not in cut and _is_prose(text)):
        first |= dict.fromkeys(_stems(lines[i][1]) - first.keys(), i)
    below = [i for i in range(markers[0], len(lines)) if i not in cut] if markers else []
    sentences = {i for i in below if _is_prose(lines[i][1], 3) and not lines[i][1].endswith(("...", "…"))}
    known = {i: sorted(first[stem] for stem in _stems(lines[i][1]) & first.keys())[1:2] for i in sentences}
    since = [(-1 if i + 1 in sentences else known[i][0], i) for i in sentences if i + 1 in sentences or known[i]]
    since = deque(sorted(since))
    ends, ready = {}, []  # the sentences below the marker at which the article may go on, as a heap
    for marker in markers:
        while since and since[0][0] < marker:
            heappush(ready, since.popleft()[1])
        while ready and ready[0] <= marker:
            heappop(ready)
        ends[marker] = marker + 1 if marker + 1 in sentences else ready[0] if ready else len(lines)
    return ends


def _cut_author(lines: Lines, cut: dict[int, str]) -> dict[int, str]:
    """Under "Written by" or "About the author": the names, and a paragraph only if it mentions them."""
    left, more = [i for i in range(len(lines)) if i not in cut], {}
    names = deque((lines[i][1] for i, reason in cut.items() if reason == CREDIT), maxlen=MOST_NAMED)
    for marker in (i for i in cut if furniture_of(lines[i][1])[0] == "author"):
        below = bisect(left, marker)
        for i in left[below : below + MOST_NAMED]:
            if more.get(i) == "byline":
                continue
            if len(lines[i][1].split()) <= 6 and not SENTENCE_END.search(lines[i][1]):
                more[i] = "byline"
                names.append(lines[i][1])
            else:
                more |= {i: cut[marker]} if any(name in lines[i][1] for name in names) else {}
                break
    return more


def _cut_correction(lines: Lines, cut: dict[int, str]) -> dict[int, str]:
    """A paragraph that says what an earlier version had wrong; and under the word Correction what follows to the end.

    If more than a few paragraphs follow, only the word is cut.
    """
    more = {i: CORRECTED for i, (_, text) in enumerate(lines) if i not in cut and mentions_correction(text)}
    left = [i for i in range(len(lines)) if i not in cut and i not in more]
    above = [0, *accumulate(_is_prose(text) for _, text in lines)]  # paragraphs above each line
    for marker in (i for i in cut if furniture_of(lines[i][1])[0] == "correction"):
        below = left[(below := bisect(left, marker)) : below + MOST_CORRECTED + 1]
        if len(below) <= MOST_CORRECTED and above[marker] > len(below):
            more |= dict.fromkeys(below, CORRECTED)
    return more


def _find_title(lines: Lines, cut: dict[int, str]) -> int | None:
    """Where the headline is, or None.

    Candidates are the lines above the first paragraph. Preferred is one of five words or more that is printed twice,
    then the first of five words or more, then one printed twice, then the longest. Without any, the first sentence is
    the headline if a byline or date line follows it.
    """
    first = _first_prose(lines, cut)
    above = [i for i in range(first) if i not in cut]
    bare = {i: _fold(PAGE_TITLE_SUFFIX.sub("", lines[i][1])) for i in above}
    folded = {i: _fold(lines[i][1]) for i in above}
    times = Counter(bare.values())
    again = {i for i in above if times[folded[i]] > (bare[i] == folded[i])}  # it is printed in another line too
    twice = [i for i in above if len(lines[i][1].split()) > 1 and i in again]
    long = [i for i in above if len(lines[i][1].split()) >= 5 and not MENU.search(lines[i][1])]
    if chosen := sorted({*twice} & {*long}) or long or twice:
        return chosen[0]
    alone = first if cut.get(first + 1) in ("byline", "date line") else None
    return max(above, key=lambda i: (len(lines[i][1].split()), -i), default=alone)


def _cut_head(lines: Lines, cut: dict[int, str], title: int | None) -> dict[int, str]:
    """Above the first paragraph: everything above the headline, and short labels under it."""
    above = range(_first_prose(lines, cut))
    return {
        i: "navigation above the headline" if title is not None and i < title else "label under the headline"
        for i in above
        if i not in cut and i != title and (i < title or _is_label(lines[i][1]))
    }


def _cut_foot(lines: Lines, cut: dict[int, str], title: int | None) -> dict[int, str]:
    """Below the last paragraph: labels, and headlines that share fewer than two words with the article.

    A line that holds the end of a sentence stays, and so does a list under a line that ends with a colon.
    """
    prose = [i for i, (_, text) in enumerate(lines) if i not in cut and i != title and _is_prose(text)]
    body = set().union(*(_stems(lines[i][1]) for i in prose))
    below = range(prose[-1] + 1, len(lines)) if prose and not lines[prose[-1]][1].endswith(":") else ()
    listed = _find_list(lines, cut, below)
    return {
        i: "label below the article" if _is_label(lines[i][1]) else "headline of another story below the article"
        for i in below
        if i not in cut
        and i != title
        and i not in listed
        and not HOLDS_SENTENCE_END.search(lines[i][1])
        and (_is_label(lines[i][1]) or len(_stems(lines[i][1]) & body) < 2)
    }


def _find_list(lines: Lines, cut: dict[int, str], below: range) -> set[int]:
    """The items of lists among these lines: each follows a line of three words that ends with a colon, or an item.

    An item has a sign or number before it, begins with a small letter, ends with a comma or semicolon, or gives a
    number behind a colon. Two or more with a sign also are a list below a sentence, a colon or a line of three words,
    which then is its heading.
    """
    items, open_ = set(), False
    signed = {i for i in below if i not in cut and LISTED.match(lines[i][1])}
    for i in (i for i in below if i not in cut):
        text = lines[i][1]
        above = lines[i - 1][1]
        if {i, i + 1} <= signed and i - 1 not in cut and (above.endswith(":") or len(above.split()) >= 3):
            open_ = True
            items |= {i - 1} if i - 1 in below else set()
        if open_ and (LISTED.match(text) or ITEM.fullmatch(text)):
            items.add(i)
        else:
            last = bool(items) and i - 1 in items and ITEM.fullmatch(lines[i - 1][1]) and text.endswith(".")
            items |= {i} if last else set()
            open_ = text.endswith(":") and len(text.split()) >= 3
    return items


def _cut_second_printing(lines: Lines, cut: dict[int, str], title: int | None, words: str) -> dict[int, str]:
    """The headline printed again, and paragraphs printed a second time in the same order.

    Straight and curly quotation marks are not told apart. A repetition of fewer than thirty words stays: it may be a
    refrain, or a quotation taken up again.
    """
    headline = _fold(words)
    here = [i for i in range(len(lines)) if i not in cut and i != title]
    same = [i for i in here if headline in (_fold(lines[i][1]), _fold(PAGE_TITLE_SUFFIX.sub("", lines[i][1])))]
    headlines = dict.fromkeys(same, "headline printed again")
    first, runs, follows = {}, [], None  # where each text first occurs; runs of repeats; the place that continues a run
    for i in (i for i in here if i not in headlines):
        key = _fold(lines[i][1])
        if key not in first:
            first[key], follows = len(first), None
        elif first[key] == follows:
            runs[-1].append(i)
            follows += 1
        else:
            runs.append([i])
            follows = first[key] + 1
    again = [i for run in runs if sum(len(lines[i][1].split()) for i in run) >= 30 for i in run]
    return headlines | dict.fromkeys(again, "printed before, word for word")


def _first_prose(lines: Lines, cut: dict[int, str]) -> int:
    """Where the article begins: at its first sentence of eight words, else of three; 0 if there is none."""
    left = [i for i in range(len(lines)) if i not in cut]
    return next((i for words in (8, 3) for i in left if _is_prose(lines[i][1], words)), 0)


def _is_prose(text: str, words: int = 8) -> bool:
    return len(text.split()) >= words and bool(SENTENCE_END.search(text))


def _is_label(text: str) -> bool:
    return len(text.split()) <= 3 and not SENTENCE_END.search(text)


def _fold(text: str) -> str:
    """The text as it is compared: straight quotation marks, plain hyphens, small letters."""
    return text.translate(FOLDED).casefold()


def _stems(text: str) -> set[str]:
    """The first five letters of each word that tells what a text is about."""
    common = common_words()
    words = (word.casefold() for word in WORD.findall(text))
    return {word[:5] for word in words if len(word) >= 4 and word not in common}
