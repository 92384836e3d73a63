"""A browser's file of many articles, from Factiva, LexisNexis or ProQuest: its lines are read as a text file's."""

import html
import re
from itertools import pairwise

from helpers.articles.document import TAG, without_unseen
from helpers.articles.exports import DOCUMENT, NUMBER_OF, plain_blanks, read_export
from helpers.articles.factiva import HEADLINE

FROM_ARCHIVE = re.compile(
    rf"factiva|{NUMBER_OF} DO[CK]UMENT|End of Document|ProQuest|Nexis|\b{DOCUMENT} (?-i:[A-Z]{{1,8}}\d{{8}})",
    re.IGNORECASE,
)
HEADLINES = re.compile(r"<(?:span|b)\b[^<>]{0,200}class=[\"']?\w*Headline\b[^<>]*>", re.IGNORECASE)  # of Factiva
CELLS = re.compile(r"</t[dh]\s*>\s*(?=<t[dh]\b)", re.IGNORECASE)
RULES = re.compile(r"<hr\b[^<>]*>", re.IGNORECASE)
LINES = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
BLOCKS = re.compile(r"</?(?:p|div|h\d|li|ul|ol|table|tbody|tr|article|section|pre)\b[^<>]*>", re.IGNORECASE)
ARTICLE = re.compile(r"<(/?)article\b(?:[^<>]*(>))?", re.IGNORECASE)
ENOUGH = 100  # words of a whole article; a teaser has fewer


def read_web_export(page: str) -> list[dict]:
    """The documents of an archive's export that a browser saved; [] if the page is none. A row is their number."""
    if not FROM_ARCHIVE.search(page):
        return []
    documents = read_export(plain_blanks(lines_of(page)))
    if not any(document.get("published") for document in documents):
        return []
    read = [document for document in documents if "why" not in document]
    rows = {id(document): row for row, document in enumerate(read, 1)}
    return [document | {"row": rows.get(id(document), 0) * (len(read) > 1)} for document in documents]


def lines_of(page: str) -> str:
    """The lines of a page as a text file would have them: cells of a row divided by tabs, rules by underscores."""
    page = re.sub(r"\s+", " ", without_unseen(page))
    for mark, written in [(HEADLINES, f"\n\n{HEADLINE}"), (CELLS, "\t"), (RULES, f"\n\n{'_' * 20}\n\n"), (LINES, "\n")]:
        page = mark.sub(written, page)
    text = html.unescape(TAG.sub("", BLOCKS.sub("\n\n", page)))
    return "\n".join(line.strip(" ") for line in text.split("\n"))


def count_articles(page: str) -> int:
    """How many whole articles a page marks as such, one beside the other. Most pages have one, or teasers besides."""
    page = without_unseen(page)
    tags = [tag for tag in pairwise(ARTICLE.finditer(page)) if not tag[0][1] and tag[0][2] and tag[1][1] and tag[1][2]]
    texts = (TAG.sub(" ", page[opened.end() : closed.start()]) for opened, closed in tags)
    return sum(len(text.split()) >= ENOUGH for text in texts)
