"""The labs for a room: JupyterHub on one machine, an operating-system user for each attendee; or on Kubernetes.

`make classroom` runs `__main__`, whose `commands` make attendees (`attendees`: names, passwords, numbers) and become
JupyterHub, with `jupyterhub_config`. README.md is for whoever sets it up.

- `hub` fills JupyterHub's plug-in points: who may log in, how a server starts and ends. `server` is what then runs as
  the attendee: working copies, an engine, JupyterLab.
- `users` are the operating-system users: they keep one attendee from another's files, processes and kernels, which
  talk through sockets in a folder of the attendee's. `limits` are what each may take of the machine.
- An engine is the attendee's own and runs as them; requests have to be signed with its secret, which is in their home.
  Or all use one that root runs (`shared_engine`), with an account and its secret each. The own one is the default:
  README.md has what both take, and why.
- `places` says where everything is, `settings` what can be set, `environment` installs JupyterHub and its proxy,
  `reach` opens a way to Python where it is in root's home, `hub_api` asks the running hub.
- `kubernetes/` has values for the Zero to JupyterHub chart; `costs` computes nodes and cost from them.
- `trial/` lets simulated attendees run labs at once, and measures.
"""
