"""Lab 01, explained solutions. Each block goes into the empty cell of its exercise: names come from the notebook."""
# ruff: noqa: F821

# %% 1.1 Give it more time
# Code and configuration change by different calls. Settings that the call does not name stay as they are.
lambda_client.update_function_configuration(FunctionName="HelloPython", Timeout=10)

# %% 1.2 Say goodbye
# The source of HelloWorld with another word, and the call with another name. File name, export and `Handler` have to
# agree: index.mjs, `handler`, index.handler.
goodbye_mjs = """
export const handler = async (event) => `Goodbye ${event.name || "world"}`;
"""
lambda_client.create_function(
    FunctionName="GoodbyeWorld",
    Runtime="nodejs24.x",
    Role=lab.role,
    Handler="index.handler",
    Code={"ZipFile": zip_file("index.mjs", goodbye_mjs)},
)
lambda_client.get_waiter("function_active_v2").wait(FunctionName="GoodbyeWorld")

# %% 1.3 Leave your name
# The handler logs every event before it answers, so sending the name is all it takes.
lambda_client.invoke(FunctionName="HelloWorld", Payload=json.dumps({"name": "Grace"}))

# %% 1.4 Repair HelloBroken
# The code exports `handler`; Lambda was told to call `hello`. Only the configuration is wrong.
lambda_client.update_function_configuration(FunctionName="HelloBroken", Handler="index.handler")
lambda_client.get_waiter("function_updated_v2").wait(FunctionName="HelloBroken")

# %% 1.5 Be strict in Python
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
    Runtime="python3.14",
    Handler="lambda_function.lambda_handler",
)

# %% On your own 1: Names that are none
# In JavaScript "", 0 and null count as false, so `||` gives world. With null instead of an event there is no
# `event.name`: the handler fails with a TypeError, and FunctionError is Unhandled.
for name in ("", 0, None):
    print(call("HelloWorld", {"name": name}))
print(call("HelloWorld", None))

# %% On your own 2: What INIT_REPORT says
# Both lines say Status: error and Error Type: Runtime.HandlerNotFound. INIT failed (Phase: init), and was tried once
# more within the invocation (Phase: invoke).
deploy(lab, "HelloBroken", {"index.mjs": hello_mjs}, Runtime="nodejs24.x", Handler="index.hello")
print(logs.tail(lambda_client.invoke(FunctionName="HelloBroken", LogType="Tail")))

# %% On your own 3: What JSON cannot hold
# Runtime.MarshalError in Python, Runtime.JSONStringifyError in Node.js: neither a set nor a BigInt is JSON.
set_py = "def lambda_handler(event, context): return {1, 2}"
python = {"Runtime": "python3.14", "Handler": "lambda_function.lambda_handler"}
deploy(lab, "HelloStrictPython", {"lambda_function.py": set_py}, **python)
print(call("HelloStrictPython", {})["Payload"]["errorType"])

# %% On your own 4: A long name
# The console refuses it. It keeps the test events; Lambda never hears of their names.
try:
    console.save("David-in-a-very-long-event-name", {"name": "David"})
except Exception as error:
    print(error)
