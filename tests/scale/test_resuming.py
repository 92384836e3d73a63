"""A run that is broken off, or whose output is damaged, goes on where it stopped."""

import errno
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from helpers.scale import code_corpus, read_coded
from helpers.scale import engine as scale
from helpers.scale.output import LOCK
from helpers.scale.source_files import MADE_OF
from tests.scale.made import BOOK, contents, write


def test_a_run_goes_on_where_it_stopped(many, tmp_path, monkeypatch):
    source, _ = many
    kept, real = [], scale.code_batch

    def stop_at_four(out, number, tables):
        if len(kept) == 4:
            raise KeyboardInterrupt
        kept.append(number)
        keep(out, number, tables)

    keep = scale.keep_batch
    with ThreadPoolExecutor(1) as pool:
        monkeypatch.setattr(scale, "keep_batch", stop_at_four)
        with pytest.raises(SystemExit, match=r"out: run the same again"):
            code_corpus(source, tmp_path / "out", pool, codebook=BOOK)
        monkeypatch.setattr(scale, "keep_batch", keep)
        with pytest.raises(ValueError, match=r"4 of 8 batches are missing or damaged \(0000"):
            read_coded(tmp_path / "out")
        again = []
        monkeypatch.setattr(
            scale, "code_batch", lambda batch, **task: again.append(batch.number) or real(batch, **task)
        )
        code_corpus(source, tmp_path / "out", pool, codebook=BOOK)
    assert sorted([*again, *kept]) == list(range(8))
    assert read_coded(tmp_path / "out")["article"].drop_duplicates().tolist() == [f"x{i}" for i in range(16)]


def test_a_second_run_into_the_same_folder_says_so_and_the_first_goes_on(many, tmp_path, monkeypatch):
    said, real = [], scale.code_batch

    def code_batch(batch, **task):
        if not said:
            with ThreadPoolExecutor(1) as other, pytest.raises(ValueError, match="another run is writing") as error:
                code_corpus(many[0], tmp_path / "out", other, codebook=BOOK)
            said.append(error)
        return real(batch, **task)

    monkeypatch.setattr(scale, "code_batch", code_batch)
    with ThreadPoolExecutor(1) as pool:
        table = code_corpus(many[0], tmp_path / "out", pool, codebook=BOOK)
        assert said
        assert table["fault"].eq("").all()
        code_corpus(many[0], tmp_path / "out", pool, codebook=BOOK)  # the lock is given back


def test_a_write_that_fails_is_named_leaves_nothing_behind_and_the_run_goes_on(many, tmp_path, monkeypatch):
    real = Path.write_bytes

    def write_bytes(path, content):
        real(path, content[:9])
        raise OSError(errno.ENOSPC, "No space left on device")

    with ThreadPoolExecutor(1) as pool:
        with monkeypatch.context() as patch:
            patch.setattr(Path, "write_bytes", write_bytes)
            with pytest.raises(OSError, match=r"out/000000 could not be written \(No space left.*Make room"):
                code_corpus(many[0], tmp_path / "out", pool, codebook=BOOK)
        assert {file.name for file in (tmp_path / "out").iterdir()} == {LOCK, MADE_OF}
        (tmp_path / "out" / "000003.new").mkdir()  # as a run leaves it that is killed
        code_corpus(many[0], tmp_path / "out", pool, codebook=BOOK)
    assert read_coded(tmp_path / "out")["article"].nunique() == 16
    assert not list(tmp_path.glob("out/*.new"))


def spoil(file, how):
    content = bytearray(file.read_bytes())
    content[-20] ^= 4
    file.write_bytes({"empty": b"", "half": content[: len(content) // 2], "flipped": content}[how])


@pytest.mark.parametrize("how", ["empty", "half", "flipped", "gone"])
def test_a_damaged_batch_is_never_read_and_is_coded_anew(many, tmp_path, how):
    with ThreadPoolExecutor(1) as pool:
        code_corpus(many[0], tmp_path / "out", pool, codebook=BOOK)
        whole = contents(tmp_path / "out")
        for name in ["frames", "words"]:
            file = tmp_path / "out" / "000003" / f"{name}.parquet"
            file.unlink() if how == "gone" else spoil(file, how)
            with pytest.raises(ValueError, match=r"1 of 8 batches are missing or damaged \(000003\)"):
                read_coded(tmp_path / "out", name)
            with pytest.warns(UserWarning, match=r"out: damaged, and coded anew: batch 3 \(file.*articles.parquet"):
                code_corpus(many[0], tmp_path / "out", pool, codebook=BOOK)
            assert contents(tmp_path / "out") == whole
        (tmp_path / "out" / MADE_OF).write_text('{"articles"')
        with pytest.raises(ValueError, match=r"made-of.json is damaged. Give another folder"):
            code_corpus(many[0], tmp_path / "out", pool, codebook=BOOK)


def test_a_bad_batch_is_named_listed_and_the_rest_is_kept(many, tmp_path, monkeypatch):
    source, _ = many
    real = scale.code_batch

    def fail_once(batch, **task):
        if batch.number == 2:
            raise OSError("torn page")
        return real(batch, **task)

    with ThreadPoolExecutor(2) as pool:
        monkeypatch.setattr(scale, "code_batch", fail_once)
        with pytest.warns(UserWarning, match=r"batch 2 \(file.*articles.parquet, row groups 2 to 2\): torn page"):
            table = code_corpus(source, tmp_path / "out", pool, codebook=BOOK)
        assert table["fault"].str.startswith("torn page").tolist() == [number == 2 for number in range(8)]
        articles = read_coded(tmp_path / "out", partial=True)["article"].unique().tolist()
        assert articles == [f"x{i}" for i in range(16) if i not in (4, 5)]
        (told,) = read_coded(tmp_path / "out", "left_out", partial=True).to_dict("records")
        assert told["file"] == "articles.parquet"
        assert "batch 2: torn page" in told["why"]
        monkeypatch.setattr(scale, "code_batch", real)
        code_corpus(source, tmp_path / "out", pool, codebook=BOOK)
    assert read_coded(tmp_path / "out")["article"].nunique() == 16
    assert read_coded(tmp_path / "out", "left_out").empty


def test_a_file_that_changes_after_it_was_listed_is_named(many, tmp_path, monkeypatch):
    source, _ = many
    real = scale.code_batch

    def code_batch(batch, **task):
        if batch.number == 3:
            write(source.parent, ["Other arms."] * 16)
        return real(batch, **task)

    monkeypatch.setattr(scale, "code_batch", code_batch)
    with ThreadPoolExecutor(1) as pool, pytest.warns(UserWarning, match=r"batch 3 .*articles.parquet was changed"):
        code_corpus(source, tmp_path / "out", pool, codebook=BOOK)
