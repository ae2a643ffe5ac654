# `make help` lists what there is. Needs make, bash and Python 3.11 or newer; everything else is installed into .venv.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The first of these that runs and is new enough; the lock files were made with 3.11, so that comes first.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
PORT ?= 8501
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input -qq
ONRECORD := $(VENV)/bin/onrecord

HAVE_VENV := $(shell $(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo yes)
# Where the locked set is known to install; elsewhere the ranges of pyproject.toml are resolved.
LOCKED = $(shell $(PY) -c 'import sys; print(int(sys.platform == "linux" and sys.implementation.name == "cpython" \
	and sys.version_info[:2] in {(3, 11), (3, 12), (3, 13)}))')

PIN := $(PY) -m piptools compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host
COMPILE := $(PIN) --build-deps-for editable --extra reasoning

# What the editor of the Query page is bundled of.
EDITOR := $(wildcard hatch_build.py requirements/node.txt $(addprefix app/components/editor/,*.json *.mjs .npmrc src/*.js))

.PHONY: help install dev run test check lint types floors record pytest docs bench fmt lock build editor survival virtuoso audit clean FORCE

# $(call page,MODULE,PAGE): what a module prints becomes a page, whole or not at all.
page = $(PY) -m $(1) > $(2).new && mv $(2).new $(2) || { rm -f $(2).new; exit 1; }

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(VENV)/.installed $(VENV)/.editor  ## set up .venv; .venv/bin/onrecord works afterwards

run: install  ## build the snapshot from data/ and open the app on PORT (8501)
	@$(ONRECORD) build || { status=$$?; test $$status -eq 1 || exit $$status; \
		echo 'make run: the record has findings (above); the app shows them beside the last good snapshot' >&2; }
	@exec $(ONRECORD) app --port $(PORT)

test: dev  ## install what tests need, a browser too, and run the whole gate
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory pytest

check: lint types floors record  ## lint, types, floors and the record's own checks, without the tests

# Files in the order of their folders: the browser's long ones come early, so that neither process waits for the other.
pytest: dev  ## the tests with coverage (ARGS="tests/unit -x" for some of them)
	@chromium="$$(bash .ci/browser)"; \
	ONRECORD_CHROMIUM="$$chromium" $(PY) -m pytest $(if $(ARGS),$(ARGS),-n 2 --dist loadfile --no-loadscope-reorder --cov --cov-report=term)

docs: dev  ## write the generated pages of docs/ anew
	@$(call page,onrecord.cli.reference,docs/command-line.md)
	@$(call page,onrecord.cli.codes,docs/findings.md)
	@$(call page,onrecord.checking.reference,docs/ontology.md)
	@$(call page,onrecord.query.reference,docs/questions.md)
	@$(PY) -m onrecord.exporters.reference docs/exports.md
	@$(PY) -m onrecord.model.schema docs/schemas

bench: dev  ## measure building, asking and searching, against peers in the same run
	@$(PY) -m benchmarks

fmt: dev  ## rewrite code and data files in their canonical form
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .
	@$(ONRECORD) fmt

build: dev  ## sdist and wheel in dist/
	@rm -rf dist
	@ONRECORD_EDITOR=require $(PY) -m build --no-isolation

editor: $(VENV)/.editor  ## bundle the editor of the Query page, or say what keeps it back
	@$(PY) hatch_build.py --require

lock: $(VENV)/.made  ## make the lock files anew from the ranges in pyproject.toml, at today's versions
	@$(PY) -m piptools --help >/dev/null 2>&1 || $(PIP) install pip-tools
	@rm -f requirements/*.txt.new
	@ONRECORD_EDITOR=skip PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= PIP_EXTRA_INDEX_URL= $(COMPILE) --upgrade \
		--output-file requirements/run.txt.new pyproject.toml
	@ONRECORD_EDITOR=skip PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= PIP_EXTRA_INDEX_URL= $(COMPILE) --upgrade --extra dev \
		--constraint requirements/run.txt.new --output-file requirements/dev.txt.new pyproject.toml
	@PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= PIP_EXTRA_INDEX_URL= $(PIN) --upgrade \
		--output-file requirements/node.txt.new requirements/node.in
	@for name in run dev node; do \
		{ cat requirements/header.txt; sed '/^ *# *-c requirements/d; /^# The following packages/d' requirements/$$name.txt.new; } > requirements/$$name.txt; \
		rm requirements/$$name.txt.new; \
	done

survival: dev  ## kill a hundred builds at random moments (about two minutes)
	@SURVIVAL_BUILDS=100 $(PY) -m pytest -q -s --timeout 3600 tests/faults/test_survival.py -k random_moments

virtuoso: dev  ## publish to Debian's Virtuoso and compare its answers (installs it; about two minutes)
	@bash .ci/virtuoso >/dev/null
	@$(PY) -m pytest -q -m virtuoso tests/remote/test_virtuoso.py

audit: $(VENV)/.made  ## ask a vulnerability database about the locked versions; fails where it can't be asked
	@test -x $(VENV)/audit/bin/pip-audit || { $(PY) -m venv $(VENV)/audit && \
		$(VENV)/audit/bin/python -m pip --disable-pip-version-check --no-input -qq install pip-audit; }
	@$(PY) .ci/audit $(VENV)/audit/bin/pip-audit requirements/run.txt requirements/dev.txt requirements/node.txt

clean:  ## remove .venv, the snapshot, caches and built packages
	@rm -rf $(VENV) .onrecord app/components/built dist build htmlcov .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache \
		.import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- parts -----------------------------------------------------------------------------------------------------------

lint: dev
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

types: dev
	@$(PY) -m mypy

floors: dev
	@$(VENV)/bin/lint-imports

record: dev
	@$(ONRECORD) fmt --check
	@$(ONRECORD) check --reason

dev: $(VENV)/.dev

$(VENV)/.made: $(if $(HAVE_VENV),,FORCE)
	@test -n '$(or $(HAVE_VENV),$(PYTHON))' || { \
		echo 'onrecord needs Python 3.11 or newer, and none of python3.11, python3.12, python3.13, python3 is one.' >&2; \
		echo 'Install it, or say where it is: make install PYTHON=/path/to/python3' >&2; exit 2; }
	@test -n '$(HAVE_VENV)' || { \
		'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
			echo '$(PYTHON) is not Python 3.11 or newer: make install PYTHON=/path/to/python3' >&2; exit 2; }; \
		echo "Making $(VENV) with $$('$(PYTHON)' --version)" >&2; \
		'$(PYTHON)' -m venv $(VENV); }
	@touch $@

$(VENV)/.installed: $(VENV)/.made requirements/run.txt pyproject.toml
	@if test '$(LOCKED)' = 1; then \
		echo 'Installing the locked packages of requirements/run.txt (a minute or so)' >&2; \
		$(PIP) install --require-hashes -r requirements/run.txt; \
		ONRECORD_EDITOR=skip $(PIP) install --no-deps --no-build-isolation -e .; \
	else \
		echo 'The lock files are for CPython 3.11 to 3.13 on Linux: resolving the ranges of pyproject.toml here' >&2; \
		ONRECORD_EDITOR=skip $(PIP) install -e '.[reasoning]' hatchling; \
	fi
	@touch $@

# Node comes as a package where the machine has none. Without it, or without the editor's packages, one line says what
# the Query page has instead, and the installation is whole: it is not tried again until `make editor`.
$(VENV)/.editor: $(VENV)/.installed $(EDITOR)
	@missing="$$($(PY) hatch_build.py --needs-node)"; test -z "$$missing" || { \
		echo "Installing $$missing to bundle the editor of the Query page (half a minute or so)" >&2; \
		$(PIP) install $(if $(filter 1,$(LOCKED)),--require-hashes -r requirements/node.txt,-r requirements/node.in) || true; }
	@$(PY) hatch_build.py
	@touch $@

$(VENV)/.dev: $(VENV)/.installed $(VENV)/.editor requirements/dev.txt
	@if test '$(LOCKED)' = 1; then \
		echo 'Installing the locked packages of requirements/dev.txt (a minute or so)' >&2; \
		$(PIP) install --require-hashes -r requirements/dev.txt; \
	else \
		ONRECORD_EDITOR=skip $(PIP) install -e '.[reasoning,dev]'; \
	fi
	@touch $@
