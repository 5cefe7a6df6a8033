"""What a clip sounds like in noise, among voices, on the telephone, with gaps, or faster."""
