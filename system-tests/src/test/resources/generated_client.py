"""Uses the client that openapi-python-client generated from the results service's document: `generated_client.py URL`."""

import sys
from http import HTTPStatus

from trialstream_results import Client
from trialstream_results.api.commands import create_study
from trialstream_results.api.export import export_csv
from trialstream_results.api.studies import get_leaderboard, get_study
from trialstream_results.models import CreateStudyJsonBody, Leaderboard, ProblemDetail, Study

client = Client(base_url=sys.argv[1])
study_file = {
    "name": "generated-client",
    "objective": {"metric": "objective", "direction": "maximize"},
    "sampler": {"type": "random", "seed": 1},
    "budget": {"trials": 3},
    "training": {"workload": "sleep", "epochs": 1, "epochDuration": "PT0.01S"},
    "space": {"lr": {"uniform": [0, 1]}},
}

created = create_study.sync_detailed(client=client, body=CreateStudyJsonBody.from_dict(study_file))
assert created.status_code == HTTPStatus.CREATED, created
assert isinstance(created.parsed, Study), created
study = created.parsed.study_id

shown = get_study.sync(study=study, client=client)
assert isinstance(shown, Study) and shown.name == "generated-client", shown
assert shown.trials.failed == 0, shown

board = get_leaderboard.sync(study=study, client=client, limit=10)
assert isinstance(board, Leaderboard), board
assert (board.study_id, board.metric, board.direction) == (study, "objective", "maximize"), board

wrong = create_study.sync_detailed(
    client=client, body=CreateStudyJsonBody.from_dict({**study_file, "name": "wrong", "sampler": {"type": "nobody"}})
)
assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY, wrong
assert isinstance(wrong.parsed, ProblemDetail), wrong
assert wrong.parsed.type_ == "urn:trialstream:error:INVALID_STUDY", wrong
assert wrong.parsed.errors[0].field.startswith("sampler"), wrong

nobody = get_leaderboard.sync(study="nobody", client=client)
assert isinstance(nobody, ProblemDetail) and nobody.status == 404, nobody

unknown = get_leaderboard.sync(study=study, client=client, limit=0)
assert isinstance(unknown, ProblemDetail) and unknown.errors[0].field == "limit", unknown

assert export_csv.sync_detailed(study=study, client=client).status_code == HTTPStatus.OK
print("the generated client works")
