"""Where somebody speaks in a sound: Silero's model, and the segments made of what it hears."""
