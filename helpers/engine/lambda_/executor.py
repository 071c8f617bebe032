"""The `RuntimeExecutor`, LocalStack's extension point for Lambda, that runs functions as processes.

LocalStack decides *which* environment serves an invocation and when one is started or stopped; this class gives
it environments. It adds no public methods to the contract, so the two can be read side by side.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from localstack import config
from localstack.services.lambda_.invocation.lambda_models import FunctionVersion
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

from .. import settings
from ..execution import places, runtimes, users
from ..execution.configuration import Configuration
from ..execution.environment import Environment
from ..execution.invoke import Event, Outcome
from ..execution.runtime_process import RuntimeProcess
from ..execution.sandbox.cpu_share import cpus
from ..execution.sandbox.protocol import Spawn
from ..execution.zygote_client import zygote
from ..iam import environment_sessions
from ..logs import writer
from . import code, layers, logging_config, runtime_versions

MB = 1024 * 1024


class ProcessExecutor(RuntimeExecutor):
    """One execution environment, for LocalStack: see `execution`."""

    def __init__(self, id: str, function_version: FunctionVersion) -> None:
        super().__init__(id, function_version)
        self.environ: dict[str, str] = {}
        version, function = function_version.id, function_version.config
        runtime_version, runtime_version_arn = runtime_versions.of(function_version)
        configuration = Configuration(
            version.function_name,
            version.qualifier,
            function.timeout,
            function.memory_size,
            self._spawn,
            logging=logging_config.settings(function_version, id),
            arn=version.unqualified_arn(),
            runtime_version=runtime_version,
            runtime_version_arn=runtime_version_arn,
        )
        self.environment = Environment(id, RuntimeProcess(configuration, zygote), self._end_session)

    def start(self, env_vars: dict[str, str]) -> None:
        """Run INIT. It may fail: the first invocation tries again, and reports the error."""
        runtime = self.environment.runtime
        self.environ = function_environ({**env_vars, **logging_config.environ(runtime.configuration.logging)})
        runtime.configuration = replace(
            runtime.configuration, initialization_type=self.environ["AWS_LAMBDA_INITIALIZATION_TYPE"]
        )
        environment_sessions.keep(self.function_version.id.account, self.environ["AWS_ACCESS_KEY_ID"])
        self.environment.init()

    def stop(self) -> None:
        """Shut down, after the invocation that may be running."""
        self.environment.stop()

    def invoke(self, payload: Event) -> Outcome:
        """Run an invocation and deliver its log. Only `invocation.run` calls it, with our own types."""
        outcome = self.environment.invoke(payload)
        writer.deliver(self._log_stream, outcome.events)
        return outcome

    @cached_property
    def _log_stream(self) -> writer.Stream:
        logging = self.environment.runtime.configuration.logging
        version = self.function_version
        return writer.Stream(version.config.role, version.id.region, logging.group, logging.stream)

    def _end_session(self) -> None:
        version = self.function_version.id
        environment_sessions.end(version.account, version.region, self.environ.get("AWS_ACCESS_KEY_ID", ""))

    def get_address(self) -> str:
        """Unused: nothing connects to an environment from outside."""
        return "127.0.0.1"

    def get_endpoint_from_executor(self) -> str:
        """The address at which functions reach LocalStack."""
        return "127.0.0.1"

    def get_runtime_endpoint(self) -> str:
        """Unused: where LocalStack's own containers call back."""
        return f"http://127.0.0.1:{config.GATEWAY_LISTEN[0].port}/_localstack_lambda/{self.id}"

    def get_logs(self) -> str:
        """The log events since the last invocation."""
        return "".join(event.message for event in self.environment.runtime.events)

    @classmethod
    def prepare_version(cls, function_version: FunctionVersion) -> None:
        """Unpack code and layers. Raises, in one sentence, for a runtime that this machine cannot run."""
        function = function_version.config
        runtimes.require_supported(function.runtime)
        code.unpack(function.code)
        layers.merge(function.layers)
        if function.runtime.startswith("python"):
            zygote.start()

    @classmethod
    def cleanup_version(cls, function_version: FunctionVersion) -> None:
        """Do nothing: versions share unpacked code, and LocalStack removes it with the last of them."""

    @classmethod
    def validate_environment(cls) -> bool:
        """Return True: `make doctor` has checked already."""
        return True

    def _spawn(self, runtime_api: str) -> Spawn:
        function = self.function_version.config
        chosen = settings.current()
        task = code.unpack(function.code)
        opt = layers.merge(function.layers)
        if zygote.wait_until_ready().isolation == "namespaces":
            seen = places.isolated(task, opt, function.runtime, chosen)
        else:
            seen = places.plain(task, opt, chosen)
        uid = users.unused_uid() if os.geteuid() == 0 and seen.binds else 0
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
            cpus=cpus(function.memory_size) if chosen.limit_cpu else 0.0,
            binds={**seen.binds, **places.passwd_bind(uid, chosen)} if uid else seen.binds,
            tmp_bytes=function.ephemeral_storage.size * MB if function.ephemeral_storage else 512 * MB,
            uid=uid,
            readable=seen.readable,
            writable=seen.writable,
        )


def function_environ(localstack: Mapping[str, object]) -> dict[str, str]:
    """A function's environment variables: LocalStack's, without those that AWS does not set.

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
