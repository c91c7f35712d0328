"""What the site says after a step in an account: on the next page, and by e-mail."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

MESSAGES: Final = {
    "account/messages/email_confirmation_sent.txt": _("We sent a link to %(email)s. Open it to confirm the address."),
    "account/messages/email_confirmation_failed.txt": _("The address could not be confirmed. Ask for another link."),
    "account/messages/email_confirmed.txt": _("%(email)s is confirmed."),
    "account/messages/email_deleted.txt": _("%(email)s was removed."),
    "account/messages/cannot_delete_primary_email.txt": _("Your only address cannot be removed."),
    "account/messages/password_changed.txt": _("Your password was changed. All other browsers are signed out."),
    "account/messages/password_set.txt": _("Your account has a password now."),
    "mfa/messages/totp_activated.txt": _("From now on signing in asks for a code from your app."),
    "mfa/messages/totp_deactivated.txt": _("Signing in no longer asks for a code from your app."),
    "mfa/messages/webauthn_added.txt": _("The passkey was added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey was removed."),
    "mfa/messages/recovery_codes_generated.txt": _("You have recovery codes. Keep them where you keep your papers."),
    "usersessions/messages/sessions_logged_out.txt": _("All other browsers are signed out."),
}
"""By the template that allauth would render; what is not here is not said."""

NOTICES: Final = {
    "account/email/password_changed": _("Your password was changed"),
    "account/email/password_set": _("Your account has a password now"),
    "account/email/password_reset": _("Your password was set anew"),
    "account/email/email_changed": _("Your e-mail address was changed"),
    "account/email/email_deleted": _("An e-mail address was removed from your account"),
    "mfa/email/totp_activated": _("Signing in now asks for a code from your app"),
    "mfa/email/totp_deactivated": _("Signing in no longer asks for a code from your app"),
    "mfa/email/webauthn_added": _("A passkey was added to your account"),
    "mfa/email/webauthn_removed": _("A passkey was removed from your account"),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made"),
    "socialaccount/email/account_connected": _("Your organisation's sign-in now opens your account"),
}
"""By the letter that allauth would send."""

WAYS: Final = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}
"""How to show again who one is."""
