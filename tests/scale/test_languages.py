"""At scale the same articles are measured as in notebooks, and each term is searched in its own languages."""

import json
import random

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.articles.load import load_articles
from helpers.codebook.hits import find_hits
from helpers.codebook.languages import measured_articles
from helpers.codebook.terms import load_codebook
from helpers.scale import read_coded
from helpers.text.split import split_sentences
from tests.newswire import write_articles
from tests.scale.made import code

TWO = pd.DataFrame(
    [
        ("a", "agreement*", "English"), ("a", "acuerdo*", "Spanish"), ("a", "once", "English"),
        ("b", "drug*", ""), ("b", "droga*", "Spanish Portuguese"), ("b", "tráfico", "Spanish"),
    ],
    columns=["frame", "term", "language"],
)  # fmt: skip


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """Articles in three languages, in no order, and some too short to tell."""
    folder, made = tmp_path_factory.mktemp("rows"), []
    for language, number in (("English", 30), ("Spanish", 20), ("Portuguese", 6)):
        lines = write_articles(folder / "x.jsonl", language, number).read_text("utf-8").splitlines()
        made += [json.loads(line) for line in lines]
    made += [{"id": f"short-{i}", "published": "2012-03-04", "text": "12.5 % drugs."} for i in range(3)]
    random.Random(1).shuffle(made)
    return made


def write(rows, folder, kind):
    folder.mkdir()
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), folder / "a.parquet")
    elif kind == "jsonl":
        (folder / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    else:
        for row in rows:
            (folder / f"{row['id']}.txt").write_text(row["text"], "utf-8")
    return folder


@pytest.mark.parametrize("kind", ["parquet", "jsonl", "txt"])
def test_the_same_articles_are_left_out_as_in_notebooks(tmp_path, rows, kind):
    source = write(rows, tmp_path / "in", kind)
    with pytest.warns(UserWarning, match=r"left out: \d+ .*in (Spanish|Portuguese), which has no terms here"):
        code(source, tmp_path / "out", codebook=load_codebook())
    kept = measured_articles(load_articles(source), load_codebook())
    assert set(read_coded(tmp_path / "out")["article"]) == set(kept["article"])
    left = read_coded(tmp_path / "out", "left_out").query("not kept")
    assert len(left) == 26 and left["why"].str.contains("Spanish").sum() == 20
    told = {row["id"]: place for place, row in enumerate(rows)}
    if kind == "parquet":
        assert all(told[row.article] + 1 == row.row for row in left.itertuples())


def test_a_term_is_searched_only_in_articles_of_its_languages(tmp_path, rows):
    """In notebooks and at scale; where the language is not known, every term is."""
    rows = [row | {"text": f"{row['text']} Once acuerdos, agreements, droga."} for row in rows]
    source = write(rows, tmp_path / "in", "jsonl")
    kept = measured_articles(load_articles(source), TWO)
    hits = find_hits(split_sentences(kept), TWO)
    found = hits.merge(kept[["article", "language"]]).groupby("language")["term"].agg(set).to_dict()
    assert found["English"] == {"agreement*", "once", "drug*"}
    assert found["Spanish"] == {"acuerdo*", "droga*", "tráfico"}
    assert set(kept["language"]) <= {"English", "Spanish", ""}
    with pytest.warns(UserWarning, match="Portuguese"):
        code(source, tmp_path / "out", codebook=TWO, hits=True)
    order = ["article", "start", "frame"]
    coded = read_coded(tmp_path / "out", "hits").sort_values(order, ignore_index=True)
    pd.testing.assert_frame_equal(coded, hits.sort_values(order, ignore_index=True))


def test_a_list_without_languages_is_searched_in_every_article(tmp_path, rows):
    source = write(rows, tmp_path / "in", "jsonl")
    code(source, tmp_path / "out", codebook=TWO.drop(columns="language"))
    assert read_coded(tmp_path / "out")["article"].nunique() == len(rows)
