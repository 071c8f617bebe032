"""Commands of the set-up: their output goes to a log, a failure becomes a sentence."""

import os
import re
import subprocess
import threading
from pathlib import Path

CAUSES = (  # (what the output says, what to do): the first that fits is told
    (r"No space left|ENOSPC|Disk quota", "the disk is full: free about 2 GB and run `make setup` again"),
    (
        r"Read-only file system|EROFS|Permission denied|EACCES",
        "a file could not be written: see that this folder, and the caches of uv and npm, belong to you, "
        "then run `make setup` again",
    ),
    (
        r"Hash mismatch|DO NOT MATCH THE HASHES|EINTEGRITY",
        "a downloaded package is not the one that was locked, and was not installed: see which index, proxy or mirror "
        "pip and npm are set to and ask who runs it; empty their caches (`.venv/bin/uv cache clean`, `npm cache clean "
        "--force`) and run `make setup` again; if it stays so, tell us (SECURITY.md)",
    ),
    (
        r"CERTIFICATE_VERIFY|invalid peer certificate|UnknownIssuer|SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER",
        "the package index showed a certificate that is not trusted here: name your organisation's with "
        "`pip config set global.cert /path/to/ca.pem` (and `npm config set cafile …`) and run `make setup` again",
    ),
    (
        r"dns error|failed to lookup|Failed to fetch|error sending request|[Cc]onnection refused|tcp connect"
        r"|Network is unreachable|Name or service not known|NewConnectionError|NameResolutionError|timed out"
        r"|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED"
        r"|from versions: none|Network connectivity is disabled",
        "the package index could not be reached: check the network (or the proxy and index that pip and npm are "
        "set to) and run `make setup` again",
    ),
)


class SetupError(Exception):
    """The set-up cannot go on; the message is one or two sentences: what failed, and what to do."""


class Commands:
    """Runs commands for several threads at once; all output goes to one log."""

    def __init__(self, log: Path, environ: "dict[str, str]"):
        self.log, self.environ = log, environ
        self.running: set[subprocess.Popen[str]] = set()
        self.stopped = False
        self.lock = threading.Lock()

    def run(
        self,
        what: str,
        *command: "str | os.PathLike[str]",
        cwd: "Path | None" = None,
        secret: bool = False,
        **environ: str,
    ) -> str:
        """Run ``command`` and return its output. ``what`` names it for the reader: "the learner environment".

        ``secret`` keeps the output out of the log: pip's settings may hold a password.
        Raises SetupError if it fails.
        """
        with self.lock:
            if self.stopped:
                raise SetupError("stopped")
            process = subprocess.Popen(
                command, cwd=cwd, env=self.environ | environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True, errors="replace",
            )  # fmt: skip
            self.running.add(process)
        try:
            output, _ = process.communicate()
        except KeyboardInterrupt:  # in a terminal it gets one of its own, from elsewhere it does not
            process.terminate()
            process.wait()
            raise
        with self.lock:
            self.running.discard(process)
            with self.log.open("a") as log:
                kept = "(not kept)\n" if secret else output
                log.write(f"$ {' '.join(map(str, command))}\n{kept}[exit {process.returncode}]\n\n")
        if process.returncode:
            raise SetupError(explain(what, output, self.log))
        return output

    def stop(self) -> None:
        """Terminate what runs and start nothing more (Ctrl-C)."""
        with self.lock:
            self.stopped = True
            for process in self.running:
                process.terminate()


def explain(what: str, output: str, log: Path) -> str:
    """Return what failed and how to fix it, for a command's output."""
    for pattern, remedy in CAUSES:
        if re.search(pattern, output):
            return f"Installing {what} failed: {remedy}. Details: {log}"
    return f"Installing {what} failed: the reason is at the end of {log}. If it does not help, try `make clean setup`."
