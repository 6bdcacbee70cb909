"""Check-ups: what a bot needs of its own house: key, database, clock, policy, people, places, disk, port."""

from __future__ import annotations

import errno
import json
import shutil
import sqlite3
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.config import BadSettings, Config, said
from bot.explained import explained, policy_problem
from bot.findings import SKEW, Finding, Patient, bad, good, warn
from scheduler.policy.document import BadPolicy, default_text, parse, parse_accepted
from storage import schema
from storage.database import Database
from storage.store import Store
from storage.vault import BadKey, vault

SAFE_SQLITE: Final = (3, 51, 3)
"""The first SQLite in which two processes on one log cannot damage the file; one process alone never does."""
DISK_NEEDED: Final = 500_000_000
DISK_WISHED: Final = 2_000_000_000
LOOK_SECONDS: Final = 2
LONGEST_ANSWER: Final = 10_000


def key_is_sound(patient: Patient) -> Iterator[Finding]:
    try:
        vault.use(patient.config.key)
    except (BadSettings, BadKey) as error:
        yield bad("doctor-said", why=explained(error, patient.t) or "")
    else:
        yield good("doctor-key")


def database_answers(patient: Patient) -> Iterator[Finding]:
    """Reach the database, compare its schema with ours, and open one sealed value with the key."""
    config = patient.config
    if not said(config.rapport_key):
        return
    database = patient.opened = Database(config.url, config.key)
    file = Path(database.url.database or "") if database.is_sqlite else None
    if file is not None and not file.is_file():
        yield warn("doctor-database-new", file=str(file))
        return
    try:
        database.is_reachable()
        found = schema.current(database)
    except Exception as error:  # noqa: BLE001 - drivers have errors of their own; the name says enough
        yield bad("doctor-database-away", error=type(error).__name__)
        return
    yield good("doctor-database", kind=database.url.get_backend_name())
    yield from _schema(patient, database, found)


def _schema(patient: Patient, database: Database, found: str | None) -> Iterator[Finding]:
    wanted = schema.newest() or ""
    if found == wanted:
        patient.database = database
        yield good("doctor-schema", schema=wanted)
        yield from _key_opens(patient)
    elif found is not None and found > wanted:
        yield bad("doctor-schema-newer", found=found, wanted=wanted)
    elif database.is_sqlite:
        yield warn("doctor-schema-own", found=found or "0000", wanted=wanted)
    else:
        yield bad("doctor-schema-older", found=found or "0000", wanted=wanted)


def _key_opens(patient: Patient) -> Iterator[Finding]:
    """Ask what a start asks, and open what was sealed last: a first start may not have marked the data yet."""
    if patient.ask(_is_wrong_key):
        patient.database = None
        yield bad("doctor-wrong-key")


def _is_wrong_key(store: Store) -> bool:
    newest = store.inbox.newest()
    try:
        store.contacts.anybody()
    except BadKey:
        return True
    return store.settings.fits_key() is False or (newest is not None and not newest.readable)


def sqlite_is_fit(patient: Patient) -> Iterator[Finding]:
    if patient.config.url.startswith("sqlite") and sqlite3.sqlite_version_info < SAFE_SQLITE:
        yield warn("doctor-sqlite", found=sqlite3.sqlite_version, safe=".".join(map(str, SAFE_SQLITE)))


def clock_is_sane(patient: Patient) -> Iterator[Finding]:
    """Compare our clock with this program's own date, the database's clock and the newest thing on record."""
    built = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    if patient.now < built - timedelta(days=1):
        yield bad("doctor-clock-past", now=f"{patient.now:%Y-%m-%d %H:%M} UTC")
        return
    if patient.database is not None:
        skew = abs(patient.ask(lambda store: store.machine_now()) - datetime.now(UTC))
        newest = patient.ask(lambda store: store.inbox.newest())
        if skew > SKEW:
            yield bad("doctor-clock-skew", seconds=int(skew.total_seconds()))
            return
        if newest is not None and newest.received_at > patient.now + SKEW:
            yield bad("doctor-clock-back", at=f"{newest.received_at:%Y-%m-%d %H:%M} UTC")
            return
    yield good("doctor-clock", now=f"{patient.now:%Y-%m-%d %H:%M} UTC")


def policy_is_valid(patient: Patient) -> Iterator[Finding]:
    """Read the policy that a start would take: the file, else the accepted one, else the one that we ship."""
    file = patient.config.rapport_policy
    try:
        read = parse if file else parse_accepted
        patient.policy = read(_policy_text(patient, file))
    except (OSError, UnicodeDecodeError):
        yield bad("doctor-policy-unreadable", file=str(file))
    except BadPolicy as error:
        problems = "\n".join(f"    {policy_problem(patient.t, problem)}" for problem in error.problems)
        yield bad("doctor-policy-bad", file=str(file), problems=problems)
    else:
        yield good("doctor-policy", file=str(file)) if file else good("doctor-policy-ours")


def _policy_text(patient: Patient, file: Path | None) -> str:
    if file is not None:
        return file.read_text(encoding="utf-8")
    accepted = patient.ask(lambda store: store.policies.newest()) if patient.database else None
    return accepted.text if accepted else default_text()


def people_are_here(patient: Patient) -> Iterator[Finding]:
    if patient.database is None:
        return
    people = patient.ask(lambda store: store.staff.everyone())
    if not any(person.role == "admin" for person in people):
        yield bad("doctor-no-admin")
    else:
        yield good("doctor-people", count=len(people))


def places_are_reachable(patient: Patient) -> Iterator[Finding]:
    """Make sure that what finds nobody else is read somewhere: the fallback place, and each team's."""
    if patient.policy is None:
        return
    routes = patient.policy.routes
    channel, running = routes.fallback.partition(":")[0], _running(patient.config)
    if channel in running:
        yield good("doctor-fallback", place=routes.fallback)
    else:
        yield bad("doctor-fallback-away", place=routes.fallback, channel=channel)
    away = [team.name for team in routes.teams if team.address.partition(":")[0] not in running]
    if away:
        yield warn("doctor-teams-away", teams=", ".join(away))


def _running(config: Config) -> frozenset[str]:
    """Name the channels whose tokens are set."""
    from bot.channels.wecom import presence as wecom

    hearing = config.slack_app_token if said(config.slack_app_token) else config.slack_signing_secret
    tokens = {"slack": (config.slack_bot_token, hearing), "telegram": (config.telegram_bot_token,)}
    here = {"web", *(name for name, given in tokens.items() if all(map(said, given)))}
    if wecom.app_lacks(config) == []:
        here.add(wecom.APP)
    if wecom.kf_lacks(config) == []:
        here.add(wecom.CUSTOMERS)
    if here & {wecom.APP, wecom.CUSTOMERS}:
        here.add(wecom.CONTACTS)
    return frozenset(here | ({"wecom-robot"} if said(config.wecom_robot_url) else set()))


def disk_has_room(patient: Patient) -> Iterator[Finding]:
    folder = next(
        path for path in (patient.config.data.absolute(), *patient.config.data.absolute().parents) if path.exists()
    )
    free = shutil.disk_usage(folder).free
    level = bad if free < DISK_NEEDED else warn if free < DISK_WISHED else good
    yield level("doctor-disk" if level is good else "doctor-disk-full", free=free // 1_000_000, folder=str(folder))


def port_is_free(patient: Patient) -> Iterator[Finding]:
    """Take the port for a moment; if somebody has it, ask whether that is us."""
    from bot.web import listen

    config = patient.config
    try:
        with closing(listen(config.host, config.port)):
            yield good("doctor-port", port=str(config.port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE and _is_rapport(config):
            yield good("doctor-runs", port=str(config.port))
            yield from _said_by_it(patient)
        elif error.errno == errno.EADDRINUSE:
            yield bad("doctor-port-taken", port=str(config.port))
        else:
            yield bad("doctor-port-no", host=config.host, port=str(config.port))


def _said_by_it(patient: Patient) -> Iterator[Finding]:
    """Tell which channels are down in the running bot: not everything that it found can be seen from here."""
    try:
        channels = dict(json.loads(_asked(patient.config, "readyz") or b"{}").get("channels", {}))
    except ValueError:
        return
    for name, how in channels.items():
        if str(how).startswith("down"):
            yield bad("doctor-runs-down", channel=patient.t.maybe(f"channel-{name}") or name, how=str(how))


def _is_rapport(config: Config) -> bool:
    return _asked(config, "healthz") == b'{"alive":true}'


def _asked(config: Config, path: str) -> bytes | None:
    """Ask whoever has our port; None if there is no answer."""
    host = "127.0.0.1" if config.host in ("0.0.0.0", "") else config.host  # noqa: S104 - compared, not bound
    shown = f"[{host}]" if ":" in host else host
    try:
        with urllib.request.urlopen(f"http://{shown}:{config.port}/{path}", timeout=LOOK_SECONDS) as answer:
            return bytes(answer.read(LONGEST_ANSWER))
    except OSError:
        return None
