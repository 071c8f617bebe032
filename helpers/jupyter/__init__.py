"""JupyterLab as the labs need it; `make setup` writes the first three modules into its configuration.

- `localhost` serves it under a name of its own, so that it shares no cookies with the engine.
- `terminal` starts a terminal in which `aws` and `make` reach the backend of the notebooks.
- `saved_notebooks` keeps what does not last out of a saved notebook: live widgets (their picture stays), and Python's
  version where it was not noted.
- `working_copies` makes `my/`, the labs to work in, and brings new versions; `copied_files` says what a copy holds.
- `resuming` offers, in a lab's first cell, to run what is above the cell where the learner was.
- `aws_errors` shows an error of AWS in one line, its traceback folded; `Lab(...)` sees to that.
- `code_block` shows code, with what is said about it.
- `figures` shows figures of matplotlib with words and in the page's colours; `Lab(...)` sees to that, too.
- `output` tells whether output appears in a notebook.
"""
