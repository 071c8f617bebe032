"""What a lab declares about itself, as `ABOUT` in its module; its number is in the module's name.

README's table, the progress map, clean-up and the tests of the notebooks read it there.
"""

from dataclasses import dataclass, field

from helpers.cleanup.owns import Owns


@dataclass(frozen=True, kw_only=True)
class About:
    """Title; what the learner will do, for README; minutes; numbers of the labs that it builds on.

    `place`: column and row on the progress map, to the right of what it builds on or below. `owns`: what it makes,
    and `Lab.reset` removes. `needs`: features of the backend without which it does not start. `on_aws`: a
    sentence for those who run it there.
    """

    title: str
    you_will: str
    minutes: int
    builds_on: tuple[str, ...] = ()  # the links under "You need"; every lab runs alone
    place: tuple[int, int]
    owns: Owns = field(default_factory=Owns)
    needs: tuple[str, ...] = ("lambda",)
    on_aws: str = ""
