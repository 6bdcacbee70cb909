"""Words that mean what they say, in the language in which they are said."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from handlers.contents import ROUTERS
from handlers.routing import Routes
from prompts.phrases import LANGUAGES, phrases
from storage.store import Store
from tests.world import World, all_words

TEXTS = Path(__file__).parents[1] / "prompts" / "texts"


def test_a_touch_due_in_two_days_is_not_called_today_s(world: World) -> None:
    li = world.colleague("李娜", language="zh-CN")
    star = world.customer("星河科技", owner=li, tier="growth", language="zh-CN")
    id_ = star.customer.id if star.customer else ""

    def due_in_two_days(store: Store) -> None:
        known = store.customers.get(id_)
        assert known is not None
        store.customers.change(known, touch_due_at=world.now + timedelta(days=2), touch_next_at=world.now)

    world.change(due_in_two_days)
    world.beat()
    assert "今天" not in all_words(li.hears("星河科技"))


def test_the_front_page_sends_colleagues_to_what_exists() -> None:
    routes = Routes(ROUTERS)
    for language in LANGUAGES:
        said = phrases(language)("web-front-team")
        assert "rapport console link" in said
        assert ("“console”" in said or "“工作台”" in said) == (routes.find("console") is not None)


def test_one_thing_has_one_name() -> None:
    chinese = "".join(file.read_text(encoding="utf-8") for file in (TEXTS / "zh-CN").glob("*.ftl"))
    assert "验证码" not in chinese, "the code that connects a chat is a 邀请码"


def test_a_deadline_is_not_read_as_a_person() -> None:
    t = phrases("en")
    labels = [t(f"ticket-field-goal-{goal}") for goal in ("resolution", "closing", "under-way", "first-response")]
    assert labels == ["Solve by", "Close by", "Under way by", "Reply by"]
