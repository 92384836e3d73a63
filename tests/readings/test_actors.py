"""Who is named and who is quoted, against lists made by reading the five articles."""

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot as plt

from helpers.codebook.hits import find_hits, share_of_sentences
from helpers.codebook.terms import load_codebook
from helpers.figures.voices import draw_speakers
from helpers.files.tables import SEEDS
from helpers.readings.actors import count_heard, count_voices, find_actors, give_voices, link_speakers, load_actors
from helpers.readings.quotations import find_quotations, load_verbs
from helpers.text.split import split_sentences

READ = Path(__file__).parents[1] / "data"  # what a reader found in the five articles


@pytest.fixture(scope="module")
def actors():
    return load_actors()


def split(text):
    return split_sentences(pd.DataFrame({"article": ["x"], "text": [text]}))


def named(text, actors):
    return find_actors(split(text), actors)[["name", "actor"]].to_numpy().tolist()


def test_every_mention_a_reader_found_is_found_and_no_other(sentences, actors):
    found = find_actors(sentences, actors)[["article", "sentence", "name", "actor"]]
    read = pd.read_csv(READ / "mentions.csv")
    assert found.to_numpy().tolist() == read.to_numpy().tolist()


def test_the_words_given_as_evidence_for_an_actor_stand_in_the_articles(articles, actors):
    texts = " ".join(articles["text"]).replace("’", "'")
    quotes = [q for words in actors["evidence"] for q in re.findall(r"(?:^|; )'(.+?)'(?=;|,|$)", words)]
    assert len(quotes) >= len(actors) - 1
    assert not [quote for quote in quotes if quote.replace("’", "'") not in texts]


def test_an_office_held_by_dates_was_held_on_the_day_its_holder_is_named_with_it(articles, sentences, actors):
    """Trump is in office in 2017, Biden in 2021, and nobody stands in an article of another time."""
    found = find_actors(sentences, actors).merge(articles[["article", "date"]], on="article")
    for row in found.merge(actors[["actor", "from", "to"]], on="actor").to_dict("records"):
        day = str(row["date"].date())
        assert row["from"][:7] <= day[:7], row
        assert not row["to"] or day[:7] <= row["to"][:7], row


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("They met in New Mexico and Mexico City.", []),
        ("They met in Mexico.", [["Mexico", "Mexico"]]),
        ("Mexicans waited; mexico is no name.", []),
        (
            "Rosa Icela Rodríguez met General Luis Rodríguez Bucio. Rodríguez spoke, Rodríguez Bucio did not.",
            [
                ["Rosa Icela Rodríguez", "Rosa Icela Rodríguez"],
                ["General Luis Rodríguez Bucio", "Luis Rodríguez Bucio"],
                ["Rodríguez", "Rosa Icela Rodríguez"],
                ["Rodríguez Bucio", "Luis Rodríguez Bucio"],
            ],
        ),
        ("A Mr. Rodríguez spoke to Kelly.", []),  # short forms say nothing where no name stands
        (
            "Felipe Calderon spoke. Calderón left.",
            [["Felipe Calderon", "Felipe Calderón"], ["Calderón", "Felipe Calderón"]],
        ),
        (
            "Donald Trump met Joe Biden. The aide of President Trump left.",
            [["Donald Trump", "Donald Trump"], ["Joe Biden", "Joe Biden"], ["President Trump", "Donald Trump"]],
        ),
        ("DEA agents and the MEDEA.", [["DEA", "DEA"]]),
        ("", []),
    ],
)
def test_names_are_told_apart(text, mentions, actors):
    assert named(text, actors) == mentions


def test_a_shorter_form_counts_where_nobody_of_the_longer_one_is_named():
    rows = [("Long", "body", ["Long Office"], ["Border Council of the North"], "Mexico")]
    rows += [("Short", "body", ["Border Council"], [], "United States")]
    actors = pd.DataFrame(rows, columns=["actor", "kind", "names", "short", "side"])
    text, short = "The Border Council of the North met.", ["Border Council", "Short"]
    assert named(text, actors) == [short]
    whole = [["Border Council of the North", "Long"], ["Long Office", "Long"]]
    assert named(f"{text} The Long Office was there.", actors) == whole, "and not inside a longer one that is"


def test_a_form_two_share_goes_to_the_one_named_nearest_before(actors):
    text = "Michael Chertoff came. Janet Napolitano came. The U.S. Homeland Security Secretary spoke to Chertoff."
    assert named(text, actors)[2] == ["U.S. Homeland Security Secretary", "Janet Napolitano"]


PIECES = [*"Mexico New City US the officials The Kelly John President Trump Donald DEA , .".split(), "Luis Videgaray"]


@given(st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join))
def test_every_mention_is_the_words_it_points_to_and_none_overlap(text):
    found = find_actors(split(text), load_actors())
    assert [text[row.start : row.end] for row in found.itertuples()] == found["name"].tolist()
    assert (found["start"].iloc[1:].to_numpy() >= found["end"].iloc[:-1].to_numpy()).all()
    for row in found.itertuples():
        assert not re.search(r"\w$", text[: row.start]) and not re.match(r"\w", text[row.end :])


def test_without_actors_nobody_is_named(tmp_path, sentences):
    file = tmp_path / "actors.csv"
    file.write_text((SEEDS / "actors.csv").read_text("utf-8").splitlines()[0] + "\n")
    assert find_actors(sentences, load_actors(file)).empty


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (",person,X,United States", "has no name of its own"),
        ("X,thing,X,United States", "the kind of 'X' is 'thing'"),
        ("X,person,X,Canada", "the side of 'X' is 'Canada'"),
        ("X,person,|,Mexico", "'X' has no names"),
        ("A,person,B,Mexico\nA,person,C,Mexico", "stands in two rows"),
        ("A,person,B,Mexico\nC,person,B,Mexico", "the name 'B' stands more than once"),
    ],
)
def test_a_faulty_actors_file_is_told_line_and_remedy(tmp_path, row, fault):
    file = tmp_path / "actors.csv"
    file.write_text("actor,kind,names,side\n" + row + "\n")
    with pytest.raises(ValueError, match=f"actors.csv, line 2: .*{fault}"):
        load_actors(file)


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
    assert len(counts) == 3 * 2 * 4
    own = counts[counts["count"] > 0]
    assert own[["article", "voice", "count", "ids"]].to_numpy().tolist() == [
        [article, voice, 1, place]
        for article in ("all", "x")
        for voice, place in [("United States", "x:1"), ("Mexico", "x:1"), ("both or unknown", "x:2")]
    ]


def test_every_sentence_that_carries_a_frame_is_in_somebodys_words(sentences, actors):
    hits = find_hits(sentences, load_codebook())
    voiced = give_voices(hits, find_quotations(sentences, actors, load_verbs()))
    assert len(voiced) == len(hits)
    carrying = share_of_sentences(hits, sentences).set_index(["article", "frame"])["ids"].str.split().map(set)
    by_voice = count_voices(voiced, sentences).query("article != 'all'")
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


def test_speakers_stand_by_side_and_then_the_busiest_first():
    links = pd.DataFrame(
        [("A", "unknown", "a", 9), ("B", "Mexico", "a", 1), ("C", "Mexico", "b", 3), ("D", "Mexico", "a", 1),
         ("E", "United States", "b", 2)],
        columns=["speaker", "side", "frame", "count"],
    )  # fmt: skip
    ax = draw_speakers(links, ["a", "b"], title="").axes[0]
    names = sorted((text.xy[1], text.get_text().split()[0]) for text in ax.texts if text.xy[0] < 0)
    assert [name for _, name in names] == ["E", "C", "B", "D", "A"]
    plt.close("all")


def test_the_network_of_nobody_is_drawn_empty_and_lines_lie_side_by_side():
    links = pd.DataFrame(
        [("A", "Mexico", "a", 3), ("A", "Mexico", "b", 1), ("B", "both", "a", 2)],
        columns=["speaker", "side", "frame", "count"],
    )
    assert not [line for line in draw_speakers(links.iloc[:0], ["a"], title="").axes[0].lines if len(line.get_xdata())]
    lines = [line for line in draw_speakers(links, ["a", "b"], title="").axes[0].lines if len(line.get_xdata())]
    widths = [line.get_linewidth() for line in lines]
    assert widths == pytest.approx([widths[1] * 3, widths[1], widths[1] * 2])
    begins = sorted(line.get_ydata()[0] for line in lines)
    assert len(set(begins)) == 3
    plt.close("all")
