"""Progress that was saved under an exercise's number, as it was until November 2026, and still counts.

Numbers moved when labs got more exercises: "1.2" was "Leave your name", and became "Say goodbye". So a number counts
only for the exercise that has had it from the beginning, and as long as it has it.
"""

from collections.abc import Mapping

from helpers.exercises.checks import Exercise

# number -> name; the list is closed: what has been saved since has names
ALWAYS = {
    "0.1": "invoke_with_a_name",
    "0.2": "tag_the_owner",
    "0.3": "delete_the_function",
    "2.1": "let_lambda_in",
    "2.2": "lock_the_shredder",
    "2.3": "shrink_the_star",
    "3.1": "go_to_production",
    "3.2": "try_it_on_friends",
    "3.3": "offer_gold",
    "3.4": "throw_away_what_nobody_uses",
    "4.1": "refuse_other_verbs",
    "5.1": "share_a_module",
    "5.2": "move_the_doorman",
    "5.3": "overrule_one_file",
    "5.4": "write_a_handler_in_shell",
    "6.1": "let_it_call_one_more",
    "7.1": "bring_the_hotfix_home",
    "7.2": "attach_the_archive",
    "7.3": "count_where_everybody_can_see_it",
}


def of(exercise: Exercise) -> str | None:
    """Return the number under which older files have this very exercise; None if that number has been another's."""
    return exercise.number if ALWAYS.get(exercise.number) == exercise.name else None


def when_done(exercise: Exercise, noted: Mapping[str, str]) -> str | None:
    """Return when an exercise was done, by what the progress of its lab has noted; None if it was not."""
    return noted.get(exercise.name) or noted.get(of(exercise) or "")
