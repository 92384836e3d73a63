import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.coders.model_answers import LONGEST, open_line, parse_json, read_answer, show, stands_in

SENTENCE = "The army “fought” the cartel’s men, and seized 2,400 firearms in Coahuila's Piedras Negras."
FRAMES = ["force", "law"]
GOOD = {"force": {"words": ["army", "fought"], "code": 1}, "law": {"words": [], "code": 0}}


def answer(force=None, **more):
    return json.dumps(GOOD | ({"force": force} if force is not None else {}) | more)


def test_a_valid_answer_is_read():
    rows = read_answer(answer(), SENTENCE, FRAMES)
    assert rows == [
        {"frame": "force", "code": 1, "words": ["army", "fought"]},
        {"frame": "law", "code": 0, "words": []},
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"```json\n{answer()}\n```",
        f"\n ```\n{answer()}```  \n",
        json.dumps(GOOD, indent=4),
        answer(force={"code": 1, "words": ['"fought"', "cartel's men", "2,400   firearms", "Coahuila’s"]}),
    ],
    ids=["fence", "bare fence", "indented", "straight quotes, wide spaces"],
)
def test_forms_that_change_nothing_are_accepted(text):
    assert [row["code"] for row in read_answer(text, SENTENCE, FRAMES)] == [1, 0]


@pytest.mark.parametrize(
    "text, reason",
    [
        (answer()[:-9], "not JSON"),
        ("", "not JSON"),
        ("<html><body>502 Bad Gateway</body></html>", "not JSON"),
        ("Here you are:\n" + answer(), "not JSON"),
        (answer() + "\nI hope this helps!", "not JSON"),
        (f"```json\n{answer()}\n", "not JSON"),
        ("\u200f" + answer(), "not JSON"),
        ("\ufeff" + answer(), "not JSON"),
        ("__import__('os').system('true')", "not JSON"),
        ("{'force': 1}", "not JSON"),
        ("[" * 90_000, "not JSON"),
        ('{"a":' * 15_000, "not JSON"),
        (answer(force={"words": ["army"], "code": float("nan")}), "not JSON"),
        (answer().replace('"law"', '"force"'), "not JSON"),
        ('{"force": {"words": ["army"], "code": 0, "code": 1}, "law": {"words": [], "code": 0}}', "not JSON"),
        (" " * LONGEST + answer(), "too long"),
        (answer(force={"words": ["army" * LONGEST], "code": 1}), "too long"),
        (json.dumps([GOOD]), "not a JSON object"),
        ("1", "not a JSON object"),
        ("null", "not a JSON object"),
        (json.dumps({"force": GOOD["force"]}), "a frame is missing"),
        (answer(note="sure"), "a key that is no frame"),
        (answer(force=1), "a frame without the two keys"),
        (answer(force={"code": 1}), "a frame without the two keys"),
        (answer(force={"words": ["army"], "code": 1, "why": "x"}), "a frame without the two keys"),
        (answer(force={"words": ["army"], "code": "1"}), "a code that is not"),
        (answer(force={"words": ["army"], "code": True}), "a code that is not"),
        (answer(force={"words": ["army"], "code": 1.0}), "a code that is not"),
        (answer(force={"words": ["army"], "code": 2}), "a code that is not"),
        (answer(force={"words": ["army"], "code": None}), "a code that is not"),
        (answer(force={"words": "army", "code": 1}), "words that are no list"),
        (answer(force={"words": ["army", 3], "code": 1}), "words that are no list"),
        (answer(force={"words": [], "code": 1}), "a 1 without words"),
        (answer(force={"words": ["army"], "code": 0}), "words for a 0"),
        (answer(force={"words": ["navy"], "code": 1}), "words that are not in the sentence"),
        (answer(force={"words": ["Army"], "code": 1}), "words that are not in the sentence"),
        (answer(force={"words": ["arm"], "code": 1}), "words that are not in the sentence"),
        (answer(force={"words": ["army … cartel"], "code": 1}), "words that are not in the sentence"),
        (answer(force={"words": ["ar\u200bmy"], "code": 1}), "words that are not in the sentence"),
        (answer(force={"words": ["\u202earmy"], "code": 1}), "words that are not in the sentence"),
        (answer(force={"words": [""], "code": 1}), "words that are not in the sentence"),
        (answer(force={"words": [" ,"], "code": 1}), "words that are not in the sentence"),
        (answer(force={"words": ["<b>army</b>"], "code": 1}), "words that are not in the sentence"),
        (answer(force={"words": ["\ud800"], "code": 1}), "words that are not in the sentence"),
    ],
)
def test_what_is_wrong_is_refused_with_the_reason(text, reason):
    with pytest.raises(ValueError) as told:
        read_answer(text, SENTENCE, FRAMES)
    assert str(told.value).split(":")[0].startswith(reason) and len(str(told.value)) < 300


@given(st.text(max_size=300))
def test_any_text_is_an_answer_or_is_refused(text):
    with pytest.raises(ValueError):
        read_answer(text, SENTENCE, FRAMES)


@given(st.integers(0, len(answer()) - 1))
def test_no_answer_that_was_cut_off_is_accepted(end):
    with pytest.raises(ValueError):
        read_answer(answer()[:end], SENTENCE, FRAMES)


@given(st.text("ab’' ,-é", max_size=12), st.data())
def test_words_between_two_spaces_stand_in_their_sentence(sentence, data):
    words = sentence.split()
    if not words:
        return
    begin = data.draw(st.integers(0, len(words) - 1))
    piece = " ".join(words[begin : data.draw(st.integers(begin + 1, len(words)))])
    assert stands_in(piece, sentence) == any(map(str.isalnum, piece))


def test_letters_of_two_kinds_of_accent_are_the_same():
    assert stands_in("Peña", "Pen\u0303a spoke") and stands_in("Pen\u0303a", "Peña spoke")


def body(content=None, **more):
    message = {"role": "assistant", "content": answer() if content is None else content} | more.pop("message", {})
    return {"model": "m", "choices": [{"index": 0, "finish_reason": "stop", "message": message} | more]}


def openai(response, error=None):
    return {"id": "batch_req_1", "custom_id": "s1", "response": response, "error": error}


OPENAI = [
    (openai({"status_code": 200, "request_id": "r", "body": body()}), ""),
    (openai(None, {"code": "batch_expired", "message": "Too late."}), "the request failed: `Too late.`"),
    (openai({"status_code": 429, "body": {"error": {"message": "Slow"}}}), "the request failed: `Slow`"),
    (openai({"status_code": 500, "body": "down"}), "the request failed: status `500`"),
    (openai({"status_code": 400, "request_id": "r", "body": None}, "unknown model"), "failed: `unknown model`"),  # vLLM
    (openai({"status_code": 400, "body": None}, {"error": {"message": "long", "code": 400}}), "failed: `long`"),  # vLLM
    (openai({"status_code": 200, "body": body(finish_reason="length")}), "stopped early: `length`"),
    (openai({"status_code": 200, "body": body(finish_reason="content_filter")}), "stopped early"),
    (openai({"status_code": 200, "body": body(message={"refusal": "I cannot."})}), "declined: `I cannot.`"),
    (openai({"status_code": 200, "body": body("")}), "no text"),
    (openai({"status_code": 200, "body": body(["parts"])}), "no text"),
    (openai({"status_code": 200, "body": {"choices": []}}), "not one answer"),
    (openai({"status_code": 200, "body": {"choices": body()["choices"] * 2}}), "not one answer"),
    (openai({"status_code": 200, "body": {"choices": "x"}}), "not one answer"),
    (openai(3), "not one answer"),
]


def anthropic(**result):
    return {"custom_id": "s1", "result": result}


def message(content, stop="end_turn"):
    return {
        "type": "message",
        "model": "m",
        "content": content,
        "stop_reason": stop,
        "usage": {"service_tier": "batch"},
    }


TEXT = {"type": "text", "text": answer()}
ANTHROPIC = [
    (anthropic(type="succeeded", message=message([{"type": "thinking", "thinking": "Hm."}, TEXT])), ""),
    (
        anthropic(type="errored", error={"type": "error", "error": {"type": "api_error", "message": "Down"}}),
        "the request failed: `Down`",
    ),
    (anthropic(type="expired"), "the request failed: `expired`"),
    (anthropic(type="canceled"), "the request failed: `canceled`"),
    (anthropic(type="succeeded", message=message([TEXT], "max_tokens")), "stopped early: `max_tokens`"),
    (anthropic(type="succeeded", message=message([], "refusal")), "stopped early: `refusal`"),
    (anthropic(type="succeeded", message=message([])), "no text"),
    (anthropic(type="succeeded", message=message(7)), "no text"),
    (anthropic(type="succeeded", message=message([{"type": "text", "text": None}])), "no text"),
    (anthropic(type="succeeded"), "no text"),
    ({"custom_id": "s1", "result": "x"}, "the request failed"),
]
CHAT = [
    ({"id": "s1", "answer": GOOD}, ""),
    ({"id": "s1", "answer": GOOD, "note": 1}, "not an object with the keys"),
    ({"id": "s1"}, "not an object with the keys"),
]
LINES = [("openai", *case) for case in OPENAI] + [("anthropic", *case) for case in ANTHROPIC]
LINES += [("chat", *case) for case in CHAT]


@pytest.mark.parametrize("form, line, fault", LINES)
def test_a_line_of_each_provider_is_opened(form, line, fault):
    reply = open_line(json.dumps(line), form)
    assert reply["id"] == "s1" and fault in reply["fault"] and bool(reply["text"]) == (fault == "")
    if not fault:
        assert read_answer(reply["text"], SENTENCE, FRAMES)
        assert form == "chat" or reply["model"] == "`m`"


def test_what_a_reply_states_of_itself_is_kept():
    stated = {"created": 1700000000, "system_fingerprint": "fp", "service_tier": "default"}
    reply = open_line(json.dumps(openai({"status_code": 200, "body": body() | stated})), "openai")
    assert (reply["day"], reply["stated"]) == ("2023-11-14", "system_fingerprint `fp`, service_tier `default`")
    reply = open_line(json.dumps(ANTHROPIC[0][0]), "anthropic")
    assert (reply["day"], reply["stated"]) == ("", "service_tier `batch`")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "custom_id id answer result message type content text stop_reason usage response body error choices "
                "finish_reason status_code model created".split()
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=25,
)


@given(st.sampled_from(["openai", "anthropic", "chat"]), JSON.map(json.dumps) | st.text())
def test_any_line_is_opened_without_an_error(form, line):
    reply = open_line(line, form)
    assert all(isinstance(value, str) for value in reply.values())
    assert bool(reply["text"]) != bool(reply["fault"])


@pytest.mark.parametrize("depth", [500, 900, 1500, 100_000])
def test_brackets_within_brackets_break_nothing(depth):
    line = '{"id": "s1", "answer": ' + "[" * depth + "]" * depth + "}"
    assert open_line(line, "chat")["text"] or open_line(line, "chat")["fault"].startswith("not JSON")


@given(st.text() | st.integers() | st.floats() | st.none() | st.lists(st.text()))
def test_what_is_shown_of_a_reply_breaks_no_table_and_hides_nothing(value):
    shown = show(value)
    assert shown.isprintable() and "|" not in shown and shown.strip("`").count("`") == 0
    assert shown == "(nothing)" or (shown[0] == shown[-1] == "`" and len(shown) <= 60 * 10 + 3)


def test_right_to_left_marks_are_written_out():
    assert show("a\u202eb|`<script>`") == "`a\\u202eb/'<script>'`"


def test_json_is_read_strictly():
    assert parse_json('{"a": [1, "\\u2028"]}') == {"a": [1, "\u2028"]}
    for text in ('{"a": 1, "a": 1}', "NaN", '{"a": Infinity}', "1" * 5000):
        with pytest.raises(ValueError, match="not JSON"):
            parse_json(text)
