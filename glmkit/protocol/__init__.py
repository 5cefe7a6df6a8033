"""What may be said on the wire: the table, events, settings, tools."""
