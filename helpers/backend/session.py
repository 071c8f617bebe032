"""Which backend the labs talk to, and boto3 clients for it.

| backend  | chosen by                                             |
|----------|-------------------------------------------------------|
| embedded | nothing set, or LAB_BACKEND=embedded                  |
| docker   | LAB_BACKEND=docker, or our container on the labs' port|
| endpoint | AWS_ENDPOINT_URL                                      |
| aws      | LAB_BACKEND=aws and a typed confirmation              |

`helpers.backend.account_secrets` says with which secret access key a local backend is called.

Unless the backend is aws, no ambient AWS credential, profile or configuration file is used: the kernel's
environment is changed (never `~/.aws`) so that `!aws ...` in a cell reaches the same backend.
"""

import os
import re
import sys
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from helpers.backend import account_secrets, aws, own_engine
from helpers.backend.engine import Engine
from helpers.backend.features import features_of
from helpers.backend.health import healthy, lab_health
from helpers.errors import BackendError, LabError

BACKENDS = ("embedded", "docker", "endpoint", "aws")
REGION = "us-east-1"
CONNECTIONS = 64  # that a client keeps: as many calls may go on at once
ROOT_ACCOUNT = "000000000000"  # LocalStack's account for the access key `test`
OURS = "LAB_ENDPOINT"  # the AWS_ENDPOINT_URL that a Lab of this kernel has set


@dataclass(frozen=True)
class Choice:
    """A backend by name and the URL it answers at (None: embedded not asked yet, or aws)."""

    backend: str
    endpoint: str | None = None


@dataclass
class Session:
    """A connection: backend, account (12 digits), region, endpoint (None: AWS's own), and its clients."""

    backend: str
    endpoint: str | None
    account: str
    region: str
    features: dict
    boto: object = field(repr=False)
    _clients: dict = field(default_factory=dict, repr=False)

    def client(self, service: str, credentials: Mapping[str, str] | None = None):
        """Return the boto3 client for `service`, such as "lambda"; the same one for the same service.

        `credentials`: whom it acts as, if not as the learner; such a client is a new one each time. AWS's own
        dict: `create_access_key()["AccessKey"]` or `assume_role()["Credentials"]`.

        Raises: LabError if `credentials` are no such dict.
        """
        if credentials is not None:
            # What localstack_client sets: its own sessions take no session token.
            local = {"endpoint_url": self.endpoint, "verify": False} if self.endpoint else {}
            return self._client(signing_as(credentials, self.region), service, **local)
        if service not in self._clients:
            self._clients[service] = self._client(self.boto, service)
        return self._clients[service]

    def _client(self, boto, service: str, **settings):
        client = boto.client(service, config=client_config(local=self.backend != "aws"), **settings)
        client.meta.events.register("after-call", _forget_attempts)
        return client


def choose(environ: Mapping[str, str] = os.environ) -> Choice:
    """Decide on the backend from the environment alone; nothing is asked or started.

    Raises: BackendError for an unknown LAB_BACKEND or one that lacks its setting.
    """
    backend = environ.get("LAB_BACKEND", "")
    endpoint = environ.get("AWS_ENDPOINT_URL", "")
    if endpoint and endpoint == environ.get(OURS):
        endpoint = ""
        if backend == "aws":
            raise BackendError("This kernel already talks to the local backend: restart it to use AWS.")
    if backend and backend not in BACKENDS:
        raise BackendError(f"LAB_BACKEND is {backend!r}: set it to one of {', '.join(BACKENDS)}, or unset it.")
    if backend == "aws" and endpoint:  # boto3 would follow it, and what is called AWS would be something else
        raise BackendError("LAB_BACKEND is 'aws' and AWS_ENDPOINT_URL is set: unset one of them.")
    if backend == "endpoint" and not endpoint:
        raise BackendError("LAB_BACKEND is 'endpoint' but AWS_ENDPOINT_URL is not set: set it to the backend's URL.")
    if endpoint and backend in ("", "docker", "endpoint"):
        if not re.fullmatch(r"https?://[^/\s]+/?", endpoint):
            raise BackendError(f"AWS_ENDPOINT_URL is {endpoint!r}: set it to a URL such as http://127.0.0.1:4566.")
        return Choice(backend or "endpoint", endpoint.rstrip("/"))
    if backend == "docker":
        return Choice("docker", own_engine.default_endpoint(environ))
    return Choice(backend or "embedded")


def connect(account: str | None = None, *, environ: MutableMapping[str, str] = os.environ, ask=None) -> Session:
    """Connect to the chosen backend; start the embedded one if it does not run.

    `account`: 12 digits, else LAB_ACCOUNT, else 000000000000. Changes `environ` as the module says.

    Raises: BackendError if the backend does not answer, or another secret access key was given for the account;
    ConfirmationError if AWS is not confirmed.
    """
    choice = choose(environ)
    add_commands(environ)
    if choice.backend == "aws":
        boto, account = aws.connect(account or environ.get("LAB_ACCOUNT"), environ, ask)
        return Session("aws", None, account, boto.region_name, features_of(None, None), boto)
    choice = attach(choice, environ)
    account, key = identity(environ, account)
    secret = account_secrets.of(choice.backend, choice.endpoint, account, key, environ)
    status = own_engine.status(choice.endpoint, environ)
    features = features_of(choice.endpoint, status)
    if features.get("auth") and (status is None or environ.get(account_secrets.GIVEN)):
        account_secrets.check(choice.endpoint, account, key, secret)
    export(environ, choice, key, secret)

    import localstack_client.session

    # It reads AWS_ENDPOINT_URL, which was set just now: the host and port are the same for every service.
    boto = localstack_client.session.Session(aws_access_key_id=key, aws_secret_access_key=secret, region_name=REGION)
    return Session(choice.backend, choice.endpoint, account, REGION, features, boto)


def attach(choice: Choice, environ: Mapping[str, str]) -> Choice:
    """Return `choice` with the endpoint that answers; start the embedded engine if need be, and say so.

    Raises: BackendError if a backend that is not ours to start does not answer.
    """
    found = running(choice, environ)
    if found is not None and found.backend != "embedded":
        return found
    if choice.endpoint is None:
        if found is None:
            print("Starting the backend: some seconds. An interrupt cancels it.", flush=True)
        return Choice("embedded", Engine(environ=environ).up().endpoint)
    hint = "run 'docker compose up'" if choice.backend == "docker" else "start it, or unset AWS_ENDPOINT_URL"
    raise BackendError(f"No LocalStack answers at {choice.endpoint}: {hint}.")


def running(choice: Choice, environ: Mapping[str, str]) -> Choice | None:
    """Return `choice` with the endpoint at which it runs, None if it does not; start nothing.

    Where nothing was chosen, our container counts as well. `choice` must not be aws.
    """
    endpoint = choice.endpoint
    if endpoint is None:
        if record := Engine(environ=environ).running():
            return Choice("embedded", record.endpoint)
        endpoint = own_engine.default_endpoint(environ)
        return Choice("docker", endpoint) if _in_docker(endpoint) else None
    endpoint = own_engine.leads_to(endpoint, environ) or endpoint  # localhost may be ::1, where another one listens
    if _in_docker(endpoint):
        return Choice("docker", endpoint)
    return Choice(choice.backend, endpoint) if healthy(endpoint) else None


def _in_docker(endpoint: str) -> bool:
    return (lab_health(endpoint) or {}).get("backend") == "docker"


def export(environ: MutableMapping[str, str], choice: Choice, key: str, secret: str) -> None:
    """Point `environ` at a local backend, and put every ambient AWS setting out of the way.

    `key` and `secret`: access key id and secret access key of the account.
    """
    for name in [name for name in environ if name.startswith("AWS_")]:
        del environ[name]
    environ |= {
        "AWS_ENDPOINT_URL": choice.endpoint,
        "AWS_ACCESS_KEY_ID": key,
        "AWS_SECRET_ACCESS_KEY": secret,
        "AWS_DEFAULT_REGION": REGION,
        # Read instead of ~/.aws: there is nothing in it, and `aws configure` has nowhere to write.
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    # A proxy that the machine is set to use leads outside: the backend is not there.
    host = urlsplit(choice.endpoint).hostname or ""
    for name in ("no_proxy", "NO_PROXY"):
        known = environ.get(name, "").split(",")
        environ[name] = ",".join(filter(None, [*known, *([] if host in known else [host])]))
    if choice.backend == "embedded":
        environ[OURS] = choice.endpoint


def signing_as(credentials: Mapping[str, str], region: str):
    """Return the boto3 session of another identity. Raises: LabError if `credentials` are not AWS's own dict."""
    import boto3

    try:
        key, secret = credentials["AccessKeyId"], credentials["SecretAccessKey"]
    except (KeyError, TypeError) as error:
        raise LabError(
            "These are no credentials: give what create_access_key() answers under 'AccessKey', "
            "or assume_role() under 'Credentials'."
        ) from error
    return boto3.Session(key, secret, credentials.get("SessionToken"), region_name=region)


def client_config(*, local: bool):
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


def _forget_attempts(parsed: dict, **_) -> None:
    """Drop what botocore notes of our single attempt: AWS's error messages would read "(reached max retries: 0)"."""
    parsed.get("ResponseMetadata", {}).pop("MaxAttemptsReached", None)


def add_commands(environ: MutableMapping[str, str]) -> None:
    """Put the commands of this environment on the PATH: `!aws` has to work however the kernel was started."""
    commands = str(Path(sys.prefix) / "bin")
    path = environ.get("PATH", os.defpath)
    if commands not in path.split(os.pathsep):
        environ["PATH"] = commands + os.pathsep + path


def identity(environ: Mapping[str, str], account: str | None = None) -> tuple[str, str]:
    """Return the account on a local backend, and the access key by which it knows it.

    `account`: 12 digits, else LAB_ACCOUNT, else 000000000000. Raises: BackendError if it is not 12 digits.
    """
    account = check_account(account or environ.get("LAB_ACCOUNT") or ROOT_ACCOUNT)
    return account, "test" if account == ROOT_ACCOUNT else account


def check_account(account: str) -> str:
    """Return `account` if it is one. Raises: BackendError if it is not 12 digits."""
    if not re.fullmatch(r"[0-9]{12}", account):
        raise BackendError(f"{account!r} is not an account id: give 12 digits (LAB_ACCOUNT), or leave it out.")
    return account
