"""The labs run: alone, twice in a row, strictly as stored; and solved, after a killed engine, other labs and a restart.

What is looked at here happens in `stories`, for all labs side by side.
"""

import notebooks
import pytest
from stories import passed

# A lab waits for those before it: a test takes as long as all of them. A cell that hangs is ended by nbval after 60 s.
pytestmark = [pytest.mark.labs, pytest.mark.timeout(1200)]
once = pytest.mark.once
WRITTEN = {"out.txt", "certificate.html"}  # by the CLI, and for the learner to keep; ignored by git
each_lab = pytest.mark.parametrize("lab", notebooks.LABS, ids=notebooks.NAMES)


@each_lab
@pytest.mark.parametrize("state", ["fresh", pytest.param("used", marks=once)])
def test_a_lab_gives_its_stored_outputs_in_a_fresh_and_in_a_used_account(lab, state, stories):
    nbval = stories.strict[lab].result().runs[state]
    assert passed(nbval), f"{nbval.stdout}{nbval.stderr}"


@each_lab
def test_reset_leaves_nothing_of_a_lab(lab, stories):
    assert stories.strict[lab].result().left == {}


@once
@each_lab
def test_after_a_killed_engine_and_other_labs_every_solution_passes_its_check(lab, stories):
    texts = [text for cell in stories.solved[lab].result().notebook.cells for text in notebooks.texts(cell)]
    for number in notebooks.exercises(lab):
        # What the check said comes first and last: of a long message, a CI run keeps one end.
        ours = [text for text in texts if text.startswith(f"{number} ")]
        assert any(text.startswith(f"{number} done: ") for text in ours), "\n".join([*ours, *texts, *ours])
    assert not [text for text in texts if "not yet" in text]


@once
@each_lab
def test_after_a_restart_in_the_middle_the_first_cell_offers_to_run_what_is_above_and_the_lab_goes_on(lab, stories):
    """The click is JupyterLab's part, and tests/browser/test_opening.py clicks."""
    solved = stories.solved[lab].result()
    assert (solved.offered, solved.offered_again) == (solved.wanted, [])
    assert solved.before == solved.after
    assert notebooks.done(solved.notebook) == set(notebooks.exercises(lab))


@once
def test_reset_leaves_nothing_of_labs_that_were_solved_one_after_the_other(stories):
    assert [future.result() for future in stories.left] == [{} for _ in stories.left]


@each_lab
def test_a_lab_leaves_no_files_beside_it(lab, stories):
    assert stories.strict[lab].result().beside <= WRITTEN
