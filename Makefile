# On a fresh machine with python3, make and git: `make demo` or `make test`. Everything Python lives in .venv.

PYTHON ?= python3
BIN := .venv/bin
SITE := examples/overvecht
OUT := build
PACK := $(OUT)/overvecht
CATALOGUE := kbrollout/locale/nl/LC_MESSAGES/messages

# The editable install is made without build isolation: what it builds with is in the lock file, with hashes.
PIP_LOCKED = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement
PIP_EDITABLE = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
# Each worker begins with half of the tests in a row, so that what tests of one module share is made in one of them.
PYTEST = $(BIN)/python -m pytest -n 2 --dist worksteal
LOCK = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-config --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" --quiet

export PYTHON

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Two installs at once would get in each other's way; pytest has its own workers.
.NOTPARALLEL:
.PHONY: help demo test test-all lint format lock schema herkomst screenshots locale build clean _python _system-venv _system-demo _system-test

help: ## list what can be made
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name what; do \
		printf '  make %-12s %s\n' "$$name" "$$what"; done

demo: _system-demo .venv/installed-all ## install everything and build the example of Overvecht into build/
	$(BIN)/kbrollout build $(SITE) --out $(OUT)
	@echo
	@echo 'Klaar. Open in een browser:'
	@echo '  $(CURDIR)/$(PACK)/index.html'
	@echo 'De pdf:'
	@find '$(CURDIR)/$(PACK)' -name '*.pdf' | sort | sed 's/^/  /'

test: _system-test lint ## install what tests need; lint, type check and test
	$(PYTEST) -m 'not slow'

test-all: _system-test lint ## the same, with the slow tests too, and properties tried more often
	THOROUGH=1 $(PYTEST)

lint: .venv/installed-dev ## check style, format and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: .venv/installed-dev ## put code in the agreed format, mend what can be mended
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# dev is made within the limits of all, so that tests run with the versions that users get. To move to newer
# versions: make lock UPGRADE=--upgrade
lock: .venv/installed-dev ## write requirements/*.txt anew from pyproject.toml
	$(LOCK) $(UPGRADE) --extra all --group build --output-file requirements/all.txt
	$(LOCK) $(UPGRADE) --extra all --group dev --constraint requirements/all.txt --output-file requirements/dev.txt

schema: .venv/installed-all ## write the JSON Schemas that editors use
	for site in examples/*/; do $(BIN)/kbrollout schema --out $${site}schema || exit; done
	$(BIN)/kbrollout schema manifest > docs/manifest.schema.json

herkomst: .venv/installed-all ## write the table of where everything from the sources has its place
	$(BIN)/python -m scripts.herkomst

screenshots: _system-test .venv/installed-dev ## make the pictures of the manual from the demonstration
	$(BIN)/python -m scripts.screenshots

locale: .venv/installed-dev ## compile the Dutch messages
	$(BIN)/pybabel compile --input-file $(CATALOGUE).po --output-file $(CATALOGUE).mo

build: .venv/installed-dev ## make the sdist and the wheel in dist/
	$(BIN)/python -m hatchling build --directory dist

clean: ## remove all that was made here, .venv and build/ too
	rm -rf .venv $(OUT) dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# -- installing: once, and again when a lock file or pyproject.toml changed -----------------------------------------

_python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'kbrollout heeft Python 3.11 of nieuwer nodig; $(PYTHON) is:' "$$($(PYTHON) --version 2>&1 | head -n 1)." \
			'Geef een andere op, bijvoorbeeld: make $(or $(MAKECMDGOALS),demo) PYTHON=python3.12' >&2; exit 1; }

_system-venv: _python
	@scripts/system-packages venv

# All needs in one go: who has to ask for packages asks once.
_system-demo: _python
	@scripts/system-packages venv pango

_system-test: _python
	@scripts/system-packages venv pango chromium poppler

$(BIN)/python: | _system-venv
	$(PYTHON) -m venv .venv

.venv/installed-all: requirements/all.txt pyproject.toml | $(BIN)/python
	$(PIP_LOCKED) requirements/all.txt
	$(PIP_EDITABLE)
	@touch $@

# dev.txt holds all of all.txt, so this one stands for both.
.venv/installed-dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	$(PIP_LOCKED) requirements/dev.txt
	$(PIP_EDITABLE)
	@touch $@ .venv/installed-all
