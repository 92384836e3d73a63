"""One rule for the order of day and month: in a column, on a page, in a folder of pages."""

import pandas as pd
import pytest

from helpers.articles.load import load_articles, read_articles
from tests.articles.made import ONE, PAGE, TWO, as_csv, write

TITLE = "A headline of more than five words"


def day(article):
    return "" if pd.isna(article["date"]) else f"{article['date']:%F}"


def text_page(line):
    return f"{TITLE}\n\n{line}\n\n{ONE}\n\n{TWO}\n"


def web_page(line):
    page = PAGE.replace('<meta property="article:published_time" content="2012-02-27T23:10:00-06:00">\n', "")
    page = page.replace('"dateModified": "2012-03-01"', '"name": "x"')
    return page.replace("<h1>A summit</h1>", f'<h1>A summit</h1><div class="date">{line}</div>')


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("03/28/2021", "2021-03-28"),
        ("28/03/2021", "2021-03-28"),
        ("28.3.2021 10:15", "2021-03-28"),
        ("8 de marzo de 2021", "2021-03-08"),
        ("Lunes 8 de marzo de 2021", "2021-03-08"),
        ("8 mars 2021", "2021-03-08"),
        ("8. März 2021", "2021-03-08"),
        ("8 de março de 2021", "2021-03-08"),
        ("03/08/2021", ""),
        ("03/28/21", ""),
    ],
)
def test_a_date_line_is_read_or_told_and_is_never_text(tmp_path, line, date):
    articles, left_out = read_articles(write(tmp_path, "a.txt", text_page(line)))
    assert day(articles.iloc[0]) == date
    assert line not in articles["text"].iloc[0]
    assert left_out["why"].str.contains("on the page").tolist() == [True] * (date == "")


@pytest.mark.parametrize(("name", "make"), [("txt", text_page), ("html", web_page)])
def test_another_page_of_the_folder_shows_the_order(tmp_path, name, make):
    file = write(tmp_path, f"x/a.{name}", make("03/08/2021"))
    assert day(load_articles(file).iloc[0]) == ""
    assert day(load_articles(file, dayfirst=True).iloc[0]) == "2021-08-03"
    assert day(load_articles(file, dayfirst=False).iloc[0]) == "2021-03-08"
    write(tmp_path, f"x/b.{name}", make("03/28/2021"))
    write(tmp_path, f"y/c.{name}", make("03/08/2021"))
    articles = load_articles(tmp_path).set_index("article")
    assert [day(articles.loc[article]) for article in ("x/a", "x/b", "y/c")] == ["2021-03-08", "2021-03-28", ""]
    assert articles.at["x/a", "published_evidence"].startswith("inferred: the month first, as in '03/28/2021'")
    write(tmp_path, "x/d.txt", text_page("28/03/2021"))
    assert day(load_articles(tmp_path).set_index("article").loc["x/a"]) == "", "two pages contradict each other"


def test_the_page_itself_may_show_the_order(tmp_path):
    file = write(tmp_path, "a.txt", text_page("03/08/2021\n\nUpdated: 03/28/2021"))
    article = load_articles(file).iloc[0]
    assert (day(article), f"{article['updated']:%F}") == ("2021-03-08", "2021-03-28")


def test_two_dates_above_an_article_are_told(tmp_path):
    _, left_out = read_articles(write(tmp_path, "a.txt", text_page("March 8, 2021\n\nMarch 9, 2021")))
    assert left_out["why"].tolist() == [
        "published 'March 8, 2021' and 'March 9, 2021' on the page: these are not one date"
    ]


@pytest.mark.parametrize(
    ("cell", "published", "updated"),
    [
        ("27/11/2017 01:57 | Actualizado a 28/11/2017 19:20", "2017-11-27", "2017-11-28"),
        ("Nov. 27, 2017 (updated Nov. 28, 2017)", "2017-11-27", "2017-11-28"),
        ("Last updated: 28 November 2017; first published 27 November 2017", "2017-11-27", "2017-11-28"),
        ("Veröffentlicht am 27. November 2017, aktualisiert am 28. November 2017", "2017-11-27", "2017-11-28"),
        ("Updated 2017-11-28", "", "2017-11-28"),
        ("2017-11-27", "2017-11-27", ""),
    ],
)
def test_a_cell_may_hold_the_date_and_that_of_an_update(tmp_path, cell, published, updated):
    articles, left_out = read_articles(write(tmp_path, "a.csv", as_csv([{"text": ONE, "date": cell}])))
    said = ["" if pd.isna(date) else f"{date:%F}" for date in articles.loc[0, ["published", "updated"]]]
    assert said == [published, updated]
    assert left_out.empty
