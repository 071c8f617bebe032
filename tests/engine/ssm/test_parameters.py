"""Names of parameters that the Parameter Store refuses. Texts: public reports, of paths aws/copilot-cli#66 (2019)."""

import uuid

import pytest
from botocore.exceptions import ClientError
from kit import refusal


def test_a_name_with_a_slash_begins_with_one(client):
    ssm = client("ssm")
    refused = refusal(ssm.put_parameter, Name="no/slash", Value="v", Type="String")
    assert refused == ("ValidationException", "Parameter name must be a fully qualified name.")


@pytest.mark.parametrize("path", ["nope", "nope/a", "/a b"])
def test_a_path_begins_with_a_slash(client, path):
    with pytest.raises(ClientError) as refused:
        client("ssm").get_parameters_by_path(Path=path)
    said = refused.value.response["Error"]
    assert said["Code"] == "ValidationException"
    assert said["Message"].startswith(
        "The parameter doesn't meet the parameter name requirements. The parameter name must begin with a forward slash"
    )


@pytest.mark.parametrize("end", ["", "/"])
def test_a_path_finds_what_is_below_it(client, end):
    ssm, path = client("ssm"), f"/{uuid.uuid4().hex[:8]}"
    ssm.put_parameter(Name=f"{path}/a", Value="v", Type="String")
    assert [one["Value"] for one in ssm.get_parameters_by_path(Path=path + end)["Parameters"]] == ["v"]
    ssm.delete_parameter(Name=f"{path}/a")
