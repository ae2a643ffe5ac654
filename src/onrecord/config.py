"""Settings: from options, else the environment, else the defaults; read once at the door."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord import resources
from onrecord.endpoint import Endpoint
from onrecord.errors import ConfigurationError
from onrecord.terms import BASE


@dataclass(frozen=True)
class Settings:
    """Folders of one knowledge base. `packaged` says that `data` is the record inside the wheel.

    endpoint: the remote engine that answers queries in place of the snapshot's store, if any.
    """

    data: Path
    snapshot: Path
    captures: Path
    packaged: bool = False
    endpoint: Endpoint | None = None


@dataclass(frozen=True)
class Identity:
    """`data/onrecord.toml`: what a knowledge base is called and under which terms it may be used."""

    title: str
    base: str = BASE
    language: str = "en-GB"
    licence: str = ""
    description: str = ""
    creators: tuple[str, ...] = ()
    endpoint: str = ""


def settings(
    data: str | Path | None = None,
    snapshot: str | Path | None = None,
    captures: str | Path | None = None,
    environment: Mapping[str, str] = os.environ,
    endpoint: str | None = None,
) -> Settings:
    """Resolves the folders and the endpoint. Options win over `ONRECORD_DATA`, `ONRECORD_SNAPSHOT`,
    `ONRECORD_CAPTURES`, `ONRECORD_ENDPOINT`, and these over the `endpoint` of `onrecord.toml`.

    Raises:
        ConfigurationError: a folder that was named does not exist, or the endpoint is no address.
    """
    named = data or environment.get("ONRECORD_DATA")
    folder, packaged = _data_folder(Path(named) if named else None)
    state = _state_folder(folder, packaged, environment)
    return Settings(
        data=folder,
        snapshot=Path(snapshot or environment.get("ONRECORD_SNAPSHOT") or state),
        captures=_captures_folder(captures or environment.get("ONRECORD_CAPTURES"), state),
        packaged=packaged,
        endpoint=_endpoint(endpoint, folder, environment),
    )


def _endpoint(named: str | None, data: Path, environment: Mapping[str, str]) -> Endpoint | None:
    """The remote engine. Credentials never come from `onrecord.toml`, nor go to an address that it names."""
    address = environment.get("ONRECORD_ENDPOINT", "") if named is None else named
    if address:
        return Endpoint.read(address, environment.get("ONRECORD_ENDPOINT_AUTH"))
    if named is not None or "ONRECORD_ENDPOINT" in environment:
        return None  # named as empty: the snapshot's own store answers
    try:
        written = identity(data).endpoint
    except ConfigurationError:
        return None  # said by whatever reads the file for its title
    if not written:
        return None
    try:
        endpoint = Endpoint.read(written)
    except ConfigurationError as error:
        raise ConfigurationError(f"{data / 'onrecord.toml'}: {error.message}", hint=error.hint) from None
    if endpoint.user is not None:
        raise ConfigurationError(
            f"{data / 'onrecord.toml'}: the endpoint holds a name or password, in a file that others read",
            hint="give both in the environment: ONRECORD_ENDPOINT and ONRECORD_ENDPOINT_AUTH=name:password",
        )
    return endpoint


def _data_folder(named: Path | None) -> tuple[Path, bool]:
    if named is not None:
        if not named.is_dir():
            raise ConfigurationError(
                f"no data folder at {named}", hint="--data takes a folder that holds onrecord.toml"
            )
        return named, False
    here = Path("data")
    if (here / "onrecord.toml").is_file():
        return here, False
    return resources.data_dir(), True


def _state_folder(data: Path, packaged: bool, environment: Mapping[str, str]) -> Path:
    if not packaged:
        return data.parent / ".onrecord"
    cache = environment.get("XDG_CACHE_HOME")
    if cache:
        return Path(cache) / "onrecord"
    from platformdirs import user_cache_path

    return user_cache_path("onrecord")


def _captures_folder(named: str | Path | None, state: Path) -> Path:
    if named is None:
        return state / "captures"
    folder = Path(named)
    if not folder.is_dir():
        raise ConfigurationError(
            f"no captures folder at {folder}",
            hint="--captures takes the folder that holds the full texts of the sources",
        )
    return folder


_KEYS = {"title", "base", "language", "licence", "description", "creators", "endpoint"}


def identity(data: Path) -> Identity:
    """Reads `onrecord.toml`.

    Raises:
        ConfigurationError: it is missing, unreadable, not TOML, lacks a title or has an unknown key.
    """
    path = data / "onrecord.toml"
    try:
        values: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigurationError(
            f"{path}: there is no such file", hint='it needs a line: title = "…"'
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: can't be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path}: not TOML: {error}") from None
    unknown = sorted(set(values) - _KEYS)
    if unknown:
        raise ConfigurationError(
            f"{path}: unknown key '{unknown[0]}'", hint=f"known: {', '.join(sorted(_KEYS))}"
        )
    if not isinstance(values.get("title"), str) or not values["title"].strip():
        raise ConfigurationError(f"{path}: no title", hint='it needs a line: title = "…"')
    return _identity(path, values)


def _identity(path: Path, values: Mapping[str, Any]) -> Identity:
    texts = {
        key: values[key]
        for key in ("title", "base", "language", "licence", "description", "endpoint")
        if key in values
    }
    wrong = [key for key, value in texts.items() if not isinstance(value, str) or not value.isprintable()]
    if wrong:
        raise ConfigurationError(f"{path}: '{wrong[0]}' must be one line of text without control characters")
    base = texts.get("base", BASE)
    if (
        not base.startswith(("https://", "http://"))
        or not base.endswith("/")
        or any(c in base for c in ' <>"{}|\\^`')
    ):
        raise ConfigurationError(f"{path}: base '{base}' must be an http(s) address that ends in '/'")
    creators = values.get("creators", [])
    if not isinstance(creators, list) or not all(
        isinstance(name, str) and name.isprintable() for name in creators
    ):
        raise ConfigurationError(f"{path}: creators must be a list of names without control characters")
    return Identity(**texts, creators=tuple(creators))
