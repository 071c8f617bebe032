"""The `RuntimeExecutor`, LocalStack's extension point for Lambda, that runs functions as processes.

LocalStack decides *which* environment serves an invocation and when one is started or stopped; this class gives
it environments. It adds no public methods to the contract, so the two can be read side by side.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from localstack import config
from localstack.services.lambda_.invocation.lambda_models import FunctionVersion
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

from .. import settings
from ..execution import interpreters, reserves, runtimes
from ..execution.configuration import Configuration
from ..execution.environment import Environment
from ..execution.invoke import Event, Outcome
from ..execution.runtime_process import RuntimeProcess
from ..execution.sandboxes import Kind
from ..execution.zygote_client import zygote_for
from ..iam import environment_sessions
from ..logs import writer
from . import environment_variables, logging_config, runtime_versions, spawning


class ProcessExecutor(RuntimeExecutor):
    """One execution environment, for LocalStack: see `execution`."""

    def __init__(self, id: str, function_version: FunctionVersion) -> None:
        super().__init__(id, function_version)
        self.environ: dict[str, str] = {}
        version, function = function_version.id, function_version.config
        self.zygote = zygote_for(function.runtime)
        runtime_version, runtime_version_arn = runtime_versions.of(function_version)
        configuration = Configuration(
            version.function_name,
            version.qualifier,
            function.timeout,
            function.memory_size,
            lambda: spawning.spawn(function_version, self.zygote, self.environ),
            logging=logging_config.settings(function_version, id),
            arn=version.unqualified_arn(),
            runtime_version=runtime_version,
            runtime_version_arn=runtime_version_arn,
            instead=interpreters.instead(function.runtime, settings.current()),
        )
        self.environment = Environment(id, RuntimeProcess(configuration, self.zygote), self._end_session)

    def start(self, env_vars: dict[str, str]) -> None:
        """Run INIT. It may fail: the first invocation tries again, and reports the error."""
        runtime, function = self.environment.runtime, self.function_version.config
        logging = logging_config.environ(runtime.configuration.logging)
        self.environ = environment_variables.of_function({**env_vars, **logging}, function.environment or {})
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
        if said := self.environment.runtime.events:  # what extensions printed while they were shut down
            writer.deliver(self._log_stream, said)
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
        writer.prepare()
        runtimes.require_supported(function.runtime)
        spawning.unpack(function_version)
        zygote = zygote_for(function.runtime)
        if function.runtime.startswith("python"):
            zygote.start()
        reserves.expect(lambda: Kind(zygote, spawning.reserve(function_version, zygote)))

    @classmethod
    def cleanup_version(cls, function_version: FunctionVersion) -> None:
        """Do nothing: versions share unpacked code, and LocalStack removes it with the last of them."""

    @classmethod
    def validate_environment(cls) -> bool:
        """Return True: `make doctor` has checked already."""
        return True
