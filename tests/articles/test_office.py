"""Word, OpenOffice and RTF files are read like a page of text, without what is not its text."""

import pytest

from helpers.articles.load import load_articles, read_articles
from tests.articles.made import ONE, TWO, as_csv, reasons, write
from tests.articles.made_office import as_docx, as_open, as_parts, paragraph

NAMED = '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
NEXIS = """{title}
The Daily Sample
{day}
Copyright 2021 The Daily Company
Section: Pg. A1
Length: 24 words
Byline: By Jane Doe

Body

{text}

Load-Date: March 9, 2021

End of Document"""
EXPORT = "\n".join(
    NEXIS.format(title=title, day=day, text=text)
    for title, day, text in [("Talks", "March 8, 2021 Monday", ONE), ("Trade", "March 9, 2021 Tuesday", TWO)]
)


def as_odt(body):
    return as_open("text", f"<office:body><office:text>{body}</office:text></office:body>")


def as_rtf(text):
    signs = "".join(sign if sign.isascii() else f"\\u{ord(sign)}?" for sign in text)
    return f"{{\\rtf1\\ansi\\ansicpg1252 {signs.replace(chr(10), chr(92) + 'par ')}}}".encode()


AS = {
    "docx": as_docx,
    "odt": lambda text: as_odt("".join(f"<text:p>{line}</text:p>" for line in text.split("\n"))),
    "rtf": as_rtf,
}


@pytest.mark.parametrize("kind", AS)
def test_one_article_is_read_like_a_page(tmp_path, kind):
    text = f"A headline of five words\nBy Jane Doe\nMarch 4, 2012\n{ONE}\n{TWO}"
    articles, left_out = read_articles(write(tmp_path, f"a.{kind}", AS[kind](text)))
    assert articles["text"].tolist() == [f"{ONE}\n\n{TWO}"]
    assert articles["title"].tolist() == ["A headline of five words"]
    assert articles["published"].dt.strftime("%Y-%m-%d").tolist() == ["2012-03-04"]
    assert articles["byline"].tolist() == ["Jane Doe"]
    assert left_out.empty


@pytest.mark.parametrize("kind", AS)
def test_an_archives_export_of_several_articles_is_read_one_by_one(tmp_path, kind):
    articles = load_articles(write(tmp_path, f"a.{kind}", AS[kind](EXPORT)))
    assert articles["title"].tolist() == ["Talks", "Trade"]
    assert articles["text"].tolist() == [ONE, TWO]
    assert articles["outlet"].tolist() == ["The Daily Sample"] * 2
    assert articles["published"].dt.day.tolist() == [8, 9]


def test_what_was_inserted_is_read_and_what_was_deleted_is_not(tmp_path):
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p>{run.format('The army')}<w:ins>{run.format(' and the police')}</w:ins>"
        f"<w:del><w:r><w:delText> never</w:delText></w:r></w:del><w:moveFrom>{run.format(' twice')}</w:moveFrom>"
        f"<w:r><w:br/><w:t>met</w:t><w:tab/><w:t>on</w:t></w:r><w:hyperlink>{run.format(' Tuesday')}</w:hyperlink>"
        f"<w:r><w:instrText>PAGE</w:instrText></w:r>{run.format('.')}</w:p>"
        f"<w:sdt><w:sdtContent>{paragraph('They met again.')}</w:sdtContent></w:sdt>"
        f"<w:tbl><w:tr><w:tc>{paragraph('They left.')}</w:tc></w:tr></w:tbl>"
        "<mc:AlternateContent><mc:Choice><w:txbxContent>"
        f"{paragraph('In a box.')}</w:txbxContent></mc:Choice>"
        f"<mc:Fallback>{paragraph('In a box.')}</mc:Fallback></mc:AlternateContent>"
    )
    received = load_articles(write(tmp_path, "a.docx", as_docx(body)))["received"].iloc[0]
    expected = ["The army and the police", "met\ton Tuesday.", "They met again.", "They left.", "In a box."]
    assert received.split("\n") == expected


def test_the_headline_is_the_paragraph_that_has_its_style_in_any_language(tmp_path):
    body = paragraph("News of the week in the north") + paragraph("Talks end", "berschrift1") + paragraph(ONE)
    articles = load_articles(write(tmp_path, "a.docx", as_docx(body, NAMED)))
    assert articles[["title", "text"]].to_numpy().tolist() == [["Talks end", ONE]]
    styles = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    odt = f'{styles}<text:p>News of the week in the north</text:p><text:p text:style-name="P1">Talks end</text:p>'
    odt += f"<text:p>{ONE}</text:p>"
    odt = as_open("text", f"<office:body><office:text>{odt}</office:text></office:body>")
    assert load_articles(write(tmp_path, "b.odt", odt))["title"].tolist() == ["Talks end"]


def test_several_headings_in_one_article_are_told(tmp_path):
    body = "".join(paragraph(f"Story {n}", "berschrift1") + paragraph(f"{ONE} {n}.") for n in range(3))
    file = write(tmp_path, "a.docx", as_docx(body, NAMED))
    assert len(load_articles(file)) == 1
    assert [(kept, why.partition(" of the")[0]) for _, kept, why in reasons(file)] == [(True, "has 3 headings")]


def test_notes_and_deleted_text_of_openoffice_are_no_text(tmp_path):
    body = (
        "<text:tracked-changes><text:p>Deleted.</text:p></text:tracked-changes>"
        "<text:p>The army<text:note><text:note-body><text:p>A note.</text:p></text:note-body></text:note> met"
        "<text:s/>on<text:line-break/>Tuesday<office:annotation><text:p>Why?</text:p></office:annotation>.</text:p>"
    )
    received = load_articles(write(tmp_path, "a.odt", as_odt(body)))["received"]
    assert received.tolist() == ["The army met on\nTuesday."]


def test_rtf_keeps_letters_and_leaves_out_fonts_pictures_and_addresses(tmp_path):
    raw = (
        rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fcharset238 Times;}}{\info{\title Not this}}"
        rb"\f0 Pe\'f1a said {\field{\*\fldinst{HYPERLINK \"http://a.org\"}}{\fldrslt{here}}} that \f1 Wa\'b3\'easa "
        rb"\f0 met \u8220?them\u8221? on Tuesday.{\pict\pngblip 89504e47}\par}"
    )
    text = load_articles(write(tmp_path, "a.rtf", raw))["text"].iloc[0]
    assert " ".join(text.split()) == "Peña said here that Wałęsa met “them” on Tuesday."


def test_a_main_part_of_another_name_is_found(tmp_path):
    file = write(tmp_path, "a.docx", as_docx(f"A headline of five words\n{ONE}", main="word/document2.xml"))
    assert load_articles(file)["text"].tolist() == [ONE]


@pytest.mark.parametrize(
    ("name", "raw", "why"),
    [
        ("a.docx", as_docx(""), "no text in it"),
        ("a.docx", as_docx(paragraph("0" * 20_000_000)), "unpacked it would be"),
        ("a.docx", as_docx("<w:p>" * 300 + "</w:p>" * 300), "damaged"),
        ("a.docx", as_parts({"word/other.xml": "<a/>"}), "damaged"),
        ("a.rtf", b"{\\rtf1 \\u99999999999 }", "damaged RTF"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path, name, raw, why):
    write(tmp_path, "b.csv", as_csv([{"text": ONE}]))
    write(tmp_path, name, raw)
    assert [(kept, told[: len(why)]) for _, kept, told in reasons(tmp_path)] == [(False, why)]


def test_rtf_cut_short_is_read_and_told(tmp_path):
    file = write(tmp_path, "a.rtf", as_rtf(f"A headline of five words\n{ONE}")[:-1])
    assert load_articles(file)["text"].tolist() == [ONE]
    assert [kept for _, kept, _ in reasons(file)] == [True]


def test_fonts_without_end_take_no_time(tmp_path):
    raw = b"{\\rtf1{\\fonttbl" + b"\\f1 " * 100_000 + b"}" + f"A headline of five words\\par {ONE}}}".encode()
    assert load_articles(write(tmp_path, "a.rtf", raw))["text"].tolist() == [ONE]
