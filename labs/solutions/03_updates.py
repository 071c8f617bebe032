"""Lab 03, explained solutions. Each block goes into the empty cell of its exercise: names come from the notebook."""
# ruff: noqa: F821

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
