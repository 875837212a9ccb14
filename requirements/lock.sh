#!/bin/sh
# Writes both locks anew: versions and hashes of every platform, and no addresses. Needs uv.
set -eu
cd "$(dirname "$0")/.."
compile() {
    uv pip compile pyproject.toml --extra postgres --extra optimizer --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet "$@"
}
compile --group build --output-file requirements/run.txt
compile --group build --group dev --output-file requirements/dev.txt
