# make demo · make test · make check · make bench · make bench-grading · make crash · make run · make setup   (Python >= 3.11 with venv, make and git)
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: setup demo run test check bench bench-grading crash screenshots clean

setup: $(VENV)/run.stamp

$(VENV)/run.stamp: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Kaoguan needs Python 3.11 or newer; this is $$($(PYTHON) -V). Name another: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

demo: $(VENV)/run.stamp
	@$(BIN)/kaoguan demo $(ARGS)

run: $(VENV)/run.stamp
	@$(BIN)/kaoguan run

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal $(ARGS)

check: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/kaoguan check content

bench: $(VENV)/dev.stamp
	$(BIN)/python -m bench $(ARGS)

bench-grading: $(VENV)/dev.stamp
	$(BIN)/python -m bench.grading $(ARGS)

crash: $(VENV)/dev.stamp
	$(BIN)/python -m tests.e2e.crash --kills $(or $(KILLS),500) $(if $(SEED),--seed $(SEED)) $(ARGS)

screenshots: $(VENV)/dev.stamp
	$(BIN)/python scripts/screenshots.py

clean:
	rm -rf $(VENV)
