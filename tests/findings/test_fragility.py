"""Notebook 09's checks are those of its tables, and its verdict holds on any corpus."""

from types import SimpleNamespace

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers.articles.dates_shown import by_date
from helpers.codebook.hits import find_hits, share_of_sentences
from helpers.codebook.terms import frames_of, load_codebook
from helpers.figures.fragility import draw_leave_one_out, draw_random_words, draw_ways
from helpers.findings import fragility
from helpers.findings.words import fits
from helpers.measures import chance, loss, specifications
from helpers.measures.tests import trends_over_dates
from helpers.text.split import split_sentences

EXPECTED = ["militarised", "public_health", "finance"]
BOOK = pd.DataFrame([("a", "arms"), ("a", "wars"), ("b", "trade"), ("none", "arms race")], columns=["frame", "term"])
BOOK["word_from"] = ""


def articles_of(*texts, dates=None):
    days = pd.to_datetime(dates or [f"{2000 + i}-01-01" for i in range(len(texts))])
    table = pd.DataFrame({"article": [f"x{i}" for i in range(len(texts))], "text": texts, "date": days})
    return table.assign(label=table["date"].dt.strftime("%Y").fillna(table["article"]), date_precision="day")


def check(articles, received, codebook, tested):
    """All that notebook 09 makes of some articles, each table by its name."""
    sentences = split_sentences(articles)
    hits, found = find_hits(sentences, codebook), loss.find_terms(sentences, codebook)
    shares = share_of_sentences(hits, sentences)
    tests = trends_over_dates(shares, articles, tested)
    trends = fragility.find_trends(by_date(shares, articles), tests)
    frames = list(trends.loc[trends["checked"], "frame"])
    flips = [loss.flip_sentences(shares, articles, frames), loss.flip_articles(shares, articles, frames)]
    flips = pd.concat([*flips, loss.flip_terms(found, sentences, articles, frames)])
    alike = specifications.count_alike(
        specifications.run_specifications(sentences, received, articles, codebook, frames)
    )
    kept, drawn = specifications.count_kept(alike), chance.draw_random_words(hits, sentences, articles, frames)
    left, without = (
        loss.leave_out_terms(found, sentences, articles, frames),
        loss.leave_out_articles(shares, articles, frames),
    )
    taus = pd.concat([left.assign(left="term"), without.assign(left="article")])
    courses = by_date(loss.share_without_terms(found, sentences, frames), articles)
    elsewhere = fragility.courses_from_elsewhere(sentences, articles, codebook)
    return SimpleNamespace(**locals(), chance=chance.compare_with_chance(drawn))


def findings_of(own, **other):
    tables = {name: getattr(own, name) for name in ("trends", "flips", "kept", "chance", "tests", "elsewhere")} | other
    return fragility.find_fragility(**tables)


def verdict_of(own, **other):
    return fragility.judge_fragility(findings_of(own, **other), other.get("flips", own.flips), own.trends)


@pytest.fixture(scope="module")
def seeds(articles):
    return check(articles, split_sentences(specifications.as_received(articles)), load_codebook(), EXPECTED)


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_only_what_rises_or_falls_is_checked(seeds):
    assert seeds.trends["frame"].tolist() == EXPECTED
    assert seeds.trends["checked"].tolist() == [True, False, True]
    table = fragility.lay_out_checks(findings_of(seeds))
    assert list(table) == ["check", "militarised falls", "finance rises"] and len(table) == len(fragility.CHECKS)


def test_a_course_by_date_that_single_articles_do_not_show_is_no_trend(seeds):
    turned = fragility.find_trends(by_date(seeds.shares, seeds.articles), seeds.tests.assign(tau=-seeds.tests["tau"]))
    assert not turned["checked"].any()
    assert turned["course"].iloc[0] == "falls, but not from article to article"


def test_each_check_passes_where_its_table_says_so(seeds):
    passed = findings_of(seeds).set_index(["frame", "check"])["passed"]
    assert passed["militarised"].to_list() == [True, True, False, False, True]
    assert passed["finance"].to_list() == [True, True, True, False, False]

    def failing(check, **other):
        return not findings_of(seeds, **other).query("check == @check")["passed"].any()

    assert failing("smallest change", flips=seeds.flips.assign(size=1))
    assert failing("counting", kept=seeds.kept.assign(kept=seeds.kept["courses"] - 1))
    assert failing("random words", chance=seeds.chance.assign(as_clear=25, draws=500)), "a twentieth is not fewer"
    assert failing("random words", chance=seeds.chance.head(0))
    assert not failing("test", tests=seeds.tests.assign(p_holm=0.05))
    assert failing("seeds", elsewhere=seeds.elsewhere.assign(course="is absent from the dates compared"))
    untried = findings_of(seeds, elsewhere=seeds.elsewhere.head(0))
    assert "seeds" not in set(untried["check"]) and len(fragility.lay_out_checks(untried)) == len(fragility.CHECKS) - 1


def test_the_verdict_names_the_smallest_change_and_the_checks_that_fail(seeds):
    verdict = verdict_of(seeds)
    assert verdict.startswith("Fragile") and fits(verdict)
    assert "2 of 58 sentences" in verdict and "2 of 5 articles" in verdict and "13 terms" not in verdict
    assert "Gone without the seeds' terms: finance. Also failed: random words and the trend test." in verdict
    brief = verdict_of(seeds, elsewhere=seeds.elsewhere.head(0))
    assert "Random words may do as well as militarised." in brief and "militarised or finance from chance" in brief


def test_terms_that_rest_on_the_seeds_are_left_out_where_the_column_names_them_and_of_the_seeds_only(
    seeds, articles, sentences, monkeypatch
):
    book = load_codebook()
    assert seeds.elsewhere["frame"].tolist() == frames_of(book)
    none = fragility.courses_from_elsewhere(sentences, articles, book.assign(word_from=""))
    assert none.empty, "nothing rests on the seeds"
    lost = book["word_from"].where(book["frame"].ne("finance") | book["term"].eq("forfeiture"), "seed articles")
    courses = fragility.courses_from_elsewhere(sentences, articles, book.assign(word_from=lost))
    assert courses.set_index("frame").loc["finance", "course"].startswith("is absent")
    monkeypatch.setenv("SOURCE", "elsewhere")
    assert fragility.courses_from_elsewhere(sentences, articles, book).empty


def test_a_trend_that_passes_every_check_is_not_called_more_than_that(seeds):
    passing = {"tests": seeds.tests.assign(p_holm=0.01), "chance": seeds.chance.assign(as_clear=0)}
    passing["elsewhere"] = seeds.elsewhere.head(0)
    none = seeds.flips.assign(size=pd.NA, searched=1)
    verdict = verdict_of(seeds, **passing, flips=none)
    assert "rest on the same sentences" in verdict and "robust" not in verdict and "Fragile" not in verdict
    assert (
        "No single sentence, term or article undoes the fall of militarised framing or the rise of finance" in verdict
    )
    some = verdict_of(seeds, **passing | {"chance": seeds.chance}, flips=none)
    assert some.startswith("In part: every check holds for finance, not for militarised.")


STRANGE = {
    "one article": articles_of("Arms here. Trade there."),
    "no date": articles_of("Arms here.", "Trade there.", "Arms and wars.", dates=[None] * 3),
    "one date": articles_of("Arms here.", "Trade there.", "Arms.", dates=["2001-01-01"] * 3),
    "no hit": articles_of("Rain.", "Snow.", "Hail.", "Fog."),
    "two articles": articles_of("Arms here. Rain. Trade.", "Trade there. Arms."),
    "some undated": articles_of(
        "Arms here. Rain.",
        "Trade.",
        "Arms. Rain. Rain.",
        "Wars.",
        dates=["2001-01-01", None, "2003-01-01", "2004-01-01"],
    ),
    "many articles": articles_of(*(f"Arms. {'Rain. ' * (i % 17)}Trade." for i in range(70))),
}


@pytest.mark.parametrize("name", STRANGE)
def test_strange_corpora_are_judged_and_drawn_without_a_missing_value(name):
    own = check(STRANGE[name], split_sentences(STRANGE[name]), BOOK, ["a", "b"])
    findings = findings_of(own)
    said = [verdict_of(own), fragility.title_of_left_out(findings, own.taus), fragility.title_of_ways(findings)]
    said += [fragility.title_of_random_words(findings), fragility.lay_out_checks(findings).to_string()]
    assert not [text for text in said if "nan" in text.lower() or "<NA>" in text]
    assert fits(said[0]) and (findings.empty == ("Nothing to undo" in said[0] or "Cannot be told" in said[0]))
    assert len(fragility.list_weightiest(own.left)) == findings["frame"].nunique()
    assert fragility.list_smallest_changes(own.flips).eval("fewest").map(len).all()
    draw_leave_one_out(own.courses, own.taus, title=said[1]).draw_without_rendering()
    draw_ways(own.alike, specifications.CHOICES, title=said[2]).draw_without_rendering()
    draw_random_words(chance.count_draws(own.drawn), title=said[3]).draw_without_rendering()


def test_the_weightiest_term_is_that_which_weakens_most():
    left = pd.DataFrame(
        [("a", "", -0.7), ("a", "x", -0.9), ("a", "y", -0.2), ("b", "", 0.5), ("b", "w", 0.4), ("b", "v", None)],
        columns=["frame", "left_out", "tau"],
    )
    assert fragility.list_weightiest(left)["term"].tolist() == ["y", "v"], "without a value there is no trend at all"
