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

# On your own
# - `make status` shows each function with its environments: busy, or idle with the memory they hold.
# - Twenty take longer than a second here, for twenty processes start on the cores of one machine; on AWS they would not.
# - One way: the game's state into a database, moves through a WebSocket API of API Gateway, one function a move, and
#   nothing in memory that matters. A server with sockets stays the simpler answer for a fast game.
