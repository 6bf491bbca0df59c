"""A question as plain JSON values, and the key by which a record knows it again."""

import hashlib
import json
from typing import Any

from claims_env.chat import Message, Picture, Question

Record = dict[str, Any]


def question_record(chat: str, question: Question) -> Record:
    """Return everything an answer depends on; pictures by their digest, the purpose left out.

    Args:
        chat: The name of who is asked.
        question: What is asked.
    """
    heat = question.temperature
    return {
        "chat": chat,
        "prompt_version": question.prompt_version,
        "sample": question.sample,
        "max_tokens": question.max_tokens,
        # 0 and 0.0 are one temperature, but two texts
        "temperature": None if heat is None else float(heat),
        "seed": question.seed,
        "schema": _plain(question.schema),
        "messages": [_message(message) for message in question.messages],
    }


def key_of(record: Record) -> str:
    """Return the sha256 of a record's canonical JSON: the same in every process."""
    return hashlib.sha256(_canonical(record).encode("ascii")).hexdigest()


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _message(message: Message) -> Record:
    pictures = [_picture(picture) for picture in message.pictures]
    return {"role": message.role, "text": message.text, "pictures": pictures}


def _picture(picture: Picture) -> Record:
    return {
        "sha256": picture.digest,
        "bytes": len(picture.data),
        "media_type": picture.media_type,
        "width": picture.width,
        "height": picture.height,
    }


def _plain(value: Any) -> Any:
    """Return a schema as JSON gives it back, whatever mapping or sequence it was made of."""
    return json.loads(json.dumps(value, default=dict))
