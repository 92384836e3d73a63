"""Whose words carry which frame, in made-up stretches and in the five articles."""

import pandas as pd

from helpers.codebook.hits import find_hits, share_of_sentences
from helpers.codebook.terms import load_codebook
from helpers.readings.actors import load_actors
from helpers.readings.quotations import find_quotations, load_verbs
from helpers.readings.voices import count_heard, count_voices, give_voices, link_speakers, mark_hits, pool_voices


def stretch(*rows):
    columns = "article sentence kind speaker side start end quotation".split()
    return pd.DataFrame([("x", *row) for row in rows], columns=columns)


def hit(*rows):
    table = pd.DataFrame([("x", *row) for row in rows], columns=["article", "sentence", "frame", "start", "end"])
    return table.assign(frame=pd.Categorical(table["frame"], categories=["a", "b"]))


SPOKEN = stretch(
    (1, "indirect", "A", "Mexico", 10, 50, 1),
    (1, "direct", "B", "United States", 20, 30, 2),
    (1, "marked", "", "", 60, 70, 0),
    (2, "direct", "unknown", "unknown", 80, 90, 3),
)


def test_a_hit_has_the_voice_of_the_shortest_stretch_that_holds_the_whole_of_it():
    hits = hit((1, "a", 12, 15), (1, "a", 22, 25), (1, "a", 45, 52), (1, "b", 62, 65), (2, "b", 80, 90))
    voiced = give_voices(hits, SPOKEN)
    assert voiced["speaker"].tolist() == ["A", "B", "reporter", "reporter", "unknown"]
    assert voiced["voice"].tolist() == ["Mexico", "United States", "reporter", "reporter", "both or unknown"]
    assert voiced["kind"].tolist() == ["indirect", "direct", "", "", "direct"]
    assert voiced[hits.columns].equals(hits)
    assert give_voices(pd.concat([hits[:2], hits[2:].reset_index(drop=True)]), SPOKEN).equals(voiced)


def test_sentences_are_counted_once_for_each_voice_and_zeros_stay():
    hits = hit((1, "a", 12, 15), (1, "a", 16, 18), (1, "a", 22, 25), (2, "a", 80, 81))
    counts = count_voices(give_voices(hits, SPOKEN), pd.DataFrame({"article": ["x", "x", "y"]}))
    assert len(counts) == 2 * 2 * 4
    own = counts[counts["count"] > 0]
    assert own[["article", "voice", "count", "ids"]].to_numpy().tolist() == [
        ["x", voice, 1, place]
        for voice, place in [("United States", "x:1"), ("Mexico", "x:1"), ("both or unknown", "x:2")]
    ]
    twice = pool_voices(pd.concat([counts, counts]))
    assert len(twice) == 2 * 4
    assert twice.loc[twice["count"].gt(0), ["voice", "count", "ids"]].to_numpy().tolist() == [
        ["United States", 2, "x:1 x:1"], ["Mexico", 2, "x:1 x:1"], ["both or unknown", 2, "x:2 x:2"]
    ]  # fmt: skip


def test_every_sentence_that_carries_a_frame_is_in_somebodys_words(sentences):
    hits = find_hits(sentences, load_codebook())
    voiced = give_voices(hits, find_quotations(sentences, load_actors(), load_verbs()))
    assert len(voiced) == len(hits)
    carrying = share_of_sentences(hits, sentences).set_index(["article", "frame"])["ids"].str.split().map(set)
    by_voice = count_voices(voiced, sentences)
    ids = by_voice.groupby(["article", "frame"])["ids"].agg(lambda ids: set(" ".join(ids).split()))
    assert ids.to_dict() == carrying.to_dict()
    assert by_voice["ids"].str.split().str.len().eq(by_voice["count"]).all()
    links = link_speakers(voiced)
    assert links["ids"].str.split().str.len().eq(links["count"]).all()
    assert "reporter" not in set(links["speaker"])


def test_who_is_named_and_who_is_heard():
    mentions = pd.DataFrame(
        [("x", "A", "person", "Mexico"), ("y", "A", "person", "Mexico"), ("x", "C", "body", "both"),
         ("x", "Mexico", "country", "Mexico")],
        columns=["article", "actor", "kind", "side"],
    )  # fmt: skip
    heard = count_heard(mentions, pd.concat([SPOKEN, SPOKEN.head(1)]))  # two stretches of one act
    assert heard[["actor", "articles", "mentions", "quotations"]].to_numpy().tolist() == [
        ["A", 2, 2, 1],
        ["C", 1, 1, 0],
    ]


def test_hits_are_marked_where_they_lie_in_the_words_of_each_quotation():
    places = {"article": ["a", "a", "b"], "sentence": 1, "start": [10, 14, 10], "end": [30, 20, 30]}
    hits = {"article": "a", "sentence": [1, 1, 1, 2], "start": [15, 15, 25, 15], "end": [18, 18, 31, 18]}
    marked = mark_hits(pd.DataFrame(places), pd.DataFrame(hits))
    assert marked["spans"].tolist() == [[(5, 8)], [(1, 4)], []]
    assert mark_hits(pd.DataFrame(places).head(0), pd.DataFrame(hits))["spans"].dtype == object
