#!/bin/sh
# Sends what Schemathesis (PyPI) makes of the OpenAPI documents to both REST services of a running stack.
# Any answer 5xx, and any answer that is no problem+json where one is promised, fails the run.
#   ./fuzz_rest.sh RESULTS_URL [SUGGESTER_URL] [EXAMPLES]
# Studies are created, stopped and filled with nonsense: use a stack of its own.
set -eu
cd "$(dirname "$0")"
results="${1:?URL of the results service}"
suggester="${2:-}"
examples="${3:-50}"
python="${PYTHON:-python3}"
[ -x .venv-schemathesis/bin/pip ] || "$python" -m venv .venv-schemathesis
.venv-schemathesis/bin/pip install --quiet --disable-pip-version-check "schemathesis==4.32.5"
fuzz() {
    .venv-schemathesis/bin/schemathesis run "$1/$2" --url "$1" --seed 1 --max-examples "$examples" \
        --mode all --phases examples,coverage,fuzzing --continue-on-failure --request-timeout 30 --suppress-health-check filter_too_much \
        --checks not_a_server_error,content_type_conformance,response_headers_conformance,unsupported_method
}
failed=0
fuzz "$results" openapi || failed=1
[ -z "$suggester" ] || fuzz "$suggester" q/openapi || failed=1
exit $failed
