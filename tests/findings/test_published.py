"""Worked examples with known answers: all are run, wrong ones are reported, and no measure lacks its formula."""

import importlib
import inspect
import re
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau

from helpers.coders.agreement import alpha_per_frame, kappa_per_pair
from helpers.findings import published
from helpers.findings.words import fits
from helpers.measures.tests import trends_over_dates
from helpers.run import ROOT

MODULES = sorted(f"{file.parent.name}.{file.stem}" for file in (ROOT / "helpers").glob("*/[a-z]*.py"))
SOURCE = re.compile(r"[A-ZÀ-Þ][\w’]+(?: et al\.)?,? \(?(?:1[89]|20)\d\d\b")  # "Gries 2008": what cites has a formula


@pytest.fixture(scope="module")
def known():
    return published.load_published()


@pytest.fixture(scope="module")
def checked(known):
    return published.check_published(known)


def resolve(name):
    """What a dotted name of a helper ("keyness.keyness") or of a package means: its owner and its last name."""
    parts = name.split(".")
    if (ROOT / "helpers" / parts[0]).is_dir():
        parts = ["helpers", *parts]
    for cut in range(len(parts) - 1, 0, -1):
        try:
            owner = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:-1]:
            owner = getattr(owner, part)
        return owner, parts[-1]
    raise AssertionError(f"{name} is nowhere")


def test_every_known_value_is_met(checked, known):
    assert checked.index.tolist() == known.index.tolist()
    assert checked["ours"].ne("").all()
    assert checked.loc[~checked["agrees"], ["example", "measure", "ours", "known"]].to_numpy().tolist() == []


def test_what_others_published_is_told_first_and_not_added_to_the_rest(checked):
    own, again = (checked[checked["standing"].eq(standing)] for standing in ("published", "recomputed"))
    some = pd.concat([own.head(3), again.head(2)])
    verdict = published.judge_published(published.find_published(some), some)
    assert verdict.startswith("Yes") and "3 of 3" in verdict and "2 of 2" in verdict
    assert fits(published.judge_published(published.find_published(checked), checked))


def test_one_value_that_is_not_met_turns_the_verdict(checked):
    some = checked.assign(agrees=[False] + [True] * (len(checked) - 1))
    findings = published.find_published(some)
    row = findings.iloc[0]
    assert (row["finding"], row["published"]) == (published.NOT_MET, "2 of 3")
    assert row["not met"] == "G², two-term of 52 in 50,000 words against 57 in 75,000"
    verdict = published.judge_published(findings, some)
    assert verdict.startswith("No.") and "keyness" in verdict and fits(verdict)


def test_every_example_is_listed_those_not_met_first(checked):
    last = checked.index[-1]
    told = published.list_examples(checked.assign(agrees=checked.index != last))
    assert sorted(told.index) == sorted(checked.index)
    assert told.index[0] == last and told["agrees"].tolist() == ["no"] + ["yes"] * (len(told) - 1)
    kinds = checked.groupby(["subject", "standing"]).ngroups
    assert not told.iloc[1 : kinds + 1].duplicated(["subject", "standing"]).any()


def wrong(value):
    if re.fullmatch(r"-?[\d.]+", value):
        decimals = len(value.partition(".")[2])
        return f"{float(value) + 10**-decimals:.{decimals}f}"
    return {"undefined": "0"}.get(value, "1/7" if "/" in value else "0")


def test_a_value_wrong_in_its_last_decimal_does_not_agree(known):
    assert not published.check_published(known.assign(known=known["known"].map(wrong)))["agrees"].any()


def test_words_and_whole_numbers_are_met_exactly_and_decimals_by_half_a_unit(known):
    row = known[known["measure"].eq("power")].head(1)  # .8021
    for value, agrees in [(".8", True), (".80", True), (".802", True), (".803", False), ("1", False)]:
        assert published.check_published(row.assign(known=value))["agrees"].tolist() == [agrees]


@pytest.mark.parametrize("name", sorted(set(pd.read_csv(ROOT / "seeds" / "published.csv")["by"])))
def test_a_value_goes_through_the_function_it_names(known, monkeypatch, name):
    """Where that function fails, each of its examples fails."""

    def fail(*_, **__):
        raise InterruptedError(name)

    owner, last = resolve(name)
    monkeypatch.setattr(owner, last, fail)
    for row in known[known["by"].eq(name)].itertuples():
        with pytest.raises(InterruptedError):
            published.COMPUTED[row.measure](row.given)


def test_what_is_known_has_a_standing_and_a_source(known):
    assert set(known["standing"]) == {"published", "recomputed"}
    assert known.drop(columns="known").ne("").all(axis=None)
    assert not known.duplicated(["example", "measure", "convention"]).any(), "a value with another decimal is no second"
    assert set(known["measure"]) == set(published.COMPUTED)


def test_an_example_that_nothing_computes_is_told_by_its_line(tmp_path, known):
    file = tmp_path / "published.csv"
    known.head(2).assign(measure=["DP", "phi"]).to_csv(file, index=False)
    with pytest.raises(ValueError, match="line 3: 'phi' is none of"):
        published.load_published(file)


def test_every_function_in_the_table_of_measures_exists():
    table = published.load_measures()
    assert table.ne("").all(axis=None)
    for name in table["function"]:
        assert callable(getattr(*resolve(name))), name


def test_every_function_with_a_formula_stands_in_the_table_of_measures(known):
    """A function with a formula cites its source (a name and a year in its docstring); what the examples ask, too."""
    listed = set(published.load_measures()["function"])
    for name in MODULES:
        module = importlib.import_module(f"helpers.{name}")
        for function in vars(module).values():
            if inspect.isfunction(function) and function.__module__ == module.__name__:
                cites = SOURCE.search(inspect.getdoc(function) or "") and not function.__name__.startswith("_")
                missing = f"{name}.{function.__name__} cites a formula: add a row to seeds/measures.csv"
                assert not cites or f"{name}.{function.__name__}" in listed, missing
    assert {by for by in known["by"] if by.rpartition(".")[0] in MODULES} - {
        "measures.contexts.concordance",
        "codebook.hits.find_hits",
    } <= listed


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=6))
@settings(max_examples=30, deadline=None)
def test_tau_a_and_tau_b_have_one_p_of_orders(values):
    """Tau-a divides the same sum by all pairs (Kendall 1938), tau-b by those not tied. No order of the shares changes
    either divisor, so the orders as extreme by the one are those as extreme by the other."""
    shares, dates = (np.array(own, dtype=float) for own in zip(*values, strict=True))
    pairs = list(combinations(range(len(values)), 2))
    total = sum(np.sign(shares[i] - shares[j]) * np.sign(dates[i] - dates[j]) for i, j in pairs)
    untied = [sum(own[i] != own[j] for i, j in pairs) for own in (shares, dates)]
    if all(untied):
        assert kendalltau(shares, dates).statistic == pytest.approx(total / np.sqrt(untied[0] * untied[1]))
        table = pd.DataFrame({"article": [f"x{i}" for i in range(len(shares))], "frame": "a", "share": shares})
        days = pd.DataFrame({"article": table["article"], "date": pd.to_datetime("2000-01-01")})
        days["date"] += pd.to_timedelta(dates, unit="D")
        tau = trends_over_dates(table, days, ["a"])["tau"].iloc[0]
        assert tau * np.sqrt(untied[0] * untied[1]) == pytest.approx(total, abs=1e-9)


def labels_of(*coders):
    values = [(i, f"coder {c}", value) for c, own in enumerate(coders) for i, value in enumerate(own)]
    return pd.DataFrame(values, columns=["sentence", "coder", "value"]).assign(article="x", frame="a", kind="person")


def test_kappa_and_alpha_of_one_table():
    """20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: agreement .70, kappa .40; alpha 1 - 99 * 15 / (55 * 45) = .40."""
    labels = labels_of([1] * 25 + [0] * 25, [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15)
    assert kappa_per_pair(labels, ["a"])["kappa"].iloc[0] == pytest.approx(0.4)
    assert alpha_per_frame(labels, ["a"])["alpha"].iloc[0] == pytest.approx(0.4)


def test_agreement_is_undefined_where_nothing_varies():
    never = labels_of([0, 0], [0, 0])
    assert kappa_per_pair(never, ["a"])["kappa"].isna().all()
    assert alpha_per_frame(never, ["a"])["alpha"].isna().all()
