"""make run: all of it or nothing, and no difference the second time."""

import signal
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers.run import lab as opening
from helpers.run import swap as swapping
from helpers.run.collection import run
from helpers.run.own import own_folder, what_is_given

GOOD = "from IPython.display import Markdown\nMarkdown('**Answer.** It is ' + str(6 * 7) + '.\\n\\nMore.')"
DRAW = (
    "import pandas as pd\nfrom matplotlib import pyplot as plt\nfrom helpers.figures.door import publish\n"
    "publish(plt.figure(figsize=(1, 1)), pd.DataFrame({'x': [1]}), '01-dot')"
)
README = "# T\n<!-- finding 01-good.ipynb -->\nold\n<!-- end -->\n\n<!-- table -->\nold\n<!-- end -->\n"


@pytest.fixture
def collection(tmp_path):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "09-gone.png").write_text("of a notebook that is no more", "utf-8")
    (tmp_path / "README.md").write_text(README, "utf-8")
    return tmp_path


def write(collection, name, *cells):
    notebook = new_notebook(cells=[new_markdown_cell("# Is it good?"), *map(new_code_cell, cells)])
    for number, cell in enumerate(notebook.cells):
        cell.id = f"c{number}"
    nbformat.write(notebook, collection / "notebooks" / name)


def everything(folder):
    """Every file by its path, but for the place where runs are at work."""
    files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    return {name: file.read_bytes() for name, file in files.items() if not name.startswith(".run/")}


def test_a_run_writes_outputs_figures_and_readme_and_a_second_run_changes_nothing(collection, capsys):
    write(collection, "01-good.ipynb", GOOD, DRAW)
    assert run(collection) == 0
    first = everything(collection)
    assert sorted(first) == [
        "README.md",
        "figures/01-dot.csv",
        "figures/01-dot.png",
        "figures/01-dot.svg",
        "figures/explorer.html",
        "notebooks/01-good.ipynb",
    ]
    assert "<!-- finding 01-good.ipynb -->\nIt is 42.\n<!-- end -->" in first["README.md"].decode()
    assert "| [01. Is it good?](notebooks/01-good.ipynb) | It is 42. |" in first["README.md"].decode()
    assert run(collection) == 0
    assert everything(collection) == first
    assert "ok     01-good.ipynb" in capsys.readouterr().out


def test_a_failing_notebook_is_named_the_others_run_and_nothing_is_changed(collection, capsys):
    write(collection, "01-good.ipynb", GOOD, DRAW)
    write(collection, "02-bad.ipynb", "1 + 1", "raise KeyError('no such frame')")
    (collection / "notebooks" / "03-broken.ipynb").write_text("{not json", "utf-8")
    before = everything(collection)
    assert run(collection) == 1
    said = capsys.readouterr().out
    assert "FAILED 02-bad.ipynb: code cell 2: KeyError: 'no such frame'" in said
    assert "FAILED 03-broken.ipynb: before its first code cell: not a whole notebook" in said
    assert "ok     01-good.ipynb" in said
    assert "2 of 3 failed" in said
    assert everything(collection) == before


def test_a_kernel_that_dies_is_named_with_its_cell(collection, capsys):
    write(collection, "01-dead.ipynb", "1 + 1", "import os; os._exit(1)")
    assert run(collection) == 1
    assert "FAILED 01-dead.ipynb: code cell 2: DeadKernelError" in capsys.readouterr().out


def test_a_readme_whose_region_is_not_closed_is_told_and_nothing_is_changed(collection):
    write(collection, "01-good.ipynb", GOOD)
    (collection / "README.md").write_text("<!-- table -->\n", "utf-8")
    before = everything(collection)
    with pytest.raises(ValueError, match="<!-- table --> has no <!-- end -->"):
        run(collection)
    assert everything(collection) == before
    (collection / "README.md").unlink()
    assert run(collection) == 0


def test_an_empty_notebook_and_one_without_a_number_do_no_harm(collection):
    nbformat.write(new_notebook(), collection / "notebooks" / "02-empty.ipynb")
    write(collection, "Untitled.ipynb", "raise ValueError")
    assert run(collection) == 0


READ = "import os\nfrom pathlib import Path\nfrom IPython.display import Markdown\nMarkdown('**Answer.** ' + "
READ += "Path(os.environ['SOURCE']).joinpath('a.txt').read_text())"


@pytest.fixture
def source(tmp_path, monkeypatch):
    """A reader's folder beside the place where make was called, named from there."""
    (tmp_path / "my articles").mkdir()
    (tmp_path / "my articles" / "a.txt").write_text("Mine.", "utf-8")
    monkeypatch.chdir(tmp_path)
    return "my articles"


def test_articles_that_cannot_be_read_are_told_before_anything_runs(collection, source, capsys):
    write(collection, "01-good.ipynb", READ)
    Path(source, "a.txt").write_text("", "utf-8")
    with pytest.raises(ValueError, match="no article can be used"):
        run(collection, source)
    assert not (collection / "own").exists()
    assert capsys.readouterr().out == ""


def test_a_readers_run_goes_to_a_folder_of_its_own_and_leaves_the_collection_alone(collection, source, capsys):
    write(collection, "01-good.ipynb", READ, DRAW)
    before = everything(collection)
    assert run(collection, source) == 0
    own = own_folder(collection, {"SOURCE": source})
    assert own.parent.name == "own" and "-my-articles-" in own.name
    assert sorted(everything(own)) == [
        ".written.json",
        "README.md",
        "figures/01-dot.csv",
        "figures/01-dot.png",
        "figures/01-dot.svg",
        "figures/explorer.html",
        "notebooks/01-good.html",
        "notebooks/01-good.ipynb",
        "report.html",
        "sentences.csv",
        "tables.xlsx",
    ]
    assert (own / "sentences.csv").read_text("utf-8") == "article,sentence,text\na,1,Mine.\n"
    assert "| [01. Is it good?](notebooks/01-good.ipynb) | Mine. |" in (own / "README.md").read_text("utf-8")
    after = everything(collection)
    assert {name: content for name, content in after.items() if not name.startswith("own/")} == before
    assert f"are in own/{own.name}" in capsys.readouterr().out
    assert run(collection, source) == 0
    assert everything(collection) == after


def test_a_readers_run_keeps_what_ran_and_names_what_failed(collection, source, capsys):
    write(collection, "01-good.ipynb", READ, DRAW)
    write(collection, "02-bad.ipynb", DRAW.replace("01-dot", "02-dot"), "raise KeyError('no such frame')")
    assert run(collection, source) == 1
    own = own_folder(collection, {"SOURCE": source})
    assert sorted(file.name for file in own.rglob("0*")) == [
        "01-dot.csv",
        "01-dot.png",
        "01-dot.svg",
        "01-good.html",
        "01-good.ipynb",
    ]
    assert "failed and are not here: 02-bad.ipynb." in (own / "README.md").read_text("utf-8")
    assert "1 of 2 failed (02-bad.ipynb)" in capsys.readouterr().out


def test_other_content_gets_another_folder_and_no_source_is_told(collection, source):
    first = own_folder(collection, {"SOURCE": source})
    assert own_folder(collection, {"SOURCE": source}) == first
    (collection / "my articles" / "a.txt").write_text("Mine, changed.", "utf-8")
    assert own_folder(collection, {"SOURCE": source}) != first
    assert "-a-" in own_folder(collection, {"SOURCE": "my articles/a.txt"}).name
    with pytest.raises(FileNotFoundError, match="SOURCE=nowhere: no such file or folder"):
        run(collection, "nowhere")
    assert not (collection / "own").exists()


def test_a_readers_codebook_reaches_the_notebooks_and_has_a_folder_of_its_own(collection, source, monkeypatch, capsys):
    tell = "import os\nfrom IPython.display import Markdown\n"
    tell += "Markdown('**Answer.** ' + os.environ['CODEBOOK'] + ' of ' + os.environ['SOURCE'])"
    write(collection, "01-good.ipynb", tell)
    (collection / "seeds").mkdir(exist_ok=True)
    (collection / "seeds" / "a.txt").write_text("A seed.", "utf-8")
    book = Path("mine.csv")
    book.write_text("frame,term\npeace,truce\n", "utf-8")
    places = []
    for articles in (None, source):
        assert run(collection, articles, "mine.csv") == 0
        places.append(Path(capsys.readouterr().out.split(" are in ")[1].split(",")[0]).name)
        page = (collection / "own" / places[-1] / "README.md").read_text("utf-8")
        assert f"{book.resolve()} of {(collection / (articles or 'seeds')).resolve()}" in page
        assert "Codebook: mine.csv, read as" in page
    book.with_name("expected.csv").write_text("frame,course\npeace,rises\n", "utf-8")
    places += [own_folder(collection, what_is_given(collection, source, there)).name for there in ("mine.csv", None)]
    assert len(set(places)) == 4
    book.write_text("frame,term\npeace,*\n", "utf-8")
    with pytest.raises(ValueError, match=r"mine\.csv, line 2"):
        run(collection, source, "mine.csv")
    with pytest.raises(FileNotFoundError, match=r"CODEBOOK=theirs\.csv: no such file or folder"):
        run(collection, None, "theirs.csv")


def test_lab_on_a_readers_articles_opens_copies_that_are_kept(collection, source, monkeypatch):
    called = []
    monkeypatch.setattr(opening.subprocess, "call", lambda command, env: called.append((command, env)) or 0)
    write(collection, "01-good.ipynb", GOOD)
    run(collection)
    assert opening.lab(collection, source) == 0
    command, environment = called[0]
    own = own_folder(collection, {"SOURCE": source})
    copy = own / "lab" / "notebooks" / "01-good.ipynb"
    assert f"--ServerApp.root_dir={collection}" in command
    assert "--ContentsManager.pre_save_hook=helpers.run.execute.keep_metadata" in command
    assert command[-1] == f"--LabApp.default_url=/lab/tree/own/{own.name}/lab/notebooks"
    assert environment["SOURCE"] == str(collection / source)
    assert environment["FIGURES"] == str(copy.parents[1] / "figures")
    assert not nbformat.read(copy, 4).cells[1].outputs
    explorer = copy.parents[1] / "figures" / "explorer.html"
    assert explorer.exists()
    explorer.write_text("of an earlier day", "utf-8")
    copy.write_text("edited by its reader", "utf-8")
    opening.lab(collection, source)
    run(collection, source)
    assert copy.read_text("utf-8") == "edited by its reader"
    opening.lab(collection, source)
    assert explorer.read_bytes() == (own / "figures" / "explorer.html").read_bytes()
    opening.lab(collection)
    assert called[-1][0][-1] == "--LabApp.default_url=/lab/tree/notebooks"
    assert "SOURCE" not in called[-1][1]


def test_a_figure_that_another_program_holds_leaves_everything_as_it_was(collection, source, monkeypatch):
    write(collection, "01-good.ipynb", GOOD, DRAW)
    assert run(collection) == run(collection, source) == 0
    write(collection, "01-good.ipynb", GOOD, DRAW.replace("[1]", "[2]"))
    before, seen = everything(collection), []

    def refuse(files):
        seen.extend(files)
        raise PermissionError("open in another program")

    monkeypatch.setattr(swapping, "refuse_open_files", refuse)
    for articles in (None, source):
        with pytest.raises(PermissionError):
            run(collection, articles)
        assert everything(collection) == before
    own = own_folder(collection, {"SOURCE": source})
    assert {collection / "figures" / "01-dot.csv", own / "figures" / "01-dot.csv"} <= set(seen)


def test_two_notebooks_of_one_number_are_refused_before_anything_runs(collection):
    write(collection, "01-good.ipynb", GOOD)
    write(collection, "01-other.ipynb", GOOD)
    before = everything(collection)
    with pytest.raises(ValueError, match=r"01-good.ipynb and 01-other.ipynb have one number"):
        run(collection)
    assert everything(collection) == before


def test_a_notebook_that_is_saved_meanwhile_is_not_written_over(collection):
    save = "from pathlib import Path\nfile = Path('01-good.ipynb')\nfile.write_text(file.read_text() + ' ')"
    write(collection, "01-good.ipynb", GOOD, save, DRAW)
    before = everything(collection)
    with pytest.raises(ValueError, match=r"01-good\.ipynb: was saved while"):
        run(collection)
    saved = {"notebooks/01-good.ipynb": before["notebooks/01-good.ipynb"] + b" "}
    assert everything(collection) == before | saved


def test_what_fails_at_a_second_run_stays_from_the_first_and_is_told(collection, source, capsys):
    write(collection, "01-good.ipynb", READ, DRAW)
    write(collection, "02-next.ipynb", READ, DRAW.replace("01-dot", "02-dot"))
    assert run(collection, source) == 0
    own = own_folder(collection, {"SOURCE": source})
    first = everything(own)
    for name in ("01-good.ipynb", "02-next.ipynb"):
        write(collection, name, "raise KeyError('no such frame')")
    assert run(collection, source) == 1
    assert everything(own) == first
    assert "2 of 2 failed" in capsys.readouterr().out
    write(collection, "01-good.ipynb", READ, DRAW.replace("[1]", "[2]"))
    assert run(collection, source) == 1
    second, told = everything(own), capsys.readouterr().out
    assert {name for name in first if first[name] != second.get(name)} >= {"figures/01-dot.csv", "report.html"}
    assert {name: second[name] for name in first if "/02-" in name} == {
        name: content for name, content in first.items() if "/02-" in name
    }
    for page in (told, (own / "README.md").read_text("utf-8"), (own / "report.html").read_text("utf-8")):
        assert "from an earlier run" in page.lower() and "02-next.ipynb" in page


def test_who_stops_a_run_that_clears_up_finds_it_ended(collection, monkeypatch):
    write(collection, "01-good.ipynb", GOOD)
    clear, stops = swapping._clear, []

    def stopped(place):
        if (collection / "figures" / "explorer.html").exists():
            stops.append(signal.raise_signal(signal.SIGINT))
        clear(place)

    monkeypatch.setattr(swapping, "_clear", stopped)
    assert run(collection) == 0 and stops
