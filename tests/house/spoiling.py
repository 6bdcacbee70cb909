"""Spoiling: a good payload with parts missing, of the wrong kind, or far too large."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, Final

from hypothesis import strategies as st

Path = tuple[Any, ...]
ENORMOUS: Final = "长" * 100_000
JUNK: Final = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=()), max_size=30),
    st.sampled_from(("", "\x00", "||", "a|b", ENORMOUS, "U0LI", "form:", "9" * 400, "C0SERVICE:1", "-1")),
    st.lists(st.integers() | st.text(max_size=3), max_size=3),
    st.dictionaries(st.text(max_size=5), st.none() | st.text(max_size=5), max_size=3),
)
GONE: Final = object()


def paths(part: Any, so_far: Path = ()) -> Iterator[Path]:
    """Name every place in a payload, the outermost left out."""
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in inner:
        yield (*so_far, key)
        yield from paths(value, (*so_far, key))


def spoiled(data: st.DataObject, good: dict[str, Any], *, kept: tuple[str, ...] = ()) -> dict[str, Any]:
    """Spoil a payload at one to three places; the outer parts `kept` stay as they are."""
    payload = copy.deepcopy(good)
    for _ in range(data.draw(st.integers(1, 3), label="places")):
        places = [path for path in paths(payload) if path[0] not in kept or len(path) > 1]
        if places:
            _put(payload, data.draw(st.sampled_from(places), label="place"), data.draw(st.just(GONE) | JUNK))
    return payload


def _put(payload: Any, path: Path, value: Any) -> None:
    for key in path[:-1]:
        payload = payload[key]
    if value is GONE:
        del payload[path[-1]]
    else:
        payload[path[-1]] = value
