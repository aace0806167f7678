# What a person or a machine does with this checkout. `make help` lists it.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
# Workers of the suite, and the names that `make bench` runs (all when empty).
WORKERS ?= 2
NAME ?=
DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/postgres

VENV := .venv
LTS := .venv-lts
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

.PHONY: help demo demo-data test test-postgres test-lts check format messages bench screenshots clean

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

demo: $(VENV)/.demo ## Serve the whole academy at http://127.0.0.1:8000/ (PORT=8010 elsewhere)
	$(BIN)/python tools/demo.py --port $(PORT)

demo-data: $(VENV)/.demo ## Make the demo's database and stop before serving
	$(BIN)/python tools/demo.py --port $(PORT) --data-only

test: $(VENV)/.dev ## Run everything that must pass, on SQLite
	DATABASE_URL= $(PYTEST)

test-postgres: $(VENV)/.dev ## Run the suite on PostgreSQL (DATABASE_URL names it); what browsers see stands on SQLite
	DATABASE_URL=$(DATABASE_URL) $(PYTEST) -m "not browser"

test-lts: $(LTS)/.dev ## Run the suite without browser and crowds on the oldest supported Wagtail
	DATABASE_URL= $(LTS)/bin/python -m pytest -n $(WORKERS) --dist loadgroup -m "not browser and not slow"

check: $(VENV)/.dev ## Check style, imports, types, migrations, catalogues, templates, deployment
	$(BIN)/python tools/check.py

format: $(VENV)/.dev ## Format the code
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

messages: $(VENV)/.dev ## Collect the texts into the catalogues and compile them
	$(BIN)/python tools/catalogues.py --write

bench: $(VENV)/.dev ## Measure, and write bench/results.json (NAME=announcement runs one)
	$(BIN)/python -m bench $(NAME)

screenshots: $(VENV)/.dev ## Take pictures of the main pages at three widths into screenshots/
	$(BIN)/python tools/screenshots.py

clean: ## Remove environments, the demo's data and what tools wrote
	rm -rf $(VENV) $(LTS) var screenshots bench/results.json dist build .coverage htmlcov
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# A stamp is younger than pyproject.toml when the environment holds what it asks for.
$(VENV)/.made:
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.demo: $(VENV)/.made pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[demo]'
	touch $@

$(VENV)/.dev: $(VENV)/.made pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@ $(VENV)/.demo

$(LTS)/.dev: pyproject.toml
	test -d $(LTS) || $(PYTHON) -m venv $(LTS)
	$(LTS)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]' 'wagtail>=7.4,<7.5'
	touch $@
