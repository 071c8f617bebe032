"""JupyterLab as the labs need it; `make setup` writes the first three modules into its configuration.

- `localhost` serves it under a name of its own, so that it shares no cookies with the engine.
- `terminal` starts a terminal in which `aws` and `make` reach the backend of the notebooks.
- `saved_widgets` replaces live widgets in a saved notebook by their picture.
- `aws_errors` shows an error of AWS in one line, its traceback folded; `Lab(...)` sees to that.
- `code_block` shows code, with what is said about it.
- `figures` shows figures of matplotlib with words and in the page's colours; `Lab(...)` sees to that, too.
- `output` tells whether output appears in a notebook.
"""
