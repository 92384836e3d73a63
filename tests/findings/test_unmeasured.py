"""What an answer says of articles that are left out: how many, in which languages, and no finding if it is all."""

import nbformat
import pandas as pd
import pytest

from helpers.findings.page import answer
from helpers.findings.unmeasured import find_unmeasured, is_everything, judge_unmeasured
from helpers.findings.words import fits
from helpers.run import ROOT
from helpers.run.pages import code_of, question_of
from tests.newswire import write_articles

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MEASURING = [file for file in NOTEBOOKS if "list_unmeasured" in file.read_text("utf-8")]
# Figures of official speech, or of no articles in particular.
ELSEWHERE = {"08-official-speech", "10-power", "10-effective-number", "10-intervals", "13-against-the-truth"}
FINDINGS = pd.DataFrame({"frame": ["justice"], "course": ["is absent"]})


def left_out(*languages, of):
    names = [f"x{i}" for i in range(len(languages))]
    return pd.DataFrame({"article": names, "label": names, "language": languages, "of": of})


def test_languages_are_counted_the_most_frequent_first():
    table = find_unmeasured(left_out("French", "Spanish", "", "Spanish", of=9))
    assert table[["language", "articles", "of"]].to_numpy().tolist() == [
        ["Spanish", 2, 9],
        ["French", 1, 9],
        ["an unknown language", 1, 9],
    ]
    assert not is_everything(table) and not is_everything(find_unmeasured(left_out(of=9)))


def test_a_part_left_out_is_said_beside_the_verdict_and_named_in_a_file(tmp_path, monkeypatch):
    monkeypatch.setenv("FIGURES", str(tmp_path))
    page = answer("Justice is absent.", FINDINGS, "00-findings", left_out("Spanish", "Spanish", of=9)).data
    page = page.split("\n\n")
    assert page[0] == "**Answer.** Justice is absent." and "2 of 9 articles, in Spanish (2)" in page[1]
    assert "| justice | is absent |" in page[2]
    assert pd.read_csv(tmp_path / "00-not-measured.csv")["article"].tolist() == ["x0", "x1"]


def test_if_all_are_left_out_nothing_else_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("FIGURES", str(tmp_path))
    page = answer("Justice is absent.", FINDINGS, "00-findings", left_out("Spanish", "Spanish", of=2)).data
    assert page.startswith("**Answer.** Cannot be told: ") and "2 of 2" in page and "Spanish (2)" in page
    assert "ustice" not in page + (tmp_path / "00-findings.csv").read_text("utf-8")


def test_however_many_languages_there_are_the_verdict_is_short():
    many = find_unmeasured(left_out("Spanish", "Portuguese", "French", "Italian", "German", "", of=6))
    assert fits(judge_unmeasured(many)) and "and more (2)" in judge_unmeasured(many)


def test_where_nothing_is_left_out_nothing_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("FIGURES", str(tmp_path))
    assert answer("Yes.", FINDINGS, "00-findings", left_out(of=5)).data == answer("Yes.", FINDINGS, "00-findings").data
    assert [file.name for file in tmp_path.iterdir()] == ["00-findings.csv"]


@pytest.mark.parametrize("file", MEASURING, ids=lambda file: file.name[:2])
def test_of_sixty_spanish_articles_a_notebook_claims_nothing(tmp_path, monkeypatch, file):
    monkeypatch.setenv("SOURCE", str(write_articles(tmp_path / "articles.jsonl", "Spanish", 60)))
    monkeypatch.setenv("FIGURES", str(tmp_path / "figures"))
    notebook, names = nbformat.read(file, as_version=4), {}
    for cell in code_of(notebook):
        exec(cell.source, names)
    findings = pd.read_csv(tmp_path / "figures" / f"{file.name[:2]}-findings.csv")
    assert findings.to_numpy().tolist() == [["Spanish", "not measured", 60, 60]], question_of(notebook)
    assert len(pd.read_csv(tmp_path / "figures" / f"{file.name[:2]}-not-measured.csv")) == 60
    assert names.get("measured", names["articles"]).empty
    drawn = {picture.stem for picture in (tmp_path / "figures").glob("*.png")}
    assert drawn <= ELSEWHERE, f"{file.name}: draws {drawn - ELSEWHERE} of articles that are not measured"
