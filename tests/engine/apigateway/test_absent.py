"""What would be accepted without effect is refused in one sentence, and what says "not that" is taken."""

import pytest
from botocore.exceptions import ClientError
from rest_api_kit import find, mock

OWN_NAME = "an API has this engine's addresses and no domain name of its own."


def changes(path, value):
    return {"patchOperations": [{"op": "replace", "path": path, "value": value}]}


@pytest.mark.parametrize(
    ("operation", "options", "why"),
    [
        ("create_stage", {"stageName": "new", "deploymentId": "DEPLOYMENT", "cacheClusterEnabled": True}, "no cache."),
        ("create_deployment", {"stageName": "new", "cacheClusterEnabled": True}, "there is no cache."),
        ("update_stage", {"stageName": "live", **changes("/cacheClusterEnabled", "true")}, "there is no cache."),
        ("update_stage", {"stageName": "live", **changes("/*/*/caching/enabled", "true")}, "there is no cache."),
        ("update_stage", {"stageName": "live", **changes("/~1thing/GET/caching/enabled", "true")}, "is no cache."),
        ("update_stage", {"stageName": "live", **changes("/clientCertificateId", "c")}, "get no client certificate."),
        ("put_integration", {"type": "HTTP", "uri": "http://a", "connectionType": "VPC_LINK"}, "no private networks."),
        ("update_integration", changes("/connectionType", "VPC_LINK"), "there are no private networks."),
        ("create_domain_name", {"domainName": "api.example.com"}, OWN_NAME),
        ("create_base_path_mapping", {"domainName": "api.example.com"}, OWN_NAME),
        ("create_vpc_link", {"name": "a", "targetArns": ["arn:aws:elasticloadbalancing:x"]}, "no private networks."),
        ("generate_client_certificate", {}, "integrations get no client certificate."),
    ],
)
def test_it_is_refused(gateway, api, operation, options, why):
    mock(gateway, api)
    deployed = gateway.create_deployment(restApiId=api, stageName="live")["id"]
    known = {
        "restApiId": api,
        "deploymentId": deployed,
        "resourceId": find(gateway, api),
        "httpMethod": "GET",
        "integrationHttpMethod": "GET",
    }
    model = gateway.meta.service_model.operation_model(gateway.meta.method_to_api_mapping[operation])
    required = {
        name: known[name] for name in model.input_shape.required_members if name in known and name not in options
    }
    given = {name: known["deploymentId"] if value == "DEPLOYMENT" else value for name, value in options.items()}
    with pytest.raises(ClientError) as refused:
        getattr(gateway, operation)(**{**required, **given})
    assert refused.value.response["Error"]["Code"] == "NotImplemented"
    assert refused.value.response["Error"]["Message"].endswith(why)
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 501


def test_nothing_is_refused_that_asks_for_nothing(gateway, api):
    mock(gateway, api)
    gateway.create_deployment(restApiId=api, stageName="live", cacheClusterEnabled=False)
    for path in ("/cacheClusterEnabled", "/*/*/caching/enabled", "/~1thing/GET/caching/enabled"):
        gateway.update_stage(restApiId=api, stageName="live", **changes(path, "false"))
    where = {"restApiId": api, "resourceId": find(gateway, api), "httpMethod": "GET"}
    gateway.update_integration(**where, **changes("/connectionType", "INTERNET"))
    assert gateway.get_stage(restApiId=api, stageName="live")["cacheClusterEnabled"] is False
