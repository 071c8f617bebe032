"""Lab 01, explained solutions. Each block goes into the empty cell of its exercise: names come from the notebook."""
# ruff: noqa: F821

# %% 1.1 Say goodbye
# The source of HelloWorld with another word, another export, and hence another handler. `replace` would do too;
# written out, you see that file name, export and `Handler` have to agree.
goodbye_js = """
exports.goodbyeworld = (event, context, callback) => {
  callback(null, `Goodbye ${event.name || "world"}`);
};
"""
lambda_client.create_function(
    FunctionName="GoodbyeWorld",
    Runtime="nodejs22.x",
    Role=lab.role,
    Handler="index.goodbyeworld",
    Code={"ZipFile": zip_file("index.js", goodbye_js)},
)
lambda_client.get_waiter("function_active_v2").wait(FunctionName="GoodbyeWorld")

# %% 1.2 Leave your name
# The handler logs every event before it answers, so sending the name is all it takes.
lambda_client.invoke(FunctionName="HelloWorld", Payload=json.dumps({"name": "Grace"}))

# %% 1.3 Repair HelloBroken
# The code exports `helloworld`; Lambda was told to call `hello`. Only the configuration is wrong.
lambda_client.update_function_configuration(FunctionName="HelloBroken", Handler="index.helloworld")
lambda_client.get_waiter("function_updated_v2").wait(FunctionName="HelloBroken")

# %% 1.4 Be strict in Python
# `raise` ends the invocation: the caller finds FunctionError in the response, and the class's name as errorType.
strict_py = """
def lambda_handler(event, context):
    if not event.get("name"):
        raise ValueError("a greeting needs a name")
    return f"Hello {event['name']}"
"""
deploy(
    lab,
    "HelloStrictPython",
    {"lambda_function.py": strict_py},
    runtime="python3.13",
    handler="lambda_function.lambda_handler",
)
