"""`python -m helpers.engine`: start LocalStack with our executor, on loopback, in this process."""

from __future__ import annotations

from . import allocator

if __name__ == "__main__":
    allocator.choose()  # before the imports below, or they are made twice

import os
import resource
import sys
import tempfile

from . import settings
from .execution import folders
from .server import garbage, late_modules


def environ(chosen: settings.Settings) -> dict[str, str]:
    """LocalStack's settings. None of them reaches a function (`lambda_.environment_variables`)."""
    return {
        "GATEWAY_LISTEN": f"{chosen.listen}:{chosen.port}",
        "GATEWAY_SERVER": "front",
        # In the URLs that services answer with: right for functions, and for whoever reaches us through loopback.
        "LOCALSTACK_HOST": f"{settings.LOOPBACK}:{chosen.port}",
        "LAMBDA_RUNTIME_EXECUTOR": "processes",
        "PROVIDER_OVERRIDE_DYNAMODB": "moto",
        "PROVIDER_OVERRIDE_DYNAMODBSTREAMS": "moto",
        "PROVIDER_OVERRIDE_KINESIS": "moto",
        "EAGER_SERVICE_LOADING": "0",
        "LOCALSTACK_RESPONSE_HEADER_ENABLED": "0",  # AWS's responses have no `x-localstack`
        # Services call each other within the process: see `iam.internal_calls`.
        "IN_MEMORY_CLIENT": "1",
        "S3_SKIP_SIGNATURE_VALIDATION": "0",  # with LAB_AUTH=off, too: see `iam.s3_signatures`
        # No telemetry, no downloads, no DNS server.
        "DISABLE_EVENTS": "1",
        "SKIP_SSL_CERT_DOWNLOAD": "1",
        "DNS_ADDRESS": "0",
        "FILESYSTEM_ROOT": str(chosen.state),
        # LocalStack takes any container for its own image, and then writes outside FILESYSTEM_ROOT.
        "OVERRIDE_IN_DOCKER": "0",
        "XDG_CACHE_HOME": str(chosen.home / "cache"),
        "LAMBDA_LIMITS_CONCURRENT_EXECUTIONS": str(settings.ACCOUNT_CONCURRENCY),
        "LAMBDA_LIMITS_MINIMUM_UNRESERVED_CONCURRENCY": "100",
        # As on AWS: messages grow too old, and a queue is purged once a minute. (The name of a deleted queue is free at
        # once, where AWS wants 60 s: labs are run again.)
        "SQS_ENABLE_MESSAGE_RETENTION_PERIOD": "1",
        "SQS_DELAY_PURGE_RETRY": "1",
        # Asynchronous retries after 1 and 2 seconds instead of minutes; `asynchronous` says what follows from that.
        "LAMBDA_RETRY_BASE_DELAY": str(settings.ASYNC_MINUTE_SECONDS),
        # A resource type that is not here fails a stack: see `cloudformation.resource_types`.
        "CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES": "0",
        # How often event source mappings look at their sources: see `polling`.
        "LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC": "0.1",
        "LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC": "0.25",
        "LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_ERROR_SEC": "1",
    }


def main() -> None:
    """Prepare the folders, adapt LocalStack, run it until it is told to stop."""
    os.umask(0o022)  # functions may run as another user, and must be able to read their code
    try:
        chosen = settings.current()
        folders.prepare(chosen)
    except ValueError as error:
        sys.exit(str(error))
    garbage.postpone()  # until the engine is ready
    os.environ.update(environ(chosen))
    tempfile.tempdir = str(chosen.tmp)  # where LocalStack unpacks code
    # Five descriptors an environment: allow as many as the system does.
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))

    with late_modules.importing_late():
        from . import patches

        patches.apply()
        from localstack.runtime.main import main as run_localstack

    code: object = 1
    try:
        run_localstack()
    except SystemExit as stopped:
        code = stopped.code
    finally:
        # Not by returning: LocalStack leaves threads behind (CloudWatch's alarms) that would keep the process alive.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__":
    main()
