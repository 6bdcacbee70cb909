"""Configuration: the environment (and a `.env` file) read once, checked, and explained when it is wrong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ORIGIN: Final = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?(?::[0-9]{1,5})?")
Unset = Literal["half set", "neither set", "bad setting"]
HALF: Final = "half set"
NEITHER: Final = "neither set"
"""Any one of those that are named would do."""
BAD: Final = "bad setting"


class BadSettings(Exception):
    """The environment says something that cannot be used: `problems` maps a variable's name to what is wrong."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {why}" for name, why in problems.items()))
        self.problems = problems


class HalfSet(Exception):
    """A channel has some of its settings and does not start: for `names`, which are missing unless `why` says otherwise."""

    def __init__(self, channel: str, *names: str, why: Unset = HALF) -> None:
        self.channel, self.names, self.why = channel, names, why
        super().__init__(f"{channel}: {why} ({self.about})")

    @property
    def about(self) -> str:
        return ", ".join(self.names)


class Config(BaseSettings):
    """All that is set from outside; secrets hide themselves when printed."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    database_url: SecretStr | None = Field(None, alias="DATABASE_URL")
    rapport_key: SecretStr | None = Field(None, alias="RAPPORT_KEY")
    rapport_policy: Path | None = Field(None, alias="RAPPORT_POLICY")
    data: Path = Field(Path("data"), alias="RAPPORT_DATA")
    host: str = Field("127.0.0.1", alias="HOST")
    port: int = Field(8000, alias="PORT", ge=1, le=65535)
    address: str = Field("", alias="RAPPORT_ADDRESS")
    """Where people's browsers reach this server: scheme, host and port; empty if nobody said so."""

    slack_bot_token: SecretStr | None = Field(None, alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(None, alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, alias="SLACK_SIGNING_SECRET")
    slack_api_url: str = Field("https://slack.com/api/", alias="SLACK_API_URL")
    telegram_bot_token: SecretStr | None = Field(None, alias="TELEGRAM_BOT_TOKEN")
    telegram_api_url: str = Field("https://api.telegram.org", alias="TELEGRAM_API_URL")
    telegram_webhook_url: str | None = Field(None, alias="TELEGRAM_WEBHOOK_URL")
    telegram_webhook_secret: SecretStr | None = Field(None, alias="TELEGRAM_WEBHOOK_SECRET")
    wecom_corp_id: str | None = Field(None, alias="WECOM_CORP_ID")
    wecom_agent_id: str | None = Field(None, alias="WECOM_AGENT_ID")
    wecom_secret: SecretStr | None = Field(None, alias="WECOM_SECRET")
    wecom_token: SecretStr | None = Field(None, alias="WECOM_TOKEN")
    wecom_aes_key: SecretStr | None = Field(None, alias="WECOM_AES_KEY")
    wecom_kf_secret: SecretStr | None = Field(None, alias="WECOM_KF_SECRET")
    wecom_kf_token: SecretStr | None = Field(None, alias="WECOM_KF_TOKEN")
    wecom_kf_aes_key: SecretStr | None = Field(None, alias="WECOM_KF_AES_KEY")
    wecom_robot_url: SecretStr | None = Field(None, alias="WECOM_ROBOT_URL")
    wecom_api_url: str = Field("https://qyapi.weixin.qq.com", alias="WECOM_API_URL")
    openai_api_key: SecretStr | None = Field(None, alias="OPENAI_API_KEY")
    openai_base_url: str | None = Field(None, alias="OPENAI_BASE_URL")
    openai_model: str | None = Field(None, alias="OPENAI_MODEL")
    widget_origins: str = Field("", alias="RAPPORT_WIDGET_ORIGINS")
    widget_secret: SecretStr | None = Field(None, alias="RAPPORT_WIDGET_SECRET")
    metrics_token: SecretStr | None = Field(None, alias="RAPPORT_METRICS_TOKEN")

    @field_validator("address")
    @classmethod
    def _is_address(cls, said: str) -> str:
        if said and not ORIGIN.fullmatch(said.casefold().rstrip("/")):
            raise ValueError("an address like https://crm.example.com")
        return said.casefold().rstrip("/")

    @property
    def url(self) -> str:
        """The database: what `DATABASE_URL` says, or a SQLite file in the data folder."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data.absolute() / 'rapport.db'}"

    @property
    def key(self) -> str:
        """The encryption key.

        Raises:
            BadSettings: there is none.
        """
        if self.rapport_key is None or not self.rapport_key.get_secret_value().strip():
            raise BadSettings({"RAPPORT_KEY": "missing"})
        return self.rapport_key.get_secret_value()


def said(secret: SecretStr | None) -> str:
    """Give what a secret says; an empty one in a `.env` file is none."""
    return secret.get_secret_value().strip() if secret else ""


def read_config() -> Config:
    """Read the environment.

    Raises:
        BadSettings: a value cannot be used.
    """
    try:
        return Config()
    except ValidationError as error:
        raise BadSettings({str(e["loc"][0]): e["msg"] for e in error.errors()}) from None
