"""columns.csv says what a reader's columns are called, wherever their articles are read."""

import pandas as pd
import pytest

from helpers.articles.load import load_articles, read_articles
from helpers.run.own import own_folder
from tests.articles.made import ONE, TWO, as_csv, as_jsonl, as_parquet, write

ROWS = [{"Wortlaut": ONE, "Erschienen": "2012-03-04"}, {"Wortlaut": TWO, "Erschienen": "2012-03-05"}]
SAID = "field,column\ntext,Wortlaut\npublished,Erschienen\n"


def test_columns_csv_names_the_columns_of_the_tables_beside_it(tmp_path):
    file = write(tmp_path, "a.csv", as_csv(ROWS))
    with pytest.raises(ValueError, match="no column is known to be the text"):
        load_articles(file)
    write(tmp_path, "columns.csv", SAID.replace(",", ";"))
    for source in (file, tmp_path):
        articles, left_out = read_articles(source)
        assert articles["text"].tolist() == [ONE, TWO]
        assert articles["date"].tolist() == [pd.Timestamp("2012-03-04"), pd.Timestamp("2012-03-05")]
        assert left_out.empty
    assert load_articles(file, columns={"text": "Wortlaut"})["date"].isna().all(), "what is said in Python goes first"


def test_letters_in_columns_csv_may_be_small_or_capital(tmp_path):
    write(tmp_path, "a.csv", as_csv(ROWS))
    write(tmp_path, "columns.csv", "field,column\nText,wortlaut\nPublished,ERSCHIENEN\n")
    articles, left_out = read_articles(tmp_path)
    assert articles["text"].tolist() == [ONE, TWO]
    assert articles["date"].notna().all()
    assert left_out.empty


@pytest.mark.parametrize("write_as", [as_csv, as_jsonl, as_parquet])
def test_a_table_with_none_of_its_columns_is_read_by_known_names_and_told(tmp_path, write_as):
    write(tmp_path, "a.csv", as_csv(ROWS[:1]))
    write(tmp_path, "columns.csv", SAID)
    name = f"b.{write_as.__name__[3:]}"
    write(tmp_path, name, write_as([{"text": TWO, "date": "2013-03-04"}]))
    articles, left_out = read_articles(tmp_path)
    assert articles["text"].tolist() == [ONE, TWO]
    assert left_out[["file", "row", "kept"]].to_numpy().tolist() == [[name, 0, True]]
    assert "'Wortlaut', 'Erschienen'" in left_out["why"].iloc[0]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("field,column\nWortlaut,text\n", r"columns\.csv, line 2: 'Wortlaut' is not a field"),
        (f"{SAID}text,Erschienen\n", r"columns\.csv, line 4: 'text' is given twice"),
        ("text,date\nWortlaut,Erschienen\n", r"columns\.csv"),
    ],
)
def test_a_fault_in_columns_csv_is_told_with_its_line(tmp_path, said, error):
    write(tmp_path, "a.csv", as_csv(ROWS))
    write(tmp_path, "columns.csv", said)
    with pytest.raises(ValueError, match=error):
        load_articles(tmp_path)


def test_a_run_with_other_columns_is_another_run(tmp_path):
    file = write(tmp_path, "a.csv", as_csv(ROWS))
    for source in (file, tmp_path):
        before = own_folder(tmp_path, {"SOURCE": str(source)})
        write(tmp_path, "columns.csv", SAID)
        assert own_folder(tmp_path, {"SOURCE": str(source)}) != before
        (tmp_path / "columns.csv").unlink()
