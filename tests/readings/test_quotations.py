"""Speech and its speakers: against a reading of all quotations of the five articles, and in sentences made up."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.readings.actors import load_actors
from helpers.readings.quotations import compare_with_reading, find_quotations, load_reading, load_verbs
from helpers.text.split import split_sentences

# Where the rules are known to differ from the reading; whoever mends a rule takes its line out.
KNOWN = {
    ("003_bc680b533161890b", 7, "other words"),  # the tail names in whose name he spoke
    ("004_e39fc6890fd44e0a", 3, "reader only"),  # "emphasized the importance that", inside the office's statement
    ("004_e39fc6890fd44e0a", 6, "other speaker"),  # "his attacks on ... as" is no verb of saying
    ("004_e39fc6890fd44e0a", 9, "reader only"),  # "as Trump had suggested", inside another's promise
}


def split(text):
    return split_sentences(pd.DataFrame({"article": ["x"], "text": [text]}))


def quoted(text, actors=None):
    found = find_quotations(split(text), load_actors() if actors is None else actors, load_verbs())
    assert [text[row.start : row.end] for row in found.itertuples()] == found["words"].tolist()
    return found[["kind", "speaker", "words"]].to_numpy().tolist()


def test_the_rules_differ_from_the_reading_only_where_it_is_known(articles):
    found = find_quotations(split_sentences(articles), load_actors(), load_verbs())
    compared = compare_with_reading(found, load_reading())
    wrong = compared[compared["verdict"].ne("same")]
    assert set(wrong[["article", "sentence", "verdict"]].itertuples(index=False, name=None)) == KNOWN
    assert len(compared) == len(load_reading())


def test_the_words_a_reader_marked_stand_in_their_sentence_and_the_speakers_in_the_file(articles):
    texts = split_sentences(articles).set_index(["article", "sentence"])["text"]
    known = {"", "unknown", *load_actors()["actor"]}
    for row in load_reading().itertuples():
        assert row.words in texts[row.article, row.sentence]
        assert row.speaker in known
        assert (row.kind == "marked") == (row.quotation == "")


def test_every_mark_on_the_pages_is_read_as_speech_or_as_marked_words(articles):
    marks = sum(text.count('"') + text.count("“") + text.count("”") for text in articles["text"])
    assert 2 * load_reading()["kind"].isin(["direct", "marked"]).sum() == marks


C, K = "Michael Chertoff", "John Kelly"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('"We go," John Kelly said.', [["direct", K, "We go,"]]),
        ("“We go,” said John Kelly.", [["direct", K, "We go,"]]),
        ("“We go”said John Kelly.", [["direct", K, "We go"]]),
        ('John Kelly said: "We go."', [["direct", K, "We go."]]),
        ('"Do we go?" asked John Kelly.', [["direct", K, "Do we go?"]]),
        ('"We go," wrote John Kelly.', [["direct", K, "We go,"]]),
        ('"We go," John Kelly wrote on Monday.', [["direct", K, "We go,"]]),
        ("The “war of the worlds” read like a plan by John Kelly.", [["direct", "unknown", "war of the worlds"]]),
        ("John Kelly said on Monday in a statement that the wall is up.", [["indirect", K, "the wall is up"]]),
        ("A group said Monday that the wall will stand.", [["indirect", "unknown", "the wall will stand"]]),
        ("John Kelly announced in a speech a plan that is new.",
         [["indirect", K, "in a speech a plan that is new"]]),
        ("John Kelly, who met Michael Chertoff, said the wall will stand.", [["indirect", K, "the wall will stand"]]),
        ("John Kelly said: “We go.\n\n“We stay.\n\n“We win.” It rained.",
         [["direct", K, "We go."], ["direct", K, "We stay."], ["direct", K, "We win."]]),
        ('"We go.\n\n"We stay," John Kelly said.', [["direct", K, "We go."], ["direct", K, "We stay,"]]),
        ('It rained "hard".\n\n"We go," John Kelly said.', [["marked", "", "hard"], ["direct", K, "We go,"]]),
        ('"We go," John Kelly said, "and we stay."', [["direct", K, "We go,"], ["direct", K, "and we stay."]]),
        ('John Kelly came. It rained. "We go," he told a crowd.', [["direct", K, "We go,"]]),
        ('"We go far," he said.', [["direct", "unknown", "We go far,"]]),
        ("“We go far”, Indian.", [["direct", "unknown", "We go far"]]),
        ('"We go. You stay," John Kelly said.', [["direct", K, "We go."], ["direct", K, "You stay,"]]),
        ('"We go," John Kelly said. "You stay with us."',
         [["direct", K, "We go,"], ["direct", K, "You stay with us."]]),
        ('"We go," John Kelly said.\n\n"You stay with us."',
         [["direct", K, "We go,"], ["direct", "unknown", "You stay with us."]]),
        ("John Kelly said that the wall will stand.", [["indirect", K, "the wall will stand"]]),
        ("John Kelly said the wall will stand.", [["indirect", K, "the wall will stand"]]),
        ("The wall will stand, John Kelly said Wednesday.", [["indirect", K, "The wall will stand"]]),
        ("The wall will stand, officials said.", [["indirect", "officials", "The wall will stand"]]),
        ("The wall will stand, the DEA explained in a statement.", [["indirect", "DEA", "The wall will stand"]]),
        ("According to the DEA, the wall will stand.", [["indirect", "DEA", "the wall will stand"]]),
        ("A spokesman for the DEA said that all is well.", [["indirect", "DEA", "all is well"]]),
        ("Michael Chertoff met John Kelly. Chertoff praised the new plan, but warned that money is short.",
         [["indirect", C, "the new plan"], ["indirect", C, "money is short"]]),
        ("John Kelly praised the old army, who had fought.", [["indirect", K, "the old army"]]),
        ("John Kelly was asked to go to the border.", []),  # nothing is said
        ("John Kelly went to say what was reported in the press.", []),
        ("Friends of Mexico's DEA office said nothing.", []),
        ("", []),
    ],
)  # fmt: skip
def test_speech_finds_its_speaker(text, rows):
    assert quoted(text) == rows


@pytest.mark.parametrize("start", ["The {}", "A {}", "It rained, and the {}", "John Kelly came, and a {} later"])
@pytest.mark.parametrize(
    ("side", "whose"), [("United States", "US"), ("United States", "U.S."), ("United States", "American"),
                        ("Mexico", "Mexican")]
)  # fmt: skip
@pytest.mark.parametrize("what", ["official", "ambassador", "deputy foreign minister"])
def test_somebody_of_a_country_is_heard_for_it_whichever_it_is(start, side, whose, what):
    subject = start.format(f"{whose} {what}")
    found = find_quotations(split(f"{subject} said it would help."), load_actors(), load_verbs())
    assert found[["side", "words"]].to_numpy().tolist() == [[side, "it would help"]]


def test_somebody_of_a_country_is_heard_wherever_the_attribution_stands():
    for text in (
        '"We go far," said a Mexican senator from the north.',
        '"We go far," a Mexican senator said.',
        "We go far, a Mexican senator said.",
        "According to a Mexican senator, we go far.",
    ):
        assert [row[1] for row in quoted(text)] == ["Mexico"]
    assert quoted("The Mexican and American ministers said it would help.")[0][1] == "unknown"
    known = load_actors()
    abroad = known[known["actor"].ne("Mexico")]  # a list without the country gives it no side
    assert quoted("A Mexican senator said it would help.", abroad) == [["indirect", "unknown", "it would help"]]


@pytest.mark.parametrize("subject", ["The governor", "An official", "Police chiefs", "Ana Pérez", "A spokesman later"])
def test_what_somebody_unlisted_says_is_somebodys_words_of_whom_nothing_is_known(subject):
    assert quoted(f"{subject} said the wall will stand.") == [["indirect", "unknown", "the wall will stand"]]
    assert quoted(f"{subject} said Mexico will pay.") == [["indirect", "unknown", "Mexico will pay"]]


@pytest.mark.parametrize(
    "text",
    [
        "The measures announced Tuesday will help.",
        "The losses reported by the town are high.",
        "The plan, announced the day before, will help.",
        "The plan was announced the day before.",
        "The crowd applauded the plan.",  # what was said of it is not told, nor by whom
    ],
)
def test_a_participle_and_a_deed_without_a_known_speaker_are_no_speech(text):
    assert quoted(text) == []


def test_angled_marks_hold_speech_too():
    assert quoted("«No queremos más guerra», dijo Ana Pérez.") == [["direct", "unknown", "No queremos más guerra"]]
    assert quoted("«We go», said John Kelly.") == [["direct", K, "We go"]]
    assert quoted("John Kelly said: «We go.»") == [["direct", K, "We go."]]
    assert quoted("«We go far», John Kelly said.") == [["direct", K, "We go far"]]


C4 = "Felipe Calderón"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("''We go. You stay,'' John Kelly said.", [["direct", K, "We go."], ["direct", K, "You stay,"]]),
        ("‘We don’t go’, said John Kelly.", [["direct", K, "We don’t go"]]),
        ("„We go“, said John Kelly.", [["direct", K, "We go"]]),
        ("—We go —said John Kelly—. You stay.", [["direct", K, "We go"], ["direct", K, "You stay"]]),
        ('A 16" gun and a 4" one were found, John Kelly said.',
         [["indirect", K, 'A 16" gun and a 4" one were found']]),
        ("John Kelly: “We go. You stay.”", [["direct", K, "We go."], ["direct", K, "You stay."]]),
        ("Secretary John Kelly on the wall:\n\n«We go.»", [["direct", K, "We go."]]),
        ("“We go far away.”\n\n— John Kelly", [["direct", K, "We go far away."]]),
        ("The wall: “We go far away.”", [["direct", "unknown", "We go far away."]]),
        ("The wall stands, John Kelly said, and so does the gate.",
         [["indirect", K, "The wall stands"], ["indirect", K, "and so does the gate"]]),
        ("The wall, John Kelly told reporters, must stand.",
         [["indirect", K, "The wall"], ["indirect", K, "must stand"]]),
        ("The wall — John Kelly said Monday — must stand.",
         [["indirect", K, "The wall"], ["indirect", K, "must stand"]]),
        ("The wall must stand, said John Kelly, and the gate must too.",
         [["indirect", K, "The wall must stand"], ["indirect", K, "and the gate must too"]]),
        ("The wall must stand, said John Kelly, the secretary.", [["indirect", K, "The wall must stand"]]),
        ("The wall must stand, John Kelly said, pointing at it.", [["indirect", K, "The wall must stand"]]),
        ("The wall must stand, John Kelly said, in a speech on Monday.", [["indirect", K, "The wall must stand"]]),
        ("Now, as I said, the wall must stand.", []),
        ("John Kelly, the secretary, said Mexico will pay.", [["indirect", K, "Mexico will pay"]]),
        ("John Kelly tweeted that the wall stands.", [["indirect", K, "the wall stands"]]),
        ("John Kelly wrote on his Facebook page on Monday that the wall stands.",
         [["indirect", K, "the wall stands"]]),
        ("John Kelly posted on X: “The wall must stand.”", [["direct", K, "The wall must stand."]]),
        ("Mexico posted soldiers at the wall.", []),
        ("«La guerra sigue», dijo Felipe Calderon. Calderón dijo que la paz no llega.",
         [["direct", C4, "La guerra sigue"], ["indirect", C4, "la paz no llega"]]),
    ],
)  # fmt: skip
def test_speech_finds_its_speaker_in_other_usages(text, rows):
    assert quoted(text) == rows


def test_words_held_up_are_no_speech():
    assert quoted('They launched a "passport card" in May.') == [["marked", "", "passport card"]]
    assert quoted('John Kelly said "no deal" was near.')[0][0] == "direct"


def test_a_fragment_goes_on_with_the_speech_before_it():
    text = "John Kelly said that arms are a plague. As well as the drugs and the money. It rained on."
    assert [row[2] for row in quoted(text)] == ["arms are a plague", "As well as the drugs and the money"]
    assert quoted("The teams agreed to go. As well as to stay a while.") == []


def test_stretches_of_one_act_share_a_number():
    text = '"We go," John Kelly said, "and stay." John Kelly warned that rain comes. The "red card" is old.'
    found = find_quotations(split(text), load_actors(), load_verbs())
    assert found["quotation"].tolist() == [1, 1, 2, 0]


def test_without_actors_speech_is_found_and_every_speaker_unknown(articles):
    nobody = load_actors().iloc[:0]
    found = find_quotations(split_sentences(articles), nobody, load_verbs())
    speech = found[found["kind"] != "marked"]
    assert speech["speaker"].eq("unknown").all()
    assert set(load_reading().query("kind == 'direct'")["words"]) <= set(speech["words"])


PIECES = [
    '"',
    "“",
    "”",
    "''",
    "‘",
    "’",
    "„",
    "—a",
    '5"',
    "«",
    "»",
    "a Mexican official",
    "John Kelly",
    "said",
    "that",
    "told",
    "he",
    ",",
    ".",
    "\n\n",
    "but",
    "war",
    "praised",
    "the DEA",
]


@given(st.lists(st.sampled_from([*PIECES, "According to", "As well as", "statement"]), max_size=25))
def test_no_text_breaks_the_rules_and_offsets_hold(pieces):
    text = " ".join(pieces).strip()
    sentences = split(text)
    found = find_quotations(sentences, load_actors(), load_verbs())
    for row in found.merge(sentences, on=["article", "sentence"], suffixes=("", "_of")).itertuples():
        assert row.start_of <= row.start < row.end <= row.end_of
        assert text[row.start : row.end] == row.words
    direct = found[found["kind"] != "indirect"].sort_values("start")
    assert (direct["start"].iloc[1:].to_numpy() >= direct["end"].iloc[:-1].to_numpy()).all()


def test_what_a_verb_takes_is_checked(tmp_path):
    file = tmp_path / "verbs.csv"
    file.write_text("verb,takes\nsaid,clause\nsang,song\n", "utf-8")
    with pytest.raises(ValueError, match="line 3: takes is 'song'"):
        load_verbs(file)


def test_stretches_are_compared_whatever_their_rows_are_called():
    found = find_quotations(split('"We go," John Kelly said. "You stay with us."'), load_actors(), load_verbs())
    compared = compare_with_reading(found.set_axis([0, 0]), found.set_axis([0, 0]))
    assert compared["verdict"].tolist() == ["same", "same"]


def test_what_nobody_read_is_not_compared(articles):
    found = find_quotations(split("It rained."), load_actors(), load_verbs())
    assert compare_with_reading(found, load_reading()).empty
    found = find_quotations(split('"We go," John Kelly said.'), load_actors(), load_verbs())
    assert compare_with_reading(found, load_reading()).empty
