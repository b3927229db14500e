# Two commands to begin with: `make run` starts the product with the demo, `make test` runs every test.
PYTHON ?= python3
BIN := .venv/bin
SPARK := .venv-spark
PEERS := .venv-peers
SHARED := $(or $(ZICHTLIJN_SHARED),../shared)
LABELLED := $(addprefix tests/analysis/documents/,labels heldout unseen final) examples/demo_programme/labels.yaml
PYTEST := $(BIN)/python -m pytest
# What needs no database, or asks for minutes what is the same on both.
NOT_ON_POSTGRES := $(addprefix --ignore=tests/,analysis browser examples project/test_matrix.py)
SIGNALS ?= 10000 1000000
INTAKE := $(or $(SCRATCH),var)/intake
export PYTHONDONTWRITEBYTECODE ?=

.PHONY: help run set-up set-up-tests test test-pure test-sqlite test-postgres test-browser test-spark test-crash lint format bench bench-chains bench-intake docs messages lock wheel clean

help:
	@echo "make run            start the product with the demo"
	@echo "make test           all tests, on SQLite and on PostgreSQL, browser tests included"
	@echo "make test-pure      only the calculators (no database); also test-sqlite, test-postgres, test-browser"
	@echo "make test-spark     the same figures from Apache Spark (needs Java 17; an environment of its own)"
	@echo "make test-crash     kill the server in the middle of intake, 50 times on each database"
	@echo "make lint           style, types, import contracts, migrations, translations, templates"
	@echo "make bench          quality and speed of the import"
	@echo "make bench-chains   event logs and chains against PM4Py, pandas, rustxes and lifelines, side by side (50 GB on disk; MILLIONS=\"5 50\" for less)"
	@echo "make bench-intake   the pages and the API of intake with a million signals on both databases (20 GB on disk; SIGNALS=\"10000\" for less)"
	@echo "make docs           the documentation as HTML in docs/_build"
	@echo "make messages       bring the translation catalogue in line with the code"
	@echo "make lock           renew the locks;  make wheel  build the package"

run: set-up
	@ZICHTLIJN_DEMO=1 $(BIN)/zichtlijn run

set-up:
	@$(PYTHON) tools/set_up.py

set-up-tests:
	@$(PYTHON) tools/set_up.py --tests

test: set-up-tests
	$(PYTEST) --engine=sqlite -n 2 --dist=loadgroup
	$(PYTEST) --engine=postgres -n 2 $(NOT_ON_POSTGRES)

test-pure: set-up
	$(PYTEST) tests/analysis tests/examples -n 2

test-sqlite: set-up
	$(PYTEST) --engine=sqlite -n 2 --ignore=tests/browser

test-postgres: set-up
	$(PYTEST) --engine=postgres -n 2 $(NOT_ON_POSTGRES)

test-browser: set-up-tests
	$(PYTEST) tests/browser

test-spark: $(SPARK)/.done
	$(SPARK)/bin/python -m pytest tests/spark

test-crash: set-up
	$(BIN)/python -m tests.crash.killing --engine sqlite --rounds 50
	$(BIN)/python -m tests.crash.killing --engine postgres --rounds 50

$(SPARK)/.done: requirements-spark.lock pyproject.toml
	@$(PYTHON) tools/set_up.py
	$(BIN)/uv venv -q --clear --python $(BIN)/python $(SPARK)
	VIRTUAL_ENV=$(SPARK) $(BIN)/uv pip sync -q --require-hashes requirements-spark.lock
	VIRTUAL_ENV=$(SPARK) $(BIN)/uv pip install -q --no-deps --no-build-isolation -e .
	touch $@

lint: set-up
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	ZICHTLIJN_DATA=$$(mktemp -d) $(BIN)/zichtlijn makemigrations --check --dry-run
	$(BIN)/python tools/catalogue.py check
	$(BIN)/python tools/check_templates.py

format: set-up
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: set-up
	$(BIN)/python benchmarks/programme_quality.py --shared $(SHARED) $(LABELLED)
	$(BIN)/python benchmarks/import_speed.py --shared $(SHARED)

# The peers have an environment of their own: PM4Py is AGPL and is never part of the product or of its tests.
bench-chains: set-up $(PEERS)/.done
	$(BIN)/python benchmarks/xes_speed.py --shared $(SHARED)
	$(BIN)/python benchmarks/equal_to_peers.py --shared $(SHARED)
	$(BIN)/python benchmarks/equality_error.py
	$(BIN)/python benchmarks/chain_speed.py
	$(BIN)/python benchmarks/chain_growth.py --scratch $(or $(SCRATCH),var) --events $(or $(MILLIONS),5 50 500)

# Installations that were filled before are used again. What is written is written to copies of them.
bench-intake: set-up
	@mkdir -p $(INTAKE)
	for engine in postgres sqlite; do for signals in $(SIGNALS); do $(BIN)/python benchmarks/intake_filling.py --scratch $(INTAKE) --engine $$engine --signals $$signals || exit 1; done; done
	for engine in postgres sqlite; do for signals in $(SIGNALS); do $(BIN)/python benchmarks/intake_writing.py --scratch $(INTAKE) --engine $$engine --installation $(INTAKE)/intake-$$engine-$$signals || exit 1; done; done
	$(BIN)/python benchmarks/intake_reading.py --scratch $(INTAKE) --signals $(SIGNALS)

$(PEERS)/.done: benchmarks/peers.lock
	@$(MAKE) --no-print-directory set-up
	$(BIN)/uv venv -q --clear --python $(BIN)/python $(PEERS)
	VIRTUAL_ENV=$(PEERS) $(BIN)/uv pip sync -q --require-hashes benchmarks/peers.lock
	@touch $@

docs: set-up
	$(BIN)/sphinx-build -q -W --keep-going -b html docs docs/_build/html

messages: set-up
	$(BIN)/python tools/catalogue.py update

lock: set-up
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --extra dev --extra docs --no-header pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --extra dev --extra spark --no-header pyproject.toml -o requirements-spark.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header tools/bootstrap.in -o tools/bootstrap.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header benchmarks/peers.in -o benchmarks/peers.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header tools/node.in -o tools/node.lock
	cd frontend && npm install --package-lock-only

wheel: set-up
	$(BIN)/python -m build --wheel --no-isolation

clean:
	rm -rf .venv .venv-spark .venv-peers var dist docs/_build frontend/node_modules src/zichtlijn/platform/design/static/design/dist
