"""The program's own settings: flags, then environment, then one TOML file, then the defaults given here.

docs/settings.md describes each one; tests/test_docs.py holds the two together.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from pipelines.errors import ConfigurationFault

DEFAULT_FILE = "unsourced.toml"
ENVIRONMENT_PREFIX = "UNSOURCED_"
CONFIG_VARIABLE = "UNSOURCED_CONFIG"


def split_commas(value: object) -> object:
    """A list as an environment variable holds it."""
    return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(split_commas)]


class Settings(BaseModel):
    """What can be set. Raises nothing itself: `load_settings` turns a wrong value into a ConfigurationFault."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    store: str = Field("unsourced.db", min_length=1, description="file of the store, or its database URL")
    sources: Names = Field((), description="source lists that `crawl` visits when the command line names none")
    contact: str = Field("", description="address or page a webmaster can reach you at; part of the user agent")
    budget: int = Field(300, ge=0, description="requests to one registered domain in one crawl, at most; 0: no limit")
    workers: int = Field(0, ge=0, le=256, description="processes that extract and analyse; 0: one a processor")
    pages_days: int = Field(30, ge=0, description="days that fetched pages are kept as evidence; 0: not kept")
    pages_size: int = Field(10_000, ge=0, description="megabytes of pages that are kept, the oldest go first; 0: none")
    reviewer: str = Field("", description="who decides; the name you are logged in under when empty")


def load_settings(config: str = "", **flags: object) -> Settings:
    """The settings for one command.

    `config` names the TOML file; without it UNSOURCED_CONFIG does, else `unsourced.toml` of the working directory is
    read where there is one. A flag that is None was not given. Raises ConfigurationFault, naming the place, the key and
    the value of a wrong setting.
    """
    given = {name: value for name, value in flags.items() if value is not None}
    layers = {
        config_path(config) or DEFAULT_FILE: read_file(config),
        "environment": read_environment(os.environ),
        "command line": given,
    }
    merged = {key: (value, place) for place, layer in layers.items() for key, value in layer.items()}
    try:
        return Settings.model_validate({key: value for key, (value, _) in merged.items()})
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0])
        value, place = merged[key]
        raise ConfigurationFault(f"{place}: {spelt(key, place)} = {value!r}: {first['msg']}") from error


def config_path(config: str) -> str:
    """The configuration file asked for by flag or environment, or nothing."""
    return config or os.environ.get(CONFIG_VARIABLE, "")


def read_file(config: str) -> dict[str, Any]:
    """The settings in the TOML file; the default file may be absent, one that was asked for may not."""
    asked = config_path(config)
    path = Path(asked or DEFAULT_FILE)
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        if not asked:
            return {}
        raise ConfigurationFault(f"{path}: there is no such configuration file") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationFault(f"{path}: cannot be read ({error})") from error
    for key in found:
        refuse_unknown(key, str(path), str(path))
    return found


def read_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The settings in variables that begin with UNSOURCED_; an empty one was not given."""
    found = {}
    for variable, value in environment.items():
        if variable.startswith(ENVIRONMENT_PREFIX) and variable != CONFIG_VARIABLE and value:
            key = variable.removeprefix(ENVIRONMENT_PREFIX).lower()
            refuse_unknown(key, "environment", "environment")
            found[key] = value
    return found


def refuse_unknown(key: str, place: str, where: str) -> None:
    """Raises ConfigurationFault, with the nearest name there is, when no setting has this name."""
    if key in Settings.model_fields:
        return
    near = difflib.get_close_matches(key, Settings.model_fields, n=1)
    hint = f"did you mean {spelt(near[0], place)}?" if near else f"settings are {', '.join(Settings.model_fields)}"
    raise ConfigurationFault(f"{where}: {spelt(key, place)} is no setting; {hint}")


def spelt(key: str, place: str) -> str:
    """A setting's name as it is written in that place."""
    if place == "environment":
        return ENVIRONMENT_PREFIX + key.upper()
    return f"--{key.replace('_', '-')}" if place == "command line" else key
