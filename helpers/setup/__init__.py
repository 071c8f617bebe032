"""What ``helpers/setup/install.py`` (``make setup``) does, in parts. Standard library only: nothing is installed yet.

A tour, in the order of a run:

- ``places``: where things are, and what the lock files and the Python say a finished environment must be (its stamp).
- ``stamps``: a file in each environment that says ``building`` or which stamp it was finished with. It is what makes a
  second run quick, a changed lock noticed and an interrupted run mended.
- ``pip_settings``: pip's own configuration, said again in uv's words, so that one configuration serves both.
- ``targets``: the five things to build, and whether each is there: ``.venv``, ``.engine``, and in it the Python and the
  Node.js function runtimes, and packages for the labs to put into layers.
- ``commands``: runs a command with its output in ``.lab/setup.log``; a failure becomes a sentence with its remedy.
- ``steps``: how each target is built.
- ``run``: all of it, side by side, with progress.

The environments are apart because they need releases that exclude each other (learner, engine), or because a function
must see what AWS preinstalls and nothing else (runtimes).
"""
