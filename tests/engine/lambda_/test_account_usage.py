"""GetAccountSettings: what is counted once is counted anew after each change."""

import json

from kit import TRUST, eventually, wait_until_active, zipped

ACCOUNT = "310000000015"  # whose functions nobody else makes
SHORT = zipped({"index.py": "def handler(event, context): return 1"})
LONG = zipped({"index.py": "def handler(event, context): return 'longer, and not as easily compressed: 0123456789'"})


def test_account_settings_follow_each_change_of_functions_versions_layers_and_concurrency(client):
    lam, iam = client("lambda", ACCOUNT), client("iam", ACCOUNT)
    role = iam.create_role(RoleName="function", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]

    def used():
        settings = lam.get_account_settings()
        usage = settings["AccountUsage"]
        return (
            usage["FunctionCount"],
            usage["TotalCodeSize"],
            settings["AccountLimit"]["UnreservedConcurrentExecutions"],
        )

    assert used() == (0, 0, 1000)
    name = {"FunctionName": "counted"}
    code = {"Runtime": "python3.13", "Handler": "index.handler", "Role": role, "Code": {"ZipFile": SHORT}}
    lam.create_function(**name, **code)
    assert used() == (1, len(SHORT), 1000)
    wait_until_active(lam, "counted")
    lam.update_function_code(**name, ZipFile=LONG)
    assert used() == (1, len(LONG), 1000)
    wait_until_active(lam, "counted")
    version = lam.publish_version(**name)["Version"]
    assert used() == (1, 2 * len(LONG), 1000)
    layer = lam.publish_layer_version(LayerName="counted", Content={"ZipFile": SHORT})["Version"]
    assert used() == (1, 2 * len(LONG) + len(SHORT), 1000)
    lam.put_function_concurrency(**name, ReservedConcurrentExecutions=5)
    assert used()[2] == 995
    lam.delete_function_concurrency(**name)
    assert used()[2] == 1000
    wait_until_active(lam, "counted")
    lam.put_provisioned_concurrency_config(**name, Qualifier=version, ProvisionedConcurrentExecutions=1)
    assert used()[2] == 999
    provisioned = {**name, "Qualifier": version}
    assert eventually(lambda: lam.get_provisioned_concurrency_config(**provisioned)["Status"] == "READY", 20)
    lam.delete_provisioned_concurrency_config(**provisioned)
    assert used()[2] == 1000
    lam.delete_layer_version(LayerName="counted", VersionNumber=layer)
    lam.delete_function(**name, Qualifier=version)
    assert used() == (1, len(LONG), 1000)
    lam.delete_function(**name)
    assert used() == (0, 0, 1000)
