"""The service's two platforms: where each is reached, and where and under which name its keys are.

Rules
- Their accounts are separate: a key of one is none at the other.
- A key goes to no other host, and only over wss.
- bigmodel's address is documented. z.ai's is what several public clients use; nothing official has
  it, and it was not tried here: unverified.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Platform:
    """One of them. ``names``: the variables a key is looked for in, in this order."""

    url: str
    keys_page: str
    names: tuple[str, ...]
    verified: bool

    @property
    def host(self) -> str:
        """Its host, to which found keys may go."""
        return urlsplit(self.url).hostname or ""


BIGMODEL: Final = Platform(
    "wss://open.bigmodel.cn/api/paas/v4/realtime",
    "https://bigmodel.cn/usercenter/proj-mgmt/apikeys",
    ("ZHIPU_API_KEY", "ZHIPUAI_API_KEY", "ZAI_API_KEY"),
    verified=True,
)
ZAI: Final = Platform(
    "wss://api.z.ai/api/paas/v4/realtime",
    "https://z.ai/manage-apikey/apikey-list",
    ("ZAI_API_KEY", "ZHIPU_API_KEY", "ZHIPUAI_API_KEY"),
    verified=False,
)
#: What ``to=`` may say → the platform.
PLATFORMS: Final = {"live": BIGMODEL, "zai": ZAI}


def platform_at(url: str) -> Platform:
    """The platform whose host a url has; bigmodel for any other."""
    host = None
    with suppress(ValueError):  # half an IPv6 address in brackets
        host = urlsplit(url).hostname
    return next((each for each in PLATFORMS.values() if each.host == host), BIGMODEL)
