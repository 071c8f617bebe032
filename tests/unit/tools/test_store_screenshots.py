"""The pictures of README and labs."""

import random

import pytest
import store_screenshots
from PIL import Image
from store_screenshots import KEPT, MOST, SCREENSHOTS, named, pages, store

WANTED = list(named(page.read_text(encoding="utf-8") for page in pages()))


def test_readme_shows_pictures_for_light_and_dark():
    found = list(named([pages()[0].read_text(encoding="utf-8")]))
    assert found and {theme for _, theme in found} == {"light", "dark"}
    assert all((name, theme) in found for name, _ in found for theme in ("light", "dark"))


@pytest.mark.parametrize(("name", "theme"), WANTED)
def test_a_picture_that_a_page_names_is_there_and_small(name, theme):
    picture = SCREENSHOTS / f"{name}-{theme}.png"
    assert name in KEPT
    assert picture.stat().st_size <= MOST
    with Image.open(picture) as image:
        assert image.format == "PNG" and image.width <= 1366


def test_every_picture_that_is_kept_is_named_on_a_page():
    assert {path.name for path in SCREENSHOTS.iterdir()} == {f"{name}-{theme}.png" for name, theme in WANTED}
    assert set(KEPT) == {name for name, _ in WANTED}


def test_a_screenshot_is_stored_with_fewer_colours_until_it_is_small(tmp_path):
    taken = tmp_path / "taken.png"
    image = Image.new("RGB", (350, 350))
    image.putdata([(value, value, value) for value in random.Random(1).choices(range(256), k=350 * 350)])
    image.save(taken)
    assert taken.stat().st_size > MOST
    assert store(taken, tmp_path / "kept.png") == (tmp_path / "kept.png").stat().st_size <= MOST


def test_only_the_upper_part_is_kept_where_that_says_more(tmp_path):
    Image.new("RGB", (40, 300)).save(tmp_path / "taken.png")
    for height, kept in ((100, 100), (1000, 300)):
        store(tmp_path / "taken.png", tmp_path / "kept.png", height)
        with Image.open(tmp_path / "kept.png") as image:
            assert image.size == (40, kept)


def test_one_that_cannot_be_small_is_refused_and_not_left_behind(tmp_path):
    taken = tmp_path / "taken.png"
    Image.frombytes("RGB", (900, 900), random.Random(1).randbytes(900 * 900 * 3)).save(taken)
    with pytest.raises(ValueError, match="let the test show less"):
        store(taken, tmp_path / "kept.png")
    assert not (tmp_path / "kept.png").exists()


def test_a_picture_that_was_not_taken_is_said_and_changes_nothing(tmp_path, monkeypatch, capsys):
    (tmp_path / "README.md").write_text("![x](assets/screenshots/nothing-light.png)")
    monkeypatch.setattr(store_screenshots, "pages", lambda: [tmp_path / "README.md"])
    monkeypatch.setattr(store_screenshots, "SCREENSHOTS", tmp_path / "kept")
    assert store_screenshots.main() == 1
    assert "No screenshot for nothing" in capsys.readouterr().err
    assert not (tmp_path / "kept").exists()


def test_a_copy_of_the_labs_gets_blanks_for_pictures_that_are_still_to_be_taken(tmp_path):
    there = tmp_path / "assets" / "screenshots" / f"{'-'.join(WANTED[0])}.png"
    there.parent.mkdir(parents=True)
    there.write_bytes(b"as it was")
    store_screenshots.stand_in(tmp_path)
    assert {path.name for path in there.parent.iterdir()} == {f"{name}-{theme}.png" for name, theme in WANTED}
    assert there.read_bytes() == b"as it was"
