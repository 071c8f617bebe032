"""JupyterHub's settings: `python -m classroom open` starts it with them."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from classroom import attendees, hub, settings, shared_engine, users
from classroom.places import HUB, PROXY
from helpers.setup.components import NODE
from helpers.setup.paths import VENV

c = get_config()  # type: ignore[name-defined] # noqa: F821 # traitlets gives it
chosen = settings.from_environ(os.environ)

c.JupyterHub.bind_url = f"http://127.0.0.1:{chosen.port}"
c.JupyterHub.hub_ip = "127.0.0.1"
c.JupyterHub.hub_port = chosen.port + 1
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{chosen.port + 2}"
proxy = PROXY / "node_modules" / "configurable-http-proxy" / "bin" / "configurable-http-proxy"
c.ConfigurableHTTPProxy.command = [str(NODE), str(proxy)]
c.ConfigurableHTTPProxy.log_level = "warn"
c.ConfigurableHTTPProxy.pid_file = str(HUB / "proxy.pid")
c.JupyterHub.db_url = f"sqlite:///{HUB / 'hub.sqlite'}"
c.JupyterHub.upgrade_db = True  # to a new release's; it keeps a copy
c.JupyterHub.cookie_secret_file = str(HUB / "cookie_secret")
if chosen.host:  # a name below it for each attendee: no page of one has the cookies of another
    c.JupyterHub.subdomain_host = chosen.host

c.JupyterHub.authenticator_class = hub.AttendeeAuthenticator
c.Authenticator.allow_all = True  # who is an attendee, and `authenticate` lets nobody else in
c.Authenticator.admin_users = {attendees.INSTRUCTOR}
c.LocalAuthenticator.create_system_users = True
c.LocalAuthenticator.add_user_cmd = users.MAKE

c.JupyterHub.spawner_class = hub.AttendeeSpawner
c.Spawner.cmd = [str(VENV / "bin" / "python"), "-P", "-m", "classroom.server"]
# Sockets in a folder of the attendee's: on ports, everybody on the machine could read what kernels print.
c.Spawner.args = [
    "--KernelManager.transport=ipc",
    "--MappingKernelManager.cull_idle_timeout=1800",  # seconds; of a notebook that is open nowhere
    "--Application.log_level=WARN",
]
c.Spawner.env_keep = hub.kept()
c.Spawner.default_url = "/lab/tree/my/00_start_here.ipynb"
c.Spawner.disable_user_config = True
c.LocalProcessSpawner.interrupt_timeout = c.LocalProcessSpawner.term_timeout = 5
c.Spawner.start_timeout = c.Spawner.http_timeout = 300  # a whole room comes at once
c.AttendeeSpawner.memory = chosen.memory
c.AttendeeSpawner.first_port = chosen.port + 1000
if chosen.engine == "shared":
    c.AttendeeSpawner.shared_endpoint = shared_engine.up(chosen.port + 3).endpoint

c.JupyterHub.services = [
    {"name": "commands", "api_token": settings.token()},
    {
        "name": "idle-culler",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={chosen.idle}"],
    },
]
c.JupyterHub.load_roles = [
    {
        "name": "commands",
        "services": ["commands"],
        "scopes": ["admin:users", "admin:servers", "access:servers", "tokens"],
    },
    {
        "name": "idle-culler",
        "services": ["idle-culler"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    },
]
