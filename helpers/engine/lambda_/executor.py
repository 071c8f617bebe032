"""LocalStack's point of extension for Lambda: a `RuntimeExecutor` that runs functions as processes.

LocalStack decides *which* environment serves an invocation and when one is started or stopped; this class gives
it environments. It adds no public methods to the contract, so the two can be read side by side.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Mapping

from localstack import config
from localstack.services.lambda_.invocation.lambda_models import FunctionVersion, InvocationResult
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

from .. import settings
from ..execution import alive, places, runtimes
from ..execution.environment import Configuration, Environment, Event
from ..execution.sandbox.protocol import Spawn
from ..execution.zygote_client import Zygote
from ..iam import environment_sessions
from ..logs import writer
from . import code, layers

MB = 1024 * 1024
MB_PER_CPU = 1769  # memory that comes with one virtual processor (Lambda quotas, 2026-11)

# Users of nobody else: each environment has one of its own, so that limits counted per user are its own too.
UIDS = range(1_900_000_000, 1_900_065_536)
_uids = itertools.cycle(UIDS)

zygote = Zygote(settings.current())


class ProcessExecutor(RuntimeExecutor):
    """One execution environment: a supervised process tree, see `sandbox/`."""

    def __init__(self, id: str, function_version: FunctionVersion) -> None:
        super().__init__(id, function_version)
        self.environ: dict[str, str] = {}
        function = function_version.config
        self.environment = Environment(
            id,
            Configuration(
                function_version.id.function_name,
                function_version.id.qualifier,
                function.timeout,
                function.memory_size,
                self._spawn,
            ),
            zygote,
        )

    def start(self, env_vars: dict[str, str]) -> None:
        """INIT. A function whose INIT fails still starts: its first invocation tries again, and reports."""
        self.environ = function_environ(env_vars)
        environment_sessions.keep(self.function_version.id.account, self.environ["AWS_ACCESS_KEY_ID"])
        alive.add(self.environment)
        self.environment.init()

    def stop(self) -> None:
        """SHUTDOWN, after the invocation that may be running."""
        if self.environment.stop():
            self._forget()

    def invoke(self, payload: dict[str, str]) -> InvocationResult:
        """INVOKE, and hand the log over."""
        try:
            return self._invoke(payload)
        finally:
            if self.environment.stopped:  # meanwhile: it was busy then
                self._forget()

    def _invoke(self, payload: dict[str, str]) -> InvocationResult:
        event = Event(
            payload["invoke-id"],
            payload["payload"].encode(),
            payload["invoked-function-arn"],
            payload["trace-id"],
            payload.get("client-context"),
        )
        outcome = self.environment.invoke(event)
        writer.deliver(
            self.function_version,
            self.environ["AWS_LAMBDA_LOG_GROUP_NAME"],
            self.environ["AWS_LAMBDA_LOG_STREAM_NAME"],
            outcome.events,
            (outcome.began, outcome.ended),
        )
        logs = "\n".join(outcome.events) + "\n"
        return InvocationResult(event.request_id, outcome.payload, outcome.is_error, logs)

    def _forget(self) -> None:
        """It has ended: until now its processes were there, and known."""
        alive.remove(self.environment)
        version = self.function_version.id
        environment_sessions.end(version.account, version.region, self.environ.get("AWS_ACCESS_KEY_ID", ""))

    def get_address(self) -> str:
        """Unused: nothing connects to an environment from outside."""
        return "127.0.0.1"

    def get_endpoint_from_executor(self) -> str:
        """Where a function finds LocalStack."""
        return "127.0.0.1"

    def get_runtime_endpoint(self) -> str:
        """Unused: where LocalStack's own containers call back."""
        return f"http://127.0.0.1:{config.GATEWAY_LISTEN[0].port}/_localstack_lambda/{self.id}"

    def get_logs(self) -> str:
        """What was printed since the last invocation."""
        return "\n".join(self.environment.events)

    @classmethod
    def prepare_version(cls, function_version: FunctionVersion) -> None:
        """Unpack code and layers. Raises, in one sentence, for a runtime that this machine cannot run."""
        function = function_version.config
        runtimes.check(function.runtime)
        code.unpack(function.code)
        layers.merge(function.layers)
        if function.runtime.startswith("python"):
            zygote.start()

    @classmethod
    def cleanup_version(cls, function_version: FunctionVersion) -> None:
        """Nothing: versions share unpacked code (a new configuration is one), LocalStack removes it with the last."""

    @classmethod
    def validate_environment(cls) -> bool:
        """True: `make doctor` has looked already."""
        return True

    def _spawn(self, runtime_api: str) -> Spawn:
        function = self.function_version.config
        chosen = settings.current()
        task = code.unpack(function.code)
        opt = layers.merge(function.layers)
        if zygote.isolation().isolation == "namespaces":
            seen = places.isolated(task, opt, function.runtime, chosen)
        else:
            seen = places.plain(task, opt, chosen)
        uid = _own_uid() if os.geteuid() == 0 and seen.binds else 0
        command = runtimes.command(function.runtime, seen, function.memory_size, self.environ)
        return Spawn(
            argv=command.argv,
            environ={
                **self.environ,
                **command.environ,
                "LAMBDA_TASK_ROOT": str(seen.task),
                "AWS_EXECUTION_ENV": f"AWS_Lambda_{function.runtime}",
                "AWS_LAMBDA_RUNTIME_API": runtime_api,
                # Not on AWS: where nothing can be mounted, this is how a function finds what /opt would hold.
                **({"LAB_OPT": str(seen.opt)} if seen.opt and not seen.binds else {}),
            },
            cwd=str(seen.task),
            memory_bytes=function.memory_size * MB,
            handler=function.handler or "",
            path=command.path,
            cpus=function.memory_size / MB_PER_CPU if chosen.limit_cpu else 0.0,
            binds={**seen.binds, **places.passwd(uid, chosen)} if uid else seen.binds,
            tmp_bytes=function.ephemeral_storage.size * MB if function.ephemeral_storage else 512 * MB,
            uid=uid,
            readable=seen.readable,
            writable=seen.writable,
        )


def _own_uid() -> int:
    """A user that no other environment is now, however many there have been."""
    taken = {environment.uid for environment in alive.alive()}
    return next(uid for uid in _uids if uid not in taken)


def function_environ(localstack: Mapping[str, object]) -> dict[str, str]:
    """A function's environment: LocalStack's variables for it, less those that AWS does not set.

    `AWS_ENDPOINT_URL` is the one addition: with it an SDK call inside a function reaches this engine, not AWS.
    """
    dropped = ("LOCALSTACK_", "EDGE_PORT", "AWS_LAMBDA_FUNCTION_TIMEOUT", "AWS_XRAY_", "_AWS_XRAY_")
    kept = {name: str(value) for name, value in localstack.items() if not name.startswith(dropped)}
    return {
        "PATH": runtimes.search_path(),
        "LANG": "en_US.UTF-8",
        "AWS_XRAY_CONTEXT_MISSING": "LOG_ERROR",
        "AWS_XRAY_DAEMON_ADDRESS": "127.0.0.1:2000",
        **kept,
    }
