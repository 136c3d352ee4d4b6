# The manual of the project: every command that it is worked with.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check gold bench docs clean

# Where nobody watches (no terminal, or CI) the page is started, asked once and stopped. Else it runs in
# a process group of its own (bash -m), so that Ctrl-C stops the page and is no error of make.
demo: $(VENV)/demo  ## code the articles of examples/, print the events, open them as a page
	$(BIN)/kawat code examples
	@rm -rf build/demo && mkdir -p build/demo
	$(BIN)/kawat add examples --store build/demo/kawat.db
	@if [ -t 0 ] && [ -z "$$CI" ]; then bash -mc '$(BIN)/kawat serve --store build/demo/kawat.db; exit $$?'; \
	else $(BIN)/kawat serve --store build/demo/kawat.db --once; fi

test: check  ## every test and check
	$(BIN)/pytest -n 2

check: $(VENV)/dev  ## style, types, room borders
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

gold: $(VENV)/dev  ## figures on the gold, dev and held-out
	$(BIN)/python -m tests.gate

bench: $(VENV)/dev  ## speed on one core, end to end; writes benchmarks/results/speed-id.json
	$(BIN)/python benchmarks/speed.py

docs: $(VENV)/dev  ## the documentation as a site that works offline: site/index.html
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[docs]'
	$(BIN)/mkdocs build --strict --quiet

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/demo: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[analysis,web]'
	touch $@

$(VENV)/dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@ $(VENV)/demo

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
