"""Compiles our Chinese texts: every `.po` under `site/config/locale` to the `.mo` Django reads.

Run it after a `.po` was edited, and commit both files: `PYTHONPATH=site python -m config.texts`.
Written with polib, so that no machine needs the gettext programs.
"""

import sys
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent / "locale"


def sources() -> list[Path]:
    """The `.po` files, in a fixed order."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def compiled(source: Path) -> bytes:
    """What the `.mo` beside `source` must hold. OSError if `source` is not a valid `.po` file."""
    return polib.pofile(str(source)).to_binary()


def main() -> None:
    for source in sources():
        target = source.with_suffix(".mo")
        target.write_bytes(compiled(source))
        sys.stdout.write(f"{target.relative_to(LOCALE)}\n")


if __name__ == "__main__":
    main()
