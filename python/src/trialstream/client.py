"""A client of the REST interface; nothing but the standard library, pandas where DataFrames are asked for."""

import dataclasses
import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from typing import Any, Dict, Iterator, List, Mapping, Optional, Sequence, Union

_ENDED = ("COMPLETED", "STOPPED", "FAILED", "DELETED")
_PAGE = 500


@dataclasses.dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a request: the field, a code, and a sentence."""

    field: str
    code: str
    message: str


class ProblemError(Exception):
    """The server refused a request, and says why."""

    def __init__(self, status: int, document: Mapping[str, Any]) -> None:
        self.status = status
        self.title: str = document.get("title") or ""
        self.detail: str = document.get("detail") or self.title or f"HTTP status {status}"
        self.problems = [
            Problem(one.get("field") or "", one.get("code") or "", one.get("message") or "")
            for one in document.get("errors") or []
        ]
        lines = [self.detail] + [f"  {one.field}: {one.message}" for one in self.problems]
        super().__init__("\n".join(lines))


class UnreachableError(Exception):
    """No server answered."""


class Client:
    """Speaks with one server. Studies are named by id or by name, trials by ``STUDY:NUMBER``."""

    def __init__(self, url: str, api_key: Optional[str] = None, timeout: float = 30.0) -> None:
        self._root = url.rstrip("/") + "/api/v1"
        self._api_key = api_key
        self._timeout = timeout
        host = urllib.parse.urlsplit(url).hostname or ""
        here = host in ("localhost", "::1") or host.startswith("127.")
        # A proxy for the world would look for the server on its own machine.
        handlers = [urllib.request.ProxyHandler({})] if here else []
        self._opener = urllib.request.build_opener(*handlers)

    def create(self, study: Union[Mapping[str, Any], str], dry_run: bool = False) -> Dict[str, Any]:
        """Creates a study from a tree, or from the text of a study file; a dry run only checks it."""
        text = study if isinstance(study, str) else json.dumps(study)
        kind = "application/yaml" if isinstance(study, str) else "application/json"
        headers = {"Content-Type": kind, "Idempotency-Key": str(uuid.uuid4())}
        return self._send("POST", "/studies" + ("?dryRun=true" if dry_run else ""), text.encode("utf-8"), headers)

    def studies(self) -> List[Dict[str, Any]]:
        """All studies, the newest first."""
        return list(self._items("/studies"))

    def study(self, study: str) -> Dict[str, Any]:
        """One study."""
        return self._get(_study(study))

    def pause(self, study: str) -> Dict[str, Any]:
        """Starts no new trials of it."""
        return self._send("POST", _study(study) + "/pause")

    def resume(self, study: str) -> Dict[str, Any]:
        """Starts trials of it again."""
        return self._send("POST", _study(study) + "/resume")

    def stop(self, study: str, now: bool = False) -> Dict[str, Any]:
        """Ends it for good; with now, its running trials are cancelled at once."""
        return self._send("POST", _study(study) + "/stop" + ("?now=true" if now else ""))

    def delete(self, study: str) -> Dict[str, Any]:
        """Deletes it for good."""
        return self._send("DELETE", _study(study))

    def enqueue(self, study: str, configurations: Sequence[Mapping[str, Any]]) -> Dict[str, Any]:
        """Has configurations tried before the sampler's next ones."""
        return self._send("POST", _study(study) + "/enqueue", json.dumps(list(configurations)).encode("utf-8"))

    def leaderboard(self, study: str, limit: int = 10) -> List[Dict[str, Any]]:
        """The best trials, best first."""
        return self._get(f"{_study(study)}/leaderboard?limit={limit}")["items"]

    def trials(self, study: str) -> Iterator[Dict[str, Any]]:
        """All trials, in the order of their numbers."""
        return self._items(_study(study) + "/trials")

    def trial(self, trial: str) -> Dict[str, Any]:
        """One trial with its runs."""
        return self._get("/trials/" + _quoted(trial))

    def curve(self, trial: str) -> List[Dict[str, Any]]:
        """A trial's epochs with their metrics."""
        return self._get("/trials/" + _quoted(trial) + "/curve")["epochs"]

    def importance(self, study: str) -> Dict[str, Any]:
        """How much each hyperparameter matters."""
        return self._get(_study(study) + "/importance")

    def trials_frame(self, study: str) -> Any:
        """All trials as a pandas DataFrame, a column for each hyperparameter."""
        pandas = _pandas()
        rows = []
        for trial in self.trials(study):
            row = {name: value for name, value in trial.items() if not isinstance(value, (dict, list))}
            row.update({"configuration." + name: value for name, value in trial["configuration"].items()})
            rows.append(row)
        return pandas.DataFrame(rows)

    def curve_frame(self, trial: str) -> Any:
        """A trial's epochs as a pandas DataFrame, a column for each metric."""
        pandas = _pandas()
        rows = [{"epoch": epoch["epoch"], **epoch["metrics"]} for epoch in self.curve(trial)]
        return pandas.DataFrame(rows).set_index("epoch")

    def wait(self, study: str, timeout: Optional[float] = None, period: float = 0.5) -> Dict[str, Any]:
        """Waits until the study has ended and answers it; raises TimeoutError after so many seconds."""
        begun = time.monotonic()
        while True:
            document = self.study(study)
            if document["state"] in _ENDED:
                return document
            if timeout is not None and time.monotonic() - begun > timeout:
                raise TimeoutError(f"study {study} is still {document['state']} after {timeout} s")
            time.sleep(period)

    def events(self, study: str) -> Iterator[Dict[str, Any]]:
        """What happens to a study, as it happens: each event's name and data; ends when the server closes."""
        request = self._request("GET", _study(study) + "/events", None, {"Accept": "text/event-stream"})
        with self._open(request, None) as stream:
            name, data = "message", []
            for raw in stream:
                line = raw.decode("utf-8").rstrip("\r\n")
                if not line and data:
                    text = "\n".join(data)
                    yield {"event": name, "data": json.loads(text) if text[:1] in "{[" else text}
                if not line:
                    name, data = "message", []
                elif line.startswith("event:"):
                    name = line[6:].strip()
                elif line.startswith("data:"):
                    data.append(line[5:].lstrip())

    def _items(self, path: str) -> Iterator[Dict[str, Any]]:
        token = None
        while True:
            page = self._get(f"{path}?pageSize={_PAGE}" + (f"&pageToken={_quoted(token)}" if token else ""))
            yield from page["items"]
            token = page.get("nextPageToken")
            if not token:
                return

    def _get(self, path: str) -> Any:
        return self._send("GET", path)

    def _send(self, method: str, path: str, body: Optional[bytes] = None, headers: Optional[Mapping[str, str]] = None) -> Any:
        with self._open(self._request(method, path, body, headers or {}), self._timeout) as answer:
            text = answer.read().decode("utf-8")
        return json.loads(text) if text.strip() else {}

    def _request(
        self, method: str, path: str, body: Optional[bytes], headers: Mapping[str, str]
    ) -> urllib.request.Request:
        request = urllib.request.Request(self._root + path, data=body, method=method)
        request.add_header("Accept", "application/json, application/problem+json")
        if body is not None:
            request.add_header("Content-Type", "application/json")
        if self._api_key:
            request.add_header("X-API-Key", self._api_key)
        for name, value in headers.items():
            request.add_header(name, value)
        return request

    def _open(self, request: urllib.request.Request, timeout: Optional[float]) -> Any:
        try:
            return self._opener.open(request, timeout=timeout)
        except urllib.error.HTTPError as refusal:
            with refusal:
                text = refusal.read().decode("utf-8", "replace")
            try:
                document = json.loads(text)
            except ValueError:
                document = {}
            raise ProblemError(refusal.code, document if isinstance(document, dict) else {}) from None
        except urllib.error.URLError as failure:
            raise UnreachableError(f"{request.full_url} does not answer: {failure.reason}") from failure


def _study(study: str) -> str:
    return "/studies/" + _quoted(study)


def _quoted(segment: str) -> str:
    return urllib.parse.quote(segment, safe="")


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as absent:
        raise ImportError("this needs pandas: pip install 'trialstream[pandas]'") from absent
    return pandas
