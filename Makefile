# Two commands for people: `make demo` shows everything, `make test` proves it. Both set up all they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TEXTS := $(patsubst %.po,%.mo,$(wildcard resources/locale/*/LC_MESSAGES/*.po))

.PHONY: demo test soak check bench pictures guide wheel package package-test texts clean

demo: $(READY) $(TEXTS)
	$(BIN)/fieldapp --data-dir build/demo demo

test: $(READY) $(TEXTS)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist worksteal

# The long random runs that `make test` leaves out: an hour on two cores.
soak: $(READY) $(TEXTS)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist worksteal -m soak

check: $(READY)
	$(BIN)/ruff check fieldapp tests packaging
	$(BIN)/ruff format --check fieldapp tests packaging
	$(BIN)/mypy

bench: $(READY)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.bench

# Every screen and dialog of the laptop in every look, into build/pictures; about eight minutes on two cores. ONLY="today visit-" takes the
# scenes whose names begin so, LOOK="dark 125" the looks whose names hold all of these.
pictures: $(READY) $(TEXTS)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.pictures --only $(ONLY) --look $(LOOK)

# The pictures in the pages of the help; after a change of a screen that they show.
guide: $(READY) $(TEXTS)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.pictures.guide

wheel: $(READY)
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .

# The wheel, the bundle with all it needs, and the installers that this system can build; all in dist/.
package:
	$(PYTHON) packaging/check_python.py
	$(PYTHON) packaging/package.py

# As root: installs what `make package` made in a Debian root of its own and walks the whole story with it.
package-test:
	sh packaging/test_package.sh

texts: $(READY)
	$(BIN)/python packaging/extract_texts.py

# After a git pull the words are newer than those that were compiled at the install.
%.mo: %.po | $(READY)
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

$(READY): pyproject.toml packaging/constraints.txt packaging/system_setup.sh
	PYTHON=$(PYTHON) sh packaging/system_setup.sh
	$(PYTHON) packaging/check_python.py
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c packaging/constraints.txt -e '.[dev]'
	touch $@

clean:
	rm -rf build dist demo-output
