"""Names of functions."""

import pytest

from helpers.backend.function_names import function_name


@pytest.mark.parametrize(
    "named", ["f", "f:live", "arn:aws:lambda:us-east-1:000000000000:function:f", f"{0:012}:function:f:1"]
)
def test_a_function_is_named_in_several_ways(named):
    assert function_name(named) == "f"
