# One command each: install, demo, test, check, bench. Every target does all of its own set-up.
PYTHON ?= python3
PORT ?= 8000
export PORT
# What Python compiled is kept, whatever the machine says: without it every start compiles all that it loads.
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin

.PHONY: install demo day quarter test test-long test-kill kills-platforms check bench lock screens clean

install: .venv/.installed

.venv/bin/python:
	@$(PYTHON) -m venv .venv || { echo "python3 has no venv module here; on Debian: apt install python3-venv"; rm -rf .venv; exit 1; }

.venv/.installed: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -c "import pathlib, sysconfig; pathlib.Path(sysconfig.get_path('purelib'), 'rapport.pth').write_text(str(pathlib.Path.cwd()))"
	@printf '#!/bin/sh\nexec "%s/.venv/bin/python" -m bot "$$@"\n' "$$PWD" > $(BIN)/rapport && chmod +x $(BIN)/rapport
	@touch $@

.venv/.tested: requirements-dev.lock .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

demo: install
	@exec $(BIN)/python -m bot demo

# Four at a time, even on two cores: the longest tests mostly wait. Whoever is done takes over what others have queued.
# The browser has a run of its own: its driver keeps an event loop that other tests would stumble over.
test: .venv/.tested
	$(BIN)/python -m pytest -n 4 --dist worksteal -m "not slow" --ignore=tests/browser
	$(BIN)/python -m pytest -n 2 -m "not slow" tests/browser

test-long: .venv/.tested
	$(BIN)/python -m pytest -n 2 -m "slow"

test-kill: .venv/.tested
	KILLS=1000 $(BIN)/python -m pytest -k kill -m "slow or not slow" --ignore=tests/house

# The whole bot between an emulated Slack and Telegram that fail on purpose; `KILLS=20` asks for fewer.
kills-platforms: .venv/.tested
	KILLS=$${KILLS:-300} $(BIN)/python -m pytest -s -n 0 tests/house/test_kill.py -m "slow or not slow"

# A company's day from nothing: founded, worked, killed, gone on, accounted for; the account is JSON.
day: .venv/.tested
	@$(BIN)/python -m tests.house.day

# A quarter of a company on a stopped clock, with processes that die, and an independent recount; the account is JSON.
quarter: .venv/.tested
	@$(BIN)/python -m tests.quarter

check: .venv/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m prompts

bench: .venv/.tested
	$(BIN)/python -m tests.bench

lock: .venv/.tested
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

screens: .venv/.tested
	$(BIN)/python -m tests.screens

clean:
	rm -rf .venv build
