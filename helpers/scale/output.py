"""The folder that code_corpus writes: one folder of Parquet files per batch, and a note of what they are made of."""

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

from helpers.codebook.terms import MASK
from helpers.files.tables import SEEDS
from helpers.measures.keyness import settle_capitals
from helpers.scale.coding import SCHEMAS as CODED
from helpers.scale.source_files import MADE_OF
from helpers.scale.work import LEFT_OUT_SCHEMA, Batch

# Rooms on which the output depends, with what scale/ takes of measures/.
RULES = ("files", "text", "articles", "codebook", "measures/keyness.py", "scale")
# The lists in seeds/ that they read. The codebook is told by its terms.
LISTS = ("column-names", "common-words", "date-words", "furniture", "sentence-words")
SCHEMAS = CODED | {"left_out": LEFT_OUT_SCHEMA}


def read_coded(out: Path | str, what: str = "frames", *, partial: bool = False) -> pd.DataFrame:
    """What code_corpus wrote, in the order of the source, whoever did the work.

    what     "frames": one row per article and frame, zeros included: article, period, frame, hits, negated, carrying
             (sentences that carry it), sentences, words (all of the article's), share (of sentences), rate (hits per
             1,000 words); "words": one row per period and word (folded, see keyness.fold): period, word, count;
             "hits": as of frames.find_hits; "left_out": as of corpus.list_left_out
    partial  whether to read what there is of a run that is not complete; otherwise it raises ValueError
    """
    if what not in SCHEMAS:
        raise ValueError(f"read_coded: {what!r} is not written; there are {', '.join(SCHEMAS)}.")
    made = json.loads((Path(out) / MADE_OF).read_text("utf-8"))
    if what == "hits" and not made["hits"]:
        raise ValueError(f"{out}: hits were not kept. Run code_corpus with hits=True into another folder.")
    folders = [folder_of(Path(out), number) for number in range(made["batches"])]
    missing = [folder.name for folder in folders if not folder.is_dir()]
    if missing and not partial:
        raise ValueError(
            f"{out}: batches {', '.join(missing)} are missing. Run code_corpus again (into another folder where files "
            "were mended since), or say partial=True for the others."
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
    """Words counted in parts, as one table: one row per period and word."""
    total = SCHEMAS["words"].empty_table()
    for table in tables:
        groups = pa.concat_tables([total, table]).group_by(["period", "word"], use_threads=False)
        total = groups.aggregate([("count", "sum")]).rename_columns(SCHEMAS["words"].names)
    return total.filter(pc.not_equal(total["count"], 0))


def rule_files() -> list[Path]:
    """The modules and lists on which the output depends: with another rule it would be another output."""
    helpers = Path(__file__).parents[1]
    modules = (file for rule in RULES for file in helpers.glob(rule if rule.endswith(".py") else f"{rule}/*.py"))
    return [*sorted(modules), *(SEEDS / f"{name}.csv" for name in LISTS)]


def open_folder(out: Path, files: dict, task: dict, batches: int) -> Path:
    """The folder of the output, new or of the same articles, terms and rules."""
    rules = b"".join(file.read_bytes() for file in rule_files())
    made_of = {
        "articles": files,
        "codebook": hashlib.sha256(json.dumps(task["rows"]).encode()).hexdigest(),
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
            raise ValueError(f"{out} was made with other {', '.join(other)}. Choose another folder or delete this one.")
    elif out.is_file() or (out.is_dir() and any(out.iterdir())):
        raise ValueError(f"{out} holds something else. Choose an empty folder.")
    else:
        out.mkdir(parents=True, exist_ok=True)
        aside = note.with_suffix(".new")
        aside.write_text(json.dumps(made_of, indent=1, ensure_ascii=False) + "\n", "utf-8")
        os.replace(aside, note)
    return out


def folder_of(out: Path, number: int) -> Path:
    return out / f"{number:06}"


def keep_batch(out: Path, batch: Batch, tables: dict[str, bytes]) -> None:
    """Write a batch's tables aside, then put them in their place all at once, unless another run was quicker."""
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
