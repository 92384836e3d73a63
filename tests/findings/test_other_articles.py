"""Notebooks that run on one undated article, and on so many that they are pooled by year."""

import nbformat
import pandas as pd
import pytest

from helpers.run import ROOT

TEXT = "Leaders met in week {0}. Mexico will send soldiers against crime number {0}. They spoke of trade and money.\n"


@pytest.mark.parametrize("number", ["02", "04", "10", "12"])
@pytest.mark.parametrize("count", [1, 14])
def test_the_notebook_runs_on_one_undated_article_and_on_many(tmp_path, monkeypatch, number, count):
    for i in range(count):
        (tmp_path / f"a{i:02}.txt").write_text(TEXT.format(i), "utf-8")
    dates = pd.DataFrame({"article": [f"a{i:02}" for i in range(count)], "published": "", "published_precision": ""})
    if count > 1:
        dates = dates.assign(published=[f"{2008 + i % 3}-05-{i + 1:02}" for i in range(count)])
        dates = dates.assign(published_precision="day", published_evidence="made up")
    dates.to_csv(tmp_path / "articles.csv", index=False)
    monkeypatch.setenv("SOURCE", str(tmp_path))
    monkeypatch.setenv("FIGURES", str(tmp_path / "figures"))
    notebook, names = nbformat.read(next((ROOT / "notebooks").glob(f"{number}-*.ipynb")), as_version=4), {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            exec(cell.source, names)
    if number == "02" and count > 1:
        assert set(names["findings"]["period"].head(3)) == {"2008", "2009", "2010"}
