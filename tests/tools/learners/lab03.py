"""Lab 03: updates. Code, configuration, versions, and an alias that sends a tenth of 300 calls elsewhere."""

from botocore.exceptions import ClientError

from helpers.deployment import zip_code
from tests.tools.learners.learner import Learner, require

HELLO = """
let calls = 0;
const prefix = process.env.APP_PREFIX || "";

export const handler = async (event) => {
  calls += 1;
  const greeting = `${prefix}Hello ${event.name || "world"}`;
  console.log(greeting);
  return `${greeting}, call ${calls}`;
};
"""
BONJOUR = HELLO.replace("Hello", "Bonjour")
VARIABLES = "export const handler = async () => process.env;\n"
NODE = {"Runtime": "nodejs24.x", "Handler": "index.handler"}
NAME = "HelloUpdates"  # lab 01's is of another runtime


def play(learner: Learner) -> None:
    """Raises: what is not as in the lab."""
    api = learner.client("lambda")
    role = learner.make_role("lab03-hello")
    david = {"name": "David"}
    learner.deploy(NAME, {"index.mjs": HELLO}, Role=role, **NODE)
    require([learner.call(NAME, david)[-1] for _ in range(3)] == ["1", "2", "3"], "it is kept warm")
    before = api.get_function_configuration(FunctionName=NAME)
    bonjour = zip_code({"index.mjs": BONJOUR})
    api.update_function_code(FunctionName=NAME, ZipFile=bonjour, DryRun=True)
    require(learner.call(NAME, david).startswith("Hello"), "a dry run changes nothing")
    api.update_function_code(FunctionName=NAME, ZipFile=bonjour)
    learner.wait(NAME)
    api.get_function_configuration(FunctionName=NAME)
    for number in (1, 2):
        require(learner.call(NAME, david) == f"Bonjour David, call {number}", "new code, new environment")
    _refused(lambda: api.update_function_code(FunctionName=NAME, ZipFile=bonjour, RevisionId=before["RevisionId"]))
    learner.configure(NAME, Environment={"Variables": {"ENVIRONMENT": "development", "APP_PREFIX": "[dev] "}})
    require(learner.call(NAME, david).startswith("[dev] "), "configuration")
    learner.deploy("HelloVariables", {"index.mjs": VARIABLES}, Environment={"Variables": {"MINE": "1"}}, **NODE)
    require(learner.call("HelloVariables", {})["MINE"] == "1", "variables")
    for variables in ({"AWS_REGION": "eu-central-1"}, {"LARGE": "x" * 4096}):
        _refused(
            lambda variables=variables: api.update_function_configuration(
                FunctionName=NAME, Environment={"Variables": variables}
            )
        )

    api.update_function_code(FunctionName=NAME, ZipFile=zip_code({"index.mjs": HELLO}))
    learner.wait(NAME)
    require(api.publish_version(FunctionName=NAME, Description="Hello")["Version"] == "1", "version 1")
    require(api.publish_version(FunctionName=NAME, Description="Hello again")["Version"] == "1", "nothing changed")
    second = api.update_function_code(FunctionName=NAME, ZipFile=bonjour, Publish=True)
    require(second["Version"] == "2", second)
    learner.wait(NAME)
    api.get_waiter("function_active_v2").wait(FunctionName=NAME, Qualifier="2", WaiterConfig={"Delay": 0.1})
    require(len(api.list_versions_by_function(FunctionName=NAME)["Versions"]) == 3, "three versions")
    for qualifier in ("1", "2", "$LATEST"):
        learner.call(NAME, david, Qualifier=qualifier)
    _refused(lambda: learner.call(f"{NAME}:99", david))
    _refused(lambda: api.update_function_configuration(FunctionName=f"{NAME}:1", Timeout=10))
    api.create_alias(FunctionName=NAME, Name="live", FunctionVersion="1")
    api.update_alias(FunctionName=NAME, Name="live", RoutingConfig={"AdditionalVersionWeights": {"2": 0.1}})
    answered = [api.invoke(FunctionName=f"{NAME}:live")["ExecutedVersion"] for _ in range(300)]
    require(set(answered) == {"1", "2"}, "a tenth goes to version 2")
    api.update_alias(FunctionName=NAME, Name="live", RoutingConfig={"AdditionalVersionWeights": {}})
    require({api.invoke(FunctionName=f"{NAME}:live")["ExecutedVersion"] for _ in range(50)} == {"1"}, "back to 1")


def _refused(call) -> None:
    try:
        call()
    except ClientError:
        return
    raise AssertionError("this is refused in the lab")
