"""The doctor asks Slack itself, and says of everything that is wrong what to do, in both languages, in time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.slack import checkup
from bot.channels.slack.checkup import places, slack_works
from bot.channels.slack.manifest import SCOPES
from bot.config import Config
from bot.findings import Finding, Patient
from prompts.phrases import LANGUAGES, phrases
from scheduler.policy.document import default_text, parse
from tests.emulators import slack_web
from tests.emulators.slack import APP_TOKEN, BOT_TOKEN, SECRET, SlackEmulator
from tests.slack.office import SERVICE, policy

TOKENS = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN}


@pytest.fixture
def slack() -> Iterator[SlackEmulator]:
    """A workspace with a loop and a thread of its own: the doctor asks with a loop of its own."""
    loop, workspace = asyncio.new_event_loop(), SlackEmulator()
    workspace.channel(SERVICE, "service")
    loop.run_until_complete(workspace.start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield workspace
    asyncio.run_coroutine_threadsafe(workspace.stop(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def looked(slack: SlackEmulator, place: str = SERVICE, language: str = "en", **values: Any) -> list[Finding]:
    settings = {**TOKENS, "SLACK_API_URL": slack.url, **values}
    patient = Patient(Config(_env_file=None, **settings), phrases(language), datetime.now(UTC))
    patient.policy = parse(policy().replace(SERVICE, place))
    return list(slack_works(patient))


def ill(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.key: finding for finding in findings if finding.level != "good"}


def test_a_slack_in_which_all_is_well_has_nothing_to_mend(slack: SlackEmulator) -> None:
    findings = looked(slack)
    assert ill(findings) == {}
    names = ["doctor-slack", "doctor-slack-scopes", "doctor-slack-line", "doctor-slack-place"]
    assert [finding.key for finding in findings] == names
    assert {call.method for call in slack.calls} == {"auth.test", "apps.connections.open", "conversations.history"}
    assert slack.talks[SERVICE].messages == [], "looking says nothing"


def fails(method: str, code: str) -> Callable[[SlackEmulator], None]:
    return lambda slack: slack.faults.append((method, code))


def sets(**values: Any) -> Callable[[SlackEmulator], None]:
    return lambda slack: vars(slack).update(values)


def outside(*, is_private: bool) -> Callable[[SlackEmulator], None]:
    def make(slack: SlackEmulator) -> None:
        slack.channel("C0OUT", "outside", with_bot=False, is_private=is_private)

    return make


HOPELESS = "doctor-slack-place-refused"
ILLS: dict[str, tuple[Callable[[SlackEmulator], None], str, str, str]] = {
    "a revoked bot token": (fails("auth.test", "token_revoked"), SERVICE, "doctor-slack-refused", "SLACK_BOT_TOKEN"),
    "an app that is gone": (fails("auth.test", "account_inactive"), SERVICE, "doctor-slack-refused", "App-Level"),
    "another kind": (fails("auth.test", "not_allowed_token_type"), SERVICE, "doctor-slack-kind", "xoxb-"),
    "a person's token": (sets(is_bot_token=False), SERVICE, "doctor-slack-kind", "SLACK_BOT_TOKEN"),
    "Slack down": (fails("auth.test", "500"), SERVICE, "doctor-slack-away", "https://slack.com"),
    "Slack troubled": (fails("auth.test", "internal_error"), SERVICE, "doctor-slack-away", "internal_error"),
    "a broken line": (fails("auth.test", "lost"), SERVICE, "doctor-slack-away", "https://slack.com"),
    "too many questions": (fails("auth.test", "429"), SERVICE, "doctor-slack-slow", "Run the doctor again"),
    "a clock behind Slack's": (sets(clock_ahead=90.0), SERVICE, "doctor-slack-clock", "time server"),
    "a clock ahead of Slack's": (sets(clock_ahead=-90.0), SERVICE, "doctor-slack-clock", "time server"),
    "a revoked app token": (
        fails("apps.connections.open", "invalid_auth"), SERVICE, "doctor-slack-refused", "SLACK_APP_TOKEN",
    ),
    "an app token without its scope": (
        fails("apps.connections.open", "missing_scope"), SERVICE, "doctor-slack-app-scope", "connections:write",
    ),
    "a channel without the bot": (
        outside(is_private=False), "C0OUT", "doctor-slack-place-uninvited", "/invite @Rapport",
    ),
    "a private channel without the bot": (
        outside(is_private=True), "C0OUT", "doctor-slack-place-unknown", "/invite @Rapport",
    ),
    "a channel that never was": (sets(), "C0NOWHERE", "doctor-slack-place-unknown", "C0NOWHERE"),
    "a channel's name": (sets(), "#service", "doctor-slack-place-name", "it stands at the bottom"),
    "a channel that is closed to us": (fails("conversations.history", "access_denied"), SERVICE, HOPELESS, "access"),
    "slow down at a channel": (fails("conversations.history", "429"), SERVICE, "doctor-slack-slow", "minute"),
    "trouble at a channel": (fails("conversations.history", "fatal_error"), SERVICE, "doctor-slack-away", "fatal"),
}  # fmt: skip


@pytest.mark.parametrize("what", ILLS)
def test_what_is_wrong_with_slack_is_found_and_said_with_what_to_do(slack: SlackEmulator, what: str) -> None:
    make, place, key, words = ILLS[what]
    make(slack)
    (finding,) = ill(looked(slack, place)).values()
    assert finding.key == key
    assert words in phrases("en")(finding.key, **finding.values)
    said = phrases("zh-CN")(finding.key, **finding.values)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in said)
    assert BOT_TOKEN not in said
    assert APP_TOKEN not in said


def test_a_clock_a_little_off_is_well(slack: SlackEmulator) -> None:
    slack.clock_ahead = 50.0
    assert ill(looked(slack)) == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scope", SCOPES)
def test_each_missing_permission_is_named_with_what_it_is_for(slack: SlackEmulator, scope: str, language: str) -> None:
    slack.scopes.remove(scope)
    finding = ill(looked(slack, language=language))["doctor-slack-scopes-missing"]
    said = phrases(language)(finding.key, **finding.values)
    assert said.splitlines()[1].strip().startswith(scope)
    assert "rapport slack-manifest" in said
    assert "Reinstall to Workspace" in said


def test_what_the_emulator_grants_is_what_the_manifest_asks_for() -> None:
    assert set(slack_web.SCOPES) == SCOPES.keys()


def test_a_slack_that_never_answers_is_given_up_as_a_whole(
    slack: SlackEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkup, "WHOLE_SECONDS", 1.0)
    monkeypatch.setattr(checkup, "PATIENCE", 30)
    slack.faults.append(("apps.connections.open", "stall"))
    findings = looked(slack)
    assert findings[0].key == "doctor-slack", "what was found before stands"
    assert ill(findings).keys() == {"doctor-slack-away"}


def test_a_slack_out_of_reach_is_said() -> None:
    nowhere = SlackEmulator()
    nowhere.port = 9
    assert ill(looked(nowhere)).keys() == {"doctor-slack-away"}


def test_every_place_of_the_policy_is_looked_at_once_and_named() -> None:
    found = places(parse(policy()))
    assert {"fallback", "service"} <= set(found[SERVICE])
    assert places(parse(default_text())) == {}


def test_a_persons_direct_messages_need_no_invitation(slack: SlackEmulator) -> None:
    findings = looked(slack, "U0LI")
    assert ill(findings) == {}
    assert findings[-1].key == "doctor-slack-place-person"


HTTP = {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": SECRET}


def test_over_http_no_line_is_asked_for_and_the_door_is_named(slack: SlackEmulator) -> None:
    findings = looked(slack, **HTTP)
    assert ill(findings) == {}
    assert "/slack/events" in phrases("en")(findings[0].key, **findings[0].values)
    assert "apps.connections.open" not in {call.method for call in slack.calls}


@pytest.mark.parametrize(
    ("values", "key"),
    [
        (HTTP | {"SLACK_SIGNING_SECRET": BOT_TOKEN}, "doctor-slack-secret"),
        (HTTP | {"SLACK_SIGNING_SECRET": ""}, "doctor-slack-neither"),
        (HTTP | {"SLACK_BOT_TOKEN": ""}, "doctor-slack-half"),
    ],
)
def test_half_of_http_and_a_secret_that_is_none_are_said(slack: SlackEmulator, values: Any, key: str) -> None:
    (finding,) = ill(looked(slack, **values)).values()
    assert finding.key == key
    assert BOT_TOKEN not in phrases("en")(finding.key, **finding.values)
