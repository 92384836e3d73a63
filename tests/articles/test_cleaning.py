"""Cleaning: general rules, a reason for each cut, and a doubtful sentence kept."""

import textwrap

import pandas as pd
import pytest

from helpers.articles import furniture
from helpers.articles.cleaning import clean, clean_text
from helpers.articles.dates import read_alone
from helpers.articles.furniture import EFFECTS, FURNITURE

TITLE = "Mexico and United States agree on cartels"
ONE = "Mexico and the United States agreed on Tuesday to share intelligence on drug cartels along the border."
TWO = "Officials from both governments said the cartels had moved weapons and money across the border for years."
THREE = "Under the deal, Mexico will extradite cartel leaders and the United States will trace weapons bought in Texas."
QUOTE = "“We will not pay for the wall,” the foreign minister told reporters in Mexico City."


def page(*lines, between="\n\n"):
    return clean(between.join(lines))


def body(result):
    return result["text"].split("\n\n")


def reasons(result):
    return {row["text"]: row["reason"] for row in result["removed"]}


def test_a_plain_article_loses_nothing():
    result = page(TITLE, ONE, TWO, THREE)
    assert (result["title"], body(result), result["removed"]) == (TITLE, [ONE, TWO, THREE], [])


@pytest.mark.parametrize(
    "sentence",
    [
        "By Friday, the two governments had agreed to act on extraditions.",
        "Updated rules on extradition were agreed by both governments on Monday.",
        "On February 27, the minister signed the agreement.",
        "Share the burden, the minister said.",
        "No.",
        "Comments by the minister were not welcome in Mexico City.",
        "Reuters, the news agency, reported the arrest first.",
        "“You may also like: a wall,” the senator said.",
        "Related crimes fell by a third, the ministry said.",
        "AFP photographers saw the soldiers arrive.",
        "Mexico extradites cartel leaders and traces weapons",
        "Related: the senator's own son was arrested in Tijuana last year.",
        "See also: the minister's remarks on Monday, which the army has since withdrawn.",
    ],
)
@pytest.mark.parametrize("place", [1, 2, 3, 4])
def test_a_real_sentence_stays_wherever_it_stands(sentence, place):
    lines = [TITLE, ONE, TWO, THREE]
    if place == 1 and not sentence.endswith((".", "”")):
        return
    lines.insert(place, sentence)
    assert sentence in body(page(*lines))


def test_furniture_at_the_head_becomes_columns_or_goes():
    result = page("Home", "World", TITLE, "By Jane Doe and John Roe", "July 5, 2017 3:15 PM EDT", "Share", ONE, TWO)
    assert body(result) == [ONE, TWO]
    assert (result["title"], result["byline"], result["published"]) == (
        TITLE,
        "Jane Doe and John Roe",
        ["July 5, 2017"],
    )
    assert reasons(result)["World"] == "navigation above the headline"


@pytest.mark.parametrize(
    ("line", "published", "updated"),
    [
        ("February 28, 2012", "2012-02-28", ""),
        ("Friday, January 28, 2022", "2022-01-28", ""),
        ("Published: 5 July 2017, 10:15", "2017-07-05", ""),
        ("2017-07-05T10:15:00Z", "2017-07-05", ""),
        ("July 5, 2017 Wednesday", "2017-07-05", ""),
        ("Published 10:35 a.m. ET July 5, 2017 | Updated 1:00 p.m. ET July 6, 2017", "2017-07-05", "2017-07-06"),
        ("July 5, 2017 Updated 3:15 p.m. ET", "2017-07-05", ""),
        ("Updated : 2021-04-11 03:12 GMT+08:00", "", "2021-04-11"),
        ("Last modified on Thu 6 Jul 2017 11.00 BST", "", "2017-07-06"),
        ("Updated 11:03 AM ET, Mon July 10, 2017", "", "2017-07-10"),
        ("05/07/2017", "", ""),  # day and month cannot be told apart: cut, not guessed
        ("03/28/2021", "2021-03-28", ""),
        ("28.03.2021 10:15", "2021-03-28", ""),
        ("8 de marzo de 2021", "2021-03-08", ""),
        ("Lunes, 8 de marzo del 2021 | 10:35 hrs", "2021-03-08", ""),
        ("Publicado el 8 de marzo de 2021. Actualizado el 9 de marzo de 2021", "2021-03-08", "2021-03-09"),
        ("Montag, 8. März 2021", "2021-03-08", ""),
        ("le 8 mars 2021 à 10h35", "2021-03-08", ""),
        ("segunda-feira, 8 de março de 2021", "2021-03-08", ""),
        ("December 5, 2012 Wednesday, Final Edition", "2012-12-05", ""),
        ("Last update: March 9, 2021. First published: March 8, 2021", "2021-03-08", "2021-03-09"),
        ("2017-13-45", "", ""),
        ("(March 8, 2021)", "2021-03-08", ""),
        ("By Ana Ruiz | March 8, 2021", "2021-03-08", ""),
        ("March 2021", "2021-03", ""),
        ("Ciudad de México, 8 de marzo de 2021", "2021-03-08", ""),
        ("Redacción | 8 de marzo de 2021 10:40", "2021-03-08", ""),
        ("First published on March 8, 2021 / 10:40 AM", "2021-03-08", ""),
        ("Mar 8, 2021 / 10:40 AM EST / Updated on: March 9, 2021 / 11:00 AM EST", "2021-03-08", "2021-03-09"),
        ("28/03/2021 às 10h40 - Atualizado em 29/03/2021 às 11h00", "2021-03-28", "2021-03-29"),
        ("Stand: 28.03.2021 10:40 Uhr", "", "2021-03-28"),
    ],
)
def test_date_lines_are_read_and_never_guessed(line, published, updated):
    result = page(TITLE, line, ONE, TWO)
    assert body(result) == [ONE, TWO]
    found = ["".join(map(read_alone, result[what])) for what in ("published", "updated")]
    assert found == [published, updated]


@pytest.mark.parametrize(
    "line", ["What the talks of March 8, 2021 were about", "The plan of March 2021", "Guards, wanted since March 2021"]
)
def test_a_headline_may_hold_a_date(line):
    assert page("Sample News", line, ONE, TWO)["title"] == line
    assert page(f"{line}, again", ONE, TWO)["title"] == f"{line}, again"


def test_a_date_in_an_address_is_no_date_line():
    line = "[here](https://www.example.org/2021/03/08/guards-wanted)"
    assert page(TITLE, "Guards were wanted at the bridge", line, ONE, TWO)["published"] == []


def test_a_month_between_two_paragraphs_is_a_heading_and_a_day_decides_over_a_month():
    assert body(page(TITLE, ONE, "March 2021", TWO, THREE)) == [ONE, "March 2021", TWO, THREE]
    assert page(TITLE, "March 2021", "March 8, 2021", ONE, TWO)["published"] == ["March 8, 2021"]


def test_a_date_below_a_subtitle_is_the_articles_where_a_byline_stands_with_it():
    subtitle = "The two governments promise to share what they know of arms and cartels"
    for lines in (["By Jane Doe", "July 5, 2017"], ["July 5, 2017", "By Jane Doe"]):
        result = page(TITLE, subtitle, *lines, ONE, TWO)
        assert (result["published"], result["byline"]) == (["July 5, 2017"], "Jane Doe")
        assert body(result) == [subtitle, ONE, TWO]
    assert page(TITLE, ONE, "July 5, 2017", TWO, THREE)["published"] == [], "it may be another story's"
    assert page(TITLE, ONE, TWO, "By Jane Doe", "July 5, 2017", THREE)["published"] == []


@pytest.mark.parametrize(
    "line",
    [
        "Ad Feedback",
        "Link Copied!",
        "Our Standards: The Thomson Reuters Trust Principles.",
        "Already a subscriber? Sign in.",
        "(Reporting by Jane Doe; Editing by John Roe)",
    ],
)
def test_what_is_said_of_subscriptions_and_by_agencies_of_themselves_is_no_part_of_an_article(line):
    assert body(page(TITLE, ONE, line, TWO)) == [ONE, TWO]
    assert clean_text("\n".join([ONE, line, TWO]))["text"] == f"{ONE}\n\n{TWO}"
    told = "Reporting by this paper found that arms go south."
    assert body(page(TITLE, ONE, told, TWO)) == [ONE, told, TWO]


def test_what_a_press_archive_writes_about_an_article_is_no_part_of_it():
    """Nexis' labels and index terms, Factiva's two letters before each field."""
    nexis = ["Section: A-SECTION; Pg. A01", "Length: 612 words", "Byline: Jane Doe", "Dateline: MEXICO CITY", "Body"]
    index = [
        "Classification",
        "Subject: DRUG CARTELS (90%); WEAPONS (88%)",
        "Load-Date: July 6, 2017",
        "End of Document",
    ]
    result = page("The Daily", "July 5, 2017 Wednesday", TITLE, *nexis, ONE, TWO, *index)
    assert (result["title"], body(result), result["byline"]) == (TITLE, [ONE, TWO], "Jane Doe")
    assert clean_text("\n".join([*nexis, ONE, TWO, *index]))["text"] == f"{ONE}\n\n{TWO}"
    factiva = page("HD", TITLE, "BY", "By Jane Doe in Mexico City", "PD", "5 July 2017", "LP", ONE, "TD", TWO, "NS")
    assert (body(factiva), factiva["byline"]) == ([ONE, TWO], "Jane Doe")
    assert factiva["published"] == ["5 July 2017"]
    table = ["Section: the wall will be built there first.", "Calderon: the vote of the whole north (54%)"]
    assert body(page(TITLE, ONE, *table, TWO)) == [ONE, *table, TWO]


def test_dates_of_other_stories_are_not_the_articles():
    assert page(TITLE, ONE, TWO, THREE, "Latest news", "Kittens of the world", "16 November 2016")["published"] == []
    assert len(page(TITLE, "5 July 2017", "16 November 2016", ONE, TWO)["published"]) == 2, "so neither is taken"
    assert page(TITLE, "5 July 2017", ONE, TWO, THREE, "8 August 2018")["published"] == ["5 July 2017"]


def test_the_headline_is_the_one_printed_twice_and_counts_once():
    result = page(f"{TITLE} | The Daily", "Alexa", TITLE, ONE, TWO)
    assert (result["title"], body(result)) == (TITLE, [ONE, TWO])


def test_a_standfirst_stays():
    standfirst = "Officials hope the deal will end years of mutual distrust."
    assert body(page(TITLE, standfirst, "By Jane Doe", ONE))[0] == standfirst


def test_an_article_printed_twice_is_read_once_whatever_its_quotes():
    again = [ONE, '"No," he said.', QUOTE.replace("“", '"').replace("”", '"'), THREE + " And a new sentence."]
    result = page(TITLE, ONE, '"No," he said.', QUOTE, THREE, *again)
    assert body(result) == [ONE, '"No," he said.', QUOTE, THREE, THREE + " And a new sentence."]


def test_a_short_refrain_is_no_second_printing():
    assert body(page(TITLE, ONE, '"No," he said.', TWO, '"No," he said.', THREE)).count('"No," he said.') == 2


def test_teasers_go_and_the_article_goes_on_below_them():
    teaser = "The actor's new film opens on Friday in theaters of the whole country."
    foot = page(TITLE, ONE, TWO, THREE, "You may also like:", "Entertainment", teaser)
    assert body(foot) == [ONE, TWO, THREE]
    midst = page(TITLE, ONE, TWO, "You may also like:", "Ten recipes for summer", "Kittens of the world", QUOTE, THREE)
    assert body(midst) == [ONE, TWO, QUOTE, THREE]
    alien = ["A doctor recalled the first night with tears.", "She hid her children under the bed."]
    for marker in ("Read more", "Related stories", "Recommended"):
        assert body(page(TITLE, ONE, TWO, marker, *alien)) == [ONE, TWO, *alien]
        assert (
            body(page(TITLE, ONE, TWO, marker, "Kittens of the world", *alien)) == [ONE, TWO, *alien]
            or marker == "Read more"
        )
    above = page(TITLE, "Officials met in Mexico City to talk about the border.", "Most read", ONE, TWO, THREE)
    assert body(above)[1:] == [ONE, TWO, THREE]


def test_headlines_of_other_stories_go_from_the_foot_but_not_what_shares_the_articles_words():
    result = page(TITLE, ONE, TWO, THREE, "Miss Puerto Rico wants to fill her countrymen with pride")
    assert body(result) == [ONE, TWO, THREE]
    cut_short = "Officials in Texas said the cartels would buy weapons elsewhere"
    assert body(page(TITLE, ONE, TWO, THREE, cut_short))[-1] == cut_short


def test_a_quotation_taken_up_again_is_no_second_printing():
    assert body(page(TITLE, ONE, QUOTE, TWO, QUOTE, THREE)).count(QUOTE) == 2


def test_a_list_that_closes_the_article_stays():
    items = ["Send more troops", "Build a wall", "Talk"]
    assert body(page(TITLE, ONE, TWO, "The plan that was agreed in Mexico has three parts:", *items))[-3:] == items


@pytest.mark.parametrize(
    "items",
    [
        ["• more scanners", "• tracing of all rifles", "• joint training"],
        ["- More scanners", "- Tracing", "- Training"],
        ["1. More scanners", "2) Tracing", "3. Training"],
        ["→ More scanners", "✓ Tracing", "(iii) Training"],
        ["Texas: 40 rifles", "Sonora: 3 rifles"],
        ["more scanners;", "tracing of all rifles; and", "joint training of the officers."],
    ],
)
def test_a_list_at_the_end_is_text_and_what_follows_it_is_not(items):
    lines = [TITLE, ONE, TWO, "The plan has three parts:", *items]
    assert body(page(*lines, "Kittens of the world", "More stories"))[2:] == lines[3:]
    shared = page(TITLE, ONE, TWO, "Follow the paper on:", "Twitter", "Facebook")
    assert body(shared)[2:] == ["Follow the paper on:"]


@pytest.mark.parametrize("above", ["The plan has three parts.", "What comes next", "The plan:", THREE])
def test_a_list_with_signs_needs_no_colon_above_it(above):
    items = ["1. More scanners", "2. Tracing", "3. Training"]
    assert body(page(TITLE, ONE, TWO, above, *items))[2:] == [above, *items]
    assert body(page(TITLE, ONE, TWO, "Most read", *items)) == [ONE, TWO]


@pytest.mark.parametrize(
    "lines",
    [
        ["Correction: March 10, 2021", "There were two trucks, not three."],
        ["Correction", "An earlier version of this article misstated the number of trucks.", "It has been put right."],
        ["This story has been corrected: there were two trucks."],
        ["Editor's note: A previous version of this story misspelled a name."],
        ["Fe de erratas", "El número de camiones era dos."],
        ["CLARIFICATION: The governor spoke on Friday."],
    ],
)
def test_a_correction_below_an_article_is_cut_and_kept_apart(lines):
    for result in (page(TITLE, ONE, TWO, THREE, *lines), clean_text("\n".join([ONE, TWO, THREE, *lines]))):
        assert body(result) == [ONE, TWO, THREE]
        assert [reasons(result)[line] for line in lines] == ["correction of the article"] * len(lines)
    told = "Correction officers in Texas found an earlier version of this bill, a spokesman said."
    assert body(page(TITLE, ONE, told, TWO))[1] == told
    above = page(TITLE, "Correction", ONE, TWO, THREE, QUOTE)
    assert body(above) == [ONE, TWO, THREE, QUOTE], "a word above the article takes nothing with it"


def test_rows_of_a_table_and_bare_addresses_are_no_sentences():
    rows = ["| Year | Rifles |", "|---|---|", "| 2019 | 1,204 |", "https://www.example.org/a/b.html"]
    for result in (page(TITLE, ONE, *rows, TWO, THREE), clean_text("\n".join([ONE, *rows, TWO, THREE]))):
        assert body(result) == [ONE, TWO, THREE]
        assert set(rows) == set(reasons(result))
    cell = f"| {ONE} | {TWO} |"
    assert body(page(TITLE, cell, THREE))[0] == cell, "a table may hold the text itself"


def test_a_subheading_that_begins_with_by_is_no_byline():
    result = page(TITLE, ONE, TWO, "By Monday Night The Army Had Left", THREE)
    assert "By Monday Night The Army Had Left" in body(result)
    assert result["byline"] == ""


def test_a_headline_may_be_a_question():
    assert (
        page("Is Mexico losing its war?", "Five years of fighting left thousands dead", ONE)["title"]
        == "Is Mexico losing its war?"
    )


def test_bad_furniture_is_told_where(tmp_path, monkeypatch):
    file = tmp_path / "furniture.csv"
    file.write_text("phrase,effect,reason\nshare,lines,button\n", encoding="utf-8")
    monkeypatch.setattr(furniture, "FURNITURE", file)
    furniture.furniture_phrases.cache_clear()
    with pytest.raises(ValueError, match=r"furniture\.csv, line 2: write a phrase"):
        clean("Share")
    monkeypatch.undo()
    furniture.furniture_phrases.cache_clear()


def test_about_the_author_goes_only_if_it_speaks_of_the_author():
    bio = "Jane Doe has covered the border for this newspaper since the year of the great flood."
    assert body(page(TITLE, ONE, TWO, "Written by", "Jane Doe", bio)) == [ONE, TWO]
    assert body(page(TITLE, ONE, "Written by", "Maria Border", TWO)) == [ONE, TWO]
    head = page(TITLE, "Written by", "Jane Doe", ONE, TWO)
    assert (body(head), head["byline"]) == ([ONE, TWO], "Jane Doe")


def test_a_dateline_goes_and_a_sentence_in_capitals_stays():
    assert body(page(TITLE, "MEXICO CITY, July 5 (Reuters) - " + ONE, TWO)) == [ONE, TWO]
    odd = "NAFTA — the trade accord that some call the worst deal ever — was on the table, officials said."
    assert body(page(TITLE, odd, TWO))[0] == odd
    odd = "NAFTA (the trade accord) - the worst deal ever to some - was on the table, officials said."
    assert body(page(TITLE, odd, TWO))[0] == odd


def test_wrong_decodings_and_stray_spacing_are_mended():
    result = page(
        TITLE,
        "President CalderÃ³n said\u00a0MÃ©xico would\u200b act, the  governmentâ€™s spokesman said.",
        TWO,
        between="\r\n",
    )
    assert body(result)[0] == "President Calderón said México would act, the government’s spokesman said."


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_lines_broken_at_a_fixed_width_are_joined(between):
    blocks = ["\n".join(textwrap.wrap(paragraph, 60)) for paragraph in (f"{ONE} {TWO}", THREE)]
    assert " ".join(body(clean(f"{TITLE}\n\n{between.join(blocks)}"))) == f"{ONE} {TWO} {THREE}"


def test_short_lines_that_are_paragraphs_are_not_joined():
    assert body(page(TITLE, ONE, "It is over.", "So he said.", TWO, between="\n")) == [
        ONE,
        "It is over.",
        "So he said.",
        TWO,
    ]


@pytest.mark.parametrize("text", ["Hello.", "just some words", "Title without a body\n\nShort one."])
def test_a_page_of_hardly_anything_keeps_it(text):
    result = clean(text)
    assert result["title"] + result["text"]


def test_nothing_is_lost_unseen():
    lines = [
        "Home",
        TITLE,
        "By Jane Doe",
        ONE,
        TWO,
        ONE,
        "Advertisement",
        THREE,
        "AFP",
        "Read more",
        "Cats do the funniest things",
    ]
    result = page(*lines)
    assert sorted([result["title"], *body(result), *(row["text"] for row in result["removed"])]) == sorted(lines)
    assert all(row["line"] == 2 * lines.index(row["text"]) + 1 or row["text"] == ONE for row in result["removed"])


def test_each_furniture_phrase_stands_once_in_the_form_it_is_compared_in():
    table = pd.read_csv(FURNITURE)
    assert table["phrase"].is_unique
    assert table["phrase"].eq(table["phrase"].str.casefold()).all()
    assert set(table["effect"]) == set(EFFECTS)
    assert table["reason"].str.len().gt(0).all()
