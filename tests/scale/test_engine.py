"""At scale the same hits, sentences and words, whoever does the work, and however often it is broken off."""

import multiprocessing
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE

import fsspec
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.articles.coded_folder import MADE_OF
from helpers.articles.document import without_markup
from helpers.articles.table_rows import has_no_sentence
from helpers.codebook.hits import find_hits, rate_per_1000_words, share_of_sentences
from helpers.codebook.terms import check_codebook, load_codebook
from helpers.measures.keyness import count_words
from helpers.scale import code_corpus, read_coded, work
from helpers.scale import engine as scale
from helpers.scale.mending import mend_texts
from helpers.text.split import split_sentences, split_words

BOOK = pd.DataFrame(
    [
        ("a", "arms"),
        ("a", "arms traffic*"),
        ("b", "*king"),
        ("b", "US"),
        ("b", "war on drug*"),
        ("a", "drug"),
        ("none", "drug war"),
        ("b", "l'été"),
        ("a", "σ*"),
    ],
    columns=["frame", "term"],
)
WORDS = (
    "arms Arms trafficking. US us u.s. U.S. U.S.'s no not never war on drugs drug México l’été L'ÉTÉ ΣΑΣ σας İ 2,400"
)
SPACES = st.sampled_from([" "] * 6 + ["\n", "\u00a0", "", "  "])
TEXTS = st.lists(
    st.tuples(st.sampled_from([*WORDS.split(), *", . “No!” the The a.m.)Then".split()]), SPACES), max_size=25
)
TEXTS = TEXTS.map(lambda pairs: "".join(map("".join, pairs)))
STARS = st.sampled_from(["", "", "*"])
TERMS = st.lists(st.tuples(STARS, st.sampled_from([*WORDS.split(), "a.m.)Then"]), STARS).map("".join), min_size=1)
BOOKS = st.lists(st.tuples(st.sampled_from(["a", "b", "none"]), TERMS.map(" ".join)), min_size=1, max_size=5)
BOOKS = BOOKS.map(lambda rows: pd.DataFrame([("a", "arms"), *rows], columns=["frame", "term"]).drop_duplicates())


def write(folder, texts, dates=None, rows=2, name="articles.parquet"):
    dates = dates or [f"20{10 + i % 3}-02-03" for i in range(len(texts))]
    table = pa.table({"article": [f"x{i}" for i in range(len(texts))], "date": dates, "text": texts})
    folder.mkdir(exist_ok=True)
    pq.write_table(table, folder / name, row_group_size=rows)
    return folder / name


def small(texts, book=BOOK):
    texts = mend_texts(pa.array(texts, pa.string())).to_pylist()
    articles = pd.DataFrame({"article": [f"x{i}" for i in range(len(texts))], "text": texts}, dtype=str)
    sentences = split_sentences(articles)
    return sentences, find_hits(sentences, book), split_words(sentences)


@pytest.fixture
def many(tmp_path, monkeypatch):
    """Articles in eight batches."""
    monkeypatch.setattr(work, "BATCH", 60_000)
    texts = [f"Arms trafficking, no. {i}. The war on drugs is not over in the US. " * 300 for i in range(16)]
    return write(tmp_path / "in", texts), texts


SAYING = TEXTS.filter(lambda text: text and not has_no_sentence(without_markup(text)))  # a text that is an article's


@settings(max_examples=60)
@example(texts=["x Q.E.D.'s arms in the end."], book=BOOK)  # a sentence begins within what stands between two blanks
@given(
    texts=st.lists(
        TEXTS.filter(lambda text: text and not has_no_sentence(without_markup(text))), min_size=1, max_size=6
    ),
    book=st.just(BOOK) | BOOKS,
)
def test_at_scale_the_same_hits_sentences_and_words(tmp_path_factory, texts, book):
    folder = tmp_path_factory.mktemp("any")
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(1) as pool:
        patch.setattr(work, "BATCH", 200)  # one article or two in a batch
        code_corpus(write(folder, texts), folder / "out", pool, codebook=book, hits=True)
    sentences, hits, words = small(texts, book)
    pd.testing.assert_frame_equal(read_coded(folder / "out", "hits"), hits, check_dtype=len(sentences) > 0)
    frames = read_coded(folder / "out")
    assert frames["sentences"].tolist() == [(sentences["article"] == a).sum() for a in frames["article"]]
    assert frames["words"].tolist() == [(words["article"] == a).sum() for a in frames["article"]]
    shares = share_of_sentences(hits, sentences)
    some = frames[frames["sentences"].gt(0)].reset_index(drop=True)
    columns = ["article", "carrying", "sentences", "share"]
    pd.testing.assert_frame_equal(some[columns], shares[columns], check_dtype=len(sentences) > 0)
    if len(words):
        some = frames[frames["words"].gt(0)].reset_index(drop=True)
        columns = ["article", "hits", "negated", "words", "rate"]
        pd.testing.assert_frame_equal(some[columns], rate_per_1000_words(hits, words)[columns])
        year = {f"x{i}": f"20{10 + i % 3}" for i in range(len(texts))}
        counts = count_words(words).assign(period=lambda t: t["article"].map(year))
        counts = counts.groupby(["period", "word"])["count"].sum()
        assert read_coded(folder / "out", "words").set_index(["period", "word"])["count"].to_dict() == counts.to_dict()


PHRASES = """US troops|the US|arms deal*|arms* deal|arm* *men|no one|one man, one vote|Department of Justice
in the|*teenth hour|o'clock news|end to end|La Línea|drug\u2011free zone""".replace("\n", "|").split("|")


def test_phrases_are_found_wherever_they_stand_and_each_codebook_by_itself(tmp_path):
    """One worker, with one phrase for a codebook after another."""
    whole = [phrase.replace("*", "x") for phrase in PHRASES]
    around = [("It ", " is."), ("US\n(", ") is"), ("x-", "’s"), ("“", ".”"), ("_", ""), ("no ", "s")]
    texts = [f"{before}{phrase}{after}" for phrase in whole for before, after in around]
    texts += [phrase.replace(" ", gap) for phrase in whole for gap in ("  ", "\n", "\u00a0", ", ", ". ")]
    texts += [phrase.upper() for phrase in whole] + [phrase.lower() for phrase in whole]
    texts = [f"{text}\nGuards came in time." for text in texts]  # a cell without a sentence is no article
    source = write(tmp_path / "in", texts, rows=len(texts))
    with ThreadPoolExecutor(1) as pool:
        for number, phrase in enumerate(PHRASES):
            book = pd.DataFrame([("a", phrase)], columns=["frame", "term"])
            code_corpus(source, tmp_path / str(number), pool, codebook=book, hits=True)
            hits = read_coded(tmp_path / str(number), "hits")
            pd.testing.assert_frame_equal(hits, small(texts, check_codebook(book, "book"))[1])
            assert len(hits) >= 4


@pytest.mark.parametrize(("term", "said"), [("* war", "lone"), ("na*co", "inside a word"), ("?", "no letter")])
def test_a_term_that_cannot_be_looked_for_is_told_before_anything_is_done(many, tmp_path, term, said):
    book = pd.DataFrame([("a", "arms"), ("a", term)], columns=["frame", "term"])
    with pytest.raises(ValueError, match=said):
        code_corpus(many[0], tmp_path / "out", codebook=book)
    assert not (tmp_path / "out").exists()


def test_the_seeds_give_the_same_hits(articles, sentences, tmp_path):
    source = tmp_path / "seeds.parquet"
    articles[["article", "date", "text"]].to_parquet(source)
    with ThreadPoolExecutor(1) as pool:
        code_corpus(source, tmp_path / "out", pool, hits=True, period="month")
    pd.testing.assert_frame_equal(read_coded(tmp_path / "out", "hits"), find_hits(sentences, load_codebook()))
    months = articles["date"].dt.strftime("%Y-%m").tolist()
    assert read_coded(tmp_path / "out", "words")["period"].unique().tolist() == months


def contents(out):
    return {file.relative_to(out): file.read_bytes() for file in sorted(out.rglob("*.parquet"))}


def test_whoever_does_the_work_the_bytes_are_the_same(many, tmp_path):
    """Threads, two processes of which one is killed, and a run that is broken off and taken up again."""
    source, texts = many
    with ThreadPoolExecutor(3) as pool:
        table = code_corpus(source, tmp_path / "threads", pool, codebook=BOOK, hits=True)
    assert len(table) == 8
    assert table["fault"].eq("").all()
    pd.testing.assert_frame_equal(read_coded(tmp_path / "threads", "hits"), small(texts)[1])
    killed = []

    def kill():
        while not any((tmp_path / "processes").glob("0*[0-9]")):
            time.sleep(0.001)
        multiprocessing.active_children()[0].kill()
        killed.append(len(list((tmp_path / "processes").glob("0*[0-9]"))))

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    table = code_corpus(source, tmp_path / "processes", codebook=BOOK, hits=True, workers=2)
    killer.join()
    assert 0 < killed[0] < 8
    assert table["fault"].eq("").all()
    assert contents(tmp_path / "processes") == contents(tmp_path / "threads") != {}


def test_workers_end_with_a_run_that_is_killed(many, tmp_path):
    run = "import sys; from helpers.scale import engine, work; "
    run += "work.BATCH = 1; engine.code_corpus(*sys.argv[1:])"
    with subprocess.Popen([sys.executable, "-c", run, str(many[0]), str(tmp_path / "out")], stderr=PIPE) as process:
        while not any(tmp_path.glob("out/0*[0-9]")):
            time.sleep(0.01)
        process.kill()
        process.communicate(timeout=60)  # comes to an end when no process that the run began is left


def test_a_run_goes_on_where_it_stopped(many, tmp_path, monkeypatch):
    source, _ = many
    kept, real = [], scale.code_batch

    def stop_at_four(out, batch, tables):
        if len(kept) == 4:
            raise KeyboardInterrupt
        kept.append(batch.number)
        keep(out, batch, tables)

    keep = scale.keep_batch
    with ThreadPoolExecutor(1) as pool:
        monkeypatch.setattr(scale, "keep_batch", stop_at_four)
        with pytest.raises(KeyboardInterrupt):
            code_corpus(source, tmp_path / "out", pool, codebook=BOOK)
        monkeypatch.setattr(scale, "keep_batch", keep)
        with pytest.raises(ValueError, match=r"batches 0000.* are missing"):
            read_coded(tmp_path / "out")
        again = []
        monkeypatch.setattr(
            scale, "code_batch", lambda batch, **task: again.append(batch.number) or real(batch, **task)
        )
        code_corpus(source, tmp_path / "out", pool, codebook=BOOK)
    assert sorted([*again, *kept]) == list(range(8))
    assert read_coded(tmp_path / "out")["article"].drop_duplicates().tolist() == [f"x{i}" for i in range(16)]


def test_a_run_that_another_overtakes_into_the_same_folder_leaves_what_is_there(many, tmp_path, monkeypatch):
    overtaken, real = [], scale.code_batch

    def code_batch(batch, **task):
        if not overtaken:
            overtaken.append(batch)
            with ThreadPoolExecutor(1) as other:
                code_corpus(many[0], tmp_path / "out", other, codebook=BOOK)
            overtaken.append(contents(tmp_path / "out"))
        return real(batch, **task)

    monkeypatch.setattr(scale, "code_batch", code_batch)
    with ThreadPoolExecutor(1) as pool:
        table = code_corpus(many[0], tmp_path / "out", pool, codebook=BOOK)
    assert table["fault"].eq("").all()
    assert contents(tmp_path / "out") == overtaken[1] != {}


def test_a_write_that_fails_leaves_nothing_behind_and_the_run_goes_on(many, tmp_path, monkeypatch):
    real = Path.write_bytes

    def write_bytes(path, content):
        real(path, content[:9])
        raise OSError("No space left on device")

    with ThreadPoolExecutor(1) as pool:
        with monkeypatch.context() as patch:
            patch.setattr(Path, "write_bytes", write_bytes)
            with pytest.raises(OSError, match="No space left"):
                code_corpus(many[0], tmp_path / "out", pool, codebook=BOOK)
        assert [file.name for file in (tmp_path / "out").iterdir()] == [MADE_OF]
        code_corpus(many[0], tmp_path / "out", pool, codebook=BOOK)
    assert read_coded(tmp_path / "out")["article"].nunique() == 16


def test_a_bad_batch_is_named_and_the_rest_is_kept(many, tmp_path, monkeypatch):
    source, _ = many
    real = scale.code_batch

    def fail_once(batch, **task):
        if batch.number == 2:
            raise OSError("torn page")
        return real(batch, **task)

    with ThreadPoolExecutor(2) as pool:
        monkeypatch.setattr(scale, "code_batch", fail_once)
        with pytest.warns(
            UserWarning, match=r"batch 2 \(file.*articles.parquet, row groups 2 to 2\): OSError: torn page"
        ):
            table = code_corpus(source, tmp_path / "out", pool, codebook=BOOK)
        assert table["fault"].tolist() == ["", "", "OSError: torn page", "", "", "", "", ""]
        articles = read_coded(tmp_path / "out", partial=True)["article"].unique().tolist()
        assert articles == [f"x{i}" for i in range(16) if i not in (4, 5)]
        monkeypatch.setattr(scale, "code_batch", real)
        code_corpus(source, tmp_path / "out", pool, codebook=BOOK)
    assert read_coded(tmp_path / "out")["article"].nunique() == 16


def test_a_folder_of_other_articles_terms_or_settings_is_refused(many, tmp_path):
    source, texts = many
    with ThreadPoolExecutor(1) as pool:
        code_corpus(source, tmp_path / "out", pool, codebook=BOOK)
        with pytest.raises(ValueError, match="was made with other codebook"):
            code_corpus(source, tmp_path / "out", pool, codebook=BOOK[1:])
        with pytest.raises(ValueError, match="was made with other period, hits"):
            code_corpus(source, tmp_path / "out", pool, codebook=BOOK, period="month", hits=True)
        with pytest.raises(ValueError, match="hits were not kept"):
            read_coded(tmp_path / "out", "hits")
        write(tmp_path / "in", [*texts[::-1], "more"])
        with pytest.raises(ValueError, match="was made with other articles"):
            code_corpus(source, tmp_path / "out", pool, codebook=BOOK)
        with pytest.raises(ValueError, match="holds something else"):
            code_corpus(source, tmp_path / "in", pool, codebook=BOOK)
        with pytest.raises(ValueError, match="holds something else"):
            code_corpus(source, source, pool, codebook=BOOK)


def test_what_cannot_be_read_is_told(many, tmp_path):
    source, _ = many
    with pytest.raises(FileNotFoundError, match="no file that ends in"):
        code_corpus(tmp_path / "nowhere", tmp_path / "out")
    with pytest.warns(UserWarning, match=r"names \('body'\): the known names are taken"):
        code_corpus(source, tmp_path / "out", columns={"text": "body"})
    with pytest.raises(ValueError, match="may be 'year' or 'month'"):
        code_corpus(source, tmp_path / "out", period="week")


@pytest.mark.parametrize("rows", [1, 1000])
def test_jsonl_csv_addresses_and_slices_of_one_row_group(many, tmp_path, rows, monkeypatch):
    source, texts = many
    table = pq.read_table(source).to_pandas().rename(columns={"text": "body", "date": "published"})
    table["noted"] = 1
    (tmp_path / "mixed").mkdir()
    table[:6].to_csv(tmp_path / "mixed" / "1.csv", index=False)
    table[6:9].to_json(tmp_path / "mixed" / "2.jsonl", orient="records", lines=True)
    table[9:].to_parquet(tmp_path / "mixed" / "3.parquet", row_group_size=rows)
    memory = fsspec.filesystem("memory")
    memory.put(str(tmp_path / "mixed"), f"/mixed{rows}", recursive=True)
    with ThreadPoolExecutor(2) as pool:
        columns = {"text": "body", "date": "published"}
        for number, place in enumerate([tmp_path / "mixed", f"memory://mixed{rows}", f"file://{tmp_path}/mixed"]):
            code_corpus(place, tmp_path / f"out{number}", pool, codebook=BOOK, hits=True, columns=columns)
            pd.testing.assert_frame_equal(read_coded(tmp_path / f"out{number}", "hits"), small(texts)[1])
            periods = read_coded(tmp_path / f"out{number}").drop_duplicates("article")["period"].tolist()
            assert periods == [f"20{10 + i % 3}" for i in range(16)]


def test_a_dask_cluster_does_the_same(many, tmp_path):
    distributed = pytest.importorskip("distributed")
    source, texts = many
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster,
        distributed.Client(cluster) as client,
    ):
        code_corpus(source, tmp_path / "client", client, codebook=BOOK, hits=True)
        code_corpus(source, tmp_path / "executor", client.get_executor(), codebook=BOOK, hits=True)
    assert contents(tmp_path / "client") == contents(tmp_path / "executor") != {}
    pd.testing.assert_frame_equal(read_coded(tmp_path / "client", "hits"), small(texts)[1])
