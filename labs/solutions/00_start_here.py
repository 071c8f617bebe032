"""Lab 00, explained solutions. Each block goes into the empty cell of its exercise: names come from the notebook."""
# ruff: noqa: F821

# %% 0.1 Say who you are
# An event is any JSON document. The function prints it, the log keeps what is printed, the check looks there.
lambda_client.invoke(FunctionName="FirstContact", Payload='{"name": "Ada"}')

# %% 0.2 Put your name on it
# Tags are set by ARN, because every kind of thing in AWS has one. Other tags of the function stay.
lambda_client.tag_resource(Resource=deployed["FunctionArn"], Tags={"owner": "Ada"})

# %% 0.3 Leave nothing running
# One call, and there is nothing left to switch off. The log group is a thing of its own, in CloudWatch Logs: it
# stays, and costs, until it is deleted or its retention has passed. `lab.reset()` deletes it.
lambda_client.delete_function(FunctionName="FirstContact")

# %% On your own 1: What is at work
# `make status` shows each function with its environments: busy, or idle with the memory that they hold.

# %% On your own 2: Ten and twenty at once
# Twenty take longer than a second here: twenty processes start on the cores of one machine. On AWS they would not.
for number in (10, 20):
    started = time.monotonic()
    with ThreadPoolExecutor(number) as callers:
        list(callers.map(lambda _: lambda_client.invoke(FunctionName="OneSecond"), range(number)))
    print(number, "at once:", round(time.monotonic() - started, 1), "s")

# %% On your own 3: The game server
# One way: the state of the game into a database, moves through a WebSocket API of API Gateway, a function for each
# move, and nothing in memory that matters. For a fast game, a server with sockets stays the simpler answer.
