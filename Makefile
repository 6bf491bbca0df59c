PYTHON ?= python3
CLAIMS_VENV ?= .venv
export CLAIMS_VENV
BIN := $(CLAIMS_VENV)/bin
ROOMS := trackers agents library
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help ready demo test check format bench build dev clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

ready: ## Prepare the virtual environment, unless it is
	@command -v $(PYTHON) >/dev/null || { echo "There is no '$(PYTHON)' here. Cure: install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) scripts/bootstrap.py

demo: ready ## Run the whole loop once, with physics, and write its report (a few minutes)
	$(BIN)/claims-env run quick $(ARGS)

test: ready ## Run the tests; ARGS="-k judge" picks some
	$(BIN)/pytest $(ARGS)

check: ready ## Lint, formatting and two type checkers
	@command -v node >/dev/null || { echo "pyright runs on node, which is not here: installing its wheel"; $(BIN)/pip install --quiet "pyright[nodejs]"; }
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python

format: ready ## Put the formatting and the imports right
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: ready ## Measure import time, the composer, MDM, the tracker and the worlds on this machine
	$(BIN)/python scripts/bench_import.py
	$(BIN)/python scripts/bench_composer.py
	$(BIN)/python scripts/bench_mdm.py
	$(BIN)/python scripts/bench_tracker.py
	$(BIN)/python scripts/bench_surrogate.py

build: ready ## Build sdist and wheel, then try the wheel in an environment of its own
	rm -rf build dist
	$(BIN)/pyproject-build
	$(BIN)/python scripts/try_wheel.py dist

dev: ready ## Prepare for working on the code: also recreates the links type checkers follow
	mkdir -p typings/claims_env
	for room in $(ROOMS); do ln -sfn ../../$$room typings/claims_env/$$room; done

clean: ## Remove what was built or cached; runs and the virtual environment stay
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .coverage MUJOCO_LOG.TXT
	find . -name __pycache__ -not -path './.*' -prune -exec rm -rf {} +
