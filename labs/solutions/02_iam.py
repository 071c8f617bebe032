"""Lab 02, explained solutions. Each block goes into the empty cell of its exercise: names come from the notebook."""
# ruff: noqa: F821

# %% 2.1 Let Lambda in
# A trust policy is replaced as a whole, so the person who was trusted before is in it, too. Nothing about what the
# role may do has changed: who may wear it, and what it opens, are two policies.
both = {**trust_lambda, "Principal": {"Service": "lambda.amazonaws.com", "AWS": account_root}}
iam.update_assume_role_policy(RoleName="lab02-stranger", PolicyDocument=policy(both))
stranger = iam.get_role(RoleName="lab02-stranger")["Role"]["Arn"]
deploy(lab, "HelloStranger", {"index.js": hello_js}, role=stranger, **node)

# %% 2.2 Lock the shredder
# NotResource: everything except what is named. With an Allow that would be dangerous, for it opens all that will ever
# exist; with a Deny it is the safe side. An Allow for scratch/ is not needed here: AmazonS3FullAccess has it. (A bucket
# that keeps versions also needs s3:DeleteObjectVersion here, an action of its own.)
shredder = {"Effect": "Deny", "Action": "s3:DeleteObject", "NotResource": f"{notes_arn}/scratch/*"}
iam.put_role_policy(RoleName="lab02-clerk", PolicyName="keep", PolicyDocument=policy(shredder))

# %% 2.3 Shrink the star
# The same policy name, so the star is gone. Two actions, one pattern. It cannot write logs any more either: add
# AWSLambdaBasicExecutionRole when you want them.
drafts = {
    "Effect": "Allow",
    "Action": ["s3:GetObject", "s3:PutObject"],
    "Resource": f"{notes_arn}/drafts/*",
}
iam.put_role_policy(RoleName="lab02-intern", PolicyName="all-of-it", PolicyDocument=policy(drafts))

# %% 2.4 Let one topic in
# Without SourceArn any topic of any account could call HelloWorld through SNS: the service is the caller, and acts for
# whoever owns the topic. The subscription alone is not enough, and neither is the permission.
topic = lab.client("sns").create_topic(Name="lab02-news")["TopicArn"]
lambda_client.add_permission(
    FunctionName="HelloWorld",
    StatementId="news",
    Action="lambda:InvokeFunction",
    Principal="sns.amazonaws.com",
    SourceArn=topic,
)
function = lambda_client.get_function_configuration(FunctionName="HelloWorld")["FunctionArn"]
lab.client("sns").subscribe(TopicArn=topic, Protocol="lambda", Endpoint=function)
