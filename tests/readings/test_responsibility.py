"""Rules of responsibility: what a rule takes, what a bad file is told, and the seeds' rules against their reading."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.articles.load import load_articles
from helpers.codebook.hits import find_hits
from helpers.codebook.terms import load_codebook
from helpers.readings.actors import find_actors, load_actors
from helpers.readings.responsibility import (
    check_rules,
    class_sentences,
    count_by_article,
    load_categories,
    load_reading,
    load_rules,
)
from helpers.text.split import split_sentences

HEAD = "rule,category,needs,unless,reason\n"
NOBODY = pd.DataFrame(columns=["article", "sentence", "actor", "side", "name", "start", "end", "kind"])
CATEGORIES = pd.DataFrame({"category": ["a", "b"]})
CODEBOOK = pd.DataFrame({"frame": ["arms", "arms"], "term": ["weapons", "gun*"]})


@pytest.fixture(scope="module")
def seeds():
    articles = load_articles()
    sentences = split_sentences(articles)
    hits, mentions = find_hits(sentences, load_codebook()), find_actors(sentences, load_actors())
    categories = load_categories()
    classed = class_sentences(sentences, hits, mentions, load_rules(categories))
    return articles, sentences, categories, classed


@pytest.fixture
def write(tmp_path):
    def rules(*lines, head=HEAD):
        path = tmp_path / "rules.csv"
        path.write_text(head + "\n".join(lines), "utf-8")
        return path

    return rules


def texts(*lines):
    """One article; one sentence each, at the offsets it would have."""
    starts = [sum(len(line) + 1 for line in lines[:i]) for i in range(len(lines))]
    return pd.DataFrame({"article": "x", "sentence": range(1, len(lines) + 1), "start": starts, "text": lines})


def taken(path, sentences, mentions=NOBODY):
    return class_sentences(sentences, find_hits(sentences, CODEBOOK), mentions, load_rules(CATEGORIES, path))


def test_every_need_must_be_met_and_any_way_will_do(write):
    path = write("one,a,frame:arms + to Mexico | southward,,")
    sentences = texts("Guns go southward.", "Weapons to Mexico.", "Weapons.", "To Mexico.", "weapons to mexico")
    found = taken(path, sentences)
    assert found["sentence"].tolist() == [1, 2]  # a capital in the term makes it exact
    assert found["words"].tolist() == ["Guns, southward", "Weapons, to Mexico"]
    for row in found.itertuples():
        assert ", ".join(row.text[start:end] for start, end in row.spans) == row.words


def test_a_side_is_met_by_somebody_named_and_by_nobody_else(write):
    path = write("one,a,pledge* + side:Mexico,,")
    sentences = texts("Ann pledges it.", "Bob pledges it.")
    named = [
        ("x", 1, "Ann", "Mexico", "Ann", 0, 3, "person"),
        ("x", 2, "Bob", "United States", "Bob", 16, 19, "person"),
    ]
    found = taken(path, sentences, pd.DataFrame(named, columns=NOBODY.columns))
    assert found[["sentence", "words"]].to_numpy().tolist() == [[1, "Ann, pledges"]]
    assert taken(path, sentences).empty


def test_unless_keeps_a_rule_off_a_sentence_that_a_rule_above_has(write):
    path = write("one,a,red,,", "two,b,red | blue,a,")
    found = taken(path, texts("red", "blue", "red and blue"))
    assert list(zip(found["sentence"], found["category"], strict=True)) == [(1, "a"), (3, "a"), (2, "b")]


def test_places_that_overlap_are_shown_once_and_a_negation_is_marked_not_obeyed(write):
    path = write("one,a,frame:arms + more weapons | weapons,,")
    found = taken(path, texts("No more weapons!"))
    assert found["spans"].tolist() == [[(3, 15)]]
    assert found["negated"].tolist() == [True]


def test_a_rule_is_an_and_of_ors(write):
    """An independent reading of what a rule means: sets of words, no offsets."""
    path = write("one,a,red | blue + up | down + green,,", "two,b,up + red,a,")

    @given(
        st.lists(st.lists(st.sampled_from("red blue up down green grey".split()), max_size=5), min_size=1, max_size=4)
    )
    def holds(lines):
        found = taken(path, texts(*[" ".join(line) or "-" for line in lines]))
        first = [{"red", "blue"} & {*line} and {"up", "down"} & {*line} and "green" in line for line in lines]
        second = [{"up", "red"} <= {*line} and not one for line, one in zip(lines, first, strict=True)]
        assert found.loc[found["category"].eq("a"), "sentence"].tolist() == [i for i, f in enumerate(first, 1) if f]
        assert found.loc[found["category"].eq("b"), "sentence"].tolist() == [i for i, f in enumerate(second, 1) if f]

    holds()


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["one,a,red,,", "one,b,blue,,"], r"line 2: the rule's name 'one' is empty or there twice"),
        (["one,a,red,,", "two,c,blue,,"], r"line 3: no category 'c'. There are: a, b"),
        (["one,a,red | ,,"], r"line 2: a need has nothing between two dividers"),
        (["one,a,,,"], r"line 2: a need has nothing"),
        (["one,a,red + * | blue,,"], r"line 2: '\*' holds a lone"),
        (["one,a,re*d,,"], r"line 2: 're\*d' has a '\*' inside"),
        (["one,a,fame:arms,,"], r"line 2: 'fame:arms' begins with 'fame'"),
        (["one,a,side:Mars,,"], r"line 2: no side 'Mars'. There are: United States, Mexico"),
        (["one,a,red,b,", "two,b,blue,,"], r"line 2: unless: not all rules of 'b' come before"),
        (["one,b,red,,", "two,a,blue,b,", "three,b,grey,,"], r"line 3: unless: not all rules of 'b'"),
    ],
)
def test_a_bad_rule_is_told_its_line_and_what_to_do(write, lines, told):
    with pytest.raises(ValueError, match=told):
        load_rules(CATEGORIES, write(*lines))


def test_a_frame_that_the_codebook_lacks_is_told(write):
    with pytest.raises(ValueError, match=r"the rule 'one' needs the frame 'drugs'\. There are: arms"):
        taken(write("one,a,frame:drugs,,"), texts("weapons"))


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["x,1,c,red,"], "line 2: no category 'c'"),
        (["x,1,a,red,", "x,one,a,red,"], "line 3: the sentence is 'one'"),
    ],
)
def test_a_bad_reading_is_told_its_line(write, lines, told):
    with pytest.raises(ValueError, match=told):
        load_reading(CATEGORIES, write(*lines, head="article,sentence,category,words,note\n"))


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["a,g,it goes,Mexico,north,what,"] * 2, "line 2: the category 'a' is empty or there twice"),
        (["a,g,it goes,Canada,north,what,"], "line 2: the side is 'Canada'. It may be United States, Mexico, both"),
        (["a,g,it goes,,east,what,"], "line 2: the arrow is 'east'. It may be north, south, both, none"),
        (["a,g,it goes,,north,,"], "line 2: 'a' lacks its group, says or definition"),
    ],
)
def test_a_bad_category_is_told_its_line(write, lines, told):
    with pytest.raises(ValueError, match=told):
        load_categories(write(*lines, head="category,group,says,side,arrow,definition,not_this\n"))


def test_verdicts_by_hand(write):
    sentences = texts("red", "blue", "grey")
    found = taken(write("one,a,red | blue,,", "two,a,red,,"), sentences)
    reading = pd.DataFrame(
        [("x", 1, "a", "red", ""), ("x", 3, "b", "grey", "")], columns="article sentence category words note".split()
    ).astype({"category": found["category"].dtype})
    checked = check_rules(found, reading, sentences)
    assert checked[["sentence", "category", "verdict", "rule", "read"]].to_numpy().tolist() == [
        [1, "a", "right", "one, two", "red"],
        [2, "a", "wrong", "one", ""],
        [3, "b", "missed", "", "grey"],
    ]


def test_articles_that_nobody_read_are_not_held_against_the_rules(write, tmp_path):
    sentences = texts("red")
    found = taken(write("one,a,red,,"), sentences)
    none = load_reading(CATEGORIES, tmp_path / "none.csv")
    checked = check_rules(found, none, sentences)
    assert checked.empty


def test_the_seeds_reading_quotes_the_sentences_and_gives_each_category_once(seeds):
    _, sentences, categories, _ = seeds
    reading = load_reading(categories)
    quoted = reading.merge(sentences, on=["article", "sentence"], how="left")
    assert all(row.words and row.words in row.text for row in quoted.itertuples())
    assert not reading.duplicated(["article", "sentence", "category"]).any()


def test_every_category_is_defined_ruled_and_excludes_its_neighbour(seeds):
    *_, categories, classed = seeds
    assert set(load_rules(categories)["category"]) == set(categories["category"])
    for one, other in [("drugs_north", "drugs_undirected"), ("arms_south", "arms_undirected")]:
        for found in (classed, load_reading(categories)):
            pair = found[found["category"].isin([one, other])]
            assert pair.groupby(["article", "sentence"])["category"].nunique().eq(1).all()


def test_what_a_reader_would_be_sure_of_the_rules_find(seeds):
    """Read in the articles: the only narcotics that go north, the arms that go to Mexico, the one plain request."""
    articles, _, _, classed = seeds
    found = classed.merge(articles[["article", "label"]], on="article").groupby("category", observed=True)
    places = found.apply(lambda own: sorted(zip(own["label"], own["sentence"], strict=True)), include_groups=False)
    assert places["drugs_north"] == [("2017", 4)]
    assert {("2012", 8), ("2022", 1), ("2022", 2)} <= set(places["arms_south"])
    assert places["us_asked"] == [("2012", 8)]
    assert places["violence_at_border"] == [("2008", 1), ("2008", 5), ("2008", 6)]
    assert ("2017", 3) in places["shared_responsibility"]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Rifles bought in Texas are smuggled south to the cartels.", "arms_south"),
        ("Guns flow south, and nobody stops them.", "arms_south"),
        ("Rifles were shown to the press.", "arms_undirected"),
        ("Cocaine is smuggled north by sea.", "drugs_north"),
    ],
)
def test_which_way_things_go_is_known_without_the_name_of_a_country(seeds, text, category):
    sentences = texts(text)
    classed = class_sentences(sentences, find_hits(sentences, load_codebook()), NOBODY, load_rules(seeds[2]))
    assert classed["category"].tolist() == [category]


def test_the_mirror_rules_differ_in_the_country_only(seeds):
    """What one side is found guilty of or asked for, the other would be by the same words."""
    rules = load_rules(seeds[2]).set_index("rule")["ways"]
    for one, other in [("a US pledge", "a Mexican pledge"), ("the United States at fault", "Mexico at fault")]:
        assert rules[one][0] == rules[other][0]
    assert rules["the United States is asked"][0] == rules["Mexico is asked"][0]


def test_counts_are_sentences_not_rules(seeds):
    _, sentences, categories, classed = seeds
    counts = count_by_article(classed, sentences)
    assert len(counts) == sentences["article"].nunique() * len(categories)
    pairs = classed[["article", "sentence", "category"]].drop_duplicates()
    assert counts["carrying"].sum() == len(pairs) < len(classed)


def test_articles_without_a_date_a_hit_or_a_name_break_nothing(tmp_path):
    (tmp_path / "one.txt").write_text("Nothing to see here\n\nThe weather was fine. Nobody spoke.\n", "utf-8")
    articles, categories = load_articles(tmp_path), load_categories()
    sentences = split_sentences(articles)
    hits = find_hits(sentences, load_codebook())
    classed = class_sentences(sentences, hits, NOBODY, load_rules(categories))
    counts = count_by_article(classed, sentences)
    assert classed.empty and not counts["carrying"].any()
    assert check_rules(classed, load_reading(categories), sentences).empty


def test_a_sentence_counts_as_negated_where_no_rule_takes_it_by_another_word(write):
    sentences = texts("There is no red here.", "There is no red, and then there is blue.", "It is red.")
    counts = count_by_article(taken(write("one,a,red,,", "two,a,blue,,"), sentences), sentences)
    assert counts.loc[counts["category"].eq("a"), ["carrying", "negated"]].to_numpy().tolist() == [[3, 1]]


def test_no_category_is_named_by_a_word_that_tells_of_a_course():
    """Beside counts over dates, "violence falls" would be read as a decrease."""
    says = load_categories()["says"]
    assert not says.str.contains(r"\b(?:falls?|rises?|gains?|loses|grows?)\b").any()
