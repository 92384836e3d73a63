"""What code_corpus wrote, as the notebooks' measures and loading take it."""

import json

import pandas as pd
import pytest

from helpers.articles.coded_folder import MADE_OF
from helpers.articles.dates_shown import by_date
from helpers.articles.load import read_articles
from helpers.codebook.hits import find_hits, share_of_sentences
from helpers.codebook.terms import load_codebook
from helpers.scale import code_corpus, read_coded, read_shares
from helpers.text.split import split_sentences

TEXTS = [
    "The army fought the cartels with arms. Judges met. Arms came from the north.",
    "Money was laundered in banks. The two countries share responsibility.",
    "Nothing of the kind happened here on that day. People went to the market.",
]


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("coded")
    rows = [(f"n{i}", f"20{10 + i % 4}-03-0{1 + i % 5}", "The Post", TEXTS[i % 3]) for i in range(12)]
    pd.DataFrame(rows, columns=["id", "date", "outlet", "text"]).to_csv(folder / "a.csv", index=False)
    code_corpus(folder / "a.csv", folder / "out", hits=True, workers=1)
    return folder


def test_shares_are_those_of_the_notebooks(coded):
    articles = read_articles(coded / "a.csv")[0]
    sentences = split_sentences(articles)
    direct = share_of_sentences(find_hits(sentences, load_codebook()), sentences).astype({"frame": str})
    shares, keys = read_shares(coded / "out"), ["article", "frame"]
    kept = [*keys, "carrying", "sentences", "share", "ids"]
    assert direct["carrying"].sum()
    pd.testing.assert_frame_equal(
        shares.astype({"frame": str})[kept].sort_values(keys, ignore_index=True),
        direct[kept].sort_values(keys, ignore_index=True),
    )
    yearly = articles.assign(date=articles["date"].dt.to_period("Y").dt.start_time)
    own, theirs = by_date(shares, shares.drop_duplicates("article")), by_date(direct, yearly)
    assert own["date"].nunique() == 4
    assert own["carrying"].tolist() == theirs["carrying"].tolist()


def test_as_a_source_it_is_the_articles_it_was_made_from(coded):
    for ours, theirs in zip(read_articles(coded / "out"), read_articles(coded / "a.csv"), strict=True):
        pd.testing.assert_frame_equal(ours, theirs)


@pytest.mark.parametrize("address", ["file:///no/such/file.csv", "s3://archive/a.csv"])
def test_articles_that_cannot_be_had_are_named(address, tmp_path):
    (tmp_path / MADE_OF).write_text(json.dumps({"articles": {address: [1, ""]}, "columns": {}}), "utf-8")
    with pytest.raises(ValueError, match=address.rpartition("/")[2]):
        read_articles(tmp_path)


def test_articles_of_one_name_are_refused(tmp_path):
    pd.DataFrame({"id": ["x", "x"], "text": TEXTS[:2]}).to_csv(tmp_path / "a.csv", index=False)
    with pytest.warns(UserWarning, match="x"):
        code_corpus(tmp_path / "a.csv", tmp_path / "out", hits=True, workers=1)
    with pytest.raises(ValueError, match="'x'"):
        read_shares(tmp_path / "out")


@pytest.mark.parametrize(
    "note",
    ["", "[]", "{}", '{"articles": {}, "columns": {}}', '{"articles": {"file:///x": [1]}, "columns": {}}'],
)
def test_a_note_that_is_not_as_it_was_written_is_named(note, tmp_path):
    (tmp_path / MADE_OF).write_text(note, "utf-8")
    with pytest.raises(ValueError, match=MADE_OF):
        read_articles(tmp_path)
    with pytest.raises(ValueError, match=MADE_OF):
        read_coded(tmp_path)


def test_what_was_written_among_the_articles_is_no_article(tmp_path):
    (tmp_path / "a.txt").write_text("The border was closed on Monday. Officials said so.", "utf-8")
    (tmp_path / "coded").mkdir()
    (tmp_path / "coded" / ".DS_Store").write_bytes(b"the system's")
    for _ in range(2):
        code_corpus(tmp_path, tmp_path / "coded", workers=1)
    articles, left_out = read_articles(tmp_path)
    assert articles["article"].tolist() == ["a"] and left_out.empty
