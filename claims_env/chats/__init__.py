"""Language models that answer: one file per vendor, and what stands around or in for one.

A chat has a `name` and a method `ask` (`claims_env.chat`). To add a vendor, write one file whose
class turns a `Question` into the vendor's request and its reply into an `Answer`, and leave retries
and errors to `asking`; then give it a name in `claims_env.assembly.chats`. `tests/chats/vendors.py`
lists the faults every vendor's chat is put through: add yours there.
"""
