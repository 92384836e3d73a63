"""Who is named and who is quoted, against lists made by reading the five articles."""

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.files.tables import SEEDS
from helpers.readings.actors import find_actors, load_actors
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
        (
            "Alejandro Poire met Jose Antonio Meade.",
            [["Alejandro Poire", "Alejandro Poiré"], ["Jose Antonio Meade", "José Antonio Meade"]],
        ),
        ("In México, Roberto Velásco and KELLY met.", [["México", "Mexico"], ["Roberto Velásco", "Roberto Velasco"]]),
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
    file.write_text((SEEDS / "actors.csv").read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    assert find_actors(sentences, load_actors(file)).empty


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (",person,X,United States", "the column actor is empty"),
        ("X,thing,X,United States", "the kind of 'X' is 'thing'"),
        ("X,person,X,Canada", "the side of 'X' is 'Canada'"),
        ("X,person,|,Mexico", "'X' has no names"),
        ("A,person,B,Mexico\nA,person,C,Mexico", "has two rows"),
        ("A,person,B,Mexico\nC,person,B,Mexico", "the name 'B' is there more than once"),
        ("A,person,José B,Mexico\nC,person,Jose B,Mexico", "the name 'José B' is there more than once"),
    ],
)
def test_a_faulty_actors_file_is_told_line_and_remedy(tmp_path, row, fault):
    file = tmp_path / "actors.csv"
    file.write_text("actor,kind,names,side\n" + row + "\n", "utf-8")
    with pytest.raises(ValueError, match=f"actors.csv, line 2: .*{fault}"):
        load_actors(file)
