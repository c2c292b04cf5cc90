"""What would a device answer that keeps passkeys? The bytes of WebAuthn level 3 (6.1, 6.5), signed with ES256."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor

ORIGIN = "https://testserver"
SHOWN, PRESENT = 0x05, 0x01  # flags: the owner was there and showed a finger; was there alone
_KEY_FOLLOWS = 0x40


class Device:
    """One passkey on one device."""

    def __init__(self) -> None:
        self.id = secrets.token_bytes(16)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.owner = ""

    def created(self, options: Any, *, origin: str = ORIGIN, flags: int = SHOWN) -> str:
        """The answer to a page that adds a passkey, as JSON."""
        asked = options["publicKey"]
        self.owner = asked["user"]["id"]
        point = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        described = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor.encode(cose)
        data = _about(asked["rp"]["id"], flags | _KEY_FOLLOWS) + described
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = _client("webauthn.create", asked["challenge"], origin)
        return self._written({"clientDataJSON": client, "attestationObject": attestation})

    def got(self, options: Any, *, origin: str = ORIGIN, flags: int = SHOWN) -> str:
        """The answer to a page that asks for a passkey, as JSON."""
        asked = options["publicKey"]
        data = _about(asked["rpId"], flags)
        client = _client("webauthn.get", asked["challenge"], origin)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._written(
            {"clientDataJSON": client, "authenticatorData": data, "signature": signature}, userHandle=self.owner
        )

    def _written(self, parts: dict[str, bytes], **more: str) -> str:
        response = {name: _text(part) for name, part in parts.items()} | more
        found = {"clientExtensionResults": {"credProps": {"rk": True}}, "type": "public-key"}
        return json.dumps({"id": _text(self.id), "rawId": _text(self.id), "response": response, **found})


def _about(rp: str, flags: int) -> bytes:
    return hashlib.sha256(rp.encode()).digest() + bytes([flags]) + bytes(4)


def _client(kind: str, challenge: str, origin: str) -> bytes:
    return json.dumps({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False}).encode()


def _text(part: bytes) -> str:
    return urlsafe_b64encode(part).rstrip(b"=").decode()
