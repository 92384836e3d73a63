# make run   executes every notebook and draws every figure
#            SOURCE=path: on your own articles, CODEBOOK=path: by your own codebook; everything goes to own/
# make test  checks everything, as .ci/run does
# make lab   opens JupyterLab on the notebooks (SOURCE=path, CODEBOOK=path: on copies of them that read what is yours)
# make bench measures it against other tools (CORPUS='folder/*.jsonl.xz': on real articles)
# make lock  writes requirements.txt anew from pyproject.toml

PYTHON ?= python3
BIN = .venv/bin
export PYTHONPATH := $(CURDIR)

run: .venv/made
	$(BIN)/python -m helpers.run

test: .venv/made
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	rm -rf .fresh
	FRESH=$(CURDIR)/.fresh $(BIN)/python -m pytest --nbval --nbval-current-env -n 2 --dist loadfile -q notebooks
	FRESH=$(CURDIR)/.fresh $(BIN)/python -m pytest -n 2 -q

lab: .venv/made
	$(BIN)/python -m helpers.run lab

bench: .venv/made .venv-bench/made
	$(BIN)/python bench/run.py '$(CORPUS)'

lock: .venv/made
	echo '# Every package, pinned for all systems and Pythons at once. Written by `make lock` from pyproject.toml, where the reasons stand.' > requirements.new
	echo '-e .' | $(BIN)/uv pip compile --universal --python-version 3.11 --upgrade --no-header --no-annotate --quiet - >> requirements.new
	mv requirements.new requirements.txt

.venv/made: requirements.txt pyproject.toml
	$(PYTHON) -m venv --clear .venv
	PYTHONPATH= $(BIN)/pip install --quiet --disable-pip-version-check "$$(grep '^uv==' requirements.txt)"
	$(BIN)/uv pip install --quiet --system-certs --compile-bytecode --python $(BIN)/python -r requirements.txt
	touch .venv/made

.venv-bench/made: bench/requirements.txt
	$(PYTHON) -m venv --clear .venv-bench
	PYTHONPATH= .venv-bench/bin/pip install --quiet --disable-pip-version-check -r bench/requirements.txt
	touch .venv-bench/made

.PHONY: run test lab bench lock
