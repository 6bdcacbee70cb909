"""Opening: the database of this deployment, brought up to date if that is ours to do, and known to fit its key."""

from __future__ import annotations

from storage import schema
from storage.database import Database
from storage.store import Store
from storage.vault import BadKey


def open_database(url: str, key: str, *, writers: int = 4) -> Database:
    """Open the database, alone if it is a SQLite file, and bring that up to date; PostgreSQL waits for `migrate`."""
    database = Database(url, key, writers=writers)
    database.take_lock()
    try:
        if database.is_sqlite and (schema.current(database) or "") < (schema.newest() or ""):
            schema.migrate(database)
        schema.check(database)
        _check_key(database)
    except Exception:
        database.close()
        raise
    return database


def _check_key(database: Database) -> None:
    """Make sure that the data is looked up with the key it was first written with.

    Raises:
        BadKey: it was another one; with this key nobody who wrote before would be known.
    """
    with database.writing() as connection:
        settings = Store(connection).settings
        fits = settings.fits_key()
        if fits is None:
            settings.mark_key()
        elif not fits:
            raise BadKey("the data was first written with another one, which has to stay the last of the list")
