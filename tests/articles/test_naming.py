"""Each article has a name and a label of its own."""

from hypothesis import given
from hypothesis import strategies as st

from helpers.articles.load import load_articles, read_articles
from helpers.articles.naming import name_of
from helpers.files.cells import as_csv as as_csv_file
from helpers.scale import code_corpus, read_coded
from tests.articles.made import ONE, TWO, as_csv, write


def test_the_ids_that_quanteda_gives_count_within_their_file_only(tmp_path):
    for name, text in [("a.csv", ONE), ("b.csv", TWO)]:
        write(tmp_path, name, as_csv([{"doc_id": "text1", "text": text}]))
    articles, left_out = read_articles(tmp_path)
    assert (articles["article"].tolist(), len(left_out)) == (["a-text1", "b-text1"], 0)


def test_names_hold_no_space_are_unique_and_bare_numbers_count_within_their_file(tmp_path):
    write(tmp_path, "a b.csv", as_csv([{"id": "1", "text": ONE}, {"id": "2", "text": TWO}]))
    write(tmp_path, "c.csv", as_csv([{"id": "1", "text": TWO}, {"id": "guid: 7 8", "text": ONE}]))
    write(tmp_path, "d.csv", as_csv([{"text": ONE}, {"text": TWO}]))
    names = load_articles(tmp_path)["article"].tolist()
    assert names == ["a_b-1", "a_b-2", "c-1", "d-2", "d-3", "guid_7_8"]


def test_labels_stay_short_where_many_share_a_day_or_have_none(tmp_path):
    rows = [{"id": f"the-very-long-name-of-an-article-{n}", "text": f"{ONE} {n}.", "date": ""} for n in range(2)]
    rows += [{"id": f"day{n}", "text": f"{TWO} {n}.", "date": "2012-02-27"} for n in range(2)]
    rows += [{"id": "month", "text": ONE, "date": "2012-02"}]
    labels = load_articles(write(tmp_path, "a.csv", as_csv(rows)))["label"]
    undated = ["the-very-long-name-of-a…·1", "the-very-long-name-of-a…·2"]
    assert labels.tolist() == ["2012-02", "2012-02-27·1", "2012-02-27·2", *undated]
    assert labels.is_unique


@given(st.text())
def test_a_name_holds_no_space(words):
    assert len(f"x{name_of(words)}".split()) == 1


def test_tables_join_by_names_that_begin_like_formulas(tmp_path):
    rows = [{"id": name, "text": f"{ONE} {name[1:]}."} for name in ("-abc", "=SUM(A1)", "+q", "@at", "-12")]
    articles = load_articles(write(tmp_path, "a.csv", as_csv(rows)))
    assert set(articles["article"]) == {"_-abc", "_=SUM(A1)", "_+q", "_@at", "_-12"}
    coded = tmp_path / "coded"
    code_corpus(tmp_path / "a.csv", coded, workers=1)
    assert set(read_coded(coded)["article"]) == set(articles["article"])
    ids = articles.assign(ids=articles["article"] + ":1 " + articles["article"] + ":2")[["article", "ids"]]
    assert "'" not in as_csv_file(ids)
