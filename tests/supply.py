"""What this is made of: parts, their hashes, the bill of materials (`make sbom`), and what is decided about the unit it runs in.

python -m tests.supply sbom FILE     write the bill of materials (CycloneDX, JSON)
python -m tests.supply secrets       list what looks like a secret and is not in tests/secrets.json
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# Files that people write. Weights, catalogues, hashes of parts and phrases are made of what looks random.
ALL_OF_IT = r"(?<!\.lock)(?<!\.po)(?<!\.pot)(?<!\.tsv)(?<!\.tab)(?<!\.npz)(?<!\.bin)(?<!\.png)(?<!\.jpg)(?<!\.svg)(?<!^tests/secrets\.json)$"
SECRETS_LOOKED_FOR = [
    {"name": name}
    for name in (
        "AWSKeyDetector",
        "AzureStorageKeyDetector",
        "BasicAuthDetector",
        "DiscordBotTokenDetector",
        "GitHubTokenDetector",
        "GitLabTokenDetector",
        "JwtTokenDetector",
        "KeywordDetector",
        "MailchimpDetector",
        "NpmDetector",
        "OpenAIDetector",
        "PrivateKeyDetector",
        "PypiTokenDetector",
        "SendGridDetector",
        "SlackDetector",
        "StripeDetector",
        "TelegramBotTokenDetector",
        "TwilioKeyDetector",
    )
]
# Every line of deploy/voice.service, once more: one that is added or taken away is decided on here.
AUDITED = """
Description=Voice: a county listens to its children, and answers
After=network-online.target postgresql.service
Wants=network-online.target
StartLimitIntervalSec=300
StartLimitBurst=20
Type=exec
User=voice
Group=voice
WorkingDirectory=/opt/voice
ExecStart=/opt/voice/.venv/bin/voice serve --no-demo
Restart=always
RestartSec=3
EnvironmentFile=/etc/voice/settings
Environment=VOICE_DATA=/var/lib/voice
StateDirectory=voice
StateDirectoryMode=0700
UMask=0077
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
PrivateUsers=yes
PrivateIPC=yes
ProtectProc=invisible
ProcSubset=pid
ProtectClock=yes
ProtectHostname=yes
ProtectControlGroups=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RemoveIPC=yes
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
RestrictSUIDSGID=yes
RestrictNamespaces=yes
RestrictRealtime=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
KeyringMode=private
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources @mount @swap @reboot @raw-io @clock @module @debug @obsolete @cpu-emulation
SystemCallFilter=setrlimit prlimit64
SystemCallErrorNumber=EPERM
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
SocketBindDeny=any
SocketBindAllow=tcp:8000
IPAddressDeny=any
IPAddressAllow=localhost
MemoryMax=2G
TasksMax=256
LimitNOFILE=4096
LimitCORE=0
WantedBy=multi-user.target
""".strip().splitlines()


def parts_of(lock: Path) -> dict[str, tuple[str, int]]:
    """Of each part its version and how many hashes it has."""
    found = re.findall(r"^([\w.\-]+)(?:\[[^\]]*\])?==(\S+)((?:\s*\\\n\s+--hash=\S+)*)", lock.read_text(encoding="utf-8"), re.M)
    return {name.lower(): (version, hashes.count("--hash=")) for name, version, hashes in found}


def bill(lock: Path) -> dict[str, Any]:
    """What is in it, as CycloneDX says it. Reads the lock alone: no net, and no date, so that the same parts give the same bill."""
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", "--of", "JSON", "--output-reproducible", str(lock)]
    made = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    read: dict[str, Any] = json.loads(made.stdout)
    return read


def secrets() -> dict[str, str]:
    """What looks like a secret: hash -> where."""
    from detect_secrets.core.scan import scan_file  # here, because it is slow to load and only this needs it
    from detect_secrets.settings import transient_settings

    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    with transient_settings({"plugins_used": SECRETS_LOOKED_FOR}):
        looked = [name for name in names if name and re.search(ALL_OF_IT, name) and (ROOT / name).is_file()]
        return {each.secret_hash: f"{name}:{each.line_number} {each.type}" for name in looked for each in scan_file(str(ROOT / name))}


if __name__ == "__main__":
    if sys.argv[1:2] == ["sbom"]:
        Path(sys.argv[2]).write_text(json.dumps(bill(ROOT / "requirements.lock"), indent=1) + "\n", encoding="utf-8")
    else:
        known = json.loads((ROOT / "tests/secrets.json").read_text(encoding="utf-8"))
        sys.stdout.write("".join(f"{key} {where}\n" for key, where in secrets().items() if key not in known))
