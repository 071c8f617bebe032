"""Chromium, and whether this machine can run it: Debian's package, driven by Playwright, which downloads nothing."""

import importlib.util
import os
import shutil
from collections.abc import Mapping

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Nothing but the page: no look-ups and no updates of Chromium's own, on machines without a way out.
FLAGS = (
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--force-color-profile=srgb"),
)
# Sizes of a page: what a learner has, and one that shows a whole widget, for its screenshot.
LAPTOP, TALL = {"width": 1366, "height": 768}, {"width": 1366, "height": 2000}


def find() -> str | None:
    """Path of the browser, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def lacking(environ: Mapping[str, str] = os.environ) -> str | None:
    """Why labs cannot be looked at in a browser here, in a sentence; None if they can."""
    if environ.get("LAB_BROWSER") == "off":
        return "LAB_BROWSER=off: the labs were not opened in a browser."
    if find() is None:
        return "There is no Chromium, so the labs were not opened in a browser: apt install chromium (Debian)."
    if importlib.util.find_spec("playwright") is None:
        return "Playwright is not installed, so the labs were not opened in a browser: make driver."
    return None


def launch(playwright):
    """Start it without a window. Root has to do without Chromium's sandbox."""
    return playwright.chromium.launch(executable_path=find(), args=FLAGS, chromium_sandbox=os.geteuid() != 0)
