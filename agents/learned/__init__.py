"""Schedulers that were trained: a policy over tiers, how it is trained, and the file it lives in.

A policy sits in the seat of one domain, sees a few figures and names the tier of its next prompts;
all seats share the policy, so it plays libraries with any number of domains. Training needs the
extra `learn`; playing needs numpy alone, and a policy's file holds numbers and no code.
"""
