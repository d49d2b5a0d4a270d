"""Writes the golden files beside it, as the versions of viser lay them out.

    pip install msgspec==0.22.0 zstandard==0.25.0 && python3 make.py

Each file is written with the libraries that viser uses; the tests know what is in them.
"""

import gzip
import pathlib

import msgspec
import zstandard

here = pathlib.Path(__file__).parent

# The same recording in each, its times the sums of sleeps as viser adds them up.
time = 0.0
messages = []


def add(type, **fields):
    messages.append((time, {**fields, "type": type}))


add("SetOrientationMessage", name="", wxyz=(1.0, 0.0, 0.0, 0.0))
add("BoxMessage", name="/box", props={"color": (230, 40, 40), "opacity": None, "side": "front"})
for step in range(8):
    time += 0.1
    add("SetPositionMessage", name="/box", position=(0.0, 0.0, step / 8))
add("PointCloudMessage", name="/pc", props={"points": bytes(range(256)) * 8, "scale": 1.5})
time += 0.1


def write(name, content):
    (here / name).write_bytes(content)


write(
    "loop.viser",
    gzip.compress(
        msgspec.msgpack.encode({"loopStartIndex": 2, "durationSeconds": time, "messages": messages}),
        mtime=0,
    ),
)
write(
    "gzip.viser",
    gzip.compress(
        msgspec.msgpack.encode({"durationSeconds": time, "messages": messages, "viserVersion": "1.0.16"}),
        mtime=0,
    ),
)
packed = msgspec.msgpack.encode({"durationSeconds": time, "messages": messages, "viserVersion": "1.0.21"})
write(
    "zstd.viser",
    len(packed).to_bytes(8, "little") + zstandard.ZstdCompressor(level=12).compress(packed),
)
