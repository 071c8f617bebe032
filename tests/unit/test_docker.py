"""Dockerfile, .dockerignore and docker-compose.yml, read as text: what must not slip. No Docker is needed here."""

import re
from pathlib import Path

import pytest
import yaml

from helpers.backend import account_secrets
from helpers.backend.choice import Choice, choose
from helpers.backend.credentials import ensure_secret, secret_access_key, secret_file
from helpers.engine.settings import Settings
from helpers.jupyter import working_copies
from helpers.state.home import lab_home

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
PROJECT = next(rest for name, rest in INSTRUCTIONS if name == "WORKDIR")


def said(instruction: str) -> list[str]:
    return [rest for name, rest in INSTRUCTIONS if name == instruction]


def environment(service: str, **learner: str) -> dict[str, str]:
    """What a service is started with, on top of the image's; `learner`: what is set where Compose is run."""
    settings = SERVICES[service]["environment"]
    return {
        name: re.sub(r"\$\{(\w+):-([^}]*)\}", lambda m: learner.get(m[1]) or m[2], v) for name, v in settings.items()
    }


def set_to_default(text: str) -> str:
    """`${NAME:-default}` as Compose reads it where nothing is set."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text)


def test_all_services_are_of_one_image():
    assert list(SERVICES) == ["network", "engine", "jupyter"]
    for settings in SERVICES.values():
        assert (settings["image"], settings["build"]) == ("lambda-labs", ".")


def test_notebooks_and_functions_share_a_loopback_that_outlives_the_engine():
    assert {SERVICES[name]["network_mode"] for name in ("engine", "jupyter")} == {"service:network"}
    assert SERVICES["network"]["command"] == "sleep infinity"
    assert "depends_on" not in SERVICES["engine"], "the engine alone brings no JupyterLab"
    assert SERVICES["engine"]["restart"] == "on-failure:3"


def test_ports_are_published_on_loopback_only_under_the_number_they_have_inside():
    assert [name for name in SERVICES if "ports" in SERVICES[name]] == ["network"]
    published = [set_to_default(port).split(":") for port in SERVICES["network"]["ports"]]
    assert published == [["127.0.0.1", "4566", "4566"], ["127.0.0.1", "8888", "8888"]]


@pytest.mark.parametrize("service", SERVICES)
def test_no_service_has_more_rights_than_it_needs(service):
    settings = SERVICES[service]
    assert settings["cap_drop"] == ["ALL"]
    assert settings["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "devices", "pid", "ipc", "user"} & settings.keys()
    assert settings.get("network_mode", "service:network") == "service:network"
    assert settings["mem_limit"] and settings["pids_limit"]


def test_the_docker_socket_is_mounted_nowhere():
    mounted = [volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])]
    assert mounted == ["credentials", "my", "progress", "credentials"]
    assert "docker.sock" not in COMPOSE_TEXT + DOCKERFILE


def test_the_image_is_a_supported_slim_python_and_runs_as_a_user_of_its_own():
    assert said("FROM") == ["python:${PYTHON_VERSION}-slim@${PYTHON_DIGEST}"]
    assert said("ARG")[0] in {f"PYTHON_VERSION=3.{minor}" for minor in (11, 12, 13)}
    assert re.fullmatch("PYTHON_DIGEST=sha256:[0-9a-f]{64}", said("ARG")[1]), "a tag may be moved, a digest not"
    assert said("USER") == ["lab"]
    names = [name for name, _ in INSTRUCTIONS]
    assert names.index("USER") < names.index("COPY"), "what is copied and installed belongs to that user"
    assert all(copied.startswith("--chown=lab:lab ") for copied in said("COPY"))


def test_the_image_is_built_by_the_set_up_that_make_runs():
    assert "python3 helpers/setup/install.py" in DOCKERFILE
    assert "helpers/setup/install.py" in (ROOT / "Makefile").read_text()


def test_the_image_names_no_package_index():
    assert not re.search(r"https?://(?!127\.0\.0\.1|localhost:)|index-url|registry", DOCKERFILE + COMPOSE_TEXT)


def test_the_engine_and_jupyterlab_say_whether_they_are_well():
    assert "healthy('http://127.0.0.1:' + os.environ['LAB_PORT'])" in said("HEALTHCHECK")[0], "which wants no secret"
    assert "healthcheck" not in SERVICES["engine"], "the image's"
    assert SERVICES["network"]["healthcheck"] == {"disable": True}
    assert "/api" in SERVICES["jupyter"]["healthcheck"]["test"][-1]
    assert SERVICES["jupyter"]["depends_on"] == {"engine": {"condition": "service_healthy"}}


def test_jupyterlab_keeps_its_token_a_new_one_each_time_and_prints_it():
    command = SERVICES["jupyter"]["command"][-1]
    assert "export JUPYTER_TOKEN=\"$$(python -c 'import secrets; print(secrets.token_hex(24))')\"" in command
    assert "http://localhost:$$JUPYTER_PORT$$page?token=$$JUPYTER_TOKEN" in command
    options = command.partition("exec jupyter lab")[2]
    assert not re.search(r"token|password|allow_unauthenticated|disable_check_xsrf|allow_origin", options, re.I)


def test_the_labs_attach_to_the_engine_and_work_and_progress_outlive_the_containers():
    for port, learner in (("4566", {}), ("4600", {"LAB_PORT": "4600"})):
        attached = choose(environment("jupyter", **learner))
        assert attached == Choice("docker", f"http://127.0.0.1:{port}")
        assert Settings.from_environ(environment("engine", **learner)).port == int(port)
    places = dict(volume.split(":", 1) for volume in SERVICES["jupyter"]["volumes"])
    assert places.pop("credentials")
    assert places == {"my": f"{PROJECT}/my", "progress": f"{PROJECT}/.lab"}
    (made,) = [run for run in said("RUN") if "useradd" in run]
    for place in places.values():
        assert place in made.partition("install -d -o lab -g lab")[2].split(), "a new volume becomes like this folder"


def test_learners_work_in_copies_that_are_made_before_jupyterlab_opens_them():
    command = SERVICES["jupyter"]["command"][-1]
    copied, opened = command.index("python -m helpers.jupyter.working_copies update || exit 1"), command.index("exec ")
    assert copied < opened
    (page,) = re.findall(r'page="/lab/tree/(.*)"', command)
    assert (working_copies.MY / "00_start_here.ipynb").relative_to(ROOT) == Path(page)
    assert set(yaml.safe_load(COMPOSE_TEXT)["volumes"]) == {"my", "progress", "credentials"}


def test_the_engine_and_nobody_else_writes_the_secret_with_which_notebooks_sign():
    folder = str(secret_file(lab_home({"LAB_HOME": f"{PROJECT}/.lab"})).parent)
    assert SERVICES["engine"]["volumes"] == [f"credentials:{folder}"]
    assert f"credentials:{folder}:ro" in SERVICES["jupyter"]["volumes"]
    assert "volumes" not in SERVICES["network"]
    (install,) = [run for run in said("RUN") if "helpers/setup/install.py" in run]
    assert install.endswith("&& install -d -m 0700 .lab/credentials"), "a new volume becomes like this folder: empty"
    assert Settings.from_environ(environment("engine")).home.name == ".lab"


def test_a_kernel_in_the_image_signs_with_the_secret_that_is_mounted(tmp_path):
    image = dict(setting.split("=", 1) for setting in said("ENV")[0].split())
    kernel = image | environment("jupyter") | {"LAB_HOME": str(tmp_path), "PATH": "/nowhere"}
    choice = choose(kernel)
    secret = ensure_secret(tmp_path)
    assert account_secrets.look_up(
        choice.backend, choice.endpoint, "000000000000", "test", kernel
    ) == secret_access_key(secret, "test")


@pytest.mark.parametrize(("name", "unset", "value"), [("LAB_AUTH", "on", "off"), ("LAB_HOSTS", "", "labs.example")])
def test_what_the_learner_sets_for_the_engine_reaches_it(name, unset, value):
    assert environment("engine")[name] == unset
    assert environment("engine", **{name: value})[name] == value


def test_from_outside_the_engine_is_asked_in_the_service_that_has_the_secret():
    *compose, service, python, m, helpers, command, _ = account_secrets.IN_CONTAINER
    assert compose == ["docker", "compose", "exec", "-T"]
    assert SERVICES[service]["volumes"] and (python, m, helpers, command) == ("python", "-m", "helpers", "env")
    assert said("ENV")[0].startswith(f"PATH={PROJECT}/.venv/bin:"), "whose Python has the helpers"


def test_permissions_are_asked_for_unless_the_learner_switches_them_off():
    assert Settings.from_environ(environment("engine")).iam
    assert not Settings.from_environ(environment("engine", LAB_IAM="off")).iam


@pytest.mark.parametrize("service", ["engine", "jupyter"])
def test_a_proxy_that_docker_sets_is_not_asked_for_what_is_on_loopback(service):
    for name in ("no_proxy", "NO_PROXY"):
        assert environment(service)[name] == "127.0.0.1,localhost"


def test_the_image_keeps_matplotlibs_list_of_fonts_and_the_packages_for_layers():
    (install,) = [run for run in said("RUN") if "helpers/setup/install.py" in run]
    assert "find ~/.cache -mindepth 1 -maxdepth 1 ! -name matplotlib -exec rm -rf {} +" in install
    removed = re.search(r"&& rm -rf (.*)", install)[1].split()
    assert "~/.npm" in removed
    assert not [path for path in removed if "lab-packages" in path or path in ("~/.cache", ".engine", ".engine/*")]


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
