# `make run` and `make test` are all that is needed to begin. Paths stay relative: the checkout may lie in a folder
# whose name has spaces.

VENV_PYTHON := .venv/bin/python
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$python"; break; }; done)

.PHONY: help install install-dev run link test lint bench lock

help:
	@echo "make run      start CBM Advisor on this machine and print a link to open"
	@echo "make link     print another sign-in link, while make run is under way"
	@echo "make test     install everything the tests need and run them all"
	@echo "make install  install what the application needs, nothing else"
	@echo "make lint     check the code: style, types, import arrows, templates, migrations"
	@echo "make bench    measure time and memory against the goals"
	@echo "make lock     renew requirements/*.txt and package-lock.json"

install: find-python
	@"$(PYTHON)" requirements/install.py

install-dev: find-python
	@"$(PYTHON)" requirements/install.py dev

.PHONY: find-python
find-python:
	@[ -n "$(PYTHON)" ] || { echo "make: CBM Advisor needs Python 3.11 or newer, and none is on the PATH." \
		"On Debian and Ubuntu: apt install python3 python3-venv. Elsewhere: set PYTHON to one." >&2; exit 1; }

run: install
	@exec $(VENV_PYTHON) -m cbm_advisor.services.run

link:
	@[ -f "$${CBM_VAR:-var}/env" ] || { echo "make: nothing is running here; start it with make run." >&2; exit 1; }
	@set -a && . "$${CBM_VAR:-./var}/env" && exec $(VENV_PYTHON) manage.py sign_in_link

test: install-dev lint
	@$(VENV_PYTHON) -m tests.chromium
	@$(VENV_PYTHON) -m tests.libreoffice
	@$(VENV_PYTHON) -m pytest -n 2

lint: install-dev
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m ruff format --check .
	@$(VENV_PYTHON) -m mypy .
	@$(VENV_PYTHON) .venv/bin/lint-imports
	@$(VENV_PYTHON) -m djlint --lint templates
	@$(VENV_PYTHON) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run --skip-checks

bench: install-dev
	@$(VENV_PYTHON) -m bench

UV_COMPILE = $(VENV_PYTHON) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header
lock: install-dev
	@for part in base dev node; do \
		$(UV_COMPILE) --output-file requirements/$$part.txt requirements/$$part.in || exit 1; done
	@$(UV_COMPILE) --no-deps --output-file requirements/redis.txt requirements/redis.in
	@npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund
