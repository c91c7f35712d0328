"""What people keep of the library for themselves: saved searches, and the shelf with its files."""
