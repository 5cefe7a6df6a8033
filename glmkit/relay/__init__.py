"""Passes sessions of the protocol on to a service, unchanged, and records them.

It stands between a client and the live service, an emulator or a recording, holds the key that
opens the service, and knows nothing of pupils: a class is ``classroom``'s business.
"""
