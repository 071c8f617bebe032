"""Lab 01, Hello world: exercises."""

from helpers.cleanup import Owns

TITLE = "Hello world"
OWNS = Owns(functions=("HelloWorld",))
