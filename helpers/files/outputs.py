"""Where figures and the numbers beside them are written."""

import os
from pathlib import Path

import pandas as pd

FIGURES = Path(__file__).resolve().parents[2] / "figures"


def outputs_folder() -> Path:
    """figures/, or own/figures/ for a reader's articles or codebook; or what the environment variable FIGURES names."""
    brought = os.environ.get("SOURCE") or os.environ.get("CODEBOOK")
    folder = Path(os.environ.get("FIGURES") or (FIGURES.parent / "own" / "figures" if brought else FIGURES))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_numbers(table: pd.DataFrame, name: str) -> None:
    """Write a table as name.csv. Same input, same bytes."""
    file = outputs_folder() / f"{name}.csv"
    table.to_csv(file, index=False, lineterminator="\n", float_format="%.6g", date_format="%Y-%m-%d")
