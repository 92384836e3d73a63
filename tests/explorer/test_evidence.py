"""What the explorer shows of articles made for the purpose."""

import pandas as pd

from helpers.codebook.hits import find_hits
from helpers.explorer import evidence
from helpers.explorer.evidence import gather_evidence
from helpers.text.split import split_sentences

BOOK = pd.DataFrame({"frame": ["force", "trade"], "term": ["soldiers", "customs"]})
VOTES = pd.DataFrame({"article": [], "sentence": [], "frame": [], "value": []}).astype({"sentence": int})


def made(dates, text="Soldiers came. Nobody saw them.\n\nCustoms were closed."):
    dates = pd.to_datetime(pd.Series(dates))
    table = pd.DataFrame({"article": [f"a{n}" for n in range(len(dates))], "date": dates, "text": text})
    return table.assign(label=table["article"], date_precision="day", outlet="", title="", url="")


def gathered(articles, votes=VOTES, **asked):
    sentences = split_sentences(articles)
    return gather_evidence(articles, sentences, find_hits(sentences, BOOK), votes, ["trade", "force"], **asked)


def test_a_row_is_a_sentence_with_its_hits_and_votes():
    votes = pd.DataFrame({"article": "a0", "sentence": [1, 2], "frame": ["force", "trade"], "value": [1, 0]})
    (article,) = gathered(made(["2012-02-27"]), votes)["articles"]
    assert article["rows"] == [
        [1, 0, "Soldiers came.", [[1, 0, 8, 0]], ".1"],
        [2, 0, "Nobody saw them.", [], "0."],
        [3, 1, "Customs were closed.", [[0, 0, 7, 0]], ""],
    ]
    assert (article["sentences"], article["decided"]) == (3, [1, 1])


def test_a_column_is_named_by_the_shortest_date_that_only_its_articles_begin_with():
    few = gathered(made(["2012-02-27", "2012-02-28", "2012-03-01", "2013-05-05"]))
    assert [column["key"] for column in few["columns"]] == ["2012-02-27", "2012-02-28", "2012-03", "2013"]
    years = gathered(made([f"{2000 + n // 5}-01-{1 + n:02}" for n in range(20)]))
    assert [column["key"] for column in years["columns"]] == ["2000", "2001", "2002", "2003"]
    for article in years["articles"]:
        assert article["date"].startswith(years["columns"][article["column"]]["key"])


def test_many_articles_keep_only_the_sentences_that_carry_a_frame(monkeypatch):
    monkeypatch.setattr(evidence, "MOST", 1)
    told = gathered(made(["2012-02-27", "2012-02-28"]))
    assert told["hits_only"]
    assert [[row[0] for row in article["rows"]] for article in told["articles"]] == [[1, 3], [1, 3]]
