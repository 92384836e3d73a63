"""A language model's replies, opened and checked. They are text: nothing in them is followed, run or used as a path."""

import json
import unicodedata
from datetime import UTC, datetime

from helpers.text.characters import straighten

LONGEST = 100_000  # characters of an answer; a longer one is no answer
SHOWN = 60  # characters of a reply that a reason repeats
ENDED = {"openai": ("stop", None), "anthropic": ("end_turn", "stop_sequence", None)}  # an answer that is whole
STATED = ("system_fingerprint", "service_tier")  # what a reply may state beside its model


def open_line(line: str, form: str) -> dict:
    """What one line of a file of replies says, however it is broken.

    form     openai, anthropic or chat
    returns  id ("" where there is none), text (the model's answer, "" where there is none), fault ("" or why there is
             none), model, stated (other parameters of the model) and day, as the reply states them, or ""
    """
    reply = dict(id="", text="", fault="", model="", stated="", day="")
    try:
        outer = parse_json(line)
    except ValueError as error:
        return reply | {"fault": str(error)}
    name = _inside(outer, "id" if form == "chat" else "custom_id")
    reply["id"] = name if isinstance(name, str) else ""
    opened = {"openai": _open_openai, "anthropic": _open_anthropic, "chat": _open_chat}[form](outer)
    return reply | opened


def read_answer(text: str, sentence: str, frames: list[str]) -> list[dict]:
    """A model's answer, checked against the sentence.

    text     the answer: a JSON object with a key for each frame, and for each frame the keys words and code; one code
             fence around the whole is taken off
    returns  one row per frame, in the order given: frame, code (0 or 1), words (a list; empty where the code is 0)
    raises   ValueError with the reason, such as "words that are not in the sentence: …"
    """
    if len(text) > LONGEST:
        raise ValueError(f"too long: {len(text):,} characters")
    answer = parse_json(unfence(text))
    if not isinstance(answer, dict):
        raise ValueError(f"not a JSON object: {show(answer)}")
    _check_keys(answer, frames)
    return [_read_frame(frame, answer[frame], sentence) for frame in frames]


def stands_in(words: str, sentence: str) -> bool:
    """Whether a sentence has these words, whole and in this order. Curly and straight quotation marks are the same, and
    so are spaces of any width.

    >>> stands_in("arms", "They seized arms."), stands_in("arms", "They seized firearms.")
    (True, False)
    """
    quote, text = (straighten(" ".join(unicodedata.normalize("NFC", part).split())) for part in (words, sentence))
    at = text.find(quote) if any(map(str.isalnum, quote)) else -1
    while at >= 0:
        end = at + len(quote)
        if not _one_word(text[at - 1 : at], quote[0]) and not _one_word(quote[-1], text[end : end + 1]):
            return True
        at = text.find(quote, at + 1)
    return False


def parse_json(text: str):
    """JSON, read strictly: no key twice, no NaN.

    raises   ValueError beginning "not JSON: "
    """
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not JSON: {show(str(error))}") from None


def unfence(text: str) -> str:
    """A text without the code fence that stands around the whole of it, if one does."""
    text = text.strip()
    first, _, rest = text.partition("\n")
    return rest[:-3] if first.strip().lower() in ("```", "```json") and rest.endswith("```") else text


def show(value, most: int = SHOWN) -> str:
    """A piece of a reply that is safe in a Markdown table: cut short, unseen signs written out, no mark-up."""
    if not isinstance(value, str | int | float | None):
        value = f"a {type(value).__name__}"
    text = value if isinstance(value, str) else repr(value)
    plain = "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text[:most])
    plain = plain.replace("`", "'").replace("|", "/") + ("…" if len(text) > most else "")
    return f"`{plain}`" if plain.strip() else "(nothing)"


def _open_openai(outer) -> dict:
    """A line of an OpenAI-style batch's output or error file; vLLM's run-batch writes the same."""
    error, body = _inside(outer, "error"), _inside(outer, "response", "body")
    status = _inside(outer, "response", "status_code")
    if error or status not in (200, None):
        return {"fault": _failed(error or _inside(body, "error"), f"status {show(status)}")}
    choices = _inside(body, "choices")
    if not isinstance(choices, list) or len(choices) != 1:
        return {"fault": "not one answer in the reply"}
    message = _inside(choices[0], "message")
    facts = _facts(body, body)
    if refusal := _inside(message, "refusal"):
        return facts | {"fault": f"the model declined: {show(refusal)}"}
    return facts | _whole(_inside(message, "content"), _inside(choices[0], "finish_reason"), "openai")


def _open_anthropic(outer) -> dict:
    """A line of the results of an Anthropic message batch."""
    kind, message = _inside(outer, "result", "type"), _inside(outer, "result", "message")
    if kind != "succeeded":
        return {"fault": _failed(_inside(outer, "result", "error"), show(kind))}
    blocks = _inside(message, "content")
    blocks = blocks if isinstance(blocks, list) else []
    texts = [_inside(block, "text") for block in blocks if _inside(block, "type") == "text"]
    text = "".join(texts) if texts and all(isinstance(part, str) for part in texts) else None
    return _facts(message, _inside(message, "usage")) | _whole(text, _inside(message, "stop_reason"), "anthropic")


def _open_chat(outer) -> dict:
    """A line that a model wrote in a chat window."""
    if not isinstance(outer, dict) or set(outer) != {"id", "answer"}:
        return {"fault": "not an object with the keys id and answer"}
    try:
        return {"text": json.dumps(outer["answer"])}
    except RecursionError:
        return {"fault": "not JSON: too many brackets within brackets"}


def _whole(text, ended, form: str) -> dict:
    """The answer's text, or why it is none or was cut off."""
    if ended not in ENDED[form]:
        return {"fault": f"the model stopped early: {show(ended)}"}
    return {"text": text} if isinstance(text, str) and text.strip() else {"fault": "no text in the reply"}


def _facts(body, others) -> dict:
    """The model, its parameters and the day of a reply, as it states them."""
    model, created = _inside(body, "model"), _inside(body, "created")
    stated = {name: _inside(others, name) for name in STATED}
    day = datetime.fromtimestamp(created, UTC).date().isoformat() if _is_time(created) else ""
    shown = [f"{name} {show(value)}" for name, value in stated.items() if isinstance(value, str)]
    return {"model": show(model) if isinstance(model, str) else "", "stated": ", ".join(shown), "day": day}


def _is_time(seconds) -> bool:
    return type(seconds) is int and 0 <= seconds < 253402300800  # the year 10000


def _failed(error, otherwise: str) -> str:
    """What a provider says of a request that failed."""
    said = [error, _inside(error, "message"), _inside(error, "error", "message"), _inside(error, "code")]
    return f"the request failed: {next((show(text) for text in said if isinstance(text, str)), otherwise)}"


def _inside(thing, *names):
    """What stands under these names, one in another; None where anything on the way is missing."""
    for name in names:
        thing = thing.get(name) if isinstance(thing, dict) else None
    return thing


def _check_keys(answer: dict, frames: list[str]) -> None:
    if lost := [frame for frame in frames if frame not in answer]:
        raise ValueError(f"a frame is missing: {show(lost[0])}")
    if extra := [name for name in answer if name not in frames]:
        raise ValueError(f"a key that is no frame: {show(extra[0])}")


def _read_frame(frame: str, said, sentence: str) -> dict:
    if not isinstance(said, dict) or set(said) != {"words", "code"}:
        raise ValueError(f"a frame without the two keys words and code: {show(frame)}")
    code, words = said["code"], said["words"]
    if type(code) is not int or code not in (0, 1):
        raise ValueError(f"a code that is not the number 0 or 1: {show(frame)} {show(code)}")
    if not isinstance(words, list) or not all(isinstance(piece, str) for piece in words):
        raise ValueError(f"words that are no list of texts: {show(frame)}")
    if code != bool(words):
        raise ValueError(f"{'a 1 without words' if code else 'words for a 0'}: {show(frame)}")
    for piece in words:
        if not stands_in(piece, sentence):
            raise ValueError(f"words that are not in the sentence: {show(frame)} {show(piece)}")
    return {"frame": frame, "code": code, "words": words}


def _one_word(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum()


def _once(pairs: list) -> dict:
    if len(found := dict(pairs)) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(name: str):
    raise ValueError(f"{name} is no number")
