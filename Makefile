# Everything one needs to try, test and change mentorbot: python3 (3.11 or newer) and make.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test dialogues histories torture bench check texts lock clean

PYTHON ?= python3
ARGS ?=
PLATFORMS ?= slack discord postgres
VENV := .venv
ROOMS := $(addprefix tests/,accounts asks badges community deliveries dialogues events exports feedback forms goals members \
	mydata nudges pairings reports responding sessions settings setup upkeep)
BIN := $(VENV)/bin
UV := .venv-lock/bin/uv
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(os.cpu_count() + 1)')  # a test often waits for something
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

setup: $(VENV)/.ready ## Install what mentorbot needs into .venv (done by the others as well)

run: $(VENV)/.ready ## Start mentorbot; without any token it opens the playground
	@$(BIN)/mentorbot run $(ARGS)

test: $(VENV)/.ready ## Run the tests; ARGS="-k nudges" picks some
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

dialogues: $(VENV)/.ready ## Run what people say and read, on Slack, Discord and PostgreSQL; PLATFORMS=slack is one
	@for platform in $(filter-out postgres,$(PLATFORMS)); do \
		$(BIN)/python -m pytest -n auto --dist loadfile --platform $$platform -k "not postgres" $(ROOMS) $(ARGS) || exit 1; \
	done
	@$(if $(filter postgres,$(PLATFORMS)),$(BIN)/python -m pytest -n auto --dist loadfile --every-database -k postgres $(ROOMS) $(ARGS))

histories: $(VENV)/.ready ## Live through 200 random histories of sessions and of badges, new ones each time; ARGS="--histories 1000"
	@$(BIN)/python -m pytest -n auto --dist loadfile tests/histories tests/badges/test_history.py --histories 200 $(ARGS)

torture: $(VENV)/.ready ## Kill, stop and starve the bot for ten minutes; ARGS="--kills 50" does a part
	@$(BIN)/python -m tests.torture $(ARGS)
	@$(if $(ARGS),,$(BIN)/python -m pytest -n0 --often tests/reports/test_twins.py tests/reports/test_killed.py tests/adapters/discord/test_discord_busy_hour.py)

bench: $(VENV)/.ready ## Measure the bot, in ten minutes; ARGS="ring claims" measures two rows
	@$(BIN)/python -m bench $(ARGS)

check: $(VENV)/.ready ## Check style, types and the direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

texts: $(VENV)/.ready ## Bring bot/languages/*.po up to date with the texts in the code
	@$(BIN)/python -m tests.languages.texts

lock: $(UV) ## Write requirements.lock anew; ARGS=--upgrade takes newer versions
	@$(UV) pip compile pyproject.toml --extra dev --output-file requirements.lock --quiet \
		--universal --python-version 3.11 --generate-hashes --no-config --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links $(ARGS)
	@echo "requirements.lock is up to date."

clean: ## Remove what setup, tests and checks left behind; data/ stays
	@rm -rf $(VENV) .venv-lock .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Two steps, so that a change to a tool's settings in pyproject.toml doesn't install everything again.
$(VENV)/.packages: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "mentorbot needs Python 3.11 or newer. Name one: make setup PYTHON=python3.12"; exit 1; }
	@echo "Installing what mentorbot needs into $(VENV): once, about half a minute ..."
	@$(PYTHON) -m venv --clear $(VENV) \
		|| { echo "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(PIP) install --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.ready: $(VENV)/.packages pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(UV):
	@$(PYTHON) -m venv --clear .venv-lock
	@.venv-lock/bin/python -m pip --disable-pip-version-check --quiet install uv
