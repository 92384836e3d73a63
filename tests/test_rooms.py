"""The house keeps its order: imports go down the rooms, no file is long, and importing changes nothing else."""

import ast
import json
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HELPERS = ROOT / "helpers"
# From the ground up: a room may import from itself and from the rooms before it.
ROOMS = "files text articles codebook measures coders readings findings figures explorer scale run".split()
LONGEST = 400  # lines
FILES = sorted(HELPERS.rglob("*.py"))
NAMES = {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in FILES}

SESSION = """
import importlib, json, os, sys, warnings
import matplotlib, numpy, pandas
others, ours = json.loads(sys.argv[1])
for name in others:
    importlib.import_module(name)

def session():
    return {
        "Matplotlib's settings (matplotlib.rcParams)": dict(matplotlib.rcParams),
        "the warnings filters (warnings.filters)": list(warnings.filters),
        "pandas' options": pandas.describe_option(_print_desc=False),
        "NumPy's print options": numpy.get_printoptions(),
        "NumPy's handling of errors (numpy.seterr)": numpy.geterr(),
        "environment variables (os.environ)": dict(os.environ),
    }

before, changed = session(), {}
for name in ours:
    importlib.import_module(name)
    after = session()
    changed |= {what: name for what in before if before[what] != after[what] and what not in changed}
print(json.dumps(changed))
"""


def imported(file):
    """Every module that a file imports: its name, the line, and whether the import stands at the top of the file."""
    tree = ast.parse(file.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno, node in tree.body) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file}, line {node.lineno}: write the import out, from helpers.… on."
            below = [f"{node.module}.{alias.name}" for alias in node.names]
            modules = [name for name in below if name in NAMES] or [node.module]
            yield from ((name, node.lineno, node in tree.body) for name in modules)


def room_of(name):
    return name.split(".")[1] if name.count(".") else ""


@pytest.mark.parametrize("name", NAMES)
def test_imports_go_down_the_rooms_only(name):
    """What stands beside the rooms, as run.py does, may import from all of them."""
    room = room_of(name)
    if not room or NAMES[name].parent == HELPERS:
        return
    assert room in ROOMS, f"{NAMES[name]}: the room {room!r} is new. Add it to ROOMS where its imports allow it."
    allowed = ROOMS[: ROOMS.index(room) + 1]
    for other, line, _ in imported(NAMES[name]):
        assert not other.startswith("helpers.") or room_of(other) in allowed, (
            f"{NAMES[name]}, line {line}: {room}/ imports {other}, which stands above it. Move what both need down "
            f"into {room}/ or below, or hand it over as an argument."
        )


def test_no_import_leads_back_to_itself():
    graph = {name: {other for other, _, _ in imported(file) if other in NAMES} - {name} for name, file in NAMES.items()}
    packages = {name for name, file in NAMES.items() if file.name == "__init__.py"}
    graph = {name: others - packages for name, others in graph.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = " → ".join(error.args[1])
        pytest.fail(f"These modules import each other: {circle}. Move what they share into a module of its own.")


@pytest.mark.parametrize("name", NAMES)
def test_no_file_is_too_long(name):
    lines = len(NAMES[name].read_text("utf-8").splitlines())
    assert lines <= LONGEST, f"{NAMES[name]} has {lines} lines; at most {LONGEST} are allowed. Divide it."


def test_to_import_a_helper_changes_nothing_in_the_session():
    found = {other for file in FILES for other, _, at_once in imported(file) if at_once}
    others = sorted(name for name in found if name.split(".")[0] != "helpers")
    run = [sys.executable, "-c", SESSION, json.dumps([others, list(NAMES)])]
    done = subprocess.run(run, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    changed = json.loads(done.stdout.splitlines()[-1])
    told = "; ".join(f"{what} by {name} or what it imports" for what, name in changed.items())
    assert not changed, f"Changed: {told}. Change it inside the function that needs it, for as long as it runs."
