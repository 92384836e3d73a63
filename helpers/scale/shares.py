"""What code_corpus wrote as the table that the notebooks' measures take: the share of sentences of every article."""

from pathlib import Path

import pandas as pd

from helpers.files.tables import ids_of
from helpers.scale.output import read_coded


def read_shares(out: Path | str) -> pd.DataFrame:
    """The share of each article's sentences that carry each frame, as `share_of_sentences` gives it.

    out      a folder that code_corpus wrote with hits=True
    returns  one row per article and frame, zeros included: article, label (its period), date (the first day of its
             period, the only date that is kept), date_precision (year, month or ""), frame, carrying, sentences, share,
             ids
    raises   ValueError where hits were not kept, the run is incomplete, or articles share a name
    """
    frames, hits = read_coded(out), read_coded(out, "hits")
    if len(twice := frames[frames.duplicated(["article", "frame"])]):
        name = twice["article"].iloc[0]
        raise ValueError(f"{out}: several articles are called {name!r}. Give each its own name and code them again.")
    places = hits[["article", "frame", "sentence"]].drop_duplicates().sort_values(["article", "frame", "sentence"])
    ids = ids_of(places).groupby([places["article"], places["frame"]], observed=True).agg(" ".join).rename("ids")
    table = frames.join(ids, on=["article", "frame"]).fillna({"ids": ""})
    date = pd.to_datetime(table["period"].where(table["period"].ne("")), format="ISO8601")
    precision = table["period"].str.len().map({4: "year", 7: "month"}).fillna("")
    table = table.assign(label=table["period"], date=date, date_precision=precision)
    return table["article label date date_precision frame carrying sentences share ids".split()]
