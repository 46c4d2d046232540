"""What a sender's sheet says beside our fields, as lines a person can read and correct."""

from collections.abc import Iterable

_FURTHER = "　　"  # begins the further lines of a value
_UNNAMED = "其他"


def text_of(pairs: Iterable[tuple[str, str]]) -> str:
    """One line a pair, 名称：内容; further lines of a value are indented."""
    return "\n".join(f"{label}：{text}".replace("\n", f"\n{_FURTHER}") for label, text in pairs)


def pairs_of(text: str) -> list[tuple[str, str]]:
    """(heading, text) of each line; an indented line, or one without a colon, goes on with the one before."""
    found: list[tuple[str, str]] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        label, colon, value = line.partition("：")
        if colon and label.strip() and not line[0].isspace():
            found.append((label.strip(), value.strip()))
        elif line.strip() and found:
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{line.strip()}".strip())
        elif line.strip():
            found.append((_UNNAMED, line.strip()))
    return found
