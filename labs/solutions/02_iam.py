"""Lab 02, explained solutions. Each block goes into the empty cell of its exercise: names come from the notebook."""
# ruff: noqa: F821

# %% 2.1 Let Lambda in
# A trust policy is replaced as a whole, so the people who were trusted before are in it, too. Nothing about what the
# role may do has changed: who may wear it, and what it opens, are two policies.
iam.update_assume_role_policy(
    RoleName="lab02-stranger", PolicyDocument=policy(trust_people, trust_lambda)
)

# What was refused before; `zip_code` and the rest are the cell's own.
lambda_client.create_function(
    FunctionName="HelloStranger",
    Runtime="nodejs24.x",
    Role=stranger["Role"]["Arn"],
    Handler="index.handler",
    Code={"ZipFile": zip_code({"index.mjs": hello_mjs})},
)
lambda_client.get_waiter("function_active_v2").wait(
    FunctionName="HelloStranger", WaiterConfig={"Delay": 0.2}
)

# %% 2.2 Lock the shredder
# NotResource: everything except what is named. With an Allow that would be dangerous, for it opens all that will ever
# exist; with a Deny it is the safe side. An Allow for scratch/ is not needed here: AmazonS3FullAccess has it. The name
# is a new one: under the name `vault` this would replace what locks the secrets. (A bucket that keeps versions also
# needs s3:DeleteObjectVersion here, an action of its own.)
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

# %% 2.4 Let one bucket in
# S3 is the caller, and acts for whoever owns a bucket: without SourceArn any bucket of any account could call
# HelloWorld through it. A bucket's ARN has no account, and a deleted bucket's name can be taken by somebody else:
# SourceAccount says whose bucket it has to be. StatementId is a name of your own: remove_permission takes the statement
# away by it, which is how one is changed.
lambda_client.add_permission(
    FunctionName="HelloWorld",
    StatementId="uploads",
    Action="lambda:InvokeFunction",
    Principal="s3.amazonaws.com",
    SourceArn=notes_arn,
    SourceAccount=lab.account,
)

# The permission alone is not enough: the bucket has to know whom to call, and about what.
s3.put_bucket_notification_configuration(Bucket=notes, NotificationConfiguration=on_upload)

# %% On your own 1: Let Ada assume a role
# A trust policy that names her is a yes; her own policies need not say anything. The credentials are temporary, and make
# her somebody else: the session has the role's permissions *instead of* hers, so what she may list, the visitor may not.
trust_ada = {"Effect": "Allow", "Principal": {"AWS": ada["Arn"]}, "Action": "sts:AssumeRole"}
visitor = iam.create_role(RoleName="lab02-visitor", AssumeRolePolicyDocument=policy(trust_ada))["Role"]
iam.put_role_policy(RoleName="lab02-visitor", PolicyName="read-notes", PolicyDocument=policy(read_notes))

sts_as_ada = lab.client("sts", credentials=ada_key)
session = sts_as_ada.assume_role(RoleArn=visitor["Arn"], RoleSessionName="ada")["Credentials"]
as_visitor = lab.client("s3", credentials=session)
print(as_visitor.get_object(Bucket=notes, Key="public/hello.txt")["Body"].read())
attempt(as_visitor.list_objects_v2, Bucket=notes, Prefix="public/")

# %% On your own 2: Make the log group yourself
# It logs: the group is there, and the other two permissions are all it takes to write into it. Many teams do this, for
# the group is then theirs, with a retention and tags.
cloudwatch = lab.client("logs")
cloudwatch.delete_log_group(logGroupName="/aws/lambda/HelloWorld")
cloudwatch.create_log_group(logGroupName="/aws/lambda/HelloWorld")

writing = {"Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": "*"}
iam.put_role_policy(RoleName="lab02-hello", PolicyName="write-logs", PolicyDocument=policy(writing))
iam.detach_role_policy(RoleName="lab02-hello", PolicyArn=BASIC)
call("HelloWorld", {"name": "Grace"})
print(*logs.fetch(lab, "HelloWorld"), sep="\n")
