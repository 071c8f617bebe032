"""Lab 07, explained solutions. Each block goes into the empty cell of its exercise: names come from the notebook."""
# ruff: noqa: F821

# %% 7.1 Bring the hotfix home
# The fix belongs in the source first (hotfix_py, your commit), and from there the same zip goes to every stage. To
# deploy it to test alone would do today; to deploy it everywhere is the habit that keeps stages from drifting.
for stage in ("test", "live"):
    deploy(lab, f"lab07-hello-{stage}", {"lambda_function.py": hotfix_py}, **python)

# %% 7.2 Attach the archive
# First the policy names both buckets, then the name changes, then the old bucket goes. With one change of the policy,
# before or after, visitors meet AccessDenied in between. The policy keeps its name, so it is replaced each time.
both = [f"arn:aws:s3:::{blue}/*", f"arn:aws:s3:::{archive}/*"]
allow("lab07-guestbook", "s3:PutObject", both)
configure("lab07-guestbook", Environment={"Variables": {"BUCKET": archive}})
wait_for(lambda: call("lab07-guestbook", {"name": "Archie"}) == f"Archie signed in {archive}")
allow("lab07-guestbook", "s3:PutObject", f"arn:aws:s3:::{archive}/*")

# %% 7.3 Count where everybody can see it
# ADD is atomic: DynamoDB adds and returns in one step, so two environments never get the same number. Reading the
# number, adding 1 in Python and writing it back would lose visits.
shared_counter_py = """
import time

import boto3

table = boto3.resource("dynamodb").Table("lab07-counters")


def lambda_handler(event, context):
    time.sleep(event.get("wait", 0))
    answer = table.update_item(
        Key={"id": event["page"]},
        UpdateExpression="ADD visits :one",
        ExpressionAttributeValues={":one": 1},
        ReturnValues="UPDATED_NEW",
    )
    return int(answer["Attributes"]["visits"])
"""
deploy(
    lab,
    "lab07-counter",
    {"lambda_function.py": shared_counter_py},
    Role=counter_role,
    Timeout=10,
    **python,
)

# %% 7.4 Log for machines
# The other settings stay, and so does the code. Lambda's own lines have a level of their own, SystemLogLevel.
configure("lab07-guestbook", LoggingConfig={"LogFormat": "JSON", "ApplicationLogLevel": "ERROR"})

# %% 7.5 Fill the scorecard
# One way to see it. I, II, III, IV, V, VI, VIII, XI and XII can be argued either way: the check accepts both. What
# matters is the reason. III, V and VIII did most fully what the factor asks: at least one of them has to hold.
verdicts = {"VII": "not", "II": "partly", "VI": "partly", "IX": "partly", "X": "partly", "XII": "partly"}
for factor in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"):
    scorecard.answer(factor, verdicts.get(factor, "holds"))
save()

# %% On your own 1: Two environments at most
# Three of the five are throttled (TooManyRequestsException, 429), or tried again by boto3 until there is room: a limit
# of yours, not of the factor.
lambda_client.put_function_concurrency(FunctionName="lab07-second", ReservedConcurrentExecutions=2)

# %% On your own 2: A timeout in place of an exit
# It does: a timeout ends the attempt as an exit does, order 8 is charged once, and the second attempt ships it. Only
# REPORT differs: Status: timeout.
waiting_py = order_py.replace("import os", "import time").replace("os._exit(1)", "time.sleep(60)")
deploy(lab, "lab07-order", {"lambda_function.py": waiting_py}, Role=order_role, Timeout=3, **python)
order = json.dumps({"order": "8", "amount": 10})
lambda_client.invoke(FunctionName="lab07-order", InvocationType="Event", Payload=order)
