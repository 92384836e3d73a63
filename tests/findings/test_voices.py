"""Notebook 05's verdict holds on any corpus: the five articles, one, nobody quoted, nobody named, another language."""

import pandas as pd
import pytest

from helpers.articles.load import load_articles
from helpers.codebook.hits import find_hits, share_of_sentences
from helpers.codebook.terms import load_codebook
from helpers.findings import voices
from helpers.findings.words import fits
from helpers.readings.actors import find_actors, load_actors
from helpers.readings.authors import OWN, find_authors, give_authors
from helpers.readings.quotations import compare_with_reading, find_quotations, load_reading, load_verbs
from helpers.readings.voices import VOICES, count_heard, count_voices, give_voices, link_speakers
from helpers.text.split import split_sentences, split_words


def findings_of(articles, actors=None):
    actors = load_actors() if actors is None else actors
    sentences = split_sentences(articles)
    hits, quotations = find_hits(sentences, load_codebook()), find_quotations(sentences, actors, load_verbs())
    authors, mentions = find_authors(articles, actors), find_actors(sentences, actors)
    voiced = give_authors(give_voices(hits, quotations), authors)
    counts, own = count_voices(voiced, sentences), count_voices(voiced[voiced["kind"].eq(OWN)], sentences)
    direct = count_voices(give_voices(hits, quotations.query("kind == 'direct'")), sentences)
    words = give_authors(give_voices(split_words(sentences), quotations), authors)
    heard = count_heard(mentions, quotations)
    reading = load_reading().query("article in @articles.article")
    return voices.find_voices(counts, direct, own, words, heard, reading)


def written(folder, *texts):
    folder.mkdir(exist_ok=True)
    for i, text in enumerate(texts):
        (folder / f"a{i}.txt").write_text(f"A page\n\n{text}\n", "utf-8")
    return load_articles(folder)


def test_counts_are_those_of_the_sentences_named_and_of_all_that_carry_a_frame(articles, sentences):
    findings = findings_of(articles)
    carrying = share_of_sentences(find_hits(sentences, load_codebook()), sentences)["carrying"].sum()
    spoken = findings[findings["about"].isin(voices.NAMES.values())]
    assert spoken["of"].eq(carrying).all()
    assert [len(ids.split()) for ids in spoken["ids"]] == spoken["count"].tolist()
    assert spoken["words"].sum() == len(split_words(sentences))
    assert (spoken["count in quotation marks only"] <= spoken["count"])[spoken["about"].ne("the reporter")].all()


def test_a_reader_hears_no_fewer_than_the_rules(articles):
    heard = findings_of(articles).set_index("about").loc[list(voices.KINDS.values())]
    assert (heard["count by a reader"] <= heard["count"]).all() and heard["count by a reader"].notna().all()


def test_the_verdict_on_the_seeds_names_all_that_was_asked(articles):
    verdict = voices.judge_voices(findings_of(articles))
    assert fits(verdict)
    assert all(words in verdict for words in ("the reporter", "In quotation marks alone", "not found quoted"))


def counted(**frames):
    """Counts of one article by frame: how many sentences in each voice, the first ones of the article."""
    rows = [
        ("x", frame, voice, n, " ".join(f"x:{voice[0]}{i}" for i in range(n)))
        for frame, numbers in frames.items()
        for voice, n in zip(VOICES, numbers, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["article", "frame", "voice", "count", "ids"])
    return table.assign(voice=pd.Categorical(table["voice"], categories=VOICES))


NOBODY = pd.DataFrame(columns=["actor", "kind", "side", "quotations"])
SILENT = pd.DataFrame({"voice": []})
UNREAD = pd.DataFrame({"speaker": []})


@pytest.mark.parametrize(
    ("frames", "said"),
    [
        ({"a": [0, 0, 0, 0]}, "Cannot be told: no sentence carries a frame. Nobody on our list of people is named."),
        ({"a": [9, 1, 0, 0]}, "The rules hear almost nobody: 9 of 10 frames come in the text's own words"),
        (
            {"a": [2, 3, 3, 0]},
            "No voice leads: frames come from US speakers (3), Mexican speakers (3) and the ",
        ),
        ({"a": [0, 3, 1, 0], "b": [0, 0, 2, 0]}, "In quotation marks alone: US speakers (3) and Mexican speakers (3)."),
        ({"a": [0, 0, 0, 2]}, "All frames come from both or unknown speakers (2)."),
        ({"a": [1, 0, 4, 0]}, "Frames come most often from Mexican speakers (4 of 5), then the reporter (1). "),
    ],
)
def test_the_verdict_turns_with_the_counts(frames, said):
    counts = counted(**frames)
    verdict = voices.judge_voices(voices.find_voices(counts, counts, counted(a=[0, 0, 0, 0]), SILENT, NOBODY, UNREAD))
    assert said in verdict and fits(verdict)


def test_a_frame_that_two_voices_carry_equally_often_has_no_leader():
    counts = counted(a=[1, 3, 3, 0], b=[0, 1, 0, 0])
    findings = voices.find_voices(counts, counts, counted(a=[0, 0, 0, 0]), SILENT, NOBODY, UNREAD).set_index("about")
    assert findings.loc["US speakers", ["leads most on", "leads also on"]].tolist() == ["b (1 of 1)", ""]
    assert findings.loc["Mexican speakers", "leads most on"] == ""


def test_one_article_without_speech_or_names_gets_a_verdict(tmp_path):
    verdict = voices.judge_voices(findings_of(written(tmp_path, "Troops fight against gangs. It rained all day.")))
    assert (
        verdict.startswith("The rules hear almost nobody: 1 of 1") and "Nobody on our list" in verdict and fits(verdict)
    )


def test_a_governments_own_page_speaks_for_it(tmp_path):
    page = "Troops fight against gangs. The mayor of a town said the fight against gangs is lost."
    articles = written(tmp_path, page).assign(outlet="whitehouse.gov")
    findings = findings_of(articles).set_index("about")
    assert findings.at["US speakers", voices.OWN_PAGES] == findings.at["US speakers", "count"] == 1
    assert findings.at["the reporter", "count"] == 0 and findings.at["both or unknown speakers", "count"] == 1
    verdict = voices.judge_voices(findings.reset_index())
    assert "On pages of their own: US speakers (1)" in verdict and fits(verdict)


def test_who_is_not_on_the_list_is_shown_as_rows_that_load(tmp_path):
    rows = {"actor": ["Ana Ruiz"], "kind": ["person"], "names": ["Ana Ruiz"], "short": ["Ruiz"], "side": ["unknown"]}
    shown = voices.say_unlisted(pd.DataFrame(rows).assign(evidence="seen, twice"))
    (tmp_path / "actors.csv").write_text(shown.strip("`\n"), "utf-8")
    assert load_actors(tmp_path / "actors.csv")["names"].tolist() == [["Ana Ruiz"]]
    assert voices.say_unlisted(pd.DataFrame(rows).iloc[:0]) == voices.NOBODY_UNLISTED


def test_titles_are_of_the_verdict(articles, sentences):
    assert voices.title_of_voices(findings_of(articles)) in voices.judge_voices(findings_of(articles))
    voiced = give_voices(find_hits(sentences, load_codebook()), find_quotations(sentences, load_actors(), load_verbs()))
    links = link_speakers(voiced)
    assert "Michael Chertoff" in voices.title_of_speakers(links)
    assert "known" in voices.title_of_speakers(links[links["speaker"].eq("unknown")])


def test_the_rules_are_scored_against_the_reader(articles):
    found = find_quotations(split_sentences(articles), load_actors(), load_verbs())
    scores = voices.score_rules(compare_with_reading(found, load_reading())).iloc[0]
    assert scores["quotations the rules find"] == len(found) and scores["quotations a reader marked"] == len(
        load_reading()
    )
    assert scores["with the same speaker"] <= scores["found by both"] <= len(found)
