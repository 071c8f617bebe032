"""Two labs with a function of the same name, each in a tab of its own, one cell here and one there."""

from itertools import zip_longest

import notebooks
import pytest
from stories import copied

pytestmark = [pytest.mark.labs, pytest.mark.once, pytest.mark.timeout(1200)]


def test_hello_world_of_one_lab_is_not_that_of_another(tmp_path):
    one, other = (next(lab for lab in notebooks.LABS if lab.stem.startswith(number)) for number in ("01", "04"))
    folder = copied(one, tmp_path / "labs").parent
    with notebooks.backend(tmp_path / "home") as environ:
        clients = [notebooks.client(notebooks.solved(lab), folder) for lab in (one, other)]
        with clients[0].setup_kernel(env=environ), clients[1].setup_kernel(env=environ):
            for cells in zip_longest(*(client.nb.cells for client in clients)):
                for client, cell in zip(clients, cells, strict=True):
                    notebooks.run(client, [cell] if cell else [])
    for lab, client in zip((one, other), clients, strict=True):
        assert notebooks.done(client.nb) == set(notebooks.exercises(lab))
