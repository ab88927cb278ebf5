#!/bin/sh
# Sends what Schemathesis (PyPI) makes of the OpenAPI documents to both REST services of a running stack.
# Any answer 5xx, and any answer that is no problem+json where one is promised, fails the run.
#   ./fuzz_rest.sh RESULTS_URL [SUGGESTER_URL] [EXAMPLES]
# Of the stack's newest study, if there is one, paths are made too that lead somewhere: to its trial 0 and that one's log.
# Studies are created, stopped, deleted and filled with nonsense: use a stack of its own.
set -eu
cd "$(dirname "$0")"
results="${1:?URL of the results service}"
suggester="${2:-}"
examples="${3:-50}"
python="${PYTHON:-python3}"
[ -x .venv-schemathesis/bin/pip ] || "$python" -m venv .venv-schemathesis
.venv-schemathesis/bin/pip install --quiet --disable-pip-version-check "schemathesis==4.32.5"
fuzz() {
    service="$1"
    document="$2"
    settings="$3"
    shift 3
    .venv-schemathesis/bin/schemathesis --config-file "$settings" run "$service/$document" --url "$service" --seed 1 --max-examples "$examples" \
        --mode all --phases examples,coverage,fuzzing --continue-on-failure --request-timeout 30 --suppress-health-check filter_too_much \
        --checks not_a_server_error,content_type_conformance,response_headers_conformance,unsupported_method "$@"
}
settings="$(mktemp)"
trap 'rm -f "$settings"' EXIT
failed=0
# The known study first: what is made up may delete it.
"$python" - "$results/api/v1" > "$settings" <<'END'
import json, sys, urllib.request
def get(path):
    return json.load(urllib.request.urlopen(sys.argv[1] + path))
studies = get("/studies?pageSize=1")["items"]
if studies and sum(studies[0]["trials"].values()):
    trial = studies[0]["studyId"] + ":0"
    runs = get("/trials/" + trial)["runs"]
    print("[parameters]")
    for name, value in {"study": studies[0]["studyId"], "trial": trial, "run": runs[0]["runId"] if runs else "none", "name": "run.log"}.items():
        print(f'"path.{name}" = "{value}"')
END
if [ -s "$settings" ]; then
    fuzz "$results" openapi "$settings" --exclude-method DELETE --exclude-path-regex 'events$' || failed=1
fi
: > "$settings"
fuzz "$results" openapi "$settings" || failed=1
[ -z "$suggester" ] || fuzz "$suggester" q/openapi "$settings" || failed=1
exit $failed
