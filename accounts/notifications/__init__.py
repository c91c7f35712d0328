"""News for a person: what was done for them, or asks something of them, while they were elsewhere."""

from accounts.notifications.domain import notify as notify
