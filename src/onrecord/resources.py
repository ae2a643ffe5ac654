"""Where the packaged files are: in the wheel, else in the checkout that an editable install points to."""

from pathlib import Path

from onrecord.errors import ConfigurationError

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    for place in (_PACKAGE / f"_{name}", _PACKAGE.parents[1] / name):
        if place.is_dir():
            return place
    raise ConfigurationError(
        f"the folder '{name}' is missing from the installation in {_PACKAGE}",
        hint="install onrecord again: pip install --force-reinstall onrecord",
    )


def ontology_dir() -> Path:
    """`ontology/`: classes, kinds, shapes, rules and questions."""
    return _folder("ontology")


def data_dir() -> Path:
    """`data/`: the sample record."""
    return _folder("data")


def app_dir() -> Path:
    """`app/`: the Streamlit front end."""
    return _folder("app")
