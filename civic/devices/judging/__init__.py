"""What does a device's record say of its health? One pure judge for each kind, and the sun they go by."""
