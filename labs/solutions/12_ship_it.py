"""Lab 12, explained solutions. Each block goes into the empty cell of its exercise: names come from the notebook."""
# ruff: noqa: F821

# %% 12.1 Say it in French
# The template is there already (UsePreviousTemplate), so only the parameter is sent. The capabilities are asked for
# again: an update may make roles as well as a creation.
french = [{"ParameterKey": "Greeting", "ParameterValue": "Bonjour"}]
cfn.update_stack(
    StackName="lab12-greeting", UsePreviousTemplate=True, Parameters=french, Capabilities=may
)
settle("lab12-greeting")

# %% 12.2 Let the right one happen
# One of them gives the queue a name, which only a new queue can have: the old one, with the orders, would go. After an
# execution CloudFormation deletes a stack's other change sets itself, for they were made for another state of it.
for name in ("blue", "red"):
    found = changes(lab, "lab12-orders", name)
    if found.replaced:
        cfn.delete_change_set(StackName="lab12-orders", ChangeSetName=name)
    else:
        right = name
cfn.execute_change_set(StackName="lab12-orders", ChangeSetName=right)
settle("lab12-orders")

# %% 12.3 Own the log group
# What is in the way was made by Lambda. Its lines go with it; where they matter, `CreateChangeSet` with
# `ChangeSetType="IMPORT"` takes a resource into a stack as it is (the template needs a `DeletionPolicy` for it).
function = outputs("lab12-greeting")["Function"]
lab.client("logs").delete_log_group(logGroupName=f"/aws/lambda/{function}")
cfn.update_stack(**{**greeting, "TemplateBody": with_log}, Parameters=as_before, Capabilities=may)
settle("lab12-greeting")

# %% 12.4 Let somebody hear of it
# The queue says who may send (SNS, for this topic), as in lab 09. PutMetricAlarm replaces the whole alarm, so the first
# action is given again.
sns = lab.client("sns")
topic = sns.create_topic(Name="lab12-alarms")["TopicArn"]
statement = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage",
             "Resource": told_arn, "Condition": {"ArnEquals": {"aws:SourceArn": topic}}}  # fmt: skip
policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
sqs.set_queue_attributes(QueueUrl=told, Attributes={"Policy": policy})
sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=told_arn)
cloudwatch.put_metric_alarm(**alarm, AlarmActions=[roll_back, topic])

# %% 12.5 Let snippets be deleted
# Code, then template, then one build that both stages get. An answer with status 204 has no body. Whoever has the
# template has the whole change: there is nothing to remember and nothing to do by hand in `prod`.
front = sources["front"]["index.py"]
branch = """    if verb == "DELETE":
        table.delete_item(Key={"id": snippet})
        return {"statusCode": 204}
"""
changed = {
    **sources,
    "front": {"index.py": front.replace('    if verb == "POST":', f'{branch}    if verb == "POST":')},
}
get = next(line for line in template.splitlines() if "Get: {" in line)
delete = get.replace("Get:", "Delete:").replace("Method: get", "Method: delete")
second_template = template.replace(get, f"{get}\n{delete}")
second_build = build(changed)
for stage in ("test", "prod"):
    print(release(stage, second_build, second_template))

# %% 12.6 Leave nothing
# Stacks first: they own what they made. Then what was kept or made beside them, in any order; a bucket has to be empty,
# and of a layer each version is deleted.
empty(stages["prod"]["Bucket"])
tear_down("lab12-snippets-prod")
for table in dynamodb.list_tables()["TableNames"]:
    if table.startswith("lab12-snippets"):
        dynamodb.delete_table(TableName=table)
for group in log_groups("lab12-snippets"):
    logs_client.delete_log_group(logGroupName=group)
empty(packages)
s3.delete_bucket(Bucket=packages)
for version in lambda_client.list_layer_versions(LayerName="lab12-pillow")["LayerVersions"]:
    lambda_client.delete_layer_version(LayerName="lab12-pillow", VersionNumber=version["Version"])
left()

# %% On your own 1: Protect a stack
# DeleteStack is refused until the protection is taken off again. (`lab.reset()` deletes no stack that is protected.)
protected = {"StackName": "lab12-orders"}
cfn.update_termination_protection(EnableTerminationProtection=True, **protected)
attempt(cfn.delete_stack, **protected)
cfn.update_termination_protection(EnableTerminationProtection=False, **protected)
