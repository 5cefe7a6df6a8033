# Thin lines over `python -m glmkit` and pytest. Each target sets up .venv and the emulator's speech
# models by itself; when nothing changed that costs under 3 s. PYTHON=python3.12 chooses another
# Python; VOICES=none goes without the speech models (about 200 MB to fetch, once).
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
VOICES ?= install

.PHONY: demo lab test lint bench pictures voices clean

demo: voices
	$(PY) -m glmkit demo

lab: voices
	$(PY) -m glmkit lab

test: lint voices
	$(PY) -m pytest -n 2 --dist worksteal

lint: $(READY)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

bench: $(READY)
	$(PY) -m benchmarks.client

pictures: voices
	$(PY) docs/pictures.py

voices: $(READY)
ifneq ($(VOICES),none)
	$(PY) -m glmkit voices install --optional
endif

clean:
	rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache *.egg-info

$(READY): requirements.txt pyproject.toml setup.py
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $(READY)
