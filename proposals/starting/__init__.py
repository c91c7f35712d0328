"""Five ways to start a package: blank, from the worked example, from the shelf, from a file, from an agreement's text."""
