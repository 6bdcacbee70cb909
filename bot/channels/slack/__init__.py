"""Slack: where colleagues work; customers are never reached here."""
