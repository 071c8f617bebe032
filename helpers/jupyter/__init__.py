"""JupyterLab as the labs need it; `make setup` writes the first three modules into its configuration.

- `localhost` serves it under a name of its own, so that it shares no cookies with the engine.
- `terminal` starts a terminal in which `aws` and `make` reach the backend of the notebooks.
- `saved_widgets` replaces live widgets in a saved notebook by their picture.
- `output` tells whether output appears in a notebook; `figures` shows matplotlib's as pictures with words.
"""
