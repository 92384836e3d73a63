"""A language model's replies as one more coder's file, with a trail of how it came about."""

import hashlib
import json
import re
from collections import Counter
from pathlib import Path

import pandas as pd

from helpers.coders.model_answers import open_line, parse_json, read_answer, show
from helpers.coders.model_export import SAMPLED, add_before, sha256, write_requests
from helpers.files.cells import write_csv
from helpers.files.tables import require

AGAIN = "requests-again"
DIFFER = "replies that differ"  # asking a third time would not settle it
NEEDED = "version form model parameters frames prompt definitions seed sample sentences"

TRAIL = """# How {coder}.csv came about

A language model coded these sentences from `prompt.md`. The form of its replies was checked, and every passage that
it quotes stands in the sentence. Nobody has checked its judgement. Its column `kind` says that a model coded it, so
where a person has coded, this file does not count as the reference.

| | |
|---|---|
{facts}

## Why cells are empty

{faults}

## Lines that answer no sentence of the manifest

{strays}
"""


def read_replies(
    file: Path | str | list,
    manifest: Path | str,
    sentences: pd.DataFrame,
    *,
    coder: str = "model",
    folder: Path | str | None = None,
) -> Path:
    """Turn a model's replies into one more coder's file, which load_labels reads.

    Replies are matched by their id alone, and each is checked: JSON, keys, 0 or 1, the words quoted. A sentence without
    a valid reply keeps its row with empty cells. Written into the folder: CODER.csv, in which the column kind says that
    a model coded, and reason why a row is empty; and CODER.md, the trail with models, counts and hashes. Written beside
    the manifest: CODER-words.csv, the words that carry each 1; and requests-again.jsonl (for a chat .csv), the
    requests to send once more. Read those replies together with the first: `[first, again]`.

    file       the file of replies as it was downloaded, or a list of such files
    manifest   manifest.json of export_for_model, with prompt.md beside it
    sentences  one row per sentence, now: article, sentence, text; more than were exported do no harm
    folder     of the coders' files; None: coding/ beside the manifest
    returns    the path of CODER.csv
    raises     FileExistsError where a person's file has this name; ValueError where a sentence or the prompt has
               changed since the export, or where no reply has an id of the manifest
    """
    manifest = Path(manifest)
    folder = Path(folder or manifest.parent / "coding")
    if folder.resolve() == manifest.parent.resolve():
        raise ValueError(f"read_replies: {folder} holds the requests, so the coders' files need another folder=.")
    _check_coder(coder, folder / f"{coder}.csv")
    about, prompt = _read_manifest(manifest)
    table = _match(about, sentences)
    files = [Path(one) for one in (file if isinstance(file, list) else [file])]
    replies = _read_files(files, about["form"])
    strays = replies[~replies["id"].isin(table["id"])]
    if len(strays) == len(replies):
        raise ValueError(f"{files[0]}: no line answers a request of {manifest}. Do the two belong together?")
    judged = judge_replies(replies, table, about["frames"])
    folder.mkdir(parents=True, exist_ok=True)
    _write_codes(folder / f"{coder}.csv", judged, about["frames"])
    _write_words(manifest.with_name(f"{coder}-words.csv"), judged)
    trail = _tell(coder, about, [manifest, *files], replies, judged, strays)
    (folder / f"{coder}.md").write_text(trail, "utf-8", newline="\n")
    _delete_requests(manifest.parent)
    again = judged[judged["fault"].ne("") & judged["fault"].ne(DIFFER)]
    if len(again):
        write_requests(manifest.parent, AGAIN, again, prompt, about)
    return folder / f"{coder}.csv"


def _delete_requests(folder: Path) -> None:
    """Delete the requests that were to be sent once more, and no file of another name."""
    for file in folder.glob(f"{AGAIN}*"):
        if re.fullmatch(rf"{AGAIN}(-\d+)?\.jsonl|{AGAIN}\.csv", file.name):
            file.unlink()


def judge_replies(replies: pd.DataFrame, table: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """What the replies to each sentence come to. A valid reply counts, whatever invalid ones came before it; where two
    valid replies give other codes, none counts.

    replies  one row per line: id, text, fault
    table    one row per sentence: id, text, ...
    returns  the table with answer (the rows of read_answer; None where there is none) and fault (why)
    """
    given = {}
    for name, text, fault in zip(replies["id"], replies["text"], replies["fault"], strict=True):
        given.setdefault(name, []).append((text, fault))
    judged = [_judge_one(given.get(row.id, [("", "no reply")]), row.text, frames) for row in table.itertuples()]
    return table.assign(answer=[answer for answer, _ in judged], fault=[fault for _, fault in judged])


def _judge_one(replies: list[tuple[str, str]], sentence: str, frames: list[str]) -> tuple[list | None, str]:
    valid, faults = [], []
    for text, fault in replies:
        try:
            if fault:
                raise ValueError(fault)
            valid.append(read_answer(text, sentence, frames))
        except ValueError as error:
            faults.append(str(error))
    codes = {tuple(row["code"] for row in answer) for answer in valid}
    if len(codes) > 1:
        return None, DIFFER
    return (valid[0], "") if valid else (None, faults[-1])


def _check_coder(coder: str, file: Path) -> None:
    """Raise an error where the name is none, or where the file is there and not a model's alone."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", coder):
        raise ValueError(f"read_replies: a coder cannot be called {coder!r}. Use letters, digits and hyphens.")
    if file.exists():
        there = pd.read_csv(file, dtype=str, keep_default_na=False)
        if "kind" not in there or not there["kind"].eq("model").all():
            raise FileExistsError(f"{file}: is a person's file and is left as it is. Choose another coder=.")


def _read_manifest(file: Path) -> tuple[dict, str]:
    """What manifest.json says, and the prompt beside it."""
    about = parse_json(file.read_text("utf-8"))
    if not isinstance(about, dict) or not set(NEEDED.split()) <= set(about):
        raise ValueError(f"{file}: is not what export_for_model wrote. Name its manifest.json.")
    prompt = file.with_name("prompt.md").read_text("utf-8")
    if sha256(prompt) != about["prompt"]:
        raise ValueError(f"{file.with_name('prompt.md')}: has changed since the export. Put the old text back.")
    return about, prompt


def _match(about: dict, sentences: pd.DataFrame) -> pd.DataFrame:
    """The manifest's sentences with their text, in the order of the export."""
    require(sentences, "article sentence text", "read_replies: sentences, from split_sentences")
    now = add_before(sentences)[["article", "sentence", "before", "text"]].drop_duplicates(["article", "sentence"])
    table = pd.DataFrame(about["sentences"]).merge(now, on=["article", "sentence"], how="left", validate="1:1")
    for row in table[table["text"].isna()].head(1).itertuples():
        raise ValueError(f"read_replies: {row.article} has no sentence {row.sentence} now. Export anew, or undo it.")
    changed = table[table["text"].map(sha256) != table["sha256"]]
    for row in changed.head(1).itertuples():
        raise ValueError(
            f"read_replies: sentence {row.sentence} of {row.article} is not the one that was exported; it now reads "
            f"{row.text[:80]!r}. Sentences changed: {len(changed):,}. Undo the change, or export anew."
        )
    return table


def _read_files(files: list[Path], form: str) -> pd.DataFrame:
    """One row per line of the files: file, line, id, text, fault, ..., as in open_line. Lines end at a line feed only,
    for JSON may hold the other signs that Python takes for a line's end."""
    rows = []
    for file in files:
        for number, line in enumerate(file.read_bytes().decode("utf-8-sig", "replace").split("\n"), start=1):
            if line.strip() and not (form == "chat" and line.strip().startswith("```")):
                rows.append({"file": file.name, "line": number} | open_line(line, form))
    return pd.DataFrame(rows, columns="file line id text fault model stated day".split())


def _write_codes(file: Path, judged: pd.DataFrame, frames: list[str]) -> None:
    codes = [{row["frame"]: str(row["code"]) for row in answer or []} for answer in judged["answer"]]
    table = judged[["article", "sentence", "text"]].assign(kind="model")
    table = table.join(pd.DataFrame(codes, columns=frames).fillna("")).assign(reason=judged["fault"])
    table = table.join(judged[[name for name in SAMPLED if name in judged]])
    write_csv(table, file, encoding="utf-8-sig")


def _write_words(file: Path, judged: pd.DataFrame) -> None:
    """One row per passage that carries a frame: article, sentence, frame, words."""
    rows = [
        (row.article, row.sentence, code["frame"], words)
        for row in judged.itertuples()
        for code in row.answer or []
        for words in code["words"]
    ]
    table = pd.DataFrame(rows, columns=["article", "sentence", "frame", "words"])
    write_csv(table, file, encoding="utf-8-sig")


def _tell(
    coder: str, about: dict, files: list[Path], replies: pd.DataFrame, judged: pd.DataFrame, strays: pd.DataFrame
) -> str:
    """The trail. Same replies, same text."""
    ours, empty = replies[~replies.index.isin(strays.index)], judged[judged["fault"].ne("")]
    days = sorted(set(ours["day"]) - {""})
    facts = {
        "model, as the replies state it": _count(ours["model"]),
        "its parameters, as the replies state them": _count(ours["stated"]),
        "first and last day of the replies": f"{days[0]}, {days[-1]}" if days else "not stated",
        "model, as it was asked for": show(about["model"]),
        "parameters, as they were asked for": show(json.dumps(about["parameters"], sort_keys=True), 1000),
        "sentences": f"{len(judged):,}",
        "coded": f"{len(judged) - len(empty):,}",
        "empty": f"{len(empty):,}",
        "replies": f"{len(ours):,}",
        "sentences with more than one reply": f"{ours['id'].value_counts().gt(1).sum():,}",
        "drawn at random": "no" if about["sample"] is None else "yes",
        "seed of the sample": "not stated" if about["seed"] is None else show(about["seed"]),
        "version of this collection": show(about["version"]),
        "SHA-256 of the prompt": about["prompt"],
        "SHA-256 of the definitions": about["definitions"],
    }
    hashes = {f"SHA-256 of {show(file.name)}": hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    lines = [f"| {name} | {value} |" for name, value in (facts | hashes).items()]
    return TRAIL.format(coder=coder, facts="\n".join(lines), faults=_tell_faults(empty), strays=_tell_strays(strays))


def _count(stated: pd.Series) -> str:
    """Each value with the number of replies that state it, the most frequent first."""
    counts = Counter(stated[stated.ne("")])
    told = [f"{value} ({number:,})" for value, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
    return ", ".join(told) or "not stated"


def _tell_faults(empty: pd.DataFrame) -> str:
    if empty.empty:
        return "None is: every sentence has a valid reply."
    kinds = empty["fault"].str.split(":").str[0].value_counts()
    counts = [
        f"| {kind} | {number:,} |" for kind, number in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    rows = [f"| {show(row.article)} | {row.sentence} | {row.id} | {row.fault} |" for row in empty.itertuples()]
    head = "| reason | sentences |\n|---|---|\n" + "\n".join(counts)
    return head + "\n\n| article | sentence | id | reason |\n|---|---|---|---|\n" + "\n".join(rows)


def _tell_strays(strays: pd.DataFrame) -> str:
    if strays.empty:
        return "There are none."
    rows = [
        f"| {show(row.file)} | {row.line} | {show(row.id)} | {row.fault or 'an id that was not asked for'} |"
        for row in strays.itertuples()
    ]
    return "| file | line | id | reason |\n|---|---|---|---|\n" + "\n".join(rows)
