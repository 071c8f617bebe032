"""Deployments: what a stage serves is the API as it was when it was deployed.

"After you have deployed an API, any changes need to be deployed again", but to a stage with automatic deployment,
where every change is (API Gateway Developer Guide, "Stages for HTTP APIs", 2026-11). There AWS answers before the
change is live; here it is live at once.
"""

from __future__ import annotations

from .apis import Api, Fields, new_id
from .resource_kinds import KINDS, now

AUTOMATIC = "Automatic deployment triggered by changes to the Api configuration"


def deploy(api: Api, given: Fields | None = None) -> str:
    """Deploy the API as it is now; return the deployment's id."""
    deployment_id = new_id(6)
    fields = {**KINDS["Deployment"].defaults(api, {}), **(given or {}), "DeploymentId": deployment_id}
    api.of_kind("Deployment")[(deployment_id,)] = fields
    api.snapshots[deployment_id] = api.snapshot()
    return deployment_id


def point(api: Api, stage: Fields, deployment_id: str) -> None:
    """Let a stage serve a deployment."""
    changed = {**stage, "DeploymentId": deployment_id, "LastUpdatedDate": now()}
    api.of_kind("Stage")[(stage["StageName"],)] = changed


def deploy_automatically(api: Api) -> None:
    """After a change: deploy it to each stage that wants that; deployments that so nobody serves any more go."""
    stages = [stage for stage in api.of_kind("Stage").values() if stage.get("AutoDeploy")]
    if not stages:
        return
    deployment_id = deploy(api, {"AutoDeployed": True, "Description": AUTOMATIC})
    for stage in stages:
        point(api, stage, deployment_id)
        message = f"Successfully deployed stage with deployment ID '{deployment_id}'"
        served = api.of_kind("Stage")[(stage["StageName"],)]
        api.of_kind("Stage")[(stage["StageName"],)] = {**served, "LastDeploymentStatusMessage": message}
    used = {stage.get("DeploymentId") for stage in api.of_kind("Stage").values()}
    for key, deployment in list(api.of_kind("Deployment").items()):
        if deployment["AutoDeployed"] and key[0] not in used:
            del api.of_kind("Deployment")[key]
            api.snapshots.pop(key[0], None)
