"""`LAB_IAM=off`: everybody may do all, as in open-source LocalStack. What is safe either way stays."""

import os

import pytest
from authorization_kit import SESSION, refused
from kit import free_port, status

from helpers.backend import Engine


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    environ = {"PATH": os.environ["PATH"], "LAB_IAM": "off"}
    running = Engine(home=tmp_path_factory.mktemp("lab"), environ=environ)
    yield running.up(free_port())
    running.down()


def client(engine, service, key):
    return SESSION.client(
        service,
        endpoint_url=engine.endpoint,
        region_name="us-east-1",
        aws_access_key_id=key,
        aws_secret_access_key="x",
    )


def test_any_key_may_do_all_and_status_says_so(engine):
    assert status(engine)["features"]["iam"] is False
    assert client(engine, "iam", "AKIAIOSFODNN7EXAMPLE").list_roles()["Roles"] == []


def test_simulation_answers_all_the_same(engine):
    with refused("NoSuchEntity"):
        client(engine, "iam", "test").simulate_principal_policy(
            PolicySourceArn="arn:aws:iam::000000000000:role/nobody", ActionNames=["s3:GetObject"]
        )
