"""Computes what src/keying computes, from docs/keying.md alone: reads a JSON list of cases on standard
input and prints the list of their outputs. Shares nothing with the TypeScript; X25519 is written out as
in RFC 7748 section 5, HKDF as in RFC 5869 section 2."""

import base64
import hashlib
import hmac
import ipaddress
import json
import sys

P = 2**255 - 19


def x25519(scalar: bytes, point: bytes) -> bytes:
    k = bytearray(scalar)
    k[0] &= 248
    k[31] = (k[31] & 127) | 64
    n = int.from_bytes(k, "little")
    x1 = (int.from_bytes(point, "little") & (2**255 - 1)) % P
    x2, z2, x3, z3, swap = 1, 0, x1, 1, 0
    for t in reversed(range(255)):
        bit = (n >> t) & 1
        if swap ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb, da, cb = a * a % P, b * b % P, d * a % P, c * b % P
        e = aa - bb
        x3, z3 = (da + cb) ** 2 % P, x1 * (da - cb) ** 2 % P
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
    if swap:
        x2, z2 = x3, z3
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, "little")


def hkdf(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    prk = hmac.new(salt, secret, hashlib.sha256).digest()
    okm = block = b""
    counter = 1
    while len(okm) < length:
        block = hmac.new(prk, block + info + bytes([counter]), hashlib.sha256).digest()
        okm += block
        counter += 1
    return okm[:length]


def fields(*items: bytes) -> bytes:
    return b"".join(len(item).to_bytes(4, "big") + item for item in items)


def number(value: int) -> bytes:
    return value.to_bytes(8, "big")


def derive(secrets: list, label: str, context: list, length: int) -> bytes:
    info = fields(label.encode(), hashlib.sha256(fields(*context)).digest())
    return hkdf(fields(*secrets), b"podcloak/1", info, length)


class Line:
    """One line of the key file."""

    def __init__(self, text: str):
        head, *rest = text.split()
        self.key_id = int(head.rstrip("+"))
        if len(rest) == 3:
            algorithm, psk, icv = rest[0], bytes.fromhex(rest[1]), int(rest[2])
            self.icv = icv
            self.algorithm = algorithm
            self.parts = [("esp aead", len(psk))]
            self.secrets = [b"aead", algorithm.encode(), psk, number(icv)]
        else:
            auth, auth_psk, cipher, cipher_psk = rest
            auth_key, cipher_key = bytes.fromhex(auth_psk), bytes.fromhex(cipher_psk)
            self.icv = 0
            self.algorithm = auth + " " + cipher
            self.parts = [("esp authentication", len(auth_key)), ("esp encryption", len(cipher_key))]
            self.secrets = [b"auth-encryption", auth.encode(), auth_key, cipher.encode(), cipher_key]


def tunnel(case: dict) -> dict:
    line = Line(case["line"])
    ends = [case["sender"], case["receiver"]]
    private = [bytes.fromhex(end["privateKey"]) for end in ends]
    base = (9).to_bytes(32, "little")
    public = [x25519(key, base) for key in private]
    shared = x25519(private[0], public[1])
    assert shared == x25519(private[1], public[0])
    spi = line.key_id << 28 | case["lane"] << 25 | case["generation"] << 20 | ends[0]["nodeNumber"]
    context = [number(1), case["clusterUID"].encode(), number(line.key_id)]
    context += [line.algorithm.encode(), number(line.icv)]
    for end, key in zip(ends, public):
        address = ipaddress.ip_address(end["address"]).packed
        context += [end["nodeName"].encode(), end["nodeUID"].encode(), key, address]
        context += [number(end["epoch"])]
    context += [number(case["lane"]), number(spi)]
    secrets = line.secrets + [shared]
    return {
        "publicKeys": [key.hex() for key in public],
        "sharedSecret": shared.hex(),
        "spi": f"{spi:08x}",
        "keys": [derive(secrets, label, context, size).hex() for label, size in line.parts],
        "probeKey": derive(secrets, "probe mac", context, 32).hex(),
    }


def open_messages(case: dict) -> dict:
    ends = [case["sender"], case["receiver"]]
    private = [bytes.fromhex(end["privateKey"]) for end in ends]
    base = (9).to_bytes(32, "little")
    public = [x25519(key, base) for key in private]
    shared = x25519(private[0], public[1])
    spi = case["lane"] << 25 | case["generation"] << 20 | ends[0]["nodeNumber"]
    context = [number(1), case["clusterUID"].encode(), number(case["deviceGeneration"])]
    for end, key in zip(ends, public):
        address = ipaddress.ip_address(end["address"]).packed
        context += [end["nodeName"].encode(), end["nodeUID"].encode(), key, address]
        context += [number(end["epoch"])]
    context += [number(spi)]
    return {
        "publicKeys": [key.hex() for key in public],
        "sharedSecret": shared.hex(),
        "number": f"{spi:08x}",
        "probeKey": derive([b"open", shared], "open probe mac", context, 32).hex(),
    }


def record(case: dict) -> dict:
    spec, cluster, name = case["record"], case["clusterUID"].encode(), case["nodeName"].encode()
    lines = [Line(text) for text in case["lines"]]
    checks = {
        line.key_id: derive(line.secrets, "check value", [cluster, number(line.key_id)], 8)
        for line in lines
    }
    items = [
        number(spec["protocolVersion"]),
        cluster,
        name,
        spec["nodeUID"].encode(),
        number(spec["nodeNumber"]),
        spec["type"].encode(),
        spec["phase"].encode(),
        number(spec["epoch"]),
        number(spec["revision"]),
        number(spec["generation"]),
        fields(*[address.encode() for address in spec["addresses"]]),
        fields(*[fields(p["cidr"].encode(), p["source"].encode()) for p in spec["podPrefixes"]]),
        fields(
            *[
                fields(
                    number(key["keyID"]),
                    key["algorithm"].encode(),
                    base64.b64decode(key["publicKey"], validate=True),
                )
                for key in sorted(spec["keys"], key=lambda key: key["keyID"])
            ]
        ),
        fields(*[fields(number(key_id), checks[key_id]) for key_id in sorted(checks)]),
    ]
    if spec["protocolVersion"] >= 2:
        devices = sorted(spec["wireguard"], key=lambda device: device["generation"])
        items.append(fields(*[fields(*device_fields(device)) for device in devices]))
    encoded = fields(*items)
    macs = []
    for line in lines:
        key = derive(line.secrets, "record mac", [cluster, name, number(line.key_id)], 32)
        mac = hmac.new(key, encoded, hashlib.sha256).digest()
        macs.append(
            {
                "keyID": line.key_id,
                "check": base64.b64encode(checks[line.key_id]).decode(),
                "mac": base64.b64encode(mac).decode(),
            }
        )
    return {"macs": macs}


def device_fields(device: dict) -> list:
    return [
        number(device["generation"]),
        number(device["epoch"]),
        number(device["listenPort"]),
        base64.b64decode(device["publicKey"], validate=True),
        number(device.get("keyID", 0)),
    ]


def wireguard_psk(case: dict) -> dict:
    line = Line(case["line"])
    base = (9).to_bytes(32, "little")
    public = [x25519(bytes.fromhex(end["privateKey"]), base) for end in case["ends"]]
    context = [number(1), case["clusterUID"].encode(), number(line.key_id)]
    context += [line.algorithm.encode(), number(line.icv), number(case["generation"])]
    for key, end in sorted(zip(public, case["ends"]), key=lambda pair: pair[0]):
        context += [end["nodeName"].encode(), end["nodeUID"].encode(), key, number(end["epoch"])]
    psk = derive(line.secrets, "wireguard psk", context, 32)
    return {"publicKeys": [key.hex() for key in public], "psk": psk.hex()}


def probe(case: dict) -> dict:
    message = fields(case["message"].encode(), bytes.fromhex(case["nonce"]))
    return {"mac": hmac.new(bytes.fromhex(case["probeKey"]), message, hashlib.sha256).hexdigest()}


KINDS = {
    "tunnel": tunnel,
    "record": record,
    "probe": probe,
    "wireguard psk": wireguard_psk,
    "open messages": open_messages,
}

if __name__ == "__main__":
    json.dump([KINDS[case["kind"]](case) for case in json.load(sys.stdin)], sys.stdout)
