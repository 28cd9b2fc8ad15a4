"""One name and one nominal memory for each accelerator, whatever a source calls it."""

from decimal import Decimal

# Source name (and memory where one name stands for two cards) -> our name, nominal memory in GiB per accelerator.
# Memory is that of gpu_perf/gpu_specs.csv, and of the catalog for what is not in there. An instance reports up to 7 % less (A10G: 22.35).
NAMES = {
    ("A10", None): ("A10", 24),
    ("A10G", None): ("A10G", 24),
    ("A100", 40): ("A100-40GB", 40),
    ("A100", 80): ("A100-80GB", 80),
    ("B200", None): ("B200", 180),  # the chip has 192; the clouds sell 180
    ("B300", None): ("B300", Decimal("268.59")),  # as EC2 reports it; the older source says 262.5
    ("GB200", None): ("GB200", 192),
    ("H100", 80): ("H100", 80),
    ("H100", 94): ("H100-NVL", 94),
    ("H200", None): ("H200", 141),
    ("Inferentia", None): ("Inferentia1", 8),
    ("Inferentia2", None): ("Inferentia2", 32),
    ("K520", None): ("K520", 4),
    ("K80", None): ("K80", 12),  # a board has two; sources count boards or halves
    ("L4", None): ("L4", 24),
    ("L40S", None): ("L40S", 48),
    ("M60", None): ("M60", 8),  # half a board, as clouds sell it
    ("MI300X", None): ("MI300X", 192),
    ("QualcommAI100", None): ("QualcommAI100", 16),
    ("RTXPRO4500", None): ("RTX-PRO-4500", 32),
    ("RTXPRO6000", None): ("RTX-PRO-6000", 96),
    ("RadeonMI25", None): ("MI25", 16),
    ("RadeonProV520", None): ("V520", 8),
    ("RadeonProV620", None): ("V620", 32),
    ("RadeonProV710", None): ("V710", 28),
    ("T4", None): ("T4", 16),
    ("T4G", None): ("T4G", 16),
    ("TPUv2device", None): ("TPU v2", None),
    ("TPUv2pod", None): ("TPU v2", None),
    ("TPUv3device", None): ("TPU v3", None),
    ("TPUv3pod", None): ("TPU v3", None),
    ("TPUv4pod", None): ("TPU v4", 32),
    ("TPUv5e", None): ("TPU v5e", 16),
    ("TPUv5p", None): ("TPU v5p", 95),
    ("TPUv6e", None): ("TPU v6e", 32),
    ("Trainium", None): ("Trainium1", 32),
    ("V100", 16): ("V100", 16),
    ("V100", 32): ("V100-32GB", 32),
}

# Machine types with a part of one card, which sources count as 0 or 1: the number of them that share a card. Documented by the clouds; the prices agree.
SHARES = {
    "g6f.large": 8, "g6f.xlarge": 8, "g6f.2xlarge": 4, "g6f.4xlarge": 2, "gr6f.4xlarge": 2,
    "g4-standard-6": 8, "g4-standard-12": 4, "g4-standard-24": 2,
    "Standard_NV6ads_A10_v5": 6, "Standard_NV12ads_A10_v5": 3, "Standard_NV18ads_A10_v5": 2,
    "Standard_NV4as_v4": 8, "Standard_NV8as_v4": 4, "Standard_NV16as_v4": 2,
}  # fmt: skip

# Azure sizes with a part of a card that nobody documents; the source says 1.
UNKNOWN_SHARES = {
    "Standard_NC8ads_A10_v4",
    "Standard_NC24lds_xl_RTXPRO6000BSE_v6",
    "Standard_NC36ds_xl_RTXPRO6000BSE_v6",
    "Standard_NC36lds_xl_RTXPRO6000BSE_v6",
    "Standard_NC72ds_xl_RTXPRO6000BSE_v6",
    "Standard_NC72lds_xl_RTXPRO6000BSE_v6",
}


def describe(row):
    """Name, count and memory (GiB) per accelerator of a catalog row. Of a part of a card: its share and its own memory. None is unknown."""
    memory = round(Decimal(row["accelerator_memory_gib"])) if row["accelerator_memory_gib"] else None
    source_name = row["accelerator_name"]
    name, nominal = NAMES.get((source_name, None)) or NAMES[(source_name, memory)]
    machine_type = row["instance_type"]
    if machine_type in SHARES:
        shares = SHARES[machine_type]
        return name, round(Decimal(1) / shares, 4), Decimal(nominal) / shares
    count = Decimal(row["accelerator_count"] or 0)
    if machine_type in UNKNOWN_SHARES or count == 0:
        return name, None, None
    if source_name == "K80":
        count *= Decimal(memory) / nominal
    return name, count, nominal
