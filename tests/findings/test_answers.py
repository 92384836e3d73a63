"""Findings in words: the sentence turns when the numbers turn."""

import pandas as pd
import pytest

from helpers.articles.dates_shown import columns_of, columns_only, dates_of, pool
from helpers.coders.agreement import alpha_per_frame
from helpers.coders.correction import UNREAD, change_between, correct_shares
from helpers.coders.errors import add_intervals, limits_of_sample, score_terms
from helpers.findings import answers
from helpers.findings.answers import (
    called_by,
    course_of,
    listed,
    listed_few,
    readable,
    tell_agreement,
    tell_busiest,
    tell_came_in,
    tell_cards,
    tell_change,
    tell_copies,
    tell_corrected,
    tell_courses,
    tell_elsewhere,
    tell_found_without,
    tell_heard,
    tell_last_step,
    tell_leaders,
    tell_limits,
    tell_marks,
    tell_other_names,
    tell_other_reading,
    tell_periods,
    tell_recall,
    tell_reference,
    tell_regime,
    tell_resamples,
    tell_rules,
    tell_shift,
    tell_splits,
    tell_survival,
    tell_tests,
    tell_trust,
    tell_untested,
    tell_verdict,
    tell_voices,
    tell_without,
    title_of_periods,
    title_of_scores,
    title_of_survival,
    title_of_voices,
)
from helpers.measures.keyness import compare_words
from helpers.measures.periods import change_of_periods
from helpers.measures.tests import trends_over_dates, wilson


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


def by_date(shares, articles):
    """As the notebooks put together the articles of one date, of whose course they then tell."""
    dates = dates_of(columns_of(articles.assign(date_precision="day")))
    return pool(shares, dates), columns_only(dates)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([1, 2, 3], "rises"),
        ([0, 0, 2, 3], "rises"),
        ([3, 2, 0], "falls"),
        ([3, 4, 1], "falls, though not at every step"),
        ([1, 0, 4], "rises, though not at every step"),
        ([0, 2, 0], "is in 2001 only"),
        ([2, 3, 2], "ends where it began, highest in 2001"),
        ([0, 1, 2, 3, 2, 0], "ends where it began, highest in 2003"),
        ([3, 3, 1, 4, 3], "ends where it began, lowest in 2002"),
        ([10, 2, 4, 6, 8, 9], "ends lower than it began, though more pairs of dates go up than down"),
        ([2, 9, 8, 6, 4, 3], "ends higher than it began, though more pairs of dates go down than up"),
        ([2, 3, 4, 1], "ends lower than it began, though as many pairs of dates go up as down"),
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


def test_a_course_that_ends_where_it_began_is_told_with_its_turn():
    told = tell_shift(*tables(a=[1, 2, 4, 1]), ["a"])
    assert told.endswith("(1 of 10 sentences in 2000, 4 of 10 sentences in 2002, 1 of 10 sentences in 2003).")


def test_one_date_tells_no_shift():
    assert tell_shift(*tables(a=[2]), ["a"]) == (
        "With 2000 alone nothing can be said of a shift. In all, a framing is in 2 of 10 sentences."
    )
    shares, articles = tables(a=[2])
    assert tell_shift(shares, articles.head(0), ["a"]).startswith("Without a date nothing can be said of a shift.")


def test_of_the_frames_not_tested_those_that_move_most_are_told():
    counts = {"a": [0, 9, 9], "b": [5, 4, 1], "c": [6, 2, 3], "d": [0, 2, 5], "e": [0, 0, 9], "f": [0, 8, 0]}
    assert tell_untested(*tables(**counts), ["a"]) == (
        "Of the frames not tested, b loses most (5 of 10 to 1 of 10) and e gains most (0 of 10 to 9 of 10)."
    )
    back = {frame: own[::-1] for frame, own in counts.items()}
    assert tell_untested(*tables(**back), ["a"]) == (
        "Of the frames not tested, e loses most (9 of 10 to 0 of 10) and b gains most (1 of 10 to 5 of 10)."
    )
    alike = tell_untested(*tables(a=[1, 2], b=[0, 2], c=[0, 2], d=[1, 2]), ["a"])
    assert alike == "Of the frames not tested, b (0 of 10 to 2 of 10) and c (0 of 10 to 2 of 10) gain most."
    still = tell_untested(*tables(a=[1, 2, 3], e=[1, 0, 1]), ["a"])
    assert still == "Of the frames not tested, none ends with another share than it began."
    assert tell_untested(*tables(a=[1, 2]), ["a"]) == tell_untested(*tables(a=[1], b=[2]), ["a"]) == ""


def test_the_last_step_tells_what_turns_back_and_what_leads():
    turned = tell_last_step(*tables(a=[0, 2, 0], b=[1, 2, 3]), ["a", "b"])
    assert turned == (
        "In 2002 a is gone again (0 of 10 sentences after 2 of 10 in 2001); 3 of its 10 sentences carry the b frame."
    )
    assert "a is gone (0 of" in tell_last_step(*tables(a=[1, 2, 0]), ["a"])
    assert "a falls back (1 of" in tell_last_step(*tables(a=[0, 2, 1]), ["a"])
    assert "a rises again (2 of" in tell_last_step(*tables(a=[2, 0, 2]), ["a"])
    assert tell_last_step(*tables(a=[0, 0, 1]), ["a"]) == ("In 2002, 1 of its 10 sentences carries the a frame.")
    both = tell_last_step(*tables(a=[0, 0, 2], b=[0, 1, 2]), ["a"])
    assert both == "In 2002, each of the frames a and b is in 2 of its 10 sentences."
    assert tell_last_step(*tables(a=[1, 0, 0]), ["a"]).endswith("none of its 10 sentences carries a frame.")
    assert tell_last_step(*tables(a=[0, 1]), ["a"]) == ""
    one = [(shares.assign(sentences=1), years) for shares, years in (tables(a=[0, 1, 0]), tables(a=[0, 0, 1]))]
    assert tell_last_step(*one[0], ["a"]) == (
        "In 2002 a is gone again (0 of 1 sentence after 1 of 1 in 2001); its one sentence carries no frame."
    )
    assert tell_last_step(*one[1], ["a"]) == "In 2002, its one sentence carries the a frame."
    shares, years = tables(a=[0, 0, 1], b=[0, 0, 1])
    assert tell_last_step(shares.assign(sentences=1), years, ["a"]).endswith("its one sentence carries a and b.")
    shares, articles = tables(a=[0, 2, 1], b=[1, 2, 3])
    shares, one = by_date(shares, articles.assign(date=articles["date"].iloc[-1]))
    assert tell_last_step(shares, one, ["a"]) == tell_untested(shares, one, ["a"]) == ""


def test_the_other_reading_is_told_where_it_differs():
    shares, articles = tables(a=[0, 1, 2], b=[3, 2, 1])
    coded, _ = tables(a=[2, 1, 0], b=[3, 1, 0])
    assert "gives the same courses" in tell_other_reading(shares, shares, articles, ["a", "b"])
    assert tell_other_reading(shares, coded, articles, ["a", "b"]).endswith("by the coders' reading a framing falls.")
    assert tell_other_reading(shares, coded.iloc[:0], articles, ["a"]) == ""
    half = coded[coded["frame"].eq("a") & coded["article"].ne("x2000")]
    told = tell_other_reading(shares, half, articles, ["a", "b"])
    assert told.endswith(
        "by the coders' reading a framing is in 2001 only (decided in 2001 and 2002 only). It decides nothing about b."
    )


def test_counts_are_told_for_every_article():
    assert tell_courses(*tables(public_health=[0, 2]), ["public_health"]) == [
        "**Public health**, sentences that carry it: 0 of 10 in 2000, 2 of 10 in 2001."
    ]


def test_a_test_is_never_told_without_its_floor_and_the_words_follow_the_numbers():
    def told(**counts):
        shares, articles = tables(**counts)
        tests = trends_over_dates(shares, articles, list(counts))
        return tell_tests(tests, shares, articles), tell_verdict(tests)

    lines, verdict = told(a=[1, 2, 3, 0, 1], b=[1, 3, 2, 4, 5], c=[0, 0, 0, 0, 2])
    assert lines.startswith("Two-sided permutation test of Kendall's tau over 5 articles:")
    assert "- c: tau +0.63, p = 0.400; the least that these shares could give in any order is 0.400" in lines
    assert "0.017" in lines.split("- b: ")[1].split("\n")[0] and lines.count("could give") == 3
    assert verdict.endswith("it could have been 0.050: no course can be told from chance.")
    tied = told(a=[3, 4, 3, 2, 1], b=[0, 0, 0, 2, 0], c=[0, 0, 1, 2, 3])[1]
    assert tied == (
        "Corrected for the 3 frames tested (Holm), the smallest p their shares could give is 0.100: no test of trend "
        "can tell their courses from chance."
    )
    assert told(a=[1, 2, 3, 4, 5])[1] == (
        "With one frame tested, the smallest p of trend is 0.017; it could have been 0.017: a would "
        "hardly come by chance."
    )
    assert told(a=[1, 2, 3])[1] == (
        "With one frame tested, the smallest p its shares could give is 0.333: no test of trend can tell its course "
        "from chance."
    )
    none = told(a=[1, 1, 1])
    assert none[0] == "" and "No trend can be tested" in none[1]
    for sentence in (lines, verdict, tied):
        assert "significant" not in sentence


def test_a_test_over_articles_that_goes_against_the_course_by_year_says_so():
    shares, articles = tables(a=[1, 2, 3, 4])
    tests = trends_over_dates(shares, articles, ["a"])
    assert "against" not in tell_tests(tests, shares, articles)
    assert ", p below 0.001; " in tell_tests(tests.assign(p=0.0001), shares, articles)
    for number, by in [(7, ""), (8, ", from 9,999 of the orders"), (59, ", from 9,999"), (60, ", by its normal limit")]:
        assert f" over {number} articles{by}" in tell_tests(tests.assign(articles=number), shares, articles)
    assert "drawn" not in tell_tests(tests.assign(articles=7), shares, articles)
    by_year, years = tables(a=[4, 1])
    assert "- a: tau +1.00 (against its course by period), p = " in tell_tests(tests, by_year, years)
    assert "against" not in tell_tests(tests, *tables(a=[1, 1]))


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
    assert tell_marks(marks.head(1)).endswith("arms (3 of 4). It stands in several articles")
    assert tell_marks(marks.iloc[:0]).startswith("no word sets an article apart")
    assert told.startswith("the words that most mark each article (how often")
    few = tell_marks(marks, each="year", of="the first 2 of 31 years")
    assert few.startswith("the words that most mark each of the first 2 of 31 years (how often")


def test_turning_the_periods_round_turns_what_is_told():
    counts = pd.DataFrame([("x", "a", 3), ("x", "b", 1), ("y", "b", 4)], columns=["article", "word", "count"])
    forward = tell_periods(compare_words(counts, ["x"], ["y"]), "then", "now")
    assert forward == "then is set apart from now by a (3 against 0), now from then by b (4 against 1)."
    back = tell_periods(compare_words(counts, ["y"], ["x"]), "now", "then")
    assert back == "now is set apart from then by b (4 against 1), then from now by a (3 against 0)."
    assert "no two dates" in tell_periods(compare_words(counts, ["x"], []), "then", "")


def test_divisions_are_told_with_what_they_could_show_at_most():
    def splits(own, n):
        return pd.DataFrame({"divergence": [i / n for i in range(n)], "own": [i == own for i in range(n)]})

    few = tell_splits(splits(9, 10), splits(4, 8), 0.2)
    assert "1 of them, this one counted, diverges as much: p = 0.100, where 0.100 is the smallest" in few
    assert "the smallest is 0.200. So few articles cannot tell either from chance." in few
    assert "The periods' words, names counted, diverge by 0.900 bits" in few
    assert (
        "Without names they diverge by 0.500 bits: p = 0.500, at the least 0.125." in few
    )  # the fifth of eight, so four diverge as much
    assert "Without names" not in tell_splits(splits(7, 10), splits(0, 0), 0.2)
    assert "3 of them, this one counted, diverge as much: p = 0.300" in tell_splits(splits(7, 10), splits(0, 0), 0.2)
    assert "cannot tell" not in tell_splits(splits(0, 70), splits(0, 70), 2 / 70)
    assert "not gone through" in tell_splits(splits(0, 0), splits(0, 0), 1)


def test_other_names_of_a_leading_word_are_counted_in_either_half():
    rows = [("x", "arms", "weapons"), ("x", "arms", "Weapons"), ("y", "arms", "arms"), ("y", "drug", "drugs")]
    hits = pd.DataFrame(rows, columns=["article", "frame", "words"])
    told = tell_other_names(hits, {"then": ["x"], "now": ["y"]}, ["arms", "were"])
    assert told == "**arms**: weapons 2 in then; arms 1 in now."
    assert "nothing in then; drugs 1 in now" in tell_other_names(hits, {"then": ["x"], "now": ["y"]}, ["drug"])
    assert "No leading word" in tell_other_names(hits, {"then": ["x"], "now": ["y"]}, ["were"])


def voices(**counts):
    rows = [
        ("all", frame, voice, len(ids), " ".join(f"x:{n}" for n in ids))
        for frame, own in counts.items()
        for voice, ids in own.items()
    ]
    return pd.DataFrame(rows, columns=["article", "frame", "voice", "count", "ids"])


def test_voices_are_told_by_their_counts():
    counts = voices(a={"reporter": [1], "Mexico": [2, 3, 4]}, b={"reporter": [1, 2], "Mexico": [3, 4]})
    assert tell_voices(counts) == (
        "8 times a sentence carries a frame: 3 in the reporter's own words and 5 in words from Mexico."
    )
    assert tell_leaders(counts) == (
        "Counted in sentences, most often in words from Mexico: a (3 of 4); in no voice more than another: b (2 of 4)."
    )
    assert title_of_voices(counts) == "Of 8 times that a sentence carries a frame, 3 are in the reporter's own words"
    nothing = voices(a={"reporter": []})
    assert "no voice to ask for" in tell_voices(nothing)
    assert tell_leaders(nothing) == ""
    assert title_of_voices(nothing) == "No sentence carries a frame"


def test_a_sentence_that_two_voices_give_a_frame_carries_it_once():
    counts = voices(a={"reporter": [1, 2], "Mexico": [2], "United States": [3]}, b={"reporter": [2], "Mexico": []})
    told = tell_voices(counts)
    assert told.startswith("4 times a sentence carries a frame: 3 in the reporter's own words, 1 in words from Mexico")
    assert told.endswith("1 of them in more than one voice, and counted in each.")
    assert "a (2 of 3) and b (1 of 1)" in tell_leaders(counts)
    assert title_of_voices(counts).startswith("Of 4 times")


def test_the_unheard_are_counted_by_side():
    heard = pd.DataFrame(
        [("A", "person", "Mexico", 0), ("B", "person", "Mexico", 0), ("C", "person", "other", 0),
         ("D", "person", "Mexico", 2)],
        columns=["actor", "kind", "side", "quotations"],
    )  # fmt: skip
    nobody = pd.DataFrame({"speaker": []})
    assert tell_heard(heard, nobody) == (
        "Of those listed, named but by the rules never heard: 3 of 4 persons (2 from Mexico, 1 from elsewhere)."
    )
    reader = pd.DataFrame({"speaker": ["B", "B", "D", "E"]})
    assert "1 from elsewhere; a reader hears 1 of these, so 2)." in tell_heard(heard, reader)
    assert "cannot be said" in tell_heard(heard.iloc[:0], reader)


def test_the_busiest_speakers_share_a_title():
    links = pd.DataFrame({"speaker": ["A", "A", "B", "unknown"], "count": [1, 1, 2, 9]})
    assert (
        tell_busiest(links)
        == "Frames most often in the words of A and B: 2 times each (words whose speaker is unknown: 9)"
    )
    assert tell_busiest(links[links["speaker"].ne("unknown")]).endswith(": 2 times each")
    assert "No speaker" in tell_busiest(links.tail(1))
    country = links.replace({"A": "United States"})
    assert tell_busiest(country).startswith("Frames most often in the words of B and the United States: 2 times each")


def test_the_rules_are_judged_by_the_reading():
    verdicts = ["same", "same", "other speaker", "other words", "rules only", "reader only", "reader only"]
    told = tell_rules(pd.DataFrame({"verdict": verdicts}))
    assert "find 5 stretches, the reader marked 6; 4 are the same places (precision 0.80, recall 0.67)" in told
    assert "in 3 of these the speaker is the same" in told
    assert told.endswith("2 of 6 are as read.")
    assert "not known" in tell_rules(pd.DataFrame({"verdict": []}))


def judged(*columns):
    """One string per coder, a character per sentence: 0 or 1."""
    rows = [
        ("x", n, "a", f"c{i}", int(v)) for i, column in enumerate(columns) for n, v in enumerate(column, 1) if v != "."
    ]
    return pd.DataFrame(rows, columns=["article", "sentence", "frame", "coder", "value"]).assign(kind="person")


def scored(both, extra, missed):
    table = pd.DataFrame({"frame": ["a"], "both": [both], "codebook_only": [extra], "coders_only": [missed]})
    f1 = 2 * table["both"] / (2 * table["both"] + table["codebook_only"] + table["coders_only"])
    return add_intervals(table.assign(f1=f1))


def test_trust_is_told_with_its_counts_and_never_without_coders():
    labels = pd.concat([judged("1" * 20 + "." * 10), judged("0" * 30).assign(coder="run", kind="model")])
    votes = labels.drop_duplicates(["article", "sentence"])
    told = tell_trust(scored(16, 4, 2), labels, votes, [])
    assert "each judged by 1 to 2 of 2 coders, 1 of them a person, it is" in told
    assert "right in 16 of the 20 cases" in told and "finds 16 of the 18" in told
    assert "each judged by 1 coder, not a person, " in tell_trust(scored(1, 0, 0), labels.tail(30), votes, [])
    assert "each judged by 1 coder, a person, " in tell_trust(scored(1, 0, 0), labels.head(20), votes, [])
    three = pd.concat([labels.tail(30).assign(coder=name) for name in "abc"])
    assert "each judged by 3 coders, none of them a person, " in tell_trust(scored(1, 0, 0), three, votes, [])
    people = tell_trust(scored(1, 0, 0), three.assign(kind="person"), votes, [])
    assert "3 coders, all of them persons, " in people
    assert "2 coders, both of them persons, " in tell_trust(scored(1, 0, 0), judged("1" * 20, "1" * 20), votes, [])
    assert "split half and half on all" in tell_trust(scored(0, 0, 0), labels, votes.iloc[:0], [])
    assert "nobody can tell" in tell_trust(scored(0, 0, 0), judged(), judged(), [])
    assert "recall is unknown" in tell_recall(scored(0, 2, 0))
    assert tell_recall(scored(0, 0, 0)) == "" and "begins at 0.67 for a" in tell_recall(scored(16, 4, 2))
    assert title_of_scores(scored(16, 4, 2)).startswith("Right in 16 of 20 cases, 16 of 18 found")
    assert title_of_scores(scored(0, 0, 2)).startswith("Right in none of 0 cases, none of 2 found")
    assert (
        title_of_scores(scored(0, 0, 0))
        == "Nothing to score: coders gave no frame, nor did the codebook where they judged"
    )


def test_trust_says_first_which_sentences_the_writer_of_the_codebook_had_read():
    labels = pd.concat([judged("11"), judged("1").assign(article="y")])
    for seen, words in [(["x", "y"], "all"), (["x"], "2"), ([], "none")]:
        told = tell_trust(scored(3, 0, 0), labels, labels, seen)
        assert told.startswith(f"On 3 sentences, {words} of which the codebook's writer had read, ")
    assert tell_trust(scored(3, 0, 0), labels, labels, None).startswith("On 3 sentences, each judged by ")


def test_what_is_found_without_some_terms_is_told_where_there_was_anything_to_find():
    told = tell_found_without(scored(6, 1, 2), scored(5, 0, 3), 4)
    assert told == "Without the 4 terms that rest on the seed articles alone it finds 5 of the 8."
    assert tell_found_without(scored(0, 1, 0), scored(0, 0, 0), 4) == ""
    assert tell_found_without(scored(6, 1, 2), scored(6, 1, 2), 0) == ""


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ((), "No sentence was judged by two coders"),
        (("0101",), "No sentence was judged by two coders"),
        (
            ("0101", "0101"),
            "2 coders differ in 0 of 4 pairs of sentence and frame. Krippendorff's alpha is 1.00",
        ),
        (("0101", "0111"), "Krippendorff's alpha is lowest for a: 0.5"),
        (("0101", "1010"), "(no interval: every resample gives the same)"),
        (("0000", "0000"), "has no value: undefined for a, where nothing varies."),
    ],
)
def test_agreement_is_told_as_far_as_there_is_any(columns, words):
    alphas = alpha_per_frame(judged(*columns), ["a"])
    assert words in tell_agreement(alphas)
    assert "nan" not in tell_agreement(alphas) + tell_resamples(alphas)
    assert ("says nothing" in tell_resamples(alphas)) == (columns in (("0101", "0101"), ("0101", "1010")))


def test_the_worst_card_is_named_and_the_best():
    votes = pd.DataFrame({"article": "x", "sentence": [1, 2, 3], "frame": "a", "value": [1, 1, 0]})
    hits = pd.DataFrame({"article": "x", "sentence": [1, 2, 3], "frame": "a", "term": ["gun", "gun", "war"]})
    told = tell_cards(score_terms(hits, votes), 9)
    assert told.startswith("Of 9 terms 2 fired in a sentence that was judged, 1 of them in one sentence only.")
    assert "“war” (1 of 1, a)" in told and "better than “gun”: right in 2 of 2 sentences" in told
    assert "None of the 9 terms" in tell_cards(score_terms(hits, votes.iloc[:0]), 9)


def test_the_score_without_some_terms_counts_a_frame_no_longer_found_as_lost():
    assert "1 frame that can be scored: 1.00; without the 3 terms" in tell_without(scored(2, 0, 0), scored(0, 0, 2), 3)
    assert "speaks for: 0.00" in tell_without(scored(2, 0, 0), scored(0, 0, 2), 3)
    assert "No frame can be scored" in tell_without(scored(0, 0, 0), scored(0, 0, 0), 3)
    assert tell_without(scored(2, 0, 0), scored(2, 0, 0), 0).endswith("that can be scored: 1.00.")


def test_what_so_few_sentences_can_tell_is_planned_from_the_rarest_frame():
    votes = pd.DataFrame({"article": "x", "sentence": range(10), "frame": "a", "value": [1] + [0] * 9})
    told = tell_limits(limits_of_sample(votes, ["a", "b"]), share=0.9)
    assert "To within 0.1 it takes 37 marked sentences: 370 in all for a" in told
    assert "nothing can be planned" in tell_limits(limits_of_sample(votes.iloc[:0], ["a"]), share=0.9)


def test_whose_reading_holds_and_what_is_undecided_is_told():
    counts = pd.DataFrame({"kind": ["person", "person", "model", "model", "model"], "value": [1, None, 0, 1, 1]})
    assert tell_reference(counts) == (
        "Of 5 pairs of sentence and frame judged, 1 are decided by persons and 3 by models, where no person judged; "
        "1 are split half and half and left out."
    )
    assert "no reading by coders" in tell_reference(counts.iloc[:0])
    elsewhere = pd.DataFrame({"coder": ["ana"], "article": ["xx"], "judgements": [2]})
    assert "ana's 2 of “xx”" in tell_elsewhere(elsewhere) and tell_elsewhere(elsewhere.iloc[:0]) == ""


def changes(**limits):
    rows = [(frame, 0.1, *raw, 0.1, *own, "") for frame, (raw, own) in limits.items()]
    return pd.DataFrame(rows, columns="frame raw raw_low raw_high change low high why_not".split())


def test_a_change_that_holds_zero_is_laid_to_the_correction_only_where_it_makes_the_difference():
    clear, open_ = (0.05, 0.2), (-0.1, 0.3)
    table = changes(a=(open_, open_), b=(clear, open_), c=(clear, clear))
    table = pd.concat([table, changes(d=(clear, clear)).assign(low=None, high=None, why_not="few")])
    _, articles = tables(a=[0, 0, 0])
    assert tell_survival(table, articles, ["a", "b", "c", "d"]) == (
        "With the codebook's measured errors taken out, the 95% interval of the change from 2000 to 2002 holds zero "
        "for a, as it does without the correction; it holds zero for b, though not without the correction; it does not "
        "hold zero for c; d cannot be corrected."
    )
    assert tell_survival(table, articles, ["d"]) == "D cannot be corrected."
    assert "no change to correct" in tell_survival(table.iloc[:0], articles.head(1), ["a"])
    unread = tell_survival(table.assign(why_not=UNREAD), articles, ["a", "b"])
    assert unread.startswith("No coder has read these articles") and unread.endswith("cannot be corrected.")


def test_the_title_of_corrected_shares_turns_with_the_changes():
    clear, open_ = (0.05, 0.2), (-0.1, 0.3)
    table = changes(b=(clear, open_), a=(open_, open_), c=(clear, clear), d=(clear, (-0.4, -0.2)))
    table.loc[table["frame"].eq("d"), "change"] = -0.3
    told = "With the codebook's errors taken out, "
    assert title_of_survival(table, ["a", "b"]) == told + "no change can be told in a or b"
    assert title_of_survival(table, ["a", "c", "d"]) == told + "c rises; d falls; no change can be told in a"
    assert title_of_survival(pd.concat([table, changes(e=(clear, clear))]), ["c", "e"]) == told + "c and e rise"
    assert title_of_survival(table.assign(why_not="few"), ["a"]).startswith("No change of the frames tested can be")


def test_corrected_shares_are_told_with_their_change():
    rates = pd.DataFrame({"frame": ["a", "b"], "marked": [50, 2], "found": [48, 2], "unmarked": 50, "silent": 49})
    rates = rates.assign(sensitivity=rates["found"] / rates["marked"], specificity=0.98)
    shares, articles = tables(a=[0, 5, 10], b=[0, 5, 10])
    corrected = correct_shares(shares, rates)
    change = change_between(corrected, list(articles["article"]))
    assert "does not hold zero for a; b cannot be corrected." in tell_survival(change, articles, ["a", "b"])
    lines = tell_corrected(corrected, change, articles, ["a", "b"])
    assert lines[0].startswith("**A**: 0% raw, 0% corrected (0% to ")
    assert "Change in points: +100 raw (+61 to +100), +100 corrected (+" in lines[0]
    assert lines[1] == "**B** cannot be corrected: fewer than 5 sentences are marked: too few to know its recall."
    assert "times as wide" in lines[2]
    unread = tell_corrected(corrected.assign(why_not=UNREAD), change, articles, ["a", "b"])
    assert unread == [f"**A and b** cannot be corrected: {UNREAD}."]
    assert "Change" not in tell_corrected(corrected, change.iloc[:0], articles.head(1), ["a"])[0]
    assert "no article has a date" in tell_corrected(corrected, change.iloc[:0], articles.head(0), ["a"])[0]


def test_long_tables_and_lists_are_cut_and_say_so():
    table = pd.DataFrame({"a": range(70)})
    assert readable(table).data.endswith("| 59 |\n\nThe first 60 of 70 rows.")
    assert readable(table.head(60)).data.endswith("| 59 |")
    assert listed_few("abcdefgh") == listed("abcdefgh")
    assert listed_few("abcdefghij") == "a, b, c, d, …, g, h, i and j"


def test_halves_of_many_years_are_called_by_years_and_of_few_by_labels():
    _, articles = tables(a=[1, 2, 3, 4])
    articles["label"] = list("wxyz")
    assert called_by(articles, ["x2000", "x2001"]) == "2000–2001"
    assert called_by(articles.head(2), ["x2000", "x2001"]) == "w–x"


def test_what_came_in_is_counted_with_what_did_not():
    articles = pd.DataFrame({"date": [pd.Timestamp("2001-01-01"), pd.NaT], "outlet": ["A", ""]})
    left_out = pd.DataFrame({"kept": [True, False, False]})
    assert tell_came_in(articles, left_out) == (
        "2 articles came in, 2 rows or files did not; 1 fault more kept no article out. "
        "With a date: 1; with an outlet: 1, of 1 name."
    )
    assert "1 article came in, nothing was left out." in tell_came_in(articles.head(1), left_out.iloc[:0])


def test_copies_are_told_with_what_all_are_worth():
    groups = pd.DataFrame({"article": list("abcd"), "group": list("aaac"), "size": [3, 3, 3, 1]})
    told = tell_copies(groups.assign(group=list("aaad")), {"articles": 4, "groups": 2, "effective": 1.6})
    assert told == (
        "3 of them are copies of one another, in 1 group, the largest of 3; copies counted once, 2 remain, and for a "
        "mean all 4 are worth 1.6."
    )
    two = tell_copies(groups.head(2).assign(group="a", size=2), {"articles": 2, "groups": 1, "effective": 1.0})
    assert two.endswith("copies counted once, 1 remains, and for a mean both are worth 1.0.")
    assert "No two" in tell_copies(groups.assign(group=groups["article"]), {})


def periods(*rows):
    columns = ["period", "frame", "whole", "share", "low", "high", "why", "effective"]
    table = pd.DataFrame(rows, columns=columns).assign(unit="articles", articles=lambda t: t["whole"])
    return table.assign(start=pd.to_datetime(table["period"]))


def test_the_regime_changes_with_what_the_years_hold_and_says_why():
    few = ("2001", "x", 5, 0.2, None, None, "too few articles: 5 of 21", 5.0)
    one, two = ("2002", "x", 40, 0.2, 0.1, 0.3, "", 40.0), ("2003", "x", 40, 0.6, 0.5, 0.7, "", 40.0)
    rule, both = "An interval needs 21 articles from 10 outlets in a year; ", ["outlet", "group"]
    floors = tell_regime(periods(few), 21, 10, both)
    assert floors.startswith(f"**Regime: floors.** {rule}no year has them (the most is 5). So shares are counts")
    assert f"{rule}only 2002 has them. So" in tell_regime(periods(few, one), 21, 10, both)
    copied = tell_regime(periods((*few[:2], 30, *few[3:])), 21, 10, both)
    assert "(the most is 30, counted as 5 for the copies among them)" in copied
    alike = tell_regime(periods(("2001", "x", 40, 0.2, None, None, "too few outlets: 3 of 10", 40.0)), 21, 10, both)
    assert "(the most is 40, but too few outlets: 3 of 10)" in alike
    sure = tell_regime(periods(few, one, two), 21, 10, ["group"])
    assert sure.startswith("**Regime: intervals.** An interval needs 21 articles in a year; 2 of 3 years have them.")
    assert "these newsrooms only" in sure
    assert "outlets are" not in tell_regime(periods(few, one, two), 21, 10, both)
    assert "Regime: none" in tell_regime(periods(), 21, 10, ["group"])


def test_a_change_is_told_by_its_own_interval_not_by_whether_two_overlap():
    """30 of 100 against 45 of 100: Wilson's intervals overlap, Newcombe's of the difference does not hold zero."""
    low, high = wilson(pd.Series([30, 45]), pd.Series([100, 100])).to_numpy().T
    rise = periods(
        ("2016", "x", 100, 0.30, low[0], high[0], "", 100), ("2017", "x", 100, 0.45, low[1], high[1], "", 100)
    )
    assert high[0] > low[1]
    change = change_of_periods(rise, ["x"])
    assert tell_change(change) == (
        "X 30% of 100 articles in 2016 to 45% of 100 in 2017, a change of +15 points (+2 to +28)."
    )
    assert title_of_periods(rise, change) == "Share of articles, 2016 to 2017: x rises"
    back = rise.assign(start=rise["start"].to_numpy()[::-1])
    assert title_of_periods(back, change_of_periods(back, ["x"])).endswith("x falls")
    wide = rise.assign(low=0.1, high=0.7)
    assert title_of_periods(wide, change_of_periods(wide, ["x"])).endswith("x changes too little to tell")
    both = pd.concat([wide, wide.assign(frame="y")])
    assert title_of_periods(both, change_of_periods(both, ["x", "y"])).endswith("x and y change too little to tell")


def test_years_between_the_ends_of_a_change_are_thought_of():
    years = periods(*[(year, "x", 40, 0.2, 0.1, 0.3, "", 40) for year in ("2001", "2002", "2003")])
    assert tell_change(change_of_periods(years, ["x"])).endswith("The years between may go another way.")
    assert "between" not in tell_change(change_of_periods(years.tail(2), ["x"]))
    assert "No frame" in tell_change(change_of_periods(years, []))


def test_without_intervals_the_title_says_what_the_shares_are():
    one = periods(("2001", "x", 1, 1.0, None, None, "too few articles: 1 of 21", 1.0))
    none = change_of_periods(one, ["x"])
    assert none.empty
    assert title_of_periods(one, none) == "One article a year: a share of articles can only be 0 or 100%"
    assert title_of_periods(one.assign(articles=5), none).endswith("counts of 5 articles a year at most")


def test_one_date_has_no_course_however_many_articles_it_has():
    shares, articles = tables(a=[1, 5])
    articles["date"], articles["label"] = pd.Timestamp("2011-03-09"), ["2011-03-09·1", "2011-03-09·2"]
    assert answers.named_or_counted(articles["label"], 2) == "2 articles of 2011-03-09"
    assert answers.listed_labels(["2010", *articles["label"].tail(1), "2012"]) == "2010, 2011-03-09·2 and 2012"
    shares, articles = by_date(shares, articles)
    assert course_of(shares, articles, "a") == "is of 2011-03-09 alone"
    assert tell_shift(shares, articles, ["a"]).startswith(
        "With 2011-03-09 alone nothing can be said of a shift. In all"
    )
    assert answers.title_of_courses(shares, articles, ["a"]) == "With 2011-03-09 alone no frame has a course"
    assert answers.title_of_courses(shares, articles.head(0), ["a"]) == "Without a date no frame has a course"


def test_frames_that_are_nowhere_are_told_together():
    shares, articles = tables(a=[0, 0], b=[0, 1], c=[0, 0])
    assert tell_shift(shares, articles, ["a", "b", "c"]) == (
        "Between 2000 and 2001, b framing is in 2001 only (1 of 10 sentences); a and c framing is nowhere."
    )
    assert answers.title_of_courses(shares, articles, ["a", "b", "c"]) == "B is in 2001 only; a and c are nowhere"


def test_a_table_without_rows_or_values_is_told_and_not_shown():
    table = pd.DataFrame({"frame": ["a", "b"], "p": [0.1, None], "q": [None, None]})
    assert answers.shown(table, known=["p", "q"])["frame"].tolist() == ["a"]
    assert answers.shown(table, known=["q"]).data == "None."
    assert answers.shown(table[["frame"]].iloc[:, :0]).data == answers.readable(table.head(0)).data == "None."


def test_what_is_not_there_is_not_counted_as_0_of_0():
    none = pd.DataFrame(columns=["frame", "word", "article", "label", "near"])
    assert answers.tell_company(none, none, ["a"]) == "No word stands near a key word so often. **A** is nowhere."
    assert answers.tell_trial(pd.DataFrame({"rule": ["r"]}), none.assign(rule="", negated=False)) == (
        "None of 1 rules takes a sentence."
    )
    scores = pd.DataFrame({"force": ["agreed"], "listed": [0], "found": [0], "places": [3]})
    assert answers.tell_pattern(scores).startswith("Nothing is listed")
    left = pd.DataFrame({"frame": ["a"], "left_out": [""], "tau": [float("nan")]})
    assert answers.title_of_left_out(left, left.head(0)) == "No frame has a trend that could be undone"
    assert answers.tell_bands(left.head(0), left.head(0)) == ["No article has a date, so there is no course to undo."]


def test_which_of_the_articles_of_a_date_stands_first_by_name_changes_no_sentence():
    """Two articles of the first date and two of the last: alone, a would rise from one end and fall from the other."""
    counts = {"a": [1, 6, 4, 2, 7], "b": [0, 3, 3, 9, 1]}
    shares, articles = tables(**counts)
    articles["date"] = pd.to_datetime(["2001-03-04"] * 2 + ["2002-01-01"] + ["2003-05-06"] * 2)
    articles["label"] = ["2001·1", "2001·2", "2002", "2003·1", "2003·2"]
    told = []
    for order in ([0, 1, 2, 3, 4], [1, 0, 2, 4, 3]):
        places = articles["article"].iloc[order].to_numpy()
        own, dated = by_date(shares, articles.assign(article=places))
        ways = [course_of(own, dated, frame) for frame in counts]
        told.append(
            [tell_shift(own, dated, ["a"]), tell_untested(own, dated, ["a"]), tell_last_step(own, dated, ["a"])]
        )
        told[-1] += [answers.title_of_courses(own, dated, ["a", "b"]), *ways]
    assert told[0] == told[1]
    assert told[0][0] == (
        "Between 2001 and 2003, a framing rises (7 of 20 sentences in 2001, 9 of 20 sentences in 2003)."
    )


def test_counts_that_go_another_way_than_the_shares_stand_with_percentages():
    shares, articles = tables(a=[4, 4], b=[5, 6])
    shares.loc[shares["article"].eq("x2001"), "sentences"] = 20
    shares["share"] = shares["carrying"] / shares["sentences"]
    assert "falls (4 of 10 sentences = 40% in 2000, 4 of 20 sentences = 20% in 2001)" in tell_shift(
        shares, articles, ["a"]
    )
    assert "b loses most (5 of 10 = 50% to 6 of 20 = 30%)" in tell_untested(shares, articles, ["a"])
    many = shares.assign(sentences=[1000, 1000] * 2, carrying=[201, 204, 1, 2])
    many = many.assign(share=many["carrying"] / many["sentences"])
    assert "(201 of 1,000 sentences = 20.1% in 2000, 204 of 1,000 sentences = 20.4% in 2001)" in tell_shift(
        many, articles, ["a"]
    )
    assert "b gains most (1 of 1,000 = 0.1% to 2 of 1,000 = 0.2%)" in tell_untested(many, articles, ["a"])


def test_a_test_of_copies_says_that_it_takes_each_text_once():
    articles = pd.DataFrame({"article": list("abcd")})
    assert answers.tell_once(articles, articles) == ""
    assert answers.tell_once(articles, articles.head(3)) == (
        "1 of 4 articles repeats another: tests take each text once, by its first article, 3 in all."
    )
    assert answers.tell_once(articles, articles.head(1)).startswith("3 of 4 articles repeat another: ")


def test_articles_of_another_language_are_told_of(monkeypatch):
    monkeypatch.delenv("CODEBOOK", raising=False)
    told = answers.tell_language(pd.Series([True, False, True]))
    assert told == (
        "2 of 3 articles do not read as English; the codebook, the lists and the rules are English and find little "
        "there."
    )
    assert answers.tell_language(pd.Series([True])).startswith("1 of 1 article does not read as English; the codebook")
    assert answers.tell_language(pd.Series([False])) == ""
    told = answers.tell_language(pd.Series([True, pd.NA, False], dtype="boolean"))
    assert told.startswith("1 of 2 articles long enough to tell does not read as English;")
    monkeypatch.setenv("CODEBOOK", "mine.csv")
    assert "codebook" not in answers.tell_language(pd.Series([True]))
    assert "the lists and the rules are English" in answers.tell_language(pd.Series([True]))


def test_a_small_p_is_not_shown_as_none():
    table = pd.DataFrame({"test": ["a", "b"], "tau": [0.12345, None], "p": [0.0001, 0.1], "floor_holm": [1.0, None]})
    shown = answers.shown_p(table.assign(ranks=[0.0004, 0.05], pairs=[1, 2]), "ranks")
    assert shown["p"].tolist() == ["<0.001", "0.100"] and shown["ranks"].tolist() == ["<0.001", "0.050"]
    assert shown["floor_holm"].iloc[0] == "1.000" and pd.isna(shown["floor_holm"].iloc[1])
    assert shown["tau"].iloc[0] == 0.123 and shown["pairs"].tolist() == [1, 2]


def test_one_sentence_in_each_of_many_articles_is_told_once():
    categories = pd.DataFrame({"category": ["c"], "says": ["arms go south"], "arrow": ["south"]})
    counts = pd.DataFrame({"article": [f"x{i}" for i in range(1200)], "category": "c", "carrying": 1, "negated": 0})
    articles, nobody = counts[["article"]].assign(label=counts["article"]), counts.head(0)
    assert answers.tell_arrows(counts, articles, categories, nobody) == "arms go south in 1,200 articles"
    counts.loc[0, "carrying"] = 2
    assert answers.tell_arrows(counts, articles, categories, nobody) == "arms go south in 1,200 articles (1,201)"
    few = answers.tell_arrows(counts.tail(1), articles, categories, nobody)
    assert few == "arms go south in x1199 (1)"


def test_months_are_called_months():
    categories = pd.DataFrame({"category": ["c"], "says": ["arms go south"], "arrow": ["south"]})
    months = [f"2011-{month:02d}" for month in range(1, 6)]
    counts = pd.DataFrame({"article": months, "category": "c", "carrying": 1, "negated": 0})
    columns, nobody = pd.DataFrame({"article": months, "label": months}), counts.head(0)
    assert answers.tell_arrows(counts, columns, categories, nobody) == "arms go south in 5 months"
