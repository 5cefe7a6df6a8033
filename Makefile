# Thin lines over `python -m glmkit` and pytest. Each target sets up .venv by itself; when nothing
# changed that costs nothing. PYTHON=python3.12 make test chooses another Python.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
VOICES ?= install

.PHONY: demo lab test lint bench voices clean

demo: $(READY)
	$(PY) -m glmkit demo

lab: $(READY)
	$(PY) -m glmkit lab

test: lint
	$(PY) -m pytest -n 2 --dist worksteal

lint: $(READY)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

bench: $(READY)
	$(PY) -m benchmarks

clean:
	rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache *.egg-info

$(READY): requirements.txt pyproject.toml setup.py
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $(READY)
