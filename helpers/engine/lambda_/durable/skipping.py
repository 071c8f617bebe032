"""`POST /_lab/durable/skip`: put the clock of durable executions forward, for lessons. For the engine's owner.

{"account": "000000000000", "region": "us-east-1", "seconds": 86400} → {"skipped": 86400.0, "now": "…"}, all that was
skipped so far and what time it is there. Waits, retries and timeouts of that account in that region that are due
meanwhile are due now; what runs then has the time that it is now.
"""

from __future__ import annotations

import math

from localstack.http import Request, Response, route
from localstack.services.edge import ROUTER

from . import starts


def serve() -> None:
    """Add the endpoint to LocalStack's router."""
    ROUTER.add(Skip())


class Skip:
    """The endpoint."""

    @route("/_lab/durable/skip", methods=["POST"])
    def post(self, request: Request) -> Response:
        """Answer with the time; 400 for what is no time, 404 where nothing was started yet."""
        asked = request.get_json(silent=True)
        asked = asked if isinstance(asked, dict) else {}
        seconds = asked.get("seconds")
        if not isinstance(seconds, (int, float)) or not math.isfinite(seconds) or seconds < 0:
            return Response.for_json({"message": "Say how many seconds to skip: a number, 0 or more."}, status=400)
        plane = starts.known_plane(str(asked.get("account")), str(asked.get("region")))
        if plane is None:
            said = "No durable execution was started in that account and region."
            return Response.for_json({"message": said}, status=404)
        plane.scheduler.skip(seconds)
        clock = plane.clock
        return Response.for_json({"skipped": clock.skipped.total_seconds(), "now": clock.now().isoformat()})
