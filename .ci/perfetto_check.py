"""Reads a Perfetto trace with Perfetto's own schema and says what is in it.

Exits with 1 when slices do not nest, a track is not described, or bytes are left that the schema
does not know.
"""

import sys

from perfetto.protos.perfetto.trace.perfetto_trace_pb2 import Trace, TrackEvent

trace = Trace()
with open(sys.argv[1], "rb") as file:
    trace.ParseFromString(file.read())

names = {}
open_slices = {}
counts = {"tracks": 0, "slices": 0, "instants": 0, "counters": 0}
for packet in sorted(trace.packet, key=lambda packet: packet.timestamp):
    # Unknown fields would be lost in a second passage.
    if packet.HasField("track_descriptor"):
        descriptor = packet.track_descriptor
        names[descriptor.uuid] = descriptor.name or descriptor.process.process_name
        counts["tracks"] += 1
    elif packet.HasField("track_event"):
        event = packet.track_event
        assert event.track_uuid in names, "a track without a description"
        stack = open_slices.setdefault(event.track_uuid, [])
        if event.type == TrackEvent.TYPE_SLICE_BEGIN:
            assert event.name, "a slice without a name"
            stack.append(event.name)
            counts["slices"] += 1
        elif event.type == TrackEvent.TYPE_SLICE_END:
            assert stack, "a slice ends that did not begin"
            stack.pop()
        elif event.type == TrackEvent.TYPE_INSTANT:
            assert stack and event.name, "an instant without a name or beside all slices"
            counts["instants"] += 1
        else:
            assert event.type == TrackEvent.TYPE_COUNTER and event.HasField("counter_value")
            counts["counters"] += 1
    else:
        sys.exit("a packet with nothing in it")
assert not any(open_slices.values()), "a slice does not end"
assert trace.ByteSize() == len(open(sys.argv[1], "rb").read()), "bytes are left"
print(" ".join(f"{count} {name}" for name, count in counts.items()))
