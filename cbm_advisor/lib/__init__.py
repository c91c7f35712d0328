"""Small pure pieces that every app may import. Nothing here imports an app or Django."""
