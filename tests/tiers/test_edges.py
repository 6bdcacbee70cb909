"""Edges of what a tier's card says: exactly at a bound, ranked against others, more than a message holds."""

from __future__ import annotations

from bot.channels.slack.blocks import shown
from tests.policy.samples import changed
from tests.tiers.shop import Shop
from tests.tiers.test_explained import SQLITE, field


@SQLITE
def test_exactly_at_the_bound_any_order_lifts_and_nothing_comes_again(shop: Shop) -> None:
    li = shop.world.colleague("Li Na")
    shop.customer("Acme", li)
    shop.sells(("Acme", 0, 10000))
    assert shop.known("Acme").tier == "growth"
    li.types("/crm tier explain Acme")
    first = field(li.cards()[-1], "What would change it").splitlines()[0]
    assert first == "Any order by 22 Nov 2027 makes it strategic."


@SQLITE
def test_a_ranked_customer_is_not_promised_another_tier_by_the_next_review(shop: Shop) -> None:
    li = shop.world.colleague("Li Na")
    shop.customer("Acme", li)
    shop.customer("Beta", li)
    shop.world.adopt(changed("use: value_bands", "use: share_bands"))
    shop.sells(("Acme", 0, 6000), ("Beta", 0, 10))
    shop.works_off(3)
    li.types("/crm tier explain Acme")
    card = li.cards()[-1]
    assert "core" in card.title
    assert field(card, "What would change it") == "Its rank among all customers, worked out when orders come in."


@SQLITE
def test_a_list_longer_than_a_message_says_how_much_longer(shop: Shop) -> None:
    li = shop.world.colleague("Li Na")
    names = [f"{'Long Name International Trading ' * 3}{n}" for n in range(30)]
    for name in names:
        shop.customer(name, li)
    shop.sells(*((name, 20, 5000) for name in names))
    shop.sells(*((name, 0, 7000) for name in names))
    li.types("/crm tier moves")
    message = str(shown(li.cards()[-1], "here", "slot"))
    assert message.count("went from growth to strategic") == 20
    assert "… and 10 more" in message
