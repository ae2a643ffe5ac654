"""The gateway: every query from anyone is scanned, run in a limited worker and answered whole or not at all."""
