"""Whether customers' WeChat starts: all of its settings, or none."""

from __future__ import annotations

import pytest

from bot.channels.files import Files
from bot.channels.present import Ground
from bot.channels.wecom.presence import customers
from bot.config import Config, HalfSet
from tests.emulators.wecom import CORP
from tests.emulators.wecom_kf import KF_KEY, KF_SECRET, KF_TOKEN

ALL = {
    "WECOM_CORP_ID": CORP,
    "WECOM_KF_SECRET": KF_SECRET,
    "WECOM_KF_TOKEN": KF_TOKEN,
    "WECOM_KF_AES_KEY": KF_KEY,
}


def _made(given: dict[str, str]) -> list[str]:
    config = Config(_env_file=None, **given)  # type: ignore[arg-type]
    return [channel.name for channel in customers(Ground(config, None, Files()))]  # type: ignore[arg-type]


def test_all_settings_make_the_channel_and_none_makes_none() -> None:
    assert _made(ALL) == ["wecom-kf", "wecom-contact"]
    assert _made({}) == []
    assert _made({"WECOM_CORP_ID": CORP}) == []


@pytest.mark.parametrize("missing", ALL)
def test_half_of_them_is_refused_by_name(missing: str) -> None:
    with pytest.raises(HalfSet) as half:
        _made({name: value for name, value in ALL.items() if name != missing})
    assert half.value.names == (missing,)


def test_a_key_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(HalfSet) as half:
        _made(ALL | {"WECOM_KF_AES_KEY": "short"})
    assert half.value.names == ("WECOM_KF_AES_KEY",)
