"""A real engine on a free port, and AWS clients as a learner would make them."""

import functools
import json
import os
import tempfile
import uuid
from pathlib import Path

import boto3
import pytest
from authorization_kit import Actors
from botocore.config import Config
from kit import ROLE, TRUST, caller, secret, wait_until_active, zipped
from ports import free_port

from helpers.backend.engine import Engine, Record

HERE = Path(__file__).parent


def everywhere(node) -> bool:
    """What runs functions, by folder or mark. The rest is about answers, which do not depend on how they are run."""
    return "execution" in node.path.parts or node.get_closest_marker("everywhere") is not None


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(HERE) and not everywhere(item):
            item.add_marker("once")


def pytest_generate_tests(metafunc):
    if "engine" in metafunc.fixturenames:
        plain = pytest.param("plain", marks=pytest.mark.once)  # what is left out is left out by any Python
        ways = ["auto", plain] if everywhere(metafunc.definition) else ["auto"]
        metafunc.parametrize("engine", ways, indirect=True, scope="session")


@pytest.fixture(scope="session")
def engine(request) -> Record:
    """An engine with a folder of its own, shared by all tests: a fault in one must not reach the next.

    As this machine allows (auto; Linux: namespaces), or as where it does not (plain). Processor time is not shared out
    by memory: that has its own tests, and the others would wait for it. The folder is not below `/tmp`: in plain mode
    that is the functions' too.
    """
    environ = {"PATH": os.environ["PATH"], "LAB_ISOLATION": request.param, "LAB_CPU": "full"}
    with tempfile.TemporaryDirectory(prefix="lab-", dir="/var/tmp") as home:
        running = Engine(home=Path(home), environ=environ)
        yield running.up(free_port())
        running.down()


@pytest.fixture(scope="session")
def client(engine):
    """`client("lambda")`: a boto3 client of the default account, without retries."""

    @functools.cache
    def make(service: str, key: str = "test"):
        return boto3.client(
            service,
            endpoint_url=engine.endpoint,
            region_name="us-east-1",
            aws_access_key_id=key,
            aws_secret_access_key=secret(engine, key),
            config=Config(retries={"max_attempts": 0}, read_timeout=120, max_pool_connections=64),
        )

    iam = make("iam")
    iam.create_role(RoleName="function", AssumeRolePolicyDocument=json.dumps(TRUST))
    for policy in ("AWSLambdaBasicExecutionRole", "AWSLambdaDynamoDBExecutionRole"):
        iam.attach_role_policy(RoleName="function", PolicyArn=f"arn:aws:iam::aws:policy/service-role/{policy}")
    return make


@pytest.fixture(scope="session")
def unchecked(engine, client):
    """`unchecked("lambda")`: a client that sends what it is given, to the addresses that it is given."""
    config = Config(
        retries={"total_max_attempts": 1},
        parameter_validation=False,
        inject_host_prefix=False,
        account_id_endpoint_mode="disabled",
    )

    @functools.cache
    def make(service: str):
        return boto3.client(
            service,
            endpoint_url=engine.endpoint,
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key=secret(engine),
            config=config,
        )

    return make


@pytest.fixture
def function(client):
    """`function(source)` deploys it and returns a caller; deleted after the test."""
    lam = client("lambda")
    names = []

    def deploy(source, runtime="python3.13", handler=None, name=None, files=None, **configuration):
        name = name or f"f-{uuid.uuid4().hex[:10]}"
        names.append(name)
        if files is None:
            files = {
                "python": {"index.py": source},
                "nodejs": {"index.js": source},
                "provid": {"bootstrap": source},
            }[runtime[:6]]
        lam.create_function(
            FunctionName=name,
            Runtime=runtime,
            Handler=handler or "index.handler",
            Role=ROLE,
            Code={"ZipFile": zipped(files)},
            **configuration,
        )
        wait_until_active(lam, name)
        return caller(lam, name)

    yield deploy
    for name in names:
        try:
            lam.delete_function(FunctionName=name)
        except lam.exceptions.ResourceNotFoundException:
            pass


@pytest.fixture
def actors(engine, client):
    """Makes users and roles; deleted after the test."""
    made = Actors(engine, client)
    yield made
    made.clean_up()
