"""HTTP APIs from templates: SAM's `AWS::Serverless::HttpApi`, and `AWS::ApiGatewayV2::…`.

Sources: SAM Developer Guide, "AWS::Serverless::HttpApi" and "HttpApi" of functions' events; CloudFormation Template
Reference, "Amazon API Gateway V2" (2026-11).
"""

from http_api_kit import ask

TEMPLATE = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration: {AllowOrigins: ["https://a.example"]}
      Auth:
        Authorizers:
          Key:
            FunctionArn: !GetAtt Keys.Arn
            AuthorizerPayloadFormatVersion: "2.0"
            EnableSimpleResponses: true
            EnableFunctionDefaultPermissions: true
            Identity: {Headers: [x-key]}
        DefaultAuthorizer: Key
  Keys:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: "def handler(event, context): return {'isAuthorized': event['identitySource'] == ['good']}"
  Items:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: "def handler(event, context): return event"
      Events:
        Get: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: "/items/{id}", Method: GET}}
        Guarded: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: /guarded, Method: GET, Auth: {Authorizer: Key}}}
        Open: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: /open, Method: GET, Auth: {Authorizer: NONE}}}
        Implicit: {Type: HttpApi, Properties: {Path: /implicit, Method: POST}}
  Plain:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: plain, ProtocolType: HTTP, Tags: {a: b}}
  Integration:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Plain
      IntegrationType: AWS_PROXY
      IntegrationUri: !GetAtt Items.Arn
      PayloadFormatVersion: "2.0"
  Route:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Plain, RouteKey: ANY /x, Target: !Sub "integrations/${Integration}"}
  Deployment:
    Type: AWS::ApiGatewayV2::Deployment
    DependsOn: Route
    Properties: {ApiId: !Ref Plain}
  Stage:
    Type: AWS::ApiGatewayV2::Stage
    Properties: {ApiId: !Ref Plain, StageName: dev, DeploymentId: !Ref Deployment}
  Permission:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Items
      Principal: apigateway.amazonaws.com
      SourceArn: !Sub "arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Plain}/*/*/x"
Outputs:
  Api: {Value: !GetAtt Api.ApiEndpoint}
  Implicit: {Value: !Ref ServerlessHttpApi}
  Plain: {Value: !Sub "${Plain.ApiEndpoint}/${Stage}/x"}
  AtAws: {Value: !Sub "https://${Api}.execute-api.${AWS::Region}.amazonaws.com/items/8"}
"""


def test_templates_make_apis_that_answer_change_and_go(engine, client, v2):
    stacks, name = client("cloudformation"), "http-apis"
    may = {"Capabilities": ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]}
    patience = {"WaiterConfig": {"Delay": 1, "MaxAttempts": 120}}
    before = {api["ApiId"] for api in v2.get_apis()["Items"]}
    stacks.create_stack(StackName=name, TemplateBody=TEMPLATE, **may)
    stacks.get_waiter("stack_create_complete").wait(StackName=name, **patience)
    outputs = stacks.describe_stacks(StackName=name)["Stacks"][0]["Outputs"]
    found = {output["OutputKey"]: output["OutputValue"] for output in outputs}
    url = found["Api"]
    assert (ask(f"{url}/items/7").status, ask(f"{url}/open").status) == (401, 200)
    item = ask(f"{url}/items/7", Origin="https://a.example", x_key="good")
    assert item.json["pathParameters"] == {"id": "7"}
    assert item.header("access-control-allow-origin") == "https://a.example"
    guarded = [ask(f"{url}/guarded", **key).status for key in ({}, {"x_key": "bad"}, {"x_key": "good"})]
    assert guarded == [401, 403, 200]
    assert ask(found["AtAws"], x_key="good").json["pathParameters"] == {"id": "8"}
    host = f"{found['Implicit']}.execute-api.us-east-1.amazonaws.com"
    assert ask(f"{engine.endpoint}/implicit", "POST", b"", Host=host).status == 200
    assert ask(found["Plain"]).json["routeKey"] == "ANY /x"
    stacks.update_stack(StackName=name, TemplateBody=TEMPLATE.replace("/items/", "/things/"), **may)
    stacks.get_waiter("stack_update_complete").wait(StackName=name, **patience)
    assert (ask(f"{url}/things/7", x_key="good").status, ask(f"{url}/items/7").status) == (200, 404)
    stacks.delete_stack(StackName=name)
    stacks.get_waiter("stack_delete_complete").wait(StackName=name, **patience)
    assert {api["ApiId"] for api in v2.get_apis()["Items"]} == before
