"""What a model is told where a client tells it nothing; it is no sign of anybody's language."""

from __future__ import annotations

from typing import Final

INSTRUCTIONS: Final = "你是一个友好的语音助手，会用自然的口语和对方聊天。"
