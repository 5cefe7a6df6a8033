"""Thinking: what to answer and which function to call, in words. Rules, or a chat endpoint."""
