"""The set-up, which ``make setup`` runs. Standard library only: nothing is installed yet.

A tour, in the order of a run:

- ``install`` is the command; it checks Python's version first. ``run`` builds what is missing, side by side, with
  progress.
- ``paths``: where things are, and the fingerprint that the lock files and the Python give a finished environment.
- ``stamps``: a file in each environment that says ``building`` or with which fingerprint it was finished. It makes a
  second run quick; a changed lock is noticed, an interrupted run repaired.
- ``pip_settings``: pip's own configuration, translated for uv, so that one configuration serves both.
- ``components``: the seven things to build, and whether each is there: ``.venv``, ``.engine``, and in it the Python and
  the Node.js function runtimes, Node.js 22, what ``interpreters`` finds on this machine, and packages for the labs to
  put into layers.
- ``commands``: runs a command with its output in ``.lab/setup.log``; a failure becomes a sentence with its remedy.
- ``steps`` and ``interpreter_steps``: how each component is built.
- ``tool_environment``: one for a tool of the project, such as the web edition's, made when it is first used.
- ``bundle``: where packages come from on a machine without a network; ``make_bundle`` makes the archive for it.

The environments are apart because they need releases that exclude each other (learner, engine), or because a function
must see what AWS preinstalls and nothing else (runtimes).
"""
