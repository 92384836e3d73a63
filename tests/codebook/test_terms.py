"""What a term means, and what a bad codebook is told."""

import pandas as pd
import pytest

from helpers.codebook.hits import find_hits
from helpers.codebook.terms import frames_of, load_codebook, load_expected, tidy
from helpers.coders.labels import load_labels


def found(text, *terms, scope="frame"):
    """What each (frame, term) finds in a text, as (frame, words)."""
    sentences = pd.DataFrame({"article": ["x"], "sentence": [1], "start": [0], "text": [text]})
    hits = find_hits(sentences, pd.DataFrame(terms, columns=["frame", "term"]), scope=scope)
    return list(zip(hits["frame"], hits["words"], strict=True))


@pytest.mark.parametrize(
    ("term", "text", "words"),
    [
        ("arms", "Arms, ARMS and arms", ["Arms", "ARMS", "arms"]),
        ("US", "The US told us of US-Mexican ties", ["US", "US"]),
        ("ICE", "ICE on ice", ["ICE"]),
        ("arms", "armed alarms farms", []),
        ("addict*", "addict addiction addictions", ["addict", "addiction", "addictions"]),
        ("*trafficking", "narcotrafficking and trafficking", ["narcotrafficking", "trafficking"]),
        ("*american*", "Latinoamericans", ["Latinoamericans"]),
        ("united states", "Manchester United, states the announcer", []),
        ("united states", "the United States", ["United States"]),
        ("arms trafficking", "arms\n\ntrafficking", []),
        ("caliber", "large-caliber weapons", ["caliber"]),
        ("countries' joint", "both countries’ joint fight", ["countries’ joint"]),
        ("méxico", "MÉXICO y México", ["MÉXICO", "México"]),
        ("u.s.", "the U.S. and U.S.A.", ["U.S."]),
        ("crack* down", "cracked down, cracking down, crack down", ["cracked down", "cracking down", "crack down"]),
        ("no", "İİ no", ["no"]),
    ],
)
def test_what_a_term_finds(term, text, words):
    assert [word for _, word in found(text, ("f", term))] == words


def test_the_longest_match_of_a_frame_counts_once():
    assert found("A B C", ("k", "A B"), ("k", "A B C")) == [("k", "A B C")]
    assert found("reduce arms trafficking", ("k", "arms"), ("k", "arms trafficking")) == [("k", "arms trafficking")]


def test_matches_of_one_term_may_overlap_before_the_longest_is_taken():
    assert found("long a b a b a", ("k", "a b a"), ("k", "long a")) == [("k", "long a"), ("k", "a b a")]
    assert found("b a a a", ("k", "a a"), ("none", "b a a")) == [("k", "a a")]


def test_frames_do_not_hide_each_other_unless_the_scope_is_the_codebook():
    text = "say good bye to Hollywood"
    assert found(text, ("a", "good"), ("b", "good bye")) == [("a", "good"), ("b", "good bye")]
    samoa = [("one", "American Samoa"), ("two", "American*"), ("three", "Samoa")]
    text = "American Samoa is in the South Pacific"
    assert {frame for frame, _ in found(text, *samoa)} == {"one", "two", "three"}
    assert found(text, *samoa, scope="codebook") == [("one", "American Samoa")]


def test_nothing_inside_a_mask_counts_unless_the_codebook_names_the_whole_of_it():
    guard = [("f", "guard"), ("none", "National Guard")]
    assert found("the National Guard", *guard) == []
    assert found("the National Guard troops on guard", *guard, ("f", "guard troops")) == [
        ("f", "Guard troops"),
        ("f", "guard"),
    ]
    assert found("the National Guard", *guard, ("f", "National Guard")) == [("f", "National Guard")]


def test_an_unknown_scope_is_refused():
    with pytest.raises(ValueError, match="scope is 'sentence'"):
        found("x", ("f", "x"), scope="sentence")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("frame,source\nf,x", "Which holds the terms"),
        ("frame,term\nf,x\nf,", r"line 3: .*empty term under the frame 'f'"),
        ("frame,term\nf,x\ng,", r"line 3: the frame 'g' has no terms"),
        ("frame,term\n,x", r"line 2: the term 'x' has no frame"),
        ("frame,term\nf,x\nf,y\nf,x ", r"line 4: 'x' .*twice under 'f'"),
        ("frame,term\nf,x\n\n\nf,*", r"line 5: '\*' holds a lone '\*'"),
        ("frame,term\nNone,x", "line 2: the frame is 'None'"),
        ("frame,term\nf,*", r"line 2: '\*' holds a lone '\*'"),
        ("frame,term\nf,war * drugs", r"line 2: 'war \* drugs' holds a lone '\*'"),
        ("frame,term\nf,traf*ing", r"line 2: 'traf\*ing' has a '\*' inside a word"),
        ("frame,term\nf,drug(s)?", r"line 2: 'drug\(s\)\?' holds '\('.*its words"),
        ("frame,term\nf,treat.*", r"line 2: 'treat\.\*' holds '\.\*'"),
        ('frame,term\nf,gun\nf,"army, navy"\nf,war', "line 3: 'army, navy' would be searched as one phrase"),
        ("frame,term\nf,gun\nf,army / navy", "line 3: 'army / navy' would be searched as one phrase"),
        ("frame,term\nf,‘arms’", 'line 2: "\'arms\'" holds "\'"'),
        ("frame,term\nf,“war on drugs”", "line 2: .* holds '\"'.* quotation marks"),
        ("frame,term\nf,arms\nf,‘war on drugs’", "line 3: .* quotation marks"),
        ("frame,term\nf,`war on drugs´", "line 2: .* quotation marks"),
        ("frame,term\nf,''war on drugs''", "line 2: .* quotation marks"),
        ("frame,term\nf,«war on drugs»", "line 2: .* quotation marks"),
        ("frame,term\nCrime,x\ng,y\ncrime,z", "line 4: the frame 'crime' is 'Crime' above"),
        ("frame,term\nf,...", r"line 2: '\.\.\.' has no letter or digit"),
        ("frame,term\nnone,x", "no frame has a term"),
        ("frame,term", "no frame has a term"),
        ("frame,term\nf,x\nf,y,z", "line 3: it has more cells than the first row has names"),
        ("", "holds nothing"),
    ],
)
def test_a_bad_codebook_is_told_where_and_what_to_do(tmp_path, rows, said):
    file = tmp_path / "codebook.csv"
    file.write_text(rows, encoding="utf-8")
    with pytest.raises(ValueError, match=said) as error:
        load_codebook(file)
    assert str(file) in str(error.value)


def test_a_codebook_may_be_as_a_spreadsheet_saves_it(tmp_path):
    (tmp_path / "codebook.csv").write_bytes("frame;term\nmilitarised;ejército\n".encode("cp1252"))
    assert load_codebook(tmp_path / "codebook.csv")["term"].tolist() == ["ejército"]


def test_a_spreadsheets_first_line_is_passed_by_and_money_and_places_may_be_terms(tmp_path):
    rows = "sep=;\nframe;term\nf;$1.6 billion\nf;Washington, D.C.\nf;9/11\n"
    (tmp_path / "codebook.csv").write_text(rows, encoding="utf-8")
    book = load_codebook(tmp_path / "codebook.csv")
    assert book["term"].to_dict() == {2: "$1.6 billion", 3: "Washington, D.C.", 4: "9/11"}


def test_what_a_codebook_does_not_say_is_empty(tmp_path):
    (tmp_path / "codebook.csv").write_text("term,frame\narmy,militarised\n", encoding="utf-8")
    row = load_codebook(tmp_path / "codebook.csv").iloc[0]
    given = {"frame": "militarised", "term": "army"}
    assert row.to_dict() == given | dict.fromkeys(["source", "word_from", "note", "language"], "")


def test_a_codebook_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"mine\.csv: no such file"):
        load_codebook(tmp_path / "mine.csv")


def test_terms_are_tidied_and_frames_keep_the_files_order(tmp_path):
    file = tmp_path / "codebook.csv"
    file.write_text("\ufeffterm,frame\n arms   traf\u00adficking ,b\ncountries’,a\nOffice,none\n", encoding="utf-8")
    codebook = load_codebook(file)
    assert codebook["term"].tolist() == ["arms trafficking", "countries'", "Office"]
    assert frames_of(codebook) == ["b", "a"]


def test_what_is_expected_is_named_before_looking_and_of_frames_there_are(tmp_path):
    ours = {"militarised": "falls", "public_health": "rises", "finance": "rises"}
    assert load_expected(frames_of(load_codebook())).items() >= ours.items()
    for rows, line in [("war,falls\n", 2), ("a,falls\na,rises\n", 3), ("a,sinks\n", 2)]:
        (tmp_path / "expected.csv").write_text(f"frame,course\n{rows}", "utf-8")
        with pytest.raises(ValueError, match=f"expected.csv, line {line}: "):
            load_expected(["a"], tmp_path / "expected.csv")
    (tmp_path / "expected.csv").write_text("frame,course\n", "utf-8")
    with pytest.raises(ValueError, match=r"names no frame"):
        load_expected(["a"], tmp_path / "expected.csv")


def test_a_readers_codebook_comes_with_what_stands_beside_it(tmp_path, monkeypatch):
    monkeypatch.setenv("CODEBOOK", str(tmp_path / "mine.dic"))
    (tmp_path / "mine.dic").write_text("%\n1\tpeace\n2\twar\n%\ntruce\t1\nbattle*\t2\n", "utf-8")
    assert load_codebook()["term"].tolist() == ["truce", "battle*"]
    assert load_expected(["peace", "war"]) == {"peace": "", "war": ""}
    assert load_expected(["peace", "war", "a", "b"]) == {"peace": "", "war": "", "a": ""}
    assert load_labels(["peace", "war"]).empty
    (tmp_path / "expected.csv").write_text("frame,course\nwar,falls\n", "utf-8")
    (tmp_path / "coding").mkdir()
    (tmp_path / "coding" / "ana.csv").write_text("article,sentence,war\nx,1,1\n", "utf-8")
    assert load_expected(["peace", "war"]) == {"war": "falls"}
    assert load_labels(["peace", "war"])["frame"].tolist() == ["war"]


@pytest.mark.parametrize(
    "term",
    ["arms traf\u00adficking", "arms\u00a0trafficking", "arms traf\ufb01cking", "\u200barms trafficking\ufeff"],
)
def test_a_term_is_mended_as_texts_are(term, tmp_path):
    file = tmp_path / "codebook.csv"
    file.write_text(f"frame,term\nf,{term}\n", encoding="utf-8")
    assert load_codebook(file)["term"].tolist() == ["arms trafficking"]


@pytest.mark.parametrize("term", ["cross\u2010border trade", "cross\u2011border trade", "cross\u2212border\u2002trade"])
def test_a_terms_hyphen_is_one_however_it_is_written(term):
    assert tidy(term) == "cross-border trade"


def test_an_expected_course_and_its_frame_may_be_in_any_case(tmp_path):
    (tmp_path / "expected.csv").write_text("frame,course\nPEACE,Falls\n")
    assert load_expected(["Peace", "War"], tmp_path / "expected.csv") == {"Peace": "falls"}
