"""Notebook 11: what came in is counted, and the verdict holds whether there are error bars or not."""

import pandas as pd
import pytest

from helpers.articles.copies import find_pairs, group_copies, once_each
from helpers.articles.dates_shown import by_date
from helpers.articles.load import read_articles
from helpers.codebook.hits import find_hits, list_sentences, share_of_sentences
from helpers.codebook.terms import frames_of, load_codebook
from helpers.findings import own
from helpers.findings.words import fits
from helpers.measures.periods import known_clusters, share_by_period
from helpers.text.split import split_sentences

BOOK = load_codebook()
FRAMES = frames_of(BOOK)
NONE = pd.DataFrame({"kept": pd.Series(dtype=bool)})


def read(articles, left_out=NONE):
    """findings, moves, shares of sentences, all that list_sentences gives."""
    sentences = split_sentences(articles)
    hits = find_hits(sentences, BOOK)
    shares = share_of_sentences(hits, sentences)
    groups = group_copies(find_pairs(articles), articles)
    grouped = articles.merge(groups[["article", "group"]], on="article")
    clusters = known_clusters(articles)
    periods = share_by_period(shares, grouped, clusters=clusters)
    moves = own.find_moves(shares, periods, grouped, FRAMES, clusters)
    return (
        own.find_own(articles, articles, left_out, groups, periods, moves),
        moves,
        shares,
        list_sentences(hits, sentences),
    )


def judged(articles, left_out=NONE):
    verdict = own.judge_own(read(articles, left_out)[0])
    assert fits(verdict), verdict
    return verdict


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Two years of thirty articles each from twelve outlets: of force in the first, of health in the second."""
    file = tmp_path_factory.mktemp("many") / "many.csv"
    said = ["Troops went to war against the cartels in {}.", "Addiction in {} is a public health problem."]
    rows = [
        (f"201{year}-0{1 + i % 9}-05", f"Paper {i % 12}", f"{said[year].format(f'Town{i}')} They met {i} times.")
        for year in (0, 1)
        for i in range(30)
    ]
    pd.DataFrame(rows, columns=["date", "outlet", "text"]).to_csv(file, index=False)
    return read_articles(file)


def test_each_check_of_the_seeds(articles):
    findings = read(articles)[0].set_index("check")
    assert findings["count"].dropna().tolist() == [5, 0, 0, 0, 2, 0, 0, 0]
    assert findings.at["largest movement", "finding"] == "arms control, none to 7 of 8"
    assert len(findings.at["most frequent frame", "ids"].split()) == 18


def test_too_few_articles_are_said_to_be_too_few(articles):
    assert judged(articles).endswith(
        "Too few articles for error bars. A year needs 21 articles, from outlets worth 5 equal ones; "
        "the fullest here has 1."
    )
    assert "needs 21 articles; the fullest" in judged(articles.assign(outlet=""))


def test_what_was_left_out_is_counted_and_remarks_apart(articles):
    left_out = pd.DataFrame({"kept": [False, True, False]})
    findings = read(articles, left_out)[0].set_index("check")
    assert findings.loc["used", ["finding", "count", "of"]].tolist() == ["some", 5, 7]
    assert findings.loc[["left out", "remarks on what was used"], "count"].tolist() == [2, 1]
    assert judged(articles, left_out).startswith("Articles used: 5 of 7.")


def test_without_two_dates_change_cannot_be_told(articles):
    undated = judged(articles.assign(date=pd.NaT))
    assert "Change cannot be told: no article has a date. Most frequent frame: partnership, 18 of 58." in undated
    assert "Change cannot be told: there is a single date." in judged(articles.head(1))
    assert "No frame's share of sentences moves. Most frequent frame: none." in judged(articles.assign(text="Hello."))


def test_with_error_bars_the_verdict_says_what_clearly_changes(many):
    verdict = judged(*many)
    assert "Error bars: 2 of 2 years. From 2010 to 2011 clearly up: public health; clearly down: militarised" in verdict
    moves = read(*many)[1].set_index("frame")
    assert moves.at["militarised", "at most"] < 0 < moves.at["public_health", "at least"]
    assert moves.at["militarised", "change in points"] == pytest.approx(-50)
    assert own.title_of_moves(moves.reset_index()).startswith("From 2010 to 2011 clearly up: public health")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda a: a[a["date"].dt.year.eq(2010) | a.index.isin([40, 41])], "Only one year has enough articles"),
        (
            lambda a: a.assign(outlet=["A", "B"] * 30),
            "A year needs as much as 5 equal ones; the best here has 2.0 (outlets: 2).",
        ),
        (
            lambda a: a.assign(text=a["text"].str.replace(r"\d+", "", regex=True)),
            "the fullest here has 30, which weigh as much as 1 equal ones.",
        ),
    ],
    ids=["one year", "few outlets", "copies"],
)
def test_why_there_are_no_more_error_bars(many, change, said):
    assert said in judged(change(many[0]).reset_index(drop=True))


def test_every_count_of_a_movement_names_its_sentences(articles):
    _, moves, shares, evidence = read(articles)
    assert moves["ids"].str.split().str.len().tolist() == moves["carrying"].tolist()
    largest = own.list_largest(moves, by_date(shares, articles), evidence)
    assert set(largest["frame"]) == {"arms_control"} and set(largest["label"]) == {"2022"} and len(largest) == 7
    assert (
        len(own.list_largest(read(articles.assign(date=pd.NaT))[1], by_date(shares, articles).head(0), evidence)) == 18
    )


def test_frames_that_copies_change_are_listed(articles):
    twice = pd.concat([articles, articles.tail(1).assign(article="again", label="again")], ignore_index=True)
    shares = read(twice)[2]
    changed = own.compare_once(shares, once_each(twice)).set_index("frame")
    assert changed.loc["arms_control"].tolist() == ["27%", "19%"]
    assert own.compare_once(read(articles)[2], articles).empty


def test_outlets_are_counted_with_their_first_and_last_article(articles):
    outlets = own.list_outlets(articles)
    assert outlets.iloc[0].tolist() == ["unknown", 2, "2021", "2022"] and len(outlets) == 4


def mixed(stays):
    """Fifty articles of two years and two outlets; in the second year one of them prints far more. The first outlet
    always writes of troops, the other never; unless it `stays`, the first one is gone in the second year."""
    rows = []
    for year, outlets in ((2010, "AAAAB"), (2011, "ABBBB" if stays else "BBBBB")):
        for i, outlet in enumerate(5 * outlets):
            text = f"Troops went to war in Town{i}." if outlet == "A" else f"They met in Town{i}."
            rows.append((f"{year}-0{1 + i % 9}-05", f"Paper {outlet}", text))
    return pd.DataFrame(rows, columns=["date", "outlet", "text"])


@pytest.mark.parametrize(
    ("stays", "told"),
    [
        (True, "Militarised: within outlets +0.0 points, from another mix of them -60.0."),
        (False, "Militarised: within outlets +0.0 points, from another mix of them -80.0."),
    ],
)
def test_a_change_that_is_one_of_the_mix_is_said_to_be(tmp_path, stays, told):
    mixed(stays).to_csv(tmp_path / "mixed.csv", index=False)
    findings, moves, *_ = read(read_articles(tmp_path / "mixed.csv")[0])
    assert findings.set_index("check").at["its change in two parts", "caution"] == told
    assert told in own.judge_own(findings) and own.title_of_mix(moves) == told.rstrip(".")
    row = moves.set_index("frame").loc["militarised"]
    assert row["within"] + row["mix"] == pytest.approx(row["change in points"])
    assert moves["interval over"].isna().all() and moves["at least"].isna().all()


def test_a_handful_of_articles_has_no_change_in_points(articles):
    moves = read(articles)[1]
    assert moves[["between", "change in points", "within"]].isna().all(axis=None)
    assert own.title_of_mix(moves) == ""
