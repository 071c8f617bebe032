"""Lab 05, explained solutions. Each block goes into the empty cell of its exercise: names come from the notebook."""
# ruff: noqa: F821

# %% 5.1 Share a module of your own
# `require("shout")` looks into nodejs/node_modules of every layer, so the module lies there under its own name.
# (In Python: `python/shout.py`, and `import shout`.)
shout = layer(
    lab,
    "lab05-shout",
    {"nodejs/node_modules/shout/index.js": "module.exports = (text) => `${text.toUpperCase()}!`;"},
    runtimes=("nodejs24.x",),
)
shouter_js = """
const shout = require("shout");
exports.handler = async (event) => shout(event.name);
"""
deploy(
    lab,
    "lab05-shouter",
    {"index.js": shouter_js},
    Runtime="nodejs24.x",
    Handler="index.handler",
    Layers=[shout],
)

# %% 5.2 Move the doorman
# `Layers` replaces the whole list. A function with more layers than one has to name the others again.
lambda_client.update_function_configuration(FunctionName="lab05-doorman", Layers=[second])
lambda_client.get_waiter("function_updated_v2").wait(FunctionName="lab05-doorman")

# %% 5.3 Overrule one file
# Layers are unpacked in their order, the later over the earlier: the last words.json is the one in /opt.
austrian = layer(lab, "lab05-austrian", {"words.json": '{"greeting": "Servus"}'})
lambda_client.update_function_configuration(FunctionName="lab05-greeter", Layers=[second, austrian])
lambda_client.get_waiter("function_updated_v2").wait(FunctionName="lab05-greeter")

# %% 5.4 Write a handler in shell
# The bootstrap in the layer loads the file that `Handler` names and calls the function after the dot, with the event
# as its first argument. What the function prints is the answer.
capitals_sh = """
capitals() {
  printf '%s' "$1" | tr a-z A-Z
}
"""
deploy(
    lab,
    "lab05-capitals",
    {"text.sh": capitals_sh},
    Runtime="provided.al2023",
    Handler="text.capitals",
    Layers=[runtime_layer],
)

# %% On your own 1: Which axios?
# That of the package: `require` looks beside the file first, then in the folders of NODE_PATH, where /opt is.
which_js = 'exports.handler = async () => require.resolve("axios");'
(project / "index.js").write_text(which_js)
deploy(lab, "lab05-address", project, compress=True, Layers=[published["LayerVersionArn"]], **node)
call("lab05-address", {})

# %% On your own 2: Two versions at once
# A function has one version of a layer at most, and that only once.
third = layer(lab, "lab05-words", {"words.json": '{"greeting": "Ciao"}'})
attempt(
    lambda_client.update_function_configuration, FunctionName="lab05-greeter", Layers=[second, third]
)

# %% On your own 3: A bootstrap from Windows
# The first line names the program that reads the rest: /bin/sh and an invisible carriage return. There is no such program.
windows = {"bootstrap": bootstrap_sh.replace("\n", "\r\n"), "hello.sh": hello_sh}
deploy(lab, "lab05-shell", windows, **shell)
call("lab05-shell", {})
