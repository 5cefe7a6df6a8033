# Thin lines over `python -m glmkit` and pytest. Each target sets up .venv and the emulator's speech
# models by itself; when nothing changed that costs under 3 s. `demo` and `lab` install the kit, the
# others what developers need, too. PYTHON=python3.12 chooses another Python; VOICES=none goes
# without the speech models (about 200 MB to fetch, once).
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt
KIT := $(VENV)/.kit
READY := $(VENV)/.dev
HEARING := $(VENV)/.voices
OLDER := .venv-ipykernel6/.ready
SCRIPTS := node_modules/.ready
VOICES ?= install
WORKERS ?= 5
# What was compiled once is not compiled again by each worker, emulator and kernel, also where a
# machine's images set this.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo lab test-quick test test-all lint bench soak pictures site voices clean

demo: $(HEARING)
	$(PY) -m glmkit demo

lab: $(HEARING)
	$(PY) -m glmkit lab

# Three sizes. A test over a second is marked `slow`, over 20 s `long`; one that hears or speaks
# `voices`, one in a browser `browser`. Those with neither models nor browser share the processors.
# The others take sound in real time and mostly wait: two or three at a time, those of a file one by
# one. They don't share a process, since the browser's driver keeps an event loop of its own.
PYTEST := $(PY) -m pytest
ALONE := not voices and not browser

test-quick: lint
	$(PYTEST) -n $(WORKERS) --dist worksteal -m "$(ALONE) and not slow and not long"

test: lint $(HEARING) $(OLDER)
	$(PYTEST) -n $(WORKERS) --dist worksteal -m "$(ALONE) and not long"
	$(PYTEST) -n 2 --dist loadfile -m "voices and not long"
	$(PYTEST) -n 3 --dist loadfile -m "browser and not long"

test-all: lint $(HEARING) $(OLDER)
	$(PYTEST) -n $(WORKERS) --dist worksteal -m "$(ALONE)"
	$(PYTEST) -n 2 --dist loadfile -m voices
	$(PYTEST) -n 3 --dist loadfile -m browser

lint: $(READY) $(SCRIPTS)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	npm run --silent lint

bench: $(READY)
	$(PY) -m benchmarks.client

# A class for an hour; does it grow? MINUTES=5 is what test-all does beside the other tests.
MINUTES ?= 60
soak: $(READY)
	$(PY) -m benchmarks.soak --minutes $(MINUTES)

pictures: $(READY) $(HEARING)
	$(PY) docs/pictures.py

# The course executed, with plans, experiments, glossary and API: build/site, and a zip of it.
site: $(READY) $(HEARING)
	$(PY) -m docs.site

# Without a network this says so once and goes on; `make voices` tries again.
voices: $(KIT)
	$(PY) -m glmkit voices install --optional

$(HEARING): $(KIT)
ifneq ($(VOICES),none)
	$(PY) -m glmkit voices install --optional
	touch $(HEARING)
endif

# ipykernel 6 handles a widget's messages in another way, so the recorder is tried there, too.
$(OLDER): $(READY)
	$(PY) tests/browser/older_kernel.py
	touch $(OLDER)

$(SCRIPTS): package.json package-lock.json
	npm ci --loglevel=error
	touch $(SCRIPTS)

clean:
	rm -rf $(VENV) .venv-ipykernel6 node_modules out build dist .pytest_cache .mypy_cache .ruff_cache *.egg-info

$(KIT): requirements.txt constraints.txt pyproject.toml setup.py
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(INSTALL) -e .
	touch $(KIT)

# librosa's loops are compiled once for an environment, for half a minute: not while tests wait.
$(READY): $(KIT)
	$(INSTALL) -e '.[dev,site]'
	$(PY) -c "import glmkit as glm; glm.plots.profile(glm.Clip.tone(220, 1))"
	touch $(READY)
