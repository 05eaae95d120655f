# From a fresh clone: `make site`. Everything it makes stays in this folder.
# Needs Python 3.11 to 3.14 and make; `make PYTHON=python3.12 site` picks one. Without make: see README.md.

PYTHON ?= python3
PORT ?= 8000
# pytest's own options, for instance: make test ARGS="-k bernoulli -x"; ARGS="--seed 7" draws the sample of that seed
ARGS ?=

VENV := .venv
RUN := $(VENV)/bin/python
PEERS := .venv-peers

# Silences a banner that MkDocs Material prints on every build.
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# A Python set up for something else must not leak in.
unexport PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup site serve test check exact mutants measure test-peers benchmark bench-site lock clean distclean
.PHONY: release bench-code test-site test-whole test-rest rule-mutants adversary proofs FORCE
.DELETE_ON_ERROR:

help:  ## say what there is
	@echo "make TARGET, where TARGET is one of:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 14

# An environment whose Python is gone (upgraded, moved) is made anew.
ifneq ($(wildcard $(VENV)/.locked),)
ifneq ($(shell $(RUN) -c 'print(1)' 2>/dev/null),1)
$(VENV)/.locked: FORCE
endif
endif

# The locked dependencies and nothing else: made from empty whenever the lock changes.
$(VENV)/.locked: requirements.txt
	@"$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' || { \
	  echo "error: Python 3.11 to 3.14 is needed; '$(PYTHON)' is: $$("$(PYTHON)" --version 2>&1)." >&2; \
	  echo "       Name another one, for instance: make PYTHON=python3.12 site" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "error: '$(PYTHON)' cannot make virtual environments" >&2; \
	  echo "       (on Debian and Ubuntu: apt install python3-venv)." >&2; exit 1; }
	@echo "Installing the locked dependencies into $(VENV)/ (about a minute, once) ..."
	@test ! -L $(VENV) || { echo "error: $(VENV) is a link; what it leads to would be emptied." >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear $(VENV)
	@$(RUN) -m pip install --quiet --require-hashes -r requirements.txt
	@touch $@

# The project itself, editable: an edited derivation needs no new install.
$(VENV)/.installed: $(VENV)/.locked pyproject.toml
	@$(RUN) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

setup: $(VENV)/.installed  ## make .venv with the locked dependencies

# Built beside and then moved, so that a build that fails leaves the last good site alone.
site: setup  ## derive, check and build everything into site/ (SITE_URL=https://... REPO_URL=https://...)
	@echo "Deriving and checking every step, and building the pages (three minutes; less when little has changed) ..."
	@rm -rf .build
	@$(RUN) -m mkdocs build --strict --site-dir .build/site
	@rm -rf site && mv .build/site site && rmdir .build
	@echo "Done. Open site/index.html in a browser, or run: make serve"

serve: setup  ## show the site, and again at every change (PORT=8000)
	@$(RUN) -m mkdocs serve --dev-addr 127.0.0.1:$(PORT)

test: setup  ## run all tests but those of the built site, of slow ones a sample of cases (ARGS="-k bernoulli" for some)
	@$(RUN) -m pytest --pages without --numprocesses auto --dist worksteal $(ARGS)

test-site: setup  ## build the site and run the tests of its pages, some of them in a browser
	@$(RUN) -m pytest --pages only --numprocesses auto --dist worksteal $(ARGS)

test-whole: setup  ## run all tests for all their cases: every page in a browser, every figure
	@$(RUN) -m pytest --whole --numprocesses auto --dist worksteal $(ARGS)

test-rest: setup  ## run the cases that make test leaves out today, but for those of make measure, site and tex
	@$(RUN) -m pytest --rest --numprocesses auto --dist worksteal $(ARGS)

check: setup  ## check every step of every derivation at sampled points
	@$(RUN) -m derivations --check

exact: setup  ## decide every equality exactly, for small sizes
	@$(RUN) -m derivations --exact

# `make proofs ARGS=--try` tries what is not proved yet, with a minute for a step, and enters what goes through in
# derivations/proving/proved.txt; ARGS="--try softmax" a chapter, ARGS=--all everything, ARGS=--anew compiles all again.
# ARGS=--check-again has coqchk read what was compiled once more.
proofs: setup  ## prove in Coq what the ledger says is proved (needs Debian's coq, libcoq-coquelicot, libcoq-flocq)
	@$(RUN) -m derivations.proving $(ARGS)

tex: setup  ## compile all LaTeX that is printed or copied (needs Debian's texlive-latex-base)
	@$(RUN) -m pytest tests/reference/test_tex.py tests/reference/test_book.py --whole --numprocesses auto $(ARGS)

mutants: setup  ## plant every error of a fixed list, and print how many are found
	@$(RUN) tests/measure.py --mutants

rule-mutants: setup  ## plant errors in the rules' own code, and print which survive the tests of the rules
	@$(RUN) tests/rule_mutants.py

adversary: setup  ## ask for the gradients of 320 losses that nobody chose: each is verified, or refused
	@$(RUN) tests/any_loss/adversary.py

measure: setup  ## measure all that the verification page shows: exact decisions, planted errors, oracles
	@$(RUN) tests/measure.py $(ARGS)

# An environment of its own: these libraries are large. PyTorch is in no lock: the wheel for machines without a graphics
# card has another name, and so other hashes, in different indexes. Its version is fixed all the same.
$(PEERS)/.installed: requirements-peers.txt pyproject.toml
	@echo "Installing PyTorch, JAX, Keras and XGBoost into $(PEERS)/ (a few minutes, once) ..."
	@"$(PYTHON)" -m venv --clear $(PEERS)
	@$(PEERS)/bin/python -m pip install --quiet --require-hashes -r requirements-peers.txt
	@$(PEERS)/bin/python -m pip install --quiet torch==2.13.0 --upgrade-strategy only-if-needed
	@$(PEERS)/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

test-peers: $(PEERS)/.installed  ## compare the results with PyTorch, JAX, Keras and XGBoost
	@$(PEERS)/bin/python -m pytest tests/peers --numprocesses auto --dist worksteal $(ARGS)

bench-code: $(PEERS)/.installed  ## measure how exact and how fast printed code is, beside the libraries (3 minutes)
	@$(PEERS)/bin/python tests/bench_code/run.py

benchmark: setup  ## time deriving against importing SymPy
	@$(RUN) tests/benchmark.py

bench-site: site  ## time the longest chapter in a browser: as it is, without mathematics, with MathJax (from npm)
	@$(RUN) tests/bench_site.py

release: setup  ## make dist/ with a wheel, the site and the PDF of a committed version (VERSION=1.2.3; needs pdflatex)
	@$(RUN) .ci/release.py "$(VERSION)"

# The version of what writes the locks is fixed, so that the same lock comes out everywhere.
UV := uv==0.13.9

# No index and no address in the lock: it installs from whichever index is set up.
# `make lock ARGS=--upgrade` moves every dependency to its newest admissible version.
lock:  ## write requirements.txt anew from pyproject.toml
	@"$(PYTHON)" -m venv .build/lock
	@.build/lock/bin/python -m pip install --quiet $(UV)
	@.build/lock/bin/uv pip compile pyproject.toml --extra site --extra test --group build \
	  --universal --fork-strategy fewest --python-version 3.11 --generate-hashes --no-header \
	  --quiet $(ARGS) --output-file requirements.txt
	@.build/lock/bin/uv pip compile pyproject.toml --extra peers --group build \
	  --universal --fork-strategy fewest --python-version 3.11 --generate-hashes --no-header \
	  --quiet $(ARGS) --output-file requirements-peers.txt
	@rm -rf .build
	@echo "requirements.txt and requirements-peers.txt are up to date with pyproject.toml."

clean:  ## remove what was built, but keep .venv
	@rm -rf site .build .proofs .measured .cache .pytest_cache .hypothesis build dist *.egg-info
	@find . -path './.venv*' -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean  ## remove .venv too
	@rm -rf $(VENV) $(PEERS)
