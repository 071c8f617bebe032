"""Requests made from a service model: the members of an operation, and the smallest request that has one of them."""

import re

# What a member needs to be if what its shape says is not enough, by its path or its name.
VALUES = {
    "Arn": "arn:aws:lambda:us-east-1:000000000000:layer:l:1",
    "FileSystemConfigs.Arn": f"arn:aws:elasticfilesystem:us-east-1:{'0' * 12}:access-point/fsap-{'0' * 17}",
    "CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.CapacityProviderArn": f"arn:aws:lambda:"
    f"us-east-1:{'0' * 12}:capacity-provider:p",
    "DocumentDBEventSourceConfig.DatabaseName": "d",
    "DestinationConfig.OnSuccess.Destination": "arn:aws:sqs:us-east-1:000000000000:q",
    "EventSourceArn": "arn:aws:sqs:us-east-1:000000000000:q",
    "FileSystemConfigs.LocalMountPath": "/mnt/a",
    "KMSKeyArn": "arn:aws:kms:us-east-1:000000000000:key/k",
    "LocalMountPath": "/mnt/a",
    "MasterRegion": "us-east-1",
    "PackageType": "Image",
    "Role": "arn:aws:iam::000000000000:role/function",
    "SnapStart.ApplyOn": "PublishedVersions",
    "SourceKMSKeyArn": "arn:aws:kms:us-east-1:000000000000:key/k",
    "Code.SourceKMSKeyArn": "arn:aws:kms:us-east-1:000000000000:key/k",
    "Statuses": ["RUNNING"],
}


def walk(shape, path="", seen=frozenset()):
    """(path, shape) of every member below a shape; the path goes through lists and maps."""
    if shape.type_name == "structure" and shape.name not in seen:
        for name, member in shape.members.items():
            yield f"{path}{name}", member
            yield from walk(member, f"{path}{name}.", seen | {shape.name})
    elif shape.type_name == "list":
        yield from walk(shape.member, path, seen)
    elif shape.type_name == "map":
        yield from walk(shape.value, path, seen)


def has_members(shape):
    """Whether a member is only a frame for others."""
    return next(walk(shape), None) is not None


def request(operation, path=""):
    """The required members of an operation, and the member at a path with what is on the way to it."""
    return sample(operation.input_shape, "", path)


def sample(shape, path="", wanted=""):
    """A value of a shape: required members only, and those towards the path that is wanted."""
    name = path.rpartition(".")[2]
    if path in VALUES or (name in VALUES and not has_members(shape)):
        return VALUES.get(path, VALUES.get(name))
    match shape.type_name:
        case "structure":
            first, _, rest = wanted.partition(".")
            # Of a structure that is wanted as a whole, and requires nothing, the first member.
            names = [*shape.required_members, *([first] if first else [])]
            names = names or list(shape.members)[: bool(path)]
            return {
                one: sample(shape.members[one], f"{path}.{one}".lstrip("."), rest if one == first else "")
                for one in names
            }
        case "list":
            return [sample(shape.member, path, wanted)]
        case "map":
            return {sample(shape.key): sample(shape.value, path, wanted)}
        case "string":
            return text(shape)
        case "boolean":
            return True
        case "blob":
            return b"{}"
        case "timestamp":
            return 1_700_000_000
        case _:
            return max(1, shape.metadata.get("min", 1))


def text(shape):
    """A text that a shape admits: of a few, the first that its pattern matches."""
    facts = shape.metadata
    if "enum" in facts:
        return facts["enum"][0]
    pattern = facts.get("pattern", ".*").replace(r"\p{L}\p{Z}\p{N}", r"\w\s")  # Java's classes
    of_account = "us-east-1:000000000000"
    options = (
        "members",
        "1",
        "sg-12345678",
        "subnet-12345678",
        "lambda:InvokeFunction",
        f"arn:aws:lambda:{of_account}:function:members",
        f"arn:aws:lambda:{of_account}:function:members/durable-execution/{'a' * 8}/{'b' * 8}",
        f"arn:aws:lambda:{of_account}:function:members:1/durable-execution/name/id",
        f"arn:aws:lambda:{of_account}:capacity-provider:members",
        f"arn:aws:lambda:{of_account}:code-signing-config:csc-{'a' * 17}",
        "arn:aws:lambda:us-east-1::runtime:" + "a" * 64,
        "arn:aws:iam::000000000000:role/function",
        f"arn:aws:kms:{of_account}:key/k",
        "o-abcdefghij",
        "https://example.com",
        "a" * 40,
    )
    return next(
        (option for option in options if re.fullmatch(pattern, option) and len(option) >= facts.get("min", 0)),
        "members",
    )
