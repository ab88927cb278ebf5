import json
import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer

from trialstream import Client, ProblemError, UnreachableError, hp


class Server(BaseHTTPRequestHandler):
    """Answers as the server does, and remembers what it was asked."""

    asked = []

    def do_GET(self):
        type(self).asked.append((self.path, self.headers))
        if self.path.endswith("/events"):
            self.answer(200, b"retry: 1000\n\nevent: trial\ndata: {\"number\": 3}\n\n", "text/event-stream")
        elif "pageToken" in self.path:
            self.answer(200, json.dumps({"items": [{"number": 1}]}).encode())
        else:
            self.answer(200, json.dumps({"items": [{"number": 0}], "nextPageToken": "a/b"}).encode())

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        problem = {
            "status": 400, "title": "Bad Request", "detail": "the study has problems",
            "errors": [{"field": "space.lr", "code": "INVALID_FIELD", "message": "must be two numbers"}],
        }
        self.answer(400, json.dumps(problem).encode(), "application/problem+json")

    def answer(self, status, body, kind="application/json"):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class ClientTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = HTTPServer(("127.0.0.1", 0), Server)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.url = f"http://127.0.0.1:{cls.server.server_port}/"

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()

    def test_goes_through_all_pages_and_shows_its_key(self):
        self.assertEqual([0, 1], [trial["number"] for trial in Client(self.url, api_key="k").trials("a b")])
        path, headers = Server.asked[-1]
        self.assertEqual("/api/v1/studies/a%20b/trials?pageSize=500&pageToken=a%2Fb", path)
        self.assertEqual("k", headers["X-API-Key"])

    def test_refusals_name_their_fields(self):
        with self.assertRaises(ProblemError) as refused:
            Client(self.url).create({"name": "x"})
        self.assertEqual(400, refused.exception.status)
        self.assertEqual("space.lr", refused.exception.problems[0].field)
        self.assertIn("must be two numbers", str(refused.exception))

    def test_reads_events(self):
        self.assertEqual([{"event": "trial", "data": {"number": 3}}], list(Client(self.url).events("s")))

    def test_says_when_nobody_answers(self):
        with self.assertRaises(UnreachableError):
            Client("http://127.0.0.1:1").studies()


class SpaceTest(unittest.TestCase):
    def test_has_hyperopts_names_and_order(self):
        self.assertEqual({"label": "lr", "loguniform": [-5, 0]}, hp.loguniform("lr", -5, 0))
        self.assertEqual({"label": "n", "randint": [3]}, hp.randint("n", 3))
        self.assertEqual({"label": "o", "pchoice": [[0.9, "a"], [0.1, None]]}, hp.pchoice("o", [(0.9, "a"), (0.1, None)]))
        with self.assertRaises(TypeError):
            hp.randint("n", 1, 2, 3)

    def test_samples_within_bounds(self):
        space = {"lr": hp.loguniform("lr", -5, 0), "o": hp.choice("o", [{"n": hp.uniformint("n", 1, 3)}]), "c": 4}
        drawn = hp.sample(space)
        self.assertTrue(0.006 < drawn["lr"] < 1)
        self.assertIn(drawn["o"]["n"], (1, 2, 3))
        self.assertEqual(4, drawn["c"])


if __name__ == "__main__":
    unittest.main()
