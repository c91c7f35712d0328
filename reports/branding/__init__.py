"""How a workspace's reports look: logo, colour, lines, language, paper and a Word template of its own."""
