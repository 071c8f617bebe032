"""The end of LocalStack's start, and what it leaves out of it."""

from __future__ import annotations

import threading

from localstack.runtime import events
from plux.runtime.filter import global_plugin_filter

from . import garbage

# LocalStack's DNS server is off, but it would be imported to say so: a twentieth of the start.
LEFT_OUT = "localstack.dns.plugins:*"


def leave_out_hooks() -> None:
    """Let LocalStack start without some of its own hooks."""
    global_plugin_filter.add_exclusion(value=LEFT_OUT)


def wait_until_ready() -> None:
    """Start a thread that collects garbage once the engine serves requests."""
    threading.Thread(target=_wait, name="ready", daemon=True).start()


def _wait() -> None:
    events.infra_ready.wait()
    garbage.resume()
