"""A company's site on a port of its own: pages that embed the chat, as plain files would."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Acme shop</title>
<link rel="icon" href="data:,"><style>
body {{ margin: 0; font: 16px/1.6 system-ui, "Noto Sans CJK SC", sans-serif; background: #f4f1ea; color: #33302a; }}
@media (prefers-color-scheme: dark) {{ body {{ background: #24221e; color: #e9e4d8; }} section {{ background: #2d2a25 !important; }} }}
header {{ padding: 18px 6vw; font-weight: 700; font-size: 20px; letter-spacing: -.01em; }}
main {{ padding: 3vh 6vw; max-width: 640px; }} h1 {{ font-size: 38px; line-height: 1.2; margin: 0 0 14px; }}
section {{ display: inline-block; width: 150px; height: 96px; margin: 26px 14px 0 0; border-radius: 12px; background: #e6dfd1; }}
button {{ color: red; font-size: 40px; }} * {{ letter-spacing: .01em; }}
</style></head><body><header>{name}</header><main><h1>{title}</h1><p>{about}</p><section></section><section></section>
<section></section></main>
<script src="{host}/webchat/widget.js" {attributes} async></script></body></html>"""
SAID = {
    "en": ("Acme Filters", "Clean air for every line", "Filter bags and cartridges, delivered before you run out."),
    "zh-CN": ("清源滤材", "让每条产线呼吸洁净空气", "滤袋、滤芯，库存充足，次日送达。"),
}


@contextmanager
def site(host: str, port: int) -> Iterator[str]:
    """Serve pages that embed the chat of `host`; what a page asks for becomes attributes of the tag."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            lang = asked.pop("page", "en")
            name, title, about = SAID[lang]
            attributes = " ".join(f'data-{key}="{escape(value)}"' for key, value in asked.items())
            page = PAGE.format(host=host, lang=lang, name=name, title=title, about=about, attributes=attributes)
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Pages)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
