"""One person, many channels: who is who, joined by proof or by a colleague, split again without loss."""
