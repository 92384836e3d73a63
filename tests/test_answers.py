"""Findings in words: the sentence turns when the numbers turn."""

import pandas as pd
import pytest

from helpers.answers import (
    course_of,
    listed,
    tell_busiest,
    tell_courses,
    tell_heard,
    tell_last_step,
    tell_leaders,
    tell_marks,
    tell_other_reading,
    tell_periods,
    tell_rules,
    tell_shift,
    tell_splits,
    tell_tests,
    tell_voices,
)
from helpers.compare import trends_over_dates
from helpers.keyness import compare_words


def tables(**carrying):
    """Shares of ten sentences for each frame, an article a year."""
    n = len(next(iter(carrying.values())))
    years = [str(2000 + i) for i in range(n)]
    articles = pd.DataFrame({"article": [f"x{y}" for y in years], "label": years, "date": pd.to_datetime(years)})
    rows = [
        (f"x{y}", frame, c, 10, c / 10)
        for frame, counts in carrying.items()
        for y, c in zip(years, counts, strict=True)
    ]
    return pd.DataFrame(rows, columns=["article", "frame", "carrying", "sentences", "share"]), articles


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([1, 2, 3], "rises"),
        ([0, 0, 2, 3], "rises"),
        ([3, 2, 0], "falls"),
        ([3, 4, 1], "falls, though not at every step"),
        ([1, 0, 4], "rises, though not at every step"),
        ([0, 2, 0], "is in 2001 only"),
        ([2, 3, 2], "ends where it began"),
        ([2, 2, 2], "stays as it is"),
        ([0, 0, 0], "is nowhere"),
    ],
)
def test_a_course_is_named_by_its_shares(counts, words):
    assert course_of(*tables(a=counts), "a") == words


def test_turning_the_articles_round_turns_the_sentence():
    counts = {"a": [1, 2, 5], "b": [4, 3, 0]}
    forward = tell_shift(*tables(**counts), ["a", "b"])
    back = tell_shift(*tables(**{frame: c[::-1] for frame, c in counts.items()}), ["b", "a"])
    assert forward == (
        "Between 2000 and 2002, a framing rises (1 of 10 sentences in 2000, 5 of 10 sentences in 2002); "
        "b framing falls (4 of 10 sentences in 2000, 0 of 10 sentences in 2002)."
    )
    assert "b framing rises (0 of 10 sentences in 2000, 4 of 10" in back
    assert "a framing falls (5 of 10 sentences in 2000, 1 of 10" in back


def test_the_last_step_says_whether_it_goes_on():
    turned = tell_last_step(*tables(a=[0, 2, 0], b=[1, 2, 3]), ["a", "b"])
    assert turned.startswith(
        "2002 is not where 2001 pointed: a turns back, and 3 of its 10 sentences speak of b, after 2 of 10"
    )
    assert tell_last_step(*tables(a=[0, 1, 2]), ["a"]).startswith("2002 goes on where 2001 pointed")
    assert "no direction" in tell_last_step(*tables(a=[0, 1]), ["a"])


def test_the_other_reading_is_told_where_it_differs():
    shares, articles = tables(a=[0, 1, 2], b=[3, 2, 1])
    coded, _ = tables(a=[2, 1, 0], b=[3, 1, 0])
    assert "gives the same courses" in tell_other_reading(shares, shares, articles, ["a", "b"])
    assert tell_other_reading(shares, coded, articles, ["a", "b"]).endswith("by the coders' reading a framing falls.")
    assert tell_other_reading(shares, coded.iloc[:0], articles, ["a"]) == "No coder has read these articles."


def test_counts_are_told_for_every_article():
    assert tell_courses(*tables(public_health=[0, 2]), ["public_health"]) == [
        "**Public health**, sentences that carry it: 0 of 10 in 2000, 2 of 10 in 2001."
    ]


def test_a_test_is_never_told_without_its_floor_and_the_words_follow_the_numbers():
    def told(**counts):
        shares, articles = tables(**counts)
        return tell_tests(trends_over_dates(shares, articles, list(counts)))

    weak = told(a=[1, 2, 3, 0, 1], b=[1, 3, 2, 4, 5], c=[0, 0, 0, 0, 2])
    assert "smallest possible p is 0.017" in weak
    assert "c p = 0.400, where shares with these ties can give no less than 0.400" in weak
    assert "none of these courses can be told from chance" in weak
    tied = told(a=[3, 4, 3, 2, 1], b=[0, 0, 0, 2, 0], c=[0, 0, 1, 2, 3])
    assert "that these dates allow is 0.050, and that these shares allow 0.100: the test can decide nothing" in tied
    strong = told(a=[1, 2, 3, 4, 5])
    assert "a would hardly come by chance" in strong
    assert "can decide nothing" in told(a=[1, 2, 3])
    assert "No trend can be tested" in told(a=[1, 1, 1])
    for sentence in (weak, strong):
        assert "significant" not in sentence


def test_lists_are_read_as_one_would_speak_them():
    assert [listed([]), listed(["a"]), listed("ab"), listed("abc")] == ["", "a", "a and b", "a, b and c"]


def test_words_that_mark_are_told_with_their_places():
    marks = pd.DataFrame(
        [("2000", "arms", 3, 1, 2), ("2000", "law", 2, 0, 1), ("2001", "trade", 2, 0, 1)],
        columns=["label", "word", "target", "reference", "articles"],
    )
    told = tell_marks(marks)
    assert "2000: arms (3 of 4) and law (2 of 2); 2001: trade (2 of 2)" in told
    assert told.endswith("Of these 3 words, 2 stand in one article only")
    assert "trade" not in tell_marks(marks.head(2)) and "law" not in tell_marks(marks, top=1).split("; ")[0]
    assert tell_marks(marks.iloc[:0]).startswith("no word sets an article apart")


def test_turning_the_periods_round_turns_what_is_told():
    counts = pd.DataFrame([("x", "a", 3), ("x", "b", 1), ("y", "b", 4)], columns=["article", "word", "count"])
    forward = tell_periods(compare_words(counts, ["x"], ["y"]), "then", "now")
    assert forward == "then is set apart from now by a (3 against 0), now from then by b (4 against 1)."
    back = tell_periods(compare_words(counts, ["y"], ["x"]), "now", "then")
    assert back == "now is set apart from then by b (4 against 1), then from now by a (3 against 0)."
    assert "fewer than two articles" in tell_periods(compare_words(counts, ["x"], []), "then", "")


def test_divisions_are_told_with_what_they_could_show_at_most():
    def splits(own, n):
        return pd.DataFrame({"divergence": [i / n for i in range(n)], "own": [i == own for i in range(n)]})

    few = tell_splits(splits(9, 10), 0.2)
    assert "1 of them, this one counted, diverges as much: p = 0.100, where 0.100 is the smallest" in few
    assert "the smallest is 0.200. So few articles cannot tell either from chance." in few
    assert "3 of them, this one counted, diverge as much: p = 0.300" in tell_splits(splits(7, 10), 0.2)
    assert "cannot tell" not in tell_splits(splits(0, 70), 2 / 70)
    assert "not gone through" in tell_splits(splits(0, 0), 1)


def voices(**counts):
    rows = [("all", frame, voice, n) for frame, own in counts.items() for voice, n in own.items()]
    return pd.DataFrame(rows, columns=["article", "frame", "voice", "count"])


def test_voices_are_told_by_their_counts():
    counts = voices(a={"reporter": 1, "Mexico": 3}, b={"reporter": 2, "Mexico": 2}, c={"reporter": 0, "Mexico": 0})
    assert tell_voices(counts) == (
        "8 times a sentence carries a frame: 3 in the reporter's own words and 5 in words from Mexico."
    )
    assert tell_leaders(counts) == (
        "Most often in words from Mexico: a (3 of 4); in no voice more than another: b (2 of 4)."
    )
    assert "no voice to ask for" in tell_voices(voices(a={"reporter": 0}))
    assert tell_leaders(voices(a={"reporter": 0})) == ""


def test_the_unheard_are_counted_by_side():
    heard = pd.DataFrame(
        [("person", "Mexico", 0), ("person", "Mexico", 0), ("person", "other", 0), ("person", "Mexico", 2)],
        columns=["kind", "side", "quotations"],
    )
    assert tell_heard(heard) == (
        "Named but never heard: 3 of 4 persons (2 from Mexico, 1 from elsewhere) and 0 of 0 bodies."
    )
    assert "cannot be said" in tell_heard(heard.iloc[:0])


def test_the_busiest_speakers_share_a_title():
    links = pd.DataFrame({"speaker": ["A", "A", "B", "unknown"], "count": [1, 1, 2, 9]})
    assert tell_busiest(links) == "Frames most often in the words of A and B: 2 times"
    assert "No speaker" in tell_busiest(links.tail(1))


def test_the_rules_are_judged_by_the_reading():
    verdicts = ["same", "same", "other speaker", "other words", "rules only", "reader only", "reader only"]
    told = tell_rules(pd.DataFrame({"verdict": verdicts}))
    assert "find 5 stretches, the reader marked 6; 4 are the same places (precision 0.80, recall 0.67)" in told
    assert "in 3 of these the speaker is the same" in told
    assert told.endswith("2 of 6 are as read.")
    assert "not known" in tell_rules(pd.DataFrame({"verdict": []}))
