"""Who stands beside a verb of saying and is not on the list becomes a row for it."""

import pandas as pd
import pytest

from helpers.readings.actors import find_actors, load_actors
from helpers.readings.quotations import load_verbs
from helpers.readings.unlisted import find_unlisted, propose_actors
from helpers.text.split import split_sentences

PAGE = (
    "Union leader Marta Oliveira said the strike goes on. Oliveira, who is tired, said so twice. “They wait,” said "
    "Rui de Almeida, a docker. Transport Minister João Faria warned them. Faria told reporters that a minister had no "
    "choice. According to the Port Authority, ships wait. The Port Authority later added that a port is no authority. "
    "The Ministry of Labour said it would mediate, and the Ministry of Labour announced talks. OECD said no. The OECD "
    "said yes. He said no. I said no. He said it. I said it. In Mexico, President Joe Biden "
    "said no; Biden, the president, said it."
)


def proposed(text, actors):
    sentences = split_sentences(pd.DataFrame({"article": ["x"], "text": [text]}))
    unlisted = find_unlisted(sentences, find_actors(sentences, actors), load_verbs())
    return propose_actors(unlisted, sentences, actors)


def test_persons_come_without_titles_and_bodies_whole():
    rows = proposed(PAGE, load_actors()).set_index("actor")
    assert rows["kind"].to_dict() == {
        "João Faria": "person",
        "Marta Oliveira": "person",
        "Ministry of Labour": "body",
        "OECD": "body",
        "Port Authority": "body",
    }
    assert rows["short"].to_dict()["João Faria"] == "Faria" and rows.at["OECD", "short"] == ""
    assert set(rows["side"]) == {"unknown"}


def test_the_rows_are_a_list_of_actors(tmp_path):
    proposed(PAGE, load_actors().iloc[:0]).to_csv(tmp_path / "actors.csv", index=False)
    again = load_actors(tmp_path / "actors.csv")
    assert "Joe Biden" in set(again["actor"])
    assert proposed(PAGE, again).empty, "whoever is on the list is not proposed again"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A" * 30_000,
        "A." * 20_000,
        "Ab " * 20_000,
        "Ab, a " * 20_000,
        "It rained.",
        "He said no. She said no. They said no.",
    ],
)
def test_nobody_is_proposed_where_nobody_is_named(text):
    assert proposed(text, load_actors()).empty
