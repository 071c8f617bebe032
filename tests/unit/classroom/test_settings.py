"""The classroom's settings."""

import pytest

from classroom import settings
from helpers.errors import LabError

pytestmark = pytest.mark.once


def test_settings_are_read_from_the_environment():
    chosen = settings.from_environ(
        {
            "CLASSROOM_PORT": "8100",
            "CLASSROOM_ENGINE": "shared",
            "CLASSROOM_MEMORY": "512",
            "CLASSROOM_HOST": "https://a.b/",
        }
    )
    assert chosen == settings.Settings(8100, "shared", 512_000_000, 3600, "https://a.b")
    assert settings.from_environ({}) == settings.Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CLASSROOM_PORT", "65535"),
        ("CLASSROOM_PORT", "many"),
        ("CLASSROOM_ENGINE", "both"),
        ("CLASSROOM_MEMORY", "0"),
        ("CLASSROOM_HOST", "labs.example"),
    ],
)
def test_an_invalid_setting_is_a_sentence_that_names_it(name, value):
    with pytest.raises(LabError, match=f"{name} is '{value}'"):
        settings.from_environ({name: value})


def test_the_commands_token_is_made_once_and_is_its_owners_alone(tmp_path):
    token = settings.token(tmp_path)
    assert settings.token(tmp_path) == token and len(token) == 64
    assert (tmp_path / "token").stat().st_mode & 0o077 == 0
