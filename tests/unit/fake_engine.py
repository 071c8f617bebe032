"""Stands in for the engine in tests of what starts and stops it: `python fake_engine.py MODE`.

Modes: serve; dies (says why, and exits); mute (listens and never answers); stubborn (ignores SIGTERM);
parent (starts a process that outlives it).
"""

import json
import os
import signal
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        answers = {
            "/_localstack/health": {"services": {"lambda": "available"}, "edition": "community", "version": "4.9.2"},
            "/_lab/status": {
                "version": "4.9.2",
                "pid": os.getpid(),
                "memory": 112_000_000,
                "environments": [{"function": "HelloWorld", "state": "idle", "memory": 30_000_000}],
                "features": {"layers": True, "iam": False},
                "environ": dict(os.environ),
            },
        }
        body = json.dumps(answers.get(self.path, {})).encode()
        self.send_response(200 if self.path in answers else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def main(mode: str) -> None:
    port = int(os.environ["LAB_PORT"])
    if mode == "dies":
        sys.exit("Something is missing\nand this says what")
    if mode == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if mode == "parent":
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
    server = HTTPServer(("127.0.0.1", port), Handler)
    if mode == "mute":
        time.sleep(600)
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1])
