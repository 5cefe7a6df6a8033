"""What a sound is, and a picture: clips, files, formats, decoders, the samples of the kit."""
