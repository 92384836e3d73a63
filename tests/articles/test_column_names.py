"""The names of columns are a list in seeds/, checked as it is read."""

import pytest

from helpers.articles import column_names
from helpers.articles.column_names import ARTICLE_FIELDS, CALLED, COLUMNS, NAMES, find_columns, read_names
from helpers.files.tables import read_table

HEADER = "field,name,kind,language\n"


def test_the_first_name_of_a_field_is_its_own_and_each_field_has_names():
    assert [names[0] for names in COLUMNS.values()] == ARTICLE_FIELDS
    assert all(CALLED.values())


@pytest.mark.parametrize("language", ["English", "Spanish", "French", "German", "Portuguese", "Italian"])
def test_each_language_has_a_name_for_text_date_and_outlet(language):
    names = read_table(NAMES, "field name kind language")
    own = names.loc[names["language"].str.split().map(lambda spoken: language in spoken), "field"]
    assert {"text", "title", "published", "updated", "outlet", "byline", "term", "frame"} <= {*own}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("texts,body,,English", "line 2: 'texts'"),
        ("text,body,day,English", "line 2: 'text' with the kind 'day'"),
        ("text,Full Text,,English", "line 2: write 'Full Text' once for text, as 'fulltext'"),
        ("text,body,,English\ntext,body,,German", "line 3: write 'body' once"),
    ],
)
def test_a_name_that_cannot_be_compared_is_told_by_its_line(tmp_path, monkeypatch, row, told):
    file = tmp_path / "names.csv"
    file.write_text(HEADER + row + "\n", "utf-8")
    monkeypatch.setattr(column_names, "NAMES", file)
    with pytest.raises(ValueError, match=told):
        read_names()


def test_a_row_s_own_date_is_taken_only_where_no_other_dates_the_article():
    assert find_columns(["text", "created_at", "fecha"], {})["published"] == ["fecha"]
    assert find_columns(["text", "created_at"], {})["published"] == ["created_at"]
