"""columns.csv is followed at any scale."""

from concurrent.futures import ThreadPoolExecutor

from helpers.scale import code_corpus, read_coded
from tests.articles.made import ONE, as_csv, write


def test_columns_csv_names_the_columns_of_a_corpus(tmp_path):
    write(tmp_path, "in/a.csv", as_csv([{"Wortlaut": ONE, "Erschienen": "2012-03-04"}]))
    write(tmp_path, "in/columns.csv", "field,column\ntext,Wortlaut\npublished,Erschienen\n")
    with ThreadPoolExecutor(1) as pool:
        code_corpus(tmp_path / "in", tmp_path / "out", pool)
    assert set(read_coded(tmp_path / "out", "frames")["period"]) == {"2012"}
