# Everything a person or a machine does with this repository. Needs Python 3.11 or newer and make, nothing else;
# uv makes the environment faster when it is there.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DESIGN ?= sample_designs/url_shortener.toml
UV     := $(shell command -v uv 2>/dev/null)

.PHONY: run test check lint types contracts docs wheel format clean help

help: ## what there is to make
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.runs ## open the studio on a sample; DESIGN=path opens another design
	@$(BIN)/tenfold "$(DESIGN)"

test: $(VENV)/.tests ## run all tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadgroup

check: $(VENV)/.tests ## everything a change must pass: format, lint, types, contracts, tests (docs and wheel among them)
	@$(MAKE) --no-print-directory -j2 lint types contracts test

lint: $(VENV)/.tests ## format and lint, changing nothing
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: $(VENV)/.tests ## strict types
	$(BIN)/mypy

contracts: $(VENV)/.tests ## who may import whom
	$(BIN)/lint-imports

format: $(VENV)/.tests ## format the code
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

docs: $(VENV)/.tests ## write docs/generated anew
	$(BIN)/python docs/generate.py

wheel: $(VENV)/.tests ## build the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

clean: ## remove what was made here
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# The studio needs less than its tests: two stamps, so that a first look does not wait for the tools.
$(VENV)/.runs: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "tenfold needs Python 3.11 or newer; name one with make PYTHON=…")'
ifdef UV
	@test -x $(BIN)/python || $(UV) venv --quiet --seed --python $(PYTHON) $(VENV)
	$(UV) pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable .
else
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
endif
	@$(BIN)/python -m compileall -q studio
	@touch $@

$(VENV)/.tests: $(VENV)/.runs
ifdef UV
	$(UV) pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable '.[dev]'
else
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
endif
	@touch $@
