"""Figures of articles unlike the seeds: no two labels over one another, nothing beyond its axis, no empty panels."""

import lxml.etree
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from PIL import Image

from helpers.figures import corpus, door, fragility, readings, shift, trust, voices

ONE_MONTH = ["2021-03-02", "2021-03-09", "2021-03-09", "2021-03-22", "2021-03-24", "2021-03-31"]
TWO_OF_A_YEAR = ["2019-01-01", "2019-01-20", "2021-05-01"]
MONTHS = [f"2011-{month:02d}-01" for month in range(1, 13)]


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def shares_of(days, share=0.5):
    table = pd.DataFrame({"date": pd.to_datetime(days), "share": share, "frame": "a", "reading": "codebook"})
    names = [f"x{i}" for i in range(len(days))]
    return table.assign(article=names, label=names, left_out="", tau=0.1, carrying=1, sentences=2, ids="")


def overlap(fig, labels):
    fig.draw_without_rendering()
    boxes = [label.get_window_extent() for label in labels if label.get_text()]
    return [(i, j) for i, one in enumerate(boxes) for j, other in enumerate(boxes[:i]) if one.overlaps(other)]


@pytest.mark.parametrize("days", [ONE_MONTH, TWO_OF_A_YEAR, MONTHS, ["2008-02-01", "2012-02-01", "2021-05-01"]])
def test_dates_below_an_axis_stand_beside_one_another(days):
    fig = shift.draw_shares_over_time(shares_of(days), ["a"], accent=[], title="x")
    fig.draw_without_rendering()
    labels = fig.axes[0].get_xticklabels()
    assert len([label for label in labels if label.get_text()]) >= 2
    assert not overlap(fig, labels)


def dates_of(days, precision="day", what="published"):
    days = pd.to_datetime(pd.Series(days))
    table = pd.DataFrame({"article": [f"x{i}" for i in range(len(days))], "name": "A", "what": what, "first": days})
    return table.assign(words=f"{what} " + days.dt.strftime("%d %B %Y"), precision=precision, inferred=False)


def labels_of_years(dates):
    fig = corpus.draw_timeline(dates, title="x")
    fig.draw_without_rendering()
    return [label.get_text() for label in fig.axes[0].get_xticklabels()]


def test_many_articles_are_counted_by_year_and_those_of_one_year_by_month():
    assert labels_of_years(dates_of(["2011-03-01"] * 20 + ["2013-03-01"] * 20)) == ["2011", "2013"]
    assert labels_of_years(dates_of(["2011-03-01"] * 20 + ["2011-05-01"] * 20)) == ["2011-03", "2011-05"]
    assert labels_of_years(dates_of(["2011-01-01"] * 40, precision="year")) == ["2011"]


def test_a_stamp_of_the_day_of_publication_is_not_written_over_it():
    both = pd.concat([dates_of(["2015-06-01", "2016-06-01"]), dates_of(["2015-06-01"], what="updated")])
    fig = corpus.draw_timeline(both.sort_values("article", kind="stable"), title="x")
    assert len(fig.axes[0].texts) == 3 and not overlap(fig, fig.axes[0].texts)


def test_the_axis_has_room_for_the_highest_course():
    both = pd.concat([shares_of(ONE_MONTH, 0.1), shares_of(ONE_MONTH, 0.9).assign(frame="b")])
    terms, without = both.drop_duplicates("frame").assign(left="term"), both.assign(left="article", left_out="x")
    fig = fragility.draw_leave_one_out(both, pd.concat([terms, without]), title="x")
    bottom, top = fig.axes[0].get_ylim()
    assert bottom == 0 and top >= 0.9


def test_long_labels_do_not_run_into_one_another():
    counts = shares_of(ONE_MONTH).assign(category="c", carrying=1, negated=0, by_reader=None)
    counts["label"] = [f"2021-03-09·{i}" for i in range(len(counts))]
    categories = pd.DataFrame({"category": ["c"], "group": ["g"], "says": ["a responsibility " * 3]})
    categories = categories.assign(side="Mexico", arrow="north")
    fig = readings.draw_categories(counts, categories, title="x")
    fig.draw_without_rendering()
    assert {label.get_rotation() for label in fig.axes[0].get_xticklabels()} == {45}
    fig = readings.draw_arrows(counts, categories, title="x")
    titles = [text for ax in fig.axes for text in ax.findobj(plt.Text) if "2021-03-09" in text.get_text()]
    assert len(titles) == len(counts) and {title.get_rotation() for title in titles} == {30}


def test_two_long_labels_among_short_ones_are_aslant_and_in_one_line():
    shares = shares_of([f"{year}-01-01" for year in range(2001, 2013)]).assign(reading="codebook")
    shares = shares.assign(carrying=1, sentences=10)
    shares["label"] = [f"{year}" for year in range(2001, 2013)]
    fig = shift.draw_heat_maps(shares, ["a"], title="x")
    assert {label.get_rotation() for label in fig.axes[0].get_xticklabels()} == {0}
    shares.loc[4:5, "label"] = ["2014-07-16·1", "2014-07-16·2"]
    ticks = shift.draw_heat_maps(shares, ["a"], title="x").axes[0].get_xticklabels()
    assert {label.get_rotation() for label in ticks} == {45}
    assert ticks[4].get_text() == "2014-07-16·1, of 10"


def test_long_names_of_frames_stand_above_their_own_panels():
    names = [f"the_framing_of_{x}_as_seen_by_both_governments" for x in ("war", "trade", "law", "arms")]
    shares = pd.concat([shares_of(MONTHS).assign(frame=name) for name in names])
    fig = shift.draw_shares_over_time(shares, names, accent=[], title="x")
    assert not overlap(fig, [text for ax in fig.axes for text in ax.findobj(plt.Text) if "framing" in text.get_text()])


def test_panels_above_hidden_ones_have_the_dates():
    names = list("abcd")
    shares = pd.concat([shares_of(TWO_OF_A_YEAR).assign(frame=name) for name in names])
    fig = shift.draw_shares_over_time(shares, names, accent=[], title="x")
    shown = [ax.xaxis.get_tick_params()["labelbottom"] for ax in fig.axes]
    assert (
        shown == [False, True, True, True, True, True]
        and [ax.get_visible() for ax in fig.axes] == [True] * 4 + [False] * 2
    )


def test_signs_of_names_are_drawn_as_they_are():
    dates = dates_of(["2015-06-01", "2016-06-01"]).assign(name="$Wall$ Street")
    fig = corpus.draw_timeline(dates, title="A $5 b $6")
    with plt.style.context(door.STYLE, after_reset=True):
        assert not any(text.get_parse_math() for text in fig.findobj(plt.Text))


def test_ticks_say_what_they_stand_at():
    counts = pd.DataFrame({"frame": "a", "tau": [0.1, 0.5], "draws": [4, 5], "of": 100})
    fig = fragility.draw_random_words(counts.assign(real=0.5, as_clear=[False, True]), title="x")
    fig.draw_without_rendering()
    for tick, label in zip(fig.axes[0].get_yticks(), fig.axes[0].get_yticklabels(), strict=True):
        assert float(label.get_text().removesuffix("%")) == pytest.approx(100 * tick)
    fig = corpus.draw_timeline(dates_of([f"{1980 + i}-01-01" for i in range(40)]), title="x")
    assert all(tick == int(tick) for tick in fig.axes[0].get_yticks())


def test_where_nothing_is_found_a_figure_says_so():
    undated = shares_of([None, None])
    nothing = pd.DataFrame({"article": ["all"], "frame": ["a"], "voice": ["reporter"], "count": [0]})
    unsaid = pd.DataFrame({"article": ["x"], "label": ["x"], "category": ["c"], "carrying": [0]})
    unlisted = pd.DataFrame({"article": [], "what": []})
    nobody = pd.DataFrame({"speaker": [], "side": [], "frame": [], "count": []})
    unread = pd.DataFrame({"measure": ["precision"], "frame": ["a"], "carrying": [0], "sentences": [0]})
    for fig, said in [
        (shift.draw_shares_over_time(undated, ["a"], accent=[], title="x"), "no article has a date"),
        (voices.draw_voices(nothing, ["a"], title="x"), "nothing to draw"),
        (readings.draw_undertakings(unlisted, title="x"), "nothing to draw"),
        (readings.draw_categories(unsaid, unsaid, title="x"), "nothing to draw"),
        (readings.draw_arrows(unsaid, unsaid, title="x"), "nothing to draw"),
        (voices.draw_speakers(nobody, ["a"], title="x"), "nothing to draw"),
        (trust.draw_scores(unread, title="x"), "nothing to draw"),
    ]:
        assert [text.get_text() for text in fig.axes[0].texts] == [said]


def test_a_letter_that_the_font_has_not_is_a_question_mark(tmp_path, monkeypatch):
    monkeypatch.setenv("FIGURES", str(tmp_path))
    dates = dates_of(["2015-06-01", "2016-06-01"])
    dates["name"], dates["words"] = ["新华社 (Xinhua)", "Café"], "于"
    fig = corpus.draw_timeline(dates, title="新 x")
    door.publish(fig, dates, "00-x")  # Matplotlib warns of each glyph it misses, and warnings are errors here
    ax = fig.axes[0]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["??? (Xinhua)", "Café"]
    assert ax.get_title(loc="left") == "? x" and {text.get_text() for text in ax.texts} == {"?"}


def test_years_have_four_digits_where_two_could_mean_another_century():
    def ticks(*days):
        fig = shift.draw_shares_over_time(shares_of(days).assign(reading="codebook"), ["a"], accent=[], title="x")
        return [label.get_text() for label in fig.axes[0].get_xticklabels()]

    assert ticks("1848-02-02", "1999-01-01") == ["1848", "1999"]
    assert ticks("1948-02-02", "1999-01-01") == ["1948", "1999"]
    assert ticks("2008-02-02", "2019-01-01") == ["’08", "’19"]
    many = shares_of([f"{year}-01-01" for year in (1848, 1899, 1910, 1914, 1969, 1970, 1999)])
    fig = shift.draw_shares_over_time(many, ["a"], accent=[], title="x")
    assert not overlap(fig, fig.axes[0].get_xticklabels())


def test_a_picture_says_its_title_wherever_it_goes(tmp_path, monkeypatch):
    monkeypatch.setenv("FIGURES", str(tmp_path))
    dates = dates_of(["2015-06-01", "2016-06-01"])
    title = "新 <finance> & \x00“arms” rise\nfrom none to 2 of 8"
    shown = door.publish(corpus.draw_timeline(dates, title=title), dates, "00-x")
    said = "新 <finance> & “arms” rise from none to 2 of 8"
    bundle, metadata = shown._repr_mimebundle_()
    assert repr(shown) == said and metadata["image/png"]["alt"] == said and bundle["image/png"]
    with Image.open(tmp_path / "00-x.png") as picture:
        assert picture.info["Title"] == said
    assert lxml.etree.parse(tmp_path / "00-x.svg").findtext("{*}title") == said


def test_the_title_is_that_of_all_panels_else_of_one_else_the_name_of_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("FIGURES", str(tmp_path))
    both = pd.concat([shares_of(MONTHS).assign(frame=name) for name in "ab"])
    assert door.title_of(shift.draw_shares_over_time(both, ["a", "b"], accent=[], title="above all")) == "above all"
    fig, _ = plt.subplots()
    assert repr(door.publish(fig, both, "00-untitled")) == "00-untitled"


def test_a_drawing_that_would_be_large_holds_a_picture_and_keeps_its_words(tmp_path, monkeypatch):
    monkeypatch.setenv("FIGURES", str(tmp_path))
    monkeypatch.setattr(door, "MOST_BYTES", 100_000)
    fig, ax = plt.subplots()
    for i in range(2000):
        ax.plot(i, i * i % 997, "o")
    ax.set_ylabel("a label")
    door.publish(fig, shares_of(MONTHS), "00-dots")
    drawing = (tmp_path / "00-dots.svg").read_text("utf-8")
    assert drawing.count("<use") < 100 and drawing.count("<image") == 1 and "a label" in drawing


# Elements of a drawing of Matplotlib.
DRAWN = set("svg metadata RDF Work type format creator Agent title defs style g path use clipPath rect image".split())
LONG = [
    "x" * 10_000,
    f"$x^2$ \\(y\\) <b>{'word ' * 90}",
    "\u202e\x1b[31m" + "Z\u0351\u0348\u036f\u0351\u0348" * 40,
    "_a",
]


@pytest.mark.parametrize("name", LONG)
def test_no_name_pushes_a_figure_off_the_page(tmp_path, monkeypatch, name):
    monkeypatch.setenv("FIGURES", str(tmp_path))
    days, frames = ["2011-03-01", "2013-03-01"], [name, f"{name} b", "c"]
    shares = pd.concat([shares_of(days).assign(frame=frame) for frame in frames])
    links = pd.DataFrame({"speaker": frames, "side": "Mexico", "frame": frames, "count": 2})
    title = f"{name} rises; {name} falls"
    drawn = [
        (corpus.draw_timeline(dates_of(days).assign(name=name), title="x"), dates_of(days)),
        (shift.draw_heat_maps(shares, frames, title=title), shares),
        (shift.draw_shares_over_time(shares, frames, accent=frames[:1], title=title), shares),
        (voices.draw_speakers(links, frames, title=title), links),
    ]
    for number, (fig, numbers) in enumerate(drawn):
        door.publish(fig, numbers, f"0{number}-x")
        with Image.open(tmp_path / f"0{number}-x.png") as picture:
            wide, high = picture.size
        assert wide < 1_150 and high < 1_000, number
        svg = lxml.etree.parse(tmp_path / f"0{number}-x.svg")
        assert {tag.tag.split("}")[-1] for tag in svg.iter(lxml.etree.Element)} <= DRAWN


def test_names_that_are_cut_alike_stay_apart(tmp_path, monkeypatch):
    monkeypatch.setenv("FIGURES", str(tmp_path))
    frames = [f"{'x' * 100}{end}" for end in "ab"]
    links = pd.DataFrame({"speaker": "P", "side": "Mexico", "frame": frames, "count": [1, 2]})
    fig = voices.draw_speakers(links, frames, title="x")
    assert len(fig.axes[0].get_xticks()) == 2
