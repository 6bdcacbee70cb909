"""What customers of a shop or an industrial service write every day, and its neighbours that mean something else."""

import pytest

from prompts.reader import read


def _sure(text: str) -> set[str]:
    return {str(intent) for intent in read(text).sure}


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("Could you tell me where our order SO-26-1187 is? The cartridges were due on Tuesday.", {"order_status"}),
        ("The filters should have arrived last week.", {"order_status"}),
        ("Could you send the tracking number automatically when the goods leave?", {"suggestion"}),
        ("Could you send me the tracking number?", {"order_status"}),
        ("what would 12 new RO membranes cost us", {"price"}),
        ("What does error E4 mean?", {"inquiry"}),
        ("Our second greenhouse is nearly done. Can you help us with a metering pump for it?", {"inquiry"}),
        ("The new seals work perfectly, thanks to Daniel", {"praise"}),
        ("Do the new seals work well with hot water, is it worth it?", {"inquiry"}),
        ("请问二级反渗透设备的那张隔膜多久换一次？", {"inquiry"}),
        ("送货又拖了两天，提前也没人通知。", {"complaint"}),
        ("送货可以拖到下周吗", {"inquiry"}),
        ("上次保养做得很仔细，谢谢！", {"praise"}),
        ("你们保养做得仔细吗", {"inquiry"}),
        ("投诉", {"complaint"}),
        ("我要投诉", {"complaint"}),
        ("能安排销售联系我吗", {"asks_person"}),
        ("不用安排人联系我", set()),
        ("可以贴牌吗", {"inquiry"}),
        ("每次都要催，效率太低了", {"complaint"}),
        ("赵工上门很准时，讲解也清楚，辛苦了", {"praise"}),
        ("能不能每次都自动发快递单号给我们", {"suggestion"}),
    ],
)
def test_everyday_words_of_the_trade_are_read(text: str, intents: set[str]) -> None:
    assert _sure(text) == intents


@pytest.mark.parametrize(
    ("text", "is_fault"),
    [
        ("上次漏水已经处理好了，没再漏", False),
        ("之前修好了，今天又漏水", True),
        ("隔壁厂的泵坏了，不是你们家的", False),
        ("We had a leak last year, but that was sorted long ago.", False),
        ("The pump was repaired but it leaks", True),
        ("The leak was fixed. Now the valve drips.", True),
        ("The line is standing still!", True),
        ("What if the line is standing still?", False),
        ("我们下周停产检修，先不用送货", False),
        ("流量没有异常", False),
        ("流量忽高忽低", True),
    ],
)
def test_a_fault_that_is_over_or_not_ours_is_none(text: str, *, is_fault: bool) -> None:
    assert ("fault" in _sure(text)) is is_fault


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("Our CR-3 pump in the dosing room has stopped and shows error E4, please help urgently", "urgent"),
        ("Our CR-3 pump in the dosing room has stopped and shows error E4", "normal"),
        ("I urgently need my invoice", "high"),
        ("设备坏了，非常急", "urgent"),
        ("设备坏了，不急", "normal"),
    ],
)
def test_a_fault_that_cannot_wait_is_urgent(text: str, urgency: str) -> None:
    assert read(text).urgency == urgency


@pytest.mark.parametrize(
    ("text", "acknowledges"),
    [
        ("Thanks, works again.", True),
        ("The dosing unit is running again.", True),
        ("It never works again after a power cut", False),
        ("The pump is not working again", False),
        ("The quote you sent is fine with us.", True),
        ("this is not ok with us", False),
        ("You do not need to send an invoice this time.", True),
        ("I don't need excuses", False),
        ("Let me ask my boss about the price first.", True),
        ("I will think twice before ordering here again", False),
        ("坏的那台我们自己修好了，不用来人了", True),
        ("不用修了直接赔钱", False),
        ("工程师刚到，正在看", True),
        ("工程师到了，机器型号不会调", False),
        ("暂时没有采购计划，有需要再联系", True),
        ("机器暂时不能用", False),
        ("要是能存地址就好了", False),
    ],
)
def test_what_runs_again_or_can_wait_needs_no_ticket(text: str, *, acknowledges: bool) -> None:
    assert read(text).is_acknowledgement is acknowledges
