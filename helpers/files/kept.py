"""What a run has worked out once, for its notebooks: tables in a folder that the environment variable KEPT names.

Each notebook's kernel would read, clean and divide the same articles again. A table is kept only if it comes back
exactly as it was; else each kernel works it out for itself.
"""

import json
import os
from pathlib import Path

import pandas as pd
import pyarrow as pa

NOT_KEPT = (AssertionError, TypeError, UnicodeEncodeError, ValueError, pa.ArrowException)


def keep_table(folder: Path, name: str, table: pd.DataFrame) -> bool:
    """Write a table into a folder, and say whether it can be had back from there. Cells that are lists are kept too."""
    lists = [column for column in table if any(isinstance(cell, list) for cell in table[column])]
    file, note = folder / f"{name}.parquet", folder / f"{name}.json"
    try:
        plain = table.assign(**{column: table[column].map(json.dumps) for column in lists})
        plain.to_parquet(file, index=False)
        note.write_text(json.dumps({"lists": lists, "kinds": table.dtypes.astype(str).to_dict()}), "utf-8")
        pd.testing.assert_frame_equal(_read(file, note), table)
    except NOT_KEPT:
        note.unlink(missing_ok=True)
    return note.exists()


def kept_table(name: str) -> pd.DataFrame | None:
    """A table as it was kept by the run that this is a notebook of; None where there is no run, or it kept none."""
    folder = os.environ.get("KEPT")
    note = Path(folder or ".") / f"{name}.json"
    return _read(note.with_suffix(".parquet"), note) if folder and note.exists() else None


def _read(file: Path, note: Path) -> pd.DataFrame:
    known = json.loads(note.read_text("utf-8"))
    table = pd.read_parquet(file).astype(known["kinds"])
    return table.assign(**{column: table[column].map(json.loads) for column in known["lists"]})
