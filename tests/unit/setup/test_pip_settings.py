from helpers.setup.pip_settings import for_uv, parse

LISTING = """\
:env:.cert='/env.pem'
global.cert='/file.pem'
global.extra-index-url='file:///one file:///two'
global.index-url='file:///main'
install.find-links='/wheels /more'
WARNING: something = else
"""


def test_pip_s_listing_is_read_and_the_environment_beats_the_file():
    assert parse(LISTING) == {
        "cert": "/env.pem",
        "extra-index-url": "file:///one file:///two",
        "index-url": "file:///main",
        "find-links": "/wheels /more",
    }


def test_an_install_setting_beats_a_global_one_in_any_order():
    assert parse("install.timeout='5'\nglobal.timeout='9'") == {"timeout": "5"}


def test_uv_is_told_what_pip_was_told():
    assert for_uv(parse(LISTING), {}) == {
        "UV_DEFAULT_INDEX": "file:///main",
        "UV_INDEX": "file:///one file:///two",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_FIND_LINKS": "/wheels,/more",
        "SSL_CERT_FILE": "/env.pem",
    }


def test_what_is_set_for_uv_wins_under_its_new_name_and_its_old_one():
    settings = {"index-url": "file:///pip", "cert": "/pip.pem"}
    assert for_uv(settings, {"UV_DEFAULT_INDEX": "file:///uv", "SSL_CERT_FILE": "/uv.pem"}) == {}
    assert for_uv(settings, {"UV_INDEX_URL": "file:///uv", "SSL_CERT_FILE": "/uv.pem"}) == {}


def test_a_proxy_of_pip_s_is_used_unless_the_environment_names_one():
    assert for_uv({"proxy": "http://127.0.0.1:3128"}, {}) == {"ALL_PROXY": "http://127.0.0.1:3128"}
    assert for_uv({"proxy": "http://127.0.0.1:3128"}, {"https_proxy": "http://127.0.0.1:9"}) == {}


def test_no_pip_configuration_means_nothing_to_tell():
    assert for_uv(parse(""), {}) == {}
