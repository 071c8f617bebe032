"""Lab 03, explained solutions. Each block goes into the empty cell of its exercise: names come from the notebook."""
# ruff: noqa: E402, F821

# %% 3.1 Go to production
# `Environment` is replaced as a whole, so begin with what is there and change one entry. Whoever has sent ENVIRONMENT
# alone has lost APP_PREFIX: its old value comes first, and what is set still, wins over it.
current = lambda_client.get_function_configuration(FunctionName="HelloWorld").get(
    "Environment", {"Variables": {}}
)
lambda_client.update_function_configuration(
    FunctionName="HelloWorld",
    Environment={
        "Variables": {"APP_PREFIX": "[dev] ", **current["Variables"], "ENVIRONMENT": "production"}
    },
)
wait()

# %% 3.2 Try it on friends
# The alias points at version 1; version 2 gets half, so half is left for version 1. The other way round does it, too.
lambda_client.create_alias(
    FunctionName="HelloWorld",
    Name="beta",
    FunctionVersion="1",
    RoutingConfig={"AdditionalVersionWeights": {"2": 0.5}},
)

# %% 3.3 Offer gold
# The code of `$LATEST` is already that of premium: only the memory changes. Publishing freezes both, the alias names it.
lambda_client.update_function_configuration(FunctionName="HelloWorld", MemorySize=1024)
wait()
gold = lambda_client.publish_version(FunctionName="HelloWorld", Description="gold")
lambda_client.create_alias(FunctionName="HelloWorld", Name="gold", FunctionVersion=gold["Version"])

# %% 3.4 Throw away what nobody uses
# The trial is over: without `beta` nobody needs version 2. Deleting an alias that is not there is no error.
lambda_client.delete_alias(FunctionName="HelloWorld", Name="beta")

# An alias needs the version it points at and those it gives a weight to. AWS would refuse to delete these; asking
# first is quicker than being refused. Never leave out `Qualifier`: the call would delete the function.
needed = {"$LATEST"}
for alias in lambda_client.list_aliases(FunctionName="HelloWorld")["Aliases"]:
    weights = alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})
    needed |= {alias["FunctionVersion"], *weights}
for version in lambda_client.list_versions_by_function(FunctionName="HelloWorld")["Versions"]:
    if version["Version"] not in needed:
        lambda_client.delete_function(FunctionName="HelloWorld", Qualifier=version["Version"])

# %% On your own 1: Call while you update
# No call fails: until the update is done the old environments answer, then new ones do. Both greetings are among the
# answers if the update falls into the calls.
from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor(1) as pool:
    calls = pool.submit(lambda: [greet() for _ in range(50)])
    lambda_client.update_function_code(
        FunctionName="HelloWorld", ZipFile=zip_code({"index.mjs": hello_mjs})
    )
    answers = calls.result()
wait()
print({answer.split(" David")[0] for answer in answers})

# %% On your own 2: Let a canary decide
# The code throws, so a tenth of the calls come back with `FunctionError`, and the weights are taken away again. CodeDeploy
# does the same with an alarm in place of the count, and moves the alias on if there is none.
broken = zip_code({"index.mjs": 'export const handler = async () => { throw new Error("broken"); };'})
version = lambda_client.update_function_code(FunctionName="HelloWorld", ZipFile=broken, Publish=True)[
    "Version"
]
wait()
lambda_client.get_waiter("published_version_active").wait(FunctionName="HelloWorld", Qualifier=version)

live = {"FunctionName": "HelloWorld", "Name": "live"}
lambda_client.update_alias(**live, RoutingConfig={"AdditionalVersionWeights": {version: 0.1}})
responses = [lambda_client.invoke(FunctionName="HelloWorld:live") for _ in range(100)]
failed = sum("FunctionError" in response for response in responses)
lambda_client.update_alias(**live, RoutingConfig={"AdditionalVersionWeights": {}})
if not failed:
    lambda_client.update_alias(**live, FunctionVersion=version)
print(failed, "of 100 calls failed")
