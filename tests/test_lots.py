"""A database that served a test is like new for the next one, or is not used again."""

from __future__ import annotations

import psycopg
from sqlalchemy import make_url

from tests.lots import Lots

ROW = "insert into settings (name, value) values ('left', '1')"


def nobody(_address: str) -> int:
    return 0


def opened(address: str) -> psycopg.Connection:
    plain = make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True)


def test_what_a_test_leaves_is_gone_for_the_next_one(postgres_lots: Lots) -> None:
    with postgres_lots.one(nobody) as first, opened(first) as connection:
        connection.execute(ROW)
        connection.execute("select nextval('inbox_id_seq')")
        connection.close()
    with postgres_lots.one(nobody) as second, opened(second) as connection:
        assert connection.execute("select count(*) from settings").fetchone() == (0,)
        assert connection.execute("select nextval('inbox_id_seq')").fetchone() == (1,)
        connection.close()


def test_a_database_to_which_somebody_stays_connected_is_not_used_again(postgres_lots: Lots) -> None:
    with postgres_lots.one(nobody) as first:
        stays = opened(first)
    with postgres_lots.one(nobody) as second:
        assert second != first
    stays.close()


def test_a_database_whose_tables_changed_is_not_used_again(postgres_lots: Lots) -> None:
    with postgres_lots.one(nobody) as first, opened(first) as connection:
        connection.execute("create table more (id integer)")
        connection.close()
    with postgres_lots.one(nobody) as second:
        assert second != first
