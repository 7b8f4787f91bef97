"""Where things lie: what is shipped with the program, and what belongs to the person."""

import os
from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent
_SETTINGS: Final = Path(".tenfold", "rules.toml")


def _shipped(name: str) -> Path:
    """The folder `name` beside the code in the wheel, or at the top of the repository in a checkout."""
    bundled = _PACKAGE / "_bundled" / name
    return bundled if bundled.is_dir() else _PACKAGE.parent / name


def shipped_catalogue() -> Path:
    """The folder of the catalogue that comes with the program."""
    return _shipped("catalogue")


def sample_designs() -> Path:
    """The folder of the sample designs."""
    return _shipped("sample_designs")


def own_catalogue() -> Path:
    """The folder for a person's own patterns and technologies; it may not exist."""
    from platformdirs import user_config_path

    return user_config_path("tenfold") / "catalogue"


def catalogue_beside(design: Path) -> Path:
    """The folder for the patterns of one design's team, beside its file; it may not exist."""
    return design.resolve().parent / ".tenfold" / "catalogue"


def settings_for(design: Path) -> Path | None:
    """The file of a team's settings that holds for a design: `.tenfold/rules.toml` in its folder, else in the nearest
    one around it, up to the one that holds `.git`; None when there is none. Outside a repository only the design's own
    folder counts: what lies above it is nobody's."""
    folder = design.resolve().parent
    if _is_file(folder / _SETTINGS):
        return folder / _SETTINGS
    around = (folder, *folder.parents)
    top = next((depth for depth, above in enumerate(around) if os.path.lexists(above / ".git")), 0)
    return next((above / _SETTINGS for above in around[1 : top + 1] if _is_file(above / _SETTINGS)), None)


def _is_file(path: Path) -> bool:
    """Whether there is such a file; one that nobody may look at is there, and whoever reads it is told."""
    try:
        return path.is_file()
    except PermissionError:
        return True
    except OSError:
        return False


def state() -> Path:
    """The folder for what the program remembers between runs (recent files, journals); it may not exist.

    `TENFOLD_STATE` names another one.
    """
    own = os.environ.get("TENFOLD_STATE")
    if own:
        return Path(own)
    from platformdirs import user_state_path

    return user_state_path("tenfold")
