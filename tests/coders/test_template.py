"""What a new coder is given: one order for all, the definitions, no terms."""

import pandas as pd
import pytest

from helpers.codebook.terms import frames_of, load_codebook
from helpers.coders.labels import load_labels, majority
from helpers.coders.samples import draw_sample, share_out
from helpers.coders.template import write_template
from helpers.files.tables import SEEDS


def test_a_template_filled_in_is_read_as_it_is(tmp_path, sentences):
    frames = frames_of(load_codebook())
    file = write_template(tmp_path / "new", sentences, frames, coder="ana")
    assert load_labels(frames, file.parent).empty  # an empty template judges nothing
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    assert list(table) == ["article", "sentence", "text", *frames]
    keys = ["article", "sentence", "text"]
    there = sentences[keys].astype(str)
    assert sorted(table[keys].to_numpy().tolist()) == sorted(there.to_numpy().tolist())
    assert table[keys].to_numpy().tolist() != there.to_numpy().tolist()
    other = pd.read_csv(write_template(tmp_path / "other", sentences, frames, coder="ben"), dtype=str)
    assert other[keys].equals(table[keys])  # two coders who stop early have coded the same sentences
    filled = table.assign(**{frame: ["1", "0", *[""] * (len(table) - 2)] for frame in frames})
    for divided, encoding, end in ((",", "utf-8", "\n"), (";", "utf-8-sig", "\r\n")):
        filled.to_csv(file, index=False, sep=divided, encoding=encoding, lineterminator=end)
        labels = load_labels(frames, file.parent)
        assert labels["value"].tolist() == [1, 0] * len(frames)
        assert set(majority(labels, sentences)["coders"]) == {1}


def test_a_template_saved_in_another_encoding_is_read(tmp_path):
    (tmp_path / "ana.csv").write_bytes("article,sentence,text,a\nx,1,José,1\n".encode("latin-1"))
    assert load_labels(["a"], tmp_path)["text"].tolist() == ["José"]


def test_a_template_is_blind_to_terms_and_overwrites_nothing(tmp_path, sentences):
    frames = frames_of(load_codebook())
    file = write_template(tmp_path, sentences, frames)
    told = file.with_suffix(".md").read_text("utf-8")
    for row in (SEEDS / "codebook.md").read_text("utf-8").splitlines():
        if row.startswith("| `"):
            assert row.split("|")[2] in told and row.split("|")[3] not in told
    assert not any(word in told for word in ("NAFTA", "passport", "ballistic", "Fast and Furious"))
    assert "\n## Cases that every coder meets\n" in told and "## What a term means" not in told
    assert "typical" not in told and "codebook.csv" not in told
    assert [told.count(f"| `{frame}` |") for frame in frames] == [1] * len(frames)
    for there in (file, file.with_suffix(".md")):
        before = there.read_bytes()
        with pytest.raises(FileExistsError, match="left as it is"):
            write_template(tmp_path, sentences, frames)
        assert there.read_bytes() == before
        there.unlink()
        write_template(tmp_path / there.suffix[1:], sentences, frames)


def test_a_codebook_that_defines_nothing_asks_for_definitions_in_the_file_beside_it(tmp_path, sentences, monkeypatch):
    monkeypatch.setenv("CODEBOOK", str(tmp_path / "mine.yml"))
    told = write_template(tmp_path, sentences, ["peace"]).with_suffix(".md").read_text("utf-8")
    assert "| `peace` | (defined nowhere: write it in mine.md, beside the codebook) |" in told
    (tmp_path / "mine.md").write_text("| `peace` | nobody shoots | truce | war |\n", "utf-8")
    told = write_template(tmp_path / "then", sentences, ["peace", "war"]).with_suffix(".md").read_text("utf-8")
    assert "| `peace` | nobody shoots | war |" in told and "| `war` | (defined nowhere:" in told


def test_a_sample_keeps_its_order_and_its_chances(tmp_path, sentences):
    frames = frames_of(load_codebook())
    sample = draw_sample(sentences, n=5)
    for coder, own in share_out(sample, ["ana", "ben"], common=10).groupby("coder"):
        write_template(tmp_path, own, frames, coder=coder)
    ana, ben = (pd.read_csv(tmp_path / f"{name}.csv", dtype=str, keep_default_na=False) for name in ("ana", "ben"))
    assert list(ana) == ["article", "sentence", "before", "text", *frames, "period", "chance", "among"]
    keys = ["article", "sentence", "text", "before"]
    first = ana[keys].head(10)
    assert first.equals(ben[keys].head(10)) and first.equals(sample[keys].head(10).astype(str))
    ana.assign(**{frame: "1" for frame in frames}).to_csv(tmp_path / "ana.csv", index=False, sep=";", decimal=",")
    labels = load_labels(frames, tmp_path)
    kept = labels.drop_duplicates(["article", "sentence"]).merge(sample, on=["article", "sentence"])
    assert len(kept) == len(ana)
    for name in ("period", "chance", "among"):
        assert kept[f"{name}_x"].tolist() == kept[f"{name}_y"].tolist()


def test_a_sentence_like_a_formula_is_text_to_a_spreadsheet_and_the_same_sentence_to_us(tmp_path):
    texts = ["=1+1 soldiers", "- Soldiers", "@them", "'=quoted", "-5"]
    sentences = pd.DataFrame({"article": "=a", "sentence": range(1, 6), "text": texts})
    file = write_template(tmp_path, sentences, ["=peace"], coder="ana")
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    assert not [cell for cell in [*table, *table.to_numpy().ravel()] if cell[:1] in {*"=+@"} or cell[:2] == "- "]
    table.assign(**{"'=peace": "1"}).to_csv(file, index=False)
    labels = load_labels(["=peace"], tmp_path)
    assert sorted(labels["text"]) == sorted(texts) and set(labels["article"]) == {"=a"}
    assert majority(labels, sentences)["value"].eq(1).all()
