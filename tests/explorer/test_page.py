"""The explorer's page: complete in itself, the same each time, and no text can get out of its data."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from helpers.articles.dates_shown import by_date
from helpers.articles.load import load_articles
from helpers.codebook.hits import find_hits, share_of_sentences
from helpers.codebook.terms import frames_of, load_codebook
from helpers.coders.labels import load_labels, majority, shares_of_votes
from helpers.explorer.page import explore
from helpers.run import ROOT
from helpers.text.split import split_sentences

HOSTILE = (
    "</script><script>alert(1)</script><!--<script> <img src=x onerror=alert(2)> <base href='https://a.example/'> "
    "${7*7} {{7*7}} $data $script \u202eevil\u2028 "
)


class Elements(HTMLParser):
    """The elements of a page, as a browser tells them apart, and the text inside scripts and styles."""

    def __init__(self, page):
        super().__init__()
        self.found, self.texts = [], []
        self.feed(page.decode())

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag in self.CDATA_CONTENT_ELEMENTS:
            self.texts.append("")

    def handle_data(self, data):
        if self.cdata_elem:
            self.texts[-1] += data


def evidence_of(page):
    return json.loads(Elements(page).texts[1])


@pytest.fixture(scope="module")
def page(articles):
    return explore(articles)


@pytest.fixture(scope="module")
def hostile(articles):
    """The seeds with a first article whose every field is out to do harm."""
    bad = articles.copy()
    for column in ("article", "title", "outlet", "url", "label"):
        bad[column] = bad[column].where(bad.index > 0, HOSTILE)
    return bad.assign(text=bad["text"].where(bad.index > 0, f"{HOSTILE} 😀 soldiers fight.\n\n=1+1 soldiers."))


def counted(page, votes):
    """Every mark by frame and column, counted from the sentences in the page: carrying and of how many."""
    evidence, marks = evidence_of(page), {}
    for article in evidence["articles"]:
        column = evidence["columns"][article["column"]]["label"]
        for place, frame in enumerate(evidence["frames"]):
            carrying = sum(
                row[4][place : place + 1] == "1" if votes else any(hit[0] == place for hit in row[3])
                for row in article["rows"]
            )
            whole = article["decided"][place] if votes else article["sentences"]
            before = marks.get((frame["frame"], column), (0, 0))
            marks[frame["frame"], column] = (before[0] + carrying, before[1] + whole)
    return marks


def marks_of(shares, articles):
    rows = by_date(shares, articles).itertuples()
    return {(row.frame, row.label): (row.carrying, row.sentences) for row in rows}


@pytest.mark.parametrize("hits_only", [False, True])
def test_each_mark_is_the_share_of_sentences(articles, sentences, hits_only):
    page = explore(articles, hits_only=hits_only)
    codebook = load_codebook()
    shares = share_of_sentences(find_hits(sentences, codebook), sentences)
    coded = shares_of_votes(majority(load_labels(frames_of(codebook)), sentences))
    assert counted(page, votes=False) == marks_of(shares, articles)
    assert counted(page, votes=True) == marks_of(coded, articles)


def test_the_words_of_each_hit_stand_where_the_page_says(articles, sentences):
    found = [
        (article["article"], row[0], row[2].encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le"))
        for article in evidence_of(explore(articles))["articles"]
        for row in article["rows"]
        for _, start, end, _ in row[3]
    ]
    hits = find_hits(sentences, load_codebook())
    assert sorted(found) == sorted(zip(hits["article"], hits["sentence"], hits["words"], strict=True))


def test_the_committed_page_is_what_the_tables_give_now(page):
    assert (ROOT / "figures" / "explorer.html").read_bytes() == page, "Type `make run`."


def test_the_same_articles_give_the_same_bytes(articles, page):
    assert explore(load_articles()) == page
    assert explore(articles, hits_only=True) != page


def test_the_frames_tested_are_those_of_the_notebooks_wherever_the_reader_names_them(articles, tmp_path):
    book, source = tmp_path / "book" / "terms.csv", tmp_path / "texts"
    for folder in (book.parent, source):
        folder.mkdir()
    book.write_text("frame,term\none,soldiers\ntwo,police\nthree,customs\nfour,arms\n", "utf-8")

    def tested(given):
        return [frame["frame"] for frame in evidence_of(explore(articles, given))["frames"] if frame["tested"]]

    assert tested({"CODEBOOK": str(book)}) == ["one", "two", "three"]
    (source / "expected.csv").write_text("frame,course\nfour,rises\n", "utf-8")
    assert tested({"CODEBOOK": str(book), "SOURCE": str(source)}) == ["four"]


def test_coders_have_rings_only_where_they_judged_every_sentence(articles, page, tmp_path):
    assert evidence_of(page)["rings"]
    book = tmp_path / "codebook.csv"
    book.write_text("frame,term\narms_control,arms\n", "utf-8")
    coder = tmp_path / "coding" / "ana.csv"
    coder.parent.mkdir()
    text = split_sentences(articles)["text"].iloc[0].replace('"', '""')
    coder.write_text(f'article,sentence,text,arms_control\n{articles["article"].iloc[0]},1,"{text}",1\n', "utf-8")
    some = evidence_of(explore(articles, {"CODEBOOK": str(book)}))
    assert not some["rings"] and some["articles"][0]["rows"][0][4] == "1", "the sentence still says who marked it"


def test_no_text_ends_the_element_that_holds_it(articles, hostile, tmp_path):
    book = tmp_path / "codebook.csv"
    book.write_bytes((ROOT / "seeds" / "codebook.csv").read_bytes())
    harmless, harmful = (explore(rows, {"CODEBOOK": str(book)}) for rows in (articles, hostile))
    assert Elements(harmful).found == Elements(harmless).found
    first = next(article for article in evidence_of(harmful)["articles"] if article["article"] == HOSTILE)
    assert first["title"] == HOSTILE and first["rows"][0][2].startswith("</script><script>")


def test_offsets_count_an_emoji_twice(hostile, tmp_path):
    book = tmp_path / "codebook.csv"
    book.write_text("frame,term\nforce,soldiers\n", "utf-8")
    articles = hostile.head(1).assign(text="😀 No soldiers, 😀😀 soldiers.")
    (article,) = evidence_of(explore(articles, {"CODEBOOK": str(book)}))["articles"]
    assert article["rows"] == [[1, 0, "😀 No soldiers, 😀😀 soldiers.", [[0, 6, 14, 1], [0, 21, 29, 0]], ""]]


def test_only_our_own_script_and_style_run(page):
    elements = Elements(page)
    policy = next(told["content"] for _, told in elements.found if "http-equiv" in told)
    style, _, script = elements.texts
    for kind, text in (("style", style), ("script", script)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';") and "unsafe" not in policy
    assert "base-uri 'none'" in policy and "form-action 'none'" in policy


def test_the_page_names_no_other_place(page):
    told = [value for _, attributes in Elements(page).found for value in attributes.values() if value]
    assert not [value for value in told if re.search(r"//", value)]
    assert [tag for tag, _ in Elements(page).found].count("script") == 2


def test_the_page_of_the_seeds_is_small(page):
    assert len(page) < 60_000


def test_sentences_without_hits_are_left_out_and_that_is_said(articles, sentences, page):
    whole, short = evidence_of(page), evidence_of(explore(articles, hits_only=True))
    assert sum(len(article["rows"]) for article in whole["articles"]) == len(sentences)
    rows = [row for article in short["articles"] for row in article["rows"]]
    assert 0 < len(rows) < len(sentences) and all(row[3] or "1" in row[4] for row in rows)
    assert short["hits_only"] and not whole["hits_only"]
    assert sum(article["sentences"] for article in short["articles"]) == len(sentences)


def test_articles_that_the_codebook_cannot_read_are_counted(articles):
    evidence = evidence_of(explore(articles.assign(language="German")))
    assert evidence["articles"] == [] and evidence["loaded"] == len(articles)


def test_undated_articles_have_a_column_of_their_own(articles):
    dated = articles.index > 1
    some = articles.assign(
        date=articles["date"].where(dated, pd.NaT), date_precision=articles["date_precision"].where(dated, "")
    )
    evidence = evidence_of(explore(some.sort_values("date")))
    assert evidence["columns"][-1] == {"key": "undated", "label": "undated", "date": ""}
    assert [article["column"] for article in evidence["articles"]] == [0, 1, 2, 3, 3]
