"""Periods come from dates read by themselves."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.articles.dates import read_dates
from helpers.articles.load import read_articles
from helpers.scale import read_coded
from helpers.scale.layout import periods_of
from tests.scale.made import code

NO_DATES = """04032012 0403 40972 1234 2200 2012-13 2012-13-01 2012-00-04 2012-02-30 20120230 201203 12/03/2012
03–04–2012 25/04/12 10:00:00 2012-03-04/2013-01-01 n/a""".split()
DATES = """20120304 2012 2012.0 2012-3 2012/03/04 2012.3.4 2012-03-04T10:00:00.5Z 2012-03-04T10:00+02:00 201203041530
2012-03-04Z 1500 1812-06-18 2012-03-04T05:00:00+00 2012,02,27 2012–02–27 25/04/2012 04.04.2012 6/2012 1330819200
1330819200000""".split()
SPELLED = [
    "March 4, 2012",
    "March 2012",
    "Mon, 27 Feb 2012 10:00:03 GMT",
    "Mon Feb 27 10:00:03 +0000 2012",
    "Published: March 5, 2012 at 10:15 a.m. EST",
    "27 de febrero de 2012, 5:30pm",
    "04/25/2012 10:00 PM",
]


@pytest.mark.parametrize("words", [*NO_DATES, "2012-03-04 10:00 and 2013-01-01 10:00", "soon", ""])
def test_what_does_not_say_its_day_by_itself_gives_no_period(words):
    """Not even where another date shows whether the day stands first: that may be in another piece of work."""
    for period in ("year", "month"):
        assert periods_of(pa.array([words, "25/04/2012"]), period)[0].as_py() == ""


@pytest.mark.parametrize(
    "words", [*DATES, *SPELLED, "2012-03-04 10:00", "2012-03-04, 10:00 AM", "2012-03-04 05:00:00+00"]
)
def test_a_date_gives_the_period_that_read_dates_finds_in_it(words):
    year, month = (periods_of(pa.array([words]), period)[0].as_py() for period in ("year", "month"))
    read = read_dates(pd.Series([words])).iloc[0]
    assert year == str(read["date"].year)
    assert month == ("" if read["precision"] == "year" else f"{read['date']:%Y-%m}")


@pytest.mark.parametrize("value", [date(2012, 3, 4), datetime(2012, 3, 4, 23), datetime(2012, 3, 4, tzinfo=UTC)])
def test_parquets_own_dates_give_their_month(tmp_path, value):
    pq.write_table(pa.table({"text": ["Arms."] * 2, "date": [value, None]}), tmp_path / "a.parquet")
    code(tmp_path / "a.parquet", tmp_path / "out", period="month")
    assert read_coded(tmp_path / "out")["period"].tolist() == ["2012-03", "2012-03", "", ""]


def test_an_events_date_goes_before_that_of_publication(tmp_path):
    (tmp_path / "a.csv").write_text(
        "text,event date,published\nArms.,2011,2012\nArms.,,2012\nArms.,soon,2012\n", "utf-8"
    )
    code(tmp_path / "a.csv", tmp_path / "out")
    assert read_coded(tmp_path / "out")["period"].tolist() == ["2011", "2011", "2012", "2012", "2012", "2012"]
    assert read_coded(tmp_path / "out", "left_out").empty


def test_dates_that_are_not_understood_are_counted_and_listed(tmp_path):
    dates = ["12/03/2012", "2012-03-04", "unknown", "04032012", "40972", "1234"]
    pq.write_table(pa.table({"text": ["Arms."] * 6, "date": dates}), tmp_path / "a.parquet", row_group_size=2)
    with pytest.warns(UserWarning, match=r"kept in spite of a fault: 4 \(row 1: the date .12/03/2012. gives"):
        code(tmp_path / "a.parquet", tmp_path / "out")
    left_out = read_coded(tmp_path / "out", "left_out")
    assert left_out["row"].tolist() == [1, 4, 5, 6]
    assert left_out["article"].tolist() == ["a-1", "a-4", "a-5", "a-6"]
    assert left_out["kept"].all()
    assert left_out["why"].iloc[0] == "the date '12/03/2012' gives no year: write 2012-02-27, 2012-02 or 2012"
    assert read_coded(tmp_path / "out").drop_duplicates("article")["period"].tolist() == ["", "2012", "", "", "", ""]


ODD = {
    "struct": [{"y": 2012}],
    "list of structs": [[{"y": 2012}]],
    "list": [["2012-01-01", "2013-01-01"]],
    "bool": [True],
    "decimal": [Decimal("2012.00")],
    "time": [time(10, 0)],
    "duration": [timedelta(seconds=1330819200)],
    "binary": [b"\x07\xdc"],
}


@pytest.mark.parametrize("kind", ODD)
def test_a_date_of_an_odd_kind_is_told(tmp_path, kind):
    pq.write_table(pa.table({"text": ["Arms."], "date": ODD[kind]}), tmp_path / "a.parquet")
    with pytest.warns(UserWarning, match=r"kept in spite of a fault: 1 \(row 1: the (date|column)"):
        code(tmp_path / "a.parquet", tmp_path / "out")
    assert read_coded(tmp_path / "out")["period"].tolist() == ["", ""]
    articles, left_out = read_articles(tmp_path / "a.parquet")
    assert articles["date"].isna().all()
    assert left_out[["row", "kept"]].to_numpy().tolist() == [[1, True]]
