"""Says that the process is up, to whoever balances load or restarts processes."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Plain ``ok``. Touches no database: a slow one must not make every web process look dead."""
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})
