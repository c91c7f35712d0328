"""A small OpenID Connect provider on this machine, for tests: discovery, authorize, token, keys, userinfo."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID = "cbm-advisor"
CLIENT_SECRET = "known to both"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class IdentityProvider(ThreadingHTTPServer):
    """Vouches for ``claims`` to whoever asks, without asking anybody for a password."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        self.claims: dict[str, Any] = {}
        self.about_another = False
        self.audience = CLIENT_ID
        self.requests: dict[str, dict[str, str]] = {}
        """What came with each authorization, by its code."""

    def id_token(self) -> str:
        now = int(time.time())
        claims = {**self.claims, "iss": self.address, "aud": self.audience, "iat": now, "exp": now + 60}
        return jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "1"})

    def redeem(self, form: dict[str, str]) -> dict[str, Any] | None:
        """The tokens for a code; ``None`` if client, secret or verifier are wrong."""
        asked = self.requests.pop(form.get("code", ""), {})
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proved = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked.get("code_challenge")
        if not proved or (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return None
        return {"access_token": "open", "token_type": "Bearer", "expires_in": 60, "id_token": self.id_token()}


class _Handler(BaseHTTPRequestHandler):
    server: IdentityProvider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/authorize":
            self._authorize({name: values[0] for name, values in parse_qs(parts.query).items()})
        elif parts.path == "/userinfo":
            known = self.headers.get("Authorization") == "Bearer open"
            claims = self.server.claims | ({"sub": "another"} if self.server.about_another else {})
            self._say(claims if known else {}, 200 if known else 401)
        elif parts.path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self._say({"keys": [{**public, "kid": "1", "alg": "RS256", "use": "sig"}]})
        else:
            self._discover()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        tokens = self.server.redeem({name: values[0] for name, values in parse_qs(body).items()})
        self._say(tokens or {"error": "invalid_grant"}, 200 if tokens else 400)

    def _discover(self) -> None:
        paths = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        endpoints = {f"{name}_endpoint": f"{self.server.address}/{path}" for name, path in paths.items()}
        methods = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
        self._say({"issuer": self.server.address, "jwks_uri": f"{self.server.address}/keys", **endpoints, **methods})

    def _authorize(self, asked: dict[str, str]) -> None:
        code = secrets.token_urlsafe(8)
        self.server.requests[code] = asked
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")
        self.end_headers()

    def _say(self, what: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@contextmanager
def identity_provider() -> Iterator[IdentityProvider]:
    """A provider in a thread, until the end of the block."""
    server = IdentityProvider()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
