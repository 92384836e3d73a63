"""A folder of articles: dates with their uncertainty, encodings, and clear words where something is wrong."""

import pandas as pd
import pytest

from helpers.corpus import list_dates, list_left_out, list_oddities, list_removed, load_articles

TEXT = (
    "Mexico and the United States agreed on Tuesday to share intelligence on cartels.\n\nBoth sides praised the deal."
)
HEADER = "article,event,event_precision,event_evidence,published,published_precision,outlet\n"


@pytest.fixture
def folder(tmp_path):
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(f"A headline of five words for {name}\n\n{TEXT}", encoding="utf-8")
    return tmp_path


def test_articles_are_ordered_by_event_then_publication_the_undated_last(folder):
    (folder / "articles.csv").write_text(
        HEADER + "a,,,,2020-05-04,day,Daily\nb,2020-05,month,'in May',2020-06-01,day,\n", encoding="utf-8"
    )
    articles = load_articles(folder)
    assert articles["article"].tolist() == ["b", "a", "c"]
    assert articles["label"].tolist() == ["2020-05", "2020-05-04", "c"]
    assert articles["date_basis"].tolist() == ["event", "published", ""]
    assert articles["date_precision"].tolist() == ["month", "day", ""]
    assert articles["date_latest"].iloc[0] == pd.Timestamp("2020-05-31")
    assert articles["outlet"].tolist() == ["", "Daily", ""]


def test_without_articles_csv_the_pages_own_dates_serve_and_a_stamp_never_does(folder):
    (folder / "a.txt").write_text(f"A headline of five words\n\nFebruary 28, 2012\n\n{TEXT}", encoding="utf-8")
    (folder / "b.txt").write_text(f"A headline of five words\n\n{TEXT}\n\nUpdated: 2021-04-11 03:12", encoding="utf-8")
    articles = load_articles(folder).set_index("article")
    assert articles.loc["a", ["label", "date_basis"]].tolist() == ["2012", "published"]
    assert pd.isna(articles.loc["b", "date"])
    assert articles.loc["b", "updated"] == pd.Timestamp("2021-04-11")
    dates = list_dates(load_articles(folder))
    assert dates[["article", "what", "words"]].to_numpy().tolist() == [
        ["a", "published", "published 28 February 2012"],
        ["b", "updated", "updated 11 April 2021"],
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("z,2020,year,,,,\n", "line 2: no file z.txt"),
        ("a,2020,year,,,,\na,2021,year,,,,\n", "line 2: 'a' stands in two rows"),
        ("a,2020-05,day,,,,\n", "line 2: event is '2020-05', precision 'day'"),
        ("a,2020-13,month,,,,\n", "line 2: event is '2020-13', which is no date"),
        ("a,May 2020,month,,,,\n", "line 2: event is 'May 2020'"),
        ("a,2020,decade,,,,\n", "line 2: event is '2020', precision 'decade'"),
        ("a,spring 2020,,,,,\n", "line 2: event is 'spring 2020', precision ''. Write 2012-02-27, 2012-02 or 2012"),
    ],
)
def test_a_bad_row_of_articles_csv_is_told_where(folder, rows, said):
    (folder / "articles.csv").write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        load_articles(folder)


@pytest.mark.parametrize(("date", "precision"), [("2020-05-04", "day"), ("2020-05", "month"), ("2020", "year")])
def test_a_judged_date_shows_its_precision_and_a_file_may_be_named_with_its_ending(folder, date, precision):
    (folder / "articles.csv").write_text(f"article,event\na.txt,{date}\n", encoding="utf-8")
    article = load_articles(folder).set_index("article").loc["a"]
    assert (article["date"], article["date_precision"]) == (pd.Timestamp(date), precision)


def test_an_empty_folder_and_an_empty_file_are_told(folder, tmp_path):
    with pytest.raises(FileNotFoundError, match="no such file or folder"):
        load_articles(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match=r"no \.txt file in this folder"):
        load_articles(tmp_path / "empty")
    (tmp_path / "empty" / "d.txt").write_text("Share\n\n* * *\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"no article can be used\. d\.txt: nothing is left after cleaning"):
        load_articles(tmp_path / "empty")
    (folder / "d.txt").write_text("Share\n\n* * *\n", encoding="utf-8")
    assert load_articles(folder)["article"].tolist() == ["a", "b", "c"]
    assert list_left_out(folder)[["file", "kept", "why"]].to_numpy().tolist() == [
        ["d.txt", False, "nothing is left after cleaning"],
        ["empty/d.txt", False, "nothing is left after cleaning"],
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_whatever_its_encoding(tmp_path, encoding):
    (tmp_path / "a.txt").write_bytes(TEXT.replace("Mexico", "México").encode(encoding))
    assert load_articles(tmp_path)["text"].iloc[0].startswith("México and")


def test_cut_lines_and_oddities_are_tables_even_when_empty(folder):
    articles = load_articles(folder)
    assert list_removed(articles).columns.tolist() == ["article", "line", "reason", "text"]
    assert list_removed(articles).empty
    sentences = pd.DataFrame({"article": ["a"], "sentence": [1], "text": ["All is well."]})
    assert list_oddities(sentences).empty
