"""The folder that code_corpus writes: Parquet files, one folder per batch, and a note of what they were made from."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from helpers.articles.coded_folder import MADE_OF
from helpers.codebook.terms import MASK
from helpers.files.lock import held
from helpers.files.tables import SEEDS
from helpers.measures.keyness import settle_capitals
from helpers.scale.coding import SCHEMAS as CODED
from helpers.scale.kept import ASIDE, clear, folder_of, is_kept, read_table, written_aside
from helpers.scale.work import LEFT_OUT_SCHEMA, File

# The rooms on which the output depends, and the one file that scale/ uses of measures/.
RULES = ("files", "text", "articles", "codebook", "measures/keyness.py", "scale")
# The lists in seeds/ that they read. The codebook is compared by its terms.
LISTS = "archive-labels column-names common-words date-words dateline-places furniture hyphenated languages".split()
LISTS += ["negations", "sentence-words"]
LOCK = ".lock"
NOT_CODED = "not-coded.parquet"  # files and batches of the last run that are not among the tables
SCHEMAS = CODED | {"left_out": LEFT_OUT_SCHEMA}


def tables_of(hits: bool) -> list[str]:
    """The tables of each batch."""
    return [name for name in SCHEMAS if hits or name != "hits"]


def read_coded(out: Path | str, what: str = "frames", *, partial: bool = False) -> pd.DataFrame:
    """Read a table that code_corpus wrote. Its order is that of the source, no matter who did the work.

    what     "frames": one row per article and frame, zeros included: article, period, frame, hits, negated, carrying
             (sentences that carry it), sentences, words (all of the article), share (of sentences), rate (hits per
             1,000 words); "words": one row per period and word (folded, see `keyness.fold`): period, word, count;
             "hits": like the table of `find_hits`; "left_out": like the table of `list_left_out`
    partial  True: read what there is of an incomplete run
    raises   ValueError if the run is incomplete, unless partial is True; or if the table was not written
    """
    out = Path(out)
    if what not in SCHEMAS:
        raise ValueError(f"read_coded: there is no table {what!r}. Tables are: {', '.join(SCHEMAS)}.")
    made = _read_note(out)
    if made is None:
        raise ValueError(f"{out}: code_corpus has written nothing there. Give the folder that it wrote to.")
    if what == "hits" and not made["hits"]:
        raise ValueError(f"{out}: hits were not kept. Run code_corpus with hits=True and another folder.")
    numbers = [number for number in range(made["batches"]) if is_kept(out, number, [what])]
    if len(numbers) < made["batches"] and not partial:
        missing = sorted(set(range(made["batches"])).difference(numbers))
        some = ", ".join(folder_of(out, number).name for number in missing[:3]) + (", …" if missing[3:] else "")
        raise ValueError(
            f"{out}: {len(missing)} of {made['batches']} batches are missing or damaged ({some}). Run code_corpus "
            "again (with another folder if you have changed files since), or give partial=True to read the others."
        )
    tables = (read_table(out, number, what) for number in numbers)
    if what == "words":
        return _settled_words(add_up(tables)).to_pandas()
    unread = [pq.read_table(out / NOT_CODED)] if what == "left_out" and (out / NOT_CODED).exists() else []
    table = pa.concat_tables([SCHEMAS[what].empty_table(), *tables, *unread]).to_pandas()
    if "frame" in table:
        table["frame"] = pd.Categorical(table["frame"], categories=made["frames"])
    if what == "frames":
        table["share"] = table["carrying"] / table["sentences"]
        table["rate"] = 1000 * table["hits"] / table["words"]
    return table


def _settled_words(table: pa.Table) -> pa.Table:
    """Words counted by period, in order; a word in capitals counts as that in small letters (see `settle_capitals`)."""
    settled = settle_capitals(pc.unique(table["word"]).to_pylist())
    words = pa.array([settled[word] for word in table["word"].to_pylist()], pa.string())
    table = add_up([table.set_column(1, "word", words)])
    return table.sort_by([("period", "ascending"), ("word", "ascending")])


def add_up(tables: Iterable[pa.Table]) -> pa.Table:
    """Tables of words added up into one: one row per period and word."""
    total = SCHEMAS["words"].empty_table()
    for table in tables:
        groups = pa.concat_tables([total, table]).group_by(["period", "word"], use_threads=False)
        total = groups.aggregate([("count", "sum")]).rename_columns(SCHEMAS["words"].names)
    return total.filter(pc.not_equal(total["count"], 0))


def rule_files() -> list[Path]:
    """The modules and lists on which the output depends. If one is changed, a folder of output is not continued."""
    helpers = Path(__file__).parents[1]
    modules = (file for rule in RULES for file in helpers.glob(rule if rule.endswith(".py") else f"{rule}/*.py"))
    return [*sorted(modules), *(SEEDS / f"{name}.csv" for name in LISTS)]


def note_of(files: list[File], task: dict, batches: int) -> dict:
    """What an output is made from. One made from anything else is not continued."""
    rules = b"".join(file.read_bytes() for file in rule_files())
    codebook = [task["rows"], task["spoken"], sorted(task["known"] or [])]
    return {
        "articles": {file.address: [file.size, file.written] for file in files},
        "codebook": hashlib.sha256(json.dumps(codebook).encode()).hexdigest(),
        "rules": hashlib.sha256(rules).hexdigest(),
        "columns": task["columns"],
        "period": task["period"],
        "scope": task["scope"],
        "hits": task["hits"],
        "frames": sorted({frame for frame, _ in task["rows"]} - {MASK}),
        "batches": batches,
    }


@contextmanager
def opened_folder(out: Path, made_of: dict) -> Iterator[None]:
    """The folder of an output for one run alone: a new one, or one with the same note, without half-written rests.

    raises  ValueError, naming what is wrong with the folder and what to do
    """
    with ExitStack() as stack:
        try:
            there = {file.name for file in out.iterdir() if file.name[0] != "."} if out.is_dir() else set()
            if out.is_file() or (there - {MADE_OF + ASIDE} and _read_note(out) is None):
                raise ValueError(f"{out} holds something else. Give an empty folder.")
            out.mkdir(parents=True, exist_ok=True)
            ours = stack.enter_context(held(out / LOCK))
        except OSError as error:
            raise ValueError(f"{out} cannot be written to ({error.strerror}). Give another folder.") from error
        if not ours:
            raise ValueError(f"{out}: another run is writing there. Wait for its end, or give another folder.")
        was = _read_note(out)
        if was is None:
            with written_aside(out / MADE_OF) as aside:
                aside.write_text(f"{json.dumps(made_of, indent=1)}\n", "utf-8")
        elif other := [key for key in made_of if was.get(key) != made_of[key]]:
            raise ValueError(f"{out} was made with other {', '.join(other)}. Give another folder, or delete this one.")
        for rest in [*out.glob(f"*{ASIDE}"), *out.glob(NOT_CODED)]:
            clear(rest)
        yield


def _read_note(out: Path) -> dict | None:
    """What an output was made from; None if it is none."""
    try:
        note = json.loads((out / MADE_OF).read_text("utf-8"))
        return note | {"batches": int(note["batches"])}
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{out / MADE_OF} is damaged. Give another folder, or delete this one.") from error


def write_not_coded(out: Path, faults: list[dict]) -> None:
    """Write which files and batches were not coded, and why: rows of the table of what was left out."""
    rows = [{"row": 0, "article": "", "kept": False} | fault for fault in faults]
    with written_aside(out / NOT_CODED) as aside:
        pq.write_table(pa.Table.from_pylist(rows, LEFT_OUT_SCHEMA), aside)
