"""What every server of the protocol does at its port: who asks, what is asked, and answers."""
