"""What a run keeps for its notebooks comes back exactly, or not at all."""

import pandas as pd
import pytest

from helpers.files.kept import keep_table, kept_table

TABLE = pd.DataFrame(
    {
        "article": ["a", "b"],
        "date": pd.to_datetime(["2012-01-01", None]),
        "removed": [[{"line": 1, "reason": "é", "text": "x"}], []],
        "row": [1, 2],
        "kept": [True, False],
    }
)


@pytest.mark.parametrize("table", [TABLE, TABLE.head(0), TABLE.astype({"article": object}).head(0)[["article"]]])
def test_a_table_comes_back_as_it_was(table, tmp_path, monkeypatch):
    monkeypatch.setenv("KEPT", str(tmp_path))
    assert keep_table(tmp_path, "x", table)
    pd.testing.assert_frame_equal(kept_table("x"), table)


@pytest.mark.parametrize("cell", ["\ud800", (1, 2), {1, 2}])
def test_what_would_not_come_back_is_not_kept(cell, tmp_path, monkeypatch):
    monkeypatch.setenv("KEPT", str(tmp_path))
    table = pd.DataFrame({"text": pd.Series(["a", cell], dtype=object)})
    assert not keep_table(tmp_path, "x", table)
    assert kept_table("x") is None


def test_without_a_run_nothing_is_kept(monkeypatch):
    monkeypatch.delenv("KEPT", raising=False)
    assert kept_table("articles") is None
