"""`make run`: execute the notebooks, draw the figures, fill in the README."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACE = ".run"  # in a collection: where runs are at work
