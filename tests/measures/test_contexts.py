"""Concordance and collocates: worked examples, properties that hold for any text, and counts by another road."""

import math
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.text import ConcordanceIndex
from scipy.stats import chi2_contingency

from helpers.codebook.hits import find_hits
from helpers.codebook.terms import as_codebook, frames_of, load_codebook
from helpers.files.tables import SEEDS, read_table
from helpers.findings.page import readable_concordance
from helpers.measures.contexts import (
    collocates,
    collocates_by_article,
    concordance,
    neighbours,
    sort_by_neighbour,
    word_form,
)
from helpers.text.split import split_sentences, split_words

WORDS = [
    "arms",
    "Arms",
    "drug",
    "drugs",
    "the",
    "fight",
    "war on drugs",
    "U.S.-Mexico",
    "José’s",
    ",",
    ". ",
    "“",
    "\n\n",
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
BOOK = pd.DataFrame({"frame": ["a", "a", "a", "b", "b", "none"], "term": "arms war U.S. drug drugs fight".split()})


def sentences_of(*texts):
    return split_sentences(pd.DataFrame({"article": [f"x{i}" for i in range(len(texts))], "text": texts}))


@pytest.fixture(scope="module")
def keywords():
    return load_codebook(SEEDS / "keywords.csv")


def test_no_context_crosses_a_sentences_end():
    lines = concordance(sentences_of("Guns flow south. Drugs flow north. Cash too."), as_codebook(["drugs"]))
    assert lines[["left", "node", "right"]].to_numpy().tolist() == [["", "Drugs", "flow north"]]


def test_a_phrase_is_one_node_and_a_node_is_made_of_whole_words():
    text = "He said the “war on drugs” killed U.S.-Mexico ties."
    assert concordance(sentences_of(text), as_codebook(["war on drug*"]), window=2)[
        ["left", "node", "right"]
    ].to_numpy().tolist() == [["said the “", "war on drugs", "” killed U.S.-Mexico"]]
    assert concordance(sentences_of(text), as_codebook(["U.S."]))["node"].tolist() == ["U.S.-Mexico"]


@given(TEXTS, st.integers(1, 6))
def test_lines_are_the_hits_and_their_offsets_hold(text, window):
    sentences = sentences_of(text)
    lines, hits = concordance(sentences, BOOK, window=window), find_hits(sentences, BOOK)
    assert len(lines) == len(hits)
    words = split_words(sentences)
    for line, hit in zip(lines.itertuples(), hits.itertuples(), strict=True):
        assert (line.frame, line.term) == (hit.frame, hit.term)
        assert line.start <= hit.start < hit.end <= line.end
        assert text[line.start : line.end] == line.node
        assert text[line.left_start : line.start].strip() == line.left
        assert text[line.end : line.right_end].strip() == line.right
        own = words[words["sentence"].eq(line.sentence)]
        before, after = own["end"].le(line.start).sum(), own["start"].ge(line.end).sum()
        near = own["start"].ge(line.left_start) & own["end"].le(line.right_end)
        assert (near & own["end"].le(line.start)).sum() == min(window, before)
        assert (near & own["start"].ge(line.end)).sum() == min(window, after)


@given(st.lists(st.sampled_from(["arms", "drug", "the", "fight", "war"]), min_size=1, max_size=30), st.integers(1, 5))
def test_nltks_concordance_finds_the_same_lines(tokens, window):
    """NLTK's index gives the places of "drug"; its neighbours are then so many tokens before and after."""
    places = ConcordanceIndex(tokens).offsets("drug")
    lines = concordance(sentences_of(" ".join(tokens)), as_codebook(["drug"]), window=window)
    assert lines["left"].str.split().tolist() == [tokens[max(0, i - window) : i] for i in places]
    assert lines["right"].str.split().tolist() == [tokens[i + 1 : i + 1 + window] for i in places]


def test_lines_are_sorted_by_the_words_on_the_right_nearest_first():
    lines = pd.DataFrame({"left": list("abcd"), "right": ["”Z y", "x", "", "z a"]})
    assert sort_by_neighbour(lines)["right"].tolist() == ["", "x", "z a", "”Z y"]


@given(st.lists(TEXTS, min_size=1, max_size=3), st.integers(1, 5), st.integers(1, 3))
def test_collocates_counted_by_another_road(texts, window, minimum):
    """Brute force: walk the words of every sentence, mark the nodes, look around each word for a node."""
    sentences = sentences_of(*texts)
    table = collocates(sentences, BOOK, window=window, minimum=minimum).set_index(["frame", "word"])
    words, lines = split_words(sentences), concordance(sentences, BOOK, window=window)
    expected = {}
    for frame in frames_of(BOOK):
        near, total, where = Counter(), Counter(), {}
        for (article, number), own in words.groupby(["article", "sentence"]):
            mine = lines[lines["article"].eq(article) & lines["sentence"].eq(number) & lines["frame"].eq(frame)]
            inside = [any(n.start <= w.start < n.end for n in mine.itertuples()) for w in own.itertuples()]
            for i, word in enumerate(map(word_form, own["token"])):
                if inside[i]:
                    continue
                total[word] += 1
                if any(inside[max(0, i - window) : i + window + 1]):
                    near[word] += 1
                    where.setdefault(word, set()).add(article)
        for word, count in near.items():
            if count >= minimum:
                key = (count, total[word], sum(near.values()), sum(total.values()), len(where[word]))
                expected[frame, word] = key
    columns = ["near", "total", "window_words", "words", "articles"]
    assert {key: tuple(row) for key, row in zip(table.index, table[columns].to_numpy(), strict=True)} == expected


def test_the_measures_by_their_formulas(sentences, keywords):
    """Log-likelihood by scipy's contingency table; log ratio and logDice written out."""
    table = collocates(sentences, keywords, minimum=1)
    assert len(table) > 200
    for row in table.itertuples():
        cells = [
            [row.near, row.window_words - row.near],
            [row.total - row.near, row.words - row.window_words - row.total + row.near],
        ]
        if row.total < row.words:
            result = chi2_contingency(cells, correction=False, lambda_="log-likelihood")
            assert row.log_likelihood == pytest.approx(result.statistic)
            assert row.expected == pytest.approx(result.expected_freq[0, 0])
        elsewhere = (row.total - row.near) or 0.5
        ratio = (row.near / row.window_words) / (elsewhere / (row.words - row.window_words))
        assert row.log_ratio == pytest.approx(math.log2(ratio))
        together = min(row.near, row.hits_near)
        assert row.log_dice == pytest.approx(14 + math.log2(2 * together / (row.hits + row.total)))
    assert table["log_dice"].max() <= 14


def test_words_that_never_stand_apart_reach_fourteen_and_no_more():
    """Rychlý 2008, p. 9: the maximum of logDice. It holds also where a word is near two hits, or twice near one."""
    for text in ("Arms deal.", "Arms deal arms.", "Deal arms deal."):
        assert collocates(sentences_of(f"{text} Quiet."), as_codebook(["arms"]), minimum=1)["log_dice"].max() <= 14
    table = collocates(sentences_of("Arms deal. Arms deal. Quiet."), as_codebook(["arms"]))
    assert table[["word", "near", "log_dice"]].to_numpy().tolist() == [["deal", 2, 14.0]]


def test_rows_are_ordered_by_log_likelihood_ties_by_name(sentences, keywords):
    table = collocates(sentences, keywords)
    assert table["frame"].drop_duplicates().tolist() == frames_of(keywords)
    for _, own in table.groupby("frame"):
        keys = list(zip(-own["log_likelihood"].round(9), own["word"], strict=True))
        assert keys == sorted(keys)


def test_a_wrong_window_or_term_is_reported(sentences, keywords):
    with pytest.raises(ValueError, match="window is 0"):
        concordance(sentences, keywords, window=0)
    for term in ("", "*", "…", "arms*dealer"):
        with pytest.raises(ValueError, match="as_codebook"):
            as_codebook([term])


def test_every_count_by_article_is_its_sentences(articles, sentences, keywords):
    near, lines = neighbours(sentences, keywords), concordance(sentences, keywords)
    found = collocates(sentences, keywords, minimum=1)
    counts = collocates_by_article(near, lines, found, articles)
    assert len(counts) == len(found) * len(articles)
    assert counts["ids"].str.split().str.len().eq(counts["near"]).all()
    sums = counts.groupby(["frame", "word"], sort=False)["near"].sum()
    assert sums.tolist() == found["near"].tolist()
    texts = {f"{row.article}:{row.sentence}": row.text for row in sentences.itertuples()}
    for row in counts[counts["near"] > 0].itertuples():
        for name in row.ids.split():
            assert name.startswith(row.article)
            assert row.word.lower() in texts[name].lower().replace("’", "'")


def test_what_was_read_by_hand_in_the_articles(sentences, keywords):
    """Fights against drugs: 2008 sentence 1, 2017 sentence 1, 2021 sentence 14. Cartels after "drug": five times, the
    last in 2017; trafficking after "drug": three times, all in 2021."""
    near = neighbours(sentences, keywords).query("frame == 'drug'").assign(year=lambda t: t["article"].str[:3])
    places = {word: list(zip(own["year"], own["sentence"], strict=True)) for word, own in near.groupby("word")}
    assert sorted(places["fight"]) == [("000", 1), ("002", 14), ("004", 1)]
    assert sorted(places["cartels"]) == [("000", 1), ("000", 3), ("001", 6), ("004", 1), ("004", 4)]
    assert sorted(places["trafficking"]) == [("002", 4), ("002", 14), ("002", 15)]


def test_the_key_words_notes_quote_their_sentences(sentences, keywords):
    years = {"2008": "000", "2012": "001", "2017": "004", "2021": "002", "2022": "003"}
    sentences = sentences.set_index([sentences["article"].str[:3], "sentence"])["text"]
    quoted = keywords["note"].str.extract(r"\((\d{4}), sentence (\d+): \"(.+)\"\)").dropna()
    assert len(quoted) >= 8
    for row in quoted.itertuples(index=False):
        assert row[2] in sentences[years[row[0]], int(row[1])].lower().replace("no more", "No more")


def test_function_words_stand_once_each_as_they_are_counted():
    words = read_table(SEEDS / "function_words.csv", "word kind")["word"]
    assert words.is_unique
    assert words.map(word_form).eq(words).all()


def test_a_line_is_readable_and_its_marks_are_harmless():
    lines = pd.DataFrame({"label": ["2008"], "sentence": [1], "left": ["a | *b"], "node": ["c_d"], "right": ["$5"]})
    table = readable_concordance(lines).data
    assert table.splitlines()[1] == "| :--- | ---: | ---: | :---: | :--- |"
    assert table.splitlines()[2] == "| 2008 | 1 | a\u00a0\\|\u00a0\\*b | **c\\_d** | \\$5 |"
    assert readable_concordance(lines.iloc[:0]).data == "No hit."
