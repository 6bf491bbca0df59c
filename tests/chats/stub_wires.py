"""Whose protocol a path of the server belongs to."""

import re
from urllib.parse import unquote, urlsplit

from chats.stub_dashscope import DASHSCOPE
from chats.stub_gemini import GEMINI
from chats.stub_openai import OPENAI
from chats.stub_wire import Asked, Wire

__all__ = ["Asked", "wire_for"]


def wire_for(path: str) -> Wire | None:
    """Return whose protocol a path belongs to."""
    place = urlsplit(path).path
    if place.endswith("/chat/completions"):
        return OPENAI
    if place.endswith("/services/aigc/multimodal-generation/generation"):
        return DASHSCOPE
    if re.search(r"^/v1(beta)?/models/[^/]+:generateContent$", unquote(place)):
        return GEMINI
    return None
