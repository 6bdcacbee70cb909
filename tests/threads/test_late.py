"""Words that a page kept while it had no connection: whoever reads them sees when they were written."""

from __future__ import annotations

import pytest

from bot.channels.sequence import sequence
from tests.company import DAMAGED, SERVICE, Company
from tests.threads.scene import in_thread, says
from tests.world import MONDAY, World, all_words


def test_words_that_came_late_say_when_they_were_written(company: Company) -> None:
    says(company.chen, DAMAGED, late=29 * 60)
    company.li.hears(company.number, "Written 09:31 on Mon 23 Nov, arrived 10:00", place=SERVICE)
    says(company.chen, "The box is wet, too", late=11 * 3600)
    assert "Written 23:00 on Sun 22 Nov, arrived 10:00 on Mon 23 Nov" in all_words(in_thread(company)[-1])


@pytest.mark.parametrize(("seconds", "said"), [(119, False), (120, True)])
def test_words_that_took_a_moment_are_as_good_as_said_now(company: Company, seconds: int, *, said: bool) -> None:
    says(company.chen, DAMAGED, late=seconds)
    assert ("Written" in all_words(company.li.hears(company.number, place=SERVICE))) is said
    assert company.world.ticket.opened_at == MONDAY


def test_words_that_were_overtaken_stand_above_what_came_a_moment_ago_and_below_what_was_read_long_since(
    company: Company,
) -> None:
    said = [sequence(1_800_000_000 + n) for n in range(4)]
    says(company.chen, DAMAGED, sequence=said[0])
    says(company.chen, "And the invoice is wrong", sequence=said[3])
    company.world.wait(seconds=119)
    says(company.chen, "The box is wet, too", sequence=said[2])
    (card,) = in_thread(company)
    assert "The box is wet, too\nAnd the invoice is wrong" in all_words(card)
    company.world.wait(seconds=2)
    says(company.chen, "It came on Monday", sequence=said[1], late=121)
    assert "Chen Wei · web chat: It came on Monday" in all_words(in_thread(company)[-1])
    assert "Written 10:00 on Mon 23 Nov, arrived 10:02" in all_words(in_thread(company)[-1])
    assert len(in_thread(company)) == 2


def test_whoever_answers_for_a_ticket_reads_what_was_written_first_above_what_came_first(company: Company) -> None:
    says(company.chen, "It arrived damaged, I complain!", sequence=sequence(1_800_000_001))
    says(company.chen, DAMAGED, sequence=sequence(1_800_000_000))
    both = f"{DAMAGED}\nIt arrived damaged, I complain!"
    assert company.world.ticket.words == both
    company.li.hears(company.number, both, place=SERVICE)
    company.li.hears("A customer of yours", both)
    assert company.li.count("A customer of yours") == 1


def test_a_chinese_team_reads_it_in_chinese(database: object) -> None:
    world = World(database, language="zh-CN")  # type: ignore[arg-type]
    try:
        company = Company.found(world)
        says(company.chen, DAMAGED, late=29 * 60)
        company.li.hears("写于11月23日 周一 09:31，10:00 才收到", place=SERVICE)
    finally:
        world.end()
