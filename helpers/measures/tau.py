"""Kendall's tau-b of many rows at once."""

import numpy as np
import pandas as pd

RUN = 8  # so many neighbours are compared pair by pair, longer rows merged of such runs


def tau_b(values: np.ndarray, dates: np.ndarray) -> np.ndarray:
    """Kendall's tau-b (Kendall 1945, Biometrika 33: 239-251) of each row of values with the dates.

    values   rows of as many numbers as there are dates; what is NaN is left out of its row
    returns  one tau per row, NaN where the row's values or dates do not vary
    """
    times = np.where(np.isnan(values), np.nan, dates)
    up, down, early, late = (_places(table) for table in (values, -values, times, -times))
    agree = _falls(down, early) - _falls(up, early)
    pairs = np.sqrt(_falls(down, up) * _falls(late, early))
    return np.divide(agree, pairs, out=np.full(len(values), np.nan), where=pairs > 0)


def _places(values: np.ndarray) -> np.ndarray:
    """Each value's place among all unlike values; NaN is the last."""
    return np.unique(values, return_inverse=True)[1].reshape(values.shape)


def _falls(places: np.ndarray, order: np.ndarray) -> np.ndarray:
    """In how many pairs of each row the later of two has the lower place; two of one order are no pair. Counted while
    the row is merged from sorted halves, not pair by pair (Knight 1966, J. Am. Stat. Assoc. 61: 436-439)."""
    most = places.max(initial=0) + 1
    size = max(1 << max(places.shape[1] - 1, 0).bit_length(), RUN)
    rows = np.full((len(places), size), most, dtype=np.int32)
    rows[:, : places.shape[1]] = np.sort(order * most + places, axis=1) % most
    runs, width = rows.reshape(len(rows), size // RUN, RUN), RUN
    falls = sum((runs[:, :, lag:] < runs[:, :, :-lag]).sum(axis=(1, 2)) for lag in range(1, RUN))
    while width < size:
        halves = 2 * rows.reshape(len(rows), size // width // 2, 2 * width)
        halves[:, :, width:] += 1  # odd: of the right half
        halves.sort(axis=2)
        right = halves % 2
        falls = falls + (right * (width - np.cumsum(1 - right, axis=2))).sum(axis=(1, 2))
        rows, width = halves // 2, 2 * width
    return falls


def dated(units: pd.DataFrame, articles: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """The rows of articles that have a date, and those articles' dates as ranks, in the order of the rows."""
    dates = articles.dropna(subset="date").set_index("article")["date"]
    own = units[units["article"].isin(dates.index)].reset_index(drop=True)
    return own, ranks(dates.reindex(own["article"].unique()))


def ranks(dates: pd.Series) -> np.ndarray:
    return np.unique(dates.to_numpy(), return_inverse=True)[1].astype(float)


def sums(values: np.ndarray, sentences: pd.DataFrame) -> np.ndarray:
    """Columns, one per sentence, summed by article."""
    starts = np.flatnonzero(np.diff(pd.factorize(sentences["article"])[0], prepend=-1))
    return np.add.reduceat(values, starts, axis=1) if len(starts) else np.zeros((len(values), 0))


def shares(carried: np.ndarray, sentences: pd.DataFrame) -> np.ndarray:
    """Rows of what was found in each sentence as rows of each article's share of sentences with any of it."""
    return sums((carried > 0).astype(int), sentences) / sums(np.ones((1, len(sentences))), sentences)
