"""Lab 01: hello world. Five functions, their errors, their logs."""

import base64

from botocore.exceptions import ClientError

from helpers import logs
from helpers.deployment import WAIT, zip_code
from tests.tools.learners.learner import NODE, PYTHON, Learner, require

CALLBACK = """
exports.helloworld = (event, context, callback) => {
  console.log(event);
  callback(null, `Hello ${event.name || "world"}`);
};
"""
PROMISE = """
exports.handler = async (event) => {
  console.log(event);
  return `Hello ${event.name || "world"}`;
};
"""
PYTHON_CODE = """
def handler(event, context):
    print(event)
    return f"Hello {event.get('name', 'world')}"
"""
STRICT = """
exports.handler = async (event) => {
  if (!event.name) throw new Error("a greeting needs a name");
  return `Hello ${event.name}`;
};
"""
CONTEXT = """
exports.handler = async (event, context) => ({id: context.awsRequestId, name: context.functionName});
"""
LEGACY = """
exports.handler = (event, context) => {
  if (event.end === "succeed") context.succeed("it went well");
  if (event.end === "fail") context.fail("it did not");
};
"""


def play(learner: Learner) -> None:
    """Raises: what is not as in the lab."""
    api = learner.client("lambda")
    learner.role = learner.make_role("lab-basic-execution")
    for name in ("HelloWorld", "HelloFromCli"):
        api.create_function(
            FunctionName=name,
            Runtime="nodejs22.x",
            Role=learner.role,
            Handler="index.helloworld",
            Code={"ZipFile": zip_code({"index.js": CALLBACK})},
        )
        api.get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig=WAIT)
    require(learner.call("HelloWorld", {}) == "Hello world", "HelloWorld")
    for _ in range(2):
        require(learner.call("HelloWorld", {"name": "David"}) == "Hello David", "HelloWorld")
    api.invoke(FunctionName="HelloWorld", InvocationType="DryRun")
    told = api.invoke(FunctionName="HelloWorld", Payload='{"name": "David"}', LogType="Tail")
    require("REPORT" in base64.b64decode(told["LogResult"]).decode(), told)
    lines = logs.fetch(learner, "HelloWorld", reports=4, seconds=60)
    require(sum(line.startswith("REPORT") for line in lines) == 4, lines)
    learner.client("logs").describe_log_streams(logGroupName="/aws/lambda/HelloWorld")

    learner.deploy("HelloAsync", CALLBACK, **{**NODE, "Handler": "index.helloworld"})
    require("errorMessage" in learner.call("HelloAsync", {}), "callbacks are no more")
    learner.deploy("HelloAsync", PROMISE, **NODE)
    require(learner.call("HelloAsync", {"name": "David"}) == "Hello David", "HelloAsync")
    learner.deploy("HelloPython", PYTHON_CODE, **PYTHON)
    require(learner.call("HelloPython", {"name": "David"}) == "Hello David", "HelloPython")
    learner.deploy("HelloBroken", CALLBACK, Runtime="nodejs22.x", Handler="index.hello")
    require(learner.call("HelloBroken", {})["errorType"] == "Runtime.HandlerNotFound", "HelloBroken")
    learner.deploy("HelloStrict", STRICT, **NODE)
    require(learner.call("HelloStrict", {})["errorMessage"] == "a greeting needs a name", "HelloStrict")
    try:
        api.invoke(FunctionName="HelloWorld", Payload="{name: David}")
    except ClientError as error:
        require(error.response["Error"]["Code"] == "InvalidRequestContentException", error)
    learner.deploy("HelloContext", CONTEXT, **NODE)
    require(learner.call("HelloContext", {})["name"] == "HelloContext", "HelloContext")
    learner.deploy("HelloLegacy", LEGACY, Runtime="nodejs22.x", Handler="index.handler")
    require(learner.call("HelloLegacy", {"end": "succeed"}) == "it went well", "HelloLegacy")
    require(learner.call("HelloLegacy", {"end": "fail"})["errorMessage"] == "it did not", "HelloLegacy")
