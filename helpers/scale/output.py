"""The folder that code_corpus writes: Parquet files, one folder per batch, and a note of what they were made from."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from helpers.articles.coded_folder import MADE_OF
from helpers.codebook.terms import MASK
from helpers.files.tables import SEEDS
from helpers.measures.keyness import settle_capitals
from helpers.scale.coding import SCHEMAS as CODED
from helpers.scale.work import LEFT_OUT_SCHEMA, Batch

# The rooms on which the output depends, and the one file that scale/ uses of measures/.
RULES = ("files", "text", "articles", "codebook", "measures/keyness.py", "scale")
# The lists in seeds/ that they read. The codebook is compared by its terms.
LISTS = "archive-labels column-names common-words date-words dateline-places furniture hyphenated languages".split()
LISTS += ["negations", "sentence-words"]
SCHEMAS = CODED | {"left_out": LEFT_OUT_SCHEMA}


def read_coded(out: Path | str, what: str = "frames", *, partial: bool = False) -> pd.DataFrame:
    """Read a table that code_corpus wrote. Its order is that of the source, no matter who did the work.

    what     "frames": one row per article and frame, zeros included: article, period, frame, hits, negated, carrying
             (sentences that carry it), sentences, words (all of the article), share (of sentences), rate (hits per
             1,000 words); "words": one row per period and word (folded, see `keyness.fold`): period, word, count;
             "hits": like the table of `find_hits`; "left_out": like the table of `list_left_out`
    partial  True: read what there is of an incomplete run
    raises   ValueError if the run is incomplete, unless partial is True; or if the table was not written
    """
    if what not in SCHEMAS:
        raise ValueError(f"read_coded: there is no table {what!r}. Tables are: {', '.join(SCHEMAS)}.")
    made = json.loads((Path(out) / MADE_OF).read_text("utf-8"))
    if what == "hits" and not made["hits"]:
        raise ValueError(f"{out}: hits were not kept. Run code_corpus with hits=True and another folder.")
    folders = [folder_of(Path(out), number) for number in range(made["batches"])]
    missing = [folder.name for folder in folders if not folder.is_dir()]
    if missing and not partial:
        raise ValueError(
            f"{out}: batches {', '.join(missing)} are missing. Run code_corpus again (with another folder if you have "
            "changed files since), or give partial=True to read the others."
        )
    files = [folder / f"{what}.parquet" for folder in folders if folder.is_dir()]
    tables = (pq.read_table(file) for file in files)
    if what == "words":
        table = add_up(tables)
        settled = settle_capitals(pc.unique(table["word"]).to_pylist())
        words = pa.array([settled[word] for word in table["word"].to_pylist()], pa.string())
        table = add_up([table.set_column(1, "word", words)])
        return table.sort_by([("period", "ascending"), ("word", "ascending")]).to_pandas()
    table = pa.concat_tables([SCHEMAS[what].empty_table(), *tables]).to_pandas()
    if "frame" in table:
        table["frame"] = pd.Categorical(table["frame"], categories=made["frames"])
    if what == "frames":
        table["share"] = table["carrying"] / table["sentences"]
        table["rate"] = 1000 * table["hits"] / table["words"]
    return table


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


def open_folder(out: Path, files: dict, task: dict, batches: int) -> Path:
    """The folder of the output: a new one, or one made from the same articles, terms and rules."""
    rules = b"".join(file.read_bytes() for file in rule_files())
    codebook = [task["rows"], task["spoken"], sorted(task["known"] or [])]
    made_of = {
        "articles": files,
        "codebook": hashlib.sha256(json.dumps(codebook).encode()).hexdigest(),
        "rules": hashlib.sha256(rules).hexdigest(),
        "columns": task["columns"],
        "period": task["period"],
        "scope": task["scope"],
        "hits": task["hits"],
        "frames": sorted({frame for frame, _ in task["rows"]} - {MASK}),
        "batches": batches,
    }
    note = out / MADE_OF
    if note.exists():
        was = json.loads(note.read_text("utf-8"))
        other = [key for key in made_of if was.get(key) != made_of[key]]
        if other:
            raise ValueError(f"{out} was made with other {', '.join(other)}. Give another folder, or delete this one.")
    elif out.is_file() or (out.is_dir() and any(out.iterdir())):
        raise ValueError(f"{out} holds something else. Give an empty folder.")
    else:
        out.mkdir(parents=True, exist_ok=True)
        aside = note.with_suffix(".new")
        aside.write_text(json.dumps(made_of, indent=1, ensure_ascii=False) + "\n", "utf-8")
        os.replace(aside, note)
    return out


def folder_of(out: Path, number: int) -> Path:
    """The folder of a batch's tables."""
    return out / f"{number:06}"


def keep_batch(out: Path, batch: Batch, tables: dict[str, bytes]) -> None:
    """Write a batch's tables aside, then move them into place all at once, unless another run was faster."""
    aside, place = out / f"{batch.number:06}.{uuid4().hex}.new", folder_of(out, batch.number)
    aside.mkdir()
    try:
        for name, content in tables.items():
            (aside / f"{name}.parquet").write_bytes(content)
        os.replace(aside, place)
    except OSError:
        if not place.is_dir():
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
