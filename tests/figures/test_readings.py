"""The figures of notebooks 06 and 07: each undertaking and each count where it belongs, in its country's colour."""

import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_hex

from helpers.codebook.hits import find_hits
from helpers.codebook.terms import load_codebook
from helpers.figures.parts import MEXICO, UNITED_STATES
from helpers.figures.readings import draw_arrows, draw_categories, draw_undertakings
from helpers.readings.actors import find_actors, load_actors
from helpers.readings.responsibility import class_sentences, count_by_article, load_categories, load_rules
from helpers.readings.undertakings import check_undertakings, load_undertakings, merge_reports


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def merged(articles, sentences):
    return merge_reports(check_undertakings(load_undertakings(), sentences), articles)


@pytest.fixture(scope="module")
def counts(sentences):
    hits, mentions = find_hits(sentences, load_codebook()), find_actors(sentences, load_actors())
    classed = class_sentences(sentences, hits, mentions, load_rules(load_categories()))
    return count_by_article(classed, sentences)


def test_the_figure_draws_one_mark_for_each_undertaking_and_no_two_labels_touch(merged):
    fig = draw_undertakings(merged, title="t")
    fig.draw_without_rendering()
    texts = [text for text in fig.axes[0].texts if text.get_text()]
    boxes = [text.get_window_extent() for text in texts]
    assert sum(text.get_text() in set(merged["what"]) for text in texts) == len(merged)
    assert not [
        (texts[i].get_text(), texts[j].get_text())
        for i in range(len(boxes))
        for j in range(i)
        if boxes[i].overlaps(boxes[j])
    ]


def test_the_figure_bears_an_article_without_a_date_and_a_long_name(merged):
    undated = merged.assign(
        date=merged["date"].where(merged["label"].ne("2012")), what=merged["what"] + " and so on" * 9
    )
    draw_undertakings(undated, title="t").draw_without_rendering()
    draw_undertakings(undated.query("label == '2012'"), title="t").draw_without_rendering()


def test_each_category_has_its_number_and_a_reader_is_in_brackets_where_the_count_differs(counts):
    categories = load_categories()
    other = counts["carrying"].where(counts["category"].astype(str).ne("us_asked"), 7)
    fig = draw_categories(counts.assign(by_reader=other), categories, title="t")
    written = [text.get_text() for text in fig.axes[0].texts]
    assert sum("(7)" in text for text in written) == counts["article"].nunique()
    numbers = [int(text.split(" (")[0]) for text in written]
    assert sum(numbers) == counts["carrying"].sum()
    unread = draw_categories(counts.assign(by_reader=None), categories, title="t")
    assert not any("(" in text.get_text() for text in [*unread.axes[0].texts, *unread.legends[0].get_texts()])


def test_a_dot_has_the_colour_of_the_country_it_speaks_of(counts):
    one = (
        counts[counts["category"].astype(str).isin(["us_asked", "mexico_asked"])]
        .head(2)
        .assign(carrying=1, by_reader=None)
    )
    categories = load_categories().query("category in ['us_asked', 'mexico_asked']")
    dots = draw_categories(one, categories, title="t").axes[0].collections[0]
    assert [to_hex(colour).upper() for colour in dots.get_facecolors()] == [UNITED_STATES, MEXICO]


def test_the_arrows_have_a_legend_and_a_star_where_a_word_is_negated(counts):
    going = load_categories().query("arrow != ''")
    fig = draw_arrows(counts, going, title="t")
    starred = {
        (ax.get_title("left").split()[0], text.xy[1]) for ax in fig.axes for text in ax.texts if "*" in text.get_text()
    }
    order = going["category"].tolist()
    assert starred == {("2012", order.index("arms_south")), ("2017", order.index("both_act"))}
    said = " ".join(text.get_text() for text in fig.legends[0].get_texts())
    assert "both countries to act" in said and "wider: more sentences" in said and "negated" in said
    bare = draw_arrows(counts.assign(negated=0), going, title="t")
    assert "negated" not in " ".join(text.get_text() for text in bare.legends[0].get_texts())


def test_of_many_articles_the_last_are_drawn(counts):
    many = pd.concat([counts.assign(article=counts["article"] + i, label=i) for i in "abcd"])
    fig = draw_arrows(many, load_categories().query("arrow != ''"), title="t")
    assert len(fig.axes) == 8 and fig.axes[-1].get_title("left").startswith("d")
