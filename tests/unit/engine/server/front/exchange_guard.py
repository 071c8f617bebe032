"""Answers as `front.exchange` sends them, as JSON; run by the engine's Python: see test_exchange.py."""

import io
import json
import logging
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[4]))

from rolo.response import Response

from helpers.engine.server.front.exchange import Exchange, Head

NAMES = ("Content-Length", "Transfer-Encoding", "X: 1\r\nX-Injected", "")


class Client:
    """Keeps what is sent."""

    def __init__(self):
        self.sent, self.kept = b"", None

    def environ(self):
        return {"wsgi.url_scheme": "http", "SERVER_NAME": "localhost", "SERVER_PORT": "80"}

    def write(self, data):
        self.sent += data

    def ended(self, last, keep):
        self.sent, self.kept = self.sent + last, keep


class Gateway:
    """Has one answer."""

    def __init__(self, answer):
        self.answer = answer

    def process(self, request, response):
        response.update_from(self.answer)


def interrupted():
    yield b"he"
    raise ValueError("no more")


def answered(answer):
    client = Client()
    head = Head(b"GET", b"/", [(b"Host", b"localhost")], {b"host": b"localhost"}, "1.1")
    Exchange(head, io.BytesIO(), 0, True, client).handle(Gateway(answer))
    head, _, body = client.sent.decode("utf-8", "surrogateescape").partition("\r\n\r\n")
    return {"head": head.lower(), "body": body, "kept": client.kept}


logging.disable()
found = {name: answered(Response("hello", headers=[(name, "3")])) for name in NAMES}
found["interrupted"] = answered(Response(interrupted()))
found["short"] = answered(Response(iter([b"he"]), headers={"Content-Length": "5"}))
found["said"] = answered(Response("", headers=[("X-Said", "grüße ✓"), ("X-More", "grün")]))
print(json.dumps(found))
