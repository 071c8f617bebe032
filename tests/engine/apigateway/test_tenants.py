"""Functions that keep tenants apart, behind a REST API: Developer Guide, "Invoking Lambda functions with tenant
isolation" (2026-11)."""

import json

import pytest
from rest_api_kit import allow, get, proxy, translated

PER_TENANT = {"TenancyConfig": {"TenantIsolationMode": "PER_TENANT"}}
SAYS = "def handler(event, context):\n    return {'body': context.tenant_id}"
MISSING = (
    "The invoked function is enabled with tenancy configuration. Add a valid tenant ID in your request and try again."
)
TO_LAMBDA = "integration.request.header.X-Amz-Tenant-Id"


@pytest.mark.parametrize(
    ("mapped", "path", "headers"),
    [
        ("method.request.header.Tenant", "/live/thing", {"Tenant": "blue"}),
        ("method.request.querystring.tenant", "/live/thing?tenant=blue", {}),
    ],
)
def test_an_integration_maps_the_tenant(engine, client, gateway, api, function, mapped, path, headers):
    says = function(SAYS, **PER_TENANT)
    allow(client, says)
    proxy(gateway, api, says, [mapped], requestParameters={TO_LAMBDA: mapped})
    gateway.create_deployment(restApiId=api, stageName="live")
    assert get(engine, api, path, **headers) == (200, b"blue")


def test_a_call_without_a_tenant_is_told_so_and_a_client_cannot_name_one_itself(engine, client, gateway, api, function):
    says = function(SAYS, **PER_TENANT)
    allow(client, says)
    proxy(gateway, api, says)
    gateway.create_deployment(restApiId=api, stageName="live")
    for headers in ({}, {"X-Amz-Tenant-Id": "blue"}):
        assert get(engine, api, "/live/thing", **headers) == (400, {"message": MISSING})


def test_an_integration_without_a_proxy_maps_it_too(engine, client, gateway, api, function):
    says = function(SAYS, **PER_TENANT)
    allow(client, says)
    translated(gateway, api, says, requestParameters={TO_LAMBDA: "'blue'"})
    gateway.create_deployment(restApiId=api, stageName="live")
    status, answer = get(engine, api, "/live/thing", data=b"{}", **{"Content-Type": "application/json"})
    assert (status, json.loads(answer)) == (200, {"body": "blue"})
