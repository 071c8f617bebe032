"""Lab 04, explained solutions. Each block goes into the empty cell of its exercise: names come from the notebook."""
# ruff: noqa: F821

# %% 4.1 Refuse what you do not serve
# `ANY` lets every verb through, so the function decides. 405 is "method not allowed", and HTTP wants it to come with
# the verbs that are. The other way would be a method GET instead of ANY: then the gateway answers, with its 403.
strict_js = """
exports.helloworld = async (event) => {
  if (event.httpMethod !== "GET") return { statusCode: 405, headers: { Allow: "GET" }, body: "" };
  return { statusCode: 200, headers: { "Content-Type": "text/plain" }, body: "Hello world" };
};
"""
deploy(lab, "HelloWorld", {"index.js": strict_js}, **node)

# %% 4.2 Delete a profile
# The handler needs a branch before the one for GET. 204 means "no content", so the body is empty.
deleting_py = profile_py.replace(
    '    profile = table.get_item(Key={"id": user})',
    """    if event["httpMethod"] == "DELETE":
        table.delete_item(Key={"id": user})
        return {"statusCode": 204, "body": ""}
    profile = table.get_item(Key={"id": user})""",
)
deploy(
    lab,
    "UserProfile",
    {"lambda_function.py": deleting_py},
    **python,
    role=profile_role["Arn"],
    Environment={"Variables": {"TABLE": "lab04-user-profiles"}},
)
# Without the action in the role's policy DynamoDB would refuse, the handler fail, and the caller see a 502.
may_use_table["Statement"][0]["Action"].append("dynamodb:DeleteItem")
iam.put_role_policy(
    RoleName="lab04-profile", PolicyName="table", PolicyDocument=json.dumps(may_use_table)
)
# The path is there already; the verb is new on it.
expose("DELETE", "/users/{id}", to_profile)
publish()

# %% 4.3 Answer a health check
# A mock has two templates: the one for the request chooses the status, the one for the response writes the body.
health = expose("GET", "/health", {"type": "MOCK", "requestTemplates": ok})
respond(health, "200", '{"status": "ok"}')
publish()

# %% 4.4 Accept no surprises
# A model is part of the API, so the change has to be deployed like any other.
closed = json.dumps({**schema, "additionalProperties": False})
gateway.update_model(
    restApiId=api_id,
    modelName="Profile",
    patchOperations=[{"op": "replace", "path": "/schema", "value": closed}],
)
publish()
