"""Lab 00, Start here: exercises."""

from helpers.cleanup import Owns

TITLE = "Start here"
OWNS = Owns()
