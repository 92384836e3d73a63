"""What press archives write around an article, in the languages of their pages: each export gives the same articles."""

import pandas as pd
import pytest

from helpers.articles.load import list_removed, read_articles
from tests.articles.made import ONE, TWO, write

THREE = "The governor asked for more guards along the river, and nobody from the ministry answered his letters."
DAYS = [pd.Timestamp("2021-03-08"), pd.Timestamp("2021-03-09")]


def cut(articles, reason):
    removed = list_removed(articles)
    return " ".join(removed.loc[removed["reason"].str.contains(reason), "text"])


# ---------------------------------------------------------------------------------------------------------- Nexis Uni

NEXIS = """{title}
The Daily Argus{place}
{date}


Copyright 2021 Argus Press All Rights Reserved
Section:\u00a0 NEWS; Pg. 3
Length:\u00a0 {words}
Byline:\u00a0 By Ana Ruiz
Highlight:\u00a0 What the officers found.
Body


{text}


{foot}Load-Date:\u00a0 March 20, 2021


End of Document


"""


def nexis(title="Rifles stopped", place="", date="March 8, 2021 Monday", words="1,120 words", text=ONE, foot=""):
    return NEXIS.format(title=title, place=place, date=date, words=words, text=text, foot=foot)


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Rifles stopped", "Rifles stopped"),
        ("Rifles of the north are stopped at the\nport of Nogales, officers say", None),
        ("INTERNATIONAL DESK;\n Rifles stopped at the port", "Rifles stopped at the port"),
        ("Covid-19, part 1: March 2020 and after", None),
        ("Arms", "Arms"),
    ],
)
@pytest.mark.parametrize(
    "date", ["March 8, 2021 Monday", "March 8, 2021 Monday, Late Edition - Final", "8 de marzo de 2021 lunes"]
)
def test_a_document_of_nexis_uni_is_read_whatever_its_headline_and_its_blanks(tmp_path, title, read, date):
    text = nexis(title=title, date=date) + nexis("Guards", " (London)", "March 9, 2021 Tuesday 10:35 AM EST", text=TWO)
    for blank in (text, text.replace("\u00a0", ""), text.replace("\n", "\r\n")):
        articles, left_out = read_articles(write(tmp_path, "a.txt", blank))
        assert articles["title"].tolist() == [read or " ".join(title.split()), "Guards"]
        assert articles["outlet"].tolist() == ["The Daily Argus", "The Daily Argus (London)"]
        assert articles["date"].tolist() == DAYS
        assert articles["text"].tolist() == [ONE, TWO]
        assert set(articles["byline"]) == {"Ana Ruiz"}
        assert left_out.empty
        assert "What the officers found." in cut(articles, "label"), "a highlight is not lost unseen"


@pytest.mark.parametrize(
    "foot",
    [
        "Graphic\n\n \nPHOTO: Rifles on a table.\n\nA map of the port.\n\n\nClassification\n\n\n",
        "Graphic\n\nRifles on a table.\n\n",
        "Correction-Date: March 11, 2021\n\nCorrection\n\nThere were two trucks, not three.\n\n",
    ],
)
def test_captions_and_corrections_of_nexis_are_kept_apart(tmp_path, foot):
    articles, _ = read_articles(write(tmp_path, "a.txt", nexis(foot=foot) + nexis(text=TWO)))
    assert articles["text"].tolist() == [ONE, TWO]
    last = foot.replace("Classification", "").strip().split("\n")[-1]
    assert last in cut(articles, "correction" if "Correction" in foot else "caption")


COVER = """User Name: = Ana Ruiz
Date and Time: = Monday, March 22, 2021 10:00:00 AM EST
Job Number: = 1234567

Documents (2)
1. Rifles stopped
Client/Matter: -None-
Search Terms: border and rifles

"""


def test_the_cover_before_the_first_document_of_nexis_is_no_part_of_it(tmp_path):
    articles, _ = read_articles(write(tmp_path, "a.txt", COVER + nexis() + nexis(text=TWO)))
    assert articles["title"].tolist() == ["Rifles stopped"] * 2
    assert articles["text"].tolist() == [ONE, TWO]


# --------------------------------------------------------------------------------------------------------- LexisNexis

LEXIS = """                               {mark}



                               The Daily Argus

                            {date}

{title}

{by}: Ana Ruiz

{length}

DATELINE: NOGALES

{text}

{foot}

PUBLICATION-TYPE: Newspaper


                       Copyright 2021 Argus Press
                              All Rights Reserved

"""
ENGLISH = {"mark": "{n} of 2 DOCUMENTS", "date": "March {d}, 2021 Monday\n   Edition 1;\n   Scotland"}
ENGLISH |= {"by": "BYLINE", "length": "LENGTH: 28 words", "foot": "LOAD-DATE: March 8, 2021"}
GERMAN = {"mark": "Dokument {n} von 2", "date": "{d}. März 2021 Montag", "by": "AUTOR", "length": "LÄNGE: 28 Wörter"}
GERMAN |= {"foot": "UPDATE: 8. März 2021\n\nSPRACHE: GERMAN; DEUTSCH"}
FRENCH = {"mark": "Document {n} de 2", "date": "{d} mars 2021 lundi", "by": "AUTEUR", "length": "LONGUEUR: 28 mots"}
FRENCH |= {"foot": "DATE-CHARGEMENT: 8 mars 2021\n\nLANGUE: FRENCH; FRANÇAIS"}
REQUEST = """


Download Request: Selected Items: 1-2
Time Of Request: Friday, March 2, 2021  16:51:31

Send To:
UNIVERSITY LIBRARY

Terms: (border and rifles)

Source: The Daily Argus;The Weekly Argus

"""


def lexis(language, n, **more):
    given = {"title": "Arms wanted", "text": [ONE, TWO][n - 1], **language, **more}
    return LEXIS.format(**{name: words.format(n=n, d=7 + n) for name, words in given.items()})


@pytest.mark.parametrize("language", [ENGLISH, GERMAN, FRENCH])
@pytest.mark.parametrize(
    "title", ["Arms wanted", "Rifles of the north are stopped\nat the port of Nogales", "WORLD;\nArms"]
)
def test_a_document_of_lexisnexis_is_read_in_the_languages_of_its_pages(tmp_path, language, title):
    text = REQUEST + lexis(language, 1, title=title) + lexis(language, 2)
    articles, left_out = read_articles(write(tmp_path, "a.txt", text))
    assert articles["title"].tolist() == [" ".join(title.removeprefix("WORLD;").split()), "Arms wanted"]
    assert articles["text"].tolist() == [ONE, TWO]
    assert articles["date"].tolist() == DAYS
    assert set(articles["outlet"]) == {"The Daily Argus"}
    assert set(articles["byline"]) == {"Ana Ruiz"}
    assert left_out["why"].tolist() == ["not an article: the cover or the end of an export"]


def test_a_caption_of_lexisnexis_on_two_lines_is_no_text(tmp_path):
    foot = "LOAD-DATE: March 8, 2021\n\nGRAPHIC: Rifles on a table, which officers showed\nto the press on Friday"
    articles, _ = read_articles(write(tmp_path, "a.txt", lexis(ENGLISH, 1, foot=foot) + lexis(ENGLISH, 2)))
    assert articles["text"].tolist() == [ONE, TWO]
    assert "to the press on Friday" in cut(articles, "caption")


def test_a_label_amid_the_text_ends_nothing(tmp_path):
    text = f"{ONE}\n\nCountry: Mexico is where most of the rifles go.\n\n{THREE}\n\n{TWO}\n\nHe left.\n\nSo did she."
    articles, _ = read_articles(write(tmp_path, "a.txt", lexis(ENGLISH, 1, text=text) + lexis(ENGLISH, 2)))
    assert articles["text"].iloc[0] == text


# ------------------------------------------------------------------------------------------------------------ Factiva

FACTIVA = """{above}{words}
{date}
The Daily Argus
ARGUS
Late Edition - Final
1
{language}
Copyright 2021 Argus Press.  All Rights Reserved.

{text}

{document} ARGUS000202103{d:02}eh{d}80001x

"""
INTERFACES = {
    "English": ("By Ana Ruiz", "1,120 words", "{d} March 2021", "English", "Document", "Search Summary"),
    "Spanish": ("Por Ana Ruiz", "1.120 palabras", "{d} marzo 2021", "Inglés", "Documento", "Resumen de la búsqueda"),
    "German": ("Von Ana Ruiz", "1.120 Wörter", "{d} März 2021", "Englisch", "Dokument", "Zusammenfassung der Suche"),
    "French": ("Par Ana Ruiz", "1 120 mots", "{d} mars 2021", "Anglais", "Document", "Résumé de la recherche"),
}


def factiva(interface, d, above="Rifles stopped\n\n{by}\n", text=ONE):
    by, words, date, language, document, _ = INTERFACES[interface]
    above = above.format(by=by)
    words = words.replace(" 120", "120")
    return FACTIVA.format(
        above=above, words=words, date=date.format(d=d), language=language, document=document, d=d, text=text
    )


@pytest.mark.parametrize("interface", [*INTERFACES])
@pytest.mark.parametrize(
    "above", ["Rifles stopped\n{by}\n", "Foreign Desk; 1\nRifles stopped\n\n{by}\n", "Rifles stopped\n"]
)
def test_a_document_of_factiva_is_read_in_the_languages_of_its_pages(tmp_path, interface, above):
    end = f"{INTERFACES[interface][-1]}\nText rifles\n"
    text = factiva(interface, 8, above) + factiva(interface, 9, text=TWO) + end
    articles, left_out = read_articles(write(tmp_path, "a.txt", text))
    assert articles["title"].tolist() == ["Rifles stopped"] * 2
    assert articles["text"].tolist() == [ONE, TWO]
    assert articles["date"].tolist() == DAYS
    assert set(articles["outlet"]) == {"The Daily Argus"}
    assert articles["byline"].tolist() == ["Ana Ruiz" * ("{by}" in above), "Ana Ruiz"]
    assert left_out["why"].tolist() == ["not an article: the cover or the end of an export"]


def page_of(*articles):
    return f"<html><head><title>Factiva</title></head><body><h1>Dow Jones Factiva</h1>{''.join(articles)}</body></html>"


ORDERED = """<div id="article-ARGUS000202103{d:02}eh{d}80001x" class="article"><div class="article deArticle"><p></p>
<div>Foreign Desk; 1</div><div id="hd"><span class="deHeadline">Rifles stopped at the
 port </span></div><div class="author">Ana Ruiz </div><div>120 Wörter</div><div>{d} März 2021</div>
<div>The Daily Argus</div><div>ARGUS</div><div>Englisch</div><div>Copyright 2021 Argus Press </div><p></p>
<p class="articleParagraph">{one}</p><p class="articleParagraph">{two}</p>
<p>Dokument ARGUS000202103{d:02}eh{d}80001x</p></div><br></div>"""
TAGGED = """<div class="article enArticle"><table><tr><td><b>HD</b>&nbsp;</td><td>Rifles stopped at the port</td></tr>
<tr><td><b>BY</b>&nbsp;</td><td>By Ana Ruiz</td></tr><tr><td><b>PD</b>&nbsp;</td><td>{d} March 2021</td></tr>
<tr><td><b>SN</b>&nbsp;</td><td>The Daily Argus</td></tr><tr><td><b>LP</b>&nbsp;</td><td><p>{one}</p></td></tr>
<tr><td><b>TD</b>&nbsp;</td><td><p>{two}</p></td></tr><tr><td><b>ART</b>&nbsp;</td><td>Rifles on a table</td></tr>
<tr><td><b>AN</b>&nbsp;</td><td>Document ARGUS000202103{d:02}eh{d}80001x</td></tr></table></div>"""
LEXIS_PAGE = """<BR><DIV><P><SPAN>{n} of 2 DOCUMENTS</SPAN></P></DIV>
<BR><DIV><BR><P><SPAN>The Daily Argus</SPAN></P></DIV>
<BR><DIV><P><SPAN>March</SPAN><SPAN> {d}, 2021 Monday</SPAN></P></DIV>
<BR><DIV><P><SPAN>Rifles stopped at the port</SPAN></P></DIV>
<BR><DIV><P><SPAN>BYLINE: </SPAN><SPAN>Ana Ruiz</SPAN></P></DIV>
<BR><DIV><P><SPAN>LENGTH: </SPAN><SPAN>120 words</SPAN></P></DIV>
<BR><DIV><P><SPAN>{one}</SPAN></P><P><SPAN>{two}</SPAN></P></DIV>
<BR><DIV><P><SPAN>LOAD-DATE: </SPAN><SPAN>March 9, 2021</SPAN></P></DIV>
<DIV><P>Copyright 2021 Argus Press<BR>All Rights Reserved</P></DIV>"""


@pytest.mark.parametrize("form", [ORDERED, TAGGED, LEXIS_PAGE])
def test_a_browsers_file_of_many_articles_is_read_one_by_one(tmp_path, form):
    page = page_of(*(form.format(n=d - 7, d=d, one=ONE, two=THREE) for d in (8, 9)))
    articles, _ = read_articles(write(tmp_path, "a.html", page))
    assert articles["title"].tolist() == ["Rifles stopped at the port"] * 2
    assert articles["text"].tolist() == [f"{ONE}\n\n{THREE}"] * 2
    assert articles["date"].tolist() == DAYS
    assert articles[["outlet", "byline"]].drop_duplicates().to_numpy().tolist() == [["The Daily Argus", "Ana Ruiz"]]
    assert articles["row"].tolist() == [1, 2]


def test_a_page_of_several_articles_that_is_no_known_export_is_told(tmp_path):
    story = f"<article><h2>A headline</h2><p>{' '.join([ONE, THREE] * 6)}</p></article>"
    _, left_out = read_articles(write(tmp_path, "a.html", f"<html><body><main>{story * 3}</main></body></html>"))
    assert left_out["why"].str.startswith("the page may hold 3 articles").tolist() == [True]


# ----------------------------------------------------------------------------------------------------------- ProQuest

WORDS = {
    "English": "Author|Publication info|Abstract|Full text|Subject|Title|Publication title|Publication date|"
    "ProQuest document ID|Database",
    "Spanish": "Autor|Información de publicación|Resumen|Texto completo|Materia|Título|Título de publicación|"
    "Fecha de publicación|ID del documento de ProQuest|Base de datos",
    "German": "Autor|Publikationsinfo|Zusammenfassung|Volltext|Thema|Titel|Titel der Publikation|Publikationsdatum|"
    "ProQuest-Dokument-ID|Datenbank",
    "French": "Auteur|Informations sur la publication|Résumé|Texte intégral|Sujet|Titre|Titre de la publication|"
    "Date de publication|ID du document ProQuest|Base de données",
    "Portuguese": "Autor|Informações da publicação|Resumo|Texto completo|Assunto|Título|Título da publicação|"
    "Data de publicação|ID do documento ProQuest|Base de dados",
}
VALUES = "Ruiz, Ana|The Daily Argus ; Nogales [Nogales]{d:02} Mar 2021: A.3.|Two trucks.|{text}|Arms; Customs|"
VALUES += "Rifles stopped|The Daily Argus|Mar {d}, 2021|10155954{d}|ProQuest Central"
INTERVIEW = f"{ONE}\n\nReporter: Were the rifles sold in Arizona?\n\nRuiz: We think so."


def proquest(language, d, text, without=()):
    named = zip(WORDS[language].split("|"), VALUES.format(d=d, text="{text}").split("|"), strict=True)
    lines = [f"{label}: {value}" for place, (label, value) in enumerate(named) if place not in without]
    return f"{'_' * 60}\n\nRifles stopped\n\n" + "\n\n".join(lines).replace("{text}", text) + "\n\n"


@pytest.mark.parametrize("language", [*WORDS])
@pytest.mark.parametrize("without", [(), (2, 5), (6, 7)])
def test_a_record_of_proquest_is_read_in_the_languages_of_its_pages(tmp_path, language, without):
    text = proquest(language, 8, INTERVIEW, without) + proquest(language, 9, TWO, without)
    articles, left_out = read_articles(write(tmp_path, "a.txt", f"{text}{'_' * 60}\n"))
    assert articles["text"].tolist() == [INTERVIEW, TWO]
    assert articles["date"].tolist() == DAYS
    assert articles[["title", "outlet", "byline"]].drop_duplicates().to_numpy().tolist() == [
        ["Rifles stopped", "The Daily Argus", "Ruiz, Ana"]
    ]
    assert left_out.empty


def test_records_with_labels_in_no_known_language_are_told(tmp_path):
    labels = "Forfatter Utgivelse Sammendrag Fulltekst Emne Tittel".split()
    record = f"{'_' * 60}\n\nRifles stopped\n\n" + "\n\n".join(f"{label}: {ONE}" for label in labels) + "\n\n"
    with pytest.raises(ValueError, match=r"labels that are not known .*Forfatter"):
        read_articles(write(tmp_path, "a.txt", record * 2))
