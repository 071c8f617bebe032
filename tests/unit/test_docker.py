"""Dockerfile, .dockerignore and docker-compose.yml, read as text: what must not slip. No Docker is needed here."""

import re
from pathlib import Path

import pytest
import yaml

from helpers.engine.settings import Settings

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text()
SERVICES = yaml.safe_load(COMPOSE_TEXT)["services"]
# Instructions, with continued lines joined and comments left out.
INSTRUCTIONS = [
    line.split(maxsplit=1)
    for line in re.sub(r"\\\n\s*", "", re.sub(r"^\s*#.*\n", "", DOCKERFILE, flags=re.M)).splitlines()
    if line
]


def said(instruction: str) -> list[str]:
    return [rest for name, rest in INSTRUCTIONS if name == instruction]


def set_to_default(text: str) -> str:
    """`${NAME:-default}` as Compose reads it where nothing is set."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text)


def test_there_are_two_services_of_one_image():
    assert list(SERVICES) == ["engine", "jupyter"]
    assert SERVICES["engine"]["image"] == SERVICES["jupyter"]["image"]
    assert SERVICES["engine"]["build"] == SERVICES["jupyter"]["build"] == "."


@pytest.mark.parametrize("service", SERVICES)
def test_ports_are_published_on_loopback_only_under_the_number_they_have_inside(service):
    for port in SERVICES[service]["ports"]:
        address, outside, inside = set_to_default(port).split(":")
        assert address == "127.0.0.1"
        assert outside == inside


@pytest.mark.parametrize("service", SERVICES)
def test_no_service_has_more_rights_than_it_needs(service):
    settings = SERVICES[service]
    assert settings["cap_drop"] == ["ALL"]
    assert settings["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "devices", "network_mode", "pid", "user"} & settings.keys()
    assert settings["mem_limit"] and settings["pids_limit"]


def test_the_docker_socket_is_mounted_nowhere():
    mounted = [volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])]
    assert mounted == ["./labs", "progress"]
    assert "docker.sock" not in COMPOSE_TEXT + DOCKERFILE


def test_the_image_is_a_supported_slim_python_and_runs_as_a_user_of_its_own():
    assert said("FROM") == ["python:${PYTHON_VERSION}-slim"]
    assert said("ARG")[0] in {f"PYTHON_VERSION=3.{minor}" for minor in (11, 12, 13)}
    assert said("USER") == ["lab"]
    names = [name for name, _ in INSTRUCTIONS]
    assert names.index("USER") < names.index("COPY"), "what is copied and installed belongs to that user"
    assert all(copied.startswith("--chown=lab:lab ") for copied in said("COPY"))


def test_the_image_is_built_by_the_set_up_that_make_runs():
    assert "python3 helpers/install.py" in DOCKERFILE
    assert "helpers/install.py" in (ROOT / "Makefile").read_text()


def test_the_image_names_no_package_index():
    assert not re.search(r"https?://(?!127\.0\.0\.1|engine:)|index-url|registry", DOCKERFILE + COMPOSE_TEXT)


def test_both_services_say_whether_they_are_well():
    assert "healthy('http://127.0.0.1:' + os.environ['LAB_PORT'])" in said("HEALTHCHECK")[0]
    assert "/api" in SERVICES["jupyter"]["healthcheck"]["test"][-1]
    assert SERVICES["jupyter"]["depends_on"] == {"engine": {"condition": "service_healthy"}}


def test_jupyterlab_keeps_its_token_a_new_one_each_time_and_prints_it():
    command = SERVICES["jupyter"]["command"][-1]
    assert "export JUPYTER_TOKEN=\"$$(python -c 'import secrets; print(secrets.token_hex(24))')\"" in command
    assert "http://127.0.0.1:$$JUPYTER_PORT$$page?token=$$JUPYTER_TOKEN" in command
    options = command.partition("exec jupyter lab")[2]
    assert not re.search(r"token|password|allow_unauthenticated|disable_check_xsrf|allow_origin", options, re.I)


def test_the_labs_attach_to_the_engine_and_work_and_progress_outlive_the_containers():
    assert set_to_default(SERVICES["jupyter"]["environment"]["AWS_ENDPOINT_URL"]) == "http://engine:4566"
    places = dict(volume.split(":")[:2] for volume in SERVICES["jupyter"]["volumes"])
    project = said("WORKDIR")[0]
    assert places == {"./labs": f"{project}/labs", "progress": f"{project}/.lab"}


def test_only_what_is_named_gets_into_the_image():
    first, *rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if not line.startswith("#")]
    assert first == "*"
    assert not {"!.git", "!.venv", "!.engine", "!.lab"} & {rule.rstrip("/") for rule in rules}


def test_the_image_listens_on_every_address_of_its_container_and_the_engine_elsewhere_on_loopback():
    assert "LAB_LISTEN=0.0.0.0" in said("ENV")[0]
    assert Settings.from_environ({"LAB_LISTEN": "0.0.0.0"}).listen == "0.0.0.0"
    assert Settings.from_environ({}).listen == "127.0.0.1"


@pytest.mark.parametrize("address", ["", "localhost", "127.0.0.1:4566", "*", "::1"])
def test_an_address_to_listen_on_that_is_none_is_one_sentence(address):
    with pytest.raises(ValueError, match="leave it out, or set it to an IPv4 address"):
        Settings.from_environ({"LAB_LISTEN": address})
