"""Stands in for the engine in tests of what starts and stops it: `python fake_engine.py MODE`.

Modes: serve; docker (says that it is in a container); localstack (as one that is not ours: it takes every secret); dies
(says why, and exits); mute (listens and never answers); stubborn (ignores SIGTERM); parent (starts a process that
outlives it).

Like the engine it tells its status to who knows its secret, and refuses AWS requests that are not signed with an
account's. It takes all for IAM's ListRoles.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from helpers.backend import credentials

BACKEND = "docker" if "docker" in sys.argv else "embedded"
SECRET = Path(os.environ["LAB_HOME"], "credentials", "secret")
STOCK = "localstack" in sys.argv
AUTH = os.environ.get("LAB_AUTH") != "off" and not STOCK


def signed(headers, url: str, body: bytes) -> bool:
    """Whether this POST is signed with the secret of the account that it names."""
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    from helpers.backend.credentials import secret_access_key

    how = re.fullmatch(
        r"AWS4-HMAC-SHA256 Credential=(\w+)/\d+/([^/]+)/(\w+)/aws4_request, SignedHeaders=(\S+), Signature=(\w+)",
        headers["Authorization"],
    )
    key, region, service, names, signature = how.groups()
    request = AWSRequest("POST", url, {name: headers[name] for name in names.split(";")}, body)
    request.context["timestamp"] = headers["X-Amz-Date"]
    signer = SigV4Auth(Credentials(key, secret_access_key(SECRET.read_text().strip(), key)), service, region)
    return signature == signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        answers = {
            "/_lab/health": {"engine": "lambda-labs", "backend": BACKEND},
            "/_localstack/health": {"services": {"lambda": "available"}, "edition": "community", "version": "4.9.2"},
            "/_lab/status": {
                "version": "4.9.2",
                "pid": os.getpid(),
                "memory": 112_000_000,
                "environments": [{"function": "HelloWorld", "state": "idle", "memory": 30_000_000}],
                "features": {"layers": True, "iam": False, "auth": AUTH},
                "environ": dict(os.environ),
            },
        }
        nonce = self.headers["X-Lab-Nonce"]  # `Engine`, which starts it, asks with one: also for what is not ours
        known = self.path in answers and (nonce or not (STOCK and self.path.startswith("/_lab/")))
        if nonce:
            answers["/_lab/health"]["answer"] = credentials.answer(SECRET.read_text().strip(), nonce)
        proof = (self.headers["Authorization"] or "").removeprefix("Lab ")
        secret = SECRET.read_text().strip()
        refused = self.path == "/_lab/status" and not credentials.is_proof(proof, secret, "GET", self.path, time.time())
        self.answer(
            403 if refused else 200 if known else 404, json.dumps({} if refused else answers.get(self.path, {}))
        )

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not AUTH or signed(self.headers, f"http://{self.headers['Host']}{self.path}", body):
            self.answer(200, "<ListRolesResponse><ListRolesResult/></ListRolesResponse>")
        else:
            self.answer(403, "<R><Error><Code>SignatureDoesNotMatch</Code><Message>no</Message></Error></R>")

    def answer(self, status: int, text: str):
        body = text.encode()
        self.send_response(status)
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
