"""Words that a page kept while it had no connection: whoever reads them sees when they were written."""

from __future__ import annotations

import pytest

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


def test_a_chinese_team_reads_it_in_chinese(database: object) -> None:
    world = World(database, language="zh-CN")  # type: ignore[arg-type]
    try:
        company = Company.found(world)
        says(company.chen, DAMAGED, late=29 * 60)
        company.li.hears("写于11月23日 周一 09:31，10:00 才收到", place=SERVICE)
    finally:
        world.end()
