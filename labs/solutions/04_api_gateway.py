"""Lab 04, explained solutions. Each block goes into the empty cell of its exercise: names come from the notebook."""
# ruff: noqa: F821

# %% 4.1 Refuse what you do not serve
# `ANY` lets every verb through, so the function decides. 405 is "method not allowed", and HTTP wants it to come with
# the verbs that are. The other way would be a method GET instead of ANY: then the gateway answers, with its 403.
strict_mjs = """
export const handler = async (event) => {
  if (event.httpMethod !== "GET") return { statusCode: 405, headers: { Allow: "GET" }, body: "" };
  return { statusCode: 200, headers: { "Content-Type": "text/plain" }, body: "Hello world" };
};
"""
deploy(lab, "HelloWorld", {"index.mjs": strict_mjs}, **node)

# %% 4.2 Greet by path
# {hello+} matches all of "hello/Ada". Split at the slash, and the second part is the name, or undefined: then ?? goes on.
by_path_mjs = """
export const handler = async (event) => {
  const inPath = event.pathParameters?.hello.split("/")[1];
  const name = inPath ?? event.queryStringParameters?.name ?? "world";
  return { statusCode: 200, headers: { "Content-Type": "text/plain" }, body: `Hello ${name}` };
};
"""
deploy(lab, "HelloWorld", {"index.mjs": by_path_mjs}, **node)

# %% 4.3 Delete a profile
# The handler needs a branch before the one for GET. 204 means "no content", so the body is empty; answer() brings the
# header that step 8 asks for.
deleting_py = profile_py.replace(
    '    profile = table.get_item(Key={"id": user})',
    """    if event["httpMethod"] == "DELETE":
        table.delete_item(Key={"id": user})
        return {**answer(204, None), "body": ""}
    profile = table.get_item(Key={"id": user})""",
)
deploy(lab, "UserProfile", {"lambda_function.py": deleting_py}, **settings)
# Without the action in the role's policy DynamoDB would refuse, the handler fail, and the caller see a 502.
actions = ["dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:DeleteItem"]
may_use_table = document(Action=actions, Resource=table["TableArn"])
iam.put_role_policy(RoleName="lab04-profile", PolicyName="may", PolicyDocument=may_use_table)
# The path is there already; the verb is new on it.
expose("DELETE", "/users/{id}", to_profile)
publish()

# %% 4.4 Let the page delete
# Each resource is asked by itself: the preflight for /users says nothing about /users/{id}.
allow_page("/users/{id}", "GET,DELETE")
publish()

# %% 4.5 Answer a health check
# A mock has two templates: the one for the request chooses the status, the one for the response writes the body.
health = expose("GET", "/health", {"type": "MOCK", "requestTemplates": ok})
respond(health, "200", '{"status": "ok"}')
publish()

# %% 4.6 Accept no surprises
# A model is part of the API, so the change has to be deployed like any other.
closed = json.dumps({**schema, "additionalProperties": False})
gateway.update_model(
    restApiId=api_id,
    modelName="Profile",
    patchOperations=[{"op": "replace", "path": "/schema", "value": closed}],
)
publish()

# %% 4.7 Open a third stage
# Stages share a deployment and differ in their variables; the map shows the new one at once.
gateway.create_stage(
    restApiId=api_id, stageName="beta", deploymentId=newest, variables={"greeting": "Servus"}
)

# %% 4.8 Route one path elsewhere
# The most specific route wins, so `$default` keeps all the rest. Nothing to deploy: the stage does that by itself.
http_apis = lab.client("apigatewayv2")
to_show = http_apis.create_integration(
    ApiId=http["ApiId"],
    IntegrationType="AWS_PROXY",
    IntegrationUri=show["FunctionArn"],
    PayloadFormatVersion="2.0",
)
target = f"integrations/{to_show['IntegrationId']}"
http_apis.create_route(ApiId=http["ApiId"], RouteKey="GET /event", Target=target)
allow_gateway("ShowEvent", f"{http['ApiId']}/*", "lab04-http")

# %% On your own 1: Insist on a name
# The method says that the parameter is required, the validator that somebody looks. The 400 names what is missing.
queries = gateway.create_request_validator(
    restApiId=api_id, name="query", validateRequestParameters=True
)["id"]
changes = [
    {"op": "replace", "path": "/apiKeyRequired", "value": "false"},
    {"op": "add", "path": "/requestParameters/method.request.querystring.name", "value": "true"},
    {"op": "replace", "path": "/requestValidatorId", "value": queries},
]
gateway.update_method(**greet, patchOperations=changes)
publish("test")
fetch("GET", f"{url}/greet")

# %% On your own 2: Show all profiles
# A branch, an action, a method, as in exercise 4.3. `Scan` reads the whole table: good for ten profiles, not for a million.
listing_py = profile_py.replace(
    '    user = event["pathParameters"]["id"]',
    """    if event["resource"] == "/users":
        return answer(200, table.scan()["Items"])
    user = event["pathParameters"]["id"]""",
)
deploy(lab, "UserProfile", {"lambda_function.py": listing_py}, **settings)
actions = ["dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:Scan"]
may_use_table = document(Action=actions, Resource=table["TableArn"])
iam.put_role_policy(RoleName="lab04-profile", PolicyName="may", PolicyDocument=may_use_table)
expose("GET", "/users", to_profile)
publish("test")
fetch("GET", f"{url}/users")

# %% On your own 3: A role that may nothing
# 500: the gateway has taken on the role, but the role may not invoke, so the function was never called.
iam.delete_role_policy(RoleName="lab04-gateway", PolicyName="may")
gateway.put_integration(**hello, **to_hello, credentials=gateway_role)
publish("test")
fetch("GET", f"{url}/hello")

# %% On your own 4: Let the page read what the gateway says
# The types DEFAULT_4XX and DEFAULT_5XX stand for all answers that have no gateway response of their own. Like everything
# else in the API, they are live once they are deployed. Now the page shows the 400.
for kind in ("DEFAULT_4XX", "DEFAULT_5XX"):
    gateway.put_gateway_response(
        restApiId=api_id,
        responseType=kind,
        responseParameters={"gatewayresponse.header.Access-Control-Allow-Origin": f"'{origin}'"},
    )
publish("test")
refused = requests.post(f"{url}/users", json={"id": "X1", "name": "Nobody"}, timeout=30)
refused.status_code, refused.headers["Access-Control-Allow-Origin"]
