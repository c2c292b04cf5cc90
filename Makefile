# What can be done here:
#   make run          the ready demonstration at http://127.0.0.1:8000 (PORT= changes the port)
#   make test         every test, on SQLite and on PostgreSQL with Redis; ARGS= goes to pytest
#   make check        format, lint, imports, types, migrations, map, front end
#   make prove        load, kills and full-size data; writes a dated table into site/measurements/
#   make screenshots  the pictures of README.md
#   make lock         resolve the pins and hashes of requirements*.lock anew
#
# Every step leaves a file that says it is done, inside the folder it filled; nothing is done twice.

.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: run test check prove screenshots lock install build

SHELL = /bin/sh
PORT ?= 8000
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14 /usr/bin/python3; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
DATA := $(or $(LIVINGLAB_DATA),var)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet install
FRONT_SOURCES := $(shell find frontend -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -not -path '*/.*' 2>/dev/null)
STATIC_SOURCES := $(shell find site/livinglab/static cms/static civic/static -type f 2>/dev/null)

export PATH := $(CURDIR)/.venv/bin:$(PATH)
# Node brings its own list of certificate authorities; those this machine trusts (an office's proxy) count too.
NODE_EXTRA_CA_CERTS ?= $(wildcard /etc/ssl/certs/ca-certificates.crt)
export NODE_EXTRA_CA_CERTS

run: $(DATA)/static/staticfiles.json
	@livinglab demo
	@exec livinglab serve --port $(PORT)

test: .venv/.installed-dev frontend/dist/manifest.json
	@python tests/run.py $(ARGS)

check: .venv/.installed-dev frontend/dist/manifest.json
	@echo "== format ==" && ruff format --check .
	@echo "== lint ==" && ruff check .
	@echo "== imports ==" && said=$$(lint-imports --no-cache) || { echo "$$said"; exit 1; }; echo "$$said" | grep -E "KEPT|kept"
	@echo "== types ==" && mypy
	@echo "== migrations ==" && DJANGO_SETTINGS_MODULE=livinglab.settings.test livinglab makemigrations --check --dry-run
	@echo "== map ==" && livinglab explain --map --check
	@echo "== front end ==" && cd frontend && npm run --silent check

prove: .venv/.installed-dev frontend/dist/manifest.json
	@python tests/prove/run.py $(ARGS)

screenshots: .venv/.installed-dev frontend/dist/manifest.json
	@python tests/screenshots.py $(ARGS)

lock: .venv/.installed-dev
	@command -v uv >/dev/null || $(PIP) uv
	uv lock --quiet
	uv export --quiet --no-emit-project --no-default-groups --group build -o requirements.lock
	uv export --quiet --no-emit-project -o requirements-dev.lock
	uv export --quiet --no-emit-project --only-group node -o requirements-node.lock

install: .venv/.installed
build: frontend/dist/manifest.json

# --- Python ---------------------------------------------------------------------------------

.venv/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: Debian installs it with apt install python3 python3-venv."; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip' 2>/dev/null || { test "$$(id -u)" = 0 && apt-get install -y -q python3-venv; } \
		|| { echo "Python's venv module is needed: Debian installs it with apt install python3-venv."; exit 1; }
	@echo "making .venv with $(PYTHON)"
	@"$(PYTHON)" -m venv .venv
	@touch $@

.venv/.installed: requirements.lock pyproject.toml | .venv/.made
	@echo "installing Python packages"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.installed-dev: requirements-dev.lock .venv/.installed
	@echo "installing Python packages for tests"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

# --- front end ------------------------------------------------------------------------------

# Vite needs Node 20.19 or later; where the system has none, the one that PyPI ships goes into .venv.
.venv/.node: requirements-node.lock | .venv/.installed
	@node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null \
		&& npm --version >/dev/null 2>&1 \
		|| { echo "installing Node from PyPI"; $(PIP) --require-hashes -r requirements-node.lock; }
	@touch $@

frontend/node_modules/.installed: frontend/package-lock.json frontend/package.json | .venv/.node
	@echo "installing front-end packages"
	@cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

frontend/dist/manifest.json: $(FRONT_SOURCES) frontend/node_modules/.installed
	@echo "building the front end"
	@cd frontend && npm run --silent build
	@touch $@

$(DATA)/static/staticfiles.json: frontend/dist/manifest.json .venv/.installed $(STATIC_SOURCES)
	@echo "collecting static files"
	@livinglab collectstatic --noinput --clear --verbosity=0
	@touch $@
