"""A saved web page: its text, title, dates and outlet."""

import codecs
import html
import json
import re
from collections.abc import Iterator

from helpers.articles.date_forms import SPELLED, spelled_day
from helpers.articles.date_lines import DATE
from helpers.articles.dates import YEAR_FIRST, YEAR_LAST
from helpers.articles.document import (
    END_OF_TOOLBAR,
    TAG,
    TOOLBAR,
    WAYBACK,
    document,
    is_no_text,
    left_out,
    one_line,
    without_unseen,
)
from helpers.articles.spreadsheets import read_table_of_page
from helpers.articles.web_exports import count_articles, read_web_export
from helpers.files.encodings import decode, wide_encoding
from helpers.text.characters import without_piles

TAGS = 50_000  # a long article has some thousands; finding one takes seconds in as many as this
FRAMES = re.compile(r"<frameset\b", re.IGNORECASE)
PAGE_DATES = {
    "published": "article:published_time og:article:published_time datepublished date.published dc.date.issued dc.date "
    "dcterms.issued dcterms.date publishdate publish-date publish_date pubdate parsely-pub-date sailthru.date date",
    "updated": "article:modified_time datemodified og:updated_time dcterms.modified last-modified lastmod",
}
JSON_LD = {"published": "datePublished", "updated": "dateModified"}
DATED = re.compile(r'"\w{0,40}date\w{0,40}"\s*:\s*"([^"]+)"', re.IGNORECASE)
MARKED = re.compile(r"<\w+\b([^<>]*)>([^<]{6,80})(?=<)")  # a tag, and the few words in it
CALLED_DATE = re.compile(r"[^<>]{0,200}?\bclass=[\"'][^\"']*(?:date|time|publi|fecha|datum)", re.IGNORECASE)
END_OF_HEAD = re.compile(r"</head\b|<body\b", re.IGNORECASE)
SCRIPT, TITLE = (re.compile(rf"<{name}\b([^>]*)>", re.IGNORECASE) for name in ("script", "title"))
STATES = re.compile(r"<(?:meta|time)\b[^>]*>", re.IGNORECASE)
STATED = re.compile(r"""(?<![\w-])([\w-]++)\s*+=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


def read_html(name: str, raw: bytes, columns: dict) -> Iterator[dict]:
    """The article of a saved page, with its title, outlet and author as trafilatura finds them.

    Dates are those that the page states itself. Without any, the date that htmldate finds is taken, unless the page's
    data give it to an update or a video.
    """
    import trafilatura

    page = without_piles(_without_toolbar(_decode_page(raw)))
    if FRAMES.search(without_unseen(page)):
        yield left_out(0, "a page of frames without an article of its own. Save the page inside the frame")
        return
    if documents := read_web_export(page):
        yield from documents
        return
    if documents := read_table_of_page(page, columns):
        yield from documents
        return
    if page.count("<") > TAGS:
        yield left_out(0, f"more than {TAGS:,} tags, too many to find an article among. Save its text as .txt")
        return
    dates = {"date_extraction_params": {"original_date": True, "extensive_search": False}}
    found = trafilatura.bare_extraction(page, favor_precision=True, include_comments=False, with_metadata=True, **dates)
    if found is None or not (found.text or "").strip():
        yield left_out(0, "no article found on the page")
        return
    if is_no_text(found.text):
        yield left_out(0, f"no article found on the page, only {one_line(found.text)!r}")
        return
    outlet, outlet_from = _outlet_of(found, page)
    words, places = _dates_of(found, page)
    title = (found.title or "").removesuffix(f" | {outlet}").removesuffix(f" - {outlet}")
    fields = {"title": title, "outlet": outlet, "byline": found.author or "", "url": found.url or ""}
    yield document(0, text=found.text, **fields, **words, places={"outlet": outlet_from} | places)
    if (many := count_articles(page)) > 1:
        remedy = "Save each on its own, or export them as text"
        yield left_out(0, f"the page may hold {many} articles and is read as one. {remedy}", kept=True)


def _without_toolbar(page: str) -> str:
    """A page without what the Wayback Machine adds to it and to its addresses."""
    end = page.rfind(END_OF_TOOLBAR) + len(END_OF_TOOLBAR)  # where no end follows, none is looked for
    return WAYBACK.sub("", TOOLBAR.sub("", page[:end]) + page[end:])


def _outlet_of(found, page: str) -> tuple[str, str]:
    """The outlet of a page, and how it is known. found: what trafilatura finds."""
    site = "" if found.sitename == found.title or _is_headline(found.sitename or "", page) else found.sitename
    return site or found.hostname or "", "the page names its site" if site else "inferred: the page's address"


def _dates_of(found, page: str) -> tuple[dict[str, str], dict[str, str]]:
    """The dates of a page by their kind (PAGE_DATES), and how each is known. found: what trafilatura finds."""
    stated = {what: _stated(page, what) for what in PAGE_DATES}
    words, places = ({what: both[side] for what, both in stated.items()} for side in (0, 1))
    others = [words["updated"], *DATED.findall("".join(_data(page)))]
    if not words["published"] and found.date and not any(date.startswith(found.date) for date in others):
        words["published"] = _as_shown(found.date, page)
        places["published"] = "inferred: a date that htmldate finds on the page"
    elif not found.date and not any(words.values()):
        words["published"], places["published"] = _marked(page), "inferred: what the page calls a date"
    return words, places


def _as_shown(date: str, page: str) -> str:
    """The date that htmldate finds, in the numbers that the page shows, if it shows no more: 03/08/2021, which htmldate
    reads by the order of Europe. The dates of the other pages of the folder may show the order."""
    shown = TAG.sub(" ", END_OF_HEAD.split(without_unseen(page), maxsplit=1)[-1])
    plain = {spelled_day(found) for found in SPELLED.finditer(shown)}
    plain |= {f"{year}-{int(month):02}-{int(day):02}" for year, _, month, day in YEAR_FIRST.findall(page)}
    numbers = {found[0]: (found[4], {int(found[1]), int(found[3])}) for found in YEAR_LAST.finditer(shown)}
    same = [said for said, day in numbers.items() if day == (date[:4], {int(date[5:7]), int(date[8:])})]
    return same[0] if same and date not in plain else date


def _marked(page: str) -> str:
    """The words of the first element of a page whose class says that it is a date; "" if there is none."""
    for tag, words in MARKED.findall(without_unseen(page)):
        if CALLED_DATE.match(tag) and (found := DATE.search(html.unescape(words))):
            return found[0]
    return ""


def _is_headline(site: str, page: str) -> bool:
    """Whether what trafilatura takes for the site's name is in fact the headline.

    If nothing else names the site, it takes the part of the page's title that holds a point: right for CNN.com, wrong
    for "U.S., Mexico agree".
    """
    title = next(_between(TITLE, "</title", page), "").strip()
    begins = html.unescape(title).startswith(site) and "." in site and " " in site
    named = _named_dates(END_OF_HEAD.split(page)[0])
    return begins and site not in [named[name] for name in named if re.search("site|publisher", name)]


def _decode_page(raw: bytes) -> str:
    """A page as text, in the encoding it names if its bytes fit it, else like any other file.

    Latin-1 is read as Windows-1252, as browsers do; else quotation marks would become control characters.
    """
    named = re.search(rb"<meta[^>]+charset=[\"']?([\w-]+)", raw[:4096], re.IGNORECASE)
    named = named[1].decode() if named and not wide_encoding(raw[:1000]) else "utf-8-sig"
    try:
        return raw.decode("cp1252" if codecs.lookup(named).name == "iso8859-1" else named)
    except (UnicodeDecodeError, LookupError):
        return decode(raw)


def _stated(page: str, what: str) -> tuple[str, str]:
    """The date that a page states for itself, and where it does; ("", "") if it does not.

    Searched are its head, then its data, then its body. A date in the body is only an inference: it may belong to
    another story.
    """
    head, *body = END_OF_HEAD.split(without_unseen(page), maxsplit=1)
    named = _named_dates(head)
    for name in PAGE_DATES[what].split():
        if named.get(name):
            return named[name], f"stated: {name} in the page's head"
    key = JSON_LD[what]
    if found := _in_data(page, key):
        return found, f"stated: {key} in the page's data"
    found = _named_dates("".join(body)).get(key.lower(), "")
    return (found, f"inferred: the first {key} in the page's body") if found else ("", "")


def _named_dates(markup: str) -> dict[str, str]:
    """The value of each <meta> or <time> by its name; of several with one name, the first."""
    named = {}
    for tag in STATES.findall(markup[: markup.rfind(">") + 1]):
        values = {key.lower(): html.unescape("".join(value)) for key, *value in STATED.findall(tag)}
        name = values.get("property") or values.get("name") or values.get("itemprop") or ""
        named.setdefault(name.lower(), (values.get("content") or values.get("datetime") or "").strip())
    return named


def _in_data(page: str, key: str) -> str:
    """The date under a key in the page's JSON-LD: of the article, else of the page, else of the claim it checks.

    Never that of a video or comment. Data that are not valid JSON are searched as plain text.
    """
    objects, broken = [], []
    for script in _data(page):
        try:
            objects += _objects(json.loads(script, strict=False))
        except (ValueError, RecursionError):
            broken.append(script)
    for kind in ("Article", "Posting", "Report", "WebPage", "ClaimReview"):
        for item in objects:
            if isinstance(item.get(key), str) and re.search(rf"{kind}\b", str(item.get("@type"))):
                return item[key].strip()
    found = re.search(rf'"{key}"\s*:\s*"([^"]+)"', "\n".join(broken))
    return found[1].strip() if found else ""


def _data(page: str) -> list[str]:
    """What each script of a page holds that is data in the form of JSON-LD."""
    return list(_between(SCRIPT, "</script", page, holds="ld+json"))


def _between(begin: re.Pattern, end: str, page: str, *, holds: str = "") -> Iterator[str]:
    """The words between each tag of a kind that holds something and its end; none from the first without an end on."""
    ends, after = re.compile(end, re.IGNORECASE), 0
    for tag in begin.finditer(page[: page.rfind(">") + 1]):  # so no search for the end of a tag is in vain
        if tag.start() < after or holds not in tag[1].lower():
            continue
        if not (closed := ends.search(page, tag.end())):
            return
        yield page[tag.end() : closed.start()]
        after = closed.end()


def _objects(value) -> Iterator[dict]:
    """Every object within a JSON value, outer ones before inner ones."""
    left = [value]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            yield value
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        left += reversed(list(inner))
