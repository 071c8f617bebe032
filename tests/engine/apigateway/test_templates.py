"""REST APIs from templates: authorizers, documentation, and a stage's settings.

Sources: CloudFormation Template Reference, "AWS::ApiGateway::Authorizer", "…::DocumentationPart", "…::Stage" (2026-11);
SAM Developer Guide, "ApiAuth" and "AWS::Serverless::Api", MethodSettings (2026-11).
"""

import json

from rest_api_kit import get

AUTHORIZER = """def handler(event, context):
    effect = "Allow" if event["authorizationToken"] == "good" else "Deny"
    statement = {"Action": "execute-api:Invoke", "Effect": effect, "Resource": "*"}
    return {"principalId": "me", "policyDocument": {"Version": "2012-10-17", "Statement": [statement]}}
"""
FUNCTION = {"Runtime": "python3.13", "Handler": "index.handler"}
URI = "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${%s.Arn}/invocations"
SETTINGS = [{"ResourcePath": "/*", "HttpMethod": "*", "LoggingLevel": "INFO", "DataTraceEnabled": True}]
TEMPLATE = {
    "Transform": "AWS::Serverless-2016-10-31",
    "Resources": {
        "Keys": {"Type": "AWS::Serverless::Function", "Properties": {**FUNCTION, "InlineCode": AUTHORIZER}},
        "Tea": {
            "Type": "AWS::Serverless::Function",
            "Properties": {
                **FUNCTION,
                "InlineCode": "def handler(event, context): return {'body': 'tea'}",
                "Events": {
                    "Get": {"Type": "Api", "Properties": {"RestApiId": {"Ref": "Sam"}, "Path": "/tea", "Method": "GET"}}
                },
            },
        },
        "Sam": {
            "Type": "AWS::Serverless::Api",
            "Properties": {
                "StageName": "live",
                "MethodSettings": SETTINGS,
                "Auth": {
                    "DefaultAuthorizer": "Own",
                    "Authorizers": {"Own": {"FunctionArn": {"Fn::GetAtt": ["Keys", "Arn"]}}},
                },
            },
        },
        "Plain": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Name": "plain"}},
        "Own": {
            "Type": "AWS::ApiGateway::Authorizer",
            "Properties": {
                "RestApiId": {"Ref": "Plain"},
                "Name": "own",
                "Type": "TOKEN",
                "IdentitySource": "method.request.header.Auth",
                "AuthorizerUri": {"Fn::Sub": URI % "Keys"},
                "AuthorizerResultTtlInSeconds": 0,
            },
        },
        "MayAsk": {
            "Type": "AWS::Lambda::Permission",
            "Properties": {
                "Action": "lambda:InvokeFunction",
                "FunctionName": {"Ref": "Keys"},
                "Principal": "apigateway.amazonaws.com",
            },
        },
        "Method": {
            "Type": "AWS::ApiGateway::Method",
            "Properties": {
                "RestApiId": {"Ref": "Plain"},
                "ResourceId": {"Fn::GetAtt": ["Plain", "RootResourceId"]},
                "HttpMethod": "GET",
                "AuthorizationType": "CUSTOM",
                "AuthorizerId": {"Ref": "Own"},
                "Integration": {
                    "Type": "MOCK",
                    "RequestTemplates": {"application/json": '{"statusCode": 200}'},
                    "IntegrationResponses": [{"StatusCode": "200"}],
                },
                "MethodResponses": [{"StatusCode": "200"}],
            },
        },
        "Deployment": {
            "Type": "AWS::ApiGateway::Deployment",
            "DependsOn": "Method",
            "Properties": {"RestApiId": {"Ref": "Plain"}},
        },
        "Stage": {
            "Type": "AWS::ApiGateway::Stage",
            "Properties": {
                "RestApiId": {"Ref": "Plain"},
                "DeploymentId": {"Ref": "Deployment"},
                "StageName": "live",
                "MethodSettings": [{"ResourcePath": "/", "HttpMethod": "GET", "ThrottlingRateLimit": 7}],
                "AccessLogSetting": {
                    "DestinationArn": "arn:aws:logs:us-east-1:000000000000:log-group:access",
                    "Format": "$context.requestId",
                },
            },
        },
        "Words": {
            "Type": "AWS::ApiGateway::DocumentationPart",
            "Properties": {
                "RestApiId": {"Ref": "Plain"},
                "Location": {"Type": "METHOD", "Path": "/", "Method": "GET"},
                "Properties": '{"description": "tea"}',
            },
        },
    },
    "Outputs": {name: {"Value": {"Ref": name}} for name in ("Sam", "Plain", "Own", "Words")},
}


def test_templates_make_change_and_delete_what_guards_describes_and_logs_an_api(engine, client, gateway):
    stacks, logs, name = client("cloudformation"), client("logs"), "rest-api-parts"
    may = {"Capabilities": ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]}
    patience = {"WaiterConfig": {"Delay": 1, "MaxAttempts": 120}}
    before = {api["id"] for api in gateway.get_rest_apis()["items"]}
    stacks.create_stack(StackName=name, TemplateBody=json.dumps(TEMPLATE), **may)
    stacks.get_waiter("stack_create_complete").wait(StackName=name, **patience)
    found = {
        one["OutputKey"]: one["OutputValue"] for one in stacks.describe_stacks(StackName=name)["Stacks"][0]["Outputs"]
    }
    sam, plain = found["Sam"], found["Plain"]

    for path, api, header in (("/live/tea", sam, "Authorization"), ("/live", plain, "Auth")):
        given = [get(engine, api, path, **key)[0] for key in ({}, {header: "bad"}, {header: "good"})]
        assert given == [401, 403, 200], path
    group = f"API-Gateway-Execution-Logs_{sam}/live"
    lines = [event["message"] for event in logs.filter_log_events(logGroupName=group)["events"]]
    assert [line.split(") ", 1)[1] for line in lines if "Method response body" in line] == [
        "Method response body after transformations: tea"
    ]
    logs.delete_log_group(logGroupName=group)
    stage = gateway.get_stage(restApiId=plain, stageName="live")
    assert stage["methodSettings"]["~1/GET"]["throttlingRateLimit"] == 7
    assert stage["accessLogSettings"]["format"] == "$context.requestId"
    part = gateway.get_documentation_part(restApiId=plain, documentationPartId=found["Words"])
    assert (part["location"], part["properties"]) == (
        {"type": "METHOD", "path": "/", "method": "GET"},
        '{"description": "tea"}',
    )

    changed = json.loads(json.dumps(TEMPLATE))
    changed["Resources"]["Own"]["Properties"]["AuthorizerResultTtlInSeconds"] = 60
    changed["Resources"]["Words"]["Properties"]["Properties"] = '{"description": "coffee"}'
    changed["Resources"]["Stage"]["Properties"]["MethodSettings"][0]["ThrottlingRateLimit"] = 8
    del changed["Resources"]["Stage"]["Properties"]["AccessLogSetting"]
    # What is deployed anew takes the old deployment's place, and the stage stays.
    changed["Resources"]["Again"] = changed["Resources"].pop("Deployment")
    changed["Resources"]["Stage"]["Properties"]["DeploymentId"] = {"Ref": "Again"}
    answers = changed["Resources"]["Method"]["Properties"]["Integration"]["IntegrationResponses"]
    answers[0]["ResponseTemplates"] = {"application/json": "changed"}
    stacks.update_stack(StackName=name, TemplateBody=json.dumps(changed), **may)
    stacks.get_waiter("stack_update_complete").wait(StackName=name, **patience)
    assert get(engine, plain, "/live", Auth="good") == (200, b"changed")
    assert gateway.get_authorizer(restApiId=plain, authorizerId=found["Own"])["authorizerResultTtlInSeconds"] == 60
    part = gateway.get_documentation_part(restApiId=plain, documentationPartId=found["Words"])
    assert part["properties"] == '{"description": "coffee"}'
    stage = gateway.get_stage(restApiId=plain, stageName="live")
    assert stage["methodSettings"]["~1/GET"]["throttlingRateLimit"] == 8
    assert "accessLogSettings" not in stage

    stacks.delete_stack(StackName=name)
    stacks.get_waiter("stack_delete_complete").wait(StackName=name, **patience)
    assert {api["id"] for api in gateway.get_rest_apis()["items"]} == before
