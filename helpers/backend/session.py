"""A connection to the backend of the labs, and boto3 clients for it.

`choice` decides which backend that is, `account_secrets` with which secret access key a local one is called. The
kernel's environment is changed so that `!aws ...` in a cell reaches the same backend: see `kernel_environment`.
"""

import os
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from helpers.backend import account_secrets, aws, own_engine
from helpers.backend.accounts import GIVEN_SECRET, REGION, ROOT_ACCOUNT, identity
from helpers.backend.choice import attach, choose
from helpers.backend.clients import make_client, session_of
from helpers.backend.features import features_of
from helpers.backend.kernel_environment import add_commands, export


class Connection(Protocol):
    """What checks and widgets need of a `Lab`; a `Session` has it, too."""

    backend: str
    endpoint: str | None
    account: str
    region: str

    def client(self, service: str, credentials: Mapping[str, str] | None = None) -> Any:
        """Return the boto3 client for `service`."""


@dataclass
class Session:
    """A connection: backend, account (12 digits), region, endpoint (None: AWS's own), and its clients."""

    backend: str
    endpoint: str | None
    account: str
    region: str
    features: dict[str, Any]
    boto: Any = field(repr=False)
    _clients: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def target(self) -> str:
        """Account and region as they are typed to confirm AWS."""
        return f"{self.account}/{self.region}"

    def client(self, service: str, credentials: Mapping[str, str] | None = None) -> Any:
        """Return the boto3 client for `service`, such as "lambda"; the same one for the same service.

        `credentials`: whom it acts as, if not as the learner; such a client is a new one each time. AWS's own
        dict: `create_access_key()["AccessKey"]` or `assume_role()["Credentials"]`.

        Raises: LabError if `credentials` are not such a dict.
        """
        local = self.backend != "aws"
        if credentials is not None:
            # What localstack_client sets: its own sessions take no session token.
            settings = {"endpoint_url": self.endpoint, "verify": False} if self.endpoint else {}
            return make_client(session_of(credentials, self.region), service, local=local, **settings)
        if service not in self._clients:
            self._clients[service] = make_client(self.boto, service, local=local)
        return self._clients[service]


def on_aws(account: str | None = None, environ: Mapping[str, str] = os.environ) -> Session:
    """Connect to AWS with the ambient credentials, unconfirmed: to look. Raises: BackendError as `aws.sign_in`."""
    boto, account = aws.sign_in(account or environ.get("LAB_ACCOUNT"))
    return Session("aws", None, account, boto.region_name, features_of(None, None), boto)


def connect(
    account: str | None = None,
    *,
    default: str = ROOT_ACCOUNT,
    environ: MutableMapping[str, str] = os.environ,
    ask: Callable[[str], str] | None = None,
    before_aws: Callable[[], None] | None = None,
) -> Session:
    """Connect to the chosen backend; start the embedded engine if it does not run.

    `account`: 12 digits, else LAB_ACCOUNT, else `default` (not on AWS). `environ` is changed as the module says; `ask`
    takes the confirmation of AWS (by default `input`); `before_aws` is called before it is asked for.

    Raises: BackendError if the backend does not answer, or another secret access key was given for the account;
    ConfirmationError if AWS is not confirmed.
    """
    choice = choose(environ)
    add_commands(environ)
    if choice.backend == "aws":
        signed_in = on_aws(account, environ)
        if before_aws:
            before_aws()
        aws.confirm(signed_in.target, environ, ask)
        return signed_in
    running = attach(choice, environ)
    backend, endpoint = running.backend, running.endpoint
    account, key = identity(environ, account, default)
    secret = account_secrets.look_up(backend, endpoint, account, key, environ)
    status = own_engine.status(endpoint, environ)
    features = features_of(endpoint, status)
    if features.get("auth") and (status is None or environ.get(GIVEN_SECRET)):
        account_secrets.verify(endpoint, account, key, secret)
    export(environ, backend, endpoint, key, secret)

    import localstack_client.session

    # It reads AWS_ENDPOINT_URL, which was set just now: the host and port are the same for every service.
    boto = localstack_client.session.Session(aws_access_key_id=key, aws_secret_access_key=secret, region_name=REGION)
    return Session(backend, endpoint, account, REGION, features, boto)
