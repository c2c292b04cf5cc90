"""What stands in the street and speaks? Devices, what the official list says of them, and what they last said."""

from datetime import UTC, datetime

from django.db import models

from civic.places.models import District, Dong


class Kind(models.TextChoices):
    """Types of Smart Data Models that this installation knows."""

    STREETLIGHT = "Streetlight"
    CABINET = "StreetlightControlCabinet"


class PlacedBy(models.TextChoices):
    """How the dong of a device is known."""

    POINT = "point", "its coordinates"
    NAME = "name", "its name or address names the dong"
    NEIGHBOURS = "neighbours", "others of the same address, street or plate"


class Device(models.Model):
    """A thing with a public tag (`11200-19-12-20`), at a point in WGS84 degrees where one is known."""

    tag = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=30, choices=Kind.choices, default=Kind.STREETLIGHT)
    name = models.CharField(max_length=80, blank=True)
    district = models.ForeignKey(District, models.PROTECT, related_name="devices")
    dong = models.ForeignKey(Dong, models.PROTECT, null=True, related_name="devices")
    dong_by = models.CharField(max_length=10, choices=PlacedBy.choices, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    report_interval = models.PositiveIntegerField(null=True, help_text="seconds; without one never judged offline")
    rated_power = models.PositiveSmallIntegerField(null=True, help_text="W, at full light; unknown: judged as 40")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["dong", "kind"], name="device_by_dong")]

    def __str__(self) -> str:
        return self.tag

    @property
    def key(self) -> str:
        return f"device:{self.tag}"


class Streetlight(models.Model):
    """A row of a district's list of security lights (전국보안등정보표준데이터): one place with `count` lamps."""

    device = models.OneToOneField(Device, models.CASCADE, primary_key=True, related_name="streetlight")
    identity = models.CharField(max_length=80, unique=True, help_text="by which the next list finds it again")
    position = models.PositiveIntegerField(help_text="row of the list, for giving it back in its order")
    source = models.TextField(help_text="the row as it was delivered")
    count = models.PositiveIntegerField(default=1)
    road_address = models.CharField(max_length=200, blank=True)
    lot_address = models.CharField(max_length=200, blank=True)
    mounting = models.CharField(max_length=40, blank=True, help_text="한전주, 전용주 or 건축물")
    installed_year = models.PositiveSmallIntegerField(null=True)
    agency = models.CharField(max_length=80, blank=True)
    agency_phone = models.CharField(max_length=40, blank=True)
    reference_date = models.DateField(null=True)

    def __str__(self) -> str:
        return self.identity


class LampList(models.Model):
    """The shape of the list a district delivered last, so that it can be given back alike."""

    district = models.OneToOneField(District, models.PROTECT, primary_key=True, related_name="lamp_list")
    encoding = models.CharField(max_length=12)
    newline = models.CharField(max_length=2)
    header = models.TextField()
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.district_id} {self.imported_at:%Y-%m-%d}"


class Clock(models.TextChoices):
    REAL = "real"
    SIMULATED = "simulated"


class Gateway(models.Model):
    """What speaks for the devices of a district. With a simulated clock, now is the newest `t` it has sent."""

    district = models.ForeignKey(District, models.PROTECT, related_name="gateways")
    clock = models.CharField(max_length=10, choices=Clock.choices, default=Clock.REAL)
    clock_at = models.DateTimeField(null=True, help_text="the simulated now")
    heard_at = models.DateTimeField(null=True, help_text="when it brought something new, by our clock")
    steady_since = models.DateTimeField(null=True, help_text="since when it has done so without a break")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "clock"], name="gateway_once")]

    def __str__(self) -> str:
        return f"{self.district_id} {self.clock}"


NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # before any reading that is taken


class DeviceState(models.Model):
    """What a device said last. `metrics` is {metric: [t, mid, value]}: the newest of each, by t and then mid."""

    device = models.OneToOneField(Device, models.CASCADE, primary_key=True, related_name="state")
    observed_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    power_state = models.CharField(max_length=10, blank=True)
    switched_at = models.DateTimeField(null=True, help_text="since when its power state has been what it is")
    metrics = models.JSONField(default=dict)
    via = models.ForeignKey(Gateway, models.SET_NULL, null=True, related_name="+", help_text="who spoke for it last")
    waiting = models.BooleanField(default=False, help_text="has said something that no judge has heard")
    judged = models.JSONField(default=dict, help_text="what its judge remembers")
    heard_at = models.DateTimeField(default=NEVER, help_text="up to when its judge has heard it")
    heard_power = models.CharField(max_length=10, blank=True, help_text="the power state its judge heard last")
    look_at = models.DateTimeField(null=True, help_text="when its judge looks again though it said nothing")

    class Meta:
        indexes = [
            models.Index(fields=["device"], name="state_waiting", condition=models.Q(waiting=True)),
            models.Index(fields=["look_at"], name="state_to_look_at", condition=models.Q(look_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.device_id} {self.power_state}"


class DeviceFinding(models.Model):
    """Something wrong with a device, by TALQ's name, from when it showed to when it was gone."""

    device = models.ForeignKey(Device, models.CASCADE, related_name="findings")
    code = models.CharField(max_length=30)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["device", "code"], name="finding_open_once", condition=models.Q(closed_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.device_id} {self.code}"


PAST = "past"  # among an observation's flags: said by another clock than the one its device's state is of
STANDING = ~models.Q(flags__contains=PAST)


class Observation(models.Model):
    """One reading as it came. The same device, t and mid are the same reading, whatever it says."""

    device = models.ForeignKey(Device, models.CASCADE, related_name="observations")
    t = models.DateTimeField()
    mid = models.CharField(max_length=80)
    values = models.JSONField()
    received_at = models.DateTimeField()
    late = models.BooleanField(default=False, help_text="older than what the device had said by then")
    flags = models.CharField(max_length=40, blank=True, help_text="words of: clock zone conflict")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "t", "mid"], name="observation_once")]

    def __str__(self) -> str:
        return f"{self.device_id} {self.t:%Y-%m-%dT%H:%M:%S} {self.mid}"

    @property
    def said_at(self) -> datetime:
        """By its own clock, or by its receipt where that clock was not believed."""
        return self.received_at if "clock" in self.flags else self.t


class DeviceToken(models.Model):
    """A key with which one device, or one gateway for its district, may send. Only its SHA-256 is kept."""

    digest = models.CharField(max_length=64, unique=True)
    device = models.ForeignKey(Device, models.CASCADE, null=True, related_name="tokens")
    gateway = models.ForeignKey(Gateway, models.CASCADE, null=True, related_name="tokens")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="device_token_of_one",
                condition=models.Q(device__isnull=True) ^ models.Q(gateway__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.device_id or ''}{self.gateway_id or ''}"

    @property
    def district(self) -> str:
        owner = self.device or self.gateway
        assert owner is not None
        return owner.district_id

    @property
    def holder(self) -> str:
        """`device:11200-19-12-20` or `gateway:11200`."""
        return self.device.key if self.device else f"gateway:{self.district}"


class DeviceReceipt(models.Model):
    """The answer to readings that carried an Idempotency-Key, so that a repeat gets the same answer."""

    token = models.ForeignKey(DeviceToken, models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the body")
    answer = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="device_receipt_once")]

    def __str__(self) -> str:
        return self.key
