"""A page shows what is in a table, and no character of a text means anything to Markdown."""

import lxml.html
import mistune
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.findings.page import answer, as_table, fold_sentences, readable, readable_concordance
from helpers.findings.words import count_numbers, escaped, first_that_fits, length_in_words


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("FIGURES", str(tmp_path))
    return tmp_path


def test_a_concordance_line_is_readable_and_its_marks_are_harmless():
    lines = pd.DataFrame({"label": ["2008"], "sentence": [1], "left": ["a | *b"], "node": ["c_d"], "right": ["$5"]})
    table = readable_concordance(lines, most=1, each="label", name="00-lines").data
    assert table.splitlines()[2] == "| 2008 | 1 | a\u00a0\\|\u00a0\\*b | **c\\_d** | <span>\\$</span>5 |"
    assert readable_concordance(lines.iloc[:0], most=1, each="label", name="00-lines").data == "No hit."


def test_an_answer_is_a_verdict_its_table_and_a_file_with_the_ids(folder):
    findings = pd.DataFrame({"frame": ["arms_control"], "first": ["none"], "first_at": ["2008"], "ids": ["x:1 x:2"]})
    page = answer("It rises.", findings, "00-findings").data
    assert page.split("\n\n")[0] == "**Answer.** It rises."
    assert "| arms control | none (2008) |" in page and "x:1" not in page
    assert pd.read_csv(folder / "00-findings.csv")["ids"].tolist() == ["x:1 x:2"]


def test_missing_values_show_nothing_and_yes_and_no_are_words():
    table = pd.DataFrame({"a": [np.nan, "b"], "n": [1234.5, np.nan], "is": [True, False], "none": [None, None]})
    assert as_table(table).splitlines()[2:] == ["|  | 1,234 | yes |", "| b |  | no |"]


def test_of_many_rows_a_few_are_shown_of_each_and_all_are_written(folder):
    table = pd.DataFrame({"frame": list("aaaaabb"), "text": list("1234567"), "spans": [[(0, 1)]] * 7})
    page = readable(table, each="frame", most=2, name="00-all").data
    shown = [line.split("|")[2].strip() for line in page.splitlines()[2:6]]
    assert shown == ["**1**", "**5**", "**6**", "**7**"]
    assert "4 of 7 rows" in page
    assert len(pd.read_csv(folder / "00-all.csv")) == 7


def sentences_of(*texts, spans=((0, 1),)):
    table = pd.DataFrame(
        {"text": texts, "frame": "arms_control", "label": "2008", "sentence": range(1, len(texts) + 1)}
    )
    return table.assign(article="x", spans=[list(spans)] * len(texts))


def test_sentences_are_folded_under_their_mark_which_leads_to_all_of_them(folder):
    both = pd.concat([sentences_of("one", "two", "three"), sentences_of("four").assign(article="y", label="2012")])
    marks = pd.DataFrame({"article": ["x", "y"], "mark": ["2008", "2012"], "key": ["2008-02", "2012"]})
    page = fold_sentences(both, ["frame", "mark"], marks=marks, most=2, name="00-all").data
    shown = lxml.html.fromstring(mistune.html(page))
    assert [summary.text for summary in shown.iter("summary")] == ["arms control, 2008: 3", "arms control, 2012: 1"]
    first, _ = shown.iter("details")
    assert [item.text_content() for item in first.iter("li")] == ["2008, 1: one", "2008, 3: three", "In the explorer"]
    assert [word.text for word in first.iter("strong")] == ["o", "t"]
    asked = "../figures/explorer.html#frame=arms_control&from=2008-02&to=2008-02"
    assert first.find(".//a").get("href") == asked
    assert len(pd.read_csv(folder / "00-all.csv")) == 4
    assert fold_sentences(both.head(0), ["frame", "mark"], marks=marks, most=2).data == "None."


def test_of_many_marks_a_few_of_each_frame_are_shown_and_the_first_and_last_are_among_them():
    many = pd.concat([sentences_of("one").assign(mark=f"{year}") for year in range(1900, 1930)])
    page = fold_sentences(many, ["frame", "mark"], most=1).data
    assert page.count("<details>") == 12 and "12 of 30 marks." in page
    assert "control, 1900: 1" in page and "control, 1929: 1" in page


def test_hits_that_touch_are_bold_once():
    page = fold_sentences(sentences_of("free trade deal now", spans=[(5, 10), (0, 10), (10, 15)]), ["frame"], most=1)
    assert "**free trade deal** now" in page.data


@given(st.text(st.sampled_from("ab $\\`*_[](){}<>|~#&;!\"'-/0\n")).filter(lambda text: text.strip()))
def test_no_character_of_a_text_or_of_a_mark_ends_its_fold(text):
    table = sentences_of(f"x{text}x").assign(frame=f"x{text}x", label=f"x{text}x")
    shown = lxml.html.fromstring(mistune.html(fold_sentences(table, ["frame"], most=1).data + "\n\nafter"))
    (details,) = shown.iter("details")
    said, plain = [" ".join(words.split()) for words in (f"x{text}x", f"x{text}x".replace("_", " "))]
    assert " ".join(details.find("summary").text_content().split()) == f"{plain}: 1"
    assert " ".join(details.find(".//li").text_content().split()) == f"{said}, 1: {said}"
    assert [element.tag for element in shown] == ["details", "p"]
    pieces = [piece for piece in details.find("summary").itertext() if "$" in piece or "\\" in piece]
    assert all(len(piece) == 1 for piece in pieces)


def test_words_and_numbers_are_counted_as_a_reader_would():
    assert length_in_words("Falls from 4 of 13 – at once.") == 7
    assert count_numbers("From 4 of 13 (2008) to 1,200 or 2.5%.") == 5
    assert first_that_fits(["word " * 46, "short"]) == "short"
    assert first_that_fits(["1 " * 13, "2 " * 14]) == "2 " * 14


def test_a_dollar_or_backslash_stands_in_an_element_of_its_own_since_mathjax_reads_each_element_by_itself():
    page = lxml.html.fromstring(mistune.html(escaped(r"from $1.4 billion to $500 \(million\), \href{http://x}{y}")))
    assert page.text_content().strip() == r"from $1.4 billion to $500 \(million\), \href{http://x}{y}"
    pieces = [text for text in page.itertext() if "$" in text or "\\" in text]
    assert pieces and all(len(text) == 1 for text in pieces)


@given(st.text(st.sampled_from("ab $\\`*_[](){}<>|~#&;!\"'-/0")).filter(lambda text: text.strip()))
def test_every_character_of_a_text_stands_for_itself_on_a_page(text):
    cell = lxml.html.fromstring(mistune.html(f"| t |\n| --- |\n| x{escaped(text)}x |")).find(".//td")
    assert cell.text_content() == f"x{text}x"
