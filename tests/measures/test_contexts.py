"""Concordance and collocates: worked examples, properties that hold for any text, and counts by another road."""

import math
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from nltk.text import ConcordanceIndex
from scipy.stats import chi2_contingency

from helpers.codebook.hits import find_hits
from helpers.codebook.terms import as_codebook, frames_of, load_codebook
from helpers.figures.words import draw_company, draw_network
from helpers.files.tables import SEEDS, read_table
from helpers.findings.answers import (
    readable_concordance,
    tell_company,
    tell_longest_company,
    tell_passing_company,
    tell_shared_company,
    tell_thin_company,
)
from helpers.measures.contexts import (
    MEASURES,
    collocates,
    company_by_article,
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


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


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


def test_lines_are_sorted_by_the_nearest_word_first():
    lines = pd.DataFrame({"left": ["b a", "a B", "", "c, a"], "right": ["”Z y", "x", "", "z a"]})
    assert sort_by_neighbour(lines, side="left").index.tolist() == [0, 1, 2, 3]
    assert sort_by_neighbour(lines, side="left")["left"].tolist() == ["", "b a", "c, a", "a B"]
    assert sort_by_neighbour(lines, side="right")["right"].tolist() == ["", "x", "z a", "”Z y"]
    with pytest.raises(ValueError, match="side is 'middle'"):
        sort_by_neighbour(lines, side="middle")


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


@pytest.mark.parametrize("measure", MEASURES)
def test_rows_are_ordered_by_the_measure_that_is_named_ties_by_name(sentences, keywords, measure):
    table = collocates(sentences, keywords, measure=measure)
    assert table["frame"].drop_duplicates().tolist() == frames_of(keywords)
    for _, own in table.groupby("frame"):
        keys = list(zip(-own[measure].round(9), own["word"], strict=True))
        assert keys == sorted(keys)


def test_a_wrong_measure_window_or_term_is_told(sentences, keywords):
    with pytest.raises(ValueError, match="measure is 't_score'; it may be log_likelihood"):
        collocates(sentences, keywords, measure="t_score")
    with pytest.raises(ValueError, match="window is 0"):
        concordance(sentences, keywords, window=0)
    for term in ("", "*", "…", "arms*dealer"):
        with pytest.raises(ValueError, match="as_codebook"):
            as_codebook([term])


def test_every_count_by_article_is_its_sentences(articles, sentences, keywords):
    near, lines = neighbours(sentences, keywords), concordance(sentences, keywords)
    found = collocates(sentences, keywords, minimum=1)
    company = company_by_article(near, lines, found, articles)
    assert len(company) == len(found) * len(articles)
    assert company["ids"].str.split().str.len().eq(company["near"]).all()
    sums = company.groupby(["frame", "word"], sort=False)["near"].sum()
    assert sums.tolist() == found["near"].tolist()
    texts = {f"{row.article}:{row.sentence}": row.text for row in sentences.itertuples()}
    for row in company[company["near"] > 0].itertuples():
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


def company_of(**near):
    rows = [
        (frame, word, f"x{i}", str(2000 + i), 1, count)
        for pair, counts in near.items()
        for frame, word in [pair.split("__")]
        for i, count in enumerate(counts)
    ]
    return pd.DataFrame(rows, columns=["frame", "word", "article", "label", "hits", "near"])


def test_the_sentences_turn_with_the_counts():
    lines = pd.DataFrame({"frame": ["a", "a", "b"], "article": ["x0", "x1", "x0"]})
    company = company_of(a__gun=[1, 1], a__war=[0, 2], b__war=[2, 0])
    kept = tell_company(company, lines, ["a", "b", "c"])
    assert kept.startswith("1 of 3 pairs of key word and company stands in more than one article.")
    assert "**A** (hits: 2, articles: 2) keeps gun (2000 and 2001)." in kept
    assert "**B** (hits: 1, articles: 1) keeps no word near it in a second article." in kept
    assert "**C** is nowhere." in kept
    assert tell_passing_company(company, ["a", "b"]) == (
        "The other 2 belong to one article only: a: war (2001); b: war (2000)."
    )
    assert tell_longest_company(company) == "Most constant company, in 2 of 2 articles: a with gun"
    assert tell_shared_company(company) == "Near 2 of 2 key words: war"
    other = company_of(a__gun=[1, 0])
    assert tell_company(other, lines, []) == "None of 1 pair of key word and company stands in more than one article."
    assert tell_longest_company(other) == "No word stays near its key word in a second article"
    assert tell_shared_company(other) == "No word stands near two key words"
    assert tell_passing_company(company_of(a__gun=[1, 1]), ["a"]).startswith("No word stands near its key word in one")


def test_places_that_are_all_as_many_are_told_once():
    found = pd.DataFrame({"near": [2, 2, 5], "articles": [1, 2, 1]})
    assert tell_thin_company(found).startswith("Of the 3 pairs, 2 stand together 2 times only, the fewest of all; the")
    assert tell_thin_company(found.head(2)).startswith("Both pairs stand together 2 times. Of the 1 in more than one")
    assert tell_thin_company(found.tail(1)) == "The one pair stands together 5 times. None is in more than one article."


def test_without_a_hit_or_with_one_article_there_is_still_an_answer_and_a_figure(keywords):
    for texts in (["Quiet."], ["Drug cartels fight. A drug cartels fight."], ["Drug drug.", "Arms."]):
        sentences = sentences_of(*texts)
        articles = sentences[["article"]].drop_duplicates().assign(label=lambda t: t["article"])
        near, lines = neighbours(sentences, keywords), concordance(sentences, keywords)
        found = collocates(sentences, keywords)
        company = company_by_article(near, lines, found, articles)
        assert tell_company(company, lines, frames_of(keywords))
        assert tell_thin_company(found)
        draw_company(company, title=tell_longest_company(company)).draw_without_rendering()
        draw_network(company, title=tell_shared_company(company)).draw_without_rendering()


def boxes_of(fig):
    """The texts of a figure's only axes and where they stand, in pixels."""
    fig.draw_without_rendering()
    return [(text.get_text(), text.get_window_extent()) for text in fig.axes[0].texts]


@pytest.mark.parametrize("minimum", [1, 2])
def test_no_two_names_in_the_network_touch(articles, sentences, keywords, minimum):
    near, lines = neighbours(sentences, keywords), concordance(sentences, keywords)
    grammar = read_table(SEEDS / "function_words.csv", "word kind")["word"]
    found = collocates(sentences, keywords, minimum=minimum)
    found = found[~found["word"].isin(grammar)].groupby("frame", sort=False).head(10)
    links = company_by_article(near, lines, near[near["word"].isin(found["word"])], articles)
    boxes = boxes_of(draw_network(links, title="x"))
    assert len(boxes) == 4 + found["word"].nunique()
    for i, (one, box) in enumerate(boxes):
        for other, its in boxes[i + 1 :]:
            assert not box.overlaps(its), (one, other)


def test_in_the_network_a_word_of_several_key_words_stands_between_them_and_a_word_of_one_outside():
    company = company_of(a__war=[1, 0], a__gun=[1, 1], b__war=[0, 2], c__war=[1, 0], c__law=[2, 0], b__low=[1, 0])
    fig = draw_network(company, title="x")
    place = {text.get_text(): text.get_position() for text in fig.axes[0].texts}
    across, down = ({name: at[axis] for name, at in place.items()} for axis in (0, 1))
    assert across["gun"] < across["a"] < across["war"] < across["c"] < across["law"]
    assert across["low"] < across["b"] == across["a"]  # of three key words two stand left
    assert all(down[word] == down[key] for word, key in (("gun", "a"), ("low", "b"), ("law", "c")))
    assert down["a"] < down["war"] < down["b"]


def test_the_network_is_the_same_whatever_the_order_of_its_rows(articles, sentences, keywords):
    near, lines = neighbours(sentences, keywords), concordance(sentences, keywords)
    found = collocates(sentences, keywords)
    links = company_by_article(near, lines, found, articles)
    shuffled = links.sample(frac=1, random_state=np.random.default_rng(1)).sort_values("frame", kind="stable")
    straight = links.sort_values("frame", kind="stable")
    one, other = boxes_of(draw_network(straight, title="x")), boxes_of(draw_network(shuffled, title="x"))
    assert [(name, box.bounds) for name, box in one] == [(name, box.bounds) for name, box in other]
