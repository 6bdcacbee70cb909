"""The cast of the scenes, and what they say, in each language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tests.house.house import Client, Hand, House


@dataclass(frozen=True)
class Lines:
    """What people are called and what they say in one language."""

    company: str
    customer: str
    rep: str
    colleague: str
    manager: str
    complaint: str
    internal: str
    reply: str
    solution: str
    again: str
    question: str
    logged: str
    purpose: str
    edited: str


LINES: Final = {
    "en": Lines(
        company="Galaxy Ltd",
        customer="Chen Wei",
        rep="Li Na",
        colleague="Sun Bo",
        manager="Wang Qiang",
        complaint="The delivery came three days late again and nobody even called. I want to complain!",
        internal="They always order for the Monday shift; the depot says the truck broke down.",
        reply="I'm sorry about that. A new delivery reaches you this afternoon.",
        solution="Delivered this afternoon, with an apology",
        again="It is still not solved: two boxes are missing.",
        question="By the way, what does the big filter cost?",
        logged="called, they want a quote on Friday",
        purpose="renewal",
        edited="Hello Chen Wei, the new filters are in. Shall I put a box aside for you?",
    ),
    "zh-CN": Lines(
        company="星河科技",
        customer="陈伟",
        rep="李娜",
        colleague="孙博",
        manager="王强",
        complaint="送货又晚了三天，客服还爱理不理，太让人失望了，我要投诉！",
        internal="他们每周一开早班前要用；仓库说是货车坏在路上了。",
        reply="实在抱歉，今天下午一定给您送到。",
        solution="下午已经送到，并向客户道歉",
        again="还是没解决，少了两箱货。",
        question="对了，大号滤芯怎么卖？",
        logged="打电话，周五要报价",
        purpose="续约",
        edited="陈总您好，新一批滤芯到货了，要给您留一箱吗？",
    ),
}


@dataclass
class Company:
    """A manager, a rep and a colleague in Slack; a customer in Telegram."""

    house: House
    lines: Lines
    wang: Hand
    li: Hand
    sun: Hand
    chen: Client


def gather(house: House) -> Company:
    """Let everybody of the cast take their place."""
    lines = LINES[house.language]
    wang = house.hires("U0WANG", lines.manager, "manager")
    li = house.hires("U0LI", lines.rep, "rep", manager_id=wang.person.id)
    sun = house.hires("U0SUN", lines.colleague)
    group = house.change(lambda store: store.staff.add_group("1+N", [sun.person.id]))
    chen = house.serves(lines.company, lines.customer, li, tier="strategic", group_id=group)
    return Company(house, lines, wang, li, sun, chen)
