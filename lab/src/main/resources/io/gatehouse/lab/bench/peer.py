#!/usr/bin/python3
"""What Gatehouse does with a login, as a plain Python consumer: what Gatehouse is measured beside.

Reads logins with kafka-python, keeps what is known of each user in dictionaries, writes the enriched events and the
dead letters, and commits offsets when all that came of them is acknowledged: at least once. Memory is not stored: where
a partition is taken over, it is made again by reading the partition from its beginning, without sending anything, up to
where the group had committed.

Sessions are neither closed nor published, and there are no statistics. The output lies in the input's partition: both
topics have the same number of them and are keyed by the user.

Needs Debian's python3-kafka, python3-lz4, python3-crc32c, python3-xxhash and, for places, python3-maxminddb.
"""
import ipaddress
import json
import re
import signal
import sys
import time
from datetime import datetime, timedelta
from functools import lru_cache

import xxhash
from kafka import ConsumerRebalanceListener, KafkaConsumer, KafkaProducer
from kafka.codec import has_lz4
from kafka.errors import CommitFailedError
from kafka.structs import OffsetAndMetadata

try:
    import maxminddb
except ImportError:
    maxminddb = None

MAX_EVENT_BYTES = 64 * 1024
MAX_DEPTH = 16
MAX_USER_ID = 128
MAX_TEXT = 256
MAX_VERSION_PART = 65535
KNOWN_DEVICES = 8
RECENT_LOGINS = 4

GAP_MS = 30 * 60 * 1000
RETENTION_MS = 90 * 24 * 60 * 60 * 1000
FIRST_MILLISECONDS = 100_000_000_000
YEAR_2000_MS = 946_684_800_000
# What datetime can spell; the contract's own limit is 64 bits.
YEAR_10000_MS = 253_402_300_800_000
MOST_AHEAD_MS = 5 * 60 * 1000
EPOCH = datetime(1970, 1, 1)
MILLISECOND = timedelta(milliseconds=1)

WHITE = b" \t\r\n"
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
ISO_8601 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))", re.ASCII)
VERSION = re.compile(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(.*)", re.ASCII | re.DOTALL)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PLATFORMS = {name: name for name in ("ios", "android", "web", "windows", "macos", "linux")}
RISK = {"score": 0, "level": "none", "signals": []}

# The first block that holds an address tells its category.
BLOCKS = {
    4: [
        ("10.0.0.0/8", "private"), ("172.16.0.0/12", "private"), ("192.168.0.0/16", "private"),
        ("127.0.0.0/8", "loopback"), ("169.254.0.0/16", "link_local"), ("100.64.0.0/10", "shared"),
        ("224.0.0.0/4", "multicast"), ("240.0.0.0/4", "reserved"), ("0.0.0.0/8", "reserved"),
        ("192.0.2.0/24", "documentation"), ("198.51.100.0/24", "documentation"), ("203.0.113.0/24", "documentation"),
        ("192.0.0.0/24", "reserved"), ("192.88.99.0/24", "reserved"), ("198.18.0.0/15", "reserved"),
        ("0.0.0.0/0", "public"),
    ],
    6: [
        ("::/128", "unspecified"), ("::1/128", "loopback"), ("fc00::/7", "private"), ("fe80::/10", "link_local"),
        ("ff00::/8", "multicast"), ("2001:db8::/32", "documentation"), ("3fff::/20", "documentation"),
        ("2001::/23", "reserved"), ("2002::/16", "reserved"), ("2000::/3", "public"), ("::/0", "reserved"),
    ],
}
# The same as numbers: first address, mask, category.
NUMBERED_BLOCKS = {
    version: [(int(network.network_address), int(network.netmask), category)
              for network, category in ((ipaddress.ip_network(text), category) for text, category in blocks)]
    for version, blocks in BLOCKS.items()
}


class Refused(Exception):
    """An event is a dead letter: one of the contract's reasons, and the field at fault or None."""

    def __init__(self, reason, field=None):
        super().__init__(reason)
        self.reason = reason
        self.field = field


class Members(list):
    """Names and values of a JSON object as they stand there, repeated names too."""


def no_number(text):
    raise ValueError(f"{text} is no JSON")


# Integers of any length are JSON, and no value is longer than 64 KiB.
sys.set_int_max_str_digits(0)
DECODER = json.JSONDecoder(object_pairs_hook=Members, parse_constant=no_number)
ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


def read(value):
    """The event in a record's value as a dictionary, whatever its fields hold."""
    if not value:
        raise Refused("empty_value")
    if len(value) > MAX_EVENT_BYTES:
        raise Refused("too_large")
    try:
        text = value.decode()
    except UnicodeDecodeError:
        raise Refused("invalid_utf8") from None
    try:
        members = DECODER.decode(text)
        if text.count("{") + text.count("[") > MAX_DEPTH and depth(members) > MAX_DEPTH:
            raise Refused("malformed_json")
        if "\\u" in text:
            # Halves of surrogate pairs get through the decoder, and have no UTF-8.
            ENCODER.encode(members).encode()
    except (ValueError, RecursionError):
        raise Refused("malformed_json") from None
    if type(members) is not Members:
        raise Refused("not_an_object")
    event = dict(members)
    if len(event) < len(members):
        raise Refused("duplicate_field")
    if "enrichment" in event:
        raise Refused("reserved_field")
    return event


def depth(value):
    """How deep arrays and objects nest; 0 for anything else."""
    if type(value) is Members:
        return 1 + max((depth(member) for _, member in value), default=0)
    if type(value) is list:
        return 1 + max(map(depth, value), default=0)
    return 0


def user_id_of(event):
    user_id = event.get("user_id")
    if user_id is None:
        raise Refused("missing_field", "user_id")
    if type(user_id) is not str:
        raise Refused("wrong_type", "user_id")
    if not 0 < len(user_id) <= MAX_USER_ID or CONTROL.search(user_id):
        raise Refused("invalid_user_id", "user_id")
    return user_id


def event_time_of(event, record_ms):
    """Epoch milliseconds. record_ms: the record's own timestamp, negative for none."""
    timestamp = event.get("timestamp")
    if timestamp is None:
        raise Refused("missing_field", "timestamp")
    kind = type(timestamp)
    if kind is int:
        time_ms = milliseconds(timestamp)
    elif kind is str:
        is_number = timestamp.isascii() and timestamp.isdigit()
        time_ms = milliseconds(int(timestamp)) if is_number else milliseconds_of_iso(timestamp)
    elif kind is float:
        raise Refused("invalid_timestamp", "timestamp")
    else:
        raise Refused("wrong_type", "timestamp")
    if not YEAR_2000_MS <= time_ms < YEAR_10000_MS or 0 <= record_ms < time_ms - MOST_AHEAD_MS:
        raise Refused("timestamp_out_of_range", "timestamp")
    return time_ms


def milliseconds(number):
    return number if number >= FIRST_MILLISECONDS else number * 1000


def milliseconds_of_iso(text):
    parts = ISO_8601.fullmatch(text)
    if not parts:
        raise Refused("invalid_timestamp", "timestamp")
    year, month, day, hour, minute, second, fraction, sign, offset_hours, offset_minutes = parts.groups()
    try:
        # datetime has no year 0. It is a leap year as 400 is, and as far out of range.
        wall = datetime(int(year) or 400, int(month), int(day), int(hour), int(minute), int(second))
    except ValueError:
        raise Refused("invalid_timestamp", "timestamp") from None
    time_ms = (wall - EPOCH) // MILLISECOND + int((fraction or "").ljust(3, "0")[:3])
    if sign:
        if int(offset_hours) > 23 or int(offset_minutes) > 59:
            raise Refused("invalid_timestamp", "timestamp")
        offset_ms = (int(offset_hours) * 60 + int(offset_minutes)) * 60_000
        time_ms += offset_ms if sign == "-" else -offset_ms
    return time_ms


def text_of(event, field):
    text = event.get(field)
    if text is None:
        return None
    if type(text) is not str:
        raise Refused("wrong_type", field)
    if len(text) > MAX_TEXT:
        raise Refused("field_too_long", field)
    return text


@lru_cache(maxsize=10_000)
def version_of(app_version):
    """Major, minor and patch; None when it does not parse."""
    parts = VERSION.fullmatch(app_version)
    if not parts:
        return None
    major, minor, patch, rest = parts.groups()
    # What follows a third number may also begin with a full stop.
    if rest and rest[0] not in ("-+ ." if patch else "-+ "):
        return None
    numbers = tuple(int(part or 0) for part in (major, minor, patch))
    return numbers if max(numbers) <= MAX_VERSION_PART else None


@lru_cache(maxsize=100_000)
def second(epoch_seconds):
    """A second of UTC: its text, the hour, the name of the day, whether it is in a weekend."""
    moment = EPOCH + timedelta(seconds=epoch_seconds)
    weekday = moment.weekday()
    return moment.isoformat(), moment.hour, DAYS[weekday], weekday >= 5


def iso(time_ms):
    """As ISO 8601, with milliseconds where there are any."""
    return iso_milliseconds(time_ms) if time_ms % 1000 else second(time_ms // 1000)[0] + "Z"


def iso_milliseconds(time_ms):
    return f"{second(time_ms // 1000)[0]}.{time_ms % 1000:03}Z"


class Places:
    """Where addresses are: category and place."""

    def __init__(self, file):
        """file: an MMDB file in the layout of MaxMind's city databases; empty for none"""
        self.reader = maxminddb.open_database(file) if file else None
        self.locate = lru_cache(maxsize=200_000)(self._locate)

    def _locate(self, ip):
        """The address as bytes, its category, its place or None."""
        try:
            address = ipaddress.IPv6Address(ip) if ":" in ip else ipaddress.IPv4Address(ip)
        except ValueError:
            raise Refused("invalid_ip", "ip") from None
        if address.version == 6:
            if address.scope_id is not None:
                raise Refused("invalid_ip", "ip")
            address = address.ipv4_mapped or address
        number = int(address)
        category = next(name for first, mask, name in NUMBERED_BLOCKS[address.version] if number & mask == first)
        return address.packed, category, self.place_of(address) if category == "public" else None

    def place_of(self, address):
        record = self.reader.get(str(address)) if self.reader else None
        if record is None:
            return None
        location = record.get("location", {})
        subdivisions = record.get("subdivisions")
        region = subdivisions[0].get("names", {}).get("en") if subdivisions else None
        city = record.get("city", {}).get("names", {}).get("en")
        return {
            "continent": record.get("continent", {}).get("code"),
            "country": record.get("country", {}).get("iso_code"),
            "region": region,
            "city": city,
            "latitude": location.get("latitude"),
            "longitude": location.get("longitude"),
            "accuracy_radius_km": location.get("accuracy_radius", 50 if city else 250 if region else None),
        }


class Device:
    __slots__ = ("version", "last_use_ms")

    def __init__(self, last_use_ms):
        self.version = None
        self.last_use_ms = last_use_ms


class User:
    """What is remembered of one user, and what it makes of the next login."""

    __slots__ = ("user_id", "devices", "unnamed", "recent", "start_ms", "last_ms", "number", "login", "session_id",
                 "started_at")

    def __init__(self, user_id):
        self.user_id = user_id
        self.forget()

    def forget(self):
        self.devices = {}  # By id, the least recently used first.
        self.unnamed = None  # The device of all logins that name none.
        self.recent = []  # The last distinct logins, the oldest first.
        self.start_ms = None
        self.last_ms = None
        self.number = 0

    def visit(self, time_ms, device_id, address, version, platform):
        """The members of the enrichment from device to is_duplicate."""
        last_ms = self.last_ms
        if last_ms is not None and time_ms > last_ms + RETENTION_MS:
            self.forget()
            last_ms = None
        device = self.unnamed if device_id is None else self.devices.get(device_id)
        fingerprint = (device_id, address, time_ms)
        is_first = last_ms is None
        is_duplicate = fingerprint in self.recent
        is_new_device = device is None and device_id is not None
        facts = {
            "device": {
                "platform": platform,
                "is_new": is_new_device,
                "known_devices": min(KNOWN_DEVICES, len(self.devices) + is_new_device),
            },
            "version": version and {
                "major": version[0],
                "minor": version[1],
                "patch": version[2],
                "change": change(device, version, time_ms),
            },
            "session": None,
            "is_late": not is_first and time_ms < last_ms,
            "is_duplicate": is_duplicate,
        }
        if not is_first and time_ms < self.start_ms - GAP_MS:
            return facts
        if is_duplicate:
            facts["session"] = self.session(False, 0)
            return facts
        if is_first or time_ms > last_ms + GAP_MS:
            self.begin_session(time_ms)
            facts["session"] = self.session(True, None if is_first else (time_ms - last_ms) // 1000)
        else:
            self.login += 1
            self.last_ms = max(last_ms, time_ms)
            facts["session"] = self.session(False, max(0, time_ms - last_ms) // 1000)
        self.remember(device or Device(time_ms), device_id, version, time_ms)
        self.recent.append(fingerprint)
        if len(self.recent) > RECENT_LOGINS:
            del self.recent[0]
        return facts

    def begin_session(self, time_ms):
        self.number += 1
        self.login = 1
        self.start_ms = self.last_ms = time_ms
        self.session_id = xxhash.xxh64_hexdigest(f"{self.user_id}\0{time_ms}".encode())
        self.started_at = iso(time_ms)

    def session(self, is_new, gap_seconds):
        return {
            "id": self.session_id,
            "is_new": is_new,
            "number": self.number,
            "login": self.login,
            "started_at": self.started_at,
            "gap_seconds": gap_seconds,
        }

    def remember(self, device, device_id, version, time_ms):
        if time_ms >= device.last_use_ms:
            device.version = version or device.version
            device.last_use_ms = time_ms
        if device_id is None:
            self.unnamed = device
            return
        self.devices.pop(device_id, None)
        self.devices[device_id] = device
        if len(self.devices) > KNOWN_DEVICES:
            del self.devices[next(iter(self.devices))]


def change(device, version, time_ms):
    """What a version is against the device's last one."""
    if device is None:
        return "first"
    if time_ms < device.last_use_ms:
        return None
    if device.version is None:
        return "first"
    if version == device.version:
        return "same"
    return "upgrade" if version > device.version else "downgrade"


def enrich(record, users, places):
    """The user's id and the enrichment of a login, remembered among the users. Raises Refused."""
    event = read(record.value)
    user_id = user_id_of(event)
    time_ms = event_time_of(event, record.timestamp)
    ip = event.get("ip")
    if ip is None:
        address, category, place = None, "unknown", None
    elif type(ip) is str:
        address, category, place = places.locate(ip)
    else:
        raise Refused("wrong_type", "ip")
    device_type = text_of(event, "device_type")
    app_version = text_of(event, "app_version")
    text_of(event, "locale")
    device_id = text_of(event, "device_id")

    user = users.get(user_id)
    if user is None:
        user = users[user_id] = User(user_id)
    facts = user.visit(
        time_ms,
        device_id,
        address,
        None if app_version is None else version_of(app_version),
        "unknown" if device_type is None else PLATFORMS.get(device_type.lower(), "other"))
    now_ms = time.time_ns() // 1_000_000
    _, hour, day, is_weekend = second(time_ms // 1000)
    return user_id, {
        "schema_version": 1,
        "event_time": iso(time_ms),
        "processed_timestamp": iso_milliseconds(now_ms),
        "processing_delay_ms": now_ms - time_ms,
        "hour_of_day": hour,
        "day_of_week": day,
        "is_weekend": is_weekend,
        "ip_category": category,
        "geo": place,
        **facts,
        "risk": RISK,
        "source": {"topic": record.topic, "partition": record.partition, "offset": record.offset},
    }


def with_enrichment(value, enrichment):
    """The event's own bytes and one more member: its numbers would not all survive being read and written."""
    return b'%b,"enrichment":%b}' % (value.strip(WHITE)[:-1].rstrip(WHITE), ENCODER.encode(enrichment).encode())


def carried(record):
    """The record's headers, but for those that the contract gives anew. kafka-python sends none without a value."""
    return [(name, value or b"") for name, value in record.headers if not name.startswith("gatehouse.")]


def dead_letter_headers(record, refused):
    attempts = [value for name, value in record.headers if name == "gatehouse.attempt"]
    is_number = attempts and attempts[-1] is not None and re.fullmatch(rb"[0-9]{1,9}", attempts[-1])
    headers = {
        "reason": refused.reason,
        "field": refused.field,
        "source.topic": record.topic,
        "source.partition": record.partition,
        "source.offset": record.offset,
        "source.timestamp": record.timestamp,
        "failed_at": iso_milliseconds(time.time_ns() // 1_000_000),
        "version": "python",
        "attempt": int(attempts[-1]) + 1 if is_number else 1,
    }
    return [(f"gatehouse.{name}", str(value).encode()) for name, value in headers.items() if value is not None]


class Peer(ConsumerRebalanceListener):
    """One member of the group."""

    def __init__(self, settings):
        self.processed = settings["processed"]
        self.dead_letters = settings["dead-letters"]
        self.commit_interval_s = int(settings["commit.interval.ms"]) / 1000
        self.places = Places(settings["places"])
        self.users = {}  # Of each partition, by id.
        self.positions = {}  # Of each partition, the offset that its users' memory has come to.
        self.committed = {}
        self.sent = []  # Since the last commit.
        self.is_running = True
        self.producer = KafkaProducer(
            bootstrap_servers=settings["bootstrap.servers"],
            acks="all",
            retries=10,
            # More would let a retry overtake: the output is in each user's order.
            max_in_flight_requests_per_connection=1,
            compression_type="lz4" if has_lz4() else None,
            batch_size=int(settings["batch.size"]),
            linger_ms=int(settings["linger.ms"]),
            buffer_memory=64 * 1024 * 1024,
            max_request_size=4 * 1024 * 1024)
        self.consumer = KafkaConsumer(
            bootstrap_servers=settings["bootstrap.servers"],
            group_id=settings["application"],
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            max_poll_records=int(settings["max.poll.records"]))
        self.consumer.subscribe([settings["input"]], listener=self)

    def stop(self, *_):
        self.is_running = False

    def run(self):
        next_commit_s = time.monotonic() + self.commit_interval_s
        while self.is_running:
            for partition, records in self.consumer.poll(timeout_ms=50).items():
                self.judge(partition, records)
            if time.monotonic() >= next_commit_s:
                self.commit()
                next_commit_s = time.monotonic() + self.commit_interval_s
        self.commit()
        self.consumer.close()
        self.producer.close()

    def judge(self, partition, records):
        users = self.users[partition]
        committed = self.committed[partition]
        for record in records:
            try:
                user_id, enrichment = enrich(record, users, self.places)
            except Refused as refused:
                if record.offset >= committed:
                    self.send_dead_letter(record, refused)
            else:
                if record.offset >= committed:
                    self.send(
                        self.processed,
                        record,
                        user_id.encode(),
                        with_enrichment(record.value, enrichment),
                        carried(record))
        self.positions[partition] = records[-1].offset + 1

    def send_dead_letter(self, record, refused):
        # kafka-python sends no record that has neither key nor value.
        value = b"" if record.key is None and record.value is None else record.value
        headers = carried(record) + dead_letter_headers(record, refused)
        self.send(self.dead_letters, record, record.key, value, headers)

    def send(self, topic, record, key, value, headers):
        self.sent.append(self.producer.send(topic, value, key, headers, record.partition))

    def commit(self):
        """Waits for all that was sent; a send that failed ends the process, and the events are judged again."""
        self.producer.flush()
        for future in self.sent:
            if future.failed():
                raise future.exception
        self.sent.clear()
        ahead = {partition: position for partition, position in self.positions.items()
                 if position > self.committed[partition]}
        if not ahead:
            return
        try:
            self.consumer.commit({partition: OffsetAndMetadata(position, "") for partition, position in ahead.items()})
        except CommitFailedError:
            return  # The group is forming anew; what stays here is committed next time.
        self.committed.update(ahead)

    def on_partitions_revoked(self, revoked):
        self.commit()

    def on_partitions_assigned(self, assigned):
        for partition in self.users.keys() - assigned:
            for known in (self.users, self.positions, self.committed):
                del known[partition]
        for partition in assigned:
            self.users.setdefault(partition, {})
            self.positions.setdefault(partition, 0)
            self.committed[partition] = self.consumer.committed(partition) or 0
            self.consumer.seek(partition, self.positions[partition])


REQUIRED = ("bootstrap.servers", "application", "input", "processed", "dead-letters")
OPTIONAL = {
    "commit.interval.ms": "100",
    "places": "",
    # Here for all contestants: topics exist, there is one thread, and nothing is stored.
    "partitions": "",
    "threads": "1",
    "state.dir": "",
    # This contestant's own.
    "max.poll.records": "500",
    "batch.size": "262144",
    "linger.ms": "20",
}


def settings_of(arguments):
    settings = dict(OPTIONAL)
    for argument in arguments:
        key, _, value = argument.partition("=")
        if not value or key not in REQUIRED and key not in OPTIONAL:
            sys.exit(f"peer.py: {argument} is not KEY=VALUE with one of {', '.join([*REQUIRED, *OPTIONAL])}")
        settings[key] = value
    missing = [key for key in REQUIRED if key not in settings]
    if missing:
        sys.exit(f"peer.py: needs {', '.join(missing)}")
    if settings["places"] and maxminddb is None:
        print("peer.py: no places are told: python3-maxminddb is not installed", file=sys.stderr)
        settings["places"] = ""
    return settings


def main():
    peer = Peer(settings_of(sys.argv[1:]))
    signal.signal(signal.SIGTERM, peer.stop)
    peer.run()


if __name__ == "__main__":
    main()
