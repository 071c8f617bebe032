"""What the tests of authorization share: identities with exactly the policies that a test gives them."""

import json
import uuid
from contextlib import contextmanager

import boto3
import kit
from botocore.config import Config
from botocore.exceptions import ClientError
from kit import TRUST

ACCOUNT = "000000000000"
SESSION = boto3.Session()  # one for all: it keeps the descriptions of the services
ROOT = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "sts:AssumeRole"}


def document(*statements) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def statement(action, resource="*", effect="Allow", **more) -> dict:
    return {"Effect": effect, "Action": action, "Resource": resource, **more}


def allow(action, resource="*", **more) -> str:
    return document(statement(action, resource, **more))


def unique(prefix="a") -> str:
    return f"{prefix}-{uuid.uuid4().hex[:10]}"


@contextmanager
def refused(code, message=""):
    """The block raises AWS's error; `message` is part of its text. Gives the error to the block's end."""
    caught = {}
    try:
        yield caught
    except ClientError as error:
        caught["error"] = error.response["Error"]
        assert (error.response["Error"]["Code"], message in error.response["Error"]["Message"]) == (code, True), error
    else:
        raise AssertionError(f"{code} was expected")


class Actors:
    """Makes users and roles, and clients that sign as them; `clean_up` deletes what was made."""

    def __init__(self, engine, client):
        self.engine, self.root, self.iam = engine, client, client("iam")
        self.users, self.roles = [], []

    def client(self, service, key="test", secret=None, token=None):
        """Signs with an account's own secret, unless it is told another."""
        return SESSION.client(
            service,
            endpoint_url=self.engine.endpoint,
            region_name="us-east-1",
            aws_access_key_id=key,
            aws_secret_access_key=secret or kit.secret(self.engine, key),
            aws_session_token=token,
            config=Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"}),
        )

    def role(self, *policies, trust=ROOT, name=None, **options) -> "Role":
        name = name or unique("role")
        self.roles.append(name)
        made = self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(trust), **options)["Role"]
        role = Role(self, name, made["Arn"])
        for policy in policies:
            role.put(policy)
        return role

    def execution_role(self, *policies) -> "Role":
        return self.role(*policies, trust=TRUST["Statement"][0])

    def user(self, *policies, **options) -> "User":
        name = unique("user")
        self.users.append(name)
        arn = self.iam.create_user(UserName=name, **options)["User"]["Arn"]
        user = User(self, name, arn)
        for policy in policies:
            user.put(policy)
        return user

    def clean_up(self):
        for name in self.roles:
            try:
                for policy in self.iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]:
                    self.iam.detach_role_policy(RoleName=name, PolicyArn=policy["PolicyArn"])
                for policy in self.iam.list_role_policies(RoleName=name)["PolicyNames"]:
                    self.iam.delete_role_policy(RoleName=name, PolicyName=policy)
                self.iam.delete_role(RoleName=name)
            except self.iam.exceptions.NoSuchEntityException:
                pass
        for name in self.users:
            for key in self.iam.list_access_keys(UserName=name)["AccessKeyMetadata"]:
                self.iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
            for policy in self.iam.list_user_policies(UserName=name)["PolicyNames"]:
                self.iam.delete_user_policy(UserName=name, PolicyName=policy)
            for policy in self.iam.list_attached_user_policies(UserName=name)["AttachedPolicies"]:
                self.iam.detach_user_policy(UserName=name, PolicyArn=policy["PolicyArn"])
            self.iam.delete_user(UserName=name)


class Role:
    def __init__(self, actors, name, arn):
        self.actors, self.name, self.arn = actors, name, arn

    def put(self, policy, name="policy"):
        self.actors.iam.put_role_policy(RoleName=self.name, PolicyName=name, PolicyDocument=policy)

    def session(self, name="session", **options):
        """`session("s3")`: a client of one role session; `.arn` is the session's."""
        options = {"RoleArn": self.arn, "RoleSessionName": name, **options}
        keys = self.actors.root("sts").assume_role(**options)["Credentials"]

        def make(service):
            return self.actors.client(service, keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])

        make.arn = f"arn:aws:sts::{ACCOUNT}:assumed-role/{self.name}/{name}"
        make.keys = keys
        return make


class User:
    def __init__(self, actors, name, arn):
        self.actors, self.name, self.arn = actors, name, arn
        self.key = actors.iam.create_access_key(UserName=name)["AccessKey"]

    def put(self, policy, name="policy"):
        self.actors.iam.put_user_policy(UserName=self.name, PolicyName=name, PolicyDocument=policy)

    def client(self, service):
        return self.actors.client(service, self.key["AccessKeyId"], self.key["SecretAccessKey"])
