"""The values for the Zero to JupyterHub chart: keys that it knows, and what must not slip in them."""

import tomllib

import pytest
import yaml

from classroom import costs
from helpers.state.home import ROOT

pytestmark = pytest.mark.once

KUBERNETES = ROOT / "classroom" / "kubernetes"
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


@pytest.fixture
def values():
    return yaml.safe_load((KUBERNETES / "values.yaml").read_text())


# What we set, and the type that the chart has for it: its values.schema.yaml, commit 48ea50e3 (July 2026). It leaves
# open what is below `dict` and in `list`. A key that is new here is to be looked up there.
TYPES = {
    "cull.enabled": bool,
    "cull.every": int,
    "cull.timeout": int,
    "hub.config.JupyterHub.authenticator_class": str,
    "hub.networkPolicy.enabled": bool,
    "hub.resources": dict,
    "prePuller.continuous.enabled": bool,
    "proxy.chp.networkPolicy.enabled": bool,
    "proxy.chp.resources": dict,
    "proxy.service.type": ("ClusterIP", "NodePort", "LoadBalancer", "ExternalName"),
    "scheduling.podPriority.enabled": bool,
    "scheduling.userPlaceholder.enabled": bool,
    "scheduling.userPlaceholder.replicas": int,
    "scheduling.userScheduler.enabled": bool,
    "singleuser.allowPrivilegeEscalation": bool,
    "singleuser.cmd": list,
    "singleuser.cpu.guarantee": float,
    "singleuser.cpu.limit": int,
    "singleuser.defaultUrl": str,
    "singleuser.extraContainers": list,
    "singleuser.extraEnv": dict,
    "singleuser.fsGid": int,
    "singleuser.image.name": str,
    "singleuser.image.tag": str,
    "singleuser.initContainers": list,
    "singleuser.memory.guarantee": str,
    "singleuser.memory.limit": str,
    "singleuser.networkPolicy.egressAllowRules.cloudMetadataServer": bool,
    "singleuser.networkPolicy.egressAllowRules.nonPrivateIPs": bool,
    "singleuser.networkPolicy.egressAllowRules.privateIPs": bool,
    "singleuser.networkPolicy.enabled": bool,
    "singleuser.profileList": list,
    "singleuser.startTimeout": int,
    "singleuser.storage.capacity": str,
    "singleuser.storage.extraVolumeMounts": list,
    "singleuser.storage.extraVolumes": list,
    "singleuser.storage.homeMountPath": str,
    "singleuser.storage.type": ("dynamic", "static", "none"),
    "singleuser.uid": int,
}


def leaves(value, path=""):
    """What is set: path and value."""
    if isinstance(value, dict) and TYPES.get(path) is not dict:
        for name, one in value.items():
            yield from leaves(one, f"{path}.{name}".lstrip("."))
    else:
        yield path, value


def test_the_values_are_those_that_the_chart_knows(values):
    found = dict(leaves(values))
    assert found.keys() == TYPES.keys()
    fits = {
        name: one in TYPES[name] if isinstance(TYPES[name], tuple) else type(one) is TYPES[name]
        for name, one in found.items()
    }
    assert [name for name in found if not fits[name]] == []


def test_all_containers_are_the_image_of_this_version(values):
    user = values["singleuser"]
    images = {one["image"] for one in user["extraContainers"] + user["initContainers"]}
    assert images == {f"{user['image']['name']}:{user['image']['tag']}"} == {f"lambda-labs:{VERSION}"}


def test_the_folder_of_the_progress_is_made_by_the_attendees_user_before_anything_is_mounted_in_it(values):
    user = values["singleuser"]
    (made,) = user["initContainers"]
    assert made["command"][-1] == user["extraEnv"]["LAB_HOME"] and made["securityContext"]["runAsUser"] == user["uid"]
    assert made["volumeMounts"] == [{"name": "volume-{user_server}", "mountPath": user["storage"]["homeMountPath"]}]


def test_nobody_gets_in_until_somebody_says_who(values):
    assert values["hub"]["config"]["JupyterHub"]["authenticator_class"] == "null"
    assert values["proxy"]["service"]["type"] == "ClusterIP" and "ingress" not in values


def test_a_pod_reaches_names_and_the_hub_only_and_its_engine_is_reached_from_within(values):
    user = values["singleuser"]
    rules = user["networkPolicy"]
    assert rules["enabled"] and not any(rules["egressAllowRules"].values()) and "ingress" not in rules
    (engine,) = user["extraContainers"]
    assert {"name": "LAB_LISTEN", "value": "127.0.0.1"} in engine["env"]
    assert not user["allowPrivilegeEscalation"] and not engine["securityContext"]["allowPrivilegeEscalation"]


def test_server_and_engine_find_the_engines_secret_in_one_volume(values):
    user, storage = values["singleuser"], values["singleuser"]["storage"]
    (engine,) = user["extraContainers"]
    (volume,), (seen,), (written,) = storage["extraVolumes"], storage["extraVolumeMounts"], engine["volumeMounts"]
    assert volume["name"] == seen["name"] == written["name"]
    assert seen["mountPath"] == f"{user['extraEnv']['LAB_HOME']}/credentials"
    assert written["mountPath"] == "/home/lab/lambda-labs/.lab/credentials"  # where the image's engine keeps it
    assert user["extraEnv"]["HOME"] == storage["homeMountPath"]


def test_requests_are_below_limits_also_in_every_profile(values):
    user = values["singleuser"]
    (engine,) = user["extraContainers"]
    pairs = [(user["memory"]["guarantee"], user["memory"]["limit"]), (user["cpu"]["guarantee"], user["cpu"]["limit"])]
    asked, limits = engine["resources"]["requests"], engine["resources"]["limits"]
    pairs += [(asked[kind], limits[kind]) for kind in ("cpu", "memory")]
    for profile in user["profileList"]:
        if other := profile.get("kubespawner_override"):
            pairs.append((other["mem_guarantee"], other["mem_limit"]))
    assert all(costs.quantity(low) < costs.quantity(high) for low, high in pairs)
