"""Tables and JSON: columns as people name them, and no row dropped in silence."""

import json

import pandas as pd
import pytest

from helpers.articles.load import load_articles, read_articles
from tests.articles.made import ONE, ROWS, TWO, as_csv, as_jsonl, reasons, write


@pytest.mark.parametrize(
    ("text", "published", "outlet"),
    [
        ("Full Text", "Publish Date", "Newspaper"),
        ("BODY", "pubDate", "source"),
        ("content", "published_at", "publication"),
        ("article", "datetime", "publisher"),
        ("texto", "Fecha de publicación", "Periódico"),
        ("Volltext", "Datum", "Zeitung"),
        ("Texte", "Date de parution", "Journal"),
        ("Texto", "Data de publicação", "Jornal"),
        ("Testo", "Data", "Testata"),
        ("Full text", "pubdate", "pubtitle"),
        ("fields.bodyText", "Date", "Publication Title"),
    ],
)
def test_columns_are_known_by_the_names_people_give_them(tmp_path, text, published, outlet):
    file = write(tmp_path, "a.csv", as_csv([{outlet: "Daily", "extra": "1", published: "5 May 2012", text: ONE}]))
    article = load_articles(file).iloc[0]
    assert [article[name] for name in ("text", "outlet")] == [ONE, "Daily"]
    assert article["published"] == pd.Timestamp("2012-05-05")
    assert article["article"] == "a-2", "the row as a spreadsheet numbers it"


def test_columns_can_be_told(tmp_path):
    file = write(tmp_path, "a.csv", as_csv([{"Wortlaut": ONE, "Tag": "27.02.2012", "text": "a note"}]))
    article = load_articles(file, columns={"text": "Wortlaut", "published": "Tag"}).iloc[0]
    assert (article["text"], article["label"]) == (ONE, "2012")


@pytest.mark.parametrize(
    ("row", "columns", "said"),
    [
        ({"body": ONE, "content": TWO}, None, "'body' and 'content' could both be the text.*columns={'text': 'body'}"),
        ({"Wortlaut": ONE}, None, "known to be the text. The columns are: 'Wortlaut'. Call the column text"),
        (
            {"Rede": ONE},
            {"text": "Wortlaut"},
            "no column 'Wortlaut', which .*columns=.* names. The columns are: 'Rede'",
        ),
        ({"text": ONE, "Tag": "2012"}, {"text": "Wortlaut", "published": "Tag"}, "no column 'Wortlaut'"),
        ({"text": ONE}, {"words": "text"}, "columns names 'words', which is not a field. Fields are: text, title"),
    ],
)
def test_columns_that_cannot_be_told_apart_or_are_not_there_are_named(tmp_path, row, columns, said):
    with pytest.raises(ValueError, match=said):
        load_articles(write(tmp_path, "a.csv", as_csv([row])), columns=columns)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("", "an empty file"),
        ("\n\n", "no rows with named values"),
        ("text,date\n", "no rows below the names"),
        ("text,text\na,b\n", "the column 'text' is given twice"),
        (f'1,2012-02-03,"{ONE}"\n', "no column is known to be the text"),
    ],
)
def test_a_table_without_names_or_rows_is_told(tmp_path, raw, said):
    with pytest.raises(ValueError, match=said):
        load_articles(write(tmp_path, "a.csv", raw))


def test_names_of_articles_are_not_taken_for_their_texts(tmp_path):
    rows = [{"article": name, "published": "2012"} for name in ("doc1", "one.txt", ONE)]
    articles, left_out = read_articles(write(tmp_path, "articles.csv", as_csv(rows)))
    assert articles["text"].tolist() == [ONE]
    assert left_out[["row", "kept"]].to_numpy().tolist() == [[2, False], [3, False]]
    assert "no text but a name in the column 'article'" in left_out["why"].iloc[0]
    told = reasons(tmp_path / "articles.csv", columns={"text": "article"})
    assert [why[:11] for _, _, why in told] == ["no sentence"] * 2


@pytest.mark.parametrize(
    ("more", "columns", "said"),
    [
        ({}, None, "the date or the outlet. Not used: 'Blatt', 'Seite'. Rename"),
        ({"date": "2012"}, None, "the outlet. Not used: 'Blatt', 'Seite'. Rename"),
        ({"url": "https://www.daily.com/1"}, {"published": ""}, "the outlet. Not used: 'Blatt', 'Seite'. Rename"),
        ({"date": "2012"}, {"outlet": "Blatt"}, ""),
        ({"date": "2012"}, {"outlet": ""}, ""),
        ({"date": "2012", "a": "1", "b": "2", "c": "3", "d": "4"}, None, "'Blatt', 'Seite', 'a', 'b', 'c' and 1 more"),
    ],
)
def test_columns_not_used_are_told_only_where_one_may_be_what_is_lacking(tmp_path, more, columns, said):
    rows = [{"text": ONE, "Blatt": "Daily", "Seite": "1", **more}, {"text": TWO, "Blatt": "Post", "Seite": "2", **more}]
    told = reasons(write(tmp_path, "a.csv", as_csv(rows)), columns=columns)
    assert [(row, kept) for row, kept, _ in told] == [(0, True)] * bool(said)
    assert all(why.startswith("no column is known to be") and said in why for _, _, why in told)
    one = write(tmp_path, "b.json", json.dumps(rows[0]))
    assert reasons(one, columns=columns) == [], "a folder of many such files would say it as often"


@pytest.mark.parametrize(("names", "told"), [("Year,Month,Day", 1), ("año,mes,día", 1), ("Date,Month,Day", 0)])
def test_a_month_beside_a_column_of_years_is_told_not_to_be_used(tmp_path, names, told):
    table = f'{names},Source,Text\n2012,3,4,The Daily,"{ONE}"\n2013,5,6,The Daily,"{TWO}"\n'
    articles, left_out = read_articles(write(tmp_path, "a.csv", table))
    assert articles["date_precision"].tolist() == ["year", "year"]
    told_of = left_out["why"].str.contains(f"{names.split(',')[1]!r} is not used. Write each date in one column")
    assert told_of.tolist() == [True] * told


def test_an_outlet_given_as_an_address_is_its_site(tmp_path):
    rows = [{"text": text, "source": f"https://www.daily.org/{n}"} for n, text in enumerate((ONE, TWO))]
    rows.append({"text": f"{ONE} {TWO}", "source": "www.daily.org"})
    assert set(load_articles(write(tmp_path, "a.csv", as_csv(rows)))["outlet"]) == {"daily.org"}


def test_our_own_table_comes_back_by_its_names(tmp_path):
    file = write(tmp_path, "a.csv", as_csv([{"article": "one", "text": ONE}, {"article": "two", "text": TWO}]))
    assert load_articles(file)["article"].tolist() == ["one", "two"]


def test_published_and_updated_are_told_apart(tmp_path):
    rows = [
        {"text": ONE, "date": "2012-02-27", "last_modified": "2021-04-11"},
        {"text": TWO, "date": "Updated: April 11, 2021", "last_modified": ""},
    ]
    articles = load_articles(write(tmp_path, "a.csv", as_csv(rows)))
    assert articles["updated"].tolist() == [pd.Timestamp("2021-04-11")] * 2
    assert articles["date_basis"].tolist() == ["published", ""]
    assert articles["updated_evidence"].tolist() == [
        "'2021-04-11' (the column last_modified)",
        "'April 11, 2021' (the column date)",
    ]


def test_a_row_is_read_from_the_first_of_its_columns_that_says_something(tmp_path):
    rows = [
        {"text": ONE, "published": "", "date": "2012-03-04", "created_at": "2020-01-01"},
        {"body": TWO, "published": "03/04/2013", "created_at": "2020-01-01"},
        {"text": f"{ONE} {TWO}", "date": "25/04/2014", "created_at": "2020-01-01"},
        {"text": f"{TWO} {ONE}", "created_at": "2020-01-01"},
    ]
    articles, left_out = read_articles(write(tmp_path, "a.jsonl", as_jsonl(rows)))
    days = {"a-1": "2012-03-04", "a-2": "", "a-3": "2014-04-25", "a-4": ""}
    assert articles.set_index("article")["date"].dt.strftime("%F").fillna("").to_dict() == days
    assert articles["published_evidence"].iloc[0] == "'2012-03-04' (the column date)"
    assert left_out["article"].tolist() == ["a-2"], "the order of one column says nothing of another's"
    assert load_articles(write(tmp_path, "b.csv", as_csv([{"text": ONE, "created_at": "2012"}])))["label"][0] == "2012"


def test_what_a_database_writes_for_a_date_and_lists_of_paragraphs_are_read(tmp_path):
    dates = [{"$date": "2012-02-27T00:00:00Z"}, {"$date": {"$numberLong": "1330300800000"}}]
    dates += [{"year": 2012, "month": 2, "day": 27}, {"day_of_year": 58}]
    rows = [
        {"_id": {"$oid": f"x{n}"}, "text": [ONE, "It is so."] + ["No."] * n, "date": d} for n, d in enumerate(dates)
    ]
    articles, left_out = read_articles(write(tmp_path, "a.jsonl", as_jsonl(rows)))
    assert articles["article"].tolist() == ["x0", "x1", "x2", "x3"]
    assert articles["published"].tolist() == [pd.Timestamp("2012-02-27")] * 3 + [pd.NaT]
    assert articles["text"].iloc[1] == f"{ONE}\n\nIt is so.\n\nNo."
    assert reasons(tmp_path) == [
        (4, True, "the column 'date' holds {'day_of_year': 58}, which cannot be read. Make it text")
    ]
    assert len(left_out) == 1


def test_an_object_over_several_lines_is_told_to_be_no_line_of_json(tmp_path):
    with pytest.raises(ValueError, match=r"line 1: not JSON.*each article on a line of its own"):
        load_articles(write(tmp_path, "a.jsonl", "\n".join(json.dumps(row, indent=1) for row in ROWS)))


def test_each_row_that_cannot_be_used_is_told_and_does_not_stop_the_rest(tmp_path):
    rows = [
        {"id": "a", "text": ONE, "date": "03/04/2012"},
        {"id": "b", "text": " ", "date": ""},
        {"id": "c", "text": "Share this article", "date": ""},
        {"id": "a", "text": ONE, "date": ""},
        {"id": "a", "text": TWO, "date": ""},
    ]
    raw = as_csv(rows) + b"e,one, two,three\r\n"
    articles, left_out = read_articles(write(tmp_path, "t.csv", raw))
    assert articles["article"].tolist() == ["a"]
    assert articles["date"].isna().all()
    assert "day and month cannot be told apart" in articles["published_evidence"].iloc[0]
    assert left_out[["row", "article", "kept"]].to_numpy().tolist() == [
        [2, "a", True],
        [3, "", False],
        [4, "", False],
        [5, "", False],
        [6, "", False],
        [7, "", False],
    ]
    said = [
        "03/04/2012",
        "no text in the column 'text'",
        "nothing is left",
        "the same text",
        "another text",
        "4 values",
    ]
    for why, words in zip(left_out["why"], said, strict=True):
        assert words in why
    assert len(rows) + 1 == len(articles) + (~left_out["kept"]).sum(), "every row is an article or told of"


def test_lines_of_json_that_are_broken_are_told(tmp_path):
    raw = as_jsonl(ROWS) + b'\n{"id": \n[1, 2]\n'
    assert [(row, why[:8]) for row, _, why in reasons(write(tmp_path, "a.jsonl", raw))] == [
        (3, "not JSON"),
        (4, "not an o"),
    ]


def test_half_a_character_stops_nothing(tmp_path):
    articles, left_out = read_articles(
        write(tmp_path, "a.jsonl", json.dumps({"text": f"\ud83d {ONE} \U0001f600"}).encode())
    )
    assert articles["received"].tolist() == [f"\ufffd {ONE} \U0001f600"]
    assert left_out.empty


def test_a_quotation_mark_left_open_is_told(tmp_path):
    raw = b'text,date\n"' + ONE.encode() + b'",2012\n"' + TWO.encode() + b",2013\n"
    articles, left_out = read_articles(write(tmp_path, "a.csv", raw))
    assert len(articles) == 2
    assert "a quotation mark is never closed" in left_out["why"].iloc[0]


@pytest.mark.parametrize("divider", [",", "\t", ";"])
def test_quotation_marks_of_the_text_swallow_no_rows(tmp_path, divider):
    rows = [("title", "text"), ("T1", '"We fight, he said.'), ("T2", "Arms grew."), ("T3", '"Fine." And "so".')]
    rows = [*rows, ("T4", '"It is over ""now""."')]
    raw = "\n".join(divider.join(row).replace("fight,", "fight" if divider == "," else "fight,") for row in rows)
    articles, left_out = read_articles(write(tmp_path, "a.csv", raw))
    assert articles["title"].tolist() == ["T1", "T2", "T3", "T4"]
    assert articles["text"].iloc[2:].tolist() == ['"Fine." And "so".', 'It is over "now".']
    assert left_out.empty


def test_rows_that_may_have_run_together_are_told(tmp_path):
    raw = 'title,text,date\nT1,"We must fight, he said.,2012\nT2,Arms grew.,2012\nT3,"Fine",2013\nT4,One, two,2013\n'
    articles, left_out = read_articles(write(tmp_path, "a.csv", raw))
    assert articles["title"].tolist() == ["T1"]
    told = left_out[["row", "kept"]].to_numpy().tolist()
    assert told == [[0, True], [2, True], [3, False]]
    assert left_out["why"].iloc[:2].str.contains("rows (?:after it )?may have run together").all()


def test_a_first_line_of_excels_is_passed_by_and_any_other_is_asked_about(tmp_path):
    assert load_articles(write(tmp_path, "a.csv", b"sep=;\r\n" + as_csv(ROWS, ";")))["article"].tolist() == ["x1", "x2"]
    with pytest.raises(ValueError, match=r"'Factiva export'.*the first line must hold the names"):
        load_articles(write(tmp_path, "a.csv", b"Factiva export\n\n" + as_csv(ROWS)))


@pytest.mark.parametrize(
    "beside",
    [
        {"comments": [{"author": "x", "text": "First comment!", "date": "2019-01-01"}]},
        {"related": [{"title": "Another", "text": TWO}]},
        {"tags": [{"name": "arms"}]},
    ],
)
def test_one_object_that_has_a_text_is_the_article_whatever_lists_it_holds(tmp_path, beside):
    articles, left_out = read_articles(write(tmp_path, "a.json", json.dumps({**ROWS[0], **beside})))
    assert articles[["article", "text"]].to_numpy().tolist() == [["x1", ONE]]
    assert left_out.empty


GUARDIAN = [
    {"id": f"world/{n}", "webTitle": f"Title {n}", "webPublicationDate": "2012-03-04", "fields": {"bodyText": text}}
    for n, text in enumerate((ONE, TWO))
]


@pytest.mark.parametrize(
    "whole",
    [
        {"response": {"status": "ok", "results": GUARDIAN}},
        {"response": {"results": GUARDIAN, "facets": [{"count": n} for n in range(5)]}},
        {"a": {"b": {"c": GUARDIAN}}, "others": GUARDIAN[:1]},
        GUARDIAN,
    ],
)
def test_the_list_of_articles_is_found_however_deep_in_objects(tmp_path, whole):
    articles, left_out = read_articles(write(tmp_path, "a.json", json.dumps(whole)))
    assert articles["article"].tolist() == ["world/0", "world/1"]
    assert articles["text"].tolist() == [ONE, TWO]
    assert articles["title"].tolist() == ["Title 0", "Title 1"]
    assert not left_out["why"].str.contains("Title").any()


def test_what_the_guardian_keeps_in_its_fields_is_known_as_it_is_beside_them(tmp_path):
    more = {"byline": "Jo Tuckman", "publication": "The Observer", "lastModified": "2012-03-05"}
    rows = [{**row, "fields": {**row["fields"], **more}} for row in GUARDIAN]
    flat = [{"fields.bodyText": ONE, **{f"fields.{name}": value for name, value in more.items()}}]
    for name, raw in [("a.json", json.dumps({"response": {"results": rows}})), ("b.csv", as_csv(flat))]:
        article = load_articles(write(tmp_path, name, raw)).iloc[0]
        assert article[["text", "byline", "outlet"]].tolist() == [ONE, "Jo Tuckman", "The Observer"]
        assert article["updated"] == pd.Timestamp("2012-03-05")


def test_of_the_guardians_two_texts_the_one_without_markup_is_taken(tmp_path):
    both = {"body": f"<p>{ONE}</p><figure><figcaption>Soldiers march.</figcaption></figure>", "bodyText": ONE}
    source = write(tmp_path, "a.json", json.dumps({"response": {"results": [{"webTitle": "A", "fields": both}]}}))
    assert load_articles(source)["text"].tolist() == [ONE]


def test_captions_and_asides_are_no_part_of_a_text_that_holds_markup(tmp_path):
    aside = "<aside><p>Related: <a href='x'>Guns flow south.</a></p></aside>"
    text = f"<p>{ONE}</p><figure><img><figcaption>Soldiers march.</figcaption></figure>{aside}<p>{TWO}</p>"
    assert load_articles(write(tmp_path, "a.csv", as_csv([{"text": text}])))["text"].tolist() == [f"{ONE}\n\n{TWO}"]


def test_event_registrys_date_is_that_of_publication_and_not_of_its_own_finding(tmp_path):
    row = {"date": "2022-01-29", "dateTime": "2022-01-29T00:30:00Z", "dateTimePub": "2022-01-28T23:45:00Z", "body": ONE}
    whole = {"articles": {"results": [row]}}
    assert load_articles(write(tmp_path, "a.json", json.dumps(whole)))["date"].iloc[0] == pd.Timestamp("2022-01-28")


def test_a_name_below_another_is_not_taken_for_the_articles_own(tmp_path):
    row = {"text": ONE, "author.url": "https://www.other.com/jo", "image.title": "A picture", "source.id": "s"}
    article = load_articles(write(tmp_path, "a.csv", as_csv([row]))).iloc[0]
    assert article[["article", "title", "outlet"]].tolist() == ["a-2", "", ""]


def test_json_without_a_text_is_told_by_the_names_of_its_list(tmp_path):
    docs = [{"abstract": ONE, "lead_paragraph": ONE, "headline": {"main": "A title"}, "pub_date": "2012-03-04"}]
    file = write(tmp_path, "a.json", json.dumps({"status": "OK", "response": {"docs": docs, "meta": {"hits": 1}}}))
    with pytest.raises(ValueError, match=r"The columns are: 'abstract', 'lead_paragraph', .* In JSON each article is"):
        load_articles(file)
    article = load_articles(file, columns={"text": "lead_paragraph"}).iloc[0]
    assert (article["text"], article["title"]) == (ONE, "A title")


def test_words_that_stand_for_nothing_are_neither_text_nor_name_nor_outlet(tmp_path):
    rows = [{"id": "NA", "text": text, "outlet": "NaN", "title": "n/a"} for text in (ONE, "NA", TWO)]
    articles, left_out = read_articles(write(tmp_path, "a.csv", as_csv(rows)))
    assert articles[["article", "outlet", "title"]].to_numpy().tolist() == [["a-2", "", ""], ["a-4", "", ""]]
    assert left_out[["row", "why"]].to_numpy().tolist() == [[3, "no text in the column 'text'"]]


def test_stubs_of_newsapi_are_left_out_or_told(tmp_path):
    rows = [{"text": f"{ONE} The army wen… [+3012 chars]"}, {"text": "[Removed]"}, {"text": f"{TWO} [+12 chars] {ONE}"}]
    file = write(tmp_path, "a.jsonl", as_jsonl(rows))
    assert load_articles(file)["text"].tolist() == [f"{ONE} The army wen…", rows[2]["text"]]
    assert reasons(file) == [
        (1, True, "only the beginning of the article: 3012 more characters are missing"),
        (2, False, "no text: its source has removed it"),
    ]
