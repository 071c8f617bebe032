"""The sweep of an AWS account, with its list, its confirmation and its refusals."""

from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError

from helpers.cleanup import sweep, sweeping
from helpers.cleanup.owns import Owns
from helpers.cleanup.resource_types import ResourceType
from helpers.errors import ConfirmationError

pytestmark = pytest.mark.once

HERE = "us-east-1:123456789012"
LABS = {"01": Owns(functions=("HelloWorld", "Mine")), "12": Owns(functions=("lab12-*",), stacks=("lab12-*",))}


class Account:
    """An account with functions, their mappings and logs, roles and a stack; `stubborn` names are refused once each."""

    def __init__(self, monkeypatch):
        self.tags = {}
        self.there = {kind: [] for kind in ("stacks", "event_source_mappings", "functions", "roles", "log_groups")}
        self.stubborn, self.used_role = [], False
        self.no_tags = False
        types = {
            kind: ResourceType("any", "list", kind, lambda resource: resource["Name"], self.delete)
            for kind in self.there
        }
        monkeypatch.setattr(
            ResourceType, "named", lambda kind, api: ((one["Name"], one) for one in self.there[kind.key])
        )
        monkeypatch.setattr(sweep, "RESOURCE_TYPES", types)
        monkeypatch.setattr(sweep.tagged, "arns", self.arns)
        monkeypatch.setattr(sweep.tagged, "lab_in_iam", lambda api, kind, resource: self.tags.get(resource["Name"]))
        monkeypatch.setattr(sweep, "_parts", lambda api, stack: ["lab12-part"])
        monkeypatch.setattr(sweep, "basic_role_is_used", lambda client: self.used_role)
        self.session = SimpleNamespace(
            client=lambda service: service, account="123456789012", region="us-east-1", target="123456789012/us-east-1"
        )

    def arns(self, client, labs):
        if self.no_tags:
            raise refusal("AccessDeniedException", "GetResources")
        return {arn: lab for arn, lab in self.tags.items() if arn.startswith("arn:") and lab in labs}

    def delete(self, api, resource):
        if resource["Name"] in self.stubborn:
            self.stubborn.remove(resource["Name"])
            raise refusal("DeleteConflict", "DeleteRole")
        for resources in self.there.values():
            if resource in resources:
                resources.remove(resource)


def refusal(code, operation):
    return ClientError({"Error": {"Code": code, "Message": "No."}}, operation)


@pytest.fixture
def account(monkeypatch):
    return Account(monkeypatch)


def add(account, kind, name, tag=None, arn=None):
    names = ("Name", "FunctionName", "StackName", "UUID", "logGroupName")
    account.there[kind].append(dict.fromkeys(names, name))
    if tag:
        account.tags[arn or name] = tag


def function(account, name, tag=None):
    add(account, "functions", name, tag, f"arn:aws:lambda:{HERE}:function:{name}")
    add(account, "log_groups", f"/aws/lambda/{name}")


def why(found):
    return {f"{item.kind} {item.name}": (item.lab, item.why) for item in found.items}


def test_what_is_tagged_is_a_labs_whatever_its_name(account):
    function(account, "Experiment", "01")
    assert why(sweep.find(account.session.client, LABS)) == {"functions Experiment": ("01", "tagged")}


def test_what_has_the_name_and_not_the_tag_stays_with_its_logs_and_its_mapping(account):
    function(account, "HelloWorld", "01")
    function(account, "Mine")
    add(account, "event_source_mappings", "Mine")
    found = sweep.find(account.session.client, LABS)
    assert [str(item) for item in found.ours] == [
        "functions: HelloWorld (lab 01, tagged)",
        "log groups: /aws/lambda/HelloWorld (lab 01, by its name)",
    ]
    assert [item.name for item in found.perhaps_not] == ["Mine", "Mine", "/aws/lambda/Mine"]


def test_the_logs_of_a_function_that_is_gone_are_known_by_name(account):
    add(account, "log_groups", "/aws/lambda/HelloWorld")
    assert why(sweep.find(account.session.client, LABS)) == {"log_groups /aws/lambda/HelloWorld": ("01", "by its name")}


def test_what_a_labs_stack_has_made_goes_with_it(account):
    add(account, "stacks", "lab12-shop", "12", f"arn:aws:cloudformation:{HERE}:stack/lab12-shop/1")
    function(account, "lab12-part")
    assert why(sweep.find(account.session.client, LABS))["functions lab12-part"] == ("12", "part of lab12-shop")


def test_other_labs_than_those_asked_for_keep_what_they_have(account):
    function(account, "HelloWorld", "12")
    assert sweep.find(account.session.client, {"01": LABS["01"]}).ours == []


def test_without_the_right_to_read_tags_what_could_have_one_stays_and_that_is_told(account, capsys):
    function(account, "HelloWorld", "01")
    account.no_tags = True
    assert not sweeping.run(account.session, LABS)
    said = capsys.readouterr().out
    assert "AWS refused to list, so that there may be more:\n  tags: AccessDeniedException: " in said
    assert len(account.there["functions"]) == 1


def test_what_is_refused_is_tried_again_and_told_at_the_end(account, monkeypatch, capsys):
    monkeypatch.setenv("LAB_AWS_CONFIRM", account.session.target)
    add(account, "roles", "once", "01")
    add(account, "roles", "twice", "01")
    account.stubborn = ["once", "twice", "twice"]
    assert not sweeping.run(account.session, LABS)
    said = capsys.readouterr().out.splitlines()
    assert said[-3] == "Deleted: roles: once (lab 01, tagged)"
    assert said[-2:] == ["AWS refused to delete:", "  roles: twice (lab 01, tagged): DeleteConflict: No."]


def test_a_dry_run_asks_and_deletes_nothing(account, monkeypatch, capsys):
    function(account, "HelloWorld", "01")
    monkeypatch.setattr("builtins.input", lambda prompt: pytest.fail("asked"))
    assert not sweeping.run(account.session, LABS, dry_run=True)
    assert "functions: HelloWorld (lab 01, tagged)" in capsys.readouterr().out
    assert len(account.there["functions"]) == 1


@pytest.mark.parametrize("typed", ["", "yes", "123456789012"])
def test_nothing_is_deleted_before_account_and_region_are_typed(account, monkeypatch, typed):
    function(account, "HelloWorld", "01")
    monkeypatch.delenv("LAB_AWS_CONFIRM", raising=False)
    monkeypatch.setattr("builtins.input", lambda prompt: typed)
    with pytest.raises(ConfirmationError):
        sweeping.run(account.session, LABS)
    assert len(account.there["functions"]) == 1


def test_what_lacks_the_tag_goes_if_that_is_asked_for(account, monkeypatch, capsys):
    monkeypatch.setenv("LAB_AWS_CONFIRM", account.session.target)
    function(account, "Mine")
    assert sweeping.run(account.session, LABS, untagged=True)
    assert account.there["functions"] == account.there["log_groups"] == []
    assert capsys.readouterr().out.endswith("Nothing of the labs is left.\n")


def test_the_shared_role_stays_while_a_function_uses_it(account, monkeypatch, capsys):
    monkeypatch.setenv("LAB_AWS_CONFIRM", account.session.target)
    add(account, "roles", "lab-basic-execution", "04")
    account.used_role = True
    assert not sweeping.run(account.session, LABS)
    assert "lab-basic-execution (lab 04, tagged): functions still use it" in capsys.readouterr().out
    account.used_role = False
    assert sweeping.run(account.session, LABS)
    assert account.there["roles"] == []
