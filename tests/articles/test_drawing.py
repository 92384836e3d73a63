"""Of too many articles some are drawn, the same each time, those that coders judged among them."""

import pandas as pd

from helpers.articles.drawing import WHOLE, draw_articles, say_drawn

ARTICLES = pd.DataFrame({"article": [f"a{i:03}" for i in range(200)]})
NOTHING = pd.DataFrame({"file": [], "row": [], "article": [], "kept": [], "why": []})


def test_up_to_the_limit_all_are_used_and_nothing_is_said():
    articles, left_out = draw_articles(ARTICLES, NOTHING, set(), most=200)
    assert articles is ARTICLES and left_out is NOTHING and say_drawn(left_out) == ""


def test_of_more_as_many_are_drawn_in_their_order_and_it_is_said():
    articles, left_out = draw_articles(ARTICLES, NOTHING, {"a007", "a150"}, most=50)
    assert len(articles) == 50 and {"a007", "a150"} <= set(articles["article"])
    assert articles["article"].is_monotonic_increasing and list(articles.index) == list(range(50))
    assert "50 of 200" in say_drawn(left_out)
    again = draw_articles(ARTICLES, NOTHING, {"a007", "a150"}, most=50)[0]
    pd.testing.assert_frame_equal(articles, again)


def test_what_was_left_out_before_stays_listed():
    before = pd.DataFrame([{"file": "x.txt", "row": 0, "article": "", "kept": False, "why": "empty"}])
    left_out = draw_articles(ARTICLES, before, set(), most=50)[1]
    assert list(left_out["file"])[1:] == ["x.txt"] and left_out["kept"].tolist() == [True, False]


def test_a_file_that_is_called_all_articles_is_no_draw():
    before = pd.DataFrame([{"file": WHOLE, "row": 0, "article": "", "kept": False, "why": "not read"}])
    assert say_drawn(before) == ""
    assert "50 of 200" in say_drawn(draw_articles(ARTICLES, before, set(), most=50)[1])
