"""A saved page gives its text, title, outlet and its own dates."""

import re

import pandas as pd
import pytest

from helpers.articles.load import load_articles, read_articles
from tests.articles.made import ONE, PAGE, ROWS, TWO, as_csv, reasons, write


def test_a_saved_page_gives_text_title_outlet_and_its_own_dates(tmp_path):
    page = load_articles(write(tmp_path, "page.html", PAGE)).iloc[0]
    assert page["text"].split("\n\n")[0].startswith(ONE)
    assert "Copyright" not in page["text"]
    assert "Home" not in page["text"]
    assert page["title"] == "A summit"
    assert (page["outlet"], page["outlet_evidence"]) == ("The Daily", "the page names its site")
    assert (page["published"], page["updated"]) == (pd.Timestamp("2012-02-27"), pd.Timestamp("2012-03-01"))
    assert page["date"] == page["published"]
    assert "article:published_time" in page["published_evidence"]


def test_a_page_that_names_latin_1_is_read_as_browsers_read_it(tmp_path):
    page = PAGE.replace("<head>", '<head><meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">')
    article = load_articles(write(tmp_path, "a.html", page.encode("cp1252"))).iloc[0]
    assert article["text"].startswith(f"{ONE} {TWO}"), "its quotation marks are no control characters"


def test_what_the_wayback_machine_puts_into_a_page_is_none_of_it(tmp_path):
    begin, end = (f"<!-- {mark} WAYBACK TOOLBAR INSERT -->" for mark in ("BEGIN", "END"))
    archived = "https://web.archive.org/web/20120304050607/http://www.daily.org/summit"
    page = PAGE.replace("<body>", f"<body>{begin}<div><p>42 captures of it are kept.</p></div>{end}")
    page = page.replace('property="og:site_name" content="The Daily"', f'property="og:url" content="{archived}"')
    page = page.replace(" | The Daily", "")
    article = load_articles(write(tmp_path, "a.html", page)).iloc[0]
    assert article["text"].startswith(ONE)
    assert article["outlet"] == "daily.org"
    row = load_articles(write(tmp_path, "a.csv", as_csv([{**ROWS[0], "url": archived}]))).iloc[0]
    assert (row["outlet"], row["url"]) == ("daily.org", archived)


@pytest.mark.parametrize(
    ("title", "head", "outlet"),
    [
        ("U.S., Mexico agree - The Daily", '<meta name="hdl" content="U.S., Mexico agree">', ""),
        ("DAILY | A U.S. summit", '<meta name="title" content="A U.S. summit">', ""),
        ("A summit - Daily.com", "", "Daily.com"),
        ("St. Louis Daily | A summit", '<meta property="og:site_name" content="St. Louis Daily">', "St. Louis Daily"),
    ],
)
def test_a_headline_with_a_point_is_not_taken_for_the_sites_name(tmp_path, title, head, outlet):
    page = re.sub("<title>.*\n", f"<title>{title}</title>{head}\n", PAGE)
    assert load_articles(write(tmp_path, "a.html", page))["outlet"].tolist() == [outlet]


def test_a_head_without_quotation_marks_states_its_dates(tmp_path):
    bare = re.sub(r'="(article:published_time|2012-02-27[^"]*)"', r"=\1", PAGE)
    assert "content=2012-02-27T23:10:00-06:00>" in bare
    evidence = load_articles(write(tmp_path, "a.html", bare))["published_evidence"].iloc[0]
    assert evidence == "'2012-02-27T23:10:00-06:00' (stated: article:published_time in the page's head)"


def test_a_page_of_frames_is_told_and_is_no_article(tmp_path):
    frames = "<html><frameset><frame src=a.html></frameset><noframes><p>Your browser has no frames.</p></noframes>"
    write(tmp_path, "a.html", PAGE.replace("<body>", '<body><script>document.write("<frameset>")</script>'))
    write(tmp_path, "b.html", frames)
    articles, left_out = read_articles(tmp_path)
    assert articles["file"].tolist() == ["a.html"]
    assert left_out["why"].str.contains("a page of frames").tolist() == [True]


def test_a_page_without_an_article_is_told(tmp_path):
    write(tmp_path, "a.html", PAGE)
    write(tmp_path, "b.html", "<html><body></body></html>")
    write(tmp_path, "c.html", "<html><body><nav>Home</nav></body></html>")
    nothing = "no article found on the page"
    assert reasons(tmp_path) == [(0, False, nothing), (0, False, f"{nothing}, only 'Home'")]


DATA = '<script type="application/ld+json">%s</script>'
VIDEO = '{"@type": "VideoObject", "datePublished": "2019-01-01"}'
STORY = '{"@type": "NewsArticle", "datePublished": "2012-03-04", "dateModified": "2015-06-01"}'
ITEM = '<div><time itemprop="datePublished" datetime="2020-09-09">x</time></div>'


@pytest.mark.parametrize(
    ("head", "body", "published", "updated", "evidence"),
    [
        (DATA % f'{{"@graph": [{VIDEO}, {STORY}]}}', ITEM, "2012-03-04", "2015-06-01", "stated: datePublished"),
        (DATA % f"<!-- {STORY} -->", "", "2012-03-04", "2015-06-01", "stated: datePublished"),
        (DATA % VIDEO, "", "", "", ""),
        ('<script>x("<body>")</script><meta name="date" content="2012-03-04">', ITEM, "2012-03-04", "", "stated: date"),
        ('<meta property="article:modified_time" content="2015-06-01T10:00:00Z">', "", "", "2015-06-01", ""),
        ("", ITEM, "2020-09-09", "", "inferred: the first datePublished in the page's body"),
        ("", f"{ITEM}<p>Published March 4, 2012</p>", "2012-03-04", "", "a date line of the page"),
    ],
)
def test_a_pages_date_is_its_articles_and_what_may_be_of_another_item_is_inferred_at_most(
    tmp_path, head, body, published, updated, evidence
):
    page = PAGE[PAGE.index("<article>") :].replace("</h1>", f"</h1>{body}")
    article = load_articles(write(tmp_path, "a.html", f"<html><head>{head}</head><body>{page}")).iloc[0]
    assert ["" if pd.isna(article[what]) else f"{article[what]:%F}" for what in ("published", "updated")] == [
        published,
        updated,
    ]
    assert evidence in article["published_evidence"]
    assert bool(evidence) == bool(article["published_evidence"])
