"""Where figures and the numbers beside them are written."""

import os
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

FIGURES = Path(__file__).resolve().parents[2] / "figures"


def outputs_folder() -> Path:
    """figures/, or own/figures/ for a reader's articles or codebook; or what the environment variable FIGURES names."""
    brought = os.environ.get("SOURCE") or os.environ.get("CODEBOOK")
    folder = Path(os.environ.get("FIGURES") or (FIGURES.parent / "own" / "figures" if brought else FIGURES))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def refuse_open_files(files: Iterable[Path]) -> None:
    """Raise PermissionError if another program holds one of the files. On Windows nobody can write to a table that
    Excel shows."""
    for file in files:
        try:
            file.open("r+b").close()
        except FileNotFoundError:
            continue
        except PermissionError as error:
            raise PermissionError(f"{file} is open in another program. Close it there and try again.") from error


def write_numbers(table: pd.DataFrame, name: str) -> None:
    """Write a table as name.csv. Same input, same bytes."""
    file = outputs_folder() / f"{name}.csv"
    refuse_open_files([file])
    table.to_csv(file, index=False, lineterminator="\n", float_format="%.6g", date_format="%Y-%m-%d")
