"""The log stream of a state machine that has a `loggingConfiguration`."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import Any


def name_stream(
    original: Callable[..., None],
    self: Any,
    state_machine_arn: str,
    log_account_id: str,
    log_region: str,
    log_group_name: str,
    log_level: str,
    include_execution_data: bool,
) -> None:
    """Wrap `CloudWatchLoggingConfiguration.__init__`: the stream is `states/NAME/2026-11-30-09-15/8 hex digits`.

    LocalStack's name holds the machine's ARN, and CloudWatch Logs takes no colon in a stream's name: nothing was
    logged. (AWS's form as seen in log groups of state machines, 2026-11.)
    """
    original(self, state_machine_arn, log_account_id, log_region, log_group_name, log_level, include_execution_data)
    name = state_machine_arn.rsplit(":", 1)[-1]
    self.log_stream_name = f"states/{name}/{time.strftime('%Y-%m-%d-%H-%M', time.gmtime())}/{secrets.token_hex(4)}"
