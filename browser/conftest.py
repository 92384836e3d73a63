"""A real browser, and a JupyterLab of our own on a copy of the collection.

Nothing is shared with a JupyterLab that is open: another port, another token, settings in a folder that is thrown away.
The browser reaches this machine only.
"""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PYTHON = os.environ.get("LAB_PYTHON") or str(ROOT / ".venv" / "bin" / "python")
TOKEN = "browser-tests"
LEFT = (".git", ".venv*", ".fresh", "own", "mine", "built", "__pycache__", ".ipynb_checkpoints")  # not copied
ONLY_HERE = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
FLAGS = [
    *"--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-dev-shm-usage".split(),
    *"--disable-background-networking --disable-component-update --disable-sync".split(),
    f"--host-resolver-rules={ONLY_HERE}",
]
SCREEN = {"width": 1400, "height": 950}
SLOW = 120_000  # milliseconds: a busy machine is no failure


def chromium() -> str | None:
    """The path of the system's Chromium or Chrome."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)


@pytest.fixture(scope="session")
def browser():
    program = chromium()
    if not program:
        told = "No Chromium on this machine (Debian: apt-get install chromium). Nothing was tried in a browser."
        pytest.fail(told) if os.environ.get("BROWSER") == "required" else pytest.skip(told)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def open_page(browser):
    """A function that opens an empty page and gives it with two lists that fill: what it asked for, what went wrong."""

    def opened(**settings):
        page = browser.new_context(**{"viewport": SCREEN} | settings).new_page()
        page.set_default_timeout(SLOW)
        asked, wrong = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page, asked, wrong

    return opened


@pytest.fixture(scope="session")
def collection(browser, tmp_path_factory):
    """A copy of the collection, so that whatever is saved or drawn is thrown away."""
    copy = tmp_path_factory.mktemp("copy") / "collection"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT))
    return copy


@pytest.fixture(scope="session")
def lab(collection, tmp_path_factory):
    """The address of a JupyterLab that was started as `make lab` starts it."""
    aside = tmp_path_factory.mktemp("jupyter")
    port = free_port()
    server = {"port": port, "open_browser": False, "allow_root": True, "quit_button": False}
    settings = {"ServerApp": server, "IdentityProvider": {"token": TOKEN}, "LabApp": {"expose_app_in_browser": True}}
    (aside / "jupyter_server_config.json").write_text(json.dumps(settings), "utf-8")
    folders = {f"JUPYTER_{name}_DIR": str(aside) for name in ("CONFIG", "DATA", "RUNTIME")}
    folders |= {f"JUPYTERLAB_{name}_DIR": str(aside / name) for name in ("SETTINGS", "WORKSPACES")}
    environment = os.environ | folders | {"IPYTHONDIR": str(aside / "ipython"), "PYTHONPATH": str(collection)}
    for name in ("SOURCE", "CODEBOOK", "FIGURES", "JUPYTER_CONFIG_PATH"):
        environment.pop(name, None)
    log = aside / "log"
    with log.open("w", encoding="utf-8") as file:
        command = [PYTHON, "-m", "helpers.run", "lab"]
        running = subprocess.Popen(command, cwd=collection, env=environment, stdout=file, stderr=file)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, running, log)
        yield address
    finally:
        stop(address, running)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_for(address: str, running: subprocess.Popen, log: Path) -> None:
    """Return once the server answers; fail with its last words if it ends or stays silent."""
    for _ in range(SLOW // 500):
        if running.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{address}/api", timeout=5)
            return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text('utf-8')[-2000:]}")


def stop(address: str, running: subprocess.Popen) -> None:
    """End the server by its own command, and with it the kernels."""
    request = urllib.request.Request(f"{address}/api/shutdown", b"", {"Authorization": f"token {TOKEN}"})
    try:
        urllib.request.urlopen(request, timeout=10)
        running.wait(30)
    except (OSError, subprocess.TimeoutExpired):
        running.kill()
        running.wait(10)
