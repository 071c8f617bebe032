"""The web edition: all labs as pages, to be read anywhere.

A tour of `site/`, in the order of a run of `make site`:

- `build.py` is the command: it installs what it needs into `.lab/site` the first time, and leaves the pages there.
- `stage.py` makes pages for Sphinx of the notebooks as they are, with their stored outputs.
- `locale/` has other languages, a file a page; `messages.py` (`make messages`) brings them up to date with the labs.
- `diagrams.py`: names and words of the labs' diagrams; `draw.py` (`make diagrams`) draws them into `diagrams/`.
- `conf.py`, this file, is Sphinx's configuration: MyST-NB reads notebooks, Furo is the theme.
- `templates/page.html` puts "Run it" above each page; `static/` has what is ours of style and script.

Beside it, `slides.py` (`make slides`) makes a deck of slides of each lab for an instructor; `deck.py` chooses what is
on them, `slide_parts.py` makes HTML of it that fits; `deck/` has their style, and the lock of reveal.js, which shows
them.

Nothing is fetched: not by the build, and not by a page from another host.
"""

import os
from pathlib import Path

project = "AWS Lambda, by doing"
html_title = project
copyright = "its authors, Apache-2.0"
language = "en"

# owner/name on GitHub: the one setting for Codespaces and Binder. GitHub's own runners set it; without it, pages lead
# to "your machine" only.
repository = os.environ.get("GITHUB_REPOSITORY", "")

# A page that is not translated, or a paragraph that has changed since, is shown in English.
locale_dirs = ["locale"]
gettext_compact = False  # a file a page
languages = {"en": "English", "de": "Deutsch"}
translated = {
    code: {str(file.relative_to(folder).with_suffix("")) for file in folder.rglob("*.po")}
    for code in languages
    for folder in [Path(__file__).parent / "locale" / code / "LC_MESSAGES"]
}

extensions = ["myst_nb"]
exclude_patterns = ["labs/functions", "labs/snippets", "locale"]
nb_execution_mode = "off"  # outputs are those that are stored
nb_ipywidgets_js: dict[str, str] = {}  # would be require.js and more, from another host; widgets are pictures here
nb_merge_streams = True
nitpicky = True
suppress_warnings = ["misc.highlighting_failure"]  # IPython's lexer does not know that a line for the shell can go on

html_theme = "furo"
templates_path = ["templates"]
html_static_path = ["static"]
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": ""})]
html_context = {"repository": repository, "languages": languages, "translated": translated}
html_theme_options = {"navigation_with_keys": True, "top_of_page_buttons": []}
html_favicon = "static/favicon.svg"
html_copy_source = False
html_use_index = False
html_domain_indices = False
# Those of Pygments' styles whose every colour has the contrast that WCAG asks for.
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
