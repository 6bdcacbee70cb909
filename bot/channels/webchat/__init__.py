"""The web chat: visitors of our own pages and of the company's sites; the console stands on the same channel."""
