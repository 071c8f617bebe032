"""Two labs with a function of the same name, each in a tab of its own, one step here and one there."""

import notebooks
import pytest
from stories import copied

pytestmark = [pytest.mark.labs, pytest.mark.once, pytest.mark.timeout(1200)]


def halves(client):
    """The notebook's cells up to its first exercise, and the rest."""
    first = notebooks.first_cells(client.nb)
    return first, client.nb.cells[len(first) :]


def test_hello_world_of_one_lab_is_not_that_of_another(tmp_path):
    one, other = (next(lab for lab in notebooks.LABS if lab.stem.startswith(number)) for number in ("01", "04"))
    folder = copied(one, tmp_path / "labs").parent
    with notebooks.backend(tmp_path / "home") as environ:
        clients = [notebooks.client(notebooks.solved(lab), folder) for lab in (one, other)]
        with clients[0].setup_kernel(env=environ), clients[1].setup_kernel(env=environ):
            for cells in zip(*map(halves, clients), strict=True):
                for client, part in zip(clients, cells, strict=True):
                    notebooks.run(client, part)
    for lab, client in zip((one, other), clients, strict=True):
        texts = [text for cell in client.nb.cells for text in notebooks.texts(cell)]
        for number in notebooks.exercises(lab):
            assert any(text.startswith(f"{number} done: ") for text in texts), number
