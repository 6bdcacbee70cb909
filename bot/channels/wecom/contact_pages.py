"""Pages of contacts, as WeCom gives them: what is of use for us, each part cleaned and cut, whatever else they hold.

Sources: developer.work.weixin.qq.com/document/path/92994 (batch/get_by_user: tags by id alone), 92114 (get: with names).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.channels.clean import clean_text

LONGEST_NAME: Final = 80
LONGEST_ID: Final = 96
LONGEST_WORDS: Final = 300
TAGS_AT_MOST: Final = 50
Said = Mapping[str, Any]


def about(answer: Said) -> dict[str, str]:
    """Give what a person is called and where they work."""
    known = _dict(answer.get("external_contact"))
    named = {"name": known.get("name"), "company": known.get("corp_full_name") or known.get("corp_name")}
    return {what: _words(name, LONGEST_NAME) for what, name in named.items() if name}


def listed(answer: Said, names: Mapping[str, str], ours: set[str]) -> list[dict[str, Any]]:
    """Read a page of somebody's contacts; tags stand there by their ids."""
    found = []
    for one in answer.get("external_contact_list") or []:
        entry = _dict(one)
        external = _dict(entry.get("external_contact")).get("external_userid")
        if _is_id(external):
            info = _dict(entry.get("follow_info"))
            tags = [str(tag) for tag in info.get("tag_id") or [] if isinstance(tag, str)]
            found.append({"external": external, **about(entry), **_followed(info, tags, names, ours)})
    return found


def tags_on(answer: Said) -> set[str]:
    """Name by their ids the tags that stand on a page."""
    infos = [_dict(_dict(one).get("follow_info")) for one in answer.get("external_contact_list") or []]
    return {tag for info in infos for tag in info.get("tag_id") or [] if isinstance(tag, str)}


def followers(answer: Said, ours: set[str]) -> Iterator[dict[str, Any]]:
    """Read who has one contact, and what each wrote of them; a tag that is somebody's own has no id."""
    for one in answer.get("follow_user") or []:
        info = _dict(one)
        if _is_id(info.get("userid")):
            kept = [_dict(tag) for tag in info.get("tags") or []]
            named = {str(tag.get("tag_id") or tag.get("tag_name")): str(tag.get("tag_name") or "") for tag in kept}
            yield {"userid": info["userid"], **about(answer), **_followed(info, list(named), named, ours)}


def _followed(info: Said, tags: list[str], names: Mapping[str, str], ours: set[str]) -> dict[str, Any]:
    """Tell people's tags by their names, and ours by its id."""
    theirs = [_words(names[tag], LONGEST_NAME) for tag in tags if tag not in ours and names.get(tag)]
    return {
        "remark": _words(info.get("remark"), LONGEST_NAME),
        "description": _words(info.get("description"), LONGEST_WORDS),
        "tags": theirs[:TAGS_AT_MOST],
        "marked": next((tag for tag in tags if tag in ours), ""),
    }


def _words(value: object, most: int) -> str:
    return clean_text(str(value or ""))[:most].strip()


def _is_id(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_ID and value.isprintable()


def _dict(value: object) -> Said:
    return value if isinstance(value, dict) else {}
