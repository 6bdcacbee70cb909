"""The schema: brought up to date by migrations, and checked before anything runs on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

if TYPE_CHECKING:
    from alembic.config import Config

    from storage.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"


class WrongSchema(RuntimeError):
    """The database is older or newer than this program."""

    def __init__(self, found: str | None, wanted: str | None) -> None:
        super().__init__(f"schema {found}, wanted {wanted}")
        self.found, self.wanted = found, wanted


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def migrate(database: Database) -> None:
    """Bring the database to this program's schema; several replicas may try at once."""
    from alembic import command

    with database.writing() as connection:
        if not database.is_sqlite:
            connection.execute(text("select pg_advisory_xact_lock(7200)"))
        command.upgrade(_config(connection), "head")


def newest() -> str | None:
    """Name the schema this program was written for, without loading the migration library."""
    revisions = sorted(MIGRATIONS.glob("versions/*.py"))
    return revisions[-1].stem.split("_")[0] if revisions else None


def check(database: Database) -> None:
    """Make sure that program and schema fit.

    Raises:
        WrongSchema: they do not; `rapport migrate` helps if the database is the older one.
    """
    found = current(database)
    if found != newest():
        raise WrongSchema(found, newest())


def current(database: Database) -> str | None:
    from sqlalchemy import inspect

    with database.reading() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("select version_num from alembic_version")).scalar()
        return found
