"""Connections to platforms trust whom the machine trusts, and read that list once."""

from __future__ import annotations

import ssl
from datetime import timedelta
from typing import Any

from bot.channels.telegram.wire import Line
from bot.channels.trust import trusted


def test_every_connection_asks_for_a_certificate_that_somebody_known_vouches_for() -> None:
    assert trusted().verify_mode is ssl.CERT_REQUIRED
    assert trusted().check_hostname
    assert trusted().get_ca_certs()


def test_connections_of_one_process_read_the_certificates_once() -> None:
    lines = [Line("1:token", "https://example.invalid", slots=1, patience=timedelta(seconds=1)) for _ in range(2)]
    requests: list[Any] = [request for line in lines for request in line.bot._request]
    assert {id(request._client_kwargs["verify"]) for request in requests} == {id(trusted())}
