"""Settings: which value wins, and to whom keys are sent."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assistant.keys import belongs, is_url
from assistant.option_table import OPTIONS
from assistant.settings import config_file, describe, history_file, load
from index.errors import NotConfigured, UsageError


@pytest.fixture
def file(tmp_path):
    """Writes a configuration file."""

    def write(text: str) -> Path:
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_flags_win_over_environment_over_file(file):
    """The order that the contract promises, with each value's origin."""
    path = file('model = "from-file"\ntop_k = 3\nquiet = true\n')
    environ = {"DATELINE_MODEL": "from-environment", "DATELINE_TOP_K": "4"}
    settings = load({"model": "from-flag"}, environ, path)
    assert (settings.model, settings.top_k, settings.quiet) == ("from-flag", 4, True)
    assert settings.origins["model"] == "--model"
    assert settings.origins["top_k"] == "DATELINE_TOP_K"
    assert settings.origins["quiet"] == str(path)
    assert settings.origins["timeout"] == "default"


def test_nothing_set_means_quotes_and_no_cost(tmp_path):
    """Without any setting no model is named, so nothing paid can happen."""
    settings = load({}, {"OPENAI_API_KEY": "sk-1"}, tmp_path / "none.toml")
    assert settings.model == ""
    assert settings.openai_key
    assert settings.library.name == "library"
    assert settings.top_k == 8


@pytest.mark.parametrize("name", OPTIONS)
def test_every_option_has_a_variable(name, tmp_path):
    """`DATELINE_<OPTION>` works for each option."""
    values = {"top_k": "5", "context_window": "4096", "max_tokens": "512", "fetch": "no"}
    values |= dict.fromkeys(("timeout", "deadline"), "2.5")
    values |= {"width": "72", "editing": "vi"}
    values |= {"no_stream": "on", "quiet": "1", "library": "/somewhere", "source": "A Post, B Post"}
    values |= dict.fromkeys(("allow_private", "ignore_robots", "excerpts"), "yes")
    values |= dict.fromkeys(("embedder_requests", "max_cost"), "2")
    values |= dict.fromkeys(("strict", "judge"), "yes")
    values |= dict.fromkeys(("since", "until", "as_of"), "2025-03-01")
    values |= dict.fromkeys(("base_url", "embedder_base_url"), "http://localhost:1/v1")
    variable = f"DATELINE_{name.upper()}"
    settings = load({}, {variable: values.get(name, "some-name")}, tmp_path / "none.toml")
    assert settings.origins[name] == variable
    assert getattr(settings, name) != OPTIONS[name].default


def test_values_have_their_types(file):
    """Days, lists and folders arrive as such, from text and from TOML alike."""
    path = file('as_of = 2025-03-09\nsource = ["A Post"]\nlibrary = "news"\ntimeout = 5\n')
    settings = load({"since": "2025-03-01"}, {}, path)
    assert settings.since == dt.date(2025, 3, 1)
    assert settings.as_of == dt.date(2025, 3, 9)
    assert settings.source == ("A Post",)
    assert settings.timeout == 5
    assert settings.library == path.parent / "news"


def test_an_empty_flag_switches_the_model_off(file):
    """`--model ""` asks for quotes although the file names a model."""
    assert load({"model": ""}, {}, file('model = "x"')).model == ""


@pytest.mark.parametrize(
    ("text", "said", "advice"),
    [
        ("modle = 'x'", "unknown option “modle”", "did you mean model?"),
        ("zzz = 1", "unknown option “zzz”", "there are: library"),
        ("top_k = 'eight'", "top_k in {file} is 'eight'", "a whole number from 1 to 100"),
        ("top_k = true", "top_k in {file} is True", "a whole number"),
        ("top_k = 0", "top_k in {file} is 0", "from 1 to 100"),
        ("timeout = 0", "timeout in {file} is 0", "seconds"),
        ("model = 5", "model in {file} is 5", "text"),
        ("since = 2025-03-01T10:00:00", "since in {file}", "YYYY-MM-DD"),
        ("source = [1]", "source in {file} is [1]", "outlet"),
        ("base_url = 'sk-123'", "base_url in {file} is not", "http://"),
        ("model = 'x", "{file} is not valid TOML", "correct that line"),
        ("a = 1\nb = = 2", "line 2", "correct that line"),
        ("keys = 1", "keys in {file} is not a table", "[keys]"),
        ("[keys]\nopenai = 'k'", "a name under [keys] in {file}", "quotation marks"),
        ("[keys]\n'https://a.example' = 1", "a key under [keys] in {file}", "quotation marks"),
    ],
)
def test_a_wrong_file_is_explained(file, text, said, advice):
    """A mistake in the file names the file, the place and the way out."""
    path = file(text)
    with pytest.raises(UsageError) as caught:
        load({}, {}, path)
    assert said.format(file=path) in caught.value.message
    assert advice in caught.value.help


@pytest.mark.parametrize(
    ("flags", "environ", "said"),
    [
        ({"top_k": "0"}, {}, "--top-k is '0'"),
        ({"as_of": "yesterday"}, {}, "--as-of is 'yesterday'"),
        ({}, {"DATELINE_QUIET": "perhaps"}, "DATELINE_QUIET is 'perhaps'"),
        ({"tpo_k": 3}, {}, "unknown option “tpo_k”"),
    ],
)
def test_wrong_flags_and_variables_are_explained(tmp_path, flags, environ, said):
    """The message names the flag or the variable as it was typed."""
    with pytest.raises(UsageError) as caught:
        load(flags, environ, tmp_path / "none.toml")
    assert said in caught.value.message


def test_a_key_in_a_wrong_place_is_not_shown(tmp_path):
    """Somebody who swaps address and key does not find the key in a log."""
    with pytest.raises(UsageError) as caught:
        load({}, {"OPENAI_BASE_URL": "sk-secret"}, tmp_path / "none.toml")
    assert "sk-secret" not in caught.value.message + caught.value.help


def test_an_unreadable_file_is_explained(tmp_path):
    """A folder in the file's place is a usage error, not a traceback."""
    (tmp_path / "config.toml").mkdir()
    with pytest.raises(UsageError, match="cannot read"):
        load({}, {}, tmp_path / "config.toml")


# endpoints and keys

HERE = "http://127.0.0.1:8080/v1"
OPENAI = "https://api.openai.com/v1"


@pytest.mark.parametrize(
    ("flags", "environ", "address"),
    [
        ({}, {"OPENAI_API_KEY": "k"}, OPENAI),
        ({}, {"OPENAI_BASE_URL": HERE}, HERE),
        ({}, {"OPENAI_API_BASE": HERE}, HERE),
        ({}, {"OPENAI_BASE_URL": HERE, "OPENAI_API_BASE": "http://other.example"}, HERE),
        ({"base_url": HERE}, {"OPENAI_BASE_URL": "http://other.example"}, HERE),
        ({}, {"DATELINE_BASE_URL": HERE, "OPENAI_BASE_URL": "http://other.example"}, HERE),
    ],
)
def test_where_the_model_is(tmp_path, flags, environ, address):
    """The address is the option's, else that of OpenAI's own variables, else OpenAI's."""
    settings = load(flags, environ, tmp_path / "none.toml")
    assert settings.endpoint().base_url == address
    assert settings.embedder_endpoint().base_url == address


@pytest.mark.parametrize(
    ("flags", "environ", "key"),
    [
        ({}, {"OPENAI_API_KEY": "k"}, "k"),
        ({"base_url": HERE}, {"OPENAI_API_KEY": "k"}, ""),
        ({"base_url": "https://api.openai.com.evil.example/v1"}, {"OPENAI_API_KEY": "k"}, ""),
        ({"base_url": "https://api.openai.com@evil.example/v1"}, {"OPENAI_API_KEY": "k"}, ""),
        ({"base_url": "http://api.openai.com/v1"}, {"OPENAI_API_KEY": "k"}, ""),
        ({}, {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": HERE}, "k"),
        (
            {"base_url": "http://127.0.0.1:9/v1"},
            {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": HERE},
            "",
        ),
        ({"base_url": HERE}, {"DATELINE_API_KEY": "d"}, "d"),
        ({"base_url": HERE}, {"DATELINE_API_KEY": "d", "OPENAI_API_KEY": "k"}, "d"),
        ({"base_url": HERE}, {"DATELINE_API_KEY": "d", "DATELINE_BASE_URL": OPENAI}, ""),
        ({}, {"DATELINE_API_KEY": "d", "DATELINE_BASE_URL": HERE}, "d"),
    ],
)
def test_a_key_is_only_sent_where_it_belongs(tmp_path, flags, environ, key):
    """Promise 9: no other server ever sees a key, however alike its name looks."""
    assert load(flags, environ, tmp_path / "none.toml").endpoint().key == key


@pytest.mark.parametrize(
    ("flags", "environ", "advice"),
    [
        (
            {"base_url": HERE},
            {"OPENAI_API_KEY": "secret"},
            (
                "OPENAI_API_KEY is set, but belongs to https://api.openai.com and is sent nowhere"
                f" else: set OPENAI_BASE_URL={HERE} if it belongs here, or give the endpoint its"
                " key under [keys] in FILE"
            ),
        ),
        (
            {"base_url": HERE},
            {"DATELINE_API_KEY": "secret", "DATELINE_BASE_URL": "http://user:word@127.0.0.1:9/v1"},
            (
                "DATELINE_API_KEY is set, but belongs to http://127.0.0.1:9/v1 and is sent nowhere"
                f" else: set DATELINE_BASE_URL={HERE} if it belongs here, or give the endpoint its"
                " key under [keys] in FILE"
            ),
        ),
        (
            {},
            {"OPENAI_BASE_URL": HERE},
            "set OPENAI_API_KEY, or give the endpoint its key under [keys] in FILE",
        ),
        (
            {"base_url": HERE},
            {},
            (
                "give the endpoint its key under [keys] in FILE, or set"
                f" OPENAI_BASE_URL={HERE} and OPENAI_API_KEY"
            ),
        ),
    ],
)
def test_who_misses_a_key_is_told_what_helps(tmp_path, flags, environ, advice):
    """A key that is set, and withheld since it belongs elsewhere, is not asked for again."""
    file = tmp_path / "none.toml"
    settings = load(flags, environ, file)
    assert settings.endpoint().key == ""
    assert settings.endpoint().without_key == advice.replace("FILE", str(file))


def test_openai_is_not_sent_anothers_key(tmp_path):
    """A key for another endpoint is no key for OpenAI, and that is what is said."""
    environ = {"OPENAI_API_KEY": "secret", "OPENAI_BASE_URL": HERE}
    with pytest.raises(NotConfigured) as caught:
        load({"base_url": OPENAI}, environ, tmp_path / "none.toml").endpoint()
    assert f"OPENAI_API_KEY is set, but belongs to {HERE}" in caught.value.help


def test_keys_in_the_file_belong_to_their_endpoint(file):
    """The most specific entry for exactly that server wins, also over the environment."""
    path = file(
        '[keys]\n"https://a.example" = "wide"\n"https://a.example/team/v1" = "narrow"\n'
        '"https://b.example/v1" = "other"\n'
    )
    environ = {"DATELINE_API_KEY": "d"}

    def key(base_url: str) -> str:
        return load({"base_url": base_url}, environ, path).endpoint().key

    assert key("https://a.example/team/v1/") == "narrow"
    assert key("https://a.example:443/v1") == "wide"
    assert key("https://b.example/v1") == "other"
    assert key("https://b.example/v10") == "d"


def test_the_embedder_does_not_get_the_models_key(tmp_path):
    """A key for the model's endpoint is not sent to another one that embeds."""
    settings = load(
        {"base_url": HERE, "embedder_base_url": "http://127.0.0.1:9/v1"},
        {"DATELINE_API_KEY": "d"},
        tmp_path / "none.toml",
    )
    assert settings.endpoint().key == "d"
    assert settings.embedder_endpoint().key == ""


def test_openai_without_a_key_is_not_configured(tmp_path):
    """Exit code 3 with the variable to set, before anything is sent."""
    with pytest.raises(NotConfigured) as caught:
        load({}, {}, tmp_path / "none.toml").endpoint()
    assert caught.value.exit_code == 3
    assert "OPENAI_API_KEY" in caught.value.help


@pytest.mark.parametrize(
    ("owner", "other", "expected"),
    [
        ("https://a.example/v1", "https://A.EXAMPLE/v1/", True),
        ("https://a.example/v1", "https://a.example/v1/../v2", False),
        ("https://a.example/v1", "https://a.example", False),
        ("https://a.example", "https://a.example:8443", False),
        ("http://a.example", "http://a.example:80/v1", True),
        ("http://[::1]:1/v1", "http://[::1]:1/v1", True),
    ],
)
def test_what_belongs_to_an_endpoint(owner, other, expected):
    """Same scheme, host and port, and the same path or one below it."""
    assert belongs(owner, other) is expected


@pytest.mark.parametrize(
    "text",
    ["", "a.example", "ftp://a.example", "http://", "http://a:b", "http://a b", "http://a\\@b"],
)
def test_what_is_no_address(text):
    """Addresses that clients could read differently are refused."""
    assert not is_url(text)


# what is shown


def test_description_shows_origins_but_no_key(file):
    """`dateline config` can be pasted into a bug report."""
    path = file('[keys]\n"https://a.example" = "sk-secret"\n')
    settings = load({"base_url": "https://me:pass@a.example/v1"}, {"OPENAI_API_KEY": "sk-2"}, path)
    form = describe(settings)
    assert form["options"]["base_url"] == {"value": "https://a.example/v1", "origin": "--base-url"}
    assert form["keys"]["base_url"] == f"[keys] in {path}"
    for secret in ("sk-secret", "sk-2", "pass"):
        assert secret not in str(form)
    assert "sk-secret" not in repr(settings)


@pytest.mark.parametrize(
    ("environ", "colour"),
    [({"TERM": "xterm"}, 16), ({"TERM": "xterm", "NO_COLOR": "1"}, 0), ({"TERM": "dumb"}, 0)],
)
def test_no_color_is_honoured(tmp_path, environ, colour):
    """People who want no colour get none."""
    assert load({}, environ, tmp_path / "none.toml").terminal.depth is colour


def test_files_lie_in_the_platforms_folders(tmp_path):
    """Configuration and history are where the platform keeps such things."""
    assert config_file().parent.name == "dateline"
    assert config_file().is_relative_to(tmp_path)
    assert history_file().is_relative_to(tmp_path)
