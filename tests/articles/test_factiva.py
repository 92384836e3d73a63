"""Documents of Factiva with codes, however a program wrote the table of codes."""

import pytest

from helpers.articles.load import read_articles
from tests.articles.made import ONE, TWO, write

CODES = """SE{cell}Foreign Desk
HD{cell}Rifles stopped
BY{cell}By Ana Ruiz
WC{cell}120 words
PD{cell}{d} March 2021
SN{cell}The Daily Argus
LA{cell}English
CY{cell}Copyright 2021 Argus Press
LP{cell}{one}

TD{cell}{two}

RE{cell}mex : Mexico
{end}

"""
ENDS = ["AN{cell}Document ARGUS000202103{d:02}eh{d}80001x", "AN{cell}ARGUS000202103{d:02}eh{d}80001x", ""]
SPOKEN = f"{TWO}\n\nIN short, the guards stay."


def coded(cell, end, d):
    end = end.format(cell=cell, d=d)
    return CODES.format(cell=cell, end=end, d=d, one=ONE, two=SPOKEN)


@pytest.mark.parametrize("cell", ["\t", " \t", "  ", " ", "\n"])
@pytest.mark.parametrize("end", ENDS)
def test_codes_divide_documents_whatever_stands_beside_them(tmp_path, cell, end):
    text = "".join(coded(cell, end, d).removeprefix(f"SE{cell}Foreign Desk\n" * (cell == " ")) for d in (8, 9))
    articles, left_out = read_articles(write(tmp_path, "a.txt", text))
    assert articles["text"].tolist() == [f"{ONE}\n\n{SPOKEN}"] * 2
    assert [f"{day:%d}" for day in articles["date"]] == ["08", "09"]
    assert articles[["title", "outlet", "byline"]].drop_duplicates().to_numpy().tolist() == [
        ["Rifles stopped", "The Daily Argus", "Ana Ruiz"]
    ]
    assert [text.splitlines()[row - 1][:2] for row in articles["row"]] == ["HD" if cell == " " else "SE"] * 2
    assert left_out.empty


def test_a_table_of_codes_is_read_from_rtf(tmp_path):
    rows = [line.split("\t") for d in (8, 9) for line in coded("\t", ENDS[0], d).split("\n") if "\t" in line]
    cells = "".join(rf"\trowd\cellx900\cellx9000 {code}\cell {words}\cell\row " for code, words in rows)
    text = rf"{{\rtf1\ansi {cells}}}".encode("cp1252", "replace")
    articles, _ = read_articles(write(tmp_path, "a.rtf", text))
    assert articles["title"].tolist() == ["Rifles stopped"] * 2
    assert articles["text"].str.startswith(ONE).all()


def test_a_table_of_codes_is_known_in_a_page_without_the_archives_name(tmp_path):
    lines = coded("\t", ENDS[0], 8).replace("\n\n", " ").split("\n")
    rows = [f"<tr><td><p>{code}</p></td><td><p>{words}</p></td></tr>" for code, _, words in map(_parted, lines)]
    articles, _ = read_articles(write(tmp_path, "a.html", f"<html><table>{''.join(rows)}</table></html>"))
    assert articles[["title", "outlet"]].to_numpy().tolist() == [["Rifles stopped", "The Daily Argus"]]


def _parted(line):
    return line.partition("\t")


def test_codes_that_cannot_be_read_are_told(tmp_path):
    torn = CODES.replace("LP{cell}{one}", "{one}").format(cell=" ", end="", d=8, one=ONE, two="were there before.")
    articles, left_out = read_articles(write(tmp_path, "a.txt", torn))
    assert ONE in articles["text"].iloc[0]
    assert left_out["kept"].tolist() == [True]


@pytest.mark.parametrize("rights", ["Direitos autorais 2021 Argus", "Tutti i diritti riservati"])
def test_a_cover_touching_the_headline_and_rights_in_other_languages_are_cut(tmp_path, rights):
    head = "Dow Jones Factiva\nRifles stopped\n\n120 words\n8 March 2021\nThe Daily Argus\nARGUS\nEnglish\n"
    text = f"{head}{rights}\n\n{ONE}\n\nDocument ARGUS00020210308eh880001x\n"
    articles, _ = read_articles(write(tmp_path, "a.txt", text))
    assert articles[["title", "text"]].to_numpy().tolist() == [["Rifles stopped", ONE]]
