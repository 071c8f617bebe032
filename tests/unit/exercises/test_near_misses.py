"""What was probably meant."""

from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError

from helpers.exercises import checks
from helpers.exercises.checks import exercise
from helpers.exercises.near_misses import near_miss

ARN = "arn:aws:lambda:us-east-1:000000000000:function:GoodbyeWorld"


@pytest.mark.parametrize("found", ["Name", "NAME", "name ", "na-me", "names"])
def test_a_name_in_other_letters_or_with_a_slip_is_a_near_miss(found):
    assert near_miss("key", "name", ["other", found]) == f"the key {found}, the goal says name"


@pytest.mark.parametrize("names", [[], ["name", "Name"], ["surname"], ["from"]])
def test_the_right_name_and_a_different_one_are_none(names):
    assert near_miss("key", "name", names) is None


def test_functions_of_the_labs_that_share_a_word_are_not_taken_for_each_other():
    there = ["HelloPython", "HelloStrict", "HelloWorld", "lab07-hello-live"]
    for wanted in ("HelloStrictPython", "GoodbyeWorld", "lab07-hello-test", "HelloBroken"):
        assert near_miss("function", wanted, there) is None


def lab(functions=(), aliases=()):
    """A lab with these functions and aliases."""
    listed = {"list_functions": ("Functions", "FunctionName", functions), "list_aliases": ("Aliases", "Name", aliases)}

    def get_paginator(operation):
        key, name, there = listed[operation]
        return SimpleNamespace(paginate=lambda **_: [{key: [{name: one} for one in there]}])

    return SimpleNamespace(client=lambda service: SimpleNamespace(get_paginator=get_paginator))


def found(lab, message):
    """What a check finds that AWS answers so."""

    def check(lab):
        raise ClientError({"Error": {"Code": "ResourceNotFoundException", "Message": message}}, "Invoke")

    return checks.run(exercise("1.1", "", desired="", hints=[])(check), lab).check.actual


def test_a_function_that_is_missing_is_found_under_nearly_its_name():
    sentence = "the function goodbyeWorld, the goal says GoodbyeWorld"
    assert found(lab(["HelloWorld", "goodbyeWorld"]), f"Function not found: {ARN}") == sentence


def test_so_is_an_alias_of_a_function_that_is_there():
    missing = f"Cannot find alias arn: {ARN}:beta"
    assert found(lab(["GoodbyeWorld"], ["live", "Beta"]), missing) == "the alias Beta, the goal says beta"


@pytest.mark.parametrize("message", [f"Function not found: {ARN}", "The role is not there"])
def test_where_nothing_is_like_it_aws_has_the_word(message):
    assert found(lab(["HelloWorld"]), message) == f"ResourceNotFoundException ({message})"


def test_a_backend_that_does_not_list_leaves_aws_the_word():
    assert found(None, f"Function not found: {ARN}") == f"ResourceNotFoundException (Function not found: {ARN})"
