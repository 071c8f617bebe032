"""boto3 clients with the settings that every client of the labs has."""

from collections.abc import Mapping
from typing import Any

from helpers.backend import recording
from helpers.errors import LabError

CONNECTIONS = 64  # that a client keeps: as many calls may go on at once


def make_client(boto: Any, service: str, *, local: bool, **settings: Any) -> Any:
    """Return a client for `service` from the session `boto`; `local`: its backend is not AWS."""
    client = boto.client(service, config=client_config(local=local), **settings)
    client.meta.events.register("after-call", _forget_attempts)
    recording.record_all(client.meta.events)
    return client


def session_of(credentials: Mapping[str, str], region: str) -> Any:
    """Return the boto3 session of another identity. Raises: LabError if `credentials` are not AWS's own dict."""
    import boto3

    try:
        key, secret = credentials["AccessKeyId"], credentials["SecretAccessKey"]
    except (KeyError, TypeError) as error:
        raise LabError(
            "These are not credentials: give what create_access_key() returns under 'AccessKey', "
            "or assume_role() under 'Credentials'."
        ) from error
    return boto3.Session(key, secret, credentials.get("SessionToken"), region_name=region)


def client_config(*, local: bool) -> Any:
    """Return the botocore settings of every client of the labs.

    One attempt per call: a retry would hide the very error that a lab shows. A synchronous invocation may
    take 900 s, so the read timeout is longer.
    """
    from botocore.config import Config

    common = Config(
        retries={"total_max_attempts": 1}, connect_timeout=10, read_timeout=960, max_pool_connections=CONNECTIONS
    )
    if not local:
        return common
    # A local backend has one host name: neither bucket.host nor sync-states.host can be looked up.
    return common.merge(Config(s3={"addressing_style": "path"}, inject_host_prefix=False))


def _forget_attempts(parsed: dict[str, Any], **_: object) -> None:
    """Drop what botocore notes of our single attempt: AWS's error messages would read "(reached max retries: 0)"."""
    parsed.get("ResponseMetadata", {}).pop("MaxAttemptsReached", None)
