import json
import random
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.codebook.terms import frames_of, load_codebook
from helpers.coders.labels import load_labels, tally
from helpers.coders.model_export import export_for_model, sha256
from helpers.coders.model_replies import read_replies

FRAMES = frames_of(load_codebook())
TEXTS = ["Troops fought the cartel.", "They seized “arms”,\u2028then left.", "=SUM(A1) | said; the envoy"]
SENTENCES = pd.DataFrame({"article": ["000_e3", "a/../b", "a/../b"], "sentence": [1, 1, 2], "text": TEXTS})
FORMS = ["openai", "anthropic", "chat"]
ONES, ZEROS = [1, 0] * len(FRAMES), [0] * len(FRAMES)


def export(folder, form="openai", sentences=SENTENCES):
    return export_for_model(sentences, folder, form=form, model="m", parameters={"temperature": 0})


def ids_of(manifest):
    return [row["id"] for row in json.loads(manifest.read_text("utf-8"))["sentences"]]


def answer(text, codes=ZEROS):
    words = [piece for piece in text.split() if any(map(str.isalnum, piece))][:1]
    codes = [code if words else 0 for code in codes]
    rows = zip(FRAMES, codes, strict=True)
    return {frame: {"words": words if code else [], "code": code} for frame, code in rows}


def reply(name, said, form="openai", **more):
    """A line as the provider writes it, with `said` as the model's answer."""
    said = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
    if form == "chat":
        return json.dumps({"id": name, "answer": json.loads(said)})
    if form == "anthropic":
        message = {"model": "model-1", "content": [{"type": "text", "text": said}], "stop_reason": "end_turn"}
        return json.dumps({"custom_id": name, "result": {"type": "succeeded", "message": message}})
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": said}}
    body = {"model": "model-1", "created": 1700000000, "choices": [choice]} | more
    response = {"status_code": 200, "request_id": "r", "body": body}
    return json.dumps({"id": "b", "custom_id": name, "response": response, "error": None}, ensure_ascii=False)


def write(folder, lines, name="replies.jsonl"):
    (folder / name).write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
    return folder / name


def zeros(manifest):
    """A valid reply to each request, with no frame in any sentence."""
    return [reply(name, answer(text)) for name, text in zip(ids_of(manifest), TEXTS, strict=True)]


def read_back(out, lines, sentences=SENTENCES, **more):
    return read_replies(write(out, lines), out / "manifest.json", sentences, **more)


def codes_in(file):
    return pd.read_csv(file, dtype=str, keep_default_na=False)[FRAMES].to_numpy().tolist()


@pytest.mark.parametrize("form", FORMS)
def test_valid_replies_become_a_coder_s_file(tmp_path, form):
    ids = ids_of(export(tmp_path, form))
    lines = [
        reply(name, answer(text, ONES[turn : turn + len(FRAMES)]), form)
        for turn, (name, text) in enumerate(zip(ids, TEXTS, strict=True))
    ]
    file = read_back(tmp_path, lines[::-1], coder="m-1")
    assert file == tmp_path / "coding" / "m-1.csv"
    labels = load_labels(FRAMES, tmp_path / "coding")
    assert set(labels["coder"]) == {"m-1"} and set(labels["kind"]) == {"model"} and len(labels) == 3 * len(FRAMES)
    asked = [[str(code) for code in ONES[turn : turn + len(FRAMES)]] for turn in range(3)]
    assert codes_in(file) == asked
    assert len(tally(labels, SENTENCES)) == 3 * len(FRAMES), "the text must be the sentence as it is"
    assert not list(tmp_path.glob("requests-again*"))
    words = pd.read_csv(tmp_path / "m-1-words.csv")
    assert len(words) == sum(row.count("1") for row in asked) and set(words["frame"]) <= set(FRAMES)
    assert "every sentence has a valid reply" in (tmp_path / "coding" / "m-1.md").read_text("utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_a_failure_is_an_empty_row_with_its_reason_and_is_asked_again(tmp_path, form):
    ids = ids_of(export(tmp_path, form))
    wrong = answer(TEXTS[1]) | {FRAMES[0]: {"words": ["navy|`<b>\u202e"], "code": 1}}
    file = read_back(tmp_path, [reply(ids[0], answer(TEXTS[0]), form), reply(ids[1], wrong, form)])
    assert codes_in(file) == [["0"] * len(FRAMES), [""] * len(FRAMES), [""] * len(FRAMES)]
    trail = (tmp_path / "coding" / "model.md").read_text("utf-8")
    assert f"| `a/../b` | 1 | {ids[1]} | words that are not in the sentence: `{FRAMES[0]}`" in trail
    assert f"| {ids[2]} | no reply |" in trail and "| words that are not in the sentence | 1 |" in trail
    assert "\u202e" not in trail and "<b>\\u202e`" in trail
    if form == "chat":
        first, again = (pd.read_csv(tmp_path / f"{name}.csv") for name in ("requests", "requests-again"))
        pd.testing.assert_frame_equal(again, first.iloc[1:].reset_index(drop=True))
    else:
        first, again = ((tmp_path / f"{name}.jsonl").read_text("utf-8") for name in ("requests", "requests-again"))
        assert again == "".join(first.splitlines(keepends=True)[1:])


def test_the_second_round_fills_what_the_first_left_empty(tmp_path):
    ids = ids_of(export(tmp_path))
    first = write(tmp_path, [reply(ids[0], answer(TEXTS[0])), reply(ids[1], "Sorry!")], "first.jsonl")
    mine = write(tmp_path, ["keep"], "requests-again-replies.jsonl")
    file = read_replies(first, tmp_path / "manifest.json", SENTENCES)
    again = write(
        tmp_path, [reply(ids[1], answer(TEXTS[1], ONES[: len(FRAMES)])), reply(ids[2], answer(TEXTS[2]))], "b"
    )
    file = read_replies([first, again], tmp_path / "manifest.json", SENTENCES)
    assert all("" not in row for row in codes_in(file)) and not (tmp_path / "requests-again.jsonl").exists()
    assert mine.read_text("utf-8") == "keep\n"
    assert "| sentences with more than one reply | 1 |" in (tmp_path / "coding" / "model.md").read_text("utf-8")


def test_two_replies_count_only_where_they_agree(tmp_path):
    lines, ids = zeros(export(tmp_path)), ids_of(tmp_path / "manifest.json")
    file = read_back(tmp_path, [*lines, lines[0], reply(ids[1], answer(TEXTS[1], ONES[: len(FRAMES)]))])
    assert codes_in(file) == [["0"] * len(FRAMES), [""] * len(FRAMES), ["0"] * len(FRAMES)]
    assert "replies that differ" in (tmp_path / "coding" / "model.md").read_text("utf-8")
    assert not list(tmp_path.glob("requests-again*")), "a third reply would not settle it"


def test_lines_of_no_known_id_are_told_and_touch_no_file(tmp_path):
    out = tmp_path / "deep" / "out"
    ids = ids_of(export(out))
    before = {file for file in tmp_path.rglob("*") if file.is_file()}
    strange = ["../../evil", "/etc/evil", ids[0] + "\n", ids[0].upper(), "", None, 3, ["x"], "C:\\evil", "\u202eid"]
    lines = [reply(ids[0], answer(TEXTS[0])), *[reply(name, answer(TEXTS[0])) for name in strange], "<html>", "[]", "7"]
    file = read_back(out, lines)
    assert codes_in(file)[0] == ["0"] * len(FRAMES)
    trail = (out / "coding" / "model.md").read_text("utf-8")
    assert trail.count("an id that was not asked for") >= len(strange) and "not JSON" in trail and "\u202e" not in trail
    written = {
        path.relative_to(out).as_posix() for path in tmp_path.rglob("*") if path.is_file() and path not in before
    }
    ours = {"coding/model.csv", "coding/model.md", "model-words.csv"}
    assert written == ours | {"replies.jsonl", "requests-again.jsonl"}


def test_replies_to_other_requests_are_refused(tmp_path):
    export(tmp_path / "one")
    other = ids_of(export(tmp_path / "two", "anthropic", SENTENCES.assign(text=["a", "b", "c"])))
    with pytest.raises(ValueError, match="no line answers a request"):
        read_back(tmp_path / "one", [reply(name, answer("a")) for name in other])
    with pytest.raises(ValueError, match="no line answers a request"):
        read_back(tmp_path / "one", [])
    assert not (tmp_path / "one" / "coding").exists()


def test_replies_are_refused_where_a_sentence_has_changed(tmp_path):
    lines = zeros(export(tmp_path))
    changed = SENTENCES.assign(text=[*TEXTS[:2], TEXTS[2] + "!"])
    with pytest.raises(ValueError, match=r"sentence 2 of a/\.\./b is not the one that was exported"):
        read_back(tmp_path, lines, changed)
    with pytest.raises(ValueError, match=r"a/\.\./b has no sentence 2 now"):
        read_back(tmp_path, lines, SENTENCES.head(2))
    more = pd.concat([SENTENCES, SENTENCES.assign(article="new")])
    assert len(codes_in(read_back(tmp_path, lines, more))) == 3


def test_replies_are_refused_where_the_prompt_has_changed(tmp_path):
    lines = zeros(export(tmp_path))
    prompt = tmp_path / "prompt.md"
    prompt.write_text(prompt.read_text("utf-8") + "Be generous.", "utf-8")
    with pytest.raises(ValueError, match=r"prompt\.md: has changed"):
        read_back(tmp_path, lines)


@pytest.mark.parametrize("text", ["{}", "[]", "{", '{"sentences": []}'])
def test_another_file_is_no_manifest(tmp_path, text):
    (tmp_path / "manifest.json").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"not JSON|is not what export_for_model wrote"):
        read_back(tmp_path, ["{}"])


def test_a_person_s_file_is_left_as_it_is(tmp_path):
    lines = zeros(export(tmp_path))
    folder = tmp_path / "people"
    folder.mkdir()
    texts = ["article,sentence\n", "article,sentence,kind\nx,1,\n", "article,sentence,kind\nx,1,model\nx,2,person\n"]
    for text in texts:
        (folder / "ana.csv").write_text(text, "utf-8")
        with pytest.raises(FileExistsError, match="is a person's file"):
            read_back(tmp_path, lines, coder="ana", folder=folder)
        assert [file.read_text("utf-8") for file in folder.iterdir()] == [text]
    with pytest.raises(ValueError, match="another folder="):
        read_back(tmp_path, lines, folder=tmp_path)


@pytest.mark.parametrize("coder", ["../evil", "a/b", "", "a.b", "-x", "é", "a" * 65, "a\n"])
def test_a_coder_s_name_is_no_path(tmp_path, coder):
    export(tmp_path)
    with pytest.raises(ValueError, match="cannot be called"):
        read_back(tmp_path, ["{}"], coder=coder)


def test_where_a_person_has_coded_the_model_does_not_count(tmp_path):
    lines = zeros(export(tmp_path))
    folder = tmp_path / "people"
    folder.mkdir()
    SENTENCES.head(1).assign(**dict.fromkeys(FRAMES, 1)).to_csv(folder / "ana.csv", index=False)
    for coder in ("model-a", "model-b", "model-a"):
        read_back(tmp_path, lines, coder=coder, folder=folder)
    labels = load_labels(FRAMES, folder)
    assert set(labels.loc[labels["kind"].eq("model"), "coder"]) == {"model-a", "model-b"}
    votes = tally(labels, SENTENCES)
    first = votes[votes["article"].eq("000_e3")]
    assert set(first["value"]) == {1} and set(first["kind"]) == {"person"} and set(first["coders"]) == {1}


def test_the_trail_states_models_parameters_counts_and_hashes(tmp_path):
    ids = ids_of(export(tmp_path))
    more = dict(system_fingerprint="fp_1", model="model-`2|")
    lines = [reply(ids[0], answer(TEXTS[0]), **more), reply(ids[1], answer(TEXTS[1])), reply(ids[2], answer(TEXTS[2]))]
    file = read_back(tmp_path, lines)
    trail = file.with_suffix(".md").read_text("utf-8")
    for told in (
        "| model, as the replies state it | `model-1` (2), `model-'2/` (1) |",
        "| its parameters, as the replies state them | system_fingerprint `fp_1` (1) |",
        "| first and last day of the replies | 2023-11-14, 2023-11-14 |",
        '| parameters, as they were asked for | `{"temperature": 0}` |',
        "| coded | 3 |",
        f"| SHA-256 of the prompt | {sha256((tmp_path / 'prompt.md').read_text('utf-8'))} |",
        f"| SHA-256 of `replies.jsonl` | {sha256((tmp_path / 'replies.jsonl').read_text('utf-8'))} |",
    ):
        assert told in trail


def test_the_chances_of_a_sample_stay_with_its_rows(tmp_path):
    chances = [0.1, 1 / 3, 1.0]
    drawn = SENTENCES.assign(before="", period=["2008", "2022", "2022"], chance=chances, among=[10, 3, 3])
    lines = [
        reply(name, answer(text)) for name, text in zip(ids_of(export(tmp_path, sentences=drawn)), TEXTS, strict=True)
    ]
    table = pd.read_csv(read_back(tmp_path, lines))
    assert table["chance"].tolist() == chances and table.columns[-3:].tolist() == ["period", "chance", "among"]


def test_a_chat_s_fences_and_empty_lines_are_passed_over(tmp_path):
    ids = ids_of(export(tmp_path, "chat"))
    lines = ["```json", *[reply(name, answer(text), "chat") for name, text in zip(ids, TEXTS, strict=True)], "```", ""]
    file = read_back(tmp_path, ["Here are the codes:", *lines])
    assert all("" not in row for row in codes_in(file))
    trail = file.with_suffix(".md").read_text("utf-8")
    assert "| `replies.jsonl` | 1 | (nothing) | not JSON" in trail and trail.count("not JSON") == 1


def test_bytes_that_are_no_text_spoil_their_line_only(tmp_path):
    lines = zeros(export(tmp_path))
    raw = "\r\n".join(lines).encode().replace(TEXTS[0].encode(), b"")
    (tmp_path / "raw.jsonl").write_bytes(b"\xef\xbb\xbf" + raw + b"\n\xff\xfe\x00{\n")
    file = read_replies(tmp_path / "raw.jsonl", tmp_path / "manifest.json", SENTENCES)
    assert all("" not in row for row in codes_in(file))


CODES = st.lists(st.integers(0, 1), min_size=len(FRAMES), max_size=len(FRAMES))
SIGNS = st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"])
ROWS = st.lists(
    st.tuples(st.text(SIGNS, min_size=1).filter(str.strip), CODES, st.integers(0, 400)), min_size=1, max_size=4
)


@settings(max_examples=40, deadline=None)
@given(ROWS, st.sampled_from(FORMS), st.randoms(use_true_random=False))
def test_whatever_is_cut_off_or_shuffled_no_code_changes(rows, form, dice: random.Random):
    """Each row: a sentence, its codes, and how much of its line is lost at the end."""
    table = pd.DataFrame({"article": "x", "sentence": range(1, len(rows) + 1), "text": [text for text, _, _ in rows]})
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        ids, expected, lines = ids_of(export(folder, form, table)), [], []
        for name, (text, codes, lost) in zip(ids, rows, strict=True):
            said, lost = answer(text, codes), lost if lost < 200 else 0
            line = reply(name, said, form)
            lines.append(line[: len(line) - lost])
            expected.append([""] * len(FRAMES) if lost else [str(code["code"]) for code in said.values()])
        dice.shuffle(lines)
        if all(row[0] == "" for row in expected):
            with pytest.raises(ValueError, match="no line answers"):
                read_back(folder, lines, table)
            return
        assert codes_in(read_back(folder, lines, table)) == expected
