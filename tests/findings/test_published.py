"""Worked examples with known answers: all are run, wrong ones are told, and no measure stays without its formula."""

import importlib
import inspect
import re
from itertools import combinations

import nbformat
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot as plt

from helpers.figures.words import draw_conventions
from helpers.findings import answers, published
from helpers.measures import keyness
from helpers.run import ROOT

MODULES = sorted(f"{file.parent.name}.{file.stem}" for file in (ROOT / "helpers").glob("*/[a-z]*.py"))
# These read, cut, count or draw: no formula, so no row in measures.csv.
SOURCE = re.compile(r"[A-ZÀ-Þ][\w’]+(?: et al\.)?,? \(?(?:1[89]|20)\d\d\b")  # "Gries 2008": what cites has a formula
PLACES = ["g2_two_term", "g2_four_term", "zeros_half", "all_half"]


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


def test_the_notebook_shows_every_one_of_them(known):
    notebook = nbformat.read(next((ROOT / "notebooks").glob("12-*.ipynb")), as_version=4)
    texts = [o.get("data", {}).get("text/markdown", "") for c in notebook.cells for o in c.get("outputs", [])]
    tables = [text.splitlines()[2:] for text in texts if text.startswith("| subject | example |")]
    for table, standing in zip(tables, ["published", "recomputed"], strict=True):
        for line, row in zip(table, known[known["standing"].eq(standing)].itertuples(), strict=True):
            cells = [cell.strip() for cell in line.strip("|").split(" | ")]
            assert [cells[0], *cells[5:7]] == [row.subject, row.known, "yes"]


def test_the_notebook_shows_every_measure():
    notebook = nbformat.read(next((ROOT / "notebooks").glob("12-*.ipynb")), as_version=4)
    texts = [o.get("data", {}).get("text/markdown", "") for c in notebook.cells for o in c.get("outputs", [])]
    table = next(text for text in texts if text.startswith("| measure | function |")).splitlines()[2:]
    assert len(table) == len(published.load_measures())


def test_what_others_published_is_told_first_and_not_added_to_the_rest(checked):
    own, again = (checked[checked["standing"].eq(standing)] for standing in ("published", "recomputed"))
    told = answers.tell_published(pd.concat([own.head(3), again.head(2)]))
    assert told.startswith("3 of 3 values published by others are met")
    assert "2 of 2 recomputed" in told and "5" not in told
    assert "0 of 0 values published" in answers.tell_published(again.head(2))


def wrong(value):
    if re.fullmatch(r"-?[\d.]+", value):
        decimals = len(value.partition(".")[2])
        return f"{float(value) + 10**-decimals:.{decimals}f}"
    return {"undefined": "0"}.get(value, "1/7" if "/" in value else "0")


def test_a_value_wrong_in_its_last_decimal_is_told(known):
    told = published.check_published(known.assign(known=known["known"].map(wrong)))
    assert not told["agrees"].any()
    first = told.assign(agrees=[False] + [True] * (len(told) - 1))
    assert "Not met: G², two-term of 52 in 50,000 words against 57 in 75,000 (ours 2.65, known 2.66)." in (
        answers.tell_published(first)
    )


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
    known.head(2).assign(measure=["BIC", "phi"]).to_csv(file, index=False)
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


def counts_of(**texts):
    rows = [(article, word, text.split().count(word)) for article, text in texts.items() for word in set(text.split())]
    return pd.DataFrame(sorted(rows), columns=["article", "word", "count"])


def test_rules_for_zeros_part_where_there_are_zeros_only_or_everywhere():
    table = published.zero_rules(keyness.keyness(counts_of(x="a a b c", y="a b b d"), ["x"], ["y"])).set_index("word")
    assert table["zeros_half"].tolist() == pytest.approx(table["log_ratio"].tolist())
    assert table.loc[["a", "b", "c", "d"], "zeros_left"].tolist() == [1, -1, np.inf, -np.inf]
    assert table.loc[["a", "c"], "all_half"].tolist() == pytest.approx([np.log2(2.5 / 1.5), np.log2(3)])


def test_the_first_form_of_normalised_dispersion_can_pass_one():
    toy = counts_of(x="a a b b b b b b", y="c c")
    forms = published.forms_of_dispersion(toy).set_index("word")
    assert forms["dp_2008"].tolist() == pytest.approx((forms["dp"] * 2).tolist())
    assert forms.loc["c", ["dp", "dp_norm", "dp_2008"]].tolist() == pytest.approx([0.8, 1, 1.6])
    assert forms["juilland_d"].tolist() == pytest.approx([0, 0, 0])
    assert "passes 1 for 1 of 3 words, up to 1.60" in answers.tell_dispersion(forms)
    noisy = pd.DataFrame({"dp": [0.1, 0.5, 0.5], "dp_norm": 1, "dp_2008": 1, "juilland_d": [0.9, 0.2 + 1e-16, 0.2]})
    assert "have a τ-b of 1.00" in answers.tell_dispersion(noisy), "a difference of rounding alone is none"
    alone = published.forms_of_dispersion(counts_of(x="a a b"))
    assert alone[["dp_norm", "dp_2008", "juilland_d"]].isna().all(axis=None)
    assert answers.tell_dispersion(alone) == "A single article leaves no dispersion to measure."


def labels_of(frame, *coders):
    return pd.DataFrame(
        [
            ("x", i, frame, f"coder {c}", value)
            for c, values in enumerate(coders)
            for i, value in enumerate(values)
            if value is not None
        ],
        columns=["article", "sentence", "frame", "coder", "value"],
    )


def test_agreement_of_a_table_of_two_by_three_measures():
    """20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: Po .70, kappa .40; alpha 1 - 99 * 15 / (55 * 45) = .40."""
    one, other = [1] * 25 + [0] * 25, [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15
    row = published.measures_of_agreement(labels_of("a", one, other)).iloc[0]
    assert row[["coders", "sentences"]].tolist() == [2, 50]
    assert row[["same", "kappa", "alpha"]].tolist() == pytest.approx([0.7, 0.4, 0.4])
    alike = published.measures_of_agreement(labels_of("a", [1, 0], [1, 0]))
    assert answers.tell_kappa_and_alpha(alike) == "κ and α are the same for every frame that varies (1)."


def test_agreement_that_is_not_defined_is_told():
    never = labels_of("a", [0, 0], [0, 0])
    row = published.measures_of_agreement(never).iloc[0]
    assert row["same"] == 1 and np.isnan(row["kappa"]) and np.isnan(row["alpha"])
    for labels in (never, labels_of("a", [1, 0]), labels_of("a"), labels_of("a", [1, None], [None, 0])):
        assert "neither κ nor α is defined" in answers.tell_kappa_and_alpha(published.measures_of_agreement(labels))
    gap = labels_of("a", [1, 0, 1, None], [1, 0, 0, 1])
    assert published.measures_of_agreement(gap)["sentences"].tolist() == [3]  # the fourth has one judgement only


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=7))
@settings(max_examples=60, deadline=None)
def test_tau_a_is_counted_over_all_pairs(values):
    one, other = pd.Series([a for a, _ in values], dtype=float), pd.Series([b for _, b in values], dtype=float)
    pairs = [np.sign(a - c) * np.sign(b - d) for (a, b), (c, d) in combinations(values, 2)]
    assert published.tau_a(one, other) == pytest.approx(np.mean(pairs) if pairs else np.nan, nan_ok=True)


def test_equals_share_the_better_place_and_the_largest_change_is_told():
    table = pd.DataFrame({"label": "x", "word": list("abcd"), "p": [4, 3, 3, 1], "q": [4, 2, 2, 3]})
    placed = published.with_places(pd.concat([table, table.assign(label="y", q=table["p"])]), ["p", "q"])
    assert placed["place_p"].tolist() == [1, 2, 2, 4] * 2
    assert placed["place_q"].tolist() == [1, 3, 3, 2, 1, 2, 2, 4]
    told = answers.tell_places(placed, "p", "q", top=1)
    assert "3 of 8 marking words change places, most of all “d” in x (from 4 to 2)." in told
    assert "No word among the first 1" in told
    assert "3 do, most of all “d” in x (from 4 to 2)." in answers.tell_places(placed, "p", "q", top=2)
    assert answers.tell_places(placed, "p", "p") == "none of 8 marking words changes places."
    assert answers.tell_gap(placed, "p", "q") == "2.00 at most (“d” in x: 1.00 against 3.00)"


@pytest.mark.parametrize("texts", [{"x": "a a b"}, {"x": "a b", "y": "c d"}, {"x": "a b", "y": "a b"}])
def test_one_article_or_no_common_word_is_told_and_drawn(texts):
    each = published.zero_rules(
        keyness.compare_each(counts_of(**texts), {name: [name] for name in texts}).assign(label="x")
    )
    marks = published.with_places(each[each["sign"].gt(0)], PLACES)
    for told in (answers.tell_conventions(marks, PLACES[:2], PLACES[2:]), answers.tell_zeros(each)):
        assert told and "nan" not in told
    fig = draw_conventions(marks, title="conventions")
    fig.draw_without_rendering()
    plt.close(fig)


@pytest.mark.parametrize("number", ["10", "12"])
@pytest.mark.parametrize("count", [1, 14])
def test_the_notebook_runs_on_one_undated_article_and_on_so_many_that_they_are_put_together_by_year(
    tmp_path, monkeypatch, number, count
):
    text = (
        "Leaders met in week {0}. Mexico will send soldiers against crime number {0}. They spoke of trade and money.\n"
    )
    for i in range(count):
        (tmp_path / f"a{i:02}.txt").write_text(text.format(i), "utf-8")
    dates = pd.DataFrame({"article": [f"a{i:02}" for i in range(count)], "published": "", "published_precision": ""})
    if count > 1:
        dates = dates.assign(published=[f"{2008 + i % 3}-05-{i + 1:02}" for i in range(count)])
        dates = dates.assign(published_precision="day", published_evidence="made up")
    dates.to_csv(tmp_path / "articles.csv", index=False)
    monkeypatch.setenv("SOURCE", str(tmp_path))
    monkeypatch.setenv("FIGURES", str(tmp_path / "figures"))
    notebook, names = nbformat.read(next((ROOT / "notebooks").glob(f"{number}-*.ipynb")), as_version=4), {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            exec(cell.source, names)
    assert len(names["articles"]) == count
    if (number, count) == ("12", 14):
        assert names["drawn"]["article"].isin(["2008", "2009", "2010"]).all()
        assert names["drawn"]["ids"].str.split().str.len().eq(names["drawn"]["carrying"]).all()
