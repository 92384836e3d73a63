"""A model in the codebook's place: what docs/model-coder.md types, and whether the intervals hold the truth."""

import json
import re
import shutil

import numpy as np
import pandas as pd
import pytest

from helpers.articles.load import load_articles
from helpers.coders.labels import LABELS, hits_of_model, load_labels, majority
from helpers.coders.samples import code_sample, draw_sample
from helpers.files.tables import SEEDS
from helpers.measures.estimates import estimate_shares
from helpers.run import ROOT
from helpers.text.split import split_sentences

PAGE = (ROOT / "docs" / "model-coder.md").read_text("utf-8")
BLOCKS = re.findall(r"(?:^(?: {4}.*)?\n)+", PAGE, re.M)
CODE = [re.sub(r"^ {4}", "", block, flags=re.M) for block in BLOCKS if block.strip()]


def reply_as(coder, folder):
    """Replies to all requests of a folder, with the codes of one of the seeds' coders."""
    codes = json.loads((folder / "manifest.json").read_text("utf-8"))
    labels = load_labels(codes["frames"], SEEDS / "coding").query("coder == @coder")
    given = labels.set_index(["article", "sentence", "frame"])["value"].to_dict()
    texts = split_sentences(load_articles("articles")).set_index(["article", "sentence"])["text"]
    with (folder / "replies.jsonl").open("w", encoding="utf-8") as file:
        for row in codes["sentences"]:
            key = row["article"], row["sentence"]
            answer = {f: {"words": [texts[key]] * given[*key, f], "code": given[*key, f]} for f in codes["frames"]}
            choice = {"message": {"content": json.dumps(answer)}, "finish_reason": "stop"}
            body = {"model": "m", "choices": [choice]}
            file.write(json.dumps({"custom_id": row["id"], "response": {"status_code": 200, "body": body}}) + "\n")


def fill_in(file, frames):
    table = pd.read_csv(file)
    votes = majority(load_labels(frames, SEEDS / "coding"), split_sentences(load_articles("articles")))
    wide = votes.pivot(index=["article", "sentence"], columns="frame", values="value").reset_index()
    table.drop(columns=frames).merge(wide.astype({"article": str})).to_csv(file, index=False)


def test_what_the_page_types_works(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    for file in (*SEEDS.glob("*.txt"), SEEDS / "articles.csv"):
        shutil.copy(file, "articles")
    names, turns = {}, {1: lambda: reply_as("coder-1", tmp_path / "own" / "model")}
    turns[3] = lambda: fill_in(tmp_path / "own" / "coding" / "ana.csv", names["frames"])
    assert len(CODE) == 5
    for turn, code in enumerate(CODE):
        turns.get(turn, lambda: None)()
        exec(code, names)
    assert names["coded"]["kind"].eq("person").all() and set(names["coded"]["chance"]) == {1}
    estimates, sure = names["estimates"], names["coded"].groupby(["period", "frame"])["value"].mean()
    assert estimates.set_index(["period", "frame"])["share"].to_dict() == pytest.approx(sure.to_dict())
    assert "precision" in capsys.readouterr().out


def made_up(dice, sentences=600):
    """A corpus of two periods, what a person would say of every sentence, and a model that errs this way, then that."""
    table = pd.DataFrame({"article": np.repeat([f"x{i}" for i in range(sentences // 10)], 20), "text": "."})
    table = table.assign(sentence=table.groupby("article").cumcount() + 1)
    table["period"] = np.where(np.arange(2 * sentences) < sentences, "2010", "2020")
    late = table["period"].eq("2020")
    truth = dice.random(len(table)) < np.where(late, 0.2, 0.12)
    right, wrong = np.where(late, 0.5, 0.8), np.where(late, 0.04, 0.15)
    return table, truth, dice.random(len(table)) < np.where(truth, right, wrong)


def labels_of(table, coder, kind):
    return table.astype({"value": int}).assign(coder=coder, kind=kind, frame="f", line=2)


def test_the_intervals_hold_what_a_person_would_say_however_the_model_errs():
    dice, held, alone = np.random.default_rng(7), [], []
    for turn in range(20):
        table, truth, said = made_up(dice)
        sample = draw_sample(table, n=100, rng=turn)
        person = labels_of(sample.merge(table.assign(value=truth)), "ana", "person")
        model = labels_of(table.assign(value=said, chance=np.nan, among=np.nan), "m", "model")
        labels = pd.concat([person, model])[[*LABELS, "period", "chance", "among"]]
        found = estimate_shares(hits_of_model(labels, "m", table), code_sample(labels, table), table, ["f"])
        known = [truth[table["period"].eq(period)].mean() for period in found["period"]]
        held += list(found["low"].le(known) & found["high"].ge(known))
        alone += list((found["counted"] - known).abs() < 0.02)
    assert np.mean(held) >= 0.9 and not any(alone)
