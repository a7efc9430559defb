# make          lists what can be done
# make run      serve it here, with a demo on an empty data folder
# make test     everything that must hold
PORT ?= 8000
COMMENTS ?= ../shared/data/nhs-fft.csv
PY := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help run test check fix unit bench soak screenshots migration sbom hashes audit

help: ## list what can be done
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.venv/bin/pip:
	@python3 -m venv .venv || { echo "Python needs its venv part. On Debian: apt-get install python3-venv" >&2; exit 1; }

.venv/.run: requirements.lock pyproject.toml | .venv/bin/pip
	@echo "Installing what Voice needs, from requirements.lock ..."
	@.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@.venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . 2>/dev/null || .venv/bin/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/.test: requirements-test.lock .venv/.run
	@echo "Installing what the tests need, from requirements-test.lock ..."
	@.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

run: .venv/.run ## serve on localhost:PORT (8000)
	@PORT=$(PORT) exec .venv/bin/voice serve

check: .venv/.test ## lint, format, types, import contracts, templates
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/djlint templates --lint --quiet

fix: .venv/.test ## put right what can be put right by itself
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

chromium: .venv/.test
	@.ci/chromium

test: chromium check ## everything: lint, types, contracts, rules, rooms on both databases, journeys in Chromium
	@PYTHONDONTWRITEBYTECODE= .venv/bin/python -m pytest -n 2 --dist loadscope

bench: .venv/.test ## print the figures; COMMENTS=file.csv names patients' comments to learn from
	@$(PY) -m tests.bench $(COMMENTS)

soak: chromium ## what takes longer than a test may: kills, power cuts, migrations, a school, many machines, every page; TRIALS="crash school" for some, MINUTES=90
	@.ci/chromium nginx:nginx-light strace:strace
	@$(PY) -m tests.soaks --minutes $(or $(MINUTES),90) $(if $(TRIALS),--only $(TRIALS))

screenshots: chromium ## docs/pictures, from the running product
	@$(PY) -m tests.screenshots

migration: .venv/.test ## draft a migration from what the models have and the database has not
	@.venv/bin/voice migrate --draft

sbom: .venv/.test ## write sbom.json: every part it is made of (CycloneDX)
	@$(PY) -m tests.supply sbom sbom.json

hashes: ## write RELEASE.sha256: the hash of every file of this release, to go out beside it (sha256sum --check RELEASE.sha256)
	@git ls-files -z | xargs -0 sha256sum > $(or $(TO),RELEASE.sha256)

audit: .venv/.test ## ask the net whether a part is known to be bad
	@.venv/bin/pip-audit --require-hashes --disable-pip -r requirements.lock
