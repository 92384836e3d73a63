"""The seed corpus: received byte for byte, dated on evidence, cleaned to its fifty-eight sentences, coded."""

import hashlib

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers.articles.cleaning import clean
from helpers.articles.dates import read_alone
from helpers.articles.judgements import judgements_from
from helpers.articles.load import list_dates, list_oddities
from helpers.codebook.definitions import faults_of_definitions, load_definitions
from helpers.codebook.hits import find_hits, share_of_sentences
from helpers.codebook.terms import frames_of, load_codebook
from helpers.coders.errors import compare_with_coders, precision_and_recall
from helpers.coders.labels import load_labels, majority
from helpers.figures.corpus import draw_timeline
from helpers.files.encodings import decode
from helpers.files.tables import SEEDS

RECEIVED = {
    "000_e30e53e14ba18f5f": "7c2f65cd0768da5df79a34b86338031e367b9890b7068637eb058220d86ba519",
    "001_7569764720985a57": "3e80d17a434eeaacd527c5a048889303cccc12c11d850550a4706ba642a4a693",
    "002_f6318a2d4ec23030": "4fe8b7d348d63b6039d30195b6ff6948f0d32af34a8e93fe9da3071cc017b95c",
    "003_bc680b533161890b": "b6651a31c80bf6b0f459857e0d86a3c3c7d169249469417e67beacafd57627be",
    "004_e39fc6890fd44e0a": "757c67809ab7ce45b1c4ada70f5976b72aa631e0778607bd55ae20a144ddc791",
}
TITLES = [
    "US, Mexico security chiefs agree more cooperation is need to stop drug, arms trafficking",
    "United States and Mexico Sign Customs Agreements for Border Security",
    "US homeland security chief talks drug crackdown with Mexican president",
    "The United States Will Change Binational Security Strategy With Mexico",
    "Mexico And The US Seek To Stop Ammunition And Firearms Trafficking Between The Two Countries",
]

WORD_FROM = ["seed articles", "definitions", "study", "official record", "general English"]  # as codebook.md has them


def test_the_files_are_as_received():
    assert {file.stem: hashlib.sha256(file.read_bytes()).hexdigest() for file in SEEDS.glob("*.txt")} == RECEIVED


def test_articles_stand_in_the_order_of_their_events_and_the_stamp_turns_nothing_round(articles):
    assert [article[:3] for article in articles["article"]] == ["000", "001", "004", "002", "003"]
    assert articles["label"].tolist() == ["2008", "2012", "2017", "2021", "2022"]
    assert articles["date_precision"].tolist() == ["month", "day", "day", "month", "day"]
    assert articles["date_basis"].eq("event").all()
    assert (articles["date"].shift(-1).dropna() > articles["date_latest"].iloc[:-1]).all()  # no two can change places


def test_each_date_lies_where_the_evidence_puts_it(articles):
    """The summit named in the text opened on Friday 7 July 2017; the others name their weekday or month themselves."""
    days = articles.set_index("label")["date"].dt.day_name()
    assert (days["2017"], days["2022"], days["2012"]) == ("Wednesday", "Wednesday", "Monday")


def test_a_date_that_was_inferred_is_counted_and_drawn_as_such(articles):
    """2017 is known to the day, and inferred all the same: hollow like the two known to the month."""
    dates = list_dates(articles)
    events = dates[dates["what"].eq("event")].set_index("label")["inferred"]
    assert events[events].index.tolist() == ["2008", "2017", "2021"]
    marks = [line for line in draw_timeline(dates, title="t").axes[0].lines if line.get_marker() == "o"]
    hollow = [line.get_markerfacecolor() == "white" for line in marks if len(line.get_xdata())]
    assert hollow == [True, False, True, True, False]
    plt.close("all")


@pytest.fixture(scope="module")
def judged():
    return judgements_from((SEEDS / "articles.csv").read_bytes(), "articles.csv")[0]


def test_the_words_given_as_evidence_stand_on_the_page(judged):
    evidence = judged.melt("article", [name for name in judged if name.endswith("_evidence")], value_name="words")
    quotes = evidence["words"].str.extractall(r"(?:^|[ ;(])'([^']+)'")[0]
    assert len(quotes) >= 12
    for (row, _), quote in quotes.items():
        page = decode((SEEDS / f"{evidence.loc[row, 'article']}.txt").read_bytes())
        assert quote in page.replace("“", '"').replace("”", '"'), quote


def test_dates_found_on_the_pages_are_those_judged(judged):
    days = judged.set_index("article")
    for article in RECEIVED:
        page = clean(decode((SEEDS / f"{article}.txt").read_bytes()))
        for what in ("published", "updated"):
            for words in page[what]:
                assert pd.Timestamp(read_alone(words)) == days.loc[article, what]


def test_cleaning_and_splitting_give_the_sentences_that_were_coded(articles, sentences):
    coded = pd.read_csv(SEEDS / "sentences.csv")
    assert sentences.set_index(["article", "sentence"])["text"].sort_index().to_dict() == (
        coded.set_index(["article", "sentence"])["text"].sort_index().to_dict()
    )
    assert articles["title"].tolist() == TITLES
    joined = sentences.groupby("article", sort=False)["text"].agg(" ".join)
    assert joined.tolist() == articles["text"].str.replace("\n\n", " ").tolist()  # nothing stands outside a sentence


def test_the_translations_stray_words_are_left_and_listed(sentences):
    stray = list_oddities(sentences).query("oddity.str.contains('verb of saying')")
    assert stray["words"].str.contains("Indian").tolist() == [True, True]
    assert stray["sentence"].tolist() == [6, 12]


def test_every_frame_is_defined_and_every_term_has_a_reason_and_a_source():
    codebook, page = load_codebook(), (SEEDS / "codebook.md").read_text("utf-8")
    frames, file = frames_of(codebook), SEEDS / "codebook.md"
    assert list(load_definitions(frames, file)) == frames and not faults_of_definitions(frames, file)
    without = codebook[codebook[["source", "note"]].eq("").any(axis=1)]
    assert without.empty, f"codebook.csv: write a source and a note for each of these terms:\n{without}"
    unknown = codebook[~codebook["word_from"].isin(WORD_FROM)]
    assert unknown.empty, f"codebook.csv: write as word_from one of {WORD_FROM} for each of these terms:\n{unknown}"
    sources = {*codebook["source"].str.split("; ").explode(), *WORD_FROM}
    lost = {source for source in sources if f"**{source}**" not in page}
    assert not lost, f"codebook.md: add to its list of sources: {lost}"


def test_a_word_taken_from_the_seeds_stands_in_them(sentences):
    codebook = load_codebook()
    taken = codebook[codebook["word_from"].eq("seed articles")]
    found = find_hits(sentences, taken.assign(frame=taken["frame"] + taken["term"]))
    lost = set(taken["term"]) - set(found["term"])
    assert not lost, f"codebook.csv: no seed article has {lost}, so word_from must say where else the word was found"


def test_the_coders_judged_every_sentence_for_each_frame_they_judged(sentences):
    frames = frames_of(load_codebook())
    labels = load_labels(frames)
    assert labels["coder"].nunique() == 3
    assert labels.groupby(["coder", "frame"]).size().eq(len(sentences)).all()
    assert len(majority(labels, sentences)) == len(sentences) * labels["frame"].nunique()


def test_the_codebook_reads_the_sentences_much_as_the_coders_do(sentences):
    codebook = load_codebook()
    compared = compare_with_coders(
        find_hits(sentences, codebook), majority(load_labels(frames_of(codebook)), sentences)
    )
    assert precision_and_recall(compared, frames_of(codebook))["f1"].mean() >= 0.80


def test_offices_and_names_carry_no_frame(sentences):
    """Sentences that only say who was there (2021: 7 to 10) are silent in the coders' reading and in the codebook's."""
    hits = find_hits(sentences, load_codebook())
    coded = set(load_labels(frames_of(load_codebook()))["frame"])
    roll_call = hits[hits["article"].str.startswith("002") & hits["sentence"].between(7, 10)]
    wrong = roll_call.loc[roll_call["frame"].isin(coded), ["frame", "term", "sentence"]]
    assert wrong.empty, f"a name or an office carries no frame: make the term narrower, or mask it\n{wrong}"


def test_both_readings_find_public_health_in_one_article_only(sentences):
    votes = majority(load_labels(frames_of(load_codebook())), sentences)
    for found in (find_hits(sentences, load_codebook()), votes[votes["value"].eq(1)]):
        shares = share_of_sentences(found, sentences).query("frame == 'public_health' and carrying > 0")
        assert shares["article"].str[:3].tolist() == ["002"]
