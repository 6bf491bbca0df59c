"""One post to a server, for a library that would otherwise send a request twice without a word."""

from collections.abc import Mapping
from typing import Any

from claims_env.chats.vendor_library import vendor_library


class SinglePost:
    """Stands in for the session of requests that dashscope posts through.

    The library repeats a post whose connection is cut, even one the server may have charged for;
    it knows the cut by the class of the exception, which is therefore another one here. It also
    keeps no headers of a refusal, and shares one session between threads.

    Args:
        through_proxies: Whether the environment may name a proxy.
    """

    def __init__(self, *, through_proxies: bool) -> None:
        self.headers: Mapping[str, str] = {}
        self._through_proxies = through_proxies

    def post(self, url: str, **request: Any) -> Any:
        """Return the reply.

        Raises:
            ValueError: It is not what a provider sends.
            TimeoutError: It did not come in time.
            ConnectionError: The connection failed or was cut.
        """
        requests = vendor_library("requests", "requests", "dashscope")
        with requests.Session() as session:
            session.trust_env = self._through_proxies
            try:
                reply = session.post(url, **request)
            except requests.exceptions.Timeout:
                raise TimeoutError from None
            except requests.exceptions.ConnectionError:
                raise ConnectionError from None
        self.headers = dict(reply.headers)
        if not isinstance(reply.json() if _is_json(reply) else {}, dict):
            raise ValueError  # the library would stumble over it with a TypeError of its own
        return reply


def _is_json(reply: Any) -> bool:
    return "json" in reply.headers.get("content-type", "")
