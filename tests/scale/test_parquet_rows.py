"""Parquet of any type and size gives the texts that other files give."""

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from helpers.scale import read_coded, work
from helpers.scale.batches import plan_batches, read_batch
from helpers.scale.source_files import list_files
from tests.scale.made import code, jsonl_of


def test_parquet_of_any_type_gives_the_text_that_other_files_give(tmp_path):
    table = {
        "id": pa.array([1330819200.0, None, 12.5]),
        "date": pa.array(["2012", "2013", "2012"]).dictionary_encode(),
        "text": pa.array([["Arms.", "US arms."], ["US."], None]),
    }
    pq.write_table(pa.table(table), tmp_path / "a.parquet")
    (tmp_path / "b.jsonl").write_text(jsonl_of(pa.table(table).to_pylist()), "utf-8")
    files, _ = list_files(str(tmp_path))
    (a,), (b,) = (list(read_batch(batch, {}, "year")) for batch in plan_batches(files, {}))
    assert a.names.to_pylist() == ["1330819200", "a-2"]
    assert b.names.to_pylist() == ["1330819200", "b-2"]
    assert a.texts.to_pylist() == b.texts.to_pylist()
    assert a.texts[1].as_py() == "US."
    assert a.periods.to_pylist() == b.periods.to_pylist() == ["2012", "2013"]


@pytest.mark.parametrize("encoded", [True, False])
def test_texts_that_repeat_are_read_by_their_own_size_not_their_files(tmp_path, monkeypatch, encoded):
    """Parquet holds each text once; with them come the faults of their rows, in order."""
    monkeypatch.setattr(work, "BATCH", 20_000)
    texts = pa.array([f"Arms number {number % 3}. " + "x" * 1_000 if number % 100 else None for number in range(3_000)])
    dates = ["2012" if number % 70 else "soon" for number in range(3_000)]
    pq.write_table(
        pa.table({"text": texts.dictionary_encode() if encoded else texts, "date": dates}), tmp_path / "a.parquet"
    )
    (file,), _ = list_files(str(tmp_path))
    (batch,) = plan_batches([file], {})
    parts = list(read_batch(batch, {}, "year"))
    sizes = [pc.sum(pc.binary_length(part.texts)).as_py() for part in parts]
    assert max(sizes) < 20_000 + 1_100
    assert min(sizes[:-1]) >= 20_000
    assert pa.chunked_array([part.texts for part in parts]).to_pylist() == texts.drop_null().to_pylist()
    rows = pa.concat_tables(part.left_out for part in parts)["row"].to_pylist()
    assert rows == [number + 1 for number in range(3_000) if not number % 100 or not number % 70]


def test_a_large_row_group_is_cut_into_few_pieces_of_work_read_a_part_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr(work, "BATCH", 300)
    texts = [f"Arms number {number}." for number in range(1_000)]
    pq.write_table(pa.table({"text": texts}), tmp_path / "a.parquet", use_dictionary=False)
    (file,), _ = list_files(str(tmp_path))
    planned = plan_batches([file], {})
    assert len(planned) == work.SLICES
    parts = [list(read_batch(batch, {}, "year")) for batch in planned]
    assert {sum(len(part.texts) for part in some) for some in parts} == {100}
    assert max(len(part.texts) for some in parts for part in some) < 25
    assert [text for some in parts for part in some for text in part.texts.to_pylist()] == texts
    assert [name for some in parts for part in some for name in part.names.to_pylist()] == [
        f"a-{row}" for row in range(1, 1_001)
    ]


@pytest.mark.parametrize("kind", [pa.string_view(), pa.large_string(), pa.dictionary(pa.int8(), pa.large_string())])
def test_texts_of_any_of_arrows_kinds_are_read(tmp_path, kind):
    table = {"text.body": pa.array(["US arms.", None]).cast(kind), "date": pa.array(["2012", ""]).cast(kind)}
    pq.write_table(pa.table(table), tmp_path / "a.parquet")
    with pytest.warns(UserWarning, match="left out: 1 .row 2: no text in the column 'text.body'"):
        code(tmp_path / "a.parquet", tmp_path / "out", columns={"text": "text.body"})
    assert read_coded(tmp_path / "out")[["article", "period", "hits"]].to_numpy().tolist() == [["a-1", "2012", 1]] * 2
