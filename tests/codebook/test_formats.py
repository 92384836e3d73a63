"""Codebooks of other tools: carried over with their meaning, or refused with the line and the remedy."""

import pandas as pd
import pytest

from helpers.codebook.hits import find_hits
from helpers.codebook.terms import frames_of, load_codebook
from helpers.text.split import split_sentences

YAML = """
# quanteda: dictionary(file = "crime.yml")
crime:
  drugs:
    - drug*
    - Fentanyl
  arms: [firearm*, "arms trafficking"]
health: public health
answers:
  - no
  - yes
  - deeper:
    - 10
"""
DIC = "%\n1\tcrime\n2\thealth\n%\ndrug*\t1\t2\nUS Army\t1\ntop 10\t2\nclinic*  2\n"


def load(folder, name, text):
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return load_codebook(file)


def pairs(codebook):
    return list(zip(codebook["frame"], codebook["term"], strict=True))


def test_quanteda_yaml_is_flattened_as_quanteda_does(tmp_path):
    codebook = load(tmp_path, "crime.yml", YAML)
    assert frames_of(codebook) == ["crime.drugs", "crime.arms", "health", "answers", "answers.deeper"]
    assert pairs(codebook) == [
        ("crime.drugs", "drug*"),
        ("crime.drugs", "fentanyl"),
        ("crime.arms", "firearm*"),
        ("crime.arms", "arms trafficking"),
        ("health", "public health"),
        ("answers", "no"),
        ("answers", "yes"),
        ("answers.deeper", "10"),
    ]
    assert codebook["note"].tolist()[1] == "written Fentanyl, where capitals do not count"
    assert set(codebook["source"]) == {"crime.yml"}


def test_a_liwc_dictionary_gives_a_term_to_each_of_its_categories(tmp_path):
    codebook = load(tmp_path, "words.dic", DIC)
    assert pairs(codebook) == [
        ("crime", "drug*"),
        ("health", "drug*"),
        ("crime", "us army"),
        ("health", "top 10"),
        ("health", "clinic*"),
    ]


def test_dictionaries_of_liwc_22_and_lexicoder_are_read(tmp_path):
    book = load(tmp_path, "a.dicx", "DicTerm,crime,health\ndrug*,X,X\narms trade,X,\nclinic,,X\n")
    assert pairs(book) == [("crime", "drug*"), ("crime", "arms trade"), ("health", "drug*"), ("health", "clinic")]
    assert book.index.tolist() == [2, 3, 2, 4]
    assert pairs(load(tmp_path, "a.lc3", "+crime\ndrug*\nArms trade\n\n+health\nclinic\n")) == [
        ("crime", "drug*"),
        ("crime", "arms trade"),
        ("health", "clinic"),
    ]


def test_a_stroke_is_a_sign_of_words(tmp_path):
    assert pairs(load(tmp_path, "a.yml", "f: [9/11]\n")) == [("f", "9/11")]


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\r\nterm;category\r\ndrug*;crime\r\nclinic;health\r\nUS;crime\r\n",
        "term,category\ndrug*,crime\nclinic,health\nUS,crime\n",
        "Category,Word\ncrime,drug*\nhealth,clinic\ncrime,US\n",
        "drug*,crime\nclinic,health\nUS,crime\n",
        "crime;drug*\nhealth;clinic\ncrime;US\n",
        "Término;Categoría\ndrug*;crime\nclinic;health\nUS;crime\n",
        "Catégorie,Mot-clé\ncrime,drug*\nhealth,clinic\ncrime,US\n",
        "Begriff,Kategorie\ndrug*,crime\nclinic,health\nUS,crime\n",
        "tema\tpalavra\ncrime\tdrug*\nhealth\tclinic\ncrime\tUS\n",
    ],
)
def test_two_columns_are_told_apart_in_either_order_with_a_header_or_without(tmp_path, text):
    codebook = load(tmp_path, "two.csv", text)
    assert pairs(codebook) == [("crime", "drug*"), ("health", "clinic"), ("crime", "US")], "a capital stays exact here"


def test_a_first_row_of_a_category_that_comes_again_is_no_header(tmp_path):
    book = load(tmp_path, "a.csv", "marco,person\nvoz,person\nclinic,health\n")
    assert pairs(book) == [("person", "marco"), ("person", "voz"), ("health", "clinic")]


def test_categories_that_are_said_to_be_such_may_be_numbered(tmp_path):
    assert pairs(load(tmp_path, "a.csv", "word,category\narmy,1\nclinic,2\n")) == [("1", "army"), ("2", "clinic")]


def test_terms_carried_over_find_what_they_found_there(tmp_path):
    sentences = split_sentences(pd.DataFrame({"article": ["x"], "text": ["FENTANYL and drugs, fentanyl and no arms."]}))
    hits = find_hits(sentences, load(tmp_path, "crime.yml", YAML))
    assert hits[hits["frame"] == "crime.drugs"]["words"].tolist() == ["FENTANYL", "drugs", "fentanyl"]


def test_terms_that_differ_in_case_only_are_one_there(tmp_path):
    assert pairs(load(tmp_path, "a.yml", "f: [US, us, Us]")) == [("f", "us")]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.yml", "f:\n  - x\n  - wom?n\n", "line 3: 'wom[?]n' holds '[?]'"),
        ("a.yml", "f:\n  - traf*ing\n", r"line 2: 'traf\*ing' has a '\*' inside a word"),
        ("a.yml", "f:\n  - '(drug|gun)s'\n", "line 2: '.drug.gun.s' holds '.': patterns"),
        ("a.yml", '"\\ud800f": [x]\n', "line 1: .* holds half a character"),
        ("a.yml", "f: [x]\ng: {}\n", "line 2: the frame 'g' has no terms"),
        ("a.yml", "{}", "no categories"),
        ("a.dicx", "DicTerm,f,g\ndrug*,X,\nclinic,,0.5\n", "line 3: a weight"),
        ("a.dicx", "DicTerm,f,g\ndrug*,X\n", "line 1: the frame 'g' has no terms"),
        ("a.dicx", "", "no frame has a term"),
        ("a.lc3", "drug*\n+f\nx\n", "line 1: the term 'drug.' has no frame"),
        ("a.yml", "f:\n  - united_states\n", "line 2: 'united_states': '_'"),
        ("a.yml", "none:\n  - x\n", "line 2: .*the category 'none'"),
        ("a.yml", "f: [x, 'y", r"a.yml: line 1: not YAML \(found unexpected end of stream, while"),
        ("a.yml", "f:\n  g: [Ejército, sold?do]\n", "a.yml: line 2: not YAML .* quotation marks"),
        ("a.yml", "f: [x\ng: y\nh: z\n", "a.yml: line 2: not YAML .* from line 1.* bracket"),
        ("a.yml", "f:\n  - *army\n", "a.yml: line 2: not YAML .*'army'.* quotation marks"),
        ("a.yml", "f:\n\tg: [x]\n", "a.yml: line 2: not YAML .* spaces, not tabs"),
        ("a.yml", "f:\n  - x\n  - \x07y\n", "a.yml: line 3: not YAML .special characters are not allowed"),
        ("a.yml", "- x\n- y\n", "no categories"),
        ("a.yml", "", "no categories"),
        ("a.yml", "f: [x]\ng: []\n", "line 2: the frame 'g' has no terms"),
        ("a.dic", "drug*\t1\n", "no list of categories"),
        ("a.dic", "%\n1\tf\n%\ndrug*\t2\n", "line 4: the category 2 is not in the list"),
        ("a.dic", "%\n1\tf\n2\tg\n%\nlike\t(02 134)125/464\n", "line 5: .* conditions cannot be carried over"),
        ("a.dic", "%\n1\tf\n2\tg\n%\nkind\t<of>1\n", "line 5: "),
        ("a.dic", "%\n1\tf\n2\tg\n%\ndrug*\t1\n", "the category g"),
        ("a.dic", "%\n1\tf\n1\tg\n%\ndrug*\t1\n", "line 3: the category 1 .*'f' too"),
        ("a.csv", "word,weight\narmy,0.5\nnavy,-0.7\n", "its categories are numbers"),
        ("a.csv", "army,1\nnavy,1\nclinic,2\n", "its categories are numbers"),
        ("a.csv", "drug*,crime\nclinic,health\n", "column.*term,category"),
        ("a.csv", "drug*,crime\nclinic,health,x\ny,crime", "which cells name the frames"),
        ("a.yml", "f:\n  - army, navy\n", "line 2: 'army, navy' would be searched as one phrase"),
        ("a.xlsx", "", "Save it as .csv, .yml"),
    ],
)
def test_what_cannot_be_carried_over_is_told_with_its_line(tmp_path, name, text, said):
    with pytest.raises(ValueError, match=said) as error:
        load(tmp_path, name, text)
    assert name in str(error.value)


def test_a_codebook_of_another_tool_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"mine\.dic: no such file"):
        load_codebook(tmp_path / "mine.dic")
